//! What every question has around its control: title, description, messages, comment area.

use questionnaire::session::{CommentView, QuestionView};

use super::rich;
use crate::ui::markup::{Element, Node, el};
use crate::ui::message::message;
use crate::words::{t, t_with};

/// How a question's title belongs to its control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// The legend of a group in which one is chosen.
    OneOf,
    /// The legend of any other group.
    Group,
    /// The label of one field.
    Field,
    /// The label of the browser's own list, which does not say that it is required.
    List,
    /// A heading above something that is not answered.
    Shown,
}

/// A question as it stands on the page.
pub(super) struct Asked<'a> {
    /// What is asked.
    pub view: &'a QuestionView,
    /// Its id, see [`super::id::question_id`].
    pub id: &'a str,
    /// The id of what names the row it stands in, if it is a cell.
    pub row: Option<&'a str>,
}

impl Asked<'_> {
    /// `{id}-{part}`.
    pub(super) fn part(&self, part: &str) -> String {
        format!("{}-{part}", self.id)
    }

    /// Can be changed.
    pub(super) fn open(&self) -> bool {
        self.view.enabled && !self.view.read_only
    }

    /// Cannot be used at all; what is only to be read can still have the focus.
    pub(super) fn disabled(&self) -> bool {
        !self.view.enabled && !self.view.read_only
    }

    /// Something blocks here.
    pub(super) fn invalid(&self) -> bool {
        self.view.problems.iter().any(|it| it.blocks)
    }

    /// The ids of what describes the control: description, `more`, messages.
    pub(super) fn described_by(&self, more: &[&str]) -> Option<String> {
        let mut ids = Vec::new();
        if !self.view.description.is_empty() {
            ids.push(self.part("description"));
        }
        ids.extend(more.iter().map(|part| self.part(part)));
        if !self.view.problems.is_empty() {
            ids.push(self.part("error"));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// The ids of what names the control, where its label alone is not enough.
    pub(super) fn labelled_by(&self) -> Option<String> {
        self.row.map(|row| format!("{row} {}-title", self.id))
    }

    /// A field's name, description and state.
    pub(super) fn field(&self, field: Element, more: &[&str]) -> Element {
        field
            .attr("id", self.part("input"))
            .maybe("aria-labelledby", self.labelled_by())
            .maybe("aria-describedby", self.described_by(more))
            .maybe("aria-required", self.view.required.then(yes))
            .maybe("aria-invalid", self.invalid().then(yes))
            .flag("disabled", self.disabled())
            .flag("readOnly", self.view.read_only)
    }

    /// The whole question with `control` in its place.
    pub(super) fn frame(&self, shape: Shape, more: &[&str], control: Vec<Node>) -> Element {
        let view = self.view;
        let root = el("div")
            .class("question")
            .attr("id", self.id.to_owned())
            .on("data-invalid", self.invalid())
            .on("data-disabled", !view.enabled)
            .on("data-read-only", view.read_only);
        let titled = match shape {
            Shape::Field | Shape::List | Shape::Shown => el("div").class("question__body"),
            Shape::OneOf | Shape::Group => {
                let group = el("fieldset")
                    .class("question__body")
                    .maybe("aria-labelledby", self.labelled_by())
                    .maybe("aria-describedby", self.described_by(more));
                if shape == Shape::OneOf {
                    group
                        .attr("role", "radiogroup")
                        .maybe("aria-required", view.required.then(yes))
                        .maybe("aria-invalid", self.invalid().then(yes))
                } else {
                    group
                }
            }
        };
        // Each has its place, drawn or not: what stands inside is not drawn anew, and keeps the focus,
        // when a message goes.
        let before = [self.title(shape), self.description(), self.messages()];
        let titled = titled
            .children(before.map(optional).into())
            .children(control)
            .with(view.comment.as_ref().map(|it| self.comment(it)));
        root.child(titled)
    }

    fn title(&self, shape: Shape) -> Option<Node> {
        let view = self.view;
        if view.title.is_empty() {
            return None;
        }
        let title = match shape {
            Shape::Field | Shape::List => el("label").attr("for", self.part("input")),
            Shape::OneOf | Shape::Group => el("legend"),
            Shape::Shown => el("p"),
        };
        let number = view.number.as_ref().map(|number| {
            el("span")
                .class("question__number")
                .text(format!("{number} "))
                .node()
        });
        let required = view.required.then(|| {
            // Where the control says so itself, it is not said twice.
            el("span")
                .class("question__required")
                .maybe(
                    "aria-hidden",
                    (!matches!(shape, Shape::Group | Shape::List)).then(yes),
                )
                .text(format!(" ({})", t("question.required")))
                .node()
        });
        Some(
            title
                .attr("id", self.part("title"))
                .class(if view.title_hidden {
                    "question__title visually-hidden"
                } else {
                    "question__title"
                })
                .with(number)
                .children(rich::phrase(&view.title))
                .with(required)
                .node(),
        )
    }

    fn description(&self) -> Option<Node> {
        let description = &self.view.description;
        (!description.is_empty()).then(|| {
            el("div")
                .class("question__description")
                .attr("id", self.part("description"))
                .children(rich::blocks(description))
                .node()
        })
    }

    fn messages(&self) -> Option<Node> {
        let problems = &self.view.problems;
        (!problems.is_empty()).then(|| {
            let messages = problems
                .iter()
                .map(|it| {
                    let kind = t(if it.blocks {
                        "question.error"
                    } else {
                        "question.warning"
                    });
                    message(it.blocks, format!("{kind}: "), it.text.clone()).node()
                })
                .collect();
            el("div")
                .class("question__messages")
                .attr("id", self.part("error"))
                .children(messages)
                .node()
        })
    }

    fn comment(&self, comment: &CommentView) -> Node {
        self.text_beside(comment, self.part("comment"), None)
    }

    /// A text field beside choices; `choice` is the place of the choice it belongs to.
    pub(super) fn text_beside(
        &self,
        comment: &CommentView,
        id: String,
        choice: Option<usize>,
    ) -> Node {
        let field = if comment.of_other || choice.is_some() {
            el("input").attr("type", "text")
        } else {
            el("textarea").attr("rows", "2")
        };
        el("div")
            .class("question__comment")
            .child(
                el("label")
                    .class("question__label")
                    .attr("for", id.clone())
                    .text(comment.label.clone()),
            )
            .child(
                field
                    .class("field")
                    .attr("id", id)
                    .attr("autocomplete", "off")
                    .attr(
                        "data-do",
                        if choice.is_some() {
                            "choice-comment"
                        } else {
                            "comment"
                        },
                    )
                    .maybe("data-i", choice.map(|it| it.to_string()))
                    .maybe("placeholder", filled(&comment.placeholder))
                    .maybe(
                        "maxlength",
                        (comment.max_length > 0).then(|| comment.max_length.to_string()),
                    )
                    .flag("disabled", self.disabled())
                    .flag("readOnly", self.view.read_only)
                    .value(comment.value.clone()),
            )
            .node()
    }

    /// A button that takes the answer back, while there is one.
    pub(super) fn clear_button(&self, clearable: bool) -> Option<Node> {
        (clearable && self.view.answered && self.open()).then(|| {
            crate::ui::button::quiet("clear", t("question.clear"))
                .attr("aria-describedby", self.part("title"))
                .node()
        })
    }
}

/// A hint below the description; its id is `{id}-hint`.
pub(super) fn hint(asked: &Asked<'_>, sentence: String) -> Element {
    el("p")
        .class("question__hint")
        .attr("id", asked.part("hint"))
        .text(sentence)
}

/// "At most n": what a limit on choices says.
pub(super) fn at_most(asked: &Asked<'_>, max: u32) -> Option<Node> {
    (max > 0).then(|| {
        hint(
            asked,
            t_with("question.at_most", &[("n", &max.to_string())]),
        )
        .node()
    })
}

/// A place that may stay empty.
pub(super) fn optional(node: Option<Node>) -> Node {
    node.unwrap_or_else(|| Node::Text(String::new()))
}

pub(super) fn yes() -> String {
    "true".to_owned()
}

pub(super) fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
