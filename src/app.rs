//! The respondent's app: where it starts.

/// Starts the app in the document's body.
pub fn start() {}
