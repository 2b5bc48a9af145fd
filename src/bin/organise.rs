//! The organiser's bundle: `organise.html`.

fn main() {
    kuuluu_app::organise::start();
}
