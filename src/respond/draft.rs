//! An unfinished answer that rests on the device: only when the respondent asks for it, closed
//! with a code that only they know, and not for long.

use std::rc::Rc;

use json::{Object, Value};
use leptos::prelude::*;
use questionnaire::definition::Mode;
use questionnaire::session::Session;

use super::running::Running;
use crate::browser::cipher::Key;
use crate::browser::{clock, random, storage};

const FORMAT: &str = "kuuluu-draft/3";

/// How long a resident's draft stays on the device.
const HOURS: u32 = 24;

/// How long the draft of an organisation's official answer stays.
const HOURS_OF_ORGANISATION: u32 = 14 * 24;

/// Digits of a code: 40 bits, which the rounds of the key's derivation make long enough for as long
/// as a draft lives.
const DIGITS: usize = 12;

/// What drafts of one pass are closed with; lives in the page's memory alone.
pub struct Keeper {
    /// What the respondent writes down, for example `482913705664`.
    pub code: String,
    salt: Vec<u8>,
    key: Key,
}

impl Keeper {
    /// A new code and its key; `None` if the browser has no encryption or no randomness.
    async fn new() -> Option<Self> {
        let bytes = random::sixteen_bytes()?;
        let (first, _) = bytes.split_at(8);
        let number = first
            .iter()
            .fold(0, |sum: u64, it| sum << 8 | u64::from(*it));
        let digits = (number % 10_u64.pow(12)).to_string();
        let code = ["0".repeat(DIGITS.saturating_sub(digits.len())), digits].concat();
        Self::of(code, random::sixteen_bytes()?.to_vec()).await
    }

    async fn of(code: String, salt: Vec<u8>) -> Option<Self> {
        let key = Key::derive(&code, &salt).await?;
        Some(Self { code, salt, key })
    }
}

/// A draft that was found on the device, still closed.
pub struct Draft {
    /// When it goes, in milliseconds since 1970.
    pub until_millis: f64,
    /// The survey was changed after it was kept: what no longer fits is left out.
    pub is_of_other_version: bool,
    salt: Vec<u8>,
    nonce: Vec<u8>,
    closed: Vec<u8>,
}

impl Draft {
    /// The draft of a survey, if there is one that is not too old.
    pub fn find(survey: &str, version: Option<&str>) -> Option<Self> {
        let text = storage::read(&name(survey))?;
        let draft = Self::parse(survey, version, &text);
        if draft.is_none() {
            storage::forget(&name(survey));
        }
        draft
    }

    /// A draft as it was written; `None` if it is another survey's, too old or damaged.
    fn parse(survey: &str, version: Option<&str>, text: &str) -> Option<Self> {
        let document = Value::parse(text).ok()?;
        let text = |name: &str| document.get(name).and_then(Value::as_str);
        let until_millis = document.get("until")?.as_f64()?;
        let is_ours = text("format")? == FORMAT && text("survey")? == survey;
        (is_ours && until_millis > clock::now_millis()).then_some(())?;
        Some(Self {
            until_millis,
            is_of_other_version: text("version")? != version.unwrap_or_default(),
            salt: from_hex(text("salt")?)?,
            nonce: from_hex(text("nonce")?)?,
            closed: from_hex(text("closed")?)?,
        })
    }

    /// The draft of a survey as it rests on the device, for a file that somebody else goes on with.
    pub fn closed_text(survey: &str) -> Option<String> {
        storage::read(&name(survey))
    }

    /// Takes over a draft that was saved as a file; false if it is none of this survey, too old, or
    /// the browser would not keep it.
    pub fn accept(survey: &str, text: &str) -> bool {
        Self::parse(survey, None, text).is_some() && storage::keep(&name(survey), text)
    }

    /// Takes the draft up in `running`; false if `code`, in which only digits count, is not the one
    /// it was closed with.
    pub async fn take_up(&self, code: &str, running: Running) -> bool {
        let digits = code.chars().filter(char::is_ascii_digit).collect();
        let opened = async {
            let keeper = Keeper::of(digits, self.salt.clone()).await?;
            let session = keeper.key.open(&self.nonce, &self.closed).await?;
            Some((
                keeper,
                Value::parse(core::str::from_utf8(&session).ok()?).ok()?,
            ))
        };
        let Some((keeper, session)) = opened.await else {
            return false;
        };
        running.resume(&session);
        running.keep_with(Some(Rc::new(keeper)));
        running.keep_until(Some(self.until_millis));
        true
    }

    /// Keeps the pass as it stands, from now on after each change; false if the browser would not.
    pub async fn keep(running: Running) -> bool {
        let keeper = match running.keeper() {
            Some(keeper) => keeper,
            None => match Keeper::new().await {
                Some(keeper) => Rc::new(keeper),
                None => return false,
            },
        };
        running.keep_with(Some(Rc::clone(&keeper)));
        let until = Self::write(running, &keeper).await;
        let is_own = |it: Rc<Keeper>| Rc::ptr_eq(&it, &keeper);
        if until.is_none()
            && untrack(|| running.kept()).is_none()
            && running.keeper().is_some_and(is_own)
        {
            running.keep_with(None);
        }
        until.is_some()
    }

    async fn write(running: Running, keeper: &Rc<Keeper>) -> Option<f64> {
        let until = clock::now_millis() + f64::from(hours(running)) * 3_600_000.0;
        let pass = running.pass();
        let session = running.handle().read(Session::draft).to_string();
        let nonce = random::sixteen_bytes()?;
        let nonce = nonce.get(..12)?;
        let closed = keeper.key.close(nonce, session.as_bytes()).await?;
        // Whoever removed the draft meanwhile, or sent the answer, wants none.
        running.keeper().filter(|it| Rc::ptr_eq(it, keeper))?;
        let mut document = Object::new();
        document.insert("format", Value::from(FORMAT));
        document.insert("survey", Value::from(pass.id.as_str()));
        let version = pass.survey.kuuluu.version.as_deref();
        document.insert("version", Value::from(version.unwrap_or_default()));
        document.insert("until", Value::from(until));
        document.insert("salt", Value::from(hex(&keeper.salt)));
        document.insert("nonce", Value::from(hex(nonce)));
        document.insert("closed", Value::from(hex(&closed)));
        let kept = storage::keep(
            &name(pass.id.as_str()),
            &Value::Object(document).to_string(),
        );
        kept.then(|| {
            running.keep_until(Some(until));
            until
        })
    }

    /// Stops keeping the pass, with `then`, once another tab or window has written or removed its
    /// draft: what is answered here would overwrite what is answered there.
    pub fn yield_to_others(running: Running, then: impl Fn() + 'static) -> WindowListenerHandle {
        storage::hear_others(name(running.id().as_str()), move || {
            if untrack(|| running.kept()).is_some() {
                running.keep_with(None);
                running.keep_until(None);
                then();
            }
        })
    }

    /// Removes the draft of a survey.
    pub fn forget(survey: &str) {
        storage::forget(&name(survey));
    }
}

fn name(survey: &str) -> String {
    ["kuuluu.draft.", survey].concat()
}

fn hours(running: Running) -> u32 {
    match running.pass().survey.kuuluu.mode {
        Mode::Organisation => HOURS_OF_ORGANISATION,
        _ => HOURS,
    }
}

fn hex(bytes: &[u8]) -> String {
    let digit = |it: u8| char::from_digit(u32::from(it), 16).unwrap_or_default();
    bytes
        .iter()
        .flat_map(|it| [digit(it >> 4), digit(it & 15)])
        .collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|it| it.to_digit(16).and_then(|it| u8::try_from(it).ok()))
        .collect();
    let digits = digits?;
    let pairs = digits.chunks_exact(2);
    let is_whole = pairs.remainder().is_empty();
    is_whole.then(|| {
        pairs
            .map(|pair| pair.iter().fold(0, |byte, it| byte << 4 | it))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::{from_hex, hex};

    #[test]
    fn bytes_are_written_in_two_digits_each_and_read_again() {
        let bytes = [0, 9, 16, 171, 255];
        assert_eq!(hex(&bytes), "000910abff");
        assert_eq!(from_hex("000910abff").as_deref(), Some(&bytes[..]));
        assert_eq!(from_hex("0"), None);
        assert_eq!(from_hex("zz"), None);
    }
}
