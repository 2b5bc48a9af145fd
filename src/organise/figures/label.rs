//! What things are called, in the language of the page.

use insight::codebook::{Category, Codebook, Item, Kind, Question};
use insight::release::{Hidden, Label, Row};
use json::Value;
use questionnaire::localized::Localized;

use crate::words::{maybe, t, t_with};

/// Texts of one survey in one language.
#[derive(Debug, Clone)]
pub struct Texts<'a> {
    /// The survey's variables.
    pub codebook: &'a Codebook,
    /// BCP 47.
    pub language: String,
}

impl Texts<'_> {
    /// A localized text, `or` if it has none.
    pub fn of(&self, text: &Localized, or: &str) -> String {
        text.resolve(&self.language)
            .map_or_else(|| or.to_owned(), |it| it.text.to_owned())
    }

    /// A question's title, its name if it has none; of a score the instrument's name.
    pub fn question(&self, question: &Question) -> String {
        let score = question.items.first().filter(|it| it.score);
        if let Some(instrument) = score.and_then(|it| it.instrument.as_ref()) {
            return maybe(&format!("organise.score.{}", instrument.id))
                .unwrap_or_else(|| instrument.id.clone());
        }
        self.of(&question.title, &question.name)
    }

    /// What an item is called within its question.
    pub fn item(&self, item: &Item) -> String {
        if item.score {
            return t(if item.categories.is_empty() {
                "organise.score"
            } else {
                "organise.score.band"
            });
        }
        let short = item.name.rsplit('.').next().unwrap_or(&item.name);
        self.of(&item.text, short)
    }

    /// A category's text; words of the interface for the special ones that the survey left unsaid.
    pub fn category(&self, category: &Category) -> String {
        let code = category.code();
        let own = match code.as_str() {
            "true" => "engine.yes",
            "false" => "engine.no",
            "other" => "engine.other",
            "none" => "engine.none",
            "refused" => "engine.refuse",
            "dontknow" => "engine.dontKnow",
            _ => "",
        };
        let or = maybe(own).unwrap_or(code);
        self.of(&category.text, &or)
    }

    /// What a row of an item's figures stands for.
    pub fn row(&self, item: &Item, label: &Label) -> String {
        match label {
            Label::Value(value) => self.value(item, value),
            Label::Box(name) => box_name(name),
            Label::Unsure => t("organise.box.unsure"),
            Label::Missing => t("organise.row.missing"),
            Label::Other => t("organise.row.other"),
            Label::Whole(from, to) if from.total_cmp(to).is_eq() => exact(*from, &self.language),
            Label::Whole(from, to) => format!(
                "{}–{}",
                exact(*from, &self.language),
                exact(*to, &self.language)
            ),
            Label::Range(from, to) => t_with(
                "organise.class",
                &[
                    ("from", &exact(*from, &self.language)),
                    ("to", &exact(*to, &self.language)),
                ],
            ),
            _ => String::new(),
        }
    }

    /// The text of one value of an item.
    pub fn value(&self, item: &Item, value: &Value) -> String {
        item.categories
            .iter()
            .find(|it| it.value == *value)
            .map_or_else(
                || match value {
                    Value::Text(text) => text.clone(),
                    other => other.to_string(),
                },
                |it| {
                    if item.score {
                        band(item, &it.code())
                    } else {
                        self.category(it)
                    }
                },
            )
    }

    /// Where the median or a quartile lies: the choice there, or both that it lies between. `None`
    /// where the codes are numbers themselves.
    pub(super) fn choices_at(&self, item: &Item, place: f64) -> Option<(String, String)> {
        if item.is_numeric() {
            return None;
        }
        let (low, high) = item.around(place);
        Some((self.category(low?), self.category(high?)))
    }

    /// The name of a group: its values, in the order of the groupings.
    pub fn group(&self, by: &[(String, Value)]) -> String {
        let names = by.iter().map(|(variable, value)| {
            self.codebook.item(variable).map_or_else(
                || t("organise.row.missing"),
                |(_, item)| {
                    if value.is_null() {
                        t("organise.row.missing")
                    } else {
                        self.value(item, value)
                    }
                },
            )
        });
        names.collect::<Vec<_>>().join(", ")
    }

    /// Whole per cents.
    pub fn percent(&self, row: &Row) -> String {
        row.percent.map_or_else(|| "–".to_owned(), percent)
    }
}

/// What a band of a score is called: between which limits it lies and what that means. The code is
/// of the cuts that hold, see `insight::scores`.
fn band(item: &Item, code: &str) -> String {
    let instrument = item.instrument.as_ref().map_or("", |it| it.id.as_str());
    maybe(&format!("organise.band.{instrument}.{code}")).unwrap_or_else(|| code.to_owned())
}

/// The name of a box of a scale; a survey's own name where the interface has no word for it.
fn box_name(name: &str) -> String {
    maybe(&format!("organise.box.{name}")).unwrap_or_else(|| name.to_owned())
}

/// Why a figure is hidden, as a sentence.
pub fn reason(hidden: Hidden) -> String {
    t(match hidden {
        Hidden::Protects => "organise.hidden.protects",
        Hidden::Changed => "organise.hidden.changed",
        Hidden::NotCrossed => "organise.hidden.notCrossed",
        _ => "organise.hidden.tooFew",
    })
}

/// Whole per cents with the sign where the language puts it.
pub fn percent(percent: u32) -> String {
    t_with("organise.percent", &[("n", &percent.to_string())])
}

/// A whole number with the language's thousands separator.
pub fn number(number: u32, language: &str) -> String {
    let digits = number.to_string();
    let separator = if language.starts_with("en") {
        ','
    } else {
        '\u{a0}'
    };
    let mut out = String::with_capacity(digits.len() + 3);
    for (ix, digit) in digits.chars().enumerate() {
        if ix > 0 && (digits.len() - ix).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// A number with at most one decimal and the language's decimal sign.
pub fn decimal(number: f64, language: &str) -> String {
    written(number, is_whole(number), language)
}

/// Both ends of a range as [`decimal`] writes them, with as many decimals at either.
pub(super) fn ends((low, high): (f64, f64), language: &str) -> (String, String) {
    let whole = is_whole(low) && is_whole(high);
    (
        written(low, whole, language),
        written(high, whole, language),
    )
}

fn is_whole(number: f64) -> bool {
    let tenths = (number * 10.0).round();
    (tenths % 10.0).abs() < f64::EPSILON
}

fn written(number: f64, whole: bool, language: &str) -> String {
    let rounded = (number * 10.0).round() / 10.0;
    let text = if whole {
        format!("{rounded:.0}")
    } else {
        format!("{rounded:.1}")
    };
    let text = text.replace('-', "\u{2212}");
    if language.starts_with("en") {
        text
    } else {
        text.replace('.', ",")
    }
}

/// A limit of a class with the decimals that it has.
fn exact(number: f64, language: &str) -> String {
    let text = ((number * 1e6).round() / 1e6).to_string();
    let text = text.replace('-', "\u{2212}");
    if language.starts_with("en") {
        text
    } else {
        text.replace('.', ",")
    }
}

/// True for kinds whose per cents are of respondents and may exceed 100 together.
pub(super) fn is_multiple(kind: Kind) -> bool {
    kind == Kind::Multiple
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted_as_the_language_does() {
        assert_eq!(number(1_234_567, "fi"), "1\u{a0}234\u{a0}567");
        assert_eq!(number(1000, "en"), "1,000");
        assert_eq!(number(98, "sv"), "98");
    }

    #[test]
    fn a_decimal_has_one_place_at_most() {
        assert_eq!(decimal(3.75, "fi"), "3,8");
        assert_eq!(decimal(-2.0, "en"), "\u{2212}2");
        assert_eq!(decimal(2.96, "fi"), "3");
        let ends = |low, high| ends((low, high), "fi");
        let pair = |low: &str, high: &str| (low.to_owned(), high.to_owned());
        assert_eq!(ends(27.3, 33.0), pair("27,3", "33,0"));
        assert_eq!(ends(-2.01, 33.0), pair("\u{2212}2", "33"));
    }
}
