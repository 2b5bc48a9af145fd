//! What is wrong with an answer.

use json::Value;

use super::Session;
use super::offer::Sort;
use super::rows::as_number;
use super::settle::holds;
use super::tree::{NodeId, choices_of, is_multiple};
use super::typed::spaced;
use super::values::{as_text, is_empty, same};
use super::view::ProblemView;
use super::words::Violation;
use crate::definition::{Check, InputType, Kind, Notification, Question, TextItem, Validator};
use crate::expression::read_moment;
use crate::localized::Localized;

/// Least and greatest.
type Bounds = (Option<Value>, Option<Value>);

impl Session {
    /// What is wrong with a question now, whether it is shown or not; worst first.
    pub(super) fn problems(&self, node: NodeId) -> Vec<ProblemView> {
        let mut found = self.found(node);
        found.sort_by_key(|it| !it.blocks);
        found
    }

    /// What is wrong with a question now, in the order of its file.
    pub(super) fn found(&self, node: NodeId) -> Vec<ProblemView> {
        let Some(question) = self.nodes[node].question() else {
            return self.panel_problems(node);
        };
        let mut found = Found {
            session: self,
            node,
            problems: Vec::new(),
        };
        if !self.is_enabled(node) {
            return found.problems;
        }
        if self.answering(node).is_some_and(|it| it.unreadable) {
            found.unreadable(question);
            return found.problems;
        }
        let value = self.value(node);
        if self.nodes[node].required && self.lacks_answer(node, question) {
            found.add(Violation::Required, &question.required_error_text);
        }
        if self.other_chosen(node) && self.other_text(node).is_empty() {
            let own = choices_of(question).map(|it| &it.other_error_text);
            found.add(
                Violation::OtherRequired,
                own.unwrap_or(&Localized::default()),
            );
        }
        if self.lacks_choice_comment(node, question) {
            found.plain(Violation::OtherRequired);
        }
        // A list in a field is checked as the words it is seen as.
        let value = match (&question.kind, &self.nodes[node].place) {
            (Kind::Comment { .. }, super::tree::Place::Var(id)) => self.values.seen(*id),
            _ => value,
        };
        found.of_kind(question, value);
        if found.problems.is_empty() {
            for validator in &question.validators {
                found.validate(validator, value);
            }
        }
        if found.problems.is_empty() {
            found.too_many(question, value);
            found.too_long(question, value);
        }
        found.problems
    }

    fn panel_problems(&self, node: NodeId) -> Vec<ProblemView> {
        let super::tree::Body::Panel(panel) = &self.nodes[node].body else {
            return Vec::new();
        };
        if !self.nodes[node].required || self.answered_inside(node) {
            return Vec::new();
        }
        let mut found = Found {
            session: self,
            node,
            problems: Vec::new(),
        };
        found.add(Violation::PanelRequired, &panel.required_error_text);
        found.problems
    }

    /// True if any question inside a panel has an answer.
    fn answered_inside(&self, node: NodeId) -> bool {
        self.nodes[node].children.iter().any(|&child| {
            self.is_visible(child) && (self.value(child).is_some() || self.answered_inside(child))
        })
    }

    /// True if a required question has no answer.
    fn lacks_answer(&self, node: NodeId, question: &Question) -> bool {
        if self.answering(node).is_some_and(|it| it.other) {
            return false;
        }
        match self.value(node) {
            // Nobody can answer what is computed.
            None => {
                !super::tree::is_information(question)
                    && !matches!(question.kind, Kind::Expression { .. })
                    && self.lone_rank(node).is_none()
            }
            Some(Value::List(items)) if matches!(question.kind, Kind::PanelDynamic { .. }) => {
                items.iter().all(is_empty)
            }
            Some(value) => is_empty(value) || !self.has_shape(node, value),
        }
    }

    /// A chosen choice wants a text of its own and has none.
    fn lacks_choice_comment(&self, node: NodeId, question: &Question) -> bool {
        let Some(choices) = choices_of(question) else {
            return false;
        };
        choices.items.iter().enumerate().any(|(at, choice)| {
            choice.is_comment_required
                && choice.show_comment_area
                && self.is_choice_selected(node, at)
                && self.choice_comment(node, &choice.value).is_empty()
        })
    }

    /// The text beside "other", wherever it is stored.
    fn other_text(&self, node: NodeId) -> String {
        if self.keeps_other_apart(node) {
            self.comment_text(node)
        } else {
            self.raw_other(node)
        }
    }

    /// Least and greatest of a field or slider, computed ones first.
    pub(super) fn bounds(&self, node: NodeId) -> Bounds {
        let answer = self.answering(node);
        let computed = |least: bool| {
            let answer = answer?;
            if least {
                answer.min.clone()
            } else {
                answer.max.clone()
            }
        };
        match self.nodes[node].question().map(|it| &it.kind) {
            Some(Kind::Text { field }) => (
                computed(true).or_else(|| field.min.clone()),
                computed(false).or_else(|| field.max.clone()),
            ),
            Some(Kind::Slider { min, max, .. }) => (
                computed(true).or(Some(Value::Number(*min))),
                computed(false).or(Some(Value::Number(*max))),
            ),
            _ => (None, None),
        }
    }

    /// The longest text a field takes; zero is no limit.
    pub(super) fn longest(&self, own: Option<u32>) -> u32 {
        own.unwrap_or(self.survey.max_text_length)
    }

    /// Problems of a question with everything inside it that is shown; keys in page order.
    pub(super) fn blocking(&self, node: NodeId, into: &mut Vec<NodeId>) {
        if !self.is_visible(node) {
            return;
        }
        if self.problems(node).iter().any(|it| it.blocks) {
            into.push(node);
        }
        for &child in &self.nodes[node].children {
            self.blocking(child, into);
        }
        for inside in self.shown_inside(node) {
            self.blocking(inside, into);
        }
    }

    /// What is shown inside a question now.
    pub(super) fn shown_inside(&self, node: NodeId) -> Vec<NodeId> {
        let Some(answer) = self.answering(node) else {
            return Vec::new();
        };
        let mut inside = answer.fields.clone();
        for row in answer.rows.iter().filter(|row| row.visible) {
            inside.extend(&row.cells);
            inside.extend(&row.items);
        }
        for &(choice, below) in &answer.below {
            if self.is_choice_selected(node, choice) {
                inside.push(below);
            }
        }
        inside
    }

    /// Whether the author's choice at `index` is chosen.
    pub(super) fn is_choice_selected(&self, node: NodeId, index: usize) -> bool {
        let choice = self.nodes[node]
            .question()
            .and_then(|it| choices_of(it)?.items.get(index));
        choice.is_some_and(|choice| {
            self.chosen(node)
                .iter()
                .any(|value| same(value, &choice.value))
        })
    }
}

/// Collects problems of one question.
struct Found<'a> {
    session: &'a Session,
    node: NodeId,
    problems: Vec<ProblemView>,
}

impl Found<'_> {
    fn add(&mut self, violation: Violation, own: &Localized) {
        let session = self.session;
        let mut text = session.piped(own, Some(self.node));
        if let Violation::TooSmall(bound)
        | Violation::TooLarge(bound)
        | Violation::NotAStep(bound) = &violation
        {
            text = text.replace("{0}", bound);
        }
        if text.is_empty() {
            let environment = &session.environment;
            text = environment
                .words
                .violation(&environment.language, &violation);
        }
        self.problems.push(ProblemView {
            blocks: !(session.assisted && self.may_stay_open(&violation)),
            violation,
            text,
        });
    }

    /// Whether whoever fills in for another person may leave this as it is: the answer is missing
    /// on the paper too. Not so where the answer decides whether anything may be sent.
    #[inline(never)]
    fn may_stay_open(&self, violation: &Violation) -> bool {
        let is_missing = matches!(
            violation,
            Violation::Required
                | Violation::OtherRequired
                | Violation::RowsRequired
                | Violation::PanelRequired
                | Violation::TooFewRows(_)
                | Violation::TooFewChoices(_)
        );
        let decides = || {
            let formula = self.session.survey.kuuluu.decline_if.as_ref();
            let expression = formula.and_then(|it| it.expression.as_ref());
            let question = self.session.nodes[self.node].question();
            expression.zip(question).is_some_and(|(it, question)| {
                let own = question.value_name.as_deref().unwrap_or(&question.name);
                it.variables().contains(&own)
            })
        };
        is_missing && !decides()
    }

    fn plain(&mut self, violation: Violation) {
        self.add(violation, &Localized::default());
    }

    /// What was typed cannot be read.
    fn unreadable(&mut self, question: &Question) {
        match &question.kind {
            Kind::Text { field } => match field.input_type {
                InputType::Number | InputType::Range => self.plain(Violation::NotANumber),
                kind => self.plain(Violation::NotADate(kind)),
            },
            _ => self.plain(Violation::NotANumber),
        }
    }

    fn of_kind(&mut self, question: &Question, value: Option<&Value>) {
        match &question.kind {
            Kind::Text { field } => {
                if let Some(value) = value {
                    self.field(field, value);
                }
            }
            Kind::Slider { min, step, .. } => {
                if let Some(value) = value {
                    self.slider(value, *min, *step);
                }
            }
            Kind::Multiple { min_selected, .. } | Kind::Ranking { min_selected, .. } => {
                self.selected(value, *min_selected);
            }
            Kind::Matrix {
                base,
                each_row_required,
                each_row_unique,
                ..
            } => {
                let answer = self.session.answering(self.node);
                let shown: Vec<&Value> = base
                    .rows
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| {
                        answer
                            .and_then(|it| it.items.get(*at))
                            .is_none_or(|it| it.visible)
                    })
                    .map(|(_, row)| &row.value)
                    .collect();
                let chosen: Vec<Option<&Value>> = shown
                    .iter()
                    .map(|row| value.and_then(|it| it.get(&as_text(row))))
                    .collect();
                if *each_row_required && chosen.iter().any(|it| it.is_none_or(is_empty)) {
                    self.plain(Violation::RowsRequired);
                }
                if *each_row_unique && has_repeats(chosen.iter().flatten().copied()) {
                    self.plain(Violation::RowsNotUnique);
                }
            }
            Kind::MatrixDynamic { min_rows, .. } => {
                let filled = value
                    .and_then(Value::as_list)
                    .map_or(0, |rows| rows.iter().filter(|it| !is_empty(it)).count());
                let is_short = self.session.nodes[self.node].required
                    && filled < usize::try_from(*min_rows).unwrap_or(0);
                if is_short {
                    self.plain(Violation::TooFewRows(*min_rows));
                }
            }
            _ => {}
        }
        self.unique(question);
    }

    /// More choices than `maxSelectedChoices`: said where nothing else is wrong.
    fn too_many(&mut self, question: &Question, value: Option<&Value>) {
        let (Kind::Multiple { max_selected, .. } | Kind::Ranking { max_selected, .. }) =
            question.kind
        else {
            return;
        };
        let count = value.and_then(Value::as_list).map_or(0, <[Value]>::len);
        if max_selected > 0 && count > usize::try_from(max_selected).unwrap_or(usize::MAX) {
            self.plain(Violation::TooManyChoices(max_selected));
        }
    }

    /// A text typed longer than `maxLength` or `maxTextLength`: nobody would take it after it was
    /// sent.
    fn too_long(&mut self, question: &Question, value: Option<&Value>) {
        let own = match &question.kind {
            Kind::Comment { max_length, .. } => *max_length,
            Kind::Text { field } => field.max_length,
            _ => return,
        };
        if !self
            .session
            .answering(self.node)
            .is_some_and(|it| it.by_hand)
        {
            return;
        }
        let longest = self.session.longest(own);
        let text = value.and_then(Value::as_str).unwrap_or_default();
        if longest > 0 && text.chars().nth(longest as usize).is_some() {
            self.plain(Violation::TooLong(longest));
        }
    }

    fn selected(&mut self, value: Option<&Value>, least: u32) {
        let count = value.and_then(Value::as_list).map_or(0, <[Value]>::len);
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let stands_alone = value.and_then(Value::as_list).is_some_and(|chosen| {
            let offers = self.session.offers(self.node);
            chosen.iter().any(|value| {
                offers.iter().any(|it| {
                    matches!(it.sort, Sort::None | Sort::Refuse | Sort::DontKnow)
                        && same(&it.value, value)
                })
            })
        });
        if count < least && !stands_alone {
            self.plain(Violation::TooFewChoices(least));
        }
    }

    /// A number below the least or above the greatest; `own` says so in the survey's words.
    fn bounded(&mut self, number: f64, bounds: &Bounds, own: [&Localized; 2]) {
        let local = |bound: &Value| spaced(&self.session.field_text(InputType::Number, bound));
        let bound = |it: &Option<Value>, is_past: fn(f64, f64) -> bool| {
            let bound = it.as_ref()?;
            is_past(number, as_number(bound)?).then(|| local(bound))
        };
        let below = bound(&bounds.0, |number, least| number < least);
        let above = bound(&bounds.1, |number, greatest| number > greatest);
        if let Some(bound) = below {
            self.add(Violation::TooSmall(bound), own[0]);
        }
        if let Some(bound) = above {
            self.add(Violation::TooLarge(bound), own[1]);
        }
    }

    /// A number that is no multiple of the step.
    fn step(&mut self, number: f64, step: Option<f64>, own: &Localized) {
        let Some(step) = step.filter(|it| *it > 0.0) else {
            return;
        };
        let steps = number / step;
        if (steps - steps.round()).abs() > 1e-9 {
            let step = self
                .session
                .field_text(InputType::Number, &Value::Number(step));
            self.add(Violation::NotAStep(step), own);
        }
    }

    /// A slider's numbers, where they were typed: by name the reference takes any.
    fn slider(&mut self, value: &Value, min: f64, step: f64) {
        let typed = |it: &super::tree::Answering| it.by_hand;
        if !self.session.answering(self.node).is_some_and(typed) {
            return;
        }
        let (own, bounds) = (Localized::default(), self.session.bounds(self.node));
        let numbers = value.as_list().unwrap_or(core::slice::from_ref(value));
        for number in numbers.iter().filter_map(as_number) {
            if self.problems.is_empty() {
                self.bounded(number, &bounds, [&own, &own]);
            }
            if self.problems.is_empty() {
                self.step(number - min, Some(step), &own);
            }
        }
    }

    fn field(&mut self, field: &TextItem, value: &Value) {
        let bounds = self.session.bounds(self.node);
        let (min, max) = &bounds;
        let session = self.session;
        let local = |bound: &Value| session.field_text(field.input_type, bound);
        match field.input_type {
            InputType::Number | InputType::Range => {
                let Some(number) = number_of(value).or(flag_of(value)) else {
                    return;
                };
                let own = [&field.min_error_text, &field.max_error_text];
                self.bounded(number, &bounds, own);
                let step = field.step.filter(|_| flag_of(value).is_none());
                self.step(number, step, &field.step_error_text);
            }
            InputType::Date | InputType::DateTimeLocal => {
                let moment = moment_of(value);
                if let Some(bound) = min.as_ref().filter(|it| moment < moment_of(it)) {
                    self.add(Violation::TooSmall(local(bound)), &field.min_error_text);
                }
                if let Some(bound) = max.as_ref().filter(|it| moment > moment_of(it)) {
                    self.add(Violation::TooLarge(local(bound)), &field.max_error_text);
                }
            }
            InputType::Month | InputType::Week | InputType::Time => {
                let Some(text) = lone(value).as_str() else {
                    return;
                };
                if let Some(bound) = min.as_ref().filter(|it| *text < *as_text(it)) {
                    self.add(Violation::TooSmall(local(bound)), &field.min_error_text);
                }
                if let Some(bound) = max.as_ref().filter(|it| *text > *as_text(it)) {
                    self.add(Violation::TooLarge(local(bound)), &field.max_error_text);
                }
            }
            InputType::Email if !is_email(&as_text(value)) => self.plain(Violation::NotAnEmail),
            _ => {}
        }
    }

    /// Keys and unique columns, judged at each cell: a later one repeats an earlier one.
    fn unique(&mut self, question: &Question) {
        let session = self.session;
        let Some((owner, row)) = session.nodes[self.node].row else {
            return;
        };
        let Some(around) = session.nodes[owner].question() else {
            return;
        };
        let (key, text) = match &around.kind {
            Kind::MatrixDynamic {
                key_name,
                key_duplication_error,
                ..
            }
            | Kind::PanelDynamic {
                key_name,
                key_duplication_error,
                ..
            } => (key_name.as_deref(), key_duplication_error),
            _ => (None, &around.required_error_text),
        };
        let is_unique = session
            .columns(owner)
            .iter()
            .any(|it| it.is_unique && it.question.name == question.name);
        if !is_unique && key != Some(question.name.as_str()) {
            return;
        }
        let Some(value) = session.value(self.node) else {
            return;
        };
        let count = session.answering(owner).map_or(0, |it| it.rows.len());
        let repeats = (0..count).filter(|&other| other != row).any(|other| {
            session
                .row_value(owner, other)
                .and_then(|it| it.get(&question.name))
                .is_some_and(|it| same(it, value))
        });
        if repeats {
            let own = if key.is_some() {
                text.clone()
            } else {
                Localized::default()
            };
            self.add(Violation::KeyDuplicated, &own);
        }
    }

    fn validate(&mut self, validator: &Validator, value: Option<&Value>) {
        let session = self.session;
        let violation = match &validator.check {
            Check::Expression(formula) => (holds(formula, session.see(self.node)) == Some(false))
                .then_some(Violation::ConditionFailed),
            Check::AnswerCount { min, max } => self.answer_count(value, *min, *max),
            _ => value.and_then(|value| self.check_value(&validator.check, value)),
        };
        if let Some(violation) = violation {
            let environment = &session.environment;
            let mut text = session.piped(&validator.text, Some(self.node));
            if text.is_empty() {
                let (words, check) = (&environment.words, &validator.check);
                text = words.of_check(&environment.language, &violation, check);
                text = session.fill(&text, Some(self.node)).into_owned();
            }
            self.problems.push(ProblemView {
                blocks: validator.notification == Notification::Error,
                violation,
                text,
            });
        }
    }

    /// How many things are chosen; one thing that is no list counts as a list of it.
    fn answer_count(
        &self,
        value: Option<&Value>,
        min: Option<u32>,
        max: Option<u32>,
    ) -> Option<Violation> {
        let is_multiple = || {
            let question = self.session.nodes[self.node].question();
            question.is_some_and(|it| is_multiple(it))
        };
        let count = match value? {
            Value::List(items) => u32::try_from(items.len()).unwrap_or(u32::MAX),
            Value::Text(_) | Value::Number(_) if is_multiple() => 1,
            _ => return None,
        };
        if let Some(min) = min.filter(|min| count < *min) {
            return Some(Violation::TooFewChoices(min));
        }
        max.filter(|max| *max > 0 && count > *max)
            .map(Violation::TooManyChoices)
    }

    fn check_value(&self, check: &Check, value: &Value) -> Option<Violation> {
        match check {
            Check::Numeric { min, max } => {
                let Some(number) = number_of(value) else {
                    return Some(Violation::NotANumber);
                };
                let write = |bound: f64| {
                    self.session
                        .field_text(InputType::Number, &Value::Number(bound))
                };
                if let Some(min) = min.filter(|min| number < *min) {
                    Some(Violation::TooSmall(write(min)))
                } else {
                    max.filter(|max| number > *max)
                        .map(|max| Violation::TooLarge(write(max)))
                }
            }
            Check::Text {
                min_length,
                max_length,
                allow_digits,
            } => {
                let Value::Text(text) = value else {
                    return None;
                };
                let length = characters(text);
                if !allow_digits && text.bytes().any(|it| it.is_ascii_digit()) {
                    Some(Violation::DigitsNotAllowed)
                } else if *min_length > 0 && length < *min_length {
                    Some(Violation::TooShort(*min_length))
                } else {
                    (*max_length > 0 && length > *max_length)
                        .then_some(Violation::TooLong(*max_length))
                }
            }
            Check::Regex {
                pattern,
                case_insensitive,
            } => {
                let matches = self.session.environment.formats.matches(
                    pattern,
                    *case_insensitive,
                    &as_text(value),
                );
                (matches == Some(false)).then_some(Violation::WrongPattern)
            }
            Check::Email => (!is_email(&as_text(value))).then_some(Violation::NotAnEmail),
            Check::AnswerCount { .. } | Check::Expression(_) => None,
        }
    }
}

/// What is alone in a list, else the value itself.
fn lone(value: &Value) -> &Value {
    match value {
        Value::List(items) if items.len() == 1 => items.first().unwrap_or(value),
        one => one,
    }
}

/// A number, also one alone in a list.
fn number_of(value: &Value) -> Option<f64> {
    as_number(lone(value))
}

/// As in the reference, true lies within bounds where 1 does.
fn flag_of(value: &Value) -> Option<f64> {
    match value {
        Value::Bool(flag) => Some(f64::from(u8::from(*flag))),
        _ => None,
    }
}

/// When a date is, in milliseconds; not-a-number for what is no date, which has no place before or
/// after one.
fn moment_of(value: &Value) -> f64 {
    match lone(value) {
        Value::Text(text) => read_moment(text),
        Value::Number(number) => *number,
        other => flag_of(other).unwrap_or(f64::NAN),
    }
}

fn characters(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

fn has_repeats<'a>(values: impl Iterator<Item = &'a Value>) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    !values.map(as_text).all(|it| seen.insert(it))
}

/// An address with one `@`, something before it and a dotted name after it.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let fits = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && !part.ends_with('.')
            && !part.contains("..")
            && !part.contains(|it: char| it.is_whitespace() || "@,;<>()[]\\\"".contains(it))
    };
    fits(local)
        && fits(domain)
        && domain
            .rsplit_once('.')
            .is_some_and(|(_, top)| top.chars().count() >= 2)
}
