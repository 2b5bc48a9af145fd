//! Working scores out, block by block of respondents.

use core::ops::Range;
use std::collections::HashMap;

use questionnaire::scoring::{self, Instrument, Person, Who};

use super::bands::bands;
use super::person::Places;
use crate::codebook::{Codebook, Item};
use crate::columns::bitmap::{BLOCK_ROWS, each_set};
use crate::columns::{Bitmap, Column};

/// No code in a block of codes.
const NONE: u8 = u8::MAX;

/// What is needed to score the respondents of a survey.
#[derive(Debug, Default)]
pub(crate) struct Scorer {
    scales: Vec<Scale>,
    sex: Option<(usize, Vec<Option<scoring::Sex>>)>,
    age: Option<(usize, Vec<Option<f64>>)>,
}

/// One instrument of the survey.
#[derive(Debug)]
struct Scale {
    instrument: &'static Instrument,
    sources: Vec<Source>,
    /// Places of the score and of its band among the variables.
    number: usize,
    band: Option<usize>,
    bands: Vec<Vec<&'static str>>,
}

/// Where an item of the instrument is answered.
#[derive(Debug)]
struct Source {
    /// The item's id in the instrument.
    item: &'static str,
    column: usize,
    /// The number each code stands for; empty where numbers are answered.
    codes: Vec<Option<f64>>,
}

/// A score with the place of its band.
pub(crate) type Outcome = Option<(f64, Option<usize>)>;

impl Scorer {
    pub(crate) fn new(codebook: &Codebook) -> Self {
        if codebook.scores.is_empty() {
            return Self::default();
        }
        let Places { sex, age } = Places::of(codebook);
        let items: Vec<&Item> = codebook.items().map(|(_, item)| item).collect();
        let place = |name: &str| items.iter().position(|it| it.name == name);
        let scales = codebook.scores.iter().filter_map(|question| {
            let id = &question.items.first()?.instrument.as_ref()?.id;
            let instrument = scoring::instrument(id)?;
            let number = place(&question.name)?;
            let band = question.items.get(1).and_then(|it| place(&it.name));
            let sources = instrument.items.iter().filter_map(|wanted| {
                let column = items.iter().position(|it| {
                    let own = it.instrument.as_ref();
                    !it.score && own.is_some_and(|own| own.id == *id && own.item == wanted.id)
                })?;
                let categories = items.get(column)?.categories.iter();
                Some(Source {
                    item: wanted.id,
                    column,
                    codes: categories.map(|it| wanted.read(&it.code())).collect(),
                })
            });
            Some(Scale {
                instrument,
                sources: sources.collect(),
                number,
                band,
                bands: bands(instrument),
            })
        });
        Self {
            scales: scales.collect(),
            sex,
            age,
        }
    }

    /// Scores these respondents.
    pub(crate) fn score(&self, columns: &mut [Column], rows: Range<u32>) {
        for scale in &self.scales {
            let mut known = HashMap::new();
            let mut start = rows.start as usize;
            while start < rows.end as usize {
                let block = start / BLOCK_ROWS;
                let end = ((block + 1) * BLOCK_ROWS).min(rows.end as usize);
                self.score_block(scale, columns, block, start..end, &mut known);
                start = end;
            }
        }
    }

    /// What each code of the item comes to that the score or band in this place is made of; nothing
    /// if it is made of several, or of a number, or of who somebody is.
    pub(crate) fn of_rows(&self, score: usize) -> Option<Vec<Outcome>> {
        let mut scales = self.scales.iter();
        let scale = scales.find(|it| it.number == score || it.band == Some(score))?;
        let mut cuts = scale.instrument.cuts.iter();
        let is_of_all = cuts.all(|it| it.who == Who::All && it.also.is_empty());
        let [source] = scale.sources.as_slice() else {
            return None;
        };
        let codes = (0..NONE).zip(&source.codes);
        let outcomes = codes.map(|(code, _)| self.outcome(scale, &[code], &[], 0));
        (is_of_all && !source.codes.is_empty()).then(|| outcomes.collect())
    }

    fn score_block(
        &self,
        scale: &Scale,
        columns: &mut [Column],
        block: usize,
        rows: Range<usize>,
        known: &mut HashMap<Vec<u8>, Outcome>,
    ) {
        let place = |it: &Option<(usize, Vec<_>)>| it.as_ref().map(|it| it.0);
        let age = self.age.as_ref().map(|it| it.0);
        let coded = scale.sources.iter().map(|it| it.column);
        let coded: Vec<Vec<u8>> = coded
            .chain(place(&self.sex))
            .chain(age)
            .map(|column| {
                columns
                    .get(column)
                    .map_or_else(Vec::new, |it| codes(it, block))
            })
            .collect();
        let all_coded = scale.sources.iter().all(|it| !it.codes.is_empty());
        let outcomes: Vec<(usize, (f64, Option<usize>))> = rows
            .filter_map(|row| {
                let at = row % BLOCK_ROWS;
                let key = || coded.iter().map(|it| it.get(at).copied().unwrap_or(NONE));
                let outcome = if all_coded {
                    let key: Vec<u8> = key().collect();
                    if let Some(outcome) = known.get(&key) {
                        *outcome
                    } else {
                        let outcome = self.outcome(scale, &key, columns, row);
                        known.insert(key, outcome);
                        outcome
                    }
                } else {
                    self.outcome(scale, &key().collect::<Vec<u8>>(), columns, row)
                };
                Some((row, outcome?))
            })
            .collect();
        if let Some(Column::Numbers(numbers)) = columns.get_mut(scale.number) {
            for (row, (value, _)) in &outcomes {
                numbers.set(*row, *value);
            }
        }
        let band = scale.band.and_then(|it| columns.get_mut(it));
        if let Some(Column::One { codes, .. }) = band {
            for (row, (_, band)) in &outcomes {
                if let Some(set) = band.and_then(|it| codes.get_mut(it)) {
                    set.set(*row);
                }
            }
        }
    }

    /// Scores one respondent: codes of the items in order, then of sex and of age.
    fn outcome(&self, scale: &Scale, codes: &[u8], columns: &[Column], row: usize) -> Outcome {
        let answers: Vec<(&str, Option<f64>)> = scale
            .sources
            .iter()
            .zip(codes)
            .map(|(source, code)| {
                let answer = if source.codes.is_empty() {
                    match columns.get(source.column) {
                        Some(Column::Numbers(numbers)) => numbers.at(row),
                        _ => None,
                    }
                } else {
                    source.codes.get(usize::from(*code)).copied().flatten()
                };
                (source.item, answer)
            })
            .collect();
        let mut rest = codes.iter().skip(scale.sources.len());
        let mut background = |is_there: bool| is_there.then(|| rest.next().copied()).flatten();
        let sex = background(self.sex.is_some()).unwrap_or(NONE);
        let age = background(self.age.is_some()).unwrap_or(NONE);
        let person = Person {
            sex: meant(self.sex.as_ref(), sex),
            age: meant(self.age.as_ref(), age),
        };
        let score = scoring::score(scale.instrument.id, &answers, person)?;
        let flags: Option<Vec<&str>> = score
            .flags
            .iter()
            .filter_map(|(flag, holds)| match holds {
                Some(true) => Some(Some(*flag)),
                Some(false) => None,
                None => Some(None),
            })
            .collect();
        let band = flags.and_then(|flags| scale.bands.iter().position(|it| *it == flags));
        Some((score.value, band))
    }
}

/// What a code of a background variable means to a scorer.
fn meant<T: Copy>(of: Option<&(usize, Vec<Option<T>>)>, code: u8) -> Option<T> {
    of?.1.get(usize::from(code)).copied().flatten()
}

/// The code of each respondent of a block.
fn codes(column: &Column, block: usize) -> Vec<u8> {
    let Column::One { codes, .. } = column else {
        return Vec::new();
    };
    let mut out = vec![NONE; BLOCK_ROWS];
    let set = |code: &Bitmap, ix: u8, out: &mut Vec<u8>| {
        if let Some(block) = code.block(block) {
            each_set(block, |at| {
                if let Some(slot) = out.get_mut(at) {
                    *slot = ix;
                }
            });
        }
    };
    for (code, ix) in codes.iter().zip(0..NONE) {
        set(code, ix, &mut out);
    }
    out
}
