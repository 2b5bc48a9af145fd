//! The function that a region becomes.

use wasm_encoder::{BlockType, Function, Instruction, ValType};
use wasmparser::Operator;

use super::crossing::{Crossing, Exit, encoded};
use super::points::Listing;
use super::regions::Region;
use super::renumbered::Renumbered;
use super::source::unread;
use crate::command::Outcome;

/// What a function gets and gives.
pub(super) type Signature = (Vec<ValType>, Vec<ValType>);

/// A function that is being made of a region.
pub(super) struct Lane<'s> {
    pub(super) listing: &'s Listing<'s>,
    pub(super) region: &'s Region,
    pub(super) crossing: &'s Crossing,
    /// The types of the locals where the region stood.
    pub(super) locals: &'s [ValType],
}

impl Lane<'_> {
    /// Operands and locals in; operands, the number of the exit and locals out.
    pub(super) fn signature(&self) -> Outcome<Signature> {
        let of = |chosen: &[u32]| -> Vec<ValType> {
            chosen.iter().map(|it| self.locals[*it as usize]).collect()
        };
        let mut parameters = encoded(&self.region.operands)?;
        parameters.extend(of(&self.crossing.parameters));
        let mut results = self.crossing.carried.clone();
        if self.crossing.tells_exit() {
            results.push(ValType::I32);
        }
        results.extend(of(&self.crossing.results));
        Ok((parameters, results))
    }

    /// The region inside one block for each exit, so that a branch out of it leads to the end of
    /// the exit's block; `type_index` finds the type of a block.
    pub(super) fn body(
        &self,
        type_index: &mut dyn FnMut(Signature) -> Outcome<u32>,
    ) -> Outcome<Function> {
        let mut types = self.signature()?.0;
        let n_parameters = types.len();
        let n_operands = self.region.operands.len();
        types.extend(self.locals);
        let mut writer = Renumbered::new(types, n_parameters);
        writer.shift = u32::try_from(n_parameters).map_err(unread)?;
        let passed = (0u32..).skip(n_operands).zip(&self.crossing.parameters);
        for (parameter, local) in passed {
            writer.new_index.insert(writer.shift + local, parameter);
        }
        for exit in &self.crossing.exits {
            let carried = self.region.carried(*exit)?;
            writer.write(&Instruction::Block(match carried[..] {
                [] => BlockType::Empty,
                [one] => BlockType::Result(one),
                _ => BlockType::FunctionType(type_index((Vec::new(), carried))?),
            }));
        }
        for operand in (0u32..).take(n_operands) {
            writer.write(&Instruction::LocalGet(operand));
        }
        self.write_region(&mut writer)?;
        if self.region.falls.is_some() {
            writer.write(&Instruction::Br(self.label(0, Exit::Fall)));
        }
        for (number, exit) in self.crossing.exits.iter().enumerate().rev() {
            writer.write(&Instruction::End);
            if self.region.carried(*exit)?.is_empty() {
                for ty in &self.crossing.carried {
                    writer.write(&zero(*ty)?);
                }
            }
            if self.crossing.tells_exit() {
                let number = i32::try_from(number).map_err(unread)?;
                writer.write(&Instruction::I32Const(number));
            }
            for local in &self.crossing.results {
                let local = writer.local(*local);
                writer.write(&Instruction::LocalGet(local));
            }
            writer.write(&Instruction::Return);
        }
        if self.crossing.exits.is_empty() {
            writer.write(&Instruction::Unreachable);
        }
        writer.write(&Instruction::End);
        Ok(writer.finish())
    }

    /// The label of an exit's block, seen from `depth` blocks inside the region.
    fn label(&self, depth: u32, exit: Exit) -> u32 {
        let exits = &self.crossing.exits;
        let place = exits.iter().position(|it| *it == exit).unwrap_or(0);
        depth + u32::try_from(exits.len() - 1 - place).unwrap_or(0)
    }

    fn write_region(&self, writer: &mut Renumbered) -> Outcome {
        let mut depth = 0;
        for operator in &self.listing.operators[self.region.from..self.region.to] {
            let moved = |label: u32| match label.checked_sub(depth) {
                None => label,
                Some(out) => self.label(depth, self.region.exit(out)),
            };
            match operator {
                Operator::Br { relative_depth } => {
                    writer.write(&Instruction::Br(moved(*relative_depth)));
                }
                Operator::BrIf { relative_depth } => {
                    writer.write(&Instruction::BrIf(moved(*relative_depth)));
                }
                Operator::BrTable { targets } => {
                    let labels = targets
                        .targets()
                        .map(|it| it.map(moved).map_err(unread))
                        .collect::<Outcome<Vec<_>>>()?;
                    let default = moved(targets.default());
                    writer.write(&Instruction::BrTable(labels.into(), default));
                }
                Operator::Return => {
                    writer.write(&Instruction::Br(moved(depth + self.region.last_label())));
                }
                other => {
                    match other {
                        Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                            depth += 1;
                        }
                        Operator::End => depth -= 1,
                        _ => {}
                    }
                    writer.operator(other)?;
                }
            }
        }
        Ok(())
    }
}

fn zero(ty: ValType) -> Outcome<Instruction<'static>> {
    Ok(match ty {
        ValType::I32 => Instruction::I32Const(0),
        ValType::I64 => Instruction::I64Const(0),
        ValType::F32 => Instruction::F32Const(0.0.into()),
        ValType::F64 => Instruction::F64Const(0.0.into()),
        ValType::Ref(ty) => Instruction::RefNull(ty.heap_type),
        ValType::V128 => return Err("a vector leaves a region".into()),
    })
}
