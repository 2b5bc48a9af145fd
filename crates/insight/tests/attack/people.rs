//! Small made-up populations: three background variables and questions of several kinds.

use insight::{Codebook, Dataset, Loader};
use questionnaire::definition::Survey;

/// Names and codes of the background variables.
pub(crate) const BACKGROUNDS: [(&str, &[&str]); 3] = [
    ("municipality", &["hml", "rii", "jan"]),
    ("age", &["young", "mid", "old"]),
    ("gender", &["f", "m"]),
];

/// Cells of the three variables with those who did not answer.
pub(crate) const CELLS: usize = 4 * 4 * 3;

/// The same with those who answered after results were published: their cells come second.
pub(crate) const ALL_CELLS: usize = 2 * CELLS;

/// A variable that is attacked: its name, the answers as JSON in the order of their rows, and
/// the smallest count that may be known.
pub(crate) const QUESTIONS: [(&str, &[&str], u32); 5] = [
    ("mood", &["3", "2", "1", "\"dk\""], 5),
    ("drinks", &["\"yes\"", "\"no\""], 10),
    ("services.bus", &["1", "2", "3"], 5),
    ("services.shop", &["1", "2", "3"], 5),
    ("hobbies", &["\"walk\"", "\"swim\"", "\"read\""], 5),
];

const SURVEY: &str = r#"{"title": "Attack", "pages": [{"name": "p", "elements": [
  {"type": "dropdown", "name": "municipality", "choices": ["hml", "rii", "jan"], "kuuluu": {"role": "background"}},
  {"type": "radiogroup", "name": "age", "choices": ["young", "mid", "old"], "kuuluu": {"role": "background"}},
  {"type": "radiogroup", "name": "gender", "choices": ["f", "m"], "kuuluu": {"role": "background"}},
  {"type": "radiogroup", "name": "mood", "choices": [
    {"value": 3, "kuuluu": {"group": "good"}}, {"value": 2, "kuuluu": {"group": "good"}},
    {"value": 1, "kuuluu": {"group": "bad"}}, {"value": "dk", "kuuluu": {"meaning": "dontKnow"}}]},
  {"type": "radiogroup", "name": "drinks", "choices": ["yes", "no"], "kuuluu": {"sensitive": true}},
  {"type": "matrix", "name": "services", "columns": [1, 2, 3], "rows": ["bus", "shop"]},
  {"type": "checkbox", "name": "hobbies", "choices": ["walk", "swim", "read"]},
  {"type": "text", "inputType": "number", "name": "hours"},
  {"type": "radiogroup", "name": "tense", "choices": [0, 1, 2, 3], "kuuluu": {"instrument": {"id": "gad2", "item": "1"}}},
  {"type": "radiogroup", "name": "worry", "choices": [0, 1, 2, 3], "kuuluu": {"instrument": {"id": "gad2", "item": "2"}}}
MORE]}], "kuuluu": {"id": "attack", "version": "1", "languages": ["fi"], CROSSINGS}}"#;

/// Hours are so many different numbers, so far apart.
pub(crate) const HOURS: u32 = 12;
pub(crate) const HOUR_STEP: u32 = 5;

/// Somebody: codes of the background variables (or none), and per question one answer, several
/// or none.
#[derive(Debug, Clone, Default)]
pub(crate) struct Person {
    pub cell: usize,
    pub answers: [Vec<usize>; 5],
    /// How many hours, where that was answered.
    pub hours: Option<u32>,
    /// Both items of an instrument.
    pub tense: [u32; 2],
}

/// The places of the three codes in a cell; the last of each is "none".
pub(crate) fn codes(cell: usize) -> [usize; 3] {
    let cell = cell % CELLS;
    [cell / 12, cell / 3 % 4, cell % 3]
}

/// A generator that needs no crate: constants of Numerical Recipes.
pub(crate) struct Random(pub u32);

impl Random {
    pub(crate) fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % n
    }

    fn weighted(&mut self, weights: &[u32]) -> usize {
        let mut left = self.below(weights.iter().sum());
        let place = weights.iter().position(|weight| {
            let here = left < *weight;
            left = left.saturating_sub(*weight);
            here
        });
        place.unwrap_or(0)
    }
}

/// `n` people; weights differ from seed to seed, so that some groups and answers are rare.
pub(crate) fn people(n: usize, seed: u32) -> Vec<Person> {
    let (mut random, mut more) = (Random(seed), Random(!seed));
    let mut weights = |n: usize, none: u32| -> Vec<u32> {
        let mut weights: Vec<u32> = (0..n)
            .map(|_| [3, 10, 30, 60][random.below(4) as usize])
            .collect();
        weights.push(none * random.below(3));
        weights
    };
    let backgrounds = [weights(3, 1), weights(3, 2), weights(2, 2)];
    let answers: Vec<Vec<u32>> = QUESTIONS
        .iter()
        .map(|(_, values, _)| weights(values.len(), 5))
        .collect();
    let person = |_| {
        let [first, second, third] = [0, 1, 2].map(|it| random.weighted(&backgrounds[it]));
        let mut person = Person {
            cell: first * 12 + second * 3 + third,
            ..Person::default()
        };
        for (ix, (name, values, _)) in QUESTIONS.iter().enumerate() {
            if *name == "hobbies" {
                if random.below(20) > 0 {
                    let chosen = (0..values.len())
                        .filter(|it| random.below(100) < answers[ix][*it].min(70))
                        .collect();
                    person.answers[ix] = chosen;
                }
            } else {
                let answer = random.weighted(&answers[ix]);
                if answer < values.len() {
                    person.answers[ix] = vec![answer];
                }
            }
        }
        person.hours = (more.below(8) > 0).then(|| more.below(HOURS) * HOUR_STEP);
        person.tense = [0, 1].map(|_| more.below(10).saturating_sub(6));
        person
    };
    (0..n).map(person).collect()
}

fn line(person: &Person, more: &str) -> String {
    let mut members = Vec::new();
    for ((name, values), place) in BACKGROUNDS.iter().zip(codes(person.cell)) {
        if let Some(code) = values.get(place) {
            members.push(format!("\"{name}\":\"{code}\""));
        }
    }
    let mut rows = Vec::new();
    for ((name, values, _), chosen) in QUESTIONS.iter().zip(&person.answers) {
        if chosen.is_empty() {
            continue;
        }
        let chosen: Vec<&str> = chosen.iter().map(|it| values[*it]).collect();
        match name.split_once('.') {
            Some((_, row)) => rows.push(format!("\"{row}\":{}", chosen[0])),
            None if *name == "hobbies" => {
                members.push(format!("\"{name}\":[{}]", chosen.join(",")));
            }
            None => members.push(format!("\"{name}\":{}", chosen[0])),
        }
    }
    if let Some(hours) = person.hours {
        members.push(format!("\"hours\":{hours}"));
    }
    let [tense, worry] = person.tense;
    members.push(format!("\"tense\":{tense},\"worry\":{worry}"));
    if !rows.is_empty() {
        members.push(format!("\"services\":{{{}}}", rows.join(",")));
    }
    format!(
        "{{\"survey\":\"attack\",\"answers\":{{{}{more}}}}}\n",
        members.join(",")
    )
}

/// Their responses, read; only the crossings that are given (as JSON) are allowed.
pub(crate) fn dataset(people: &[Person], crossings: &str) -> Dataset {
    dataset_with(people, crossings, ("", &vec![String::new(); people.len()]))
}

/// The same with further questions, and each person's answers to them.
pub(crate) fn dataset_with(
    people: &[Person],
    crossings: &str,
    (questions, answers): (&str, &[String]),
) -> Dataset {
    let crossings = format!("\"disclosure\": {{\"crossings\": {crossings}}}");
    let survey = Survey::parse(
        &SURVEY
            .replace("CROSSINGS", &crossings)
            .replace("MORE", questions),
    );
    assert!(survey.is_usable(), "{:?}", survey.problems);
    let mut loader = Loader::new(Dataset::new(Codebook::of(&survey.survey)));
    for (person, more) in people.iter().zip(answers) {
        loader.push(line(person, more).as_bytes());
    }
    let (dataset, report) = loader.finish();
    assert_eq!(report.bad, []);
    dataset
}
