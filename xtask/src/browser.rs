//! The browser tests: Node's own runner with Playwright on the machine's Chromium.

use crate::command::{Outcome, files, program, root, run, step, target};
use crate::{tools, web};

/// Runs every `tests/browser/*.spec.mjs` against `dist/` and the `kuuluu` program.
pub(crate) fn run_tests() -> Outcome {
    tools::node_packages("tests")?;
    let chromium = tools::chromium()?;
    let gallery = web::gallery()?;
    step("Browser tests");
    let specs = files(&root().join("tests/browser"));
    let specs: Vec<_> = specs
        .iter()
        .filter(|path| path.to_string_lossy().ends_with(".spec.mjs"))
        .collect();
    if specs.is_empty() {
        return Err("there are no browser tests".to_owned());
    }
    run(program("node")
        .args(["--test", "--test-concurrency=2", "--test-reporter=spec"])
        .args(specs)
        .env("CHROMIUM", chromium)
        .env("KUULUU_BIN", target().join("debug/kuuluu"))
        .env("KUULUU_DIST", root().join("dist"))
        .env("KUULUU_GALLERY", gallery))
}
