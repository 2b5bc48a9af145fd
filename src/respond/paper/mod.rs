//! The blank paper version: every question under the same names and codes, for those who do not use
//! the web (ACC-23).

mod choices;
mod condition;
mod numbers;

use std::rc::Rc;

use json::{Object, Value};
use leptos::prelude::*;
use leptos::task::spawn_local;
use questionnaire::definition::{Element, Formula, Kind, Mode, Question, Row, Survey};
use questionnaire::expression::{ObjectScope, Outcome};
use questionnaire::localized::Localized;
use questionnaire::text::RichText;

use crate::browser::draw::draw;
use crate::browser::{clock, document, files, history};
use crate::respond::help::{self, Help};
use crate::respond::installation::use_config;
use crate::respond::opening::{self, Read};
use crate::respond::rich_text::{blocks, inline};
use crate::respond::running;
use crate::respond::shell::address;
use crate::respond::trouble::{MissingSurvey, waiting};
use crate::words::{language, t, t_with};
use choices::{Named, choice, code, offered, text_of};

/// A survey to print and to fill in by hand.
#[component]
pub fn PaperPage(
    /// Its id as it stands in the address.
    survey: String,
) -> impl IntoView {
    let found = RwSignal::new_local(None::<Option<(Rc<Survey>, Option<Rc<Help>>)>>);
    let name = survey.clone();
    spawn_local(async move {
        found.set(Some(match opening::read(&name, None).await {
            Read::Survey(_, survey) => {
                let help = if running::any(&survey, |it| it.kuuluu.help_before) {
                    Help::load().await
                } else {
                    None
                };
                Some((survey, help))
            }
            _ => None,
        }));
    });
    move || match found.get() {
        None => waiting(),
        Some(None) => view! { <MissingSurvey survey=survey.clone() /> }.into_any(),
        Some(Some((read, help))) => sheet(&read, help, &survey),
    }
}

/// Up to so many entries each have a place of their own.
const MANY: usize = 5;

/// What the whole sheet has in common, or all of one entry.
#[derive(Clone)]
struct Sheet {
    lang: String,
    survey: Rc<Survey>,
    /// Nobody is to be known by what is written.
    is_anonymous: bool,
    help: Option<Rc<Help>>,
    /// What an entry holds before anybody writes into it.
    entry: Option<Object>,
}

impl Sheet {
    /// What stands in a field of an entry before anybody writes into it.
    fn given(&self, asked: &Question) -> Option<String> {
        let entry = self.entry.as_ref()?;
        let computed = || {
            let formula = asked.default_value_expression.as_ref()?;
            let mut values = Object::new();
            values.insert("panel", Value::Object(entry.clone()));
            values.insert("locale", Value::from(self.lang.as_str()));
            let scope = ObjectScope {
                values,
                today: clock::today(),
            };
            match formula.expression.as_ref()?.evaluate(&scope) {
                Outcome::Value(value) => Some(value),
                Outcome::Undefined => None,
            }
        };
        let value = entry.get(&asked.name).cloned().or_else(computed)?;
        value
            .as_str()
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
    }

    /// When something is to be answered, if not always.
    fn condition(&self, visible_if: Option<&Formula>) -> Option<impl IntoView + use<>> {
        let sentence = condition::sentence(visible_if?, &self.survey, &self.lang);
        Some(view! { <p class="paper__hint">{sentence}</p> })
    }
}

fn sheet(survey: &Rc<Survey>, help: Option<Rc<Help>>, id: &str) -> AnyView {
    let config = use_config();
    let sheet = Sheet {
        lang: language(),
        survey: Rc::clone(survey),
        is_anonymous: survey.kuuluu.mode == Mode::Anonymous,
        help,
        entry: None,
    };
    let lang = sheet.lang.clone();
    let title = text_of(&survey.title, &lang).unwrap_or_default();
    document::set_title(&[&title, " – ", &t("paper.title")].concat());
    let version = survey.kuuluu.version.clone().unwrap_or_default();
    let name = config.organisation.name.resolve(&lang).unwrap_or_default();
    // What stays with its reader is sent nowhere.
    let back = (survey.kuuluu.mode != Mode::Device)
        .then(|| config.organisation.contact.address.resolve(&lang))
        .flatten();
    let notice = [&history::origin(), "/legal/privacy"].concat();
    let phone = config.organisation.contact.phone.clone();
    let online = address(&["/s/", id].concat());
    let mut before = None;
    let pages = survey
        .pages
        .iter()
        .map(|page| {
            let title = title_of(&page.panel.title, &lang);
            // What holds for several pages in a row is said once.
            let condition = page.panel.visible_if.as_ref();
            let source = condition.map(|it| &*it.source);
            let is_new = std::mem::replace(&mut before, source) != source;
            view! {
                <section class="paper__page">
                    {title.map(|title| view! { <h2>{title}</h2> })}
                    {sheet.condition(condition.filter(|_| is_new))}
                    {elements(&page.panel.elements, &sheet)}
                </section>
            }
        })
        .collect_view();
    view! {
        <article class="paper">
            <p class="survey__name">{name.to_owned()}</p>
            <h1 id="heading" tabindex="-1">{title}</h1>
            {text_of(&survey.description, &lang).map(|text| view! { <p>{text}</p> })}
            <p>{t("paper.lead")}</p>
            {back.map(|back| view! {
                <p>{t_with("paper.return", &[("name", name), ("address", back)])}</p>
                <p>{t_with("paper.notice", &[("url", &notice)])}</p>
                {phone.map(|phone| view! { <p>{t_with("paper.ask", &[("phone", &phone)])}</p> })}
            })}
            <div class="ways no-print">
                <button type="button" class="button" on:click=|_| files::print()>
                    {t("paper.print")}
                </button>
                <a href=online>{t("paper.online")}</a>
            </div>
            {pages}
            <p class="paper__foot"><code>{[id, " ", &version].concat()}</code></p>
        </article>
    }
    .into_any()
}

fn elements(elements: &[Element], sheet: &Sheet) -> AnyView {
    elements
        .iter()
        .map(|element| match element {
            Element::Question(asked) => question(asked, sheet),
            Element::Panel(panel) => {
                let title = title_of(&panel.title, &sheet.lang);
                view! {
                    <section class="paper__panel">
                        {title.map(|title| view! { <h3>{title}</h3> })}
                        {sheet.condition(panel.visible_if.as_ref())}
                        {self::elements(&panel.elements, sheet)}
                    </section>
                }
                .into_any()
            }
        })
        .collect_view()
        .into_any()
}

fn question(asked: &Question, sheet: &Sheet) -> AnyView {
    let lang = sheet.lang.as_str();
    if let Kind::Html { html } = &asked.kind {
        let text = text_of(html, lang).unwrap_or_default();
        return blocks(&RichText::html(&text));
    }
    if !numbers::is_asked(asked) {
        return ().into_any();
    }
    // What is asked in each of several entries is known by the entry.
    let number = numbers::find(&sheet.survey, &asked.name)
        .filter(|_| sheet.entry.is_none())
        .map(|(number, _)| [&number.to_string(), ". "].concat());
    let title = title_of(&asked.title, lang).unwrap_or_else(|| asked.name.clone().into_any());
    // The paper says by itself how many may be chosen.
    let description = text_of(&asked.description, lang).filter(|it| *it != t("paper.several"));
    let description = description.map(|it| inline(&RichText::html(&it)));
    let required = asked
        .is_required
        .then(|| [" (", &t("question.required"), ")"].concat());
    let help = sheet.help.clone().filter(|_| asked.kuuluu.help_before);
    view! {
        {help.map(|help| draw(move || help::numbers(&help), &[], None))}
        <div class="paper__question">
            <p class="paper__title">
                {number} {title} <small>{required}</small> <code class="paper__id">{asked.name.clone()}</code>
            </p>
            {description.map(|text| view! { <p class="paper__hint">{text}</p> })}
            {sheet.condition(asked.visible_if.as_ref())}
            {sheet.given(asked).map(|text| view! { <p class="paper__given">{text}</p> })}
            {space(asked, sheet)}
        </div>
    }
    .into_any()
}

/// The place for the answer.
fn space(asked: &Question, sheet: &Sheet) -> AnyView {
    let lang = sheet.lang.as_str();
    let kind = &asked.kind;
    match kind {
        Kind::Single { .. } | Kind::ImagePicker { .. } | Kind::Boolean { .. } => {
            boxes(t("paper.one"), offered(kind, lang))
        }
        Kind::Multiple { max_selected, .. } => {
            let hint = match *max_selected {
                0 => t("paper.several"),
                n => t_with("question.at_most", &[("n", &n.to_string())]),
            };
            boxes(hint, offered(kind, lang))
        }
        Kind::Ranking { .. } => boxes(t("paper.rank"), offered(kind, lang)),
        Kind::Rating {
            min_description,
            max_description,
            ..
        } => {
            let points = offered(kind, lang);
            view! {
                <p class="paper__ends">
                    <span>{text_of(min_description, lang)}</span>
                    <span>{text_of(max_description, lang)}</span>
                </p>
                <div class="paper__scale">{boxes(t("paper.one"), points)}</div>
            }
            .into_any()
        }
        Kind::Comment { rows, .. } => {
            let hint = sheet.is_anonymous.then(|| t("question.no_personal_data"));
            view! {
                {hint.map(|hint| view! { <p class="paper__hint">{hint}</p> })}
                {lines(rows.saturating_add(1).clamp(3, 8))}
            }
            .into_any()
        }
        Kind::MultipleText { items, .. } => items
            .iter()
            .map(|item| {
                let title = text_of(&item.title, lang).unwrap_or_else(|| item.name.clone());
                view! { <p>{title}</p> {lines(1)} }
            })
            .collect_view()
            .into_any(),
        Kind::Matrix { base, columns, .. } => {
            let heads = columns.iter().map(|it| choice(it, lang)).collect();
            grid(heads, named(&base.rows, lang), true)
        }
        Kind::MatrixDropdown { base, columns, .. } => {
            grid(heads(columns, lang), named(&base.rows, lang), false)
        }
        Kind::MatrixDynamic {
            base: _, columns, ..
        } => grid(heads(columns, lang), vec![Named::default(); 4], false),
        Kind::PanelDynamic {
            template,
            template_title,
            panel_count,
            max_panels,
            allow_add,
            ..
        } => {
            let given = asked.default_value.as_ref().and_then(Value::as_list);
            let given = given.unwrap_or_default();
            let most = usize::try_from(*max_panels).unwrap_or(usize::MAX);
            let first = usize::try_from(*panel_count).unwrap_or(0).max(given.len());
            let count = if most <= MANY { most } else { first.max(2) };
            let panels = (0..count)
                .map(|at| {
                    let entry = given.get(at).and_then(Value::as_object);
                    let sheet = Sheet {
                        entry: Some(entry.cloned().unwrap_or_default()),
                        ..sheet.clone()
                    };
                    view! {
                        <div class="paper__panel">
                            <h3>{entry_title(template_title, at + 1, lang)}</h3>
                            {elements(template, &sheet)}
                        </div>
                    }
                })
                .collect_view();
            let more = (*allow_add && count < most)
                .then(|| view! { <p class="paper__hint">{t("paper.more")}</p> });
            view! { {panels} {more} }.into_any()
        }
        Kind::Text { .. } | Kind::Slider { .. } => lines(1),
        Kind::Expression { .. } | Kind::Html { .. } | Kind::Image { .. } => ().into_any(),
    }
}

/// The title of an entry if it hangs on nothing but the entry's number, and else the number.
fn entry_title(title: &Localized, number: usize, lang: &str) -> String {
    let number = number.to_string();
    text_of(title, lang)
        .map(|it| it.replace("{panelIndex}", &number))
        .filter(|it| !it.is_empty() && !it.contains('{'))
        .unwrap_or_else(|| number + ".")
}

/// Texts with their codes, each behind an empty box.
fn boxes(hint: String, choices: Vec<Named>) -> AnyView {
    let items = choices
        .into_iter()
        .map(|(text, code)| {
            view! {
                <li>
                    <span class="paper__box" aria-hidden="true"></span>
                    {text} <code class="paper__id">{code}</code>
                </li>
            }
        })
        .collect_view();
    view! {
        <p class="paper__hint">{hint}</p>
        <ul class="paper__choices">{items}</ul>
    }
    .into_any()
}

fn lines(n: u32) -> AnyView {
    (0..n)
        .map(|_| view! { <div class="paper__line"></div> })
        .collect_view()
        .into_any()
}

fn grid(heads: Vec<Named>, rows: Vec<Named>, with_boxes: bool) -> AnyView {
    let n = heads.len();
    let heads = heads
        .into_iter()
        .map(|(head, code)| {
            view! {
                <th scope="col">{head} " " <code class="paper__id">{code}</code></th>
            }
        })
        .collect_view();
    let rows = rows
        .into_iter()
        .map(|(row, code)| {
            let cells = (0..n)
                .map(|_| {
                    view! {
                        <td>
                            {with_boxes.then(|| view! { <span class="paper__box"></span> })}
                        </td>
                    }
                })
                .collect_view();
            view! { <tr><th scope="row">{row} " " <code class="paper__id">{code}</code></th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <table class="paper__grid">
            <thead><tr><td></td>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn heads(columns: &[questionnaire::definition::Column], lang: &str) -> Vec<Named> {
    columns
        .iter()
        .map(|column| {
            let question = &column.question;
            let name = question.name.clone();
            let title = text_of(&question.title, lang);
            (title.unwrap_or_else(|| name.clone()), name)
        })
        .collect()
}

fn named(rows: &[Row], lang: &str) -> Vec<Named> {
    rows.iter()
        .map(|row| {
            let code = code(&row.value);
            let text = text_of(&row.text, lang);
            (text.unwrap_or_else(|| code.clone()), code)
        })
        .collect()
}

fn title_of(text: &Localized, lang: &str) -> Option<AnyView> {
    text_of(text, lang).map(|text| inline(&RichText::html(&text)))
}
