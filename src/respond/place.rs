//! Which page an address names.

/// A page of the respondent's app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// `/`: the surveys on offer.
    Home,
    /// `/s/{survey}`: answering.
    Survey(String),
    /// `/s/{survey}/paper`: the blank paper version.
    Paper(String),
    /// `/legal/{document}`.
    Legal(Document),
    /// Anything else.
    Missing,
}

/// A page that the law asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Document {
    /// The accessibility statement.
    Accessibility,
    /// The privacy notice.
    Privacy,
    /// What is stored on the device.
    Storage,
}

impl Place {
    /// Reads a path.
    pub fn of_path(path: &str) -> Self {
        let mut steps = path.split('/').filter(|step| !step.is_empty());
        match (steps.next(), steps.next(), steps.next(), steps.next()) {
            (None | Some("index.html"), None, ..) => Self::Home,
            (Some("s"), Some(survey), None, _) => Self::Survey(survey.to_owned()),
            (Some("s"), Some(survey), Some("paper"), None) => Self::Paper(survey.to_owned()),
            (Some("legal"), Some("accessibility"), None, _) => Self::Legal(Document::Accessibility),
            (Some("legal"), Some("privacy"), None, _) => Self::Legal(Document::Privacy),
            (Some("legal"), Some("storage"), None, _) => Self::Legal(Document::Storage),
            _ => Self::Missing,
        }
    }

    /// Tells it from all others.
    pub fn name(&self) -> String {
        let (kind, which) = match self {
            Self::Home => ("home", ""),
            Self::Survey(survey) => ("survey ", survey.as_str()),
            Self::Paper(survey) => ("paper ", survey.as_str()),
            Self::Legal(Document::Accessibility) => ("legal ", "accessibility"),
            Self::Legal(Document::Privacy) => ("legal ", "privacy"),
            Self::Legal(Document::Storage) => ("legal ", "storage"),
            Self::Missing => ("missing", ""),
        };
        [kind, which].concat()
    }

    /// The survey that the page is about.
    pub fn survey(&self) -> Option<&str> {
        match self {
            Self::Survey(survey) | Self::Paper(survey) => Some(survey),
            _ => None,
        }
    }
}

/// True for addresses that this app shows without loading anew.
pub fn is_own(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !["/organise", "/results", "/data/", "/api"]
            .iter()
            .any(|start| path.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::{Document, Place};

    #[test]
    fn every_path_names_a_page() {
        for (path, place) in [
            ("/", Place::Home),
            ("/s/asukas", Place::Survey("asukas".to_owned())),
            ("/s/asukas/", Place::Survey("asukas".to_owned())),
            ("/s/asukas/paper", Place::Paper("asukas".to_owned())),
            ("/legal/privacy", Place::Legal(Document::Privacy)),
            ("/legal/other", Place::Missing),
            ("/s", Place::Missing),
            ("/s/a/paper/x", Place::Missing),
        ] {
            assert_eq!(Place::of_path(path), place, "{path}");
        }
    }
}
