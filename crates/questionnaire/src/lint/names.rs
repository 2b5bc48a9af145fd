//! Names that mean two things, or something other than it seems.

use std::collections::BTreeMap;

use json::Value;

use super::Findings;
use super::map::{Map, Scope};
use super::resolve::BUILT_IN;
use crate::definition::{Kind, TriggerKind};

/// Members that every object of JavaScript has: data in other tools goes wrong under these names.
const RESERVED: &[&str] = &[
    "constructor",
    "__proto__",
    "toString",
    "valueOf",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
];

pub(super) fn check(map: &Map<'_>, findings: &mut Findings) {
    duplicates(map, findings);
    calculated(map, findings);
    shadowing(map, findings);
    reserved(map, findings);
    variables(map, findings);
}

/// The same name for a page, a panel and a question, or names that differ in case alone.
fn duplicates(map: &Map<'_>, findings: &mut Findings) {
    let mut seen: BTreeMap<(Scope, String), &str> = BTreeMap::new();
    for entry in &map.entries {
        let key = (entry.scope, entry.name().to_lowercase());
        match seen.get(&key) {
            Some(first) => findings.error(
                "name/duplicate",
                entry.at.clone(),
                entry.name().to_owned(),
                "a name that no other element has",
                if *first == entry.name() {
                    ""
                } else {
                    "names that differ in upper and lower case alone are the same in expressions"
                },
            ),
            None => {
                seen.insert(key, entry.name());
            }
        }
    }
}

fn calculated(map: &Map<'_>, findings: &mut Findings) {
    for (index, value) in map.survey.calculated_values.iter().enumerate() {
        if !map.named(Scope::Survey, &value.name).is_empty() {
            findings.error(
                "name/duplicate",
                format!("/calculatedValues/{index}/name"),
                value.name.clone(),
                "a name that no question has",
                "give the calculated value a name of its own",
            );
        }
    }
}

fn shadowing(map: &Map<'_>, findings: &mut Findings) {
    for (entry, question) in map.questions() {
        if entry.scope != Scope::Survey {
            continue;
        }
        for (property, name) in [
            ("name", Some(&question.name)),
            ("valueName", question.value_name.as_ref()),
        ] {
            let Some(name) = name else { continue };
            if BUILT_IN.contains(&name.to_lowercase().as_str()) {
                findings.warning(
                    "name/shadowing",
                    entry.at_property(property),
                    name.clone(),
                    "a name that the format does not use itself",
                    "in texts this name gives the survey's own value, not the answer",
                );
            }
        }
        let others = question
            .value_name
            .as_ref()
            .filter(|it| **it != question.name);
        if let Some(name) = others
            && map.named(Scope::Survey, name).iter().any(|index| {
                map.entries
                    .get(*index)
                    .is_some_and(|it| it.at != entry.at && it.name().eq_ignore_ascii_case(name))
            })
        {
            findings.warning(
                "name/shadowing",
                entry.at_property("valueName"),
                name.clone(),
                "a valueName that is no question's name",
                "two questions would write the same answer",
            );
        }
        let comment = question
            .name
            .strip_suffix("-Comment")
            .filter(|base| !map.named(Scope::Survey, base).is_empty());
        if let Some(base) = comment {
            findings.warning(
                "name/shadowing",
                entry.at_property("name"),
                question.name.clone(),
                "a name that does not end in -Comment",
                &format!("the comment of {base} is stored under this name"),
            );
        }
    }
}

fn reserved(map: &Map<'_>, findings: &mut Findings) {
    let mut say = |at: String, name: &str| {
        if RESERVED.contains(&name) {
            findings.error(
                "name/reserved",
                at,
                name.to_owned(),
                "a name that JavaScript does not use itself",
                "other tools lose what is stored under it",
            );
        }
    };
    for entry in &map.entries {
        say(entry.at_property("name"), entry.name());
        let Some(question) = entry.question() else {
            continue;
        };
        if let Some(name) = &question.value_name {
            say(entry.at_property("valueName"), name);
        }
        match &question.kind {
            Kind::MultipleText { items, .. } => {
                for (index, item) in items.iter().enumerate() {
                    say(format!("{}/items/{index}/name", entry.at), &item.name);
                }
            }
            Kind::Matrix { base, .. } | Kind::MatrixDropdown { base, .. } => {
                for (index, row) in base.rows.iter().enumerate() {
                    if let Value::Text(value) = &row.value {
                        say(format!("{}/rows/{index}", entry.at), value);
                    }
                }
            }
            _ => {}
        }
    }
    for (index, value) in map.survey.calculated_values.iter().enumerate() {
        say(format!("/calculatedValues/{index}/name"), &value.name);
    }
}

/// A trigger's variable that has the name of a question or a calculated value.
fn variables(map: &Map<'_>, findings: &mut Findings) {
    for (index, trigger) in map.survey.triggers.iter().enumerate() {
        let TriggerKind::SetValue {
            to,
            is_variable: true,
            value,
        } = &trigger.kind
        else {
            continue;
        };
        let at = format!("/triggers/{index}/setToName");
        let calculated = map.survey.calculated_values.iter();
        if !map.named(Scope::Survey, to).is_empty()
            || calculated
                .clone()
                .any(|it| it.name.eq_ignore_ascii_case(to))
        {
            findings.error(
                "variable/collision",
                at,
                to.clone(),
                "a variable with a name of its own",
                "the variable hides the question's answer: leave out isVariable, or rename it",
            );
        } else if *value == Value::Null {
            findings.warning(
                "variable/preset",
                format!("/triggers/{index}"),
                to.clone(),
                "a setValue for the variable",
                "without a value the variable is never set",
            );
        }
    }
}
