//! Pages and elements that nobody will ever see.

use std::collections::BTreeSet;

use super::Findings;
use super::conditions::never_true;
use super::known::{Known, is_only_answered};
use super::map::{Entry, Map, What};
use super::sites::Site;
use super::verdict::Judge;
use crate::definition::{Kind, TriggerKind};

pub(super) fn check(map: &Map<'_>, mut known: Known, findings: &mut Findings) {
    let own = dead(map, &known);
    let mut dead: BTreeSet<usize> = own.clone();
    spread(map, &mut dead);
    loop {
        known.unanswered = dead
            .iter()
            .copied()
            .filter(|&it| {
                map.entries
                    .get(it)
                    .is_some_and(|it| is_only_answered(map, it))
            })
            .collect();
        let mut found = Vec::new();
        for site in map.sites.iter().filter(|it| decides_sight(map, it)) {
            let (Some(owner), judge) = (
                site.owner,
                Judge {
                    map,
                    known: &known,
                    site,
                },
            ) else {
                continue;
            };
            if !dead.contains(&owner)
                && let Some(verdict) = judge.judge(site.expression.root())
                && !verdict.holds
                && !verdict.never.is_empty()
            {
                found.push(owner);
                depends_on_dead(map, site, &verdict.never, findings);
            }
        }
        if found.is_empty() {
            break;
        }
        dead.extend(found);
        spread(map, &mut dead);
    }
    for (index, entry) in map.entries.iter().enumerate() {
        if let What::Page(_) = entry.what
            && dead.contains(&index)
        {
            findings.error(
                "page/unreachable",
                entry.at.clone(),
                entry.name().to_owned(),
                "a page that some answers lead to",
                "its condition can never hold, or it is switched off",
            );
        } else {
            empty(map, entry, index, &dead, findings);
        }
        unseen_details(entry, findings);
    }
}

/// The condition of an element on its own sight.
fn decides_sight(map: &Map<'_>, site: &Site) -> bool {
    let owner = site.owner.and_then(|it| map.entries.get(it));
    owner.is_some_and(|it| !site.per_item && it.at_property("visibleIf") == site.at)
}

/// Entries that never show by themselves: their own condition never holds, or they are switched
/// off.
fn dead(map: &Map<'_>, known: &Known) -> BTreeSet<usize> {
    let sites = map.sites.iter().filter(|it| decides_sight(map, it));
    let by_condition = sites
        .filter(|it| never_true(map, known, it))
        .filter_map(|it| it.owner);
    let off = map.entries.iter().enumerate();
    let off = off
        .filter(|(_, it)| switched_off(map, it))
        .map(|(at, _)| at);
    by_condition.chain(off).collect()
}

/// What stands in a dead entry is dead.
fn spread(map: &Map<'_>, dead: &mut BTreeSet<usize>) {
    for (index, entry) in map.entries.iter().enumerate() {
        if entry.parent.is_some_and(|parent| dead.contains(&parent)) {
            dead.insert(index);
        }
    }
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

fn depends_on_dead(map: &Map<'_>, site: &Site, never: &BTreeSet<usize>, findings: &mut Findings) {
    let names: Vec<String> = never
        .iter()
        .filter_map(|&it| Some(format!("{{{}}}", map.entries.get(it)?.name())))
        .collect();
    findings.error(
        "element/never-visible",
        site.at.clone(),
        names.join(", "),
        "a condition on a question that can be answered",
        "the question it asks about is never shown, so this never shows either",
    );
}

/// A page, a panel or a group that has nothing to show.
fn empty(
    map: &Map<'_>,
    entry: &Entry<'_>,
    index: usize,
    dead: &BTreeSet<usize>,
    findings: &mut Findings,
) {
    let group = matches!(
        entry.question().map(|it| &it.kind),
        Some(Kind::PanelDynamic { .. })
    );
    if entry.panel().is_none() && !group {
        return;
    }
    let inside = || {
        map.entries
            .iter()
            .enumerate()
            .filter(|(_, it)| it.parent == Some(index))
    };
    let (found, mend) = if inside().next().is_none() {
        ("nothing in it", "it is never shown: leave it out")
    } else if !group && !dead.contains(&index) && inside().all(|(at, _)| dead.contains(&at)) {
        (
            "nothing in it that is ever shown",
            "let something in it be shown, or leave it out",
        )
    } else {
        return;
    };
    findings.warning(
        "page/empty",
        entry.at.clone(),
        format!("{}: {found}", entry.name()),
        "a page, panel or group with questions",
        mend,
    );
}

/// Details of a table that it never opens.
fn unseen_details(entry: &Entry<'_>, findings: &mut Findings) {
    let (Some(Kind::MatrixDropdown { detail, .. } | Kind::MatrixDynamic { detail, .. }), true) = (
        entry.question().map(|it| &it.kind),
        entry.property("detailElements").is_some(),
    ) else {
        return;
    };
    if !detail.shown && !detail.elements.is_empty() {
        findings.warning(
            "page/empty",
            entry.at_property("detailElements"),
            "details that are never opened".to_owned(),
            "detailPanelMode underRow or underRowSingle",
            "set detailPanelMode, or leave the details out",
        );
    }
}
