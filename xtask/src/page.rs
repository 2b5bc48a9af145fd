//! The page itself, as short as it can be sent: its styles and scripts without blanks, comments and
//! long names.

use std::path::Path;

use crate::command::{Outcome, program, read, root, run, target, write};

/// Shortens a page of `dist` and the scripts in it.
pub(crate) fn shorten(dist: &Path, page: &str) -> Outcome {
    let path = dist.join(page);
    let html = replaced(&read(&path)?, "<script>", minified)?;
    let html = replaced(&html, "<script type=\"module\">", start)?;
    let lines = html.lines().map(str::trim).filter(|it| !it.is_empty());
    let lines: Vec<&str> = lines.collect();
    write(&path, lines.join("\n"))
}

/// Shortens a style file.
pub(crate) fn shorten_styles(file: &Path) -> Outcome {
    run(program(root().join("tests/node_modules/.bin/esbuild"))
        .arg(file)
        .args(["--minify", "--allow-overwrite", "--log-level=warning"])
        .arg(format!("--outfile={}", file.display())))
}

/// The script of a page.
fn minified(script: &str) -> Outcome<String> {
    let file = target().join("inline.js");
    write(&file, script)?;
    shorten_script(&file, "--toplevel", "passes=3")?;
    read(&file)
}

/// Shortens a script file; `scope` says what kind of script it is.
pub(crate) fn shorten_script(file: &Path, scope: &str, passes: &str) -> Outcome {
    run(program(root().join("tests/node_modules/.bin/terser"))
        .arg(file)
        .args([scope, "--compress", passes, "--mangle", "--output"])
        .arg(file))
}

/// What starts the program. Trunk's own also hands the program to whoever listens; nobody does.
fn start(script: &str) -> Outcome<String> {
    let named = |before: &str| {
        let (_, rest) = script.split_once(before)?;
        rest.split_once('\'').map(|it| it.0)
    };
    let both = named(" from '").zip(named("module_or_path: '"));
    let (script, program) = both.ok_or("a page starts its program in an unknown way")?;
    Ok(format!(
        "import start from\"{script}\";start({{module_or_path:\"{program}\"}})"
    ))
}

/// `html` with another script in the only `<script…>` that starts as `tag` does.
fn replaced(html: &str, tag: &str, by: impl Fn(&str) -> Outcome<String>) -> Outcome<String> {
    let parts = html.split_once(tag).and_then(|(before, rest)| {
        let (script, after) = rest.split_once("</script>")?;
        Some((before, script, after))
    });
    match parts {
        Some((before, script, after)) => {
            Ok([before, tag, &by(script)?, "</script>", after].concat())
        }
        None => Ok(html.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{replaced, start};

    #[test]
    fn the_program_is_started_by_its_names() {
        let trunk = "\nimport init, * as bindings from '/a-1.js';\nconst wasm = await init({ module_or_path: '/a-1.bin' });\n";
        assert_eq!(
            start(trunk).as_deref(),
            Ok("import start from\"/a-1.js\";start({module_or_path:\"/a-1.bin\"})")
        );
        assert!(start("import './other.js';").is_err());
    }

    #[test]
    fn one_script_is_replaced_and_all_else_stays() {
        let page = "<p>a</p><script>one</script><script type=\"module\">two</script>";
        let changed = replaced(page, "<script type=\"module\">", |it| Ok(it.to_uppercase()));
        assert_eq!(
            changed.as_deref(),
            Ok("<p>a</p><script>one</script><script type=\"module\">TWO</script>")
        );
        let same = replaced(page, "<script nonce>", |_| Err("not asked".into()));
        assert_eq!(same.as_deref(), Ok(page));
    }
}
