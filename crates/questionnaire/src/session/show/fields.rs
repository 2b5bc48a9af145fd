//! Controls that are typed into, and sliders.

use std::rc::Rc;

use json::Value;

use super::super::Session;
use super::super::rows::as_number;
use super::super::tree::NodeId;
use super::super::typed::spaced;
use super::super::view::{CellView, Control, FieldView};
use crate::definition::{InputType, Kind, Question, TextItem};
use crate::text::RichText;

impl Session {
    #[inline(never)]
    pub(super) fn field_control(&self, id: NodeId, question: &Question) -> Control {
        match &question.kind {
            Kind::Text { field } => Control::Text(self.field_view(id, field)),
            Kind::Comment {
                rows,
                max_length,
                placeholder,
                accept_carriage_return,
            } => Control::LongText {
                text: self.typed_text(id, InputType::Text),
                placeholder: self.piped(placeholder, Some(id)),
                rows: *rows,
                max_length: self.longest(*max_length),
                line_breaks: *accept_carriage_return,
            },
            Kind::MultipleText { columns, .. } => Control::Fields {
                fields: self
                    .answering(id)
                    .map(|it| it.fields.as_slice())
                    .unwrap_or_default()
                    .iter()
                    .map(|&field| self.cell_view(field))
                    .collect(),
                columns: *columns,
            },
            Kind::Slider {
                range,
                step,
                labels,
                allow_clear,
                ..
            } => self.slider(id, *range, *step, labels, *allow_clear),
            _ => Control::Html(RichText::default()),
        }
    }

    pub(super) fn cell_view(&self, id: NodeId) -> CellView {
        CellView {
            key: Rc::clone(&self.nodes[id].key),
            title: self.rich_text(&self.title_text(id), None),
            visible: self.is_visible(id),
        }
    }

    fn field_view(&self, id: NodeId, field: &TextItem) -> FieldView {
        let (min, max) = self.bounds(id);
        FieldView {
            input_type: field.input_type,
            text: self.typed_text(id, field.input_type),
            placeholder: self.piped(&field.placeholder, Some(id)),
            min,
            max,
            step: field.step,
            max_length: self.longest(field.max_length),
            suggestions: field
                .data_list
                .iter()
                .filter_map(|it| self.text_of(it))
                .map(str::to_owned)
                .collect(),
        }
    }

    /// What stands in a field: what was typed while it is not valid, else the answer.
    fn typed_text(&self, id: NodeId, kind: InputType) -> String {
        let typed = self.answering(id).and_then(|it| it.typed.clone());
        typed.unwrap_or_else(|| {
            self.value(id)
                .map(|value| self.untyped_text(kind, value))
                .unwrap_or_default()
        })
    }

    fn untyped_text(&self, kind: InputType, value: &Value) -> String {
        let text = self.field_text(kind, value);
        match kind {
            InputType::Number | InputType::Range => spaced(&text),
            _ => text,
        }
    }

    fn slider(
        &self,
        id: NodeId,
        range: bool,
        step: f64,
        labels: &[(f64, crate::localized::Localized)],
        clearable: bool,
    ) -> Control {
        let (min, max) = self.bounds(id);
        let (value, upper) = match self.value(id) {
            Some(Value::List(items)) => (
                items.first().and_then(as_number),
                items.get(1).and_then(as_number),
            ),
            Some(value) => (as_number(value), None),
            None => (None, None),
        };
        let written = |typed: Option<&String>, value: Option<f64>| match (typed, value) {
            (Some(typed), _) => typed.clone(),
            (None, Some(value)) => self.untyped_text(InputType::Number, &Value::Number(value)),
            (None, None) => String::new(),
        };
        let answer = self.answering(id);
        Control::Slider {
            value,
            upper,
            range,
            text: written(answer.and_then(|it| it.typed.as_ref()), value),
            upper_text: written(answer.and_then(|it| it.typed_upper.as_ref()), upper),
            min: min.as_ref().and_then(as_number).unwrap_or(0.0),
            max: max.as_ref().and_then(as_number).unwrap_or(100.0),
            step,
            labels: labels
                .iter()
                .map(|(at, text)| (*at, self.label(text, &Value::Number(*at), id)))
                .collect(),
            clearable,
        }
    }
}
