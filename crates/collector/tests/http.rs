//! The requests, asked as a browser asks them.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, Method, Request, Response, StatusCode, header};
use collector::{
    Clock, KeyHash, MemoryStore, Misfit, Moment, Settings, Shape, SurveyRules, Window, app, digest,
};
use json::{Object, Value};
use tower::ServiceExt as _;
use wire::{Envelope, Parts, ProblemDetails, Receipt, ResponseId, SurveyId, routes};

const KEY: &str = "0123456789abcdef0123456789abcdef";
const PLAIN: &str = "application/vnd.kuuluu.response+json";

struct At(&'static str, u16);

impl Clock for At {
    fn now(&self) -> Moment {
        Moment {
            day: self.0.parse().expect("a day"),
            minute: self.1,
        }
    }
}

/// Takes only the answer `life`.
struct OnlyLife;

impl Shape for OnlyLife {
    fn check(&self, answers: &Object) -> Result<(), Vec<Misfit>> {
        let misfits: Vec<Misfit> = answers
            .keys()
            .filter(|name| *name != "life")
            .map(|name| Misfit {
                at: format!("/{name}"),
                expected: "no such answer".to_owned(),
            })
            .collect();
        if misfits.is_empty() {
            Ok(())
        } else {
            Err(misfits)
        }
    }
}

fn rules() -> SurveyRules {
    let shape: Arc<dyn Shape> = Arc::new(OnlyLife);
    SurveyRules {
        versions: BTreeMap::from([("1".to_owned(), shape)]),
        languages: vec!["fi".to_owned(), "sv".to_owned()],
        window: Window {
            opens: "2026-11-01".parse().ok(),
            closes: "2026-11-30".parse().ok(),
            grace_minutes: 30,
        },
        daily_limit: None,
        key: KeyHash::of(KEY),
    }
}

fn with(rules: SurveyRules, clock: At, settings: Settings) -> Router {
    let surveys = BTreeMap::from([(survey(), rules)]);
    app(
        Arc::new(MemoryStore::new()),
        surveys,
        Arc::new(clock),
        settings,
    )
}

fn collector() -> Router {
    with(rules(), At("2026-11-22", 600), Settings::default())
}

fn survey() -> SurveyId {
    "asukas".parse().expect("well-formed")
}

fn parts(number: u8) -> Parts {
    Parts {
        id: ResponseId::from_random([number; 16]),
        survey: survey(),
        version: "1".to_owned(),
        language: "fi".to_owned(),
        day: "2026-11-22".parse().expect("a day"),
        answers: [("life".to_owned(), Value::from(4))].into_iter().collect(),
    }
}

fn put(parts: Parts) -> Request<Body> {
    let path = routes::response("", &parts.survey, parts.id);
    let bytes = Envelope::new(parts).expect("well-formed").to_bytes();
    put_bytes(&path, bytes)
}

fn put_bytes(path: &str, bytes: impl Into<Body>) -> Request<Body> {
    Request::put(path)
        .header(header::CONTENT_TYPE, PLAIN)
        .body(bytes.into())
        .expect("a request")
}

fn get(key: Option<&str>) -> Request<Body> {
    let mut request = Request::get(routes::responses("", &survey()));
    if let Some(key) = key {
        request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
    }
    request.body(Body::empty()).expect("a request")
}

async fn ask(app: &Router, request: Request<Body>) -> Response<Body> {
    app.clone().oneshot(request).await.expect("infallible")
}

async fn text(response: Response<Body>) -> String {
    let bytes = to_bytes(response.into_body(), 10_000_000)
        .await
        .expect("a body");
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// The status and the code of a problem.
async fn refusal(app: &Router, request: Request<Body>) -> (u16, String) {
    let response = ask(app, request).await;
    let status = response.status().as_u16();
    assert_eq!(
        response.headers()[header::CONTENT_TYPE],
        "application/problem+json"
    );
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    let problem = ProblemDetails::parse(&text(response).await).expect("a problem");
    assert_eq!(problem.status, status);
    (status, problem.code)
}

#[tokio::test]
async fn a_response_is_acknowledged_with_the_digest_of_its_bytes() {
    let app = collector();
    let bytes = Envelope::new(parts(1)).expect("well-formed").to_bytes();
    let response = ask(&app, put(parts(1))).await;
    assert_eq!(response.status(), StatusCode::CREATED);
    let receipt = Receipt::parse(&text(response).await).expect("a receipt");
    assert_eq!(receipt.id, parts(1).id);
    assert_eq!(receipt.digest, digest(&bytes));
}

#[tokio::test]
async fn the_same_content_again_is_acknowledged_again_and_other_content_refused() {
    let app = collector();
    assert_eq!(ask(&app, put(parts(1))).await.status(), StatusCode::CREATED);
    let again = ask(&app, put(parts(1))).await;
    assert_eq!(again.status(), StatusCode::OK);
    assert!(Receipt::parse(&text(again).await).is_ok());
    let mut other = parts(1);
    other.answers.insert("life", 5.into());
    assert_eq!(
        refusal(&app, put(other)).await,
        (409, "response/different".to_owned())
    );
    assert_eq!(
        text(ask(&app, get(Some(KEY))).await).await.lines().count(),
        1
    );
}

#[tokio::test]
async fn responses_come_out_byte_for_byte_in_an_order_unrelated_to_their_arrival() {
    let app = collector();
    for number in [200, 3, 77, 4, 250, 0] {
        assert_eq!(
            ask(&app, put(parts(number))).await.status(),
            StatusCode::CREATED
        );
    }
    let response = ask(&app, get(Some(KEY))).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::CONTENT_TYPE], routes::NDJSON);
    let lines = text(response).await;
    let sent: Vec<Vec<u8>> = [0, 3, 4, 77, 200, 250]
        .into_iter()
        .map(|number| {
            Envelope::new(parts(number))
                .expect("well-formed")
                .to_bytes()
        })
        .collect();
    let received: Vec<Vec<u8>> = lines.lines().map(|line| line.as_bytes().to_vec()).collect();
    assert_eq!(received, sent);
}

#[tokio::test]
async fn more_responses_than_one_page_are_streamed_whole() {
    let app = collector();
    for number in 0..1_201_u32 {
        let mut id = [7; 16];
        id[..4].copy_from_slice(&number.wrapping_mul(2_654_435_761).to_be_bytes());
        let id = ResponseId::from_random(id);
        assert_eq!(
            ask(&app, put(Parts { id, ..parts(0) })).await.status(),
            StatusCode::CREATED
        );
    }
    let lines = text(ask(&app, get(Some(KEY))).await).await;
    let mut distinct: Vec<&str> = lines.lines().collect();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!((lines.lines().count(), distinct.len()), (1_201, 1_201));
}

#[tokio::test]
async fn responses_are_packed_for_those_who_accept_it_and_only_for_them() {
    let app = collector();
    for number in 0..200 {
        ask(&app, put(parts(number))).await;
    }
    let plain = ask(&app, get(Some(KEY))).await;
    assert_eq!(plain.headers().get(header::CONTENT_ENCODING), None);
    let plain = to_bytes(plain.into_body(), 10_000_000).await.expect("all");
    let unpacked = |encoding: &str, bytes: &[u8]| {
        let mut text = Vec::new();
        match encoding {
            "gzip" => flate2::read::GzDecoder::new(bytes).read_to_end(&mut text),
            _ => zstd::Decoder::new(bytes).and_then(|mut it| it.read_to_end(&mut text)),
        }
        .expect("packed");
        text
    };
    for encoding in ["gzip", "zstd"] {
        let mut request = get(Some(KEY));
        let accepted = HeaderValue::from_str(encoding).expect("a name");
        request
            .headers_mut()
            .insert(header::ACCEPT_ENCODING, accepted);
        let response = ask(&app, request).await;
        assert_eq!(response.headers()[header::CONTENT_ENCODING], encoding);
        assert_eq!(response.headers()[header::CONTENT_TYPE], routes::NDJSON);
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        let varies = response.headers().get_all(header::VARY);
        assert!(varies.iter().any(|it| it == "accept-encoding"));
        let bytes = to_bytes(response.into_body(), 10_000_000)
            .await
            .expect("all");
        assert!(bytes.len() * 2 < plain.len(), "{encoding}: {}", bytes.len());
        assert_eq!(unpacked(encoding, &bytes), plain);
    }
}

#[tokio::test]
async fn reading_takes_the_key() {
    let app = collector();
    ask(&app, put(parts(1))).await;
    for key in [None, Some(""), Some("wrong"), Some(&KEY[..31])] {
        let response = ask(&app, get(key)).await;
        assert_eq!(response.headers()[header::WWW_AUTHENTICATE], "Bearer");
        assert!(!text(response).await.contains("answers"));
        assert_eq!(
            refusal(&app, get(key)).await,
            (401, "key/wrong".to_owned()),
            "{key:?}"
        );
    }
    let basic = Request::get(routes::responses("", &survey()))
        .header(header::AUTHORIZATION, format!("Basic {KEY}"))
        .body(Body::empty())
        .expect("a request");
    assert_eq!(refusal(&app, basic).await.0, 401);
}

#[tokio::test]
async fn what_cannot_be_a_response_is_refused_with_a_code() {
    let app = collector();
    let fine = String::from_utf8(Envelope::new(parts(1)).expect("fine").to_bytes()).expect("UTF-8");
    let path = routes::response("", &survey(), parts(1).id);
    let toinen = path.replace("asukas", "toinen");
    for (path, body, status, code) in [
        (toinen.as_str(), fine.clone(), 404, "survey/unknown"),
        (
            "/surveys/ASUKAS/responses/00",
            fine.clone(),
            404,
            "survey/unknown",
        ),
        (
            "/surveys/asukas/responses/00",
            fine.clone(),
            400,
            "response/id",
        ),
        (&path, "hello".to_owned(), 400, "body/not-json"),
        (&path, "{}".to_owned(), 400, "body/not-a-response"),
        (
            &path,
            fine.replace("\"day\"", "\"time\""),
            400,
            "body/not-a-response",
        ),
        (&path, fine.replace('{', "{ "), 400, "body/not-canonical"),
        (&path, fine.replace("0101", "0202"), 400, "response/address"),
        (
            &path,
            fine.replace("asukas", "toinen"),
            400,
            "response/address",
        ),
        (&path, fine.replace("\"1\"", "\"2\""), 422, "survey/version"),
        (
            &path,
            fine.replace("\"fi\"", "\"de\""),
            422,
            "response/language",
        ),
        (
            &path,
            fine.replace("2026-11-22", "2026-11-24"),
            422,
            "response/day",
        ),
        (
            &path,
            fine.replace("2026-11-22", "2026-10-31"),
            422,
            "response/day",
        ),
        (
            &path,
            fine.replace("life", "stranger"),
            422,
            "answers/shape",
        ),
        (
            &path,
            "x".repeat(wire::MAX_BODY_BYTES + 1),
            413,
            "body/too-large",
        ),
    ] {
        let refused = refusal(&app, put_bytes(path, body)).await;
        assert_eq!(refused, (status, code.to_owned()), "{path}");
    }
    assert_eq!(text(ask(&app, get(Some(KEY))).await).await, "");
}

#[tokio::test]
async fn a_refusal_names_the_place_but_not_what_was_found_there() {
    let mut parts = parts(1);
    parts.answers.insert("stranger", "a secret".into());
    let response = text(ask(&collector(), put(parts)).await).await;
    assert!(
        response.contains("/stranger: expected no such answer"),
        "{response}"
    );
    assert!(!response.contains("secret"), "{response}");
}

#[tokio::test]
async fn the_idempotency_key_is_the_id_or_nothing() {
    let app = collector();
    let mut request = put(parts(1));
    let id = parts(1).id.to_string();
    request
        .headers_mut()
        .insert(routes::IDEMPOTENCY_KEY, id.parse().expect("ASCII"));
    assert_eq!(ask(&app, request).await.status(), StatusCode::CREATED);
    let mut request = put(parts(2));
    request
        .headers_mut()
        .insert(routes::IDEMPOTENCY_KEY, id.parse().expect("ASCII"));
    assert_eq!(
        refusal(&app, request).await,
        (400, "response/idempotency-key".to_owned())
    );
}

#[tokio::test]
async fn bodies_of_other_kinds_are_not_taken() {
    let app = collector();
    for kind in [
        "application/json",
        "text/plain",
        "application/vnd.kuuluu.sealed",
    ] {
        let mut request = put(parts(1));
        let kind = HeaderValue::from_str(kind).expect("ASCII");
        request.headers_mut().insert(header::CONTENT_TYPE, kind);
        assert_eq!(refusal(&app, request).await, (415, "body/kind".to_owned()));
    }
    let mut request = put(parts(1));
    request.headers_mut().remove(header::CONTENT_TYPE);
    assert_eq!(refusal(&app, request).await, (415, "body/kind".to_owned()));
}

#[tokio::test]
async fn acc_11_a_survey_takes_responses_from_its_first_day_until_its_grace_has_passed() {
    for (day, minute, expected) in [
        (
            "2026-10-31",
            1_439,
            Err((403, "survey/not-open".to_owned())),
        ),
        ("2026-11-01", 0, Ok(())),
        ("2026-11-30", 1_439, Ok(())),
        ("2026-12-01", 29, Ok(())),
        ("2026-12-01", 30, Err((403, "survey/closed".to_owned()))),
    ] {
        let app = with(rules(), At(day, minute), Settings::default());
        let day = if day == "2026-11-01" {
            day
        } else {
            "2026-11-30"
        };
        let parts = Parts {
            day: day.parse().expect("a day"),
            ..parts(1)
        };
        match expected {
            Ok(()) => assert_eq!(ask(&app, put(parts)).await.status(), StatusCode::CREATED),
            Err(refused) => assert_eq!(refusal(&app, put(parts)).await, refused),
        }
    }
}

#[tokio::test]
async fn what_was_stored_is_acknowledged_even_after_the_survey_has_closed() {
    struct Later(std::sync::atomic::AtomicBool);
    impl Clock for Later {
        fn now(&self) -> Moment {
            let later = self.0.swap(true, std::sync::atomic::Ordering::Relaxed);
            At(if later { "2027-01-01" } else { "2026-11-22" }, 0).now()
        }
    }
    let surveys = BTreeMap::from([(survey(), rules())]);
    let clock = Arc::new(Later(false.into()));
    let app = app(
        Arc::new(MemoryStore::new()),
        surveys,
        clock,
        Settings::default(),
    );
    assert_eq!(ask(&app, put(parts(1))).await.status(), StatusCode::CREATED);
    assert_eq!(
        refusal(&app, put(parts(2))).await,
        (403, "survey/closed".to_owned())
    );
    assert_eq!(ask(&app, put(parts(1))).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_daily_limit_holds_without_knowing_anyone() {
    let limited = SurveyRules {
        daily_limit: Some(2),
        ..rules()
    };
    let app = with(limited, At("2026-11-22", 0), Settings::default());
    for number in [1, 2] {
        assert_eq!(
            ask(&app, put(parts(number))).await.status(),
            StatusCode::CREATED
        );
    }
    assert_eq!(
        refusal(&app, put(parts(3))).await,
        (429, "survey/full-today".to_owned())
    );
    assert_eq!(ask(&app, put(parts(2))).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn only_the_configured_origin_may_ask_from_elsewhere() {
    let origin = "https://kysely.example.fi";
    let settings = Settings {
        allowed_origin: Some(HeaderValue::from_static("https://kysely.example.fi")),
    };
    let app = with(rules(), At("2026-11-22", 0), settings);
    let preflight = |origin: &str| {
        Request::builder()
            .method(Method::OPTIONS)
            .uri(routes::response("", &survey(), parts(1).id))
            .header(header::ORIGIN, origin)
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
            .body(Body::empty())
            .expect("a request")
    };
    let allowed = ask(&app, preflight(origin)).await;
    assert_eq!(allowed.status(), StatusCode::NO_CONTENT);
    assert_eq!(
        allowed.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN],
        origin
    );
    let names = allowed.headers()[header::ACCESS_CONTROL_ALLOW_HEADERS]
        .to_str()
        .expect("ASCII");
    assert!(names.contains("idempotency-key") && names.contains("content-type"));
    assert!(
        !allowed
            .headers()
            .contains_key(header::ACCESS_CONTROL_ALLOW_CREDENTIALS)
    );
    let refused = ask(&app, preflight("https://evil.example")).await;
    assert!(
        !refused
            .headers()
            .contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN)
    );

    let mut request = put(parts(1));
    request.headers_mut().insert(
        header::ORIGIN,
        HeaderValue::from_static("https://kysely.example.fi"),
    );
    let response = ask(&app, request).await;
    assert_eq!(
        response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN],
        origin
    );
    let closed = ask(&collector(), preflight(origin)).await;
    assert!(
        !closed
            .headers()
            .contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN)
    );
}

#[tokio::test]
async fn no_response_sets_a_cookie_or_may_be_cached() {
    let app = collector();
    for request in [put(parts(1)), get(Some(KEY)), get(None)] {
        let response = ask(&app, request).await;
        assert!(!response.headers().contains_key(header::SET_COOKIE));
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    }
}

#[tokio::test]
async fn what_is_not_a_request_of_ours_is_a_problem_too() {
    let app = collector();
    let delete = Request::delete(routes::response("", &survey(), parts(1).id))
        .body(Body::empty())
        .expect("a request");
    assert_eq!(
        refusal(&app, delete).await,
        (405, "route/method".to_owned())
    );
    let nowhere = Request::get("/nowhere")
        .body(Body::empty())
        .expect("a request");
    assert_eq!(
        refusal(&app, nowhere).await,
        (404, "route/unknown".to_owned())
    );
}

#[tokio::test(start_paused = true)]
async fn who_sends_too_slowly_is_sent_away() {
    let never = Body::from_stream(futures_util::stream::pending::<
        Result<Vec<u8>, std::io::Error>,
    >());
    let path = routes::response("", &survey(), parts(1).id);
    let refused = refusal(&collector(), put_bytes(&path, never)).await;
    assert_eq!(refused, (408, "request/slow".to_owned()));
}

/// A store whose disk is full.
struct Full;

impl collector::Store for Full {
    fn look_up(
        &self,
        _: &SurveyId,
        _: ResponseId,
        _: &wire::Body,
    ) -> Result<Option<collector::Put>, collector::StoreError> {
        Ok(None)
    }

    fn put(
        &self,
        _: &SurveyId,
        _: ResponseId,
        _: &wire::Body,
        _: Option<collector::Quota>,
    ) -> Result<collector::Put, collector::StoreError> {
        Err(collector::StoreError("disk full".into()))
    }

    fn load(
        &self,
        _: &SurveyId,
        _: &[(ResponseId, wire::Body)],
    ) -> Result<usize, collector::StoreError> {
        Err(collector::StoreError("disk full".into()))
    }

    fn page(
        &self,
        _: &SurveyId,
        _: Option<ResponseId>,
        _: usize,
    ) -> Result<Vec<(ResponseId, wire::Body)>, collector::StoreError> {
        Ok(Vec::new())
    }

    fn publish(&self, _: &SurveyId, _: Option<&str>) -> Result<(), collector::StoreError> {
        Err(collector::StoreError("disk full".into()))
    }

    fn published(&self, _: &SurveyId) -> Result<Option<String>, collector::StoreError> {
        Ok(None)
    }
}

#[tokio::test]
async fn a_store_that_fails_asks_to_try_again_and_acknowledges_nothing() {
    let surveys = BTreeMap::from([(survey(), rules())]);
    let clock = Arc::new(At("2026-11-22", 0));
    let app = app(Arc::new(Full), surveys, clock, Settings::default());
    let response = ask(&app, put(parts(1))).await;
    assert_eq!(response.headers()[header::RETRY_AFTER], "30");
    assert_eq!(
        refusal(&app, put(parts(1))).await,
        (503, "store/failed".to_owned())
    );
}

const RESULTS: &str = include_str!("../../wire/src/results/frozen.json");

fn results(method: Method, key: Option<&str>, body: &str) -> Request<Body> {
    let mut request = Request::builder()
        .method(method)
        .uri(routes::results("", &survey()))
        .header(header::CONTENT_TYPE, wire::RESULTS_MEDIA_TYPE);
    if let Some(key) = key {
        request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
    }
    request
        .body(Body::from(body.to_owned()))
        .expect("a request")
}

#[tokio::test]
async fn what_is_published_is_read_by_anyone_until_it_is_taken_back() {
    let app = collector();
    let none = || results(Method::GET, None, "");
    let nothing = ask(&app, none()).await;
    assert_eq!(nothing.status(), StatusCode::NO_CONTENT);
    assert_eq!(text(nothing).await, "");
    let first = ask(&app, results(Method::PUT, Some(KEY), RESULTS)).await;
    assert_eq!(first.status(), StatusCode::NO_CONTENT);
    let newer = RESULTS.replace("2026-11-25", "2026-11-26");
    let second = ask(&app, results(Method::PUT, Some(KEY), &newer)).await;
    assert_eq!(second.status(), StatusCode::NO_CONTENT);
    let read = ask(&app, none()).await;
    assert_eq!(
        read.headers()[header::CONTENT_TYPE],
        wire::RESULTS_MEDIA_TYPE
    );
    assert_eq!(text(read).await, newer);
    let gone = ask(&app, results(Method::DELETE, Some(KEY), "")).await;
    assert_eq!(gone.status(), StatusCode::NO_CONTENT);
    assert_eq!(ask(&app, none()).await.status(), StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn publishing_takes_the_key_and_a_snapshot_of_this_survey() {
    let app = collector();
    for key in [None, Some("wrong")] {
        for method in [Method::PUT, Method::DELETE] {
            let refused = refusal(&app, results(method, key, RESULTS)).await;
            assert_eq!(refused, (401, "key/wrong".to_owned()));
        }
    }
    let other = RESULTS.replace("asukas", "resurssi");
    let rows = r#"{"format":"kuuluu-response/1","answers":{}}"#;
    let large = "x".repeat(wire::MAX_RESULTS_BYTES + 1);
    for (body, status, code) in [
        (other.as_str(), 400, "results/address"),
        (rows, 422, "results/shape"),
        ("<html>", 422, "results/shape"),
        (large.as_str(), 413, "body/too-large"),
    ] {
        let refused = refusal(&app, results(Method::PUT, Some(KEY), body)).await;
        assert_eq!(refused, (status, code.to_owned()));
    }
    let plain = Request::put(routes::results("", &survey()))
        .header(header::AUTHORIZATION, format!("Bearer {KEY}"))
        .header(header::CONTENT_TYPE, PLAIN)
        .body(Body::from(RESULTS))
        .expect("a request");
    assert_eq!(refusal(&app, plain).await, (415, "body/kind".to_owned()));
    let read = ask(&app, results(Method::GET, None, "")).await;
    assert_eq!(read.status(), StatusCode::NO_CONTENT);
}
