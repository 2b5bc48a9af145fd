//! The kinds of chart the page can draw.

use charts::{BarChart, ColumnChart, Frame, LikertChart, Scene};

/// A chart before its width is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// Bars, also by group.
    Bars(BarChart),
    /// Stacked bars.
    Stacks(LikertChart),
    /// Upright columns.
    Columns(ColumnChart),
}

impl Chart {
    /// Lays it out.
    pub fn scene(&self, frame: Frame) -> Scene {
        match self {
            Self::Bars(chart) => chart.scene(frame),
            Self::Stacks(chart) => chart.scene(frame),
            Self::Columns(chart) => chart.scene(frame),
        }
    }
}
