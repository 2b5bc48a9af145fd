//! Matrices of the three kinds.

use std::sync::Arc;

use json::Value;

use super::Names;
use super::element::{elements, name, question};
use super::extension;
use super::fields::Fields;
use super::kind::{Context, format};
use super::place::At;
use super::select::{bare, choice, value_and_text};
use super::survey::{list, order};
use crate::definition::{
    CellType, Cells, Choice, Choices, Column, DetailPanel, Kind, MatrixBase, MatrixDisplay, Row,
    Total, TotalType,
};
use crate::localized::Localized;

/// As many rows as the reference implementation allows.
const MOST_ROWS: u32 = 1_000;

const CELL_TYPES: [&str; 11] = [
    "default",
    "dropdown",
    "checkbox",
    "radiogroup",
    "tagbox",
    "text",
    "comment",
    "boolean",
    "expression",
    "rating",
    "slider",
];

#[inline(never)]
pub(super) fn matrix(f: &Fields<'_>) -> Kind {
    let base = base(f, true);
    let columns = list(f, "columns", |at| choice(at, None));
    Kind::Matrix {
        cells: cells(f, &base.rows, &columns),
        base,
        columns,
        each_row_required: f.flag("eachRowRequired|isAllRowRequired", false),
        each_row_unique: f.flag("eachRowUnique", false),
        several_per_row: f.one_of("cellType", &["radio", "checkbox"]) == Some(1),
    }
}

#[inline(never)]
pub(super) fn dropdown(f: &Fields<'_>, context: &Context<'_>) -> Kind {
    let names = Names::default();
    Kind::MatrixDropdown {
        base: base(f, true),
        columns: columns(f, &names, context.depth),
        total_text: f.localized("totalText"),
        transpose: f.flag("transposeData", false),
        detail: detail(f, &names, context.depth),
    }
}

#[inline(never)]
pub(super) fn dynamic(f: &Fields<'_>, context: &Context<'_>) -> Kind {
    let names = Names::default();
    let max_rows = f.count("maxRowCount", MOST_ROWS).clamp(1, MOST_ROWS);
    let min_rows = f.count("minRowCount", 0).min(max_rows);
    Kind::MatrixDynamic {
        base: base(f, false),
        columns: columns(f, &names, context.depth),
        row_count: f.count("rowCount", 2).min(max_rows),
        row_count_expression: f.formula("rowCountExpression"),
        min_rows,
        max_rows,
        allow_add: f.flag("allowAddRows", true),
        allow_remove: f.flag("allowRemoveRows", true),
        allow_reorder: f.flag("allowRowReorder|allowRowsDragAndDrop", false),
        key_name: f.string("keyName"),
        key_duplication_error: f.localized("keyDuplicationError"),
        default_row_value: f.value("defaultRowValue"),
        copy_last: f.flag(
            "copyDefaultValueFromLastEntry|defaultValueFromLastRow",
            false,
        ),
        confirm_delete: f.flag("confirmDelete", false),
        add_text: f.localized("addRowText"),
        remove_text: f.localized("removeRowText"),
        no_rows_text: f.localized("noRowsText|emptyRowsText"),
        total_text: f.localized("totalText"),
        hide_columns_if_empty: f.flag("hideColumnsIfEmpty", false),
        detail: detail(f, &names, context.depth),
    }
}

fn base(f: &Fields<'_>, fixed: bool) -> MatrixBase {
    MatrixBase {
        rows: if fixed {
            list(f, "rows", row)
        } else {
            Vec::new()
        },
        rows_visible_if: f.formula("rowsVisibleIf"),
        columns_visible_if: f.formula("columnsVisibleIf"),
        row_order: order(f, "rowOrder|rowsOrder").unwrap_or_default(),
        hide_if_rows_empty: f.flag("hideIfRowsEmpty", false),
        show_header: f.flag("showHeader", true),
        display: match f.one_of("displayMode", &["auto", "table", "list"]) {
            Some(1) => MatrixDisplay::Table,
            Some(2) => MatrixDisplay::List,
            _ => MatrixDisplay::Auto,
        },
    }
}

fn row(at: &At<'_>) -> Option<Row> {
    if !matches!(at.value, Value::Object(_)) {
        let (value, text) = bare(at)?;
        return Some(Row {
            value,
            text,
            ..Row::default()
        });
    }
    let f = at.fields()?;
    let (value, text) = value_and_text(&f);
    let row = Row {
        value,
        text,
        visible_if: f.formula("visibleIf"),
        enable_if: f.formula("enableIf"),
        kuuluu: extension::question(&f),
    };
    f.close();
    Some(row)
}

/// `cells`: by row and column value; the row `default` stands for all rows without a text of
/// their own.
fn cells(f: &Fields<'_>, rows: &[Row], columns: &[Choice]) -> Cells {
    let mut cells = Cells::new();
    let Some(at) = f.get("cells") else {
        return cells;
    };
    let Some(by_row) = at.value.as_object() else {
        at.wrong("an object");
        return cells;
    };
    for row in rows {
        for column in columns {
            let text = [key(&row.value), "default".to_owned()]
                .iter()
                .find_map(|name| {
                    let row_value = by_row.get(name)?;
                    let row_at = at.child(name, row_value);
                    let name = key(&column.value);
                    let value = row_value.get(&name)?;
                    Some(Localized::read(&row_at.child(&name, value), true))
                });
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                cells.push((row.value.clone(), column.value.clone(), text));
            }
        }
    }
    for (name, value) in by_row.iter() {
        let at = at.child(name, value);
        let known = name == "default" || rows.iter().any(|row| key(&row.value) == name);
        let columns_known = value.as_object().is_some_and(|by_column| {
            by_column
                .keys()
                .all(|name| columns.iter().any(|column| key(&column.value) == name))
        });
        if !known || !columns_known {
            at.say(
                "property/dead",
                "a row of this matrix, and its columns",
                None,
            );
        }
    }
    cells
}

/// A value as the name of a member.
fn key(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        other => other.to_string(),
    }
}

fn columns(f: &Fields<'_>, names: &Names, depth: usize) -> Vec<Column> {
    let inherited = Choices {
        items: list(f, "choices", |at| choice(at, None)),
        ..Choices::default()
    };
    let context = Context {
        names,
        depth: depth + 1,
        matrix: Some(&inherited),
    };
    let cell_type = f.one_of("cellType", &CELL_TYPES).unwrap_or_default();
    f.localized("placeholder|optionsCaption");
    f.localized("keyDuplicationError");
    let Some(at) = f.get("columns") else {
        return Vec::new();
    };
    let empty = Value::Object(json::Object::new());
    at.items()
        .filter_map(|item| column(&item, &empty, cell_type, &context))
        .collect()
}

fn column(at: &At<'_>, empty: &Value, inherited: usize, context: &Context<'_>) -> Option<Column> {
    let alone = at.value.as_str();
    let object = at.with(if alone.is_some() { empty } else { at.value });
    let f = object.fields()?;
    let own = f.one_of("cellType", &CELL_TYPES).unwrap_or_default();
    let index = match (own, inherited) {
        (0, 0) => 1,
        (0, inherited) => inherited,
        (own, _) => own,
    };
    let kind = CELL_TYPES.get(index).copied().unwrap_or("dropdown");
    let name = match alone {
        Some(name) => {
            context.names.borrow_mut().insert(name.to_owned());
            name.to_owned()
        }
        None => name(&f, context.names, None),
    };
    let column = Column {
        question: Arc::new(question(&f, kind, name, context)?),
        cell_type: cell_type(index),
        is_unique: f.flag("isUnique", false),
        show_in_multiple_columns: f.flag("showInMultipleColumns", false),
        total: total(&f),
    };
    f.close();
    Some(column)
}

fn cell_type(index: usize) -> CellType {
    match index {
        2 => CellType::Checkbox,
        3 => CellType::Radiogroup,
        4 => CellType::Tagbox,
        5 => CellType::Text,
        6 => CellType::Comment,
        7 => CellType::Boolean,
        8 => CellType::Expression,
        9 => CellType::Rating,
        10 => CellType::Slider,
        _ => CellType::Dropdown,
    }
}

fn total(f: &Fields<'_>) -> Total {
    let kind = match f.one_of("totalType", &["none", "sum", "count", "min", "max", "avg"]) {
        Some(1) => TotalType::Sum,
        Some(2) => TotalType::Count,
        Some(3) => TotalType::Min,
        Some(4) => TotalType::Max,
        Some(5) => TotalType::Avg,
        _ => TotalType::None,
    };
    let styles = ["none", "decimal", "currency", "percent"];
    let mut format = format(f);
    format.format = f.localized("totalFormat");
    format.style = f
        .one_of("totalDisplayStyle", &styles)
        .and_then(|index| styles.get(index))
        .filter(|style| **style != "none")
        .map(|style| (*style).to_owned());
    format.currency = f.string("totalCurrency");
    format.maximum_fraction_digits = f.optional_count("totalMaximumFractionDigits");
    format.minimum_fraction_digits = f.optional_count("totalMinimumFractionDigits");
    Total {
        kind,
        expression: f.formula("totalExpression"),
        format,
    }
}

fn detail(f: &Fields<'_>, names: &Names, depth: usize) -> DetailPanel {
    let mode = f.one_of("detailPanelMode", &["none", "underRow", "underRowSingle"]);
    DetailPanel {
        elements: elements(f, "detailElements", names, depth + 1),
        single: mode == Some(2),
        shown: mode.is_some_and(|mode| mode > 0),
    }
}
