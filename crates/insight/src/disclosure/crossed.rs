//! One variable in a crossing of two background variables.

use super::alone::{is_unseen, others};
use super::cells::is_small;
use super::crossing::Field;
use super::pattern::{ItemPattern, Rows};
use super::plane::Plane;
use super::strata::{Strata, sets};
use crate::codebook::Kind;
use crate::columns::{Bitmap, Column};

/// The pattern of one variable in the cells of `plane`, with respondents per cell and whether the
/// cell is hidden as a group; `whole` and `alone` are its patterns without and with one variable.
pub(super) fn crossed(
    rows: &Rows,
    column: &Column,
    (plane, sizes, groups_hidden, strata): (&Plane, &[u32], &[bool], &Strata),
    whole: &ItemPattern,
    alone: [&ItemPattern; 2],
) -> ItemPattern {
    let n_cells = rows.answered.len();
    let nothing = || ItemPattern::closed(rows.counts.len(), n_cells);
    if whole.hidden.contains(&true) {
        return nothing();
    }
    let base = Base {
        plane,
        strata,
        sets: sets(column),
        all: match column {
            Column::Many { answered, .. } => Some(answered),
            _ => None,
        },
        sizes,
        groups_hidden,
        alone,
        answered: plane.gather(&rows.answered),
        minimum: rows.minimum,
        is_sensitive: rows.is_sensitive && rows.kind != Kind::Number,
    };
    let shown = base.closed().and_then(|closed| {
        let shown = match rows.kind {
            Kind::Number => base.classes(rows, &closed),
            Kind::Multiple => base.choices(rows, whole, &closed),
            _ => base.parts(rows, whole, &closed)?,
        };
        Some((closed, shown))
    });
    let Some((closed, shown)) = shown else {
        return nothing();
    };
    let hidden = |cells: &Vec<bool>| {
        let hidden: Vec<bool> = cells.iter().map(|it| !it).collect();
        plane.spread(&hidden)
    };
    ItemPattern {
        hidden: plane.spread(&closed),
        rows: shown.iter().map(hidden).collect(),
        summaries: vec![!has_summaries(rows, plane); n_cells],
    }
}

struct Base<'a> {
    plane: &'a Plane,
    strata: &'a Strata,
    /// Those in each row.
    sets: Vec<&'a Bitmap>,
    /// Of several choices, those who answered.
    all: Option<&'a Bitmap>,
    sizes: &'a [u32],
    groups_hidden: &'a [bool],
    alone: [&'a ItemPattern; 2],
    answered: Vec<u32>,
    minimum: u32,
    is_sensitive: bool,
}

impl Base<'_> {
    /// Per line, or per column, what holds for the codes of either variable alone.
    fn per_sum(&self, side: usize, of: &[bool]) -> Vec<bool> {
        let axis = if side == 0 {
            &self.plane.lines
        } else {
            &self.plane.columns
        };
        let mut sums = vec![true; axis.n];
        for (place, it) in axis.place.iter().zip(of) {
            if let Some(slot) = sums.get_mut(*place) {
                *slot = *it;
            }
        }
        sums
    }

    fn field(&self, counts: Vec<Vec<u32>>, closed: Vec<bool>) -> Field<'_> {
        Field {
            plane: self.plane,
            sizes: self.sizes,
            groups_hidden: self.groups_hidden,
            unseen: vec![false; counts.len()],
            sums: [0, 1].map(|side| vec![self.per_sum(side, &[]); counts.len()]),
            sums_closed: [0, 1].map(|side| {
                let alone = self.alone.get(side);
                self.per_sum(side, alone.map_or(&[], |it| it.hidden.as_slice()))
            }),
            strata: vec![counts.clone()],
            counts,
            closed,
            minimum: self.minimum,
            is_sensitive: self.is_sensitive,
            is_several: false,
            has_none: false,
        }
    }

    /// Gives a field a last row: those who did not answer.
    fn add_none(&self, field: &mut Field<'_>) {
        field.has_none = true;
        field.counts.push(others(self.sizes, &self.answered));
        field.unseen.push(false);
        for sums in &mut field.sums {
            let lines = sums.first().map_or(0, Vec::len);
            sums.push(vec![false; lines]);
        }
        for (stratum, all) in field.strata.iter_mut().zip(self.strata.sizes()) {
            let mut none = self.plane.gather_movable(&all);
            for row in stratum.iter() {
                none = others(&none, row);
            }
            stratum.push(none);
        }
    }

    /// Counts of some rows, and of all others, within each stratum.
    fn within_strata(&self, of: &[usize], with_others: bool) -> Vec<Vec<Vec<u32>>> {
        let count = |set: &&Bitmap| {
            let strata = self.strata.count(set).into_iter();
            strata
                .map(|it| self.plane.gather_movable(&it))
                .collect::<Vec<_>>()
        };
        let counted: Vec<Vec<Vec<u32>>> = self.sets.iter().map(count).collect();
        (0..self.strata.n)
            .map(|stratum| {
                let row = |ix: &usize| counted.get(*ix).and_then(|it| it.get(stratum)).cloned();
                let mut rows: Vec<Vec<u32>> = of.iter().filter_map(row).collect();
                if with_others {
                    let mut rest = vec![0; self.sizes.len()];
                    for ix in (0..counted.len()).filter(|it| !of.contains(it)) {
                        for (slot, count) in rest.iter_mut().zip(row(&ix).unwrap_or_default()) {
                            *slot += count;
                        }
                    }
                    rows.push(rest);
                }
                rows
            })
            .collect()
    }

    /// Sums of a row along either variable that are hidden.
    fn sums_of(&self, side: usize, row: usize) -> Vec<bool> {
        let rows = self.alone.get(side).and_then(|it| it.rows.get(row));
        self.per_sum(side, rows.map_or(&[], Vec::as_slice))
    }

    /// Groups that are hidden, or whose line or column shows nothing of the variable by itself.
    fn beside_closed(&self) -> Vec<bool> {
        let [lines, columns] = [0, 1].map(|side| {
            let alone = self.alone.get(side);
            self.per_sum(side, alone.map_or(&[], |it| it.hidden.as_slice()))
        });
        let sums = lines
            .iter()
            .flat_map(|line| columns.iter().map(move |column| *line || *column));
        let both = sums.zip(self.groups_hidden);
        both.map(|(sum, group)| sum || *group).collect()
    }

    /// Cells in which nothing of the variable is shown: few answered, or it protects such ones.
    fn closed(&self) -> Option<Vec<bool>> {
        let missing = others(self.sizes, &self.answered);
        let mut field = self.field(vec![self.answered.clone(), missing], self.beside_closed());
        field.is_sensitive = false;
        field.unseen = vec![false, true];
        for sums in &mut field.sums {
            if let Some(answered) = sums.first_mut() {
                answered.fill(false);
            }
        }
        let shown = field.shown_sizes()?;
        Some(shown.iter().map(|it| !it).collect())
    }

    fn parts(&self, rows: &Rows, whole: &ItemPattern, closed: &[bool]) -> Option<Vec<Vec<bool>>> {
        let (seen, field) = self.rows_of_parts(rows, whole, closed);
        let shown = field.shown()?;
        let mut out = vec![vec![false; closed.len()]; rows.counts.len()];
        for (ix, cells) in seen.iter().zip(shown) {
            if let Some(slot) = out.get_mut(*ix) {
                *slot = cells;
            }
        }
        Some(out)
    }

    /// Which rows are seen at all, and their counts; those that are not are one row.
    fn rows_of_parts(
        &self,
        rows: &Rows,
        whole: &ItemPattern,
        closed: &[bool],
    ) -> (Vec<usize>, Field<'_>) {
        let seen: Vec<usize> = (0..rows.counts.len())
            .filter(|ix| !is_unseen(whole, *ix))
            .collect();
        let mut counts: Vec<Vec<u32>> = seen
            .iter()
            .filter_map(|ix| rows.counts.get(*ix))
            .map(|row| self.plane.gather(row))
            .collect();
        let is_all = seen.len() == rows.counts.len();
        if !is_all {
            let unseen = self.answered.iter().enumerate().map(|(ix, n)| {
                let seen: u32 = counts.iter().filter_map(|row| row.get(ix)).sum();
                n.saturating_sub(seen)
            });
            let unseen = unseen.collect();
            counts.push(unseen);
        }
        let mut field = self.field(counts, closed.to_vec());
        field.strata = self.within_strata(&seen, !is_all);
        for (side, sums) in field.sums.iter_mut().enumerate() {
            for (sums, ix) in sums.iter_mut().zip(&seen) {
                *sums = self.sums_of(side, *ix);
            }
        }
        if let Some(unseen) = field.unseen.last_mut() {
            *unseen = !is_all;
        }
        self.add_none(&mut field);
        (seen, field)
    }

    /// Those who chose a row, and those who answered and did not, within each stratum.
    fn yes_and_no(&self, row: usize) -> Vec<Vec<Vec<u32>>> {
        let count = |set: Option<&&Bitmap>| {
            let strata = set.map(|it| self.strata.count(it)).unwrap_or_default();
            let strata = strata.into_iter();
            strata
                .map(|it| self.plane.gather_movable(&it))
                .collect::<Vec<_>>()
        };
        let (yes, all) = (count(self.sets.get(row)), count(self.all.as_ref()));
        let pairs = yes.into_iter().zip(all);
        pairs
            .map(|(yes, all)| {
                let no = others(&all, &yes);
                vec![yes, no]
            })
            .collect()
    }

    /// Each choice by itself.
    fn choices(&self, rows: &Rows, whole: &ItemPattern, closed: &[bool]) -> Vec<Vec<bool>> {
        let row = |(ix, row): (usize, &Vec<u32>)| {
            let nothing = || vec![false; closed.len()];
            if is_unseen(whole, ix) {
                return nothing();
            }
            match self.choice(ix, row, closed).shown().as_deref() {
                Some([yes, no, ..]) => yes.iter().zip(no).map(|(yes, no)| *yes && *no).collect(),
                _ => nothing(),
            }
        };
        rows.counts.iter().enumerate().map(row).collect()
    }

    /// Those who chose a row, and those who did not.
    fn choice(&self, ix: usize, row: &[u32], closed: &[bool]) -> Field<'_> {
        let yes = self.plane.gather(row);
        let no = others(&self.answered, &yes);
        let mut field = self.field(vec![yes, no], closed.to_vec());
        field.is_several = true;
        field.strata = self.yes_and_no(ix);
        for (side, sums) in field.sums.iter_mut().enumerate() {
            *sums = vec![self.sums_of(side, ix); 2];
        }
        self.add_none(&mut field);
        field
    }

    /// All classes, or none where one is small.
    fn classes(&self, rows: &Rows, closed: &[bool]) -> Vec<Vec<bool>> {
        let small = |row: &Vec<u32>| {
            let cells = self.plane.gather(row);
            cells.iter().any(|it| is_small(*it, rows.minimum))
        };
        let touched = |it: &&ItemPattern| {
            let open = |row: &Vec<bool>| {
                row.iter()
                    .zip(&it.hidden)
                    .any(|(row, hidden)| *row && !hidden)
            };
            it.rows.iter().any(open)
        };
        let none = rows.counts.iter().any(small) || self.alone.iter().any(touched);
        let cells: Vec<bool> = closed.iter().map(|it| !it && !none).collect();
        vec![cells; rows.counts.len()]
    }
}

/// Middles of scales tell nothing that shown rows do not. Of numbers they do: none may be of few.
fn has_summaries(rows: &Rows, plane: &Plane) -> bool {
    let Some(points) = &rows.points else {
        return false;
    };
    rows.kind != Kind::Number
        || plane
            .gather(points)
            .iter()
            .all(|it| !is_small(*it, rows.score_minimum))
}
