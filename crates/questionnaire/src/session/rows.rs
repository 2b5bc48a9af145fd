//! Rows and panels: made with the question, added, removed, moved, counted and totalled.

use std::rc::Rc;

use json::{Object, Value};

use super::build::Within;
use super::event::Key;
use super::tree::{NodeId, Row};
use super::values::is_empty;
use super::{Origin, Session};
use crate::definition::{Column, Kind, Total, TotalType};
use crate::expression::plus;

/// Limits and start of a list of rows or panels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) start: u32,
    pub(super) least: u32,
    pub(super) greatest: u32,
    pub(super) may_add: bool,
    pub(super) may_remove: bool,
}

impl Session {
    pub(super) fn limits(&self, node: NodeId) -> Option<Limits> {
        match &self.nodes.get(node)?.question()?.kind {
            Kind::MatrixDynamic {
                row_count,
                min_rows,
                max_rows,
                allow_add,
                allow_remove,
                ..
            } => Some(Limits {
                start: *row_count,
                least: *min_rows,
                greatest: *max_rows,
                may_add: *allow_add,
                may_remove: *allow_remove,
            }),
            Kind::PanelDynamic {
                panel_count,
                min_panels,
                max_panels,
                allow_add,
                allow_remove,
                ..
            } => Some(Limits {
                start: *panel_count,
                least: *min_panels,
                greatest: *max_panels,
                may_add: *allow_add,
                may_remove: *allow_remove,
            }),
            _ => None,
        }
    }

    /// How many rows there are at first: of a table of none, none, whatever it must have.
    pub(super) fn first_rows(&self, node: NodeId, limits: Limits) -> usize {
        let is_none = limits.start == 0 && !self.is_panels(node);
        let least = if is_none { 0 } else { limits.least };
        usize::try_from(limits.start.max(least).min(limits.greatest)).unwrap_or(0)
    }

    /// True if an expression says how many rows there are.
    pub(super) fn is_counted(&self, node: NodeId) -> bool {
        self.nodes[node].question().is_some_and(|it| {
            matches!(
                it.kind,
                Kind::MatrixDynamic {
                    row_count_expression: Some(_),
                    ..
                } | Kind::PanelDynamic {
                    panel_count_expression: Some(_),
                    ..
                }
            )
        })
    }

    /// The number of rows a list starts with.
    pub(super) fn start_rows(&mut self, node: NodeId) {
        if let Some(limits) = self.limits(node) {
            let stored = self
                .value(node)
                .and_then(Value::as_list)
                .map(<[Value]>::len);
            let count = stored.unwrap_or_else(|| self.first_rows(node, limits));
            self.set_row_count(node, count);
            // What is set from other cells does not follow their defaults.
            self.whole = self.whole.or(Some((node, true)));
            // As in the reference, a table with more or fewer rows at first than it must have starts
            // with those it must have, empty.
            if stored.is_none()
                && !self.is_counted(node)
                && limits.start != limits.least
                && limits.start > 0
                && limits.least > 0
                && self.value(node).is_none()
                && let super::tree::Place::Var(id) = self.nodes[node].place
            {
                let least = usize::try_from(limits.least).unwrap_or(0);
                let rows = vec![Value::Object(Object::new()); least];
                self.set_var(id, Some(Value::List(rows)));
            }
        }
    }

    /// Makes as many rows as the stored list has.
    pub(super) fn sync_rows(&mut self, node: NodeId) {
        if !self.is_list(node) {
            return;
        }
        if let Some(items) = self.value(node).and_then(Value::as_list) {
            let count = items.len();
            self.shape_rows(node, count);
        }
        let inner = self.inner(node);
        for at in inner {
            self.sync_rows(at);
        }
    }

    /// Makes so many rows, in the list's answer as well.
    pub(super) fn set_row_count(&mut self, node: NodeId, count: usize) {
        let stored = self.value(node).and_then(Value::as_list);
        let mut items = stored.map(<[Value]>::to_vec).unwrap_or_default();
        let old = items.len();
        items.truncate(count);
        while items.len() < count {
            let new = self.new_row_value(node, items.last());
            let item = Value::Object(Object::new());
            if new == item && self.tidy_list(node, vec![new.clone()]).is_none() {
                break;
            }
            items.push(new);
        }
        if old != items.len() || items.iter().any(|it| !is_empty(it)) {
            let value = self.tidy_list(node, items);
            self.put(node, value);
        }
        self.shape_rows(node, count);
    }

    /// Gives a list so many rows of nodes.
    pub(super) fn shape_rows(&mut self, node: NodeId, count: usize) {
        let count = count.min(1000);
        let have = self.answering(node).map_or(0, |it| it.rows.len());
        if have == count {
            return;
        }
        while self.answering(node).map_or(0, |it| it.rows.len()) > count {
            if let Some(row) = self.answering_mut(node).rows.pop() {
                self.bury(row);
            }
        }
        while self.answering(node).map_or(0, |it| it.rows.len()) < count {
            self.grow(node);
        }
        self.touch(node);
        self.changed.outline = true;
    }

    /// Makes the nodes of one more row.
    pub(super) fn grow(&mut self, node: NodeId) {
        let Some(question) = self.nodes[node].question().cloned() else {
            return;
        };
        let at = self.answering(node).map_or(0, |it| it.rows.len());
        let within = Within {
            row: Some((node, at)),
        };
        let answer = self.answering_mut(node);
        let id = answer.next_row;
        answer.next_row += 1;
        let first = self.nodes.len();
        let mut row = Row {
            id,
            visible: true,
            ..Row::default()
        };
        match &question.kind {
            Kind::MatrixDropdown {
                columns, detail, ..
            }
            | Kind::MatrixDynamic {
                columns, detail, ..
            } => {
                for column in columns {
                    row.cells
                        .push(self.add_question(node, &column.question, within));
                }
                for element in &detail.elements {
                    row.items.push(self.add_element(node, element, within));
                }
            }
            Kind::PanelDynamic { template, .. } => {
                for element in template {
                    row.items.push(self.add_element(node, element, within));
                }
            }
            _ => {}
        }
        self.answering_mut(node).rows.push(row);
        if self.built {
            // A panel that comes with answers gets no defaults, nor does a row that formulas read.
            let is_answered = self.origin == Origin::Draft
                || match question.kind {
                    Kind::PanelDynamic { .. } => {
                        self.given || self.row_value(node, at).is_some_and(|it| !is_empty(it))
                    }
                    _ => self.given && self.is_read_inside(node),
                };
            for made in first..self.nodes.len() {
                self.register(made);
                if !is_answered {
                    self.set_default(made);
                } else if let Some(limits) = self.limits(made) {
                    self.shape_rows(made, self.first_rows(made, limits));
                    self.sync_rows(made);
                }
            }
        }
    }

    /// Whether a formula reads into a row of the table.
    pub(super) fn is_read_inside(&self, node: NodeId) -> bool {
        let Some(root) = self.root_var(node) else {
            return false;
        };
        let slot = self.values.slot(root);
        if self.is_list(node) {
            slot.is_read_by_place
        } else {
            slot.is_read_by_name
        }
    }

    fn bury(&mut self, row: Row) {
        let mut stack: Vec<NodeId> = row.cells.into_iter().chain(row.items).collect();
        while let Some(at) = stack.pop() {
            stack.extend(self.nodes[at].children.iter());
            stack.extend(self.inner(at));
            let key = Rc::clone(&self.nodes[at].key);
            self.nodes[at].alive = false;
            if self.keys.get(&key) == Some(&at) {
                self.keys.remove(&key);
            }
            if self.containers.get(&key) == Some(&at) {
                self.containers.remove(&key);
            }
        }
    }

    /// What a new row starts with.
    pub(super) fn new_row_value(&self, node: NodeId, last: Option<&Value>) -> Value {
        let question = self.nodes[node].question();
        let (start, copy_last) = match question.map(|it| &it.kind) {
            Some(
                Kind::MatrixDynamic {
                    default_row_value: start,
                    copy_last,
                    ..
                }
                | Kind::PanelDynamic {
                    default_panel_value: start,
                    copy_last,
                    ..
                },
            ) => (start.clone(), *copy_last),
            _ => (None, false),
        };
        let mut row = match start {
            Some(Value::Object(object)) => object,
            _ => Object::new(),
        };
        if copy_last && let Some(Value::Object(last)) = last {
            for (name, value) in last.iter() {
                row.insert(name, value.clone());
            }
        }
        Value::Object(row)
    }

    /// Adds a row at the end or after the given one; the key of its first question.
    pub(super) fn add_row(&mut self, node: NodeId, after: Option<usize>) -> Option<Key> {
        let limits = self.limits(node)?;
        let count = self.answering(node)?.rows.len();
        if !limits.may_add || count >= usize::try_from(limits.greatest).unwrap_or(usize::MAX) {
            return None;
        }
        let mut items = self.row_values(node);
        let at = after.map_or(count, |after| (after + 1).min(count));
        let new = self.new_row_value(node, items.last());
        self.shape_rows(node, count + 1);
        items.insert(at, new);
        let order: Vec<usize> = (0..at).chain([count]).chain(at..count).collect();
        self.reorder_rows(node, &order);
        let value = self.tidy_list(node, items);
        self.put(node, value);
        let first = self.first_in_row(node, at)?;
        self.default_row(node, at);
        Some(Rc::clone(&self.nodes[first].key))
    }

    pub(super) fn default_row(&mut self, node: NodeId, at: usize) {
        let Some(row) = self.answering(node).and_then(|it| it.rows.get(at)) else {
            return;
        };
        let mut stack: Vec<NodeId> = row.cells.iter().chain(&row.items).copied().collect();
        while let Some(inside) = stack.pop() {
            stack.extend(self.nodes[inside].children.iter());
            self.set_default(inside);
        }
    }

    /// Removes a row; what to focus next.
    pub(super) fn remove_row(&mut self, node: NodeId, at: usize) -> Option<Key> {
        let limits = self.limits(node)?;
        let count = self.answering(node)?.rows.len();
        if !limits.may_remove
            || at >= count
            || count <= usize::try_from(limits.least).unwrap_or(usize::MAX)
        {
            return None;
        }
        let mut items = self.row_values(node);
        let removed = items.remove(at);
        self.answering_mut(node).removed = Some((at, removed));
        let order: Vec<usize> = (0..at).chain(at + 1..count).chain([at]).collect();
        self.reorder_rows(node, &order);
        self.shape_rows(node, count - 1);
        let value = self.tidy_list(node, items);
        self.put(node, value);
        self.touch(node);
        let next = self
            .first_in_row(node, at)
            .or_else(|| self.first_in_row(node, at.checked_sub(1)?))
            .unwrap_or(node);
        Some(Rc::clone(&self.nodes[next].key))
    }

    /// Takes the last removal back.
    pub(super) fn undo_remove(&mut self, node: NodeId) -> Option<Key> {
        let (at, value) = self.answering_mut(node).removed.take()?;
        let count = self.answering(node)?.rows.len();
        let at = at.min(count);
        let mut items = self.row_values(node);
        items.insert(at, value);
        self.shape_rows(node, count + 1);
        let order: Vec<usize> = (0..at).chain([count]).chain(at..count).collect();
        self.reorder_rows(node, &order);
        let value = self.tidy_list(node, items);
        self.put(node, value);
        self.touch(node);
        let first = self.first_in_row(node, at)?;
        Some(Rc::clone(&self.nodes[first].key))
    }

    pub(super) fn move_row(&mut self, node: NodeId, from: usize, to: usize) {
        let count = self.answering(node).map_or(0, |it| it.rows.len());
        if from >= count || to >= count || from == to || !self.is_list(node) {
            return;
        }
        let mut order: Vec<usize> = (0..count).collect();
        let moved = order.remove(from);
        order.insert(to, moved);
        let items = self.row_values(node);
        let items = order
            .iter()
            .filter_map(|&at| items.get(at).cloned())
            .collect();
        self.reorder_rows(node, &order);
        let value = self.tidy_list(node, items);
        self.put(node, value);
    }

    /// The stored rows, as many as there are rows of nodes.
    fn row_values(&self, node: NodeId) -> Vec<Value> {
        let mut items = self
            .value(node)
            .and_then(Value::as_list)
            .map(<[Value]>::to_vec)
            .unwrap_or_default();
        let rows = self.answering(node).map_or(0, |it| it.rows.len());
        items.resize(rows, Value::Object(Object::new()));
        items
    }

    /// Puts rows of nodes into another order and gives them the keys of their new places.
    fn reorder_rows(&mut self, node: NodeId, order: &[usize]) {
        let rows = std::mem::take(&mut self.answering_mut(node).rows);
        let mut rows: Vec<Option<Row>> = rows.into_iter().map(Some).collect();
        let moved: Vec<Row> = order
            .iter()
            .filter_map(|&at| rows.get_mut(at)?.take())
            .collect();
        self.answering_mut(node).rows = moved;
        let count = self.answering(node).map_or(0, |it| it.rows.len());
        for at in 0..count {
            let Some(row) = self.answering(node).and_then(|it| it.rows.get(at)) else {
                continue;
            };
            let tops: Vec<NodeId> = row.cells.iter().chain(&row.items).copied().collect();
            self.place_row(node, at, tops);
        }
        self.touch(node);
        self.changed.outline = true;
    }

    fn place_row(&mut self, owner: NodeId, at: usize, mut stack: Vec<NodeId>) {
        while let Some(inside) = stack.pop() {
            if self.nodes[inside].row.is_some_and(|(of, _)| of == owner) {
                self.nodes[inside].row = Some((owner, at));
            }
            self.rename(inside);
            stack.extend(self.nodes[inside].children.iter());
            stack.extend(self.inner(inside));
        }
    }

    fn rename(&mut self, node: NodeId) {
        let name = match &self.nodes[node].body {
            super::tree::Body::Panel(panel) => panel.name.clone(),
            super::tree::Body::Question(question) => question.name.clone(),
            super::tree::Body::Page(_) => return,
        };
        let key: Key = match (self.nodes[node].row, &self.nodes[node].place) {
            (_, super::tree::Place::Member { owner, .. })
                if self
                    .answering(*owner)
                    .is_some_and(|it| it.fields.contains(&node)) =>
            {
                format!("{}.{name}", self.nodes[*owner].key).into()
            }
            (Some((owner, row)), _) => self.row_key(owner, row, &name),
            (None, _) => return,
        };
        let is_question = self.nodes[node].question().is_some();
        let index = if is_question {
            &mut self.keys
        } else {
            &mut self.containers
        };
        let old = Rc::clone(&self.nodes[node].key);
        if index.get(&old) == Some(&node) {
            index.remove(&old);
        }
        index.insert(Rc::clone(&key), node);
        self.nodes[node].key = key;
        self.touch(node);
    }

    /// The first node of a row, for focus and for formulas of the row as a whole.
    pub(super) fn first_in_row(&self, node: NodeId, row: usize) -> Option<NodeId> {
        let row = self.answering(node)?.rows.get(row)?;
        row.cells.first().or(row.items.first()).copied()
    }

    pub(super) fn columns(&self, node: NodeId) -> &[Column] {
        match self.nodes[node].question().map(|it| &it.kind) {
            Some(Kind::MatrixDropdown { columns, .. } | Kind::MatrixDynamic { columns, .. }) => {
                columns
            }
            _ => &[],
        }
    }

    pub(super) fn has_totals(&self, node: NodeId) -> bool {
        self.columns(node)
            .iter()
            .any(|it| it.total.kind != TotalType::None || it.total.expression.is_some())
    }

    /// The total of the column named `name`.
    pub(super) fn total_of(&self, node: NodeId, name: &str) -> Option<Value> {
        let column = self
            .columns(node)
            .iter()
            .find(|it| it.question.name == name)?;
        self.total(node, name, &column.total)
    }

    pub(super) fn total(&self, node: NodeId, name: &str, total: &Total) -> Option<Value> {
        if let Some(formula) = &total.expression {
            let inside = self.first_in_row(node, 0).unwrap_or(node);
            return self.result(formula, Some(inside));
        }
        let rows = &self.answering(node)?.rows;
        // As in the reference, computed cells count only in a table that is shown or read inside.
        let root = self.root_var(node);
        // A row that is hidden counts in a table that is not.
        let is_drawn = self.is_drawn(node);
        let is_counted = is_drawn
            || root.is_some_and(|it| self.values.slot(it).is_indexed)
            || !self.columns(node).iter().any(|it| {
                it.question.name == name && matches!(it.question.kind, Kind::Expression { .. })
            });
        let cells: Vec<&Value> = (0..rows.len())
            .filter(|&row| is_counted && (rows[row].visible || !is_drawn))
            .filter_map(|row| self.row_value(node, row)?.get(name))
            .filter(|it| !is_empty(it))
            .collect();
        let numbers = || cells.iter().filter_map(|it| as_number(it));
        #[expect(clippy::cast_precision_loss, reason = "at most a thousand rows")]
        let result = match total.kind {
            TotalType::None => return None,
            // Not `sum`, which makes -0 of nothing.
            TotalType::Sum => numbers().fold(0.0, plus),
            TotalType::Count => cells.len() as f64,
            TotalType::Min => numbers().reduce(f64::min)?,
            TotalType::Max => numbers().reduce(f64::max)?,
            TotalType::Avg => {
                let (sum, count) =
                    numbers().fold((0.0, 0.0), |(sum, n), it| (plus(sum, it), n + 1.0));
                if count == 0.0 { 0.0 } else { sum / count }
            }
        };
        Some(Value::Number(result))
    }
}

pub(super) fn as_number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => super::typed::number(text),
        _ => None,
    }
}
