//! A store that forgets everything when it is dropped.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Mutex, MutexGuard, PoisonError};

use wire::{Body, Day, ResponseId, SurveyId};

use super::{Put, Quota, Store, StoreError};

/// For tests and trials.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    responses: BTreeMap<(SurveyId, ResponseId), Body>,
    taken: BTreeMap<SurveyId, (Day, u32)>,
    published: BTreeMap<SurveyId, String>,
}

impl State {
    fn look_up(&self, key: &(SurveyId, ResponseId), body: &Body) -> Option<Put> {
        let stored = self.responses.get(key)?;
        Some(if stored == body {
            Put::Same
        } else {
            Put::Different
        })
    }
}

impl MemoryStore {
    /// Without responses yet.
    pub fn new() -> Self {
        Self::default()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    fn look_up(
        &self,
        survey: &SurveyId,
        id: ResponseId,
        body: &Body,
    ) -> Result<Option<Put>, StoreError> {
        Ok(self.state().look_up(&(survey.clone(), id), body))
    }

    fn put(
        &self,
        survey: &SurveyId,
        id: ResponseId,
        body: &Body,
        quota: Option<Quota>,
    ) -> Result<Put, StoreError> {
        let mut state = self.state();
        let key = (survey.clone(), id);
        if let Some(found) = state.look_up(&key, body) {
            return Ok(found);
        }
        if let Some(Quota { day, limit }) = quota {
            let taken = state.taken.entry(survey.clone()).or_insert((day, 0));
            if taken.0 != day {
                *taken = (day, 0);
            }
            if taken.1 >= limit {
                return Ok(Put::Full);
            }
            taken.1 += 1;
        }
        state.responses.insert(key, body.clone());
        Ok(Put::New)
    }

    fn load(&self, survey: &SurveyId, rows: &[(ResponseId, Body)]) -> Result<usize, StoreError> {
        let mut state = self.state();
        let before = state.responses.len();
        for (id, body) in rows {
            state
                .responses
                .entry((survey.clone(), *id))
                .or_insert_with(|| body.clone());
        }
        Ok(state.responses.len() - before)
    }

    fn page(
        &self,
        survey: &SurveyId,
        after: Option<ResponseId>,
        limit: usize,
    ) -> Result<Vec<(ResponseId, Body)>, StoreError> {
        let from = match after {
            Some(id) => Bound::Excluded((survey.clone(), id)),
            None => Bound::Included((survey.clone(), ResponseId::from_random([0; 16]))),
        };
        let to = Bound::Included((survey.clone(), ResponseId::from_random([0xff; 16])));
        Ok(self
            .state()
            .responses
            .range((from, to))
            .take(limit)
            .map(|((_, id), body)| (*id, body.clone()))
            .collect())
    }

    fn publish(&self, survey: &SurveyId, results: Option<&str>) -> Result<(), StoreError> {
        let published = &mut self.state().published;
        match results {
            Some(results) => published.insert(survey.clone(), results.to_owned()),
            None => published.remove(survey),
        };
        Ok(())
    }

    fn published(&self, survey: &SurveyId) -> Result<Option<String>, StoreError> {
        Ok(self.state().published.get(survey).cloned())
    }
}
