//! Doing something whenever what it depends on has changed.

use leptos::prelude::Effect;

/// Runs `act` once the page is drawn, and again whenever a signal that it read has changed; as
/// long as the view stands.
///
/// An effect for each kind of closure would be compiled anew each time
/// (`docs/decisions/0005-first-load.md`).
pub fn follow(act: impl FnMut() + 'static) {
    let act: Box<dyn FnMut()> = Box::new(act);
    Effect::new(act);
}
