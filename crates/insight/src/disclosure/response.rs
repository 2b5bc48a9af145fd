//! Answers against the frame.

use std::collections::BTreeSet;

use questionnaire::definition::Mode;

use crate::columns::{Bitmap, Column};
use crate::dataset::Dataset;
use crate::release::{Response, SubRegion};

/// Who of the frame has answered. Only where each answer is an organisation's own: among
/// residents, a municipality with an answer is not a municipality that answered.
pub(super) fn response(dataset: &Dataset) -> Option<Response> {
    let codebook = dataset.codebook();
    if codebook.frame.is_empty() {
        return codebook.frame_size.map(|asked| of_size(dataset, asked));
    }
    if codebook.mode != Mode::Organisation {
        return None;
    }
    let answered = answered(dataset)?;
    let asked = count(codebook.frame.len());
    let waiting = codebook.frame.iter().map(|it| it.code.clone());
    let waiting: Vec<String> = waiting.filter(|it| !answered.contains(it)).collect();
    let mut sub_regions: Vec<(String, u32, u32)> = Vec::new();
    for unit in &codebook.frame {
        let Some(name) = &unit.sub_region else {
            continue;
        };
        let here = u32::from(answered.contains(&unit.code));
        match sub_regions.iter_mut().find(|(it, ..)| it == name) {
            Some((_, asked, answered)) => {
                *asked += 1;
                *answered += here;
            }
            None => sub_regions.push((name.clone(), 1, here)),
        }
    }
    let n = asked - count(waiting.len());
    Some(Response {
        asked,
        answered: Some(n),
        percent: Some(share(n, asked)),
        waiting: Some(waiting),
        sub_regions: sub_regions
            .into_iter()
            .map(|(name, asked, n)| SubRegion {
                name,
                asked,
                answered: Some(n),
                percent: Some(share(n, asked)),
            })
            .collect(),
    })
}

/// Against a frame whose units are not listed: every response is one of those asked.
fn of_size(dataset: &Dataset, asked: u32) -> Response {
    let answered = dataset.responses();
    Response {
        asked,
        answered: Some(answered),
        percent: Some(share(answered, asked)),
        waiting: None,
        sub_regions: Vec::new(),
    }
}

/// Codes that occur in the background variable whose choices are the frame's units.
fn answered(dataset: &Dataset) -> Option<BTreeSet<String>> {
    let codebook = dataset.codebook();
    let units: BTreeSet<&str> = codebook.frame.iter().map(|it| it.code.as_str()).collect();
    let best = codebook
        .items()
        .zip(dataset.columns())
        .filter_map(|((_, item), column)| match column {
            Column::One { codes, .. } => Some((item, codes)),
            _ => None,
        })
        .max_by_key(|(item, _)| {
            let known = item
                .categories
                .iter()
                .filter(|it| units.contains(&*it.code()));
            known.count()
        });
    let (item, codes) = best?;
    let given = item.categories.iter().zip(codes);
    let given = given.filter(|(_, set)| !Bitmap::is_empty(set));
    Some(given.map(|(category, _)| category.code()).collect())
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn share(part: u32, whole: u32) -> f64 {
    f64::from(part) * 100.0 / f64::from(whole.max(1))
}
