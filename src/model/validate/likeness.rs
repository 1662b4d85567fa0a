//! The rules for what stands twice or for nothing: events, citations, works.

use std::collections::{HashMap, HashSet};

use super::{Broken, Rules};
use crate::{
    geometry::measure::distance_km,
    model::{Event, EventKind, Problem, Project, Source, SourceId, facts::Fact, problem::Severity},
    time::Day,
};

/// Two events closer than this may be one that was entered twice.
const SAME_EVENT_KM: f64 = 1.0;

/// Degrees of latitude that are surely more than [`SAME_EVENT_KM`].
const SAME_EVENT_DEG: f64 = 0.01;

impl<'a> Rules<'a> {
    /// Two events of one kind on one day at one place are one, unless a note tells them apart.
    pub(super) fn same_events(&mut self, project: &Project) {
        let mut alike: HashMap<(EventKind, Day, Day, bool), Vec<&Event>> = HashMap::new();
        for event in &project.events {
            alike.entry((event.kind, event.date.earliest, event.date.latest, event.lasts)).or_default().push(event);
        }
        let mut groups: Vec<Vec<&Event>> = alike.into_values().filter(|group| group.len() > 1).collect();
        groups.sort_by_key(|group| group[0].date.earliest);
        for mut group in groups {
            group.sort_by(|one, other| one.at.lat_deg.total_cmp(&other.at.lat_deg));
            for (index, event) in group.iter().enumerate() {
                let others = group[index + 1..].iter().take_while(|other| other.at.lat_deg - event.at.lat_deg < SAME_EVENT_DEG);
                others.filter(|other| are_one(event, other)).for_each(|other| self.same_event(event, other));
            }
        }
    }

    fn same_event(&mut self, event: &Event, other: &Event) {
        let what = format!("it looks like `{}`: {}, same date and place.", event.id, event.kind.label());
        let problem = Problem::warning(format!("feature {}", other.id), "same-event", what)
            .hint("take one of the two away, or say in the note of either how they differ.");
        // Two resolutions of one day are two; two of one name are hardly.
        let severity = if event.title.to_lowercase() == other.title.to_lowercase() { Severity::Warning } else { Severity::Advice };
        self.note(Problem { severity, ..problem });
    }

    /// A fact cites one place of one source once.
    pub(super) fn cited_once(&mut self, fact: &Fact) {
        let again = |index: &usize| fact.sources[..*index].contains(&fact.sources[*index]);
        if fact.leans {
            return;
        }
        if let Some(index) = (1..fact.sources.len()).find(again) {
            let source = fact.sources[index].source.as_str();
            let problem = Problem::warning(fact.place.as_str(), "duplicate-citation", format!("it cites `{source}` twice."))
                .hint("take one citation away, or name another place in the source.");
            self.note(Broken::from(problem).at(fact.path.as_str()).of_source(source));
        }
    }

    /// A work stands once in a bibliography, and is there because something cites it.
    pub(super) fn works(&mut self, project: &'a Project, facts: &[Fact]) {
        let cited: HashSet<&SourceId> = facts.iter().flat_map(|fact| fact.sources).map(|citation| &citation.source).collect();
        let mut works: HashMap<String, &Source> = HashMap::new();
        let mut seen = HashSet::new();
        for source in project.sources.iter().filter(|source| seen.insert(&source.id)) {
            let place = format!("source {}", source.id);
            let twins = signs_of(source).into_iter().filter_map(|sign| match works.insert(sign, source) {
                Some(first) if first.id != source.id => Some(first),
                _ => None,
            });
            if let Some(first) = twins.last() {
                let what = format!("`{}` and `{}` seem to be one work: {}.", first.id, source.id, source.title());
                let problem =
                    Problem::warning(place.as_str(), "duplicate-source", what).hint("cite one of the two and take the other away.");
                self.note(Broken::from(problem).of_source(source.id.as_str()));
            }
            if !cited.contains(&source.id) {
                let problem = Problem::advice(place.as_str(), "unused-source", format!("nothing cites {}.", source.title()))
                    .hint("cite it where it says something, or take it away.");
                self.note(Broken::from(problem).of_source(source.id.as_str()));
            }
        }
    }
}

fn are_one(event: &Event, other: &Event) -> bool {
    event.note.is_empty() && other.note.is_empty() && distance_km(event.at, other.at) < SAME_EVENT_KM
}

/// What two items of one work share: the DOI, or the title with year, number, maker, container and pages where there is none.
fn signs_of(source: &Source) -> Vec<String> {
    let doi = source.text("DOI").map(|doi| {
        let doi = doi.to_lowercase();
        format!("doi {}", doi.rsplit_once("doi.org/").map_or(doi.as_str(), |(_, rest)| rest))
    });
    let title = source.text("title").zip(source.year()).map(|(title, year)| {
        let more = ["number", "volume", "issue", "page", "container-title", "URL"].map(|key| source.field(key).unwrap_or_default());
        format!("title {} {year} {} {}", title.to_lowercase(), source.authors().to_lowercase(), more.join(" ").to_lowercase())
    });
    doi.into_iter().chain(title).collect()
}
