//! Values that are certain before anybody has answered: what is computed from nothing, and what
//! nobody can give.

use std::collections::{BTreeMap, BTreeSet};

use json::Value;

use super::map::{Entry, Map, Scope};
use super::resolve::Target;
use super::sites::Site;
use super::verdict::Verdict;
use crate::definition::{Kind, TriggerKind};
use crate::expression::syntax::Node;
use crate::expression::{Expression, Scope as Sight};

/// A value that is always the same.
struct Constant {
    value: Value,
    /// False where the value can be hidden: then it proves that something never holds, not that
    /// it always does.
    may_prove: bool,
}

/// What is certain.
pub(super) struct Known {
    /// By name in lower case.
    constants: BTreeMap<String, Constant>,
    /// Questions that never have an answer.
    pub(super) unanswered: BTreeSet<usize>,
}

/// What a name certainly is.
enum Certain<'k> {
    Constant(&'k Constant),
    Unanswered(usize),
}

impl Known {
    /// Calculated values and `expression` questions that depend on no answer.
    pub(super) fn new(map: &Map<'_>) -> Self {
        let mut known = Self {
            constants: BTreeMap::new(),
            unanswered: BTreeSet::new(),
        };
        let mut open = candidates(map);
        loop {
            let before = open.len();
            open.retain(|(name, expression, may_prove)| {
                let names = expression.variables();
                let settled = expression.functions().is_empty()
                    && names
                        .iter()
                        .all(|it| known.constants.contains_key(&it.to_lowercase()));
                if settled {
                    let value = Expression::value_of(expression.root(), &known);
                    let constant = Constant {
                        value: value.unwrap_or_default(),
                        may_prove: *may_prove,
                    };
                    known.constants.insert(name.clone(), constant);
                }
                !settled
            });
            if open.len() == before {
                return known;
            }
        }
    }

    /// The value that `name` always has.
    pub(super) fn constant(&self, map: &Map<'_>, site: &Site, name: &str) -> Option<Value> {
        match self.certain(map, site, name)? {
            Certain::Constant(constant) => Some(constant.value.clone()),
            Certain::Unanswered(_) => None,
        }
    }

    fn certain(&self, map: &Map<'_>, site: &Site, name: &str) -> Option<Certain<'_>> {
        if let Some(constant) = self.constants.get(&name.to_lowercase()) {
            let scope = map.scope_of(site.owner);
            let is_hidden = scope != Scope::Survey && !map.named(scope, name).is_empty();
            return (!is_hidden).then_some(Certain::Constant(constant));
        }
        match map.resolve(name, site.owner, site.per_item) {
            Target::Entry(index) | Target::Part(index) if self.unanswered.contains(&index) => {
                Some(Certain::Unanswered(index))
            }
            _ => None,
        }
    }

    /// What `part` of a condition comes to, if all it reads is certain.
    pub(super) fn folded(&self, map: &Map<'_>, site: &Site, part: &Node) -> Option<Verdict> {
        let (mut names, mut calls) = (Vec::new(), false);
        part.walk(&mut |node| match node {
            Node::Variable { name, .. } => names.push(name.as_str()),
            Node::Call { .. } => calls = true,
            _ => {}
        });
        if calls {
            return None;
        }
        let (mut never, mut may_prove, mut facts) = (BTreeSet::new(), true, Vec::new());
        for name in names {
            match self.certain(map, site, name)? {
                Certain::Constant(constant) => {
                    may_prove &= constant.may_prove;
                    facts.push(format!(
                        "{{{name}}} is always {}",
                        super::domain::shown(&constant.value)
                    ));
                }
                Certain::Unanswered(index) => {
                    never.insert(index);
                    facts.push(format!("{{{name}}} is never answered"));
                }
            }
        }
        let holds = Expression::value_of(part, self).is_some_and(|it| is_truthy(&it));
        if holds && !may_prove {
            return None;
        }
        if facts.is_empty() {
            facts.push("it does not depend on any answer".to_owned());
        }
        facts.dedup();
        Some(Verdict {
            holds,
            why: facts.join(", "),
            never,
        })
    }
}

impl Sight for Known {
    fn variable(&self, name: &str) -> Option<Value> {
        match self.constants.get(&name.to_lowercase()) {
            Some(constant) => Some(constant.value.clone()).filter(|it| !it.is_null()),
            // Of nothing there are none.
            None => name.ends_with(".length").then_some(Value::Number(0.0)),
        }
    }

    fn today(&self) -> (i32, u8, u8) {
        (2026, 1, 1)
    }
}

fn is_truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(it) => *it,
        Value::Number(it) => *it != 0.0 && !it.is_nan(),
        Value::Text(it) => !it.is_empty(),
        Value::List(_) | Value::Object(_) => true,
    }
}

/// What could be certain: its name in lower case, its formula, and whether it is always shown.
fn candidates<'m>(map: &'m Map<'_>) -> Vec<(String, &'m Expression, bool)> {
    let mut found: Vec<(String, &Expression, bool)> = Vec::new();
    for value in &map.survey.calculated_values {
        if let Some(expression) = &value.expression.expression {
            found.push((value.name.to_lowercase(), expression, true));
        }
    }
    for (index, entry) in map.entries.iter().enumerate() {
        if entry.scope == Scope::Survey
            && let Some(question) = entry.question()
            && let Kind::Expression {
                expression: Some(formula),
                ..
            } = &question.kind
            && let Some(expression) = &formula.expression
            && !has_own_value(entry)
        {
            let stored = question.value_name.as_ref().unwrap_or(&question.name);
            found.push((stored.to_lowercase(), expression, !can_hide(map, index)));
        }
    }
    found.retain(|(name, ..)| !is_written(map, name) && declared(map, name) == 1);
    found
}

/// How many elements and calculated values have the name, or store under it.
fn declared(map: &Map<'_>, name: &str) -> usize {
    let calculated = map.survey.calculated_values.iter();
    map.named(Scope::Survey, name).len()
        + calculated
            .filter(|it| it.name.eq_ignore_ascii_case(name))
            .count()
}

/// True if a trigger writes to the name or a part of it.
fn is_written(map: &Map<'_>, name: &str) -> bool {
    map.survey
        .triggers
        .iter()
        .any(|trigger| match &trigger.kind {
            TriggerKind::SetValue { to, .. }
            | TriggerKind::CopyValue { to, .. }
            | TriggerKind::RunExpression { to: Some(to), .. } => to
                .split(['.', '['])
                .next()
                .is_some_and(|it| it.eq_ignore_ascii_case(name)),
            _ => false,
        })
}

fn has_own_value(entry: &Entry<'_>) -> bool {
    entry.question().is_some_and(|question| {
        question.default_value.is_some()
            || question.default_value_expression.is_some()
            || question.set_value_expression.is_some()
            || question.set_value_if.is_some()
    })
}

fn can_hide(map: &Map<'_>, index: usize) -> bool {
    let mut at = Some(index);
    while let Some(entry) = at.and_then(|it| map.entries.get(it)) {
        let hides = match (entry.panel(), entry.question()) {
            (Some(panel), _) => !panel.visible || panel.visible_if.is_some(),
            (_, Some(question)) => !question.visible || question.visible_if.is_some(),
            _ => false,
        };
        if hides {
            return true;
        }
        at = entry.parent;
    }
    false
}

/// True if nothing but a respondent gives the question a value.
pub(super) fn is_only_answered(map: &Map<'_>, entry: &Entry<'_>) -> bool {
    let Some(question) = entry.question() else {
        return false;
    };
    let stored = question.value_name.as_ref().unwrap_or(&question.name);
    entry.scope == Scope::Survey
        && !matches!(
            question.kind,
            Kind::Expression { .. } | Kind::Html { .. } | Kind::Image { .. }
        )
        && !has_own_value(entry)
        && [&question.name, stored]
            .into_iter()
            .all(|name| !is_written(map, name) && declared(map, name) == 1)
}
