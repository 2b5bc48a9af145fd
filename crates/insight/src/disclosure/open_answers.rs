//! Open answers: what people wrote, or why it is not shown.

use super::enough;
use crate::columns::Column;
use crate::dataset::Dataset;
use crate::query::Protection;
use crate::release::Hidden;

/// What was written to one open question.
///
/// Only for the organiser: these are never part of a [`crate::Release`], so of no chart, no export
/// and no publication, and they come for all respondents together, never for a filter or a group.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OpenAnswers {
    /// The variable's name.
    pub variable: String,
    /// The texts, sorted, so that their order says nothing about who wrote them or when.
    pub texts: Vec<String>,
    /// Why there are none.
    pub hidden: Option<Hidden>,
}

impl Dataset {
    /// What was written to `variable`, if at least as many wrote as the minimum for open answers
    /// (the same as for scores; for a sensitive question the sensitive minimum, if that is more).
    /// Nothing is hidden of nobody's answers, nor of a variable that is not open.
    pub fn open_answers(&self, variable: &str, protection: &Protection) -> OpenAnswers {
        let answers = |texts, hidden| OpenAnswers {
            variable: variable.to_owned(),
            texts,
            hidden,
        };
        let place = self.codebook().items().position(|it| it.1.name == variable);
        let column = place.and_then(|it| Some((it, self.columns().get(it)?)));
        let Some((place, Column::Texts(column))) = column else {
            return answers(Vec::new(), None);
        };
        let is_sensitive = self
            .codebook()
            .item(variable)
            .is_some_and(|(_, it)| it.sensitive);
        let minimum = if is_sensitive {
            protection.score_minimum.max(protection.sensitive_minimum)
        } else {
            protection.score_minimum
        };
        let n = column.answered().count();
        if n == 0 {
            return answers(Vec::new(), None);
        }
        if n < minimum || enough(self, *protection).is_err() {
            return answers(Vec::new(), Some(Hidden::TooFew));
        }
        // How many wrote may tell of what decides who is asked.
        let whole = (!protection.is_none()).then(|| self.pattern(&[], *protection));
        let own = whole.as_ref().and_then(|it| it.items.get(place));
        if own.is_some_and(|it| it.hidden.contains(&true)) {
            return answers(Vec::new(), Some(Hidden::TooFew));
        }
        let mut texts: Vec<String> = column.all().map(str::to_owned).collect();
        texts.sort_unstable();
        answers(texts, None)
    }
}
