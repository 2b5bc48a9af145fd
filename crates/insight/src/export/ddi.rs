//! DDI-Codebook 2.5: what was asked, of whom, and what each column of the data file means.

use questionnaire::localized::{DEFAULT, Localized};

use super::edition::Edition;
use super::table::code;
use super::xml::{DECLARATION, escaped};
use crate::archive::{Backgrounds, Field, Risk, fields};
use crate::codebook::{Kind, Question};
use crate::release::{Figures, Label, Release};

const NAMES: &str = concat!(
    "xmlns=\"ddi:codebook:2_5\" version=\"2.5\" ",
    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" ",
    "xsi:schemaLocation=\"ddi:codebook:2_5 ",
    "http://www.ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd\"",
);

/// Says what kind of file it is.
const CONFIDENTIAL: &str = "Confidential: single responses of persons.";

/// Says what an archive may do with the data.
const RESTRICTION: &str = "Not for publication; for research or archiving under the terms of the \
    depositor. Whoever knows a person may recognise the response by what it says.";

/// Says how rare background answers are, and what was done about it.
fn rarity(risk: &Risk) -> String {
    let variables = risk.variables.join(", ");
    let Risk {
        responses,
        rare,
        alone,
        minimum,
        ..
    } = risk;
    match risk.backgrounds {
        Backgrounds::LeftOut => format!(
            "Background answers ({variables}): every combination that is given is shared by at least \
             {minimum} of {responses} responses; in {rare} that shared theirs with fewer, answers \
             were left out."
        ),
        Backgrounds::Kept => format!(
            "Background answers ({variables}) are given as they are: {rare} of {responses} responses \
             share theirs with fewer than {minimum}, {alone} of them with nobody. The file is \
             personal data."
        ),
    }
}

/// Says what was left out of the data file.
const LEFT_OUT: &str = "Identifiers, days and languages of responses are left out, as are free \
    texts of persons. Lines stand in the order of their content. Empty: no answer. (other): an \
    answer outside the listed categories. A text that a spreadsheet would take for a formula has an \
    apostrophe before it.";

/// A codebook for the data file called `file` with one column for each of
/// [`crate::archive::fields`], of which `risk` tells. Counts come from `release`; hidden ones are left out, with a note.
pub fn ddi(release: &Release, risk: &Risk, edition: &Edition<'_>, file: &str) -> String {
    let mut out = Writer {
        edition,
        out: format!("{DECLARATION}<codeBook {NAMES}>"),
    };
    out.document();
    out.study(release, risk);
    let fields = fields(edition.codebook);
    out.file(release, file, fields.len());
    out.open("dataDscr");
    out.groups(&fields);
    for (ix, field) in fields.iter().enumerate() {
        out.variable(release, ix, field);
    }
    out.close("dataDscr");
    out.out + "</codeBook>\n"
}

struct Writer<'a> {
    edition: &'a Edition<'a>,
    out: String,
}

impl Writer<'_> {
    fn open(&mut self, tag: &str) {
        self.out.push_str(&format!("<{tag}>"));
    }

    fn close(&mut self, tag: &str) {
        self.out.push_str(&format!("</{tag}>"));
    }

    /// An element with nothing but text; `tag` may carry attributes.
    fn text(&mut self, tag: &str, text: &str) {
        if !text.is_empty() {
            let name = tag.split(' ').next().unwrap_or(tag);
            self.out
                .push_str(&format!("<{tag}>{}</{name}>", escaped(text)));
        }
    }

    /// The language that texts without one of their own are in.
    fn default_language(&self) -> &str {
        let languages = &self.edition.codebook.languages;
        languages
            .first()
            .map_or(self.edition.language, String::as_str)
    }

    /// One element for each language of a text.
    fn texts(&mut self, tag: &str, text: &Localized) {
        for language in text.languages() {
            let shown = if language == DEFAULT {
                self.default_language()
            } else {
                language
            };
            let tag = format!("{tag} xml:lang=\"{}\"", escaped(shown));
            self.text(&tag, text.get(language).unwrap_or_default());
        }
    }

    fn citation(&mut self) {
        let codebook = self.edition.codebook;
        self.open("citation");
        self.open("titlStmt");
        let own = codebook.title.resolve(self.edition.language);
        let own = own.map(|it| it.language.to_owned()).unwrap_or_default();
        self.text("titl", &self.edition.title());
        for language in codebook.title.languages().filter(|it| *it != own) {
            let shown = if language == DEFAULT {
                self.default_language()
            } else {
                language
            };
            let tag = format!("parTitl xml:lang=\"{}\"", escaped(shown));
            let text = codebook.title.get(language).unwrap_or_default();
            self.text(&tag, text);
        }
        self.text("IDNo", &codebook.survey);
        self.close("titlStmt");
        if !self.edition.publisher.is_empty() {
            self.open("rspStmt");
            self.text("AuthEnty", self.edition.publisher);
            self.close("rspStmt");
        }
        self.open("prodStmt");
        self.text("producer", self.edition.publisher);
        if let Some(day) = self.edition.day {
            let day = day.to_string();
            self.text(&format!("prodDate date=\"{day}\""), &day);
        }
        self.text("software", "Kuuluu");
        self.close("prodStmt");
        self.open("verStmt");
        self.text("version", &codebook.version);
        self.close("verStmt");
        self.close("citation");
    }

    fn document(&mut self) {
        self.open("docDscr");
        self.citation();
        self.close("docDscr");
    }

    fn study(&mut self, release: &Release, risk: &Risk) {
        self.open("stdyDscr");
        self.citation();
        self.open("stdyInfo");
        self.open("sumDscr");
        if let Some(round) = &release.head().round {
            self.text("timePrd", round);
        }
        self.text("dataKind xml:lang=\"en\"", "survey data");
        self.close("sumDscr");
        self.close("stdyInfo");
        self.open("method");
        self.open("dataColl");
        self.text(
            "collMode xml:lang=\"en\"",
            "self-administered web questionnaire",
        );
        self.close("dataColl");
        if let Some(response) = release.response()
            && let (Some(answered), asked) = (response.answered, response.asked)
        {
            self.open("anlyInfo");
            self.text("respRate", &format!("{answered} / {asked}"));
            self.close("anlyInfo");
        }
        self.close("method");
        self.open("dataAccs");
        self.open("useStmt");
        if release.head().protection.is_none() {
            self.text(
                "conditions xml:lang=\"en\"",
                "Answers of organisations; public documents.",
            );
        } else {
            self.text("confDec required=\"yes\" xml:lang=\"en\"", CONFIDENTIAL);
            self.text("restrctn xml:lang=\"en\"", RESTRICTION);
            self.text("conditions xml:lang=\"en\"", &rarity(risk));
        }
        self.close("useStmt");
        self.close("dataAccs");
        self.close("stdyDscr");
    }

    fn file(&mut self, release: &Release, file: &str, n_fields: usize) {
        let uri = escaped(file);
        self.out
            .push_str(&format!("<fileDscr ID=\"F1\" URI=\"{uri}\"><fileTxt>"));
        self.text("fileName", file);
        self.open("dimensns");
        if let Some(total) = release.head().total {
            self.text("caseQnty", &total.to_string());
        }
        self.text("varQnty", &n_fields.to_string());
        self.close("dimensns");
        self.text("fileType charset=\"UTF-8\"", "text/csv");
        self.close("fileTxt");
        self.text("notes xml:lang=\"en\"", LEFT_OUT);
        self.close("fileDscr");
    }

    /// The rows of a matrix and the choices of a multiple choice belong together.
    fn groups(&mut self, fields: &[Field<'_>]) {
        for (ix, question) in self.edition.codebook.questions.iter().enumerate() {
            let members: Vec<String> = fields
                .iter()
                .enumerate()
                .filter(|(_, it)| it.question.name == question.name)
                .map(|(ix, _)| format!("V{}", ix + 1))
                .collect();
            if members.len() < 2 {
                continue;
            }
            let kind = match question.kind {
                Kind::Multiple => "multipleResp",
                Kind::Matrix => "grid",
                _ => "other",
            };
            self.out.push_str(&format!(
                "<varGrp ID=\"G{}\" name=\"{}\" type=\"{kind}\" var=\"{}\">",
                ix + 1,
                escaped(&question.name),
                members.join(" ")
            ));
            self.texts("labl", &question.title);
            self.close("varGrp");
        }
    }

    fn variable(&mut self, release: &Release, ix: usize, field: &Field<'_>) {
        let Field {
            question,
            item,
            choice,
            ..
        } = *field;
        let is_number = item.kind == Kind::Number;
        self.out.push_str(&format!(
            "<var ID=\"V{}\" name=\"{}\" files=\"F1\" intrvl=\"{}\">",
            ix + 1,
            escaped(&field.name()),
            if is_number { "contin" } else { "discrete" }
        ));
        let category = choice.and_then(|ix| item.categories.get(ix));
        match category {
            Some(category) if category.text.is_empty() => {
                self.text("labl", &self.edition.category(item, category));
            }
            Some(category) => self.texts("labl", &category.text),
            None if item.text.is_empty() => self.texts("labl", &question.title),
            None => self.texts("labl", &item.text),
        }
        self.question(question);
        let figures = release.figures(&item.name);
        if let Some(n) = figures.and_then(|it| it.n) {
            self.text("TotlResp", &n.to_string());
        }
        if choice.is_none() {
            self.middle(figures);
            self.categories(field, figures);
        } else {
            self.chosen(field, figures);
        }
        let is_text = item.kind == Kind::Text
            || (choice.is_none() && item.categories.iter().any(|it| it.point.is_none()));
        let format = if is_text { "character" } else { "numeric" };
        self.out
            .push_str(&format!("<varFormat type=\"{format}\"/>"));
        if let Some(note) = &question.note {
            self.text("notes", note);
        }
        let hides =
            |it: &Figures| it.hidden.is_some() || it.rows.iter().any(|it| it.hidden.is_some());
        if figures.is_some_and(hides) {
            self.text(
                "notes type=\"disclosure\" xml:lang=\"en\"",
                "Small counts, and counts from which they could be worked out, are not given.",
            );
        }
        self.close("var");
    }

    fn question(&mut self, question: &Question) {
        if !question.title.is_empty() {
            self.open("qstn");
            self.texts("qstnLit", &question.title);
            self.close("qstn");
        }
    }

    fn middle(&mut self, figures: Option<&Figures>) {
        let Some(summary) = figures.and_then(|it| it.summary.as_ref()) else {
            return;
        };
        let values = [
            ("mean", summary.mean),
            ("medn", summary.median),
            ("min", summary.range.map(|it| it.0)),
            ("max", summary.range.map(|it| it.1)),
            ("stdev", summary.deviation),
        ];
        for (kind, value) in values {
            if let Some(value) = value {
                self.text(&format!("sumStat type=\"{kind}\""), &value.to_string());
            }
        }
    }

    /// The categories with how often each was chosen.
    fn categories(&mut self, field: &Field<'_>, figures: Option<&Figures>) {
        let row_of = |label: &Label| figures?.rows.iter().find(|it| it.label == *label);
        for category in &field.item.categories {
            let is_missing = if category.meaning.is_some() { "Y" } else { "N" };
            self.out
                .push_str(&format!("<catgry missing=\"{is_missing}\">"));
            self.text("catValu", &category.code());
            if category.text.is_empty() {
                self.text("labl", &self.edition.category(field.item, category));
            } else {
                self.texts("labl", &category.text);
            }
            let label = Label::Value(category.value.clone());
            self.count(row_of(&label).and_then(|it| it.count));
            self.close("catgry");
        }
        if let Some(row) = row_of(&Label::Other) {
            self.open("catgry missing=\"N\"");
            self.text("catValu", &code(&Label::Other));
            self.text("labl", &self.edition.say("other"));
            self.count(row.count);
            self.close("catgry");
        }
    }

    /// A choice of several: chosen or not.
    fn chosen(&mut self, field: &Field<'_>, figures: Option<&Figures>) {
        let category = field.choice.and_then(|ix| field.item.categories.get(ix));
        let label = category.map(|it| Label::Value(it.value.clone()));
        let count = figures.and_then(|figures| {
            let row = figures
                .rows
                .iter()
                .find(|it| Some(&it.label) == label.as_ref())?;
            row.count
        });
        for (value, name) in [("1", "code.true"), ("0", "code.false")] {
            self.open("catgry");
            self.text("catValu", value);
            self.text("labl", &self.edition.say(name));
            self.count(count.filter(|_| value == "1"));
            self.close("catgry");
        }
    }

    fn count(&mut self, count: Option<u32>) {
        if let Some(count) = count {
            self.text("catStat type=\"freq\"", &count.to_string());
        }
    }
}
