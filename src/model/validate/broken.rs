//! A broken rule with what an editor needs over and above the problem: the property, the source, and what would put it right.

use crate::{model::Problem, time::Span};

/// A broken rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// What is wrong, for people.
    pub problem: Problem,
    /// The property that it is about, as names and positions divided by `/`: `control/1/from`. Empty where it is about the whole.
    pub path: String,
    /// The source that it is about, by id; empty for none.
    pub source: String,
    /// What puts it right without asking, if anything does.
    pub repair: Option<Repair>,
}

/// A text property that is to become another text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// Of which feature, by id; empty for the document itself.
    pub feature: String,
    /// Which property, as in [`Broken::path`].
    pub path: String,
    /// What it says now; empty where it may be missing. Where it says something else the repair is not meant.
    pub old: String,
    /// What it is to say.
    pub new: String,
}

impl From<Problem> for Broken {
    fn from(problem: Problem) -> Self {
        Self { problem, path: String::new(), source: String::new(), repair: None }
    }
}

impl Broken {
    /// The same, about this property.
    pub(super) fn at(self, path: impl Into<String>) -> Self {
        Self { path: path.into(), ..self }
    }

    /// The same, about this source.
    pub(super) fn of_source(self, source: &str) -> Self {
        Self { source: source.to_owned(), ..self }
    }

    /// The same, with what puts it right.
    pub(super) fn mended_by(self, repair: Option<Repair>) -> Self {
        Self { repair, ..self }
    }
}

/// Ends the earlier of two spans right before the later begins. `None` where that would leave out what comes after the later one, or nothing of the earlier.
pub(super) fn end_before(feature: &str, path: String, earlier: &Span, later: &Span) -> Option<Repair> {
    let start = later.start.as_ref()?;
    let begins_first = earlier.start.as_ref().is_none_or(|first| first.latest < start.earliest);
    let goes_on = later.past_end() >= earlier.past_end();
    let new = start.right_before().filter(|_| begins_first && goes_on)?.text;
    Some(Repair { feature: feature.to_owned(), path, old: earlier.end.text(), new })
}
