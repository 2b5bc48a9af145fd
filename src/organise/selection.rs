//! What the reader has chosen to see, and the query it makes.

use std::collections::{BTreeMap, BTreeSet};

use insight::{Base, Query, Rounding};

use super::figures::{MOST_DRAWN, all_but_largest};

/// What the page shows below its controls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Report {
    /// Every question with its chart and table, page by page of the questionnaire.
    Questions,
}

/// Which earlier rounds stand beside this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rounds {
    /// None.
    No,
    /// One, by its place in the engine.
    One(u32),
    /// All that are open.
    All,
}

/// Whether it is known which groups are to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GroupsAre {
    /// Not until their first figures have come, which tell how many they are.
    New,
    /// By their size, or by the reader.
    Chosen,
}

/// The state of the page's controls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Selection {
    /// The kind of report.
    pub report: Report,
    /// Background variable and the code that respondents must have chosen there.
    pub filters: BTreeMap<String, String>,
    /// The background variable whose groups are compared.
    pub group: Option<String>,
    /// A second one, crossed with the first.
    pub second: Option<String>,
    /// Earlier rounds that are compared with; never together with groups.
    pub rounds: Rounds,
    /// Groups left out of the drawing, by their place in the release.
    pub left_out: BTreeSet<usize>,
    /// Who has chosen these.
    pub groups_are: GroupsAre,
    /// What per cents are of.
    pub base: Base,
    /// How they are made whole.
    pub rounding: Rounding,
    /// True to see intervals.
    pub intervals: bool,
    /// True to see weighted shares, where there are weights.
    pub weighted: bool,
    /// True if the survey has instruments whose scores are worked out.
    pub scores: bool,
}

impl Default for Selection {
    /// All respondents, no groups, valid answers, parts that add up to 100.
    fn default() -> Self {
        Self {
            report: Report::Questions,
            filters: BTreeMap::new(),
            group: None,
            second: None,
            rounds: Rounds::No,
            left_out: BTreeSet::new(),
            groups_are: GroupsAre::Chosen,
            base: Base::Valid,
            rounding: Rounding::LargestRemainder,
            intervals: false,
            weighted: false,
            scores: false,
        }
    }
}

impl Selection {
    /// Sets or, with an empty `code`, removes the filter on one variable.
    pub(super) fn filter(&mut self, variable: &str, code: &str) {
        if code.is_empty() {
            self.filters.remove(variable);
        } else {
            self.filters.insert(variable.to_owned(), code.to_owned());
        }
    }

    /// Compares the groups of `variable`; an empty name ends the comparison.
    pub(super) fn compare(&mut self, variable: &str) {
        self.group = (!variable.is_empty()).then(|| variable.to_owned());
        self.second = None;
        self.left_out.clear();
        self.groups_are = GroupsAre::New;
        if self.group.is_some() {
            self.rounds = Rounds::No;
        }
    }

    /// Crosses the groups with those of a second variable; an empty name takes it away.
    pub(super) fn cross(&mut self, variable: &str) {
        self.second = (!variable.is_empty()).then(|| variable.to_owned());
        self.left_out.clear();
        self.groups_are = GroupsAre::New;
    }

    /// Compares with earlier rounds in place of groups.
    pub(super) fn compare_rounds(&mut self, rounds: Rounds) {
        self.rounds = rounds;
        if rounds != Rounds::No {
            self.group = None;
            self.second = None;
            self.left_out.clear();
        }
    }

    /// Takes the sizes of groups: of new ones that are more than a chart holds, the largest are
    /// shown.
    pub(super) fn take_sizes(&mut self, sizes: &[Option<u32>]) {
        if self.groups_are == GroupsAre::New {
            self.groups_are = GroupsAre::Chosen;
            self.left_out = all_but_largest(sizes, MOST_DRAWN);
        }
    }

    /// The query for all questions.
    pub(super) fn query(&self) -> Query {
        let conditions: Vec<String> = self
            .filters
            .iter()
            .map(|(variable, code)| format!("{variable} = {}", quoted(code)))
            .collect();
        Query {
            filter: (!conditions.is_empty()).then(|| conditions.join(" and ")),
            groups: self.group.iter().chain(&self.second).cloned().collect(),
            base: self.base,
            rounding: self.rounding,
            questions: Vec::new(),
            scores: self.scores,
            weighted: self.weighted,
        }
    }
}

/// A code between the quotation marks that do not occur in it.
fn quoted(code: &str) -> String {
    let mark = if code.contains('"') { '\'' } else { '"' };
    format!("{mark}{code}{mark}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_on_several_variables_must_all_hold() {
        let mut selection = Selection::default();
        selection.filter("gender", "f");
        selection.filter("age_band", "65p");
        selection.filter("municipality", "061");
        selection.filter("municipality", "");
        let query = selection.query();
        assert_eq!(
            query.filter.as_deref(),
            Some(r#"age_band = "65p" and gender = "f""#)
        );
    }

    #[test]
    fn comparing_by_another_variable_shows_all_its_groups() {
        let mut selection = Selection::default();
        selection.compare("gender");
        selection.take_sizes(&[Some(5), None]);
        selection.left_out.insert(1);
        selection.compare("age_band");
        assert!(selection.left_out.is_empty());
        assert_eq!(selection.query().groups, ["age_band"]);
    }

    #[test]
    fn of_more_groups_than_a_chart_holds_the_largest_are_shown_until_the_reader_chooses() {
        let mut sizes: Vec<Option<u32>> = (1..=14).map(|it| Some(it * 10)).collect();
        sizes.extend([None, Some(10)]);
        let mut selection = Selection::default();
        selection.compare("municipality");
        selection.take_sizes(&sizes);
        let smallest = BTreeSet::from([0, 1, 14, 15]);
        assert_eq!(selection.left_out, smallest);
        selection.left_out.remove(&0);
        selection.filter("gender", "f");
        selection.take_sizes(&sizes);
        assert!(!selection.left_out.contains(&0));
        selection.cross("age_band");
        assert!(selection.left_out.is_empty());
        selection.take_sizes(&sizes[..12]);
        assert!(selection.left_out.is_empty());
    }

    #[test]
    fn groups_and_rounds_are_not_compared_at_once() {
        let mut selection = Selection::default();
        selection.compare("gender");
        selection.cross("age_band");
        assert_eq!(selection.query().groups, ["gender", "age_band"]);
        selection.compare_rounds(Rounds::One(1));
        assert!(selection.query().groups.is_empty());
        selection.compare("gender");
        assert_eq!((selection.rounds, selection.second), (Rounds::No, None));
    }

    #[test]
    fn an_earlier_round_is_asked_the_same_without_groups_and_weights() {
        let mut selection = Selection::default();
        selection.filter("gender", "f");
        selection.compare("age_band");
        selection.weighted = true;
        let query = selection.query().of_earlier_round();
        assert_eq!((query.groups.len(), query.weighted), (0, false));
        assert_eq!(query.filter, selection.query().filter);
    }
}
