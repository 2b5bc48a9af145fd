//! From releases to a snapshot.

use questionnaire::definition::{Meaning, Mode, Role};
use wire::results::{
    Breakdown, Category, Figures, Group, Item, Question, Repeated, Response, Row, RowLabel, Summary,
};
use wire::{Results, SurveyId};

use super::{Publication, localised};
use crate::codebook::{self, Codebook, Kind};
use crate::release::{self, Label, Release};

pub(super) fn results(
    codebook: &Codebook,
    publication: &Publication,
    whole: &Release,
    breakdowns: &[(String, Release)],
) -> Option<Results> {
    let survey: SurveyId = codebook.survey.parse().ok()?;
    let languages = &codebook.languages;
    let protection = whole.head().protection;
    Some(Results {
        survey,
        version: codebook.version.clone(),
        round: codebook.round.clone(),
        day: publication.day,
        sample: publication.sample,
        mode: mode(codebook.mode),
        title: localised(&codebook.title, languages),
        base: publication.base.name(),
        rounding: publication.rounding.name(),
        minima: [
            protection.minimum_cell,
            protection.sensitive_minimum,
            protection.score_minimum,
        ],
        n: whole.head().n,
        response: whole.response().map(|it| response(it, codebook)),
        pages: codebook
            .pages
            .iter()
            .map(|it| localised(it, languages))
            .collect(),
        questions: codebook
            .questions
            .iter()
            .map(|it| question(it, languages))
            .collect(),
        figures: whole.questions().iter().map(figures).collect(),
        breakdowns: breakdowns
            .iter()
            .map(|(by, release)| Breakdown {
                by: by.clone(),
                groups: release.groups().iter().filter_map(group).collect(),
            })
            .collect(),
    })
}

fn response(it: &release::Response, codebook: &Codebook) -> Response {
    let repeated = it.repeated.iter().map(|it| {
        let unit = codebook.frame.iter().find(|unit| unit.code == it.code);
        Repeated {
            code: it.code.clone(),
            name: unit.map_or_else(wire::Localised::default, |unit| {
                localised(&unit.name, &codebook.languages)
            }),
            answers: it.answers,
        }
    });
    Response {
        asked: it.asked,
        answered: it.answered,
        repeated: repeated.collect(),
    }
}

fn question(it: &codebook::Question, languages: &[String]) -> Question {
    Question {
        name: it.name.clone(),
        page: u32::try_from(it.page).unwrap_or(u32::MAX),
        kind: it.kind.name(),
        background: it.role == Role::Background,
        title: localised(&it.title, languages),
        note: it.note.clone(),
        items: it
            .items
            .iter()
            .map(|it| Item {
                name: it.name.clone(),
                kind: it.kind.name(),
                text: localised(&it.text, languages),
                sensitive: it.sensitive,
                categories: it
                    .categories
                    .iter()
                    .map(|it| Category {
                        value: it.value.clone(),
                        text: localised(&it.text, languages),
                        meaning: it.meaning.map(meaning),
                        group: it.group.clone(),
                    })
                    .collect(),
            })
            .collect(),
    }
}

fn figures(it: &release::Figures) -> Figures {
    Figures {
        name: it.name.clone(),
        n: it.n,
        hidden: it.hidden.map(release::Hidden::name),
        rows: it.rows.iter().map(row).collect(),
        boxes: it.boxes.iter().map(row).collect(),
        summary: it.summary.as_ref().map(|it| Summary {
            n: it.n,
            lower_quartile: it.lower_quartile,
            median: it.median,
            upper_quartile: it.upper_quartile,
            mean: it.mean,
            deviation: it.deviation,
            hidden: it.hidden.map(release::Hidden::name),
        }),
    }
}

fn row(it: &release::Row) -> Row {
    Row {
        label: match &it.label {
            Label::Value(value) => RowLabel::Value(value.clone()),
            Label::Box(name) => RowLabel::Box(name.clone()),
            Label::Range(from, to) => RowLabel::Range(*from, *to),
            Label::Whole(from, to) => RowLabel::Whole(*from, *to),
            Label::Unsure => RowLabel::Kind("unsure"),
            Label::Missing => RowLabel::Kind("missing"),
            Label::Other => RowLabel::Kind("other"),
        },
        count: it.count,
        percent: it.percent,
        interval: it.interval,
        hidden: it.hidden.map(release::Hidden::name),
    }
}

fn group(it: &release::Group) -> Option<Group> {
    let (_, value) = it.by.first()?;
    Some(Group {
        value: value.clone(),
        n: it.n,
        hidden: it.hidden.map(release::Hidden::name),
        figures: it.questions.iter().map(figures).collect(),
    })
}

const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Anonymous | Mode::Device => "anonymous",
        Mode::Organisation => "organisation",
        Mode::Group => "group",
    }
}

const fn meaning(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::DontKnow => "dont-know",
        Meaning::PreferNot => "prefer-not",
        Meaning::NotApplicable => "not-applicable",
    }
}

impl Kind {
    const ALL: [Self; 7] = [
        Self::Single,
        Self::Multiple,
        Self::Scale,
        Self::Matrix,
        Self::Number,
        Self::Ranking,
        Self::Text,
    ];

    /// A stable code, one of [`wire::results::KINDS`].
    pub const fn name(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Multiple => "multiple",
            Self::Scale => "scale",
            Self::Matrix => "matrix",
            Self::Number => "number",
            Self::Ranking => "ranking",
            Self::Text => "text",
        }
    }

    /// The kind called so.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}
