//! Answers against the frame.

use std::collections::BTreeMap;

use questionnaire::definition::Mode;

use crate::columns::Column;
use crate::dataset::Dataset;
use crate::release::{Repeated, Response, SubRegion};

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
    let waiting: Vec<String> = waiting.filter(|it| !answered.contains_key(it)).collect();
    let repeated = codebook.frame.iter().filter_map(|unit| {
        let answers = answered.get(&unit.code).copied().filter(|it| *it > 1)?;
        Some(Repeated {
            code: unit.code.clone(),
            answers,
        })
    });
    let mut sub_regions: Vec<(String, u32, u32)> = Vec::new();
    for unit in &codebook.frame {
        let Some(name) = &unit.sub_region else {
            continue;
        };
        let here = u32::from(answered.contains_key(&unit.code));
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
        repeated: repeated.collect(),
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
        repeated: Vec::new(),
        sub_regions: Vec::new(),
    }
}

/// How many answers each code has in the background variable whose choices are the frame's units;
/// codes without an answer are left out.
fn answered(dataset: &Dataset) -> Option<BTreeMap<String, u32>> {
    let codebook = dataset.codebook();
    let units: Vec<&str> = codebook.frame.iter().map(|it| it.code.as_str()).collect();
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
                .filter(|it| units.contains(&it.code().as_str()));
            known.count()
        });
    let (item, codes) = best?;
    let given = item.categories.iter().zip(codes);
    let given = given.map(|(category, set)| (category.code(), set.count()));
    Some(given.filter(|(_, n)| *n > 0).collect())
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn share(part: u32, whole: u32) -> f64 {
    f64::from(part) * 100.0 / f64::from(whole.max(1))
}
