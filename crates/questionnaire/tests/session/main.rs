//! A session from outside: events in, views out.

mod answering;
mod properties;
mod surroundings;
