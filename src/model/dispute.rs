//! Disputed areas. Who administers and who claims is never stored with them: it is looked up in the tenure.

use serde::Deserialize;

use super::{
    Atlas, Citation, DisputeId, Partition, PolityId, PolityIx, Problem, WorldState,
    units::{NamedSets, UnitExpr},
};
use crate::{
    geometry::topology::UnitIx,
    time::{Day, Span},
};

/// One disputed area.
#[derive(Clone, Debug)]
pub struct Dispute {
    /// Slug.
    pub id: DisputeId,
    /// The neutral name.
    pub name: String,
    /// What each party calls it.
    pub names: Vec<(PolityId, String)>,
    /// The parties, in the order of the file.
    pub parties: Vec<PolityId>,
    /// `territorial`, `breakaway` or `status`.
    pub kind: String,
    /// From the first competing claim to the settlement.
    pub span: Span,
    /// The area, as units, each once, rising.
    pub units: Vec<UnitIx>,
    /// Where it is written.
    pub sources: Vec<Citation>,
    /// Free text.
    pub note: String,
}

/// A disputed area on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisputeState {
    /// Who controls some of it (for a dependency, whose dependency it is), each once, in the order of the polity table.
    pub administered_by: Vec<PolityIx>,
    /// Who claims or holds title to some of it, in the same order.
    pub claimed_by: Vec<PolityIx>,
}

#[derive(Deserialize)]
struct DisputeRow {
    id: String,
    name: String,
    names: String,
    parties: String,
    area: String,
    kind: String,
    start: String,
    end: String,
    sources: String,
    note: String,
}

impl Dispute {
    /// Reads `disputes.csv`. A row that cannot be read is left out and reported.
    pub fn from_csv(text: &str, partition: &Partition, sets: &NamedSets) -> (Vec<Self>, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).comment(Some(b'#')).from_reader(text.as_bytes());
        let mut found = Vec::new();
        for row in reader.deserialize::<DisputeRow>() {
            let read = row.map_err(|error| Problem::error(bad_row_place(&error), "bad-row", error.to_string()));
            match read.and_then(|row| Self::from_row(row, partition, sets)) {
                Ok(dispute) => found.push(dispute),
                Err(problem) => problems.push(problem),
            }
        }
        (found, problems)
    }

    fn from_row(row: DisputeRow, partition: &Partition, sets: &NamedSets) -> Result<Self, Problem> {
        let error = |rule, what: String| Problem::error(row.id.as_str(), rule, what);
        let units = UnitExpr::parse(&row.area).and_then(|area| area.resolve(partition, sets));
        Ok(Self {
            units: units.map_err(|problem| error("unknown-units", format!("{problem}.")))?,
            span: Span::parse(&row.start, &row.end).map_err(|problem| error("bad-date", format!("{problem}.")))?,
            id: DisputeId::from(row.id.as_str()),
            names: parts(&row.names)
                .filter_map(|part| part.split_once('='))
                .map(|(party, name)| (PolityId::from(party), name.trim().to_owned()))
                .collect(),
            parties: parts(&row.parties).map(PolityId::from).collect(),
            sources: Citation::parse_list(&row.sources),
            name: row.name,
            kind: row.kind,
            note: row.note,
        })
    }

    /// Who administers and who claims the area on a day. `de_facto` is the state of that day in the de facto view.
    pub fn state(&self, atlas: &Atlas, de_facto: &WorldState) -> DisputeState {
        let mut administered_by: Vec<_> = self.units.iter().filter_map(|unit| de_facto.holding(*unit).answerable_holder()).collect();
        let claims = self
            .units
            .iter()
            .flat_map(|unit| atlas.tenure.claims_at(*unit, de_facto.day))
            .filter_map(|row| atlas.tenure.rows[row as usize].who);
        let titles = self.units.iter().filter_map(|unit| de_facto.holding(*unit).answerable_title());
        let mut claimed_by: Vec<_> = claims.chain(titles).collect();
        for list in [&mut administered_by, &mut claimed_by] {
            list.sort_unstable();
            list.dedup();
        }
        DisputeState { administered_by, claimed_by }
    }

    /// Whether the dispute stands on a day.
    pub fn stands_on(&self, day: Day) -> bool {
        self.span.contains(day)
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty())
}

fn bad_row_place(error: &csv::Error) -> String {
    error.position().map_or_else(String::new, |position| format!("line {}", position.line()))
}
