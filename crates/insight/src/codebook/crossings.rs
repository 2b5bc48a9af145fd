//! Which background variables may be looked at together.

use super::{Codebook, Question};

impl Codebook {
    /// Whether figures may be broken down by both variables at once: as the survey's `crossings`
    /// say; by any two where it lists none.
    pub fn may_cross(&self, one: &str, other: &str) -> bool {
        let crossings = &self.disclosure.crossings;
        let fits =
            |it: &[String; 2]| (it[0] == one && it[1] == other) || (it[1] == one && it[0] == other);
        crossings.is_empty() || crossings.iter().any(fits)
    }

    /// The background variables that may be crossed with `variable`.
    pub fn crossed_with(&self, variable: &str) -> impl Iterator<Item = &Question> {
        self.backgrounds()
            .filter(move |it| it.name != variable && self.may_cross(variable, &it.name))
    }
}
