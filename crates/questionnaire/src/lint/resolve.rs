//! What a name between braces stands for.

use json::Value;

use super::map::{Entry, Map, Scope};
use crate::definition::{Kind, TriggerKind, nearest};

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// The value of an entry itself.
    Entry(usize),
    /// A part of an entry's value, or something about it.
    Part(usize),
    /// A calculated value, a variable, or something the format provides.
    Known,
    /// Nothing; perhaps this was meant.
    Unknown(Option<String>),
}

/// Names the format provides everywhere.
pub(super) const BUILT_IN: &[&str] = &[
    "pageno",
    "pagecount",
    "locale",
    "title",
    "timer",
    "timerspent",
    "correctanswers",
    "correctanswercount",
    "correctedanswers",
    "incorrectanswers",
    "incorrectanswercount",
    "inccorrectanswers",
    "inccorrectanswercount",
    "questioncount",
    "question",
];

/// Names the format provides in rows and panels.
const IN_PLACE: &[&str] = &[
    "panelindex",
    "visiblepanelindex",
    "rowindex",
    "visiblerowindex",
    "rowname",
    "rowvalue",
    "rowtitle",
];

impl Map<'_> {
    /// What `name` means at a place that belongs to `owner`.
    pub(super) fn resolve(&self, name: &str, owner: Option<usize>, per_item: bool) -> Target {
        let name = name.trim().trim_start_matches('#');
        let lower = name.to_lowercase();
        let root = lower.split(['.', '[']).next().unwrap_or_default();
        let scope = self.scope_of(owner);
        if per_item && matches!(root, "item" | "choice" | "self") || lower.starts_with("$self") {
            return Target::Known;
        }
        if let Some(rest) = lower.strip_prefix('$') {
            return self.element(rest);
        }
        if let Some(target) = self.in_survey(&lower) {
            return target;
        }
        if let Some((place, rest)) = lower.split_once('.')
            && let Some(target) = self.in_place(place, rest, scope)
        {
            return target;
        }
        if BUILT_IN.contains(&root) || scope != Scope::Survey && IN_PLACE.contains(&root) {
            return Target::Known;
        }
        if root == "self" && owner.is_some() {
            return owner.map_or(Target::Known, Target::Entry);
        }
        Target::Unknown(self.suggestion(&lower, name, scope))
    }

    pub(super) fn scope_of(&self, owner: Option<usize>) -> Scope {
        owner
            .and_then(|owner| self.entries.get(owner))
            .map_or(Scope::Survey, |entry| {
                match entry.question().map(|it| &it.kind) {
                    Some(Kind::PanelDynamic { .. }) => Scope::Panel(owner.unwrap_or_default()),
                    Some(Kind::MatrixDropdown { .. } | Kind::MatrixDynamic { .. }) => {
                        Scope::Row(owner.unwrap_or_default())
                    }
                    _ => entry.scope,
                }
            })
    }

    /// An element's property: `{$name.property}`.
    fn element(&self, rest: &str) -> Target {
        let name = rest.split('.').next().unwrap_or_default();
        let there = self
            .entries
            .iter()
            .any(|it| it.name().eq_ignore_ascii_case(name));
        if there {
            Target::Known
        } else {
            Target::Unknown(nearest(name, self.names_in(Scope::Survey)))
        }
    }

    /// A name of the survey, the longest first.
    fn in_survey(&self, lower: &str) -> Option<Target> {
        let mut end = lower.len();
        loop {
            let name = lower.get(..end)?;
            let rest = lower.get(end..)?;
            if self.is_variable(name) {
                return Some(Target::Known);
            }
            if let Some(index) = self.named(Scope::Survey, name).first() {
                return Some(self.part(*index, rest));
            }
            for suffix in ["-comment", "-unwrapped", "-total"] {
                let base = name.strip_suffix(suffix);
                if let Some(index) = base.and_then(|it| self.named(Scope::Survey, it).first()) {
                    return Some(Target::Part(*index));
                }
            }
            end = name.rfind(['.', '['])?;
        }
    }

    /// Calculated values, and variables that triggers set.
    pub(super) fn is_variable(&self, name: &str) -> bool {
        let survey = self.survey;
        survey
            .calculated_values
            .iter()
            .any(|it| it.name.eq_ignore_ascii_case(name))
            || survey.triggers.iter().any(|trigger| match &trigger.kind {
                TriggerKind::SetValue {
                    to,
                    is_variable: true,
                    ..
                }
                | TriggerKind::RunExpression { to: Some(to), .. } => to.eq_ignore_ascii_case(name),
                _ => false,
            })
    }

    /// `rest` is what follows the entry's name, for example `[0].x`.
    fn part(&self, index: usize, rest: &str) -> Target {
        if rest.is_empty() {
            return Target::Entry(index);
        }
        let inner = match rest.strip_prefix('[') {
            Some(after) => after.split_once(']').map_or("", |(_, rest)| rest),
            None => rest,
        };
        let inner = inner.trim_start_matches('.');
        let first = inner.split(['.', '[']).next().unwrap_or_default();
        if first.is_empty() || first == "length" {
            return Target::Part(index);
        }
        let Some(question) = self.entries.get(index).and_then(Entry::question) else {
            return Target::Part(index);
        };
        let names: Vec<String> = match &question.kind {
            Kind::PanelDynamic { .. } => self.inner_names(Scope::Panel(index)),
            Kind::MatrixDynamic { .. } => self.inner_names(Scope::Row(index)),
            Kind::MultipleText { items, .. } => items.iter().map(|it| it.name.clone()).collect(),
            Kind::Matrix { base, .. } | Kind::MatrixDropdown { base, .. } => base
                .rows
                .iter()
                .map(|row| {
                    row.value
                        .as_str()
                        .map_or_else(|| row.value.to_string(), str::to_owned)
                })
                .collect(),
            _ => return Target::Part(index),
        };
        let known = |name: &String| {
            let name = name.to_lowercase();
            inner == name
                || inner.starts_with(&format!("{name}."))
                || first == name
                || inner.starts_with(&format!("{name}-"))
        };
        if names.iter().any(known) {
            Target::Part(index)
        } else {
            let meant = nearest(first, names.iter().map(String::as_str));
            Target::Unknown(meant.map(|it| format!("{}.{it}", question.name)))
        }
    }

    fn inner_names(&self, scope: Scope) -> Vec<String> {
        self.entries
            .iter()
            .filter(|entry| entry.scope == scope)
            .flat_map(|entry| {
                let value_name = entry.question().and_then(|it| it.value_name.clone());
                [Some(entry.name().to_owned()), value_name]
            })
            .flatten()
            .collect()
    }

    /// `panel.x`, `row.x` and their kin; `None` if `place` is none of these words.
    fn in_place(&self, place: &str, rest: &str, scope: Scope) -> Option<Target> {
        let scope = match (place, scope) {
            ("panel" | "prevpanel" | "nextpanel", Scope::Panel(_))
            | ("row" | "prevrow" | "nextrow" | "totalrow", Scope::Row(_)) => scope,
            ("panel" | "prevpanel" | "nextpanel" | "parentpanel", Scope::Row(index)) => {
                self.entries.get(index)?.scope
            }
            ("parentpanel", Scope::Panel(index)) => self.entries.get(index)?.scope,
            (
                "panel" | "prevpanel" | "nextpanel" | "parentpanel" | "row" | "prevrow" | "nextrow"
                | "totalrow",
                _,
            ) => {
                return Some(Target::Unknown(None));
            }
            _ => return None,
        };
        let mut end = rest.len();
        loop {
            let name = rest.get(..end)?;
            let base = name.strip_suffix("-comment").unwrap_or(name);
            if let Some(index) = self.named(scope, base).first() {
                let left = rest.get(end..)?;
                return Some(if base.len() < name.len() {
                    Target::Part(*index)
                } else {
                    self.part(*index, left)
                });
            }
            let Some(at) = name.rfind(['.', '[']) else {
                if self.is_filled_in(scope, name) {
                    return Some(Target::Known);
                }
                let meant = nearest(rest, self.names_in(scope));
                return Some(Target::Unknown(meant.map(|it| format!("{place}.{it}"))));
            };
            end = at;
        }
    }

    /// True if rows or panels begin with a value of this name, though no question asks for it.
    fn is_filled_in(&self, scope: Scope, name: &str) -> bool {
        let (Scope::Panel(index) | Scope::Row(index)) = scope else {
            return false;
        };
        let Some(question) = self.entries.get(index).and_then(Entry::question) else {
            return false;
        };
        let each = match &question.kind {
            Kind::PanelDynamic {
                default_panel_value,
                ..
            } => default_panel_value.as_ref(),
            Kind::MatrixDynamic {
                default_row_value, ..
            } => default_row_value.as_ref(),
            _ => None,
        };
        let first = question.default_value.as_ref().and_then(Value::as_list);
        let mut rows = first.into_iter().flatten().chain(each);
        rows.any(|row| {
            let mut names = row.as_object().into_iter().flat_map(json::Object::keys);
            names.any(|it| it.eq_ignore_ascii_case(name))
        })
    }

    /// What was probably meant: a name of the place itself without its prefix, or one spelt alike.
    fn suggestion(&self, lower: &str, name: &str, scope: Scope) -> Option<String> {
        let prefix = match scope {
            Scope::Panel(_) => "panel",
            Scope::Row(_) => "row",
            Scope::Survey => "",
        };
        if !prefix.is_empty() && !self.named(scope, lower).is_empty() {
            return Some(format!("{prefix}.{name}"));
        }
        let calculated = self
            .survey
            .calculated_values
            .iter()
            .map(|it| it.name.as_str());
        nearest(name, self.names_in(Scope::Survey).chain(calculated))
    }
}
