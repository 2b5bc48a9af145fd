//! Matching the columns of a table with the questions, before it is read.

use insight::Codebook;
use insight::codebook::{Item, Kind, Question};
use insight::load::preview::Look;
use insight::load::{Mapped, Mapping, Order, Positions, may_be_places};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::desk::Desk;
use super::super::figures::Texts;
use super::in_turns::in_turns;
use super::open::chosen_file;
use super::select::{Choice, PlainSelect};
use crate::browser::download::download;
use crate::words::{language, t, t_with};

/// A column has a list of all questions, which may be a hundred.
const COLUMNS_A_TURN: usize = 4;

/// The columns, each with the question that it feeds.
#[component]
pub(super) fn Matching(
    /// Everything the page follows.
    desk: Desk,
) -> impl IntoView {
    let heading = NodeRef::<leptos::html::H1>::new();
    heading.on_load(|it| {
        let _ = it.focus();
    });
    let n = desk
        .reading
        .matching
        .with_untracked(|it| it.as_ref().map_or(0, |it| it.preview.columns.len()));
    let columns = move || {
        let _ = language();
        let drawn = in_turns(n, COLUMNS_A_TURN);
        view! {
            <For each=move || 0..drawn.get() key=|ix| *ix let:ix>
                <Column desk ix/>
            </For>
        }
    };
    let name = move || {
        desk.reading
            .matching
            .with(|it| it.as_ref().map(|it| it.name.clone()))
    };
    let matched = move || {
        desk.reading.matching.with(|it| {
            let it = it.as_ref()?;
            let headings = it.preview.columns.iter().map(|it| it.heading.as_str());
            let n_matched = headings
                .filter(|heading| it.mapping.of(heading).is_some())
                .count();
            Some(t_with(
                "organise.matching.count",
                &[("n", &n_matched.to_string()), ("total", &n.to_string())],
            ))
        })
    };
    let foreign = move || {
        desk.reading.matching.with(|it| {
            let columns = it.iter().flat_map(|it| &it.preview.columns);
            let foreign = columns.filter(|it| it.is_foreign);
            let headings: Vec<&str> = foreign.map(|it| it.heading.as_str()).collect();
            let columns = headings.join("; ");
            (!headings.is_empty())
                .then(|| t_with("organise.matching.foreign.some", &[("columns", &columns)]))
        })
    };
    let ordered = move || {
        let is_ordered = desk.reading.matching.with(|it| {
            let mut columns = it.iter().flat_map(|it| &it.preview.columns);
            columns.any(|it| it.order.is_some())
        });
        is_ordered.then(|| {
            view! { <p class="matching__lead">{t("organise.matching.order.lead")}</p> }
        })
    };
    let none_matched = move || {
        desk.reading
            .matching
            .with(|it| it.as_ref().is_none_or(|it| it.mapping.feeds_nothing()))
    };
    let keep = move |_| {
        let text = desk
            .reading
            .matching
            .with_untracked(|it| it.as_ref().map(|it| it.mapping.to_text()));
        if let Some(text) = text {
            let _ = download("kuuluu-mapping.json", "application/json", text.as_bytes());
        }
    };
    view! {
        <div class="matching">
            <h1 tabindex="-1" node_ref=heading>{move || t("organise.matching.title")}</h1>
            <p class="opening__survey">{name}</p>
            <p class="matching__lead">{move || t("organise.matching.lead")}</p>
            <Show when=move || desk.reading.asks_again.get()>
                <p class="matching__lead"><strong>{move || t("organise.matching.again")}</strong></p>
            </Show>
            {ordered}
            <Saved desk/>
            <p class="matching__count" role="status">{matched}</p>
            <ul class="matching__list">{columns}</ul>
            <p class="opening__problem" role="status">{foreign}</p>
            <div class="matching__actions">
                <button type="button" class="button" disabled=none_matched
                    on:click=move |_| spawn_local(desk.read_matched())>
                    {move || t("organise.matching.read")}
                </button>
                <button type="button" class="button button--second" on:click=keep>
                    {move || t("organise.matching.keep")}
                </button>
                <button type="button" class="button button--quiet" on:click=move |_| desk.cancel()>
                    {move || t("organise.load.cancel")}
                </button>
            </div>
        </div>
    }
}

/// A mapping that was kept as a file.
#[component]
fn Saved(desk: Desk) -> impl IntoView {
    let take = move |event: leptos::ev::Event| {
        if let Some(file) = chosen_file(&event) {
            spawn_local(desk.take_mapping(file));
        }
    };
    view! {
        <div class="sheet matching__kept">
            <label class="opening__label" for="mapping">{move || t("organise.matching.take")}</label>
            <input id="mapping" class="opening__file" type="file" accept=".json,application/json"
                aria-describedby="mapping-problem" on:change=take/>
            <p id="mapping-problem" class="opening__problem" role="alert">
                {move || desk.reading.not_a_mapping.get().then(|| t("organise.matching.notOne"))}
            </p>
        </div>
    }
}

/// One column: what it feeds, and what its cells stand for.
#[component]
fn Column(desk: Desk, ix: usize) -> impl IntoView {
    let matching = desk.reading.matching;
    let heading = matching.with_untracked(|it| {
        let column = it.as_ref()?.preview.columns.get(ix)?;
        Some(column.heading.clone())
    });
    let heading = StoredValue::new(heading.unwrap_or_default());
    let mapped = Memo::new(move |_| {
        matching.with(|it| {
            let it = it.as_ref()?;
            heading.with_value(|heading| it.mapping.of(heading).cloned())
        })
    });
    let variable = Memo::new(move |_| mapped.get().map(|it| it.variable).unwrap_or_default());
    let options = matching.with_untracked(|it| {
        let mut options = vec![(String::new(), t("organise.matching.unused"))];
        options.extend(it.iter().flat_map(|it| variables(&it.codebook)));
        options
    });
    let choose = move |name: String| {
        let fresh = matching.with_untracked(|it| {
            let (_, item) = it.as_ref()?.codebook.item(&name)?;
            let positions = if may_be_places(item) {
                Positions::Unclear
            } else {
                Positions::Codes
            };
            Some(Mapped {
                positions,
                heading: heading.get_value(),
                variable: name.clone(),
                separator: (item.kind == Kind::Multiple).then(|| ";".to_owned()),
                ..Mapped::default()
            })
        });
        desk.rematch(|it| heading.with_value(|heading| put(it, heading, fresh)));
    };
    let id = format!("column-{ix}");
    let shown = move || {
        let name = heading.get_value();
        if name.trim().is_empty() {
            t_with("organise.matching.column", &[("n", &(ix + 1).to_string())])
        } else {
            name
        }
    };
    view! {
        <li class="matching__column" data-unused=move || variable.with(String::is_empty).then_some("")>
            <label class="matching__heading" for=id.clone()>{shown}</label>
            <PlainSelect id options chosen=variable on_choose=Callback::new(choose)/>
            {move || {
                let name = variable.get();
                let item = matching.with_untracked(|it| {
                    it.as_ref()?.codebook.item(&name).map(|(_, item)| item.clone())
                })?;
                Some(view! { <Cells desk ix heading item mapped/> })
            }}
        </li>
    }
}

/// Says how a column is read; `None` reads it not at all.
fn put(mapping: &mut Mapping, heading: &str, mapped: Option<Mapped>) {
    let unread = || Mapped {
        heading: heading.to_owned(),
        ..Mapped::default()
    };
    let mapped = mapped.unwrap_or_else(unread);
    let mut columns = mapping.columns.iter_mut();
    match columns.find(|it| it.heading == heading) {
        Some(place) => *place = mapped,
        None => mapping.columns.push(mapped),
    }
}

/// How the cells of a column that feeds choices are read.
#[component]
fn Cells(
    desk: Desk,
    ix: usize,
    heading: StoredValue<String>,
    item: Item,
    mapped: Memo<Option<Mapped>>,
) -> impl IntoView {
    if item.categories.is_empty() {
        return None;
    }
    let change = move |change: &dyn Fn(&mut Mapped)| {
        desk.rematch(|it| {
            let column = it.columns.iter_mut();
            heading.with_value(|heading| {
                for mapped in column.filter(|it| it.heading == *heading) {
                    change(mapped);
                }
            });
        });
    };
    let categories = desk.reading.matching.with_untracked(|it| {
        it.as_ref().map_or_else(Vec::new, |it| {
            let texts = Texts {
                codebook: &it.codebook,
                language: language(),
            };
            let categories = item.categories.iter();
            categories
                .map(|it| (it.code(), texts.category(it)))
                .collect::<Vec<Choice>>()
        })
    });
    let is_checked = Memo::new(move |_| mapped.get().is_some_and(|it| it.checked));
    let ticked = (item.kind == Kind::Multiple).then(|| {
        let mut options = vec![(String::new(), t("organise.matching.several"))];
        options.extend(categories.iter().map(|(code, text)| {
            let tick = t_with("organise.matching.tick", &[("choice", text)]);
            (code.clone(), tick)
        }));
        let chosen = Memo::new(move |_| mapped.get().and_then(|it| it.code).unwrap_or_default());
        let choose = move |code: String| {
            change(&|it| {
                it.code = Some(code.clone()).filter(|it| !it.is_empty());
                it.separator = code.is_empty().then(|| ";".to_owned());
            });
        };
        let id = format!("column-{ix}-tick");
        view! {
            <label class="opening__note" for=id.clone()>{t("organise.matching.cells")}</label>
            <PlainSelect id options chosen on_choose=Callback::new(choose)/>
        }
    });
    let numbers = {
        let options = READINGS.map(|(code, _, key)| (code.to_owned(), t(key)));
        let look = move || {
            desk.reading.matching.with(|it| {
                let column = it.as_ref().and_then(|it| it.preview.columns.get(ix));
                column.map_or((false, false), |it| (it.may_be_places, it.unsure))
            })
        };
        let chosen = Memo::new(move |_| {
            let now = mapped.get().map(|it| it.positions).unwrap_or_default();
            let reading = READINGS.iter().find(|it| it.1 == now);
            reading.map_or_else(String::new, |it| it.0.to_owned())
        });
        let choose = move |code: String| {
            if let Some((_, positions, _)) = READINGS.iter().find(|it| it.0 == code) {
                change(&|it| it.positions = *positions);
            }
        };
        let asked = Memo::new(move |_| look().0);
        move || {
            let id = format!("column-{ix}-numbers");
            asked.get().then(|| {
                view! {
                    <label class="opening__note" for=id.clone()>{t("organise.matching.numbers")}</label>
                    <PlainSelect id options=options.to_vec() chosen on_choose=Callback::new(choose)/>
                    {move || look().1.then(|| problem("organise.matching.unsure", is_checked.get()))}
                }
            })
        }
    };
    let said = move || {
        let key = desk.reading.matching.with(|it| {
            let look = it.as_ref()?.preview.columns.get(ix)?;
            remark(look)
        })?;
        let is_settled = key == ORDERED || (key == UNSURE_ORDER && is_checked.get());
        Some(problem(key, is_settled))
    };
    let is_unsure = Memo::new(move |_| {
        desk.reading.matching.with(|it| {
            let column = it.as_ref().and_then(|it| it.preview.columns.get(ix));
            column.is_some_and(|it| it.unsure || it.order == Some(Order::Unsure))
        })
    });
    let confirm = move |event| {
        let checked = event_target_checked(&event);
        change(&|it| it.checked = checked);
    };
    let confirmed = move || {
        is_unsure.get().then(|| {
            view! {
                <label class="controls__check">
                    <input type="checkbox" prop:checked=move || is_checked.get() on:change=confirm/>
                    <span>{t("organise.matching.checked")}</span>
                </label>
            }
        })
    };
    // Translated cells stay in the list, so that a choice can be taken back.
    let cells = Memo::new(move |_| {
        let mut cells: Vec<String> = mapped
            .get()
            .map_or_else(Vec::new, |it| it.values.into_keys().collect());
        desk.reading.matching.with(|it| {
            let column = it.as_ref().and_then(|it| it.preview.columns.get(ix));
            cells.extend(column.iter().flat_map(|it| it.unknown.clone()));
        });
        cells.sort_unstable_by(|one, other| by_number(one).cmp(&by_number(other)));
        cells.dedup();
        cells
    });
    let n_left = move || {
        desk.reading.matching.with(|it| {
            let column = it.as_ref().and_then(|it| it.preview.columns.get(ix));
            column.map_or(0, |it| it.unknown.len())
        })
    };
    let translations = StoredValue::new({
        let mut options = vec![
            (UNKNOWN.to_owned(), t("organise.matching.unknown")),
            (String::new(), t("organise.row.missing")),
        ];
        options.extend(categories);
        options
    });
    let translation = move |(cell_ix, cell): (usize, String)| {
        let id = format!("column-{ix}-cell-{cell_ix}");
        let cell = StoredValue::new(cell);
        let chosen = Memo::new(move |_| {
            let values = mapped.get().map(|it| it.values).unwrap_or_default();
            let code = cell.with_value(|cell| values.get(cell).cloned());
            code.unwrap_or_else(|| UNKNOWN.to_owned())
        });
        let choose = move |code: String| {
            change(&|it| {
                if code == UNKNOWN {
                    cell.with_value(|cell| it.values.remove(cell));
                } else {
                    it.values.insert(cell.get_value(), code.clone());
                }
            });
        };
        view! {
            <li class="matching__cell">
                <label for=id.clone()>{cell.get_value()}</label>
                <PlainSelect id options=translations.get_value() chosen on_choose=Callback::new(choose)/>
            </li>
        }
    };
    Some(view! {
        <div class="matching__cells">
            {ticked}
            {numbers}
            {said}
            {confirmed}
            {move || {
                let cells = cells.get();
                (!cells.is_empty()).then(|| view! {
                    <details class="card__table" open=untrack(|| n_left() > 0 || is_unsure.get())>
                        <summary>{move || match n_left() {
                            0 => t("organise.matching.stand"),
                            n => t_with("organise.matching.left", &[("n", &n.to_string())]),
                        }}</summary>
                        <ul class="matching__translations">
                            {cells.into_iter().enumerate().map(translation).collect_view()}
                        </ul>
                    </details>
                })
            }}
        </div>
    })
}

/// What is to be said of a column's cells.
fn remark(look: &Look) -> Option<&'static str> {
    match look.order {
        _ if look.is_foreign => Some("organise.matching.foreign"),
        Some(Order::Unsure) => Some(UNSURE_ORDER),
        Some(Order::Plain) => Some(ORDERED),
        None => None,
    }
}

/// What is said of a column: a problem until a person has settled it.
fn problem(key: &str, is_settled: bool) -> impl IntoView + use<> {
    let class = if is_settled {
        "opening__note"
    } else {
        "opening__problem"
    };
    view! { <p class=class>{t(key)}</p> }
}

/// The key of what is said where a column was taken by the order of its codes.
const ORDERED: &str = "organise.matching.order";

/// The same where something speaks against the order.
const UNSURE_ORDER: &str = "organise.matching.order.unsure";

/// Puts `A2` before `A10`.
fn by_number(cell: &str) -> (&str, usize, &str) {
    let letters = cell.trim_end_matches(|it: char| it.is_ascii_digit());
    (letters, cell.len(), cell)
}

/// What the numbers in a column's cells may be.
const READINGS: [(&str, Positions, &str); 3] = [
    ("codes", Positions::Codes, "organise.matching.codes"),
    ("places", Positions::Places, "organise.matching.places"),
    ("unclear", Positions::Unclear, "organise.matching.unclear"),
];

/// Stands for a cell that is left as it is: a letter that no code has.
const UNKNOWN: &str = "\u{e000}";

/// Every variable that a column may feed, by its name.
fn variables(codebook: &Codebook) -> Vec<Choice> {
    let texts = Texts {
        codebook,
        language: language(),
    };
    let items = codebook.items().filter(|(_, item)| !item.score);
    items
        .map(|(question, item)| (item.name.clone(), called(&texts, question, item)))
        .collect()
}

fn called(texts: &Texts<'_>, question: &Question, item: &Item) -> String {
    let title = texts.question(question);
    if question.items.len() > 1 {
        format!("{title} – {}", texts.item(item))
    } else {
        title
    }
}
