//! Pages for when something is not there or not right: always what, and what to do.

use std::sync::Arc;

use json::{Problem, Severity};
use leptos::prelude::*;

use super::shell::address;
use crate::browser::draw::draw;
use crate::browser::fetch::FetchError;
use crate::browser::{document, history};
use crate::ui::markup::el;
use crate::words::{t, t_with};

/// While something is on its way.
pub fn waiting() -> AnyView {
    let sign = || {
        el("div")
            .class("loading")
            .attr("role", "status")
            .child(
                el("span")
                    .class("loading__mark")
                    .attr("aria-hidden", "true"),
            )
            .child(el("span").class("visually-hidden").text(t("app.loading")))
    };
    draw(sign, &[], None)
}

/// A heading and a paragraph, and what may follow.
#[component]
pub fn Trouble(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// What has happened and what to do.
    #[prop(into)]
    text: Signal<String>,
    /// What follows.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    Effect::new(move || document::set_title(&[&title.get(), " – Kuuluu"].concat()));
    view! {
        <div class="flow">
            <h1 id="heading" tabindex="-1">{title}</h1>
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// No answer to a request.
#[component]
pub fn Unreachable(
    /// What came instead.
    error: FetchError,
) -> impl IntoView {
    let status = match error {
        FetchError::Unreachable => String::new(),
        FetchError::Status(status) => [" (", &status.to_string(), ")"].concat(),
    };
    view! {
        <Trouble
            title=Signal::derive(|| t("load.failed.title"))
            text=Signal::derive(move || t("load.failed.text") + &status)
        >
            <button type="button" class="button" on:click=|_| history::reload()>
                {move || t("load.retry")}
            </button>
        </Trouble>
    }
}

/// No such page.
#[component]
pub fn MissingPage() -> impl IntoView {
    view! {
        <Trouble title=Signal::derive(|| t("missing.title")) text=Signal::derive(|| t("missing.text"))>
            <HomeLink />
        </Trouble>
    }
}

/// No such survey.
#[component]
pub fn MissingSurvey(
    /// The survey in the address.
    survey: String,
) -> impl IntoView {
    view! {
        <Trouble
            title=Signal::derive(|| t("survey.missing.title"))
            text=Signal::derive(move || t_with("survey.missing.text", &[("survey", &survey)]))
        >
            <HomeLink />
        </Trouble>
    }
}

/// A survey whose file has errors.
#[component]
pub fn BrokenSurvey(
    /// What is wrong.
    problems: Arc<Vec<Problem>>,
) -> impl IntoView {
    view! {
        <Trouble
            title=Signal::derive(|| t("survey.broken.title"))
            text=Signal::derive(|| t("survey.broken.text"))
        >
            <Problems problems />
            <HomeLink />
        </Trouble>
    }
}

/// A file of the installation that cannot be used.
#[component]
pub fn BrokenFile(
    /// Its name.
    file: &'static str,
    /// What is wrong.
    problems: Arc<Vec<Problem>>,
) -> impl IntoView {
    view! {
        <Trouble
            title=Signal::derive(|| t("config.broken.title"))
            text=Signal::derive(move || t_with("config.broken.text", &[("file", file)]))
        >
            <Problems problems />
        </Trouble>
    }
}

#[component]
fn HomeLink() -> impl IntoView {
    view! { <p><a href=move || address("/")>{move || t("missing.home")}</a></p> }
}

/// For whoever keeps the file: where, what was found, what is expected.
#[component]
fn Problems(problems: Arc<Vec<Problem>>) -> impl IntoView {
    let rows = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .take(50)
        .map(|problem| {
            let at = if problem.at.is_empty() {
                "/"
            } else {
                &problem.at
            };
            let hint = problem
                .suggestion
                .clone()
                .map(|it| [" (", &it, ")"].concat());
            view! {
                <div class="problem">
                    <dt><code>{at.to_owned()}</code></dt>
                    <dd>
                        {move || t("problem.found")} ": "
                        <span lang="en">{problem.found.clone()}</span>
                    </dd>
                    <dd>
                        {move || t("problem.expected")} ": "
                        <span lang="en">{problem.expected.clone()} {hint}</span>
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="notice" aria-labelledby="problems">
            <h2 id="problems">{move || t("problem.details")}</h2>
            <dl>{rows}</dl>
        </section>
    }
}
