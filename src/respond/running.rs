//! A pass through a survey that goes on: session, identity of the response, and what becomes of it.

use std::cell::RefCell;
use std::rc::Rc;

use anonymity::Departure;
use json::Value;
use leptos::prelude::*;
use questionnaire::definition::{Element, Mode, Question, Survey};
use questionnaire::figures::Figures;
use questionnaire::guidance::Guidance;
use questionnaire::localized::Localized;
use questionnaire::session::{Environment, Event, Key, Session, Stage};
use questionnaire::text::RichText;
use wire::{Day, SurveyId};

use super::draft::{Draft, Keeper};
use super::handle::SessionHandle;
use super::help::Help;
use super::installation;
use super::sending::Post;
use crate::browser::intl::Local;
use crate::browser::{clock, history, random};
use crate::words::{self, EngineWords};

/// A `Copy` handle on the pass.
#[derive(Clone, Copy)]
pub struct Running {
    pass: StoredValue<Rc<Pass>, LocalStorage>,
    handle: SessionHandle,
    spoken: RwSignal<String>,
    post: Post,
    course: RwSignal<Course, LocalStorage>,
    keeper: StoredValue<Option<Rc<Keeper>>, LocalStorage>,
}

/// What changes during a pass, besides the session. One signal: whoever follows a part of it is
/// drawn anew when another part changes, which is rare, and a page loads seven signals less.
#[derive(Default)]
struct Course {
    assisted: bool,
    reviewed: bool,
    kept: Option<f64>,
    blocked: Vec<Key>,
    guidance: Option<Rc<Guidance>>,
    figures: Option<Rc<Figures>>,
    help: Option<Rc<Help>>,
}

/// What stays the same during a pass.
pub struct Pass {
    /// The survey's id: the stem of its file.
    pub id: SurveyId,
    /// The survey.
    pub survey: Rc<Survey>,
    /// Listed in the configuration; only then can answers be sent.
    pub listed: bool,
    /// Drawn anew for this pass; `None` if the browser has no source of randomness.
    random: Option<[u8; 16]>,
    /// Made once, when the answers are complete: each attempt sends the same bytes.
    departure: RefCell<Option<Rc<Departure>>>,
}

impl Running {
    /// Begins a pass in the language of the interface, as far as the survey has it.
    pub fn start(id: SurveyId, survey: Rc<Survey>, listed: bool) -> Self {
        let interface = words::language();
        let asked = history::parameter("lang").unwrap_or_else(|| interface.clone());
        let language = installation::choose(Some(&asked), &offered(&survey, &interface));
        let assisted = history::parameter(ASSISTED).is_some();
        let mut session = Session::start(
            Rc::clone(&survey),
            Environment {
                language: language.clone(),
                today: clock::today(),
                seed: random::seed(),
                words: Rc::new(EngineWords),
                formats: Rc::new(Local),
            },
        );
        if assisted {
            session.apply(Event::Assist(true));
        }
        Self {
            pass: StoredValue::new_local(Rc::new(Pass {
                id,
                survey,
                listed,
                random: random::sixteen_bytes(),
                departure: RefCell::new(None),
            })),
            handle: SessionHandle::new(session),
            spoken: RwSignal::new(language),
            post: Post::new(),
            course: RwSignal::new_local(Course {
                assisted,
                ..Course::default()
            }),
            keeper: StoredValue::new_local(None),
        }
    }

    /// What stays the same.
    pub fn pass(self) -> Rc<Pass> {
        self.pass.get_value()
    }

    /// The survey's id.
    pub fn id(self) -> SurveyId {
        self.pass().id.clone()
    }

    /// The session.
    pub fn handle(self) -> SessionHandle {
        self.handle
    }

    /// The language of the survey, which may be one that the interface does not have; follows it.
    pub fn language(self) -> String {
        self.spoken.get()
    }

    /// The language of the survey if the interface does not have it; follows both.
    pub fn foreign(self) -> Option<String> {
        Some(self.language()).filter(|it| *it != words::language())
    }

    /// The language of the interface's own words inside a survey in another one; follows both.
    pub fn native(self) -> Option<String> {
        self.foreign().map(|_| words::language())
    }

    /// Takes the same survey with other texts; false if it is another one.
    pub fn exchange(self, survey: Rc<Survey>) -> bool {
        let taken = self.handle.exchange(Rc::clone(&survey));
        if taken {
            let pass = self.pass();
            let departure = pass.departure.borrow().clone();
            self.pass.set_value(Rc::new(Pass {
                id: pass.id.clone(),
                survey,
                listed: pass.listed,
                random: pass.random,
                departure: RefCell::new(departure),
            }));
        }
        taken
    }

    /// Shows the survey in another language; answers and place stay.
    pub fn speak(self, language: &str) {
        self.handle.send(Event::Language(language.to_owned()));
        self.spoken.set(language.to_owned());
    }

    /// The way of the answers to the endpoint.
    pub fn post(self) -> Post {
        self.post
    }

    /// True while someone fills the survey in for another person; follows it.
    pub fn assisted(self) -> bool {
        self.course.with(|it| it.assisted)
    }

    /// From now on someone fills the survey in for another person, or no longer.
    pub fn assist(self, on: bool) {
        self.handle.send(Event::Assist(on));
        self.change(|it| it.assisted = on);
    }

    /// True once the review has been seen, so that there is a short way back to it; follows it.
    pub fn reviewed(self) -> bool {
        self.course.with(|it| it.reviewed)
    }

    /// The review has been seen.
    pub fn review(self) {
        self.change(|it| it.reviewed = true);
    }

    /// Back to the review after a refusal. What is sent then is another response: the endpoint has
    /// judged this one.
    pub fn reopen(self) {
        let pass = self.pass();
        self.pass.set_value(Rc::new(Pass {
            id: pass.id.clone(),
            survey: Rc::clone(&pass.survey),
            listed: pass.listed,
            random: random::sixteen_bytes(),
            departure: RefCell::new(None),
        }));
        self.handle.send(Event::Reopen);
    }

    fn change(self, change: impl FnOnce(&mut Course)) {
        self.course.update(change);
    }

    /// Begins anew with the next form that somebody fills in for another person.
    pub fn next_form(self) {
        let url = [
            &history::path(),
            "?lang=",
            &words::language(),
            "&",
            ASSISTED,
            "=",
        ]
        .concat();
        history::replace("", &url);
        history::reload();
    }

    /// What would leave the device now; once the session is completed, always the same.
    pub fn departure(self) -> Option<Rc<Departure>> {
        let pass = self.pass();
        if let Some(departure) = &*pass.departure.borrow() {
            return Some(Rc::clone(departure));
        }
        let (year, month, day) = clock::today();
        let (departure, completed) = self.handle.read(|session| {
            let mut answers = session.completed_data();
            if untrack(|| self.assisted()) {
                answers.insert(anonymity::CHANNEL, Value::from(anonymity::ASSISTED));
            }
            let departure = anonymity::minimise(
                &pass.survey,
                &answers,
                session.language(),
                Day::new(year, month, day).ok()?,
                pass.random?,
            );
            Some((
                Rc::new(departure.ok()?),
                session.outline().stage == Stage::Completed,
            ))
        })?;
        if completed {
            pass.departure.replace(Some(Rc::clone(&departure)));
        }
        Some(departure)
    }

    /// Until when a draft is kept on the device, in milliseconds since 1970; follows it.
    pub fn kept(self) -> Option<f64> {
        self.course.with(|it| it.kept)
    }

    /// A draft is kept on the device until then, or none is.
    pub fn keep_until(self, until: Option<f64>) {
        self.change(|it| it.kept = until);
    }

    /// What the draft is closed with, while there is one.
    pub fn keeper(self) -> Option<Rc<Keeper>> {
        self.keeper.get_value()
    }

    /// From now on drafts are closed with `keeper`, or none are kept.
    pub fn keep_with(self, keeper: Option<Rc<Keeper>>) {
        self.keeper.set_value(keeper);
    }

    /// Takes up a draft.
    pub fn resume(self, draft: &Value) {
        self.handle.resume(draft);
        let assisted = self.handle.read(Session::is_assisted);
        self.change(|it| it.assisted = assisted);
    }

    /// Removes the draft from the device.
    pub fn forget_draft(self) {
        Draft::forget(self.id().as_str());
        self.keep_with(None);
        self.keep_until(None);
    }

    /// The questions that stopped the last attempt to go on; follows them.
    pub fn blocked(self) -> Vec<Key> {
        self.course.with(|it| it.blocked.clone())
    }

    /// These questions stopped the last attempt to go on.
    pub fn block(self, keys: Vec<Key>) {
        self.change(|it| it.blocked = keys);
    }

    /// What the survey gives back, once it has come; follows that.
    pub fn guidance(self) -> Option<Rc<Guidance>> {
        self.course.with(|it| it.guidance.clone())
    }

    /// What the survey gives back has come.
    pub fn set_guidance(self, guidance: Guidance) {
        self.change(|it| it.guidance = Some(Rc::new(guidance)));
    }

    /// Published figures to stand beside, once they have come; follows that.
    pub fn figures(self) -> Option<Rc<Figures>> {
        self.course.with(|it| it.figures.clone())
    }

    /// Published figures have come.
    pub fn set_figures(self, figures: Figures) {
        self.change(|it| it.figures = Some(Rc::new(figures)));
    }

    /// Help numbers, once they have come; follows that.
    pub fn help(self) -> Option<Rc<Help>> {
        self.course.with(|it| it.help.clone())
    }

    /// Help numbers have come, or there are none.
    pub fn set_help(self, help: Option<Rc<Help>>) {
        self.change(|it| it.help = help);
    }

    /// Drops the answers, as the quick exit does.
    pub fn abandon(self) {
        self.forget_draft();
        self.handle.abandon();
    }

    /// True if answers stay on the device.
    pub fn stays_here(self) -> bool {
        self.pass().survey.kuuluu.mode == Mode::Device
    }

    /// True if a question wants help numbers before it (PRI-12).
    pub fn asks_about_safety(self) -> bool {
        self.asks(|question| question.kuuluu.help_before)
    }

    /// True if the survey has a question for which `holds` is true.
    pub fn asks(self, holds: impl Fn(&Question) -> bool + Copy) -> bool {
        any(&self.pass().survey, holds)
    }

    /// True if this question wants help numbers before it.
    pub fn wants_help_before(self, key: &str) -> bool {
        self.asks(|question| question.kuuluu.help_before && question.name == key)
    }

    /// The survey's title in the language of the session; follows the language.
    pub fn title(self) -> String {
        let title = self.own_text(&self.pass().survey.title);
        title.unwrap_or_else(|| "Kuuluu".to_owned())
    }

    /// The survey's description; follows the language.
    pub fn description(self) -> RichText {
        let pass = self.pass();
        let text = self.own_text(&pass.survey.description);
        text.map(RichText::plain).unwrap_or_default()
    }

    /// A text of the survey in the language of the session; follows the language.
    pub fn own_text(self, text: &Localized) -> Option<String> {
        text.resolve(&self.language()).map(|it| it.text.to_owned())
    }

    /// The languages the respondent may choose among.
    pub fn languages(self, installed: &[String]) -> Vec<String> {
        let survey = &self.pass().survey;
        let declared = &survey.kuuluu.languages;
        let mut tags: Vec<String> = installed
            .iter()
            .filter(|tag| {
                let base = tag.split('-').next().unwrap_or(tag);
                declared.is_empty() || declared.iter().any(|it| it == *tag || it == base)
            })
            .cloned()
            .collect();
        tags.extend(
            declared
                .iter()
                .filter(|tag| !installed.contains(tag))
                .cloned(),
        );
        tags
    }

    /// True while answers would be lost with the page.
    pub fn holds_answers(self) -> bool {
        self.handle.touched() && !self.post.has_arrived()
    }
}

/// The survey's languages; a survey that names none is shown in the interface's.
fn offered(survey: &Survey, interface: &str) -> Vec<String> {
    let mut offered = survey.kuuluu.languages.clone();
    let base = interface.split('-').next().unwrap_or(interface);
    if offered.is_empty() || offered.iter().any(|it| it == base) {
        offered.push(interface.to_owned());
    }
    offered
}

/// True if the survey has a question for which `holds` is true.
pub fn any(survey: &Survey, holds: impl Fn(&Question) -> bool + Copy) -> bool {
    survey
        .pages
        .iter()
        .any(|page| any_of(&page.panel.elements, holds))
}

fn any_of(elements: &[Element], holds: impl Fn(&Question) -> bool + Copy) -> bool {
    elements.iter().any(|element| match element {
        Element::Question(question) => holds(question),
        Element::Panel(panel) => any_of(&panel.elements, holds),
    })
}

/// The parameter of an address that opens a survey to be filled in for another person.
const ASSISTED: &str = "assisted";

/// The pass of the page this view stands on.
///
/// # Panics
///
/// Outside the page of a survey; a mistake in the app.
pub fn use_running() -> Running {
    expect_context()
}
