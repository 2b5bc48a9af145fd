//! Plain words and forms, as codes, so that tests do not quote prose.

use std::rc::Rc;

use questionnaire::definition::Survey;
use questionnaire::session::{Environment, Formats, Session, Violation, Words};

/// Words that are their own codes.
pub(crate) struct Codes;

impl Words for Codes {
    fn violation(&self, _language: &str, violation: &Violation) -> String {
        format!("{violation:?}")
    }

    fn word(&self, _language: &str, word: &'static str) -> String {
        word.to_owned()
    }
}

impl Formats for Codes {
    fn number(&self, _language: &str, value: f64, _: (u32, u32), _grouping: bool) -> String {
        value.to_string().replace('.', ",")
    }

    fn percent(&self, _language: &str, fraction: f64, _: (u32, u32)) -> String {
        format!("{} %", fraction * 100.0)
    }

    fn currency(&self, _language: &str, value: f64, currency: &str) -> String {
        format!("{value} {currency}")
    }

    fn date(&self, _language: &str, year: i32, month: u8, day: u8) -> String {
        format!("{day}.{month}.{year}")
    }
}

/// A session of the survey written in `json`, in Finnish on 13 March 2026.
pub(crate) fn session(json: &str) -> Session {
    let parsed = Survey::parse(json);
    assert!(parsed.is_usable(), "{:?}", parsed.problems);
    Session::start(Rc::new(parsed.survey), environment())
}

pub(crate) fn environment() -> Environment {
    Environment {
        language: "fi".into(),
        today: (2026, 3, 13),
        seed: 1,
        words: Rc::new(Codes),
        formats: Rc::new(Codes),
    }
}
