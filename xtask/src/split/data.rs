//! Which data the first half needs: what its code names, and what that points to.

use wasm_encoder::MemArg;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasmparser::{FunctionBody, Operator};

use super::layout::Layout;
use super::source::{Source, unread};
use crate::command::Outcome;

/// For each byte of each data segment, true if it goes to the rest.
pub(super) type Goes = Vec<Vec<bool>>;

/// Finds the data that only functions of the rest need; `goes` says for each function, imported
/// ones included, whether it is one of those.
///
/// Only constants go, and only pieces that the linker knows: bytes between them stay.
pub(super) fn plan(source: &Source<'_>, goes: &[bool], layout: &Layout) -> Outcome<Goes> {
    let mut stays: Vec<bool> = layout.pieces.iter().map(|piece| piece.changes).collect();
    let mut waiting: Vec<usize> = (0..stays.len()).filter(|piece| stays[*piece]).collect();
    for (body, goes) in source.bodies.iter().zip(&goes[source.n_imported..]) {
        if !goes {
            for address in addresses(body)? {
                waiting.extend(layout.meant(address));
            }
        }
    }
    while let Some(piece) = waiting.pop() {
        if !std::mem::replace(&mut stays[piece], true) || layout.pieces[piece].changes {
            waiting.extend(layout.inner[piece].iter().filter(|it| !stays[**it]));
        }
    }
    let mut goes: Goes = source
        .data
        .iter()
        .map(|segment| vec![false; segment.bytes.len()])
        .collect();
    for (piece, stays) in layout.pieces.iter().zip(stays) {
        for (segment, goes) in source.data.iter().zip(&mut goes) {
            let from = piece.address.saturating_sub(segment.address) as usize;
            let to = (piece.address + piece.size).saturating_sub(segment.address) as usize;
            let to = to.min(goes.len());
            if from < to {
                goes[from..to].fill(!stays);
            }
        }
    }
    Ok(goes)
}

impl Layout {
    /// The pieces that code may mean by a number, if it is an address at all.
    fn meant(&self, number: u32) -> Vec<usize> {
        let (Some(first), Some(last)) = (self.pieces.first(), self.pieces.last()) else {
            return Vec::new();
        };
        match self.named.get(&number) {
            Some(pieces) => pieces.clone(),
            // Put together after linking: it may lie anywhere around.
            None if (first.address..=last.address + last.size).contains(&number) => {
                let here = self.piece_at(number);
                (here.saturating_sub(1)..=here + 1)
                    .filter(|piece| *piece < self.pieces.len())
                    .collect()
            }
            None => Vec::new(),
        }
    }
}

/// The numbers in a function that may be addresses.
fn addresses(body: &FunctionBody<'_>) -> Outcome<Vec<u32>> {
    let mut found = Addresses(Vec::new());
    for operator in body.get_operators_reader().map_err(unread)? {
        let operator = operator.map_err(unread)?;
        if let Operator::I32Const { value } = operator {
            found.0.push(value.cast_unsigned());
        }
        found.instruction(operator).map_err(unread)?;
    }
    Ok(found.0)
}

/// Hears what is added to addresses, too.
struct Addresses(Vec<u32>);

impl Reencode for Addresses {
    type Error = std::convert::Infallible;

    fn mem_arg(&mut self, arg: wasmparser::MemArg) -> Result<MemArg, Error> {
        self.0.extend(u32::try_from(arg.offset).ok());
        utils::mem_arg(self, arg)
    }
}
