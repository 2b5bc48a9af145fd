//! Numbers in cells that may be codes of choices or their places, which is decided column by column.
//!
//! A scale whose codes run from 5 to 1 has its answers reversed if places are taken for codes. Most
//! numbers could be either. One that can only be a place, or only a code, proves its column; where
//! none does, the columns of the file that are proven decide, and it is told that this is not sure.

use super::guess::category;
use crate::codebook::Item;

/// What a number in a cell stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Positions {
    /// The choice with this code.
    #[default]
    Codes,
    /// The choice at this place, counted from one; a number beyond the choices is a code.
    Places,
    /// The answers decide.
    Unclear,
}

/// A column that could be read in another way, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsure {
    /// Its heading.
    pub heading: String,
    /// How it was read.
    pub taken: Taken,
}

/// What a column that could be read in several ways was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Its numbers for codes.
    Codes,
    /// Its numbers for places, as in the other columns of the file.
    Places,
    /// The column, or its answers, by the order of codes that `LimeSurvey` gives by itself.
    Order,
}

impl Taken {
    const ALL: [Self; 3] = [Self::Codes, Self::Places, Self::Order];

    /// A stable code: `codes`, `places`, `order`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Codes => "codes",
            Self::Places => "places",
            Self::Order => "order",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// What a number means under either reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    /// The choice with this code.
    pub coded: Option<usize>,
    /// The choice at this place.
    pub placed: Option<usize>,
}

impl Reading {
    /// `None` for cells that are no number of a choice, or are said in words.
    pub(super) fn of(item: &Item, cell: &str) -> Option<Self> {
        let place = cell
            .parse()
            .ok()
            .filter(|it: &usize| it.to_string() == cell);
        let placed = place.and_then(|it| it.checked_sub(1));
        let placed = placed.filter(|it| *it < item.categories.len());
        let coded = item.categories.iter().position(|it| it.code() == cell);
        let is_word = coded.is_none() && category(&item.categories, cell).is_some();
        let read = Self { coded, placed };
        (!is_word && (coded.is_some() || placed.is_some())).then_some(read)
    }
}

/// True where some number is the code of one choice and the place of another.
pub fn may_be_places(item: &Item) -> bool {
    let codes = item.categories.iter().enumerate();
    let mut read = codes.filter_map(|(ix, it)| Some((ix, Reading::of(item, &it.code())?)));
    read.any(|(ix, it)| it.placed.is_some_and(|placed| placed != ix))
}

/// What the cells of a column have proved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Proof {
    /// A number that can only be a place.
    pub place: bool,
    /// A number that can only be a code.
    pub code: bool,
}

impl Proof {
    pub(super) fn see(&mut self, read: Reading) {
        self.place |= read.coded.is_none();
        self.code |= read.placed.is_none();
    }

    /// `None` where nothing is proved, or both.
    pub(super) fn says_places(self) -> Option<bool> {
        (self.place != self.code).then_some(self.place)
    }
}

/// Numbers that wait until it is known what they are: row, number's readings.
#[derive(Debug, Clone, Default)]
pub(super) struct Waiting {
    rows: Vec<(u32, Reading)>,
    /// How many of these belong to rows that were read to their end.
    kept: usize,
}

impl Waiting {
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn push(&mut self, row: u32, read: Reading) {
        self.rows.push((row, read));
    }

    /// The row was good, or it is forgotten.
    pub(super) fn end_row(&mut self, is_good: bool) {
        if is_good {
            self.kept = self.rows.len();
        } else {
            self.rows.truncate(self.kept);
        }
    }

    /// Row and choice of each.
    pub(super) fn settle(&self, as_places: bool) -> impl Iterator<Item = (u32, usize)> + use<'_> {
        self.rows.iter().filter_map(move |(row, read)| {
            let choice = if as_places {
                read.placed.or(read.coded)
            } else {
                read.coded.or(read.placed)
            };
            Some((*row, choice?))
        })
    }
}
