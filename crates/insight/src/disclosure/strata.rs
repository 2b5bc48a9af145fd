//! Respondents apart by what else they can be told apart by.
//!
//! Where several crossings are shown, an answer that is moved within one of them must not show in the
//! others. For the crossing of A and B that is so if all who take part in a move are alike in every
//! further variable C that is crossed with both: then A × C and B × C stay as they are. Crossings with
//! one of them only, or with neither, fit together with any new A × B that has the same sums: from
//! tables that agree in what they share, a table of everything can be put together, as long as the
//! graph of crossings has no circle of four or more without a chord (Lauritzen 1996, 2.1).

use crate::codebook::Codebook;
use crate::columns::bitmap::{BLOCK_ROWS, each_set};
use crate::columns::{Bitmap, Column};

/// Which stratum and which cell of a plane each respondent is in.
#[derive(Debug)]
pub(super) struct Strata {
    n_cells: usize,
    /// How many strata there are.
    pub n: usize,
    /// Per respondent, stratum × cells + cell.
    place: Vec<u32>,
}

impl Strata {
    /// `cells` are those of a plane, `further` the parts of each further variable: its shown codes,
    /// and one of all the rest.
    pub(super) fn new(rows: usize, cells: &[Bitmap], further: &[Vec<Bitmap>]) -> Self {
        let mut place = vec![0_u32; rows];
        let mut n = 1;
        for parts in further {
            n *= parts.len();
            add(&mut place, parts);
        }
        let mut seen: Vec<u32> = place.clone();
        seen.sort_unstable();
        seen.dedup();
        if n > 1 {
            // Strata without respondents are none.
            for place in &mut place {
                *place = u32::try_from(seen.partition_point(|it| it < place)).unwrap_or(u32::MAX);
            }
        }
        add(&mut place, cells);
        Self {
            n_cells: cells.len(),
            n: seen.len(),
            place,
        }
    }

    /// How many of a set are in each stratum and cell.
    pub(super) fn count(&self, set: &Bitmap) -> Vec<Vec<u32>> {
        let mut counts = vec![0; self.n * self.n_cells];
        for block_ix in 0..set.n_blocks() {
            let Some(block) = set.block(block_ix) else {
                continue;
            };
            each_set(block, |row| {
                let place = self.place.get(block_ix * BLOCK_ROWS + row);
                if let Some(slot) = place.and_then(|it| counts.get_mut(*it as usize)) {
                    *slot += 1;
                }
            });
        }
        self.apart(&counts)
    }

    /// How many respondents are in each stratum and cell.
    pub(super) fn sizes(&self) -> Vec<Vec<u32>> {
        self.count_if(|_| true)
    }

    /// How many of those respondents for whom it holds.
    pub(super) fn count_if(&self, holds: impl Fn(usize) -> bool) -> Vec<Vec<u32>> {
        let mut counts = vec![0; self.n * self.n_cells];
        for (row, place) in self.place.iter().enumerate() {
            if let Some(slot) = counts.get_mut(*place as usize).filter(|_| holds(row)) {
                *slot += 1;
            }
        }
        self.apart(&counts)
    }

    fn apart(&self, counts: &[u32]) -> Vec<Vec<u32>> {
        let strata = counts.chunks(self.n_cells.max(1));
        strata.map(<[u32]>::to_vec).collect()
    }
}

fn add(place: &mut [u32], parts: &[Bitmap]) {
    let n = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    for slot in place.iter_mut() {
        *slot = slot.saturating_mul(n);
    }
    for (part, set) in (0..).zip(parts) {
        for block_ix in 0..set.n_blocks() {
            let Some(block) = set.block(block_ix) else {
                continue;
            };
            each_set(block, |row| {
                if let Some(slot) = place.get_mut(block_ix * BLOCK_ROWS + row) {
                    *slot += part;
                }
            });
        }
    }
}

/// Those who gave each answer, as rows of a table: the codes, then what is outside the codebook.
pub(super) fn sets(column: &Column) -> Vec<&Bitmap> {
    match column {
        Column::One { codes, other } | Column::Many { codes, other, .. } => {
            codes.iter().chain([other]).collect()
        }
        Column::Numbers(_) | Column::Texts(_) => Vec::new(),
    }
}

/// Places of the variables that are crossed with both of two.
pub(super) fn further(codebook: &Codebook, variables: &[usize]) -> Vec<usize> {
    let backgrounds: Vec<(usize, &str)> = codebook
        .items()
        .enumerate()
        .filter(|(_, (question, item))| super::pattern::is_background(question, item))
        .map(|(ix, (_, item))| (ix, item.name.as_str()))
        .collect();
    let crossed = |one: &str, other: &str| one != other && codebook.may_cross(one, other);
    let names: Vec<&str> = backgrounds.iter().map(|it| it.1).collect();
    let is_chordal = is_chordal(&names, &crossed);
    let own: Vec<&str> = backgrounds
        .iter()
        .filter(|it| variables.contains(&it.0))
        .map(|it| it.1)
        .collect();
    let third = |it: &&(usize, &str)| {
        !own.contains(&it.1) && (!is_chordal || own.iter().all(|own| crossed(own, it.1)))
    };
    backgrounds.iter().filter(third).map(|it| it.0).collect()
}

/// True if variables can be taken away one by one, each with all its neighbours crossed with each
/// other.
fn is_chordal(names: &[&str], crossed: &dyn Fn(&str, &str) -> bool) -> bool {
    let mut left: Vec<&str> = names.to_vec();
    let is_simple = |it: &str, left: &[&str]| {
        let near: Vec<&str> = left
            .iter()
            .copied()
            .filter(|other| crossed(it, other))
            .collect();
        let mut pairs = near
            .iter()
            .flat_map(|one| near.iter().map(move |other| (one, other)));
        pairs.all(|(one, other)| one == other || crossed(one, other))
    };
    while let Some(ix) = left.iter().position(|it| is_simple(it, &left)) {
        left.swap_remove(ix);
    }
    left.is_empty()
}
