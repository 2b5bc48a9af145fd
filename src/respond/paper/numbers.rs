//! The numbers that questions have on paper, by which one question names another.

use questionnaire::definition::{Element, Kind, Question, Survey};

/// A question that is asked once, by its name, with its number from 1 on.
pub(super) fn find<'a>(survey: &'a Survey, name: &str) -> Option<(usize, &'a Question)> {
    let mut number = 0;
    let mut pages = survey.pages.iter();
    let asked = pages.find_map(|page| find_in(&page.panel.elements, name, &mut number))?;
    Some((number, asked))
}

fn find_in<'a>(elements: &'a [Element], name: &str, number: &mut usize) -> Option<&'a Question> {
    elements.iter().find_map(|element| match element {
        Element::Question(question) => {
            *number += usize::from(is_asked(question));
            (question.name == name && is_asked(question)).then_some(&**question)
        }
        Element::Panel(panel) => find_in(&panel.elements, name, number),
    })
}

/// Whether there is something to answer on paper.
pub(super) const fn is_asked(question: &Question) -> bool {
    !matches!(
        question.kind,
        Kind::Html { .. } | Kind::Expression { .. } | Kind::Image { .. }
    )
}
