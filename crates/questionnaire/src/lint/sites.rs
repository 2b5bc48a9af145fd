//! Every place in a file where an expression or a text with answers in it stands.

use std::collections::BTreeMap;

use json::{Object, Value};

use super::map::Map;
use crate::expression::Expression;

/// An expression of the file.
pub(super) struct Site {
    pub(super) at: String,
    /// The property it is the value of.
    pub(super) property: String,
    pub(super) source: String,
    pub(super) expression: Expression,
    /// The entry it belongs to.
    pub(super) owner: Option<usize>,
    /// It decides something, rather than computing a value.
    pub(super) condition: bool,
    /// It is asked for each choice, row or column, and may say `{item}`.
    pub(super) per_item: bool,
}

/// A text with `{name}` in it.
pub(super) struct TextSite {
    pub(super) at: String,
    pub(super) names: Vec<String>,
    pub(super) owner: Option<usize>,
}

/// Properties that decide something.
const CONDITIONS: &[&str] = &[
    "visibleIf",
    "enableIf",
    "requiredIf",
    "resetValueIf",
    "setValueIf",
    "choicesVisibleIf",
    "choicesEnableIf",
    "rowsVisibleIf",
    "columnsVisibleIf",
    "templateVisibleIf",
    "declineIf",
];

/// Properties that compute something.
const EXPRESSIONS: &[&str] = &[
    "expression",
    "runExpression",
    "setValueExpression",
    "defaultValueExpression",
    "minValueExpression",
    "maxValueExpression",
    "rowCountExpression",
    "panelCountExpression",
    "totalExpression",
];

/// Conditions asked for each item of their owner.
const PER_ITEM: &[&str] = &[
    "choicesVisibleIf",
    "choicesEnableIf",
    "rowsVisibleIf",
    "columnsVisibleIf",
];

/// Lists of items with conditions of their own.
const ITEMS: &[&str] = &["choices", "rows", "columns", "rateValues"];

/// Texts in which answers are shown.
const TEXTS: &[&str] = &[
    "title",
    "description",
    "html",
    "completedHtml",
    "completedBeforeHtml",
    "text",
    "templateTitle",
    "templateDescription",
    "labelTrue",
    "labelFalse",
    "minRateDescription",
    "maxRateDescription",
    "placeholder",
    "requiredErrorText",
    "commentText",
    "otherText",
    "noneText",
    "noEntriesText",
    "startSurveyText",
    "completeText",
    "pageNextText",
    "pagePrevText",
    "navigationTitle",
    "navigationDescription",
];

/// Walks a document.
pub(super) struct Sites {
    owners: BTreeMap<String, usize>,
    expressions: Vec<Site>,
    texts: Vec<TextSite>,
}

/// Where the walk is.
#[derive(Clone, Copy, Default)]
struct Place<'p> {
    owner: Option<usize>,
    per_item: bool,
    /// The nearest property name, list indices left out.
    property: &'p str,
}

impl Sites {
    pub(super) fn new(map: &Map<'_>) -> Self {
        let owners = map.entries.iter().enumerate();
        Self {
            owners: owners
                .map(|(index, entry)| (entry.at.clone(), index))
                .collect(),
            expressions: Vec::new(),
            texts: Vec::new(),
        }
    }

    pub(super) fn visit(&mut self, document: &Value) {
        self.value(document, "", Place::default());
    }

    pub(super) fn into_parts(self) -> (Vec<Site>, Vec<TextSite>) {
        (self.expressions, self.texts)
    }

    fn value(&mut self, value: &Value, at: &str, mut place: Place<'_>) {
        if let Some(owner) = self.owners.get(at).filter(|_| !at.is_empty()) {
            place.owner = Some(*owner);
            place.per_item = false;
        }
        match value {
            Value::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(item, &format!("{at}/{index}"), place);
                }
            }
            Value::Object(members) => {
                if place.property == "triggers" && members.get("expression").is_none() {
                    self.old_trigger(members, at, place);
                }
                let item = ITEMS.contains(&place.property);
                for (name, value) in members.iter() {
                    let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                    let next = Place {
                        owner: place.owner,
                        per_item: place.per_item || item,
                        property: name,
                    };
                    if TEXTS.contains(&name) {
                        self.text(value, &at, next);
                    } else if let Some(source) = value.as_str() {
                        self.expression(source, at, next, place.property);
                    } else if name != "frame" {
                        self.value(value, &at, next);
                    }
                }
            }
            _ => {}
        }
    }

    fn expression(&mut self, source: &str, at: String, place: Place<'_>, around: &str) {
        let (property, source) = match (place.property, source.strip_prefix('=')) {
            ("defaultValue", Some(source)) => ("defaultValueExpression", source),
            ("min", Some(source)) => ("minValueExpression", source),
            ("max", Some(source)) => ("maxValueExpression", source),
            (property, _) => (property, source),
        };
        let condition = CONDITIONS.contains(&property)
            || property == "expression"
                && matches!(
                    around,
                    "triggers"
                        | "validators"
                        | "completedHtmlOnCondition"
                        | "navigateToUrlOnCondition"
                );
        if !condition && !EXPRESSIONS.contains(&property) {
            return;
        }
        let Ok(expression) = Expression::parse(source) else {
            return;
        };
        self.expressions.push(Site {
            at,
            property: property.to_owned(),
            source: source.to_owned(),
            expression,
            owner: place.owner,
            condition,
            per_item: place.per_item || PER_ITEM.contains(&property),
        });
    }

    /// A trigger of `name`, `operator` and `value`.
    fn old_trigger(&mut self, members: &Object, at: &str, place: Place<'_>) {
        let text = |name| members.get(name).and_then(Value::as_str);
        let Some(name) = text("name") else { return };
        let value = members.get("value").unwrap_or(&Value::Null);
        let operator = text("operator").unwrap_or("equal");
        let source = crate::definition::old_condition(name, operator, value);
        let place = Place {
            property: "expression",
            ..place
        };
        self.expression(&source, at.to_owned(), place, "triggers");
    }

    fn text(&mut self, value: &Value, at: &str, place: Place<'_>) {
        match value {
            Value::Text(text) => {
                let names = piped_names(text);
                if !names.is_empty() {
                    self.texts.push(TextSite {
                        at: at.to_owned(),
                        names,
                        owner: place.owner,
                    });
                }
            }
            Value::Object(members) => {
                for (language, value) in members.iter() {
                    self.text(value, &format!("{at}/{language}"), place);
                }
            }
            _ => {}
        }
    }
}

/// The names between braces.
fn piped_names(text: &str) -> Vec<String> {
    let names = core::cell::RefCell::new(Vec::new());
    crate::text::pipe_text(text, &|name| {
        names.borrow_mut().push(name.to_owned());
        None
    });
    names.into_inner()
}
