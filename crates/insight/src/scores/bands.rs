//! The bands that an instrument's cuts make.

use questionnaire::scoring::{Bound, Instrument, Who};

/// The combinations of cuts that a score can hold, from low scores to high ones: bands that do not
/// overlap. Cuts that depend on the person, or on more than the score, give all combinations.
pub(crate) fn bands(instrument: &Instrument) -> Vec<Vec<&'static str>> {
    let names = names(instrument);
    let plain = instrument
        .cuts
        .iter()
        .all(|it| it.who == Who::All && it.also.is_empty());
    let mut found: Vec<Vec<&'static str>> = Vec::new();
    let mut add = |flags: Vec<&'static str>| {
        if !found.contains(&flags) {
            found.push(flags);
        }
    };
    if plain {
        for value in representatives(instrument) {
            let holding = instrument.cuts.iter().filter(|it| holds(it.bound, value));
            add(holding.map(|it| it.flag).collect());
        }
    } else {
        for chosen in 0..1_usize << names.len().min(8) {
            let with = names.iter().enumerate();
            add(with
                .filter(|(ix, _)| chosen >> ix & 1 == 1)
                .map(|(_, it)| *it)
                .collect());
        }
    }
    found
}

fn names(instrument: &Instrument) -> Vec<&'static str> {
    let mut names = Vec::new();
    for cut in instrument.cuts {
        if !names.contains(&cut.flag) {
            names.push(cut.flag);
        }
    }
    names
}

fn limits(bound: Bound) -> [f64; 2] {
    match bound {
        Bound::AtLeast(it) | Bound::Over(it) | Bound::AtMost(it) | Bound::Under(it) => [it, it],
        Bound::Between(low, high) => [low, high],
    }
}

fn holds(bound: Bound, value: f64) -> bool {
    match bound {
        Bound::AtLeast(limit) => value >= limit,
        Bound::Over(limit) => value > limit,
        Bound::AtMost(limit) => value <= limit,
        Bound::Under(limit) => value < limit,
        Bound::Between(low, high) => value >= low && value <= high,
    }
}

/// Scores on every limit and on either side of it, within the instrument's range. Between limits one
/// apart there is nothing on a scale of whole points.
fn representatives(instrument: &Instrument) -> Vec<f64> {
    let (least, greatest) = instrument.range;
    let mut values: Vec<f64> = instrument
        .cuts
        .iter()
        .flat_map(|it| limits(it.bound))
        .chain([least, greatest].into_iter().filter(|it| it.is_finite()))
        .collect();
    values.sort_by(f64::total_cmp);
    let beyond = values.last().map_or(0.0, |it| it + 1.0);
    let between: Vec<f64> = values
        .windows(2)
        .filter(|it| it[1] - it[0] > 1.0)
        .map(|it| f64::midpoint(it[0], it[1]))
        .collect();
    values.extend(between);
    values.push(beyond);
    values.retain(|it| *it >= least && *it <= greatest);
    values.sort_by(f64::total_cmp);
    values
}

#[cfg(test)]
mod tests {
    use questionnaire::scoring::{instrument, instruments};

    use super::*;

    fn of(id: &str) -> Vec<String> {
        let bands = instrument(id).map(bands).unwrap_or_default();
        bands.iter().map(|it| it.join("+")).collect()
    }

    #[test]
    fn nested_cuts_make_bands_that_name_every_cut_that_holds() {
        assert_eq!(of("who5"), ["low+likelyDepression", "low", ""]);
        assert_eq!(
            of("lonely"),
            ["", "atLeastSometimes", "oftenLonely+atLeastSometimes"]
        );
        assert_eq!(
            of("work_ability"),
            ["poor+reduced", "moderate+reduced", "good", "excellent"]
        );
        assert_eq!(of("swemwbs"), ["low", "average", "high"]);
        assert_eq!(of("bmi"), ["", "atLeast25", "atLeast25+atLeast30"]);
    }

    #[test]
    fn cuts_that_depend_on_the_person_hold_or_do_not() {
        assert_eq!(of("auditc"), ["", "risk"]);
        assert_eq!(of("pa"), ["", "meets"]);
    }

    #[test]
    fn what_is_not_cut_has_no_bands_and_no_instrument_has_many() {
        assert_eq!(of("esis"), [""]);
        for it in instruments() {
            assert!(bands(it).len() <= 4, "{}", it.id);
        }
    }
}
