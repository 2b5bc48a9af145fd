//! Which choices a question offers now, in which order.

use std::borrow::Cow;
use std::cmp::Ordering;

use json::Value;

use super::Session;
use super::settle::holds;
use super::shuffle::permutation;
use super::sight::Sight;
use super::tree::{NodeId, choices_of, is_multiple};
use super::values::{as_text, is_empty, same};
use crate::definition::{
    CarryForward, CarryForwardMode, Choice, ChoiceOrder, Choices, Formula, Kind, Meaning, Question,
    SpecialItem,
};

/// What an offered choice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// One of the author's.
    Own(usize),
    /// Taken from another question.
    Carried,
    Other,
    None,
    Refuse,
    DontKnow,
}

/// A choice as it is offered now.
#[derive(Debug, Clone)]
pub(super) struct Offer<'a> {
    pub(super) value: Cow<'a, Value>,
    pub(super) text: Cow<'a, str>,
    pub(super) sort: Sort,
    pub(super) enabled: bool,
    pub(super) choice: Option<&'a Choice>,
}

/// The value stored for "other".
pub(super) const OTHER: &str = "other";

impl Offer<'_> {
    pub(super) fn exclusive(&self) -> bool {
        match self.sort {
            Sort::None | Sort::Refuse | Sort::DontKnow => true,
            Sort::Own(_) | Sort::Carried => self.choice.is_some_and(|it| it.is_exclusive),
            Sort::Other => false,
        }
    }

    pub(super) fn meaning(&self) -> Option<Meaning> {
        match self.sort {
            Sort::Refuse => Some(Meaning::PreferNot),
            Sort::DontKnow => Some(Meaning::DontKnow),
            _ => self.choice.and_then(|it| it.kuuluu.meaning),
        }
    }
}

impl Session {
    /// The choices offered now, special ones last.
    pub(super) fn offers(&self, node: NodeId) -> Vec<Offer<'_>> {
        let Some(question) = self.nodes.get(node).and_then(|it| it.question()) else {
            return Vec::new();
        };
        if let Kind::Rating { items, .. } = &question.kind {
            return items
                .iter()
                .enumerate()
                .map(|(at, item)| self.own(at, &item.choice, true))
                .collect();
        }
        let Some(choices) = choices_of(question) else {
            return Vec::new();
        };
        let mut offers = self.ordinary(node, question, choices);
        if !matches!(question.kind, Kind::Ranking { .. }) {
            self.add_special(choices, &mut offers);
        }
        offers
    }

    fn own<'a>(&'a self, at: usize, choice: &'a Choice, enabled: bool) -> Offer<'a> {
        Offer {
            value: Cow::Borrowed(&choice.value),
            text: match self.text_of(&choice.text) {
                Some(text) => Cow::Borrowed(text),
                None => Cow::Owned(as_text(&choice.value)),
            },
            sort: Sort::Own(at),
            enabled,
            choice: Some(choice),
        }
    }

    fn ordinary<'a>(
        &'a self,
        node: NodeId,
        question: &'a Question,
        choices: &'a Choices,
    ) -> Vec<Offer<'a>> {
        let answer = self.answering(node);
        let standing = |at: usize| {
            answer
                .and_then(|it| it.items.get(at))
                .copied()
                .unwrap_or_default()
        };
        let mut offers = Vec::with_capacity(choices.items.len() + 2);
        if let Some(carry) = &choices.carry_forward {
            self.carried(carry, choices.other.is_some(), &mut offers);
            self.test_carried(node, choices, &mut offers);
        }
        if offers.is_empty() && choices.carry_forward.is_none() {
            let order = answer.and_then(|it| it.order.as_deref());
            for place in 0..choices.items.len() {
                let at = order
                    .and_then(|order| order.get(place))
                    .copied()
                    .unwrap_or(place);
                let standing = standing(at);
                if let Some(choice) = choices.items.get(at)
                    && standing.visible
                {
                    offers.push(self.own(at, choice, standing.enabled));
                }
            }
        }
        match choices.order {
            ChoiceOrder::Ascending => offers.sort_by(by_text),
            ChoiceOrder::Descending => offers.sort_by(|a, b| by_text(b, a)),
            ChoiceOrder::Random if choices.carry_forward.is_some() => {
                let order = permutation(self.environment.seed, &question.name, offers.len());
                let mut old: Vec<Option<Offer<'_>>> = offers.into_iter().map(Some).collect();
                offers = order
                    .into_iter()
                    .filter_map(|at| old.get_mut(at)?.take())
                    .collect();
            }
            ChoiceOrder::Random | ChoiceOrder::None => {}
        }
        offers
    }

    /// `choicesVisibleIf` and `choicesEnableIf` hold for carried choices too.
    fn test_carried(&self, node: NodeId, choices: &Choices, offers: &mut Vec<Offer<'_>>) {
        let test = |formula: &Option<Formula>, value: &Value| {
            let scope = Sight {
                session: self,
                node: Some(node),
                item: Some(value),
            };
            formula
                .as_ref()
                .is_none_or(|it| holds(it, scope) != Some(false))
        };
        offers.retain(|it| test(&choices.visible_if, &it.value));
        for offer in offers {
            offer.enabled = test(&choices.enable_if, &offer.value);
        }
    }

    fn add_special<'a>(&'a self, choices: &'a Choices, offers: &mut Vec<Offer<'a>>) {
        let mut add = |item: &'a Option<SpecialItem>, sort: Sort, stored: &str, word| {
            if let Some(item) = item {
                let text = match self.text_of(&item.text) {
                    Some(text) => Cow::Borrowed(text),
                    None => Cow::Owned(self.word(word)),
                };
                offers.push(Offer {
                    value: Cow::Owned(Value::from(stored)),
                    text,
                    sort,
                    enabled: true,
                    choice: None,
                });
            }
        };
        add(&choices.none, Sort::None, "none", "none");
        add(&choices.refuse, Sort::Refuse, "refused", "refuse");
        add(&choices.dont_know, Sort::DontKnow, "dontknow", "dontKnow");
        add(&choices.other, Sort::Other, OTHER, "other");
    }

    /// Choices taken from another question.
    fn carried<'a>(
        &'a self,
        carry: &'a CarryForward,
        has_other: bool,
        offers: &mut Vec<Offer<'a>>,
    ) {
        let Some(source) = self.question_named(&carry.question) else {
            return;
        };
        let Some(question) = self.nodes[source].question() else {
            return;
        };
        if choices_of(question).is_none() {
            self.carried_rows(carry, source, offers);
            return;
        }
        // What is to be ranked as a whole is ranked as it is offered.
        let is_ranked = matches!(
            question.kind,
            Kind::Ranking {
                select_to_rank: false,
                ..
            }
        ) && self.value(source).is_none();
        for mut offer in self.offers(source) {
            let selected = is_ranked || self.is_selected(source, &offer);
            let wanted = match carry.mode {
                CarryForwardMode::All => true,
                CarryForwardMode::Selected => selected,
                CarryForwardMode::Unselected => !selected,
            };
            if !wanted {
                continue;
            }
            match offer.sort {
                Sort::Own(_) | Sort::Carried => offer.sort = Sort::Carried,
                // What someone wrote beside "other" is a choice here, under the same value.
                Sort::Other if carry.mode == CarryForwardMode::Selected && !has_other => {
                    let text = self.comment_text(source);
                    if text.is_empty() {
                        continue;
                    }
                    offer.text = Cow::Owned(text);
                    offer.sort = Sort::Carried;
                }
                _ => continue,
            }
            offers.push(offer);
        }
    }

    fn carried_rows<'a>(
        &'a self,
        carry: &CarryForward,
        source: NodeId,
        offers: &mut Vec<Offer<'a>>,
    ) {
        let Some(Value::List(rows)) = self.value(source) else {
            return;
        };
        for row in rows {
            let Some(object) = row.as_object() else {
                continue;
            };
            let value = match &carry.values_from {
                Some(name) => object.get(name),
                None => object.iter().next().map(|(_, value)| value),
            };
            let Some(value) = value.filter(|it| !is_empty(it)) else {
                continue;
            };
            let text = carry
                .texts_from
                .as_ref()
                .and_then(|name| object.get(name))
                .map_or_else(|| as_text(value), as_text);
            if offers.iter().any(|it| same(&it.value, value)) {
                continue;
            }
            offers.push(Offer {
                value: Cow::Borrowed(value),
                text: Cow::Owned(text),
                sort: Sort::Carried,
                enabled: true,
                choice: None,
            });
        }
    }

    /// The only thing to rank, which needs no ranking: formulas and messages take it as ranked.
    pub(super) fn lone_rank(&self, node: NodeId) -> Option<Value> {
        let question = self.nodes[node].question()?;
        if !matches!(
            question.kind,
            Kind::Ranking {
                select_to_rank: false,
                ..
            }
        ) || self.value(node).is_some()
        {
            return None;
        }
        let mut offers = self.offers(node);
        let lone = offers.pop()?;
        offers
            .is_empty()
            .then(|| Value::List(vec![lone.value.into_owned()]))
    }

    /// Whether an offered choice is chosen.
    pub(super) fn is_selected(&self, node: NodeId, offer: &Offer<'_>) -> bool {
        if offer.sort == Sort::Other {
            return self.other_chosen(node);
        }
        let Some(value) = self.value(node) else {
            return false;
        };
        match value {
            Value::List(items) => items.iter().any(|it| self.names(node, it, offer)),
            single => self.names(node, single, offer),
        }
    }

    /// Whether a stored value stands for an offered choice.
    fn names(&self, node: NodeId, stored: &Value, offer: &Offer<'_>) -> bool {
        let stored = match self.value_property(node) {
            Some(name) => stored.get(name).unwrap_or(stored),
            None => stored,
        };
        same(stored, &offer.value)
    }

    /// `valuePropertyName`.
    pub(super) fn value_property(&self, node: NodeId) -> Option<&str> {
        match &self.nodes[node].question()?.kind {
            Kind::Multiple {
                value_property_name,
                ..
            } => value_property_name.as_deref(),
            _ => None,
        }
    }

    /// True if the text beside "other" is the comment, not the value itself.
    pub(super) fn keeps_other_apart(&self, node: NodeId) -> bool {
        self.nodes[node]
            .question()
            .and_then(|it| choices_of(it)?.store_others_as_comment)
            .unwrap_or(self.survey.store_others_as_comment)
    }

    /// The chosen values, whether one or several may be chosen.
    pub(super) fn chosen(&self, node: NodeId) -> Vec<Value> {
        match self.value(node) {
            Some(Value::List(items)) => items.clone(),
            Some(value) => vec![value.clone()],
            None => Vec::new(),
        }
    }

    /// True if "other" is chosen.
    pub(super) fn other_chosen(&self, node: NodeId) -> bool {
        let Some(question) = self.nodes[node].question() else {
            return false;
        };
        if choices_of(question).is_none_or(|it| it.other.is_none()) {
            return false;
        }
        if self.answering(node).is_some_and(|it| it.other) {
            return true;
        }
        let is_other = |value: &Value| value.as_str() == Some(OTHER);
        match self.value(node) {
            Some(Value::List(items)) if items.iter().any(is_other) => true,
            Some(value) if is_other(value) => true,
            Some(_) => !self.keeps_other_apart(node) && !self.raw_other(node).is_empty(),
            None => false,
        }
    }

    /// `hideIfChoicesEmpty` or `hideIfRowsEmpty`, and nothing is there.
    pub(super) fn is_without_items(&self, node: NodeId) -> bool {
        let Some(question) = self.nodes[node].question() else {
            return false;
        };
        match &question.kind {
            Kind::Matrix { base, .. } | Kind::MatrixDropdown { base, .. } => {
                base.hide_if_rows_empty
                    && self
                        .answering(node)
                        .is_none_or(|it| it.items.iter().all(|row| !row.visible))
            }
            _ => choices_of(question).is_some_and(|choices| {
                choices.hide_if_empty
                    && if choices.carry_forward.is_some() {
                        self.offers(node).is_empty()
                    } else {
                        self.ordinary(node, question, choices).is_empty()
                    }
            }),
        }
    }

    /// Values of the choices that a question offers, as the reference lists them.
    pub(super) fn visible_choices(&self, name: &str) -> Vec<Value> {
        let Some(node) = self.question_named(name) else {
            return Vec::new();
        };
        let mut values: Vec<Value> = self
            .offers(node)
            .into_iter()
            .map(|it| it.value.into_owned())
            .collect();
        let question = self.nodes[node].question();
        if question.is_some_and(|it| is_multiple(it))
            && question
                .and_then(|it| choices_of(it))
                .is_some_and(|it| it.select_all.is_some())
        {
            values.insert(0, Value::Text(String::new()));
        }
        values
    }
}

/// Takes out of the chosen things what stands alone.
pub(super) fn drop_exclusive(offers: &[Offer<'_>], chosen: &mut Vec<Value>) {
    chosen.retain(|it| {
        !offers
            .iter()
            .any(|of| of.exclusive() && same(&of.value, it))
    });
}

/// True if anything is offered beside "other" and its kin: without that, nothing means "other".
pub(super) fn has_ordinary(offers: &[Offer<'_>]) -> bool {
    offers
        .iter()
        .any(|it| matches!(it.sort, Sort::Own(_) | Sort::Carried))
}

/// Whether what was given is offered; of a list, all of it.
pub(super) fn is_known(offers: &[Offer<'_>], given: &Value) -> bool {
    match given {
        Value::List(items) => items.iter().all(|it| is_known(offers, it)),
        one => offers.iter().any(|it| means(&it.value, one)),
    }
}

/// Whether an answer means what is offered: true is 1, too.
pub(super) fn means(offered: &Value, given: &Value) -> bool {
    match (offered, given) {
        (Value::Number(_), Value::Bool(truth)) => {
            same(offered, &Value::Number(f64::from(u8::from(*truth))))
        }
        _ => same(offered, given),
    }
}

/// Numbers by size, texts by their characters.
fn by_text(a: &Offer<'_>, b: &Offer<'_>) -> Ordering {
    match (json::decimal::read(&a.text), json::decimal::read(&b.text)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        _ => a.text.cmp(&b.text),
    }
}
