//! A wasm module in another order: its instructions, and their operands by kind, each apart.
//!
//! Like beside like takes an eighth less with brotli than the module as it is.
//! `src/browser/unpack.js` puts it together again, most of it while the last bytes are on their
//! way. A packed module is, in numbers of four bytes, lowest byte first:
//!
//! 1. the size of the module,
//! 2. the place in the table before the first that [`NEXT`] names,
//! 3. the first and, plus one, the last function of the row that ends the table's contents
//!    ([`Row`]),
//! 4. how many functions each of the [`BLOCKS`] has,
//! 5. the lengths of what stands after the functions, before the row, and between the row and the
//!    functions,
//! 6. the length of each part of each block, in the order of [`Part`];
//!
//! and then what has these lengths. In [`Part::Operations`] an operation is its first byte, but for
//! [`NUMBERS`], [`NEXT`], [`HALF_ALIGNED`] and [`STRANGE`]. A memory operation's alignment is the
//! natural one. The length of a function's body takes three bytes, so that it can be written when
//! the body is.

use wasm_encoder::Encode;
use wasmparser::{ElementItems, ElementSectionReader, FunctionBody, Operator, Parser, Payload};

use crate::command::Outcome;
use crate::split::unread;

/// What is kept apart.
#[derive(Clone, Copy)]
enum Part {
    Operations,
    Locals,
    Offsets,
    /// Constant numbers of one, two, and more bytes.
    Short,
    Middle,
    Long,
    Branches,
    Blocks,
    Calls,
    Types,
    /// The local variables of each function.
    Declared,
    Globals,
    /// Operations that are rare: their lengths and bytes.
    Strange,
    /// Constant numbers of 64 bits.
    Wide,
}

const PARTS: usize = Part::Wide as usize + 1;

/// The functions come in two blocks. The second begins after so many of a hundred bytes: what is
/// left to do when the last byte has come is little, and each block more costs bytes.
const BLOCKS: usize = 2;
const FIRST_BLOCK: usize = 90;

/// `unpack.js` has room for so many bytes.
const ROOM: usize = 1 << 20;

/// `i32.const` with a number of one, two, and more bytes.
const NUMBERS: [u8; 3] = [6, 7, 8];

/// `i32.const` with the place in the table after the last one named so; it takes two bytes.
const NEXT: u8 = 9;

/// An operation that stands in [`Part::Strange`].
const STRANGE: u8 = 255;

/// `i64.load` and `i64.store` of what is aligned as numbers of 32 bits are.
const HALF_ALIGNED: [(u8, u8); 2] = [(0x29, 18), (0x37, 19)];

/// The places in the table that [`NEXT`] can name.
const TWO_BYTES: std::ops::Range<i32> = 64..8192;

/// Takes a module apart. `slot` is the place in the table before the first that is new.
///
/// # Errors
///
/// When the module is not one, is too large, or has a function of more than two megabytes or more
/// than 127 kinds of local variables.
pub(crate) fn pack(module: &[u8], slot: u32) -> Outcome<Vec<u8>> {
    let mut functions = 0;
    let mut before = 0;
    let mut end = 0;
    let mut row = Row::default();
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.map_err(unread)?;
        if let Some((_, range)) = payload.as_section()
            && functions == 0
        {
            before = end;
            end = usize::try_from(range.end).map_err(unread)?;
        }
        match payload {
            Payload::ElementSection(section) => row = Row::ending(section)?,
            Payload::CodeSectionStart { count, .. } => functions = count,
            Payload::CodeSectionEntry(body) => bodies.push(body),
            _ => {}
        }
    }
    let mut length = leb(functions).len();
    for body in &bodies {
        length += 3 + length_of(body)?;
    }
    let length = leb(u32::try_from(length).map_err(unread)?);
    let between = [
        &module[row.at + row.size()..before],
        &[10],
        &length,
        &leb(functions),
    ]
    .concat();
    let around = [&module[end..], &module[..row.at], &between];

    let whole: usize = bodies.iter().map(|it| it.as_bytes().len()).sum();
    let mut packer = Packer {
        module,
        blocks: Default::default(),
        block: 0,
        size: around.iter().map(|it| it.len()).sum::<usize>() + row.size(),
        place: slot.cast_signed(),
    };
    let mut counts = [0; BLOCKS];
    let mut done = 0;
    for body in &bodies {
        packer.block = usize::from(done * 100 >= whole * FIRST_BLOCK);
        done += body.as_bytes().len();
        counts[packer.block] += 1;
        packer.function(body)?;
    }

    let size = u32::try_from(packer.size).map_err(unread)?;
    let [first, last] = [row.functions.start, row.functions.end];
    let parts = packer.blocks.iter().flatten().map(Vec::as_slice);
    let pieces = around.into_iter().chain(parts);
    let mut sent = Vec::new();
    for number in [size, slot, first, last].into_iter().chain(counts) {
        sent.extend(number.to_le_bytes());
    }
    for piece in pieces.clone() {
        sent.extend(u32::try_from(piece.len()).map_err(unread)?.to_le_bytes());
    }
    pieces.for_each(|it| sent.extend(it));
    if sent.len() > ROOM {
        return Err(format!(
            "the packed program takes {} bytes, more than {ROOM}",
            sent.len()
        ));
    }
    Ok(sent)
}

fn length_of(body: &FunctionBody<'_>) -> Outcome<usize> {
    let range = body.range();
    usize::try_from(range.end - range.start).map_err(unread)
}

/// Functions whose numbers follow each other and take two bytes, at the end of what a table
/// contains.
#[derive(Default)]
struct Row {
    functions: std::ops::Range<u32>,
    /// Where it stands in the module.
    at: usize,
}

impl Row {
    fn ending(section: ElementSectionReader<'_>) -> Outcome<Self> {
        let end = section.range().end;
        let mut row = 0..0;
        for element in section {
            let ElementItems::Functions(functions) = element.map_err(unread)?.items else {
                continue;
            };
            row = 0..0;
            for function in functions {
                let function = function.map_err(unread)?;
                let goes_on = function == row.end && !row.is_empty();
                let start = if goes_on { row.start } else { function };
                row = start..function + 1;
            }
        }
        row.start = row.start.max(1 << 7);
        if row.is_empty() || row.end > 1 << 14 {
            row = 0..0;
        }
        let at = usize::try_from(end).map_err(unread)? - 2 * row.len();
        Ok(Self { functions: row, at })
    }

    /// How many bytes it takes in the module.
    fn size(&self) -> usize {
        2 * self.functions.len()
    }
}

struct Packer<'m> {
    module: &'m [u8],
    /// The parts of each block.
    blocks: [[Vec<u8>; PARTS]; BLOCKS],
    /// The block that is being filled.
    block: usize,
    /// How many bytes the module takes when it is put together again.
    size: usize,
    /// The place in the table that was named last.
    place: i32,
}

impl Packer<'_> {
    /// Adds to a part what stands in the module as it is.
    fn put(&mut self, part: Part, bytes: &[u8]) {
        self.size += bytes.len();
        self.blocks[self.block][part as usize].extend_from_slice(bytes);
    }

    /// Adds to a part what does not stand in the module.
    fn say(&mut self, part: Part, byte: u8) {
        self.blocks[self.block][part as usize].push(byte);
    }

    fn function(&mut self, body: &FunctionBody<'_>) -> Outcome {
        self.size += 3;
        let start = usize::try_from(body.range().start).map_err(unread)?;
        let mut reader = body.get_operators_reader().map_err(unread)?;
        let mut offset = usize::try_from(reader.original_position()).map_err(unread)?;
        let module = self.module;
        if module[start] > 127 || length_of(body)? >= 1 << 21 {
            return Err("a function is too large to be packed".into());
        }
        self.put(Part::Declared, &module[start..offset]);
        while !reader.eof() {
            let operator = reader.read().map_err(unread)?;
            let next = usize::try_from(reader.original_position()).map_err(unread)?;
            self.operation(&operator, &module[offset..next]);
            offset = next;
        }
        Ok(())
    }

    fn operation(&mut self, operator: &Operator<'_>, bytes: &[u8]) {
        let (code, operands) = (bytes[0], &bytes[1..]);
        if let Operator::I32Const { value } = operator {
            return self.constant(*value, operands);
        }
        let part = match operator {
            Operator::LocalGet { .. } | Operator::LocalSet { .. } | Operator::LocalTee { .. } => {
                Part::Locals
            }
            Operator::GlobalGet { .. } | Operator::GlobalSet { .. } => Part::Globals,
            Operator::Br { .. } | Operator::BrIf { .. } => Part::Branches,
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => Part::Blocks,
            Operator::Call { .. } => Part::Calls,
            Operator::I64Const { .. } => Part::Wide,
            Operator::CallIndirect {
                table_index: 0,
                type_index,
            } if operands.len() == leb(*type_index).len() + 1 => {
                self.say(Part::Operations, code);
                self.put(Part::Types, &operands[..operands.len() - 1]);
                self.size += 2;
                return;
            }
            _ if NATURAL.0 <= code && code <= NATURAL.1 => {
                let half = HALF_ALIGNED.iter().find(|it| it.0 == code);
                let said = match operands.first() {
                    Some(aligned) if *aligned == natural(code) => code,
                    Some(2) if let Some((_, half)) = half => *half,
                    _ => return self.strange(bytes),
                };
                self.say(Part::Operations, said);
                self.put(Part::Offsets, &operands[1..]);
                self.size += 2;
                return;
            }
            _ if operands.is_empty() => {
                self.say(Part::Operations, code);
                self.size += 1;
                return;
            }
            _ => return self.strange(bytes),
        };
        self.say(Part::Operations, code);
        self.size += 1;
        self.put(part, operands);
    }

    fn constant(&mut self, value: i32, operands: &[u8]) {
        if value == self.place + 1 && TWO_BYTES.contains(&value) && operands.len() == 2 {
            self.place = value;
            self.say(Part::Operations, NEXT);
            self.size += 3;
            return;
        }
        let (code, part) = match operands.len() {
            1 => (NUMBERS[0], Part::Short),
            2 => (NUMBERS[1], Part::Middle),
            _ => (NUMBERS[2], Part::Long),
        };
        self.say(Part::Operations, code);
        self.size += 1;
        self.put(part, operands);
    }

    fn strange(&mut self, bytes: &[u8]) {
        // Only a table of branches can be so long that it takes more than one.
        for bytes in bytes.chunks(255) {
            self.say(Part::Operations, STRANGE);
            self.say(Part::Strange, u8::try_from(bytes.len()).unwrap_or(u8::MAX));
            self.put(Part::Strange, bytes);
        }
    }
}

/// The first and the last operation on memory that has an alignment.
const NATURAL: (u8, u8) = (0x28, 0x3e);

/// The natural alignment of each, as a power of two.
const ALIGNMENTS: &[u8] = b"23230011001122232301012";

/// How an operation on memory is aligned if nothing else is said.
fn natural(code: u8) -> u8 {
    ALIGNMENTS[usize::from(code - NATURAL.0)] - b'0'
}

/// A number as wasm writes it.
fn leb(number: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    number.encode(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use wasm_encoder::{
        CodeSection, ConstExpr, ElementSection, Elements, ExportKind, ExportSection, Function,
        FunctionSection, Instruction, Module, RefType, TableSection, TableType, TypeSection,
        ValType,
    };

    use super::*;
    use crate::command::root;

    /// Says what each place of the table gives.
    const RUNNER: &str = r#"
const { readFileSync } = require("fs");
const unpack = new Function(readFileSync(process.argv[1], "utf8") + "; return unpack;")();
(async () => {
  const module = await unpack(new Blob([readFileSync(process.argv[2])]).stream());
  const { table } = (await WebAssembly.instantiate(module)).instance.exports;
  console.log(Array.from({ length: table.length }, (_, place) => table.get(place)()).join());
})();
"#;

    /// Three hundred functions, each of which gives its own number, and a table of `entries`.
    fn module(entries: &[u32]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], [ValType::I32]);
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for number in 0..300 {
            functions.function(0);
            let mut body = Function::new([]);
            body.instruction(&Instruction::I32Const(number));
            body.instruction(&Instruction::End);
            code.function(&body);
        }
        let mut tables = TableSection::new();
        tables.table(TableType {
            element_type: RefType::FUNCREF,
            minimum: entries.len() as u64,
            maximum: None,
            table64: false,
            shared: false,
        });
        let mut exports = ExportSection::new();
        exports.export("table", ExportKind::Table, 0);
        let mut elements = ElementSection::new();
        elements.active(
            None,
            &ConstExpr::i32_const(0),
            Elements::Functions(entries.into()),
        );
        let mut module = Module::new();
        module
            .section(&types)
            .section(&functions)
            .section(&tables)
            .section(&exports)
            .section(&elements)
            .section(&code);
        module.finish()
    }

    #[test]
    fn a_row_of_functions_comes_back_where_it_stood() {
        let path = std::env::temp_dir().join(format!("packed-{}", std::process::id()));
        let no_row = vec![3, 299, 2];
        let row: Vec<u32> = [7, 7].into_iter().chain(140..300).collect();
        let from_short_numbers: Vec<u32> = [299].into_iter().chain(100..200).collect();
        let all_short: Vec<u32> = (0..128).collect();
        for entries in [no_row, row, from_short_numbers, all_short] {
            let packed = pack(&module(&entries), 0).unwrap();
            std::fs::write(&path, &packed).unwrap();
            let done = Command::new("node")
                .args(["-e", RUNNER])
                .arg(root().join("src/browser/unpack.js"))
                .arg(&path)
                .output()
                .unwrap();
            let said = String::from_utf8(done.stdout).unwrap();
            let wanted: Vec<String> = entries.iter().map(u32::to_string).collect();
            let error = String::from_utf8_lossy(&done.stderr);
            assert_eq!(said.trim(), wanted.join(","), "{error}");
        }
        std::fs::remove_file(&path).unwrap();
        let row: Vec<u32> = (128..300).collect();
        let no_row: Vec<u32> = (0..172).map(|it| 299 - it % 2 * 10).collect();
        let lengths = [&row, &no_row].map(|it| pack(&module(it), 0).unwrap().len());
        assert_eq!(lengths[0] + 2 * (row.len() - 1), lengths[1]);
    }
}
