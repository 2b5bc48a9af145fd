//! Reading a codebook off a survey definition.

use json::Value;
use questionnaire::definition::{
    Choice, Choices, Element, InputType, Kind as QuestionKind, Meaning, Question as Asked,
    QuestionExtension, Role, Row, Survey, TextItem,
};
use questionnaire::localized::Localized;

use super::conditions::conditions;
use super::scores::scores;
use super::{Category, Codebook, Item, Kind, Question};

impl Codebook {
    /// The codebook of a survey; questions without answers of their own (information, images)
    /// are not in it, nor are repeated groups, whose answers are lists.
    pub fn of(survey: &Survey) -> Self {
        let mut questions = Vec::new();
        for (page_ix, page) in survey.pages.iter().enumerate() {
            collect(&page.panel.elements, page_ix, &mut questions);
        }
        let kuuluu = &survey.kuuluu;
        let scores = scores(&questions);
        let (conditions, offers) = conditions(survey, &questions);
        Self {
            survey: kuuluu.id.clone().unwrap_or_default(),
            version: kuuluu.version.clone().unwrap_or_default(),
            round: kuuluu.round.clone(),
            period: (kuuluu.opens.clone(), kuuluu.closes.clone()),
            languages: kuuluu.languages.clone(),
            title: survey.title.clone(),
            mode: kuuluu.mode,
            pages: survey
                .pages
                .iter()
                .map(|it| it.panel.title.clone())
                .collect(),
            questions,
            scores,
            conditions,
            offers,
            frame: kuuluu.frame.clone(),
            frame_size: kuuluu.frame_size,
            disclosure: kuuluu.disclosure.clone(),
        }
    }
}

fn collect(elements: &[Element], page: usize, into: &mut Vec<Question>) {
    for element in elements {
        match element {
            Element::Panel(panel) => collect(&panel.elements, page, into),
            Element::Question(asked) => {
                if let Some(question) = question(asked, page) {
                    into.push(question);
                }
                if let Some(choices) = choices_of(asked) {
                    for choice in &choices.items {
                        collect(&choice.elements, page, into);
                    }
                }
            }
        }
    }
}

pub(super) fn choices_of(asked: &Asked) -> Option<&Choices> {
    match &asked.kind {
        QuestionKind::Single { choices, .. }
        | QuestionKind::Multiple { choices, .. }
        | QuestionKind::Ranking { choices, .. }
        | QuestionKind::ImagePicker { choices, .. } => Some(choices),
        _ => None,
    }
}

fn question(asked: &Asked, page: usize) -> Option<Question> {
    let name = asked.value_name.as_ref().unwrap_or(&asked.name);
    let kuuluu = &asked.kuuluu;
    let (kind, items) = Reader { name, kuuluu }.items(&asked.kind)?;
    Some(Question {
        name: name.clone(),
        page,
        title: asked.title.clone(),
        kind,
        items,
        role: if kind == Kind::Text {
            Role::Open
        } else {
            kuuluu.role
        },
        theme: kuuluu.theme.clone(),
        since: kuuluu.since.clone(),
        note: kuuluu.note.clone(),
    })
}

/// Makes the items of one question.
struct Reader<'a> {
    name: &'a str,
    kuuluu: &'a QuestionExtension,
}

impl Reader<'_> {
    fn items(&self, kind: &QuestionKind) -> Option<(Kind, Vec<Item>)> {
        Some(match kind {
            QuestionKind::Single { choices, .. } => {
                let categories = from_choices(choices);
                let mut only = self.only(ordered(&categories), categories);
                only.1
                    .iter_mut()
                    .for_each(|it| it.open_ended = is_open(choices));
                only
            }
            QuestionKind::Multiple { choices, .. } => {
                let mut only = self.only(Kind::Multiple, from_choices(choices));
                only.1
                    .iter_mut()
                    .for_each(|it| it.open_ended = is_open(choices));
                only
            }
            QuestionKind::ImagePicker {
                choices,
                multi_select,
                ..
            } => {
                let kind = if *multi_select {
                    Kind::Multiple
                } else {
                    Kind::Single
                };
                self.only(kind, from_choices(choices))
            }
            QuestionKind::Ranking { choices, .. } => {
                self.only(Kind::Ranking, from_choices(choices))
            }
            QuestionKind::Rating { items, .. } => self.only(
                Kind::Scale,
                items.iter().map(|it| from_choice(&it.choice)).collect(),
            ),
            QuestionKind::Boolean {
                label_true,
                label_false,
                value_true,
                value_false,
                ..
            } => self.only(
                Kind::Single,
                vec![
                    plain(value_true.clone(), label_true),
                    plain(value_false.clone(), label_false),
                ],
            ),
            QuestionKind::Text { field } => self.only(text_kind(field), Vec::new()),
            QuestionKind::Comment { .. } => self.only(Kind::Text, Vec::new()),
            QuestionKind::Expression { .. } | QuestionKind::Slider { range: false, .. } => {
                self.only(Kind::Number, Vec::new())
            }
            QuestionKind::MultipleText { items, .. } => self.fields(items),
            QuestionKind::Matrix {
                base,
                columns,
                several_per_row,
                ..
            } => self.rows(&base.rows, columns, *several_per_row),
            QuestionKind::MatrixDropdown { .. }
            | QuestionKind::MatrixDynamic { .. }
            | QuestionKind::PanelDynamic { .. }
            | QuestionKind::Slider { .. }
            | QuestionKind::Html { .. }
            | QuestionKind::Image { .. } => return None,
        })
    }

    fn only(&self, kind: Kind, categories: Vec<Category>) -> (Kind, Vec<Item>) {
        let item = self.item(
            self.name.to_owned(),
            &Localized::default(),
            kind,
            categories,
        );
        (kind, vec![item])
    }

    fn rows(&self, rows: &[Row], columns: &[Choice], several: bool) -> (Kind, Vec<Item>) {
        let kind = if several { Kind::Multiple } else { Kind::Scale };
        let categories: Vec<Category> = columns.iter().map(from_choice).collect();
        let items = rows.iter().map(|row| {
            let name = format!("{}.{}", self.name, plain_code(&row.value));
            let mut item = self.item(name, &row.text, kind, categories.clone());
            let own = &row.kuuluu;
            item.theme = own.theme.clone().or(item.theme);
            item.indicator = own.indicator.clone().or(item.indicator);
            item.instrument = own.instrument.clone().or(item.instrument);
            item.sensitive |= own.sensitive;
            item
        });
        (Kind::Matrix, items.collect())
    }

    fn fields(&self, fields: &[TextItem]) -> (Kind, Vec<Item>) {
        let field = |it: &TextItem| {
            let name = format!("{}.{}", self.name, it.name);
            self.item(name, &it.title, text_kind(it), Vec::new())
        };
        let items: Vec<Item> = fields.iter().map(field).collect();
        let kind = match items.first() {
            Some(first) if items.iter().all(|it| it.kind == first.kind) => first.kind,
            _ => Kind::Text,
        };
        (kind, items)
    }

    fn item(&self, name: String, text: &Localized, kind: Kind, categories: Vec<Category>) -> Item {
        Item {
            name,
            text: text.clone(),
            kind,
            categories,
            open_ended: false,
            theme: self.kuuluu.theme.clone(),
            indicator: self.kuuluu.indicator.clone(),
            instrument: self.kuuluu.instrument.clone(),
            sensitive: self.kuuluu.sensitive,
            score: false,
        }
    }
}

fn text_kind(field: &TextItem) -> Kind {
    match field.input_type {
        InputType::Number | InputType::Range => Kind::Number,
        _ => Kind::Text,
    }
}

pub(super) fn plain_code(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        other => other.to_string(),
    }
}

/// An ordered scale if its points are numbers that go up or down, or if it has boxes of its own.
fn ordered(categories: &[Category]) -> Kind {
    let points: Vec<f64> = categories.iter().filter_map(|it| it.point).collect();
    let on_scale = categories.iter().filter(|it| it.meaning.is_none()).count();
    let monotone =
        points.windows(2).all(|it| it[0] < it[1]) || points.windows(2).all(|it| it[0] > it[1]);
    let boxed = categories.iter().any(|it| it.group.is_some());
    if boxed || (points.len() >= 3 && points.len() == on_scale && monotone) {
        Kind::Scale
    } else {
        Kind::Single
    }
}

fn is_open(choices: &Choices) -> bool {
    choices.other.is_some() && choices.store_others_as_comment == Some(false)
}

fn from_choices(choices: &Choices) -> Vec<Category> {
    let mut categories: Vec<Category> = choices.items.iter().map(from_choice).collect();
    let special = [
        (&choices.other, "other", None),
        (&choices.none, "none", None),
        (&choices.refuse, "refused", Some(Meaning::PreferNot)),
        (&choices.dont_know, "dontknow", Some(Meaning::DontKnow)),
    ];
    for (item, value, meaning) in special {
        if let Some(item) = item {
            categories.push(Category {
                meaning,
                ..plain(Value::from(value), &item.text)
            });
        }
    }
    categories
}

fn plain(value: Value, text: &Localized) -> Category {
    Category {
        value,
        text: text.clone(),
        meaning: None,
        group: None,
        point: None,
    }
}

/// A number of a register, such as a municipality's `061`: it names, it does not measure.
fn is_numbered(text: &str) -> bool {
    let rest = text.strip_prefix('0');
    rest.is_some_and(|it| it.starts_with(|letter: char| letter.is_ascii_digit()))
}

fn from_choice(choice: &Choice) -> Category {
    let meaning = choice.kuuluu.meaning;
    let point = match &choice.value {
        _ if meaning.is_some() => None,
        Value::Number(number) => Some(*number),
        Value::Text(text) if is_numbered(text) => None,
        Value::Text(text) => text.parse().ok().filter(|it: &f64| it.is_finite()),
        _ => None,
    };
    Category {
        value: choice.value.clone(),
        text: choice.text.clone(),
        meaning,
        group: choice.kuuluu.group.clone(),
        point,
    }
}
