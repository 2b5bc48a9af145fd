//! Names that stand twice in one object: a reader takes the last and drops the others unsaid.

use alloc::collections::BTreeSet;

use crate::Value;

/// What is open where the scan stands.
enum Open {
    /// An object: the names so far, and the one being read.
    Object(BTreeSet<String>, String),
    /// A list: the index being read.
    List(usize),
}

/// JSON pointers (RFC 6901) of members whose name another member of the same object has, in the
/// order of the text. Of a text that is no JSON, some may be missing.
pub fn repeated_names(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut is_name = false;
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let mut length = letter.len_utf8();
        match letter {
            '{' => {
                open.push(Open::Object(BTreeSet::new(), String::new()));
                is_name = true;
            }
            '[' => open.push(Open::List(0)),
            '}' | ']' => {
                open.pop();
                is_name = false;
            }
            ',' => match open.last_mut() {
                Some(Open::List(index)) => *index += 1,
                _ => is_name = true,
            },
            '"' => {
                length = end_of_text(rest);
                if is_name && let Some(Open::Object(names, name)) = open.last_mut() {
                    is_name = false;
                    if let Some(Ok(Value::Text(own))) = rest.get(..length).map(Value::parse) {
                        own.clone_into(name);
                        if !names.insert(own) {
                            found.push(pointer(&open));
                        }
                    }
                }
            }
            _ => {}
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    found
}

/// How many bytes the text in quotes has with which `rest` begins.
fn end_of_text(rest: &str) -> usize {
    let mut is_escaped = true;
    for (at, letter) in rest.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn pointer(open: &[Open]) -> String {
    let mut pointer = String::new();
    for step in open {
        pointer.push('/');
        match step {
            Open::Object(_, name) => {
                pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
            }
            Open::List(index) => pointer.push_str(&index.to_string()),
        }
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::repeated_names;

    #[test]
    fn a_name_that_stands_twice_in_one_object_is_found() {
        for (text, found) in [
            (r#"{"a":1,"b":{"a":2},"c":[{"a":1},{"a":"a"}]}"#, &[][..]),
            (r#"{"a":1,"a":2,"a":3}"#, &["/a", "/a"]),
            (
                r#"{"x":[0,{"a/b":"{\"a\":","a\u002fb":[]}]}"#,
                &["/x/1/a~1b"],
            ),
            (r#"{"a":{"b":1},"a":{"b":1,"b":2}}"#, &["/a", "/a/b"]),
            ("[\"a\",\"a\"]", &[]),
            ("{\"a\":1,\"a", &["/a"][..0]),
            ("", &[]),
        ] {
            assert_eq!(repeated_names(text), found, "{text}");
        }
    }
}
