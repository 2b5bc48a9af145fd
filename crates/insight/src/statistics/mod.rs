//! Statistics of counts and numbers; every one is held against an independent implementation.

pub(crate) mod descriptive;
