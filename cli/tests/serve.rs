//! `kuuluu serve` as a program: what it sends, what it keeps, and what it must not keep.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const CONFIG: &str = r#"{
  "format": "kuuluu-config/1", "endpoint": "/api", "languages": ["fi"],
  "organisation": {"name": "Koe", "contact": {"email": "koe@example.fi"}},
  "surveys": [
    {"id": "koe", "title": "Koekysely", "sample": true},
    {"id": "laite", "title": "Laitteella"}
  ]
}"#;

const SURVEY: &str = r#"{
  "kuuluu": {"id": "koe", "version": "1", "languages": ["fi"], "mode": "anonymous"},
  "pages": [{"name": "p", "elements": [{"type": "radiogroup", "name": "life", "choices": [1, 2]}]}]
}"#;

const PAGE: &str = "<!DOCTYPE html><script type=\"module\" src=\"/a.js\"></script>\
                    <script type=\"module\">import '/a.js';</script>";

/// A folder of its own with an app in it.
fn dist(name: &str) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&root);
    let day = "2026-01-02";
    let sample = format!(
        "{}\n{}\n",
        envelope("00000000000000000000000000000001", day, 1),
        envelope("00000000000000000000000000000002", day, 2)
    );
    let device = SURVEY
        .replace("\"koe\"", "\"laite\"")
        .replace("anonymous", "device");
    for (path, content) in [
        ("config.json", CONFIG),
        ("index.html", PAGE),
        ("organise.html", "<!DOCTYPE html><p>organise"),
        ("surveys/koe.json", SURVEY),
        ("surveys/laite.json", &device),
        ("data/koe.sample.ndjson", &sample),
        ("app-0123456789abcdef.js", "plain"),
        ("app-0123456789abcdef.js.br", "brotli"),
        ("app-0123456789abcdef.js.gz", "gzip"),
        (".secret", "secret"),
    ] {
        let path = root.join("dist").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, content).expect("written");
    }
    fs::write(root.join("outside.txt"), "outside").expect("written");
    root
}

fn envelope(id: &str, day: &str, life: u8) -> String {
    format!(
        concat!(
            r#"{{"format":"kuuluu-response/1","id":"{}","survey":"koe","version":"1","#,
            r#""language":"fi","day":"{}","answers":{{"life":{}}}}}"#
        ),
        id, day, life
    )
}

struct Server {
    child: Child,
    port: u16,
    printed: String,
    out: BufReader<std::process::ChildStdout>,
}

impl Server {
    fn start(root: &Path, options: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_kuuluu"))
            .args(["serve", "--port", "0", "--dist"])
            .arg(root.join("dist"))
            .arg("--data")
            .arg(root.join("data"))
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let mut printed = String::new();
        while !printed.contains("/organise/koe#key=") {
            let mut line = String::new();
            assert!(
                out.read_line(&mut line).expect("reads") > 0,
                "ended early: {printed}"
            );
            printed.push_str(&line);
        }
        let port = between(&printed, "http://127.0.0.1:", "/")
            .parse()
            .expect("a port");
        Self {
            child,
            port,
            printed,
            out,
        }
    }

    fn key(&self) -> String {
        between(&self.printed, "/organise/koe#key=", "\n").to_owned()
    }

    fn ask(&self, request: &str, headers: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("connects");
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .expect("works");
        let length = body.len();
        write!(
            stream,
            "{request} HTTP/1.0\r\nHost: localhost\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        )
        .expect("sends");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("answers");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        Answer {
            head: head.to_lowercase(),
            body: body.to_owned(),
        }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path}"), "", "")
    }

    fn responses(&self) -> Vec<String> {
        let key = format!("Authorization: Bearer {}\r\n", self.key());
        let answer = self.ask("GET /api/surveys/koe/responses", &key, "");
        assert_eq!(answer.status(), "200");
        answer.body.lines().map(str::to_owned).collect()
    }

    fn put(&self, id: &str, headers: &str, body: &str) -> Answer {
        let kind = "Content-Type: application/vnd.kuuluu.response+json\r\n";
        let path = format!("PUT /api/surveys/koe/responses/{id}");
        self.ask(&path, &format!("{kind}{headers}"), body)
    }

    /// Stops it as an operator does; gives everything it printed.
    fn stop(mut self) -> String {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .expect("works")
                .success()
        );
        assert!(self.child.wait().expect("ends").success());
        self.out.read_to_string(&mut self.printed).expect("reads");
        let errors = self.child.stderr.as_mut().expect("piped");
        errors.read_to_string(&mut self.printed).expect("reads");
        std::mem::take(&mut self.printed)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

struct Answer {
    head: String,
    body: String,
}

impl Answer {
    fn status(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).expect(start);
    rest.split_once(end).map_or(rest, |(found, _)| found)
}

fn today() -> String {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("after 1970")
        .as_secs();
    let days = i64::try_from(seconds / 86_400).expect("fits");
    wire::Day::from_days_since_1970(days)
        .expect("in the calendar")
        .to_string()
}

#[test]
fn the_app_and_the_collector_answer_from_one_origin() {
    let root = dist("origin");
    let server = Server::start(&root, &[]);
    assert_eq!(server.get("/").body, PAGE);
    for page in ["/s/koe", "/privacy", "/s/koe/"] {
        assert_eq!(server.get(page).body, PAGE, "{page}");
    }
    for page in ["/organise/koe", "/organise", "/results/koe"] {
        assert!(server.get(page).body.ends_with("organise"), "{page}");
    }
    assert_eq!(server.get("/config.json").body, CONFIG);
    assert_eq!(server.get("/missing.js").status(), "404");
    assert_eq!(server.ask("POST /", "", "").status(), "405");
    let unknown = server.get("/api/surveys/laite/responses");
    assert_eq!(unknown.status(), "404");
    assert!(unknown.body.contains("survey/unknown"), "{}", unknown.body);
}

#[test]
fn nothing_outside_the_app_is_served() {
    let root = dist("outside");
    let server = Server::start(&root, &[]);
    for path in [
        "/../outside.txt",
        "/%2e%2e/outside.txt",
        "/./../outside.txt",
        "/.secret",
        "//etc/passwd",
    ] {
        let answer = server.get(path);
        assert!(
            !answer.body.contains("outside") && !answer.body.contains("secret"),
            "{path}"
        );
        assert!(!answer.body.contains("root:"), "{path}");
    }
}

#[test]
fn every_file_comes_with_the_policy_and_its_page_with_its_scripts_hash() {
    let root = dist("policy");
    let server = Server::start(&root, &[]);
    let page = server.get("/s/koe");
    let hash = "sha256-m8ajfphkgvlbqtd4ridqzvrjs5w7ctcd/jlyug3ocye=";
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-")
    );
    assert_eq!(policy.matches("sha256-").count(), 1);
    assert!(policy.contains(hash), "{policy}");
    let rest = "; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
                worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    assert!(policy.ends_with(rest), "{policy}");
    for (name, value) in [
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "no-cache"),
    ] {
        assert_eq!(page.header(name), Some(value), "{name}");
    }
    assert!(
        page.header("permissions-policy")
            .is_some_and(|it| it.contains("camera=()"))
    );
    assert_eq!(page.header("set-cookie"), None);
    assert!(
        server
            .get("/config.json")
            .header("content-security-policy")
            .is_some()
    );
}

#[test]
fn the_policy_follows_the_configuration_without_a_rebuild() {
    let root = dist("endpoint");
    let server = Server::start(&root, &[]);
    let elsewhere = CONFIG.replace("\"/api\"", "\"https://vastaukset.example.fi/v1\"");
    fs::write(root.join("dist/config.json"), elsewhere).expect("written");
    let policy = server.get("/").head;
    assert!(
        policy.contains("connect-src 'self' https://vastaukset.example.fi;"),
        "{policy}"
    );
}

#[test]
fn files_come_compressed_and_are_cached_as_their_names_allow() {
    let root = dist("files");
    let server = Server::start(&root, &[]);
    let ask = |headers: &str| server.ask("GET /app-0123456789abcdef.js", headers, "");
    for (accepted, body, encoding) in [
        ("gzip, deflate, br", "brotli", Some("br")),
        ("gzip", "gzip", Some("gzip")),
        ("br;q=0, gzip;q=0.5", "gzip", Some("gzip")),
        ("identity", "plain", None),
    ] {
        let answer = ask(&format!("Accept-Encoding: {accepted}\r\n"));
        assert_eq!(answer.body, body, "{accepted}");
        assert_eq!(answer.header("content-encoding"), encoding);
        assert_eq!(answer.header("vary"), Some("accept-encoding"));
        assert_eq!(
            answer.header("content-type"),
            Some("text/javascript; charset=utf-8")
        );
        assert_eq!(
            answer.header("cache-control"),
            Some("public, max-age=31536000, immutable")
        );
    }
    let page = server.get("/");
    let tag = page.header("etag").expect("a tag");
    let again = server.ask("GET /", &format!("If-None-Match: {tag}\r\n"), "");
    assert_eq!((again.status(), again.body.as_str()), ("304", ""));
    let head = server.ask("HEAD /", "", "");
    assert_eq!((head.status(), head.body.as_str()), ("200", ""));
}

#[test]
fn responses_and_links_survive_a_restart() {
    let root = dist("restart");
    let server = Server::start(&root, &["--no-sample"]);
    assert_eq!(server.responses(), [""; 0]);
    let id = "ffeeddccbbaa99887766554433221100";
    let sent = envelope(id, &today(), 1);
    let answer = server.put(id, "", &sent);
    assert_eq!(answer.status(), "201", "{}", answer.body);
    assert!(answer.body.contains("kuuluu-receipt/1"), "{}", answer.body);
    let key = server.key();
    server.stop();
    let server = Server::start(&root, &["--no-sample"]);
    assert_eq!(server.key(), key);
    assert_eq!(server.responses(), [sent.as_str()]);
    assert_eq!(server.put(id, "", &sent).status(), "200");
    assert_eq!(
        server.put(id, "", &envelope(id, &today(), 2)).status(),
        "409"
    );
}

#[test]
fn the_links_can_be_printed_again() {
    let root = dist("links");
    let server = Server::start(&root, &[]);
    let done = Command::new(env!("CARGO_BIN_EXE_kuuluu"))
        .args(["keys", "--origin", "https://kysely.example.fi/", "--data"])
        .arg(root.join("data"))
        .output()
        .expect("runs");
    let said = String::from_utf8_lossy(&done.stdout);
    let link = format!(
        "https://kysely.example.fi/organise/koe#key={}\n",
        server.key()
    );
    assert_eq!(said, link);
}

#[test]
fn headers_for_other_web_servers_are_those_that_serve_sends() {
    let root = dist("headers");
    let server = Server::start(&root, &[]);
    let done = Command::new(env!("CARGO_BIN_EXE_kuuluu"))
        .args(["headers", "--dist"])
        .arg(root.join("dist"))
        .output()
        .expect("runs");
    let page = server.get("/");
    for line in String::from_utf8_lossy(&done.stdout).lines() {
        let (name, value) = line.split_once(": ").expect("a header");
        assert_eq!(
            page.header(name),
            Some(value.to_lowercase().as_str()),
            "{name}"
        );
    }
    assert!(done.status.success() && !done.stdout.is_empty());
}

#[test]
fn a_sample_is_loaded_once_and_said_to_be_one() {
    let root = dist("sample");
    for _ in 0..2 {
        let server = Server::start(&root, &[]);
        assert_eq!(server.responses().len(), 2);
        let printed = server.stop();
        assert!(
            printed.contains("2 synthetic sample responses; nobody gave them"),
            "{printed}"
        );
        assert!(
            printed.contains("Laitteella\n    collects nothing"),
            "{printed}"
        );
    }
}

#[cfg(unix)]
#[test]
fn only_the_operator_can_read_keys_and_responses() {
    use std::os::unix::fs::PermissionsExt as _;
    let root = dist("modes");
    let server = Server::start(&root, &[]);
    let mode = |path: &str| {
        let path = root.join("data").join(path);
        fs::metadata(path).expect("there").permissions().mode() & 0o777
    };
    assert_eq!(mode(""), 0o700);
    assert_eq!(mode("keys"), 0o700);
    assert_eq!(mode("keys/koe.key"), 0o600);
    assert!(!root.join("data/keys/laite.key").exists());
    drop(server);
}

#[test]
fn a_configuration_that_is_not_complete_is_told_with_the_field() {
    let root = dist("incomplete");
    let without = CONFIG.replace("\"endpoint\": \"/api\", ", "");
    fs::write(root.join("dist/config.json"), without).expect("written");
    let done = Command::new(env!("CARGO_BIN_EXE_kuuluu"))
        .args(["serve", "--port", "0", "--dist"])
        .arg(root.join("dist"))
        .arg("--data")
        .arg(root.join("data"))
        .output()
        .expect("runs");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(!done.status.success());
    assert!(
        said.contains("/endpoint: found nothing, expected where responses go"),
        "{said}"
    );
}

/// Everything a sender's machine says about itself, and the time, searched for in everything that
/// stays: the database, the keys, whatever else is in the data folder, and what was printed.
#[test]
fn no_address_no_user_agent_and_no_time_stays_anywhere() {
    let root = dist("traces");
    let server = Server::start(&root, &["--no-sample"]);
    let marks = [
        ("User-Agent", "Mozilla/5.0 (TraceAgent 77)"),
        ("X-Forwarded-For", "203.0.113.77"),
        ("Forwarded", "for=203.0.113.78"),
        ("Referer", "https://trace.example/letter?to=maija"),
        ("Cookie", "trace=cookie"),
        ("Accept-Language", "trace-FI"),
        ("Sec-CH-UA", "\"Trace\""),
    ];
    let headers: String = marks
        .iter()
        .map(|(name, value)| [*name, ": ", value, "\r\n"].concat())
        .collect();
    let before = SystemTime::now();
    for number in 10..30 {
        let id = format!("{number:032x}");
        let body = envelope(&id, &today(), 1);
        assert_eq!(server.put(&id, &headers, &body).status(), "201");
        assert_eq!(server.put(&id, &headers, "not a response").status(), "409");
        assert_eq!(server.put("nonsense", &headers, &body).status(), "400");
    }
    server.ask("GET /s/koe?to=maija", &headers, "");
    server.ask("GET /api/surveys/koe/responses", &headers, "");
    let after = SystemTime::now();
    let mut kept = server.stop().into_bytes();
    let address_in_links = kept.windows(9).filter(|it| it == b"127.0.0.1").count();
    assert_eq!(
        address_in_links, 4,
        "its own address, in the links it prints, and nowhere else"
    );
    assert!(!contains_clock_time(&String::from_utf8_lossy(&kept)));
    let mut stored = Vec::new();
    collect(&root.join("data"), &mut stored);
    assert!(
        stored.windows(16).any(|it| it == b"kuuluu-response/"),
        "the database was read"
    );
    assert!(!stored.windows(9).any(|it| it == b"127.0.0.1"));
    assert!(!contains_clock_time(&String::from_utf8_lossy(&stored)));
    for seconds in unix(before)..=unix(after) {
        let binary = u32::try_from(seconds).expect("before 2106").to_be_bytes();
        assert!(
            !stored.windows(4).any(|it| it == binary),
            "a time as a number"
        );
        let decimal = seconds.to_string();
        assert!(
            !stored.windows(10).any(|it| it == decimal.as_bytes()),
            "a time in digits"
        );
    }
    kept.extend(stored);
    let kept = String::from_utf8_lossy(&kept).to_lowercase();
    for mark in [
        "traceagent",
        "mozilla",
        "203.0.113",
        "trace.example",
        "maija",
        "trace=",
        "trace-fi",
        "\"trace\"",
    ] {
        assert!(!kept.contains(mark), "{mark}");
    }
}

fn unix(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH)
        .expect("after 1970")
        .as_secs()
}

/// Whether two digits, a colon and two digits stand anywhere.
fn contains_clock_time(text: &str) -> bool {
    text.as_bytes().windows(5).any(|it| match it {
        [a, b, b':', c, d] => [a, b, c, d].iter().all(|digit| digit.is_ascii_digit()),
        _ => false,
    })
}

/// The bytes and names of every file below `folder`.
fn collect(folder: &Path, bytes: &mut Vec<u8>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        bytes.extend(path.file_name().expect("a name").as_encoded_bytes());
        if path.is_dir() {
            collect(&path, bytes);
        } else {
            bytes.extend(fs::read(&path).expect("reads"));
        }
    }
}
