//! Pages and elements that nobody will ever see.

use std::collections::BTreeSet;

use super::Findings;
use super::conditions::{never_true, required_names};
use super::map::{Entry, Map, What};
use super::resolve::Target;
use crate::definition::{Element, TriggerKind};

pub(super) fn check(map: &Map<'_>, findings: &mut Findings) {
    for entry in &map.entries {
        if let What::Page(page) = entry.what
            && page.panel.elements.is_empty()
        {
            findings.warning(
                "page/empty",
                entry.at.clone(),
                page.panel.name.clone(),
                "a page with questions",
                "a page without elements is never shown: leave it out",
            );
        }
    }
    let dead = dead(map);
    for (index, entry) in map.entries.iter().enumerate() {
        if !dead.contains(&index) {
            depends_on_dead(map, entry, index, &dead, findings);
        }
        if let What::Page(page) = entry.what {
            unreachable(map, entry, &page.panel.elements, index, &dead, findings);
        }
    }
}

/// Entries that never show: their own condition never holds, or they stand in such a one.
fn dead(map: &Map<'_>) -> BTreeSet<usize> {
    let mut dead = BTreeSet::new();
    for site in &map.sites {
        if site.property == "visibleIf"
            && !site.per_item
            && let Some(owner) = site.owner
            && never_true(map, site)
            && map
                .entries
                .get(owner)
                .is_some_and(|it| format!("{}/visibleIf", it.at) == site.at)
        {
            dead.insert(owner);
        }
    }
    for (index, entry) in map.entries.iter().enumerate() {
        let in_dead = entry.parent.is_some_and(|parent| dead.contains(&parent));
        if in_dead || switched_off(map, entry) {
            dead.insert(index);
        }
    }
    dead
}

/// `visible: false`, without a condition or a trigger that would show it.
fn switched_off(map: &Map<'_>, entry: &Entry<'_>) -> bool {
    let (visible, condition) = match (entry.panel(), entry.question()) {
        (Some(panel), _) => (panel.visible, &panel.visible_if),
        (_, Some(question)) => (question.visible, &question.visible_if),
        _ => return false,
    };
    let name = entry.name();
    !visible
        && condition.is_none()
        && !map
            .survey
            .triggers
            .iter()
            .any(|trigger| match &trigger.kind {
                TriggerKind::Visible { pages, questions } => {
                    pages.iter().chain(questions).any(|it| it == name)
                }
                _ => false,
            })
}

fn depends_on_dead(
    map: &Map<'_>,
    entry: &Entry<'_>,
    index: usize,
    dead: &BTreeSet<usize>,
    findings: &mut Findings,
) {
    let at = entry.at_property("visibleIf");
    let Some(site) = map
        .sites
        .iter()
        .find(|site| site.at == at && site.owner == Some(index))
    else {
        return;
    };
    for name in required_names(site) {
        let Target::Entry(source) = map.resolve(name, site.owner, false) else {
            continue;
        };
        if dead.contains(&source) && !is_written(map, source) {
            findings.error(
                "element/never-visible",
                at.clone(),
                format!("{{{name}}}"),
                "a condition on a question that can be answered",
                "the question it asks about is never shown, so this never shows either",
            );
            return;
        }
    }
}

/// True if something else than a respondent gives the question a value.
fn is_written(map: &Map<'_>, index: usize) -> bool {
    let Some(question) = map.entries.get(index).and_then(Entry::question) else {
        return true;
    };
    let targets =
        |name: &str| name == question.name || question.value_name.as_deref() == Some(name);
    question.default_value.is_some()
        || question.default_value_expression.is_some()
        || question.set_value_expression.is_some()
        || matches!(question.kind, crate::definition::Kind::Expression { .. })
        || map
            .survey
            .triggers
            .iter()
            .any(|trigger| match &trigger.kind {
                TriggerKind::SetValue { to, .. }
                | TriggerKind::CopyValue { to, .. }
                | TriggerKind::RunExpression { to: Some(to), .. } => targets(to),
                _ => false,
            })
        || map.questions().any(|(it, other)| {
            it.name() != question.name && other.value_name.as_deref() == Some(&question.name)
        })
}

fn unreachable(
    map: &Map<'_>,
    entry: &Entry<'_>,
    elements: &[Element],
    index: usize,
    dead: &BTreeSet<usize>,
    findings: &mut Findings,
) {
    if elements.is_empty() {
        return;
    }
    let mut inside = map
        .entries
        .iter()
        .enumerate()
        .filter(|(_, it)| it.parent == Some(index));
    if dead.contains(&index) || inside.all(|(position, _)| dead.contains(&position)) {
        findings.error(
            "page/unreachable",
            entry.at.clone(),
            entry.name().to_owned(),
            "a page that some answers lead to",
            "its condition, or those of all its elements, can never hold",
        );
    }
}
