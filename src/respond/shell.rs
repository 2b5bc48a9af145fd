//! What stands around every page: header, footer, routes.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement};

use super::footer::footer;
use super::header::header;
use super::home::Home;
use super::installation::{self, Installation, provide_config};
use super::legal::LegalPage;
use super::opening::survey_page;
use super::paper::PaperPage;
use super::place::{self, Place};
use super::running::Running;
use super::trouble;
use crate::browser::draw::draw;
use crate::browser::{clock, document, history};
use crate::ui::apart::apart;
use crate::ui::markup::{Live, el};
use crate::words::{self, t};

/// Where the respondent is in the app, and the pass that goes on.
#[derive(Clone, Copy)]
pub struct Whereabouts {
    place: RwSignal<Place>,
    owner: StoredValue<Option<Owner>>,
    running: RwSignal<Option<Running>, LocalStorage>,
    /// The place that the browser's buttons asked for, not yet followed.
    asked: RwSignal<Option<String>>,
}

impl Whereabouts {
    fn start() -> Self {
        let here = Self {
            place: RwSignal::new(Place::of_path(&history::path())),
            owner: StoredValue::new(Owner::current()),
            running: RwSignal::new_local(None),
            asked: RwSignal::new(None),
        };
        history::on_move(move |place| {
            here.asked.set(place);
            here.arrive();
        });
        here
    }

    /// The page; follows it.
    pub fn place(self) -> Place {
        self.place.get()
    }

    /// The pass through a survey that goes on; follows its coming and going.
    pub fn running(self) -> Option<Running> {
        self.running.get()
    }

    /// As [`Whereabouts::running`], without following it.
    pub fn running_untracked(self) -> Option<Running> {
        self.running.get_untracked()
    }

    /// Makes something that lives as long as the app, not as long as the page.
    pub fn keep<T>(self, make: impl FnOnce() -> T) -> T {
        match self.owner.get_value() {
            Some(owner) => owner.with(make),
            None => make(),
        }
    }

    /// A pass begins or ends.
    pub fn set_running(self, running: Option<Running>) {
        self.running.set(running);
    }

    /// The place that the back or forward button led to; follows it.
    pub fn asked(self) -> Option<String> {
        self.asked.get()
    }

    /// Goes to an address of the app.
    pub fn go(self, url: &str) {
        history::push("", url);
        self.arrive();
        document::scroll_to_top();
        clock::after_drawing(|| {
            document::focus("heading");
        });
    }

    fn arrive(self) {
        let place = Place::of_path(&history::path());
        if self.place.get_untracked() != place {
            self.place.set(place);
        }
    }
}

/// The app's whereabouts.
///
/// # Panics
///
/// Outside [`Shell`]; a mistake in the app.
pub fn use_whereabouts() -> Whereabouts {
    expect_context()
}

/// An address of the app with the language kept.
pub fn address(path: &str) -> String {
    let language = words::language();
    [path, "?lang=", &language].concat()
}

/// The whole app.
#[component]
pub fn Shell() -> impl IntoView {
    let here = Whereabouts::start();
    provide_context(here);
    let installation = RwSignal::new_local(Installation::Loading);
    spawn_local(async move { installation.set(installation::load().await) });
    let links = window_event_listener(ev::click, move |event| follow_link(here, &event));
    on_cleanup(move || links.remove());
    move || match installation.get() {
        Installation::Loading => trouble::waiting(),
        Installation::Unreachable(error) => apart(|| {
            view! { <main class="page" id="main"><trouble::Unreachable error /></main> }.into_any()
        }),
        Installation::Broken(problems) => apart(|| {
            view! {
                <main class="page" id="main">
                    <trouble::BrokenFile file="config.json" problems />
                </main>
            }
            .into_any()
        }),
        Installation::Ready(config) => {
            provide_config(config);
            frame()
        }
    }
}

fn frame() -> AnyView {
    let here = use_whereabouts();
    let skip = draw(
        || {
            el("a")
                .class("skip")
                .attr("href", "#main")
                .text(t("app.skip"))
        },
        &["click"],
        Some(Box::new(|event| {
            event.prevent_default();
            document::focus("main");
        })),
    );
    let main = draw(
        move || {
            let place = here.place();
            el("main")
                .class("page")
                .attr("id", "main")
                .attr("tabindex", "-1")
                .child(Live::node(place.name(), move || page(place.clone())))
        },
        &[],
        None,
    );
    (skip, header(), main, footer()).into_any()
}

fn page(place: Place) -> AnyView {
    match place {
        Place::Home => apart(|| view! { <Home /> }.into_any()),
        Place::Survey(survey) => survey_page(survey),
        Place::Legal(document) => apart(|| view! { <LegalPage document /> }.into_any()),
        Place::Paper(survey) => apart(|| view! { <PaperPage survey /> }.into_any()),
        Place::Missing => apart(|| view! { <trouble::MissingPage /> }.into_any()),
    }
}

/// Follows links within the app without loading it anew, so that no answer is lost.
fn follow_link(here: Whereabouts, event: &ev::MouseEvent) {
    if event.default_prevented()
        || event.button() != 0
        || event.ctrl_key()
        || event.meta_key()
        || event.shift_key()
        || event.alt_key()
    {
        return;
    }
    let link = event
        .target()
        .and_then(|it| it.dyn_into::<Element>().ok())
        .and_then(|it| it.closest("a[href]").ok().flatten())
        .and_then(|it| it.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link
        && let Some(href) = link.get_attribute("href")
        && link.target().is_empty()
        && link.download().is_empty()
        && place::is_own(&href)
    {
        event.prevent_default();
        // An author's link names no language.
        if href.contains(['?', '#']) {
            here.go(&href);
        } else {
            here.go(&address(&href));
        }
    }
}
