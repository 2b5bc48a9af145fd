//! What the linker put where in memory, and what in it points to what.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use wasmparser::{
    DataKind, KnownCustom, Linking, Name, Operator, Parser, Payload, RelocationEntry,
    RelocationType, SymbolInfo,
};

use super::source::unread;
use crate::command::Outcome;

/// The name of the segment that never changes.
const CONSTANT: &str = ".rodata";

/// A piece of data that the linker knows by itself: a text, a table, a static.
#[derive(Clone, Copy)]
pub(crate) struct Piece {
    pub(super) address: u32,
    pub(super) size: u32,
    /// Whether the program may change it.
    pub(super) changes: bool,
}

/// The pieces of data of a linked program.
#[derive(Default)]
pub(crate) struct Layout {
    /// In the order of their addresses.
    pub(super) pieces: Vec<Piece>,
    /// For each address that the program names, beyond a piece's end or before its start, too, the
    /// pieces that it was counted from; by their places in `pieces`.
    pub(super) named: BTreeMap<u32, Vec<usize>>,
    /// For each piece, those that it points to.
    pub(super) inner: Vec<Vec<usize>>,
}

/// A data segment in the file and in memory.
struct Segment {
    /// Where its bytes start, counted from the start of the data section.
    start: u32,
    address: u32,
    changes: bool,
}

/// What has to be known of the file before any address.
#[derive(Default)]
struct File {
    segments: Vec<Segment>,
    /// The data that a symbol stands for: segment, place in it, size.
    symbols: Vec<Option<(u32, u32, u32)>>,
    /// For code and data, the places that name addresses.
    places: Vec<(bool, RelocationEntry)>,
}

impl Layout {
    /// Reads what the linker says when it is asked to keep its notes (`--emit-relocs`).
    ///
    /// # Errors
    ///
    /// When `linked` is no module or has no such notes.
    pub(crate) fn read(linked: &[u8]) -> Outcome<Self> {
        let file = File::read(linked)?;
        let address_of = |symbol: u32| -> Option<(u32, u32)> {
            let (segment, offset, size) = (*file.symbols.get(symbol as usize)?)?;
            Some((file.segments.get(segment as usize)?.address + offset, size))
        };
        let mut layout = Self::default();
        let mut pieces: Vec<(u32, u32)> = (0u32..)
            .take(file.symbols.len())
            .filter_map(address_of)
            .collect();
        // Of symbols that start at one address the longest covers the others.
        pieces.sort_unstable_by_key(|(address, size)| (*address, Reverse(*size)));
        pieces.dedup_by_key(|(address, _)| *address);
        layout.pieces = pieces
            .into_iter()
            .map(|(address, size)| Piece {
                address,
                size,
                changes: file.changes(address),
            })
            .collect();
        if layout.pieces.is_empty() {
            return Err("the linked module does not say what stands where in memory".into());
        }
        layout.inner = vec![Vec::new(); layout.pieces.len()];
        for (in_data, place) in &file.places {
            let Some((address, _)) = address_of(place.index) else {
                continue;
            };
            let target = layout.piece_at(address);
            let value = i64::from(address) + place.addend;
            let named = layout
                .named
                .entry(u32::try_from(value).map_err(unread)?)
                .or_default();
            if !named.contains(&target) {
                named.push(target);
            }
            if *in_data {
                let from = file.address(place.offset);
                let from = layout.piece_at(from);
                layout.inner[from].push(target);
            }
        }
        Ok(layout)
    }

    /// The place in `pieces` of the last piece that does not start after `address`.
    pub(super) fn piece_at(&self, address: u32) -> usize {
        self.pieces
            .partition_point(|piece| piece.address <= address)
            .saturating_sub(1)
    }
}

impl File {
    fn read(linked: &[u8]) -> Outcome<Self> {
        let mut file = Self::default();
        let mut section = 0;
        let [mut code, mut data] = [u32::MAX; 2];
        let mut notes = Vec::new();
        for payload in Parser::new(0).parse_all(linked) {
            let payload = payload.map_err(unread)?;
            let is_section = payload.as_section().is_some();
            match payload {
                Payload::CodeSectionStart { .. } => code = section,
                Payload::DataSection(segments) => {
                    data = section;
                    let start = segments.range().start;
                    for segment in segments {
                        let segment = segment.map_err(unread)?;
                        let DataKind::Active { offset_expr, .. } = segment.kind else {
                            return Err("the module fills its memory later".into());
                        };
                        let offset = offset_expr.get_operators_reader().read();
                        let Operator::I32Const { value } = offset.map_err(unread)? else {
                            return Err("data stands at an address that is not known".into());
                        };
                        let at = segment.range.end - segment.data.len() as u64 - start;
                        file.segments.push(Segment {
                            start: u32::try_from(at).map_err(unread)?,
                            address: value.cast_unsigned(),
                            changes: true,
                        });
                    }
                }
                Payload::CustomSection(custom) => match custom.as_known() {
                    KnownCustom::Linking(linking) => {
                        for part in linking.subsections() {
                            if let Linking::SymbolTable(symbols) = part.map_err(unread)? {
                                for symbol in symbols {
                                    file.symbols.push(match symbol.map_err(unread)? {
                                        SymbolInfo::Data { symbol, .. } => {
                                            symbol.map(|it| (it.index, it.offset, it.size))
                                        }
                                        _ => None,
                                    });
                                }
                            }
                        }
                    }
                    KnownCustom::Reloc(relocations) => notes.push(relocations),
                    KnownCustom::Name(names) => {
                        for part in names {
                            if let Name::Data(map) = part.map_err(unread)? {
                                for naming in map {
                                    let naming = naming.map_err(unread)?;
                                    let segment = file.segments.get_mut(naming.index as usize);
                                    if let Some(segment) = segment {
                                        segment.changes = naming.name != CONSTANT;
                                    }
                                }
                            }
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
            section += u32::from(is_section);
        }
        for note in notes {
            let in_data = note.section_index() == data;
            if !in_data && note.section_index() != code {
                continue;
            }
            for entry in note.entries() {
                let entry = entry.map_err(unread)?;
                if matches!(
                    entry.ty,
                    RelocationType::MemoryAddrLeb
                        | RelocationType::MemoryAddrSleb
                        | RelocationType::MemoryAddrI32
                ) {
                    file.places.push((in_data, entry));
                }
            }
        }
        Ok(file)
    }

    fn changes(&self, address: u32) -> bool {
        let ix = self
            .segments
            .partition_point(|segment| segment.address <= address)
            .saturating_sub(1);
        self.segments.get(ix).is_none_or(|segment| segment.changes)
    }

    /// The address of a place in the data section.
    fn address(&self, place: u32) -> u32 {
        let ix = self
            .segments
            .partition_point(|segment| segment.start <= place)
            .saturating_sub(1);
        let segment = &self.segments[ix];
        segment.address + (place - segment.start)
    }
}
