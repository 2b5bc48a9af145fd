//! `kuuluu tabulate`: figures from responses, under the same rules as on the organiser's page.

mod edition;
mod source;

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use collector::{Clock as _, SystemClock};
use edition::Words;
use insight::export::{Edition, Part};
use insight::load::{Mapping, Report};
use insight::protocol::Layout;
use insight::published::Publication;
use insight::query::{Base, Protection, Query, Rounding};
use insight::release::Refusal;
use insight::weights::Margins;
use insight::{Codebook, Dataset, Loader, export};
use lexopt::prelude::*;
use questionnaire::definition::Survey;

const HELP: &str = "\
Usage: kuuluu tabulate SURVEY RESPONSES… [OPTIONS]

Counts the answers in RESPONSES to the survey in the file SURVEY. What is too small to show is
hidden, as on the organiser's page. RESPONSES are NDJSON, one response a line, or tables with
headings (.csv, .tsv, .txt; also exports of other survey tools); both plain or packed with gzip
or Zstandard. Several files are counted together; - is standard input.

  --by VARIABLE                   break down by a background variable; twice to cross two
  --filter 'age_band = \"65p\"'     count only some; conditions on background variables
  --question NAME                 count only this question; may be repeated
  --base valid|all                per cents of those who answered (default) or of all
  --rounding half-up|largest-remainder
  --scores                        the scores of the survey's instruments too
  --frame FILE                    who was asked: a JSON list of {code, name, subRegion}
  --weights FILE                  weighted per cents beside the others, by margins
                                  {\"format\": \"kuuluu-margins/1\", \"margins\": {variable: {code: n}}}
  --mapping FILE                  which heading of a table feeds which variable (default: a guess)
  --save-mapping FILE             writes the mapping that was used, to be corrected and used again
  --min-cell N|off                smallest count shown (default: what the survey says, else 5)
  --format FORMAT                 default: json
      json, csv, json-stat        figures as text
      xlsx, ods                   a workbook: how to read it, and one line per figure
      ddi                         for an archive: codebook.xml (DDI-Codebook 2.5) and data.csv (the
                                  responses, without texts of persons) in one ZIP; not to be published
      snapshot                    what the public results page reads; broken down by each --by
  --language fi|sv|en             of workbooks and codebooks (default: the survey's own)
";

/// Runs the subcommand.
pub(crate) fn run(args: Vec<OsString>) -> ExitCode {
    match Arguments::read(args) {
        Ok(Some(arguments)) => match tabulate(&arguments) {
            Ok(code) => code,
            Err(reason) => fail(&reason),
        },
        Ok(None) => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("kuuluu tabulate: {error}\n\n{HELP}");
            ExitCode::from(2)
        }
    }
}

#[derive(Debug, Default)]
struct Arguments {
    survey: PathBuf,
    responses: Vec<PathBuf>,
    query: Query,
    minimum: Minimum,
    frame: Option<PathBuf>,
    weights: Option<PathBuf>,
    mapping: Option<PathBuf>,
    save_mapping: Option<PathBuf>,
    format: Format,
    language: Option<String>,
}

#[derive(Debug, Clone, Copy, Default)]
enum Minimum {
    #[default]
    OfSurvey,
    Off,
    Cell(u32),
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Format {
    #[default]
    Json,
    Csv,
    JsonStat,
    Xlsx,
    Ods,
    Ddi,
    Snapshot,
}

impl Format {
    /// True for what a terminal cannot show.
    fn is_binary(self) -> bool {
        matches!(self, Self::Xlsx | Self::Ods | Self::Ddi)
    }
}

impl Arguments {
    /// `None` if help was asked for.
    fn read(args: Vec<OsString>) -> Result<Option<Self>, lexopt::Error> {
        let mut it = Self::default();
        let mut survey = None;
        let mut parser = lexopt::Parser::from_args(args);
        while let Some(argument) = parser.next()? {
            match argument {
                Short('h') | Long("help") => return Ok(None),
                Long("by") => it.query.groups.push(parser.value()?.string()?),
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
                Long("min-cell") => it.minimum = parser.value()?.parse_with(minimum)?,
                Long("language") => it.language = Some(parser.value()?.string()?),
                Long("format") => it.format = parser.value()?.parse_with(format)?,
                Value(path) if survey.is_none() => survey = Some(path.into()),
                Value(path) => it.responses.push(path.into()),
                _ => return Err(argument.unexpected()),
            }
        }
        it.survey = survey.ok_or("SURVEY is missing")?;
        if it.responses.is_empty() {
            return Err("RESPONSES is missing".into());
        }
        let is_whole = it.query.filter.is_none() && it.query.questions.is_empty();
        if matches!(it.format, Format::Ddi | Format::Snapshot) && !is_whole {
            return Err("ddi and snapshot take all respondents and questions".into());
        }
        if it.format == Format::Ddi && !it.query.groups.is_empty() {
            return Err("ddi takes no --by".into());
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

fn minimum(text: &str) -> Result<Minimum, &'static str> {
    match text.parse() {
        _ if text == "off" => Ok(Minimum::Off),
        Ok(0) | Err(_) => Err("a number from 1, or off, is expected"),
        Ok(number) => Ok(Minimum::Cell(number)),
    }
}

fn format(name: &str) -> Result<Format, &'static str> {
    match name {
        "json" => Ok(Format::Json),
        "csv" => Ok(Format::Csv),
        "json-stat" => Ok(Format::JsonStat),
        "xlsx" => Ok(Format::Xlsx),
        "ods" => Ok(Format::Ods),
        "ddi" => Ok(Format::Ddi),
        "snapshot" => Ok(Format::Snapshot),
        _ => Err("json, csv, json-stat, xlsx, ods, ddi or snapshot is expected"),
    }
}

fn tabulate(arguments: &Arguments) -> Result<ExitCode, String> {
    let mut codebook = read_codebook(&arguments.survey)?;
    if let Some(path) = &arguments.frame {
        let taken = codebook.take_frame(&read(path)?);
        taken.map_err(|reason| format!("{}: {reason}", path.display()))?;
    }
    let protection = protection(&codebook, arguments.minimum);
    let mut dataset = Dataset::new(codebook);
    let mapping = arguments.mapping.as_ref().map(read_mapping).transpose()?;
    let mut used = None;
    for path in &arguments.responses {
        let (loaded, report) = load(path, dataset, mapping.as_ref())?;
        tell(path, &report);
        dataset = loaded;
        used = report.mapping.or(used);
    }
    if let Some(path) = &arguments.save_mapping {
        let used = used.ok_or("--save-mapping wants a table among RESPONSES")?;
        std::fs::write(path, used.to_text())
            .map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
    }
    if let Some(path) = &arguments.weights {
        weigh(&mut dataset, path)?;
    }
    let bytes = written(arguments, &dataset, protection)?;
    match io::stdout().lock().write_all(&bytes) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("the figures could not be written: {error}"))
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// The figures in the format asked for.
fn written(
    arguments: &Arguments,
    dataset: &Dataset,
    protection: Protection,
) -> Result<Vec<u8>, String> {
    let codebook = dataset.codebook();
    let today = SystemClock.now().day;
    if arguments.format == Format::Snapshot {
        let publication = Publication {
            base: arguments.query.base,
            rounding: arguments.query.rounding,
            breakdowns: arguments.query.groups.clone(),
            day: today,
            sample: false,
        };
        let results = dataset.publish(&publication, &protection);
        let results = results.map_err(|it| explain(&it))?;
        return Ok(format!("{}\n", results.to_json()).into_bytes());
    }
    let release = dataset.tabulate(&arguments.query, &protection);
    if let Some(refusal) = release.refusal() {
        return Err(explain(refusal));
    }
    let words = Words::new(arguments.language.as_deref(), codebook)?;
    let edition = Edition {
        codebook,
        language: words.language,
        publisher: "",
        day: Some(today),
        say: &|key| words.say(key),
    };
    Ok(match arguments.format {
        Format::Json => format!("{}\n", export::summary_json(&release).to_string()).into_bytes(),
        Format::Csv => export::csv(&release).into_bytes(),
        Format::JsonStat => {
            let language = arguments.language.as_deref().unwrap_or("default");
            let tree = export::json_stat(&release, codebook, language);
            format!("{}\n", tree.to_string()).into_bytes()
        }
        Format::Xlsx => export::xlsx(&release, &edition),
        Format::Ods => export::ods(&release, &edition),
        Format::Ddi | Format::Snapshot => {
            let (xml, data) = (
                export::ddi(&release, &edition, "data.csv"),
                dataset.archive_csv(),
            );
            let part = |name, content| Part {
                name,
                content,
                stored: false,
            };
            export::zip(&[
                part("codebook.xml", xml.as_bytes()),
                part("data.csv", data.as_bytes()),
            ])
        }
    })
}

fn read(path: &PathBuf) -> Result<String, String> {
    std::fs::read_to_string(path)
        .map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

/// Weights the answers and says what to know about the weights.
fn weigh(dataset: &mut Dataset, path: &PathBuf) -> Result<(), String> {
    let at = |reason: String| format!("{}: {reason}", path.display());
    let margins = Margins::parse(&read(path)?).map_err(at)?;
    let weighting = dataset.weigh(margins).map_err(|name| {
        at(format!(
            "\"{name}\" is not a background variable with choices"
        ))
    })?;
    for (variable, code) in &weighting.empty {
        eprintln!("{}: nobody answered in {variable} {code}", path.display());
    }
    if !weighting.converged || weighting.trimmed > 0 {
        eprintln!(
            "{}: the weights miss the margins by {:.1} points at most ({} trimmed)",
            path.display(),
            weighting.largest_gap,
            weighting.trimmed
        );
    }
    Ok(())
}

fn read_codebook(path: &PathBuf) -> Result<Codebook, String> {
    let text = read(path)?;
    let parsed = Survey::parse(&text);
    for problem in &parsed.problems {
        if problem.severity == json::Severity::Error {
            eprintln!("{}: {problem}", path.display());
        }
    }
    let codebook = Codebook::of(&parsed.survey);
    if codebook.questions.is_empty() {
        return Err(format!("{} has no questions to count", path.display()));
    }
    Ok(codebook)
}

fn protection(codebook: &Codebook, minimum: Minimum) -> Protection {
    let own = Protection::of(codebook.mode, &codebook.disclosure, None);
    match minimum {
        Minimum::OfSurvey => own,
        Minimum::Off => Protection::none(),
        Minimum::Cell(cell) => Protection {
            minimum_cell: cell,
            sensitive_minimum: own.sensitive_minimum.max(cell),
            score_minimum: own.score_minimum.max(cell),
        },
    }
}

fn read_mapping(path: &PathBuf) -> Result<Mapping, String> {
    Mapping::read(&read(path)?).map_err(|reason| format!("{}: {reason}", path.display()))
}

/// Adds the responses of one file; with a mapping, standard input is a table.
fn load(
    path: &Path,
    dataset: Dataset,
    mapping: Option<&Mapping>,
) -> Result<(Dataset, Report), String> {
    let unreadable = |error: io::Error| format!("{} cannot be read: {error}", path.display());
    let mut source = source::open(path).map_err(unreadable)?;
    let is_piped_table = path.as_os_str() == "-" && mapping.is_some();
    let mut loader = match Layout::of_name(&path.to_string_lossy()) {
        Layout::Ndjson if !is_piped_table => Loader::new(dataset),
        Layout::Ndjson | Layout::Csv { .. } => Loader::table(dataset, mapping.cloned()),
    };
    let mut chunk = vec![0; 1 << 18];
    loop {
        let n = source.read(&mut chunk).map_err(unreadable)?;
        if n == 0 {
            break;
        }
        loader.push(chunk.get(..n).unwrap_or_default());
    }
    Ok(loader.finish())
}

/// Says what of a file was not taken.
fn tell(path: &Path, report: &Report) {
    for bad in &report.bad {
        eprintln!("{}:{}: {}", path.display(), bad.line, bad.code);
    }
    if report.bad_lines > 0 {
        eprintln!(
            "{}: {} of {} lines could not be read",
            path.display(),
            report.bad_lines,
            report.lines
        );
    }
    for heading in &report.unmatched {
        eprintln!("{}: the column \"{heading}\" feeds nothing", path.display());
    }
}

fn explain(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Filter { offset, code, what } => {
            let why = match *code {
                "unknown-variable" => "is not a variable of the survey",
                "not-background" => "is not a background variable with choices",
                "unknown-value" => "is not one of the variable's values",
                _ => "is not understood here",
            };
            format!("the filter at byte {offset}: \"{what}\" {why}")
        }
        Refusal::Group(name) => format!("\"{name}\" is not a background variable with choices"),
        Refusal::Crossing(one, other) => {
            format!("the survey does not allow {one} to be crossed with {other}")
        }
        Refusal::TooManyGroups => "at most two variables can be crossed".to_owned(),
        Refusal::TooFew => "fewer respondents than the minimum are left".to_owned(),
        Refusal::TooClose => {
            "the result would differ from another by fewer respondents than the minimum".to_owned()
        }
        _ => "the query was refused".to_owned(),
    }
}

fn fail(reason: &str) -> ExitCode {
    eprintln!("kuuluu tabulate: {reason}");
    ExitCode::FAILURE
}
