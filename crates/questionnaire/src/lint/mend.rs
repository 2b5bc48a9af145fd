//! A way to mend what a finding says nothing nearer about.

/// What to do about a finding with this code.
pub(super) fn way(code: &str) -> &'static str {
    match code {
        "expression/syntax" => "look for a missing quote, brace or value",
        "name/duplicate" => "rename one of them",
        "property/not-an-array" => "put it into square brackets",
        "property/required" => "add it",
        "property/invalid-value" => "write one of these, or leave it out",
        "property/unknown" | "property/ignored" | "feature/refused" => "leave it out",
        "cycle/calculated-value" | "cycle/trigger" | "cycle/value-write" => {
            "let one of them read something else"
        }
        "choices/dead-source" => "name a question that has choices or rows to hand on",
        "trigger/unknown-type" | "validator/unknown-type" | "element/unknown-type" => {
            "use one of these types"
        }
        "validator/dead" => "mend it, or leave it out",
        "value/not-a-choice" => "use a name that the question has",
        "element/count-contradiction" => "lower the one or raise the other",
        "language/missing" => "write the text in this language, too",
        "language/undeclared" => "add the language to kuuluu.languages, or leave the text out",
        "html/active" | "html/link" | "html/element" => {
            "use one of these, or leave the element out and keep its text"
        }
        "url/answer-in-address" => "leave the answer out of the address",
        "kuuluu/field-period" => "move one of the two days",
        "kuuluu/time-zone" => "add timeZone",
        "kuuluu/instrument-twice" => "give one of them another item, or none",
        _ => "write what is expected, or leave it out",
    }
}
