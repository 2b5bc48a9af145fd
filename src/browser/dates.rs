//! Days as people write them.

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;
use wire::Day;

use super::clock;

/// Today where the reader is.
pub fn today() -> Option<Day> {
    let (year, month, day) = clock::today();
    Day::new(year, month, day).ok()
}

/// A day in words of the language, for example `25. marraskuuta 2026`.
pub fn in_words(day: Day, language: &str) -> String {
    let text = day.to_string();
    let numbers: Vec<i32> = text.split('-').filter_map(|it| it.parse().ok()).collect();
    let [year, month, of_month] = numbers.as_slice() else {
        return text;
    };
    let date = Date::new_with_year_month_day(
        u32::try_from(*year).unwrap_or_default(),
        month - 1,
        *of_month,
    );
    let options = Object::new();
    let long = Reflect::set(
        &options,
        &JsValue::from("dateStyle"),
        &JsValue::from("long"),
    );
    let locale = if language == "en" { "en-GB" } else { language };
    match long {
        Ok(_) => date.to_locale_date_string(locale, &options).into(),
        Err(_) => text,
    }
}
