//! Takes what the first load does not run out of the functions that it runs.
//!
//! A region, the end of a list of operators that was never arrived at, becomes a function of its
//! own, a *lane*: its parameters are the operands and the locals that it needs, its results the
//! operands and the locals that are needed after it, and by which of its exits it was left. Where
//! it stood there is a call, and a branch to where the exit leads.

use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, Function, FunctionSection, Module, NameMap, NameSection, TypeSection,
};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, FunctionSectionReader, Operator, Parser,
    TypeSectionReader,
};

use super::crossing::{Crossing, encoded};
use super::lane::{Lane, Signature};
use super::locals::needed;
use super::points::Listing;
use super::profile::Profile;
use super::regions::{Region, Types, places};
use super::renumbered::Renumbered;
use super::source::{Source, unread};
use crate::command::Outcome;

/// What the name of a lane ends with; no function that the compiler makes has such a name.
const LANE: &str = "~lane";

/// `source` with lanes.
pub(super) fn outline(source: &Source<'_>, profile: &Profile) -> Outcome<Vec<u8>> {
    let mut outliner = Outliner {
        source,
        types: Types::of(source)?,
        new_types: Vec::new(),
        lanes: Vec::new(),
        bodies: Vec::new(),
    };
    for ix in 0..source.bodies.len() {
        let body = outliner.body(ix, profile)?;
        outliner.bodies.push(body);
    }
    let mut module = Module::new();
    let mut writer = Writer {
        outliner: &outliner,
    };
    writer
        .parse_core_module(&mut module, Parser::new(0), source.bytes)
        .map_err(unread)?;
    let mut names = NameMap::new();
    let own = (source.n_imported..).zip(source.names.iter().cloned());
    let lanes = (source.n_functions()..).zip(outliner.lanes.iter().map(|it| it.name.clone()));
    for (index, name) in own.chain(lanes) {
        names.append(u32::try_from(index).map_err(unread)?, &name);
    }
    let mut section = NameSection::new();
    section.functions(&names);
    module.section(&section);
    Ok(module.finish())
}

/// The regions of a function that become lanes, by their places, and the lanes' indices.
type Crossings = BTreeMap<usize, (Region, Crossing, u32)>;

/// A finished lane.
struct Made {
    name: String,
    ty: u32,
    body: Function,
}

struct Outliner<'s> {
    source: &'s Source<'s>,
    types: Types<'s>,
    /// Types that the module did not have.
    new_types: Vec<Signature>,
    lanes: Vec<Made>,
    /// Each function of the module; none if it stays as it is.
    bodies: Vec<Option<Function>>,
}

impl Outliner<'_> {
    fn body(&mut self, ix: usize, profile: &Profile) -> Outcome<Option<Function>> {
        let source = self.source;
        let name = &source.names[ix];
        let body = &source.bodies[ix];
        let listing = Listing::read(body, source.bytes)?;
        let Some(points) = profile.points(name, listing.fingerprint) else {
            return Ok(None);
        };
        let places = places(&listing, points);
        let (locals, regions) = self.types.regions(ix, body, &listing, &places)?;
        let locals = encoded(&locals)?;
        let breaks: Vec<usize> = regions.iter().map(|it| it.from).collect();
        let mut crossings = Crossings::new();
        for (region, needed) in regions.into_iter().zip(needed(&listing, &breaks)) {
            if let Some(crossing) = Crossing::of(&listing, &region, &needed)? {
                let lane = Lane {
                    listing: &listing,
                    region: &region,
                    crossing: &crossing,
                    locals: &locals,
                };
                let lane = self.lane(&lane, name)?;
                crossings.insert(region.from, (region, crossing, lane));
            }
        }
        if crossings.is_empty() {
            return Ok(None);
        }
        let ty = &source.types[source.type_of[source.n_imported + ix] as usize];
        let mut writer = Renumbered::new(locals, ty.params().len());
        for local in mentioned(&listing, &crossings) {
            // In their old order, which was chosen to compress well.
            writer.local(local);
        }
        let mut place = 0;
        while place < listing.operators.len() {
            if let Some((region, crossing, lane)) = crossings.get(&place) {
                crossing.write(region, *lane, &mut writer)?;
                place = region.to;
            } else {
                writer.operator(&listing.operators[place])?;
                place += 1;
            }
        }
        Ok(Some(writer.finish()))
    }

    fn type_index(&mut self, wanted: Signature) -> Outcome<u32> {
        let known = self.new_types.iter().position(|it| *it == wanted);
        let place = known.unwrap_or(self.new_types.len());
        if known.is_none() {
            self.new_types.push(wanted);
        }
        u32::try_from(self.source.types.len() + place).map_err(unread)
    }

    /// Makes a lane and returns its index.
    fn lane(&mut self, lane: &Lane<'_>, name: &str) -> Outcome<u32> {
        let ty = self.type_index(lane.signature()?)?;
        let body = lane.body(&mut |wanted| self.type_index(wanted))?;
        self.lanes.push(Made {
            name: format!("{name}{LANE}"),
            ty,
            body,
        });
        u32::try_from(self.source.n_functions() + self.lanes.len() - 1).map_err(unread)
    }
}

/// The locals that a function still mentions once its regions are lanes, in order.
fn mentioned(listing: &Listing<'_>, crossings: &Crossings) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let mut place = 0;
    while place < listing.operators.len() {
        if let Some((region, crossing, _)) = crossings.get(&place) {
            found.extend(crossing.parameters.iter().chain(&crossing.results));
            place = region.to;
            continue;
        }
        if let Operator::LocalGet { local_index }
        | Operator::LocalSet { local_index }
        | Operator::LocalTee { local_index } = &listing.operators[place]
        {
            found.insert(*local_index);
        }
        place += 1;
    }
    found
}

struct Writer<'o, 's> {
    outliner: &'o Outliner<'s>,
}

impl Reencode for Writer<'_, '_> {
    type Error = std::convert::Infallible;

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: TypeSectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_type_section(self, types, section)?;
        for (parameters, results) in &self.outliner.new_types {
            types
                .ty()
                .function(parameters.iter().copied(), results.iter().copied());
        }
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_function_section(self, functions, section)?;
        for lane in &self.outliner.lanes {
            functions.function(lane.ty);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error> {
        for (body, new) in section.into_iter().zip(&self.outliner.bodies) {
            match new {
                Some(new) => {
                    code.function(new);
                }
                None => self.parse_function_body(code, body?)?,
            }
        }
        for lane in &self.outliner.lanes {
            code.function(&lane.body);
        }
        Ok(())
    }

    fn parse_custom_section(
        &mut self,
        _: &mut Module,
        _: CustomSectionReader<'_>,
    ) -> Result<(), Error> {
        // The names are written anew.
        Ok(())
    }
}
