//! How a change spreads: along the watchers of what changed, and no further.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use json::Value;

use super::build::at_node;
use super::offer::drop_exclusive;
use super::reaction::of_own_row;
use super::rows::as_number;
use super::tree::{Body, NodeId, Phase, Place, Standing, Watch, What, choices_of, is_multiple};
use super::values::{VarId, same};
use super::{Origin, Session};
use crate::definition::{ClearInvisible, Formula, Kind, Page, Panel, Question, Survey};
use crate::expression::{Outcome, fixed, lookup};
use crate::session::sight::Sight;

/// Formulas that keep changing each other stop after this many rounds, as in the reference.
pub(super) const ROUNDS: usize = 10;

/// So often triggers run because of each other.
const TRIGGERED: usize = 3;

impl Session {
    /// Evaluates everything that depends on what has changed, until nothing changes any more.
    pub(super) fn settle(&mut self) {
        let mut pending = std::mem::take(&mut self.pending);
        let mut triggered = 0;
        for _ in 0..ROUNDS {
            let mut next = BTreeSet::new();
            self.spread(None, &mut pending, &mut next);
            if pending.is_empty() {
                break;
            }
            triggered += usize::from(pending.last().is_some_and(|it| it.phase == Phase::Trigger));
            while let Some(watch) = pending.pop_first() {
                if watch.phase == Phase::Trigger && triggered > TRIGGERED {
                    continue;
                }
                self.evaluate(watch);
                self.spread(Some(watch), &mut pending, &mut next);
            }
            pending = next;
        }
        self.dirty.clear();
    }

    /// Sorts the watchers of changed values into this round and the next.
    fn spread(
        &mut self,
        after: Option<Watch>,
        pending: &mut BTreeSet<Watch>,
        next: &mut BTreeSet<Watch>,
    ) {
        if self.dirty.is_empty() && self.pending.is_empty() {
            return;
        }
        let values_changed = !self.dirty.is_empty();
        let survey = Rc::clone(&self.survey);
        let mut add = |watch: Watch| {
            if after.is_none_or(|after| watch > after) {
                pending.insert(watch);
            } else {
                next.insert(watch);
            }
        };
        for (var, old) in std::mem::take(&mut self.dirty) {
            let slot = self.values.slot(var);
            for &watch in &slot.watchers {
                if self.is_concerned(
                    &survey,
                    watch,
                    &slot.name,
                    old.as_ref(),
                    slot.value.as_ref(),
                ) {
                    add(watch);
                }
            }
        }
        self.whole = None;
        if values_changed {
            self.unbound.iter().copied().for_each(&mut add);
        }
        for watch in std::mem::take(&mut self.pending) {
            add(watch);
        }
    }

    pub(super) fn evaluate(&mut self, watch: Watch) {
        let survey = Rc::clone(&self.survey);
        if self.origin == Origin::Draft && is_act(watch) {
            return;
        }
        match watch.phase {
            Phase::Showing | Phase::Trigger if survey.read_only => {}
            Phase::Showing | Phase::Trigger => self.run_trigger(&survey, watch.index),
            Phase::Calculated => self.calculate(&survey, watch.index),
            Phase::Node | Phase::Around => {
                if self.nodes.get(watch.index).is_some_and(|node| node.alive) {
                    self.evaluate_node(&survey, watch.index, watch.what);
                }
            }
        }
    }

    #[inline(never)]
    fn calculate(&mut self, survey: &Survey, index: usize) {
        if let Some(calculated) = survey.calculated_values.get(index)
            && let Some(&id) = self.calculated.get(index)
        {
            let value = self.result(&calculated.expression, None);
            self.set_var(id, value);
        }
    }

    /// The value of a formula; `None` if it has none or does not parse.
    pub(super) fn result(&self, formula: &Formula, node: Option<NodeId>) -> Option<Value> {
        let scope = Sight {
            session: self,
            node,
            item: None,
        };
        match formula.expression.as_ref()?.evaluate(&scope) {
            Outcome::Undefined | Outcome::Value(Value::Null) => None,
            Outcome::Value(value) => Some(value),
        }
    }

    fn evaluate_node(&mut self, survey: &Survey, node: NodeId, what: What) {
        match self.nodes[node].body.clone() {
            Body::Page(at) => {
                if let Some(Page { panel, .. }) = survey.pages.get(at) {
                    self.evaluate_panel(node, panel, what);
                }
            }
            Body::Panel(panel) => self.evaluate_panel(node, &panel, what),
            Body::Question(question) => self.evaluate_question(node, &question, what),
        }
    }

    #[inline(never)]
    fn evaluate_panel(&mut self, node: NodeId, panel: &Panel, what: What) {
        match what {
            What::Visible => self.evaluate_visible(node, panel.visible_if.as_ref()),
            What::Enabled => self.evaluate_enabled(node, panel.enable_if.as_ref()),
            What::Required => self.evaluate_required(node, panel.required_if.as_ref()),
            _ => self.touch(node),
        }
    }

    fn evaluate_question(&mut self, node: NodeId, question: &Arc<Question>, what: What) {
        match what {
            What::Visible => self.evaluate_visible(node, question.visible_if.as_ref()),
            What::Enabled => self.evaluate_enabled(node, question.enable_if.as_ref()),
            What::Required => self.evaluate_required(node, question.required_if.as_ref()),
            What::Items => self.evaluate_items(node, question),
            What::Bounds => self.evaluate_bounds(node, question),
            What::Count => self.evaluate_count(node, question, None),
            What::Reset => {
                let Some(formula) = &question.reset_value_if else {
                    return;
                };
                if self.value(node).is_none() {
                    return;
                }
                self.note_read(formula);
                if holds(formula, self.see(node)) == Some(true) {
                    self.put(node, question.default_value.clone());
                    self.clear_comment(node);
                    // What is computed then is not followed any more.
                    self.answering_mut(node).touched = question.default_value_expression.is_some();
                    if let Some(formula) = &question.default_value_expression {
                        let value = self.answer_from(formula, node);
                        self.put(node, value);
                    }
                }
            }
            What::Total => self.evaluate_totals(node),
            What::SetValue => self.evaluate_set_value(node, question),
            What::Default => {
                if let Some(formula) = &question.default_value_expression
                    && !self.answering(node).is_none_or(|it| it.touched)
                    && !((self.started || !self.nodes[node].visible)
                        && self.clears_hidden(node, question))
                {
                    let value = self.answer_from(formula, node);
                    if self.value(node).is_none()
                        || value.as_ref().is_none_or(|it| self.is_within(node, it))
                    {
                        self.put(node, value);
                    }
                }
            }
            What::Compute => {
                if let Kind::Expression {
                    expression: Some(formula),
                    format,
                } = &question.kind
                    && self.is_enabled(node)
                    && !self.waits_to_compute(node)
                {
                    let mut value = self.result(formula, Some(node));
                    if let (Some(Value::Number(number)), Some(digits)) =
                        (&mut value, format.precision)
                    {
                        *number = fixed(*number, usize::try_from(digits).unwrap_or(100));
                    }
                    self.put(node, value);
                }
            }
            What::All | What::Look => self.touch(node),
        }
    }

    /// Whether a number lies within the bounds of its field; anything else does.
    pub(super) fn is_within(&self, node: NodeId, value: &Value) -> bool {
        let (min, max) = self.bounds(node);
        let bound = |it: &Option<Value>| it.as_ref().and_then(as_number);
        let Some(number) = as_number(value) else {
            return true;
        };
        bound(&min).is_none_or(|it| number >= it) && bound(&max).is_none_or(|it| number <= it)
    }

    #[inline(never)]
    fn evaluate_set_value(&mut self, node: NodeId, question: &Question) {
        if let Some(condition) = &question.set_value_if {
            self.note_read(condition);
            if holds(condition, self.see(node)) != Some(true) {
                return;
            }
        }
        if let Some(formula) = &question.set_value_expression {
            self.note_read(formula);
        }
        if self.waits_to_compute(node) {
            return;
        }
        let value = question
            .set_value_expression
            .as_ref()
            .and_then(|formula| self.answer_from(formula, node));
        if value.as_ref().is_none_or(|it| self.is_within(node, it)) && self.put(node, value) {
            // It does not follow its default any more.
            self.answering_mut(node).touched |= question.default_value_expression.is_some();
        }
    }

    fn evaluate_visible(&mut self, node: NodeId, formula: Option<&Formula>) {
        if let Some(formula) = formula
            && let Some(visible) = holds(formula, self.see(node))
        {
            self.set_visible(node, visible);
        }
    }

    /// Shows or hides a node; a hidden one may lose its answer at once.
    pub(super) fn set_visible(&mut self, node: NodeId, visible: bool) {
        if self.nodes[node].visible == visible {
            return;
        }
        self.nodes[node].visible = visible;
        self.changed.outline = true;
        self.touch(node);
        self.touch_owner(node);
        if visible {
            self.show_defaults(node);
        } else {
            self.watch_totals(node);
            self.clear_hidden(node);
        }
    }

    /// Totals of tables that are hidden now have no computed cells any more.
    #[inline(never)]
    fn watch_totals(&mut self, node: NodeId) {
        let mut stack = vec![node];
        while let Some(at) = stack.pop() {
            stack.extend(&self.nodes[at].children);
            if self.has_totals(at) {
                self.pending.insert(at_node(at, What::Total));
            }
        }
    }

    /// Where hiding clears, and with a page or panel as a whole, showing brings the default back; a
    /// table gets its own when it is shown.
    fn show_defaults(&mut self, node: NodeId) {
        let brings_back = self.started && self.nodes[node].question().is_none();
        let mut stack = vec![node];
        while let Some(at) = stack.pop() {
            stack.extend(&self.nodes[at].children);
            let Some(question) = self.nodes[at].question() else {
                continue;
            };
            let mode = self.when_hidden(question);
            let clears = matches!(
                mode,
                ClearInvisible::OnHidden | ClearInvisible::OnHiddenContainer
            );
            if (clears || brings_back) && self.is_shown(at) && self.origin != Origin::Draft {
                self.set_default(at);
                if clears && self.value(at).is_none() {
                    for what in [What::Default, What::Compute] {
                        self.pending.insert(at_node(at, what));
                    }
                }
                // Rows that a formula reads have been made before: with what is around them, they
                // are cleared for good.
                if clears
                    && self.is_list_node(at)
                    && self.value(at).is_none()
                    && (at == node || !self.is_read_inside(at))
                {
                    self.start_rows(at);
                    for row in 0..self.answering(at).map_or(0, |it| it.rows.len()) {
                        self.default_row(at, row);
                    }
                }
            }
            if !self.started || !self.is_shown(at) {
                continue;
            }
            self.start_late(at);
            self.set_cells(at);
            if self.is_panels(at)
                && !self.is_reached(at)
                && !self.is_read_inside(at)
                && self.value(at).is_some()
                && self.origin != Origin::Draft
            {
                for row in 0..self.answering(at).map_or(0, |it| it.rows.len()) {
                    self.default_row(at, row);
                    let inside = self.row_nodes(at, row).into_iter();
                    self.pending
                        .extend(inside.map(|it| at_node(it, What::Compute)));
                }
            }
            if !self.columns(at).is_empty() {
                self.draw_table(at);
                // One that formulas read inside had its defaults at the start.
                if !self.is_read_inside(at) {
                    self.default_cells(at);
                }
                self.pending.insert(at_node(at, What::Total));
            }
        }
    }

    /// What is set from other cells is set once its table or group is shown.
    #[inline(never)]
    fn set_cells(&mut self, owner: NodeId) {
        if self.was_made(owner) {
            return;
        }
        for row in 0..self.answering(owner).map_or(0, |it| it.rows.len()) {
            for inside in self.row_nodes(owner, row) {
                let question = self.nodes[inside].question();
                let formula = question.and_then(|it| it.set_value_expression.as_ref());
                if self.value(inside).is_none()
                    && let Some(expression) = formula.and_then(|it| it.expression.as_ref())
                    && let Some(Value::Object(cells)) = self.row_value(owner, row)
                    && expression
                        .variables()
                        .iter()
                        .any(|it| of_own_row(it).is_some_and(|it| lookup(cells, it).is_some()))
                {
                    self.pending.insert(at_node(inside, What::SetValue));
                }
            }
        }
    }

    /// A question that is hidden and loses its answer when it is: defaults do not change there.
    fn clears_hidden(&self, node: NodeId, question: &Question) -> bool {
        self.when_hidden(question) == ClearInvisible::OnHidden && !self.is_shown(node)
    }

    pub(super) fn when_hidden(&self, question: &Question) -> ClearInvisible {
        let own = question.clear_if_invisible;
        own.unwrap_or(self.survey.clear_invisible_values)
    }

    /// Clears answers where the survey says that hiding clears.
    #[inline(never)]
    pub(super) fn clear_hidden(&mut self, node: NodeId) {
        if self.origin == Origin::Draft {
            return;
        }
        if let Some((owner, row)) = self.nodes[node].row
            && let Origin::Named(of, from) = self.origin
            && ((of == owner && row >= from)
                || (!self.columns(owner).is_empty() && !self.is_read_inside(owner)))
        {
            // What came hidden keeps its answer, as does a cell that was never seen.
            return;
        }
        let mut stack = vec![(node, true)];
        while let Some((at, itself)) = stack.pop() {
            stack.extend(self.nodes[at].children.iter().map(|&child| (child, false)));
            let Some(question) = self.nodes[at].question().cloned() else {
                continue;
            };
            let mode = self.when_hidden(&question);
            let clears = match mode {
                ClearInvisible::OnHidden => itself,
                ClearInvisible::OnHiddenContainer => true,
                ClearInvisible::None | ClearInvisible::OnComplete => false,
            };
            if clears {
                self.put(at, None);
                self.clear_comment(at);
            }
        }
    }

    fn evaluate_enabled(&mut self, node: NodeId, formula: Option<&Formula>) {
        if let Some(formula) = formula
            && let Some(enabled) = holds(formula, self.see(node))
            && self.nodes[node].enabled != enabled
        {
            self.nodes[node].enabled = enabled;
            let mut stack = vec![node];
            while let Some(at) = stack.pop() {
                self.touch(at);
                // As in the reference, a table is made for that, as it is for a formula.
                if !self.columns(at).is_empty()
                    && let Some(root) = self.root_var(at)
                {
                    let slot = self.values.slot_mut(root);
                    slot.is_read_by_place = true;
                    slot.is_read_by_name = true;
                    if enabled {
                        self.draw_table(at);
                    }
                }
                stack.extend(self.nodes[at].children.iter());
                stack.extend(self.inner(at));
            }
        }
    }

    fn evaluate_required(&mut self, node: NodeId, formula: Option<&Formula>) {
        if let Some(formula) = formula
            && let Some(required) = holds(formula, self.see(node))
            && self.nodes[node].required != required
        {
            self.nodes[node].required = required;
            self.touch(node);
        }
    }

    /// Conditions of choices, rows and columns, and choices taken from elsewhere.
    fn evaluate_items(&mut self, node: NodeId, question: &Question) {
        let (items, columns) = self.standings(node, question);
        let answer = self.answering(node);
        let rows_changed = answer.is_some_and(|it| it.items != items || it.columns != columns);
        let hidden: Vec<usize> = answer
            .map(|it| it.items.iter().zip(&items).enumerate())
            .into_iter()
            .flatten()
            .filter(|(_, (old, new))| old.visible && !new.visible)
            .map(|(at, _)| at)
            .collect();
        if rows_changed {
            let answer = self.answering_mut(node);
            answer.items = items;
            answer.columns = columns;
        }
        if let Kind::MatrixDropdown { .. } = question.kind {
            let answer = self.answering_mut(node);
            for (row, standing) in answer.rows.iter_mut().zip(&answer.items) {
                row.visible = standing.visible;
            }
            if rows_changed && self.has_totals(node) {
                self.pending.insert(at_node(node, What::Total));
            }
        }
        if let Kind::PanelDynamic {
            template_visible_if: Some(formula),
            ..
        } = &question.kind
        {
            for row in 0..self.answering(node).map_or(0, |it| it.rows.len()) {
                let inside = self.first_in_row(node, row);
                let visible = inside.and_then(|inside| holds(formula, self.see(inside)));
                if let (Some(visible), Some(it)) =
                    (visible, self.answering_mut(node).rows.get_mut(row))
                {
                    it.visible = visible;
                }
            }
        }
        self.touch(node);
        // A draft's answers are as they were left.
        if self.origin == Origin::Draft {
            return;
        }
        if matches!(
            question.kind,
            Kind::Ranking {
                select_to_rank: false,
                ..
            }
        ) {
            self.rank_all(node);
        } else {
            self.drop_hidden_choices(node, question, &hidden, rows_changed);
        }
        let hides_without = match &question.kind {
            Kind::Matrix { base, .. } | Kind::MatrixDropdown { base, .. } => {
                base.hide_if_rows_empty
            }
            _ => choices_of(question).is_some_and(|it| it.hide_if_empty),
        };
        if hides_without {
            self.changed.outline = true;
        }
    }

    fn standings(&self, node: NodeId, question: &Question) -> (Vec<Standing>, Vec<bool>) {
        let test = |formula: Option<&Formula>, all: Option<&Formula>, item: &Value| {
            let scope = Sight {
                session: self,
                node: Some(node),
                item: Some(item),
            };
            formula
                .or(all)
                .is_none_or(|it| holds(it, scope) != Some(false))
        };
        match &question.kind {
            Kind::Matrix { base, columns, .. } => (
                base.rows
                    .iter()
                    .map(|row| Standing {
                        visible: test(
                            row.visible_if.as_ref(),
                            base.rows_visible_if.as_ref(),
                            &row.value,
                        ),
                        enabled: test(row.enable_if.as_ref(), None, &row.value),
                    })
                    .collect(),
                columns
                    .iter()
                    .map(|column| {
                        test(
                            column.visible_if.as_ref(),
                            base.columns_visible_if.as_ref(),
                            &column.value,
                        )
                    })
                    .collect(),
            ),
            Kind::MatrixDropdown { base, .. } => (
                base.rows
                    .iter()
                    .map(|row| Standing {
                        visible: test(
                            row.visible_if.as_ref(),
                            base.rows_visible_if.as_ref(),
                            &row.value,
                        ),
                        enabled: test(row.enable_if.as_ref(), None, &row.value),
                    })
                    .collect(),
                Vec::new(),
            ),
            _ => {
                let Some(choices) = choices_of(question) else {
                    return (Vec::new(), Vec::new());
                };
                let items = choices
                    .items
                    .iter()
                    .map(|item| Standing {
                        visible: test(
                            item.visible_if.as_ref(),
                            choices.visible_if.as_ref(),
                            &item.value,
                        ),
                        enabled: test(
                            item.enable_if.as_ref(),
                            choices.enable_if.as_ref(),
                            &item.value,
                        ),
                    })
                    .collect();
                (items, Vec::new())
            }
        }
    }

    #[inline(never)]
    fn evaluate_bounds(&mut self, node: NodeId, question: &Question) {
        let (least, greatest) = match &question.kind {
            Kind::Text { field } => (&field.min_expression, &field.max_expression),
            Kind::Slider {
                min_expression,
                max_expression,
                ..
            } => (min_expression, max_expression),
            _ => return,
        };
        let compute =
            |formula: &Option<Formula>| formula.as_ref().and_then(|it| self.result(it, Some(node)));
        let (min, max) = (compute(least), compute(greatest));
        let answer = self.answering_mut(node);
        answer.min = min;
        answer.max = max;
        self.touch(node);
    }

    #[inline(never)]
    pub(super) fn evaluate_count(
        &mut self,
        node: NodeId,
        question: &Question,
        otherwise: Option<f64>,
    ) {
        let (Kind::MatrixDynamic {
            row_count_expression: Some(formula),
            min_rows: least,
            max_rows: greatest,
            ..
        }
        | Kind::PanelDynamic {
            panel_count_expression: Some(formula),
            min_panels: least,
            max_panels: greatest,
            ..
        }) = &question.kind
        else {
            return;
        };
        let value = self.result(formula, Some(node));
        let Some(number) = value.map_or(otherwise, |it| Some(as_number(&it).unwrap_or(0.0))) else {
            return;
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped between the two limits"
        )]
        let count = number.clamp(f64::from(*least), f64::from((*greatest).max(*least))) as usize;
        // Panels that nobody has seen yet are not taken away before they are counted.
        let is_unseen = otherwise.is_some() && self.is_panels(node) && !self.is_reached(node);
        if count > 0 || !is_unseen {
            self.set_row_count(node, count);
        }
    }

    /// An answer that is not offered any more is taken away; among several, it comes back when it
    /// is offered again.
    #[inline(never)]
    pub(super) fn drop_hidden_choices(
        &mut self,
        node: NodeId,
        question: &Question,
        hidden: &[usize],
        is_changed: bool,
    ) {
        let Some(choices) = choices_of(question) else {
            return;
        };
        let chosen = self.chosen(node);
        let away = self.answering(node).map_or(0, |it| it.away.len());
        if chosen.is_empty() && away == 0 {
            return;
        }
        let offered: Vec<Value> = self
            .offers(node)
            .into_iter()
            .map(|it| it.value.into_owned())
            .collect();
        let property = self.value_property(node).map(str::to_owned);
        let bare = |value: &Value| match &property {
            Some(name) => value.get(name).cloned().unwrap_or(Value::Null),
            None => value.clone(),
        };
        let is_offered = |value: &Value| offered.iter().any(|it| same(it, &bare(value)));
        // Where other choices are offered than before, nothing else stays either.
        let is_changed = is_changed && choices.other.is_none();
        let is_hidden = |value: &Value| {
            (is_changed && !is_offered(value))
                || hidden
                    .iter()
                    .filter_map(|&at| choices.items.get(at))
                    .any(|it| same(&it.value, &bare(value)))
        };
        let (mut kept, gone): (Vec<Value>, Vec<Value>) = chosen.into_iter().partition(|value| {
            if choices.carry_forward.is_some() {
                is_offered(value)
            } else {
                !is_hidden(value)
            }
        });
        if !is_multiple(question) {
            if !gone.is_empty() {
                self.put(node, None);
            }
            return;
        }
        let mut away = self
            .answering(node)
            .map(|it| it.away.clone())
            .unwrap_or_default();
        let before = kept.len();
        for value in &offered {
            if let Some(at) = away.iter().position(|it| same(&bare(it), value)) {
                kept.push(away.remove(at));
            }
        }
        if gone.is_empty() && kept.len() == before {
            return;
        }
        away.extend(gone);
        self.keep_chosen(node, kept, away);
    }

    /// Leaves these of the chosen things in the answer; the others come back once they are offered.
    /// As in the reference, what stands alone goes where it stood beside others.
    pub(super) fn keep_chosen(&mut self, node: NodeId, mut kept: Vec<Value>, away: Vec<Value>) {
        drop_exclusive(&self.offers(node), &mut kept);
        self.put(node, Some(Value::List(kept)));
        self.answering_mut(node).away = away;
    }

    /// A ranking ranks everything that is offered: what is new comes last.
    #[inline(never)]
    fn rank_all(&mut self, node: NodeId) {
        let chosen = self.chosen(node);
        if chosen.is_empty() {
            return;
        }
        let mut offered: Vec<Value> = self
            .offers(node)
            .into_iter()
            .map(|it| it.value.into_owned())
            .collect();
        let mut ranked: Vec<Value> = Vec::with_capacity(offered.len());
        for value in chosen {
            if let Some(at) = offered.iter().position(|it| same(it, &value)) {
                ranked.push(offered.remove(at));
            }
        }
        ranked.append(&mut offered);
        self.put(node, Some(Value::List(ranked)));
    }

    /// Totals are stored beside the table, as `name-total`: in a panel once they change, as in the
    /// reference.
    #[inline(never)]
    fn evaluate_totals(&mut self, node: NodeId) {
        let totals = self.totals_of(node);
        let row = self.nodes[node].row;
        let place = match &self.nodes[node].place {
            Place::Var(id) => {
                let name = total_name(&self.values.slot(*id).name);
                Place::Var(self.values.intern(&name))
            }
            Place::Member { owner, name } if !self.waits_to_compute(node) => Place::Member {
                owner: *owner,
                name: total_name(name).into(),
            },
            _ => return,
        };
        let answer = self.answering_mut(node);
        let is_known = row.is_some() && answer.total.as_ref() == Some(&totals);
        answer.total = Some(totals.clone());
        if !is_known && (row.is_none() || self.origin != Origin::Draft) {
            self.put_at(&place, row, Some(totals));
        }
        self.touch(node);
    }

    pub(super) fn totals_of(&self, node: NodeId) -> Value {
        let names = self.columns(node).iter().map(|it| &it.question.name);
        let totals = names.filter_map(|it| Some((it.clone(), self.total_of(node, it)?)));
        Value::Object(totals.collect())
    }

    /// Stores a named value and lets the change spread.
    pub(super) fn set_var(&mut self, id: VarId, value: Option<Value>) -> bool {
        if let (Some(old), Some(new)) = (self.values.get(id), &value)
            && std::mem::discriminant(old) == std::mem::discriminant(new)
            && !matches!(new, Value::List(_))
            && old != new
            && same(old, new)
        {
            return false;
        }
        self.store(id, value)
    }

    /// Stores a named value in another form, too.
    pub(super) fn store(&mut self, id: VarId, value: Option<Value>) -> bool {
        let old = self.values.get(id).cloned();
        let changed = self.values.set(id, value);
        if changed {
            self.dirty.push((id, old));
        }
        changed
    }
}

fn total_name(name: &str) -> String {
    [name, "-total"].concat()
}

/// Whether it writes answers or counts rows, and does not only compute what follows from answers.
fn is_act(watch: Watch) -> bool {
    watch.phase == Phase::Trigger
        || matches!(
            watch.what,
            What::Reset | What::SetValue | What::Default | What::Count
        )
}

/// Whether a condition is true; `None` if it does not parse.
pub(super) fn holds(formula: &Formula, scope: Sight<'_>) -> Option<bool> {
    Some(formula.expression.as_ref()?.is_true(&scope))
}
