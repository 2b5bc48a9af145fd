//! The rules of the DDI-Codebook 2.5 schema for the elements that we write: their order, how often
//! each may stand, their attributes and what those may be.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};

/// One line for each element, written by hand after the XML schema.
const SCHEMA: &str = include_str!("schemas/ddi-codebook-2.5.txt");

const NAMESPACE: &str = "ddi:codebook:2_5";

/// The children that an element may have, and its attributes.
fn rules(element: &str) -> Result<(Vec<&'static str>, Vec<&'static str>), String> {
    let line = SCHEMA.lines().find_map(|line| {
        let (name, rules) = line.split_once(':')?;
        (name == element).then_some(rules)
    });
    let rules = line.ok_or(format!("<{element}> is not in the schema"))?;
    let (children, attributes) = rules.split_once('|').unwrap_or((rules, ""));
    let words = |it: &'static str| it.split_whitespace().collect();
    Ok((words(children), words(attributes)))
}

/// The first rule that `text` breaks.
pub(crate) fn check(text: &str) -> Result<(), String> {
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    let root = document.root_element();
    if root.tag_name().name() != "codeBook" {
        return Err("the root is not <codeBook>".to_owned());
    }
    let mut ids = BTreeSet::new();
    for node in document.descendants() {
        if let Some(id) = node.attribute("ID")
            && !ids.insert(id)
        {
            return Err(format!("{id} twice"));
        }
    }
    element(root, &ids)
}

fn element(node: Node<'_, '_>, ids: &BTreeSet<&str>) -> Result<(), String> {
    let name = node.tag_name().name();
    if node.tag_name().namespace() != Some(NAMESPACE) {
        return Err(format!("the namespace of <{name}>"));
    }
    let (children, known) = rules(name)?;
    attributes(node, &known, ids)?;
    let mut place = 0;
    for child in node.children() {
        if child.is_text() {
            if !children.contains(&"*") && !child.text().unwrap_or_default().trim().is_empty() {
                return Err(format!("text in <{name}>"));
            }
            continue;
        }
        let wanted = child.tag_name().name();
        let mut left = children.iter().skip(place);
        let found = left.position(|it| it.trim_end_matches(['+', '1']) == wanted);
        place += found.ok_or(format!("<{wanted}> may not stand here in <{name}>"))?;
        if !children.get(place).is_some_and(|it| it.ends_with('+')) {
            place += 1;
        }
        element(child, ids)?;
    }
    for rule in children.iter().filter(|it| it.contains('1')) {
        let required = rule.trim_end_matches(['+', '1']);
        if !node.children().any(|it| it.tag_name().name() == required) {
            return Err(format!("<{required}> is missing in <{name}>"));
        }
    }
    Ok(())
}

fn attributes(node: Node<'_, '_>, known: &[&str], ids: &BTreeSet<&str>) -> Result<(), String> {
    let name = node.tag_name().name();
    let own = |rule: &str| {
        rule.split(['!', '=', ':'])
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    for attribute in node.attributes() {
        let (called, value) = (format!("@{}", attribute.name()), attribute.value());
        if called == "@schemaLocation" {
            continue;
        }
        let rule = known.iter().find(|it| own(it) == called);
        let rule = rule.ok_or(format!("{called} of <{name}> is not in the schema"))?;
        let wrong = format!("{called} of <{name}> is {value:?}");
        if let Some((_, values)) = rule.split_once('=')
            && !values.split('/').any(|it| it == value)
        {
            return Err(wrong);
        }
        match rule.split_once(':').map(|it| it.1) {
            Some("id") if !is_name(value) => return Err(wrong),
            Some("language") if !is_language(value) => return Err(wrong),
            Some("ids") if value.trim().is_empty() => return Err(wrong),
            Some("ids") => {
                if let Some(id) = value.split_whitespace().find(|it| !ids.contains(it)) {
                    return Err(format!("{id} is nowhere"));
                }
            }
            _ => {}
        }
    }
    for rule in known.iter().filter(|it| it.contains('!')) {
        let called = own(rule);
        if node.attribute(called.trim_start_matches('@')).is_none() {
            return Err(format!("{called} of <{name}> is missing"));
        }
    }
    Ok(())
}

/// An `xs:NCName`, of the letters that ours have.
fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    let first = letters
        .next()
        .is_some_and(|it| it.is_ascii_alphabetic() || it == '_');
    first && letters.all(|it| it.is_ascii_alphanumeric() || "._-".contains(it))
}

/// An `xs:language`.
fn is_language(text: &str) -> bool {
    text.split('-').enumerate().all(|(ix, part)| {
        let letters = |it: char| it.is_ascii_alphabetic() || (ix > 0 && it.is_ascii_digit());
        (1..=8).contains(&part.len()) && part.chars().all(letters)
    })
}
