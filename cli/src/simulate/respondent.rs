//! One synthetic respondent: reads a page, answers it, goes on.

use std::collections::BTreeSet;

use json::Value;
use questionnaire::definition::InputType;
use questionnaire::session::{
    ChoiceView, Control, Event, FieldView, Item, Key, QuestionView, Session, Stage,
};
use questionnaire::text::{Block, Inline, RichText};

use super::draw::Draw;
use super::profile::{Manner, Profile};

/// Seconds to read one Finnish word.
const SECONDS_PER_WORD: f64 = 0.35;

/// What a walk has been like.
#[derive(Debug, Clone, Default)]
pub(crate) struct Walk {
    /// Pages in the order visited.
    pub(crate) pages: Vec<Key>,
    /// Questions that were shown.
    pub(crate) seen: BTreeSet<Key>,
    /// Estimated seconds.
    pub(crate) seconds: f64,
    /// Came to the end.
    pub(crate) completed: bool,
    /// What blocked, if not.
    pub(crate) stuck_at: Vec<Key>,
}

/// Walks through the whole survey.
pub(crate) fn walk(
    session: &mut Session,
    profile: &Profile,
    today: (i32, u8, u8),
    draw: &mut Draw,
) -> Walk {
    let mut walk = Walk::default();
    for _ in 0..500 {
        let outline = session.outline();
        match outline.stage {
            Stage::Completed => {
                walk.completed = true;
                break;
            }
            Stage::Review => {
                let changed = session.apply(Event::Complete);
                if !changed.blocked_by.is_empty() {
                    walk.stuck_at = changed.blocked_by;
                    break;
                }
            }
            Stage::Page => {
                if let Some(page) = outline.page {
                    walk.pages.push(page);
                }
                walk.seconds += words_of(&outline.title) + words_of(&outline.description);
                answer_page(session, profile, today, draw, &mut walk);
                if !go_on(session, profile, today, draw, &mut walk) {
                    break;
                }
            }
        }
    }
    walk
}

/// Presses "next" until nothing blocks; what blocks is answered again.
fn go_on(
    session: &mut Session,
    profile: &Profile,
    today: (i32, u8, u8),
    draw: &mut Draw,
    walk: &mut Walk,
) -> bool {
    for _ in 0..12 {
        let changed = session.apply(Event::Next);
        if changed.blocked_by.is_empty() {
            return true;
        }
        for key in &changed.blocked_by {
            if let Some(view) = session.question(key) {
                let manner = profile.manner(key, &session.data(), today);
                answer(session, &view, &manner, draw, true);
            }
            answer_page(session, profile, today, draw, walk);
        }
        walk.stuck_at = changed.blocked_by;
    }
    false
}

fn answer_page(
    session: &mut Session,
    profile: &Profile,
    today: (i32, u8, u8),
    draw: &mut Draw,
    walk: &mut Walk,
) {
    // Answers show more questions; a few rounds reach them all.
    for _ in 0..8 {
        let mut keys = Vec::new();
        collect(&session.outline().items, &mut keys);
        let mut found = false;
        let mut at = 0;
        while let Some(key) = keys.get(at).cloned() {
            at += 1;
            if walk.seen.contains(&key) {
                continue;
            }
            let Some(view) = session.question(&key) else {
                continue;
            };
            found = true;
            walk.seen.insert(key.clone());
            walk.seconds += seconds_for(&view);
            let manner = profile.manner(&key, &session.data(), today);
            answer_rows(session, &view, profile, today, draw);
            if !view.answered {
                answer(session, &view, &manner, draw, view.required);
            }
            if let Some(view) = session.question(&key) {
                inside(&view.control, &mut keys);
            }
        }
        if !found {
            break;
        }
    }
}

fn collect(items: &[Item], into: &mut Vec<Key>) {
    for item in items {
        match item {
            Item::Question(key) => into.push(key.clone()),
            Item::Panel(_, items) => collect(items, into),
        }
    }
}

/// Questions that stand inside a control.
fn inside(control: &Control, into: &mut Vec<Key>) {
    match control {
        Control::Radio { choices, .. } | Control::Checkboxes { choices, .. } => {
            for choice in choices {
                collect(&choice.items, into);
            }
        }
        Control::Fields { fields, .. } => into.extend(fields.iter().map(|it| it.key.clone())),
        Control::Rows(group) => {
            for row in &group.rows {
                into.extend(
                    row.cells
                        .iter()
                        .filter(|it| it.visible)
                        .map(|it| it.key.clone()),
                );
                collect(&row.items, into);
            }
        }
        _ => {}
    }
}

fn answer(
    session: &mut Session,
    view: &QuestionView,
    manner: &Manner,
    draw: &mut Draw,
    must: bool,
) {
    if !view.enabled || (!must && !draw.chance(manner.answered.unwrap_or(0.9))) {
        return;
    }
    let key = view.key.clone();
    let events = match &view.control {
        Control::Radio { choices, .. }
        | Control::Dropdown { choices, .. }
        | Control::Boolean { choices, .. } => pick(choices, manner, draw)
            .map(|value| Event::Choose(key.clone(), value))
            .into_iter()
            .collect(),
        Control::Rating { points, .. } => pick_scale(points, manner, draw)
            .map(|value| Event::Choose(key.clone(), value))
            .into_iter()
            .collect(),
        Control::Images {
            choices,
            several: false,
            ..
        } => pick(choices, manner, draw)
            .map(|value| Event::Choose(key.clone(), value))
            .into_iter()
            .collect(),
        Control::Checkboxes { choices, .. }
        | Control::Tagbox { choices, .. }
        | Control::Images { choices, .. } => pick_several(&key, choices, manner, draw, must),
        Control::Ranking { choices, .. } => choices
            .iter()
            .filter(|it| it.enabled)
            .map(|it| {
                Event::Rank(
                    key.clone(),
                    it.value.clone(),
                    Some(draw.below(choices.len())),
                )
            })
            .collect(),
        Control::Text(field) => vec![Event::Type(key.clone(), text_for(field, manner, draw))],
        Control::LongText { .. } => vec![Event::Type(key.clone(), free_text(manner, draw))],
        Control::Slider {
            min, max, range, ..
        } => {
            let value = number_between(*min, *max, manner, draw);
            let mut events = vec![Event::Type(key.clone(), value.to_string())];
            if *range {
                let upper = number_between(value, *max, manner, draw);
                events.push(Event::TypeUpper(key.clone(), upper.to_string()));
            }
            events
        }
        _ => Vec::new(),
    };
    for event in events {
        session.apply(event);
    }
    let other = session
        .question(&key)
        .and_then(|it| it.comment)
        .is_some_and(|it| it.of_other && it.value.is_empty());
    if other {
        session.apply(Event::Comment(key, "muu syy".to_owned()));
    }
}

/// Rows of a scale; each has its own manner under `matrix.row`.
fn answer_rows(
    session: &mut Session,
    view: &QuestionView,
    profile: &Profile,
    today: (i32, u8, u8),
    draw: &mut Draw,
) {
    let Control::Matrix { columns, rows, .. } = &view.control else {
        return;
    };
    let whole = profile.manner(&view.key, &session.data(), today);
    for row in rows.iter().filter(|it| it.enabled) {
        let label = text_of(&row.value);
        let own = profile.manner(&format!("{}.{label}", view.key), &session.data(), today);
        let manner = if own.weights.is_empty() { &whole } else { &own };
        let answered = own.answered.or(whole.answered).unwrap_or(0.95);
        if !view.required && !draw.chance(answered) {
            continue;
        }
        let weights: Vec<f64> = columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                manner
                    .weights
                    .get(&text_of(&column.value))
                    .copied()
                    .unwrap_or_else(|| {
                        if !manner.weights.is_empty() {
                            0.0
                        } else if column.meaning.is_some() {
                            0.2
                        } else {
                            hump(at, columns.len())
                        }
                    })
            })
            .collect();
        if let Some(column) = draw.weighted(&weights).and_then(|at| columns.get(at)) {
            session.apply(Event::ChooseCell {
                key: view.key.clone(),
                row: row.value.clone(),
                column: column.value.clone(),
            });
        }
    }
}

/// Middle answers are somewhat more common.
#[expect(clippy::cast_precision_loss, reason = "scales are short")]
fn hump(at: usize, count: usize) -> f64 {
    let middle = (count as f64 - 1.0) / 2.0;
    let distance = (at as f64 - middle).abs() / middle.max(1.0);
    1.5 - distance
}

fn weight(choice: &ChoiceView, manner: &Manner, otherwise: f64) -> f64 {
    if !choice.enabled {
        return 0.0;
    }
    match manner.weights.get(&text_of(&choice.value)) {
        Some(weight) => *weight,
        None if !manner.weights.is_empty() => 0.0,
        None if choice.meaning.is_some() => 0.15,
        None => otherwise,
    }
}

fn pick(choices: &[ChoiceView], manner: &Manner, draw: &mut Draw) -> Option<Value> {
    let weights: Vec<f64> = choices.iter().map(|it| weight(it, manner, 1.0)).collect();
    let at = draw.weighted(&weights)?;
    Some(choices.get(at)?.value.clone())
}

fn pick_scale(points: &[ChoiceView], manner: &Manner, draw: &mut Draw) -> Option<Value> {
    let weights: Vec<f64> = points
        .iter()
        .enumerate()
        .map(|(at, it)| weight(it, manner, hump(at, points.len())))
        .collect();
    let at = draw.weighted(&weights)?;
    Some(points.get(at)?.value.clone())
}

/// Each choice on its own: a weight is the share of people who choose it, in per cent.
fn pick_several(
    key: &Key,
    choices: &[ChoiceView],
    manner: &Manner,
    draw: &mut Draw,
    must: bool,
) -> Vec<Event> {
    let mut events = Vec::new();
    for choice in choices.iter().filter(|it| it.enabled) {
        let otherwise = if choice.exclusive { 8.0 } else { 30.0 };
        let share = match manner.weights.get(&text_of(&choice.value)) {
            Some(weight) => *weight,
            None if !manner.weights.is_empty() => 0.0,
            None => otherwise,
        };
        if draw.chance(share / 100.0) {
            events.push(Event::Toggle(key.clone(), choice.value.clone(), true));
            if choice.exclusive {
                break;
            }
        }
    }
    if must && events.is_empty() {
        let first = draw.below(choices.len());
        for at in [first, (first + 1) % choices.len().max(1)] {
            if let Some(choice) = choices.get(at) {
                events.push(Event::Toggle(key.clone(), choice.value.clone(), true));
            }
        }
    }
    events
}

fn number_between(min: f64, max: f64, manner: &Manner, draw: &mut Draw) -> f64 {
    let min = manner.min.unwrap_or(min).max(min);
    let max = manner.max.unwrap_or(max).min(max);
    let value = match manner.mean {
        Some(mean) => draw.normal(mean, manner.sd.unwrap_or((max - min) / 6.0)),
        None => min + draw.unit() * (max - min),
    };
    value.round().clamp(min, max.max(min))
}

fn text_for(field: &FieldView, manner: &Manner, draw: &mut Draw) -> String {
    match field.input_type {
        InputType::Number | InputType::Range => {
            let bound = |value: &Option<Value>| value.as_ref().and_then(Value::as_f64);
            let min = bound(&field.min).unwrap_or(0.0);
            let max = bound(&field.max).unwrap_or(min + 100.0);
            if !manner.weights.is_empty() {
                let values: Vec<(&String, &f64)> = manner.weights.iter().collect();
                let weights: Vec<f64> = values.iter().map(|(_, weight)| **weight).collect();
                if let Some((value, _)) = draw.weighted(&weights).and_then(|at| values.get(at)) {
                    return (*value).clone();
                }
            }
            number_between(min, max, manner, draw).to_string()
        }
        InputType::Date => {
            format!(
                "{}.{}.{}",
                1 + draw.below(28),
                1 + draw.below(12),
                1950 + draw.below(76)
            )
        }
        InputType::DateTimeLocal => format!("2026-0{}-1{}T12:00", 1 + draw.below(9), draw.below(9)),
        InputType::Month => format!("2026-0{}", 1 + draw.below(9)),
        InputType::Week => format!("2026-W{:02}", 1 + draw.below(52)),
        InputType::Time => format!("{:02}:{:02}", draw.below(24), draw.below(60)),
        InputType::Email => "asukas@example.org".to_owned(),
        InputType::Tel => "0401234567".to_owned(),
        InputType::Url => "https://example.org".to_owned(),
        InputType::Color => "#336699".to_owned(),
        InputType::Text | InputType::Password => free_text(manner, draw),
    }
}

fn free_text(manner: &Manner, draw: &mut Draw) -> String {
    const TEXTS: [&str; 4] = [
        "Enemmän kävelyreittejä.",
        "Palvelut ovat liian kaukana.",
        "Yhteisiä tapahtumia kaikenikäisille.",
        "Kaikki on hyvin.",
    ];
    if manner.texts.is_empty() {
        TEXTS[draw.below(TEXTS.len())].to_owned()
    } else {
        manner
            .texts
            .get(draw.below(manner.texts.len()))
            .cloned()
            .unwrap_or_default()
    }
}

pub(crate) fn text_of(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Seconds to read and answer a question.
#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn seconds_for(view: &QuestionView) -> f64 {
    let reading = words_of(&view.title) + words_of(&view.description);
    let choices = |choices: &[ChoiceView], each: f64| {
        let words: f64 = choices.iter().map(|it| words_of(&it.text)).sum();
        words * 0.5 + each
    };
    reading
        + match &view.control {
            Control::Radio { choices: list, .. }
            | Control::Boolean { choices: list, .. }
            | Control::Dropdown { choices: list, .. } => choices(list, 2.5),
            Control::Rating { .. } | Control::Slider { .. } => 4.0,
            Control::Checkboxes { choices: list, .. }
            | Control::Tagbox { choices: list, .. }
            | Control::Images { choices: list, .. } => choices(list, 5.0),
            Control::Ranking { choices: list, .. } => choices(list, 4.0 * list.len() as f64),
            Control::Matrix { rows, .. } => rows
                .iter()
                .map(|row| words_of(&row.text) + 3.0)
                .sum::<f64>(),
            Control::Text(_) => 6.0,
            Control::LongText { .. } => 25.0,
            Control::Html(text) => words_of(text),
            Control::Fields { .. }
            | Control::Rows(_)
            | Control::Computed(_)
            | Control::Image { .. } => 1.0,
        }
}

/// Seconds to read a text.
fn words_of(text: &RichText) -> f64 {
    fn inlines(content: &[Inline]) -> usize {
        content
            .iter()
            .map(|inline| match inline {
                Inline::Text(text) => text.split_whitespace().count(),
                Inline::Strong(content)
                | Inline::Emphasis(content)
                | Inline::Link { content, .. }
                | Inline::Language { content, .. } => inlines(content),
                Inline::Break => 0,
            })
            .sum()
    }
    fn blocks(all: &[Block]) -> usize {
        all.iter()
            .map(|block| match block {
                Block::Paragraph(content) | Block::Heading(_, content) => inlines(content),
                Block::List { items, .. } => items.iter().map(|item| blocks(item)).sum(),
            })
            .sum()
    }
    #[expect(clippy::cast_precision_loss, reason = "texts are short")]
    let words = blocks(&text.blocks) as f64;
    words * SECONDS_PER_WORD
}
