//! Splits a wasm module in two: what the first question needs, and the rest, which arrives while
//! the respondent reads.
//!
//! What the first load runs is not guessed but measured ([`count`], [`Profile`]).
//! Functions that it does not run go away; so do the branches that it does not take, as functions
//! of their own ([`outline`]). The halves share one memory, one table, one stack, and call each
//! other through the table: where a function stands that went away, the first half has one that
//! sees to it that the rest is there, which puts everything in its place, and calls again. The
//! texts and tables that only the rest needs come with it.

mod count;
mod crossing;
mod data;
mod first;
mod lane;
mod layout;
mod locals;
mod outline;
mod points;
mod profile;
mod regions;
mod renumbered;
mod rest;
mod source;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{ExportSection, GlobalType, Module, ValType};
use wasmparser::{Export, Operator, Parser, Payload};

use crate::command::Outcome;

pub(crate) use count::{count, profile};
pub(crate) use layout::Layout;
pub(crate) use profile::Profile;
use source::Source;
pub(crate) use source::unread;

/// A module in two halves.
pub(crate) struct Halves {
    /// What is instantiated at once. It imports one function more, [`FETCH`].
    pub(crate) first: Vec<u8>,
    /// What the stubs of the first half call. It imports the first half's exports as [`FIRST`].
    pub(crate) rest: Vec<u8>,
    /// The place in the table before those that the halves call each other through; the first half
    /// names them in order.
    pub(crate) slot: u32,
    /// The names of the imported functions: as they were, and the short ones of both halves.
    pub(crate) imports: Vec<(String, String)>,
    /// The names of what the first half exports to the page: as they were, and short.
    pub(crate) exports: Vec<(String, String)>,
    /// What each function weighs, in no order.
    pub(crate) weights: Vec<Weight>,
}

/// A function of a split module.
pub(crate) struct Weight {
    pub(crate) name: String,
    /// Bytes of code, before compression.
    pub(crate) bytes: usize,
    /// Whether it is in the first half.
    pub(crate) is_first: bool,
}

/// The imported function that the first half calls when the rest must be there now.
pub(crate) const FETCH: &str = "rest";

/// The module name under which the rest imports what the first half exports.
pub(crate) const FIRST: &str = "first";

/// A global that holds a number and may change.
const NUMBER: GlobalType = GlobalType {
    val_type: ValType::I32,
    mutable: true,
    shared: false,
};

/// Splits `module` by what the first load runs; `layout` is that of the linked program of which it
/// was made.
///
/// # Errors
///
/// When the module is not one, or uses something that cannot be split.
pub(crate) fn split(module: &[u8], profile: &Profile, layout: &Layout) -> Outcome<Halves> {
    let outlined = outline::outline(&Source::read(module)?, profile)?;
    let source = Source::read(&outlined)?;
    let mut plan = Plan::make(&source, profile, layout)?;
    plan.number_by_use(&source)?;
    let names = source.names.iter().cloned();
    let goes = &plan.goes[source.n_imported..];
    let weights = names.zip(&source.bodies).zip(goes);
    Ok(Halves {
        first: first::encode(&source, &plan)?,
        rest: rest::encode(&source, &plan)?,
        slot: first_new_slot(&source)?.saturating_sub(1),
        imports: source
            .imports
            .iter()
            .enumerate()
            .map(|(ix, it)| (it.name.to_owned(), short_name(ix)))
            .collect(),
        exports: first::page_exports(&source),
        weights: weights
            .map(|((name, body), goes)| Weight {
                name,
                bytes: body.as_bytes().len(),
                is_first: !goes,
            })
            .collect(),
    })
}

/// `module` without what the linker noted for the splitter.
///
/// # Errors
///
/// When the module is not one.
pub(crate) fn without_notes(module: &[u8]) -> Outcome<Vec<u8>> {
    let mut bare = Vec::with_capacity(module.len());
    let mut from = 0;
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.map_err(source::unread)?;
        let Some((_, range)) = payload.as_section() else {
            continue;
        };
        let to = usize::try_from(range.end).map_err(source::unread)?;
        let is_note = matches!(&payload, Payload::CustomSection(section)
            if section.name() == "linking" || section.name().starts_with("reloc."));
        if !is_note {
            bare.extend_from_slice(&module[from..to]);
        }
        from = to;
    }
    Ok(bare)
}

/// `module` with those exports alone for whose names `keeps` holds.
///
/// # Errors
///
/// When the module is not one.
pub(crate) fn with_exports(module: &[u8], keeps: &dyn Fn(&str) -> bool) -> Outcome<Vec<u8>> {
    let mut encoder = Exporting { keeps };
    let mut new = Module::new();
    encoder
        .parse_core_module(&mut new, Parser::new(0), module)
        .map_err(source::unread)?;
    Ok(new.finish())
}

struct Exporting<'k> {
    keeps: &'k dyn Fn(&str) -> bool,
}

impl Reencode for Exporting<'_> {
    type Error = std::convert::Infallible;

    fn parse_export(
        &mut self,
        exports: &mut ExportSection,
        export: Export<'_>,
    ) -> Result<(), Error> {
        if (self.keeps)(export.name) {
            utils::parse_export(self, exports, export)?;
        }
        Ok(())
    }
}

/// Which function goes where; indices are those of the whole module.
struct Plan {
    /// For each function, imported ones included: true if it goes to the rest.
    goes: Vec<bool>,
    /// For each function, where it stands in the table, if somewhere.
    slot_of: Vec<Option<u32>>,
    /// The functions that get new places in the table, in order: those that one half calls and the
    /// other has.
    new_slots: Vec<u32>,
    /// The imported functions that the rest calls, in order.
    imports: Vec<u32>,
    /// For each type, how often the first half calls a function of that type through the table.
    dispatches: Vec<usize>,
    /// For each function, how often the first half calls it by name.
    calls: Vec<usize>,
    /// Which data goes.
    data: data::Goes,
}

impl Plan {
    fn make(source: &Source<'_>, profile: &Profile, layout: &Layout) -> Outcome<Self> {
        let n_imported = source.n_imported;
        let mut goes = vec![false; source.n_functions()];
        for (ix, name) in source.names.iter().enumerate() {
            goes[n_imported + ix] = !profile.runs(name);
        }
        for kept in source.exported_functions().chain(source.start) {
            goes[kept as usize] = false;
        }
        let mut slot_of = vec![None; goes.len()];
        for (slot, function) in &source.slots {
            slot_of[*function as usize].get_or_insert(*slot);
        }
        let mut imports = vec![false; n_imported];
        let mut crossed = vec![false; goes.len()];
        let mut dispatches = vec![0; source.types.len()];
        let mut calls = vec![0; goes.len()];
        for (ix, called) in source.calls()?.into_iter().enumerate() {
            let caller_goes = goes[n_imported + ix];
            if !caller_goes {
                for ty in called.types {
                    dispatches[ty as usize] += 1;
                }
            }
            for called in called.functions.into_iter().map(|it| it as usize) {
                match (caller_goes, goes[called]) {
                    (false, false) => calls[called] += 1,
                    (true, true) => {}
                    (true, false) if called < n_imported => imports[called] = true,
                    (true, false) => crossed[called] = true,
                    (false, true) => {
                        crossed[called] = true;
                        dispatches[source.type_of[called] as usize] += 1;
                    }
                }
            }
        }
        let chosen = |marks: &[bool]| -> Vec<u32> {
            (0u32..)
                .zip(marks)
                .filter_map(|(ix, mark)| mark.then_some(ix))
                .collect()
        };
        let new_slots: Vec<u32> = chosen(&crossed)
            .into_iter()
            .filter(|it| slot_of[*it as usize].is_none())
            .collect();
        Ok(Self {
            imports: chosen(&imports),
            data: data::plan(source, &goes, layout)?,
            goes,
            slot_of,
            new_slots,
            dispatches,
            calls,
        })
    }

    /// Gives the new places in the table: those that the first half names in the order in which it
    /// first does, since it then says "the next" more often than a number; then those of functions
    /// with short numbers; then one to each other function of the first half, whether it needs one
    /// or not, since a row without gaps need not be listed ([`crate::packed`]).
    fn number_by_use(&mut self, source: &Source<'_>) -> Outcome {
        let mut is_new = vec![false; self.goes.len()];
        for function in &self.new_slots {
            is_new[*function as usize] = true;
        }
        let [short, row] = first::own_functions(source, self);
        let mut used = Vec::with_capacity(self.new_slots.len());
        for function in short.iter().chain(&row) {
            let body = &source.bodies[*function as usize - source.n_imported];
            for operator in body.get_operators_reader().map_err(source::unread)? {
                if let Operator::Call { function_index } = operator.map_err(source::unread)?
                    && self.goes[function_index as usize]
                    && std::mem::take(&mut is_new[function_index as usize])
                {
                    used.push(function_index);
                }
            }
        }
        used.extend(short.iter().filter(|it| is_new[**it as usize]));
        used.extend(row);
        for (slot, function) in (first_new_slot(source)?..).zip(&used) {
            self.slot_of[*function as usize].get_or_insert(slot);
        }
        self.new_slots = used;
        Ok(())
    }

    /// The place in the table through which the other half calls `function`.
    fn slot(&self, function: u32) -> i32 {
        self.slot_of[function as usize].map_or(0, u32::cast_signed)
    }
}

/// The first new place in the table.
fn first_new_slot(source: &Source<'_>) -> Outcome<u32> {
    let table = source
        .tables
        .get(source.table as usize)
        .ok_or("the module has no table of functions")?;
    u32::try_from(table.initial).map_err(source::unread)
}

/// Short names for what is imported and exported: `_a`, `_b`, …, `_z`, `_aa`, ….
fn short_name(mut n: usize) -> String {
    let mut name = String::from("_");
    loop {
        name.push(char::from(b'a' + u8::try_from(n % 26).unwrap_or(0)));
        n /= 26;
        if n == 0 {
            return name;
        }
        n -= 1;
    }
}

#[cfg(test)]
mod tests;
