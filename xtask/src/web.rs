//! The app as static files: Trunk for each entry page, one merged `dist/`, styles joined, texts
//! without blanks, everything compressed once.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{Outcome, files, program, read, root, run, step, target, write};
use crate::halves;
use crate::languages;
use crate::page;
use crate::split;
use crate::tools::{self, WebTools};

/// How much work goes into small files.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Optimise {
    /// For people: optimised, compressed.
    Fully,
    /// For the developer: quick.
    Not,
}

/// The entry pages: what respondents load, and what organisers load.
const PAGES: [&str; 2] = ["index.html", "organise.html"];

/// Builds `dist/`.
pub(crate) fn build(optimise: Optimise) -> Outcome {
    let tools = tools::web()?;
    fetch()?;
    let dist = root().join("dist");
    if dist.exists() {
        std::fs::remove_dir_all(&dist).map_err(|error| error.to_string())?;
    }
    std::fs::create_dir_all(&dist).map_err(|error| error.to_string())?;
    for page in PAGES {
        step(&format!("Building {page}"));
        let part = trunk(&tools, page, optimise)?;
        merge(&part, &dist, page)?;
    }
    worker(&tools, &dist, optimise)?;
    if optimise == Optimise::Fully {
        halves::trim(&dist)?;
        optimise_wasm(&tools, &dist)?;
        halves::make(&dist)?;
        step("Joining styles, removing blanks, compressing");
        let mut parts = BTreeSet::new();
        for page in PAGES {
            join_styles(&dist, page, &mut parts)?;
            page::shorten(&dist, page)?;
        }
        for part in parts {
            std::fs::remove_file(part).map_err(|error| error.to_string())?;
        }
        languages::split(&dist)?;
        compact_json(&dist)?;
        compress(&dist)?;
    }
    step("dist/ is ready");
    Ok(())
}

/// Builds the respondent's page into `folder`, its program in one piece and its functions named.
pub(crate) fn whole(folder: &Path) -> Outcome {
    let tools = tools::web()?;
    fetch()?;
    step("Building index.html");
    let part = trunk(&tools, "index.html", Optimise::Fully)?;
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(|error| error.to_string())?;
    }
    copy_tree(&part, folder)?;
    languages::split(folder)?;
    compact_json(folder)?;
    halves::trim(folder)?;
    optimise_wasm(&tools, folder)
}

fn trunk(tools: &WebTools, page: &str, optimise: Optimise) -> Outcome<PathBuf> {
    let part = target().join("web").join(page.trim_end_matches(".html"));
    std::fs::create_dir_all(&part).map_err(|error| error.to_string())?;
    let mut command = program(&tools.trunk);
    command
        .args(["build", page, "--offline", "--skip-version-check", "--dist"])
        .arg(&part);
    if optimise == Optimise::Fully {
        command.args(["--release", "--cargo-profile", "web"]);
    }
    if optimise == Optimise::Fully {
        lean(&mut command);
    }
    run(command.env("PATH", &tools.path).env_remove("NO_COLOR"))?;
    Ok(part)
}

/// Builds with a standard library that is built along, for size: a panic ends the program without
/// words of its own (`index.html` shows some), and the library's smaller algorithms are taken.
/// The linker keeps its notes, which the splitter reads.
///
/// Cargo calls this unstable; the pinned compiler takes it all the same when told to.
fn lean(command: &mut Command) -> &mut Command {
    command
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
        .env(
            "RUSTFLAGS",
            "--cfg erase_components -Zunstable-options -Cpanic=immediate-abort \
             -Zlocation-detail=none -Zfmt-debug=none -Clink-arg=--emit-relocs",
        )
}

/// Brings every crate that an offline build asks for: without a target Cargo leaves out those of
/// the standard library that only WebAssembly needs, with it those of build scripts.
fn fetch() -> Outcome {
    step("Fetching the crates");
    run(lean(program("cargo").args(["fetch", "--locked"])))?;
    run(lean(program("cargo").args([
        "fetch",
        "--locked",
        "--target",
        tools::WASM,
    ])))
}

/// Builds the gallery, which is in no `dist/`: the stories that the browser tests look at.
pub(crate) fn gallery() -> Outcome<PathBuf> {
    step("Building the gallery");
    trunk(&tools::web()?, "gallery.html", Optimise::Fully)
}

/// The organiser's worker: a bundle of its own, built for speed with the vector instructions that
/// every browser has had since 2023.
fn worker(tools: &WebTools, dist: &Path, optimise: Optimise) -> Outcome {
    step("Building the organiser's worker");
    let profile = if optimise == Optimise::Fully {
        "web"
    } else {
        "dev"
    };
    let folder = target().join("worker");
    run(program("cargo")
        .args([
            "build",
            "--offline",
            "--locked",
            "--package",
            "insight-worker",
        ])
        .args([
            "--target",
            tools::WASM,
            "--profile",
            profile,
            "--target-dir",
        ])
        .arg(&folder)
        .env("RUSTFLAGS", "-Ctarget-feature=+simd128"))?;
    let profile_folder = if profile == "dev" { "debug" } else { profile };
    let wasm = folder
        .join(tools::WASM)
        .join(profile_folder)
        .join("insight_worker.wasm");
    run(program(&tools.bindgen)
        .args(["--target", "no-modules", "--no-typescript", "--out-dir"])
        .arg(dist.join("worker"))
        .arg(wasm))?;
    // The glue only defines the loader; a worker has to start itself.
    let script = dist.join("worker/insight_worker.js");
    let start = "wasm_bindgen({ module_or_path: \"/worker/insight_worker_bg.wasm\" });\n";
    write(&script, read(&script)? + start)?;
    Ok(())
}

/// Small for a resident, fast for the worker.
fn optimise_wasm(tools: &WebTools, dist: &Path) -> Outcome {
    for wasm in files(dist)
        .iter()
        .filter(|it| it.extension().is_some_and(|it| it == "wasm"))
    {
        let is_worker = wasm.starts_with(dist.join("worker"));
        let module = std::fs::read(wasm).map_err(|error| error.to_string())?;
        write(wasm, split::without_notes(&module)?)?;
        let name = wasm.file_name().and_then(|it| it.to_str());
        let is_respondents = name.is_some_and(|it| it.starts_with("respond-"));
        let level: &[&str] = if is_worker {
            &["-O3", "--enable-simd"]
        } else if is_respondents {
            // The splitter knows functions by their names, and takes the names away.
            &["-Oz", "--debuginfo"]
        } else {
            &["-Oz"]
        };
        run(program(&tools.wasm_opt)
            .args(level)
            .args([
                "--enable-bulk-memory",
                "--enable-nontrapping-float-to-int",
                "--enable-sign-ext",
            ])
            .args([
                "--enable-mutable-globals",
                "--enable-reference-types",
                "--enable-multivalue",
                "-o",
            ])
            .args([wasm, wasm]))?;
    }
    Ok(())
}

/// Trunk calls every page `index.html`; each gets its own name in `dist/`.
fn merge(part: &Path, dist: &Path, page: &str) -> Outcome {
    let index = part.join("index.html");
    let named = part.join(page);
    if index != named && index.exists() {
        std::fs::rename(&index, &named).map_err(|error| error.to_string())?;
    }
    copy_tree(part, dist)
}

fn copy_tree(from: &Path, to: &Path) -> Outcome {
    for file in files(from) {
        let Ok(name) = file.strip_prefix(from) else {
            continue;
        };
        let goal = to.join(name);
        if let Some(folder) = goal.parent() {
            std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        }
        std::fs::copy(&file, &goal).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(())
}

/// One style file instead of many: a phone on a slow line asks for each in turn. What is marked
/// `data-later` is joined in a second one, which the page itself asks for when it is needed.
fn join_styles(dist: &Path, page: &str, parts: &mut BTreeSet<PathBuf>) -> Outcome {
    let path = dist.join(page);
    let html = read(&path)?;
    let mut joined = [String::new(), String::new()];
    let mut kept = String::new();
    let mut rest = html.as_str();
    while let Some(start) = rest.find("<link") {
        let end = rest[start..]
            .find('>')
            .map_or(rest.len(), |at| start + at + 1);
        let tag = &rest[start..end];
        kept.push_str(&rest[..start]);
        match attribute(tag, "href").filter(|_| attribute(tag, "rel") == Some("stylesheet")) {
            Some(href) => {
                let part = dist.join(href.trim_start_matches('/'));
                let of = &mut joined[usize::from(tag.contains("data-later"))];
                of.push_str(&read(&part)?);
                of.push('\n');
                parts.insert(part);
            }
            None => kept.push_str(tag),
        }
        rest = &rest[end..];
    }
    kept.push_str(rest);
    let stem = page.trim_end_matches(".html");
    let kinds = [
        (stem.to_owned(), "rel=\"stylesheet\""),
        (format!("{stem}_later"), "data-later rel=\"alternate\""),
    ];
    let mut links = String::new();
    for ((stem, attributes), content) in kinds.iter().zip(joined) {
        if content.is_empty() {
            continue;
        }
        let mut hasher = DefaultHasher::new();
        content.hash(&mut hasher);
        let name = format!("{stem}-{:016x}.css", hasher.finish());
        write(&dist.join(&name), content)?;
        page::shorten_styles(&dist.join(&name))?;
        links.push_str(&format!("<link {attributes} href=\"/{name}\">"));
    }
    write(&path, kept.replacen("</head>", &(links + "</head>"), 1))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag.find(&format!("{name}="))? + name.len() + 1;
    let value = &tag[at..];
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split([' ', '>']).next(),
    }
}

fn compact_json(dist: &Path) -> Outcome {
    for file in files(dist)
        .iter()
        .filter(|it| it.extension().is_some_and(|it| it == "json"))
    {
        let value = json::Value::parse(&read(file)?)
            .map_err(|error| format!("{}: {error}", file.display()))?;
        write(file, value.to_string())?;
    }
    Ok(())
}

fn compress(dist: &Path) -> Outcome {
    for (file, content) in compressible(dist)? {
        write(&suffixed(&file, "br"), brotli(&content)?)?;
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(&content)
            .map_err(|error| error.to_string())?;
        write(
            &suffixed(&file, "gz"),
            gzip.finish().map_err(|error| error.to_string())?,
        )?;
    }
    Ok(())
}

/// Compresses as a web server does ahead of time: quality 11, window 22.
pub(crate) fn brotli(content: &[u8]) -> Outcome<Vec<u8>> {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters)
        .map_err(|error| error.to_string())?;
    Ok(compressed)
}

fn compressible(dist: &Path) -> Outcome<BTreeMap<PathBuf, Vec<u8>>> {
    let kinds = [
        "html",
        "js",
        "css",
        "wasm",
        "bin",
        "json",
        "svg",
        "webmanifest",
        "ndjson",
        "txt",
    ];
    let mut found = BTreeMap::new();
    for file in files(dist) {
        if file
            .extension()
            .and_then(|it| it.to_str())
            .is_some_and(|it| kinds.contains(&it))
        {
            let content =
                std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            found.insert(file, content);
        }
    }
    Ok(found)
}

fn suffixed(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}
