//! Publishing results, reading what is published, taking it back.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use wire::{RESULTS_MEDIA_TYPE, Results};

use super::Collector;
use super::fetch::with_key;
use super::problem::{Problem, problem};

const KEY: &str = "Publishing results takes the organiser's key.";

pub(super) async fn publish(
    State(collector): State<Collector>,
    Path(survey): Path<String>,
    headers: HeaderMap,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Problem> {
    let (survey, rules) = collector.survey(&survey)?;
    with_key(rules, &headers, KEY)?;
    let content_type = headers.get(header::CONTENT_TYPE);
    let essence = content_type
        .and_then(|it| it.to_str().ok())
        .and_then(|it| it.split(';').next());
    if !essence.is_some_and(|it| it.trim().eq_ignore_ascii_case(RESULTS_MEDIA_TYPE)) {
        return Err(
            problem(415, "body/kind", "These are not results.").with_detail(RESULTS_MEDIA_TYPE)
        );
    }
    let bytes = bytes.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            problem(413, "body/too-large", "The results are too large.")
        } else {
            problem(400, "body/unreadable", "The body did not arrive whole.")
        }
    })?;
    let text = String::from_utf8(bytes.to_vec())
        .map_err(|_| problem(400, "body/not-json", "The body is not JSON."))?;
    let results = Results::parse(&text).map_err(|problems| {
        let first: Vec<String> = problems
            .iter()
            .take(10)
            .map(|it| format!("{}: expected {}", it.at, it.expected))
            .collect();
        problem(422, "results/shape", "The body is not a results snapshot.")
            .with_detail(first.join("; "))
    })?;
    if results.survey != survey {
        return Err(problem(
            400,
            "results/address",
            "The results belong to another address.",
        ));
    }
    collector
        .with_store(move |store| store.publish(&survey, Some(&text)))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn withdraw(
    State(collector): State<Collector>,
    Path(survey): Path<String>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    let (survey, rules) = collector.survey(&survey)?;
    with_key(rules, &headers, KEY)?;
    collector
        .with_store(move |store| store.publish(&survey, None))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn published(
    State(collector): State<Collector>,
    Path(survey): Path<String>,
) -> Result<Response, Problem> {
    let (survey, _) = collector.survey(&survey)?;
    let found = collector
        .with_store(move |store| store.published(&survey))
        .await?;
    let Some(results) = found else {
        // No error: pages ask whether there is anything, and a browser would report one.
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let content_type = [(header::CONTENT_TYPE, RESULTS_MEDIA_TYPE)];
    Ok((content_type, results).into_response())
}
