//! Small modules to split.

use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, Function, FunctionSection, GlobalSection, ImportSection, MemorySection,
    MemoryType, Module, NameMap, NameSection, RefType, TableSection, TableType, TypeSection,
    ValType,
};

use crate::split::NUMBER;

/// Where [`assembled`] puts data.
pub(super) const DATA_AT: i32 = 16;

/// A module of functions from a number to a number, by name: index 0 is imported as `imported`
/// from `page`, the first of `functions` is exported as `exported`, those `in_table` stand there
/// from place 1 on, and `data` stands in memory at [`DATA_AT`].
pub(super) fn assembled(
    imported: &str,
    exported: &str,
    functions: &[(&str, Function)],
    in_table: &[u32],
    data: &[u8],
) -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32], [ValType::I32]);
    let mut imports = ImportSection::new();
    imports.import("page", imported, EntityType::Function(0));
    let mut function_types = FunctionSection::new();
    let mut code = CodeSection::new();
    let mut names = NameMap::new();
    for (index, (name, body)) in (1..).zip(functions) {
        function_types.function(0);
        code.function(body);
        names.append(index, name);
    }
    let places = in_table.len() as u64 + 1;
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        minimum: places,
        maximum: Some(places),
        table64: false,
        shared: false,
    });
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut globals = GlobalSection::new();
    globals.global(NUMBER, &ConstExpr::i32_const(0));
    let mut exports = ExportSection::new();
    exports.export(exported, ExportKind::Func, 1);
    let mut elements = ElementSection::new();
    elements.active(
        None,
        &ConstExpr::i32_const(1),
        Elements::Functions(in_table.into()),
    );
    let mut segments = DataSection::new();
    segments.active(0, &ConstExpr::i32_const(DATA_AT), data.iter().copied());
    let mut section = NameSection::new();
    section.functions(&names);
    let mut module = Module::new();
    module
        .section(&types)
        .section(&imports)
        .section(&function_types)
        .section(&tables)
        .section(&memories)
        .section(&globals)
        .section(&exports)
        .section(&elements)
        .section(&code)
        .section(&segments)
        .section(&section);
    module.finish()
}
