//! Every kind of chart against the drawing that was looked at and found good.

use charts::{
    Bar, BarBlock, BarChart, Bracket, Cell, Column, ColumnChart, Frame, LikertChart, LikertRow,
    Line, LineBlock, LineChart, RateBar, Segment, Tone, document,
};
use expect_test::{ExpectFile, expect_file};

const WIDE: f64 = 720.0;
const PHONE: f64 = 320.0;

fn shown(percent: f64) -> Cell {
    Cell::Shown {
        share: percent / 100.0,
        text: format!("{percent} %"),
    }
}

fn hidden() -> Cell {
    Cell::Hidden {
        text: "piilotettu".to_owned(),
    }
}

fn bar(label: &str, cell: Cell) -> Bar {
    Bar {
        label: label.to_owned(),
        cell,
        tone: Tone::Main,
        interval: None,
    }
}

fn coordinator() -> BarChart {
    let mut bars = vec![
        bar("Kyllä", shown(75.0)),
        bar("Ei", shown(1.0)),
        bar("Suunnitteilla", shown(5.0)),
        bar(
            "Hyvinvointia ja terveyttä edistetään oman työn ohessa",
            shown(19.0),
        ),
        bar("En osaa sanoa", shown(0.0)),
    ];
    if let Some(last) = bars.last_mut() {
        last.tone = Tone::Aside;
    }
    BarChart::simple(bars)
}

fn statements() -> LikertChart {
    let row = |label: &str, note: &str, percents: [f64; 6]| LikertRow {
        label: label.to_owned(),
        note: note.to_owned(),
        segments: percents
            .iter()
            .map(|&it| Segment { cell: shown(it) })
            .collect(),
        brackets: vec![
            Bracket {
                label: "Eri mieltä".to_owned(),
                from: 0,
                to: 1,
                cell: shown(percents[0] + percents[1]),
            },
            Bracket {
                label: "Samaa mieltä".to_owned(),
                from: 3,
                to: 4,
                cell: shown(percents[3] + percents[4]),
            },
        ],
        ..LikertRow::default()
    };
    LikertChart {
        legend: vec![
            ("Täysin eri mieltä".to_owned(), Tone::of_scale(0, 5)),
            ("Jokseenkin eri mieltä".to_owned(), Tone::of_scale(1, 5)),
            ("Siltä väliltä".to_owned(), Tone::of_scale(2, 5)),
            ("Jokseenkin samaa mieltä".to_owned(), Tone::of_scale(3, 5)),
            ("Täysin samaa mieltä".to_owned(), Tone::of_scale(4, 5)),
            ("En osaa sanoa".to_owned(), Tone::Aside),
        ],
        rows: vec![
            row(
                "Olen tyytyväinen elämääni",
                "N = 97",
                [5.0, 10.0, 20.0, 40.0, 20.0, 5.0],
            ),
            row(
                "Asuinalueeni on turvallinen liikkua myös iltaisin ja viikonloppuisin",
                "N = 93",
                [0.0, 2.0, 18.0, 35.0, 45.0, 0.0],
            ),
            LikertRow {
                label: "Saan apua tarvittaessa".to_owned(),
                note: "N = 12".to_owned(),
                segments: [
                    shown(50.0),
                    hidden(),
                    hidden(),
                    shown(25.0),
                    hidden(),
                    hidden(),
                ]
                .map(|cell| Segment { cell })
                .into(),
                ..LikertRow::default()
            },
        ],
        hidden_word: "piilotettu".to_owned(),
    }
}

#[track_caller]
fn check(scene: &charts::Scene, expected: ExpectFile) {
    expected.assert_eq(&document(scene, "Kuvio"));
}

#[test]
fn the_coordinator_bars_draw_a_row_of_nought_per_cent() {
    check(
        &coordinator().scene(Frame::new(WIDE, 14.0)),
        expect_file!["golden/bars_wide.svg"],
    );
}

#[test]
fn on_a_phone_labels_stand_above_their_bars() {
    check(
        &coordinator().scene(Frame::new(PHONE, 14.0)),
        expect_file!["golden/bars_phone.svg"],
    );
}

#[test]
fn groups_are_compared_choice_by_choice_and_hidden_ones_say_so() {
    let chart = BarChart {
        blocks: ["Kyllä", "Ei"]
            .into_iter()
            .map(|choice| BarBlock {
                heading: Some(choice.to_owned()),
                bars: vec![
                    Bar {
                        interval: Some([0.55, 0.8]),
                        ..bar("Hämeenlinna", shown(68.0))
                    },
                    Bar {
                        tone: Tone::Second,
                        ..bar("Riihimäki", shown(54.0))
                    },
                    bar("Humppila", hidden()),
                    bar(
                        "Ypäjä",
                        Cell::Nothing {
                            text: "ei vastauksia".to_owned(),
                        },
                    ),
                ],
            })
            .collect(),
    };
    check(
        &chart.scene(Frame::new(WIDE, 14.0)),
        expect_file!["golden/bars_groups.svg"],
    );
}

#[test]
fn statements_are_stacked_with_boxes_and_the_undecided_apart() {
    check(
        &statements().scene(Frame::new(WIDE, 14.0)),
        expect_file!["golden/likert_wide.svg"],
    );
}

#[test]
fn statements_fit_a_phone() {
    check(
        &statements().scene(Frame::new(PHONE, 14.0)),
        expect_file!["golden/likert_phone.svg"],
    );
}

#[test]
fn a_number_is_drawn_as_columns() {
    let chart = ColumnChart {
        columns: (0..=10_u8)
            .map(|value| Column {
                label: value.to_string(),
                cell: if value == 1 {
                    hidden()
                } else {
                    shown(f64::from(value) * 2.0)
                },
            })
            .collect(),
    };
    check(
        &chart.scene(Frame::new(WIDE, 14.0)),
        expect_file!["golden/columns.svg"],
    );
}

#[test]
fn the_response_rate_is_one_bar() {
    let chart = RateBar {
        cell: shown(33.0),
        label: "98 / 293".to_owned(),
    };
    check(
        &chart.scene(Frame::new(WIDE, 14.0)),
        expect_file!["golden/rate.svg"],
    );
}

fn through_the_rounds() -> LineChart {
    let line = |label: &str, cells: [Cell; 4]| Line {
        label: label.to_owned(),
        cells: cells.to_vec(),
    };
    let nothing = || Cell::Nothing {
        text: "–".to_owned(),
    };
    LineChart {
        rounds: ["2020", "2022", "2024", "2026"].map(str::to_owned).to_vec(),
        break_word: "sarja katkeaa".to_owned(),
        blocks: vec![
            LineBlock {
                heading: None,
                breaks: vec![],
                lines: vec![
                    line(
                        "Hyvä tai melko hyvä",
                        [shown(60.0), shown(55.0), hidden(), shown(64.0)],
                    ),
                    line("Huono", [shown(12.0), shown(14.0), shown(20.0), shown(0.0)]),
                ],
            },
            LineBlock {
                heading: Some("Uni".to_owned()),
                breaks: vec![2],
                lines: vec![line(
                    "Riittävästi",
                    [nothing(), nothing(), shown(70.0), shown(72.0)],
                )],
            },
        ],
    }
}

#[test]
fn lines_run_through_the_rounds_and_break_where_the_series_does() {
    let scene = through_the_rounds().scene(Frame::new(WIDE, 14.0));
    assert!(
        scene
            .description
            .ends_with("Riittävästi: 2020 –, 2022 –, sarja katkeaa, 2024 70 %, 2026 72 %"),
        "{}",
        scene.description
    );
    check(&scene, expect_file!["golden/lines_wide.svg"]);
}

#[test]
fn lines_fit_a_phone() {
    check(
        &through_the_rounds().scene(Frame::new(PHONE, 14.0)),
        expect_file!["golden/lines_phone.svg"],
    );
}

#[test]
fn a_drawing_says_its_figures_in_words() {
    let scene = coordinator().scene(Frame::new(WIDE, 14.0));
    assert!(
        scene
            .description
            .starts_with("Kyllä: 75 %; Ei: 1 %; Suunnitteilla: 5 %"),
        "{}",
        scene.description
    );
    assert!(scene.description.ends_with("En osaa sanoa: 0 %"));
}
