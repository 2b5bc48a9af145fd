//! The handle that views hold on the session: the only way in is [`SessionHandle::send`], and each
//! question is followed on its own, so that a change costs what depends on it.

use std::cell::RefCell;
use std::rc::Rc;

use json::Value;
use leptos::prelude::*;
use questionnaire::definition::Survey;
use questionnaire::session::{Changed, Event, Key, Outline, PanelView, QuestionView, Session};

/// A `Copy` handle on the running session.
#[derive(Clone, Copy)]
pub struct SessionHandle {
    inner: StoredValue<Inner, LocalStorage>,
    outline: RwSignal<Outline, LocalStorage>,
    given: RwSignal<u32>,
}

struct Inner {
    session: Rc<RefCell<Session>>,
    /// In the order of the keys.
    followed: Vec<(Key, ArcTrigger)>,
}

impl Inner {
    fn place_of(&self, key: &str) -> Result<usize, usize> {
        self.followed
            .binary_search_by(|(known, _)| (**known).cmp(key))
    }
}

impl SessionHandle {
    /// Wraps a started session.
    pub fn new(session: Session) -> Self {
        let outline = RwSignal::new_local(session.outline());
        let session = Rc::new(RefCell::new(session));
        Self {
            inner: StoredValue::new_local(Inner {
                session,
                followed: Vec::new(),
            }),
            outline,
            given: RwSignal::new(0),
        }
    }

    /// What stands on the page; follows changes.
    pub fn outline(self) -> Outline {
        self.outline.get()
    }

    /// Follows a part of the outline.
    pub fn with_outline<T>(self, read: impl FnOnce(&Outline) -> T) -> T {
        self.outline.with(read)
    }

    /// Follows one question; `None` once it is no longer on the page.
    pub fn question(self, key: &Key) -> Option<QuestionView> {
        self.follow(key);
        self.read(|session| session.question(key))
    }

    /// Follows one panel.
    pub fn panel(self, key: &Key) -> Option<PanelView> {
        self.follow(key);
        self.read(|session| session.panel(key))
    }

    /// Reads the session without following it.
    pub fn read<T>(self, read: impl FnOnce(&Session) -> T) -> T {
        let session = self.inner.with_value(|inner| Rc::clone(&inner.session));
        let session = session.borrow();
        read(&session)
    }

    /// Applies an event; the only way to change the session.
    pub fn send(self, event: Event) -> Changed {
        let session = self.inner.with_value(|inner| Rc::clone(&inner.session));
        let answers = !matches!(
            event,
            Event::Next
                | Event::Back
                | Event::GoTo(_)
                | Event::Review
                | Event::Complete
                | Event::Reopen
                | Event::Language(_)
                | Event::Assist(_)
                | Event::Fold(..)
                | Event::Leave(_)
        );
        let changed = session.borrow_mut().apply(event);
        if changed.outline || changed.stage {
            self.outline.set(session.borrow().outline());
        }
        let triggers: Vec<ArcTrigger> = self.inner.with_value(|inner| {
            changed
                .keys
                .iter()
                .filter_map(|key| Some(inner.followed[inner.place_of(key).ok()?].1.clone()))
                .collect()
        });
        for trigger in triggers {
            trigger.notify();
        }
        if answers {
            self.given.update(|given| *given += 1);
        }
        changed
    }

    /// Takes the same survey with other texts; they are shown with the next change of language.
    pub fn exchange(self, survey: Rc<Survey>) -> bool {
        let session = self.inner.with_value(|inner| Rc::clone(&inner.session));
        session.borrow_mut().exchange(survey)
    }

    /// Takes up a draft; gives the names of what does not fit the survey any more.
    pub fn resume(self, draft: &Value) -> Vec<String> {
        let session = self.inner.with_value(|inner| Rc::clone(&inner.session));
        let dropped = session.borrow_mut().resume(draft);
        self.given.update(|given| *given += 1);
        self.outline.set(session.borrow().outline());
        dropped
    }

    /// Forgets that anything was answered, so that nothing holds the page back.
    pub fn abandon(self) {
        self.given.set(0);
    }

    /// How many times something has been answered here; follows it.
    pub fn given(self) -> u32 {
        self.given.get()
    }

    /// As [`SessionHandle::given`], without following it.
    pub fn given_untracked(self) -> u32 {
        self.given.get_untracked()
    }

    /// True once something has been answered here.
    pub fn touched(self) -> bool {
        self.given_untracked() > 0
    }

    fn follow(self, key: &Key) {
        let trigger = self.inner.try_update_value(|inner| {
            let place = inner.place_of(key).unwrap_or_else(|place| {
                let new = (Rc::clone(key), ArcTrigger::new());
                inner.followed.insert(place, new);
                place
            });
            inner.followed[place].1.clone()
        });
        if let Some(trigger) = trigger {
            trigger.track();
        }
    }
}

/// Makes the handle known to the page below.
pub fn provide_session(handle: SessionHandle) {
    provide_context(handle);
}

/// The handle of the page this view stands on.
///
/// # Panics
///
/// Outside a page that called [`provide_session`]; a mistake in the app, found by any test of it.
pub fn use_session() -> SessionHandle {
    expect_context()
}
