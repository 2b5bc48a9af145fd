//! Conditions that say nothing, or something impossible.

use json::Value;

use super::Findings;
use super::comparisons::is_arithmetic;
use super::domain::shown;
use super::known::Known;
use super::map::Map;
use super::sites::Site;
use super::verdict::{Judge, terms};
use crate::expression::syntax::{Node, Operator};

pub(super) fn check(map: &Map<'_>, known: &Known, findings: &mut Findings) {
    for site in &map.sites {
        let root = site.expression.root();
        if site.condition {
            one(
                map,
                known,
                site,
                root,
                &shown(&Value::from(site.source.as_str())),
                findings,
            );
        }
        root.walk(&mut |node| {
            if let Node::Call {
                name, arguments, ..
            } = node
                && name == "iif"
                && let Some(condition) = arguments.first()
            {
                let found = format!(
                    "the condition of iif in {}",
                    shown(&Value::from(site.source.as_str()))
                );
                one(map, known, site, condition, &found, findings);
            }
        });
    }
}

fn one(
    map: &Map<'_>,
    known: &Known,
    site: &Site,
    root: &Node,
    found: &str,
    findings: &mut Findings,
) {
    match verdict(map, known, site, root) {
        Some((false, why)) => findings.error(
            "expression/contradiction",
            site.at.clone(),
            found.to_owned(),
            "a condition that can hold",
            &why,
        ),
        Some((true, why)) => findings.warning(
            "expression/meaningless-condition",
            site.at.clone(),
            found.to_owned(),
            "a condition that can hold and not hold",
            &why,
        ),
        None => {}
    }
}

/// Whether a condition never holds (false) or says nothing (true), and why.
fn verdict(map: &Map<'_>, known: &Known, site: &Site, root: &Node) -> Option<(bool, String)> {
    let judge = Judge { map, known, site };
    // A lone name is a switch that its author meant.
    if !matches!(root, Node::Variable { .. })
        && let Some(verdict) = judge.judge(root)
    {
        return Some((verdict.holds, verdict.why));
    }
    if let Node::Chain { rest, .. } = root
        && rest.iter().all(|(operator, _)| is_arithmetic(*operator))
    {
        return Some((true, "arithmetic gives a number, not yes or no".to_owned()));
    }
    parts(root).into_iter().find_map(|part| {
        if let Some(name) = itself(part) {
            return Some((true, format!("{{{name}}} is compared with itself")));
        }
        let is_said =
            known.folded(map, site, part).is_some() && !matches!(part, Node::Variable { .. });
        is_said.then(|| (true, "a part of it is always the same".to_owned()))
    })
}

/// True for a condition that no answers can make true.
pub(super) fn never_true(map: &Map<'_>, known: &Known, site: &Site) -> bool {
    verdict(map, known, site, site.expression.root()).is_some_and(|(holds, _)| !holds)
}

/// What `and` and `or` join, at any depth.
fn parts(node: &Node) -> Vec<&Node> {
    for joint in [Operator::And, Operator::Or] {
        let joined = terms(node, joint);
        if joined.len() > 1 {
            return joined.into_iter().flat_map(parts).collect();
        }
    }
    vec![node]
}

/// `{a} = {a}`.
fn itself(node: &Node) -> Option<&str> {
    let Node::Chain { first, rest } = node else {
        return None;
    };
    match (&**first, rest.as_slice()) {
        (Node::Variable { name, .. }, [(_, Node::Variable { name: other, .. })])
            if name == other =>
        {
            Some(name)
        }
        _ => None,
    }
}
