//! A module that remembers which points of its functions were arrived at.

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, ExportKind, ExportSection, Function, GlobalSection, Instruction, Module,
};
use wasmparser::{CodeSectionReader, ExportSectionReader, GlobalSectionReader, Parser};

use super::NUMBER;
use super::points::{Listing, parts_after};
use super::profile::Profile;
use super::source::{Source, unread};
use crate::command::Outcome;

/// How many points one exported global remembers, a bit each.
const POINTS: u32 = 32;

/// `module` with exported globals `hits0`, `hits1`, …, the bits of which are set when their points
/// are arrived at, the lowest first.
///
/// # Errors
///
/// When the module is not one.
pub(crate) fn count(module: &[u8]) -> Outcome<Vec<u8>> {
    let source = Source::read(module)?;
    let mut n_points = 0;
    for body in &source.bodies {
        n_points += Listing::read(body, module)?.points().count();
    }
    let mut encoder = Counting {
        n_globals: u32::try_from(source.globals.len()).map_err(unread)?,
        n_hits: u32::try_from(n_points).map_err(unread)?.div_ceil(POINTS),
        next: 0,
    };
    let mut counted = Module::new();
    encoder
        .parse_core_module(&mut counted, Parser::new(0), module)
        .map_err(unread)?;
    Ok(counted.finish())
}

/// What was arrived at in `module`, given the numbers of the points that were.
///
/// # Errors
///
/// When the module is not one.
pub(crate) fn profile(module: &[u8], hits: &[usize]) -> Outcome<Profile> {
    let source = Source::read(module)?;
    let mut profile = Profile::default();
    let mut number = 0;
    for (body, name) in source.bodies.iter().zip(&source.names) {
        let listing = Listing::read(body, module)?;
        let points: Vec<bool> = listing
            .points()
            .map(|_| {
                number += 1;
                hits.binary_search(&(number - 1)).is_ok()
            })
            .collect();
        profile.add(name, listing.fingerprint, points);
    }
    Ok(profile)
}

struct Counting {
    n_globals: u32,
    n_hits: u32,
    /// The number of the next point.
    next: u32,
}

impl Counting {
    fn hit(&mut self, function: &mut Function) {
        let global = self.n_globals + self.next / POINTS;
        function.instruction(&Instruction::GlobalGet(global));
        function.instruction(&Instruction::I32Const(
            (1u32 << (self.next % POINTS)).cast_signed(),
        ));
        function.instruction(&Instruction::I32Or);
        function.instruction(&Instruction::GlobalSet(global));
        self.next += 1;
    }
}

impl Reencode for Counting {
    type Error = std::convert::Infallible;

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_global_section(self, globals, section)?;
        for _ in 0..self.n_hits {
            globals.global(NUMBER, &ConstExpr::i32_const(0));
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_export_section(self, exports, section)?;
        for ix in 0..self.n_hits {
            exports.export(
                &format!("hits{ix}"),
                ExportKind::Global,
                self.n_globals + ix,
            );
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error> {
        for body in section {
            let body = body?;
            let mut function = self.new_function_with_parsed_locals(&body)?;
            self.hit(&mut function);
            let mut reader = body.get_operators_reader()?;
            while !reader.eof() {
                let operator = reader.read()?;
                let parts = parts_after(&operator);
                function.instruction(&self.instruction(operator)?);
                if parts && !reader.eof() {
                    self.hit(&mut function);
                }
            }
            code.function(&function);
        }
        Ok(())
    }
}
