//! Scales for several rows, tables and repeated groups.

use std::rc::Rc;

use json::Value;

use super::super::Session;
use super::super::tree::NodeId;
use super::super::values::{as_text, same};
use super::super::view::{CellView, ColumnView, Control, GroupView, MatrixRowView, RowView};
use crate::definition::{Cells, Choice, Kind, MatrixBase, Question};
use crate::localized::Localized;
use crate::text::RichText;

impl Session {
    #[inline(never)]
    pub(super) fn table_control(&self, id: NodeId, question: &Question) -> Control {
        match &question.kind {
            Kind::Matrix {
                base,
                columns,
                cells,
                each_row_required,
                several_per_row,
                ..
            } => {
                let columns = self.scale_columns(id, columns);
                let rows = self.scale_rows(id, base, &columns, cells, *each_row_required);
                Control::Matrix {
                    rows,
                    columns,
                    several: *several_per_row,
                    header: base.show_header,
                    display: base.display,
                }
            }
            _ => Control::Rows(self.group(id, question)),
        }
    }

    fn scale_columns(&self, id: NodeId, columns: &[Choice]) -> Vec<ColumnView> {
        let shown = self.answering(id).map(|it| it.columns.as_slice());
        columns
            .iter()
            .enumerate()
            .filter(|(at, _)| shown.and_then(|it| it.get(*at)).is_none_or(|it| *it))
            .map(|(_, column)| ColumnView {
                value: column.value.clone(),
                text: self.rich_label(&column.text, &column.value, id),
                meaning: column.kuuluu.meaning,
                exclusive: column.is_exclusive,
            })
            .collect()
    }

    fn rich_label(&self, text: &Localized, value: &Value, id: NodeId) -> RichText {
        let rich = self.rich(text, Some(id));
        if rich.is_empty() {
            RichText::plain(as_text(value))
        } else {
            rich
        }
    }

    fn scale_rows(
        &self,
        id: NodeId,
        base: &MatrixBase,
        columns: &[ColumnView],
        cells: &Cells,
        each_required: bool,
    ) -> Vec<MatrixRowView> {
        let answer = self.answering(id);
        let order = answer.and_then(|it| it.order.as_deref());
        let value = self.value(id);
        let enabled = self.is_enabled(id);
        let scolds = self.nodes[id].checked && each_required && !self.assisted;
        (0..base.rows.len())
            .filter_map(|place| {
                let at = order.and_then(|it| it.get(place)).copied().unwrap_or(place);
                let row = base.rows.get(at)?;
                let standing = answer
                    .and_then(|it| it.items.get(at))
                    .copied()
                    .unwrap_or_default();
                if !standing.visible {
                    return None;
                }
                let chosen = value.and_then(|it| it.get(&as_text(&row.value)));
                let is_chosen = |column: &ColumnView| match chosen {
                    Some(Value::List(items)) => items.iter().any(|it| same(it, &column.value)),
                    Some(one) => same(one, &column.value),
                    None => false,
                };
                let cell_text = |column: &ColumnView| {
                    cells
                        .iter()
                        .find(|(of_row, of_column, _)| {
                            same(of_row, &row.value) && same(of_column, &column.value)
                        })
                        .map(|(_, _, text)| self.rich(text, Some(id)))
                };
                Some(MatrixRowView {
                    value: row.value.clone(),
                    text: self.rich_label(&row.text, &row.value, id),
                    selected: columns.iter().map(is_chosen).collect(),
                    cell_texts: columns.iter().map(cell_text).collect(),
                    enabled: enabled && standing.enabled,
                    invalid: scolds && chosen.is_none(),
                })
            })
            .collect()
    }

    fn group(&self, id: NodeId, question: &Question) -> GroupView {
        let (add, remove, empty, confirm, total_title, can_reorder) = match &question.kind {
            Kind::MatrixDynamic {
                add_text,
                remove_text,
                no_rows_text,
                confirm_delete,
                total_text,
                allow_reorder,
                ..
            } => (
                self.own_or_word(add_text, id, "addRow"),
                self.own_or_word(remove_text, id, "removeRow"),
                self.own_or_word(no_rows_text, id, "noEntries"),
                confirm_delete.then(|| self.word("confirmDelete")),
                self.own_or_word(total_text, id, "total"),
                *allow_reorder,
            ),
            Kind::PanelDynamic {
                add_text,
                remove_text,
                no_entries_text,
                confirm_delete,
                confirm_delete_text,
                ..
            } => (
                self.own_or_word(add_text, id, "addPanel"),
                self.own_or_word(remove_text, id, "removePanel"),
                self.own_or_word(no_entries_text, id, "noEntries"),
                confirm_delete.then(|| self.own_or_word(confirm_delete_text, id, "confirmDelete")),
                String::new(),
                false,
            ),
            Kind::MatrixDropdown { total_text, .. } => (
                String::new(),
                String::new(),
                String::new(),
                None,
                self.own_or_word(total_text, id, "total"),
                false,
            ),
            _ => <(String, String, String, Option<String>, String, bool)>::default(),
        };
        let limits = self.limits(id);
        let count = self.answering(id).map_or(0, |it| it.rows.len());
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let enabled = self.is_enabled(id);
        GroupView {
            panels: matches!(question.kind, Kind::PanelDynamic { .. }),
            columns: self
                .columns(id)
                .iter()
                .map(|column| CellView {
                    key: column.question.name.as_str().into(),
                    title: self.rich_label(
                        &column.question.title,
                        &Value::from(column.question.name.as_str()),
                        id,
                    ),
                    visible: true,
                })
                .collect(),
            rows: self.row_views(id, question),
            totals: if self.has_totals(id) {
                self.totals(id)
            } else {
                Vec::new()
            },
            total_title,
            can_add: enabled && limits.is_some_and(|it| it.may_add && count < it.greatest),
            can_remove: enabled && limits.is_some_and(|it| it.may_remove && count > it.least),
            can_reorder: enabled && can_reorder,
            confirm_delete: confirm,
            removed_at: self
                .answering(id)
                .and_then(|it| it.removed.as_ref())
                .map(|it| it.0),
            add_text: add,
            remove_text: remove,
            empty_text: empty,
        }
    }

    fn totals(&self, id: NodeId) -> Vec<String> {
        self.columns(id)
            .iter()
            .map(|column| {
                self.total(id, &column.question.name, &column.total)
                    .map(|value| self.formatted(&value, &column.total.format))
                    .unwrap_or_default()
            })
            .collect()
    }

    fn row_views(&self, id: NodeId, question: &Question) -> Vec<RowView> {
        let Some(answer) = self.answering(id) else {
            return Vec::new();
        };
        let (template, has_detail) = match &question.kind {
            Kind::PanelDynamic {
                template_title,
                template_description,
                ..
            } => (Some((template_title, template_description)), false),
            Kind::MatrixDropdown { detail, .. } | Kind::MatrixDynamic { detail, .. } => {
                (None, detail.shown && !detail.elements.is_empty())
            }
            _ => (None, false),
        };
        let order = answer.order.as_deref();
        (0..answer.rows.len())
            .filter_map(|place| {
                let at = order.and_then(|it| it.get(place)).copied().unwrap_or(place);
                let row = answer.rows.get(at).filter(|it| it.visible)?;
                let inside = self.first_in_row(id, at);
                let title = match (template, &question.kind) {
                    (Some((title, _)), _) => self.rich(title, inside),
                    (None, Kind::MatrixDropdown { base, .. }) => base
                        .rows
                        .get(at)
                        .map(|row| self.rich_label(&row.text, &row.value, id))
                        .unwrap_or_default(),
                    _ => RichText::default(),
                };
                Some(RowView {
                    id: row.id,
                    title,
                    description: template
                        .map(|(_, description)| self.rich(description, inside))
                        .unwrap_or_default(),
                    cells: row.cells.iter().map(|&cell| self.cell_view(cell)).collect(),
                    items: self.items_of(&row.items),
                    detail_open: has_detail.then_some(row.open),
                })
            })
            .collect()
    }

    /// The key of a row's detail toggle.
    pub(in crate::session) fn row_at_key(&self, key: &str) -> Option<(NodeId, usize)> {
        let (owner, label) = key.strip_suffix(']')?.rsplit_once('[')?;
        let owner = *self.keys.get(&Rc::<str>::from(owner))?;
        let count = self.answering(owner)?.rows.len();
        let at = (0..count).find(|&at| self.row_label(owner, at) == label)?;
        Some((owner, at))
    }
}
