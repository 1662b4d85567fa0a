//! The rules of content for cities: on land, cited, and one name at a time.

use std::collections::HashSet;

use super::{
    Atlas, Citation, City, PolityId, Problem, SourceId,
    city::{CityName, Seat},
};
use crate::{
    geometry::{LonLat, UnitIx},
    time::{End, Span},
};

/// How far a city may lie outside its unit, in degrees: the outlines are generalised, and ports stand on coasts.
const OFF_SHORE_DEG: f64 = 0.3;

/// The files of which the problems tell, below the atlas's root.
const CITIES: &str = "cities.csv";
const NAMES: &str = "city-names.table";
const CAPITALS: &str = "capitals.table";

/// Every broken rule of the cities, their names and the capitals. File names are below the atlas's root.
pub fn city_problems(atlas: &Atlas) -> Vec<Problem> {
    let sources = atlas.sources.iter().map(|source| &source.id).collect();
    let mut rules = CityRules { atlas, sources, problems: Vec::new() };
    for (_, city) in atlas.cities.iter() {
        rules.place(city);
        rules.names(city);
        city.seats.iter().filter(|seat| seat.line > 0).for_each(|seat| rules.seat(seat));
    }
    rules.seats_at_once();
    rules.problems
}

struct CityRules<'a> {
    atlas: &'a Atlas,
    sources: HashSet<&'a SourceId>,
    problems: Vec<Problem>,
}

impl CityRules<'_> {
    fn note(&mut self, file: &str, problem: Problem) {
        self.problems.push(problem.in_file(file));
    }

    fn place(&mut self, city: &City) {
        let Some(unit) = city.unit else { return };
        if !near_unit(self.atlas, unit, city.at) {
            let id = &self.atlas.partition.info(unit).id;
            let what = format!("`{}` ({}, {}) does not lie in `{id}`.", city.id, city.at.lon_deg, city.at.lat_deg);
            self.note(CITIES, Problem::error(&*city.id, "outside-land", what).hint("mend the place or the unit."));
        }
    }

    fn names(&mut self, city: &City) {
        for (index, name) in city.names.iter().enumerate() {
            let place = format!("line {}", name.line);
            self.cited(NAMES, &place, &name.sources);
            if let Some(party) = &name.party {
                self.known_polity(&place, party);
            }
            let other = city.names[..index].iter().find(|other| other.party == name.party && surely_overlap(&other.span, &name.span));
            if let Some(other) = other {
                let what = format!(
                    "`{}` has two names at once: {} ({}) and, on line {}, {} ({}).",
                    city.id,
                    word(name),
                    name.span.label(),
                    other.line,
                    word(other),
                    other.span.label()
                );
                let hint = "end one name where the other begins, or give the row a party.";
                self.note(NAMES, Problem::error(place, "overlapping-names", what).hint(hint));
            }
        }
    }

    fn seat(&mut self, seat: &Seat) {
        self.cited(CAPITALS, &format!("line {}", seat.line), &seat.sources);
        let polity = self.atlas.polities.at(seat.polity);
        if !polity.span.overlaps(&seat.span) {
            let what = format!("the capital of `{}` ({}) lies outside its life ({}).", polity.id, seat.span.label(), polity.span.label());
            self.note(CAPITALS, Problem::error(format!("line {}", seat.line), "outside-life", what));
        }
    }

    /// A government may sit in two cities, but a table of moves that names two for one time is mistaken.
    fn seats_at_once(&mut self) {
        let moved: Vec<&Seat> = self.atlas.cities.iter().flat_map(|(_, city)| &city.seats).filter(|seat| seat.line > 0).collect();
        for (index, seat) in moved.iter().enumerate() {
            let other = moved[..index].iter().find(|other| other.polity == seat.polity && surely_overlap(&other.span, &seat.span));
            if let Some(other) = other {
                let what = format!("`{}` has another capital then on line {}.", self.atlas.polities.at(seat.polity).id, other.line);
                self.note(CAPITALS, Problem::error(format!("line {}", seat.line), "overlapping-capitals", what));
            }
        }
    }

    fn cited(&mut self, file: &str, place: &str, citations: &[Citation]) {
        if citations.is_empty() {
            let problem = Problem::error(place, "uncited", "no source is named.");
            self.note(file, problem.hint("name at least one source id of the bibliography."));
        }
        for citation in citations.iter().filter(|citation| !self.sources.contains(&citation.source)).collect::<Vec<_>>() {
            let what = format!("the source `{}` is not in the bibliography.", citation.source);
            self.note(file, Problem::error(place, "unknown-source", what).hint("add it as a CSL-JSON item, or mend the id."));
        }
    }

    fn known_polity(&mut self, place: &str, polity: &PolityId) {
        if self.atlas.polities.find(polity.as_str()).is_none() {
            let problem = Problem::error(place, "unknown-polity", format!("there is no polity `{polity}`."));
            self.note(NAMES, problem.hint("add it to polities.csv, or mend the id."));
        }
    }
}

fn word(name: &CityName) -> &str {
    name.name.as_deref().unwrap_or("no town")
}

/// Whether a place lies in a unit, or a little way off it.
fn near_unit(atlas: &Atlas, unit: UnitIx, at: LonLat) -> bool {
    let topology = &atlas.partition.topology;
    topology.unit_at(at) == Some(unit) || topology.unit_at(at).is_none() && topology.unit(unit).bbox.padded(OFF_SHORE_DEG).contains(at)
}

/// Whether two spans share a day for sure: a name that ended in 1924 and one that began in 1924 do not.
fn surely_overlap(one: &Span, other: &Span) -> bool {
    let start = |span: &Span| span.start.as_ref().map_or(i64::MIN, |date| date.latest.get());
    let end = |span: &Span| match &span.end {
        End::InForce => i64::MAX,
        End::On(date) | End::LastObserved(date) => date.earliest.get(),
        End::Unknown => i64::MIN,
    };
    start(one).max(start(other)) < end(one).min(end(other))
}
