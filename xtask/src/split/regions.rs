//! The parts of a function that the first load does not run.

use std::collections::BTreeMap;

use wasmparser::{
    BlockType, FrameKind, FuncToValidate, FuncType, FuncValidatorAllocations, FunctionBody,
    Operator, Parser, ValType, ValidPayload, Validator, ValidatorResources, WasmFeatures,
};

use super::points::Listing;
use super::source::{Source, unread};
use crate::command::Outcome;

/// The end of a list of operators, from the first point that was not arrived at.
pub(super) struct Region {
    /// The place of its first operator.
    pub(super) from: usize,
    /// The place of the `end` or `else` after it.
    pub(super) to: usize,
    /// What lies on the stack of its block where it starts.
    pub(super) operands: Vec<ValType>,
    /// What a branch out of it carries, the innermost block first, the function last.
    pub(super) labels: Vec<Vec<ValType>>,
    /// What lies on the stack at its end, if that can be arrived at.
    pub(super) falls: Option<Vec<ValType>>,
    /// Whether its block is a loop, so that a branch to it leads back and not out.
    pub(super) in_loop: bool,
}

/// Where the regions of a function start and end.
pub(super) fn places(listing: &Listing<'_>, points: &[bool]) -> BTreeMap<usize, usize> {
    let mut away = vec![false; listing.operators.len()];
    for (place, point) in listing.points().zip(points) {
        away[place] = !point;
    }
    let mut found = BTreeMap::new();
    let last = listing.operators.len() - 1;
    let mut lists = vec![(0, last)];
    while let Some((mut place, to)) = lists.pop() {
        while place < to {
            if away[place] {
                found.insert(place, to);
                break;
            }
            match listing.operators[place] {
                Operator::Block { .. } | Operator::Loop { .. } => {
                    lists.push((place + 1, listing.partner[place]));
                    place = listing.partner[place];
                }
                Operator::If { .. } => {
                    let end = listing.partner[place];
                    match listing.other_arm[place] {
                        Some(other) => {
                            lists.push((place + 1, other));
                            lists.push((other + 1, end));
                        }
                        None => lists.push((place + 1, end)),
                    }
                    place = end;
                }
                // What follows cannot be arrived at and costs nothing.
                Operator::Br { .. }
                | Operator::BrTable { .. }
                | Operator::Return
                | Operator::Unreachable => break,
                _ => {}
            }
            place += 1;
        }
    }
    found
}

/// Looks into the types of functions.
pub(super) struct Types<'s> {
    source: &'s Source<'s>,
    waiting: Vec<Option<FuncToValidate<ValidatorResources>>>,
    allocations: FuncValidatorAllocations,
}

impl<'s> Types<'s> {
    pub(super) fn of(source: &'s Source<'s>) -> Outcome<Self> {
        let mut validator = Validator::new_with_features(WasmFeatures::all());
        let mut waiting = Vec::new();
        for payload in Parser::new(0).parse_all(source.bytes) {
            let payload = payload.map_err(unread)?;
            if let ValidPayload::Func(function, _) = validator.payload(&payload).map_err(unread)? {
                waiting.push(Some(function));
            }
        }
        Ok(Self {
            source,
            waiting,
            allocations: FuncValidatorAllocations::default(),
        })
    }

    /// The types of a function's locals, and the regions at `places`; without those that can never
    /// be arrived at.
    pub(super) fn regions(
        &mut self,
        body_ix: usize,
        body: &FunctionBody<'_>,
        listing: &Listing<'_>,
        places: &BTreeMap<usize, usize>,
    ) -> Outcome<(Vec<ValType>, Vec<Region>)> {
        let function = self.waiting[body_ix]
            .take()
            .ok_or("a function was looked into twice")?;
        let mut validator = function.into_validator(std::mem::take(&mut self.allocations));
        let mut reader = body.get_binary_reader();
        validator.read_locals(&mut reader).map_err(unread)?;
        let locals = (0..validator.len_locals())
            .filter_map(|local| validator.get_local_type(local))
            .collect();
        let mut regions: Vec<Region> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for (place, operator) in listing.operators.iter().enumerate() {
            while let Some(ix) = open.pop_if(|ix| regions[*ix].to == place) {
                let frame = validator
                    .get_control_frame(0)
                    .ok_or("a region ends outside of every block")?;
                if !frame.unreachable {
                    regions[ix].falls = Some(self.results(frame.block_type));
                }
            }
            if let Some(to) = places.get(&place) {
                let frame = validator
                    .get_control_frame(0)
                    .ok_or("a region starts outside of every block")?;
                let n_operands = validator.operand_stack_height() as usize - frame.height as usize;
                let operands: Option<Vec<ValType>> = (0..n_operands)
                    .rev()
                    .map(|depth| validator.get_operand_type(depth).flatten())
                    .collect();
                if let Some(operands) = operands.filter(|_| !frame.unreachable) {
                    let depths = 0..validator.control_stack_height() as usize;
                    let labels = depths
                        .filter_map(|depth| validator.get_control_frame(depth))
                        .map(|frame| match frame.kind {
                            FrameKind::Loop => self.parameters(frame.block_type),
                            _ => self.results(frame.block_type),
                        })
                        .collect();
                    open.push(regions.len());
                    regions.push(Region {
                        from: place,
                        to: *to,
                        operands,
                        labels,
                        falls: None,
                        in_loop: frame.kind == FrameKind::Loop,
                    });
                }
            }
            validator
                .op(listing.offsets[place] as u64, operator)
                .map_err(unread)?;
        }
        self.allocations = validator.into_allocations();
        Ok((locals, regions))
    }

    fn function_type(&self, ty: u32) -> &FuncType {
        &self.source.types[ty as usize]
    }

    fn parameters(&self, ty: BlockType) -> Vec<ValType> {
        match ty {
            BlockType::FuncType(ty) => self.function_type(ty).params().to_vec(),
            BlockType::Empty | BlockType::Type(_) => Vec::new(),
        }
    }

    fn results(&self, ty: BlockType) -> Vec<ValType> {
        match ty {
            BlockType::FuncType(ty) => self.function_type(ty).results().to_vec(),
            BlockType::Type(ty) => vec![ty],
            BlockType::Empty => Vec::new(),
        }
    }
}
