//! Which of the groups that are compared are shown.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::super::figures::{MOST_DRAWN, all_but_largest};
use crate::words::{t, t_with};

/// From so many groups on there are buttons that choose all or none at once.
const MANY: usize = 6;

/// A box for each group; where they are many, all or none at once; where they are more than a chart
/// can hold, a search and the largest ones.
#[component]
pub(crate) fn GroupChoice(
    /// The beginning of the ids of its parts.
    id: &'static str,
    /// What the groups are called.
    names: Vec<String>,
    /// How many respondents each has; `None` where that is hidden.
    #[prop(into)]
    sizes: Signal<Vec<Option<u32>>>,
    /// The places of those that are not shown.
    #[prop(into)]
    left_out: Signal<BTreeSet<usize>>,
    /// Takes the places of those that are not to be shown.
    on_choose: Callback<BTreeSet<usize>>,
    /// A sentence below.
    hint: Option<String>,
) -> impl IntoView {
    let total = names.len();
    let sought = RwSignal::new(String::new());
    let names = StoredValue::new(names);
    let is_found = move |ix: usize| {
        let sought = sought.get().trim().to_lowercase();
        names.with_value(|it| {
            it.get(ix)
                .is_some_and(|it| it.to_lowercase().contains(&sought))
        })
    };
    let found = move || {
        (0..total)
            .filter(|ix| is_found(*ix))
            .collect::<BTreeSet<_>>()
    };
    let is_sought = move || !sought.with(|it| it.trim().is_empty());
    let change = move |change: &dyn Fn(&mut BTreeSet<usize>)| {
        let mut now = left_out.get_untracked();
        change(&mut now);
        on_choose.run(now);
    };
    let boxes = names.get_value().into_iter().enumerate().map(|(ix, name)| {
        let choose = move |event| {
            let is_shown = event_target_checked(&event);
            change(&|it| {
                if is_shown {
                    it.remove(&ix);
                } else {
                    it.insert(ix);
                }
            });
        };
        view! {
            <label class="controls__check" hidden=move || !is_found(ix)>
                <input
                    type="checkbox"
                    prop:checked=move || left_out.with(|it| !it.contains(&ix))
                    on:change=choose
                />
                <span>{name}</span>
            </label>
        }
    });
    let many = (total >= MANY).then(|| {
        let shown = move || {
            let n = total - left_out.with(BTreeSet::len).min(total);
            let (n, total) = (n.to_string(), total.to_string());
            t_with("organise.group.shown", &[("n", &n), ("total", &total)])
        };
        let all = move |_| change(&|it| it.retain(|ix| !found().contains(ix)));
        let none = move |_| change(&|it| it.extend(found()));
        let largest = (total > MOST_DRAWN).then(|| {
            let choose = move |_| {
                on_choose.run(all_but_largest(&sizes.get_untracked(), MOST_DRAWN));
            };
            view! {
                <button type="button" class="button button--quiet" on:click=choose>
                    {t_with("organise.group.largest", &[("n", &MOST_DRAWN.to_string())])}
                </button>
            }
        });
        let key = move |plain, of_found| t(if is_sought() { of_found } else { plain });
        view! {
            <div class="controls__many">
                <p class="controls__shown" role="status">{shown}</p>
                <button type="button" class="button button--quiet" on:click=all>
                    {move || key("organise.group.all", "organise.group.all.found")}
                </button>
                <button type="button" class="button button--quiet" on:click=none>
                    {move || key("organise.group.clear", "organise.group.clear.found")}
                </button>
                {largest}
            </div>
        }
    });
    let search = (total > MOST_DRAWN).then(|| {
        let nothing = move || found().is_empty().then(|| t("organise.group.notFound"));
        let id = format!("{id}-search");
        view! {
            <div class="controls__field controls__search">
                <label for=id.clone()>{t("organise.group.search")}</label>
                <input id=id class="controls__select" type="search" autocomplete="off"
                    on:input=move |event| sought.set(event_target_value(&event))/>
                <p class="controls__note" role="status">{nothing}</p>
            </div>
        }
    });
    let is_long = (total > MOST_DRAWN).then_some("");
    view! {
        <fieldset class="controls__groups">
            <legend>{t("organise.group.which")}</legend>
            {many}
            {search}
            <div class="controls__list" data-long=is_long>{boxes.collect_view()}</div>
            {hint.map(|it| view! { <p class="controls__note">{it}</p> })}
        </fieldset>
    }
}
