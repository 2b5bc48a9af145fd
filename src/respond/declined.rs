//! Who does not want to answer sends nothing.

use json::{Object, Value};
use leptos::prelude::*;
use questionnaire::expression::Scope;
use questionnaire::session::{Event, Session};

use super::handle::use_session;
use super::running::Running;
use super::shell::address;
use crate::browser::clock;
use crate::words::t;

/// True if the survey's own condition says that the respondent has declined.
pub fn has_declined(running: Running) -> bool {
    let pass = running.pass();
    let formula = pass.survey.kuuluu.decline_if.as_ref();
    formula
        .and_then(|formula| formula.expression.as_ref())
        .is_some_and(|expression| {
            let answers = running.handle().read(Session::data);
            expression.is_true(&Answers(&answers))
        })
}

struct Answers<'a>(&'a Object);

impl Scope for Answers<'_> {
    fn variable(&self, name: &str) -> Option<Value> {
        self.0.get(name).cloned()
    }

    fn today(&self) -> (i32, u8, u8) {
        clock::today()
    }
}

/// Says that nothing is sent.
#[component]
pub fn Declined() -> impl IntoView {
    let handle = use_session();
    view! {
        <div class="flow">
            <h1 id="heading" tabindex="-1">{move || t("declined.title")}</h1>
            <p>{move || t("declined.text")}</p>
            <div class="ways">
                <button
                    type="button"
                    class="button button--quiet"
                    on:click=move |_| {
                        handle.send(Event::Back);
                    }
                >
                    {move || t("respond.back")}
                </button>
                <a href=move || address("/")>{move || t("missing.home")}</a>
            </div>
        </div>
    }
}
