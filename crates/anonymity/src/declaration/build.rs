//! From a survey's questions to what may be stored under their names.

use json::Value;
use questionnaire::definition::{
    Choice, Choices, Column, Element, InputType, Kind, Mode, Question, Survey, TextItem,
};

use super::{ASSISTED, CHANNEL, Form, LONGEST_TEXT, MOST_ROWS, Member};

/// The limits and habits that questions inherit from their survey.
struct Inherited {
    text: u32,
    comment: u32,
    others_as_comment: bool,
}

pub(super) fn members(survey: &Survey) -> Vec<Member> {
    let inherited = Inherited {
        text: survey.max_text_length,
        comment: survey.max_comment_length,
        others_as_comment: survey.store_others_as_comment,
    };
    let mut members = Vec::new();
    for page in &survey.pages {
        inherited.elements(&page.panel.elements, &mut members);
    }
    for calculated in &survey.calculated_values {
        if calculated.include_into_result {
            add(&mut members, calculated.name.clone(), Form::Scalar);
        }
    }
    if survey.kuuluu.mode != Mode::Device {
        add(
            &mut members,
            CHANNEL.to_owned(),
            Form::OneOf(vec![Value::from(ASSISTED)]),
        );
    }
    members
}

fn add(members: &mut Vec<Member>, name: String, form: Form) {
    match members.iter_mut().find(|member| member.name == name) {
        Some(member) if member.form == form => {}
        Some(member) => {
            let first = core::mem::replace(&mut member.form, Form::Scalar);
            member.form = Form::Either(Box::new(first), Box::new(form));
        }
        None => members.push(Member { name, form }),
    }
}

fn limit(own: Option<u32>, inherited: u32) -> usize {
    match own.unwrap_or(inherited) {
        0 => LONGEST_TEXT,
        limit => usize::try_from(limit).map_or(LONGEST_TEXT, |it| it.min(LONGEST_TEXT)),
    }
}

impl Inherited {
    fn elements(&self, elements: &[Element], members: &mut Vec<Member>) {
        for element in elements {
            match element {
                Element::Question(question) => self.question(question, members),
                Element::Panel(panel) => self.elements(&panel.elements, members),
            }
        }
    }

    fn question(&self, question: &Question, members: &mut Vec<Member>) {
        let name = question.value_name.as_ref().unwrap_or(&question.name);
        if let Some(form) = self.form(&question.kind) {
            add(members, name.clone(), form);
        }
        if let Some(form) = self.comment(question) {
            add(members, format!("{name}-Comment"), form);
        }
        match &question.kind {
            Kind::MatrixDropdown { columns, .. } | Kind::MatrixDynamic { columns, .. } => {
                let names = columns.iter().map(|it| it.question.name.clone());
                add(
                    members,
                    format!("{name}-total"),
                    Form::Totals(names.collect()),
                );
            }
            _ => {}
        }
        for choice in choices(&question.kind).map_or(&[][..], |it| &it.items) {
            self.elements(&choice.elements, members);
        }
    }

    fn form(&self, kind: &Kind) -> Option<Form> {
        Some(match kind {
            Kind::Single { choices, .. } => self.one_of(choices),
            Kind::Multiple {
                choices,
                value_property_name,
                ..
            } => {
                let several = self.some_of(choices, false);
                match value_property_name {
                    Some(property) => Form::Rows(
                        vec![Member {
                            name: property.clone(),
                            form: self.one_of(choices),
                        }],
                        MOST_ROWS,
                    ),
                    None => several,
                }
            }
            Kind::Ranking { choices, .. } => self.some_of(choices, true),
            Kind::ImagePicker {
                choices,
                multi_select,
                ..
            } => {
                if *multi_select {
                    self.some_of(choices, false)
                } else {
                    self.one_of(choices)
                }
            }
            Kind::Rating { items, .. } => {
                Form::OneOf(items.iter().map(|it| it.choice.value.clone()).collect())
            }
            Kind::Boolean {
                value_true,
                value_false,
                ..
            } => Form::OneOf(vec![value_true.clone(), value_false.clone()]),
            Kind::Text { field } => self.field(field),
            Kind::Comment { max_length, .. } => Form::Text(limit(*max_length, self.text)),
            Kind::MultipleText { items, .. } => Form::Members(
                items
                    .iter()
                    .map(|item| Member {
                        name: item.name.clone(),
                        form: self.field(item),
                    })
                    .collect(),
            ),
            Kind::Matrix {
                base,
                columns,
                several_per_row,
                ..
            } => {
                let values: Vec<Value> = columns.iter().map(|it| it.value.clone()).collect();
                let cell = if *several_per_row {
                    Form::SomeOf {
                        values,
                        ranked: false,
                    }
                } else {
                    Form::OneOf(values)
                };
                if base.rows.is_empty() {
                    cell
                } else {
                    by_row(base.rows.iter().map(|row| &row.value), &cell)
                }
            }
            Kind::MatrixDropdown {
                base,
                columns,
                detail,
                ..
            } => {
                let row = Form::Members(self.row(columns, &detail.elements));
                by_row(base.rows.iter().map(|row| &row.value), &row)
            }
            Kind::MatrixDynamic {
                columns,
                detail,
                max_rows,
                ..
            } => Form::Rows(self.row(columns, &detail.elements), most(*max_rows)),
            Kind::PanelDynamic {
                template,
                max_panels,
                ..
            } => {
                let mut members = Vec::new();
                self.elements(template, &mut members);
                Form::Rows(members, most(*max_panels))
            }
            Kind::Expression { .. } => Form::Scalar,
            Kind::Slider { range: false, .. } => Form::Number,
            Kind::Slider { range: true, .. } => Form::Scalars,
            Kind::Html { .. } | Kind::Image { .. } => return None,
        })
    }

    fn field(&self, item: &TextItem) -> Form {
        match item.input_type {
            InputType::Number | InputType::Range => Form::Number,
            _ => Form::Text(limit(item.max_length, self.text)),
        }
    }

    fn row(&self, columns: &[Column], detail: &[Element]) -> Vec<Member> {
        let mut members = Vec::new();
        for column in columns {
            self.question(&column.question, &mut members);
        }
        self.elements(detail, &mut members);
        members
    }

    fn one_of(&self, choices: &Choices) -> Form {
        if self.is_open(choices) {
            Form::Scalar
        } else {
            Form::OneOf(values(choices))
        }
    }

    fn some_of(&self, choices: &Choices, ranked: bool) -> Form {
        if self.is_open(choices) {
            Form::Scalars
        } else {
            Form::SomeOf {
                values: values(choices),
                ranked,
            }
        }
    }

    /// Whether a value may be one that the question itself does not list.
    fn is_open(&self, choices: &Choices) -> bool {
        let others_as_comment = choices
            .store_others_as_comment
            .unwrap_or(self.others_as_comment);
        choices.carry_forward.is_some() || choices.other.is_some() && !others_as_comment
    }

    /// What may stand beside an answer under `name-Comment`.
    fn comment(&self, question: &Question) -> Option<Form> {
        let text = Form::Text(limit(None, self.comment));
        let choices = choices(&question.kind);
        let of_choices: Vec<Member> = choices
            .map_or(&[][..], |it| &it.items)
            .iter()
            .filter(|choice| choice.show_comment_area)
            .map(|choice| Member {
                name: name_of(choice),
                form: text.clone(),
            })
            .collect();
        let of_question =
            question.show_comment_area || choices.is_some_and(|choices| choices.other.is_some());
        match (of_question, of_choices.is_empty()) {
            (false, true) => None,
            (true, true) => Some(text),
            (_, false) => Some(Form::Either(
                Box::new(text),
                Box::new(Form::Members(of_choices)),
            )),
        }
    }
}

fn choices(kind: &Kind) -> Option<&Choices> {
    match kind {
        Kind::Single { choices, .. }
        | Kind::Multiple { choices, .. }
        | Kind::Ranking { choices, .. }
        | Kind::ImagePicker { choices, .. } => Some(choices),
        _ => None,
    }
}

fn values(choices: &Choices) -> Vec<Value> {
    let special = [
        ("other", &choices.other),
        ("none", &choices.none),
        ("refused", &choices.refuse),
        ("dontknow", &choices.dont_know),
    ];
    choices
        .items
        .iter()
        .map(|it| it.value.clone())
        .chain(
            special
                .into_iter()
                .filter(|(_, item)| item.is_some())
                .map(|(value, _)| value.into()),
        )
        .collect()
}

fn by_row<'a>(rows: impl Iterator<Item = &'a Value>, form: &Form) -> Form {
    Form::Members(
        rows.map(|value| Member {
            name: written(value),
            form: form.clone(),
        })
        .collect(),
    )
}

fn name_of(choice: &Choice) -> String {
    written(&choice.value)
}

/// A row's or choice's value as a member's name.
fn written(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn most(rows: u32) -> usize {
    match usize::try_from(rows) {
        Ok(rows) if rows > 0 => rows.min(MOST_ROWS),
        _ => MOST_ROWS,
    }
}
