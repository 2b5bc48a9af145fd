//! Writes functions anew, with other locals.

use std::collections::BTreeMap;

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{Encode, Function, Instruction, ValType};
use wasmparser::Operator;

use super::source::unread;
use crate::command::Outcome;

/// Writes a function anew, with those locals alone that it still mentions.
pub(super) struct Renumbered {
    types: Vec<ValType>,
    n_parameters: usize,
    pub(super) new_index: BTreeMap<u32, u32>,
    /// The types of the locals after the parameters.
    new_types: Vec<ValType>,
    /// What is added to a local's index before it is looked up.
    pub(super) shift: u32,
    code: Vec<u8>,
}

impl Renumbered {
    /// A function whose locals have these types; the first are its parameters.
    pub(super) fn new(types: Vec<ValType>, n_parameters: usize) -> Self {
        Self {
            new_index: (0u32..).take(n_parameters).map(|it| (it, it)).collect(),
            new_types: Vec::new(),
            shift: 0,
            code: Vec::new(),
            types,
            n_parameters,
        }
    }

    pub(super) fn write(&mut self, instruction: &Instruction<'_>) {
        instruction.encode(&mut self.code);
    }

    pub(super) fn fresh(&mut self, ty: ValType) -> u32 {
        self.new_types.push(ty);
        u32::try_from(self.n_parameters + self.new_types.len() - 1).unwrap_or(u32::MAX)
    }

    pub(super) fn local(&mut self, local: u32) -> u32 {
        let local = local + self.shift;
        if let Some(known) = self.new_index.get(&local) {
            return *known;
        }
        let new = self.fresh(self.types[local as usize]);
        self.new_index.insert(local, new);
        new
    }

    pub(super) fn operator(&mut self, operator: &Operator<'_>) -> Outcome {
        let instruction = match operator {
            Operator::LocalGet { local_index } => Instruction::LocalGet(self.local(*local_index)),
            Operator::LocalSet { local_index } => Instruction::LocalSet(self.local(*local_index)),
            Operator::LocalTee { local_index } => Instruction::LocalTee(self.local(*local_index)),
            other => RoundtripReencoder
                .instruction(other.clone())
                .map_err(unread)?,
        };
        self.write(&instruction);
        Ok(())
    }

    pub(super) fn finish(self) -> Function {
        let mut function = Function::new_with_locals_types(self.new_types);
        function.raw(self.code);
        function
    }
}
