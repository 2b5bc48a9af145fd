//! Which column of a foreign file feeds which variable: written by a guess, corrected by a person,
//! saved as JSON and used again.

use std::collections::BTreeMap;

use json::{Node, Object, Problems, Value};

use super::places::Positions;

/// `format` of a saved mapping.
const FORMAT: &str = "kuuluu-mapping/1";

/// `positions` of a column whose answers decide.
const UNCLEAR: &str = "unclear";

/// A saved mapping.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping {
    /// Between cells: `,`, `;` or a tab; `None` finds out.
    pub delimiter: Option<char>,
    /// The columns in the order of the file, also those that feed nothing.
    pub columns: Vec<Mapped>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapped {
    /// The column's heading, exactly.
    pub heading: String,
    /// The variable it feeds ([`crate::codebook::Item::name`]); empty if it feeds none.
    pub variable: String,
    /// For several choices with a column each: the code that a tick stands for.
    pub code: Option<String>,
    /// For several choices in one cell: what stands between them.
    pub separator: Option<String>,
    /// What numbers in cells stand for.
    pub positions: Positions,
    /// Cells that are neither codes nor texts of the survey, with the code they stand for; an
    /// empty code is no answer.
    pub values: BTreeMap<String, String>,
    /// True if a person has looked at what was not sure of it and said that it is right.
    pub checked: bool,
}

impl Mapping {
    /// How the column with this heading is read, if it feeds a variable.
    pub fn of(&self, heading: &str) -> Option<&Mapped> {
        let mut feeding = self.columns.iter().filter(|it| !it.variable.is_empty());
        feeding.find(|it| it.heading == heading)
    }

    /// True if no column feeds a variable.
    pub fn feeds_nothing(&self) -> bool {
        self.columns.iter().all(|it| it.variable.is_empty())
    }

    /// Lists every heading of a file, in its order; columns that the file has not come last.
    pub(super) fn complete<'a>(&mut self, headings: impl Iterator<Item = &'a str>) {
        let mut known = core::mem::take(&mut self.columns);
        for heading in headings {
            if self.columns.iter().any(|it| it.heading == heading) {
                continue;
            }
            let at = known.iter().position(|it| it.heading == heading);
            self.columns.push(match at {
                Some(at) => known.remove(at),
                None => Mapped {
                    heading: heading.to_owned(),
                    ..Mapped::default()
                },
            });
        }
        self.columns.append(&mut known);
    }

    /// As JSON text, a line for each column, so that a person can correct it.
    pub fn to_text(&self) -> String {
        let columns = self.columns.iter().map(|it| {
            let mut out = Object::new();
            out.insert("heading", Value::from(it.heading.as_str()));
            let variable = Some(it.variable.as_str()).filter(|it| !it.is_empty());
            out.insert("variable", variable.map_or(Value::Null, Value::from));
            if let Some(code) = &it.code {
                out.insert("code", Value::from(code.as_str()));
            }
            if let Some(separator) = &it.separator {
                out.insert("separator", Value::from(separator.as_str()));
            }
            match it.positions {
                Positions::Codes => {}
                Positions::Places => out.insert("positions", Value::Bool(true)),
                Positions::Unclear => out.insert("positions", Value::from(UNCLEAR)),
            }
            if !it.values.is_empty() {
                let values = it.values.iter();
                let values = values.map(|(cell, code)| (cell.clone(), Value::from(code.as_str())));
                out.insert("values", Value::Object(values.collect()));
            }
            if it.checked {
                out.insert("checked", Value::Bool(true));
            }
            Value::Object(out).to_string()
        });
        let columns: Vec<String> = columns.collect();
        let delimiter = self
            .delimiter
            .map_or(Value::Null, |it| Value::from(String::from(it)));
        [
            "{\"format\":\"",
            FORMAT,
            "\",\"delimiter\":",
            &delimiter.to_string(),
            ",\"columns\":[\n",
            &columns.join(",\n"),
            "\n]}\n",
        ]
        .concat()
    }

    /// From JSON text.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong, in English with its place.
    pub fn read(source: &str) -> Result<Self, String> {
        let tree = Value::parse(source).map_err(|error| error.to_string())?;
        let problems = Problems::new();
        let mapping = read(&Node::root(&tree, &problems));
        match problems.into_vec().first() {
            Some(problem) => Err(problem.to_string()),
            None => Ok(mapping),
        }
    }
}

fn read(root: &Node<'_>) -> Mapping {
    let format = root.member("format");
    if format.as_ref().and_then(Node::text) != Some(FORMAT) {
        root.missing("format", "kuuluu-mapping/1");
    }
    let delimiter = root.member("delimiter").and_then(|it| it.text());
    Mapping {
        delimiter: delimiter.and_then(|it| it.chars().next()),
        columns: root
            .member("columns")
            .map(|it| it.items().iter().map(read_column).collect())
            .unwrap_or_default(),
    }
}

fn read_column(column: &Node<'_>) -> Mapped {
    let text = |name: &str| {
        column
            .member(name)
            .and_then(|it| it.text().map(str::to_owned))
    };
    let needed = |name: &str| {
        text(name).unwrap_or_else(|| {
            column.missing(name, "a text");
            String::new()
        })
    };
    let feeds_none = column.value().get("variable").is_some_and(Value::is_null);
    let values = column.member("values");
    let values = values.as_ref().and_then(Node::object);
    let values = values.into_iter().flat_map(Object::iter);
    Mapped {
        heading: needed("heading"),
        variable: if feeds_none {
            String::new()
        } else {
            needed("variable")
        },
        code: text("code"),
        separator: text("separator"),
        positions: column.member("positions").map_or(Positions::Codes, |it| {
            match it.value().as_str() {
                Some(UNCLEAR) => Positions::Unclear,
                _ if it.bool() == Some(true) => Positions::Places,
                _ => Positions::Codes,
            }
        }),
        values: values
            .filter_map(|(cell, code)| Some((cell.to_owned(), code.as_str()?.to_owned())))
            .collect(),
        checked: column.member("checked").and_then(|it| it.bool()) == Some(true),
    }
}
