//! How a region is called where it stood, and where it leads.

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{BlockType, Instruction, ValType};
use wasmparser::Operator;

use super::locals::{Locals, Needed};
use super::points::Listing;
use super::regions::Region;
use super::renumbered::Renumbered;
use super::source::unread;
use crate::command::Outcome;

/// How many bytes a lane has to save where it stood.
const WORTH: usize = 4;

/// Where a lane may be left for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// On past the end of the region.
    Fall,
    /// To the label of this depth, counted where the region starts.
    Label(u32),
}

/// How a region is called and left.
pub(super) struct Crossing {
    /// The locals that it gets and that it gives back.
    pub(super) parameters: Vec<u32>,
    pub(super) results: Vec<u32>,
    pub(super) exits: Vec<Exit>,
    /// What the exits carry, if they carry something; others then carry zeros.
    pub(super) carried: Vec<ValType>,
    /// Whether all exits carry that.
    alike: bool,
}

impl Region {
    /// The label of the whole function.
    pub(super) fn last_label(&self) -> u32 {
        u32::try_from(self.labels.len() - 1).unwrap_or(u32::MAX)
    }

    /// The exit that a branch to this label takes.
    pub(super) fn exit(&self, label: u32) -> Exit {
        if label == 0 && !self.in_loop {
            Exit::Fall
        } else {
            Exit::Label(label)
        }
    }

    /// What an exit carries.
    pub(super) fn carried(&self, exit: Exit) -> Outcome<Vec<ValType>> {
        encoded(match exit {
            Exit::Fall if self.in_loop => self.falls.as_deref().unwrap_or_default(),
            Exit::Fall => &self.labels[0],
            Exit::Label(label) => &self.labels[label as usize],
        })
    }
}

/// Types as the encoder names them.
pub(super) fn encoded(types: &[wasmparser::ValType]) -> Outcome<Vec<ValType>> {
    types
        .iter()
        .map(|it| RoundtripReencoder.val_type(*it).map_err(unread))
        .collect()
}

/// What a region mentions, and where it leads.
#[derive(Default)]
struct Mentions {
    locals: Locals,
    written: Locals,
    exits: Vec<Exit>,
    /// Whether it ends the function in a way that no call can imitate.
    is_strange: bool,
}

impl Mentions {
    fn of(listing: &Listing<'_>, region: &Region) -> Outcome<Self> {
        let mut found = Self::default();
        if region.falls.is_some() {
            found.exits.push(Exit::Fall);
        }
        let mut depth = 0;
        for operator in &listing.operators[region.from..region.to] {
            let mut leave = |label: u32| {
                let out = label.checked_sub(depth).map(|it| region.exit(it));
                found.exits.extend(out);
            };
            match operator {
                Operator::LocalGet { local_index } => found.locals.add(*local_index),
                Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                    found.locals.add(*local_index);
                    found.written.add(*local_index);
                }
                Operator::Br { relative_depth } | Operator::BrIf { relative_depth } => {
                    leave(*relative_depth);
                }
                Operator::BrTable { targets } => {
                    leave(targets.default());
                    for target in targets.targets() {
                        leave(target.map_err(unread)?);
                    }
                }
                Operator::Return => leave(depth + region.last_label()),
                Operator::ReturnCall { .. } | Operator::ReturnCallIndirect { .. } => {
                    found.is_strange = true;
                }
                Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => depth += 1,
                Operator::End => depth -= 1,
                _ => {}
            }
        }
        found.exits.sort_unstable();
        found.exits.dedup();
        Ok(found)
    }
}

impl Crossing {
    /// How the region is called and left, if it can be and that saves something.
    pub(super) fn of(
        listing: &Listing<'_>,
        region: &Region,
        needed: &Needed,
    ) -> Outcome<Option<Self>> {
        let mentions = Mentions::of(listing, region)?;
        let exits = mentions.exits;
        let mut after = Locals::default();
        let mut kinds = Vec::new();
        for exit in &exits {
            after.add_all(match exit {
                Exit::Fall => &needed.after,
                Exit::Label(label) => &needed.labels[*label as usize],
            });
            kinds.push(region.carried(*exit)?);
        }
        kinds.sort_unstable_by_key(Vec::len);
        kinds.dedup();
        let alike = kinds.len() < 2;
        let one_kind = alike || (kinds.len() == 2 && kinds[0].is_empty());
        if mentions.is_strange || !one_kind {
            return Ok(None);
        }
        let crossing = Self {
            parameters: mentions.locals.both(&needed.here),
            results: mentions.written.both(&after),
            alike,
            carried: kinds.pop().unwrap_or_default(),
            exits,
        };
        let size = listing.offsets[region.to] - listing.offsets[region.from];
        Ok((size >= crossing.size() + WORTH).then_some(crossing))
    }

    /// About how many bytes [`Crossing::write`] takes.
    fn size(&self) -> usize {
        // A call with its place in the table, a local for each parameter and result, a branch for
        // each exit.
        let call = 6 + 2 * (self.parameters.len() + self.results.len());
        let branches = 2 * self.exits.len();
        call + if self.alike {
            branches
        } else {
            3 * branches + 6
        }
    }

    /// Whether the number of its exit is among a lane's results.
    pub(super) fn tells_exit(&self) -> bool {
        self.exits.len() > 1
    }

    /// Writes the call of a lane and the branches after it.
    pub(super) fn write(&self, region: &Region, lane: u32, writer: &mut Renumbered) -> Outcome {
        for local in &self.parameters {
            let local = writer.local(*local);
            writer.write(&Instruction::LocalGet(local));
        }
        writer.write(&Instruction::Call(lane));
        for local in self.results.iter().rev() {
            let local = writer.local(*local);
            writer.write(&Instruction::LocalSet(local));
        }
        let label_of = |exit: &Exit| match exit {
            Exit::Fall if region.in_loop => None,
            Exit::Fall => Some(0),
            Exit::Label(label) => Some(*label),
        };
        match &self.exits[..] {
            [] => writer.write(&Instruction::Unreachable),
            [Exit::Fall] => {}
            [Exit::Label(label)] => writer.write(&Instruction::Br(*label)),
            [first, Exit::Label(second)] if self.alike => {
                writer.write(&Instruction::BrIf(*second));
                if let Exit::Label(first) = first {
                    writer.write(&Instruction::Br(*first));
                }
            }
            exits if self.alike && exits.iter().all(|it| label_of(it).is_some()) => {
                let mut labels: Vec<u32> = exits.iter().filter_map(label_of).collect();
                let last = labels.pop().unwrap_or(0);
                writer.write(&Instruction::BrTable(labels.into(), last));
            }
            exits => self.write_tests(exits, region, writer)?,
        }
        Ok(())
    }

    /// Writes a test for each exit: they do not all carry the same.
    fn write_tests(&self, exits: &[Exit], region: &Region, writer: &mut Renumbered) -> Outcome {
        let number = writer.fresh(ValType::I32);
        writer.write(&Instruction::LocalSet(number));
        let carried: Vec<u32> = self.carried.iter().map(|it| writer.fresh(*it)).collect();
        for local in carried.iter().rev() {
            writer.write(&Instruction::LocalSet(*local));
        }
        // The way on past the end, if there is one, comes first among the exits.
        for (code, exit) in exits.iter().enumerate().rev() {
            let is_last = code == 0;
            if !is_last {
                writer.write(&Instruction::LocalGet(number));
                writer.write(&Instruction::I32Const(i32::try_from(code).map_err(unread)?));
                writer.write(&Instruction::I32Eq);
                writer.write(&Instruction::If(BlockType::Empty));
            }
            if !region.carried(*exit)?.is_empty() {
                for local in &carried {
                    writer.write(&Instruction::LocalGet(*local));
                }
            }
            if let Exit::Label(label) = exit {
                writer.write(&Instruction::Br(label + u32::from(!is_last)));
            }
            if !is_last {
                writer.write(&Instruction::End);
            }
        }
        Ok(())
    }
}
