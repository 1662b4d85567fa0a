//! How a story is told: callouts pinned and folded by hand, a pile fanned out; in a lecture also what is said, and what is not told yet.

use std::collections::BTreeSet;

use crate::{model::slide::SlideKind, time::Day};

/// Choices about single events, by their positions in [`crate::model::Project::events`]; the default is a map that nobody has touched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    /// Events whose callouts stay, whatever the date.
    pub pinned: Vec<usize>,
    /// Whether callouts are folded to their titles unless they are an exception.
    pub all_folded: bool,
    /// The exceptions: folded where not all are, open where all are.
    pub exceptions: Vec<usize>,
    /// The pile that is fanned out: the one that holds this event.
    pub fanned: Option<usize>,
    /// Features of the document that a scene of its lecture tells later, by id.
    pub untold: BTreeSet<String>,
    /// Features that a scene is about, by id: outlined.
    pub highlighted: BTreeSet<String>,
    /// Events that the last step of a scene brought, which come before all others.
    pub fresh: Vec<usize>,
    /// Whether only pinned events have callouts.
    pub only_pinned: bool,
    /// What a scene of a lecture says; `None` outside lectures.
    pub words: Option<SlideWords>,
}

/// What a scene of a lecture says in one of its pictures. Every text may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlideWords {
    /// What the scene is.
    pub kind: SlideKind,
    /// The heading.
    pub title: String,
    /// Below the map.
    pub caption: String,
    /// Of a title or text scene: see [`crate::model::Slide::text`].
    pub text: String,
    /// The date as the scene gives it, with the day that stands for it: `September 1842`. Shown while that day is.
    pub when: Option<(Day, String)>,
    /// What a quiz asks.
    pub question: String,
    /// What it answers; `None` until the key that tells it.
    pub answer: Option<String>,
}

impl Telling {
    /// Whether a feature is told already.
    pub fn tells(&self, id: &str) -> bool {
        !self.untold.contains(id)
    }

    /// Whether the callout of an event stays.
    pub fn is_pinned(&self, event: usize) -> bool {
        self.pinned.contains(&event)
    }

    /// Whether the callout of an event is folded to its title.
    pub fn is_folded(&self, event: usize) -> bool {
        self.all_folded != self.exceptions.contains(&event)
    }

    /// Pins the callout of an event, or lets it go.
    pub fn toggle_pin(&mut self, event: usize) {
        toggle(&mut self.pinned, event);
    }

    /// Folds the callout of an event, or opens it.
    pub fn toggle_fold(&mut self, event: usize) {
        toggle(&mut self.exceptions, event);
    }

    /// Folds all callouts, or opens all, those of later dates too.
    pub fn toggle_all_folds(&mut self) {
        self.all_folded = !self.all_folded;
        self.exceptions.clear();
    }
}

fn toggle(list: &mut Vec<usize>, event: usize) {
    match list.iter().position(|own| *own == event) {
        Some(position) => drop(list.remove(position)),
        None => list.push(event),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_all_forgets_the_exceptions() {
        let mut telling = Telling::default();
        telling.toggle_fold(3);
        assert!(telling.is_folded(3) && !telling.is_folded(4));
        telling.toggle_all_folds();
        assert!(telling.is_folded(3) && telling.is_folded(4));
        telling.toggle_fold(4);
        assert!(telling.is_folded(3) && !telling.is_folded(4));
    }
}
