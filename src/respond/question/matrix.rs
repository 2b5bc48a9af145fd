//! One scale for several rows: a table where it fits the place it stands in, and where it does not,
//! one question below the other with the scale in full words.

use questionnaire::session::{ColumnView, MatrixRowView};

use super::frame::{Asked, Shape};
use super::rich;
use crate::ui::choice::Choice;
use crate::ui::markup::{Element, Node, el};
use crate::words::t;

/// A matrix as it looks now.
pub(super) struct Matrix<'a> {
    pub columns: &'a [ColumnView],
    pub rows: &'a [MatrixRowView],
    pub several: bool,
    pub header: bool,
    /// Drawn one row below the other.
    pub narrow: bool,
}

#[inline(never)]
pub(super) fn matrix(asked: &Asked<'_>, matrix: &Matrix<'_>) -> Element {
    let content = if matrix.narrow {
        el("div").class("matrix__rows").children(
            matrix
                .rows
                .iter()
                .enumerate()
                .map(|(row_ix, row)| one_below_the_other(asked, matrix, row_ix, row))
                .collect(),
        )
    } else {
        table(asked, matrix)
    };
    let control = el("div")
        .class("matrix")
        .attr("id", asked.part("matrix"))
        .child(content);
    asked.frame(Shape::Group, &[], vec![control.node()])
}

fn table(asked: &Asked<'_>, matrix: &Matrix<'_>) -> Element {
    let heads = matrix.columns.iter().enumerate().map(|(ix, column)| {
        el("th")
            .attr("scope", "col")
            .attr("id", asked.part(&format!("c{ix}")))
            .on("data-apart", column.meaning.is_some())
            .child(
                el("span")
                    .class(if matrix.header { "" } else { "visually-hidden" })
                    .children(rich::phrase(&column.text)),
            )
            .node()
    });
    let head = el("thead").child(el("tr").child(el("td")).children(heads.collect()));
    let rows = matrix.rows.iter().enumerate().map(|(row_ix, row)| {
        let cells = matrix.columns.iter().enumerate().map(|(ix, column)| {
            let by = format!(
                "{} {}",
                row_id(asked, row_ix),
                asked.part(&format!("c{ix}"))
            );
            let choice = cell(asked, matrix, row_ix, row, ix);
            let input = choice
                .input()
                .attr("data-r", row_ix.to_string())
                .attr("aria-labelledby", by)
                .maybe("aria-invalid", row.invalid.then(super::frame::yes));
            el("td")
                .on("data-apart", column.meaning.is_some())
                .child(choice.label(input))
                .node()
        });
        el("tr")
            .on("data-invalid", row.invalid)
            .child(
                el("th")
                    .attr("scope", "row")
                    .attr("id", row_id(asked, row_ix))
                    .children(rich::phrase(&row.text))
                    .with(unanswered(row)),
            )
            .children(cells.collect())
            .node()
    });
    el("table")
        .class("matrix__table")
        .attr("--columns", matrix.columns.len().to_string())
        .attr("aria-labelledby", asked.part("title"))
        .child(head)
        .child(el("tbody").children(rows.collect()))
}

fn one_below_the_other(
    asked: &Asked<'_>,
    matrix: &Matrix<'_>,
    row_ix: usize,
    row: &MatrixRowView,
) -> Node {
    let choices = matrix.columns.iter().enumerate().map(|(ix, column)| {
        let mut choice = cell(asked, matrix, row_ix, row, ix);
        if choice.label.is_empty() {
            choice.label = rich::phrase(&column.text);
        }
        let input = choice.input().attr("data-r", row_ix.to_string());
        choice
            .label(input)
            .on("data-apart", column.meaning.is_some())
            .node()
    });
    el("fieldset")
        .class("matrix__row")
        .on("data-invalid", row.invalid)
        .maybe("role", (!matrix.several).then(|| "radiogroup".to_owned()))
        .maybe(
            "aria-invalid",
            (row.invalid && !matrix.several).then(super::frame::yes),
        )
        .child(
            el("legend")
                .attr("id", row_id(asked, row_ix))
                .children(rich::phrase(&row.text))
                .with(unanswered(row)),
        )
        .child(el("div").class("choices").children(choices.collect()))
        .node()
}

fn cell(
    asked: &Asked<'_>,
    matrix: &Matrix<'_>,
    row_ix: usize,
    row: &MatrixRowView,
    ix: usize,
) -> Choice {
    let own_text = row.cell_texts.get(ix).and_then(Option::as_ref);
    Choice {
        id: match (row_ix, ix) {
            (0, 0) => asked.part("input"),
            _ => asked.part(&format!("r{row_ix}c{ix}")),
        },
        name: asked.part(&format!("r{row_ix}n")),
        several: matrix.several,
        action: if matrix.several {
            "toggle-cell"
        } else {
            "choose-cell"
        },
        ix,
        label: own_text.map(rich::phrase).unwrap_or_default(),
        checked: row.selected.get(ix).copied().unwrap_or_default(),
        enabled: row.enabled && asked.open(),
    }
}

fn row_id(asked: &Asked<'_>, row_ix: usize) -> String {
    asked.part(&format!("r{row_ix}"))
}

/// Said at a row that is what is wrong: colour is never the only sign.
fn unanswered(row: &MatrixRowView) -> Option<Node> {
    row.invalid.then(|| {
        el("span")
            .class("matrix__check")
            .text(format!(" ({})", t("question.check_row")))
            .node()
    })
}
