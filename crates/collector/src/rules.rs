//! What a survey takes in, as far as an endpoint has to know.

use std::collections::BTreeMap;
use std::sync::Arc;

use json::Object;
use wire::Day;

use crate::{KeyHash, Moment};

/// Why answers cannot be answers to this survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// JSON pointer into the answers.
    pub at: String,
    /// What is expected there.
    pub expected: String,
}

/// What answers to one version of a survey may look like.
pub trait Shape: Send + Sync + 'static {
    /// Everything in `answers` that cannot be an answer.
    ///
    /// # Errors
    ///
    /// When there is anything.
    fn check(&self, answers: &Object) -> Result<(), Vec<Misfit>>;
}

/// When responses are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Window {
    /// The first day.
    pub opens: Option<Day>,
    /// The last day.
    pub closes: Option<Day>,
    /// How many minutes after the end of the last day a response is still taken.
    pub grace_minutes: u32,
}

/// Where a moment lies in a [`Window`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Before,
    Open,
    After,
}

impl Window {
    pub(crate) fn stage(&self, now: Moment) -> Stage {
        if self.opens.is_some_and(|opens| now.day < opens) {
            return Stage::Before;
        }
        let Some(closes) = self.closes else {
            return Stage::Open;
        };
        let mut day = closes;
        let mut grace = self.grace_minutes;
        while day < now.day && grace >= 1_440 {
            day = day.next();
            grace -= 1_440;
        }
        let in_grace = day.next() == now.day && u32::from(now.minute) < grace;
        if now.day <= day || in_grace {
            Stage::Open
        } else {
            Stage::After
        }
    }

    /// Whether a response may say that it was completed on `day`, when it arrives on `today`. Clocks
    /// of devices may be a day ahead.
    pub(crate) fn covers(&self, day: Day, today: Day) -> bool {
        let last = self.closes.map_or(today, |closes| closes.min(today));
        day <= last.next() && self.opens.is_none_or(|opens| day >= opens)
    }
}

/// One survey, as an endpoint knows it.
pub struct SurveyRules {
    /// Shapes by version: the present one, and earlier ones that are still being answered.
    pub versions: BTreeMap<String, Arc<dyn Shape>>,
    /// Languages it may have been answered in.
    pub languages: Vec<String>,
    /// When responses are taken.
    pub window: Window,
    /// The most new responses a day; `None` sets no limit.
    pub daily_limit: Option<u32>,
    /// Who may read the responses.
    pub key: KeyHash,
}

#[cfg(test)]
mod tests {
    use super::{Stage, Window};
    use crate::Moment;

    fn stage(window: Window, day: &str, minute: u16) -> Stage {
        let day = day.parse().expect("a day");
        window.stage(Moment { day, minute })
    }

    #[test]
    fn a_survey_is_open_from_its_first_to_its_last_day_and_a_little_longer() {
        let window = Window {
            opens: "2026-11-01".parse().ok(),
            closes: "2026-11-30".parse().ok(),
            grace_minutes: 30,
        };
        assert_eq!(stage(window, "2026-10-31", 1_439), Stage::Before);
        assert_eq!(stage(window, "2026-11-01", 0), Stage::Open);
        assert_eq!(stage(window, "2026-11-30", 1_439), Stage::Open);
        assert_eq!(stage(window, "2026-12-01", 29), Stage::Open);
        assert_eq!(stage(window, "2026-12-01", 30), Stage::After);
        let longer = Window {
            grace_minutes: 2 * 1_440 + 5,
            ..window
        };
        assert_eq!(stage(longer, "2026-12-03", 4), Stage::Open);
        assert_eq!(stage(longer, "2026-12-03", 5), Stage::After);
        assert_eq!(stage(Window::default(), "2026-12-02", 0), Stage::Open);
    }

    #[test]
    fn a_response_cannot_be_of_a_day_outside_the_window_or_in_the_future() {
        let day = |text: &str| text.parse().expect("a day");
        let window = Window {
            opens: "2026-11-01".parse().ok(),
            closes: None,
            grace_minutes: 0,
        };
        assert!(window.covers(day("2026-11-20"), day("2026-11-20")));
        assert!(window.covers(day("2026-11-02"), day("2026-11-20")));
        assert!(window.covers(day("2026-11-21"), day("2026-11-20")));
        assert!(!window.covers(day("2026-11-22"), day("2026-11-20")));
        assert!(!window.covers(day("2026-10-31"), day("2026-11-20")));
    }
}
