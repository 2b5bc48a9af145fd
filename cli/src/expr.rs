//! `kuuluu expr`: evaluates expressions of the survey format, one JSON line each.

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::process::ExitCode;

use json::{Object, Value};
use questionnaire::expression::{Expression, ObjectScope, Outcome};

use crate::eval::{read_day, today};

const HELP: &str = "\
kuuluu expr --batch   evaluates expressions of the survey format

Reads lines {\"expr\":\"{a} > 1\",\"values\":{\"a\":2}} from standard input; \"values\" may be left
out, \"today\":\"2026-03-13\" sets the date that today() gives (else it is today, in UTC).
Writes for each line {\"value\":…}, {\"value\":{\"undefined\":true}} for no value at all,
{\"error\":\"parse\"} for what is not an expression, {\"error\":\"input\"} for a line that is not
such an object. Not-a-number and infinities are null.
";

/// Runs the subcommand.
pub(crate) fn run(args: Vec<OsString>) -> ExitCode {
    match args.iter().map(|arg| arg.to_str()).collect::<Vec<_>>()[..] {
        [Some("--batch")] => match batch(io::stdin().lock(), io::stdout().lock()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("kuuluu expr: {error}");
                ExitCode::from(2)
            }
        },
        [Some("--help" | "-h")] => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        _ => {
            eprint!("{HELP}");
            ExitCode::from(2)
        }
    }
}

/// Answers every line of `input` with one line of `output`, as soon as no more input waits.
fn batch(input: impl io::Read, output: impl Write) -> io::Result<()> {
    let (mut input, mut output) = (BufReader::new(input), BufWriter::new(output));
    let today = today();
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        if !line.trim_ascii().is_empty() {
            output.write_all(answer(&line, today).to_string().as_bytes())?;
            output.write_all(b"\n")?;
        }
        line.clear();
        if input.buffer().is_empty() {
            output.flush()?;
        }
    }
    output.flush()
}

fn answer(line: &[u8], today: (i32, u8, u8)) -> Value {
    let Some((source, scope)) = read(line, today) else {
        return member("error", "input".into());
    };
    match Expression::parse(&source) {
        Err(_) => member("error", "parse".into()),
        Ok(expression) => member(
            "value",
            match evaluate(&expression, &scope) {
                Outcome::Undefined => member("undefined", true.into()),
                Outcome::Value(value) => value,
            },
        ),
    }
}

/// Without a survey nothing has a text to display, and the reference gives up on the whole.
fn evaluate(expression: &Expression, scope: &ObjectScope) -> Outcome {
    if expression.functions().contains(&"displayValue") {
        Outcome::Value(false.into())
    } else {
        expression.evaluate(scope)
    }
}

fn read(line: &[u8], today: (i32, u8, u8)) -> Option<(String, ObjectScope)> {
    let line = Value::parse(core::str::from_utf8(line).ok()?).ok()?;
    let source = line.get("expr")?.as_str()?.to_owned();
    let values = match line.get("values") {
        None | Some(Value::Null) => Object::new(),
        Some(values) => values.as_object()?.clone(),
    };
    let today = match line.get("today") {
        None | Some(Value::Null) => today,
        Some(today) => read_day(today.as_str()?)?,
    };
    Some((source, ObjectScope { values, today }))
}

fn member(name: &str, value: Value) -> Value {
    let mut object = Object::new();
    object.insert(name, value);
    object.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(lines: &str) -> String {
        let mut output = Vec::new();
        batch(lines.as_bytes(), &mut output).expect("memory can be written");
        String::from_utf8(output).expect("JSON is text")
    }

    #[test]
    fn every_line_is_answered_in_its_place() {
        let lines = concat!(
            r#"{"expr":"{a} + 1","values":{"a":"5"}}"#,
            "\n",
            r#"{"expr":"iif(0, 1)"}"#,
            "\n",
            r#"{"expr":"{a} ="}"#,
            "\n",
            "nonsense\n",
            r#"{"expr":"5 - 'x'","values":{}}"#,
            "\n",
            r#"{"expr":"year(today(1))","today":"2019-12-31"}"#,
        );
        assert_eq!(
            answers(lines),
            concat!(
                "{\"value\":6}\n",
                "{\"value\":{\"undefined\":true}}\n",
                "{\"error\":\"parse\"}\n",
                "{\"error\":\"input\"}\n",
                "{\"value\":null}\n",
                "{\"value\":2020}\n",
            )
        );
    }

    #[test]
    fn a_date_that_is_none_is_refused() {
        for day in ["2019-13-31", "2019-02-29", "31.12.2019"] {
            let line = format!(r#"{{"expr":"today()","today":"{day}"}}"#);
            assert_eq!(answers(&line), "{\"error\":\"input\"}\n", "{day}");
        }
    }
}
