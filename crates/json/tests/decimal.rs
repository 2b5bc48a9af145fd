//! Digits and doubles, held against the standard library's.

use json::decimal::{Decimal, read};
use proptest::prelude::*;

fn same(text: &str) {
    let expected: f64 = text.parse().unwrap();
    let found = read(text).unwrap_or_else(|| panic!("{text} is a number"));
    assert_eq!(found.to_bits(), expected.to_bits(), "{text}");
}

#[test]
fn the_edges_of_the_doubles_are_read_exactly() {
    for text in [
        "0",
        "-0",
        "1",
        ".5",
        "5.",
        "0.1",
        "123456789012345678",
        "9007199254740993",
        "1e22",
        "1e23",
        "8.5e-324",
        "4.9e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "2.2250738585072011e-308",
        "2.2250738585072014e-308",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "1e309",
        "1e-400",
        "1e999999999999",
        "1e-999999999999",
        "0.000000000000000000000000000000000000000000000000000000000000000000000000000001e80",
        "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880",
    ] {
        same(text);
    }
}

#[test]
fn digits_beyond_all_use_still_decide_a_tie() {
    let half = "9007199254740993";
    let zeros = "0".repeat(2000);
    same(&format!("{half}.{zeros}1"));
    same(&format!("{half}.{zeros}"));
}

#[test]
fn what_is_no_number_is_none() {
    for text in [
        "", ".", "-", "1e", "1e+", "e1", "1.2.3", "1 ", " 1", "0x1", "inf", "NaN", "1e1.5",
    ] {
        assert_eq!(read(text), None, "{text:?}");
    }
}

#[test]
fn fixed_decimals_round_exact_halves_up() {
    for (size, n, expected) in [
        (0.5, 0, 1.0),
        (2.5, 0, 3.0),
        (1.005, 2, 1.0),
        (0.125, 2, 0.13),
        (99.95, 1, 100.0),
        (0.04, 1, 0.0),
        (0.05, 1, 0.1),
        (0.004, 1, 0.0),
        (9.999, 2, 10.0),
        (1e20, 3, 1e20),
    ] {
        let found = Decimal::fixed(size, n).to_double();
        assert_eq!(
            found.to_bits(),
            f64::to_bits(expected),
            "{size} with {n} decimals"
        );
    }
}

proptest! {
    #[test]
    fn any_double_is_read_from_its_shortest_digits(bits in any::<u64>()) {
        let number = f64::from_bits(bits);
        prop_assume!(number.is_finite());
        same(&format!("{number:e}"));
        same(&number.to_string());
    }

    #[test]
    fn any_digits_are_read_as_the_library_reads_them(text in "-?[0-9]{1,30}(\\.[0-9]{0,30})?(e-?[0-9]{1,3})?") {
        same(&text);
    }

    #[test]
    fn the_shortest_digits_are_the_librarys(bits in any::<u64>()) {
        let size = f64::from_bits(bits).abs();
        prop_assume!(size.is_finite() && size > 0.0);
        let found = Decimal::shortest(size);
        let scientific = format!("{size:e}");
        let (mantissa, exponent) = scientific.split_once('e').unwrap();
        let digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).map(|it| it - b'0').collect();
        let exponent: i32 = exponent.parse().unwrap();
        prop_assert_eq!(found, Decimal { digits, point: exponent + 1 });
    }

    #[test]
    fn fixed_decimals_are_the_librarys_where_nothing_is_tied(size in 0.0001f64..1e9, n in 0u16..8) {
        let expected: f64 = format!("{size:.*}", usize::from(n)).parse().unwrap();
        let exact_half = format!("{size:.30}")[..].contains("5000000000000");
        prop_assume!(!exact_half);
        prop_assert_eq!(Decimal::fixed(size, n).to_double().to_bits(), expected.to_bits());
    }
}
