//! Handing out all responses to a survey.

use std::io;

use axum::body::Body as HttpBody;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use wire::{ResponseId, SurveyId, routes};

use super::Collector;
use super::problem::{Problem, problem};
use crate::SurveyRules;

/// How many responses are read from the store at a time.
const AT_A_TIME: usize = 500;

pub(super) async fn fetch(
    State(collector): State<Collector>,
    Path(survey): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (survey, rules) = collector.survey(&survey)?;
    with_key(
        rules,
        &headers,
        "Reading responses takes the organiser's key.",
    )?;
    let first = page(&collector, &survey, None).await?;
    let pages = stream::try_unfold(Some(first), move |page| {
        let (collector, survey) = (collector.clone(), survey.clone());
        async move {
            let Some(Page { lines, last }) = page else {
                return Ok(None);
            };
            let next = match last {
                Some(last) => Some(
                    self::page(&collector, &survey, Some(last))
                        .await
                        .map_err(|problem| io::Error::other(problem.0.code))?,
                ),
                None => None,
            };
            Ok::<_, io::Error>(Some((lines, next)))
        }
    });
    let content_type = [(header::CONTENT_TYPE, routes::NDJSON)];
    Ok((content_type, HttpBody::from_stream(pages)).into_response())
}

/// Goes on only for the organiser's key.
pub(super) fn with_key(rules: &SurveyRules, headers: &HeaderMap, why: &str) -> Result<(), Problem> {
    let fits = headers
        .get(header::AUTHORIZATION)
        .and_then(|it| it.to_str().ok())
        .and_then(|it| it.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .is_some_and(|(_, key)| rules.key.fits(key.trim()));
    if fits {
        Ok(())
    } else {
        Err(problem(401, "key/wrong", why))
    }
}

/// Some lines, and the id to go on from if there may be more.
struct Page {
    lines: Vec<u8>,
    last: Option<ResponseId>,
}

async fn page(
    collector: &Collector,
    survey: &SurveyId,
    after: Option<ResponseId>,
) -> Result<Page, Problem> {
    let survey = survey.clone();
    let rows = collector
        .with_store(move |store| store.page(&survey, after, AT_A_TIME))
        .await?;
    let last = (rows.len() == AT_A_TIME)
        .then(|| rows.last().map(|(id, _)| *id))
        .flatten();
    let mut lines = Vec::new();
    for (_, body) in rows {
        lines.extend_from_slice(&body.bytes);
        lines.push(b'\n');
    }
    Ok(Page { lines, last })
}
