//! What may be said of a comparison: which sentence, never the words themselves.

use super::{Comparison, Contrast, Difference, Size, Verdict, Who};
use crate::codebook::{Item, Kind};
use crate::release::Label;
use crate::rounds::Change;

/// Everything that [`Words::say`] may be asked for by [`said`]. `…rows` take `{what}`.
pub const SENTENCES: [&str; 23] = [
    "change.boxes",
    "change.choices",
    "change.kind",
    "change.new",
    "change.scale",
    "change.wording",
    "compare.changed",
    "compare.hidden",
    "compare.large",
    "compare.medium",
    "compare.notShown",
    "compare.notTested",
    "compare.rounds.large",
    "compare.rounds.medium",
    "compare.rounds.notShown",
    "compare.rounds.rows",
    "compare.rounds.slight",
    "compare.rounds.small",
    "compare.rows",
    "compare.slight",
    "compare.small",
    "compare.together",
    "compare.tooFew",
];

/// Who words a comparison.
pub struct Words<'a> {
    /// The words for a key of [`SENTENCES`].
    pub say: &'a dyn Fn(&str) -> String,
    /// What a row of the variable is called.
    pub row: &'a dyn Fn(&Label) -> String,
}

impl Comparison {
    /// True of two rounds, false of two groups.
    pub fn is_of_rounds(&self) -> bool {
        matches!(self.one.who, Who::Round(..))
    }
}

impl Contrast {
    /// True where the answers show a difference that matters, in the whole or in a choice of several.
    pub fn is_shown(&self) -> bool {
        self.verdict == Verdict::Shown || self.shown_rows().next().is_some()
    }

    /// True if a side hides a row; the test takes all such rows for one.
    fn hides_rows(&self) -> bool {
        let mut rows = self.rows.iter().filter(|it| it.label != Label::Missing);
        rows.any(|it| it.difference.is_none())
    }

    /// Several choices have a test each: those of which a difference is shown.
    fn shown_rows(&self) -> impl Iterator<Item = &Difference> {
        let rows = self.rows.iter();
        rows.filter(|it| it.verdict == Some(Verdict::Shown))
    }
}

/// What may be said of a variable; never more than the answers show. One sentence, or a few.
pub fn said(item: &Item, found: &Contrast, of_rounds: bool, words: &Words<'_>) -> String {
    let say = |word: &str| {
        let part = if of_rounds { "rounds." } else { "" };
        (words.say)(&["compare.", part, word].concat())
    };
    let mut said = if item.kind == Kind::Multiple && found.verdict == Verdict::NotTested {
        of_rows(found, &say, words)
    } else {
        of_whole(found, &say, words)
    };
    if found.test.is_some() && found.hides_rows() {
        said.push(' ');
        said.push_str(&(words.say)("compare.together"));
    }
    if found.verdict != Verdict::Changed && found.changes.contains(&Change::Boxes) {
        said.push(' ');
        said.push_str(&changed(Change::Boxes, words));
    }
    said
}

fn of_whole(found: &Contrast, say: &dyn Fn(&str) -> String, words: &Words<'_>) -> String {
    let size = found.test.map_or(Size::Small, |it| it.effect.size);
    match found.verdict {
        Verdict::Shown => say(match size {
            Size::Large => "large",
            Size::Medium => "medium",
            _ => "small",
        }),
        Verdict::Slight => say("slight"),
        Verdict::NotShown => say("notShown"),
        Verdict::TooFew => (words.say)("compare.tooFew"),
        Verdict::Hidden => (words.say)("compare.hidden"),
        Verdict::Changed => {
            let mut said = (words.say)("compare.changed");
            for change in &found.changes {
                said.push(' ');
                said.push_str(&changed(*change, words));
            }
            said
        }
        Verdict::NotTested => (words.say)("compare.notTested"),
    }
}

/// Several choices: which of them differ.
fn of_rows(found: &Contrast, say: &dyn Fn(&str) -> String, words: &Words<'_>) -> String {
    let shown: Vec<String> = found
        .shown_rows()
        .map(|it| (words.row)(&it.label))
        .collect();
    let any = |verdict| found.rows.iter().any(|it| it.verdict == Some(verdict));
    if !shown.is_empty() {
        say("rows").replace("{what}", &shown.join(", "))
    } else if any(Verdict::Slight) {
        say("slight")
    } else if any(Verdict::NotShown) {
        say("notShown")
    } else if any(Verdict::Hidden) || found.rows.iter().any(|it| it.difference.is_none()) {
        (words.say)("compare.hidden")
    } else {
        (words.say)("compare.notTested")
    }
}

fn changed(change: Change, words: &Words<'_>) -> String {
    (words.say)(&["change.", change.name()].concat())
}
