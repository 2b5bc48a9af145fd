//! What the walks say about a survey.

use std::collections::{BTreeMap, BTreeSet};

use json::{Object, Value};
use questionnaire::definition::{Element, Kind, Question, Role, Survey};

use super::respondent::{Walk, text_of};

/// Everything counted over all walks.
#[derive(Debug, Default)]
pub(crate) struct Report {
    respondents: usize,
    completed: usize,
    declined: usize,
    stuck: BTreeMap<String, usize>,
    seen: BTreeSet<String>,
    paths: BTreeMap<Vec<String>, Vec<(f64, usize)>>,
    seconds: Vec<f64>,
    background: Vec<BTreeMap<String, String>>,
}

impl Report {
    pub(crate) fn add(&mut self, survey: &Survey, walk: &Walk, answers: &Object, declined: bool) {
        self.respondents += 1;
        self.seen.extend(walk.seen.iter().map(ToString::to_string));
        if !walk.completed {
            for key in &walk.stuck_at {
                *self.stuck.entry(key.to_string()).or_default() += 1;
            }
            return;
        }
        if declined {
            self.declined += 1;
            return;
        }
        self.completed += 1;
        self.seconds.push(walk.seconds);
        let path = walk.pages.iter().map(ToString::to_string).collect();
        self.paths
            .entry(path)
            .or_default()
            .push((walk.seconds, walk.seen.len()));
        let mut background = BTreeMap::new();
        for question in questions(survey) {
            if question.kuuluu.role == Role::Background
                && let Some(value) = answers.get(&question.name)
                && !matches!(value, Value::List(_) | Value::Object(_))
            {
                background.insert(question.name.clone(), text_of(value));
            }
        }
        self.background.push(background);
    }

    /// The report as a person reads it; `expected` is the number of answers hoped for.
    pub(crate) fn written(&self, survey: &Survey, expected: usize) -> String {
        let mut text = format!(
            "{} respondents: {} completed, {} declined, {} could not finish\n",
            self.respondents,
            self.completed,
            self.declined,
            self.respondents - self.completed - self.declined
        );
        for (key, count) in &self.stuck {
            text.push_str(&format!("  stuck at {key}: {count}\n"));
        }
        text.push_str("\nNever reached\n");
        let unreached: Vec<&str> = questions(survey)
            .into_iter()
            .map(|it| it.name.as_str())
            .filter(|name| !self.seen.contains(*name))
            .collect();
        if unreached.is_empty() {
            text.push_str("  nothing: every question was shown to somebody\n");
        }
        for page in &survey.pages {
            let name = &page.panel.name;
            if !self.paths.keys().any(|path| path.contains(name)) {
                text.push_str(&format!("  page {name}\n"));
            }
        }
        for name in unreached {
            text.push_str(&format!("  {name}\n"));
        }
        self.write_times(&mut text);
        self.write_cells(survey, expected, &mut text);
        text
    }

    fn write_times(&self, text: &mut String) {
        text.push_str("\nTime (estimated from words and kinds of questions)\n");
        let mut seconds = self.seconds.clone();
        seconds.sort_by(f64::total_cmp);
        text.push_str(&format!(
            "  all: median {}, slowest tenth from {}\n",
            minutes(part(&seconds, 0.5)),
            minutes(part(&seconds, 0.9))
        ));
        let mut paths: Vec<_> = self.paths.iter().collect();
        paths.sort_by_key(|(_, walks)| std::cmp::Reverse(walks.len()));
        for (path, walks) in paths.iter().take(10) {
            let mut seconds: Vec<f64> = walks.iter().map(|(seconds, _)| *seconds).collect();
            seconds.sort_by(f64::total_cmp);
            let least = walks.iter().map(|(_, count)| *count).min().unwrap_or(0);
            let most = walks.iter().map(|(_, count)| *count).max().unwrap_or(0);
            let length = if least == most {
                most.to_string()
            } else {
                format!("{least} to {most}")
            };
            text.push_str(&format!(
                "  {:>5} × {}: {length} questions, median {}\n",
                walks.len(),
                path.join(" → "),
                minutes(part(&seconds, 0.5))
            ));
        }
        if paths.len() > 10 {
            text.push_str(&format!("  and {} rarer paths\n", paths.len() - 10));
        }
    }

    /// Cells of the background that will be too small to show.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "counts of people"
    )]
    fn write_cells(&self, survey: &Survey, expected: usize, text: &mut String) {
        let minimum = survey.kuuluu.disclosure.minimum_cell.unwrap_or(5);
        text.push_str(&format!(
            "\nCells below {minimum} with {expected} answers\n"
        ));
        let names: Vec<String> = questions(survey)
            .into_iter()
            .filter(|it| it.kuuluu.role == Role::Background)
            .map(|it| it.name.clone())
            .collect();
        if names.is_empty() {
            text.push_str("  none: no question has the role background\n");
        }
        let mut groups: Vec<Vec<String>> = names.iter().map(|it| vec![it.clone()]).collect();
        let crossings = &survey.kuuluu.disclosure.crossings;
        if crossings.is_empty() {
            for (at, first) in names.iter().enumerate() {
                for second in names.iter().skip(at + 1) {
                    groups.push(vec![first.clone(), second.clone()]);
                }
            }
        } else {
            groups.extend(crossings.iter().map(|pair| pair.to_vec()));
        }
        let scale = expected as f64 / self.completed.max(1) as f64;
        for group in groups {
            let mut counts: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
            for person in &self.background {
                let cell: Option<Vec<&str>> = group
                    .iter()
                    .map(|name| person.get(name).map(String::as_str))
                    .collect();
                if let Some(cell) = cell {
                    *counts.entry(cell).or_default() += 1;
                }
            }
            let small: Vec<String> = counts
                .iter()
                .filter(|(_, count)| (**count as f64 * scale) < f64::from(minimum))
                .map(|(cell, count)| {
                    let hoped = (*count as f64 * scale).round() as usize;
                    format!("{} (about {hoped})", cell.join(" × "))
                })
                .collect();
            text.push_str(&format!(
                "  {}: {} of {} cells",
                group.join(" × "),
                small.len(),
                counts.len()
            ));
            if small.is_empty() {
                text.push('\n');
            } else {
                let shown: Vec<&str> = small.iter().take(6).map(String::as_str).collect();
                let rest = if small.len() > 6 { ", …" } else { "" };
                text.push_str(&format!(": {}{rest}\n", shown.join(", ")));
            }
        }
    }
}

/// All questions of a survey that stand on a page.
fn questions(survey: &Survey) -> Vec<&Question> {
    fn collect<'s>(elements: &'s [Element], into: &mut Vec<&'s Question>) {
        for element in elements {
            match element {
                Element::Panel(panel) => collect(&panel.elements, into),
                Element::Question(question) => {
                    into.push(question);
                    if let Kind::Single { choices, .. } | Kind::Multiple { choices, .. } =
                        &question.kind
                    {
                        for choice in &choices.items {
                            collect(&choice.elements, into);
                        }
                    }
                }
            }
        }
    }
    let mut all = Vec::new();
    for page in &survey.pages {
        collect(&page.panel.elements, &mut all);
    }
    all
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an index into a list"
)]
fn part(sorted: &[f64], share: f64) -> f64 {
    let at = (sorted.len() as f64 * share) as usize;
    sorted
        .get(at.min(sorted.len().saturating_sub(1)))
        .copied()
        .unwrap_or(0.0)
}

fn minutes(seconds: f64) -> String {
    format!("{:.1} min", seconds / 60.0)
}
