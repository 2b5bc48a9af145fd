//! A module that remembers which of its functions have run.

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, ExportKind, ExportSection, GlobalSection, GlobalType, Instruction,
    Module, ValType,
};
use wasmparser::{CodeSectionReader, ExportSectionReader, GlobalSectionReader, Parser};

use super::source::{Source, unread};
use crate::command::Outcome;

/// `module` with an exported global for each function, `hit0`, `hit1`, …, which is 1 when the
/// function has run.
///
/// # Errors
///
/// When the module is not one.
pub(crate) fn count(module: &[u8]) -> Outcome<Vec<u8>> {
    let source = Source::read(module)?;
    let mut encoder = Counting {
        n_globals: u32::try_from(source.globals.len()).map_err(unread)?,
        n_bodies: u32::try_from(source.bodies.len()).map_err(unread)?,
    };
    let mut counted = Module::new();
    encoder
        .parse_core_module(&mut counted, Parser::new(0), module)
        .map_err(unread)?;
    Ok(counted.finish())
}

struct Counting {
    n_globals: u32,
    n_bodies: u32,
}

impl Reencode for Counting {
    type Error = std::convert::Infallible;

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_global_section(self, globals, section)?;
        let ty = GlobalType {
            val_type: ValType::I32,
            mutable: true,
            shared: false,
        };
        for _ in 0..self.n_bodies {
            globals.global(ty, &ConstExpr::i32_const(0));
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_export_section(self, exports, section)?;
        for ix in 0..self.n_bodies {
            exports.export(&format!("hit{ix}"), ExportKind::Global, self.n_globals + ix);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error> {
        for (global, body) in (self.n_globals..).zip(section) {
            let body = body?;
            let mut function = self.new_function_with_parsed_locals(&body)?;
            function.instruction(&Instruction::I32Const(1));
            function.instruction(&Instruction::GlobalSet(global));
            let mut reader = body.get_operators_reader()?;
            while !reader.eof() {
                function.instruction(&self.parse_instruction(&mut reader)?);
            }
            code.function(&function);
        }
        Ok(())
    }
}
