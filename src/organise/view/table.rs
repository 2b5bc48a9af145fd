//! The table beside a chart.

use leptos::prelude::*;

use super::super::figures::{Table, TableCell, TableRow, Weight};
use super::in_turns::pieces;

/// A table of more cells than these is made in several turns.
const CELLS_A_TURN: usize = 120;

/// A table with its notes; scrolls on its own where it is wider than the page.
pub(super) fn table(table: Table, caption: String) -> impl IntoView {
    let n_columns = table.head.len();
    let name = caption.clone();
    let rows = table.rows.into_iter().map(|it| (it, n_columns));
    let rows: Vec<(TableRow, usize)> = rows.collect();
    view! {
        <div class="figures__scroll" tabindex="0" role="region" aria-label=name>
            <table class="figures">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        {table
                            .head
                            .into_iter()
                            .map(|head| if head.is_empty() {
                                view! { <td></td> }.into_any()
                            } else {
                                view! { <th scope="col">{head}</th> }.into_any()
                            })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody>
                    {pieces(rows, (CELLS_A_TURN / n_columns.max(1)).max(1), row)}
                </tbody>
            </table>
        </div>
        {table.notes.into_iter().map(|note| view! { <p class="figures__note">{note}</p> }).collect_view()}
    }
}

fn row((row, n_columns): (TableRow, usize)) -> AnyView {
    match row.weight {
        Weight::Heading => view! {
            <tr data-weight="heading">
                <th scope="rowgroup" colspan=n_columns.to_string()>{row.label}</th>
            </tr>
        }
        .into_any(),
        weight => view! {
            <tr data-weight=(weight == Weight::Sum).then_some("sum")>
                <th scope="row">{row.label}</th>
                {row.cells.into_iter().map(cell).collect_view()}
            </tr>
        }
        .into_any(),
    }
}

fn cell(cell: TableCell) -> AnyView {
    match cell {
        TableCell::Text(text) => view! { <td>{text}</td> }.into_any(),
        TableCell::Hidden(word) => view! { <td data-hidden="">{word}</td> }.into_any(),
    }
}
