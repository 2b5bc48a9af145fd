use wasm_encoder::{CustomSection, Encode, Function, Instruction, Section};
use wasmparser::{DataKind, Operator, Parser, Payload, Validator};

use super::layout::Piece;
use super::{FETCH, FIRST, Layout, Profile, split};

mod modules;
mod programs;

use modules::{DATA_AT, assembled};

fn runs(names: &[&str]) -> Profile {
    let mut profile = Profile::default();
    for name in names {
        profile.add(name, 0, vec![true]);
    }
    profile
}

/// `start` calls `early` and `late`; `late` calls `early` and the imported function; `kept` stands
/// in the table. `early` names the address 16 and `late` the address 24, after linking.
fn module() -> Vec<u8> {
    let bodies: [(&str, &[u32], i32); 4] = [
        ("app[65caeadb8fc8ea2]::start", &[2, 3], 0),
        ("app[65caeadb8fc8ea2]::early", &[], 16),
        ("app[65caeadb8fc8ea2]::late.1206", &[2, 0], 24),
        ("app[65caeadb8fc8ea2]::kept[1]", &[], 0),
    ];
    let functions = bodies.map(|(name, calls, address)| {
        let mut body = Function::new([]);
        body.instruction(&Instruction::I32Const(address));
        body.instruction(&Instruction::Drop);
        body.instruction(&Instruction::LocalGet(0));
        for called in calls {
            body.instruction(&Instruction::Call(*called));
        }
        body.instruction(&Instruction::End);
        (name, body)
    });
    assembled(
        "say_0123456789abcdef",
        "start",
        &functions,
        &[4],
        b"earlyxx.lateyyy.inner...",
    )
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
    let halves = split(
        &module(),
        &runs(&["app::start", "app::early"]),
        &Layout::default(),
    )
    .unwrap();
    for half in [&halves.first, &halves.rest] {
        Validator::new().validate_all(half).unwrap();
    }
    let first = imports(&halves.first);
    assert!(first.contains(&("page".to_owned(), FETCH.to_owned())));
    // start, early, what calls functions of their type, and what waits for them.
    assert_eq!(n_bodies(&halves.first), 4);
    assert_eq!(n_bodies(&halves.rest), 2);
    let rest = imports(&halves.rest);
    // The imported function, memory, table, global.
    assert_eq!(rest.len(), 4);
    assert_eq!(rest.iter().filter(|(module, _)| module == FIRST).count(), 3);
    let (long, short) = &halves.imports[0];
    assert_eq!(long, "say_0123456789abcdef");
    assert!(first.contains(&("page".to_owned(), short.clone())));
}

#[test]
fn what_the_page_calls_stays_even_if_it_never_ran() {
    let halves = split(&module(), &runs(&[]), &Layout::default()).unwrap();
    Validator::new().validate_all(&halves.first).unwrap();
    Validator::new().validate_all(&halves.rest).unwrap();
    // `start` is exported; all others leave.
    assert_eq!(n_bodies(&halves.rest), 3);
}

#[test]
fn what_is_no_module_is_refused_in_words() {
    let refused = split(b"not a module", &runs(&[]), &Layout::default())
        .err()
        .unwrap();
    assert!(refused.contains("cannot be read"), "{refused}");
}

#[test]
fn a_profile_reads_what_it_writes() {
    let mut profile = Profile::default();
    profile.add("app::start", 0x12ab, vec![true, false, true, true, true]);
    profile.add("app::start", 0x12ab, vec![true, true]);
    profile.add("app::never", 7, vec![false]);
    let text = profile.to_string();
    assert_eq!(text, "app::start\t000012ab\tf1\n");
    assert_eq!(Profile::parse(&text).unwrap().to_string(), text);
    let refused = Profile::parse("app::start").err().unwrap();
    assert!(refused.contains("app::start"), "{refused}");
}

/// The memory that a module asks for at the start, from address 16 on.
fn memory(module: &[u8]) -> Vec<u8> {
    let mut memory = vec![0; 24];
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::DataSection(section) = payload.unwrap() {
            for segment in section {
                let segment = segment.unwrap();
                let DataKind::Active { offset_expr, .. } = segment.kind else {
                    panic!("data that is not active");
                };
                let Ok(Operator::I32Const { value }) = offset_expr.get_operators_reader().read()
                else {
                    panic!("data without address");
                };
                let at = usize::try_from(value - DATA_AT).unwrap();
                memory[at..at + segment.data.len()].copy_from_slice(segment.data);
            }
        }
    }
    memory
}

#[test]
fn data_goes_with_the_code_that_needs_it() {
    let piece = |address, changes| Piece {
        address,
        size: 7,
        changes,
    };
    let layout = |changes| Layout {
        pieces: vec![piece(16, false), piece(24, changes), piece(32, false)],
        named: [(16, vec![0]), (24, vec![1]), (32, vec![2])].into(),
        inner: vec![vec![], vec![2], vec![]],
    };
    let runs = runs(&["app::start", "app::early"]);
    let halves = split(&module(), &runs, &layout(false)).unwrap();
    assert_eq!(
        memory(&halves.first),
        *b"earlyxx.\0\0\0\0\0\0\0.\0\0\0\0\0\0\0."
    );
    let rest = memory(&halves.rest);
    assert_eq!(rest[8..15], *b"lateyyy");
    assert_eq!(rest[16..23], *b"inner..");
    // What may change stays, and with it what it points to.
    let halves = split(&module(), &runs, &layout(true)).unwrap();
    assert_eq!(memory(&halves.first), *b"earlyxx.lateyyy.inner...");
}

#[test]
fn the_linkers_notes_are_taken_off() {
    let mut noted = module();
    for name in ["linking", "reloc.CODE", "kept"] {
        let section = CustomSection {
            name: name.into(),
            data: [1, 2, 3].as_slice().into(),
        };
        noted.push(section.id());
        section.encode(&mut noted);
    }
    let bare = super::without_notes(&noted).unwrap();
    let names: Vec<String> = Parser::new(0)
        .parse_all(&bare)
        .filter_map(|it| match it.unwrap() {
            Payload::CustomSection(section) => Some(section.name().to_owned()),
            _ => None,
        })
        .collect();
    assert_eq!(names, ["name", "kept"]);
}
