//! Personal data in free text: published test codes, and the words of a wellbeing survey.

use anonymity::personal_data::{Kind, find};
use proptest::prelude::*;

fn kinds(text: &str) -> Vec<Kind> {
    find(text).into_iter().map(|it| it.kind).collect()
}

fn found(text: &str) -> Vec<&str> {
    find(text).into_iter().map(|it| &text[it.range]).collect()
}

/// Fictitious persons of the Digital and Population Data Services Agency, and a classic.
const CODES: &[&str] = &[
    "010594Y9032",
    "010594Y9021",
    "020594X903P",
    "020594X902N",
    "030594W903B",
    "030694W9024",
    "040594V9030",
    "040594V902Y",
    "050594U903M",
    "050594U902L",
    "010516B903X",
    "010516B902W",
    "020516C903K",
    "020516C902J",
    "030516D9037",
    "030516D9026",
    "010501E9032",
    "020502E902X",
    "020503F9037",
    "020504A902E",
    "020504B904H",
    "131052-308T",
];

#[test]
fn identity_codes_are_found_as_people_write_them() {
    for code in CODES {
        assert_eq!(kinds(code), [Kind::IdentityCode], "{code}");
        assert_eq!(kinds(&code.to_lowercase()), [Kind::IdentityCode], "{code}");
        let sentence = format!("Tunnukseni on {code}, soittakaa.");
        assert_eq!(found(&sentence), [*code]);
        let (date, rest) = code.split_at(6);
        let spaced = format!("{date} {} {}", &rest[..1], &rest[1..]);
        assert_eq!(kinds(&spaced), [Kind::IdentityCode], "{spaced}");
    }
    assert_eq!(
        kinds("131052–308T"),
        [Kind::IdentityCode],
        "with a dash instead of a hyphen"
    );
}

#[test]
fn a_code_without_its_sign_needs_a_word_beside_it() {
    assert_eq!(kinds("hetu: 131052308T"), [Kind::IdentityCode]);
    assert_eq!(
        kinds("Henkilötunnukseni on 131052308T"),
        [Kind::IdentityCode]
    );
    assert_eq!(kinds("tuote 131052308T"), []);
}

#[test]
fn a_code_with_a_slip_of_the_pen_is_one_where_it_is_called_so() {
    for text in [
        "hetu 131052-308U",
        "Henkilötunnukseni on 131052-308U",
        "min personbeteckning är 131052-308U",
    ] {
        assert_eq!(kinds(text), [Kind::IdentityCode], "{text}");
    }
}

#[test]
fn what_only_looks_like_an_identity_code_is_left_alone() {
    for text in [
        "131052-308U",
        "290200A002X",
        "010190Y999K",
        "010190-999K",
        "131052-001L",
        "311152-308T",
        "1131052-308T",
        "131052-308TX",
        "131052*308T",
    ] {
        assert!(!kinds(text).contains(&Kind::IdentityCode), "{text}");
    }
}

#[test]
fn email_addresses_are_found() {
    assert_eq!(
        found("Kirjoita: maija.meikalainen+kysely@posti.example.fi."),
        ["maija.meikalainen+kysely@posti.example.fi"]
    );
    assert_eq!(found("(a@b.fi)"), ["a@b.fi"]);
    for text in ["@mainos", "a@b", "hinta 3 @ 5", "kello@", "a@b.c", "x@.fi"] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn telephone_numbers_are_found() {
    for text in [
        "040 123 4567",
        "0401234567",
        "050-1234567",
        "+358 40 123 4567",
        "+358401234567",
        "00358 9 1234567",
        "(09) 123 4567",
        "013 123 456",
        "+46 70 123 45 67",
    ] {
        assert_eq!(kinds(text), [Kind::Phone], "{text}");
        assert_eq!(
            kinds(&format!("Soita {text}, kiitos")),
            [Kind::Phone],
            "{text}"
        );
    }
}

#[test]
fn numbers_that_call_nobody_are_left_alone() {
    for text in [
        "2026",
        "05.06.2026",
        "01.02.03",
        "klo 08:30",
        "00100 Helsinki",
        "1 234 567 €",
        "0,5 l",
        "050 €",
        "arvosana 8-9",
        "12-15 vuotta",
        "puhelin 112",
        "116 117",
        "0 1 2 3 4 5 6 7 8 9",
        "3–4 kertaa viikossa",
        "65+",
        "100 %",
        "2019-2025",
        "06.12.",
        "02/2026",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn bank_accounts_are_found_when_their_check_digits_fit() {
    assert_eq!(
        found("Tili FI21 1234 5600 0007 85 kiitos"),
        ["FI21 1234 5600 0007 85"]
    );
    assert_eq!(kinds("fi2112345600000785"), [Kind::BankAccount]);
    assert_eq!(kinds("DE89 3704 0044 0532 0130 00"), [Kind::BankAccount]);
    assert_eq!(kinds("FI22 1234 5600 0007 85"), []);
    assert_eq!(kinds("FI21 1234"), []);
}

#[test]
fn street_addresses_and_flats_are_found() {
    assert_eq!(
        found("Asun osoitteessa Mannerheimintie 12 B, toinen kerros"),
        ["Mannerheimintie 12 B"]
    );
    assert_eq!(found("Koulukadulla 5 on meluisaa"), ["Koulukadulla 5"]);
    assert_eq!(found("Storgatan 7a"), ["Storgatan 7a"]);
    assert_eq!(found("meteli rappu B"), ["rappu B"]);
    for text in [
        "Katu 5",
        "valtatie 12 on vilkas",
        "Tie on pitkä",
        "Koulukadulla on meluisaa",
        "valtatiellä 24 sattui",
        "portaassa on pimeää",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn plates_are_found_and_instruments_are_not() {
    assert_eq!(kinds("naapurin ABC-123"), [Kind::Plate]);
    assert_eq!(kinds("auto AB-1"), [Kind::Plate]);
    for text in [
        "PHQ-9",
        "GAD-7",
        "WHO-5",
        "B-12",
        "EU-27",
        "COVID-19",
        "AUDIT-C",
        "AB-1",
        "SARS-CoV-2",
        "autossa GAD-7",
        "ABC-023",
        "rokote ABC-12-x",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn the_words_of_a_wellbeing_survey_are_nobodys_data() {
    for text in [
        "Toivo ja rauha, onni ja ilo: lempi sana on suvi.",
        "Terveysasema on 20 kilometrin päässä, bussi kulkee 2 kertaa päivässä klo 7–16.",
        "Palvelut toimivat hyvin, arvosana 4/5. Jono oli 3 kk vuonna 2025.",
        "Jag mår bra och bor nära skogen, 15 minuter från centrum.",
        "The library is open 10-18 and costs 0 euros, 100 % free.",
        "B12-vitamiini, PHQ-9 ja K-18 -elokuvat; maksoin 1 200,50 € vuodessa.",
        "",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn what_surely_names_a_person_blocks_and_the_rest_warns() {
    let blocking = [
        Kind::IdentityCode,
        Kind::Email,
        Kind::Phone,
        Kind::BankAccount,
    ];
    assert!(blocking.into_iter().all(Kind::blocks));
    assert!(!Kind::Address.blocks() && !Kind::Plate.blocks());
}

proptest! {
    #[test]
    fn findings_lie_in_the_text_in_order_and_apart(text in any::<String>()) {
        let mut end = 0;
        for finding in find(&text) {
            prop_assert!(finding.range.start >= end && finding.range.start < finding.range.end);
            prop_assert!(text.get(finding.range.clone()).is_some());
            end = finding.range.end;
        }
    }

    #[test]
    fn a_code_is_found_wherever_it_stands(
        before in "[a-zäö ,.!?()\n]{0,20}",
        after in "[a-zäö ,.!?()\n]{0,20}",
        code in prop::sample::select(CODES),
    ) {
        let text = format!("{before} {code} {after}");
        prop_assert!(kinds(&text).contains(&Kind::IdentityCode), "{text}");
    }
}
