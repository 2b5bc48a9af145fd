//! The page's elements: what an event came from, where focus goes, what fits.

use leptos::prelude::{document, request_animation_frame};
use wasm_bindgen::JsCast;

/// The element an event started at.
pub fn target(event: &web_sys::Event) -> Option<web_sys::Element> {
    event.target()?.dyn_into().ok()
}

/// The control (`data-do`) around which an event started, and what it is for.
pub fn action(event: &web_sys::Event) -> Option<(web_sys::Element, String)> {
    let control = target(event)?.closest("[data-do]").ok().flatten()?;
    let what = control.get_attribute("data-do")?;
    Some((control, what))
}

/// The content of the attribute `data-{name}`, read as a number.
pub fn number(element: &web_sys::Element, name: &str) -> Option<usize> {
    element.get_attribute(name)?.parse().ok()
}

/// What stands in a field.
pub fn value(element: &web_sys::Element) -> String {
    if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
        return input.value();
    }
    js_sys::Reflect::get(element, &"value".into())
        .ok()
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// Whether a checkbox or radio button is on.
pub fn checked(element: &web_sys::Element) -> bool {
    element
        .dyn_ref::<web_sys::HtmlInputElement>()
        .is_some_and(web_sys::HtmlInputElement::checked)
}

/// Makes a checkbox say `on`, whatever the person's click made of it.
pub fn set_checked(element: &web_sys::Element, on: bool) {
    if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
        input.set_checked(on);
    }
}

/// Whether a finger or a mouse is pressing something.
pub fn is_pressed() -> bool {
    matches!(document().query_selector(":active"), Ok(Some(_)))
}

/// Moves focus to the element with this id once the page shows what was just decided.
pub fn focus_soon(id: String) {
    request_animation_frame(move || {
        let element = document().get_element_by_id(&id);
        if let Some(element) = element.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}

/// False where the browser knows that it has no connection.
pub fn is_online() -> bool {
    super::window().navigator().on_line()
}

/// Opens the `<dialog>` with this id.
pub fn open_dialog(id: &str) {
    if let Some(dialog) = dialog(id) {
        let _ = dialog.show_modal();
    }
}

/// Closes the `<dialog>` with this id.
pub fn close_dialog(id: &str) {
    if let Some(dialog) = dialog(id) {
        dialog.close();
    }
}

fn dialog(id: &str) -> Option<web_sys::HtmlDialogElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The nearest element at a point of the window that matches `selector`.
pub fn at_point(x: i32, y: i32, selector: &str) -> Option<web_sys::Element> {
    #[expect(clippy::cast_precision_loss, reason = "a window is not that large")]
    document()
        .element_from_point(x as f32, y as f32)?
        .closest(selector)
        .ok()?
}

/// Brings an option of an open list into sight after the list is drawn.
pub fn scroll_soon(id: String) {
    request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(&id) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}
