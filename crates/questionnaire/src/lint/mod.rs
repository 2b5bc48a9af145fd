//! Findings about a survey file before a resident meets it.
