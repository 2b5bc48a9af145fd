//! A store in one `SQLite` file.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};
use wire::{Body, BodyKind, ResponseId, SurveyId};

use super::{Put, Quota, Store, StoreError};

/// Responses in a table without row numbers: rows lie in the order of their random ids.
///
/// Inside a page of the file, `SQLite` appends what arrives; the file is therefore written anew, in
/// the order of the ids, whenever the store is opened and when it is closed.
#[derive(Debug)]
pub struct SqliteStore(Mutex<Connection>);

/// "KUUL".
const APPLICATION: i32 = 0x4b55_554c;

const SCHEMA: &str = "
    CREATE TABLE response (
        survey TEXT NOT NULL,
        id BLOB NOT NULL CHECK (length(id) = 16),
        kind INTEGER NOT NULL,
        body BLOB NOT NULL,
        PRIMARY KEY (survey, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE taken (
        survey TEXT NOT NULL PRIMARY KEY,
        day TEXT NOT NULL,
        number INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
";

/// Since version 2: what is public.
const PUBLISHED: &str = "
    CREATE TABLE published (
        survey TEXT NOT NULL PRIMARY KEY,
        results TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
";

const VERSION: i32 = 2;

impl SqliteStore {
    /// Opens a file, or makes it.
    ///
    /// # Errors
    ///
    /// When it cannot be opened, or is not a store of this version.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let connection = Connection::open(path)?;
        // A rollback journal that is cut to nothing: no log of arrivals stays beside the file.
        connection.pragma_update(None, "journal_mode", "TRUNCATE")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "secure_delete", "ON")?;
        connection.busy_timeout(core::time::Duration::from_secs(5))?;
        let version = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        match (version("application_id")?, version("user_version")?) {
            (0, 0) => {
                connection.execute_batch(SCHEMA)?;
                connection.execute_batch(PUBLISHED)?;
                connection.pragma_update(None, "application_id", APPLICATION)?;
                connection.pragma_update(None, "user_version", VERSION)?;
            }
            (APPLICATION, 1) => {
                connection.execute_batch(PUBLISHED)?;
                connection.pragma_update(None, "user_version", VERSION)?;
                connection.execute_batch("VACUUM")?;
            }
            (APPLICATION, VERSION) => connection.execute_batch("VACUUM")?,
            _ => return Err(StoreError("not a store of this version of Kuuluu".into())),
        }
        Ok(Self(Mutex::new(connection)))
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        // Best effort: the same happens when the store is opened next.
        let _ = self.connection().execute_batch("VACUUM");
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self(Box::new(error))
    }
}

impl Store for SqliteStore {
    fn look_up(
        &self,
        survey: &SurveyId,
        id: ResponseId,
        body: &Body,
    ) -> Result<Option<Put>, StoreError> {
        look_up(&self.connection(), survey, id, body)
    }

    fn put(
        &self,
        survey: &SurveyId,
        id: ResponseId,
        body: &Body,
        quota: Option<Quota>,
    ) -> Result<Put, StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if let Some(found) = look_up(&transaction, survey, id, body)? {
            return Ok(found);
        }
        if let Some(Quota { day, limit }) = quota {
            let number: u32 = transaction.query_row(
                "INSERT INTO taken (survey, day, number) VALUES (?1, ?2, 1)
                 ON CONFLICT (survey) DO UPDATE
                 SET number = CASE WHEN day = ?2 THEN number + 1 ELSE 1 END, day = ?2
                 RETURNING number",
                params![survey.as_str(), day.to_string()],
                |row| row.get(0),
            )?;
            if number > limit {
                return Ok(Put::Full);
            }
        }
        transaction.execute(
            "INSERT INTO response (survey, id, kind, body) VALUES (?1, ?2, ?3, ?4)",
            params![
                survey.as_str(),
                id.as_bytes(),
                number(body.kind),
                body.bytes
            ],
        )?;
        transaction.commit()?;
        Ok(Put::New)
    }

    fn load(&self, survey: &SurveyId, rows: &[(ResponseId, Body)]) -> Result<usize, StoreError> {
        let mut connection = self.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut new = 0;
        {
            let mut insert = transaction.prepare(
                "INSERT INTO response (survey, id, kind, body) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO NOTHING",
            )?;
            for (id, body) in rows {
                let kind = number(body.kind);
                new += insert.execute(params![survey.as_str(), id.as_bytes(), kind, body.bytes])?;
            }
        }
        transaction.commit()?;
        Ok(new)
    }

    fn page(
        &self,
        survey: &SurveyId,
        after: Option<ResponseId>,
        limit: usize,
    ) -> Result<Vec<(ResponseId, Body)>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached(
            "SELECT id, kind, body FROM response
             WHERE survey = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
        )?;
        // An empty blob sorts before every id.
        let after = after.map(|id| id.as_bytes().to_vec()).unwrap_or_default();
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![survey.as_str(), after, limit], |row| {
            Ok((
                row.get::<_, [u8; 16]>(0)?,
                row.get::<_, u8>(1)?,
                row.get(2)?,
            ))
        })?;
        rows.map(|row| {
            let (id, kind, bytes) = row?;
            let kind = kind_of(kind)?;
            Ok((ResponseId::from_random(id), Body { kind, bytes }))
        })
        .collect()
    }

    fn publish(&self, survey: &SurveyId, results: Option<&str>) -> Result<(), StoreError> {
        let connection = self.connection();
        match results {
            Some(results) => connection.execute(
                "INSERT INTO published (survey, results) VALUES (?1, ?2)
                 ON CONFLICT (survey) DO UPDATE SET results = ?2",
                params![survey.as_str(), results],
            ),
            None => connection.execute(
                "DELETE FROM published WHERE survey = ?1",
                params![survey.as_str()],
            ),
        }?;
        Ok(())
    }

    fn published(&self, survey: &SurveyId) -> Result<Option<String>, StoreError> {
        let found = self
            .connection()
            .prepare_cached("SELECT results FROM published WHERE survey = ?1")?
            .query_row(params![survey.as_str()], |row| row.get(0))
            .optional()?;
        Ok(found)
    }
}

fn look_up(
    connection: &Connection,
    survey: &SurveyId,
    id: ResponseId,
    body: &Body,
) -> Result<Option<Put>, StoreError> {
    let stored: Option<(u8, Vec<u8>)> = connection
        .prepare_cached("SELECT kind, body FROM response WHERE survey = ?1 AND id = ?2")?
        .query_row(params![survey.as_str(), id.as_bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    Ok(stored.map(|(kind, bytes)| {
        if kind == number(body.kind) && bytes == body.bytes {
            Put::Same
        } else {
            Put::Different
        }
    }))
}

const fn number(kind: BodyKind) -> u8 {
    match kind {
        BodyKind::Plain => 1,
        BodyKind::Sealed => 2,
    }
}

fn kind_of(number: u8) -> Result<BodyKind, StoreError> {
    match number {
        1 => Ok(BodyKind::Plain),
        2 => Ok(BodyKind::Sealed),
        _ => Err(StoreError("a body of an unknown kind".into())),
    }
}
