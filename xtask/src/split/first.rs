//! The first half: what runs at once, and what stands where functions went away.

use std::cmp::Reverse;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, Function, FunctionSection, GlobalSection, ImportSection, Instruction, Module,
    TableSection, TypeSection, ValType,
};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, DataSectionReader, ElementSectionReader, Export,
    ExportSectionReader, FunctionBody, FunctionSectionReader, GlobalSectionReader,
    ImportSectionReader, Operator, Parser, Table, TypeSectionReader,
};

use super::source::{Source, unread};
use super::{FETCH, NUMBER, Plan, first_new_slot, short_name};
use crate::command::Outcome;

pub(super) fn encode(source: &Source<'_>, plan: &Plan) -> Outcome<Vec<u8>> {
    let module_name = source
        .imports
        .first()
        .ok_or("the module imports nothing, so there is nobody to fetch its rest")?
        .module;
    if source.globals.is_empty() {
        return Err("the module has no globals, so it has no stack".into());
    }
    let mut encoder = First {
        base: first_new_slot(source)?,
        fetch: u32::try_from(source.n_imported).map_err(unread)?,
        last: u32::try_from(source.globals.len()).map_err(unread)?,
        n_types: u32::try_from(source.types.len()).map_err(unread)?,
        order: order(source, plan),
        new_index: vec![u32::MAX; source.n_functions()],
        dispatcher_of: vec![u32::MAX; source.types.len()],
        waiting_of: vec![u32::MAX; source.types.len()],
        table: 0,
        module_name,
        source,
        plan,
    };
    encoder.number();
    let mut module = Module::new();
    encoder
        .parse_core_module(&mut module, Parser::new(0), source.bytes)
        .map_err(unread)?;
    Ok(module.finish())
}

/// What the first half exports to the rest, and as what.
pub(super) fn shared_things(source: &Source<'_>) -> Vec<(ExportKind, u32)> {
    let all = |kind, n: usize| (0u32..).take(n).map(move |ix| (kind, ix));
    all(ExportKind::Memory, source.memories.len())
        .chain(all(ExportKind::Table, source.tables.len()))
        .chain(all(ExportKind::Global, source.globals.len()))
        .collect()
}

/// The names of what the page uses: as they were, and short.
pub(super) fn page_exports(source: &Source<'_>) -> Vec<(String, String)> {
    let taken = shared_things(source).len();
    let names = source.exports.iter().map(|it| it.name.to_owned());
    names
        .enumerate()
        .map(|(ix, name)| (name, short_name(taken + ix)))
        .collect()
}

/// A function of the first half.
#[derive(Clone, Copy)]
enum Part {
    /// This one of the whole module.
    Own(u32),
    /// Calls through the table the function of this type that stands at its last argument.
    Dispatcher(u32),
    /// Stands in the table for every function of this type that went away.
    Waiting(u32),
}

/// So many functions have numbers of one byte, after the imported ones.
const SHORT: usize = 100;

/// The functions of the first half: the most called first, since their numbers are the shortest,
/// then those beside each other that begin alike, since they compress best.
fn order(source: &Source<'_>, plan: &Plan) -> Vec<Part> {
    let mut order: Vec<(usize, Part)> = Vec::new();
    for old in (0u32..).take(source.n_functions()).skip(source.n_imported) {
        if !plan.goes[old as usize] {
            order.push((plan.calls[old as usize], Part::Own(old)));
        }
    }
    let mut waits = vec![false; source.types.len()];
    let in_table = source.slots.iter().map(|(_, function)| function);
    for function in in_table.chain(&plan.new_slots).map(|it| *it as usize) {
        waits[source.type_of[function] as usize] |= plan.goes[function];
    }
    for (ty, (dispatches, waits)) in (0u32..).zip(plan.dispatches.iter().zip(waits)) {
        if *dispatches > 0 {
            order.push((*dispatches, Part::Dispatcher(ty)));
        }
        if waits {
            order.push((0, Part::Waiting(ty)));
        }
    }
    order.sort_by_key(|(calls, _)| Reverse(*calls));
    let others = SHORT.min(order.len());
    order[others..].sort_by_key(|(_, part)| match part {
        Part::Own(old) => source.body(*old),
        Part::Dispatcher(_) | Part::Waiting(_) => &[],
    });
    order.into_iter().map(|(_, part)| part).collect()
}

/// The functions of the whole module that stay, in the order in which they stand in the first half:
/// those with short numbers, and all others.
pub(super) fn own_functions(source: &Source<'_>, plan: &Plan) -> [Vec<u32>; 2] {
    let order = order(source, plan);
    let (short, others) = order.split_at(SHORT.min(order.len()));
    [short, others].map(|parts| {
        let own = parts.iter().filter_map(|part| match part {
            Part::Own(old) => Some(*old),
            Part::Dispatcher(_) | Part::Waiting(_) => None,
        });
        own.collect()
    })
}

struct First<'s> {
    source: &'s Source<'s>,
    plan: &'s Plan,
    order: Vec<Part>,
    /// For each function of the whole module its index, if it stays.
    new_index: Vec<u32>,
    /// For each type the index of its dispatcher, and of what waits for its functions.
    dispatcher_of: Vec<u32>,
    waiting_of: Vec<u32>,
    /// The index of the imported function that fetches the rest.
    fetch: u32,
    /// The index of the global that remembers the place in the table that was called last.
    last: u32,
    /// The first new place in the table.
    base: u32,
    n_types: u32,
    /// The table that comes next.
    table: u32,
    module_name: &'s str,
}

impl First<'_> {
    fn number(&mut self) {
        for (ix, new) in self.new_index.iter_mut().zip(0..self.fetch) {
            *ix = new;
        }
        for (new, part) in (self.fetch + 1..).zip(&self.order) {
            match part {
                Part::Own(old) => self.new_index[*old as usize] = new,
                Part::Dispatcher(ty) => self.dispatcher_of[*ty as usize] = new,
                Part::Waiting(ty) => self.waiting_of[*ty as usize] = new,
            }
        }
    }

    /// The types that have dispatchers, in order: the n-th has the n-th new type.
    fn dispatched(&self) -> Vec<u32> {
        (0u32..)
            .zip(&self.dispatcher_of)
            .filter_map(|(ty, ix)| (*ix != u32::MAX).then_some(ty))
            .collect()
    }

    /// What stands in the table for a function of the whole module.
    fn entry(&self, old: u32) -> u32 {
        if self.plan.goes[old as usize] {
            self.waiting_of[self.source.type_of[old as usize] as usize]
        } else {
            self.new_index[old as usize]
        }
    }

    fn dispatcher(&self, ty: u32) -> Function {
        let place = u32::try_from(self.source.types[ty as usize].params().len()).unwrap_or(0);
        let mut function = Function::new([]);
        for parameter in 0..place {
            function.instruction(&Instruction::LocalGet(parameter));
        }
        function
            .instruction(&Instruction::LocalGet(place))
            .instruction(&Instruction::GlobalSet(self.last))
            .instruction(&Instruction::LocalGet(place))
            .instruction(&Instruction::CallIndirect {
                type_index: ty,
                table_index: self.source.table,
            })
            .instruction(&Instruction::End);
        function
    }

    fn waiting(&self, ty: u32) -> Function {
        let place = u32::try_from(self.source.types[ty as usize].params().len()).unwrap_or(0);
        // What fetches the rest may call functions through the table itself.
        let mut function = Function::new([(1, ValType::I32)]);
        function
            .instruction(&Instruction::GlobalGet(self.last))
            .instruction(&Instruction::LocalSet(place))
            .instruction(&Instruction::Call(self.fetch));
        for parameter in 0..=place {
            function.instruction(&Instruction::LocalGet(parameter));
        }
        function
            .instruction(&Instruction::CallIndirect {
                type_index: ty,
                table_index: self.source.table,
            })
            .instruction(&Instruction::End);
        function
    }

    fn own(&mut self, body: FunctionBody<'_>) -> Result<Function, Error> {
        let mut function = self.new_function_with_parsed_locals(&body)?;
        for operator in body.get_operators_reader()? {
            match operator? {
                Operator::Call { function_index } if self.plan.goes[function_index as usize] => {
                    let ty = self.source.type_of[function_index as usize];
                    function.instruction(&Instruction::I32Const(self.plan.slot(function_index)));
                    function.instruction(&Instruction::Call(self.dispatcher_of[ty as usize]));
                }
                Operator::CallIndirect { type_index, .. } => {
                    let dispatcher = self.dispatcher_of[type_index as usize];
                    function.instruction(&Instruction::Call(dispatcher));
                }
                operator => {
                    function.instruction(&self.instruction(operator)?);
                }
            }
        }
        Ok(function)
    }
}

impl Reencode for First<'_> {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, func: u32) -> Result<u32, Error> {
        Ok(self.new_index[func as usize])
    }

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: TypeSectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_type_section(self, types, section)?;
        types.ty().function([], []);
        for ty in self.dispatched() {
            let mut ty = self.func_type(self.source.types[ty as usize].clone())?;
            let mut parameters = ty.params().to_vec();
            parameters.push(ValType::I32);
            ty = wasm_encoder::FuncType::new(parameters, ty.results().to_vec());
            types.ty().func_type(&ty);
        }
        Ok(())
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error> {
        for (ix, import) in section.into_imports().enumerate() {
            let import = import?;
            let ty = self.entity_type(import.ty)?;
            imports.import(import.module, &short_name(ix), ty);
        }
        imports.import(self.module_name, FETCH, EntityType::Function(self.n_types));
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        _: FunctionSectionReader<'_>,
    ) -> Result<(), Error> {
        let dispatched = self.dispatched();
        for part in &self.order {
            functions.function(match part {
                Part::Own(old) => self.source.type_of[*old as usize],
                Part::Waiting(ty) => *ty,
                Part::Dispatcher(ty) => {
                    let place = dispatched.binary_search(ty).unwrap_or(0);
                    self.n_types + 1 + u32::try_from(place).unwrap_or(0)
                }
            });
        }
        Ok(())
    }

    fn parse_table(&mut self, tables: &mut TableSection, table: Table<'_>) -> Result<(), Error> {
        let mut ty = self.table_type(table.ty)?;
        if self.table == self.source.table {
            let n_new = self.plan.new_slots.len() as u64;
            ty.minimum += n_new;
            ty.maximum = ty.maximum.map(|it| it + n_new);
        }
        self.table += 1;
        tables.table(ty);
        Ok(())
    }

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_global_section(self, globals, section)?;
        globals.global(NUMBER, &ConstExpr::i32_const(0));
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error> {
        let names = page_exports(self.source);
        for (export, (_, name)) in section.into_iter().zip(names) {
            let export = export?;
            let name = Export {
                name: &name,
                ..export
            };
            self.parse_export(exports, name)?;
        }
        for (n, (kind, index)) in shared_things(self.source).into_iter().enumerate() {
            exports.export(&short_name(n), kind, index);
        }
        Ok(())
    }

    fn parse_element_section(
        &mut self,
        elements: &mut ElementSection,
        _: ElementSectionReader<'_>,
    ) -> Result<(), Error> {
        let old = self.source.slots.iter().copied();
        let new = (self.base..).zip(self.plan.new_slots.iter().copied());
        let entries: Vec<(u32, u32)> = old
            .chain(new)
            .map(|(slot, function)| (slot, self.entry(function)))
            .collect();
        fill(elements, self.source.table, &entries);
        Ok(())
    }

    fn parse_data_section(
        &mut self,
        data: &mut DataSection,
        _: DataSectionReader<'_>,
    ) -> Result<(), Error> {
        for (segment, goes) in self.source.data.iter().zip(&self.plan.data) {
            let bytes = segment.bytes.iter().zip(goes);
            let bytes = bytes.map(|(byte, goes)| if *goes { 0 } else { *byte });
            let address = ConstExpr::i32_const(segment.address.cast_signed());
            data.active(0, &address, bytes);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        _: CodeSectionReader<'_>,
    ) -> Result<(), Error> {
        for part in self.order.clone() {
            let function = match part {
                Part::Own(old) => {
                    let ix = old as usize - self.source.n_imported;
                    self.own(self.source.bodies[ix].clone())?
                }
                Part::Dispatcher(ty) => self.dispatcher(ty),
                Part::Waiting(ty) => self.waiting(ty),
            };
            code.function(&function);
        }
        Ok(())
    }

    fn parse_custom_section(
        &mut self,
        _: &mut Module,
        _: CustomSectionReader<'_>,
    ) -> Result<(), Error> {
        // Names of functions that are elsewhere now.
        Ok(())
    }
}

/// Puts functions into places of a table, both given in the order of the places.
pub(super) fn fill(elements: &mut ElementSection, table: u32, entries: &[(u32, u32)]) {
    for run in entries.chunk_by(|(before, _), (slot, _)| before + 1 == *slot) {
        let functions: Vec<u32> = run.iter().map(|(_, function)| *function).collect();
        elements.active(
            (table > 0).then_some(table),
            &ConstExpr::i32_const(run[0].0.cast_signed()),
            Elements::Functions(functions.into()),
        );
    }
}
