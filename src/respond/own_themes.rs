//! Something back: one's own themes in words and a simple picture, worked out on the device and
//! never sent.

use json::Value;
use leptos::prelude::*;
use leptos::task::spawn_local;
use questionnaire::figures::Figures;
use questionnaire::guidance::{Guidance, Level, ThemeAdvice};
use questionnaire::localized::Localized;
use questionnaire::session::{ReviewEntry, Session};
use questionnaire::text::RichText;

use super::beside::beside;
use super::handle::use_session;
use super::rich_text::{inline, plain};
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
        let answers = handle.read(Session::completed_data);
        let advice = guidance.advise(&answers);
        let reviewed: Vec<ReviewEntry> = handle
            .read(Session::review)
            .into_iter()
            .flat_map(|(_, _, entries)| entries)
            .collect();
        let say = |text: &Localized| {
            let text = text.resolve(&lang);
            text.map(|it| inline(&RichText::html(it.text)))
        };
        let urgent = advice
            .urgent
            .iter()
            .map(|text| {
                view! {
                    // Not on paper: on a wall it would tell what was answered.
                    <div class="help no-print" role="note">
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
                let why = why(theme, &reviewed);
                let way_on = theme.speaks().then(|| view! { <p>{say(theme.text)}</p> });
                view! {
                    <li class="theme" data-level=attribute(theme.level)>
                        <h3 class="theme__name">{name}</h3>
                        <p class="theme__level">
                            {marks(&theme.answers)} <span>{t(word(theme.level))}</span>
                        </p>
                        {why}
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

/// Which answers made the theme what it is; not on paper, where others read it too.
fn why(theme: &ThemeAdvice<'_>, reviewed: &[ReviewEntry]) -> Option<impl IntoView + use<>> {
    let answers: Vec<_> = theme
        .deciding()
        .filter_map(|name| reviewed.iter().find(|it| *it.key == *name))
        .map(|entry| {
            let words: Vec<&str> = entry.answer.iter().map(|it| it.text.as_str()).collect();
            let words = words.join(", ");
            view! { <li>{plain(&entry.title)} " " <strong>{words}</strong></li> }
        })
        .collect();
    (!answers.is_empty()).then(|| {
        view! {
            <div class="theme__why no-print">
                <p>{t("mine.why")} ":"</p>
                <ul>{answers}</ul>
            </div>
        }
    })
}

/// One mark for each answer; the words beside say the same.
fn marks(answers: &[(&str, Level)]) -> impl IntoView + use<> {
    let marks = answers
        .iter()
        .map(|(_, level)| view! { <span class="theme__mark" data-level=attribute(*level)></span> })
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
