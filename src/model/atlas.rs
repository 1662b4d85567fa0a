//! The built-in facts, read only, as one value.

use super::{Alliance, Cities, Dispute, Partition, Polities, Project, Source, SourceId, Tenure, Water, borders::NamedLine};

/// Everything that the atlas says.
#[derive(Clone, Debug)]
pub struct Atlas {
    /// The fixed units.
    pub partition: Partition,
    /// Everybody who holds or claims.
    pub polities: Polities,
    /// Who held what.
    pub tenure: Tenure,
    /// Stretches of border with names of their own.
    pub lines: Vec<NamedLine>,
    /// Disputed areas.
    pub disputes: Vec<Dispute>,
    /// Cities for orientation.
    pub cities: Cities,
    /// Names of oceans, seas, straits, lakes.
    pub waters: Vec<Water>,
    /// Alliances by id.
    pub alliances: Vec<Alliance>,
    /// Case studies, in the order of their files.
    pub cases: Vec<Project>,
    /// The bibliography of everything but the cases, which bring their own.
    pub sources: Vec<Source>,
}

impl Atlas {
    /// The alliance with this id.
    pub fn alliance(&self, id: &str) -> Option<&Alliance> {
        self.alliances.iter().find(|alliance| alliance.id.as_str() == id)
    }

    /// The case with this id.
    pub fn case(&self, id: &str) -> Option<&Project> {
        self.cases.iter().find(|case| case.id.as_str() == id)
    }

    /// The dispute with this id.
    pub fn dispute(&self, id: &str) -> Option<&Dispute> {
        self.disputes.iter().find(|dispute| dispute.id.as_str() == id)
    }

    /// The source with this id, in the atlas's bibliography or a case's.
    pub fn source(&self, id: &SourceId) -> Option<&Source> {
        self.sources.iter().chain(self.cases.iter().flat_map(|case| &case.sources)).find(|source| source.id == *id)
    }
}
