//! One variable in a crossing of two background variables.

use super::alone::{is_unseen, others};
use super::cells::{Count, Table, is_small};
use super::crossing::Field;
use super::groups::Crossing;
use super::pattern::ItemPattern;
use super::plane::{Axis, Plane};
use super::rows::Rows;
use super::strata::sets;
use crate::codebook::Kind;
use crate::columns::{Bitmap, Column};

/// The pattern of one variable in the cells of a crossing; `whole` and `alone` are its patterns
/// without and with one variable. `None` if beside these not even the sizes of groups can be shown.
pub(super) fn crossed(
    rows: &Rows,
    column: &Column,
    ground: &Crossing,
    whole: &ItemPattern,
    alone: [&ItemPattern; 2],
) -> Option<ItemPattern> {
    let n_cells = rows.answered.len();
    let nothing = || ItemPattern::closed(rows.counts.len(), n_cells);
    if whole.hidden.contains(&true) {
        return Some(nothing());
    }
    let plane = &ground.plane;
    let base = Base {
        ground,
        sets: sets(column),
        all: match column {
            Column::Many { answered, .. } => Some(answered),
            _ => None,
        },
        alone,
        answered: plane.gather(&rows.answered),
        minimum: rows.minimum,
        is_sensitive: rows.is_sensitive && rows.kind != Kind::Number,
    };
    let shown = base.closed().and_then(|closed| {
        let shown = match rows.kind {
            Kind::Number => base.classes(rows, &closed),
            Kind::Multiple => base.choices(rows, whole, &closed)?,
            _ => base.parts(rows, whole, &closed)?,
        };
        Some((closed, shown))
    });
    let Some((closed, shown)) = shown else {
        let is_safe = !ground.is_strict || base.is_safe_unseen(rows, whole);
        return is_safe.then(nothing);
    };
    let hidden = |cells: &Vec<bool>| {
        let hidden: Vec<bool> = cells.iter().map(|it| !it).collect();
        plane.spread(&hidden)
    };
    Some(ItemPattern {
        hidden: plane.spread(&closed),
        rows: shown.iter().map(hidden).collect(),
        summaries: base.summaries(rows, column, &plane.spread(&closed)),
    })
}

struct Base<'a> {
    ground: &'a Crossing,
    /// Those in each row.
    sets: Vec<&'a Bitmap>,
    /// Of several choices, those who answered.
    all: Option<&'a Bitmap>,
    alone: [&'a ItemPattern; 2],
    answered: Vec<u32>,
    minimum: u32,
    is_sensitive: bool,
}

impl Base<'_> {
    /// Per line, or per column, what holds for the codes of either variable alone.
    fn per_sum(&self, side: usize, of: &[bool]) -> Vec<bool> {
        let axis = if side == 0 {
            &self.ground.plane.lines
        } else {
            &self.ground.plane.columns
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
            plane: &self.ground.plane,
            sizes: &self.ground.sizes,
            groups_hidden: &self.ground.hidden,
            size_needs: &self.ground.needs,
            unseen: vec![false; counts.len()],
            sums: [0, 1].map(|side| vec![self.per_sum(side, &[]); counts.len()]),
            sums_closed: [0, 1].map(|side| {
                let alone = self.alone.get(side);
                self.per_sum(side, alone.map_or(&[], |it| it.hidden.as_slice()))
            }),
            sums_stay: self.ground.is_known,
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
        field
            .counts
            .push(others(&self.ground.sizes, &self.answered));
        field.unseen.push(false);
        for sums in &mut field.sums {
            let lines = sums.first().map_or(0, Vec::len);
            sums.push(vec![false; lines]);
        }
        for (stratum, all) in field.strata.iter_mut().zip(self.ground.strata.sizes()) {
            let mut none = self.ground.plane.gather_movable(&all);
            for row in stratum.iter() {
                none = others(&none, row);
            }
            stratum.push(none);
        }
    }

    /// How many of a set can hide others, within each stratum.
    fn movable(&self, set: &Bitmap) -> Vec<Vec<u32>> {
        let strata = self.ground.strata.count(set);
        strata
            .iter()
            .map(|it| self.ground.plane.gather_movable(it))
            .collect()
    }

    /// Counts of some rows, and of all others, within each stratum.
    fn within_strata(&self, of: &[usize], with_others: bool) -> Vec<Vec<Vec<u32>>> {
        let counted: Vec<Vec<Vec<u32>>> = self.sets.iter().map(|it| self.movable(it)).collect();
        (0..self.ground.strata.n)
            .map(|stratum| {
                let row = |ix: &usize| counted.get(*ix).and_then(|it| it.get(stratum)).cloned();
                let mut rows: Vec<Vec<u32>> = of.iter().filter_map(row).collect();
                if with_others {
                    let mut rest = vec![0; self.ground.sizes.len()];
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
        let both = sums.zip(&self.ground.hidden);
        both.map(|(sum, group)| sum || *group).collect()
    }

    /// Cells in which nothing of the variable is shown: few answered, or it protects such ones.
    fn closed(&self) -> Option<Vec<bool>> {
        let missing = others(&self.ground.sizes, &self.answered);
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
        let shown = field.shown(self.ground.is_strict)?;
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
            .map(|row| self.ground.plane.gather(row))
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
        let count = |set: Option<&&Bitmap>| set.map_or_else(Vec::new, |it| self.movable(it));
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
    fn choices(&self, rows: &Rows, whole: &ItemPattern, closed: &[bool]) -> Option<Vec<Vec<bool>>> {
        let row = |(ix, row): (usize, &Vec<u32>)| {
            let nothing = || vec![false; closed.len()];
            if is_unseen(whole, ix) {
                return Some(nothing());
            }
            let field = self.choice(ix, row, closed);
            match field.shown(self.ground.is_strict).as_deref() {
                Some([yes, no, ..]) => {
                    Some(yes.iter().zip(no).map(|(yes, no)| *yes && *no).collect())
                }
                _ => self.is_choice_safe(ix, row).then(nothing),
            }
        };
        rows.counts.iter().enumerate().map(row).collect()
    }

    /// True if nothing can be told of a choice where nothing is shown of it in the crossing.
    fn is_choice_safe(&self, ix: usize, row: &[u32]) -> bool {
        if !self.ground.is_strict {
            return true;
        }
        let closed = vec![true; self.answered.len()];
        self.choice(ix, row, &closed).shown(true).is_some()
    }

    /// The same of all answers.
    fn is_safe_unseen(&self, rows: &Rows, whole: &ItemPattern) -> bool {
        let closed = vec![true; self.answered.len()];
        match rows.kind {
            Kind::Multiple => {
                let mut choices = rows.counts.iter().enumerate();
                choices.all(|(ix, row)| is_unseen(whole, ix) || self.is_choice_safe(ix, row))
            }
            _ => self.parts(rows, whole, &closed).is_some(),
        }
    }

    /// Those who chose a row, and those who did not.
    fn choice(&self, ix: usize, row: &[u32], closed: &[bool]) -> Field<'_> {
        let yes = self.ground.plane.gather(row);
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
            let cells = self.ground.plane.gather(row);
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
        let table: Vec<Vec<u32>> = rows
            .counts
            .iter()
            .map(|it| self.ground.plane.gather(it))
            .collect();
        let mut shown = closed.iter().enumerate().filter(|it| !it.1).map(|it| it.0);
        let in_one = |cell: usize| {
            let counts = table.iter().filter_map(|it| it.get(cell).copied());
            rows.are_in_one_class(counts)
        };
        let none =
            rows.counts.iter().any(small) || self.alone.iter().any(touched) || shown.any(in_one);
        let cells: Vec<bool> = closed.iter().map(|it| !it && !none).collect();
        vec![cells; rows.counts.len()]
    }

    /// Where no middles and spreads are shown. Those of scales tell nothing that shown rows do not;
    /// of numbers none may be worked out of few. A sum is known where sums of lines, columns and
    /// cells leave it: if as many as the minimum could be in every small cell, all else being the
    /// same, nothing that is left has fewer.
    fn summaries(&self, rows: &Rows, column: &Column, closed: &[bool]) -> Vec<bool> {
        let all = |is_hidden| vec![is_hidden; closed.len()];
        let Some(points) = &rows.points else {
            return all(true);
        };
        if rows.kind != Kind::Number {
            return all(false);
        }
        let axis = |it: &ItemPattern| {
            let hidden = it.summaries.iter().zip(&it.hidden);
            Axis::new(
                &hidden
                    .map(|(no, closed)| *no || *closed)
                    .collect::<Vec<_>>(),
            )
        };
        let [lines, columns] = self.alone.map(axis);
        let plane = Plane { lines, columns };
        let is_closed = plane.collect(closed);
        let count = |(place, n): (usize, u32)| {
            let count = Count::new(n, rows.score_minimum);
            Count {
                is_hidden: count.is_hidden
                    || plane.is_unpublished(place)
                    || is_closed.get(place) != Some(&false),
                ..count
            }
        };
        let counts = plane.gather(points).into_iter().enumerate().map(count);
        let mut table = Table::new(counts.collect(), plane.columns.n);
        if let Column::Numbers(numbers) = column {
            let within = self.ground.strata.count_if(|row| numbers.at(row).is_some());
            table.strata = within.iter().map(|it| plane.gather(it)).collect();
        }
        let hidden = table.hide().map(|it| plane.spread(&it));
        let tells = |hidden: &Vec<bool>| {
            let mut shown = hidden.iter().enumerate().filter(|it| !it.1);
            shown.any(|it| rows.are_same(core::iter::once(it.0)))
        };
        hidden.filter(|it| !tells(it)).unwrap_or_else(|| all(true))
    }
}
