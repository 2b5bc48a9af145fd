use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection,
    Function, FunctionSection, ImportSection, Instruction, MemorySection, MemoryType, Module,
    NameMap, NameSection, RefType, TableSection, TableType, TypeSection, ValType,
};
use wasmparser::{Parser, Payload, Validator};

use super::{FETCH, FIRST, split};

/// `start` calls `early` and `late`; `late` calls `early` and the imported function; `kept` stands
/// in the table.
fn module() -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32], [ValType::I32]);
    let mut imports = ImportSection::new();
    imports.import("page", "say_0123456789abcdef", EntityType::Function(0));
    let mut functions = FunctionSection::new();
    let mut code = CodeSection::new();
    let mut names = NameMap::new();
    let bodies: [(&str, &[u32]); 4] = [
        ("app[65caeadb8fc8ea2]::start", &[2, 3]),
        ("app[65caeadb8fc8ea2]::early", &[]),
        ("app[65caeadb8fc8ea2]::late.1206", &[2, 0]),
        ("app[65caeadb8fc8ea2]::kept[1]", &[]),
    ];
    for (ix, (name, calls)) in (1..).zip(bodies) {
        functions.function(0);
        let mut body = Function::new([]);
        body.instruction(&Instruction::LocalGet(0));
        for called in calls {
            body.instruction(&Instruction::Call(*called));
        }
        body.instruction(&Instruction::End);
        code.function(&body);
        names.append(ix, name);
    }
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        minimum: 2,
        maximum: Some(2),
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
    let mut exports = ExportSection::new();
    exports.export("start", ExportKind::Func, 1);
    let mut elements = ElementSection::new();
    elements.active(
        None,
        &ConstExpr::i32_const(1),
        Elements::Functions([4].as_slice().into()),
    );
    let mut section = NameSection::new();
    section.functions(&names);
    let mut module = Module::new();
    module
        .section(&types)
        .section(&imports)
        .section(&functions)
        .section(&tables)
        .section(&memories)
        .section(&exports)
        .section(&elements)
        .section(&code)
        .section(&section);
    module.finish()
}

fn imports(module: &[u8]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::ImportSection(section) = payload.unwrap() {
            for import in section.into_imports() {
                let import = import.unwrap();
                found.push((import.module.to_owned(), import.name.to_owned()));
            }
        }
    }
    found
}

fn n_bodies(module: &[u8]) -> usize {
    Parser::new(0)
        .parse_all(module)
        .filter(|it| matches!(it, Ok(Payload::CodeSectionEntry(_))))
        .count()
}

#[test]
fn both_halves_are_modules_that_fit_together() {
    let halves = split(&module(), &|name| {
        ["app::start", "app::early"].contains(&name)
    })
    .unwrap();
    for half in [&halves.first, &halves.rest] {
        Validator::new().validate_all(half).unwrap();
    }
    let first = imports(&halves.first);
    assert!(first.contains(&("page".to_owned(), FETCH.to_owned())));
    // start, early, two stubs, and the function that sees to the rest.
    assert_eq!(n_bodies(&halves.first), 5);
    assert_eq!(n_bodies(&halves.rest), 2);
    let rest = imports(&halves.rest);
    // The imported function, memory, table, `early`.
    assert_eq!(rest.len(), 4);
    assert_eq!(rest.iter().filter(|(module, _)| module == FIRST).count(), 3);
    let (long, short) = &halves.imports[0];
    assert_eq!(long, "say_0123456789abcdef");
    assert!(first.contains(&("page".to_owned(), short.clone())));
}

#[test]
fn what_the_page_calls_stays_even_if_it_never_ran() {
    let halves = split(&module(), &|_| false).unwrap();
    Validator::new().validate_all(&halves.first).unwrap();
    Validator::new().validate_all(&halves.rest).unwrap();
    // `start` is exported; all others leave or have a stub.
    assert_eq!(n_bodies(&halves.rest), 3);
}

#[test]
fn what_is_no_module_is_refused_in_words() {
    let refused = split(b"not a module", &|_| true).err().unwrap();
    assert!(refused.contains("cannot be read"), "{refused}");
}
