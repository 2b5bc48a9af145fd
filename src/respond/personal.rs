//! Personal data in free text, told before sending (PRI-07); nothing is ever changed for the writer.

use anonymity::personal_data::{self, Kind};
use leptos::ev;
use leptos::prelude::*;
use questionnaire::definition::{self, InputType, Mode};
use questionnaire::session::{ReviewEntry, Session};

use super::question::question_id;
use super::review::change;
use super::rich_text::plain;
use super::running::{Running, use_running};
use crate::words::{t, t_with};

/// An answer in which something was found.
pub struct Suspect {
    entry: ReviewEntry,
    kinds: Vec<Kind>,
}

/// Answers of an anonymous survey that seem to say who someone is.
pub fn suspects(running: Running) -> Vec<Suspect> {
    let pass = running.pass();
    if pass.survey.kuuluu.mode != Mode::Anonymous {
        return Vec::new();
    }
    running
        .handle()
        .read(Session::review)
        .into_iter()
        .flat_map(|(_, _, entries)| entries)
        .filter(|entry| running.asks(|question| question.name == *entry.key && is_free(question)))
        .filter_map(|entry| {
            let kinds = kinds(entry.answer.iter().map(|line| line.text.as_str()));
            (!kinds.is_empty()).then_some(Suspect { entry, kinds })
        })
        .collect()
}

/// Each kind of personal data that seems to be in `texts`, once.
fn kinds<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<Kind> {
    let mut kinds = Vec::new();
    for finding in texts.flat_map(personal_data::find) {
        if !kinds.contains(&finding.kind) {
            kinds.push(finding.kind);
        }
    }
    kinds
}

/// What seems to be in a text and why it should not; nothing if nothing was found.
pub fn warning(text: &str) -> Option<String> {
    let kinds = kinds(std::iter::once(text));
    (!kinds.is_empty()).then(|| sentence(&kinds))
}

fn sentence(kinds: &[Kind]) -> String {
    let mut kinds = kinds
        .iter()
        .map(|kind| t(&["pii.", kind.code()].concat()))
        .collect::<Vec<_>>();
    let last = kinds.pop().unwrap_or_default();
    let mut what = kinds.join(", ");
    if !what.is_empty() {
        what.push_str(&t("list.and"));
    }
    what.push_str(&last);
    t_with("pii.text", &[("what", &what)])
}

/// True if sending has to wait for one of `suspects`.
pub fn must_wait(suspects: &[Suspect]) -> bool {
    suspects
        .iter()
        .any(|suspect| suspect.kinds.iter().any(|kind| kind.blocks()))
}

/// True if the respondent writes the answer in their own words.
fn is_free(question: &definition::Question) -> bool {
    use definition::Kind;
    match &question.kind {
        Kind::Comment { .. } | Kind::MultipleText { .. } | Kind::PanelDynamic { .. } => true,
        Kind::Text { field } => field.input_type == InputType::Text,
        Kind::Single { choices, .. } | Kind::Multiple { choices, .. } => choices.other.is_some(),
        _ => question.show_comment_area,
    }
}

/// Asks to take out what was found.
#[component]
pub fn PersonalData(
    /// Where it was found.
    suspects: Vec<Suspect>,
) -> impl IntoView {
    let running = use_running();
    if suspects.is_empty() {
        return None;
    }
    let items = suspects
        .into_iter()
        .map(|Suspect { entry, kinds }| {
            let href = ["#", &question_id(&entry.key)].concat();
            let title = plain(&entry.title);
            let go = move |event: ev::MouseEvent| {
                event.prevent_default();
                change(running, &entry.page, &entry.key);
            };
            view! {
                <li>
                    <p>{sentence(&kinds)}</p>
                    <p><a href=href on:click=go>{t("pii.go")} ": " {title}</a></p>
                </li>
            }
        })
        .collect_view();
    Some(view! {
        <div
            class="notice notice--danger no-print"
            id="personal-data"
            role="group"
            tabindex="-1"
            aria-labelledby="personal-data-title"
        >
            <h2 id="personal-data-title">{t("pii.title")}</h2>
            <ul>{items}</ul>
        </div>
    })
}
