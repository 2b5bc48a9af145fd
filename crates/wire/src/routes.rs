//! The paths of the requests: send, fetch, publish, from the endpoint's own path on.

use crate::{ResponseId, SurveyId};

/// `PUT`: sends one response; also the route pattern for a router.
pub const RESPONSE: &str = "/surveys/{survey}/responses/{id}";

/// `GET`: all responses to a survey, for the organiser's key; also the route pattern.
pub const RESPONSES: &str = "/surveys/{survey}/responses";

/// `PUT`: publishes results, for the organiser's key; `GET`: the published results, for anyone;
/// `DELETE`: takes them back, for the key; also the route pattern.
pub const RESULTS: &str = "/surveys/{survey}/results";

/// The media type of a list of envelopes, one a line.
pub const NDJSON: &str = "application/x-ndjson";

/// The header that carries the response id once more, for intermediaries that retry.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Where to `PUT` one response.
pub fn response(endpoint: &str, survey: &SurveyId, id: ResponseId) -> String {
    format!("{}/{id}", responses(endpoint, survey))
}

/// Where to `GET` all responses.
pub fn responses(endpoint: &str, survey: &SurveyId) -> String {
    let endpoint = endpoint.trim_end_matches('/');
    format!("{endpoint}/surveys/{survey}/responses")
}

/// Where to publish results and to read them.
pub fn results(endpoint: &str, survey: &SurveyId) -> String {
    let endpoint = endpoint.trim_end_matches('/');
    format!("{endpoint}/surveys/{survey}/results")
}

#[cfg(test)]
mod tests {
    use super::{RESPONSE, RESPONSES, RESULTS, response, responses, results};
    use crate::ResponseId;

    #[test]
    fn the_paths_are_frozen() {
        let survey = "asukas".parse().expect("well-formed");
        let id = ResponseId::from_random([7; 16]);
        assert_eq!(
            response("/api", &survey, id),
            "/api/surveys/asukas/responses/07070707070707070707070707070707"
        );
        assert_eq!(
            responses("https://vastaukset.example.fi/v1/", &survey),
            "https://vastaukset.example.fi/v1/surveys/asukas/responses"
        );
    }

    #[test]
    fn the_patterns_of_the_router_are_the_same_paths() {
        let survey = "asukas".parse().expect("well-formed");
        let id = ResponseId::from_random([7; 16]);
        let filled = RESPONSE
            .replace("{survey}", "asukas")
            .replace("{id}", &id.to_string());
        assert_eq!(response("", &survey, id), filled);
        assert_eq!(
            responses("", &survey),
            RESPONSES.replace("{survey}", "asukas")
        );
        assert_eq!(results("", &survey), RESULTS.replace("{survey}", "asukas"));
    }
}
