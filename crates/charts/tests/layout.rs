//! What holds for every drawing, whatever the figures.

use charts::{Bar, BarChart, Cell, Frame, LikertChart, LikertRow, Mark, Scene, Segment, Tone};
use proptest::prelude::*;

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        4 => (0.0_f64..=1.0).prop_map(|share| Cell::Shown { share, text: format!("{:.0} %", share * 100.0) }),
        1 => Just(Cell::Hidden { text: "piilotettu".to_owned() }),
        1 => Just(Cell::Nothing { text: "–".to_owned() }),
    ]
}

fn right_edge(mark: &Mark) -> f64 {
    match mark {
        Mark::Rect { x, width, .. } => x + width,
        Mark::Path { .. } => 0.0,
        Mark::Text { x, .. } => *x,
    }
}

fn bottom(mark: &Mark) -> f64 {
    match mark {
        Mark::Rect { y, height, .. } => y + height,
        Mark::Path { .. } => 0.0,
        Mark::Text { y, .. } => *y,
    }
}

fn stays_within(scene: &Scene) -> Result<(), TestCaseError> {
    for mark in &scene.marks {
        prop_assert!(
            right_edge(mark) <= scene.width + 1.0,
            "{mark:?} leaves {}",
            scene.width
        );
        prop_assert!(
            bottom(mark) <= scene.height + 1.0,
            "{mark:?} leaves {}",
            scene.height
        );
        if let Mark::Rect { width, height, .. } = mark {
            prop_assert!(*width >= 0.0 && *height >= 0.0, "{mark:?}");
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn bars_stay_within_the_frame(
        rows in prop::collection::vec(("[A-Za-zäö ]{0,60}", cell()), 0..8),
        width in 200.0_f64..1800.0,
    ) {
        let bars = rows
            .into_iter()
            .map(|(label, cell)| Bar { label, cell, tone: Tone::Main, interval: Some([-0.2, 1.3]) })
            .collect();
        stays_within(&BarChart::simple(bars).scene(Frame::new(width, 16.0)))?;
    }

    #[test]
    fn stacks_stay_within_the_frame(
        rows in prop::collection::vec(("[A-Za-zäö ]{0,60}", prop::collection::vec(cell(), 5)), 0..6),
        width in 200.0_f64..1800.0,
    ) {
        let chart = LikertChart {
            legend: (0..4)
                .map(|ix| (format!("Vaihtoehto {ix}"), Tone::of_scale(ix, 4)))
                .chain([("En osaa sanoa".to_owned(), Tone::Aside)])
                .collect(),
            rows: rows
                .into_iter()
                .map(|(label, cells)| LikertRow {
                    label,
                    note: "N = 10".to_owned(),
                    segments: cells.into_iter().map(|cell| Segment { cell }).collect(),
                    ..LikertRow::default()
                })
                .collect(),
            hidden_word: "piilotettu".to_owned(),
        };
        stays_within(&chart.scene(Frame::new(width, 16.0)))?;
    }
}

#[test]
fn a_hidden_bar_has_the_same_drawing_whatever_it_hides() {
    let chart = |n_others: f64| {
        BarChart::simple(vec![
            Bar {
                label: "A".to_owned(),
                cell: Cell::Shown {
                    share: n_others,
                    text: "x".to_owned(),
                },
                tone: Tone::Main,
                interval: None,
            },
            Bar {
                label: "B".to_owned(),
                cell: Cell::Hidden {
                    text: "piilotettu".to_owned(),
                },
                tone: Tone::Main,
                interval: None,
            },
        ])
        .scene(Frame::new(600.0, 14.0))
    };
    let hidden = |scene: &Scene| -> Vec<Mark> {
        scene
            .marks
            .iter()
            .filter(|mark| matches!(mark, Mark::Rect { class, .. } | Mark::Path { class, .. } if class.contains("hidden")))
            .cloned()
            .collect()
    };
    assert_eq!(hidden(&chart(0.1)), hidden(&chart(0.9)));
}
