//! Pages: which are there, where the respondent is, and what blocks the way on.

use std::rc::Rc;

use super::event::{Changed, Key};
use super::settle::holds;
use super::tree::{Body, NodeId, is_information};
use super::view::{Item, Outline, Progress, Stage};
use super::{Screen, Session};
use crate::definition::{CheckErrors, ProgressBy, TriggerKind};
use crate::localized::Localized;
use crate::text::RichText;

impl Session {
    /// Visible by its own conditions, whatever its surroundings; a page or panel also needs
    /// something visible inside.
    pub(super) fn is_visible(&self, id: NodeId) -> bool {
        let node = &self.nodes[id];
        if !node.alive || !node.visible {
            return false;
        }
        match node.body {
            Body::Question(_) => !self.is_without_items(id),
            Body::Page(_) | Body::Panel(_) => {
                node.children.iter().any(|&child| self.is_visible(child))
            }
        }
    }

    /// Visible, and so is everything around it.
    pub(super) fn is_shown(&self, id: NodeId) -> bool {
        if !self.is_visible(id) {
            return false;
        }
        let mut at = id;
        while let Some(parent) = self.nodes[at].parent {
            let above = &self.nodes[parent];
            let stands = match &above.body {
                Body::Page(_) | Body::Panel(_) => above.visible,
                Body::Question(_) => {
                    self.is_visible(parent) && self.shown_inside(parent).contains(&at)
                }
            };
            if !stands {
                return false;
            }
            at = parent;
        }
        true
    }

    /// Can be changed: neither it nor anything around it is read only.
    pub(super) fn is_enabled(&self, id: NodeId) -> bool {
        if self.survey.read_only {
            return false;
        }
        let mut at = Some(id);
        while let Some(id) = at {
            if !self.nodes[id].enabled {
                return false;
            }
            at = self.nodes[id].parent;
        }
        true
    }

    /// Meant to be read only: itself, or what it stands in.
    pub(super) fn is_read_only(&self, id: NodeId) -> bool {
        let mut at = Some(id);
        while let Some(id) = at {
            let node = &self.nodes[id];
            let own = match &node.body {
                Body::Page(page) => self
                    .survey
                    .pages
                    .get(*page)
                    .is_some_and(|it| it.panel.read_only),
                Body::Panel(panel) => panel.read_only,
                Body::Question(question) => question.read_only,
            };
            if own {
                return true;
            }
            at = node.parent;
        }
        self.survey.read_only
    }

    /// Top-level nodes of a screen.
    fn screen_nodes(&self, screen: Screen) -> Vec<NodeId> {
        match screen {
            Screen::Page(page) => self.nodes[page].children.clone(),
            Screen::Whole => self.pages.clone(),
            Screen::Question(question) => vec![question],
        }
    }

    fn is_screen_visible(&self, screen: Screen) -> bool {
        match screen {
            Screen::Page(page) => self.is_visible(page),
            Screen::Whole => self.pages.iter().any(|&page| self.is_visible(page)),
            Screen::Question(question) => self.is_shown(question),
        }
    }

    /// Places of the screens visible now.
    fn visible_screens(&self) -> Vec<usize> {
        (0..self.screens.len())
            .filter(|&at| self.is_screen_visible(self.screens[at]))
            .collect()
    }

    fn screen_key(&self, screen: Screen) -> Key {
        match screen {
            Screen::Page(node) | Screen::Question(node) => Rc::clone(&self.nodes[node].key),
            Screen::Whole => self
                .pages
                .first()
                .map_or_else(|| "".into(), |&page| Rc::clone(&self.nodes[page].key)),
        }
    }

    fn page_of(&self, node: NodeId) -> Option<usize> {
        let mut at = node;
        loop {
            if let Body::Page(page) = self.nodes[at].body {
                return Some(page);
            }
            at = self.nodes[at].parent?;
        }
    }

    /// Whether the respondent has come to the page of a node.
    pub(super) fn is_reached(&self, node: NodeId) -> bool {
        self.screen_with(node)
            .is_some_and(|screen| (self.first..=self.at).contains(&screen))
    }

    /// The first visible screen, where a session starts. Where there is none, none is reached.
    pub(super) fn go_to_start(&mut self) {
        let first = self.visible_screens().first().copied();
        self.at = first.unwrap_or(0);
        self.first = first.unwrap_or(usize::MAX);
    }

    pub(super) fn structure(&self) -> Outline {
        let Some(&screen) = self.screens.get(self.at) else {
            return Outline::default();
        };
        let screens = self.visible_screens();
        let (title, description) = self.screen_texts(screen);
        let items = match screen {
            Screen::Whole => self
                .pages
                .iter()
                .filter(|&&page| self.is_visible(page))
                .map(|&page| {
                    let node = &self.nodes[page];
                    Item::Panel(Rc::clone(&node.key), self.items_of(&node.children))
                })
                .collect(),
            _ => self.items_of(&self.screen_nodes(screen)),
        };
        Outline {
            stage: self.stage.clone(),
            page: Some(self.screen_key(screen)),
            title,
            description,
            items,
            progress: self.progress(),
            can_go_back: match self.stage {
                Stage::Page => screens.first().is_some_and(|&first| first < self.at),
                Stage::Review => true,
                Stage::Completed => false,
            },
            is_last: screens.last().is_none_or(|&last| last <= self.at) || self.ends_here(),
        }
    }

    fn screen_texts(&self, screen: Screen) -> (RichText, RichText) {
        let empty = (RichText::default(), RichText::default());
        let page = match screen {
            Screen::Page(node) | Screen::Question(node) => self.page_of(node),
            Screen::Whole => None,
        };
        let Some(page) = page.and_then(|at| self.survey.pages.get(at)) else {
            return empty;
        };
        let text = |text: &Localized| self.rich(text, None);
        if !self.survey.show_page_titles {
            return empty;
        }
        (text(&page.panel.title), text(&page.panel.description))
    }

    pub(super) fn progress(&self) -> Progress {
        let screens = self.visible_screens();
        let mut progress = Progress {
            page: screens.iter().filter(|&&at| at <= self.at).count(),
            pages: screens.len(),
            ..Progress::default()
        };
        let required_only = self.survey.progress_bar_type == ProgressBy::RequiredQuestions;
        for &page in &self.pages {
            if self.nodes[page].visible {
                self.count(page, required_only, &mut progress);
            }
        }
        progress
    }

    fn count(&self, id: NodeId, required_only: bool, progress: &mut Progress) {
        for &child in &self.nodes[id].children {
            let node = &self.nodes[child];
            if !node.visible {
                continue;
            }
            match &node.body {
                Body::Question(question) => {
                    let counts = !is_information(question)
                        && !matches!(question.kind, crate::definition::Kind::Expression { .. })
                        && (!required_only || node.required);
                    if counts && !self.is_without_items(child) {
                        progress.questions += 1;
                        if self.value(child).is_some() {
                            progress.answered += 1;
                        }
                    }
                }
                _ => self.count(child, required_only, progress),
            }
        }
    }

    /// Nodes of a screen that block, in page order.
    fn blocking_on(&self, at: usize) -> Vec<NodeId> {
        let mut blocking = Vec::new();
        if let Some(&screen) = self.screens.get(at) {
            for node in self.screen_nodes(screen) {
                self.blocking(node, &mut blocking);
            }
        }
        blocking
    }

    /// Shows the messages of everything on a screen.
    fn show_messages(&mut self, at: usize) {
        let Some(&screen) = self.screens.get(at) else {
            return;
        };
        let mut stack = self.screen_nodes(screen);
        while let Some(node) = stack.pop() {
            if !self.is_visible(node) {
                continue;
            }
            let had = self.nodes[node].checked;
            self.nodes[node].checked = true;
            if !had && !self.problems(node).is_empty() {
                self.touch(node);
            }
            stack.extend(self.nodes[node].children.iter());
            stack.extend(self.shown_inside(node));
        }
    }

    /// True if a `complete` trigger ends the survey after this page.
    fn ends_here(&self) -> bool {
        self.survey.triggers.iter().any(|trigger| {
            matches!(trigger.kind, TriggerKind::Complete)
                && holds(&trigger.expression, self.see_all()) == Some(true)
        })
    }

    /// Stops at a screen whose questions block, with their messages shown.
    fn stop_at(&mut self, at: usize, blocking: &[NodeId], changed: &mut Changed) {
        self.show_messages(at);
        changed.blocked_by = blocking
            .iter()
            .map(|&node| Rc::clone(&self.nodes[node].key))
            .collect();
        changed.focus = changed.blocked_by.first().cloned();
    }

    pub(super) fn next(&mut self, changed: &mut Changed) {
        if self.stage != Stage::Page {
            return;
        }
        if self.survey.check_errors_mode != CheckErrors::OnComplete {
            let blocking = self.blocking_on(self.at);
            if !blocking.is_empty() {
                self.stop_at(self.at, &blocking, changed);
                return;
            }
        }
        let next = self.visible_screens().into_iter().find(|&at| at > self.at);
        match next {
            Some(next) if !self.ends_here() => self.move_to(next, changed),
            _ => self.review_all(changed),
        }
    }

    pub(super) fn back(&mut self, changed: &mut Changed) {
        let before = match self.stage {
            Stage::Page => self.visible_screens().into_iter().rfind(|&at| at < self.at),
            Stage::Review => {
                let screens = self.visible_screens();
                screens
                    .iter()
                    .copied()
                    .rfind(|&at| at <= self.at)
                    .or(screens.first().copied())
            }
            Stage::Completed => None,
        };
        if let Some(before) = before {
            self.move_to(before, changed);
        }
    }

    fn move_to(&mut self, at: usize, changed: &mut Changed) {
        self.at = at;
        self.first = self.first.min(at);
        self.stage = Stage::Page;
        changed.stage = true;
        changed.outline = true;
        self.pending.extend(self.unbound.iter().copied());
        self.settle();
    }

    /// Goes to the first screen before `end` that blocks; true if there is one.
    fn stopped_before(&mut self, end: usize, changed: &mut Changed) -> bool {
        let last = if self.ends_here() { self.at } else { end };
        for at in self.visible_screens() {
            if at >= end || at > last {
                break;
            }
            let blocking = self.blocking_on(at);
            if !blocking.is_empty() {
                if at != self.at || self.stage != Stage::Page {
                    self.move_to(at, changed);
                }
                self.stop_at(at, &blocking, changed);
                return true;
            }
        }
        false
    }

    pub(super) fn go_to(&mut self, key: &Key, changed: &mut Changed) {
        if self.stage == Stage::Completed {
            return;
        }
        let named = self.containers.get(key).or_else(|| self.keys.get(key));
        let Some(&node) = named else { return };
        let Some(target) = self.screen_with(node) else {
            return;
        };
        if !self
            .screens
            .get(target)
            .is_some_and(|&it| self.is_screen_visible(it))
        {
            return;
        }
        let forward = self.stage == Stage::Page && target > self.at;
        if forward && self.stopped_before(target, changed) {
            return;
        }
        self.move_to(target, changed);
        if self.nodes[node].question().is_some() {
            changed.focus = Some(Rc::clone(&self.nodes[node].key));
        }
    }

    fn screen_with(&self, node: NodeId) -> Option<usize> {
        let page = self.page_of(node)?;
        let mut around = vec![node];
        let mut at = node;
        while let Some(parent) = self.nodes[at].parent {
            around.push(parent);
            at = parent;
        }
        self.screens.iter().position(|screen| match *screen {
            Screen::Page(it) => self.pages.get(page) == Some(&it),
            Screen::Whole => true,
            Screen::Question(it) => {
                around.contains(&it)
                    || (self.nodes[node].question().is_none() && self.page_of(it) == Some(page))
            }
        })
    }

    pub(super) fn review_all(&mut self, changed: &mut Changed) {
        self.drop_unknown();
        self.show_review(changed);
    }

    pub(super) fn show_review(&mut self, changed: &mut Changed) {
        if self.stage == Stage::Completed || self.stopped_before(usize::MAX, changed) {
            return;
        }
        self.stage = Stage::Review;
        changed.stage = true;
        changed.outline = true;
    }

    pub(super) fn complete(&mut self, changed: &mut Changed) {
        self.drop_unknown();
        if self.stage == Stage::Completed || self.stopped_before(usize::MAX, changed) {
            return;
        }
        self.stage = Stage::Completed;
        changed.stage = true;
        changed.outline = true;
    }

    pub(super) fn reopen(&mut self, changed: &mut Changed) {
        if self.stage == Stage::Completed {
            self.stage = Stage::Review;
            changed.stage = true;
            changed.outline = true;
        }
    }

    /// Follows a `skip` trigger that has just fired.
    pub(super) fn follow_skip(&mut self, changed: &mut Changed) {
        if let Some(key) = self.skip_to.take()
            && let Some(&node) = self.keys.get(&key).or_else(|| self.containers.get(&key))
            && let Some(target) = self.screen_with(node)
            && target != self.at
            && self
                .screens
                .get(target)
                .is_some_and(|&it| self.is_screen_visible(it))
        {
            self.move_to(target, changed);
        }
    }
}
