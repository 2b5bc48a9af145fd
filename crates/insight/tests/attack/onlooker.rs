//! Who looks at everything, and what they write down.
//!
//! Every shown figure is an equation over unknown numbers: how many are in each cell of all
//! background variables and gave each answer.

use std::collections::BTreeMap;

use insight::published::Published;
use insight::release::{Figures, Label};
use insight::{Base, Dataset, Protection, Query, Rounding};
use json::Value;

use crate::people::{ALL_CELLS, BACKGROUNDS, CELLS, QUESTIONS, codes};

/// Of numbers, how many of whose are in a class (from, to).
pub(crate) type Class = (Cells, (f64, f64), u32);

/// Cells, one bit each.
pub(crate) type Cells = u128;

/// Cells of those whose answers were there when results were published.
pub(crate) const EARLY: Cells = (1 << CELLS) - 1;

/// Who is meant: cells, and of the answers to one question some (one bit each, the last for none).
pub(crate) type Those = (Cells, u32);

/// All that was seen of one variable: counts, and sums of points.
#[derive(Debug, Default, Clone)]
pub(crate) struct Seen {
    pub counts: BTreeMap<Those, u32>,
    pub sums: BTreeMap<Cells, f64>,
}

/// A number and a score.
pub(crate) const NUMBERS: [&str; 2] = ["hours", "score.gad2"];

/// The middles and the spread of somebody's numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Middle {
    pub n: u32,
    pub mean: f64,
    pub deviation: Option<f64>,
    /// Lower quartile, median, upper quartile.
    pub quartiles: [f64; 3],
}

/// Whether small counts are left out of what is read, as a threshold alone would have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Sight {
    /// Everything that is released.
    #[default]
    Released,
    /// Everything that is not small by itself.
    Threshold,
}

/// One entry per question of [`QUESTIONS`] and choice of it, as `Seen::of` numbers them.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// Question, and the choice if it has several.
    pub about: BTreeMap<(usize, Option<usize>), Seen>,
    /// Of numbers and scores, what is known of whose.
    pub middles: BTreeMap<String, BTreeMap<Cells, Middle>>,
    /// Of numbers and scores, how many of whose are in which class (from, to).
    pub classes: BTreeMap<String, Vec<Class>>,
    /// How many are in which cells.
    pub sizes: BTreeMap<Cells, u32>,
    /// How many answered which follow-up.
    pub asked: Vec<crate::follow_ups::Asked>,
    /// How it was looked at.
    pub sight: Sight,
    /// Cells that can have people in them.
    pub n_cells: usize,
}

/// Cells for whose codes `holds`.
pub(crate) fn cells(holds: impl Fn([usize; 3]) -> bool) -> Cells {
    (0..ALL_CELLS)
        .filter(|it| holds(codes(*it)))
        .fold(0, |set, it| set | 1 << it)
}

impl Notes {
    fn read(&mut self, figures: &[Figures], within: Cells) {
        crate::follow_ups::read(figures, |ix, n| {
            if !self.asked.contains(&(ix, within, n)) {
                self.asked.push((ix, within, n));
            }
        });
        for it in figures {
            if !NUMBERS.contains(&it.name.as_str()) {
                continue;
            }
            for row in &it.rows {
                let class = match row.label {
                    Label::Range(from, to) => Some((from, to)),
                    Label::Whole(from, to) => Some((from, to + 1.0)),
                    _ => None,
                };
                if let (Some(class), Some(count)) = (class, row.count) {
                    let known = self.classes.entry(it.name.clone()).or_default();
                    known.push((within, class, count));
                }
            }
            let middle = it.summary.as_ref().and_then(|it| {
                Some(Middle {
                    n: it.n?,
                    mean: it.mean?,
                    deviation: it.deviation,
                    quartiles: [it.lower_quartile?, it.median?, it.upper_quartile?],
                })
            });
            let least = match self.sight {
                Sight::Released => 0,
                Sight::Threshold => Protection::RESIDENTS.score_minimum,
            };
            if let Some(middle) = middle.filter(|it| it.n >= least) {
                let known = self.middles.entry(it.name.clone()).or_default();
                let before = known.insert(within, middle);
                assert!(before.is_none_or(|it| it == middle), "two figures disagree");
            }
        }
        for figures in figures {
            for (ix, (name, values)) in BACKGROUNDS.iter().enumerate() {
                if figures.name != *name {
                    continue;
                }
                for row in &figures.rows {
                    let place = match &row.label {
                        Label::Missing => Some(values.len()),
                        Label::Value(Value::Text(code)) => values.iter().position(|it| it == code),
                        _ => None,
                    };
                    if let (Some(count), Some(place)) = (row.count, place) {
                        self.size(within & cells(|it| it[ix] == place), count);
                    }
                }
                if let (Some(n), Base::Valid) = (figures.n, figures.base) {
                    self.size(within & cells(|it| it[ix] < values.len()), n);
                }
            }
            for (ix, (name, values, _)) in QUESTIONS.iter().enumerate() {
                if figures.name == *name {
                    self.question(ix, values, figures, within);
                }
            }
        }
    }

    fn size(&mut self, within: Cells, count: u32) {
        if self.sight == Sight::Threshold && (1..5).contains(&count) {
            return;
        }
        let known = self.sizes.insert(within, count);
        assert!(known.is_none_or(|it| it == count), "two figures disagree");
    }

    fn question(&mut self, ix: usize, values: &[&str], figures: &Figures, within: Cells) {
        let place = |label: &Label| match label {
            Label::Missing => Some(values.len()),
            Label::Value(value) => values
                .iter()
                .position(|it| Value::parse(it).as_ref() == Ok(value)),
            _ => None,
        };
        let several = figures.name == "hobbies";
        let choices = if several { values.len() } else { 1 };
        for choice in 0..choices {
            let seen = self
                .about
                .entry((ix, several.then_some(choice)))
                .or_default();
            // Of several choices each has a world of its own: chosen, not chosen, no answer.
            let n_answers = if several { 2 } else { values.len() };
            let bit = |place: usize| {
                if place == values.len() {
                    Some(1 << n_answers)
                } else if several {
                    (place == choice).then_some(1)
                } else {
                    Some(1 << place)
                }
            };
            let sight = self.sight;
            let mut note = |answers: u32, count: u32| {
                if sight == Sight::Threshold && (1..QUESTIONS[ix].2).contains(&count) {
                    return;
                }
                let known = seen.counts.insert((within, answers), count);
                assert!(known.is_none_or(|it| it == count), "two figures disagree");
            };
            if let (Some(n), Base::Valid) = (figures.n, figures.base) {
                note((1 << n_answers) - 1, n);
            }
            for row in &figures.rows {
                if let (Some(count), Some(bit)) = (row.count, place(&row.label).and_then(bit)) {
                    note(bit, count);
                }
            }
            for row in &figures.boxes {
                let bits = match &row.label {
                    Label::Box(name) if name == "good" => 0b0011,
                    Label::Box(name) if name == "bad" => 0b0100,
                    Label::Unsure if figures.base == Base::All => 0b11000,
                    Label::Unsure => 0b1000,
                    other => panic!("an unknown box {other:?}"),
                };
                if let Some(count) = row.count {
                    note(bits, count);
                }
            }
            if let Some(summary) = &figures.summary
                && let (Some(n), Some(mean)) = (summary.n, summary.mean)
            {
                // All middles and spreads of a scale follow from its rows.
                assert!(
                    sight == Sight::Threshold || figures.rows.iter().all(|it| it.count.is_some())
                );
                // Of each scale the first three answers are points.
                note(0b111, n);
                if sight == Sight::Threshold {
                    continue;
                }
                seen.sums.insert(within, mean * f64::from(n));
            }
        }
    }

    fn look(&mut self, dataset: &Dataset, filter: Option<&str>, groups: &[&str], within: Cells) {
        let roundings = [
            (Base::Valid, Rounding::HalfUp),
            (Base::All, Rounding::LargestRemainder),
        ];
        for (base, rounding) in roundings {
            let query = Query {
                filter: filter.map(str::to_owned),
                groups: groups.iter().map(|it| (*it).to_owned()).collect(),
                base,
                rounding,
                questions: Vec::new(),
                scores: true,
                weighted: false,
            };
            let protection = match self.sight {
                Sight::Released => Protection::RESIDENTS,
                Sight::Threshold => Protection::none(),
            };
            let release = dataset.tabulate(&query, &protection);
            if let Some(n) = release.head().n {
                self.size(within, n);
            }
            self.read(release.questions(), within);
            for group in release.groups() {
                let inside = cells(|it| {
                    group.by.iter().all(|(name, value)| {
                        BACKGROUNDS.iter().zip(it).all(|((known, values), place)| {
                            known != name
                                || values
                                    .get(place)
                                    .is_some_and(|it| Value::from(*it) == *value)
                        })
                    })
                });
                if let Some(n) = group.n {
                    self.size(within & inside, n);
                }
                self.read(&group.questions, within & inside);
            }
        }
    }

    /// The tables of everybody and of one background variable, as they are without a filter.
    pub(crate) fn of_tables(dataset: &Dataset, sight: Sight) -> Self {
        let mut notes = Self {
            sight,
            n_cells: CELLS,
            ..Self::default()
        };
        notes.look(dataset, None, &[], cells(|_| true));
        for (name, _) in BACKGROUNDS {
            notes.look(dataset, None, &[name], cells(|_| true));
        }
        notes
    }

    /// Everything that can be asked for.
    pub(crate) fn of_everything(dataset: &Dataset, sight: Sight) -> Self {
        let mut notes = Self::of_tables(dataset, sight);
        let names = [0, 1, 2].map(|it| BACKGROUNDS[it].0);
        for one in 0..3 {
            notes.filters_of_one(dataset, one);
            for two in 0..3 {
                if one < two {
                    notes.look(dataset, None, &[names[one], names[two]], cells(|_| true));
                    notes.filters_of_two(dataset, one, two);
                }
            }
        }
        notes
    }

    /// And results that were published when only the early ones had answered.
    pub(crate) fn add_published(&mut self, published: &Published) {
        self.n_cells = ALL_CELLS;
        if let Some(n) = published.whole.head().n {
            self.size(EARLY, n);
        }
        self.read(published.whole.questions(), EARLY);
        for (by, release) in &published.breakdowns {
            for group in release.groups() {
                let place = BACKGROUNDS.iter().position(|it| it.0 == by).expect("known");
                let is_code = |it: &&str| Value::from(*it) == group.by[0].1;
                let code = BACKGROUNDS[place].1.iter().position(is_code);
                let inside = EARLY & cells(|it| Some(it[place]) == code);
                if let Some(n) = group.n {
                    self.size(inside, n);
                }
                self.read(&group.questions, inside);
            }
        }
    }

    fn filters_of_one(&mut self, dataset: &Dataset, one: usize) {
        let (name, values) = BACKGROUNDS[one];
        let others: Vec<&str> = (0..3)
            .filter(|it| *it != one)
            .map(|it| BACKGROUNDS[it].0)
            .collect();
        let n = values.len();
        let mut filters: Vec<(String, Cells)> = vec![
            (format!("{name} empty"), cells(|it| it[one] == n)),
            (format!("{name} notempty"), cells(|it| it[one] < n)),
        ];
        for (ix, code) in values.iter().enumerate() {
            filters.push((format!("{name} = '{code}'"), cells(|it| it[one] == ix)));
            filters.push((format!("{name} != '{code}'"), cells(|it| it[one] != ix)));
            filters.push((
                format!("{name} != '{code}' and {name} notempty"),
                cells(|it| it[one] != ix && it[one] < n),
            ));
        }
        for (filter, within) in filters {
            self.look(dataset, Some(&filter), &[], within);
            for other in &others {
                self.look(dataset, Some(&filter), &[other], within);
            }
        }
    }

    fn filters_of_two(&mut self, dataset: &Dataset, one: usize, two: usize) {
        let ((first, codes), (second, others)) = (BACKGROUNDS[one], BACKGROUNDS[two]);
        for (a, code) in codes.iter().enumerate() {
            for (b, other) in others.iter().enumerate() {
                let (here, there) = (
                    format!("{first} = '{code}'"),
                    format!("{second} = '{other}'"),
                );
                let filters = [
                    (
                        format!("{here} and {there}"),
                        cells(|it| it[one] == a && it[two] == b),
                    ),
                    (
                        format!("{here} or {there}"),
                        cells(|it| it[one] == a || it[two] == b),
                    ),
                    (
                        format!("{here} and not ({there})"),
                        cells(|it| it[one] == a && it[two] != b),
                    ),
                    (
                        format!("not ({here}) and {there}"),
                        cells(|it| it[one] != a && it[two] == b),
                    ),
                    (
                        format!("not ({here}) or {there}"),
                        cells(|it| it[one] != a || it[two] == b),
                    ),
                    (
                        format!("{here} and {second} empty"),
                        cells(|it| it[one] == a && it[two] == others.len()),
                    ),
                ];
                for (filter, within) in filters {
                    self.look(dataset, Some(&filter), &[], within);
                }
            }
        }
    }
}
