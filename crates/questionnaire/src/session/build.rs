//! From a definition to nodes, and who watches which value.

use std::rc::Rc;
use std::sync::Arc;

use super::event::Key;
use super::shuffle::permutation;
use super::tree::{
    Answering, Body, Node, NodeId, Phase, Place, Standing as ItemStanding, Watch, What, choices_of,
    is_information,
};
use super::values::{Standing, VarId};
use super::{Screen, Session};
use crate::definition::{
    Check, Choice, ChoiceOrder, Choices, Element, Formula, Kind, Order, Panel, PanelState,
    Question, QuestionsOnPage, TextItem, TriggerKind,
};
use crate::expression::Expression;
use crate::localized::Localized;

/// Functions whose result depends on more than the variables in their arguments.
const UNBOUND: [&str; 3] = ["propertyValue", "isContainerReady", "getComment"];

impl Session {
    /// Makes all nodes and registers what watches what; nothing is evaluated yet.
    pub(super) fn build(&mut self) {
        let survey = Rc::clone(&self.survey);
        for (at, page) in survey.pages.iter().enumerate() {
            let node = self.add_node(page.panel.name.as_str().into(), None, Body::Page(at));
            self.nodes[node].visible = page.panel.visible;
            self.nodes[node].enabled = !page.panel.read_only;
            self.containers
                .entry(Rc::clone(&self.nodes[node].key))
                .or_insert(node);
            self.pages.push(node);
            self.add_elements(node, &page.panel.elements, Within::default());
            self.order_children(node, page.panel.question_order);
        }
        for calculated in &survey.calculated_values {
            let id = self.values.intern(&calculated.name);
            self.values.slot_mut(id).standing = if calculated.include_into_result {
                Standing::Included
            } else {
                Standing::Apart
            };
            self.calculated.push(id);
        }
        self.lay_screens();
        for (index, trigger) in survey.triggers.iter().enumerate() {
            let phase = match trigger.kind {
                TriggerKind::Visible { .. } => Phase::Showing,
                _ => Phase::Trigger,
            };
            let watch = Watch {
                phase,
                index,
                what: What::All,
            };
            if !matches!(trigger.kind, TriggerKind::Complete) {
                self.watch_formula(&trigger.expression, watch, None);
                if let TriggerKind::CopyValue { from, .. } = &trigger.kind {
                    self.watch_name(from, watch, None);
                }
            }
        }
        for (index, calculated) in survey.calculated_values.iter().enumerate() {
            let watch = Watch {
                phase: Phase::Calculated,
                index,
                what: What::All,
            };
            self.watch_formula(&calculated.expression, watch, None);
            self.pending.insert(watch);
        }
        for node in 0..self.nodes.len() {
            self.register(node);
        }
    }

    #[inline(never)]
    fn lay_screens(&mut self) {
        let survey = Rc::clone(&self.survey);
        match survey.questions_on_page_mode {
            QuestionsOnPage::Standard => {
                self.screens = self.pages.iter().map(|&page| Screen::Page(page)).collect();
            }
            QuestionsOnPage::SinglePage => self.screens = vec![Screen::Whole],
            QuestionsOnPage::QuestionPerPage | QuestionsOnPage::InputPerPage => {
                for page in self.pages.clone() {
                    let mut stack: Vec<NodeId> =
                        self.nodes[page].children.iter().rev().copied().collect();
                    while let Some(node) = stack.pop() {
                        if self.nodes[node].question().is_some() {
                            self.screens.push(Screen::Question(node));
                        } else {
                            stack.extend(self.nodes[node].children.iter().rev());
                        }
                    }
                }
            }
        }
    }

    pub(super) fn add_node(&mut self, key: Key, parent: Option<NodeId>, body: Body) -> NodeId {
        let id = self.nodes.len();
        self.nodes.push(Node {
            key,
            parent,
            body,
            children: Vec::new(),
            place: Place::Nowhere,
            row: None,
            visible: true,
            enabled: true,
            required: false,
            alive: true,
            open: None,
            checked: false,
            answer: None,
        });
        id
    }

    /// Adds elements below `parent`, in the order written.
    pub(super) fn add_elements(&mut self, parent: NodeId, elements: &[Element], within: Within) {
        for element in elements {
            let node = self.add_element(parent, element, within);
            self.nodes[parent].children.push(node);
        }
    }

    pub(super) fn add_element(
        &mut self,
        parent: NodeId,
        element: &Element,
        within: Within,
    ) -> NodeId {
        match element {
            Element::Panel(panel) => self.add_panel(parent, panel, within),
            Element::Question(question) => self.add_question(parent, question, within),
        }
    }

    fn add_panel(&mut self, parent: NodeId, panel: &Arc<Panel>, within: Within) -> NodeId {
        let key = self.key_within(within, &panel.name);
        let node = self.add_node(
            Rc::clone(&key),
            Some(parent),
            Body::Panel(Arc::clone(panel)),
        );
        self.containers.entry(key).or_insert(node);
        let made = &mut self.nodes[node];
        made.row = within.row;
        made.visible = panel.visible;
        made.enabled = !panel.read_only;
        made.required = panel.is_required;
        made.open = folding(panel.state);
        self.add_elements(node, &panel.elements, within);
        self.order_children(node, panel.question_order);
        node
    }

    fn key_within(&self, within: Within, name: &str) -> Key {
        match within.row {
            None => name.into(),
            Some((owner, row)) => self.row_key(owner, row, name),
        }
    }

    /// The key of something in a row: `owner[row].name`.
    pub(super) fn row_key(&self, owner: NodeId, row: usize, name: &str) -> Key {
        let label = self.row_label(owner, row);
        format!("{}[{label}].{name}", self.nodes[owner].key).into()
    }

    pub(super) fn add_question(
        &mut self,
        parent: NodeId,
        question: &Arc<Question>,
        within: Within,
    ) -> NodeId {
        let key = self.key_within(within, &question.name);
        let body = Body::Question(Arc::clone(question));
        let node = self.add_node(Rc::clone(&key), Some(parent), body);
        self.keys.entry(key).or_insert(node);
        let stored = question.value_name.as_deref().unwrap_or(&question.name);
        let has_comment = question.show_comment_area
            || choices_of(question).is_some_and(|choices| choices.other.is_some());
        let (place, comment) = if let Some((owner, _)) = within.row {
            let place = Place::Member {
                owner,
                name: stored.into(),
            };
            let comment = Place::Member {
                owner,
                name: format!("{stored}-Comment").into(),
            };
            (place, comment)
        } else if is_information(question) {
            (Place::Nowhere, Place::Nowhere)
        } else {
            let id = self.values.intern(stored);
            self.values.slot_mut(id).asked_by.push(node);
            let comment = if has_comment {
                let id = self.values.intern(&format!("{stored}-Comment"));
                self.values.slot_mut(id).asked_by.push(node);
                Place::Var(id)
            } else {
                Place::Nowhere
            };
            (Place::Var(id), comment)
        };
        let made = &mut self.nodes[node];
        made.row = within.row;
        made.visible = question.visible;
        made.enabled = !question.read_only;
        made.required = question.is_required;
        made.open = folding(question.state);
        made.place = if is_information(question) {
            Place::Nowhere
        } else {
            place
        };
        made.answer = Some(Box::new(Answering {
            comment: has_comment.then_some(comment),
            ..Answering::default()
        }));
        self.fill_question(node, question);
        node
    }

    /// What stands inside a question: fields, rows, questions below choices.
    fn fill_question(&mut self, node: NodeId, question: &Arc<Question>) {
        let seed = self.environment.seed;
        match &question.kind {
            Kind::MultipleText { items, .. } => {
                for item in items {
                    let field = self.add_field(node, item, question);
                    self.answering_mut(node).fields.push(field);
                }
            }
            Kind::Matrix { base, columns, .. } => {
                let answer = self.answering_mut(node);
                answer.items = vec![ItemStanding::default(); base.rows.len()];
                answer.columns = vec![true; columns.len()];
                if base.row_order == Order::Random {
                    answer.order = Some(permutation(seed, &question.name, base.rows.len()));
                }
            }
            Kind::MatrixDropdown { base, .. } => {
                let answer = self.answering_mut(node);
                answer.items = vec![ItemStanding::default(); base.rows.len()];
                if base.row_order == Order::Random {
                    answer.order = Some(permutation(seed, &question.name, base.rows.len()));
                }
                for _ in 0..base.rows.len() {
                    self.grow(node);
                }
            }
            Kind::Rating { .. } => {}
            _ => {
                if let Some(choices) = choices_of(question) {
                    let items = &choices.items;
                    if items
                        .iter()
                        .any(|it| it.visible_if.is_some() || it.enable_if.is_some())
                        || choices.visible_if.is_some()
                        || choices.enable_if.is_some()
                    {
                        self.answering_mut(node).items = vec![ItemStanding::default(); items.len()];
                    }
                    if choices.order == ChoiceOrder::Random {
                        self.answering_mut(node).order =
                            Some(permutation(seed, &question.name, items.len()));
                    }
                    self.add_below(node, items);
                }
            }
        }
    }

    #[inline(never)]
    fn add_below(&mut self, node: NodeId, items: &[Choice]) {
        let within = Within {
            row: self.nodes[node].row,
        };
        for (at, item) in items.iter().enumerate() {
            for element in &item.elements {
                let below = self.add_element(node, element, within);
                self.answering_mut(node).below.push((at, below));
            }
        }
    }

    #[inline(never)]
    fn add_field(&mut self, owner: NodeId, item: &TextItem, whole: &Question) -> NodeId {
        let question = Arc::new(question_of_field(item, whole));
        let key: Key = format!("{}.{}", self.nodes[owner].key, item.name).into();
        let node = self.add_node(
            Rc::clone(&key),
            Some(owner),
            Body::Question(Arc::clone(&question)),
        );
        self.keys.entry(key).or_insert(node);
        let row = self.nodes[owner].row;
        let made = &mut self.nodes[node];
        made.required = item.is_required;
        made.row = row;
        made.place = Place::Member {
            owner,
            name: item.name.as_str().into(),
        };
        made.answer = Some(Box::default());
        node
    }

    fn order_children(&mut self, node: NodeId, own: Option<Order>) {
        if own.unwrap_or(self.survey.question_order) == Order::Random {
            let children = &self.nodes[node].children;
            let order = permutation(self.environment.seed, &self.nodes[node].key, children.len());
            self.nodes[node].children = order
                .into_iter()
                .filter_map(|at| children.get(at).copied())
                .collect();
        }
    }

    /// Registers everything of a node that depends on values, and marks it for evaluation.
    pub(super) fn register(&mut self, node: NodeId) {
        let survey = Rc::clone(&self.survey);
        match self.nodes[node].body.clone() {
            Body::Page(at) => {
                if let Some(page) = survey.pages.get(at) {
                    self.register_panel(node, &page.panel);
                }
            }
            Body::Panel(panel) => self.register_panel(node, &panel),
            Body::Question(question) => self.register_question(node, &question),
        }
    }

    fn register_panel(&mut self, node: NodeId, panel: &Panel) {
        self.watch(node, What::Visible, panel.visible_if.as_ref());
        if let Some(formula) = &panel.enable_if {
            let watch = Watch {
                phase: Phase::Around,
                ..at_node(node, What::Enabled)
            };
            self.watch_formula(formula, watch, Some(node));
            self.pending.insert(watch);
        }
        self.watch(node, What::Required, panel.required_if.as_ref());
        self.watch_texts(node, &[&panel.title, &panel.description]);
    }

    fn register_question(&mut self, node: NodeId, question: &Question) {
        self.watch(node, What::Visible, question.visible_if.as_ref());
        self.watch(node, What::Enabled, question.enable_if.as_ref());
        self.watch(node, What::Required, question.required_if.as_ref());
        self.watch(
            node,
            What::Default,
            question.default_value_expression.as_ref(),
        );
        self.watch(node, What::Reset, question.reset_value_if.as_ref());
        self.watch(node, What::SetValue, question.set_value_if.as_ref());
        self.watch(node, What::SetValue, question.set_value_expression.as_ref());
        // What reads nothing, or the day, is set after every change, though with a condition not at
        // the start; anything else waits for one of the values it reads to change.
        if (self.started || question.set_value_if.is_none())
            && sets_always(question.set_value_expression.as_ref())
        {
            self.unbound.insert(at_node(node, What::SetValue));
        }
        if asks_the_day(question.reset_value_if.as_ref()) {
            self.unbound.insert(at_node(node, What::Reset));
        }
        let mut texts: Vec<&Localized> = vec![
            &question.title,
            &question.description,
            &question.comment_text,
            &question.required_error_text,
        ];
        for validator in &question.validators {
            texts.push(&validator.text);
            if let Check::Expression(formula) = &validator.check {
                self.watch(node, What::Look, Some(formula));
            }
        }
        if let Some(choices) = choices_of(question) {
            self.watch(node, What::Items, choices.visible_if.as_ref());
            self.watch(node, What::Items, choices.enable_if.as_ref());
            for item in &choices.items {
                self.watch_item(node, item, &mut texts);
            }
            self.watch_carried(node, choices);
        }
        if let Kind::Ranking { .. } = question.kind
            && let Some(root) = self.root_var(node)
        {
            self.watch_var(root, at_node(node, What::Items));
        }
        if self.has_totals(node)
            && let Some(root) = self.root_var(node)
        {
            let watch = at_node(node, What::Total);
            self.watch_var(root, watch);
            self.pending.insert(watch);
        }
        self.register_kind(node, question, &mut texts);
        self.watch_texts(node, &texts);
    }

    /// Choices taken from another question follow its answer, and what it takes its own from.
    fn watch_carried(&mut self, node: NodeId, choices: &Choices) {
        let mut from = choices.carry_forward.as_ref().map(|it| it.question.clone());
        for _ in 0..8 {
            let Some(name) = from else { return };
            let Some(source) = self.values.find(&name) else {
                return;
            };
            self.watch_var(source, at_node(node, What::Items));
            let comment = self.values.intern(&comment_name(&name));
            self.watch_var(comment, at_node(node, What::Look));
            let asked = self.question_named(&name);
            from = asked
                .and_then(|it| self.nodes[it].question())
                .and_then(|it| choices_of(it)?.carry_forward.as_ref())
                .map(|it| it.question.clone());
        }
    }

    fn watch_item<'q>(&mut self, node: NodeId, item: &'q Choice, texts: &mut Vec<&'q Localized>) {
        self.watch(node, What::Items, item.visible_if.as_ref());
        self.watch(node, What::Items, item.enable_if.as_ref());
        texts.push(&item.text);
    }

    fn register_kind<'q>(
        &mut self,
        node: NodeId,
        question: &'q Question,
        texts: &mut Vec<&'q Localized>,
    ) {
        match &question.kind {
            Kind::Text { field } => {
                self.watch(node, What::Bounds, field.min_expression.as_ref());
                self.watch(node, What::Bounds, field.max_expression.as_ref());
                texts.push(&field.placeholder);
            }
            Kind::Slider {
                min_expression,
                max_expression,
                ..
            } => {
                self.watch(node, What::Bounds, min_expression.as_ref());
                self.watch(node, What::Bounds, max_expression.as_ref());
            }
            Kind::Expression { expression, .. } => {
                self.watch(node, What::Compute, expression.as_ref());
                if reads_nothing(expression.as_ref()) {
                    self.unbound.insert(at_node(node, What::Compute));
                }
            }
            Kind::Rating { items, .. } => {
                texts.extend(items.iter().map(|item| &item.choice.text));
            }
            Kind::Matrix { base, columns, .. } => {
                self.watch(node, What::Items, base.rows_visible_if.as_ref());
                self.watch(node, What::Items, base.columns_visible_if.as_ref());
                for column in columns {
                    self.watch_item(node, column, texts);
                }
                for row in &base.rows {
                    self.watch(node, What::Items, row.visible_if.as_ref());
                    self.watch(node, What::Items, row.enable_if.as_ref());
                    texts.push(&row.text);
                }
            }
            Kind::MatrixDropdown { base, columns, .. } => {
                self.watch(node, What::Items, base.rows_visible_if.as_ref());
                for row in &base.rows {
                    self.watch(node, What::Items, row.visible_if.as_ref());
                    self.watch(node, What::Items, row.enable_if.as_ref());
                    texts.push(&row.text);
                }
                texts.extend(columns.iter().map(|column| &column.question.title));
            }
            Kind::MatrixDynamic {
                row_count_expression,
                columns,
                ..
            } => {
                self.watch(node, What::Count, row_count_expression.as_ref());
                texts.extend(columns.iter().map(|column| &column.question.title));
            }
            Kind::PanelDynamic {
                panel_count_expression,
                template_title,
                template_description,
                template_visible_if,
                ..
            } => {
                self.watch(node, What::Count, panel_count_expression.as_ref());
                self.watch(node, What::Items, template_visible_if.as_ref());
                texts.push(template_title);
                texts.push(template_description);
            }
            Kind::Html { html } => texts.push(html),
            Kind::Boolean {
                label_true,
                label_false,
                ..
            } => texts.extend([label_true, label_false]),
            _ => {}
        }
    }

    fn watch(&mut self, node: NodeId, what: What, formula: Option<&Formula>) {
        if let Some(formula) = formula
            && formula.expression.is_some()
        {
            let watch = at_node(node, what);
            self.watch_formula(formula, watch, Some(node));
            if !matches!(what, What::Look | What::SetValue | What::Reset) {
                self.pending.insert(watch);
            }
        }
    }

    fn watch_formula(&mut self, formula: &Formula, watch: Watch, node: Option<NodeId>) {
        let Some(expression) = &formula.expression else {
            return;
        };
        for name in expression.variables() {
            self.watch_name(name, watch, node);
        }
        let functions = expression.functions();
        if functions.is_empty() {
            return;
        }
        let acts = matches!(watch.what, What::SetValue | What::Reset);
        if functions.iter().any(|it| UNBOUND.contains(it)) || (!acts && expression.asks_the_day()) {
            self.unbound.insert(watch);
        }
    }

    fn watch_texts(&mut self, node: NodeId, texts: &[&Localized]) {
        for text in texts {
            for language in text.languages() {
                let mut rest = text.get(language).unwrap_or_default();
                while let Some(open) = rest.find('{') {
                    rest = &rest[open + 1..];
                    let Some(close) = rest.find('}') else { break };
                    self.watch_name(rest[..close].trim(), at_node(node, What::Look), Some(node));
                    rest = &rest[close + 1..];
                }
            }
        }
    }

    /// Registers that `watch` reads the variable `name`: every value whose name is a beginning of it.
    fn watch_name(&mut self, name: &str, watch: Watch, node: Option<NodeId>) {
        let name = name.strip_prefix('#').unwrap_or(name);
        let name = name.strip_suffix("-unwrapped").unwrap_or(name);
        if name.starts_with('$') || is_built_in(name) {
            self.unbound.insert(watch);
            return;
        }
        if let Some(node) = node
            && is_contextual(name)
        {
            if let Some(root) = self.root_var(node) {
                self.watch_var(root, watch);
            }
            // A question may have such a name too.
            if self.values.find(name).is_none() && self.nodes[node].row.is_some() {
                return;
            }
        }
        if name.bytes().any(is_seam) {
            self.watch_inside(name, watch, node);
        }
        self.watch_prefix(name, watch);
    }

    /// Registers that `watch` reads a part of a value.
    #[inline(never)]
    fn watch_inside(&mut self, name: &str, watch: Watch, node: Option<NodeId>) {
        for at in seams(name) {
            self.watch_prefix(&name[..at], watch);
        }
        // What acts looks into rows only once it is evaluated.
        if !matches!(watch.what, What::Reset | What::SetValue) {
            // So do rows of another table, which may not be shown.
            let of_rows = watch.what == What::Items
                && node
                    .and_then(|it| self.nodes[it].question())
                    .is_some_and(|it| matches!(it.kind, Kind::MatrixDropdown { .. }));
            let is_formula = watch.phase != Phase::Trigger && watch.what != What::Look && !of_rows;
            self.note_inside(name, is_formula);
        }
    }

    /// Notes which tables and groups a formula or text reads inside.
    fn note_inside(&mut self, name: &str, is_formula: bool) {
        for at in seams(name) {
            let (is_list, rest) = (name[at..].starts_with('['), &name[at + 1..]);
            let is_place = is_list && rest.starts_with(|it: char| it.is_ascii_digit());
            if let Some(id) = self.values.find(&name[..at]) {
                let slot = self.values.slot_mut(id);
                slot.is_indexed |= is_place;
                slot.is_read_by_place |= is_place && is_formula;
                slot.is_read_by_name |= !is_list && rest.contains('.') && is_formula;
            }
        }
    }

    /// The same, of a formula that is evaluated only now.
    pub(super) fn note_read(&mut self, formula: &Formula) {
        for name in formula.expression.iter().flat_map(|it| it.variables()) {
            self.note_inside(name, true);
        }
    }

    fn watch_prefix(&mut self, name: &str, watch: Watch) -> VarId {
        let id = match self.values.find(name) {
            Some(id) => id,
            None => self.values.intern(name),
        };
        self.watch_var(id, watch);
        id
    }

    fn watch_var(&mut self, id: VarId, watch: Watch) {
        let watchers = &mut self.values.slot_mut(id).watchers;
        if watchers.last() != Some(&watch) {
            watchers.push(watch);
        }
    }
}

/// True for an expression without a variable: it is evaluated after every change.
fn reads_nothing(formula: Option<&Formula>) -> bool {
    formula
        .and_then(|it| it.expression.as_ref())
        .is_some_and(|it| it.variables().is_empty())
}

/// True for what is set whatever changes.
pub(super) fn sets_always(formula: Option<&Formula>) -> bool {
    reads_nothing(formula) || asks_the_day(formula)
}

fn is_seam(letter: u8) -> bool {
    matches!(letter, b'.' | b'[')
}

/// Where the parts of a name begin.
fn seams(name: &str) -> impl Iterator<Item = usize> {
    let letters = name.bytes().enumerate();
    letters.filter(|(_, it)| is_seam(*it)).map(|(at, _)| at)
}

/// True for an expression that asks for the day: as in the reference, it is evaluated after every
/// change.
pub(super) fn asks_the_day(formula: Option<&Formula>) -> bool {
    formula
        .and_then(|it| it.expression.as_ref())
        .is_some_and(Expression::asks_the_day)
}

/// Where elements are being added.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Within {
    /// The question with rows, and the row.
    pub(super) row: Option<(NodeId, usize)>,
}

fn comment_name(name: &str) -> String {
    let mut comment = String::from(name);
    comment.push_str("-Comment");
    comment
}

pub(super) fn at_node(node: NodeId, what: What) -> Watch {
    Watch {
        phase: Phase::Node,
        index: node,
        what,
    }
}

fn folding(state: PanelState) -> Option<bool> {
    match state {
        PanelState::Default => None,
        PanelState::Collapsed => Some(false),
        PanelState::Expanded => Some(true),
    }
}

/// Names that mean something inside a row or panel.
pub(super) fn is_contextual(name: &str) -> bool {
    const CONTEXTS: [&str; 13] = [
        "panel.",
        "prevpanel.",
        "nextpanel.",
        "parentpanel.",
        "row.",
        "prevrow.",
        "nextrow.",
        "totalrow.",
        "panelindex",
        "visiblepanelindex",
        "rowindex",
        "visiblerowindex",
        "row",
    ];
    CONTEXTS.iter().any(|context| {
        name.get(..context.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(context))
    })
}

fn is_built_in(name: &str) -> bool {
    const BUILT_IN: [&str; 6] = [
        "pageno",
        "pagecount",
        "locale",
        "correctanswers",
        "incorrectanswers",
        "questioncount",
    ];
    BUILT_IN.iter().any(|it| it.eq_ignore_ascii_case(name))
}

/// A field of a `multipletext` as a question of its own.
pub(super) fn question_of_field(item: &TextItem, whole: &Question) -> Question {
    Question {
        title: item.title.clone(),
        is_required: item.is_required,
        required_error_text: item.required_error_text.clone(),
        default_value_expression: item.default_value_expression.clone(),
        validators: item.validators.clone(),
        kind: Kind::Text {
            field: item.clone(),
        },
        ..plain_question(&item.name, whole)
    }
}

/// A question without anything of its own but the name.
#[inline(never)]
fn plain_question(name: &str, like: &Question) -> Question {
    let kind = Kind::Comment {
        rows: 1,
        max_length: None,
        placeholder: Localized::default(),
        accept_carriage_return: true,
    };
    Question {
        title_location: like.title_location,
        use_display_values: like.use_display_values,
        kuuluu: like.kuuluu.clone(),
        ..Question::plain(name.to_owned(), kind)
    }
}
