//! Something back: one's own themes in words and a simple picture, worked out on the device and
//! never sent.

use json::Value;
use leptos::prelude::*;
use leptos::task::spawn_local;
use questionnaire::figures::Figures;
use questionnaire::guidance::{Guidance, Level};
use questionnaire::localized::Localized;
use questionnaire::text::RichText;

use super::beside::beside;
use super::handle::use_session;
use super::rich_text::inline;
use super::running::{Running, use_running};
use crate::browser::fetch;
use crate::words::{language, maybe, t};

/// Fetches what the survey gives back; surveys without such a file give nothing.
pub fn load(running: Running) {
    spawn_local(async move {
        let Some(document) = file("guidance", running).await else {
            return;
        };
        let (guidance, problems) = Guidance::read(&document);
        if !problems.is_empty() {
            return;
        }
        let has_figures = guidance.figures;
        running.set_guidance(guidance);
        if has_figures && let Some(document) = file("figures", running).await {
            let (figures, _) = Figures::read(&document);
            running.set_figures(figures);
        }
    });
}

/// The file of the survey in a folder of `data`.
async fn file(folder: &str, running: Running) -> Option<Value> {
    let url = ["/data/", folder, "/", running.id().as_str(), ".json"].concat();
    Value::parse(&fetch::text(&url).await.ok()?).ok()
}

/// What the answers give back, theme by theme.
#[component]
pub fn OwnThemes() -> impl IntoView {
    let running = use_running();
    let handle = use_session();
    move || {
        let guidance = running.guidance()?;
        let figures = running.figures();
        let lang = language();
        let answers = handle.read(questionnaire::session::Session::completed_data);
        let advice = guidance.advise(&answers);
        let say = |text: &Localized| {
            let text = text.resolve(&lang);
            text.map(|it| inline(&RichText::html(it.text)))
        };
        let urgent = advice
            .urgent
            .iter()
            .map(|text| {
                view! {
                    <div class="help" role="note">
                        <p><strong>{t("device.urgent")} ": "</strong> {say(text)}</p>
                    </div>
                }
            })
            .collect_view();
        let good = advice
            .good
            .map(|text| view! { <p class="theme theme--good">{say(text)}</p> });
        let themes = advice
            .themes
            .iter()
            .map(|theme| {
                let name = maybe(&["theme.", theme.name].concat());
                let name = name.unwrap_or_else(|| theme.name.to_owned());
                let beside = figures
                    .as_ref()
                    .map(|figures| beside(running, figures, theme.name, &answers));
                let way_on = theme.speaks().then(|| view! { <p>{say(theme.text)}</p> });
                view! {
                    <li class="theme" data-level=attribute(theme.level)>
                        <h3 class="theme__name">{name}</h3>
                        <p class="theme__level">
                            {marks(&theme.answers)} <span>{t(word(theme.level))}</span>
                        </p>
                        {way_on}
                        {beside}
                    </li>
                }
            })
            .collect_view();
        Some(view! {
            {urgent}
            {good}
            <ul class="themes">{themes}</ul>
        })
    }
}

/// One mark for each answer; the words beside say the same.
fn marks(answers: &[Level]) -> impl IntoView + use<> {
    let marks = answers
        .iter()
        .map(|level| view! { <span class="theme__mark" data-level=attribute(*level)></span> })
        .collect_view();
    view! { <span class="theme__marks" aria-hidden="true">{marks}</span> }
}

fn attribute(level: Level) -> &'static str {
    match level {
        Level::Good => "good",
        Level::Mixed => "mixed",
        Level::Support => "support",
    }
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Good => "mine.good",
        Level::Mixed => "mine.middle",
        Level::Support => "mine.support",
    }
}
