//! Taking in one response.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use wire::{Body, BodyKind, Envelope, EnvelopeError, Receipt, ResponseId, SurveyId, routes};

use super::Collector;
use super::problem::{Problem, problem};
use crate::rules::{Misfit, Stage};
use crate::{Put, Quota, SurveyRules, digest};

pub(super) async fn send(
    State(collector): State<Collector>,
    Path((survey, id)): Path<(String, String)>,
    headers: HeaderMap,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let (survey, rules) = collector.survey(&survey)?;
    let id = response_id(&id, &headers)?;
    let body = body(&headers, bytes)?;
    // What is stored already is acknowledged again whatever the rules say by now.
    let found = {
        let (survey, body) = (survey.clone(), body.clone());
        collector
            .with_store(move |store| store.look_up(&survey, id, &body))
            .await?
    };
    let put = match found {
        Some(found) => found,
        None => take(&collector, &survey, rules, id, &body).await?,
    };
    let status = match put {
        Put::New => StatusCode::CREATED,
        Put::Same => StatusCode::OK,
        Put::Different => {
            return Err(problem(
                409,
                "response/different",
                "Another response is stored under this id.",
            ));
        }
        Put::Full => {
            return Err(problem(
                429,
                "survey/full-today",
                "The survey takes no more responses today.",
            ));
        }
    };
    let receipt = Receipt {
        id,
        digest: digest(&body.bytes),
    };
    let content_type = [(header::CONTENT_TYPE, "application/json")];
    Ok((status, content_type, receipt.to_json()).into_response())
}

/// Stores what is new, if the survey takes it.
async fn take(
    collector: &Collector,
    survey: &SurveyId,
    rules: &SurveyRules,
    id: ResponseId,
    body: &Body,
) -> Result<Put, Problem> {
    let now = collector.clock.now();
    match rules.window.stage(now) {
        Stage::Before => {
            return Err(problem(
                403,
                "survey/not-open",
                "The survey is not open yet.",
            ));
        }
        Stage::After => return Err(problem(403, "survey/closed", "The survey has closed.")),
        Stage::Open => check(body, survey, id, rules, now.day)?,
    }
    let quota = rules.daily_limit.map(|limit| Quota {
        day: now.day,
        limit,
    });
    let (survey, body) = (survey.clone(), body.clone());
    collector
        .with_store(move |store| store.put(&survey, id, &body, quota))
        .await
}

fn response_id(id: &str, headers: &HeaderMap) -> Result<ResponseId, Problem> {
    let parsed = id
        .parse()
        .map_err(|_| problem(400, "response/id", "The id is not 32 hexadecimal digits."))?;
    match headers.get(routes::IDEMPOTENCY_KEY) {
        Some(key) if key.as_bytes() != id.as_bytes() => Err(problem(
            400,
            "response/idempotency-key",
            "The idempotency key is not the response's id.",
        )),
        _ => Ok(parsed),
    }
}

fn body(headers: &HeaderMap, bytes: Result<Bytes, BytesRejection>) -> Result<Body, Problem> {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|it| it.to_str().ok())
        .and_then(BodyKind::from_media_type)
        .filter(|kind| *kind == BodyKind::Plain)
        .ok_or_else(|| {
            problem(
                415,
                "body/kind",
                "The survey does not take bodies of this kind.",
            )
            .with_detail(BodyKind::Plain.media_type())
        })?;
    let bytes = bytes.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            too_large()
        } else {
            problem(400, "body/unreadable", "The body did not arrive whole.")
        }
    })?;
    Ok(Body {
        kind,
        bytes: bytes.to_vec(),
    })
}

fn too_large() -> Problem {
    problem(413, "body/too-large", "The response is too large.")
}

fn check(
    body: &Body,
    survey: &SurveyId,
    id: ResponseId,
    rules: &SurveyRules,
    today: wire::Day,
) -> Result<(), Problem> {
    let envelope = Envelope::parse(&body.bytes).map_err(|error| match error {
        EnvelopeError::TooLarge => too_large(),
        EnvelopeError::NotJson => problem(400, "body/not-json", "The body is not JSON."),
        EnvelopeError::NotCanonical => problem(
            400,
            "body/not-canonical",
            "The body is not in the one written form of a response.",
        ),
        EnvelopeError::NotAnEnvelope(_) => {
            problem(400, "body/not-a-response", "The body is not a response.")
                .with_detail(error.to_string())
        }
    })?;
    let parts = envelope.parts();
    if parts.id != id || parts.survey != *survey {
        return Err(problem(
            400,
            "response/address",
            "The response belongs to another address.",
        ));
    }
    let Some(shape) = rules.versions.get(&parts.version) else {
        let known: Vec<&str> = rules.versions.keys().map(String::as_str).collect();
        return Err(problem(
            422,
            "survey/version",
            "The survey is not collected in this version.",
        )
        .with_detail(known.join(", ")));
    };
    if !rules.languages.contains(&parts.language) {
        return Err(problem(
            422,
            "response/language",
            "The survey has no such language.",
        ));
    }
    if !rules.window.covers(parts.day, today) {
        return Err(problem(
            422,
            "response/day",
            "The survey was not open on that day.",
        ));
    }
    shape.check(&parts.answers).map_err(|misfits| {
        problem(
            422,
            "answers/shape",
            "These cannot be answers to the survey.",
        )
        .with_detail(listed(&misfits))
    })
}

/// The first few misfits, without what was found there.
fn listed(misfits: &[Misfit]) -> String {
    let first: Vec<String> = misfits
        .iter()
        .take(10)
        .map(|it| format!("{}: expected {}", it.at, it.expected))
        .collect();
    first.join("; ")
}
