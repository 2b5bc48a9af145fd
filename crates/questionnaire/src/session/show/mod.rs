//! What one question or panel looks like now, made on demand.

mod choices;
mod fields;
mod tables;

use std::rc::Rc;

use super::Session;
use super::event::Key;
use super::tree::{Body, NodeId, choices_of};
use super::view::{CommentView, Control, Item, PanelView, QuestionView};
use crate::definition::{BooleanDisplay, Kind, Question, TitleLocation};
use crate::localized::Localized;

impl Session {
    pub(super) fn show(&self, key: &Key) -> Option<QuestionView> {
        let id = *self.keys.get(key)?;
        let node = self.nodes.get(id)?;
        let question = node.question()?;
        if !node.alive || !self.is_shown(id) {
            return None;
        }
        let mut title = self.rich(&question.title, Some(id));
        if title.is_empty() && !super::tree::is_information(question) {
            title = crate::text::RichText::plain(question.name.as_str());
        }
        let unseen = self.title_hidden(id, question);
        let enabled = self.is_enabled(id);
        Some(QuestionView {
            key: Rc::clone(&node.key),
            number: self.number_of(id),
            title,
            title_hidden: unseen,
            description: self.rich(&question.description, Some(id)),
            required: node.required && enabled,
            enabled,
            read_only: self.is_read_only(id),
            sensitive: question.kuuluu.sensitive,
            answered: self.value(id).is_some(),
            problems: if node.checked {
                self.problems(id)
            } else {
                self.warnings(id)
            },
            comment: self.show_comment(id, question),
            control: self.control(id, question),
        })
    }

    /// Warnings and information show as soon as there is an answer; errors wait until asked for.
    fn warnings(&self, id: NodeId) -> Vec<super::view::ProblemView> {
        let has_soft = self.nodes[id].question().is_some_and(|it| {
            it.validators
                .iter()
                .any(|it| it.notification != crate::definition::Notification::Error)
        });
        if !has_soft || self.value(id).is_none() {
            return Vec::new();
        }
        let mut problems = self.problems(id);
        problems.retain(|it| !it.blocks);
        problems
    }

    /// Its own `titleLocation`, else that of the panels around it.
    fn title_hidden(&self, id: NodeId, question: &Question) -> bool {
        if matches!(
            &question.kind,
            Kind::Boolean {
                use_title_as_label: true,
                display: BooleanDisplay::Checkbox,
                ..
            }
        ) {
            return true;
        }
        let mut location = question.title_location;
        let mut at = self.nodes[id].parent;
        while location == TitleLocation::Default {
            let Some(parent) = at else { break };
            location = match &self.nodes[parent].body {
                Body::Panel(panel) => panel.question_title_location,
                Body::Page(page) => self
                    .survey
                    .pages
                    .get(*page)
                    .map_or(TitleLocation::Default, |it| {
                        it.panel.question_title_location
                    }),
                Body::Question(_) => TitleLocation::Default,
            };
            at = self.nodes[parent].parent;
        }
        location == TitleLocation::Hidden
    }

    fn show_comment(&self, id: NodeId, question: &Question) -> Option<CommentView> {
        let own = choices_of(question);
        let of_other = self.other_chosen(id);
        if !of_other && !question.show_comment_area {
            return None;
        }
        let placeholder = own
            .filter(|_| of_other)
            .map_or(&question.comment_placeholder, |it| &it.other_placeholder);
        let label = if of_other {
            own.and_then(|it| it.other.as_ref())
                .map(|it| self.piped(&it.text, Some(id)))
                .unwrap_or_default()
        } else {
            self.piped(&question.comment_text, Some(id))
        };
        Some(CommentView {
            label: self.or_word(label, if of_other { "other" } else { "comment" }),
            value: if of_other && !self.keeps_other_apart(id) {
                self.raw_other(id)
            } else {
                self.comment_text(id)
            },
            placeholder: self.piped(placeholder, Some(id)),
            max_length: self.survey.max_comment_length,
            of_other,
        })
    }

    pub(super) fn or_word(&self, text: String, word: &'static str) -> String {
        if text.is_empty() {
            self.word(word)
        } else {
            text
        }
    }

    fn own_or_word(&self, text: &Localized, node: NodeId, word: &'static str) -> String {
        self.or_word(self.piped(text, Some(node)), word)
    }

    pub(super) fn show_panel(&self, key: &Key) -> Option<PanelView> {
        let id = *self.containers.get(key)?;
        let node = self.nodes.get(id)?;
        if !node.alive {
            return None;
        }
        let panel = match &node.body {
            Body::Panel(panel) => panel,
            Body::Page(at) => &self.survey.pages.get(*at)?.panel,
            Body::Question(_) => return None,
        };
        Some(PanelView {
            number: self.number_of(id),
            title: self.rich(&panel.title, Some(id)),
            description: self.rich(&panel.description, Some(id)),
            open: node.open,
            problems: if node.checked {
                self.problems(id)
            } else {
                Vec::new()
            },
        })
    }

    fn control(&self, id: NodeId, question: &Question) -> Control {
        match &question.kind {
            Kind::Single { .. }
            | Kind::Multiple { .. }
            | Kind::Ranking { .. }
            | Kind::ImagePicker { .. }
            | Kind::Rating { .. }
            | Kind::Boolean { .. } => self.choice_control(id, question),
            Kind::Text { .. }
            | Kind::Comment { .. }
            | Kind::MultipleText { .. }
            | Kind::Slider { .. } => self.field_control(id, question),
            Kind::Matrix { .. }
            | Kind::MatrixDropdown { .. }
            | Kind::MatrixDynamic { .. }
            | Kind::PanelDynamic { .. } => self.table_control(id, question),
            Kind::Expression { format, .. } => Control::Computed(
                self.value(id)
                    .map(|value| self.formatted(value, format))
                    .unwrap_or_default(),
            ),
            Kind::Html { html } => Control::Html(self.rich(html, Some(id))),
            Kind::Image { link, alt } => Control::Image {
                src: self
                    .text_of(link)
                    .filter(|src| crate::text::is_own_image(src))
                    .unwrap_or_default()
                    .to_owned(),
                alt: self.piped(alt, Some(id)),
            },
        }
    }

    /// Nodes as items of the outline, those shown only.
    pub(super) fn items_of(&self, nodes: &[NodeId]) -> Vec<Item> {
        nodes
            .iter()
            .filter(|&&id| self.is_visible(id))
            .map(|&id| {
                let node = &self.nodes[id];
                if node.question().is_some() {
                    Item::Question(Rc::clone(&node.key))
                } else {
                    Item::Panel(Rc::clone(&node.key), self.items_of(&node.children))
                }
            })
            .collect()
    }
}
