//! What the first load runs, as measured and written down.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};

use crate::command::Outcome;

/// Which points of which functions were arrived at.
///
/// Kept by name and fingerprint: a function that has changed since is taken to run whole.
#[derive(Default)]
pub(crate) struct Profile {
    names: BTreeSet<String>,
    points: BTreeMap<(String, u32), Vec<bool>>,
}

impl Profile {
    /// Reads what [`Profile`]'s `Display` writes.
    ///
    /// # Errors
    ///
    /// When a line is not `NAME FINGERPRINT POINTS`, tabs between.
    pub(crate) fn parse(text: &str) -> Outcome<Self> {
        let mut profile = Self::default();
        for line in text.lines() {
            let mut parts = line.split('\t');
            let read = (|| {
                let name = parts.next()?;
                let fingerprint = u32::from_str_radix(parts.next()?, 16).ok()?;
                let points = parts.next()?.chars().map(|it| it.to_digit(16));
                let points: Option<Vec<_>> = points.collect();
                let points = points?
                    .into_iter()
                    .flat_map(|digit| (0..4).map(move |bit| digit >> bit & 1 == 1))
                    .collect();
                Some((name, fingerprint, points))
            })();
            let (name, fingerprint, points) =
                read.ok_or_else(|| format!("not a line of a profile: {line}"))?;
            profile.add(name, fingerprint, points);
        }
        Ok(profile)
    }

    /// Adds what was arrived at in one function; namesakes of one fingerprint are taken together.
    pub(super) fn add(&mut self, name: &str, fingerprint: u32, points: Vec<bool>) {
        if !points.contains(&true) {
            return;
        }
        self.names.insert(name.to_owned());
        let known = self
            .points
            .entry((name.to_owned(), fingerprint))
            .or_default();
        known.resize(known.len().max(points.len()), false);
        for (known, point) in known.iter_mut().zip(points) {
            *known |= point;
        }
    }

    /// Whether a function of this name runs, or may whatever was measured.
    pub(super) fn runs(&self, name: &str) -> bool {
        self.names.contains(name) || is_anyones(name)
    }

    /// The points of a function that were arrived at, unless it does not run or has changed.
    pub(super) fn points(&self, name: &str, fingerprint: u32) -> Option<&[bool]> {
        self.points
            .get(&(name.to_owned(), fingerprint))
            .filter(|_| !is_anyones(name))
            .map(Vec::as_slice)
    }

    /// How many functions run.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }
}

/// Whether what a function does depends on everything else: which way the allocator takes changes
/// with every word of a survey.
fn is_anyones(name: &str) -> bool {
    name.contains("dlmalloc")
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for ((name, fingerprint), points) in &self.points {
            write!(f, "{name}\t{fingerprint:08x}\t")?;
            for four in points.chunks(4) {
                let digit = (0..)
                    .zip(four)
                    .fold(0, |digit, (bit, point)| digit | u32::from(*point) << bit);
                f.write_char(char::from_digit(digit, 16).unwrap_or('0'))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
