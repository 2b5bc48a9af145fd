//! One's own answer beside published figures: worked out on the device, never sent.

use json::{Object, Value};
use leptos::prelude::*;
use questionnaire::figures::{Comparison, Figures};
use questionnaire::localized::Localized;
use questionnaire::session::{Formats, Session};

use super::running::Running;
use crate::browser::draw::draw;
use crate::browser::intl::Local;
use crate::ui::markup::{Element, el};
use crate::words::{language, t, t_with};

/// What is known of others on a theme, for each question that was answered.
pub fn beside(
    running: Running,
    figures: &Figures,
    theme: &str,
    answers: &Object,
) -> impl IntoView + use<> {
    let language = language();
    let given = running.handle().read(Session::review);
    let words_of = |question: &str| {
        let mut entries = given.iter().flat_map(|(_, _, entries)| entries);
        let entry = entries.find(|entry| &*entry.key == question);
        entry.map(|entry| {
            let lines: Vec<String> = entry.answer.iter().map(ToString::to_string).collect();
            lines.join(", ")
        })
    };
    figures
        .compare(theme, answers)
        .iter()
        .map(|comparison| {
            let own = words_of(comparison.question).unwrap_or_default();
            let said = Said::of(comparison, &own, &language);
            draw(move || said.drawn(), &[], None)
        })
        .collect_view()
}

/// A comparison in words.
struct Said {
    counts: String,
    own: String,
    /// Area, per cent as a number, per cent in words.
    rows: Vec<(String, String, String)>,
    /// Says that there is no figure of one's own municipality, where others have one.
    lacks_place: Option<String>,
    sources: String,
}

impl Said {
    fn of(comparison: &Comparison<'_>, own: &str, language: &str) -> Self {
        let say = |text: &Localized| {
            let text = text.resolve(language);
            text.map(|it| it.text.to_owned()).unwrap_or_default()
        };
        let rows = comparison.shares.iter().map(|share| {
            let percent = Local.percent(language, share.percent / 100.0, (0, 1));
            (
                say(&share.area),
                Value::from(share.percent).to_string(),
                percent,
            )
        });
        let mut sources = String::new();
        let mut last = None;
        for share in &comparison.shares {
            let source = [&say(&share.source), ", ", &share.year].concat();
            if last.as_ref() != Some(&source) {
                let between = if sources.is_empty() { "" } else { "; " };
                sources.push_str(between);
                sources.push_str(&source);
                last = Some(source);
            }
        }
        let mut own = t_with("mine.answered", &[("answer", own)]);
        if comparison.counted {
            own.push(' ');
            own.push_str(&t("mine.among"));
        }
        Self {
            counts: say(comparison.says),
            own,
            rows: rows.collect(),
            lacks_place: comparison.lacks_place.then(|| t("mine.noFigure")),
            sources: [&t("mine.source"), ": ", &sources].concat(),
        }
    }

    /// The bars only repeat the words.
    fn drawn(&self) -> Element {
        let rows = self.rows.iter().map(|(area, number, percent)| {
            el("li")
                .class("beside__row")
                .child(el("span").text(area.clone()))
                .child(
                    el("progress")
                        .class("progress__bar")
                        .attr("aria-hidden", "true")
                        .attr("max", "100")
                        .attr("value", number.clone()),
                )
                .child(el("span").class("beside__percent").text(percent.clone()))
                .node()
        });
        el("div")
            .class("beside")
            .child(el("p").class("beside__counts").text(self.counts.clone()))
            .child(el("ul").class("beside__rows").children(rows.collect()))
            .with(
                self.lacks_place
                    .as_ref()
                    .map(|it| el("p").text(it.clone()).node()),
            )
            .child(el("p").text(self.own.clone()))
            .child(el("p").class("beside__source").text(self.sources.clone()))
    }
}
