//! Sex and age from the background questions.

use questionnaire::scoring::Sex;

use crate::codebook::{Codebook, Item, Kind};

/// Where sex and age stand among the variables.
pub(super) struct Places {
    pub(super) sex: Option<(usize, Vec<Option<Sex>>)>,
    pub(super) age: Option<(usize, Vec<Option<f64>>)>,
}

impl Places {
    pub(super) fn of(codebook: &Codebook) -> Self {
        Self {
            sex: find(codebook, Sex::read),
            age: find(codebook, age),
        }
    }
}

/// The first background variable of which at least two codes can be read so.
fn find<T>(codebook: &Codebook, read: fn(&str) -> Option<T>) -> Option<(usize, Vec<Option<T>>)> {
    let backgrounds: Vec<&str> = codebook.backgrounds().map(|it| it.name.as_str()).collect();
    let mut items = codebook.items().enumerate();
    items.find_map(|(ix, (_, item))| {
        if !backgrounds.contains(&item.name.as_str()) || item.kind == Kind::Number {
            return None;
        }
        let codes = codes(item, read);
        (codes.iter().flatten().count() >= 2).then_some((ix, codes))
    })
}

fn codes<T>(item: &Item, read: fn(&str) -> Option<T>) -> Vec<Option<T>> {
    let codes = item.categories.iter().map(|it| read(&it.code()));
    codes.collect()
}

/// The age that a band stands for, in years: the middle of `18_29`, the start of `65p`, the year
/// below the limit of `u30`.
fn age(code: &str) -> Option<f64> {
    let years = |it: &str| {
        let years: f64 = it.parse().ok()?;
        (it.len() <= 3 && (0.0..=130.0).contains(&years)).then_some(years)
    };
    if let Some(limit) = code.strip_prefix('u') {
        return years(limit).map(|it| it - 1.0);
    }
    if let Some(start) = code.strip_suffix(['p', '+']) {
        return years(start);
    }
    let (from, to) = code.split_once(['_', '-', '–'])?;
    let (from, to) = (years(from)?, years(to)?);
    (from < to).then(|| f64::midpoint(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_stand_for_an_age_and_other_codes_for_none() {
        assert_eq!(age("18_29"), Some(23.5));
        assert_eq!(age("65p"), Some(65.0));
        assert_eq!(age("u18"), Some(17.0));
        for code in ["061", "pna", "up", "29_18", "5", "work"] {
            assert_eq!(age(code), None, "{code}");
        }
    }
}
