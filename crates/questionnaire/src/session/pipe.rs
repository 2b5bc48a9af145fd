//! Texts with answers in them, and answers in words.

use std::borrow::Cow;
use std::fmt::Write as _;

use json::Value;

use super::Session;
use super::offer::Sort;
use super::reaction::is_moment;
use super::rows::as_number;
use super::tree::{NodeId, Place, is_multiple};
use super::typed::spaced;
use super::values::{as_text, same};
use super::view::AnswerLine;
use super::words::AS_IT_IS;
use crate::definition::{Choice, ExpressionFormat, InputType, Kind, Question};
use crate::expression::Scope as _;
use crate::localized::{DEFAULT, Localized};
use crate::text::{RichText, pipe_text};

impl Session {
    /// A text in the session's language with answers piped in.
    pub(super) fn piped(&self, text: &Localized, node: Option<NodeId>) -> String {
        self.text_of(text)
            .map(|text| self.fill(text, node).into_owned())
            .unwrap_or_default()
    }

    /// The same as rich text; what is piped in is always plain.
    pub(super) fn rich(&self, text: &Localized, node: Option<NodeId>) -> RichText {
        let Some(found) = text.resolve(&self.environment.language) else {
            return RichText::default();
        };
        let mut rich = self.rich_text(found.text, node);
        let language = if found.language == DEFAULT {
            self.survey.kuuluu.languages.first().map(String::as_str)
        } else {
            Some(found.language)
        };
        rich.lang = language
            .filter(|it| !it.eq_ignore_ascii_case(&self.environment.language))
            .map(str::to_owned);
        rich
    }

    pub(super) fn rich_text(&self, text: &str, node: Option<NodeId>) -> RichText {
        if text.contains(['<', '&']) {
            RichText::html(text).piped(&|name| self.piped_value(name, node))
        } else {
            RichText::plain(self.fill(text, node))
        }
    }

    /// Replaces `{name}` by what is answered there; unknown names stay as they are.
    pub(super) fn fill<'t>(&self, text: &'t str, node: Option<NodeId>) -> Cow<'t, str> {
        if text.contains('{') {
            Cow::Owned(pipe_text(text, &|name| self.piped_value(name, node)))
        } else {
            Cow::Borrowed(text)
        }
    }

    /// The text that stands for `{name}`; `None` if nothing has that name.
    fn piped_value(&self, name: &str, node: Option<NodeId>) -> Option<String> {
        let name = name.trim();
        if name.is_empty() || name.contains(':') {
            return None;
        }
        if let Some((owner, row)) = node.and_then(|node| self.nodes[node].row)
            && let Some(rest) = strip_context(name)
        {
            let key = self.row_key(owner, row, rest);
            if let Some(&sibling) = self.keys.get(&key) {
                return Some(self.display_text(sibling));
            }
        }
        if let Some(&inside) = self.keys.get(name)
            && matches!(self.nodes[inside].place, Place::Member { .. })
        {
            return Some(self.display_text(inside));
        }
        if let Some(node) = self.question_named(name) {
            return self.piped_answer(node, name);
        }
        if let Some(text) = self.piped_part(name) {
            return Some(text);
        }
        let scope = super::sight::Sight {
            session: self,
            node,
            item: None,
        };
        if let Some(value) = scope.variable(name) {
            if let Some(at) = name.to_ascii_lowercase().find("panelindex")
                && at <= 7
                && let Value::Number(index) = value
            {
                return Some(as_text(&Value::Number(index + 1.0)));
            }
            return Some(self.local(&value));
        }
        let in_row = node.is_some_and(|it| self.nodes[it].row.is_some());
        (in_row && super::build::is_contextual(name)).then(String::new)
    }

    fn piped_answer(&self, node: NodeId, name: &str) -> Option<String> {
        let question = self.nodes[node].question()?;
        let own = question.value_name.as_deref().unwrap_or(&question.name);
        if !own.eq_ignore_ascii_case(name) && !question.name.eq_ignore_ascii_case(name) {
            let comment = self.comment_text(node);
            return (!comment.is_empty()).then_some(comment);
        }
        if matches!(question.kind, Kind::Matrix { .. }) && self.value(node).is_none() {
            return None;
        }
        Some(if question.use_display_values {
            self.display_text(node)
        } else {
            self.value(node).map(as_text).unwrap_or_default()
        })
    }

    /// A part of an answer in words: a matrix row, a field, a question of a panel.
    fn piped_part(&self, name: &str) -> Option<String> {
        let (mut head, mut rest) = name.split_at(name.find(['.', '['])?);
        let mut node = self.question_named(head)?;
        if let Some(last) = name.rfind('.')
            && let Some(&inside) = self.keys.get(&name[..last])
        {
            node = inside;
            (head, rest) = name.split_at(last);
        }
        let question = self.nodes[node].question()?;
        if let Kind::Matrix { base, columns, .. } = &question.kind {
            let rest = rest.strip_prefix('.')?;
            let row = base.rows.iter().find(|it| as_text(&it.value) == rest)?;
            let chosen = self.value(node).and_then(|it| it.get(&as_text(&row.value)));
            return Some(match chosen {
                Some(chosen) => columns
                    .iter()
                    .find(|it| same(&it.value, chosen))
                    .map_or_else(|| as_text(chosen), |it| self.item_text(it, node)),
                None => String::new(),
            });
        }
        let key: super::Key = if let Kind::MatrixDropdown { .. } = question.kind {
            let (row, column) = rest.strip_prefix('.')?.rsplit_once('.')?;
            format!("{head}[{row}].{column}").into()
        } else {
            name.into()
        };
        let inside = *self.keys.get(&key)?;
        Some(self.display_text(inside))
    }

    /// A question's title in plain characters; its name if it has none.
    pub(super) fn title_text(&self, node: NodeId) -> String {
        let Some(question) = self.nodes[node].question() else {
            return String::new();
        };
        let title = self.piped(&question.title, Some(node));
        if title.is_empty() {
            question.name.clone()
        } else {
            title
        }
    }

    /// The answer of a question in words, as it is piped into texts.
    pub(super) fn display_text(&self, node: NodeId) -> String {
        self.display_lines(node).join(", ")
    }

    /// The answer of a question in words, one line for each chosen thing.
    pub(super) fn display_lines(&self, node: NodeId) -> Vec<String> {
        let Some(question) = self.nodes[node].question() else {
            return Vec::new();
        };
        let lone = self.lone_rank(node);
        let Some(value) = self.value(node).or(lone.as_ref()) else {
            return self
                .text_of(&question.default_display_value)
                .map(str::to_owned)
                .into_iter()
                .collect();
        };
        match &question.kind {
            Kind::Single { .. }
            | Kind::Multiple { .. }
            | Kind::ImagePicker { .. }
            | Kind::Ranking { .. }
            | Kind::Rating { .. } => self.choice_lines(node, question, value),
            Kind::Boolean { value_true, .. } => {
                // As in the reference, a given 1 stands for true.
                let is_one = *value_true == Value::Bool(true) && as_number(value) == Some(1.0);
                vec![self.boolean_text(node, is_one || same(value, value_true))]
            }
            Kind::Text { field } => vec![self.field_text(field.input_type, value)],
            Kind::Expression { format, .. } => vec![self.formatted(value, format)],
            kind if !self.has_shape(node, value) => match kind {
                Kind::Matrix { .. } | Kind::MultipleText { .. } => vec![self.local(value)],
                _ => Vec::new(),
            },
            Kind::Matrix { .. } => {
                let lines = self.answer_lines(node).into_iter();
                lines
                    .map(|it| format!("{}: {}", it.label, it.text))
                    .collect()
            }
            Kind::MultipleText { .. } => {
                let fields = self.answering(node).map(|it| it.fields.as_slice());
                let answered = fields.unwrap_or_default().iter();
                answered
                    .filter(|it| self.value(**it).is_some())
                    .map(|it| format!("{}: {}", self.title_text(*it), self.display_text(*it)))
                    .collect()
            }
            Kind::MatrixDropdown { .. }
            | Kind::MatrixDynamic { .. }
            | Kind::PanelDynamic { .. } => self.row_lines(node),
            Kind::Slider { .. } | Kind::Comment { .. } | Kind::Html { .. } | Kind::Image { .. } => {
                match value {
                    Value::List(items) => {
                        let is_range = matches!(question.kind, Kind::Slider { .. });
                        let parts: Vec<String> = items.iter().map(|it| self.local(it)).collect();
                        vec![parts.join(if is_range { "–" } else { "\n" })]
                    }
                    value => vec![self.local(value)],
                }
            }
        }
    }

    /// The answer in words as a review shows it: rows, fields and entries apart.
    pub(super) fn answer_lines(&self, node: NodeId) -> Vec<AnswerLine> {
        let kind = self.nodes[node].question().map(|it| &it.kind);
        match (kind, self.value(node)) {
            (Some(Kind::Matrix { base, columns, .. }), Some(value)) => base
                .rows
                .iter()
                .filter_map(|row| {
                    let chosen = value.get(&as_text(&row.value))?;
                    Some(AnswerLine {
                        label: self.label(&row.text, &row.value, node),
                        text: self.column_texts(node, columns, chosen),
                    })
                })
                .collect(),
            (Some(Kind::MultipleText { .. }), Some(_)) => {
                let fields = self.answering(node).map(|it| it.fields.as_slice());
                self.lines_of(fields.unwrap_or_default())
            }
            (
                Some(
                    Kind::MatrixDropdown { .. }
                    | Kind::MatrixDynamic { .. }
                    | Kind::PanelDynamic { .. },
                ),
                Some(_),
            ) => self.entry_lines(node),
            _ => {
                let lines = self.display_lines(node).into_iter();
                lines
                    .map(|text| AnswerLine {
                        text: self.easily_read(node, text),
                        ..AnswerLine::default()
                    })
                    .collect()
            }
        }
    }

    /// A number with the spaces that it has in its field, a time or month as it is written; other
    /// answers as they are.
    fn easily_read(&self, node: NodeId, text: String) -> String {
        let Some(Kind::Text { field }) = self.nodes[node].question().map(|it| &it.kind) else {
            return text;
        };
        let written = match field.input_type {
            InputType::Number | InputType::Range => Some(spaced(&text)),
            InputType::DateTimeLocal => text.split_once('T').and_then(|(day, time)| {
                let day = self.field_text(InputType::Date, &Value::from(day));
                Some([&day, " ", &self.time_text(time)?].concat())
            }),
            InputType::Time => self.time_text(&text),
            InputType::Month => text.split_once('-').map(|(year, month)| {
                let month = month.strip_prefix('0').unwrap_or(month);
                [month, "/", year].concat()
            }),
            _ => None,
        };
        written.unwrap_or(text)
    }

    /// `14:30` as it is written in the session's language.
    fn time_text(&self, text: &str) -> Option<String> {
        let (hour, minute) = text.get(..5)?.split_once(':')?;
        let environment = &self.environment;
        let written = environment.formats.time(
            &environment.language,
            hour.parse().ok()?,
            minute.parse().ok()?,
        );
        Some(written)
    }

    /// The chosen columns of a matrix row in words.
    fn column_texts(&self, node: NodeId, columns: &[Choice], chosen: &Value) -> String {
        let text = |chosen: &Value| {
            columns
                .iter()
                .find(|it| same(&it.value, chosen))
                .map_or_else(|| as_text(chosen), |it| self.item_text(it, node))
        };
        match chosen {
            Value::List(items) => items.iter().map(text).collect::<Vec<_>>().join(", "),
            one => text(one),
        }
    }

    pub(super) fn names_around(&self, node: NodeId) -> Vec<String> {
        if let Some((owner, at)) = self.nodes[node].row {
            let mut names = self.names_around(owner);
            names.push(self.entry_name(owner, at));
            return names;
        }
        let Some(parent) = self.nodes[node].parent else {
            return Vec::new();
        };
        let mut names = self.names_around(parent);
        let is_field = self
            .answering(parent)
            .is_some_and(|it| it.fields.contains(&node));
        if is_field {
            names.push(self.title_text(parent));
        }
        names
    }

    /// A row by its text, an entry by its title; by its owner and number where it has none.
    fn entry_name(&self, owner: NodeId, at: usize) -> String {
        let own = self.own_name(owner, at);
        if own.is_empty() {
            [&self.title_text(owner), " ", &(at + 1).to_string()].concat()
        } else {
            own
        }
    }

    /// A row by its text, an entry by its title; empty where it has none.
    fn own_name(&self, owner: NodeId, at: usize) -> String {
        let kind = self.nodes[owner].question().map(|it| &it.kind);
        match kind {
            Some(Kind::PanelDynamic { template_title, .. }) => {
                self.piped(template_title, self.first_in_row(owner, at))
            }
            Some(Kind::MatrixDropdown { base, .. }) => base
                .rows
                .get(at)
                .map(|row| self.label(&row.text, &row.value, owner))
                .unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// One line for each of `nodes` that is answered.
    fn lines_of(&self, nodes: &[NodeId]) -> Vec<AnswerLine> {
        let answered = nodes.iter().filter(|&&it| self.value(it).is_some());
        answered
            .map(|&it| AnswerLine {
                label: self.title_text(it),
                text: self.easily_read(it, self.display_text(it)),
            })
            .collect()
    }

    /// For each row or panel that is answered its name, and below it a line for each answer.
    fn entry_lines(&self, node: NodeId) -> Vec<AnswerLine> {
        let mut lines = Vec::new();
        let count = self.answering(node).map_or(0, |it| it.rows.len());
        for at in 0..count {
            let inside = self.lines_of(&self.inside_row(node, at));
            if inside.is_empty() {
                continue;
            }
            let mut label = self.own_name(node, at);
            if label.is_empty() {
                label = (at + 1).to_string() + ".";
            }
            lines.push(AnswerLine {
                label,
                ..AnswerLine::default()
            });
            lines.extend(inside);
        }
        lines
    }

    /// Everything in a row or panel, in order.
    fn inside_row(&self, node: NodeId, at: usize) -> Vec<NodeId> {
        let Some(row) = self.answering(node).and_then(|it| it.rows.get(at)) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        let mut stack: Vec<NodeId> = row
            .items
            .iter()
            .rev()
            .chain(row.cells.iter().rev())
            .copied()
            .collect();
        while let Some(inside) = stack.pop() {
            stack.extend(self.nodes[inside].children.iter().rev());
            all.push(inside);
        }
        all
    }

    /// The chosen things in words.
    fn choice_lines(&self, node: NodeId, question: &Question, value: &Value) -> Vec<String> {
        let offers = self.offers(node);
        let property = self.value_property(node);
        let raw_allowed = !self.keeps_other_apart(node);
        let one = |value: &Value| {
            let value = property.and_then(|it| value.get(it)).unwrap_or(value);
            match offers.iter().find(|it| same(&it.value, value)) {
                Some(offer) => {
                    let own = if offer.sort == Sort::Other && !raw_allowed {
                        self.comment_text(node)
                    } else {
                        String::new()
                    };
                    if own.is_empty() {
                        self.fill(&offer.text, Some(node)).into_owned()
                    } else {
                        own
                    }
                }
                None => as_text(value),
            }
        };
        match value {
            // What is not offered any more is not spoken of, unless nothing else was chosen.
            Value::List(items) if is_multiple(question) => {
                let is_offered = |it: &&Value| {
                    let bare = property.and_then(|name| it.get(name)).unwrap_or(it);
                    raw_allowed || offers.iter().any(|offer| same(&offer.value, bare))
                };
                let offered: Vec<String> = items.iter().filter(is_offered).map(one).collect();
                if offered.is_empty() {
                    items.iter().map(one).collect()
                } else {
                    offered
                }
            }
            value => vec![one(value)],
        }
    }

    fn row_lines(&self, node: NodeId) -> Vec<String> {
        let Some(answer) = self.answering(node) else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        for at in 0..answer.rows.len() {
            let mut line = if self.is_list(node) {
                format!("{}.", at + 1)
            } else {
                self.row_label(node, at)
            };
            for inside in self.inside_row(node, at) {
                if self.value(inside).is_some() {
                    let _ = write!(
                        line,
                        " {}: {};",
                        self.title_text(inside),
                        self.display_text(inside)
                    );
                }
            }
            lines.push(line.trim_end_matches(';').to_owned());
        }
        lines
    }

    /// An item's text, or its value if it has none.
    pub(super) fn label(&self, text: &Localized, value: &Value, node: NodeId) -> String {
        let text = self.piped(text, Some(node));
        if text.is_empty() {
            as_text(value)
        } else {
            text
        }
    }

    fn item_text(&self, item: &crate::definition::Choice, node: NodeId) -> String {
        self.label(&item.text, &item.value, node)
    }

    pub(super) fn boolean_text(&self, node: NodeId, truth: bool) -> String {
        let own = self.nodes[node].question().map(|it| &it.kind);
        let label = match own {
            Some(Kind::Boolean {
                label_true,
                label_false,
                ..
            }) => self.piped(if truth { label_true } else { label_false }, Some(node)),
            _ => String::new(),
        };
        if label.is_empty() {
            self.word(if truth { "yes" } else { "no" })
        } else {
            label
        }
    }

    fn local(&self, value: &Value) -> String {
        match value {
            Value::Number(number) => {
                let environment = &self.environment;
                environment
                    .formats
                    .number(&environment.language, *number, (0, AS_IT_IS), false)
            }
            Value::Text(text) if is_moment(text) => self.field_text(InputType::Date, value),
            value => as_text(value),
        }
    }

    /// A field's value in local form.
    pub(super) fn field_text(&self, kind: InputType, value: &Value) -> String {
        if kind == InputType::Date
            && let Some((year, month, day)) = value.as_str().and_then(super::typed::parts)
        {
            let environment = &self.environment;
            return environment
                .formats
                .date(&environment.language, year, month, day);
        }
        self.local(value)
    }

    /// A computed value as the survey wants it written.
    pub(super) fn formatted(&self, value: &Value, format: &ExpressionFormat) -> String {
        let environment = &self.environment;
        let (formats, language) = (&environment.formats, environment.language.as_str());
        let number = as_number(value);
        let least = format.minimum_fraction_digits.unwrap_or(0);
        let written = match (format.style.as_deref(), number) {
            (Some("percent"), Some(number)) => {
                let most = format.maximum_fraction_digits.unwrap_or(least);
                formats.percent(language, number, (least, most))
            }
            (Some("currency"), Some(number)) => formats.currency(
                language,
                number,
                format.currency.as_deref().unwrap_or("USD"),
            ),
            (Some("decimal"), Some(number)) => {
                let most = format.maximum_fraction_digits.unwrap_or(least.max(3));
                formats.number(language, number, (least, most), !format.no_grouping)
            }
            (Some("date"), _) => self.field_text(InputType::Date, value),
            (_, Some(number)) if format.precision.is_some() => {
                let most = format.precision.unwrap_or(0);
                formats.number(language, number, (0, most), false)
            }
            _ => self.local(value),
        };
        match self.text_of(&format.format) {
            Some(pattern) => pattern.replace("{0}", &written),
            None => written,
        }
    }

    pub(super) fn word(&self, word: &'static str) -> String {
        let environment = &self.environment;
        environment.words.word(&environment.language, word)
    }
}

fn strip_context(name: &str) -> Option<&str> {
    let (context, rest) = name.split_once('.')?;
    (context.eq_ignore_ascii_case("panel") || context.eq_ignore_ascii_case("row")).then_some(rest)
}
