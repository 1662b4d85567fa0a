//! The rules of content: what must hold between facts, over and above that each file can be read. `maps/README.md` lists them.

mod broken;
mod document;
mod history;
mod likeness;
mod names;
mod placement;
mod slides;
mod spelling;
mod tables;
mod texts;

use std::{collections::HashSet, fmt};

use super::{Atlas, PolityId, Problem, Project, SourceId, View, city_rules, facts::Fact, problem::Severity, water};
use crate::{
    geometry::BoundingBox,
    time::{Day, End, Span},
};

pub use broken::{Broken, Repair};

/// The rule for shapes that cross themselves and the like. What is wrong is kept with each [`super::document::Feature`].
pub const INVALID_SHAPE: &str = "invalid-shape";

/// Every rule by its fixed name, with what it asks for. Reading a file has rules of its own (`bad-date`, `wrong-geometry`).
pub const RULES: [(&str, &str); 40] = [
    ("uncited", "every fact names a source"),
    ("unknown-source", "what is cited stands in the bibliography"),
    ("duplicate-id", "an id stands once"),
    ("two-works", "a source id is one work in all bibliographies"),
    ("unknown-polity", "every polity that is named stands in polities.csv"),
    ("unknown-view", "every view has rows in the tenure"),
    ("unknown-dispute", "every dispute that is named stands in disputes.csv"),
    ("unknown-alliance", "every alliance that is named has its file"),
    ("unknown-area", "the area of a region is a set of units"),
    ("bad-role", "control and parties have a role of the vocabulary"),
    ("one-party", "a dispute has at least two parties"),
    ("outside-life", "who holds, claims or joins is alive then"),
    ("outside-alliance", "a membership lies within the alliance's life, and a pledge shares time with it"),
    ("status-outside", "a status lies within its membership or its event, and a moment has none"),
    ("overlapping-status", "an event has one status at a time"),
    ("not-ended", "only an event that is over says how it ended"),
    ("no-place", "an event names its place"),
    ("outside-span", "an event shares time with its document"),
    ("outside-area", "what happens on the ground, and a place, lies in reach of the document or on a party's land"),
    ("moved-place", "events at one place lie within 100 km of each other"),
    ("one-sided-name", "where one party has a name of its own, another party's stands beside it"),
    ("one-sided-account", "where one party's account stands, another's does too"),
    ("bad-figure", "a figure says what it counts, and its number lies in its range"),
    ("bad-picture", "a picture says what it shows and whose it is, and is a PNG or JPEG of up to 1 MB"),
    ("not-shown", "a text has nothing in it that is not shown as it was meant: HTML, pictures of the web, links to elsewhere"),
    ("overlapping-names", "a party has one dated name for a place at a time"),
    ("overlapping-shapes", "a subject has one shape at a time"),
    ("gapped-shapes", "the shapes of a subject follow one another without a gap"),
    ("two-in-control", "one role in a region has one holder at a time"),
    ("overlapping-control", "a holder has one role in a region once at a time"),
    ("gapped-control", "somebody has a region at every time between the first and the last row"),
    ("outside-shapes", "control and claims share time with a shape of the region"),
    ("same-event", "an event stands once"),
    ("duplicate-citation", "a fact cites a place of a source once"),
    ("duplicate-source", "a work stands once in a bibliography"),
    ("unused-source", "what stands in a document's bibliography is cited"),
    ("unknown-word", "a scene names themes, layers, colourings and kinds of events that there are"),
    ("unknown-subject", "what a scene shows, pins or highlights is there"),
    ("unanswered-quiz", "a quiz asks and answers"),
    ("spelled-date", "dates are written in EDTF"),
];

/// Every broken rule of the atlas: its tables, alliances and cases. File names are below the atlas's root.
pub fn atlas_problems(atlas: &Atlas) -> Vec<Problem> {
    let known = atlas.sources.iter().map(|source| &source.id).collect();
    let mut rules = Rules { atlas, sources: known, reach: Vec::new(), broken: Vec::new(), file: String::new() };
    rules.tables();
    let mut problems: Vec<Problem> = rules.broken.into_iter().map(|broken| broken.problem).collect();
    problems.extend(city_rules::city_problems(atlas));
    problems.extend(water::water_problems(atlas));
    problems.extend(atlas.cases.iter().flat_map(|case| project_problems(atlas, case, &format!("cases/{}.geojson", case.id))));
    problems
}

/// Every broken rule of one document, seen with the atlas beside it. Without advice.
pub fn project_problems(atlas: &Atlas, project: &Project, file: &str) -> Vec<Problem> {
    let broken = broken_rules(atlas, project).into_iter().map(|broken| broken.problem);
    broken.filter(|problem| problem.severity != Severity::Advice).map(|problem| problem.in_file(file)).collect()
}

/// The same, advice included, with what an editor needs to show and mend it. Problems have no file.
pub fn broken_rules(atlas: &Atlas, project: &Project) -> Vec<Broken> {
    let sources = project.sources.iter().map(|source| &source.id).collect();
    let reach = placement::reach_of(project).collect();
    let mut rules = Rules { atlas, sources, reach, broken: Vec::new(), file: String::new() };
    rules.document(project);
    rules.broken
}

/// The rules at work on one file after the other.
struct Rules<'a> {
    atlas: &'a Atlas,
    /// What may be cited.
    sources: HashSet<&'a SourceId>,
    /// The boxes of what the document is about.
    reach: Vec<BoundingBox>,
    broken: Vec<Broken>,
    /// The file that problems are noted in.
    file: String,
}

impl Rules<'_> {
    fn note(&mut self, broken: impl Into<Broken>) {
        let Broken { problem, path, source, repair } = broken.into();
        debug_assert!(RULES.iter().any(|(rule, _)| *rule == problem.rule), "{} is not in the list of rules", problem.rule);
        self.broken.push(Broken { problem: problem.in_file(&self.file), path, source, repair });
    }

    /// A fact must cite, and what it cites must be in the bibliography.
    fn cited(&mut self, fact: &Fact) {
        if fact.sources.is_empty() {
            let problem = Problem::error(fact.place.as_str(), "uncited", "no source is named.");
            self.note(Broken::from(problem.hint("name at least one source id of the bibliography.")).at(fact.path.as_str()));
        }
        let unknown: Vec<_> = fact.sources.iter().filter(|citation| !self.sources.contains(&citation.source)).collect();
        for citation in unknown {
            let what = format!("the source `{}` is not in the bibliography.", citation.source);
            let problem = Problem::error(fact.place.as_str(), "unknown-source", what).hint("add it as a CSL-JSON item, or mend the id.");
            self.note(Broken::from(problem).at(fact.path.as_str()).of_source(citation.source.as_str()));
        }
    }

    /// A polity that a property names must be there. `text` is what the property says, the id somewhere in it.
    fn known_polity_in(&mut self, place: &str, path: fmt::Arguments, polity: &PolityId, text: &str) {
        if self.atlas.polities.find(polity.as_str()).is_some() {
            return;
        }
        let problem = no_polity(place, polity);
        let meant = self.atlas.polities.meant_by(polity.as_str());
        let repair = |id: &PolityId| Repair {
            feature: feature_id(place).to_owned(),
            path: path.to_string(),
            old: text.to_owned(),
            new: text.replacen(polity.as_str(), id.as_str(), 1),
        };
        self.note(Broken::from(problem).at(path.to_string()).mended_by(meant.map(repair)));
    }

    /// As [`Rules::known_polity_in`], for a property that says the id alone.
    fn known_polity_at(&mut self, place: &str, path: fmt::Arguments, polity: &PolityId) {
        self.known_polity_in(place, path, polity, polity.as_str());
    }

    /// As [`Rules::known_polity_in`], for what is no property that could be mended.
    fn known_polity(&mut self, place: &str, polity: &PolityId) {
        if self.atlas.polities.find(polity.as_str()).is_none() {
            self.note(no_polity(place, polity));
        }
    }

    fn known_view(&mut self, place: &str, view: &View) {
        let known = self.atlas.tenure.views();
        if !known.contains(view) {
            let list: Vec<&str> = known.iter().map(View::id).collect();
            self.note(
                Problem::error(place, "unknown-view", format!("there is no view `{view}`."))
                    .hint(format!("the views are those with rows in the tenure: {}.", list.join(", "))),
            );
        }
    }

    /// Whoever holds, claims or joins something must be there at some time of it.
    fn in_life(&mut self, place: &str, polity: &PolityId, span: &Span, what: &str) {
        let Some(life) = self.atlas.polities.get(polity.as_str()).map(|polity| &polity.span) else { return };
        if apart(life, span) {
            let what = format!("`{polity}` {what} ({}) outside its life ({}).", span.label(), life.label());
            self.note(Problem::error(place, "outside-life", what).hint("mend a date, or name the polity of that time."));
        }
    }
}

/// The id in the place of a feature; empty for other places.
fn feature_id(place: &str) -> &str {
    place.strip_prefix("feature ").unwrap_or_default()
}

/// Whether one span lies in another, as far as their uncertain ends allow.
fn within(inner: &Span, outer: &Span) -> bool {
    let starts = inner.start.as_ref().is_none_or(|start| start.latest >= outer.first_day());
    let ends = match (&inner.end, &outer.end) {
        (End::InForce, outer) => *outer == End::InForce,
        _ => inner.end.date().is_none_or(|end| end.earliest < known_past_end(outer)),
    };
    starts && ends && inner.first_day() < known_past_end(outer)
}

/// Whether two spans surely share no day.
fn apart(one: &Span, other: &Span) -> bool {
    known_past_end(one) <= other.first_day() || known_past_end(other) <= one.first_day()
}

/// The day after the last, or never where nobody knows when it ended.
fn known_past_end(span: &Span) -> Day {
    match span.end {
        End::On(_) => span.past_end(),
        End::InForce | End::Unknown | End::LastObserved(_) => Day::MAX,
    }
}

/// Whether two spans surely share time: more than the date on which one gives way to the other, and whatever their dates leave open.
fn surely_together(one: &Span, other: &Span) -> bool {
    let starts = |span: &Span| span.start.as_ref().map_or(Day::MIN, |start| start.latest);
    let ends = |span: &Span| match &span.end {
        End::InForce => Day::MAX,
        End::Unknown => Day::MIN,
        End::On(date) | End::LastObserved(date) => date.earliest,
    };
    starts(one).max(starts(other)) < ends(one).min(ends(other))
}
/// That a polity is missing, or was never chosen.
fn no_polity(place: &str, polity: &PolityId) -> Problem {
    if polity.as_str().is_empty() {
        return Problem::error(place, "unknown-polity", "it is not said who.").hint("choose a polity.");
    }
    Problem::error(place, "unknown-polity", format!("there is no polity `{polity}`.")).hint("add it to polities.csv, or mend the id.")
}
