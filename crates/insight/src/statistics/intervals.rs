//! Intervals beside the shares of a release. They are made of what it shows and of nothing else.

use questionnaire::definition::Mode;

use super::shares::wilson;
use crate::codebook::Codebook;
use crate::release::{Figures, Release};

impl Codebook {
    /// How many there are to answer, if that is known: the units of the frame where each answer is
    /// an organisation's own, else the number who were asked.
    pub(crate) fn population(&self) -> Option<u32> {
        if self.mode == Mode::Organisation && !self.frame.is_empty() {
            return u32::try_from(self.frame.len()).ok();
        }
        self.frame_size
    }
}

/// Gives every shown row its Wilson interval. The frame narrows those over all respondents only:
/// how many of a filter's or a group's kind there are is not known.
pub(crate) fn fill(release: &mut Release, frame: Option<u32>) {
    let frame = frame.filter(|_| release.head.filter.is_none());
    for figures in &mut release.questions {
        fill_figures(figures, frame);
    }
    for group in &mut release.groups {
        for figures in &mut group.questions {
            fill_figures(figures, None);
        }
    }
}

fn fill_figures(figures: &mut Figures, frame: Option<u32>) {
    let Some(n) = figures.n else {
        return;
    };
    for row in figures.rows.iter_mut().chain(&mut figures.boxes) {
        row.interval = row.count.and_then(|count| wilson(count, n, frame));
    }
}
