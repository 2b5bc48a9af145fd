//! Everything in a survey that has a name, with its place in the file.

use std::collections::BTreeMap;

use json::{Object, Value};

use super::sites::{Site, Sites, TextSite};
use crate::definition::{Column, Element, Kind, Page, Panel, Question, Survey, is_type};

/// What an entry is.
#[derive(Clone, Copy)]
pub(super) enum What<'a> {
    Page(&'a Page),
    Panel(&'a Panel),
    Question(&'a Question),
    Column(&'a Column),
}

/// Where names are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scope {
    /// In the survey.
    Survey,
    /// In each panel of the dynamic panel that is this entry.
    Panel(usize),
    /// In each row of the matrix that is this entry.
    Row(usize),
}

/// Something with a name.
pub(super) struct Entry<'a> {
    /// JSON pointer.
    pub(super) at: String,
    pub(super) raw: Option<&'a Object>,
    pub(super) what: What<'a>,
    pub(super) scope: Scope,
    /// The page, panel or question it stands in.
    pub(super) parent: Option<usize>,
}

/// A survey as the rules see it.
pub(super) struct Map<'a> {
    pub(super) document: &'a Value,
    pub(super) survey: &'a Survey,
    /// In document order; what stands inside follows what it stands in.
    pub(super) entries: Vec<Entry<'a>>,
    pub(super) sites: Vec<Site>,
    pub(super) texts: Vec<TextSite>,
    /// Entries by scope and name in lower case, `valueName` included.
    by_name: BTreeMap<(Scope, String), Vec<usize>>,
}

impl<'a> Entry<'a> {
    pub(super) fn name(&self) -> &'a str {
        match self.what {
            What::Page(page) => &page.panel.name,
            What::Panel(panel) => &panel.name,
            What::Question(question) => &question.name,
            What::Column(column) => &column.question.name,
        }
    }

    /// The question, also that of a column.
    pub(super) fn question(&self) -> Option<&'a Question> {
        match self.what {
            What::Question(question) => Some(question),
            What::Column(column) => Some(&column.question),
            What::Page(_) | What::Panel(_) => None,
        }
    }

    /// A page's or a panel's own properties.
    pub(super) fn panel(&self) -> Option<&'a Panel> {
        match self.what {
            What::Page(page) => Some(&page.panel),
            What::Panel(panel) => Some(panel),
            What::Question(_) | What::Column(_) => None,
        }
    }

    pub(super) fn property(&self, name: &str) -> Option<&'a Value> {
        self.raw?.get(name).filter(|value| !value.is_null())
    }

    /// The pointer of a property.
    pub(super) fn at_property(&self, name: &str) -> String {
        format!("{}/{name}", self.at)
    }
}

impl<'a> Map<'a> {
    pub(super) fn new(document: &'a Value, survey: &'a Survey) -> Self {
        let mut map = Self {
            document,
            survey,
            entries: Vec::new(),
            sites: Vec::new(),
            texts: Vec::new(),
            by_name: BTreeMap::new(),
        };
        map.pages();
        for (index, entry) in map.entries.iter().enumerate() {
            let mut names = vec![entry.name().to_lowercase()];
            if let Some(name) = entry.question().and_then(|it| it.value_name.as_ref()) {
                names.push(name.to_lowercase());
            }
            names.dedup();
            for name in names {
                map.by_name
                    .entry((entry.scope, name))
                    .or_default()
                    .push(index);
            }
        }
        let mut sites = Sites::new(&map);
        sites.visit(document);
        let (sites, texts) = sites.into_parts();
        map.sites = sites;
        map.texts = texts;
        map
    }

    /// Entries of this name, or storing under this name.
    pub(super) fn named(&self, scope: Scope, name: &str) -> &[usize] {
        self.by_name
            .get(&(scope, name.to_lowercase()))
            .map_or(&[], Vec::as_slice)
    }

    /// The question of this name in the survey.
    pub(super) fn question(&self, name: &str) -> Option<(usize, &'a Question)> {
        self.named(Scope::Survey, name)
            .iter()
            .find_map(|index| Some((*index, self.entries.get(*index)?.question()?)))
    }

    /// All questions, columns included.
    pub(super) fn questions(&self) -> impl Iterator<Item = (&Entry<'a>, &'a Question)> {
        self.entries
            .iter()
            .filter_map(|entry| Some((entry, entry.question()?)))
    }

    /// Names in a scope, as written.
    pub(super) fn names_in(&self, scope: Scope) -> impl Iterator<Item = &'a str> {
        self.entries
            .iter()
            .filter(move |entry| entry.scope == scope)
            .map(Entry::name)
    }

    fn pages(&mut self) {
        let document = self.document;
        let survey = self.survey;
        let own = list(document, &["elements", "questions"]);
        if let (Some((name, items)), Some(page)) = (own, survey.pages.first()) {
            let index = self.add(String::new(), None, What::Page(page), Scope::Survey, None);
            let at = format!("/{name}");
            self.elements(items, &page.panel.elements, &at, Scope::Survey, index);
            return;
        }
        let Some((name, items)) = list(document, &["pages"]) else {
            return;
        };
        let kept = items
            .iter()
            .enumerate()
            .filter(|(_, it)| it.as_object().is_some());
        for ((position, item), page) in kept.zip(&survey.pages) {
            let at = format!("/{name}/{position}");
            let raw = item.as_object();
            let index = self.add(at.clone(), raw, What::Page(page), Scope::Survey, None);
            self.inside(
                item,
                &["elements", "questions"],
                &page.panel.elements,
                &at,
                Scope::Survey,
                index,
            );
        }
    }

    fn add(
        &mut self,
        at: String,
        raw: Option<&'a Object>,
        what: What<'a>,
        scope: Scope,
        parent: Option<usize>,
    ) -> usize {
        self.entries.push(Entry {
            at,
            raw,
            what,
            scope,
            parent,
        });
        self.entries.len() - 1
    }

    /// The elements of the first of `properties` that is there.
    fn inside(
        &mut self,
        value: &'a Value,
        properties: &[&str],
        elements: &'a [Element],
        at: &str,
        scope: Scope,
        parent: usize,
    ) {
        if let Some((name, items)) = list(value, properties) {
            self.elements(items, elements, &format!("{at}/{name}"), scope, parent);
        }
    }

    fn elements(
        &mut self,
        items: &'a [Value],
        elements: &'a [Element],
        at: &str,
        scope: Scope,
        parent: usize,
    ) {
        let kept = items.iter().enumerate().filter(|(_, item)| {
            item.get("type")
                .and_then(Value::as_str)
                .is_some_and(is_type)
        });
        for ((position, item), element) in kept.zip(elements) {
            let at = format!("{at}/{position}");
            let raw = item.as_object();
            match element {
                Element::Panel(panel) => {
                    let index = self.add(at.clone(), raw, What::Panel(panel), scope, Some(parent));
                    self.inside(
                        item,
                        &["elements", "questions"],
                        &panel.elements,
                        &at,
                        scope,
                        index,
                    );
                }
                Element::Question(question) => {
                    let index = self.add(
                        at.clone(),
                        raw,
                        What::Question(question),
                        scope,
                        Some(parent),
                    );
                    self.parts(item, question, &at, scope, index);
                }
            }
        }
    }

    /// What stands inside a question.
    fn parts(
        &mut self,
        item: &'a Value,
        question: &'a Question,
        at: &str,
        scope: Scope,
        index: usize,
    ) {
        match &question.kind {
            Kind::PanelDynamic { template, .. } => {
                let properties = ["templateElements", "questions", "elements"];
                self.inside(item, &properties, template, at, Scope::Panel(index), index);
            }
            Kind::MatrixDropdown {
                columns, detail, ..
            }
            | Kind::MatrixDynamic {
                columns, detail, ..
            } => {
                self.columns(item, columns, at, index);
                self.inside(
                    item,
                    &["detailElements"],
                    &detail.elements,
                    at,
                    Scope::Row(index),
                    index,
                );
            }
            Kind::Single { choices, .. }
            | Kind::Multiple { choices, .. }
            | Kind::Ranking { choices, .. }
            | Kind::ImagePicker { choices, .. } => {
                let Some((name, items)) = list(item, &["choices"]) else {
                    return;
                };
                let kept = items
                    .iter()
                    .enumerate()
                    .filter(|(_, it)| !it.is_null() && it.as_list().is_none());
                for ((position, item), choice) in kept.zip(&choices.items) {
                    let at = format!("{at}/{name}/{position}");
                    self.inside(item, &["elements"], &choice.elements, &at, scope, index);
                }
            }
            _ => {}
        }
    }

    fn columns(&mut self, item: &'a Value, columns: &'a [Column], at: &str, matrix: usize) {
        let Some((name, items)) = list(item, &["columns"]) else {
            return;
        };
        let kept = items
            .iter()
            .enumerate()
            .filter(|(_, it)| it.as_object().is_some() || it.as_str().is_some());
        for ((position, item), column) in kept.zip(columns) {
            let at = format!("{at}/{name}/{position}");
            let scope = Scope::Row(matrix);
            let raw = item.as_object();
            let index = self.add(at.clone(), raw, What::Column(column), scope, Some(matrix));
            self.parts(item, &column.question, &at, scope, index);
        }
    }
}

/// The first of `properties` that is a list.
fn list<'v, 'p>(value: &'v Value, properties: &[&'p str]) -> Option<(&'p str, &'v [Value])> {
    properties
        .iter()
        .find_map(|name| Some((*name, value.get(name)?.as_list()?)))
}
