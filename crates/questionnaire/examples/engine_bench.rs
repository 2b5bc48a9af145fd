//! Measures the engine on one survey file, for `tests/bench/engine.mjs`.
//!
//! `engine_bench SURVEY ANSWERS` reads a survey and a list of `[name, value]` pairs, and prints one
//! JSON object with milliseconds: `load` (file text to a session at its first page), `answer` (one
//! answer set, median), `answer98` (98th percentile), `whole` (a session made anew from all
//! answers), and what the session came to, to compare: `visible`, `required`.

use std::hint::black_box;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Instant;

use json::{Object, Value};
use questionnaire::definition::Survey;
use questionnaire::session::{Environment, Event, Formats, Session, Violation, Words};

struct Plain;

impl Words for Plain {
    fn violation(&self, _language: &str, _violation: &Violation) -> String {
        String::new()
    }

    fn word(&self, _language: &str, word: &'static str) -> String {
        word.to_owned()
    }
}

impl Formats for Plain {
    fn number(&self, _language: &str, value: f64, _: (u32, u32), _grouping: bool) -> String {
        value.to_string()
    }

    fn percent(&self, _language: &str, fraction: f64, _: (u32, u32)) -> String {
        (fraction * 100.0).to_string()
    }

    fn currency(&self, _language: &str, value: f64, _currency: &str) -> String {
        value.to_string()
    }

    fn date(&self, _language: &str, year: i32, month: u8, day: u8) -> String {
        format!("{year}-{month}-{day}")
    }
}

fn start(survey: Rc<Survey>) -> Session {
    let environment = Environment {
        language: "fi".to_owned(),
        today: (2026, 3, 13),
        seed: 1,
        words: Rc::new(Plain),
        formats: Rc::new(Plain),
    };
    Session::start(survey, environment)
}

/// Milliseconds of each of `times` runs, in order of size.
fn measured(times: usize, mut run: impl FnMut()) -> Vec<f64> {
    let mut spans: Vec<f64> = (0..times)
        .map(|_| {
            let begun = Instant::now();
            run();
            begun.elapsed().as_secs_f64() * 1_000.0
        })
        .collect();
    spans.sort_by(f64::total_cmp);
    spans
}

fn quantile(sorted: &[f64], share: (usize, usize)) -> Value {
    let at = (sorted.len().saturating_sub(1)) * share.0 / share.1;
    Value::Number(sorted.get(at).copied().unwrap_or(f64::NAN))
}

fn run(survey_path: &str, answers_path: &str) -> Result<Value, String> {
    let read =
        |path: &str| std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"));
    let text = read(survey_path)?;
    let answers = Value::parse(&read(answers_path)?).map_err(|error| error.to_string())?;
    let answers: Vec<(String, Value)> = answers
        .as_list()
        .unwrap_or_default()
        .iter()
        .filter_map(|pair| match pair.as_list()? {
            [name, value] => Some((name.as_str()?.to_owned(), value.clone())),
            _ => None,
        })
        .collect();
    let parsed = Survey::parse(&text);
    if let Some(problem) = parsed
        .problems
        .iter()
        .find(|problem| problem.severity == json::Severity::Error)
    {
        return Err(problem.to_string());
    }
    let load = measured(15, || {
        black_box(start(Rc::new(Survey::parse(black_box(&text)).survey)).outline());
    });
    let survey = Rc::new(parsed.survey);
    let mut session = start(survey.clone());
    let mut next = answers.iter();
    let one = measured(answers.len(), || {
        if let Some((name, value)) = next.next() {
            black_box(session.apply(Event::SetValue(name.clone(), value.clone())));
        }
    });
    let draft = session.draft();
    let whole = measured(15, || {
        let mut again = start(survey.clone());
        black_box(again.resume(&draft));
    });
    let states = session.question_states();
    let count = |holds: &dyn Fn(&questionnaire::session::Standing) -> bool| {
        let count = states.iter().filter(|state| holds(state)).count();
        Value::Number(u32::try_from(count).map_or(f64::NAN, f64::from))
    };
    Ok(Value::Object(Object::from_iter([
        ("load".to_owned(), quantile(&load, (1, 2))),
        ("answer".to_owned(), quantile(&one, (1, 2))),
        ("answer98".to_owned(), quantile(&one, (98, 100))),
        ("whole".to_owned(), quantile(&whole, (1, 2))),
        ("visible".to_owned(), count(&|state| state.visible)),
        (
            "required".to_owned(),
            count(&|state| state.visible && state.required),
        ),
    ])))
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [survey, answers] = arguments.as_slice() else {
        eprintln!("engine_bench SURVEY ANSWERS");
        return ExitCode::from(2);
    };
    match run(survey, answers) {
        Ok(result) => {
            println!("{}", result.to_string());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("engine_bench: {error}");
            ExitCode::FAILURE
        }
    }
}
