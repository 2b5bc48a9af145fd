//! The instruments. Sources and rules: Topp 2015 and WHO 2024 (WHO-5), RAND terms and THL (MHI-5),
//! Kroenke 2003 and 2007 (PHQ-2, GAD-2), THL's notes on its indicators (AUDIT-C, EUROHIS-QOL-8,
//! self-rated health, physical activity, work ability), Hughes 2004 (loneliness, three items),
//! Leemann 2021 (ESIS), the table of Warwick (SWEMWBS), FAO (FIES), WHO (body mass).

use super::person::Sex;
use super::rule::{Bound, Cut, Rule, Who};
use super::{Instrument, Item, Licence};

const fn item(id: &'static str, lowest: f64, highest: f64) -> Item {
    Item {
        id,
        lowest,
        highest,
        reversed: false,
        words: &[],
    }
}

const fn reversed(id: &'static str, lowest: f64, highest: f64) -> Item {
    Item {
        id,
        lowest,
        highest,
        reversed: true,
        words: &[],
    }
}

const fn worded(id: &'static str, highest: f64, words: &'static [(&'static str, f64)]) -> Item {
    Item {
        id,
        lowest: 0.0,
        highest,
        reversed: false,
        words,
    }
}

const fn cut(flag: &'static str, bound: Bound) -> Cut {
    Cut {
        flag,
        bound,
        who: Who::All,
        also: &[],
    }
}

const fn cut_for(flag: &'static str, bound: Bound, who: Who) -> Cut {
    Cut {
        flag,
        bound,
        who,
        also: &[],
    }
}

macro_rules! numbered {
    ($lowest:literal..$highest:literal: $($id:literal)*) => {
        &[$(item($id, $lowest, $highest)),*]
    };
}

const OFTEN: &[(&str, f64)] = &[("never", 0.0), ("sometimes", 1.0), ("often", 2.0)];
const YES: &[(&str, f64)] = &[("no", 0.0), ("yes", 1.0)];
const HOME: &[(&str, f64)] = &[("always", 0.0), ("mostly", 1.0), ("seldom", 2.0)];

/// SWEMWBS: sums 7 to 35.
const SWEMWBS: &[f64] = &[
    7.00, 9.51, 11.25, 12.40, 13.33, 14.08, 14.75, 15.32, 15.84, 16.36, 16.88, 17.43, 17.98, 18.59,
    19.25, 19.98, 20.73, 21.54, 22.35, 23.21, 24.11, 25.03, 26.02, 27.03, 28.13, 29.31, 30.70,
    32.55, 35.00,
];

const INSTRUMENTS: &[Instrument] = &[
    Instrument {
        id: "who5",
        items: numbered!(0.0..5.0: "1" "2" "3" "4" "5"),
        rule: Rule::Sum { factor: 4.0 },
        least: 5,
        range: (0.0, 100.0),
        cuts: &[
            cut("low", Bound::AtMost(50.0)),
            cut("likelyDepression", Bound::AtMost(28.0)),
        ],
        licence: Licence::NonCommercial,
    },
    Instrument {
        id: "eurohis8",
        items: numbered!(1.0..5.0: "1" "2" "3" "4" "5" "6" "7" "8"),
        rule: Rule::Mean,
        least: 7,
        range: (1.0, 5.0),
        cuts: &[cut("good", Bound::AtLeast(4.0))],
        licence: Licence::BringYourOwn,
    },
    Instrument {
        id: "mhi5",
        items: &[
            item("nervous", 1.0, 6.0),
            item("down", 1.0, 6.0),
            reversed("calm", 1.0, 6.0),
            item("blue", 1.0, 6.0),
            reversed("happy", 1.0, 6.0),
        ],
        rule: Rule::MeanPercent,
        least: 3,
        range: (0.0, 100.0),
        cuts: &[cut("strain", Bound::AtMost(52.0))],
        licence: Licence::Free,
    },
    Instrument {
        id: "phq2",
        items: numbered!(0.0..3.0: "1" "2"),
        rule: Rule::Sum { factor: 1.0 },
        least: 2,
        range: (0.0, 6.0),
        cuts: &[cut("positive", Bound::AtLeast(3.0))],
        licence: Licence::Free,
    },
    Instrument {
        id: "gad2",
        items: numbered!(0.0..3.0: "1" "2"),
        rule: Rule::Sum { factor: 1.0 },
        least: 2,
        range: (0.0, 6.0),
        cuts: &[cut("positive", Bound::AtLeast(3.0))],
        licence: Licence::Free,
    },
    Instrument {
        id: "auditc",
        items: numbered!(0.0..4.0: "1" "2" "3"),
        rule: Rule::SumUnlessFirstIsNone,
        least: 1,
        range: (0.0, 12.0),
        cuts: &[
            cut_for(
                "risk",
                Bound::AtLeast(6.0),
                Who::SexAndAge(Sex::Male, 20.0, 64.999),
            ),
            cut_for(
                "risk",
                Bound::AtLeast(5.0),
                Who::SexAndAge(Sex::Female, 20.0, 64.999),
            ),
            cut_for("risk", Bound::AtLeast(4.0), Who::From(65.0)),
        ],
        licence: Licence::NonCommercial,
    },
    Instrument {
        id: "srh",
        items: numbered!(1.0..5.0: "1"),
        rule: Rule::Sum { factor: 1.0 },
        least: 1,
        range: (1.0, 5.0),
        cuts: &[cut("averageOrWorse", Bound::AtLeast(3.0))],
        licence: Licence::Free,
    },
    Instrument {
        id: "srh4",
        items: numbered!(1.0..4.0: "1"),
        rule: Rule::Sum { factor: 1.0 },
        least: 1,
        range: (1.0, 4.0),
        cuts: &[cut("averageOrWorse", Bound::AtLeast(3.0))],
        licence: Licence::Free,
    },
    Instrument {
        id: "lonely",
        items: numbered!(1.0..5.0: "1"),
        rule: Rule::Sum { factor: 1.0 },
        least: 1,
        range: (1.0, 5.0),
        cuts: &[
            cut("oftenLonely", Bound::AtLeast(4.0)),
            cut("atLeastSometimes", Bound::AtLeast(3.0)),
        ],
        licence: Licence::Free,
    },
    Instrument {
        id: "ucla3",
        items: numbered!(1.0..3.0: "1" "2" "3"),
        rule: Rule::Sum { factor: 1.0 },
        least: 3,
        range: (3.0, 9.0),
        cuts: &[
            cut("lonely6", Bound::AtLeast(6.0)),
            cut("lonely4", Bound::AtLeast(4.0)),
        ],
        licence: Licence::BringYourOwn,
    },
    Instrument {
        id: "esis",
        items: numbered!(1.0..5.0: "1" "2" "3" "4" "5" "6" "7" "8" "9" "10"),
        rule: Rule::MeanPercent,
        least: 10,
        range: (0.0, 100.0),
        cuts: &[],
        licence: Licence::BringYourOwn,
    },
    Instrument {
        id: "swemwbs",
        items: numbered!(1.0..5.0: "1" "2" "3" "4" "5" "6" "7"),
        rule: Rule::Table(SWEMWBS),
        least: 7,
        range: (7.0, 35.0),
        cuts: &[
            cut("low", Bound::Under(19.5)),
            cut("average", Bound::Between(19.5, 27.5)),
            cut("high", Bound::Over(27.5)),
        ],
        licence: Licence::BringYourOwn,
    },
    Instrument {
        id: "pa",
        items: &[
            item("moderate", 0.0, 10_080.0),
            item("vigorous", 0.0, 10_080.0),
            item("strength", 0.0, 7.0),
            item("balance", 0.0, 7.0),
        ],
        rule: Rule::ActivityMinutes,
        least: 1,
        range: (0.0, f64::INFINITY),
        cuts: &[Cut {
            flag: "meets",
            bound: Bound::AtLeast(150.0),
            who: Who::All,
            also: &[
                ("strength", 2.0, Who::All),
                ("balance", 2.0, Who::From(65.0)),
            ],
        }],
        licence: Licence::Free,
    },
    Instrument {
        id: "food2",
        items: &[worded("1", 2.0, OFTEN), worded("2", 2.0, OFTEN)],
        rule: Rule::AnyAtLeast(1.0),
        least: 1,
        range: (0.0, 1.0),
        cuts: &[cut("insecure", Bound::AtLeast(1.0))],
        licence: Licence::Free,
    },
    Instrument {
        id: "fies",
        items: &[
            worded("1", 1.0, YES),
            worded("2", 1.0, YES),
            worded("3", 1.0, YES),
            worded("4", 1.0, YES),
            worded("5", 1.0, YES),
            worded("6", 1.0, YES),
            worded("7", 1.0, YES),
            worded("8", 1.0, YES),
        ],
        rule: Rule::Sum { factor: 1.0 },
        least: 8,
        range: (0.0, 8.0),
        // For probabilities in a population, not for labels of persons.
        cuts: &[],
        licence: Licence::NonCommercial,
    },
    Instrument {
        id: "safe_evening",
        items: numbered!(1.0..4.0: "1"),
        rule: Rule::Sum { factor: 1.0 },
        least: 1,
        range: (1.0, 4.0),
        cuts: &[cut("unsafe", Bound::AtLeast(3.0))],
        licence: Licence::Free,
    },
    Instrument {
        id: "safe_home",
        items: &[worded("1", 2.0, HOME)],
        rule: Rule::Sum { factor: 1.0 },
        least: 1,
        range: (0.0, 2.0),
        cuts: &[cut("unsafe", Bound::AtLeast(2.0))],
        licence: Licence::Free,
    },
    Instrument {
        id: "work_ability",
        items: numbered!(0.0..10.0: "1"),
        rule: Rule::Sum { factor: 1.0 },
        least: 1,
        range: (0.0, 10.0),
        cuts: &[
            cut("poor", Bound::AtMost(5.0)),
            cut("moderate", Bound::Between(6.0, 7.0)),
            cut("good", Bound::Between(8.0, 9.0)),
            cut("excellent", Bound::AtLeast(10.0)),
            cut("reduced", Bound::AtMost(7.0)),
        ],
        licence: Licence::Free,
    },
    Instrument {
        id: "bmi",
        items: &[item("height", 50.0, 260.0), item("weight", 10.0, 500.0)],
        rule: Rule::BodyMass,
        least: 2,
        range: (0.0, f64::INFINITY),
        cuts: &[
            cut("atLeast25", Bound::AtLeast(25.0)),
            cut("atLeast30", Bound::AtLeast(30.0)),
        ],
        licence: Licence::Free,
    },
];

/// All instruments that have a scorer.
pub fn instruments() -> &'static [Instrument] {
    INSTRUMENTS
}

/// The instrument called `id`.
pub fn instrument(id: &str) -> Option<&'static Instrument> {
    INSTRUMENTS.iter().find(|instrument| instrument.id == id)
}
