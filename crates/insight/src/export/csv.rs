//! Comma-separated values (RFC 4180), one line per figure.

use super::table::code;
use crate::release::{Figures, Label, Release};

/// UTF-8 with a header; `hidden` says why a figure is empty; `weighted` per cents stand last if the
/// answers are weighted. Cells that a spreadsheet would take
/// for a formula get an apostrophe before them.
pub fn csv(release: &Release) -> String {
    let variables: Vec<&str> = release
        .groups()
        .first()
        .map(|it| it.by.iter().map(|(name, _)| name.as_str()).collect())
        .unwrap_or_default();
    let mut out = String::new();
    let fixed = [
        "question", "value", "count", "percent", "n", "base", "hidden",
    ];
    let weighted = release.head().weighting.is_some();
    let last = weighted.then_some("weighted");
    line(&mut out, variables.iter().copied().chain(fixed).chain(last));
    let whole = vec![String::new(); variables.len()];
    for figures in release.questions() {
        lines(&mut out, &whole, figures, weighted);
    }
    for group in release.groups() {
        let by: Vec<String> = group
            .by
            .iter()
            .map(|(_, value)| code(&Label::Value(value.clone())))
            .collect();
        if let Some(why) = group.hidden {
            let rest = ["", "", "", "", "", "", why.name()];
            let last = weighted.then_some("");
            let cells = by.iter().map(String::as_str);
            line(&mut out, cells.chain(rest).chain(last));
        }
        for figures in &group.questions {
            lines(&mut out, &by, figures, weighted);
        }
    }
    out
}

fn lines(out: &mut String, by: &[String], figures: &Figures, weighted: bool) {
    let number = |it: Option<u32>| it.map(|it| it.to_string()).unwrap_or_default();
    for row in &figures.rows {
        let cells = [
            figures.name.clone(),
            code(&row.label),
            number(row.count),
            number(row.percent),
            number(figures.n),
            figures.base.name().to_owned(),
            row.hidden
                .map(|it| it.name().to_owned())
                .unwrap_or_default(),
        ];
        let last = weighted.then(|| number(row.weighted.map(|it| it.percent)));
        line(
            out,
            by.iter().chain(&cells).chain(&last).map(String::as_str),
        );
    }
}

/// One line; cells that a spreadsheet would take for a formula get an apostrophe before them.
pub(crate) fn line<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (cell_ix, cell) in cells.enumerate() {
        if cell_ix > 0 {
            out.push(',');
        }
        let formula = cell.starts_with(['=', '+', '@', '\t', '\r'])
            || (cell.starts_with('-') && cell.parse::<f64>().is_err());
        let quoted = formula || cell.contains([',', '"', '\n', '\r', ';']);
        if quoted {
            out.push('"');
        }
        if formula {
            out.push('\'');
        }
        out.push_str(&cell.replace('"', "\"\""));
        if quoted {
            out.push('"');
        }
    }
    out.push_str("\r\n");
}
