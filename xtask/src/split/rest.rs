//! The second half: what the first load does not run.

use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, EntityType, ExportKind, Function,
    FunctionSection, ImportSection, Instruction, Module, TypeSection,
};
use wasmparser::{FunctionBody, Operator};

use super::first::{fill, shared_things};
use super::source::{Source, unread};
use super::{FIRST, Plan, first_new_slot, short_name};
use crate::command::Outcome;

pub(super) fn encode(source: &Source<'_>, plan: &Plan) -> Outcome<Vec<u8>> {
    let mut types = TypeSection::new();
    for ty in &source.types {
        let ty = RoundtripReencoder.func_type(ty.clone()).map_err(unread)?;
        types.ty().func_type(&ty);
    }
    let order = order(source, plan);
    let mut functions = FunctionSection::new();
    for old in &order {
        functions.function(source.type_of[*old as usize]);
    }
    let mut encoder = Rest {
        new_index: renumber(source, plan, &order),
        source,
        plan,
    };
    let mut elements = ElementSection::new();
    let new = (first_new_slot(source)?..).zip(plan.new_slots.iter().copied());
    let entries: Vec<(u32, u32)> = source
        .slots
        .iter()
        .copied()
        .chain(new)
        .filter(|(_, function)| plan.goes[*function as usize])
        .map(|(slot, function)| (slot, encoder.new_index[function as usize]))
        .collect();
    fill(&mut elements, source.table, &entries);
    let mut code = CodeSection::new();
    for old in order {
        let body = &source.bodies[old as usize - source.n_imported];
        code.function(&encoder.own(body).map_err(unread)?);
    }
    let data = data(source, plan);
    let mut module = Module::new();
    module
        .section(&types)
        .section(&imports(source, plan)?)
        .section(&functions)
        .section(&elements)
        .section(&code)
        .section(&data);
    Ok(module.finish())
}

/// So many bytes that stay are sent again rather than a new segment begun.
const GAP: usize = 12;

fn data(source: &Source<'_>, plan: &Plan) -> DataSection {
    let mut data = DataSection::new();
    for (segment, goes) in source.data.iter().zip(&plan.data) {
        let mut from = 0;
        while let Some(next) = goes[from..].iter().position(|it| *it) {
            from += next;
            let mut to = from + 1;
            while let Some(next) = goes[to..].iter().take(GAP).position(|it| *it) {
                to += next + 1;
            }
            let address = segment.address.cast_signed() + i32::try_from(from).unwrap_or(0);
            let bytes = segment.bytes[from..to].iter().copied();
            data.active(0, &ConstExpr::i32_const(address), bytes);
            from = to;
        }
    }
    data
}

fn imports(source: &Source<'_>, plan: &Plan) -> Outcome<ImportSection> {
    let mut imports = ImportSection::new();
    for old in &plan.imports {
        let import = source.imports[*old as usize];
        let ty = EntityType::Function(source.type_of[*old as usize]);
        imports.import(import.module, &short_name(*old as usize), ty);
    }
    let mut encoder = RoundtripReencoder;
    for (n, (kind, index)) in shared_things(source).into_iter().enumerate() {
        let ix = index as usize;
        let ty = match kind {
            ExportKind::Memory => {
                EntityType::Memory(encoder.memory_type(source.memories[ix]).map_err(unread)?)
            }
            ExportKind::Table => {
                let mut ty = encoder.table_type(source.tables[ix]).map_err(unread)?;
                // A table may have grown since.
                ty.maximum = None;
                EntityType::Table(ty)
            }
            _ => EntityType::Global(encoder.global_type(source.globals[ix]).map_err(unread)?),
        };
        imports.import(FIRST, &short_name(n), ty);
    }
    Ok(imports)
}

/// The functions of the rest, those beside each other that begin alike: they compress best.
fn order(source: &Source<'_>, plan: &Plan) -> Vec<u32> {
    let mut order: Vec<u32> = (0u32..)
        .zip(&plan.goes)
        .filter_map(|(old, goes)| goes.then_some(old))
        .collect();
    order.sort_by_key(|old| source.body(*old));
    order
}

/// Function by function: its index in the rest.
fn renumber(source: &Source<'_>, plan: &Plan, order: &[u32]) -> Vec<u32> {
    let mut new_index = vec![u32::MAX; source.n_functions()];
    for (new, old) in (0u32..).zip(plan.imports.iter().chain(order)) {
        new_index[*old as usize] = new;
    }
    new_index
}

struct Rest<'s> {
    source: &'s Source<'s>,
    plan: &'s Plan,
    new_index: Vec<u32>,
}

impl Rest<'_> {
    fn own(&mut self, body: &FunctionBody<'_>) -> Result<Function, Error> {
        let mut function = self.new_function_with_parsed_locals(body)?;
        for operator in body.get_operators_reader()? {
            match operator? {
                Operator::Call { function_index }
                    if function_index as usize >= self.source.n_imported
                        && !self.plan.goes[function_index as usize] =>
                {
                    function.instruction(&Instruction::I32Const(self.plan.slot(function_index)));
                    function.instruction(&Instruction::CallIndirect {
                        type_index: self.source.type_of[function_index as usize],
                        table_index: self.source.table,
                    });
                }
                operator => {
                    function.instruction(&self.instruction(operator)?);
                }
            }
        }
        Ok(function)
    }
}

impl Reencode for Rest<'_> {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, func: u32) -> Result<u32, Error> {
        Ok(self.new_index[func as usize])
    }
}
