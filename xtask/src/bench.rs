//! `bench`: Kuuluu beside others, in one run on one machine.

use crate::command::{self, Outcome, program, root, step, target};
use crate::tools;
use crate::web::{self, Optimise};

const ALL: [&str; 4] = ["engine", "load", "interact", "insight"];

/// Runs the named benchmarks, or all.
pub(crate) fn run(names: &[String]) -> Outcome {
    let chosen: Vec<&str> = if names.is_empty() {
        ALL.to_vec()
    } else {
        names.iter().map(String::as_str).collect()
    };
    if let Some(unknown) = chosen.iter().find(|name| !ALL.contains(name)) {
        return Err(format!(
            "there is no benchmark `{unknown}`; there are {}",
            ALL.join(", ")
        ));
    }
    tools::node_packages("tests")?;
    tools::node_packages("tests/bench")?;
    if chosen.iter().any(|name| *name != "engine") {
        tools::node_packages("tests/bench/peer")?;
        web::build(Optimise::Fully)?;
    }
    for name in chosen {
        step(&format!("Benchmark: {name}"));
        let script = root().join(format!("tests/bench/{name}.mjs"));
        let mut command = program("node");
        command
            .arg(script)
            .env("KUULUU_DIST", root().join("dist"))
            .env("KUULUU_TARGET", target());
        if name != "engine" {
            command.env("CHROMIUM", tools::chromium()?);
        }
        command::run(&mut command)?;
    }
    Ok(())
}
