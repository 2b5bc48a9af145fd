//! Numbers, dates and patterns in the browser's own forms.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Date, Function, Object, Reflect, RegExp};
use questionnaire::session::{AS_IT_IS, Formats};
use wasm_bindgen::{JsCast, JsValue};

use super::member;

thread_local! {
    static MADE: RefCell<Vec<(String, Option<Rc<Function>>)>> = const { RefCell::new(Vec::new()) };
}

/// Local forms by `Intl`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Local;

impl Formats for Local {
    fn number(&self, language: &str, value: f64, decimals: (u32, u32), grouping: bool) -> String {
        let style = |options: &Object| set(options, "useGrouping", grouping);
        number(language, value, decimals, "d", grouping, style)
    }

    fn percent(&self, language: &str, fraction: f64, decimals: (u32, u32)) -> String {
        let style = |options: &Object| set(options, "style", "percent");
        number(language, fraction, decimals, "%", true, style)
    }

    fn currency(&self, language: &str, value: f64, currency: &str) -> String {
        number(language, value, (2, 2), currency, true, |options| {
            set(options, "style", "currency");
            set(options, "currency", currency);
        })
    }

    fn date(&self, language: &str, year: i32, month: u8, day: u8) -> String {
        let date = Date::new_0();
        // Noon keeps the day in every time zone.
        date.set_utc_hours(12);
        let Ok(full_year) = u32::try_from(year) else {
            return String::new();
        };
        date.set_utc_full_year_with_month_date(full_year, i32::from(month) - 1, i32::from(day));
        let format = made(&["t ", language].concat(), || {
            let options = Object::new();
            set(&options, "timeZone", "UTC");
            formatter("DateTimeFormat", language, &options)
        });
        applied(format, &date)
    }

    fn matches(&self, pattern: &str, case_insensitive: bool, text: &str) -> Option<bool> {
        let flags = if case_insensitive { "i" } else { "" };
        let make: Function = member(&js_sys::global(), "RegExp")?;
        let pattern =
            Reflect::construct(&make, &Array::of2(&pattern.into(), &flags.into())).ok()?;
        Some(pattern.dyn_into::<RegExp>().ok()?.test(text))
    }
}

fn number(
    language: &str,
    value: f64,
    decimals: (u32, u32),
    kind: &str,
    grouping: bool,
    style: impl FnOnce(&Object),
) -> String {
    let most = match decimals.1 {
        AS_IT_IS => 6,
        most => most.max(decimals.0).min(20),
    };
    let least = decimals.0.min(most);
    let mut name = [language, kind].concat();
    for part in [least, most, u32::from(grouping)] {
        name.push(' ');
        name.push_str(&part.to_string());
    }
    let format = made(&name, || {
        let options = Object::new();
        set(&options, "minimumFractionDigits", least);
        set(&options, "maximumFractionDigits", most);
        style(&options);
        formatter("NumberFormat", language, &options)
    });
    applied(format, &JsValue::from_f64(value))
}

/// The formatter made earlier under this name: making one is slow.
fn made(name: &str, make: impl FnOnce() -> Option<Function>) -> Option<Rc<Function>> {
    MADE.with_borrow_mut(|made| {
        if let Some((_, format)) = made.iter().find(|(it, _)| it == name) {
            return format.clone();
        }
        let format = make().map(Rc::new);
        made.push((name.to_owned(), format.clone()));
        format
    })
}

/// The bound `format` of a new `Intl` object; `None` if the browser refuses the language or options.
fn formatter(kind: &str, language: &str, options: &Object) -> Option<Function> {
    let intl: JsValue = member(&js_sys::global(), "Intl")?;
    let make: Function = member(&intl, kind)?;
    let arguments = Array::of2(&tag(language).into(), options);
    member(&Reflect::construct(&make, &arguments).ok()?, "format")
}

/// The tag that gives the forms used here: Finland's, and British English.
fn tag(language: &str) -> &str {
    match language {
        "fi" | "fi-x-selko" => "fi-FI",
        "sv" => "sv-FI",
        "en" => "en-GB",
        other => other,
    }
}

fn set(options: &Object, name: &str, value: impl Into<JsValue>) {
    // Setting a member of a fresh object cannot fail.
    let _ = Reflect::set(options, &JsValue::from_str(name), &value.into());
}

/// The formatted value; empty if there is no formatter.
fn applied(format: Option<Rc<Function>>, value: &JsValue) -> String {
    format
        .and_then(|format| format.call1(&JsValue::UNDEFINED, value).ok())
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}
