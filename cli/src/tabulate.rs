//! `kuuluu tabulate`: figures from responses, under the same rules as on the organiser's page.

mod arguments;
mod comparison;
mod edition;
mod source;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use arguments::{Arguments, Format, HELP, Minimum, Round};
use collector::{Clock as _, SystemClock};
use comparison::Compared;
use edition::Words;
use insight::archive::{Backgrounds, Risk};
use insight::export::{Beside, Edition, Part};
use insight::load::{Mapping, Report};
use insight::protocol::Layout;
use insight::published::{Publication, Published};
use insight::query::{Protection, Query};
use insight::release::{Refusal, Release};
use insight::weights::Margins;
use insight::{Codebook, Dataset, Loader, export};
use questionnaire::definition::Survey;
use wire::Results;

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

fn tabulate(arguments: &Arguments) -> Result<ExitCode, String> {
    let mapping = arguments.mapping.as_ref().map(read_mapping).transpose()?;
    let (mut dataset, used) = open(arguments, &arguments.round, mapping.as_ref())?;
    for name in &arguments.query.questions {
        let codebook = dataset.codebook();
        if codebook.question(name).is_none() && codebook.item(name).is_none() {
            let survey = arguments.round.survey.display();
            return Err(format!("{survey} has no question \"{name}\""));
        }
    }
    if let Some(path) = &arguments.save_mapping {
        let used = used
            .as_ref()
            .ok_or("--save-mapping wants a table among RESPONSES")?;
        std::fs::write(path, used.to_text())
            .map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
    }
    if mapping.is_some() && used.is_none() {
        return Err("--mapping is for tables, and none of RESPONSES is one".to_owned());
    }
    for path in &arguments.published {
        remember(&mut dataset, path)?;
    }
    if let Some(path) = &arguments.weights {
        weigh(&mut dataset, path)?;
    }
    let mut earlier = Vec::new();
    for round in &arguments.earlier {
        earlier.push(open(arguments, round, mapping.as_ref())?.0);
    }
    let (query, minimum) = (&arguments.query, arguments.minimum);
    let compared = match &arguments.compare {
        Some(asked) => Some(comparison::groups(asked, query, minimum, &dataset)?),
        None => comparison::rounds(query, minimum, &earlier, &dataset)?,
    };
    let bytes = written(arguments, &dataset, compared.as_ref())?;
    match io::stdout().lock().write_all(&bytes) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("the figures could not be written: {error}"))
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// Reads a round, and says which mapping its tables were read with.
fn open(
    arguments: &Arguments,
    round: &Round,
    mapping: Option<&Mapping>,
) -> Result<(Dataset, Option<Mapping>), String> {
    let mut codebook = read_codebook(&round.survey)?;
    if let Some(path) = &arguments.frame {
        let taken = codebook.take_frame(&read(path)?);
        taken.map_err(|reason| format!("{}: {reason}", path.display()))?;
    }
    let mut dataset = Dataset::new(codebook);
    let mut used = None;
    for path in &round.responses {
        let before = dataset.responses();
        let (loaded, report) = load(path, dataset, mapping)?;
        tell(path, &report);
        if loaded.responses() == before && report.bad_lines > 0 {
            return Err(format!("no line of {} could be read", path.display()));
        }
        dataset = loaded;
        used = report.mapping.or(used);
    }
    Ok((dataset, used))
}

/// The release that was asked for, unless it was refused.
fn release(query: &Query, minimum: Minimum, dataset: &Dataset) -> Result<Release, String> {
    let release = dataset.tabulate(query, &protection(dataset.codebook(), minimum));
    match release.refusal() {
        Some(refusal) => Err(explain(refusal)),
        None => Ok(release),
    }
}

/// The figures in the format asked for.
fn written(
    arguments: &Arguments,
    dataset: &Dataset,
    compared: Option<&Compared>,
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
        let protection = protection(codebook, arguments.minimum);
        let results = dataset.publish(&publication, &protection);
        let results = results.map_err(|it| explain(&it))?;
        return Ok(format!("{}\n", results.to_json()).into_bytes());
    }
    let release = release(&arguments.query, arguments.minimum, dataset)?;
    let words = Words::new(arguments.language.as_deref(), codebook)?;
    let edition = Edition {
        codebook,
        language: words.language,
        publisher: "",
        day: Some(today),
        say: &|key| words.say(key),
        compared: compared.map(|it| Beside {
            comparison: &it.comparison,
            names: None,
        }),
        over_time: compared.and_then(|it| it.over_time.as_ref()),
    };
    let text = |tree: json::Value| format!("{}\n", tree.to_string()).into_bytes();
    Ok(match arguments.format {
        Format::Json => text(export::summary_json(&release, &edition)),
        Format::Csv => export::csv(&release, &edition).into_bytes(),
        Format::JsonStat => text(export::json_stat(&release, &edition)),
        Format::Xlsx => export::xlsx(&release, &edition),
        Format::Ods => export::ods(&release, &edition),
        Format::Ddi | Format::Snapshot => {
            let protection = protection(codebook, arguments.minimum);
            let archive = dataset.archive(&protection, arguments.backgrounds);
            warn(&archive.risk);
            let xml = export::ddi(&release, &archive.risk, &edition, "data.csv");
            let part = |name, content| Part {
                name,
                content,
                stored: false,
            };
            export::zip(&[
                part("codebook.xml", xml.as_bytes()),
                part("data.csv", archive.csv.as_bytes()),
            ])
        }
    })
}

/// Says what to know before the data file is handed on.
fn warn(risk: &Risk) {
    if risk.minimum <= 1 {
        return;
    }
    let Risk {
        responses,
        rare,
        alone,
        minimum,
        ..
    } = risk;
    eprintln!(
        "kuuluu tabulate: the file is confidential: single responses of persons, not for publication"
    );
    if risk.backgrounds == Backgrounds::Kept {
        eprintln!(
            "kuuluu tabulate: {rare} of {responses} responses share their background answers with \
             fewer than {minimum}, {alone} of them with nobody: the file is personal data"
        );
    } else {
        eprintln!(
            "kuuluu tabulate: background answers are left out in {rare} of {responses} responses, \
             which would share them with fewer than {minimum}"
        );
    }
}

fn read(path: &PathBuf) -> Result<String, String> {
    std::fs::read_to_string(path)
        .map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

/// Takes into account what is public already.
fn remember(dataset: &mut Dataset, path: &PathBuf) -> Result<(), String> {
    let results = Results::parse(&read(path)?).map_err(|problems| {
        let first = problems.first().map(ToString::to_string);
        format!("{}: {}", path.display(), first.unwrap_or_default())
    })?;
    let published = Published::open(&results)
        .ok_or_else(|| format!("{}: its parts do not belong together", path.display()))?;
    if !dataset.published_before(published) {
        return Err(format!(
            "{}: these are results of another survey or round",
            path.display()
        ));
    }
    Ok(())
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
    for unknown in &report.unknown {
        eprintln!(
            "{}: the column \"{}\" has cells that are no choices ({}): \"{}\"",
            path.display(),
            unknown.heading,
            unknown.n,
            unknown.cells.join("\", \"")
        );
    }
    for heading in &report.unmatched {
        eprintln!("{}: the column \"{heading}\" feeds nothing", path.display());
    }
}

fn explain(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Filter { offset, what, .. } if what.is_empty() => {
            format!("the filter breaks off at byte {offset}")
        }
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
        Refusal::TooSoon => {
            "fewer respondents than the minimum have answered since results were published"
                .to_owned()
        }
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
