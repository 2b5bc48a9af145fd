//! What a formula or a piped text can see from where it stands.

use json::{Object, Value};

use super::tree::{Node, NodeId};
use super::{Session, Stage};
use crate::definition::Kind;
use crate::expression::{Scope, lookup, lookup_with};
use crate::localized::{DEFAULT, Localized};

/// The view from one node, with the choice or row being tested.
#[derive(Clone, Copy)]
pub(super) struct Sight<'a> {
    pub(super) session: &'a Session,
    pub(super) node: Option<NodeId>,
    pub(super) item: Option<&'a Value>,
}

impl Scope for Sight<'_> {
    fn variable(&self, name: &str) -> Option<Value> {
        let name = name.strip_prefix('#').unwrap_or(name);
        let name = name.strip_suffix("-unwrapped").unwrap_or(name);
        if let Some(item) = self.item
            && ["item", "choice", "self"]
                .iter()
                .any(|it| it.eq_ignore_ascii_case(name))
        {
            return Some(item.clone());
        }
        if let Some((owner, row)) = self.context(name) {
            return self.contextual(name, owner, row);
        }
        self.session
            .stored(name)
            .or_else(|| self.session.built_in(name))
    }

    fn today(&self) -> (i32, u8, u8) {
        self.session.environment.today
    }

    fn display_value(&self, name: &str) -> Option<Value> {
        let session = self.session;
        let node = self
            .sibling(name)
            .or_else(|| session.question_named(name))?;
        let text = session.display_text(node);
        (!text.is_empty()).then_some(Value::Text(text))
    }

    fn property(&self, name: &str, property: &str) -> Option<Value> {
        let session = self.session;
        let node = session
            .question_named(name)
            .or_else(|| session.containers.get(name).copied())?;
        session.property_of(node, property)
    }
}

impl Sight<'_> {
    /// A question of the same row.
    fn sibling(&self, name: &str) -> Option<NodeId> {
        let (owner, row) = self.session.nodes.get(self.node?)?.row?;
        let key = self.session.row_key(owner, row, name);
        self.session.keys.get(&key).copied()
    }

    /// The row in which a name means something of its own.
    fn context(&self, name: &str) -> Option<(NodeId, usize)> {
        if super::build::is_contextual(name) {
            self.session.nodes.get(self.node?)?.row
        } else {
            None
        }
    }

    /// The value of a name that means something only inside a row or panel.
    fn contextual(&self, name: &str, owner: NodeId, row: usize) -> Option<Value> {
        let lower = name.to_ascii_lowercase();
        match lower.as_str() {
            "rowindex" | "panelindex" | "visiblerowindex" | "visiblepanelindex" => {
                // Counted from one; what is hidden has no place.
                let at = if lower.starts_with("visible") {
                    self.session.visible_place(owner, row)?
                } else {
                    row + 1
                };
                #[expect(clippy::cast_precision_loss, reason = "at most a thousand rows")]
                let at = at as f64;
                let is_row = lower.contains("row");
                return Some(Value::Number(if is_row { at } else { at - 1.0 }));
            }
            "rowvalue" | "rowname" => {
                return Some(Value::Text(self.session.row_label(owner, row)));
            }
            "rowtitle" => {
                return Some(Value::Text(self.session.row_title_text(owner, row)));
            }
            "row" => return self.session.row_value(owner, row).cloned(),
            _ => {}
        }
        let (context, rest) = name.split_once('.')?;
        let context = context.to_ascii_lowercase();
        if context == "parentpanel" {
            let (above, above_row) = self.session.nodes.get(owner)?.row?;
            return self.session.in_row(above, above_row, rest);
        }
        if context == "totalrow" {
            return self.session.total_of(owner, rest);
        }
        let rows = self.session.nodes[owner].answer.as_deref()?.rows.as_slice();
        let row = if context.starts_with("prev") {
            let (before, _) = rows.split_at_checked(row)?;
            rows.get(row).filter(|it| it.visible)?;
            before.iter().rposition(|it| it.visible)?
        } else if context.starts_with("next") {
            // After a hidden one comes, as in the reference, the first.
            let first = rows
                .get(row)
                .map_or(0, |it| if it.visible { row + 1 } else { 0 });
            first + rows.get(first..)?.iter().position(|it| it.visible)?
        } else {
            row
        };
        self.session.in_row(owner, row, rest)
    }
}

impl Session {
    pub(super) fn see(&self, node: NodeId) -> Sight<'_> {
        Sight {
            session: self,
            node: Some(node),
            item: None,
        }
    }

    pub(super) fn see_all(&self) -> Sight<'_> {
        Sight {
            session: self,
            node: None,
            item: None,
        }
    }

    /// A stored value by name or path.
    fn stored(&self, name: &str) -> Option<Value> {
        if let Some(id) = self.values.find(name)
            && let Some(Value::List(items)) = self.values.get(id)
        {
            let asked_by = &self.values.slot(id).asked_by;
            // Panels without an answer in them are no answer; how many there are can still be asked.
            if items
                .iter()
                .all(|it| it.as_object().is_some_and(Object::is_empty))
                && asked_by.iter().any(|&node| self.is_panels(node))
            {
                return None;
            }
            // Of things chosen as objects, formulas see the values.
            if let Some(property) = asked_by.first().and_then(|&it| self.value_property(it)) {
                let bare = items
                    .iter()
                    .map(|it| it.get(property).unwrap_or(it).clone());
                return Some(Value::List(bare.collect()));
            }
        }
        lookup_with(
            &|name| self.values.find(name).and_then(|id| self.values.seen(id)),
            name,
        )
        .or_else(|| {
            let slot = self.values.slot(self.values.find(name)?);
            slot.asked_by.iter().find_map(|&node| self.lone_rank(node))
        })
    }

    pub(super) fn is_panels(&self, node: NodeId) -> bool {
        let question = self.nodes[node].question();
        question.is_some_and(|it| matches!(it.kind, Kind::PanelDynamic { .. }))
    }

    /// A question by name, without regard to case if there is no exact one.
    pub(super) fn question_named(&self, name: &str) -> Option<NodeId> {
        self.keys.get(name).copied().or_else(|| {
            let id = self.values.find(name)?;
            self.values.slot(id).asked_by.first().copied()
        })
    }

    /// What stands at `path` in one row of a question.
    fn in_row(&self, owner: NodeId, row: usize, path: &str) -> Option<Value> {
        let value = self.row_value(owner, row)?;
        lookup(value.as_object()?, path)
    }

    /// The stored part of a row.
    pub(super) fn row_value(&self, owner: NodeId, row: usize) -> Option<&Value> {
        match self.value(owner)? {
            Value::List(items) => items.get(row),
            Value::Object(object) => object.get(&self.row_label(owner, row)),
            _ => None,
        }
    }

    /// How a row is named in keys: its index, or a fixed row's value.
    pub(super) fn row_label(&self, owner: NodeId, row: usize) -> String {
        if let Some(question) = self.nodes[owner].question()
            && let Kind::MatrixDropdown { base, .. } = &question.kind
            && let Some(fixed) = base.rows.get(row)
        {
            return super::values::as_text(&fixed.value);
        }
        row.to_string()
    }

    fn row_title_text(&self, owner: NodeId, row: usize) -> String {
        let fixed = self.nodes[owner]
            .question()
            .and_then(|question| match &question.kind {
                Kind::MatrixDropdown { base, .. } => base.rows.get(row),
                _ => None,
            });
        match fixed.and_then(|row| self.text_of(&row.text)) {
            Some(text) => text.to_owned(),
            None => self.row_label(owner, row),
        }
    }

    fn visible_place(&self, owner: NodeId, row: usize) -> Option<usize> {
        let rows = &self.nodes[owner].answer.as_deref()?.rows;
        if !rows.get(row)?.visible {
            return Some(0);
        }
        Some(rows.iter().take(row + 1).filter(|it| it.visible).count())
    }

    /// The text in the session's language, if there is any.
    pub(super) fn text_of<'a>(&self, text: &'a Localized) -> Option<&'a str> {
        text.resolve(&self.environment.language).map(|it| it.text)
    }

    fn built_in(&self, name: &str) -> Option<Value> {
        #[expect(clippy::cast_precision_loss, reason = "counts of pages and questions")]
        let count = |count: usize| Some(Value::Number(count as f64));
        match name.to_ascii_lowercase().as_str() {
            "locale" => Some(Value::from(match self.environment.language.as_str() {
                DEFAULT => "en",
                language => language,
            })),
            "pageno" => count(match self.stage {
                Stage::Page => self.progress().page,
                Stage::Review | Stage::Completed => self.progress().pages,
            }),
            "pagecount" => count(self.progress().pages),
            "questioncount" => count(self.quiz().1),
            "correctanswers" | "correctedanswers" | "correctedanswercount" => count(self.quiz().0),
            "incorrectanswers" | "incorrectedanswers" | "incorrectedanswercount" => {
                let (right, all) = self.quiz();
                count(all - right)
            }
            _ => None,
        }
    }

    /// Right answers, and questions that have a right one: a matrix counts by its rows.
    fn quiz(&self) -> (usize, usize) {
        let (mut right, mut all) = (0, 0);
        let mut stack: Vec<NodeId> = self.pages.clone();
        stack.retain(|&page| self.is_visible(page));
        while let Some(id) = stack.pop() {
            stack.extend(&self.nodes[id].children);
            let Some(question) = self.nodes[id].question() else {
                continue;
            };
            let Some(wanted) = question.correct_answer.as_ref() else {
                continue;
            };
            if !self.is_visible(id) {
                continue;
            }
            let given = self.value(id);
            let mut judge = |wanted: &Value, given: Option<&Value>| {
                all += 1;
                right += usize::from(given.is_some_and(|it| super::values::same(it, wanted)));
            };
            match (&question.kind, wanted) {
                (Kind::Matrix { .. }, Value::Object(rows)) => {
                    for (row, wanted) in rows.iter() {
                        judge(wanted, given.and_then(|it| it.get(row)));
                    }
                }
                _ => judge(wanted, given),
            }
        }
        (right, all)
    }

    fn property_of(&self, id: NodeId, property: &str) -> Option<Value> {
        let node: &Node = self.nodes.get(id)?;
        Some(match property {
            "visible" | "isVisible" => Value::Bool(self.is_visible(id)),
            "isRequired" => Value::Bool(node.required),
            "readOnly" | "isReadOnly" => Value::Bool(!self.is_enabled(id)),
            "title" => Value::Text(
                self.text_of(&node.question()?.title)
                    .unwrap_or(&node.question()?.name)
                    .to_owned(),
            ),
            "processedTitle" => Value::Text(self.title_text(id)),
            "name" => Value::Text(node.question()?.name.clone()),
            "isAnswered" => Value::Bool(self.value(id).is_some()),
            "value" => self.value(id)?.clone(),
            "comment" => Value::Text(self.comment_text(id)),
            "isContainerReady" => {
                let mut blocking = Vec::new();
                let is_container = node
                    .question()
                    .is_none_or(|it| matches!(it.kind, Kind::PanelDynamic { .. }));
                self.blocking(id, &mut blocking);
                Value::Bool(is_container && blocking.is_empty())
            }
            _ => return None,
        })
    }
}
