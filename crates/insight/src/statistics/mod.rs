//! Statistics of counts and numbers; every one is held against an independent implementation
//! (`tests/conformance/make-statistics.py`).

pub(crate) mod descriptive;
pub(crate) mod holm;
pub(crate) mod intervals;
pub(crate) mod means;
pub(crate) mod ranks;
pub(crate) mod shares;
pub(crate) mod special;
pub(crate) mod tables;

#[cfg(test)]
mod vectors;
