//! Publishing results, and reading what was published.
//!
//! A snapshot ([`wire::Results`]) is made of releases only; read back, it gives a codebook and
//! releases again, so that the public page draws with the same hands as the organiser's.

mod from_results;
mod to_results;

use questionnaire::localized::Localized;
use wire::{Day, Results};

use crate::Dataset;
use crate::codebook::Codebook;
use crate::query::{Base, Protection, Query, Rounding};
use crate::release::{Refusal, Release};

/// What an organiser chooses to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// What per cents are of.
    pub base: Base,
    /// How they are made whole.
    pub rounding: Rounding,
    /// Background variables by which the figures are broken down, one at a time.
    pub breakdowns: Vec<String>,
    /// The day on which it is made.
    pub day: Day,
    /// True for synthetic answers.
    pub sample: bool,
}

/// Results that were published, ready to be shown.
#[derive(Debug, Clone)]
pub struct Published {
    /// What the variables mean, as far as it was published.
    pub codebook: Codebook,
    /// The day on which the figures were worked out.
    pub day: Day,
    /// True for synthetic answers.
    pub sample: bool,
    /// Figures over all respondents.
    pub whole: Release,
    /// Background variables with the figures by each.
    pub breakdowns: Vec<(String, Release)>,
}

impl Dataset {
    /// What would be public: figures over all respondents and by each background variable chosen.
    ///
    /// # Errors
    ///
    /// When one of these may not be shown, or the survey has no id to publish under.
    pub fn publish(
        &self,
        publication: &Publication,
        protection: &Protection,
    ) -> Result<Results, Refusal> {
        let query = Query {
            base: publication.base,
            rounding: publication.rounding,
            ..Query::default()
        };
        let ask = |groups: Vec<String>| {
            let release = self.tabulate(
                &Query {
                    groups,
                    ..query.clone()
                },
                protection,
            );
            match release.refusal() {
                Some(refusal) => Err(refusal.clone()),
                None => Ok(release),
            }
        };
        let whole = ask(Vec::new())?;
        let breakdowns = publication.breakdowns.iter();
        let breakdowns = breakdowns
            .map(|by| Ok((by.clone(), ask(vec![by.clone()])?)))
            .collect::<Result<Vec<_>, Refusal>>()?;
        to_results::results(self.codebook(), publication, &whole, &breakdowns)
            .ok_or_else(|| Refusal::Group(String::new()))
    }
}

impl Published {
    /// Reads a snapshot; `None` if its parts do not belong together.
    pub fn open(results: &Results) -> Option<Self> {
        from_results::published(results)
    }

    /// The figures by a background variable, or the whole.
    pub fn release(&self, by: Option<&str>) -> &Release {
        let found = by.and_then(|by| self.breakdowns.iter().find(|(name, _)| name == by));
        found.map_or(&self.whole, |(_, release)| release)
    }
}

/// The tag for a text without a language of its own.
fn tag<'a>(language: &'a str, languages: &'a [String]) -> &'a str {
    match languages.first() {
        Some(first) if language == questionnaire::localized::DEFAULT => first,
        None if language == questionnaire::localized::DEFAULT => "",
        _ => language,
    }
}

fn localised(text: &Localized, languages: &[String]) -> wire::Localised {
    let texts = text.languages().map(|language| {
        let text = text.get(language).unwrap_or_default();
        (tag(language, languages).to_owned(), text.to_owned())
    });
    texts.collect()
}
