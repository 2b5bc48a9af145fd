//! What is said on standard error: what was not taken, why figures are refused, what to know.

use std::path::Path;

use insight::Codebook;
use insight::archive::{Backgrounds, Risk};
use insight::load::{Report, Taken, Unknown};
use insight::release::Refusal;

/// Says what to know before the data file is handed on.
pub(super) fn warn(risk: &Risk) {
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

/// Says what of a file was not taken.
pub(super) fn tell(path: &Path, report: &Report) {
    for bad in &report.bad {
        eprintln!("{}:{}: {}", path.display(), bad.line, line(bad.code));
    }
    if report.bad_lines > 0 {
        eprintln!(
            "{}: {} of {} lines could not be read",
            path.display(),
            report.bad_lines,
            report.lines
        );
    }
    let (foreign, some): (Vec<&Unknown>, Vec<&Unknown>) =
        report.unknown.iter().partition(|it| it.is_foreign());
    for unknown in foreign {
        eprintln!(
            "{}: warning: nearly no cell of the column \"{}\" is a choice of {} ({} of {} are none): \
             \"{}\". Its figures mean nothing before a mapping says what these stand for, or which \
             question the column belongs to (--save-mapping FILE, --mapping FILE)",
            path.display(),
            unknown.heading,
            unknown.variable,
            unknown.n,
            unknown.of,
            unknown.cells.join("\", \"")
        );
    }
    for unknown in some {
        eprintln!(
            "{}: the column \"{}\" has cells that are no choices ({}): \"{}\"",
            path.display(),
            unknown.heading,
            unknown.n,
            unknown.cells.join("\", \"")
        );
    }
    for unsure in &report.unsure {
        let (path, heading) = (path.display(), &unsure.heading);
        let (read, other) = match unsure.taken {
            Taken::Places => ("places of the choices", "false"),
            Taken::Codes => ("codes of the choices", "true"),
            Taken::Order => continue,
        };
        eprintln!(
            "{path}: the numbers in the column \"{heading}\" could be codes or places, no answer says \
             which; they were read as {read}. A mapping can say it: \"positions\": true or false (here \
             {other} would change the figures)"
        );
    }
    let by_order = report.unsure.iter().filter(|it| it.taken == Taken::Order);
    let by_order: Vec<&str> = by_order.map(|it| it.heading.as_str()).collect();
    if report.by_order > 0 {
        eprintln!(
            "{}: {} columns have codes that LimeSurvey gives by itself (SQ001, A1): these were read as \
             places of rows and choices, the first one first. --save-mapping FILE writes down what each \
             was taken for",
            path.display(),
            report.by_order
        );
    }
    if !by_order.is_empty() {
        eprintln!(
            "{}: of some of these it is not sure, for there are other codes than rows or choices, or \
             these have numbers in another order: \"{}\"",
            path.display(),
            by_order.join("\", \"")
        );
    }
    for heading in &report.unmatched {
        eprintln!("{}: the column \"{heading}\" feeds nothing", path.display());
    }
    let columns = report.mapping.as_ref().map(|it| it.columns.as_slice());
    if columns.is_some_and(|it| it.iter().all(|it| it.variable.is_empty())) {
        eprintln!(
            "{}: no column feeds a question; --save-mapping writes the headings down, and what is \
             corrected there is taken with --mapping",
            path.display()
        );
    }
    if report.responses == 0 && report.bad_lines == 0 {
        eprintln!("{}: there are no answers in it", path.display());
    }
}

/// Why a line could not be read.
fn line(code: &str) -> &str {
    match code {
        "json" => "is not JSON",
        "no-response" => "is JSON, but not a response: one object {…} a line is expected",
        "not-utf8" => "is not UTF-8",
        "no-answers" => "has no \"answers\"",
        "too-long" => "is too long",
        "other-survey" => "is an answer to another survey",
        "columns" => "has another number of cells than the headings",
        other => other,
    }
}

/// Why figures were refused, and what could be asked instead.
pub(super) fn explain(refusal: &Refusal, codebook: &Codebook) -> String {
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
            let instead = match *code {
                "unknown-variable" | "not-background" => backgrounds(codebook),
                _ => String::new(),
            };
            format!("the filter at byte {offset}: \"{what}\" {why}{instead}")
        }
        Refusal::Group(name) => {
            let instead = backgrounds(codebook);
            format!("\"{name}\" is not a background variable with choices{instead}")
        }
        Refusal::Crossing(one, other) => {
            format!("the survey does not allow {one} to be crossed with {other}")
        }
        Refusal::TooManyGroups => "at most two variables can be crossed".to_owned(),
        Refusal::TooFewYet(minimum) => format!(
            "too few have answered yet: nothing is shown of fewer than {minimum} respondents"
        ),
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

/// The variables that may be filtered and grouped by.
fn backgrounds(codebook: &Codebook) -> String {
    let names: Vec<&str> = codebook.backgrounds().map(|it| it.name.as_str()).collect();
    if names.is_empty() {
        "; the survey has none".to_owned()
    } else {
        format!("; these are: {}", names.join(", "))
    }
}
