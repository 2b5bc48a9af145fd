//! Errors of the API: RFC 9457 with a stable code.

use json::{Object, Value};

/// The media type of [`ProblemDetails`].
pub const PROBLEM_MEDIA_TYPE: &str = "application/problem+json";

/// Why a request was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemDetails {
    /// The HTTP status, 400 to 599.
    pub status: u16,
    /// A stable code to program against, for example `survey/unknown`.
    pub code: String,
    /// What happened, in one English sentence without data of the request's sender.
    pub title: String,
    /// Particulars, for example the path of a wrong answer.
    pub detail: Option<String>,
}

impl ProblemDetails {
    /// A problem without particulars.
    pub fn new(status: u16, code: &str, title: &str) -> Self {
        Self {
            status,
            code: code.to_owned(),
            title: title.to_owned(),
            detail: None,
        }
    }

    /// The same with particulars.
    #[must_use]
    pub fn with_detail(self, detail: impl Into<String>) -> Self {
        Self {
            detail: Some(detail.into()),
            ..self
        }
    }

    /// Reads what an endpoint sent. Members that are not known are passed over, as RFC 9457 asks,
    /// and only a code is required: `None` without one.
    pub fn parse(text: &str) -> Option<Self> {
        let value = Value::parse(text).ok()?;
        let text = |name| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let status = value.get("status").and_then(Value::as_f64).unwrap_or(0.0);
        Some(Self {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "clamped to three digits"
            )]
            status: status.clamp(0.0, 999.0) as u16,
            code: text("code")?,
            title: text("title").unwrap_or_default(),
            detail: text("detail"),
        })
    }

    /// Writes it as compact JSON.
    pub fn to_json(&self) -> String {
        let mut object = Object::new();
        object.insert("type", "about:blank".into());
        object.insert("status", f64::from(self.status).into());
        object.insert("code", self.code.as_str().into());
        object.insert("title", self.title.as_str().into());
        if let Some(detail) = &self.detail {
            object.insert("detail", detail.as_str().into());
        }
        Value::Object(object).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::ProblemDetails;

    const FROZEN: &str = concat!(
        r#"{"type":"about:blank","status":404,"code":"survey/unknown","#,
        r#""title":"There is no such survey.","detail":"toinen"}"#
    );

    #[test]
    fn its_json_is_frozen() {
        let problem = ProblemDetails::new(404, "survey/unknown", "There is no such survey.")
            .with_detail("toinen");
        assert_eq!(problem.to_json(), FROZEN);
        assert_eq!(ProblemDetails::parse(FROZEN), Some(problem));
    }

    #[test]
    fn an_answer_without_a_code_is_not_one_of_ours() {
        assert_eq!(ProblemDetails::parse("<html>502 Bad Gateway</html>"), None);
        assert_eq!(ProblemDetails::parse(r#"{"status":500}"#), None);
    }
}
