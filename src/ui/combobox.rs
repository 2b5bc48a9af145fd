//! A field with a list that opens below it and shrinks while one types, after the ARIA authoring
//! practices: focus stays in the field, `aria-activedescendant` points at the option.

use super::button::drawn;
use super::icon::Icon;
use super::markup::{Element, Node, el};

/// What only the list itself needs to know.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Open {
    /// The list is shown.
    pub open: bool,
    /// What is searched for; `None` until something is typed.
    pub query: Option<String>,
    /// The option that Enter would take, counted among those found.
    pub active: Option<usize>,
}

/// What a key did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    /// Nothing of ours: the browser goes on.
    Nothing,
    /// The list changed.
    Changed,
    /// The option at this place among those found is taken.
    Take(usize),
}

impl Open {
    /// Closed, with nothing searched for.
    pub fn close(&mut self) {
        *self = Self::default();
    }

    /// Something was typed.
    pub fn search(&mut self, query: String) {
        self.open = true;
        self.active = (!query.is_empty()).then_some(0);
        self.query = Some(query);
    }

    /// A key was pressed while `n_found` options are shown (or would be), of which `chosen` is the
    /// answer now: a list opens there.
    pub fn press(
        &mut self,
        key: &str,
        alt: bool,
        n_found: usize,
        chosen: Option<usize>,
    ) -> Pressed {
        let last = n_found.checked_sub(1);
        match key {
            "ArrowDown" | "ArrowUp" if !self.open => {
                self.open = true;
                let end = if key == "ArrowDown" {
                    last.map(|_| 0)
                } else {
                    last
                };
                self.active = if alt { None } else { chosen.or(end) };
            }
            "ArrowUp" if alt => self.close(),
            "ArrowDown" => {
                self.active = last.map(|last| match self.active {
                    Some(ix) if ix < last => ix + 1,
                    _ => 0,
                });
            }
            "ArrowUp" => {
                self.active = last.map(|last| match self.active {
                    Some(ix) if ix > 0 => (ix - 1).min(last),
                    _ => last,
                });
            }
            "PageDown" if self.open => {
                self.active = last.map(|last| (self.active.unwrap_or(0) + 8).min(last));
            }
            "PageUp" if self.open => {
                self.active = last.map(|last| self.active.unwrap_or(0).saturating_sub(8).min(last));
            }
            "Enter" if self.open => {
                return match self.active.filter(|ix| *ix < n_found) {
                    Some(ix) => Pressed::Take(ix),
                    None => Pressed::Changed,
                };
            }
            "Escape" if self.open || self.query.is_some() => self.close(),
            // These move the cursor in the field, so the field is what is read out again.
            "Home" | "End" | "ArrowLeft" | "ArrowRight" => {
                self.active = None;
                return Pressed::Nothing;
            }
            _ => return Pressed::Nothing,
        }
        Pressed::Changed
    }
}

/// The places of the `texts` that hold what is searched for, in order; capitals do not matter.
pub fn found(texts: &[String], query: Option<&str>) -> Vec<usize> {
    let query = query.unwrap_or_default().trim().to_lowercase();
    texts
        .iter()
        .enumerate()
        .filter(|(_, text)| query.is_empty() || text.to_lowercase().contains(&query))
        .map(|(ix, _)| ix)
        .collect()
}

/// The place of what was meant by a `query` that was left standing: the text it spells out, or else
/// the only one that it finds.
pub fn meant(texts: &[String], query: &str) -> Option<usize> {
    let found = found(texts, Some(query));
    let whole = query.trim().to_lowercase();
    found
        .iter()
        .copied()
        .find(|ix| texts.get(*ix).is_some_and(|it| it.to_lowercase() == whole))
        .or_else(|| found.first().copied().filter(|_| found.len() == 1))
}

/// What a combobox shows.
pub struct Combobox {
    /// The field's id; the list is `{id}-list`, its options `{id}-o{place}`.
    pub id: String,
    /// The field, with whatever describes it and whether it can be used.
    pub field: Element,
    /// What the list and the button are called.
    pub label: String,
    /// Several options may be taken.
    pub several: bool,
    /// The options found: place in the whole list, text, taken, can be taken.
    pub options: Vec<(usize, Vec<Node>, bool, bool)>,
    /// How many were found, or what is chosen, in words; said while the list is open.
    pub status: String,
    /// Can be changed.
    pub enabled: bool,
}

impl Combobox {
    /// The field, the button and, while open, the list.
    pub fn element(self, open: &Open) -> Element {
        let Self {
            id,
            field,
            label,
            several,
            options,
            status,
            enabled,
        } = self;
        let list = format!("{id}-list");
        let active = open
            .active
            .and_then(|at| options.get(at))
            .map(|(ix, ..)| format!("{id}-o{ix}"));
        let field = field
            .attr("id", id.clone())
            .attr("type", "text")
            .attr("role", "combobox")
            .attr("class", "field")
            .attr("data-do", "search")
            .attr("autocomplete", "off")
            .attr("spellcheck", "false")
            .attr("aria-autocomplete", "list")
            .attr("aria-controls", list.clone())
            .says("aria-expanded", open.open)
            .maybe("aria-activedescendant", active);
        let is_empty = options.is_empty();
        let options = options
            .into_iter()
            .enumerate()
            .map(|(at, (ix, label, taken, enabled))| {
                el("li")
                    .class("combobox__option")
                    .attr("role", "option")
                    .attr("id", format!("{id}-o{ix}"))
                    .attr("data-do", "pick")
                    .attr("data-i", ix.to_string())
                    .says("aria-selected", taken)
                    .on("data-active", open.active == Some(at))
                    .maybe("aria-disabled", (!enabled).then(|| "true".to_owned()))
                    .children(label)
                    .node()
            })
            .collect();
        el("div")
            .class("combobox")
            .on("data-open", open.open)
            .child(field)
            .child(
                drawn("open", Icon::Down, label.clone())
                    .attr("tabindex", "-1")
                    .flag("disabled", !enabled),
            )
            .child(
                el("ul")
                    .class("combobox__list")
                    .attr("role", "listbox")
                    // What scrolls would be a stop of the Tab key.
                    .attr("tabindex", "-1")
                    .attr("id", list)
                    .attr("aria-label", label)
                    .maybe("aria-multiselectable", several.then(|| "true".to_owned()))
                    .flag("hidden", !open.open || is_empty)
                    .children(if open.open { options } else { Vec::new() }),
            )
            .child(
                el("p")
                    .class("combobox__status")
                    .attr("role", "status")
                    .on("data-empty", is_empty)
                    .text(status),
            )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> Vec<String> {
        ["Forssa", "Hattula", "Hämeenlinna"]
            .map(String::from)
            .to_vec()
    }

    #[test]
    fn searching_finds_parts_of_words_whatever_the_capitals() {
        assert_eq!(found(&texts(), Some("HÄM")), [2]);
        assert_eq!(found(&texts(), Some("  la")), [1]);
        assert_eq!(found(&texts(), None), [0, 1, 2]);
        assert_eq!(found(&texts(), Some("x")), Vec::<usize>::new());
    }

    #[test]
    fn arrows_go_round_and_enter_takes_the_active_option() {
        let mut list = Open::default();
        assert_eq!(list.press("ArrowUp", false, 3, None), Pressed::Changed);
        assert_eq!((list.open, list.active), (true, Some(2)));
        list.press("ArrowDown", false, 3, None);
        assert_eq!(list.active, Some(0));
        assert_eq!(list.press("Enter", false, 3, None), Pressed::Take(0));
    }

    #[test]
    fn a_list_opens_at_what_is_chosen() {
        let mut list = Open::default();
        list.press("ArrowDown", false, 3, Some(1));
        assert_eq!((list.open, list.active), (true, Some(1)));
        list.close();
        list.press("ArrowDown", true, 3, Some(1));
        assert_eq!((list.open, list.active), (true, None));
    }

    #[test]
    fn keys_that_move_the_cursor_leave_the_options() {
        let mut list = Open::default();
        list.search("h".to_owned());
        assert_eq!(list.press("Home", false, 2, None), Pressed::Nothing);
        assert_eq!((list.open, list.active), (true, None));
    }

    #[test]
    fn what_is_spelt_out_or_is_the_only_one_found_is_meant() {
        let mut texts = texts();
        assert_eq!(meant(&texts, " forssa "), Some(0));
        assert_eq!(meant(&texts, "linna"), Some(2));
        assert_eq!(meant(&texts, "a"), None);
        assert_eq!(meant(&texts, "x"), None);
        texts.push("Hattula ja Hauho".to_owned());
        assert_eq!(meant(&texts, "Hattula"), Some(1));
    }

    #[test]
    fn escape_closes_an_open_list_and_is_left_to_the_browser_when_closed() {
        let mut list = Open::default();
        list.search("h".to_owned());
        assert_eq!(list.press("Escape", false, 2, None), Pressed::Changed);
        assert_eq!(list, Open::default());
        assert_eq!(list.press("Escape", false, 3, None), Pressed::Nothing);
    }

    #[test]
    fn an_empty_list_never_has_an_active_option() {
        let mut list = Open::default();
        list.search("zz".to_owned());
        list.press("ArrowDown", false, 0, None);
        assert_eq!(list.active, None);
        assert_eq!(list.press("Enter", false, 0, None), Pressed::Changed);
    }
}
