//! What a condition comes to before anybody has answered.

use std::collections::BTreeSet;

use json::Value;

use super::comparisons::comparison;
use super::known::Known;
use super::map::Map;
use super::requirements::{Requirements, contradiction};
use super::sites::Site;
use crate::expression::syntax::{Node, Operator};

/// What is certain about a condition.
pub(super) struct Verdict {
    pub(super) holds: bool,
    pub(super) why: String,
    /// The questions without any answer that decide it.
    pub(super) never: BTreeSet<usize>,
}

/// Judges conditions of one place.
pub(super) struct Judge<'j, 'a> {
    pub(super) map: &'j Map<'a>,
    pub(super) known: &'j Known,
    pub(super) site: &'j Site,
}

impl Judge<'_, '_> {
    /// What `node` comes to, if that is certain.
    pub(super) fn judge(&self, node: &Node) -> Option<Verdict> {
        if terms(node, Operator::And).len() > 1 {
            return self.all(&terms(node, Operator::And));
        }
        if terms(node, Operator::Or).len() > 1 {
            return self.any(&terms(node, Operator::Or));
        }
        self.leaf(node)
    }

    fn all(&self, parts: &[&Node]) -> Option<Verdict> {
        let judged: Vec<Option<Verdict>> = parts.iter().map(|it| self.judge(it)).collect();
        let all_hold = judged
            .iter()
            .all(|it| it.as_ref().is_some_and(|it| it.holds));
        let mut certain = judged.into_iter().flatten();
        if all_hold {
            return certain.next();
        }
        certain
            .find(|it| !it.holds)
            .or_else(|| self.impossible(parts).map(never))
    }

    fn any(&self, parts: &[&Node]) -> Option<Verdict> {
        if self.covers_all(parts) {
            return Some(Verdict {
                holds: true,
                why: "one of its parts always holds".to_owned(),
                never: BTreeSet::new(),
            });
        }
        let mut judged = Vec::new();
        let mut is_open = false;
        for part in parts {
            match self.judge(part) {
                Some(verdict) if verdict.holds => return Some(verdict),
                Some(verdict) => judged.push(verdict),
                None => is_open = true,
            }
        }
        if is_open {
            return None;
        }
        let never = judged
            .iter()
            .flat_map(|it| it.never.iter().copied())
            .collect();
        let reasons: BTreeSet<&str> = judged.iter().map(|it| it.why.as_str()).collect();
        Some(Verdict {
            holds: false,
            why: reasons.into_iter().collect::<Vec<_>>().join("; "),
            never,
        })
    }

    fn leaf(&self, node: &Node) -> Option<Verdict> {
        if let Some(verdict) = self.known.folded(self.map, self.site, node) {
            return Some(verdict);
        }
        if let Some(it) = comparison(self.map, self.known, self.site, node)
            && it.operator == Operator::AnyOf
            && it.value.as_list().is_some_and(<[Value]>::is_empty)
        {
            let name = it.name;
            return Some(never(format!("{{{name}}} is asked to be one of nothing")));
        }
        self.impossible(&[node]).map(never)
    }

    /// Why the terms cannot all hold.
    fn impossible(&self, terms: &[&Node]) -> Option<String> {
        let mut by_name: Vec<(String, Requirements)> = Vec::new();
        for term in terms {
            let Some((name, add)) = self.requirement(term) else {
                continue;
            };
            let key = name.to_lowercase();
            if !by_name.iter().any(|(it, _)| *it == key) {
                by_name.push((key.clone(), Requirements::default()));
            }
            for (_, all) in by_name.iter_mut().filter(|(it, _)| *it == key) {
                add(all);
            }
        }
        by_name.iter().find_map(|(name, all)| {
            let (least, greatest) = self.allowed(name);
            contradiction(all, least, greatest).map(|why| format!("{{{name}}} {why}"))
        })
    }
}

fn never(why: String) -> Verdict {
    Verdict {
        holds: false,
        why,
        never: BTreeSet::new(),
    }
}

/// The parts that `and` or `or` joins.
pub(super) fn terms(node: &Node, joint: Operator) -> Vec<&Node> {
    match node {
        Node::Chain { first, rest } if rest.iter().all(|(operator, _)| *operator == joint) => {
            let mut all = terms(first, joint);
            for (_, part) in rest {
                all.extend(terms(part, joint));
            }
            all
        }
        other => vec![other],
    }
}
