//! Which cells of a pattern a filter and a group mean, be there anybody in them or not.

use crate::dataset::Dataset;
use crate::filter;

/// What is meant of the cells of some background variables.
pub(super) struct Cover {
    /// Places of the variables, each with how many codes it has, and none.
    variables: Vec<(usize, usize)>,
    /// Per cell, whether the filter holds; `None` without one.
    filtered: Option<Vec<bool>>,
}

impl Cover {
    /// Of these variables; the filter names no others.
    pub(super) fn new(dataset: &Dataset, filter: Option<&str>, variables: &[usize]) -> Self {
        let mut places = variables.to_vec();
        places.sort_unstable();
        let n_parts = |it: usize| {
            let item = dataset.codebook().items().nth(it);
            item.map_or(1, |(_, item)| item.categories.len() + 1)
        };
        let filtered = filter.map(|it| filter::covers(dataset, it, &places).unwrap_or_default());
        Self {
            variables: places.into_iter().map(|it| (it, n_parts(it))).collect(),
            filtered,
        }
    }

    /// True if who is in a cell would be left by the filter, and in the group with these codes.
    pub(super) fn has(&self, cell: usize, group: &[(usize, usize)]) -> bool {
        let mut left = cell;
        let mut in_group = true;
        for (variable, n_parts) in self.variables.iter().rev() {
            let code = left % n_parts;
            left /= n_parts;
            in_group &= group.iter().all(|it| it.0 != *variable || it.1 == code);
        }
        let is_left = |it: &Vec<bool>| it.get(cell) == Some(&true);
        in_group && self.filtered.as_ref().is_none_or(is_left)
    }
}
