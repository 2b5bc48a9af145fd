//! A release as lines of a table, in the words of one language.

use json::Value;

use super::edition::Edition;
use crate::codebook::{Category, Item, Question};
use crate::filter;
use crate::release::{Figures, Group, Hidden, Label, Release, Row, Summary};

/// One figure with everything that is said of it.
pub(super) struct Line<'a> {
    /// Values of the groupings; empty for the whole.
    pub by: Vec<String>,
    pub question: &'a Question,
    pub item: &'a Item,
    pub figures: &'a Figures,
    /// The row, and whether it is a box of the scale.
    pub row: &'a Row,
}

/// The middle and spread of one variable.
pub(super) struct Middle<'a> {
    pub by: Vec<String>,
    pub question: &'a Question,
    pub item: &'a Item,
    pub summary: &'a Summary,
}

impl Edition<'_> {
    pub(super) fn say(&self, key: &str) -> String {
        (self.say)(key)
    }

    pub(super) fn text(
        &self,
        text: &questionnaire::localized::Localized,
        otherwise: &str,
    ) -> String {
        let resolved = text.resolve(self.language);
        resolved.map_or(otherwise, |it| it.text).to_owned()
    }

    pub(super) fn title(&self) -> String {
        self.text(&self.codebook.title, &self.codebook.survey)
    }

    /// A question's title; of a score the instrument's name.
    pub(super) fn question(&self, question: &Question) -> String {
        let said = score_of(question.items.first()).map(|id| self.say(&format!("score.{id}")));
        let said = said.filter(|it| !it.is_empty());
        said.unwrap_or_else(|| self.text(&question.title, &question.name))
    }

    /// What an item is called within its question; empty if it has no text of its own.
    pub(super) fn item(&self, item: &Item) -> String {
        if !item.score {
            self.text(&item.text, "")
        } else if item.categories.is_empty() {
            self.say("score")
        } else {
            self.say("score.band")
        }
    }

    pub(super) fn category(&self, item: &Item, category: &Category) -> String {
        let code = category.code();
        if let Some(id) = score_of(Some(item)) {
            let said = self.say(&format!("band.{id}.{code}"));
            return if said.is_empty() { code } else { said };
        }
        let own = self.text(&category.text, "");
        if !own.is_empty() {
            return own;
        }
        let said = match code.as_str() {
            "true" | "false" | "other" | "none" | "refused" | "dontknow" => {
                self.say(&format!("code.{code}"))
            }
            _ => String::new(),
        };
        if said.is_empty() { code } else { said }
    }

    /// A filter by questions and answers; as it was asked where it is more than these together.
    pub(super) fn filter(&self, source: &str) -> String {
        let said = |(variable, value): &(String, String)| {
            let mut items = self.codebook.items();
            let (question, item) = items.find(|(_, it)| it.name.eq_ignore_ascii_case(variable))?;
            let category = item.categories.iter().find(|it| it.code() == *value)?;
            let category = self.category(item, category);
            Some(format!("{} {category}", self.question(question)))
        };
        let parts = filter::equalities(source);
        let parts = parts.and_then(|it| it.iter().map(said).collect::<Option<Vec<String>>>());
        parts.map_or_else(|| source.to_owned(), |it| it.join("; "))
    }

    /// What a row stands for.
    pub(super) fn label(&self, item: &Item, label: &Label) -> String {
        match label {
            Label::Value(value) => {
                let category = item.categories.iter().find(|it| it.value == *value);
                category.map_or_else(|| code(label), |it| self.category(item, it))
            }
            Label::Box(name) => {
                let said = self.say(&format!("box.{name}"));
                if said.is_empty() { name.clone() } else { said }
            }
            Label::Unsure => self.say("unsure"),
            Label::Missing => self.say("missing"),
            Label::Other => self.say("other"),
            Label::Whole(from, to) if from.total_cmp(to).is_eq() => self.number(*from),
            Label::Whole(from, to) => format!("{}–{}", self.number(*from), self.number(*to)),
            Label::Range(from, to) => self
                .say("class")
                .replace("{from}", &self.number(*from))
                .replace("{to}", &self.number(*to)),
        }
    }

    /// A limit of a class, or a point, with the decimals that it has.
    fn number(&self, number: f64) -> String {
        let text = ((number * 1e6).round() / 1e6).to_string();
        if self.language.starts_with("en") {
            text
        } else {
            text.replace('.', ",")
        }
    }

    /// What stands at a quartile or the median of a variable: a number, or of codes that are none
    /// the choice, or both choices that it lies between.
    pub(super) fn middle(&self, item: &Item, value: f64) -> Middling {
        if item.is_numeric() {
            return Middling::Number(value);
        }
        let (low, high) = item.around(value);
        let text = |it: Option<&Category>| it.map(|it| self.category(item, it));
        let (low, high) = (text(low), text(high));
        let same = low == high;
        let texts: Vec<String> = low.into_iter().chain(high.filter(|_| !same)).collect();
        Middling::Choice(texts.join(" – "))
    }

    /// The names of the groupings.
    pub(super) fn groupings(&self, release: &Release) -> Vec<String> {
        let first = release.groups().first();
        let by = first.map(|it| it.by.as_slice()).unwrap_or_default();
        by.iter()
            .map(|(variable, _)| {
                let found = self.codebook.item(variable);
                found.map_or_else(|| variable.clone(), |it| self.text(&it.0.title, variable))
            })
            .collect()
    }

    /// The values of a group.
    pub(super) fn group(&self, group: &Group) -> Vec<String> {
        let by = group.by.iter();
        by.map(|(variable, value)| self.value(variable, value))
            .collect()
    }

    /// A value of a variable.
    pub(super) fn value(&self, variable: &str, value: &Value) -> String {
        let label = Label::Value(value.clone());
        let found = self.codebook.item(variable);
        found.map_or_else(|| code(&label), |it| self.label(it.1, &label))
    }

    /// The whole first, then the groups that may be shown.
    fn sets<'r>(&self, release: &'r Release) -> Vec<(Vec<String>, &'r [Figures])> {
        let n = self.groupings(release).len();
        let mut sets = vec![(vec![self.say("all"); n], release.questions())];
        for group in release.groups() {
            sets.push((self.group(group), group.questions.as_slice()));
        }
        sets
    }

    /// Every row and box of a release, in order.
    pub(super) fn lines<'r>(&'r self, release: &'r Release) -> Vec<Line<'r>> {
        let mut lines = Vec::new();
        for (by, all) in self.sets(release) {
            for figures in all {
                let Some((question, item)) = self.codebook.item(&figures.name) else {
                    continue;
                };
                for row in figures.rows.iter().chain(&figures.boxes) {
                    let by = by.clone();
                    lines.push(Line {
                        by,
                        question,
                        item,
                        figures,
                        row,
                    });
                }
            }
        }
        lines
    }

    /// Middle and spread of every variable that has one.
    pub(super) fn middles<'r>(&'r self, release: &'r Release) -> Vec<Middle<'r>> {
        let mut middles = Vec::new();
        for (by, all) in self.sets(release) {
            for figures in all {
                let Some((question, item)) = self.codebook.item(&figures.name) else {
                    continue;
                };
                if let Some(summary) = &figures.summary {
                    let by = by.clone();
                    middles.push(Middle {
                        by,
                        question,
                        item,
                        summary,
                    });
                }
            }
        }
        middles
    }

    /// Why a figure is hidden, in words.
    pub(super) fn why(&self, hidden: Hidden) -> String {
        self.say(&format!("hidden.{}", hidden.name()))
    }
}

/// What stands at a quartile or the median.
pub(super) enum Middling {
    Number(f64),
    Choice(String),
}

/// The instrument that a variable is a score of.
fn score_of(item: Option<&Item>) -> Option<&str> {
    let instrument = item.filter(|it| it.score)?.instrument.as_ref()?;
    Some(&instrument.id)
}

/// Middle and spread by their codes: those that there are, or of a hidden summary the middles alone.
pub(super) fn middles(
    it: &Summary,
    is_numeric: bool,
) -> impl Iterator<Item = (&'static str, Option<f64>, &Summary)> + use<'_> {
    let all = [
        ("lower-quartile", it.lower_quartile),
        ("median", it.median),
        ("upper-quartile", it.upper_quartile),
        ("mean", it.mean),
        ("deviation", it.deviation),
        ("minimum", it.range.map(|it| it.0)),
        ("maximum", it.range.map(|it| it.1)),
    ];
    let is_told = move |name: &str, value: Option<f64>| {
        let is_middle = name == "median" || (name == "mean" && is_numeric);
        value.is_some() || (it.hidden.is_some() && is_middle)
    };
    let told = all
        .into_iter()
        .filter(move |(name, value)| is_told(name, *value));
    told.map(move |(name, value)| (name, value, it))
}

/// A number as files hold it: a very small one with an exponent, for 3e-209 has 208 zeros.
pub(super) fn written(number: f64) -> String {
    if number != 0.0 && number.abs() < 1e-4 {
        format!("{number:e}")
    } else {
        number.to_string()
    }
}

/// What stands for a row in files: the code, or a word in brackets.
pub(super) fn code(label: &Label) -> String {
    match label {
        Label::Value(Value::Text(text)) => text.clone(),
        Label::Value(other) => other.to_string(),
        Label::Box(name) => name.clone(),
        Label::Unsure => "(unsure)".to_owned(),
        Label::Missing => "(missing)".to_owned(),
        Label::Other => "(other)".to_owned(),
        Label::Whole(from, to) if from.total_cmp(to).is_eq() => from.to_string(),
        Label::Whole(from, to) | Label::Range(from, to) => format!("{from}..{to}"),
    }
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn a_tiny_probability_is_written_short() {
        assert_eq!(written(3.2e-209), "3.2e-209");
        assert_eq!(written(0.05), "0.05");
        assert_eq!(written(0.0), "0");
        assert_eq!(written(-12.5), "-12.5");
    }
}
