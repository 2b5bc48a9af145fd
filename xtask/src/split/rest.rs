//! The second half: what the first load does not run.

use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, FunctionSection,
    ImportSection, Module, TypeSection,
};

use super::first::{first_place, shared_things};
use super::source::{Source, unread};
use super::{FIRST, Plan, short_name};
use crate::command::Outcome;

pub(super) fn encode(source: &Source<'_>, plan: &Plan) -> Outcome<Vec<u8>> {
    let mut types = TypeSection::new();
    for ty in &source.types {
        let ty = RoundtripReencoder.func_type(ty.clone()).map_err(unread)?;
        types.ty().func_type(&ty);
    }
    let mut functions = FunctionSection::new();
    for ix in source.n_imported..source.n_functions() {
        if plan.goes[ix] {
            functions.function(source.type_of[ix]);
        }
    }
    let mut encoder = Rest {
        new_index: renumber(source, plan),
    };
    let stubs = plan
        .stubs
        .iter()
        .map(|old| encoder.new_index[*old as usize])
        .collect::<Vec<_>>();
    let mut elements = ElementSection::new();
    elements.active(
        Some(source.table),
        &ConstExpr::i32_const(first_place(source)?.cast_signed()),
        Elements::Functions(stubs.into()),
    );
    let mut code = CodeSection::new();
    for (body, goes) in source.bodies.iter().zip(&plan.goes[source.n_imported..]) {
        if *goes {
            encoder
                .parse_function_body(&mut code, body.clone())
                .map_err(unread)?;
        }
    }
    let mut module = Module::new();
    module
        .section(&types)
        .section(&imports(source, plan)?)
        .section(&functions)
        .section(&elements)
        .section(&code);
    Ok(module.finish())
}

fn imports(source: &Source<'_>, plan: &Plan) -> Outcome<ImportSection> {
    let mut imports = ImportSection::new();
    for old in &plan.imports {
        let import = source.imports[*old as usize];
        let ty = EntityType::Function(source.type_of[*old as usize]);
        imports.import(import.module, &short_name(*old as usize), ty);
    }
    let mut encoder = RoundtripReencoder;
    let things = shared_things(source);
    let n_things = things.len();
    for (n, (kind, index)) in things.into_iter().enumerate() {
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
    for (n, old) in plan.shared.iter().enumerate() {
        let ty = EntityType::Function(source.type_of[*old as usize]);
        imports.import(FIRST, &short_name(n_things + n), ty);
    }
    Ok(imports)
}

/// Function by function: its index in the rest.
fn renumber(source: &Source<'_>, plan: &Plan) -> Vec<u32> {
    let mut new_index = vec![u32::MAX; source.n_functions()];
    let own = (0u32..)
        .zip(&plan.goes)
        .filter_map(|(old, goes)| goes.then_some(old));
    let imported = plan.imports.iter().chain(&plan.shared).copied();
    for (new, old) in (0u32..).zip(imported.chain(own)) {
        new_index[old as usize] = new;
    }
    new_index
}

struct Rest {
    new_index: Vec<u32>,
}

impl Reencode for Rest {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, func: u32) -> Result<u32, Error> {
        Ok(self.new_index[func as usize])
    }
}
