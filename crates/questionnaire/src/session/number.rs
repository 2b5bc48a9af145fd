//! Numbers of questions, where the survey shows them.

use super::Session;
use super::tree::{Body, NodeId, is_information};
use crate::definition::QuestionNumbers;

impl Session {
    /// The number of a question, as it is shown before its title.
    pub(super) fn number_of(&self, id: NodeId) -> Option<String> {
        let mode = self.survey.show_question_numbers;
        let question = self.nodes[id].question()?;
        if mode == QuestionNumbers::Off
            || self.nodes[id].row.is_some()
            || !question.show_number
            || is_information(question)
        {
            return None;
        }
        let page = self.top(id);
        let mut count = 0_usize;
        if mode != QuestionNumbers::OnPage {
            for &before in self.pages.iter().take_while(|&&it| it != page) {
                if self.is_visible(before) {
                    self.count_numbered(before, None, &mut count);
                }
            }
        }
        self.count_numbered(page, Some(id), &mut count)
            .then(|| self.written_number(count))
    }

    fn top(&self, id: NodeId) -> NodeId {
        let mut at = id;
        while let Some(parent) = self.nodes[at].parent {
            at = parent;
        }
        at
    }

    /// Counts numbered questions up to `until`; true once it is reached.
    fn count_numbered(&self, within: NodeId, until: Option<NodeId>, count: &mut usize) -> bool {
        for &child in &self.nodes[within].children {
            if !self.is_visible(child) {
                continue;
            }
            match &self.nodes[child].body {
                Body::Question(question) => {
                    if Some(child) == until {
                        return true;
                    }
                    if question.show_number && !is_information(question) {
                        *count += 1;
                    }
                }
                _ => {
                    if self.count_numbered(child, until, count) {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// `questionStartIndex` says what the first one looks like: `1.`, `a)`, `10`.
    fn written_number(&self, count: usize) -> String {
        let start = self.survey.question_start_index.as_deref().unwrap_or("1.");
        let is_core = |letter: char| letter.is_ascii_alphanumeric();
        let Some(first) = start.find(is_core) else {
            return format!("{}.", count + 1);
        };
        let (prefix, rest) = start.split_at(first);
        let end = rest.find(|letter| !is_core(letter)).unwrap_or(rest.len());
        let (core, suffix) = rest.split_at(end);
        if let Ok(from) = core.parse::<usize>() {
            let dot = if suffix.is_empty() { "." } else { suffix };
            return format!("{prefix}{}{dot}", from + count);
        }
        let letter = core.bytes().next().map_or(u32::from(b'a'), u32::from);
        let count = u32::try_from(count).unwrap_or(0);
        match char::from_u32(letter + count).filter(char::is_ascii_alphabetic) {
            Some(letter) => format!("{prefix}{letter}{suffix}"),
            None => format!("{prefix}{}{suffix}", count + 1),
        }
    }
}
