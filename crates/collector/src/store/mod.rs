//! Where responses are kept.

mod memory;
mod sqlite;

pub use memory::MemoryStore;
pub use sqlite::SqliteStore;

use core::fmt;

use sha2::{Digest as _, Sha256};
use wire::{Body, Day, Digest, ResponseId, SurveyId};

/// What became of a response that was to be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It was new, and is stored.
    New,
    /// It was stored before, byte for byte.
    Same,
    /// Something else is stored under its id; nothing was changed.
    Different,
    /// The survey has taken as many as it may today; nothing was changed.
    Full,
}

/// How many new responses a survey takes on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// The day.
    pub day: Day,
    /// How many.
    pub limit: u32,
}

/// The store could not do what it was asked; the reason is for the operator.
#[derive(Debug)]
pub struct StoreError(pub Box<dyn core::error::Error + Send + Sync>);

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the store failed: {}", self.0)
    }
}

impl core::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(&*self.0)
    }
}

/// A store of responses, and of results that were published. Calls may block; each is atomic.
pub trait Store: Send + Sync + 'static {
    /// What [`Store::put`] would find without storing anything: `None` if the id is free.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    fn look_up(
        &self,
        survey: &SurveyId,
        id: ResponseId,
        body: &Body,
    ) -> Result<Option<Put>, StoreError>;

    /// Stores `body` under `id`, unless something is stored there or the quota is used up.
    ///
    /// # Errors
    ///
    /// When the store cannot be written; then nothing is stored.
    fn put(
        &self,
        survey: &SurveyId,
        id: ResponseId,
        body: &Body,
        quota: Option<Quota>,
    ) -> Result<Put, StoreError>;

    /// Stores many at once, all or none, and passes over ids that are taken; gives how many were new.
    ///
    /// # Errors
    ///
    /// When the store cannot be written; then nothing is stored.
    fn load(&self, survey: &SurveyId, rows: &[(ResponseId, Body)]) -> Result<usize, StoreError>;

    /// At most `limit` responses whose ids follow `after`, in the order of their (random) ids.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    fn page(
        &self,
        survey: &SurveyId,
        after: Option<ResponseId>,
        limit: usize,
    ) -> Result<Vec<(ResponseId, Body)>, StoreError>;

    /// Keeps what is published of a survey in the place of what was before; `None` takes it back.
    ///
    /// # Errors
    ///
    /// When the store cannot be written; then nothing is changed.
    fn publish(&self, survey: &SurveyId, results: Option<&str>) -> Result<(), StoreError>;

    /// What is published of a survey.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    fn published(&self, survey: &SurveyId) -> Result<Option<String>, StoreError>;
}

/// SHA-256 of a body, as receipts carry it.
pub fn digest(bytes: &[u8]) -> Digest {
    Digest::from_bytes(Sha256::digest(bytes).into())
}
