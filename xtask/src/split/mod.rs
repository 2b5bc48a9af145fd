//! Splits a wasm module in two: what the first question needs, and the rest, which arrives while
//! the respondent reads.
//!
//! Which functions the first load runs is not guessed but measured ([`count`]) and kept by name.
//! In the first half each function that went away, and can still be reached, leaves a stub: it
//! sees to it that the rest is there and calls on through the table, which the rest fills when it
//! is instantiated. Nothing else changes: both halves share one memory, one table, one stack.

mod count;
mod first;
mod rest;
mod source;

use crate::command::Outcome;

pub(crate) use count::count;
use source::Source;

/// A module in two halves.
pub(crate) struct Halves {
    /// What is instantiated at once. It imports one function more, [`FETCH`].
    pub(crate) first: Vec<u8>,
    /// What the stubs of the first half call. It imports the first half's exports as [`FIRST`].
    pub(crate) rest: Vec<u8>,
    /// The names of the imported functions: as they were, and the short ones of both halves.
    pub(crate) imports: Vec<(String, String)>,
}

/// The imported function that the first half calls when the rest must be there now.
pub(crate) const FETCH: &str = "rest";

/// The module name under which the rest imports what the first half exports.
pub(crate) const FIRST: &str = "first";

/// Splits `module`; a function stays in the first half if `runs` says so of its name.
///
/// # Errors
///
/// When the module is not one, or uses something that cannot be split.
pub(crate) fn split(module: &[u8], runs: &dyn Fn(&str) -> bool) -> Outcome<Halves> {
    let source = Source::read(module)?;
    let plan = Plan::make(&source, runs)?;
    Ok(Halves {
        first: first::encode(&source, &plan)?,
        rest: rest::encode(&source, &plan)?,
        imports: source
            .imports
            .iter()
            .enumerate()
            .map(|(ix, it)| (it.name.to_owned(), short_name(ix)))
            .collect(),
    })
}

/// The names of all functions of `module`, in its order.
///
/// # Errors
///
/// When the module is not one.
pub(crate) fn names(module: &[u8]) -> Outcome<Vec<String>> {
    Ok(Source::read(module)?.names)
}

/// The name of each function of `module` with the bytes of its code, in its order.
///
/// # Errors
///
/// When the module is not one.
pub(crate) fn sizes(module: &[u8]) -> Outcome<Vec<(String, usize)>> {
    let source = Source::read(module)?;
    let sizes = source.bodies.iter().map(|it| it.as_bytes().len());
    Ok(source.names.into_iter().zip(sizes).collect())
}

/// Which function goes where; indices are those of the whole module.
struct Plan {
    /// For each function, imported ones included: true if it goes to the rest.
    goes: Vec<bool>,
    /// The functions of the rest that the first half calls or keeps in a table, in order: the n-th
    /// has the n-th new place in the table.
    stubs: Vec<u32>,
    /// The functions of the first half that the rest calls, in order.
    shared: Vec<u32>,
    /// The imported functions that the rest calls, in order.
    imports: Vec<u32>,
}

impl Plan {
    fn make(source: &Source<'_>, runs: &dyn Fn(&str) -> bool) -> Outcome<Self> {
        let n_imported = source.n_imported;
        let mut goes = vec![false; source.n_functions()];
        for (ix, name) in source.names.iter().enumerate() {
            // A function without a name came after the compiler, and has no place in a list.
            goes[n_imported + ix] = !name.is_empty() && !runs(name);
        }
        for kept in source.exported_functions().chain(source.start) {
            goes[kept as usize] = false;
        }
        let mut stubbed = vec![false; goes.len()];
        let mut shared = vec![false; goes.len()];
        for function in &source.in_tables {
            stubbed[*function as usize] = goes[*function as usize];
        }
        for (ix, called) in source.calls()?.into_iter().enumerate() {
            let caller_goes = goes[n_imported + ix];
            for called in called {
                match (caller_goes, goes[called as usize]) {
                    (false, true) => stubbed[called as usize] = true,
                    (true, false) => shared[called as usize] = true,
                    _ => {}
                }
            }
        }
        let chosen = |marks: &[bool]| -> Vec<u32> {
            (0u32..)
                .zip(marks)
                .filter_map(|(ix, mark)| mark.then_some(ix))
                .collect()
        };
        let (imports, shared) = chosen(&shared)
            .into_iter()
            .partition(|ix| (*ix as usize) < n_imported);
        Ok(Self {
            stubs: chosen(&stubbed),
            goes,
            shared,
            imports,
        })
    }
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
