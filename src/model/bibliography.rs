//! Which sources belong together: all of the atlas, or one case with what it cites.

use std::collections::BTreeMap;

use super::{Atlas, Project, Source, SourceId, facts::Fact};

impl Atlas {
    /// Every source of the atlas and its cases, by id. A work that stands in several bibliographies comes once, in its fullest form.
    pub fn bibliography(&self) -> Vec<&Source> {
        let mut found: BTreeMap<&SourceId, &Source> = BTreeMap::new();
        for source in self.sources.iter().chain(self.cases.iter().flat_map(|case| &case.sources)) {
            let kept = found.entry(&source.id).or_insert(source);
            if source.csl.len() > kept.csl.len() {
                *kept = source;
            }
        }
        found.into_values().collect()
    }

    /// The bibliography of a case by id: its own, whatever else it cites, and what the alliances that it names cite.
    pub fn bibliography_of<'a>(&'a self, case: &'a Project) -> Vec<&'a Source> {
        let alliances = case.alliances.iter().chain(&case.opening.alliances).filter_map(|id| self.alliance(id.as_str()));
        let facts: Vec<Fact> = alliances.flat_map(|alliance| alliance.facts()).chain(case.facts()).collect();
        let cited = facts.iter().flat_map(|fact| fact.sources).filter_map(|citation| self.source(&citation.source));
        let mut found: BTreeMap<&SourceId, &Source> = cited.map(|source| (&source.id, source)).collect();
        found.extend(case.sources.iter().map(|source| (&source.id, source)));
        found.into_values().collect()
    }
}
