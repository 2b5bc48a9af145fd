//! Rows of cells and repeated panels: fixed, or added and removed.

use questionnaire::session::{GroupView, RowView};

use super::frame::{Asked, Shape, optional, yes};
use super::{items, live, rich};
use crate::respond::handle::SessionHandle;
use crate::ui::button::{drawn, quiet};
use crate::ui::dialog::confirm;
use crate::ui::icon::{Icon, icon};
use crate::ui::markup::{Element, Node, el};
use crate::words::{t, t_with};

/// The whole group with what is needed to add, remove, move and take back; `removing` is the row
/// that the respondent is asked about before it is removed.
#[inline(never)]
pub(super) fn group(
    asked: &Asked<'_>,
    session: SessionHandle,
    group: &GroupView,
    removing: usize,
) -> Element {
    let undo = undo(group).node();
    let content = if group.rows.is_empty() {
        let empty = el("p").class("rows__empty").text(group.empty_text.clone());
        vec![empty.node(), undo]
    } else if group.panels {
        let panels = group.rows.iter().enumerate();
        let mut panels: Vec<Node> = panels
            .map(|(ix, row)| panel(asked, session, group, ix, row))
            .collect();
        // What was removed is taken back where it stood.
        let place = group.removed_at.unwrap_or(panels.len());
        panels.insert(place.min(panels.len()), undo);
        vec![el("div").class("rows__panels").children(panels).node()]
    } else {
        vec![table(asked, session, group).node(), undo]
    };
    let add = group.can_add.then(|| {
        el("button")
            .attr("type", "button")
            .class("button button--add")
            .attr("id", add_id(asked, group))
            .attr("data-do", "add")
            .flag("disabled", !asked.open())
            .child(icon(Icon::Plus))
            .child(el("span").text(group.add_text.clone()))
            .node()
    });
    let ask = group.confirm_delete.as_ref().map(|sentence| {
        confirm(
            &asked.part("confirm"),
            group
                .rows
                .get(removing)
                .map(|row| row_words(removing, row))
                .unwrap_or_default(),
            sentence.clone(),
            "remove-sure",
            group.remove_text.clone(),
            t("question.keep"),
        )
        .node()
    });
    let control = el("div")
        .class("rows")
        .children(content)
        .with(add)
        .with(ask);
    asked.frame(Shape::Group, &[], vec![control.node()])
}

/// Says that an entry was removed, and takes that back.
fn undo(group: &GroupView) -> Element {
    let can_undo = group.removed_at.is_some();
    let inside = if can_undo {
        vec![
            el("span").text(t("question.removed")).node(),
            quiet("undo", t("question.undo")).node(),
        ]
    } else {
        Vec::new()
    };
    el("div")
        .class("rows__undo")
        .attr("role", "status")
        .flag("hidden", !can_undo)
        .children(inside)
}

/// With no rows the button that adds one is what the question is answered with.
fn add_id(asked: &Asked<'_>, group: &GroupView) -> String {
    asked.part(if group.rows.is_empty() {
        "input"
    } else {
        "add"
    })
}

fn panel(
    asked: &Asked<'_>,
    session: SessionHandle,
    group: &GroupView,
    ix: usize,
    row: &RowView,
) -> Node {
    let title = asked.part(&format!("row{}", row.id));
    el("div")
        .class("rows__panel")
        .attr("role", "group")
        .attr("aria-labelledby", title.clone())
        .maybe("id", (ix == 0).then(|| asked.part("input")))
        .attr("tabindex", "-1")
        .child(
            el("p")
                .class("rows__title")
                .attr("id", title)
                .children(row_name(ix, row)),
        )
        .with((!row.description.is_empty()).then(|| {
            el("div")
                .class("question__description")
                .children(rich::blocks(&row.description))
                .node()
        }))
        .child(items::list(session, &row.items))
        .child(actions(asked, group, ix, row))
        .node()
}

fn row_name(ix: usize, row: &RowView) -> Vec<Node> {
    if row.title.is_empty() {
        let n = (ix + 1).to_string();
        vec![Node::Text(t_with("question.row", &[("n", &n)]))]
    } else {
        rich::phrase(&row.title)
    }
}

fn row_words(ix: usize, row: &RowView) -> String {
    if row.title.is_empty() {
        t_with("question.row", &[("n", &(ix + 1).to_string())])
    } else {
        rich::plain(&row.title)
    }
}

/// Roles are written out because narrow places draw the table as cards.
fn table(asked: &Asked<'_>, session: SessionHandle, group: &GroupView) -> Element {
    let has_actions = group.can_remove
        || group.can_reorder
        || group.rows.iter().any(|row| row.detail_open.is_some());
    let n_columns = group.columns.iter().filter(|it| it.visible).count() + 1;
    let mut heads = vec![el("td").attr("role", "cell").node()];
    heads.extend(group.columns.iter().filter(|it| it.visible).map(|column| {
        el("th")
            .attr("scope", "col")
            .attr("role", "columnheader")
            .children(rich::phrase(&column.title))
            .node()
    }));
    if has_actions {
        heads.push(
            el("th")
                .attr("scope", "col")
                .attr("role", "columnheader")
                .child(
                    el("span")
                        .class("visually-hidden")
                        .text(t("question.actions")),
                )
                .node(),
        );
    }
    let mut body = Vec::new();
    for (ix, row) in group.rows.iter().enumerate() {
        body.push(table_row(asked, session, group, ix, row, has_actions));
        if row.detail_open == Some(true) {
            let detail = el("td")
                .attr("role", "cell")
                .attr(
                    "colspan",
                    (n_columns + usize::from(has_actions)).to_string(),
                )
                .child(items::list(session, &row.items));
            body.push(
                el("tr")
                    .class("rows__detail")
                    .attr("role", "row")
                    .child(detail)
                    .node(),
            );
        }
    }
    let totals = (!group.totals.is_empty()).then(|| totals(group, has_actions).node());
    el("table")
        .class("rows__table")
        .attr("role", "table")
        .attr("aria-labelledby", asked.part("title"))
        .child(
            el("thead")
                .attr("role", "rowgroup")
                .child(el("tr").attr("role", "row").children(heads)),
        )
        .child(el("tbody").attr("role", "rowgroup").children(body))
        .with(totals)
}

fn table_row(
    asked: &Asked<'_>,
    session: SessionHandle,
    group: &GroupView,
    ix: usize,
    row: &RowView,
    has_actions: bool,
) -> Node {
    let title = asked.part(&format!("row{}", row.id));
    let cells = group
        .columns
        .iter()
        .enumerate()
        .filter(|(_, it)| it.visible)
        .map(|(at, _)| {
            let cell = row.cells.get(at).filter(|it| it.visible);
            let content = cell.map(|it| live(session, &it.key, Some(title.clone())));
            el("td")
                .attr("role", "cell")
                .child(optional(content))
                .node()
        });
    el("tr")
        .class("rows__row")
        .attr("role", "row")
        .maybe("id", (ix == 0).then(|| asked.part("input")))
        .attr("tabindex", "-1")
        .child(
            el("th")
                .attr("scope", "row")
                .attr("role", "rowheader")
                .attr("id", title.clone())
                .children(row_name(ix, row)),
        )
        .children(cells.collect())
        .with(has_actions.then(|| {
            el("td")
                .attr("role", "cell")
                .child(actions(asked, group, ix, row))
                .node()
        }))
        .node()
}

fn totals(group: &GroupView, has_actions: bool) -> Element {
    let cells = group
        .totals
        .iter()
        .zip(&group.columns)
        .filter(|(_, column)| column.visible)
        .map(|(total, _)| el("td").attr("role", "cell").text(total.clone()).node());
    let row = el("tr")
        .attr("role", "row")
        .child(
            el("th")
                .attr("scope", "row")
                .attr("role", "rowheader")
                .text(if group.total_title.is_empty() {
                    t("question.total")
                } else {
                    group.total_title.clone()
                }),
        )
        .children(cells.collect())
        .with(has_actions.then(|| el("td").attr("role", "cell").node()));
    el("tfoot").attr("role", "rowgroup").child(row)
}

fn actions(asked: &Asked<'_>, group: &GroupView, ix: usize, row: &RowView) -> Element {
    let name = row_words(ix, row);
    let last = group.rows.len().saturating_sub(1);
    let mover = |up: bool| {
        let (action, drawing, key, at_end) = if up {
            ("row-up", Icon::Up, "question.move_up", ix == 0)
        } else {
            ("row-down", Icon::Down, "question.move_down", ix == last)
        };
        (group.can_reorder && !group.rows.is_empty()).then(|| {
            drawn(action, drawing, t_with(key, &[("name", &name)]))
                .attr("id", asked.part(&format!("{action}{ix}")))
                .attr("data-i", ix.to_string())
                .maybe("aria-disabled", at_end.then(yes))
                .flag("disabled", !asked.open())
                .node()
        })
    };
    let detail = row.detail_open.map(|open| {
        quiet("fold", t("question.detail"))
            .maybe("data-key", row_key(row))
            .says("aria-expanded", open)
            .attr("aria-label", named(&t("question.detail"), &name))
            .node()
    });
    let remove = group.can_remove.then(|| {
        quiet("remove", group.remove_text.clone())
            .attr("id", asked.part(&format!("remove{ix}")))
            .attr("data-i", ix.to_string())
            .flag("disabled", !asked.open())
            .attr("aria-label", named(&group.remove_text, &name))
            .node()
    });
    el("div")
        .class("rows__actions")
        .with(mover(true))
        .with(mover(false))
        .with(detail)
        .with(remove)
}

/// The row's own key, as it stands before the column in the key of each of its cells.
fn row_key(row: &RowView) -> Option<String> {
    let cell = row.cells.first()?;
    let (row, _) = cell.key.rsplit_once(']')?;
    Some(format!("{row}]"))
}

/// What a button says, and which row it is about.
fn named(action: &str, row: &str) -> String {
    format!("{action}: {row}")
}
