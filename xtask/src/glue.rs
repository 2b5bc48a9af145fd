//! The script that stands between page and program, as the bindings' generator writes it.

/// `script` without classes that it never makes: those of libraries whose use was compiled away.
pub(crate) fn without_unmade_classes(script: &str) -> String {
    let mut kept = script.to_owned();
    for class in classes(script) {
        if kept.contains(&format!("{class}.__wrap(")) {
            continue;
        }
        kept = without(&kept, &format!("export class {class} {{\n"), "\n}\n");
        kept = without(&kept, &format!("if (Symbol.dispose) {class}."), "\n");
        kept = without(&kept, &format!("const {class}Finalization = "), ";\n");
    }
    kept
}

/// `script` without what it does for browsers that do not run the program, which needs reference
/// types, or that are none; and without what a string of two gigabytes would need.
pub(crate) fn for_browsers_that_run_it(script: &str) -> String {
    let pieces = [
        ("if (!('encodeInto' in cachedTextEncoder)) {\n", "\n}\n"),
        ("    if (realloc === undefined) {\n", "\n    }\n"),
        (
            "cachedTextDecoder.decode();\n",
            "let numBytesDecoded = 0;\n",
        ),
        ("    numBytesDecoded += len;\n", "\n    }\n"),
    ];
    let kept = pieces.iter().fold(script.to_owned(), |kept, (start, end)| {
        without(&kept, start, end)
    });
    ["globalThis", "self", "window"]
        .iter()
        .fold(kept, |kept, name| {
            kept.replace(&format!("typeof {name} === 'undefined' ? null : "), "")
        })
}

fn classes(script: &str) -> Vec<&str> {
    script
        .lines()
        .filter_map(|line| line.strip_prefix("export class ")?.strip_suffix(" {"))
        .collect()
}

/// `text` without the first piece from `start` to `end`, both included.
fn without(text: &str, start: &str, end: &str) -> String {
    let Some((before, rest)) = text.split_once(start) else {
        return text.to_owned();
    };
    let after = rest.split_once(end).map_or("", |(_, after)| after);
    [before, after].concat()
}

/// Whether `script` uses what the program exports under this name.
pub(crate) fn uses(script: &str, export: &str) -> bool {
    !places(script, export).is_empty()
}

/// `script` with another name for what the program exports.
pub(crate) fn renamed(script: &str, export: &str, name: &str) -> String {
    let mut new = String::with_capacity(script.len());
    let mut from = 0;
    for place in places(script, export) {
        new.push_str(&script[from..place]);
        new.push_str(name);
        from = place + export.len();
    }
    new + &script[from..]
}

/// Where `script` names an export, after `wasm.`.
fn places(script: &str, export: &str) -> Vec<usize> {
    script
        .match_indices(&format!("wasm.{export}"))
        .filter_map(|(place, named)| {
            let next = script[place + named.len()..].chars().next();
            let goes_on = next.is_some_and(|it| it.is_alphanumeric() || it == '_' || it == '$');
            (!goes_on).then_some(place + "wasm.".len())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "\
export class Made {
    free() {
        wasm.__wbg_made_free(1);
    }
}
if (Symbol.dispose) Made.prototype[Symbol.dispose] = Made.prototype.free;

export class Unmade {
    free() {
        wasm.__wbg_unmade_free(1);
    }
}
if (Symbol.dispose) Unmade.prototype[Symbol.dispose] = Unmade.prototype.free;
const make = () => Made.__wrap(wasm.make());
const UnmadeFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_unmade_free(ptr, 1));
const made = wasm.made;
";

    #[test]
    fn what_old_browsers_need_goes() {
        let script = "\
let cachedTextDecoder = new TextDecoder();
cachedTextDecoder.decode();
const MAX_SAFARI_DECODE_BYTES = 2146435072;
let numBytesDecoded = 0;
function decodeText(ptr, len) {
    numBytesDecoded += len;
    if (numBytesDecoded >= MAX_SAFARI_DECODE_BYTES) {
        numBytesDecoded = len;
    }
    return cachedTextDecoder.decode(bytes(ptr, len));
}
const ret = typeof globalThis === 'undefined' ? null : globalThis;
const node = typeof global === 'undefined' ? null : global;
";
        let left = "\
let cachedTextDecoder = new TextDecoder();
function decodeText(ptr, len) {
    return cachedTextDecoder.decode(bytes(ptr, len));
}
const ret = globalThis;
const node = typeof global === 'undefined' ? null : global;
";
        assert_eq!(for_browsers_that_run_it(script), left);
    }

    #[test]
    fn classes_that_are_never_made_go() {
        let script = without_unmade_classes(SCRIPT);
        assert!(!script.contains("nmade"), "{script}");
        assert!(script.contains("export class Made"));
        assert!(
            script.ends_with(
                "const make = () => Made.__wrap(wasm.make());\nconst made = wasm.made;\n"
            )
        );
        assert!(uses(&script, "__wbg_made_free") && !uses(&script, "__wbg_unmade_free"));
    }

    #[test]
    fn an_export_is_renamed_where_the_whole_name_stands() {
        let script = renamed(SCRIPT, "made", "_b");
        assert!(script.contains("const made = wasm._b;"));
        assert!(script.contains("wasm.__wbg_made_free(1)"));
        assert!(!uses(SCRIPT, "mad"));
    }
}
