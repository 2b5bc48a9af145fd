//! The second half of the program, which `rest.js` brings; a program in one piece has none.

use super::window;

/// Asks for the second half now, not at the first touch: for a page that must ask for nothing
/// later.
pub fn fetch() {
    if let Ok(event) = web_sys::Event::new("kuuluu:rest") {
        let _ = window().dispatch_event(&event);
    }
}
