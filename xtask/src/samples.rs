//! The demo's samples, made again: synthetic answers, always the same for the same seed.

use json::{Object, Value};

use crate::command::{self, Outcome, program, root, step, write};

/// A question and how many gave each answer; `None` is an answer left blank.
type Counts = (&'static str, &'static [(Option<&'static str>, usize)]);

/// The published distributions of the resource survey (fixtures F01 to F05), as counts of 98
/// answers.
const RESOURCE: [Counts; 4] = [
    (
        "coord",
        &[
            (Some("yes"), 73),
            (Some("no"), 1),
            (Some("planned"), 5),
            (Some("own_work"), 19),
        ],
    ),
    (
        "htv",
        &[
            (Some("lt1"), 48),
            (Some("1_2"), 37),
            (Some("gt2"), 10),
            (Some("dk"), 3),
        ],
    ),
    (
        "agreed",
        &[
            (Some("yes"), 25),
            (Some("no"), 25),
            (Some("planned"), 45),
            (Some("dk"), 2),
            (None, 1),
        ],
    ),
    (
        "role",
        &[
            (Some("director"), 19),
            (Some("head"), 25),
            (Some("coord"), 29),
            (Some("manager"), 13),
            (Some("expert"), 7),
            (Some("elected"), 1),
            (Some("other"), 4),
        ],
    ),
];

/// What the source does not publish, filled in so that every question has something to show.
const INVENTED: [Counts; 4] = [
    (
        "size",
        &[
            (Some("1"), 9),
            (Some("2"), 25),
            (Some("3"), 24),
            (Some("4"), 17),
            (Some("5"), 15),
            (Some("6"), 4),
            (Some("7"), 4),
        ],
    ),
    (
        "budget",
        &[
            (Some("yes"), 38),
            (Some("no"), 41),
            (Some("planned"), 11),
            (Some("dk"), 6),
            (None, 2),
        ],
    ),
    (
        "group",
        &[
            (Some("yes"), 77),
            (Some("no"), 9),
            (Some("planned"), 7),
            (Some("dk"), 2),
            (None, 3),
        ],
    ),
    (
        "enough",
        &[
            (Some("5"), 5),
            (Some("4"), 22),
            (Some("3"), 18),
            (Some("2"), 31),
            (Some("1"), 17),
            (Some("dk"), 4),
            (None, 1),
        ],
    ),
];

const ANSWERS: usize = 98;

/// The municipalities of Kanta-Häme, which the questionnaire lists by name, each with the class of
/// `size` that it was in at the end of 2022 (Statistics Finland).
const NAMED: [(&str, &str); 11] = [
    ("061", "4"),
    ("082", "3"),
    ("086", "3"),
    ("103", "2"),
    ("109", "6"),
    ("165", "4"),
    ("169", "2"),
    ("433", "3"),
    ("694", "5"),
    ("834", "3"),
    ("981", "2"),
];

/// Writes both samples.
pub(crate) fn run() -> Outcome {
    residents()?;
    resource()
}

/// 1,000 residents of the 11 municipalities, walked through the survey by `kuuluu simulate`.
fn residents() -> Outcome {
    step("Making the sample of the resident survey");
    command::run(
        program("cargo")
            .args(["run", "--quiet", "--locked", "--package", "cli", "--"])
            .args([
                "simulate",
                "public/surveys/asukas.json",
                "-n",
                "1000",
                "--seed",
                "2026",
                "--profile",
                "tests/fixtures/asukas.profile.json",
                "--today",
                "2026-03-13",
                "--envelopes",
                "--out",
                "public/data/asukas.sample.ndjson",
            ]),
    )
}

/// The 98 answers of the resource survey.
fn resource() -> Outcome {
    step("Making the sample of the resource survey");
    let mut random = SplitMix(2022);
    let mut columns: Vec<(&str, Vec<Option<&str>>)> = Vec::new();
    let municipalities = NAMED
        .into_iter()
        .map(|it| Some(it.0))
        .chain(std::iter::repeat(Some("other")));
    columns.push((
        "muni",
        random.shuffled(municipalities.take(ANSWERS).collect()),
    ));
    for (name, counts) in RESOURCE.iter().chain(&INVENTED) {
        let values: Vec<Option<&str>> = counts
            .iter()
            .flat_map(|(value, n)| std::iter::repeat_n(*value, *n))
            .collect();
        if values.len() != ANSWERS {
            return Err(format!(
                "the counts of `{name}` add up to {}, not {ANSWERS}",
                values.len()
            ));
        }
        columns.push((name, random.shuffled(values)));
    }
    give_named_their_size(&mut columns);
    let mut lines = String::new();
    for row in 0..ANSWERS {
        let answers: Object = columns
            .iter()
            .filter_map(|(name, values)| {
                Some(((*name).to_owned(), Value::from((*values.get(row)?)?)))
            })
            .collect();
        lines.push_str(&envelope(&mut random, answers).to_string());
        lines.push('\n');
    }
    write(&root().join("public/data/resurssi.sample.ndjson"), lines)
}

/// Gives every municipality that is named its own size, in exchange with one that is not: how many
/// there are of each size stays.
fn give_named_their_size(columns: &mut [(&str, Vec<Option<&str>>)]) {
    let at = |wanted| columns.iter().position(|it| it.0 == wanted);
    let (Some(names), Some(sizes)) = (at("muni"), at("size")) else {
        return;
    };
    let Some(names) = columns.get(names).map(|it| it.1.clone()) else {
        return;
    };
    let Some((_, sizes)) = columns.get_mut(sizes) else {
        return;
    };
    for (code, size) in NAMED {
        let own = names.iter().position(|it| *it == Some(code));
        let is_free = |at: &usize| names.get(*at) == Some(&Some("other"));
        let has_size = |at: &usize| sizes.get(*at) == Some(&Some(size));
        let other = (0..names.len()).find(|it| is_free(it) && has_size(it));
        if let (Some(own), Some(other)) = (own, other) {
            sizes.swap(own, other);
        }
    }
}

fn envelope(random: &mut SplitMix, answers: Object) -> Value {
    let day = 8 + random.below(15);
    let members = [
        ("format", Value::from("kuuluu-response/1")),
        (
            "id",
            Value::from(format!("{:016x}{:016x}", random.next(), random.next())),
        ),
        ("survey", Value::from("resurssi")),
        ("version", Value::from("1")),
        ("language", Value::from("fi")),
        ("day", Value::from(format!("2022-11-{day:02}"))),
        ("answers", Value::from(answers)),
    ];
    Value::Object(
        members
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

/// The generator `SplitMix64` (Steele, Lea and Flood, 2014): small, and the same everywhere.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    fn shuffled<T>(&mut self, mut items: Vec<T>) -> Vec<T> {
        for end in (1..items.len()).rev() {
            let other = usize::try_from(self.below(end as u64 + 1)).unwrap_or(0);
            items.swap(end, other);
        }
        items
    }
}
