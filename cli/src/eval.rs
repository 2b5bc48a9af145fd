//! `kuuluu eval`: gives answers to a survey and prints how everything stands.

use std::ffi::{OsStr, OsString};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::rc::Rc;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use json::{Object, Value};
use lexopt::prelude::*;
use questionnaire::definition::{Parsed, Survey};
use questionnaire::expression::{date_of_day, is_day};
use questionnaire::localized::DEFAULT;
use questionnaire::session::{Environment, Event, Session};

use crate::document::read_object;
use crate::words::Plain;

const HELP: &str = "\
Usage: kuuluu eval SURVEY --answers FILE [OPTIONS]
       kuuluu eval --batch [OPTIONS]

Gives the answers in FILE (a JSON object; - is standard input) to the survey one by one, in the
order of the file, and prints one JSON object: which pages and questions are visible, what is
enabled, required and wrong, which choices are offered, calculated values, and the data as it
would be after completion. A question is visible if everything around it is, too. Without
--answers nothing is answered.

With --batch, reads lines {\"survey\":{…},\"answers\":{…}} from standard input and writes one such
object for each; a line may have \"locale\", \"today\" and \"seed\" of its own. A line that cannot
be read gives {\"error\":\"…\"}, and the next one is read.

  --locale LANG       language of titles and messages (default: the survey's own)
  --today DATE        the date that today() gives, for example 2026-03-13 (default: today, UTC)
  --seed N            drives random orders (default: 0)
";

/// Runs the subcommand.
pub(crate) fn run(args: Vec<OsString>) -> ExitCode {
    let done = match Arguments::read(args) {
        Ok(Some(arguments)) => evaluate(&arguments),
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => return crate::misused("eval", &error.to_string()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("kuuluu eval: {reason}");
            ExitCode::from(2)
        }
    }
}

#[derive(Debug, Default)]
struct Arguments {
    survey: Option<PathBuf>,
    answers: Option<PathBuf>,
    batch: bool,
    conditions: Conditions,
}

/// What else decides how a survey is evaluated.
#[derive(Debug, Clone, Default)]
pub(crate) struct Conditions {
    pub(crate) locale: Option<String>,
    pub(crate) today: Option<(i32, u8, u8)>,
    pub(crate) seed: u64,
}

impl Conditions {
    /// The surroundings of a session of `survey`: in the language asked for, else in the survey's
    /// own `locale` or first language, else in whatever its texts have as `default`.
    pub(crate) fn environment(&self, survey: &Survey) -> Environment {
        let own = survey.locale.as_ref().or(survey.kuuluu.languages.first());
        let language = self.locale.as_ref().or(own);
        Environment {
            language: language.map_or(DEFAULT, String::as_str).to_owned(),
            today: self.today.unwrap_or_else(today),
            seed: self.seed,
            words: Rc::new(Plain),
            formats: Rc::new(Plain),
        }
    }
}

impl Arguments {
    fn read(args: Vec<OsString>) -> Result<Option<Self>, lexopt::Error> {
        let mut read = Self::default();
        let mut parser = lexopt::Parser::from_args(args);
        while let Some(argument) = parser.next()? {
            match argument {
                Short('h') | Long("help") => return Ok(None),
                Long("answers") => read.answers = Some(parser.value()?.into()),
                Long("batch") => read.batch = true,
                Long("locale") => read.conditions.locale = Some(parser.value()?.string()?),
                Long("today") => {
                    let text = parser.value()?.string()?;
                    let day = read_day(&text).ok_or("--today wants a date such as 2026-03-13")?;
                    read.conditions.today = Some(day);
                }
                Long("seed") => read.conditions.seed = read_number("--seed", &parser.value()?)?,
                Value(file) if read.survey.is_none() => read.survey = Some(file.into()),
                other => return Err(other.unexpected()),
            }
        }
        if read.batch == read.survey.is_some() {
            return Err("a survey file or --batch is needed, not both".into());
        }
        Ok(Some(read))
    }
}

/// The whole number that an option wants.
///
/// # Errors
/// When it is none, or too large.
pub(crate) fn read_number<N: FromStr>(option: &str, text: &OsStr) -> Result<N, String> {
    let number = text.to_str().and_then(|it| it.parse().ok());
    number.ok_or_else(|| format!("{option} wants a whole number, 0 or greater"))
}

/// A date as `2026-03-13`.
pub(crate) fn read_day(text: &str) -> Option<(i32, u8, u8)> {
    let mut parts = text.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    ((1..=9999).contains(&year) && is_day(year, month, day)).then_some((year, month, day))
}

/// Today in UTC.
pub(crate) fn today() -> (i32, u8, u8) {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    date_of_day(i32::try_from(seconds / 86_400).unwrap_or_default())
}

fn evaluate(arguments: &Arguments) -> Result<(), String> {
    if arguments.batch {
        return match batch(
            io::stdin().lock(),
            io::stdout().lock(),
            &arguments.conditions,
        ) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.to_string()),
            _ => Ok(()),
        };
    }
    let Some(file) = &arguments.survey else {
        return Err("no survey".to_owned());
    };
    let document = Value::Object(read_object(file, "a survey", r#"{"pages":[…]}"#)?);
    let answers = match &arguments.answers {
        Some(file) => read_object(
            file,
            "an object of answers",
            r#"{"name of a question": "answer"}"#,
        )?,
        None => Object::new(),
    };
    let state = state_of(&document, &answers, &arguments.conditions);
    println!("{}", state.to_string());
    Ok(())
}

/// Answers every line with one line.
fn batch(input: impl io::Read, output: impl Write, conditions: &Conditions) -> io::Result<()> {
    let (mut input, mut output) = (BufReader::new(input), BufWriter::new(output));
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        if !line.trim_ascii().is_empty() {
            let answer = match core::str::from_utf8(&line).map(Value::parse) {
                Ok(Ok(request)) => answer(&request, conditions).unwrap_or_else(refusal),
                Ok(Err(error)) => refusal(&error.to_string()),
                Err(_) => refusal("the line is not text in UTF-8"),
            };
            writeln!(output, "{}", answer.to_string())?;
        }
        line.clear();
        if input.buffer().is_empty() {
            output.flush()?;
        }
    }
    output.flush()
}

/// The state that a line asks for, or what is wrong with the line.
fn answer(request: &Value, conditions: &Conditions) -> Result<Value, &'static str> {
    let Some(survey) = request.get("survey").filter(|it| it.as_object().is_some()) else {
        return Err("a line wants {\"survey\":{…},\"answers\":{…}}");
    };
    let given = |name| request.get(name).filter(|it| !it.is_null());
    let mut own = conditions.clone();
    if let Some(locale) = given("locale") {
        let locale = locale.as_str().ok_or("\"locale\" wants a language")?;
        own.locale = Some(locale.to_owned());
    }
    if let Some(today) = given("today") {
        let day = today.as_str().and_then(read_day);
        own.today = Some(day.ok_or("\"today\" wants a date such as 2026-03-13")?);
    }
    if let Some(seed) = given("seed") {
        let seed = seed.as_f64().ok_or("\"seed\" wants a number")?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a seed may be any number"
        )]
        let seed = seed as u64;
        own.seed = seed;
    }
    let nothing = Object::new();
    let answers = match given("answers") {
        None => &nothing,
        Some(answers) => answers
            .as_object()
            .ok_or("\"answers\" wants an object, {name: value}")?,
    };
    Ok(state_of(survey, answers, &own))
}

fn refusal(reason: &str) -> Value {
    object([("error", Value::from(reason))])
}

/// How everything stands after the answers.
pub(crate) fn state_of(document: &Value, answers: &Object, conditions: &Conditions) -> Value {
    let Parsed { survey, .. } = Survey::read(document);
    let environment = conditions.environment(&survey);
    let mut session = Session::start(Rc::new(survey), environment);
    for (name, value) in answers.iter() {
        session.apply(Event::SetValue(name.to_owned(), value.clone()));
    }
    session.check_all();
    let pages = session
        .page_states()
        .into_iter()
        .map(|(name, visible)| (name, object([("visible", visible.into())])))
        .collect();
    let questions = session
        .question_states()
        .into_iter()
        .map(|it| {
            let errors: Vec<Value> = it.errors.into_iter().map(Value::from).collect();
            let standing = object([
                ("visible", it.visible.into()),
                ("enabled", it.enabled.into()),
                ("required", it.required.into()),
                ("title", it.title.into()),
                ("errors", errors.into()),
                ("choices", it.choices.into()),
            ]);
            (it.name, standing)
        })
        .collect();
    object([
        ("pages", Value::Object(pages)),
        ("questions", Value::Object(questions)),
        ("calculated", Value::Object(session.calculated_values())),
        ("data", Value::Object(session.completed_data())),
    ])
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Object(
        members
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_one_of_the_calendar() {
        assert_eq!(read_day("2028-02-29"), Some((2028, 2, 29)));
        for text in [
            "2026-02-31",
            "2026-02-29",
            "2026-04-31",
            "2026-13-01",
            "2026-01-00",
            "99999-01-01",
            "0000-01-01",
            "13.3.2026",
        ] {
            assert_eq!(read_day(text), None, "{text}");
        }
    }

    #[test]
    fn a_line_that_cannot_be_read_is_answered_in_its_place() {
        let lines: &[u8] = b"{\"survey\":{\"elements\":[{\"type\":\"text\",\"name\":\"a\"}]}}\n\
            nonsense\n\
            {\"survey\":5}\n\
            {\"survey\":{},\"answers\":[1]}\n\
            {\"survey\":{},\"today\":\"13.3.2026\"}\n\
            \xff\n\
            {\"survey\":{}}";
        let mut output = Vec::new();
        batch(lines, &mut output, &Conditions::default()).expect("memory can be written");
        let output = String::from_utf8(output).expect("JSON is text");
        let errors: Vec<bool> = output.lines().map(|it| it.contains("\"error\"")).collect();
        assert_eq!(errors, [false, true, true, true, true, true, false]);
        assert!(output.contains("a date such as 2026-03-13"));
    }
}
