//! Fetching what is published, and saying so where that is not possible.

use std::sync::Arc;

use insight::published::Published;
use json::Problem;
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wire::config::Config;
use wire::{Results, SurveyId};

use super::view::PublicResults;
use crate::browser::document::set_title;
use crate::browser::fetch::{self, FetchError};
use crate::organise::view::header::Header;
use crate::words::{language, t, t_with};

/// What the page shows.
#[derive(Clone)]
enum Shown {
    /// On its way.
    Opening,
    /// There it is.
    Results(Arc<Published>, Arc<str>),
    /// Why not.
    Failed(Failure),
}

/// Why nothing can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Failure {
    /// No answer from the network.
    Network,
    /// Nothing is published of this survey.
    Nothing,
    /// What was published cannot be read; where, if that is known.
    Broken(Option<String>),
}

/// Mounts the page of a survey in the document's body.
pub(crate) fn open(survey: String) {
    mount_to_body(move || {
        let shown = RwSignal::new(Shown::Opening);
        let config = RwSignal::new(None::<Arc<Config>>);
        spawn_local(async move {
            shown.set(match fetch_results(&survey, config).await {
                Ok((published, snapshot)) => Shown::Results(Arc::new(published), snapshot.into()),
                Err(failure) => Shown::Failed(failure),
            });
        });
        view! { <Page shown config/> }
    });
}

async fn fetch_results(
    survey: &str,
    config: RwSignal<Option<Arc<Config>>>,
) -> Result<(Published, String), Failure> {
    let survey: SurveyId = survey.parse().map_err(|_| Failure::Nothing)?;
    let text = fetch::text("/config.json").await.map_err(failure)?;
    let read = Config::parse(&text).map_err(|problems| broken(&problems))?;
    let endpoint = wire::routes::results(read.endpoint.as_str(), &survey);
    config.set(Some(Arc::new(read)));
    let text = match fetch::text(&endpoint).await {
        Ok(text) if text.is_empty() => return Err(Failure::Nothing),
        Ok(text) => text,
        // A place without an endpoint keeps the file beside the app.
        Err(first) => fetch::text(&format!("/results/{survey}.json"))
            .await
            .map_err(|_| failure(first))?,
    };
    let results = Results::parse(&text).map_err(|problems| broken(&problems))?;
    if results.survey != survey {
        return Err(Failure::Broken(Some("/survey".to_owned())));
    }
    let published = Published::open(&results).ok_or(Failure::Broken(None))?;
    Ok((published, text))
}

fn failure(error: FetchError) -> Failure {
    match error {
        FetchError::Unreachable => Failure::Network,
        FetchError::Status(_) => Failure::Nothing,
    }
}

fn broken(problems: &[Problem]) -> Failure {
    Failure::Broken(problems.first().map(|it| it.at.clone()))
}

#[component]
fn Page(shown: RwSignal<Shown>, config: RwSignal<Option<Arc<Config>>>) -> impl IntoView {
    Effect::new(move |_| {
        let title = shown.with(|it| match it {
            Shown::Results(it, _) => it
                .codebook
                .title
                .resolve(&language())
                .map(|it| it.text.to_owned()),
            _ => None,
        });
        let title = title.unwrap_or_default();
        set_title(&t_with("organise.page", &[("survey", &title)]));
    });
    let organisation = Signal::derive(move || {
        config.with(|it| {
            let name = &it.as_ref()?.organisation.name;
            name.resolve(&language()).map(str::to_owned)
        })
    });
    view! {
        <a class="skip no-print" href="#main">{move || t("app.skip")}</a>
        <Header organisation/>
        <main id="main" class="organise" tabindex="-1">
            {move || match shown.get() {
                Shown::Opening => view! {
                    <div class="loading" role="status">
                        <span class="loading__mark" aria-hidden="true"></span>
                        <p>{t("results.load")}</p>
                    </div>
                }.into_any(),
                Shown::Results(published, snapshot) => view! { <PublicResults published snapshot/> }.into_any(),
                Shown::Failed(failure) => failed(&failure).into_any(),
            }}
        </main>
        <footer class="organise-footer">
            <p>{move || t("results.footer")}</p>
        </footer>
    }
}

fn failed(failure: &Failure) -> impl IntoView + use<> {
    let (title, text) = match failure {
        Failure::Network => ("results.failed.title", t("organise.failed.network")),
        Failure::Nothing => ("results.none.title", t("results.none")),
        Failure::Broken(_) => ("results.failed.title", t("results.broken")),
    };
    let place = match failure {
        Failure::Broken(Some(at)) if !at.is_empty() => {
            Some(t_with("results.broken.at", &[("at", at)]))
        }
        _ => None,
    };
    view! {
        <div class="notice" role="alert">
            <h1>{t(title)}</h1>
            <p>{text}</p>
            {place.map(|it| view! { <p>{it}</p> })}
        </div>
    }
}
