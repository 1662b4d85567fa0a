//! Names of waters: along which curve they run, at which scales, and who calls them what.
//!
//! `waters.table` is written by hand. Where a name runs is a choice of cartography and says nothing of limits; the rule that its places lie in water is in
//! [`water_problems`].

use std::collections::HashSet;

use super::{Atlas, Citation, PolityId, Problem, SourceId, View, table};
use crate::geometry::LonLat;

/// The file of which the problems tell, below the atlas's root.
pub const WATERS: &str = "waters.table";
/// Few and many places along a curve.
const LEAST_PLACES: usize = 2;
const MOST_PLACES: usize = 5;

/// What sort of water it is: decides how large its name may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WaterKind {
    /// One of the oceans.
    Ocean,
    /// A sea.
    Sea,
    /// A gulf or bay.
    Gulf,
    /// A strait, channel or passage.
    Strait,
    /// A lake or reservoir: it may lie on the partition's land.
    Lake,
}

impl WaterKind {
    fn from_id(id: &str) -> Option<Self> {
        Some(match id {
            "ocean" => Self::Ocean,
            "sea" => Self::Sea,
            "gulf" => Self::Gulf,
            "strait" => Self::Strait,
            "lake" => Self::Lake,
            _ => return None,
        })
    }
}

/// One name of a water on the map. A great water may have several, for maps of its parts.
#[derive(Clone, Debug)]
pub struct Water {
    /// Slug, unique.
    pub id: String,
    /// The usual English name.
    pub name: String,
    /// What it is.
    pub kind: WaterKind,
    /// The places along which the name runs: 2 to 5.
    pub curve: Vec<LonLat>,
    /// The closest scale at which it is named, as the denominator in millions.
    pub closest_million: f64,
    /// The furthest, likewise; never less.
    pub furthest_million: f64,
    /// What parties call it, in the order of the file; empty where none differs. The United Nations stand here as the party `un`.
    pub names: Vec<(PolityId, String)>,
    /// Where it is written.
    pub sources: Vec<Citation>,
    /// Free text.
    pub note: String,
    /// Its line in the file, from 1.
    pub line: usize,
}

impl Water {
    /// Reads `waters.table`: `id | name | kind | curve | scales | names | source | note`. A row that cannot be read is left out and reported.
    pub fn parse_table(text: &str) -> (Vec<Self>, Vec<Problem>) {
        let (mut waters, mut problems) = (Vec::<Self>::new(), Vec::new());
        for row in table::rows(text) {
            match Self::from_row(&row) {
                Ok(water) if waters.iter().any(|other| other.id == water.id) => {
                    problems.push(Problem::error(row.place(), "duplicate-id", format!("the water `{}` stands twice.", water.id)));
                }
                Ok(water) => waters.push(water),
                Err(problem) => problems.push(problem),
            }
        }
        (waters, problems)
    }

    fn from_row(row: &table::TableRow) -> Result<Self, Problem> {
        let bad = |what: String| Problem::error(row.place(), "bad-row", what);
        let (id, name) = (row.cell(0), row.cell(1));
        if id.is_empty() || name.is_empty() {
            return Err(bad("a water has an id and a name.".to_owned()));
        }
        let kind = WaterKind::from_id(row.cell(2)).ok_or_else(|| bad(format!("`{}` is no kind of water.", row.cell(2))))?;
        let (closest_million, furthest_million) =
            scales(row.cell(4)).ok_or_else(|| bad(format!("`{}` are no scales: write them as 1-40.", row.cell(4))))?;
        Ok(Self {
            id: id.to_owned(),
            name: name.to_owned(),
            kind,
            curve: curve(row)?,
            closest_million,
            furthest_million,
            names: names(row.cell(5))
                .ok_or_else(|| bad(format!("`{}` are no names: write them as party=Name;party=Name.", row.cell(5))))?,
            sources: Citation::parse_list(row.cell(6)),
            note: row.cell(7).to_owned(),
            line: row.line,
        })
    }

    /// What a map in a view may write, the fullest first: a party's own name; else the usual one with every other that parties use, then alone.
    pub fn words(&self, view: &View) -> Vec<String> {
        if let Some((_, own)) = self.names.iter().find(|(party, _)| party.as_str() == view.id()) {
            return vec![own.clone()];
        }
        let mut all = vec![self.name.as_str()];
        for (_, name) in &self.names {
            // The North's "East Sea of Korea" tells no more than the South's "East Sea".
            if !all.iter().any(|known| name.starts_with(known)) {
                all.push(name);
            }
        }
        // All of them or the usual one alone: to leave out one party of three would take a side.
        let mut words = vec![all.join(" / ")];
        words.extend((all.len() > 1).then(|| self.name.clone()));
        words
    }
}

/// `1-40`: closest and furthest, in millions.
fn scales(cell: &str) -> Option<(f64, f64)> {
    let (closest, furthest) = cell.split_once('-')?;
    let (closest, furthest): (f64, f64) = (closest.trim().parse().ok()?, furthest.trim().parse().ok()?);
    (closest > 0.0 && closest <= furthest && furthest.is_finite()).then_some((closest, furthest))
}

/// `lon lat, lon lat, ...`.
fn curve(row: &table::TableRow) -> Result<Vec<LonLat>, Problem> {
    let place = |text: &str| -> Option<LonLat> {
        let mut numbers = text.split_whitespace().map(|number| number.parse::<f64>().ok());
        let (lon, lat) = (numbers.next()??, numbers.next()??);
        numbers.next().is_none().then(|| LonLat::checked(lon, lat))?
    };
    let places: Option<Vec<LonLat>> = row.cell(3).split(',').map(place).collect();
    places.filter(|places| (LEAST_PLACES..=MOST_PLACES).contains(&places.len())).ok_or_else(|| {
        Problem::error(row.place(), "bad-geometry", format!("`{}` is no curve.", row.cell(3)))
            .hint("write 2 to 5 places as `lon lat, lon lat`.")
    })
}

/// `party=Name;party=Name`, or nothing.
fn names(cell: &str) -> Option<Vec<(PolityId, String)>> {
    let name = |text: &str| text.split_once('=').map(|(party, name)| (PolityId::from(party.trim()), name.trim().to_owned()));
    cell.split(';').map(str::trim).filter(|text| !text.is_empty()).map(name).collect()
}

/// Every broken rule of the names of waters: in water, cited, parties known. File names are below the atlas's root.
pub fn water_problems(atlas: &Atlas) -> Vec<Problem> {
    let known: HashSet<&SourceId> = atlas.sources.iter().map(|source| &source.id).collect();
    let mut problems = Vec::new();
    for water in &atlas.waters {
        let place = format!("line {}", water.line);
        let mut note = |problem: Problem| problems.push(problem.in_file(WATERS));
        let topology = &atlas.partition.topology;
        for at in water.curve.iter().filter(|at| water.kind != WaterKind::Lake && topology.unit_at(**at).is_some()) {
            let what = format!("`{}`: {} {} lies on land.", water.id, at.lon_deg, at.lat_deg);
            note(Problem::error(&*place, "outside-water", what).hint("move the place into the water; a lake may lie on land."));
        }
        if water.sources.is_empty() {
            note(Problem::error(&*place, "uncited", "no source is named.").hint("name at least one source id of the bibliography."));
        }
        for citation in water.sources.iter().filter(|citation| !known.contains(&citation.source)) {
            let what = format!("the source `{}` is not in the bibliography.", citation.source);
            note(Problem::error(&*place, "unknown-source", what).hint("add it as a CSL-JSON item, or mend the id."));
        }
        for (party, _) in water.names.iter().filter(|(party, _)| party.as_str() != View::Un.id()) {
            if atlas.polities.find(party.as_str()).is_none() {
                note(Problem::error(&*place, "unknown-polity", format!("there is no polity `{party}`.")).hint("mend the id."));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
sea | Sea of Trial | sea | 10 40, 11.5 41, 13 40 | 1-40 | aaa=Our Sea;bbb=Sea of Trial;un=Sea of Trial | s |
sea | Again | sea | 10 40, 11 41 | 1-40 | | s |
short | Short | sea | 10 40 | 1-40 | | s |
off | Off | sea | 10 40, 11 95 | 1-40 | | s |
kind | Kind | pond | 10 40, 11 41 | 1-40 | | s |
scale | Scale | sea | 10 40, 11 41 | 40-1 | | s |
names | Names | sea | 10 40, 11 41 | 1-40 | aaa | s |";

    #[test]
    fn rows_that_cannot_be_read_are_told_and_the_rest_stays() {
        let (waters, problems) = Water::parse_table(TABLE);
        assert_eq!(waters.len(), 1);
        assert_eq!(waters[0].curve[1], LonLat::new(11.5, 41.0));
        let rules: Vec<&str> = problems.iter().map(|problem| problem.rule).collect();
        assert_eq!(rules, ["duplicate-id", "bad-geometry", "bad-geometry", "bad-row", "bad-row", "bad-row"]);
    }

    #[test]
    fn each_party_reads_its_own_name_and_the_rest_read_all() {
        let (waters, _) = Water::parse_table(TABLE);
        let in_view = |view: &str| waters[0].words(&View::from_id(view));
        assert_eq!(in_view("aaa"), ["Our Sea"]);
        assert_eq!(in_view("un"), ["Sea of Trial"]);
        assert_eq!(in_view("de-facto"), ["Sea of Trial / Our Sea", "Sea of Trial"]);
        assert_eq!(in_view("ccc"), in_view("de-facto"));
    }
}
