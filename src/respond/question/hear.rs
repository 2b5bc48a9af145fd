//! From what happened on the page to what the engine is told.
//!
//! Controls say in `data-do` what they are for, and in `data-i` and `data-r` which choice or row
//! they stand for; values stay in the engine.

use std::time::Duration;

use json::Value;
use questionnaire::session::{ChoiceView, Control, Event, Key, QuestionView};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::id::input_id;
use super::ranking::{mover_id, ranked};
use super::{Local, scale, select};
use crate::browser::{clock, page};
use crate::respond::handle::SessionHandle;
use crate::ui::combobox::{Open, Pressed, found, meant};
use leptos::prelude::*;

/// The events that a control needs to hear.
pub(super) fn events(control: &Control) -> &'static [&'static str] {
    const TYPED: &[&str] = &["input", "focusout"];
    const CHOSEN: &[&str] = &["change", "click", "input", "focusout"];
    const LISTED: &[&str] = &[
        "click",
        "input",
        "focusout",
        "focusin",
        "keydown",
        "mousedown",
    ];
    const MOVED: &[&str] = &[
        "click",
        "input",
        "focusout",
        "keydown",
        "pointerdown",
        "pointermove",
        "pointerup",
        "pointercancel",
    ];
    match control {
        Control::Text(_) | Control::LongText { .. } => TYPED,
        Control::Dropdown { choices, .. } if choices.len() < select::MANY => CHOSEN,
        Control::Dropdown { .. } | Control::Tagbox { .. } => LISTED,
        Control::Ranking { .. } => MOVED,
        Control::Html(_) | Control::Image { .. } => &[],
        _ => CHOSEN,
    }
}

/// One event at the question `key`, whose element has the id `id`.
pub(super) fn hear(
    session: SessionHandle,
    key: &Key,
    id: &str,
    local: Local,
    event: &web_sys::Event,
) {
    // A question inside this one hears for itself.
    let own = page::target(event).and_then(|it| it.closest(".question").ok().flatten());
    if own.is_none_or(|own| own.id() != id) {
        return;
    }
    let Some((control, action)) = page::action(event) else {
        return;
    };
    let Some(view) = session.read(|it| it.question(key)) else {
        return;
    };
    let heard = Heard {
        session,
        key,
        id,
        view: &view,
        control: &control,
        ix: page::number(&control, "data-i").unwrap_or(0),
    };
    match event.type_().as_str() {
        "change" => heard.changed(&action),
        "input" => heard.typed(&action, local),
        "focusout" => heard.left(&action, local),
        "click" => heard.pressed(&action, local),
        // The field keeps the focus, so the list stays as it is.
        "mousedown" if matches!(action.as_str(), "pick" | "open") => event.prevent_default(),
        "keydown" => {
            if let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>() {
                heard.key_pressed(&action, local, event);
            }
        }
        _ => {
            if let (Some(event), Local::Moving(moving)) =
                (event.dyn_ref::<web_sys::PointerEvent>(), local)
            {
                heard.dragged(&action, moving, event);
            }
        }
    }
}

/// A panel opened or closed among items that belong to no question.
pub fn fold(session: SessionHandle, event: &web_sys::Event) {
    let toggle = page::action(event)
        .filter(|(it, what)| what == "fold" && it.closest(".question").ok().flatten().is_none());
    if let Some((toggle, _)) = toggle {
        send_fold(session, &toggle);
    }
}

fn send_fold(session: SessionHandle, toggle: &Element) {
    if let Some(key) = toggle.get_attribute("data-key") {
        let open = toggle.get_attribute("aria-expanded").as_deref() == Some("true");
        session.send(Event::Fold(key.into(), !open));
    }
}

struct Heard<'a> {
    session: SessionHandle,
    key: &'a Key,
    id: &'a str,
    view: &'a QuestionView,
    control: &'a Element,
    ix: usize,
}

impl Heard<'_> {
    fn send(&self, event: Event) {
        let changed = self.session.send(event);
        if let Some(key) = changed.focus {
            page::focus_soon(input_id(&key));
        }
    }

    fn key(&self) -> Key {
        Key::clone(self.key)
    }

    fn choices(&self) -> &[ChoiceView] {
        choices(self.view)
    }

    fn choice(&self) -> Option<Value> {
        self.choices().get(self.ix).map(|it| it.value.clone())
    }

    fn changed(&self, action: &str) {
        let on = page::checked(self.control);
        match action {
            "choose" => {
                if let Some(value) = self.choice() {
                    self.send(Event::Choose(self.key(), value));
                }
            }
            "toggle" => {
                if let Some(value) = self.choice() {
                    self.send(Event::Toggle(self.key(), value, on));
                    self.say_what_is();
                }
            }
            "all" => {
                let all = Value::Text("all".into());
                self.send(Event::Toggle(self.key(), all, on));
            }
            "flip" => {
                let on_place = scale::on_place(self.choices());
                let wanted = self
                    .choices()
                    .iter()
                    .enumerate()
                    .find(|(ix, _)| (*ix == on_place) == on);
                if let Some((_, choice)) = wanted {
                    self.send(Event::Choose(self.key(), choice.value.clone()));
                }
            }
            "select" => match page::value(self.control).parse::<usize>() {
                Ok(ix) => {
                    if let Some(choice) = self.choices().get(ix) {
                        self.send(Event::Choose(self.key(), choice.value.clone()));
                    }
                }
                Err(_) => self.send(Event::Clear(self.key())),
            },
            "choose-cell" | "toggle-cell" => self.cell(action == "toggle-cell", on),
            _ => {}
        }
    }

    /// Where the engine refused what was pressed, the page must not look as if it had not.
    fn say_what_is(&self) {
        let view = self.session.read(|it| it.question(self.key));
        let choice = view.as_ref().and_then(|it| choices(it).get(self.ix));
        if let Some(choice) = choice {
            page::set_checked(self.control, choice.selected);
        }
    }

    fn cell(&self, several: bool, on: bool) {
        let Control::Matrix { columns, rows, .. } = &self.view.control else {
            return;
        };
        let row = page::number(self.control, "data-r").and_then(|ix| rows.get(ix));
        let (Some(row), Some(column)) = (row, columns.get(self.ix)) else {
            return;
        };
        let (key, row, column) = (self.key(), row.value.clone(), column.value.clone());
        self.send(if several {
            Event::ToggleCell {
                key,
                row,
                column,
                on,
            }
        } else {
            Event::ChooseCell { key, row, column }
        });
    }

    fn typed(&self, action: &str, local: Local) {
        let text = page::value(self.control);
        match action {
            "type" => self.send(Event::Type(self.key(), text)),
            "type-upper" => self.send(Event::TypeUpper(self.key(), text)),
            "comment" => self.send(Event::Comment(self.key(), text)),
            "choice-comment" => {
                if let Some(value) = self.choice() {
                    self.send(Event::ChoiceComment(self.key(), value, text));
                }
            }
            "search" => {
                if let Local::List(open) = local {
                    open.update(|it| it.search(text));
                }
            }
            _ => {}
        }
    }

    fn left(&self, action: &str, local: Local) {
        match (action, local) {
            ("type" | "type-upper" | "comment" | "choice-comment", _) => {
                leave(self.session, self.key(), self.control.clone());
            }
            ("search", Local::List(open)) => {
                let query = open.with_untracked(|it| it.query.clone());
                if let Some(query) = query {
                    self.leave_query(query.trim());
                }
                open.update(Open::close);
                leave(self.session, self.key(), self.control.clone());
            }
            _ => {}
        }
    }

    /// What was typed into a list's field is taken for what it means; nothing is lost because
    /// somebody went on with Tab instead of Enter.
    fn leave_query(&self, query: &str) {
        let clearable = matches!(
            self.view.control,
            Control::Dropdown {
                clearable: true,
                ..
            }
        );
        if query.is_empty() {
            if clearable {
                self.send(Event::Clear(self.key()));
            }
            return;
        }
        let choices = self.choices();
        let choice = meant(&select::texts(choices), query).and_then(|ix| choices.get(ix));
        if let Some(choice) = choice.filter(|it| it.enabled && !it.selected) {
            self.take(choice);
        }
    }

    /// Takes a choice from a list; of several, one that is taken is taken away.
    fn take(&self, choice: &ChoiceView) {
        let value = choice.value.clone();
        self.send(if self.is_tagbox() {
            Event::Toggle(self.key(), value, !choice.selected)
        } else {
            Event::Choose(self.key(), value)
        });
    }

    fn is_tagbox(&self) -> bool {
        matches!(self.view.control, Control::Tagbox { .. })
    }

    fn pressed(&self, action: &str, local: Local) {
        if self.control.get_attribute("aria-disabled").as_deref() == Some("true") {
            return;
        }
        let ix = self.ix;
        match action {
            "clear" => {
                self.send(Event::Clear(self.key()));
                page::focus_soon(input_id(self.key));
            }
            "search" | "open" if self.view.enabled => {
                if let Local::List(open) = local {
                    let is_open = open.with_untracked(|it| it.open);
                    if action == "search" || !is_open {
                        open.update(|it| it.open = true);
                    } else {
                        open.update(Open::close);
                    }
                    if action == "open" {
                        page::focus_soon(input_id(self.key));
                    }
                }
            }
            "pick" => self.pick(ix, local),
            "unpick" => {
                if let Some(value) = self.choice() {
                    self.send(Event::Toggle(self.key(), value, false));
                    page::focus_soon(input_id(self.key));
                }
            }
            "rank-up" | "rank-down" | "rank-in" | "rank-out" | "rank-keep" => {
                if let Local::Moving(moving) = local {
                    self.rank(action, moving);
                }
            }
            "fold" => send_fold(self.session, self.control),
            _ => self.row(action, local),
        }
    }

    fn row(&self, action: &str, local: Local) {
        let ix = self.ix;
        match (action, local) {
            ("add", _) => self.send(Event::Add(self.key(), None)),
            ("undo", _) => self.send(Event::UndoRemove(self.key())),
            ("remove", Local::Removing(row)) => {
                let Control::Rows(group) = &self.view.control else {
                    return;
                };
                if group.confirm_delete.is_some() {
                    row.set(ix);
                    page::open_dialog(&format!("{}-confirm", self.id));
                } else {
                    self.send(Event::Remove(self.key(), ix));
                }
            }
            ("remove-sure", Local::Removing(row)) => {
                page::close_dialog(&format!("{}-confirm", self.id));
                self.send(Event::Remove(self.key(), row.get_untracked()));
            }
            ("dialog-close", _) => page::close_dialog(&format!("{}-confirm", self.id)),
            ("row-up" | "row-down", _) => {
                let to = if action == "row-up" {
                    ix.checked_sub(1)
                } else {
                    Some(ix + 1)
                };
                if let Some(to) = to {
                    self.session.send(Event::MoveRow {
                        key: self.key(),
                        from: ix,
                        to,
                    });
                    page::focus_soon(format!("{}-{action}{to}", self.id));
                }
            }
            _ => {}
        }
    }

    fn pick(&self, ix: usize, local: Local) {
        let Local::List(open) = local else { return };
        let Some(choice) = self.choices().get(ix).filter(|it| it.enabled) else {
            return;
        };
        self.take(choice);
        if self.is_tagbox() {
            open.update(|it| {
                if it.query.take().is_some() {
                    it.active = None;
                }
            });
        } else {
            open.update(Open::close);
        }
    }

    fn key_pressed(&self, action: &str, local: Local, event: &web_sys::KeyboardEvent) {
        if !self.view.enabled {
            return;
        }
        match (action, local) {
            ("search", Local::List(open)) => {
                let query = open.with_untracked(|it| it.query.clone());
                let found = found(&select::texts(self.choices()), query.as_deref());
                let chosen = (!self.is_tagbox())
                    .then(|| {
                        let is_chosen =
                            |ix: &usize| self.choices().get(*ix).is_some_and(|it| it.selected);
                        found.iter().position(is_chosen)
                    })
                    .flatten();
                let pressed = open
                    .try_update(|it| it.press(&event.key(), event.alt_key(), found.len(), chosen))
                    .unwrap_or(Pressed::Nothing);
                if pressed == Pressed::Nothing {
                    return;
                }
                event.prevent_default();
                if let Pressed::Take(at) = pressed
                    && let Some(ix) = found.get(at)
                {
                    self.pick(*ix, local);
                }
                if let Some(ix) = open
                    .with_untracked(|it| it.active)
                    .and_then(|at| found.get(at))
                {
                    page::scroll_soon(format!("{}-input-o{ix}", self.id));
                }
            }
            ("rank-up" | "rank-down", Local::Moving(moving)) => {
                let action = match event.key().as_str() {
                    "ArrowUp" => "rank-up",
                    "ArrowDown" => "rank-down",
                    _ => return,
                };
                event.prevent_default();
                self.rank(action, moving);
            }
            _ => {}
        }
    }

    fn rank(&self, action: &str, moving: RwSignal<super::Moving>) {
        let Control::Ranking {
            choices,
            select_to_rank,
        } = &self.view.control
        else {
            return;
        };
        let order = ranked(choices, *select_to_rank);
        let (chosen, to) = match action {
            "rank-in" => (choices.get(self.ix), Some(order.len())),
            "rank-keep" => (choices.first(), Some(0)),
            _ => {
                let choice = order.get(self.ix).and_then(|ix| choices.get(*ix));
                let to = match action {
                    "rank-up" => self.ix.checked_sub(1),
                    "rank-down" => Some(self.ix + 1).filter(|to| *to < order.len()),
                    _ => None,
                };
                if to.is_none() && action != "rank-out" {
                    return;
                }
                (choice, to)
            }
        };
        let Some(choice) = chosen else { return };
        self.send(Event::Rank(self.key(), choice.value.clone(), to));
        moving.update(|it| it.said = to);
        match (action, to) {
            ("rank-up" | "rank-down", Some(to)) => {
                page::focus_soon(mover_id(self.id, action == "rank-up", to));
            }
            ("rank-in", Some(to)) => page::focus_soon(mover_id(self.id, true, to)),
            _ => page::focus_soon(input_id(self.key)),
        }
    }

    fn dragged(
        &self,
        action: &str,
        moving: RwSignal<super::Moving>,
        event: &web_sys::PointerEvent,
    ) {
        let dragged = moving.with_untracked(|it| it.dragged);
        match event.type_().as_str() {
            "pointerdown" if action == "drag" && self.view.enabled && !self.view.read_only => {
                event.prevent_default();
                let _ = self.control.set_pointer_capture(event.pointer_id());
                moving.update(|it| it.dragged = Some(self.ix));
            }
            "pointermove" => {
                let Some(from) = dragged else { return };
                let over = page::at_point(event.client_x(), event.client_y(), ".ranking__thing")
                    .filter(|it| {
                        it.closest(".question")
                            .ok()
                            .flatten()
                            .is_some_and(|it| it.id() == self.id)
                    })
                    .and_then(|it| page::number(&it, "data-place"));
                let Some(to) = over.filter(|to| *to != from) else {
                    return;
                };
                let Control::Ranking {
                    choices,
                    select_to_rank,
                } = &self.view.control
                else {
                    return;
                };
                let order = ranked(choices, *select_to_rank);
                if let Some(choice) = order.get(from).and_then(|ix| choices.get(*ix)) {
                    self.send(Event::Rank(self.key(), choice.value.clone(), Some(to)));
                    moving.update(|it| it.dragged = Some(to));
                }
            }
            "pointerup" | "pointercancel" if dragged.is_some() => {
                moving.update(|it| it.said = it.dragged.take());
            }
            _ => {}
        }
    }
}

/// How often it is looked whether something is still pressed, in milliseconds.
const PRESS: Duration = Duration::from_millis(50);

/// The respondent has left a field. If because something else is pressed, the engine hears it after
/// the press: a message that comes in between would move what is pressed away from the finger.
fn leave(session: SessionHandle, key: Key, field: Element) {
    if page::is_pressed() {
        clock::after(PRESS, move || leave(session, key, field));
    } else if field.is_connected() {
        session.send(Event::Leave(key));
    }
}

/// The choices of whatever is chosen from.
fn choices(view: &QuestionView) -> &[ChoiceView] {
    match &view.control {
        Control::Radio { choices, .. }
        | Control::Checkboxes { choices, .. }
        | Control::Dropdown { choices, .. }
        | Control::Tagbox { choices, .. }
        | Control::Images { choices, .. }
        | Control::Ranking { choices, .. }
        | Control::Boolean { choices, .. }
        | Control::Rating {
            points: choices, ..
        } => choices,
        _ => &[],
    }
}
