//! `kuuluu simulate`: answers a survey with synthetic respondents.

mod draw;
mod profile;
mod report;
mod respondent;

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::rc::Rc;

use json::{Object, Severity, Value};
use lexopt::prelude::*;
use questionnaire::definition::Survey;
use questionnaire::expression::ObjectScope;
use questionnaire::session::Session;

use crate::document::read_named;
use crate::eval::{Conditions, read_day, read_number};

use draw::Draw;
use profile::Profile;
use report::Report;

const HELP: &str = "\
Usage: kuuluu simulate SURVEY [OPTIONS]

Answers the survey with synthetic respondents who walk through its pages as people do, and says
what no path reaches, how long the paths are, and which background cells will be too small to
show. The same seed gives the same answers.

  -n N                how many respondents (default: 1000)
  --seed S            drives every choice (default: 1)
  --expected N        answers hoped for, for the cells (default: frameSize of the survey, else N)
  --profile FILE      how people answer, see below
  --today DATE        for today() in the survey and the day of envelopes (default: today, UTC)
  --locale LANG       language of the walk (default: the survey's first)
  --out FILE          writes responses there, one a line, {\"answers\":{…}}
  --format ndjson     writes responses to standard output and no report
  --envelopes         writes whole envelopes instead, as they would be sent

A profile is JSON:

  {\"questions\": {
     \"gender\":        {\"weights\": {\"man\": 48, \"woman\": 50, \"other\": 2}},
     \"srh\":           {\"answered\": 0.97, \"weights\": {\"1\": 20, \"2\": 45, \"3\": 35},
                       \"given\": [{\"when\": \"{age_band} = '65p'\", \"weights\": {\"1\": 10, \"3\": 60}}]},
     \"mhi5.calm\":     {\"weights\": {\"1\": 5, \"2\": 30, \"3\": 65}},
     \"participation\": {\"weights\": {\"sport\": 40, \"arts\": 15}},
     \"height_cm\":     {\"mean\": 172, \"sd\": 9, \"min\": 145, \"max\": 205},
     \"open_wish\":     {\"answered\": 0.2, \"texts\": [\"Lisää valoa poluille.\"]}}}

\"weights\" are in proportion to each other; where several may be chosen, each is the per cent of
people who choose it. A value without a weight is not chosen; without \"weights\" all are, middle
points of scales more often. \"answered\" is the share who answer at all. A row of a matrix is
`matrix.row`; without one of its own it follows its matrix. \"given\" replaces what it names while
its condition holds on the answers given so far; later ones win.
";

/// Runs the subcommand.
pub(crate) fn run(args: Vec<OsString>) -> ExitCode {
    let done = match Arguments::read(args) {
        Ok(Some(arguments)) => simulate(&arguments),
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => return crate::misused("simulate", &error.to_string()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("kuuluu simulate: {reason}");
            ExitCode::from(2)
        }
    }
}

#[derive(Debug)]
struct Arguments {
    survey: PathBuf,
    respondents: u64,
    expected: Option<usize>,
    profile: Option<PathBuf>,
    out: Option<PathBuf>,
    to_stdout: bool,
    envelopes: bool,
    conditions: Conditions,
}

impl Arguments {
    fn read(args: Vec<OsString>) -> Result<Option<Self>, lexopt::Error> {
        let mut survey = None;
        let mut read = Self {
            survey: PathBuf::new(),
            respondents: 1000,
            expected: None,
            profile: None,
            out: None,
            to_stdout: false,
            envelopes: false,
            conditions: Conditions {
                seed: 1,
                ..Conditions::default()
            },
        };
        let mut parser = lexopt::Parser::from_args(args);
        while let Some(argument) = parser.next()? {
            match argument {
                Short('h') | Long("help") => return Ok(None),
                Short('n') => read.respondents = read_number("-n", &parser.value()?)?,
                Long("seed") => read.conditions.seed = read_number("--seed", &parser.value()?)?,
                Long("expected") => {
                    read.expected = Some(read_number("--expected", &parser.value()?)?);
                }
                Long("profile") => read.profile = Some(parser.value()?.into()),
                Long("locale") => read.conditions.locale = Some(parser.value()?.string()?),
                Long("today") => {
                    let text = parser.value()?.string()?;
                    let day = read_day(&text).ok_or("--today wants a date such as 2026-03-13")?;
                    read.conditions.today = Some(day);
                }
                Long("out") => read.out = Some(parser.value()?.into()),
                Long("format") => match parser.value()?.string()?.as_str() {
                    "ndjson" => read.to_stdout = true,
                    "report" => read.to_stdout = false,
                    other => return Err(format!("there is no format \"{other}\"").into()),
                },
                Long("envelopes") => read.envelopes = true,
                Value(file) if survey.is_none() => survey = Some(PathBuf::from(file)),
                other => return Err(other.unexpected()),
            }
        }
        read.survey = survey.ok_or("a survey file is needed")?;
        Ok(Some(read))
    }
}

fn simulate(arguments: &Arguments) -> Result<(), String> {
    let parsed = Survey::read(&read_named(&arguments.survey)?);
    if !parsed.is_usable() {
        let mut problems = parsed.problems.iter();
        let problem = problems.find(|it| it.severity == Severity::Error);
        return Err(format!(
            "{} cannot be used: {}",
            arguments.survey.display(),
            problem.map(ToString::to_string).unwrap_or_default()
        ));
    }
    let profile = match &arguments.profile {
        Some(file) => Profile::read(&read_named(file)?)
            .map_err(|error| format!("{}: {error}", file.display()))?,
        None => Profile::default(),
    };
    let survey = Rc::new(parsed.survey);
    let mut conditions = arguments.conditions.clone();
    if conditions.locale.is_none() {
        conditions.locale = survey.kuuluu.languages.first().cloned();
    }
    let mut out: Option<Box<dyn Write>> = match (&arguments.out, arguments.to_stdout) {
        (Some(file), _) => {
            let file =
                File::create(file).map_err(|error| format!("{}: {error}", file.display()))?;
            Some(Box::new(BufWriter::new(file)))
        }
        (None, true) => Some(Box::new(BufWriter::new(io::stdout().lock()))),
        (None, false) => None,
    };
    let report = walk_all(arguments, &survey, &conditions, &profile, &mut out)?;
    if let Some(out) = &mut out {
        out.flush().map_err(|error| error.to_string())?;
    }
    if !arguments.to_stdout {
        let frame = survey.kuuluu.frame_size;
        let expected = arguments
            .expected
            .or(frame.and_then(|it| usize::try_from(it).ok()))
            .unwrap_or(usize::try_from(arguments.respondents).unwrap_or(usize::MAX));
        print!("{}", report.written(&survey, expected));
    }
    Ok(())
}

fn walk_all(
    arguments: &Arguments,
    survey: &Rc<Survey>,
    conditions: &Conditions,
    profile: &Profile,
    out: &mut Option<Box<dyn Write>>,
) -> Result<Report, String> {
    let environment = conditions.environment(survey);
    let today = environment.today;
    let fresh = Session::start(Rc::clone(survey), environment);
    let mut report = Report::default();
    for respondent in 0..arguments.respondents {
        let mut session = fresh.clone();
        let mut draw = Draw::new(conditions.seed, respondent);
        let walk = respondent::walk(&mut session, profile, today, &mut draw);
        let answers = session.completed_data();
        let declined = has_declined(survey, &answers, today);
        report.add(survey, &walk, &answers, declined);
        if let Some(out) = out
            && walk.completed
            && !declined
        {
            let line = if arguments.envelopes {
                envelope(survey, conditions, today, answers, &mut draw)
            } else {
                let mut line = Object::new();
                line.insert("answers", Value::Object(answers));
                Value::Object(line)
            };
            writeln!(out, "{}", line.to_string()).map_err(|error| error.to_string())?;
        }
    }
    Ok(report)
}

fn has_declined(survey: &Survey, answers: &Object, today: (i32, u8, u8)) -> bool {
    let condition = survey.kuuluu.decline_if.as_ref();
    condition
        .and_then(|it| it.expression.as_ref())
        .is_some_and(|it| {
            it.is_true(&ObjectScope {
                values: answers.clone(),
                today,
            })
        })
}

/// A response as it would be sent; its id comes from the seed.
fn envelope(
    survey: &Survey,
    conditions: &Conditions,
    (year, month, day): (i32, u8, u8),
    answers: Object,
    draw: &mut Draw,
) -> Value {
    let mut envelope = Object::new();
    let own = &survey.kuuluu;
    envelope.insert("format", "kuuluu-response/1".into());
    envelope.insert(
        "id",
        format!("{:016x}{:016x}", draw.next(), draw.next()).into(),
    );
    envelope.insert("survey", own.id.clone().unwrap_or_default().into());
    envelope.insert("version", own.version.clone().unwrap_or_default().into());
    let language = conditions.locale.clone().unwrap_or_else(|| "fi".to_owned());
    envelope.insert("language", language.into());
    envelope.insert("day", format!("{year:04}-{month:02}-{day:02}").into());
    envelope.insert("answers", Value::Object(answers));
    Value::Object(envelope)
}
