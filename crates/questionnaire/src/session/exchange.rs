//! The same questionnaire with other texts, while it is being answered.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::Session;
use super::build::question_of_field;
use super::tree::{Body, NodeId, choices_of};
use crate::definition::{Element, Kind, Question, Survey};

impl Session {
    pub(super) fn take_texts(&mut self, survey: Rc<Survey>) -> bool {
        let before = definitions(&self.survey);
        let after = definitions(&survey);
        let (old, new) = (&self.survey.kuuluu, &survey.kuuluu);
        let is_same = (&old.id, &old.version) == (&new.id, &new.version)
            && self.survey.pages.len() == survey.pages.len()
            && before.len() == after.len()
            && before
                .iter()
                .zip(&after)
                .all(|(old, new)| are_twins(old, new));
        if !is_same {
            return false;
        }
        let twins: BTreeMap<*const (), Body> =
            before.iter().filter_map(address).zip(after).collect();
        for node in 0..self.nodes.len() {
            let body = address(&self.nodes[node].body)
                .and_then(|it| twins.get(&it).cloned())
                .or_else(|| self.field_anew(node));
            if let Some(body) = body {
                self.nodes[node].body = body;
            }
        }
        self.survey = survey;
        // The other texts may show other answers.
        let pending = self.pending.clone();
        for node in 0..self.nodes.len() {
            if self.nodes[node].alive {
                self.register(node);
            }
        }
        self.pending = pending;
        true
    }

    /// A field of a `multipletext` is made of its owner's definition, which stands before it.
    fn field_anew(&self, node: NodeId) -> Option<Body> {
        let field = self.nodes[node].question()?;
        let owner = self.nodes[self.nodes[node].parent?].question()?;
        let Kind::MultipleText { items, .. } = &owner.kind else {
            return None;
        };
        let item = items.iter().find(|it| it.name == field.name)?;
        Some(Body::Question(Arc::new(question_of_field(item, owner))))
    }
}

/// What a definition is known by while both surveys live.
fn address(body: &Body) -> Option<*const ()> {
    match body {
        Body::Page(_) => None,
        Body::Panel(panel) => Some(Arc::as_ptr(panel).cast()),
        Body::Question(question) => Some(Arc::as_ptr(question).cast()),
    }
}

fn are_twins(one: &Body, other: &Body) -> bool {
    match (one, other) {
        (Body::Panel(one), Body::Panel(other)) => one.name == other.name,
        (Body::Question(one), Body::Question(other)) => {
            one.name == other.name
                && core::mem::discriminant(&one.kind) == core::mem::discriminant(&other.kind)
        }
        _ => false,
    }
}

/// Every panel and question of a survey, in document order.
fn definitions(survey: &Survey) -> Vec<Body> {
    let mut all = Vec::new();
    for page in &survey.pages {
        add_elements(&page.panel.elements, &mut all);
    }
    all
}

fn add_elements(elements: &[Element], all: &mut Vec<Body>) {
    for element in elements {
        match element {
            Element::Panel(panel) => {
                all.push(Body::Panel(Arc::clone(panel)));
                add_elements(&panel.elements, all);
            }
            Element::Question(question) => add_question(question, all),
        }
    }
}

fn add_question(question: &Arc<Question>, all: &mut Vec<Body>) {
    all.push(Body::Question(Arc::clone(question)));
    match &question.kind {
        Kind::MatrixDropdown {
            columns, detail, ..
        }
        | Kind::MatrixDynamic {
            columns, detail, ..
        } => {
            for column in columns {
                add_question(&column.question, all);
            }
            add_elements(&detail.elements, all);
        }
        Kind::PanelDynamic { template, .. } => add_elements(template, all),
        _ => {}
    }
    for choice in choices_of(question).into_iter().flat_map(|it| &it.items) {
        add_elements(&choice.elements, all);
    }
}
