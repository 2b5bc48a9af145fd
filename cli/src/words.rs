//! Words and local forms on the command line: what the reference engine says in English, plain
//! Finnish and Swedish, and numbers and dates without a browser.

use json::Value;
use questionnaire::definition::Check;
use questionnaire::session::{AS_IT_IS, Formats, Violation, Words};
use regex_lite::RegexBuilder;

/// The command line's words and forms.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plain;

#[derive(Clone, Copy)]
enum Tongue {
    English,
    Finnish,
    Swedish,
}

fn tongue(language: &str) -> Tongue {
    match language.split('-').next() {
        Some("fi") => Tongue::Finnish,
        Some("sv") => Tongue::Swedish,
        _ => Tongue::English,
    }
}

/// The sentence in the language asked for.
fn pick<'a>(language: &str, [english, finnish, swedish]: [&'a str; 3]) -> &'a str {
    match tongue(language) {
        Tongue::English => english,
        Tongue::Finnish => finnish,
        Tongue::Swedish => swedish,
    }
}

impl Words for Plain {
    fn violation(&self, language: &str, violation: &Violation) -> String {
        let say = |sentences| pick(language, sentences).to_owned();
        let with = |sentences, part: &str| pick(language, sentences).replace("{0}", part);
        match violation {
            Violation::Required => say([
                "Response required.",
                "Vastaa tähän kysymykseen.",
                "Svara på den här frågan.",
            ]),
            Violation::OtherRequired => say([
                "Response required: enter another value.",
                "Kirjoita, mitä muuta tarkoitat.",
                "Skriv vad annat du menar.",
            ]),
            Violation::RowsRequired => say([
                "Response required: answer questions in all rows.",
                "Vastaa jokaiseen riviin.",
                "Svara på varje rad.",
            ]),
            Violation::RowsNotUnique => say([
                "Each row must have a unique value.",
                "Valitse joka riville eri vastaus.",
                "Välj olika svar på varje rad.",
            ]),
            Violation::KeyDuplicated => say([
                "This value should be unique.",
                "Tämä on jo annettu toisella rivillä.",
                "Det här finns redan på en annan rad.",
            ]),
            Violation::PanelRequired => say([
                "Response required: answer at least one question.",
                "Vastaa ainakin yhteen näistä kysymyksistä.",
                "Svara på minst en av de här frågorna.",
            ]),
            Violation::NotANumber => say([
                "The value should be numeric.",
                "Kirjoita luku numeroin.",
                "Skriv talet med siffror.",
            ]),
            Violation::TooSmall(bound) => with(
                [
                    "The value should not be less than {0}",
                    "Anna vähintään {0}.",
                    "Ange minst {0}.",
                ],
                &spelled(language, bound),
            ),
            Violation::TooLarge(bound) => with(
                [
                    "The value should not be greater than {0}",
                    "Anna enintään {0}.",
                    "Ange högst {0}.",
                ],
                &spelled(language, bound),
            ),
            Violation::NotAStep(step) => with(
                [
                    "Please enter a value that matches the step size of {0}.",
                    "Anna luku, joka on jaollinen luvulla {0}.",
                    "Ange ett tal som är delbart med {0}.",
                ],
                step,
            ),
            Violation::DigitsNotAllowed => say([
                "Numbers are not allowed.",
                "Kirjoita ilman numeroita.",
                "Skriv utan siffror.",
            ]),
            Violation::WrongPattern => say([
                "",
                "Tarkista, että vastaus on oikeassa muodossa.",
                "Kontrollera att svaret har rätt form.",
            ]),
            Violation::NotAnEmail => say([
                "Please enter a valid e-mail address.",
                "Tarkista sähköpostiosoite.",
                "Kontrollera e-postadressen.",
            ]),
            Violation::NotADate(_) => say([
                "Please enter a valid date.",
                "Kirjoita päivä muodossa 31.12.2026.",
                "Skriv datumet i formen 31.12.2026.",
            ]),
            Violation::ConditionFailed => say([
                "Please check this answer.",
                "Tarkista tämä vastaus.",
                "Kontrollera det här svaret.",
            ]),
            Violation::TooShort(_)
            | Violation::TooLong(_)
            | Violation::TooFewChoices(_)
            | Violation::TooManyChoices(_)
            | Violation::TooFewRows(_) => counted(language, violation),
        }
    }

    fn of_check(&self, language: &str, violation: &Violation, check: &Check) -> String {
        match (tongue(language), check, violation) {
            (_, _, Violation::NotANumber) => {}
            (Tongue::English, Check::Numeric { min, max }, _) => {
                let written = |bound: f64| Value::Number(bound).to_string();
                return match (min, max) {
                    (Some(min), Some(max)) => format!(
                        "The 'value' should be at least {} and at most {}",
                        written(*min),
                        written(*max)
                    ),
                    (Some(min), None) => {
                        format!("The 'value' should be at least {}", written(*min))
                    }
                    (None, Some(max)) => format!("The 'value' should be at most {}", written(*max)),
                    (None, None) => self.violation(language, violation),
                };
            }
            (
                Tongue::English,
                Check::Text {
                    min_length,
                    max_length,
                    ..
                },
                Violation::TooShort(_) | Violation::TooLong(_),
            ) if *min_length > 0 && *max_length > 0 => {
                return format!(
                    "Please enter at least {min_length} and no more than {max_length} characters."
                );
            }
            (Tongue::English, Check::Expression(formula), _) => {
                return format!("The expression: {} should return 'true'.", formula.source);
            }
            _ => {}
        }
        self.violation(language, violation)
    }

    fn word(&self, language: &str, word: &'static str) -> String {
        let words = match word {
            "other" => ["Other (describe)", "Muu, mikä?", "Annat, vad?"],
            "none" => ["None", "Ei mikään näistä", "Inget av dessa"],
            "refuse" => [
                "Refuse to answer",
                "En halua vastata",
                "Jag vill inte svara",
            ],
            "dontKnow" => ["Don't know", "En osaa sanoa", "Kan inte säga"],
            "selectAll" => ["Select All", "Valitse kaikki", "Välj alla"],
            "yes" => ["Yes", "Kyllä", "Ja"],
            "no" => ["No", "Ei", "Nej"],
            "comment" => ["Comment", "Kommentti", "Kommentar"],
            "addRow" => ["Add Row", "Lisää rivi", "Lägg till en rad"],
            "addPanel" => ["Add new", "Lisää uusi", "Lägg till"],
            "removeRow" | "removePanel" => ["Remove", "Poista", "Ta bort"],
            "noEntries" => ["No entries yet.", "Ei vielä mitään.", "Ingenting ännu."],
            "choose" => ["Select...", "Valitse…", "Välj…"],
            "total" => ["Total", "Yhteensä", "Totalt"],
            "confirmDelete" => [
                "Are you sure you want to delete this record?",
                "Poistetaanko tämä?",
                "Ska den här tas bort?",
            ],
            _ => [word; 3],
        };
        pick(language, words).to_owned()
    }
}

fn counted(language: &str, violation: &Violation) -> String {
    let (sentences, count) = match violation {
        Violation::TooShort(count) => (
            [
                "Please enter at least {0} character(s).",
                "Kirjoita vähintään {0} merkkiä.",
                "Skriv minst {0} tecken.",
            ],
            count,
        ),
        Violation::TooLong(count) => (
            [
                "Please enter no more than {0} character(s).",
                "Kirjoita enintään {0} merkkiä.",
                "Skriv högst {0} tecken.",
            ],
            count,
        ),
        Violation::TooFewChoices(count) => (
            [
                "Please select at least {0} option(s).",
                "Valitse vähintään {0}.",
                "Välj minst {0}.",
            ],
            count,
        ),
        Violation::TooManyChoices(count) => (
            [
                "Please select no more than {0} option(s).",
                "Valitse enintään {0}.",
                "Välj högst {0}.",
            ],
            count,
        ),
        Violation::TooFewRows(count) => (
            [
                "Please fill in at least {0} row(s).",
                "Täytä vähintään {0} riviä.",
                "Fyll i minst {0} rader.",
            ],
            count,
        ),
        _ => return String::new(),
    };
    pick(language, sentences).replace("{0}", &count.to_string())
}

/// A number with so many decimals, half away from zero by its shortest digits, as browsers write
/// it: 16.5 becomes 17 and 2.675 becomes 2.68.
fn rounded(value: f64, decimals: usize) -> String {
    let shortest = Value::Number(value).to_string();
    let (whole, fraction) = shortest.split_once('.').unwrap_or((&shortest, ""));
    if fraction.len() <= decimals || shortest.contains('e') {
        return format!("{value:.decimals$}");
    }
    let mut digits: Vec<u8> = [whole.trim_start_matches('-'), &fraction[..decimals]]
        .concat()
        .into_bytes();
    if fraction.as_bytes()[decimals] >= b'5' {
        let nines = digits.iter().rev().take_while(|it| **it == b'9').count();
        let at = digits.len() - nines;
        digits[at..].fill(b'0');
        if at == 0 {
            digits.insert(0, b'1');
        } else {
            digits[at - 1] += 1;
        }
    }
    let point = digits.len() - decimals;
    let mut written = String::from(if value < 0.0 { "-" } else { "" });
    for (at, digit) in digits.into_iter().enumerate() {
        if at == point {
            written.push('.');
        }
        written.push(char::from(digit));
    }
    written
}

/// A bound as the reference engine writes it: a date in English as `Thu Jan 01 2026`, a time of a
/// day with it.
fn spelled(language: &str, bound: &str) -> String {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let plain = || bound.to_owned();
    let (bound, time) = bound.split_once('T').unwrap_or((bound, ""));
    if !matches!(tongue(language), Tongue::English) || bound.len() != 10 {
        return plain();
    }
    let mut parts = bound.split('-').map(str::parse::<usize>);
    let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day))) =
        (parts.next(), parts.next(), parts.next())
    else {
        return plain();
    };
    let Some(name) = month.checked_sub(1).and_then(|it| MONTHS.get(it)) else {
        return plain();
    };
    // Zeller's congruence, with Saturday as 0.
    let (z_year, z_month) = if month < 3 {
        (year.saturating_sub(1), month + 12)
    } else {
        (year, month)
    };
    let weekday = (day
        + 13 * (z_month + 1) / 5
        + z_year
        + z_year / 4
        + z_year / 400
        + 6 * (z_year / 100)
        + 6)
        % 7;
    let weekday = DAYS.get(weekday).copied().unwrap_or_default();
    match time {
        "" => format!("{weekday} {name} {day:02} {year}"),
        time => {
            let seconds = if time.len() == 5 { ":00" } else { "" };
            let zone = "GMT+0000 (Coordinated Universal Time)";
            format!("{weekday} {name} {day:02} {year} {time}{seconds} {zone}")
        }
    }
}

impl Formats for Plain {
    fn number(&self, language: &str, value: f64, decimals: (u32, u32), grouping: bool) -> String {
        let (point, group) = match tongue(language) {
            Tongue::English => ('.', ','),
            Tongue::Finnish | Tongue::Swedish => (',', '\u{a0}'),
        };
        let most = usize::try_from(decimals.1.max(decimals.0)).unwrap_or(6);
        let least = usize::try_from(decimals.0).unwrap_or(0);
        let fixed = if decimals.1 == AS_IT_IS {
            Value::Number(value).to_string()
        } else {
            rounded(value, most)
        };
        let (sign, digits) = match fixed.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", fixed.as_str()),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mut kept = fraction.len();
        while kept > least && fraction.as_bytes().get(kept - 1) == Some(&b'0') {
            kept -= 1;
        }
        let mut written = String::from(sign);
        for (at, digit) in whole.chars().enumerate() {
            if grouping && at > 0 && (whole.len() - at).is_multiple_of(3) {
                written.push(group);
            }
            written.push(digit);
        }
        if kept > 0 {
            written.push(point);
            written.push_str(&fraction[..kept]);
        }
        written
    }

    fn percent(&self, language: &str, fraction: f64, decimals: (u32, u32)) -> String {
        let number = self.number(language, fraction * 100.0, decimals, true);
        match tongue(language) {
            Tongue::English => format!("{number}%"),
            Tongue::Finnish | Tongue::Swedish => format!("{number}\u{a0}%"),
        }
    }

    fn currency(&self, language: &str, value: f64, currency: &str) -> String {
        let number = self.number(language, value, (2, 2), true);
        match (tongue(language), currency) {
            (Tongue::English, "USD") => format!("${number}"),
            (Tongue::English, "EUR") => format!("€{number}"),
            (Tongue::English, other) => format!("{other}\u{a0}{number}"),
            (_, "EUR") => format!("{number}\u{a0}€"),
            (_, other) => format!("{number}\u{a0}{other}"),
        }
    }

    fn date(&self, language: &str, year: i32, month: u8, day: u8) -> String {
        match tongue(language) {
            Tongue::English | Tongue::Swedish => format!("{year:04}-{month:02}-{day:02}"),
            Tongue::Finnish => format!("{day}.{month}.{year}"),
        }
    }

    fn matches(&self, pattern: &str, case_insensitive: bool, text: &str) -> Option<bool> {
        RegexBuilder::new(pattern)
            .case_insensitive(case_insensitive)
            .build()
            .ok()
            .map(|regex| regex.is_match(text))
    }
}

#[cfg(test)]
mod tests {
    use super::{Formats, Plain, spelled};

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        assert_eq!(Plain.number("fi", 1234.5, (0, 2), true), "1\u{a0}234,5");
        assert_eq!(Plain.number("en", -1234.0, (2, 2), true), "-1,234.00");
        assert_eq!(Plain.number("en", 16.5, (0, 0), true), "17");
        assert_eq!(Plain.number("en", -2.675, (0, 2), true), "-2.68");
        assert_eq!(Plain.number("en", 999.996, (0, 2), true), "1,000");
        assert_eq!(Plain.number("en", 0.04, (0, 1), true), "0");
        assert_eq!(Plain.number("en", 1e-7, (0, 2), true), "0");
        assert_eq!(Plain.number("en", 5.0, (1, 2), true), "5.0");
        assert_eq!(Plain.percent("fi", 0.125, (0, 1)), "12,5\u{a0}%");
    }

    #[test]
    fn english_dates_in_messages_are_spelled_as_in_the_reference() {
        assert_eq!(spelled("en", "2026-01-01"), "Thu Jan 01 2026");
        assert_eq!(spelled("en", "2024-02-29"), "Thu Feb 29 2024");
        assert_eq!(
            spelled("en", "2026-03-18T14:30"),
            "Wed Mar 18 2026 14:30:00 GMT+0000 (Coordinated Universal Time)"
        );
        assert_eq!(spelled("fi", "1.1.2026"), "1.1.2026");
    }
}
