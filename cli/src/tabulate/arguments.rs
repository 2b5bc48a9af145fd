//! What `kuuluu tabulate` is asked.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use insight::archive::Backgrounds;
use insight::export;
use insight::query::{Base, Query, Rounding};
use lexopt::prelude::*;

pub(super) const HELP: &str = "\
Usage: kuuluu tabulate SURVEY RESPONSES… [OPTIONS] [--earlier SURVEY RESPONSES…]

Counts the answers in RESPONSES to the survey in the file SURVEY. What is too small to show is
hidden, as on the organiser's page. RESPONSES are NDJSON, one response a line, or tables with
headings (.csv, .tsv, .txt; also exports of other survey tools); both plain or packed with gzip
or Zstandard. Several files are counted together; - is standard input.

  --by VARIABLE                   break down by a background variable; twice (or a,b) to cross two
  --filter 'age_band = \"65p\"'     count only some; conditions on background variables
  --question NAME                 count only this question; may be repeated
  --base valid|all                per cents of those who answered (default) or of all
  --rounding half-up|largest-remainder
  --scores                        the scores of the survey's instruments too
  --frame FILE                    who was asked: a JSON list of {code, name, subRegion}
  --weights FILE                  weighted per cents beside the others, by margins
                                  {\"format\": \"kuuluu-margins/1\", \"margins\": {variable: {code: n}}}
  --mapping FILE                  which heading of a table feeds which variable (default: a guess)
  --save-mapping FILE             writes the mapping that was used, to be corrected and used again;
                                  headings that feed nothing are in it with null
  --compare VARIABLE=ONE[,OTHER]  two groups, or one and all the rest: differences, and what may be
                                  said of them
  --earlier SURVEY RESPONSES…     the same of an earlier round, with its own version of the survey;
                                  may be repeated, the oldest first: differences are from the last
                                  one, and the series tells where questions changed
  --against ROUND                 differences are from this earlier round instead; ROUND is what its
                                  survey calls it, or the survey's version
  --published FILE                results that are public already (a snapshot); may be repeated, the
                                  oldest first: nothing is shown that could be taken from them
  --min-cell N|off                smallest count shown (default: what the survey says, else 5)
  --format FORMAT                 default: json
      json, csv, json-stat        figures as text
      xlsx, ods                   a workbook: how to read it, and one line per figure
      ddi                         for an archive: codebook.xml (DDI-Codebook 2.5) and data.csv (the
                                  responses, without texts of persons) in one ZIP; confidential, not
                                  to be published. Background answers that together are rarer than
                                  the smallest count are left out
      snapshot                    what the public results page reads; broken down by each --by
  --keep-backgrounds              with ddi: leaves no background answer out; the file is then
                                  personal data
  --language fi|sv|en             of workbooks and codebooks (default: the survey's own)
";

#[derive(Debug, Default)]
pub(super) struct Arguments {
    pub(super) round: Round,
    /// Earlier rounds in order of time.
    pub(super) earlier: Vec<Round>,
    /// The earlier round that differences are from; the last one if it is not said.
    pub(super) against: Option<String>,
    pub(super) compare: Option<Groups>,
    pub(super) query: Query,
    pub(super) minimum: Minimum,
    pub(super) frame: Option<PathBuf>,
    pub(super) weights: Option<PathBuf>,
    pub(super) mapping: Option<PathBuf>,
    pub(super) save_mapping: Option<PathBuf>,
    pub(super) published: Vec<PathBuf>,
    pub(super) format: Format,
    pub(super) language: Option<String>,
    pub(super) backgrounds: Backgrounds,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) enum Minimum {
    #[default]
    OfSurvey,
    Off,
    Cell(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// A file of figures.
    Figures(export::Format),
    Ddi,
    Snapshot,
}

impl Default for Format {
    fn default() -> Self {
        Self::Figures(export::Format::Json)
    }
}

impl Format {
    /// True for what a terminal cannot show.
    pub(super) fn is_binary(self) -> bool {
        use export::Format::{Ods, Xlsx};
        matches!(self, Self::Figures(Xlsx | Ods) | Self::Ddi)
    }
}

/// Two groups of a variable by their codes; without another one, all the rest.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Groups {
    pub(super) variable: String,
    pub(super) one: String,
    pub(super) other: Option<String>,
}

/// A round: its survey and the files of its responses.
#[derive(Debug, Default)]
pub(super) struct Round {
    pub(super) survey: PathBuf,
    pub(super) responses: Vec<PathBuf>,
}

impl Arguments {
    /// `None` if help was asked for.
    pub(super) fn read(args: Vec<OsString>) -> Result<Option<Self>, lexopt::Error> {
        let mut it = Self::default();
        let mut survey = None;
        let mut parser = lexopt::Parser::from_args(args);
        while let Some(argument) = parser.next()? {
            match argument {
                Short('h') | Long("help") => return Ok(None),
                Long("by") => {
                    let names = parser.value()?.string()?;
                    let names = names.split(',').map(|it| it.trim().to_owned());
                    it.query.groups.extend(names);
                }
                Long("filter") => it.query.filter = Some(parser.value()?.string()?),
                Long("question") => it.query.questions.push(parser.value()?.string()?),
                Long("base") => it.query.base = parser.value()?.parse_with(base)?,
                Long("rounding") => it.query.rounding = parser.value()?.parse_with(rounding)?,
                Long("scores") => it.query.scores = true,
                Long("frame") => it.frame = Some(parser.value()?.into()),
                Long("weights") => {
                    it.query.weighted = true;
                    it.weights = Some(parser.value()?.into());
                }
                Long("mapping") => it.mapping = Some(parser.value()?.into()),
                Long("save-mapping") => it.save_mapping = Some(parser.value()?.into()),
                Long("published") => it.published.push(parser.value()?.into()),
                Long("keep-backgrounds") => it.backgrounds = Backgrounds::Kept,
                Long("min-cell") => it.minimum = parser.value()?.parse_with(minimum)?,
                Long("language") => it.language = Some(parser.value()?.string()?),
                Long("format") => it.format = parser.value()?.parse_with(format)?,
                Long("compare") if it.compare.is_none() => {
                    it.compare = Some(parser.value()?.parse_with(groups)?);
                }
                Long("against") => it.against = Some(parser.value()?.string()?),
                Long("earlier") => it.earlier.push(Round {
                    survey: parser.value()?.into(),
                    responses: Vec::new(),
                }),
                Value(path) => match it.earlier.last_mut() {
                    Some(earlier) => earlier.responses.push(path.into()),
                    None if survey.is_none() => survey = Some(path.into()),
                    None => it.round.responses.push(path.into()),
                },
                _ => return Err(argument.unexpected()),
            }
        }
        it.round.survey = survey.ok_or("SURVEY is missing")?;
        if it.round.responses.is_empty() {
            return Err("RESPONSES is missing".into());
        }
        if it.earlier.iter().any(|it| it.responses.is_empty()) {
            return Err("RESPONSES of an earlier round is missing".into());
        }
        let compares = it.compare.is_some() || !it.earlier.is_empty();
        if it.compare.is_some() && !it.earlier.is_empty() {
            return Err("either --compare or --earlier: one comparison at a time".into());
        }
        if it.against.is_some() && it.earlier.is_empty() {
            return Err("--against wants rounds given with --earlier".into());
        }
        if compares && matches!(it.format, Format::Ddi | Format::Snapshot) {
            return Err("ddi and snapshot hold no comparison".into());
        }
        let is_whole = it.query.filter.is_none() && it.query.questions.is_empty();
        if matches!(it.format, Format::Ddi | Format::Snapshot) && !is_whole {
            return Err("ddi and snapshot take all respondents and questions".into());
        }
        if it.format == Format::Ddi && !it.query.groups.is_empty() {
            return Err("ddi takes no --by".into());
        }
        if it.format != Format::Ddi && it.backgrounds == Backgrounds::Kept {
            return Err("--keep-backgrounds is for --format ddi".into());
        }
        if it.format.is_binary() && io::stdout().is_terminal() {
            return Err("this format is not for a terminal; write it into a file with >".into());
        }
        Ok(Some(it))
    }
}

fn base(name: &str) -> Result<Base, &'static str> {
    Base::named(name).ok_or("valid or all is expected")
}

fn rounding(name: &str) -> Result<Rounding, &'static str> {
    Rounding::named(name).ok_or("half-up or largest-remainder is expected")
}

fn groups(text: &str) -> Result<Groups, &'static str> {
    let wrong = "VARIABLE=ONE or VARIABLE=ONE,OTHER is expected";
    let (variable, codes) = text.split_once('=').ok_or(wrong)?;
    let (one, other) = match codes.split_once(',') {
        Some((one, other)) => (one, Some(other.to_owned())),
        None => (codes, None),
    };
    if variable.is_empty() || one.is_empty() || other.as_deref() == Some("") {
        return Err(wrong);
    }
    Ok(Groups {
        variable: variable.to_owned(),
        one: one.to_owned(),
        other,
    })
}

fn minimum(text: &str) -> Result<Minimum, &'static str> {
    match text.parse() {
        _ if text == "off" => Ok(Minimum::Off),
        Ok(0) | Err(_) => Err("a number from 1, or off, is expected"),
        Ok(number) => Ok(Minimum::Cell(number)),
    }
}

fn format(name: &str) -> Result<Format, &'static str> {
    let figures = export::Format::named(name).map(Format::Figures);
    match name {
        "ddi" => Ok(Format::Ddi),
        "snapshot" => Ok(Format::Snapshot),
        _ => figures.ok_or("json, csv, json-stat, xlsx, ods, ddi or snapshot is expected"),
    }
}
