//! The first half: what runs at once, and stubs for what went away.

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection, ImportSection,
    Instruction, Module, TableSection, TypeSection,
};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, ExportSectionReader, FunctionSectionReader,
    ImportSectionReader, Parser, Table, TypeSectionReader,
};

use super::source::{Source, unread};
use super::{FETCH, Plan, short_name};
use crate::command::Outcome;

pub(super) fn encode(source: &Source<'_>, plan: &Plan) -> Outcome<Vec<u8>> {
    let module_name = source
        .imports
        .first()
        .ok_or("the module imports nothing, so there is nobody to fetch its rest")?
        .module;
    let mut encoder = First {
        new_index: renumber(source, plan)?,
        base: first_place(source)?,
        n_types: u32::try_from(source.types.len()).map_err(unread)?,
        table: 0,
        module_name,
        source,
        plan,
    };
    let mut module = Module::new();
    encoder
        .parse_core_module(&mut module, Parser::new(0), source.bytes)
        .map_err(unread)?;
    Ok(module.finish())
}

/// The first new place in the table.
pub(super) fn first_place(source: &Source<'_>) -> Outcome<u32> {
    let table = source
        .tables
        .get(source.table as usize)
        .ok_or("the module has no table of functions")?;
    u32::try_from(table.initial).map_err(unread)
}

/// What the first half exports to the rest besides functions, and as what.
pub(super) fn shared_things(source: &Source<'_>) -> Vec<(ExportKind, u32)> {
    let all = |kind, n: usize| (0u32..).take(n).map(move |ix| (kind, ix));
    all(ExportKind::Memory, source.memories.len())
        .chain(all(ExportKind::Table, source.tables.len()))
        .chain(all(ExportKind::Global, source.globals.len()))
        .collect()
}

/// Function by function: its index in the first half; functions that went away without a stub have
/// none, and nobody asks for it.
fn renumber(source: &Source<'_>, plan: &Plan) -> Outcome<Vec<u32>> {
    // The imported function that fetches the rest comes after the other imports, the one that asks
    // for it first of all others.
    let mut next = u32::try_from(source.n_imported).map_err(unread)? + 2;
    Ok((0u32..)
        .zip(&plan.goes)
        .map(|(old, goes)| {
            if (old as usize) < source.n_imported {
                return old;
            }
            if *goes && plan.stubs.binary_search(&old).is_err() {
                return u32::MAX;
            }
            next += 1;
            next - 1
        })
        .collect())
}

struct First<'s> {
    source: &'s Source<'s>,
    plan: &'s Plan,
    new_index: Vec<u32>,
    base: u32,
    n_types: u32,
    /// The table that comes next.
    table: u32,
    module_name: &'s str,
}

impl First<'_> {
    fn fetch(&self) -> u32 {
        u32::try_from(self.source.n_imported).unwrap_or(u32::MAX)
    }

    /// Fetches the rest unless it has filled its first place in the table.
    fn see_to_the_rest(&self) -> Function {
        let mut function = Function::new([]);
        function
            .instruction(&Instruction::I32Const(self.base.cast_signed()))
            .instruction(&Instruction::TableGet(self.source.table))
            .instruction(&Instruction::RefIsNull)
            .instruction(&Instruction::If(wasm_encoder::BlockType::Empty))
            .instruction(&Instruction::Call(self.fetch()))
            .instruction(&Instruction::End)
            .instruction(&Instruction::End);
        function
    }

    fn stub(&self, place: u32, ty: u32) -> Function {
        let mut function = Function::new([]);
        let parameters = self.source.types[ty as usize].params().len();
        function.instruction(&Instruction::Call(self.fetch() + 1));
        for parameter in (0u32..).take(parameters) {
            function.instruction(&Instruction::LocalGet(parameter));
        }
        function
            .instruction(&Instruction::I32Const((self.base + place).cast_signed()))
            .instruction(&Instruction::CallIndirect {
                type_index: ty,
                table_index: self.source.table,
            })
            .instruction(&Instruction::End);
        function
    }

    /// The place of a function's stub among the stubs.
    fn stub_of(&self, old: u32) -> Option<u32> {
        let at = self.plan.stubs.binary_search(&old).ok()?;
        u32::try_from(at).ok()
    }

    fn own_functions(&self) -> impl Iterator<Item = u32> + use<> {
        let n_imported = u32::try_from(self.source.n_imported).unwrap_or(u32::MAX);
        (n_imported..).take(self.source.bodies.len())
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
        functions.function(self.n_types);
        for old in self.own_functions() {
            if self.new_index[old as usize] != u32::MAX {
                functions.function(self.source.type_of[old as usize]);
            }
        }
        Ok(())
    }

    fn parse_table(&mut self, tables: &mut TableSection, table: Table<'_>) -> Result<(), Error> {
        let mut ty = self.table_type(table.ty)?;
        if self.table == self.source.table {
            let n_stubs = self.plan.stubs.len() as u64;
            ty.minimum += n_stubs;
            ty.maximum = ty.maximum.map(|it| it + n_stubs);
        }
        self.table += 1;
        tables.table(ty);
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_export_section(self, exports, section)?;
        let functions = self
            .plan
            .shared
            .iter()
            .map(|old| (ExportKind::Func, self.new_index[*old as usize]));
        let things = shared_things(self.source);
        for (n, (kind, index)) in things.into_iter().chain(functions).enumerate() {
            exports.export(&short_name(n), kind, index);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error> {
        code.function(&self.see_to_the_rest());
        for (old, body) in self.own_functions().zip(section) {
            if !self.plan.goes[old as usize] {
                self.parse_function_body(code, body?)?;
            } else if let Some(place) = self.stub_of(old) {
                code.function(&self.stub(place, self.source.type_of[old as usize]));
            }
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
