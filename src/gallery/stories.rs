//! The files that the gallery shows.

macro_rules! story {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../tests/fixtures/gallery/", $name, ".json")),
        )
    };
}

macro_rules! words {
    ($language:literal) => {
        (
            $language,
            include_str!(concat!("../../public/words/", $language, ".json")),
        )
    };
}

/// Name and file of each story.
pub(super) const STORIES: [(&str, &str); 10] = [
    story!("choices"),
    story!("lists"),
    story!("order"),
    story!("scales"),
    story!("fields"),
    story!("matrices"),
    story!("rows"),
    story!("panels"),
    story!("long"),
    story!("arabic"),
];

/// The interface's words by language.
pub(super) const WORDS: [(&str, &str); 5] = [
    words!("fi"),
    words!("sv"),
    words!("en"),
    words!("fi-x-selko"),
    words!("ar"),
];
