//! The published results: how to read them, one choice of groups, and every question.

use std::collections::BTreeSet;
use std::sync::Arc;

use insight::published::Published;
use insight::{Base, Rounding};
use leptos::prelude::*;
use questionnaire::definition::Mode;

use super::files::ResultsFiles;
use crate::browser::dates;
use crate::browser::measure::WidthObserver;
use crate::organise::cards::{Cards, Drawn};
use crate::organise::figures::{Look, MOST_DRAWN, Texts, all_but_largest, number};
use crate::organise::view::card::Card;
use crate::organise::view::exports::Exports;
use crate::organise::view::group_choice::GroupChoice;
use crate::organise::view::sections::sections;
use crate::organise::view::summary::{rate, repeated};
use crate::words::{language, t, t_with};

/// Everything that is public.
#[component]
pub(crate) fn PublicResults(
    /// What was published.
    published: Arc<Published>,
    /// The same as it came.
    snapshot: Arc<str>,
) -> impl IntoView {
    let codebook = StoredValue::new(Arc::new(published.codebook.clone()));
    let by = RwSignal::new(None::<String>);
    let left_out = RwSignal::new(BTreeSet::new());
    let files = ResultsFiles::new(snapshot, published.sample);
    let survey = published.codebook.survey.clone();
    let make = Callback::new(move |kind| files.make(&survey, kind, by.get_untracked()));
    let cards = Cards::new();
    cards.lay_out(published.codebook.questions.len());
    let width = RwSignal::new(0.0);
    let measured = NodeRef::<leptos::html::Div>::new();
    let observer = StoredValue::new_local(None::<WidthObserver>);
    measured.on_load(move |element| {
        observer.set_value(WidthObserver::new(&element, move |found| {
            if (found - width.get_untracked()).abs() >= 1.0 {
                width.set(found);
                cards.widen(found);
            }
        }));
    });
    let source = Arc::clone(&published);
    Effect::new(move |_| {
        let chosen = by.get();
        let chosen = Arc::new(source.release(chosen.as_deref()).clone());
        cards.draw(Some(Arc::new(Drawn {
            release: chosen,
            look: Look {
                left_out: left_out.get(),
                ..Look::default()
            },
        })));
    });
    cards.follow_language();
    let question = move |ix: usize| {
        let card = |parts| view! { <Card codebook ix parts more=None/> };
        cards.card(ix).map(card).into_any()
    };
    view! {
        <div class="results">
            <div class="results__measure" node_ref=measured></div>
            <Head published=Arc::clone(&published) width/>
            <Groups published=Arc::clone(&published) codebook by left_out/>
            <Exports files=files.files make archive=None publish=None/>
            {sections(codebook, question)}
        </div>
    }
}

/// Title, N, and what a reader must know.
#[component]
fn Head(published: Arc<Published>, #[prop(into)] width: Signal<f64>) -> impl IntoView {
    let published = StoredValue::new(published);
    let with =
        move |read: &dyn Fn(&Published) -> Option<String>| published.with_value(|it| read(it));
    let title = move || with(&|it| Some(it.codebook.title.resolve(&language())?.text.to_owned()));
    let round = move || {
        with(&|it| {
            let round = it.codebook.round.as_ref()?;
            Some(t_with("organise.round", &[("round", round)]))
        })
    };
    let day = move || {
        with(&|it| {
            let day = dates::in_words(it.day, &language());
            Some(t_with("results.day", &[("day", &day)]))
        })
    };
    let n = move || {
        with(&|it| {
            Some(match it.whole.head().n {
                Some(n) => t_with("organise.count.all", &[("total", &number(n, &language()))]),
                None => t("organise.count.hidden"),
            })
        })
    };
    let reading = move || {
        published.with_value(|it| {
            let head = it.whole.head();
            let base = t(match head.base {
                Base::Valid => "organise.base.valid",
                Base::All => "organise.base.all",
            });
            let mut lines = Vec::new();
            if it.codebook.mode == Mode::Anonymous {
                lines.push(t("organise.caveat"));
            }
            lines.push(t_with("organise.base.named", &[("base", &base)]));
            lines.push(t(match head.rounding {
                Rounding::HalfUp => "organise.rounding.half.note",
                Rounding::LargestRemainder => "organise.rounding.largest.note",
            }));
            lines.push(if head.protection.is_none() {
                t("organise.protect.none")
            } else {
                t_with(
                    "organise.protect",
                    &[
                        ("cell", &head.protection.minimum_cell.to_string()),
                        ("sensitive", &head.protection.sensitive_minimum.to_string()),
                    ],
                )
            });
            lines
                .into_iter()
                .map(|line| view! { <li>{line}</li> })
                .collect_view()
        })
    };
    let bar = move || {
        published.with_value(|it| {
            let response = it.whole.response()?.clone();
            Some(rate(&response, width.get()))
        })
    };
    let twice = move || {
        published.with_value(|it| {
            let said = repeated(it.whole.response()?, &it.codebook)?;
            Some(view! { <p>{said}</p> })
        })
    };
    let is_sample = published.with_value(|it| it.sample);
    view! {
        <div class="summary">
            <p class="summary__eyebrow">
                {move || t("organise.eyebrow")}
                <span>{round}</span>
                <span>{day}</span>
            </p>
            <h1 class="summary__title">{title}</h1>
            {is_sample.then(|| view! {
                <p class="summary__sample">
                    <strong>{move || t("organise.sample.title")}</strong>
                    " "
                    {move || t("organise.sample")}
                </p>
            })}
            <div class="summary__numbers">
                <p class="summary__count">{n}</p>
                {bar}
            </div>
            {twice}
            <ul class="summary__reading">{reading}</ul>
        </div>
    }
}

/// The published breakdowns to choose from.
#[component]
fn Groups(
    published: Arc<Published>,
    codebook: StoredValue<Arc<insight::Codebook>>,
    by: RwSignal<Option<String>>,
    left_out: RwSignal<BTreeSet<usize>>,
) -> impl IntoView {
    if published.breakdowns.is_empty() {
        return None;
    }
    let names: Vec<String> = published
        .breakdowns
        .iter()
        .map(|(name, _)| name.clone())
        .collect();
    let label = move |name: &str| {
        codebook.with_value(|it| {
            let texts = Texts {
                codebook: it,
                language: language(),
            };
            it.question(name).map(|it| texts.question(it))
        })
    };
    let options = names
        .into_iter()
        .map(|name| {
            let value = name.clone();
            view! { <option value=value>{move || label(&name)}</option> }
        })
        .collect_view();
    let published = StoredValue::new(published);
    let sizes = Signal::derive(move || {
        published.with_value(|it| {
            let groups = it.release(by.get().as_deref()).groups().iter();
            groups.map(|it| it.n).collect::<Vec<_>>()
        })
    });
    let leave_out = Callback::new(move |groups| left_out.set(groups));
    let called = move || {
        by.get()?;
        codebook.with_value(|codebook| {
            let texts = Texts {
                codebook,
                language: language(),
            };
            published.with_value(|it| {
                let groups = it.release(by.get().as_deref()).groups().iter();
                Some(groups.map(|it| texts.group(&it.by)).collect::<Vec<_>>())
            })
        })
    };
    let choose = move |event: leptos::ev::Event| {
        by.set(Some(event_target_value(&event)).filter(|it| !it.is_empty()));
        left_out.set(all_but_largest(&sizes.get_untracked(), MOST_DRAWN));
    };
    Some(view! {
        <div class="controls no-print">
            <div class="controls__field">
                <label for="results-by">{move || t("organise.group")}</label>
                <select
                    id="results-by"
                    class="controls__select"
                    on:change=choose
                >
                    <option value="">{move || t("organise.group.none")}</option>
                    {options}
                </select>
            </div>
            {move || called().map(|names| view! {
                <GroupChoice id="results-group" names sizes left_out on_choose=leave_out hint=None/>
            })}
        </div>
    })
}
