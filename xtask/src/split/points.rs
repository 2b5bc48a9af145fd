//! The points of a function at which control may or may not arrive.

use wasmparser::{FunctionBody, Operator};

use super::source::unread;
use crate::command::Outcome;

/// What a function does, operator by operator, and how its blocks nest.
pub(super) struct Listing<'a> {
    pub(super) operators: Vec<Operator<'a>>,
    /// Where each operator stands in the module, and where the last one ends.
    pub(super) offsets: Vec<usize>,
    /// For `block`, `loop`, `if` and `else` the place of their `end`; for an `end`, of its opener.
    pub(super) partner: Vec<usize>,
    /// For an `if` the place of its `else`, where it has one; for an `else`, of its `if`.
    pub(super) other_arm: Vec<Option<usize>>,
    /// A number that tells this listing from others of the same name: of its operators alone.
    pub(super) fingerprint: u32,
}

impl<'a> Listing<'a> {
    pub(super) fn read(body: &FunctionBody<'a>, module: &[u8]) -> Outcome<Self> {
        let mut listing = Self {
            operators: Vec::new(),
            offsets: Vec::new(),
            partner: Vec::new(),
            other_arm: Vec::new(),
            fingerprint: 0x811c_9dc5,
        };
        let mut open = Vec::new();
        let mut reader = body.get_operators_reader().map_err(unread)?;
        while !reader.eof() {
            let offset = usize::try_from(reader.original_position()).map_err(unread)?;
            let operator = reader.read().map_err(unread)?;
            let place = listing.operators.len();
            listing.offsets.push(offset);
            listing.partner.push(0);
            listing.other_arm.push(None);
            match operator {
                Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                    open.push(place);
                }
                Operator::Else => {
                    let opener = open.last().copied().unwrap_or(0);
                    listing.other_arm[opener] = Some(place);
                    listing.other_arm[place] = Some(opener);
                }
                Operator::End => {
                    if let Some(opener) = open.pop() {
                        listing.partner[opener] = place;
                        listing.partner[place] = opener;
                        if let Some(other) = listing.other_arm[opener] {
                            listing.partner[other] = place;
                        }
                    }
                }
                _ => {}
            }
            // Operators that begin with 0xFC tell by their second byte which they are.
            for byte in module[offset..]
                .iter()
                .take(1 + usize::from(module[offset] == 0xfc))
            {
                listing.fingerprint =
                    (listing.fingerprint ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
            }
            listing.operators.push(operator);
        }
        let end = usize::try_from(reader.original_position()).map_err(unread)?;
        listing.offsets.push(end);
        Ok(listing)
    }

    /// The operators before which a point stands: the first, and each that may not be arrived at
    /// although the one before it was. In order; the n-th is the function's n-th point.
    pub(super) fn points(&self) -> impl Iterator<Item = usize> {
        (0..self.operators.len())
            .filter(|place| *place == 0 || parts_after(&self.operators[*place - 1]))
    }
}

/// Whether what follows may stay away although this operator was arrived at.
pub(super) fn parts_after(operator: &Operator<'_>) -> bool {
    matches!(
        operator,
        Operator::If { .. } | Operator::Else | Operator::End | Operator::BrIf { .. }
    )
}
