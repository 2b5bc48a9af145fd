//! What the organiser sees.
#![expect(
    unreachable_pub,
    reason = "#[component] makes a props struct as public as its function"
)]

pub(crate) mod card;
mod controls;
mod difference;
pub(crate) mod drawing;
pub(crate) mod exports;
pub(crate) mod group_choice;
pub(crate) mod header;
pub(crate) mod in_turns;
mod matching;
mod open;
mod open_texts;
mod publish;
mod report;
mod results;
mod rounds;
pub(crate) mod sections;
mod select;
mod series;
pub(crate) mod summary;
mod table;
mod weights;
pub(crate) mod withheld;

use leptos::prelude::*;

use super::desk::Desk;
use super::stage::{Failure, Stage};
use crate::browser::document::set_title;
use crate::words::{language, t, t_with};
use header::Header;
use matching::Matching;
use open::{OpenAnswers, Progress};
use publish::Publish;
use results::Results;

/// The whole page.
#[component]
pub(super) fn Page(
    /// Everything the page follows.
    desk: Desk,
) -> impl IntoView {
    Effect::new(move |_| {
        let survey = summary::survey_title(desk).unwrap_or_default();
        set_title(&t_with("organise.page", &[("survey", &survey)]));
    });
    let organisation = Signal::derive(move || {
        desk.opened.with(|it| {
            it.as_ref()
                .and_then(|it| it.config.organisation.name.resolve(&language()))
                .map(str::to_owned)
        })
    });
    let face = face(desk);
    let is_kept = Memo::new(move |_| desk.is_kept.get() && face.get() != Shown::Publishing);
    view! {
        <a class="skip no-print" href="#main">{move || t("app.skip")}</a>
        <Header organisation/>
        <main id="main" class="organise" tabindex="-1">
            {move || match face.get() {
                Shown::Opening => view! {
                    <div class="loading" role="status">
                        <span class="loading__mark" aria-hidden="true"></span>
                        <p>{t("organise.load.survey")}</p>
                    </div>
                }.into_any(),
                Shown::Asking => view! { <OpenAnswers desk/> }.into_any(),
                Shown::Matching => view! { <Matching desk/> }.into_any(),
                Shown::Reading => view! { <Progress desk/> }.into_any(),
                Shown::Figures => ().into_any(),
                Shown::Publishing => view! { <Publish desk/> }.into_any(),
                Shown::Failed => view! { <Failed desk/> }.into_any(),
            }}
            // While a round is read they are only out of sight: to make them anew takes long.
            <Show when=move || is_kept.get()>
                <div hidden=move || face.get() != Shown::Figures><Results desk/></div>
            </Show>
        </main>
        <footer class="organise-footer">
            <p>{move || t("organise.footer")}</p>
        </footer>
    }
}

/// Which of the page's faces is shown; changes far less often than the stage itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Opening,
    Asking,
    Matching,
    Reading,
    Figures,
    Publishing,
    Failed,
}

fn face(desk: Desk) -> Memo<Shown> {
    Memo::new(move |_| {
        desk.stage.with(|stage| match stage {
            Stage::Opening => Shown::Opening,
            Stage::Waiting(_) => Shown::Asking,
            Stage::Matching => Shown::Matching,
            Stage::Reading { .. } => Shown::Reading,
            Stage::Shown if desk.publisher.is_open.get() => Shown::Publishing,
            Stage::Shown => Shown::Figures,
            Stage::Failed(_) => Shown::Failed,
        })
    })
}

#[component]
fn Failed(desk: Desk) -> impl IntoView {
    let text = move || {
        desk.stage.with(|stage| match stage {
            Stage::Failed(Failure::Network) => t("organise.failed.network"),
            Stage::Failed(Failure::Status(status)) => {
                t_with("organise.failed.status", &[("status", &status.to_string())])
            }
            Stage::Failed(Failure::NoSurvey(survey)) if survey.is_empty() => {
                t("organise.failed.nowhere")
            }
            Stage::Failed(Failure::NoSurvey(survey)) => {
                t_with("organise.failed.survey", &[("survey", survey)])
            }
            Stage::Failed(Failure::Definition) => t("organise.failed.definition"),
            Stage::Failed(Failure::Read) => t("organise.failed.read"),
            _ => t("organise.failed.engine"),
        })
    };
    let can_retry = move || {
        desk.stage.with(|stage| {
            matches!(
                stage,
                Stage::Failed(Failure::Network | Failure::Status(_) | Failure::Read)
            )
        }) && desk.opened.with(Option::is_some)
    };
    view! {
        <div class="notice notice--danger" role="alert">
            <h1>{move || t("organise.failed.title")}</h1>
            <p>{text}</p>
            <Show when=can_retry>
                <button type="button" class="button button--second" on:click=move |_| desk.choose_answers()>
                    {move || t("organise.retry")}
                </button>
            </Show>
        </div>
    }
}
