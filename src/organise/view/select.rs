//! A drop-down list with fixed choices.

use leptos::prelude::*;

/// A choice: its value and its text.
pub(super) type Choice = (String, String);

/// A drop-down list; its label stands elsewhere and names it by `id`.
#[component]
pub(super) fn PlainSelect(
    /// The element's id.
    id: String,
    /// The choices; they do not change.
    options: Vec<Choice>,
    /// The value that is chosen.
    #[prop(into)]
    chosen: Signal<String>,
    /// Takes the value of another choice.
    on_choose: Callback<String>,
) -> impl IntoView {
    let select = NodeRef::<leptos::html::Select>::new();
    // One effect for the whole list: a list may have a hundred choices, a page sixty lists.
    Effect::new(move |_| {
        let value = chosen.get();
        if let Some(select) = select.get() {
            select.set_value(&value);
        }
    });
    let options = options
        .into_iter()
        .map(|(value, text)| view! { <option value=value>{text}</option> })
        .collect_view();
    view! {
        <select class="controls__select" id=id node_ref=select
            on:change=move |event| on_choose.run(event_target_value(&event))>
            {options}
        </select>
    }
}
