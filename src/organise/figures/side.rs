//! Who stands beside whom in a chart and its table: groups, rounds, or the same people weighted.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use insight::codebook::{Item, Question};
use insight::release::{Figures, Hidden, Label, Release, Row};
use insight::rounds::{OverTime, Series, Then};

use super::label::Texts;
use crate::words::{t, t_with};

/// More sides than this are not drawn: their figures are in the table.
pub const MOST_DRAWN: usize = 12;

/// The places of all but the `most` largest groups; of equal ones the first are larger, and one whose
/// size is hidden is smallest.
pub fn all_but_largest(sizes: &[Option<u32>], most: usize) -> BTreeSet<usize> {
    let mut places: Vec<usize> = (0..sizes.len()).collect();
    places.sort_by_key(|ix| Reverse(sizes.get(*ix).copied().flatten()));
    places.into_iter().skip(most).collect()
}

/// How a reader wants a release shown.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// Places of the release's groups that are left out.
    pub left_out: BTreeSet<usize>,
    /// True to have intervals beside shares.
    pub intervals: bool,
    /// Rounds one after the other, the present one last.
    pub over_time: Option<Arc<OverTime>>,
}

/// What of an earlier round compares: per variable of this round the name it had then, and whether
/// its boxes were drawn alike.
#[derive(Debug, Clone, Copy)]
struct Comparable<'a> {
    series: &'a [Series],
    /// The round's place, counted from zero.
    at: usize,
}

impl<'a> Comparable<'a> {
    fn get(self, variable: &str) -> Option<Then<'a>> {
        let series = self.series.iter().find(|it| it.name == variable)?;
        series.comparable(self.at)
    }
}

/// What the sides are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// There is nothing beside the whole.
    Nothing,
    /// The same respondents, weighted.
    Weights,
    /// Groups of a background variable or two.
    Groups,
    /// Rounds, the latest first.
    Rounds,
}

/// One of those that stand beside each other.
#[derive(Debug, Clone)]
pub struct Side<'a> {
    /// What it is called.
    pub label: String,
    /// True if its shares are the weighted ones.
    pub is_weighted: bool,
    /// Why nothing of it is shown.
    hidden: Option<Hidden>,
    questions: &'a [Figures],
    then: Option<Comparable<'a>>,
}

impl<'a> Side<'a> {
    /// The figures of a variable; `None` if it is not shown.
    pub fn figures(&self, name: &str) -> Option<&'a Figures> {
        let name = match self.then {
            Some(then) => then.get(name)?.name,
            None => name,
        };
        self.questions.iter().find(|it| it.name == name)
    }

    /// Why a variable without figures has none.
    pub fn why(&self, name: &str) -> Option<Hidden> {
        self.hidden
            .or((!self.compares(name)).then_some(Hidden::Changed))
    }

    /// The row of a variable that stands for `label`.
    pub fn row(&self, name: &str, label: &Label) -> Option<&'a Row> {
        let then = self.then.and_then(|it| it.get(name));
        let boxes = then.is_none_or(|it| it.boxes);
        self.figures(name)?.row(label, boxes)
    }

    /// False if the variable was another one then, so that it is not compared.
    pub fn compares(&self, name: &str) -> bool {
        self.then.is_none_or(|it| it.get(name).is_some())
    }

    /// Whether any row of the question has a weighted share.
    fn has_weights(&self, question: &Question) -> bool {
        let of = |item: &Item| self.figures(&item.name);
        let mut rows = question.items.iter().filter_map(of).flat_map(|it| &it.rows);
        rows.any(|it| it.weighted.is_some())
    }
}

/// A question's release as the reader wants it: the whole, and who stands beside whom.
#[derive(Debug, Clone)]
pub struct Spread<'a> {
    /// The whole.
    pub release: &'a Release,
    /// What the sides are.
    pub beside: Beside,
    /// The sides; none where there is the whole alone.
    pub sides: Vec<Side<'a>>,
    /// True to have intervals beside shares.
    pub intervals: bool,
}

impl<'a> Spread<'a> {
    /// The whole alone.
    pub fn whole(release: &'a Release) -> Self {
        Self {
            release,
            beside: Beside::Nothing,
            sides: Vec::new(),
            intervals: false,
        }
    }

    /// What `look` asks for of a question's figures in `release`.
    pub fn of(
        question: &Question,
        release: &'a Release,
        look: &'a Look,
        texts: &Texts<'_>,
    ) -> Self {
        let (beside, plain) = if !release.groups().is_empty() && !groups_by(release, question) {
            (Beside::Groups, groups(release, look, texts))
        } else if let Some(over_time) = &look.over_time {
            (Beside::Rounds, rounds(question, over_time))
        } else {
            (Beside::Weights, vec![all(release, t("organise.all"))])
        };
        let mut sides = Vec::with_capacity(plain.len());
        for side in plain {
            let weighted = side.has_weights(question).then(|| Side {
                label: t_with("organise.weighted.of", &[("who", &side.label)]),
                is_weighted: true,
                ..side.clone()
            });
            sides.push(side);
            sides.extend(weighted);
        }
        // Without weights, or where no earlier round compares, nothing stands beside the whole.
        let beside = match beside {
            Beside::Weights | Beside::Rounds if sides.len() < 2 => {
                sides.clear();
                Beside::Nothing
            }
            other => other,
        };
        Self {
            release,
            beside,
            sides,
            intervals: look.intervals,
        }
    }

    /// Whether weighted shares were asked for, and none of the question's shares may be shown so.
    pub fn lacks_weights(&self, question: &Question) -> bool {
        let is_weighted = self.release.head().weighting.is_some();
        let mut all = question.items.iter();
        let has_shares = all.any(|it| !it.categories.is_empty());
        let mut sides = self.sides.iter();
        is_weighted && has_shares && !sides.any(|it| it.is_weighted)
    }

    /// Whether there are so many sides that the table alone shows them.
    pub fn is_too_much_to_draw(&self) -> bool {
        self.sides.len() > MOST_DRAWN
    }
}

/// Whether the groups of a release are those of the question itself, which cannot tell anything
/// of their answers to it.
pub fn groups_by(release: &Release, question: &Question) -> bool {
    let group = release.groups().first();
    group.is_some_and(|it| it.by.iter().any(|(name, _)| *name == question.name))
}

/// What the present round is called.
pub fn round_name(round: Option<&str>) -> String {
    round.map_or_else(|| t("organise.rounds.now"), str::to_owned)
}

/// All respondents as a side.
pub(super) fn all(release: &Release, label: String) -> Side<'_> {
    Side {
        label,
        is_weighted: false,
        hidden: None,
        questions: release.questions(),
        then: None,
    }
}

fn groups<'a>(release: &'a Release, look: &Look, texts: &Texts<'_>) -> Vec<Side<'a>> {
    let groups = release.groups().iter().enumerate();
    let groups = groups.filter(|(ix, _)| !look.left_out.contains(ix));
    groups
        .map(|(_, group)| Side {
            label: texts.group(&group.by),
            is_weighted: false,
            hidden: group.hidden,
            questions: &group.questions,
            then: None,
        })
        .collect()
}

/// This round, and those before it in which anything of the question compares, the latest first.
fn rounds<'a>(question: &Question, over_time: &'a OverTime) -> Vec<Side<'a>> {
    let rounds = over_time.rounds().iter().enumerate().rev();
    let sides = rounds.map(|(at, it)| Side {
        label: it.name.clone(),
        is_weighted: false,
        hidden: it.release.refusal().map(|_| Hidden::TooFew),
        questions: it.release.questions(),
        then: Some(Comparable {
            series: over_time.series(),
            at,
        }),
    });
    let compares = |it: &Side<'_>| question.items.iter().any(|item| it.compares(&item.name));
    sides.filter(compares).collect()
}

/// The variable that a question's shares are of: of a score its bands, where it has any.
pub fn main_item(question: &Question) -> Option<&Item> {
    let band = question
        .items
        .iter()
        .find(|it| it.score && !it.categories.is_empty());
    band.or(question.items.first())
}
