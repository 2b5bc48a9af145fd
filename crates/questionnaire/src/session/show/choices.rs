//! Controls with choices.

use std::rc::Rc;

use json::Value;

use super::super::Session;
use super::super::offer::{Offer, Sort};
use super::super::tree::{NodeId, is_multiple};
use super::super::values::{as_text, same};
use super::super::view::{ChoiceView, CommentView, Control, Item};
use crate::definition::{Choices, Kind, Question, SelectDisplay};
use crate::text::RichText;

impl Session {
    pub(super) fn choice_control(&self, id: NodeId, question: &Question) -> Control {
        let choices = || -> Vec<ChoiceView> {
            self.offers(id)
                .iter()
                .map(|offer| self.choice_view(id, offer))
                .collect()
        };
        match &question.kind {
            Kind::Single {
                display: SelectDisplay::List,
                allow_clear,
                ..
            } => Control::Radio {
                choices: choices(),
                clearable: *allow_clear,
            },
            Kind::Single {
                allow_clear,
                placeholder,
                ..
            } => Control::Dropdown {
                choices: choices(),
                placeholder: self.own_or_word(placeholder, id, "choose"),
                clearable: *allow_clear,
            },
            Kind::Multiple {
                display: SelectDisplay::List,
                choices: definition,
                max_selected,
                ..
            } => Control::Checkboxes {
                choices: choices(),
                select_all: self.select_all(id, definition),
                max_selected: *max_selected,
            },
            Kind::Multiple {
                placeholder,
                max_selected,
                ..
            } => Control::Tagbox {
                choices: choices(),
                placeholder: self.own_or_word(placeholder, id, "choose"),
                max_selected: *max_selected,
            },
            Kind::Ranking { select_to_rank, .. } => Control::Ranking {
                choices: self.ranked(id, *select_to_rank),
                select_to_rank: *select_to_rank,
            },
            Kind::ImagePicker {
                multi_select,
                show_label,
                ..
            } => Control::Images {
                choices: choices(),
                several: *multi_select,
                labels: *show_label,
            },
            Kind::Rating {
                min_description,
                max_description,
                display,
                as_dropdown,
                ..
            } => Control::Rating {
                points: choices(),
                min_label: self.rich(min_description, Some(id)),
                max_label: self.rich(max_description, Some(id)),
                display: *display,
                as_dropdown: *as_dropdown,
            },
            Kind::Boolean {
                value_true,
                value_false,
                swap_order,
                display,
                ..
            } => {
                let mut choices = vec![
                    self.truth(id, value_false, false),
                    self.truth(id, value_true, true),
                ];
                if *swap_order {
                    choices.reverse();
                }
                Control::Boolean {
                    choices,
                    display: *display,
                }
            }
            _ => Control::Html(RichText::default()),
        }
    }

    fn truth(&self, id: NodeId, value: &Value, truth: bool) -> ChoiceView {
        ChoiceView {
            value: value.clone(),
            text: self.rich_text(&self.boolean_text(id, truth), Some(id)),
            selected: self.value(id).is_some_and(|it| same(it, value)),
            enabled: self.is_enabled(id),
            meaning: None,
            exclusive: false,
            image: None,
            comment: None,
            items: Vec::new(),
        }
    }

    fn choice_view(&self, id: NodeId, offer: &Offer<'_>) -> ChoiceView {
        let selected = self.is_selected(id, offer);
        let image = offer
            .choice
            .and_then(|it| self.text_of(&it.image_link))
            .filter(|src| crate::text::is_own_image(src))
            .map(str::to_owned);
        let mut text = self.rich_text(&offer.text, Some(id));
        if let Some(choice) = offer.choice
            && !choice.text.is_empty()
        {
            text.lang = self.rich(&choice.text, Some(id)).lang;
        }
        ChoiceView {
            value: offer.value.clone().into_owned(),
            text,
            selected,
            enabled: offer.enabled && self.is_enabled(id),
            meaning: offer.meaning(),
            exclusive: offer.exclusive(),
            image,
            comment: offer
                .choice
                .filter(|it| selected && it.show_comment_area)
                .map(|choice| CommentView {
                    label: self.label(&choice.text, &choice.value, id),
                    value: self.choice_comment(id, &choice.value),
                    placeholder: self.piped(&choice.comment_placeholder, Some(id)),
                    max_length: self.survey.max_comment_length,
                    of_other: false,
                }),
            items: match offer.sort {
                Sort::Own(at) if selected => self.below_choice(id, at),
                _ => Vec::new(),
            },
        }
    }

    fn below_choice(&self, id: NodeId, choice: usize) -> Vec<Item> {
        let below: Vec<NodeId> = self
            .answering(id)
            .map(|it| {
                it.below
                    .iter()
                    .filter(|(at, _)| *at == choice)
                    .map(|(_, below)| *below)
                    .collect()
            })
            .unwrap_or_default();
        self.items_of(&below)
    }

    fn select_all(&self, id: NodeId, choices: &Choices) -> Option<(String, bool)> {
        let item = choices.select_all.as_ref()?;
        let mut ordinary = self
            .offers(id)
            .into_iter()
            .filter(|it| matches!(it.sort, Sort::Own(_) | Sort::Carried))
            .peekable();
        let all = ordinary.peek().is_some() && ordinary.all(|it| self.is_selected(id, &it));
        Some((self.own_or_word(&item.text, id, "selectAll"), all))
    }

    /// Ranked choices first in their order, then the others as they are offered.
    fn ranked(&self, id: NodeId, select_to_rank: bool) -> Vec<ChoiceView> {
        let offers = self.offers(id);
        let order = self.chosen(id);
        let mut shown: Vec<ChoiceView> = order
            .iter()
            .filter_map(|value| offers.iter().find(|it| same(&it.value, value)))
            .map(|offer| self.choice_view(id, offer))
            .collect();
        for offer in &offers {
            if !order.iter().any(|it| same(it, &offer.value)) {
                shown.push(self.choice_view(id, offer));
            }
        }
        if !select_to_rank {
            let answered = !order.is_empty();
            for choice in &mut shown {
                choice.selected = answered;
            }
        }
        shown
    }

    /// Where the text beside one choice is stored: where one is chosen, in the question's comment.
    pub(in crate::session) fn choice_comment_name(&self, id: NodeId, value: &Value) -> Rc<str> {
        let Some(question) = self.nodes[id].question() else {
            return "".into();
        };
        let name = question.value_name.as_deref().unwrap_or(&question.name);
        if is_multiple(question) {
            format!("{name}-Comment-{}", as_text(value)).into()
        } else {
            format!("{name}-Comment").into()
        }
    }

    pub(in crate::session) fn choice_comment(&self, id: NodeId, value: &Value) -> String {
        self.values
            .exactly(&self.choice_comment_name(id, value))
            .and_then(|it| self.values.get(it))
            .map(as_text)
            .unwrap_or_default()
    }
}
