//! The respondent's bundle: `index.html`.

fn main() {
    kuuluu_app::app::start();
}
