//! The cells that two background variables make together.

use super::cells::{Count, Table};

/// One background variable of a crossing: its codes and a last one for those without.
#[derive(Debug, Clone)]
pub(super) struct Axis {
    /// Per code, its place among lines (or columns).
    pub place: Vec<usize>,
    /// How many lines (or columns) there are; the last holds all codes that are hidden.
    pub n: usize,
    /// True if nothing but those without a code is in the last one: how many they are is known.
    pub only_rest: bool,
}

impl Axis {
    /// `hidden` as in [`super::Pattern::hidden`]: the last is for those without a code.
    pub(super) fn new(hidden: &[bool]) -> Self {
        let n_shown = hidden.iter().filter(|it| !**it).count();
        let mut next = 0;
        let place = hidden.iter().map(|hidden| {
            if *hidden {
                n_shown
            } else {
                next += 1;
                next - 1
            }
        });
        Self {
            place: place.collect(),
            n: n_shown + 1,
            only_rest: hidden.len() == n_shown + 1,
        }
    }
}

/// Both variables.
#[derive(Debug, Clone)]
pub(super) struct Plane {
    pub lines: Axis,
    pub columns: Axis,
}

/// A cell of the plane.
pub(super) type Place = usize;

impl Plane {
    /// Number of cells.
    pub(super) fn len(&self) -> usize {
        self.lines.n * self.columns.n
    }

    /// Sums what was counted per pair of codes into the plane's cells.
    pub(super) fn gather(&self, counts: &[u32]) -> Vec<u32> {
        let mut sums = vec![0; self.len()];
        for (place, count) in self.places().zip(counts) {
            if let Some(slot) = sums.get_mut(place) {
                *slot += count;
            }
        }
        sums
    }

    /// The same without those who have no code where they share a cell with hidden codes: in worlds
    /// in which they change, a hidden code by itself need not.
    pub(super) fn gather_movable(&self, counts: &[u32]) -> Vec<u32> {
        let (n_lines, n_columns) = (self.lines.place.len(), self.columns.place.len());
        let mut movable = counts.to_vec();
        for (ix, slot) in movable.iter_mut().enumerate() {
            let (line, column) = (ix / n_columns.max(1), ix % n_columns.max(1));
            let shares = (!self.lines.only_rest && line + 1 == n_lines)
                || (!self.columns.only_rest && column + 1 == n_columns);
            if shares {
                *slot = 0;
            }
        }
        self.gather(&movable)
    }

    /// The other way: what holds for a cell holds for every pair of codes in it.
    pub(super) fn spread(&self, of: &[bool]) -> Vec<bool> {
        let places = self.places();
        places
            .map(|it| of.get(it).copied().unwrap_or(true))
            .collect()
    }

    /// Per cell what holds for each pair of codes in it.
    pub(super) fn collect(&self, of: &[bool]) -> Vec<bool> {
        let mut cells = vec![true; self.len()];
        for (place, it) in self.places().zip(of) {
            if let Some(slot) = cells.get_mut(place) {
                *slot = *it;
            }
        }
        cells
    }

    fn places(&self) -> impl Iterator<Item = Place> {
        let lines = self.lines.place.iter();
        lines.flat_map(move |line| {
            let columns = self.columns.place.iter();
            columns.map(move |column| line * self.columns.n + column)
        })
    }

    /// Cells of shown codes, each with the places of its codes.
    pub(super) fn single_cells(&self) -> impl Iterator<Item = (Place, [usize; 2])> {
        let places = self.places().enumerate();
        let shown = places.filter(|(_, place)| !self.is_unpublished(*place));
        let n = self.columns.place.len();
        shown.map(move |(ix, place)| (place, [ix / n, ix % n]))
    }

    /// Line and column of a cell.
    pub(super) fn at(&self, place: Place) -> (usize, usize) {
        (place / self.columns.n, place % self.columns.n)
    }

    /// True for those without a code, of whom it is known how many they are.
    pub(super) fn is_rest(&self, place: Place) -> bool {
        let (line, column) = self.at(place);
        (self.lines.only_rest && line + 1 == self.lines.n)
            || (self.columns.only_rest && column + 1 == self.columns.n)
    }

    /// True for cells that have no place of their own on the page.
    pub(super) fn is_unpublished(&self, place: Place) -> bool {
        let (line, column) = self.at(place);
        line + 1 == self.lines.n || column + 1 == self.columns.n
    }
}

/// Which groups are hidden, from how many respondents are in each and in each stratum; `None` if the
/// crossing cannot be shown at all.
pub(super) fn hide_groups(
    plane: &Plane,
    sizes: &[Count],
    strata: Vec<Vec<u32>>,
) -> Option<Vec<bool>> {
    let counts = sizes.iter().enumerate().map(|(ix, size)| Count {
        is_hidden: size.is_hidden || plane.is_unpublished(ix),
        need: if plane.is_rest(ix) { 0 } else { size.need },
        ..*size
    });
    Table {
        counts: counts.collect(),
        n_columns: plane.columns.n,
        closed: (0..sizes.len()).map(|ix| plane.is_rest(ix)).collect(),
        strata,
        apart: Vec::new(),
    }
    .hide()
}
