//! The requests.

mod cors;
mod fetch;
mod problem;
mod publish;
mod send;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, put};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use wire::{MAX_BODY_BYTES, MAX_RESULTS_BYTES, SurveyId, routes};

use crate::{Clock, Store, StoreError, SurveyRules};
use problem::{Problem, problem};

/// What an operator can choose.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The origin of an app that is served from elsewhere, for example `https://kysely.example.fi`.
    pub allowed_origin: Option<HeaderValue>,
}

/// What every request can reach.
#[derive(Clone)]
struct Collector {
    store: Arc<dyn Store>,
    surveys: Arc<BTreeMap<SurveyId, SurveyRules>>,
    clock: Arc<dyn Clock>,
}

impl Collector {
    fn survey(&self, id: &str) -> Result<(SurveyId, &SurveyRules), Problem> {
        let unknown = || problem(404, "survey/unknown", "There is no such survey here.");
        let id = id.parse().map_err(|_| unknown())?;
        let rules = self.surveys.get(&id).ok_or_else(unknown)?;
        Ok((id, rules))
    }

    /// Does something with the store where blocking is allowed.
    async fn with_store<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Problem> {
        let store = Arc::clone(&self.store);
        match tokio::task::spawn_blocking(move || work(&*store)).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => {
                // The store's own words, which know nothing of the sender.
                eprintln!("{error}");
                Err(problem(
                    503,
                    "store/failed",
                    "The request could not be carried out now.",
                ))
            }
            Err(_) => Err(problem(
                500,
                "store/failed",
                "The request could not be finished.",
            )),
        }
    }
}

/// The requests of [`wire::routes`], to be served below the endpoint's path.
pub fn app(
    store: Arc<dyn Store>,
    surveys: BTreeMap<SurveyId, SurveyRules>,
    clock: Arc<dyn Clock>,
    settings: Settings,
) -> Router {
    let collector = Collector {
        store,
        surveys: Arc::new(surveys),
        clock,
    };
    Router::new()
        .route(routes::RESPONSE, put(send::send))
        .route(routes::RESPONSES, get(fetch::fetch).layer(packed()))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .merge(
            Router::new()
                .route(
                    routes::RESULTS,
                    get(publish::published)
                        .put(publish::publish)
                        .delete(publish::withdraw),
                )
                .layer(DefaultBodyLimit::max(MAX_RESULTS_BYTES)),
        )
        .fallback(|| async { problem(404, "route/unknown", "There is nothing at this address.") })
        .method_not_allowed_fallback(|| async {
            problem(
                405,
                "route/method",
                "This address does not take such requests.",
            )
        })
        .layer(middleware::from_fn(patient))
        .layer(middleware::from_fn_with_state(
            settings.allowed_origin,
            cors::cors,
        ))
        .layer(middleware::map_response(uncached))
        .with_state(collector)
}

/// Packs what is sent with gzip or Zstandard for those who accept it, lightly: a text of answers
/// shrinks to a fifth or a tenth, and the first of a million should not wait for the last.
fn packed() -> CompressionLayer {
    CompressionLayer::new().quality(CompressionLevel::Fastest)
}

/// How long a request may take to arrive and to be answered.
const PATIENCE: Duration = Duration::from_secs(30);

async fn patient(request: Request, next: Next) -> Response {
    match tokio::time::timeout(PATIENCE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            problem(408, "request/slow", "The request took too long to arrive.").into_response()
        }
    }
}

async fn uncached(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}
