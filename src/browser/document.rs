//! The document around the app: title, language, colours, focus.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::window;

/// Sets the title.
pub fn set_title(title: &str) {
    if let Some(document) = window().document() {
        document.set_title(title);
    }
}

/// Marks the language and direction of the whole document.
pub fn set_language(tag: &str) {
    if let Some(root) = root() {
        root.set_lang(tag);
        root.set_dir(direction(tag));
    }
}

/// `rtl` for languages written from right to left, else `ltr`.
pub fn direction(tag: &str) -> &'static str {
    match tag.split('-').next() {
        Some("ar" | "fa" | "he" | "ur" | "ckb" | "ps" | "yi") => "rtl",
        _ => "ltr",
    }
}

/// Sets a custom property (`--name`) of the whole document.
pub fn set_property(name: &str, value: &str) {
    if let Some(root) = root() {
        // A property that the browser does not take leaves the product's own.
        let _ = root.style().set_property(name, value);
    }
}

/// Removes the element with this id, as the loading sign when the app is there.
pub fn remove(id: &str) {
    if let Some(element) = element(id) {
        element.remove();
    }
}

/// Writes to the browser's console what only a developer can use.
pub fn complain(what: &str) {
    web_sys::console::error_1(&what.into());
}

/// Shows a hidden element of the page as it was delivered.
pub fn reveal(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.remove_attribute("hidden");
        element.scroll_into_view();
    }
}

/// Says `text` at once, in a notice with this id after the first element that `selector` finds;
/// an earlier one goes.
pub fn alert(id: &str, selector: &str, text: &str) {
    remove(id);
    let Some(document) = window().document() else {
        return;
    };
    let place = document.query_selector(selector).ok().flatten();
    if let (Some(place), Ok(notice)) = (place, document.create_element("p")) {
        notice.set_id(id);
        notice.set_class_name("notice notice--danger");
        let _ = notice.set_attribute("role", "alert");
        notice.set_text_content(Some(text));
        let _ = place.insert_adjacent_element("afterend", &notice);
    }
}

/// Moves focus to the element with this id and brings it into sight; false if it is not there.
pub fn focus(id: &str) -> bool {
    element(id).is_some_and(|element| focus_on(&element))
}

/// Moves focus to the chosen radio button inside the element with this id, where Tab would go; false
/// if there is none.
pub fn focus_chosen(id: &str) -> bool {
    let chosen = element(id).and_then(|it| it.query_selector("[type=radio]:checked").ok());
    chosen.flatten().is_some_and(|it| focus_on(&it))
}

/// Moves focus to the first control inside the element with this id, or to the element itself.
pub fn focus_inside(id: &str) -> bool {
    let Some(element) = element(id) else {
        return false;
    };
    let control = element
        .query_selector(
            "input:not(:disabled), select:not(:disabled), textarea:not(:disabled), \
             button:not(:disabled), [tabindex='0']",
        )
        .ok()
        .flatten();
    element.scroll_into_view();
    focus_on(&control.unwrap_or(element))
}

/// Goes to the top of the page.
pub fn scroll_to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

fn focus_on(element: &Element) -> bool {
    element
        .dyn_ref::<HtmlElement>()
        .is_some_and(|it| it.focus().is_ok())
}

fn element(id: &str) -> Option<Element> {
    window().document()?.get_element_by_id(id)
}

fn root() -> Option<HtmlElement> {
    window().document()?.document_element()?.dyn_into().ok()
}
