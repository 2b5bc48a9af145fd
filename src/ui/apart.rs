//! What a first page does not show.

use leptos::prelude::AnyView;

/// Builds a view in a function of its own.
///
/// The compiler would put it into the function that asks for it, and a respondent would load with
/// the first question what is needed later or never (`docs/decisions/0007-two-halves.md`).
#[inline(never)]
pub fn apart(make: impl FnOnce() -> AnyView) -> AnyView {
    make()
}
