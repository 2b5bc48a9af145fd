//! Every kind of question in every state, for those who build and test Kuuluu.
//!
//! `?story=choices&state=error&lang=sv`: a story is a survey file with answers and mistakes, run
//! through the real session; a state is what is done to it before it is shown.

mod stories;

use std::rc::Rc;

use json::{Object, Value};
use leptos::prelude::*;
use questionnaire::definition::Survey;
use questionnaire::session::{AS_IT_IS, Environment, Event, Formats, Outline, Session};

use crate::respond::handle::{SessionHandle, provide_session};
use crate::respond::question::{PageItems, plain};
use crate::words::{self, EngineWords, Table};
use stories::{STORIES, WORDS};

/// What is done to a story.
const STATES: [&str; 5] = ["empty", "answered", "error", "disabled", "read-only"];

/// Starts the gallery in the document's body.
pub fn start() {
    let asked = Asked::read(&window().location().search().unwrap_or_default());
    let words = WORDS
        .iter()
        .find(|(language, _)| *language == asked.language)
        .or(WORDS.first());
    if let Some((language, text)) = words {
        let table = Value::parse(text).unwrap_or_default();
        words::install(Table::read(language, table));
    }
    mount_to_body(move || view! { <Gallery asked=asked.clone() /> });
}

/// What the address asks for.
#[derive(Debug, Clone, Default)]
struct Asked {
    story: String,
    state: String,
    language: String,
}

impl Asked {
    fn read(search: &str) -> Self {
        let mut asked = Self {
            language: "fi".to_owned(),
            ..Self::default()
        };
        for (name, value) in search
            .trim_start_matches('?')
            .split('&')
            .filter_map(|it| it.split_once('='))
        {
            match name {
                "story" => value.clone_into(&mut asked.story),
                "state" => value.clone_into(&mut asked.state),
                "lang" => value.clone_into(&mut asked.language),
                _ => {}
            }
        }
        asked
    }
}

#[component]
fn Gallery(asked: Asked) -> impl IntoView {
    let is_arabic = asked.language == "ar";
    let story = STORIES.iter().find(|(name, _)| *name == asked.story);
    let content = match story {
        Some((_, text)) => view! { <Story text=*text asked=asked.clone() /> }.into_any(),
        None => view! { <Contents /> }.into_any(),
    };
    view! {
        <main
            class="gallery"
            lang=asked.language.clone()
            dir=if is_arabic { "rtl" } else { "ltr" }
        >
            {content}
        </main>
    }
}

#[component]
fn Contents() -> impl IntoView {
    let rows = STORIES
        .iter()
        .map(|(story, _)| {
            let links = STATES
                .iter()
                .map(|state| {
                    view! {
                        <li>
                            <a href=format!("?story={story}&state={state}")>
                                {format!("{story}, {state}")}
                            </a>
                        </li>
                    }
                })
                .collect_view();
            view! {
                <h2>{*story}</h2>
                <ul>{links}</ul>
            }
        })
        .collect_view();
    view! {
        <h1>"Gallery"</h1>
        {rows}
    }
}

#[component]
fn Story(text: &'static str, asked: Asked) -> impl IntoView {
    let story = Value::parse(text).unwrap_or_default();
    let mut survey = story.get("survey").cloned().unwrap_or_default();
    match asked.state.as_str() {
        "disabled" => in_each_element(&mut survey, "enableIf", &Value::from("1 = 2")),
        "read-only" => in_each_element(&mut survey, "readOnly", &Value::Bool(true)),
        _ => {}
    }
    let parsed = Survey::read(&survey);
    let problems: Vec<String> = parsed
        .problems
        .iter()
        .map(|it| format!("{}: {} ({})", it.at, it.code, it.found))
        .collect();
    let session = Session::start(
        Rc::new(parsed.survey),
        Environment {
            language: asked.language.clone(),
            today: (2026, 11, 22),
            seed: 1,
            words: Rc::new(EngineWords),
            formats: Rc::new(CommaFormats),
        },
    );
    let handle = SessionHandle::new(session);
    for event in events(&story, &asked.state) {
        handle.send(event);
    }
    provide_session(handle);
    let title = move || handle.with_outline(|outline: &Outline| plain(&outline.title));
    let data = move || {
        handle.with_outline(|_| ());
        handle.read(|it| Value::Object(it.data()).to_string())
    };
    let shown = RwSignal::new(String::new());
    view! {
        <h1 tabindex="-1">{title}</h1>
        {problems.into_iter().map(|it| view! { <p class="message">{it}</p> }).collect_view()}
        <PageItems />
        <p class="gallery__data">
            <button type="button" class="button" on:click=move |_| shown.set(data())>
                "Data"
            </button>
            <output id="data">{shown}</output>
        </p>
    }
}

/// What is done before the story is shown.
fn events(story: &Value, state: &str) -> Vec<Event> {
    let members = |name: &str| {
        story
            .get(name)
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default()
    };
    match state {
        "answered" | "disabled" | "read-only" => members("answers")
            .iter()
            .map(|(name, value)| Event::SetValue(name.to_owned(), value.clone()))
            .collect(),
        "error" => {
            let mut events: Vec<Event> = members("wrong")
                .iter()
                .filter_map(|(name, value)| {
                    Some(Event::Type(name.into(), value.as_str()?.to_owned()))
                })
                .collect();
            events.push(Event::Next);
            events
        }
        _ => Vec::new(),
    }
}

fn in_each_element(survey: &mut Value, name: &str, value: &Value) {
    let Value::Object(members) = survey else {
        return;
    };
    let changed: Object = members
        .iter()
        .map(|(key, it)| {
            let mut it = it.clone();
            if matches!(key, "pages" | "elements")
                && let Value::List(things) = &mut it
            {
                for thing in things {
                    in_each_element(thing, name, value);
                }
            }
            (key.to_owned(), it)
        })
        .collect();
    *members = changed;
    let is_question = members
        .get("type")
        .is_some_and(|it| !matches!(it.as_str(), Some("panel" | "html" | "image")));
    if is_question {
        members.insert(name, value.clone());
    }
}

/// Local forms enough for the stories.
struct CommaFormats;

impl Formats for CommaFormats {
    fn number(&self, _: &str, value: f64, decimals: (u32, u32), _: bool) -> String {
        if decimals.1 == AS_IT_IS {
            return value.to_string().replace('.', ",");
        }
        let places = if value.fract() == 0.0 {
            decimals.0
        } else {
            decimals.1.min(2)
        };
        format!("{value:.*}", places as usize).replace('.', ",")
    }

    fn percent(&self, language: &str, fraction: f64, decimals: (u32, u32)) -> String {
        self.number(language, fraction * 100.0, decimals, false) + "\u{a0}%"
    }

    fn currency(&self, language: &str, value: f64, currency: &str) -> String {
        self.number(language, value, (2, 2), true) + "\u{a0}" + currency
    }

    fn date(&self, _: &str, year: i32, month: u8, day: u8) -> String {
        format!("{day}.{month}.{year}")
    }
}
