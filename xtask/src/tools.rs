//! The tools at their pinned versions: reused where they are, installed where they are missing.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::command::{Outcome, probe, program, root, run, step};

/// A tool that Cargo installs.
struct Tool {
    package: &'static str,
    binary: &'static str,
    version: &'static str,
}

const TRUNK: Tool = Tool {
    package: "trunk",
    binary: "trunk",
    version: "0.21.14",
};
const BINDGEN: Tool = Tool {
    package: "wasm-bindgen-cli",
    binary: "wasm-bindgen",
    version: "0.2.129",
};
const DENY: Tool = Tool {
    package: "cargo-deny",
    binary: "cargo-deny",
    version: "0.20.2",
};

/// What browsers run.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Trunk with a `PATH` on which it finds the others.
pub(crate) struct WebTools {
    /// The Trunk program.
    pub(crate) trunk: PathBuf,
    /// The `wasm-bindgen` program.
    pub(crate) bindgen: PathBuf,
    /// The `wasm-opt` program.
    pub(crate) wasm_opt: PathBuf,
    /// `PATH` with the folders of the tools before everything else.
    pub(crate) path: OsString,
}

/// What building the app needs.
pub(crate) fn web() -> Outcome<WebTools> {
    wasm_target()?;
    library_source()?;
    node_packages("tests")?;
    let trunk = install(&TRUNK)?;
    let bindgen = install(&BINDGEN)?;
    let wasm_opt = root().join("tests/node_modules/.bin/wasm-opt");
    let folders = [&bindgen, &wasm_opt]
        .into_iter()
        .filter_map(|it| it.parent())
        .map(Path::to_owned);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(folders.chain(std::env::split_paths(&path)))
        .map_err(|error| error.to_string())?;
    Ok(WebTools {
        trunk,
        bindgen,
        wasm_opt,
        path,
    })
}

/// cargo-deny.
pub(crate) fn deny() -> Outcome<PathBuf> {
    install(&DENY)
}

/// Adds the wasm target, if it is missing.
pub(crate) fn wasm_target() -> Outcome {
    let installed = probe("rustup", &["target", "list", "--installed"]);
    match installed {
        Some(list) if list.lines().any(|line| line == WASM) => Ok(()),
        Some(_) => {
            step("Adding the wasm target to Rust");
            run(program("rustup").args(["target", "add", WASM]))
        }
        None => {
            let sysroot = probe("rustc", &["--print", "sysroot"]).unwrap_or_default();
            if Path::new(&sysroot).join("lib/rustlib").join(WASM).is_dir() {
                Ok(())
            } else {
                Err(format!(
                    "Rust's target {WASM} is missing and there is no rustup to add it with"
                ))
            }
        }
    }
}

/// Adds the source of the standard library, which the browser's bundles build along.
fn library_source() -> Outcome {
    let sysroot = probe("rustc", &["--print", "sysroot"]).unwrap_or_default();
    if Path::new(&sysroot)
        .join("lib/rustlib/src/rust/library/Cargo.lock")
        .is_file()
    {
        return Ok(());
    }
    step("Adding the source of Rust's standard library");
    run(program("rustup").args(["component", "add", "rust-src"]))
}

/// Installs what a `package-lock.json` names, unless that very lock has been installed.
pub(crate) fn node_packages(folder: &str) -> Outcome {
    let version = probe("node", &["--version"])
        .ok_or("Node.js is missing: install version 20 or later and try again")?;
    let major: u32 = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|it| it.parse().ok())
        .unwrap_or(0);
    if major < 20 {
        return Err(format!(
            "Node.js is {version}: version 20 or later is needed"
        ));
    }
    let folder = root().join(folder);
    let lock =
        std::fs::read(folder.join("package-lock.json")).map_err(|error| error.to_string())?;
    let stamp = folder.join("node_modules/.installed-lock");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step(&format!(
        "Installing the npm packages of {}",
        folder.display()
    ));
    run(program("npm")
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir(&folder))?;
    std::fs::write(stamp, lock).map_err(|error| error.to_string())
}

/// A Chromium for the browser tests: `CHROMIUM`, one on the `PATH`, or Debian's.
pub(crate) fn chromium() -> Outcome<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM") {
        return Ok(path.into());
    }
    let names = ["chromium", "chromium-browser", "google-chrome"];
    if let Some(found) = names.iter().find_map(|name| which(name)) {
        return Ok(found);
    }
    step("Installing Chromium from the distribution");
    let sudo = if probe("id", &["-u"]).as_deref() == Some("0") {
        ""
    } else {
        "sudo "
    };
    let script = format!(
        "{sudo}apt-get update -q && {sudo}apt-get install -yq --no-install-recommends chromium"
    );
    run(program("sh").args(["-c", &script]))?;
    which("chromium").ok_or_else(|| {
        "no Chromium was found: install one and name it in the variable CHROMIUM".to_owned()
    })
}

fn install(tool: &Tool) -> Outcome<PathBuf> {
    let Tool {
        package,
        binary,
        version,
    } = *tool;
    let is_pinned = |path: &Path| {
        probe(path, &["--version"])
            .is_some_and(|said| said.split_whitespace().any(|word| word == version))
    };
    if let Some(found) = which(binary).filter(|path| is_pinned(path)) {
        return Ok(found);
    }
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")));
    let folder = home
        .ok_or("neither CARGO_HOME nor HOME is set")?
        .join("kuuluu-tools")
        .join(format!("{package}-{version}"));
    let path = folder.join("bin").join(binary);
    if is_pinned(&path) {
        return Ok(path);
    }
    step(&format!(
        "Installing {package} {version} (once; some minutes)"
    ));
    run(program("cargo")
        .args([
            "install",
            "--locked",
            package,
            "--version",
            version,
            "--root",
        ])
        .arg(&folder)
        // Their own profiles take minutes to make tools faster that run for seconds.
        .envs([
            ("CARGO_PROFILE_RELEASE_LTO", "off"),
            ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
            ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
        ])
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("RUSTFLAGS"))?;
    Ok(path)
}

fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}
