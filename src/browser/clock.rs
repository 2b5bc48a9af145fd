//! What time it is, and waiting.

use std::time::Duration;

use js_sys::Date;

/// Milliseconds since 1970.
pub fn now_millis() -> f64 {
    Date::now()
}

/// Milliseconds since 1970, whole.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positive, and far below 2^53"
)]
pub fn now_whole_millis() -> u64 {
    Date::now() as u64
}

/// Today where the respondent is, `(year, month, day)`.
pub fn today() -> (i32, u8, u8) {
    numbers(&Date::new_0())
}

/// The day of a moment given in milliseconds since 1970, where the respondent is.
pub fn day_of(millis: f64) -> (i32, u8, u8) {
    numbers(&Date::new(&millis.into()))
}

/// Calls `then` after a while, once.
pub fn after(wait: Duration, then: impl FnOnce() + 'static) {
    leptos::prelude::set_timeout(then, wait);
}

/// Calls `then` when the page has been drawn anew.
pub fn after_drawing(then: impl FnOnce() + 'static) {
    leptos::prelude::request_animation_frame(then);
}

fn numbers(date: &Date) -> (i32, u8, u8) {
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    (
        i32::try_from(date.get_full_year()).unwrap_or(2000),
        small(date.get_month() + 1),
        small(date.get_date()),
    )
}

/// The time of day of a moment, where the respondent is, for example `14.05`.
pub fn time_of(millis: f64) -> String {
    let date = Date::new(&millis.into());
    let minutes = date.get_minutes().to_string();
    let zero = if minutes.len() < 2 { "0" } else { "" };
    [&date.get_hours().to_string(), ".", zero, &minutes].concat()
}
