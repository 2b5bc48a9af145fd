//! What refers to something by name, and whether it is there.

use json::Value;

use super::Findings;
use super::domain::{Shape, choices, shape};
use super::map::{Entry, Map, Scope};
use super::resolve::Target;
use crate::definition::{Kind, TriggerKind, nearest};

pub(super) fn check(map: &Map<'_>, findings: &mut Findings) {
    expressions(map, findings);
    texts(map, findings);
    key_names(map, findings);
    sources(map, findings);
    triggers(map, findings);
    extension(map, findings);
}

fn expressions(map: &Map<'_>, findings: &mut Findings) {
    for site in &map.sites {
        for name in site.expression.variables() {
            match map.resolve(name, site.owner, site.per_item) {
                Target::Unknown(meant) => findings.error(
                    "reference/unknown",
                    site.at.clone(),
                    format!("{{{name}}}"),
                    "the name of a question, a calculated value or a variable",
                    &did_you_mean(meant),
                ),
                Target::Entry(index)
                    if Some(index) == site.owner
                        && decides_own_fate(&site.property)
                        && !site.per_item =>
                {
                    findings.warning(
                        "reference/self",
                        site.at.clone(),
                        format!("{{{name}}}"),
                        "a condition on other questions",
                        "the element shows, locks or requires itself while it is being answered",
                    );
                }
                _ => {}
            }
        }
    }
}

fn decides_own_fate(property: &str) -> bool {
    matches!(property, "visibleIf" | "enableIf" | "requiredIf")
}

fn did_you_mean(meant: Option<String>) -> String {
    meant.map_or_else(String::new, |it| format!("did you mean {it}?"))
}

fn texts(map: &Map<'_>, findings: &mut Findings) {
    for site in &map.texts {
        for name in &site.names {
            if name.parse::<u32>().is_ok() {
                continue;
            }
            if let Target::Unknown(meant) = map.resolve(name, site.owner, false) {
                findings.warning(
                    "reference/unknown",
                    site.at.clone(),
                    format!("{{{name}}}"),
                    "the name of a question: as it is, the braces are shown to people",
                    &did_you_mean(meant),
                );
            }
        }
    }
}

/// `keyName` of dynamic matrices and panels.
fn key_names(map: &Map<'_>, findings: &mut Findings) {
    for (index, entry) in map.entries.iter().enumerate() {
        let Some(question) = entry.question() else {
            continue;
        };
        let (key, scope) = match &question.kind {
            Kind::MatrixDynamic { key_name, .. } => (key_name, Scope::Row(index)),
            Kind::PanelDynamic { key_name, .. } => (key_name, Scope::Panel(index)),
            _ => continue,
        };
        let Some(key) = key else { continue };
        if map.named(scope, key).is_empty() {
            findings.error(
                "reference/unknown",
                entry.at_property("keyName"),
                key.clone(),
                "the name of a column or a question inside",
                &did_you_mean(nearest(key, map.names_in(scope))),
            );
        }
    }
}

/// `choicesFromQuestion`.
fn sources(map: &Map<'_>, findings: &mut Findings) {
    for (index, entry) in map.entries.iter().enumerate() {
        let carry = entry
            .question()
            .and_then(choices)
            .and_then(|it| it.carry_forward.as_ref());
        let Some(carry) = carry else { continue };
        let at = entry.at_property("choicesFromQuestion");
        let own_scope = map.named(entry.scope, &carry.question).first().copied();
        let Some(source) = own_scope.or_else(|| map.question(&carry.question).map(|it| it.0))
        else {
            findings.error(
                "choices/dead-source",
                at,
                carry.question.clone(),
                "the name of a question",
                &did_you_mean(nearest(&carry.question, map.names_in(entry.scope))),
            );
            continue;
        };
        if source == index {
            findings.error(
                "choices/dead-source",
                at,
                carry.question.clone(),
                "another question",
                "",
            );
            continue;
        }
        let Some(question) = map.entries.get(source).and_then(Entry::question) else {
            findings.error(
                "choices/dead-source",
                at,
                carry.question.clone(),
                "a question with choices",
                "",
            );
            continue;
        };
        let inside = match question.kind {
            Kind::PanelDynamic { .. } => Scope::Panel(source),
            Kind::MatrixDynamic { .. } | Kind::MatrixDropdown { .. } => Scope::Row(source),
            _ => {
                if !matches!(shape(question), Shape::One | Shape::Several)
                    || matches!(question.kind, Kind::Rating { .. })
                {
                    findings.error(
                        "choices/dead-source",
                        at,
                        carry.question.clone(),
                        "a question with choices, a matrix with added rows or a dynamic panel",
                        "",
                    );
                }
                continue;
            }
        };
        for (property, name) in [
            ("choiceValuesFromQuestion", &carry.values_from),
            ("choiceTextsFromQuestion", &carry.texts_from),
        ] {
            if let Some(name) = name.as_ref().filter(|it| map.named(inside, it).is_empty()) {
                findings.error(
                    "choices/dead-source",
                    entry.at_property(property),
                    name.clone(),
                    "the name of a column or a question inside",
                    &did_you_mean(nearest(name, map.names_in(inside))),
                );
            }
        }
    }
}

fn triggers(map: &Map<'_>, findings: &mut Findings) {
    for (index, trigger) in map.survey.triggers.iter().enumerate() {
        let at = |property: &str| format!("/triggers/{index}/{property}");
        let mut target = |at: String, name: &str, pages: bool| {
            let known = if pages {
                map.survey.pages.iter().any(|page| page.panel.name == name)
            } else {
                !matches!(map.resolve(name, None, false), Target::Unknown(_))
            };
            if !known && !name.is_empty() {
                let meant = nearest(name, map.names_in(Scope::Survey));
                findings.error(
                    "trigger/unknown-target",
                    at,
                    name.to_owned(),
                    if pages {
                        "the name of a page"
                    } else {
                        "the name of a question"
                    },
                    &did_you_mean(meant),
                );
            }
        };
        match &trigger.kind {
            TriggerKind::Visible { pages, questions } => {
                for (position, name) in pages.iter().enumerate() {
                    target(format!("{}/{position}", at("pages")), name, true);
                }
                for (position, name) in questions.iter().enumerate() {
                    target(format!("{}/{position}", at("questions")), name, false);
                }
            }
            TriggerKind::SetValue {
                to,
                is_variable: false,
                ..
            } => target(at("setToName"), to, false),
            TriggerKind::CopyValue { from, to, .. } => {
                target(at("fromName"), from, false);
                target(at("setToName"), to, false);
            }
            TriggerKind::Skip { to } => target(at("gotoName"), to, false),
            TriggerKind::SetValue { .. }
            | TriggerKind::RunExpression { .. }
            | TriggerKind::Complete => {}
        }
    }
}

/// Names in the `kuuluu` object.
fn extension(map: &Map<'_>, findings: &mut Findings) {
    let extension = &map.survey.kuuluu;
    for (index, pair) in extension.disclosure.crossings.iter().enumerate() {
        for name in pair.iter().filter(|name| map.question(name).is_none()) {
            findings.error(
                "reference/unknown",
                format!("/kuuluu/disclosure/crossings/{index}"),
                name.clone(),
                "the name of a background question",
                &did_you_mean(nearest(name, map.names_in(Scope::Survey))),
            );
        }
    }
    let codes: Vec<&Value> = map
        .questions()
        .filter(|(_, question)| question.kuuluu.role == crate::definition::Role::Background)
        .filter_map(|(_, question)| choices(question))
        .flat_map(|choices| choices.items.iter().map(|it| &it.value))
        .collect();
    if codes.is_empty() {
        return;
    }
    for (index, unit) in extension.frame.iter().enumerate() {
        if !codes
            .iter()
            .any(|code| super::domain::same(code, &Value::from(unit.code.as_str())))
        {
            findings.error(
                "kuuluu/frame-code",
                format!("/kuuluu/frame/{index}/code"),
                unit.code.clone(),
                "the value of a choice of a background question",
                "answers of this unit could not be counted",
            );
        }
    }
}
