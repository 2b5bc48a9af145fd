//! `kuuluu tabulate`: figures from responses, under the same rules as on the organiser's page.

mod arguments;
mod comparison;
mod edition;
mod said;
mod source;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use arguments::{Arguments, Format, HELP, Minimum, Round};
use collector::{Clock as _, SystemClock};
use comparison::Compared;
use edition::Words;
use insight::export::{Beside, Edition};
use insight::load::{Mapping, Report};
use insight::protocol::Layout;
use insight::published::{Publication, Published};
use insight::query::{Protection, Query};
use insight::release::Release;
use insight::weights::Margins;
use insight::{Codebook, Dataset, Loader, export};
use questionnaire::definition::Survey;
use said::{explain, tell, warn};
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
        Err(error) => crate::misused("tabulate", &error.to_string()),
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
    let compared = if let Some(asked) = &arguments.compare {
        Some(comparison::groups(asked, query, minimum, &dataset)?)
    } else {
        let against = arguments.against.as_deref();
        comparison::rounds(query, minimum, &earlier, &dataset, against)?
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
            return Err(format!(
                "no line of {} could be read as an answer to {}",
                path.display(),
                round.survey.display()
            ));
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
        Some(refusal) => Err(explain(refusal, dataset.codebook())),
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
        let results = results.map_err(|it| explain(&it, codebook))?;
        return Ok(format!("{}\n", results.to_json()).into_bytes());
    }
    let release = release(&arguments.query, arguments.minimum, dataset)?;
    let words = Words::new(arguments.language.as_deref(), codebook)?;
    let edition = Edition {
        codebook,
        language: words.language,
        publisher: "",
        day: Some(today),
        sample: false,
        say: &|key| words.say(key),
        compared: compared.map(|it| Beside {
            comparison: &it.comparison,
            names: None,
        }),
        over_time: compared.and_then(|it| it.over_time.as_ref()),
    };
    Ok(match arguments.format {
        Format::Figures(format) => format.write(&release, &edition),
        Format::Ddi | Format::Snapshot => {
            let protection = protection(codebook, arguments.minimum);
            let archive = dataset.archive(&protection, arguments.backgrounds);
            warn(&archive.risk);
            export::archive(&archive, &release, &edition)
        }
    })
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
    let weighting = dataset.weigh(margins).map_err(|it| at(it.to_string()))?;
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

fn fail(reason: &str) -> ExitCode {
    eprintln!("kuuluu tabulate: {reason}");
    ExitCode::FAILURE
}
