//! Plain language: sentence length, and words of the administration.

use super::Findings;
use super::map::Map;
use crate::definition::{Mode, Question};
use crate::localized::{DEFAULT, Localized};

/// Words in a sentence on average, in Finnish (LAN-03).
const LONGEST_SENTENCE: usize = 15;

/// Words in a sentence on average, in languages with articles and prepositions.
const LONGEST_SENTENCE_ELSEWHERE: usize = 25;

/// Beginnings of words of the administration's own (`domain/glossary`), and what to say instead.
const JARGON: &[(&str, &str, &str)] = &[
    (
        "fi",
        "yhdyspin",
        "yhteistyö kunnan ja hyvinvointialueen välillä",
    ),
    ("fi", "neuvotteluvelvoi", "velvollisuus neuvotella"),
    ("fi", "hyte", "hyvinvoinnin ja terveyden edistäminen"),
    ("fi", "ennakkotehtäv", "tehtävä, joka tehdään etukäteen"),
    ("fi", "puitesopimu", "sopimus"),
    ("fi", "toimenpi", "teko, työ"),
    ("fi", "tavoitearvo", "tavoite"),
    ("fi", "lähtöarvo", "tilanne alussa"),
    ("fi", "indikaattor", "mittari"),
    ("fi", "vuosikello", "aikataulu"),
    ("fi", "tilannekuva", "tilanne"),
    ("fi", "henkilötyövuo", "työpanos vuodessa"),
    ("fi", "palvelutarjo", "luettelo palveluista"),
    ("fi", "puheeksio", "ottaa puheeksi"),
    ("fi", "interventio", "neuvonta, apu"),
    ("fi", "kokemustie", "omat kokemukset"),
    ("fi", "tietojohta", "päätökset tiedon avulla"),
    ("fi", "osallistaa", "ottaa mukaan"),
    ("sv", "gränssnitt", "kontaktyta, samarbete"),
    ("sv", "vet ej", "kan inte säga"),
    ("sv", "hyte", "främjande av välfärd och hälsa"),
    ("en", "stakeholder", "people and organisations concerned"),
    ("en", "interface", "cooperation"),
];

pub(super) fn check(map: &Map<'_>, findings: &mut Findings) {
    if map.survey.kuuluu.languages.is_empty() {
        return;
    }
    let residents = matches!(map.survey.kuuluu.mode, Mode::Anonymous | Mode::Device);
    for (entry, question) in map.questions() {
        for (property, text) in texts(question) {
            let at = entry.at_property(property);
            each(map, text, |language, text| {
                length(&at, language, text, findings);
                if residents {
                    jargon(&at, language, text, findings);
                }
            });
        }
    }
}

fn texts(question: &Question) -> [(&'static str, &Localized); 2] {
    [
        ("title", &question.title),
        ("description", &question.description),
    ]
}

/// Each language of a text; the default stands for the survey's first.
fn each(map: &Map<'_>, text: &Localized, mut visit: impl FnMut(&str, &str)) {
    let first = map
        .survey
        .kuuluu
        .languages
        .first()
        .map_or(DEFAULT, String::as_str);
    for key in text.languages() {
        let language = if key == DEFAULT { first } else { key };
        visit(language, text.get(key).unwrap_or_default());
    }
}

fn length(at: &str, language: &str, text: &str, findings: &mut Findings) {
    let sentences = text
        .split_inclusive(['.', '?', '!', ':', '\n'])
        .map(|it| {
            it.split_whitespace()
                .filter(|word| word.chars().any(char::is_alphabetic))
                .count()
        })
        .filter(|words| *words > 0);
    let (count, words) = sentences.fold((0, 0), |(count, sum), words| (count + 1, sum + words));
    let most = if language.starts_with("fi") {
        LONGEST_SENTENCE
    } else {
        LONGEST_SENTENCE_ELSEWHERE
    };
    if count > 0 && words > most * count {
        findings.warning(
            "kuuluu/long-sentence",
            at.to_owned(),
            format!("{} words a sentence in {language}", words.div_ceil(count)),
            &format!("at most {most} words a sentence on average"),
            "say it in two sentences",
        );
    }
}

fn jargon(at: &str, language: &str, text: &str, findings: &mut Findings) {
    let lower = text.to_lowercase();
    for (of, stem, instead) in JARGON {
        if language.split('-').next() != Some(of) {
            continue;
        }
        let starts_word = lower.match_indices(stem).any(|(position, _)| {
            lower
                .get(..position)
                .and_then(|before| before.chars().next_back())
                .is_none_or(|before| !before.is_alphanumeric())
        });
        if starts_word {
            findings.warning(
                "kuuluu/jargon",
                at.to_owned(),
                format!("{stem}… in {language}"),
                "words that residents use",
                &format!("for example: {instead}"),
            );
        }
    }
}
