//! Questions on the page: one way of drawing for each kind of control.
//!
//! # Invariants
//!
//! - A question is drawn from its [`questionnaire::session::QuestionView`] alone and decides nothing: every change is an
//!   event, and what the page then shows is what the engine answers.
//! - One listener and one reactive effect per question, whatever stands in it: a change on a page of
//!   two hundred questions touches the question that changed.
//! - What is focused stays where it is: drawing again changes what differs and nothing else.

mod choices;
mod fields;
mod frame;
mod hear;
mod id;
mod items;
mod matrix;
mod ranking;
mod rich;
mod rows;
mod scale;
mod select;
mod slider;
#[cfg(test)]
mod tests;

pub use hear::fold;
pub use id::{input_id, question_id};
pub use rich::{blocks, phrase, plain};

use std::rc::Rc;

use leptos::prelude::*;
use questionnaire::definition::MatrixDisplay;
use questionnaire::session::{Control, Item, Key};

use super::handle::{SessionHandle, use_session};
use crate::browser::{draw, fit};
use crate::ui::combobox::Open;
use crate::ui::markup::{Element, Live, Node, el};
use frame::Asked;
use ranking::Moving;

/// Questions and panels below each other. Follows the panels among them; whoever draws this lets
/// [`fold`] hear the clicks.
pub fn items(session: SessionHandle, items: &[Item]) -> Element {
    items::list(session, items)
}

/// What stands on the page now, by itself: follows the outline, and leaves alone what stays.
#[component]
pub fn PageItems() -> impl IntoView {
    let session = use_session();
    let make = move || {
        let shown = session.with_outline(|outline| outline.items.clone());
        items(session, &shown)
    };
    let listener = Box::new(move |event| fold(session, &event));
    draw::draw(make, &["click"], Some(listener))
}

/// What only the drawing of one question needs to know.
#[derive(Clone, Copy)]
enum Local {
    Nothing,
    List(RwSignal<Open>),
    Narrow(RwSignal<bool>),
    Moving(RwSignal<Moving>),
    /// The row that the dialog asks about.
    Removing(RwSignal<usize>),
}

/// `row` is the id of what names the row, for a cell.
fn question(session: SessionHandle, key: Key, row: Option<String>) -> AnyView {
    let id: Rc<str> = question_id(&key).into();
    let view = untrack(|| session.question(&key));
    let control = view.as_ref().map(|it| &it.control);
    let local = local(&id, control);
    let events = control.map_or(&[] as &[_], hear::events);
    let listener = {
        let (key, id) = (Rc::clone(&key), Rc::clone(&id));
        Box::new(move |event| hear::hear(session, &key, &id, local, &event))
    };
    let make = move || match session.question(&key) {
        Some(view) => {
            let asked = Asked {
                view: &view,
                id: &id,
                row: row.as_deref(),
            };
            element(&asked, session, local)
        }
        None => el("div").flag("hidden", true),
    };
    draw::draw(make, events, Some(listener))
}

/// A question inside another piece.
fn live(session: SessionHandle, key: &Key, row: Option<String>) -> Node {
    let id = match &row {
        Some(row) => format!("{row} {key}"),
        None => key.to_string(),
    };
    let key = Rc::clone(key);
    Live::node(id, move || question(session, Rc::clone(&key), row.clone()))
}

fn local(id: &str, control: Option<&Control>) -> Local {
    match control {
        Some(Control::Dropdown { choices, .. }) if choices.len() >= select::MANY => {
            Local::List(RwSignal::new(Open::default()))
        }
        Some(Control::Tagbox { .. }) => Local::List(RwSignal::new(Open::default())),
        Some(Control::Ranking { .. }) => Local::Moving(RwSignal::new(Moving::default())),
        Some(Control::Rows(_)) => Local::Removing(RwSignal::new(0)),
        Some(Control::Matrix { display, .. }) => {
            let narrow = RwSignal::new(match display {
                MatrixDisplay::Auto => fit::starts_narrow(),
                MatrixDisplay::Table => false,
                MatrixDisplay::List => true,
            });
            if *display != MatrixDisplay::List {
                // Even a table that the survey asks for must not make the page scroll sideways.
                fit::follow(format!("{id}-matrix"), narrow);
            }
            Local::Narrow(narrow)
        }
        _ => Local::Nothing,
    }
}

fn element(asked: &Asked<'_>, session: SessionHandle, local: Local) -> Element {
    match &asked.view.control {
        Control::Radio { choices, clearable } => {
            choices::radio(asked, session, choices, *clearable)
        }
        Control::Checkboxes {
            choices,
            select_all,
            max_selected,
        } => choices::checkboxes(asked, session, choices, select_all.as_ref(), *max_selected),
        Control::Dropdown {
            choices,
            placeholder,
            clearable,
        } => match local {
            Local::List(open) => {
                open.with(|open| select::searched(asked, choices, placeholder, open, None))
            }
            _ => select::native(asked, choices, placeholder, *clearable),
        },
        Control::Tagbox {
            choices,
            placeholder,
            max_selected,
        } => {
            let open = match local {
                Local::List(open) => open.get(),
                _ => Open::default(),
            };
            select::searched(asked, choices, placeholder, &open, Some(*max_selected))
        }
        Control::Images {
            choices,
            several,
            labels,
        } => choices::images(asked, choices, *several, *labels),
        Control::Ranking {
            choices,
            select_to_rank,
        } => {
            let moving = match local {
                Local::Moving(moving) => moving.get(),
                _ => Moving::default(),
            };
            ranking::ranking(asked, choices, *select_to_rank, &moving)
        }
        _ => answered_otherwise(asked, session, local),
    }
}

fn answered_otherwise(asked: &Asked<'_>, session: SessionHandle, local: Local) -> Element {
    match &asked.view.control {
        Control::Rating {
            points,
            min_label,
            max_label,
            display,
            as_dropdown,
        } => {
            if *as_dropdown {
                select::native(asked, points, "", true)
            } else {
                let ends = scale::Ends {
                    min: min_label,
                    max: max_label,
                };
                scale::rating(asked, points, &ends, *display)
            }
        }
        Control::Boolean { choices, display } => scale::boolean(asked, choices, *display),
        Control::Text(field) => fields::text(asked, field),
        Control::LongText {
            text,
            placeholder,
            rows,
            max_length,
            ..
        } => fields::long_text(
            asked,
            session,
            &fields::LongText {
                text,
                placeholder,
                rows: *rows,
                max_length: *max_length,
            },
        ),
        Control::Fields {
            fields: cells,
            columns,
        } => fields::several(asked, session, cells, *columns),
        Control::Matrix {
            columns,
            rows,
            several,
            header,
            ..
        } => matrix::matrix(
            asked,
            &matrix::Matrix {
                columns,
                rows,
                several: *several,
                header: *header,
                narrow: matches!(local, Local::Narrow(narrow) if narrow.get()),
            },
        ),
        Control::Rows(group) => {
            let removing = match local {
                Local::Removing(row) => row.get(),
                _ => 0,
            };
            rows::group(asked, session, group, removing)
        }
        Control::Computed(value) => fields::computed(asked, value),
        Control::Slider {
            value,
            upper,
            range,
            text,
            upper_text,
            min,
            max,
            step,
            labels,
            clearable,
        } => slider::slider(
            asked,
            &slider::Slider {
                value: *value,
                upper: *upper,
                range: *range,
                text,
                upper_text,
                min: *min,
                max: *max,
                step: *step,
                labels,
                clearable: *clearable,
            },
        ),
        Control::Html(html) => fields::information(asked, html),
        Control::Image { src, alt } => fields::picture(asked, src, alt),
        _ => el("div"),
    }
}
