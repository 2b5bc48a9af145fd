//! `kuuluu serve`: the app and its collector from one origin.

mod keys;
mod options;
mod policy;
mod samples;
mod site;
mod surveys;

pub(crate) use keys::all as organisers_keys;
pub(crate) use policy::{headers_of_page, inline_script_hashes};

use std::ffi::OsString;
use std::future::Future;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::HeaderValue;
use collector::{Clock, Settings, SqliteStore, Store, SystemClock};
use wire::config::Config;

use options::{Asked, Options};
use surveys::Opened;

pub(crate) fn run(args: Vec<OsString>) -> ExitCode {
    let done = match options::read(args) {
        Ok(Asked::Help) => {
            print!("{}", options::HELP);
            Ok(())
        }
        Ok(Asked::Serve(options)) => serve(&options),
        Err(message) => {
            eprintln!("kuuluu serve: {message}\n\n{}", options::HELP);
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("kuuluu serve: {message}");
            ExitCode::FAILURE
        }
    }
}

fn serve(options: &Options) -> Result<(), String> {
    let config = configuration(&options.dist)?;
    keys::private_folder(&options.data)
        .map_err(|error| format!("cannot make {}: {error}", options.data.display()))?;
    let store = SqliteStore::open(&options.data.join("responses.sqlite"))
        .map_err(|error| error.to_string())?;
    let store: Arc<dyn Store> = Arc::new(store);
    let opened = surveys::open(&config, options);
    let notes = samples::load(&config, options, &opened, &*store)?;
    let app = router(options, &config, &opened, store, Arc::new(SystemClock))?;

    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let address = SocketAddr::new(options.bind, options.port);
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .map_err(|error| format!("cannot listen on {address}: {error}"))?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let mut out = std::io::stdout().lock();
        let _ = out.write_all(links(&config, &opened, &notes, address).as_bytes());
        let _ = out.flush();
        drop(out);
        until_told_to_stop(listener, app).await
    })
}

fn configuration(dist: &Path) -> Result<Config, String> {
    let path = dist.join("config.json");
    let text = std::fs::read_to_string(&path)
        .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let config = Config::parse(&text).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(|it| format!("\n  {it}")).collect();
        format!("{} is not complete:{}", path.display(), lines.concat())
    })?;
    for warning in &config.warnings {
        eprintln!("{}: {warning}", path.display());
    }
    Ok(config)
}

/// The app's files and the collector's requests.
fn router(
    options: &Options,
    config: &Config,
    opened: &[Opened],
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
) -> Result<Router, String> {
    let allowed_origin = options
        .allowed_origin
        .as_deref()
        .map(HeaderValue::from_str)
        .transpose()
        .map_err(|_| "--allow-origin takes an origin such as https://kysely.example.fi")?;
    let rules = opened
        .iter()
        .map(|it| (it.id.clone(), it.rules()))
        .collect();
    let api = collector::app(store, rules, clock, Settings { allowed_origin });
    let path = match config.endpoint.path() {
        "" => "/api",
        path => path,
    };
    Ok(Router::new()
        .nest(path, api)
        .fallback_service(site::files(&options.dist)))
}

/// What a person starting the demo needs to know.
fn links(config: &Config, opened: &[Opened], notes: &[String], address: SocketAddr) -> String {
    let title = |entry: &wire::config::SurveyEntry| {
        let language = config.languages.first().map_or("fi", String::as_str);
        entry
            .title
            .resolve(language)
            .unwrap_or(entry.id.as_str())
            .to_owned()
    };
    let mut text = format!("Kuuluu is running at http://{address}/ (Ctrl+C stops it).\n\n");
    text.push_str("For respondents:\n");
    for entry in &config.surveys {
        text.push_str(&format!(
            "  {}\n    http://{address}/s/{}\n",
            title(entry),
            entry.id
        ));
    }
    text.push_str("\nFor organisers (whoever has such a link can read all responses):\n");
    for entry in &config.surveys {
        let link = match opened.iter().find(|it| it.id == entry.id) {
            Some(opened) => format!("http://{address}/organise/{}#key={}", entry.id, opened.key),
            None => "collects nothing".to_owned(),
        };
        text.push_str(&format!("  {}\n    {link}\n", title(entry)));
    }
    for note in notes {
        text.push_str(&format!("\n{note}"));
    }
    text.push('\n');
    text
}

async fn until_told_to_stop(listener: tokio::net::TcpListener, app: Router) -> Result<(), String> {
    let (tell, told) = tokio::sync::oneshot::channel::<()>();
    let server = axum::serve(listener, app).with_graceful_shutdown(async {
        let _ = told.await;
    });
    // Heard from now on: on a busy machine a first request may be answered before it is waited for.
    let stopped = stop_signal();
    let patience = async {
        stopped.await;
        let _ = tell.send(());
        // Whoever is in the middle of sending gets this long to finish.
        tokio::time::sleep(Duration::from_secs(5)).await;
    };
    tokio::select! {
        done = server.into_future() => done.map_err(|error| error.to_string()),
        () = patience => Ok(()),
    }
}

#[cfg(unix)]
fn stop_signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let terminate = signal(SignalKind::terminate());
    async {
        let interrupted = tokio::signal::ctrl_c();
        match terminate {
            Ok(mut terminate) => {
                tokio::select! {
                    _ = interrupted => {}
                    _ = terminate.recv() => {}
                }
            }
            Err(_) => {
                let _ = interrupted.await;
            }
        }
    }
}

#[cfg(not(unix))]
async fn stop_signal() {
    let _ = tokio::signal::ctrl_c().await;
}
