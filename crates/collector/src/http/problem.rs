//! Errors as problem+json.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use wire::{PROBLEM_MEDIA_TYPE, ProblemDetails};

/// An error on its way out.
#[derive(Debug)]
pub(super) struct Problem(pub(super) ProblemDetails);

pub(super) fn problem(status: u16, code: &str, title: &str) -> Problem {
    Problem(ProblemDetails::new(status, code, title))
}

impl Problem {
    pub(super) fn with_detail(self, detail: impl Into<String>) -> Self {
        Self(self.0.with_detail(detail))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (
            status,
            [(header::CONTENT_TYPE, PROBLEM_MEDIA_TYPE)],
            self.0.to_json(),
        )
            .into_response();
        let hint = match status {
            StatusCode::UNAUTHORIZED => Some((header::WWW_AUTHENTICATE, "Bearer")),
            StatusCode::TOO_MANY_REQUESTS => Some((header::RETRY_AFTER, "3600")),
            StatusCode::SERVICE_UNAVAILABLE => Some((header::RETRY_AFTER, "30")),
            _ => None,
        };
        if let Some((name, value)) = hint {
            response
                .headers_mut()
                .insert(name, header::HeaderValue::from_static(value));
        }
        response
    }
}
