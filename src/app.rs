//! The respondent's app: where it starts, and what is left if it breaks.

use leptos::prelude::*;

use crate::browser::{document, fit};
use crate::respond::shell::Shell;

/// Starts the app in the document's body.
pub fn start() {
    // What people get is built without words for panics: there the entry page itself says so.
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|panic| {
        document::complain(&panic.to_string());
        document::reveal("broken");
    }));
    fit::look();
    document::remove("loading");
    mount_to_body(Shell);
}
