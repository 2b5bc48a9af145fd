//! A session from outside: events in, views out.

mod answering;
mod drafts;
mod one_language;
mod prefilled;
mod properties;
mod surroundings;
