//! Programs of every shape do the same before and after what they did not do for one input has
//! been taken out of them, and after the first half has been packed.

use std::process::Command;

use wasm_encoder::{BlockType, Function, Instruction, ValType};
use wasmparser::Validator;

use super::modules::assembled;
use crate::command::root;
use crate::packed::pack;
use crate::split::{Layout, count, profile, split};

/// How many programs; each is run for [`INPUTS`].
const PROGRAMS: u64 = 40;

const INPUTS: u32 = 24;

/// How many functions a program has: each calls those after it, by name and through the table.
const FUNCTIONS: u32 = 4;

/// The locals that a program plays with; the first is its input, the last its fuel.
const LOCALS: u32 = 6;

/// Runs what stands in the folder: first the counting module for the input 0, then, when there are
/// halves, whole and halves for all inputs. The page would do the same.
const RUNNER: &str = r#"
(async () => {
const { readFileSync, existsSync } = require("fs");
const read = (name) => new WebAssembly.Module(readFileSync(process.argv[1] + "/" + name));
const inputs = Number(process.argv[2]);
if (!existsSync(process.argv[1] + "/first.bin")) {
  const counted = new WebAssembly.Instance(read("counted.wasm"), { page: { say: (it) => it + 1 } }).exports;
  counted.run(0);
  const hits = [];
  for (let ix = 0; counted["hits" + ix]; ix += 1) {
    for (let bit = 0; bit < 32; bit += 1) if ((counted["hits" + ix].value >> bit) & 1) hits.push(ix * 32 + bit);
  }
  console.log(hits.join("\n"));
} else {
  const say = (log) => (it) => (log.push(it), it + 1);
  const whole = [], halved = [];
  let fetched = 0;
  const one = new WebAssembly.Instance(read("whole.wasm"), { page: { say: say(whole) } }).exports;
  const rest = () => {
    fetched += 1;
    new WebAssembly.Instance(read("rest.wasm"), { page, first: two });
  };
  const page = { _a: say(halved), rest };
  const sent = readFileSync(process.argv[1] + "/first.bin");
  const unpack = new Function(readFileSync(process.argv[4], "utf8") + "; return unpack;")();
  const first = await unpack(new Blob([sent]).stream());
  const two = new WebAssembly.Instance(new WebAssembly.Module(first), { page }).exports;
  for (let input = 0; input < inputs; input += 1) {
    if (one.run(input) !== two[process.argv[3]](input)) throw new Error("input " + input);
    if (input === 0 && fetched) throw new Error("what was measured fetches the rest");
  }
  if (String(whole) !== String(halved)) throw new Error("other calls");
  console.log(fetched);
}
})();
"#;

#[test]
fn programs_of_every_shape_do_the_same_in_two_halves() {
    let folder = std::env::temp_dir().join(format!("two-halves-{}", std::process::id()));
    let mut fetched = 0;
    for seed in 0..PROGRAMS {
        std::fs::create_dir_all(&folder).unwrap();
        let whole = Program::draw(seed);
        Validator::new().validate_all(&whole).unwrap();
        let put = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).unwrap();
        put("whole.wasm", &whole);
        put("counted.wasm", &count(&whole).unwrap());
        let node = |run: &str| {
            let done = Command::new("node")
                .args(["-e", RUNNER])
                .arg(&folder)
                .arg(INPUTS.to_string())
                .arg(run)
                .arg(root().join("src/browser/unpack.js"))
                .output()
                .unwrap();
            let said = String::from_utf8(done.stdout).unwrap();
            assert!(
                done.status.success(),
                "seed {seed}: {}",
                String::from_utf8_lossy(&done.stderr)
            );
            said
        };
        let hits: Vec<usize> = node("run").lines().map(|it| it.parse().unwrap()).collect();
        let halves = split(&whole, &profile(&whole, &hits).unwrap(), &Layout::default()).unwrap();
        for half in [&halves.first, &halves.rest] {
            Validator::new()
                .validate_all(half)
                .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        }
        put("first.bin", &pack(&halves.first, halves.slot).unwrap());
        put("rest.wasm", &halves.rest);
        fetched += node(&halves.exports[0].1).trim().parse::<u32>().unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
    }
    // A splitter that takes nothing out would pass, and prove nothing.
    assert!(fetched > u32::try_from(PROGRAMS / 6).unwrap(), "{fetched}");
}

/// A program that is being drawn: functions of one number to one number.
struct Program {
    seed: u64,
    /// The index of the function that is being drawn; the imported one has 0.
    index: u32,
    body: Function,
    /// The blocks that are open, the innermost last: whether a branch to one carries a number.
    labels: Vec<bool>,
}

impl Program {
    fn draw(seed: u64) -> Vec<u8> {
        let mut program = Self {
            seed,
            index: 0,
            body: Function::new([]),
            labels: Vec::new(),
        };
        let bodies: Vec<Function> = (1..=FUNCTIONS)
            .map(|index| {
                program.index = index;
                program.body = Function::new([(LOCALS, ValType::I32)]);
                program.labels = vec![true];
                program.put(&Instruction::I32Const(12));
                program.put(&Instruction::LocalSet(LOCALS));
                program.statements(if index == 1 { 6 } else { 3 });
                program.expression(2);
                program.put(&Instruction::End);
                program.body.clone()
            })
            .collect();
        let names = ["run", "one", "two", "three"];
        let functions: Vec<(&str, Function)> = names.into_iter().zip(bodies).collect();
        let in_table: Vec<u32> = (1..=FUNCTIONS).collect();
        assembled("say", "run", &functions, &in_table, &[])
    }

    fn below(&mut self, n: u64) -> u64 {
        self.seed = self.seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.seed;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % n
    }

    fn put(&mut self, instruction: &Instruction<'_>) {
        self.body.instruction(instruction);
    }

    /// A local that may be written: not the input, not the fuel.
    fn a_local(&mut self) -> u32 {
        u32::try_from(1 + self.below(u64::from(LOCALS) - 1)).unwrap()
    }

    /// Puts code that leaves a number.
    fn expression(&mut self, depth: u32) {
        match self.below(if depth == 0 { 2 } else { 6 }) {
            0 => {
                let local = self.a_local() * u32::from(self.below(2) == 0);
                self.put(&Instruction::LocalGet(local));
            }
            1 => {
                let number = i32::try_from(self.below(7)).unwrap();
                self.put(&Instruction::I32Const(number));
            }
            2 => {
                self.expression(depth - 1);
                let later = u64::from(FUNCTIONS - self.index);
                let called = self.index + u32::try_from(self.below(later + 1)).unwrap();
                if called == self.index {
                    self.put(&Instruction::Call(0));
                } else if self.below(2) == 0 {
                    self.put(&Instruction::Call(called));
                } else {
                    // A function stands in the table at its own index.
                    self.put(&Instruction::I32Const(called.cast_signed()));
                    self.put(&Instruction::CallIndirect {
                        type_index: 0,
                        table_index: 0,
                    });
                }
            }
            3 => {
                self.expression(depth - 1);
                let local = self.a_local();
                self.put(&Instruction::LocalTee(local));
            }
            which => {
                self.expression(depth - 1);
                self.expression(depth - 1);
                self.put(match which {
                    4 => &Instruction::I32Add,
                    _ => &Instruction::I32LtU,
                });
            }
        }
    }

    fn statements(&mut self, depth: u32) {
        for _ in 0..=self.below(6) {
            self.statement(depth);
        }
    }

    fn block(&mut self, start: &Instruction<'_>, carries: bool, depth: u32) {
        self.put(start);
        self.labels.push(carries);
        if matches!(start, Instruction::Loop(_)) {
            for instruction in [
                Instruction::LocalGet(LOCALS),
                Instruction::I32Const(1),
                Instruction::I32Sub,
                Instruction::LocalTee(LOCALS),
                Instruction::I32Eqz,
                Instruction::If(BlockType::Empty),
                Instruction::LocalGet(1),
                Instruction::Return,
                Instruction::End,
            ] {
                self.put(&instruction);
            }
        }
        self.statements(depth - 1);
    }

    fn close(&mut self) {
        self.labels.pop();
        self.put(&Instruction::End);
    }

    /// A label and whether a branch to it carries a number.
    fn label(&mut self) -> (u32, bool) {
        // The function's own is drawn rarely: what has returned does nothing more.
        let inner = (self.labels.len() - 1).max(1);
        let n = if self.below(8) == 0 {
            self.labels.len()
        } else {
            inner
        };
        let depth = usize::try_from(self.below(n as u64)).unwrap();
        let carries = self.labels[self.labels.len() - 1 - depth];
        (u32::try_from(depth).unwrap(), carries)
    }

    /// Puts a branch; what follows in its list cannot be arrived at.
    fn leave(&mut self) {
        let (label, carries) = self.label();
        if carries {
            self.expression(1);
        }
        match self.below(3) {
            0 if label as usize == self.labels.len() - 1 => self.put(&Instruction::Return),
            1 => {
                let kin: Vec<u32> = (0u32..)
                    .zip(self.labels.iter().rev())
                    .filter_map(|(depth, it)| (*it == carries).then_some(depth))
                    .collect();
                self.expression(2);
                self.put(&Instruction::BrTable(kin.into(), label));
            }
            _ => self.put(&Instruction::Br(label)),
        }
    }

    fn statement(&mut self, depth: u32) {
        match self.below(if depth == 0 { 3 } else { 8 }) {
            0 | 1 => {
                self.expression(2);
                let local = self.a_local();
                self.put(&Instruction::LocalSet(local));
            }
            2 => {
                let (label, carries) = self.label();
                if carries {
                    self.expression(1);
                }
                self.expression(2);
                self.put(&Instruction::BrIf(label));
                if carries {
                    self.put(&Instruction::Drop);
                }
            }
            3 => {
                self.block(&Instruction::Block(BlockType::Empty), false, depth);
                if self.below(3) == 0 {
                    self.leave();
                }
                self.close();
            }
            4 => {
                let carries = Instruction::Block(BlockType::Result(ValType::I32));
                self.block(&carries, true, depth);
                self.expression(1);
                self.close();
                let local = self.a_local();
                self.put(&Instruction::LocalSet(local));
            }
            5 => {
                self.block(&Instruction::Loop(BlockType::Empty), false, depth);
                self.close();
            }
            6 => {
                self.expression(2);
                self.block(&Instruction::If(BlockType::Empty), false, depth);
                if self.below(3) == 0 {
                    self.leave();
                }
                if self.below(2) == 0 {
                    self.put(&Instruction::Else);
                    self.statements(depth - 1);
                }
                self.close();
            }
            _ => {
                // Something lies on the stack meanwhile.
                self.expression(1);
                self.statements(depth - 1);
                let local = self.a_local();
                self.put(&Instruction::LocalSet(local));
            }
        }
    }
}
