//! The gallery's bundle: `gallery.html`, in development and tests only.

fn main() {
    kuuluu_app::gallery::start();
}
