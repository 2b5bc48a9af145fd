//! What a splitter has to know of a module before it writes anything.

use std::collections::BTreeMap;

use wasmparser::{
    CompositeInnerType, ConstExpr, DataKind, Element, ElementItems, ElementKind, Export,
    ExternalKind, FuncType, FunctionBody, GlobalType, Import, KnownCustom, MemoryType, Name,
    Operator, Parser, Payload, TableType, TypeRef,
};

use super::points::Listing;
use crate::command::Outcome;

/// A module that was read, and its bytes.
pub(super) struct Source<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) types: Vec<FuncType>,
    pub(super) imports: Vec<Import<'a>>,
    /// How many functions are imported; their indices come first.
    pub(super) n_imported: usize,
    /// The type of each function, imported ones first.
    pub(super) type_of: Vec<u32>,
    pub(super) bodies: Vec<FunctionBody<'a>>,
    pub(super) tables: Vec<TableType>,
    pub(super) memories: Vec<MemoryType>,
    pub(super) globals: Vec<GlobalType>,
    pub(super) exports: Vec<Export<'a>>,
    pub(super) start: Option<u32>,
    pub(super) data: Vec<Data<'a>>,
    /// The table that holds functions.
    pub(super) table: u32,
    /// The places of that table, in order, each with the function that stands there.
    pub(super) slots: Vec<(u32, u32)>,
    /// The name of each function that is not imported, without hashes.
    pub(super) names: Vec<String>,
}

impl<'a> Source<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Outcome<Self> {
        let mut source = Self {
            bytes,
            types: Vec::new(),
            imports: Vec::new(),
            n_imported: 0,
            type_of: Vec::new(),
            bodies: Vec::new(),
            tables: Vec::new(),
            memories: Vec::new(),
            globals: Vec::new(),
            exports: Vec::new(),
            start: None,
            data: Vec::new(),
            table: 0,
            slots: Vec::new(),
            names: Vec::new(),
        };
        let mut names = BTreeMap::new();
        for payload in Parser::new(0).parse_all(bytes) {
            source.take(payload.map_err(unread)?, &mut names)?;
        }
        source.slots.sort_unstable();
        for (ix, body) in source.bodies.iter().enumerate() {
            source
                .names
                .push(match names.remove(&(source.n_imported + ix)) {
                    Some(name) => name,
                    // It came after the compiler; what it does tells it from others.
                    None => format!("nameless {:08x}", Listing::read(body, bytes)?.fingerprint),
                });
        }
        Ok(source)
    }

    fn take(&mut self, payload: Payload<'a>, names: &mut BTreeMap<usize, String>) -> Outcome {
        match payload {
            Payload::TypeSection(section) => {
                for group in section {
                    for ty in group.map_err(unread)?.into_types() {
                        match ty.composite_type.inner {
                            CompositeInnerType::Func(ty) => self.types.push(ty),
                            _ => return Err("the module has a type that is no function".into()),
                        }
                    }
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import.map_err(unread)?;
                    match import.ty {
                        TypeRef::Func(ty) => {
                            self.type_of.push(ty);
                            self.n_imported += 1;
                        }
                        _ => return Err("the module imports more than functions".into()),
                    }
                    self.imports.push(import);
                }
            }
            Payload::FunctionSection(section) => {
                for ty in section {
                    self.type_of.push(ty.map_err(unread)?);
                }
            }
            Payload::TableSection(section) => {
                for table in section {
                    self.tables.push(table.map_err(unread)?.ty);
                }
            }
            Payload::MemorySection(section) => {
                for memory in section {
                    self.memories.push(memory.map_err(unread)?);
                }
            }
            Payload::GlobalSection(section) => {
                for global in section {
                    self.globals.push(global.map_err(unread)?.ty);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    self.exports.push(export.map_err(unread)?);
                }
            }
            Payload::StartSection { func, .. } => self.start = Some(func),
            Payload::ElementSection(section) => {
                for element in section {
                    self.take_element(element.map_err(unread)?)?;
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::DataSection(section) => {
                for segment in section {
                    let segment = segment.map_err(unread)?;
                    let DataKind::Active { offset_expr, .. } = segment.kind else {
                        return Err("the module fills its memory later".into());
                    };
                    self.data.push(Data {
                        address: place(&offset_expr)?,
                        bytes: segment.data,
                    });
                }
            }
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(section) = section.as_known() {
                    for part in section {
                        if let Name::Function(map) = part.map_err(unread)? {
                            for naming in map {
                                let naming = naming.map_err(unread)?;
                                names.insert(naming.index as usize, plain(naming.name));
                            }
                        }
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn take_element(&mut self, element: Element<'a>) -> Outcome {
        let ElementKind::Active {
            table_index,
            offset_expr,
        } = element.kind
        else {
            return Err("the module fills a table later".into());
        };
        let ElementItems::Functions(functions) = element.items else {
            return Ok(());
        };
        self.table = table_index.unwrap_or(0);
        for (slot, function) in (place(&offset_expr)?..).zip(functions) {
            self.slots.push((slot, function.map_err(unread)?));
        }
        Ok(())
    }

    pub(super) fn n_functions(&self) -> usize {
        self.type_of.len()
    }

    /// The code of a function that is not imported.
    pub(super) fn body(&self, function: u32) -> &'a [u8] {
        self.bodies[function as usize - self.n_imported].as_bytes()
    }

    pub(super) fn exported_functions(&self) -> impl Iterator<Item = u32> {
        self.exports
            .iter()
            .filter(|it| it.kind == ExternalKind::Func)
            .map(|it| it.index)
    }

    /// For each body, the functions that it calls, each as often as it is called, and the types of
    /// those that it calls through the table.
    pub(super) fn calls(&self) -> Outcome<Vec<Calls>> {
        self.bodies
            .iter()
            .map(|body| {
                let mut calls = Calls::default();
                for operator in body.get_operators_reader().map_err(unread)? {
                    match operator.map_err(unread)? {
                        Operator::Call { function_index } => calls.functions.push(function_index),
                        Operator::CallIndirect { type_index, .. } => {
                            calls.types.push(type_index);
                        }
                        Operator::ReturnCall { .. }
                        | Operator::ReturnCallIndirect { .. }
                        | Operator::RefFunc { .. } => {
                            return Err("the module names functions in unknown ways".into());
                        }
                        _ => {}
                    }
                }
                Ok(calls)
            })
            .collect()
    }
}

/// Bytes that stand in memory from the start.
pub(super) struct Data<'a> {
    pub(super) address: u32,
    pub(super) bytes: &'a [u8],
}

/// A place in a table or memory that is given as a number.
fn place(expression: &ConstExpr<'_>) -> Outcome<u32> {
    match expression.get_operators_reader().read().map_err(unread)? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        _ => Err("something stands at a place that is not known".into()),
    }
}

/// What a function calls.
#[derive(Default)]
pub(super) struct Calls {
    pub(super) functions: Vec<u32>,
    pub(super) types: Vec<u32>,
}

/// A function's name without what differs from one folder or build to the next: the hashes of
/// crates (`core[27cd0353e63fa9bc]`) and the numbers of namesakes (`push[1]`, `push.1206`).
fn plain(name: &str) -> String {
    let name = name
        .trim_end_matches(|it: char| it.is_ascii_digit())
        .strip_suffix('.')
        .unwrap_or(name);
    let mut plain = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        match after.split_once(']') {
            Some((inside, tail)) if inside.bytes().all(|it| it.is_ascii_hexdigit()) => rest = tail,
            _ => {
                plain.push('[');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// The message for bytes that are no module.
pub(crate) fn unread(error: impl std::fmt::Display) -> String {
    format!("the wasm module cannot be read: {error}")
}
