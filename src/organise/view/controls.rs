//! What the reader may change: filters, groups, base and rounding.

use std::sync::Arc;

use insight::codebook::Question;
use insight::{Base, Rounding};
use leptos::prelude::*;

use super::super::desk::{Desk, Opened};
use super::super::figures::Texts;
use super::super::selection::Rounds;
use super::group_choice::GroupChoice;
use crate::words::{language, t};

/// A choice of a `<select>`: its value and its text.
type Option_ = (String, String);

/// The panel of controls.
#[component]
pub(super) fn Controls(
    /// Everything the page follows.
    desk: Desk,
    /// The survey.
    opened: Arc<Opened>,
) -> impl IntoView {
    let survey = StoredValue::new(opened);
    let n_backgrounds = survey.with_value(|it| it.codebook.backgrounds().count());
    let filters = (0..n_backgrounds)
        .map(|ix| view! { <Filter desk survey ix/> })
        .collect_view();
    let is_filtered = move || desk.selection.with(|it| !it.filters.is_empty());
    view! {
        <section class="controls no-print" aria-labelledby="controls-title">
            <div class="controls__head">
                <h2 id="controls-title" class="controls__title">{move || t("organise.controls")}</h2>
                <p class="controls__counting" role="status">
                    {move || desk.is_counting.get().then(|| t("organise.counting"))}
                </p>
            </div>
            <fieldset class="controls__set">
                <legend>{move || t("organise.filter")}</legend>
                <div class="controls__grid">{filters}</div>
                <Show when=is_filtered>
                    <button type="button" class="button button--quiet"
                        on:click=move |_| desk.choose(|it| it.filters.clear())>
                        {move || t("organise.filter.clear")}
                    </button>
                </Show>
            </fieldset>
            <div class="controls__row">
                <Grouping desk survey/>
                <Earlier desk/>
                <Choice
                    name="base"
                    legend=Signal::derive(|| t("organise.base"))
                    options=[
                        (Signal::derive(|| t("organise.base.valid.short")), Base::Valid),
                        (Signal::derive(|| t("organise.base.all.short")), Base::All),
                    ]
                    chosen=Signal::derive(move || desk.selection.with(|it| it.base))
                    on_choose=Callback::new(move |base| desk.choose(|it| it.base = base))
                />
                <Choice
                    name="rounding"
                    legend=Signal::derive(|| t("organise.rounding"))
                    options=[
                        (Signal::derive(|| t("organise.rounding.largest")), Rounding::LargestRemainder),
                        (Signal::derive(|| t("organise.rounding.half")), Rounding::HalfUp),
                    ]
                    chosen=Signal::derive(move || desk.selection.with(|it| it.rounding))
                    on_choose=Callback::new(move |rounding| desk.choose(|it| it.rounding = rounding))
                />
            </div>
            <div class="controls__row controls__row--checks">
                <label class="controls__check">
                    <input
                        type="checkbox"
                        prop:checked=move || desk.selection.with(|it| it.intervals)
                        on:change=move |event| desk.show_intervals(event_target_checked(&event))
                    />
                    <span>{move || t("organise.intervals")}</span>
                </label>
                <Show when=move || desk.weights.weighting.with(Option::is_some)>
                    <label class="controls__check">
                        <input
                            type="checkbox"
                            prop:checked=move || desk.selection.with(|it| it.weighted)
                            on:change=move |event| {
                                let wanted = event_target_checked(&event);
                                desk.choose(|it| it.weighted = wanted);
                            }
                        />
                        <span>{move || t("organise.weights.show")}</span>
                    </label>
                </Show>
            </div>
            <p class="controls__note">
                {move || t(match desk.selection.with(|it| it.rounding) {
                    Rounding::HalfUp => "organise.rounding.half.note",
                    Rounding::LargestRemainder => "organise.rounding.largest.note",
                })}
            </p>
        </section>
    }
}

/// The filter on one background variable.
#[component]
fn Filter(desk: Desk, survey: StoredValue<Arc<Opened>>, ix: usize) -> impl IntoView {
    let id = format!("filter-{ix}");
    let name = survey.with_value(|it| it.codebook.backgrounds().nth(ix).map(|it| it.name.clone()));
    let label = move || with_background(survey, ix, |question, texts| texts.question(question));
    let options = move || {
        let mut options = vec![(String::new(), t("organise.filter.all"))];
        options.extend(
            with_background(survey, ix, |question, texts| {
                let categories = question.items.iter().flat_map(|it| &it.categories);
                categories
                    .map(|it| (it.code(), texts.category(it)))
                    .collect::<Vec<Option_>>()
            })
            .unwrap_or_default(),
        );
        options
    };
    let name = StoredValue::new(name.unwrap_or_default());
    let chosen = move || {
        desk.selection.with(|it| {
            name.with_value(|name| it.filters.get(name).cloned())
                .unwrap_or_default()
        })
    };
    let choose = move |code: String| {
        desk.choose(|it| name.with_value(|name| it.filter(name, &code)));
    };
    view! {
        <div class="controls__field">
            <label for=id.clone()>{label}</label>
            <Select id options=Signal::derive(options) chosen=Signal::derive(chosen)
                on_choose=Callback::new(choose)/>
        </div>
    }
}

/// The variable whose groups are compared, and which of them are shown.
#[component]
fn Grouping(desk: Desk, survey: StoredValue<Arc<Opened>>) -> impl IntoView {
    let options = move || {
        let mut options = vec![(String::new(), t("organise.group.none"))];
        survey.with_value(|opened| {
            let texts = Texts {
                codebook: &opened.codebook,
                language: language(),
            };
            options.extend(
                opened
                    .codebook
                    .backgrounds()
                    .map(|it| (it.name.clone(), texts.question(it))),
            );
        });
        options
    };
    let group = Memo::new(move |_| desk.selection.with(|it| it.group.clone()));
    let is_open = Memo::new(move |_| {
        desk.release
            .with(|it| it.as_ref().is_some_and(|it| it.head().protection.is_none()))
    });
    let crossed = move || {
        let group = group.get()?;
        let mut options = vec![(String::new(), t("organise.group.second.none"))];
        survey.with_value(|opened| {
            let texts = Texts {
                codebook: &opened.codebook,
                language: language(),
            };
            let others = opened.codebook.backgrounds().filter(|it| {
                it.name != group && (is_open.get() || opened.codebook.may_cross(&group, &it.name))
            });
            options.extend(others.map(|it| (it.name.clone(), texts.question(it))));
        });
        (options.len() > 1).then_some(options)
    };
    let has_crossed = Memo::new(move |_| crossed().is_some());
    let names = Memo::new(move |_| {
        desk.release.with(|release| {
            let release = release.as_deref()?;
            survey.with_value(|opened| {
                let texts = Texts {
                    codebook: &opened.codebook,
                    language: language(),
                };
                let groups = release.groups().iter();
                let names: Vec<String> = groups.map(|it| texts.group(&it.by)).collect();
                (!names.is_empty()).then_some(names)
            })
        })
    });
    let sizes = Signal::derive(move || {
        desk.release.with(|release| {
            let groups = release.iter().flat_map(|it| it.groups());
            groups.map(|it| it.n).collect::<Vec<_>>()
        })
    });
    let left_out = Signal::derive(move || desk.selection.with(|it| it.left_out.clone()));
    let leave_out = Callback::new(move |groups| desk.leave_out(groups));
    view! {
        <div class="controls__field">
            <label for="group">{move || t("organise.group")}</label>
            <Select
                id="group".to_owned()
                options=Signal::derive(options)
                chosen=Signal::derive(move || desk.selection.with(|it| it.group.clone().unwrap_or_default()))
                on_choose=Callback::new(move |name: String| desk.choose(|it| it.compare(&name)))
            />
        </div>
        <Show when=move || has_crossed.get()>
            <div class="controls__field">
                <label for="second">{move || t("organise.group.second")}</label>
                <Select
                    id="second".to_owned()
                    options=Signal::derive(move || crossed().unwrap_or_default())
                    chosen=Signal::derive(move || desk.selection.with(|it| it.second.clone().unwrap_or_default()))
                    on_choose=Callback::new(move |name: String| desk.choose(|it| it.cross(&name)))
                />
            </div>
        </Show>
        {move || names.get().map(|names| view! {
            <GroupChoice id="group" names sizes left_out on_choose=leave_out
                hint=Some(t("organise.compare.hint"))/>
        })}
    }
}

/// The earlier rounds that stand beside this one; there only if some are open.
#[component]
fn Earlier(desk: Desk) -> impl IntoView {
    let options = move || {
        let mut options = vec![(String::new(), t("organise.group.none"))];
        desk.rounds.open.with(|open| {
            options.extend(
                open.iter()
                    .map(|it| (it.place.to_string(), it.name.clone())),
            );
            if open.len() > 1 {
                options.push((ALL.to_owned(), t("organise.rounds.all")));
            }
        });
        options
    };
    let chosen = move || match desk.selection.with(|it| it.rounds) {
        Rounds::No => String::new(),
        Rounds::One(place) => place.to_string(),
        Rounds::All => ALL.to_owned(),
    };
    let choose = move |value: String| {
        desk.compare_rounds(match value.parse() {
            Ok(place) => Rounds::One(place),
            Err(_) if value == ALL => Rounds::All,
            Err(_) => Rounds::No,
        });
    };
    view! {
        <Show when=move || desk.rounds.open.with(|it| !it.is_empty())>
            <div class="controls__field">
                <label for="rounds">{move || t("organise.rounds.compare")}</label>
                <Select
                    id="rounds".to_owned()
                    options=Signal::derive(options)
                    chosen=Signal::derive(chosen)
                    on_choose=Callback::new(choose)
                />
            </div>
        </Show>
    }
}

/// The choice of all earlier rounds; others are numbers.
const ALL: &str = "all";

#[component]
fn Select(
    id: String,
    options: Signal<Vec<Option_>>,
    chosen: Signal<String>,
    on_choose: Callback<String>,
) -> impl IntoView {
    view! {
        <select class="controls__select" id=id on:change=move |event| on_choose.run(event_target_value(&event))>
            {move || options
                .get()
                .into_iter()
                .map(|(value, text)| {
                    let own = value.clone();
                    view! { <option value=value prop:selected=move || chosen.get() == own>{text}</option> }
                })
                .collect_view()}
        </select>
    }
}

/// Two ways side by side, of which one holds.
#[component]
fn Choice<T: Copy + PartialEq + Send + Sync + 'static>(
    name: &'static str,
    legend: Signal<String>,
    options: [(Signal<String>, T); 2],
    chosen: Signal<T>,
    on_choose: Callback<T>,
) -> impl IntoView {
    view! {
        <fieldset class="controls__choice">
            <legend>{legend}</legend>
            {options
                .map(|(text, value)| view! {
                    <label class="controls__check">
                        <input
                            type="radio"
                            name=name
                            prop:checked=move || chosen.get() == value
                            on:change=move |_| on_choose.run(value)
                        />
                        <span>{text}</span>
                    </label>
                })
                .collect_view()}
        </fieldset>
    }
}

fn with_background<T>(
    survey: StoredValue<Arc<Opened>>,
    ix: usize,
    read: impl FnOnce(&Question, &Texts<'_>) -> T,
) -> Option<T> {
    survey.with_value(|opened| {
        let texts = Texts {
            codebook: &opened.codebook,
            language: language(),
        };
        opened
            .codebook
            .backgrounds()
            .nth(ix)
            .map(|it| read(it, &texts))
    })
}
