//! What must not be told of a variable in a crossing: its small counts.

use super::cells::is_small;
use super::crossing::Field;
use super::network::Aim;
use super::plane::Place;

/// Something to be protected.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    pub aim: Aim,
    /// True if the plane is looked at with lines and columns exchanged.
    pub turned: bool,
    pub answer: usize,
    pub amount: u32,
    /// What will do where `amount` cannot be reached. One will also do the other way.
    pub least: u32,
}

impl Target {
    /// By how much its count must be able to change.
    pub(super) fn wanted(self) -> f64 {
        match self.aim {
            Aim::CellDown(..) | Aim::LineDown(_) => 1.0,
            _ => f64::from(self.least),
        }
    }

    /// True for the count of a single cell.
    pub(super) fn is_cell(self) -> bool {
        matches!(self.aim, Aim::CellUp(..) | Aim::CellDown(..))
    }

    /// The other way, if that will do.
    pub(super) fn other_way(self) -> Option<Self> {
        let aim = match self.aim {
            Aim::CellUp(line, column) => Aim::CellDown(line, column),
            Aim::LineUp(line) => Aim::LineDown(line),
            _ => return None,
        };
        (self.least <= 1).then_some(Self {
            aim,
            amount: 1,
            least: 1,
            ..self
        })
    }

    /// Of a small group's sum all cells that are not nobody are hidden, and of a hidden group
    /// everything: with many respondents nothing more is asked for.
    pub(super) fn is_uncertain_anyway(&self) -> bool {
        match self.aim {
            Aim::LineUp(_) => self.least <= 1,
            Aim::SizeUp(..) => true,
            _ => false,
        }
    }
}

impl Field<'_> {
    /// Small counts, the smallest first; then those of the variables alone, and small groups.
    pub(super) fn targets(&self) -> Vec<Target> {
        let mut cells = Vec::new();
        for answer in self.answers() {
            for place in 0..self.plane.len() {
                let count = self.count(answer, place);
                if is_small(count, self.minimum) {
                    cells.push((count, place, answer));
                }
            }
        }
        cells.sort_unstable();
        let alike = (0..self.plane.len())
            .filter(|place| !self.is_hidden_anyway(*place))
            .filter_map(|place| Some((place, self.alike(place)?)))
            .filter(|(place, answer)| !is_small(self.count(*answer, *place), self.minimum));
        let alike = alike.map(|(place, answer)| {
            let (line, column) = self.plane.at(place);
            Target {
                aim: Aim::CellDown(line, column),
                turned: false,
                answer,
                amount: 1,
                least: 1,
            }
        });
        let mut targets: Vec<Target> = cells
            .into_iter()
            .map(|(count, place, answer)| self.target(count, place, answer))
            .chain(alike)
            .collect();
        for turned in [false, true] {
            let axis = if turned {
                &self.plane.columns
            } else {
                &self.plane.lines
            };
            for line in 0..axis.n - usize::from(axis.only_rest) {
                // Of codes that are hidden for others' sake it must not be told either.
                let can_be_large = self.size_along(line, turned) >= self.minimum;
                for answer in self.answers() {
                    let count = self.sum(answer, line, turned);
                    if is_small(count, self.minimum) {
                        let missing = self.minimum - count;
                        targets.push(Target {
                            aim: Aim::LineUp(line),
                            turned,
                            answer,
                            amount: missing.max(2),
                            least: if can_be_large { missing } else { 1 },
                        });
                    }
                }
            }
        }
        let needs = self.size_needs.iter().enumerate();
        let small = needs.filter(|(place, need)| **need > 0 && !self.plane.is_rest(*place));
        targets.extend(small.map(|(place, need)| {
            let (line, column) = self.plane.at(place);
            Target {
                aim: Aim::SizeUp(line, column),
                turned: false,
                answer: 0,
                amount: *need,
                least: *need,
            }
        }));
        targets
    }

    pub(super) fn target(&self, count: u32, place: Place, answer: usize) -> Target {
        let (line, column) = self.plane.at(place);
        let size = self.sizes.get(place).copied().unwrap_or(0);
        let wanted = (self.minimum - count).max(2);
        let room = size.saturating_sub(count);
        let missing = self.minimum - count;
        let up = Aim::CellUp(line, column);
        let (aim, amount, least) = match (self.is_size_known(place), room) {
            // All of them gave this answer; it must not be certain that they did.
            (true, 0) => (Aim::CellDown(line, column), 1, 1),
            _ if size < self.minimum => (up, 1, 1),
            (true, room) => (up, room.min(wanted), missing),
            (false, _) => (up, wanted, missing),
        };
        Target {
            aim,
            turned: false,
            answer,
            amount,
            least,
        }
    }

    fn sum(&self, answer: usize, line: usize, turned: bool) -> u32 {
        let places = self.along(line, turned);
        places.map(|place| self.count(answer, place)).sum()
    }

    /// How many respondents are along a line or a column.
    fn size_along(&self, line: usize, turned: bool) -> u32 {
        let places = self.along(line, turned);
        places.filter_map(|place| self.sizes.get(place)).sum()
    }
}
