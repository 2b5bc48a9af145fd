//! What stopped the attempt to go on: a list that takes focus and leads to each field.

use leptos::ev;
use leptos::prelude::*;
use questionnaire::session::Key;

use super::handle::{SessionHandle, use_session};
use super::question::{input_id, question_id};
use super::rich_text::plain;
use crate::browser::{clock, document};
use crate::words::{t, t_with};

/// The error summary; empty until something blocks, and again when all is mended.
#[component]
pub fn Summary(
    /// The questions that block.
    blocked: RwSignal<Vec<Key>, LocalStorage>,
) -> impl IntoView {
    let handle = use_session();
    Effect::new(move || {
        if blocked.with(|keys| !keys.is_empty()) {
            clock::after_drawing(|| {
                document::focus("summary");
            });
        }
    });
    let open = Signal::derive_local(move || {
        let keys = blocked.get();
        keys.into_iter()
            .filter_map(|key| Some((key.clone(), sentence(handle, &key)?)))
            .collect::<Vec<_>>()
    });
    let title = move || match open.with(Vec::len) {
        1 => t("summary.title.one"),
        n => t_with("summary.title.many", &[("n", &n.to_string())]),
    };
    move || {
        let entries = open.get();
        (!entries.is_empty()).then(|| {
            let entries = entries
                .into_iter()
                .map(|(key, sentence)| {
                    let (id, input) = (question_id(&key), input_id(&key));
                    let href = ["#", &id].concat();
                    let go = move |event: ev::MouseEvent| {
                        event.prevent_default();
                        if !document::focus(&input) {
                            document::focus_inside(&id);
                        }
                    };
                    view! { <li><a href=href on:click=go>{sentence}</a></li> }
                })
                .collect_view();
            view! {
                <div
                    class="summary"
                    id="summary"
                    role="group"
                    tabindex="-1"
                    aria-labelledby="summary-title"
                    data-summary=""
                >
                    <h2 class="summary__title" id="summary-title">{title}</h2>
                    <p>{move || t("summary.text")}</p>
                    <ul>{entries}</ul>
                </div>
            }
        })
    }
}

/// "Question: what is wrong", or nothing once it is mended; follows the question.
fn sentence(handle: SessionHandle, key: &Key) -> Option<String> {
    let (title, problems) = match handle.panel(key) {
        Some(panel) => (panel.title, panel.problems),
        None => handle
            .question(key)
            .map(|question| (question.title, question.problems))?,
    };
    let title = plain(&title);
    let problem = problems.iter().find(|it| it.blocks)?;
    let between = if title.ends_with(['.', '?', '!', ':']) {
        " "
    } else {
        ": "
    };
    Some([&title, between, &problem.text].concat())
}
