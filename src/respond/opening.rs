//! `/s/{survey}`: from the address to a running session, or to a page that says why not.

use std::rc::Rc;
use std::sync::Arc;

use json::{Problem, Severity, Value};
use leptos::prelude::*;
use leptos::task::spawn_local;
use questionnaire::definition::Survey;
use questionnaire::session::Formats;
use wire::SurveyId;

use super::answering::answering;
use super::draft::Draft;
use super::help::Help;
use super::installation::use_config;
use super::later::DraftFound;
use super::own_themes;
use super::running::Running;
use super::shell::{Whereabouts, use_whereabouts};
use super::trouble::{BrokenSurvey, MissingSurvey, Trouble, Unreachable, waiting};
use crate::browser::fetch::{self, FetchError};
use crate::browser::intl::Local;
use crate::browser::rest;
use crate::browser::{clock, history};
use crate::ui::apart::apart;
use crate::words::{language, t, t_with};

/// What has become of a survey that was asked for.
#[derive(Clone)]
enum Opening {
    Waiting,
    Missing,
    Unreachable(FetchError),
    Broken(Arc<Vec<Problem>>),
    NotYet(String),
    Closed(String),
    Found(Rc<Draft>, Running),
    Open(Running),
}

/// A survey's file as it was read.
pub enum Read {
    /// It can be answered.
    Survey(SurveyId, Rc<Survey>),
    /// There is no such file.
    Missing,
    /// It did not come.
    Unreachable(FetchError),
    /// It has errors.
    Broken(Vec<Problem>),
}

/// Fetches and reads a survey: the file of `language` alone, if there is one, else the whole.
pub async fn read(survey: &str, language: Option<String>) -> Read {
    let Ok(id) = survey.parse::<SurveyId>() else {
        return Read::Missing;
    };
    let text = match file(&id, language).await {
        Ok(text) => text,
        Err(FetchError::Status(404)) => return Read::Missing,
        Err(error) => return Read::Unreachable(error),
    };
    let document = match Value::parse(&text) {
        Ok(document) => document,
        Err(error) => {
            return Read::Broken(vec![Problem {
                severity: Severity::Error,
                code: "json/syntax",
                at: String::new(),
                found: error.to_string(),
                expected: "a JSON document".to_owned(),
                suggestion: None,
            }]);
        }
    };
    let parsed = Survey::read(&document);
    if parsed
        .problems
        .iter()
        .any(|it| it.severity == Severity::Error)
    {
        return Read::Broken(parsed.problems);
    }
    Read::Survey(id, Rc::new(parsed.survey))
}

async fn file(id: &SurveyId, language: Option<String>) -> Result<String, FetchError> {
    let mut language = language.map(|it| [".", &it].concat()).unwrap_or_default();
    loop {
        let url = ["/surveys/", id.as_str(), &language, ".json"].concat();
        match fetch::text(&url).await {
            Err(FetchError::Status(_)) if !language.is_empty() => language.clear(),
            result => return result,
        }
    }
}

/// The language whose file a survey is opened with; `None` where the survey might choose another
/// one than the interface speaks.
fn first_language() -> Option<String> {
    let interface = language();
    let asked = history::parameter("lang");
    asked.is_none_or(|it| it == interface).then_some(interface)
}

/// Brings the texts of `language`, if the pass began with the file of another one; false if they
/// did not come.
pub async fn bring_texts(running: Running, language: &str) -> bool {
    let pass = running.pass();
    let has_them = |it: &str| it == language;
    if pass.survey.kuuluu.only.as_deref().is_none_or(has_them) {
        return true;
    }
    match read(pass.id.as_str(), None).await {
        Read::Survey(_, survey) => running.exchange(survey),
        _ => false,
    }
}

/// The page of a survey with this id, as it stands in the address.
pub fn survey_page(survey: String) -> AnyView {
    let here = use_whereabouts();
    let config = use_config();
    let opening = RwSignal::new_local(Opening::Waiting);
    match here.running_untracked() {
        Some(running) if running.id().as_str() == survey => opening.set(Opening::Open(running)),
        _ => {
            let survey = survey.clone();
            spawn_local(async move {
                let listed = config.survey(&survey).is_some();
                let state = match read(&survey, first_language()).await {
                    Read::Survey(id, survey) => begin(here, id, survey, listed),
                    Read::Missing => Opening::Missing,
                    Read::Unreachable(error) => Opening::Unreachable(error),
                    Read::Broken(problems) => Opening::Broken(Arc::new(problems)),
                };
                if let Opening::Open(running) | Opening::Found(_, running) = &state {
                    here.set_running(Some(*running));
                }
                opening.set(state);
            });
        }
    }
    let shown = move || match opening.get() {
        Opening::Waiting => waiting(),
        Opening::Open(running) => answering(running),
        Opening::Missing => {
            let survey = survey.clone();
            apart(|| view! { <MissingSurvey survey /> }.into_any())
        }
        Opening::Unreachable(error) => apart(|| view! { <Unreachable error /> }.into_any()),
        Opening::Broken(problems) => apart(|| view! { <BrokenSurvey problems /> }.into_any()),
        Opening::NotYet(day) => out_of_time(day, "survey.notOpen"),
        Opening::Closed(day) => out_of_time(day, "survey.closed"),
        Opening::Found(draft, running) => {
            let go_on = move || opening.set(Opening::Open(running));
            apart(|| view! { <DraftFound draft running go_on /> }.into_any())
        }
    };
    shown.into_any()
}

#[inline(never)]
fn out_of_time(day: String, word: &'static str) -> AnyView {
    view! { <OutOfTime day word /> }.into_any()
}

fn begin(here: Whereabouts, id: SurveyId, survey: Rc<Survey>, listed: bool) -> Opening {
    let today = iso(clock::today());
    let within = |day: &Option<String>, late: fn(&str, &str) -> bool| {
        day.clone()
            .filter(|day| late(&today, day.get(..10).unwrap_or(day)))
    };
    if let Some(day) = within(&survey.kuuluu.opens, |today, day| today < day) {
        return Opening::NotYet(day);
    }
    if let Some(day) = within(&survey.kuuluu.closes, |today, day| today > day) {
        return Opening::Closed(day);
    }
    let draft = Draft::find(id.as_str(), survey.kuuluu.version.as_deref());
    let running = here.keep(|| Running::start(id, survey, listed));
    if running.asks_about_safety() {
        spawn_local(async move { running.set_help(Help::load().await) });
    }
    if running.stays_here() {
        // Once the page has loaded, a card asks for nothing more.
        own_themes::load(running);
        rest::fetch();
    }
    match draft {
        Some(draft) => Opening::Found(Rc::new(draft), running),
        None => Opening::Open(running),
    }
}

#[component]
fn OutOfTime(day: String, word: &'static str) -> impl IntoView {
    let text = move || {
        let date = local_date(&day).unwrap_or_else(|| day.clone());
        t_with(&[word, ".text"].concat(), &[("date", &date)])
    };
    view! {
        <Trouble
            title=Signal::derive(move || t(&[word, ".title"].concat()))
            text=Signal::derive(text)
        />
    }
}

/// An ISO day in the form of the interface's language.
pub fn local_date(iso: &str) -> Option<String> {
    let mut parts = iso.get(..10)?.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    Some(Local.date(&language(), year, month, day))
}

fn iso((year, month, day): (i32, u8, u8)) -> String {
    wire::Day::new(year, month, day)
        .map(|day| day.to_string())
        .unwrap_or_default()
}
