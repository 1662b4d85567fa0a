//! Cities for orientation: where they are, what they were called when and by whom, and whose capital they were.
//!
//! `cities.csv` is made by `make-partition cities` from GeoNames; `city-names.table` and `capitals.table` are written by hand. Who holds a city is
//! never stored with it: it is looked up in the tenure, by the unit in which it lies.

use std::collections::HashMap;

use serde::Deserialize;

use super::{Citation, Partition, Polities, PolityId, PolityIx, Problem, View, polity::csv_place, table, world::Holding};
use crate::{
    geometry::{LonLat, UnitIx},
    time::{Day, Span},
};

/// Position of a city in [`Cities`]: rank first, then size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CityIx(pub u16);

/// What stands for "there was no such town then", and in the table of capitals for "no city is marked".
const NO_TOWN: &str = "-";

/// A name for a time, for one party or for all.
#[derive(Clone, Debug)]
pub struct CityName {
    /// The name; `None` while there was no such town.
    pub name: Option<String>,
    /// Whose name it is; `None` where nobody differs.
    pub party: Option<PolityId>,
    /// When it was in use.
    pub span: Span,
    /// Where it is written.
    pub sources: Vec<Citation>,
    /// Free text.
    pub note: String,
    /// Its line in `city-names.table`, from 1.
    pub line: usize,
}

/// A time in which a city was the capital of a polity.
#[derive(Clone, Debug)]
pub struct Seat {
    /// Of whom.
    pub polity: PolityIx,
    /// When; always, for a polity whose seat never moved.
    pub span: Span,
    /// Where it is written; empty for what `polities.csv` says.
    pub sources: Vec<Citation>,
    /// Its line in `capitals.table`, from 1; 0 for what `polities.csv` says.
    pub line: usize,
}

/// One city.
#[derive(Clone, Debug)]
pub struct City {
    /// Slug; where several cities share a name, all but the largest end in their country's code.
    pub id: String,
    /// The neutral name: of today, in English. Both forms, with ` / ` between, where parties differ.
    pub name: String,
    /// Where.
    pub at: LonLat,
    /// How many people, as the source has it: for choosing, not for telling. 0 where it does not say.
    pub population: u32,
    /// In which unit it lies, or beside which where the outlines leave it in the water; `None` where the partition has no land for it.
    pub unit: Option<UnitIx>,
    /// From 1 (shown in a picture of a continent) to 5 (shown in a picture of a district).
    pub rank: u8,
    /// Names by party and by time, in the order of the file.
    pub names: Vec<CityName>,
    /// Whose capital it is or was.
    pub seats: Vec<Seat>,
}

/// What a city is called on a day, in a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forms<'a> {
    /// The name to write first.
    pub first: &'a str,
    /// What parties call it instead, each once; empty in a party's own view.
    pub others: Vec<&'a str>,
}

/// Whose capital a city is on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Nobody's who holds it.
    #[default]
    None,
    /// Of a republic or land inside its holder.
    Part,
    /// Of its holder.
    Holder,
}

impl City {
    /// What it is called on a day in a view; `None` while there was no such town. A party's view has the party's own name; the others have the name
    /// that all used, or the neutral one, and what parties call it besides.
    pub fn name_at(&self, day: Day, view: &View) -> Option<Forms<'_>> {
        if self.names.is_empty() {
            return Some(Forms { first: &self.name, others: Vec::new() });
        }
        let own = match view {
            View::Party(party) => self.used_on(day, Some(party)),
            View::DeFacto | View::Un => None,
        };
        let first = match own.or_else(|| self.used_on(day, None)) {
            Some(name) => name.name.as_deref()?,
            None => &self.name,
        };
        let others = if matches!(view, View::Party(_)) { Vec::new() } else { self.others_on(day, first) };
        Some(Forms { first, others })
    }

    /// The name that a party, or everybody, used on a day: the likeliest where one year has two.
    fn used_on(&self, day: Day, party: Option<&PolityId>) -> Option<&CityName> {
        let own = self.names.iter().filter(|name| name.party.as_ref() == party);
        let used = own.map(|name| (name.span.presence(day), name)).filter(|(presence, _)| *presence > 0.0);
        used.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
    }

    fn others_on<'a>(&'a self, day: Day, first: &str) -> Vec<&'a str> {
        let mut others: Vec<&str> = Vec::new();
        let mut parties: Vec<&PolityId> = self.names.iter().filter_map(|name| name.party.as_ref()).collect();
        parties.dedup();
        for name in parties.into_iter().filter_map(|party| self.used_on(day, Some(party))?.name.as_deref()) {
            if !first.split(" / ").any(|form| form == name) && !others.contains(&name) {
                others.push(name);
            }
        }
        others
    }

    /// Whose capital it is on a day, given who holds its unit.
    pub fn rule_on(&self, day: Day, holding: &Holding) -> Rule {
        let seats = self.seats.iter().filter(|seat| seat.span.contains(day));
        let rules = seats.map(|seat| match Some(seat.polity) {
            polity if polity == holding.holder => Rule::Holder,
            polity if polity == holding.part => Rule::Part,
            _ => Rule::None,
        });
        rules.max().unwrap_or_default()
    }
}

/// All cities: those to be shown first come first.
#[derive(Clone, Debug, Default)]
pub struct Cities {
    list: Vec<City>,
    by_id: HashMap<String, CityIx>,
}

#[derive(Deserialize)]
struct CityRow {
    id: String,
    name: String,
    lon: f64,
    lat: f64,
    population: u32,
    unit: String,
    capital: String,
    rank: u8,
}

impl Cities {
    /// Reads `cities.csv`. A row that cannot be read is left out and reported.
    pub fn from_csv(text: &str, partition: &Partition, polities: &Polities) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut list = Vec::new();
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).comment(Some(b'#')).from_reader(text.as_bytes());
        let headers = reader.headers().cloned().unwrap_or_default();
        for record in reader.records() {
            let bad = |place: String, error: csv::Error| Problem::error(place, "bad-row", error.to_string());
            let read = record.map_err(|error| bad(csv_place(error.position()), error)).and_then(|record| {
                let place = csv_place(record.position());
                let row = record.deserialize::<CityRow>(Some(&headers)).map_err(|error| bad(place.clone(), error))?;
                City::from_row(row, &place, partition, polities)
            });
            match read {
                Ok(city) => list.push(city),
                Err(problem) => problems.push(problem),
            }
        }
        (Self::of(list, &mut problems), problems)
    }

    fn of(mut list: Vec<City>, problems: &mut Vec<Problem>) -> Self {
        list.sort_by(|a, b| (a.rank, a.seats.is_empty(), b.population, &a.id).cmp(&(b.rank, b.seats.is_empty(), a.population, &b.id)));
        let mut found = Self::default();
        for city in list {
            if found.by_id.contains_key(&city.id) {
                let what = format!("the city `{}` stands twice; the smaller one is left out.", city.id);
                problems.push(Problem::error(&*city.id, "duplicate-id", what));
                continue;
            }
            found.by_id.insert(city.id.clone(), CityIx(found.list.len() as u16));
            found.list.push(city);
        }
        found
    }

    /// Reads `city-names.table`: `city | name | party | from | until | source | note`. A row that cannot be read, or whose city there is not, is
    /// left out and reported.
    pub fn add_names(&mut self, text: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        for row in table::rows(text) {
            let read = self.row_city(&row, 0).and_then(|city| Ok((city, CityName::from_row(&row)?)));
            match read {
                Ok((city, name)) => self.list[usize::from(city.0)].names.push(name),
                Err(problem) => problems.push(problem),
            }
        }
        problems
    }

    /// Reads `capitals.table`: `polity | city | from | until | source | note`. What it says of a polity stands instead of what `polities.csv` says; the
    /// city `-` says that no city is marked.
    pub fn add_capitals(&mut self, text: &str, polities: &Polities) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut moved: Vec<(Option<CityIx>, Seat)> = Vec::new();
        for row in table::rows(text) {
            let city = if row.cell(1) == NO_TOWN { Ok(None) } else { self.row_city(&row, 1).map(Some) };
            match city.and_then(|city| Ok((city, Seat::from_row(&row, polities)?))) {
                Ok(found) => moved.push(found),
                Err(problem) => problems.push(problem),
            }
        }
        for city in &mut self.list {
            city.seats.retain(|seat| moved.iter().all(|(_, other)| other.polity != seat.polity));
        }
        for (city, seat) in moved {
            if let Some(city) = city {
                self.list[usize::from(city.0)].seats.push(seat);
            }
        }
        problems
    }

    fn row_city(&self, row: &table::TableRow, column: usize) -> Result<CityIx, Problem> {
        let id = row.cell(column);
        self.find(id).ok_or_else(|| {
            Problem::error(row.place(), "unknown-city", format!("there is no city `{id}`."))
                .hint("mend the id; the cities are those of cities.csv.")
        })
    }

    /// The position of the city with this id.
    pub fn find(&self, id: &str) -> Option<CityIx> {
        self.by_id.get(id).copied()
    }

    /// The city with this id.
    pub fn get(&self, id: &str) -> Option<&City> {
        self.find(id).map(|index| self.at(index))
    }

    /// The city at a position that this table gave out.
    pub fn at(&self, index: CityIx) -> &City {
        &self.list[usize::from(index.0)]
    }

    /// All cities with their positions: the lowest rank first, of one rank the largest.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (CityIx, &City)> {
        self.list.iter().enumerate().map(|(index, city)| (CityIx(index as u16), city))
    }
}

impl City {
    fn from_row(row: CityRow, place: &str, partition: &Partition, polities: &Polities) -> Result<Self, Problem> {
        let at = LonLat::checked(row.lon, row.lat).ok_or_else(|| {
            Problem::error(place, "bad-geometry", format!("{}: {}, {} is no place on the earth.", row.id, row.lon, row.lat))
        })?;
        if row.id.is_empty() || row.name.is_empty() {
            return Err(Problem::error(place, "bad-row", "a city has an id and a name."));
        }
        if !(1..=5).contains(&row.rank) {
            return Err(Problem::error(place, "bad-row", format!("{}: the rank {} is not 1 to 5.", row.id, row.rank)));
        }
        let unit = partition.unit(&row.unit);
        if unit.is_none() && !row.unit.is_empty() {
            let problem = Problem::error(place, "unknown-unit", format!("{}: there is no unit `{}`.", row.id, row.unit));
            return Err(problem.hint("run `make-partition cities` again."));
        }
        let unknown = |id: &&str| polities.find(id).is_none();
        let ids = || row.capital.split(';').map(str::trim).filter(|id| !id.is_empty());
        if let Some(id) = ids().find(unknown) {
            return Err(Problem::error(place, "unknown-polity", format!("{}: there is no polity `{id}`.", row.id)));
        }
        let seats = ids().filter_map(|id| polities.find(id));
        Ok(Self {
            seats: seats.map(|polity| Seat { polity, span: Span::ALWAYS, sources: Vec::new(), line: 0 }).collect(),
            unit,
            id: row.id,
            name: row.name,
            at,
            population: row.population,
            rank: row.rank,
            names: Vec::new(),
        })
    }
}

fn row_span(row: &table::TableRow, from: usize) -> Result<Span, Problem> {
    Span::parse(row.cell(from), row.cell(from + 1)).map_err(|error| Problem::error(row.place(), "bad-date", format!("{error}.")))
}

impl CityName {
    fn from_row(row: &table::TableRow) -> Result<Self, Problem> {
        let name = row.cell(1);
        if name.is_empty() {
            let problem = Problem::error(row.place(), "no-name", "the row has no name.");
            return Err(
                problem.hint("columns are `city | name | party | from | until | source | note`; the name `-` says that there was no town.")
            );
        }
        Ok(Self {
            name: (name != NO_TOWN).then(|| name.to_owned()),
            party: Some(row.cell(2)).filter(|party| !party.is_empty()).map(PolityId::from),
            span: row_span(row, 3)?,
            sources: Citation::parse_list(row.cell(5)),
            note: row.cell(6).to_owned(),
            line: row.line,
        })
    }
}

impl Seat {
    fn from_row(row: &table::TableRow, polities: &Polities) -> Result<Self, Problem> {
        let id = row.cell(0);
        let polity = polities.find(id).ok_or_else(|| {
            Problem::error(row.place(), "unknown-polity", format!("there is no polity `{id}`."))
                .hint("add it to polities.csv, or mend the id.")
        })?;
        Ok(Self { polity, span: row_span(row, 2)?, sources: Citation::parse_list(row.cell(4)), line: row.line })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &str = "\
bakhmut | Artemivsk |     | 1924    | 2016-02 | s |
bakhmut | Artyomovsk | rus | 2016-02 |         | s |
khankendi | Khankendi |  |         | 1923    | s |
khankendi | Stepanakert | | 1923   | 1991-11-25 | s |
khankendi | Khankendi | aze | 1991-11-26 |   | s |
khankendi | Stepanakert | arm | 1991-11-26 | | s |
astana | - | | | 1829 | s |
nowhere | X | | | | s |
astana | | | | | s |
astana | Y | | 1961-13 | | s |";

    fn city(id: &str, name: &str, rank: u8, population: u32) -> City {
        let (id, name) = (id.to_owned(), name.to_owned());
        City { id, name, at: LonLat::new(0.0, 0.0), population, unit: None, rank, names: Vec::new(), seats: Vec::new() }
    }

    fn cities() -> (Cities, Vec<Problem>) {
        let list = vec![
            city("bakhmut", "Bakhmut", 4, 80_000),
            city("khankendi", "Khankendi / Stepanakert", 4, 2_000),
            city("astana", "Astana", 1, 1_000_000),
            city("astana", "Twice", 5, 1),
        ];
        let mut problems = Vec::new();
        let mut cities = Cities::of(list, &mut problems);
        problems.extend(cities.add_names(NAMES));
        (cities, problems)
    }

    fn called(id: &str, day: &str, view: &str) -> Option<(String, Vec<String>)> {
        let (cities, _) = cities();
        let forms = cities.get(id).expect("a city").name_at(day.parse().expect("a day"), &View::from_id(view))?;
        Some((forms.first.to_owned(), forms.others.into_iter().map(str::to_owned).collect()))
    }

    fn only(name: &str) -> Option<(String, Vec<String>)> {
        Some((name.to_owned(), Vec::new()))
    }

    #[test]
    fn a_city_goes_by_the_name_of_the_day() {
        assert_eq!(called("bakhmut", "1923-12-31", "de-facto"), only("Bakhmut"));
        assert_eq!(called("bakhmut", "1942-11-19", "un"), only("Artemivsk"));
        assert_eq!(called("bakhmut", "1942-11-19", "rus"), only("Artemivsk"), "a party without a name of its own then");
        assert_eq!(called("astana", "1829-06-01", "de-facto"), None);
        assert_eq!(called("astana", "1830-01-01", "de-facto"), only("Astana"));
    }

    #[test]
    fn where_parties_differ_the_neutral_form_comes_first_and_each_view_has_its_own() {
        assert_eq!(called("bakhmut", "2023-05-20", "de-facto"), Some(("Bakhmut".to_owned(), vec!["Artyomovsk".to_owned()])));
        assert_eq!(called("bakhmut", "2023-05-20", "rus"), only("Artyomovsk"));
        assert_eq!(called("bakhmut", "2023-05-20", "ukr"), only("Bakhmut"));
        assert_eq!(called("khankendi", "2000-01-01", "un"), only("Khankendi / Stepanakert"), "both forms are in the first already");
        assert_eq!(called("khankendi", "2000-01-01", "arm"), only("Stepanakert"));
        assert_eq!(called("khankendi", "2000-01-01", "aze"), only("Khankendi"));
        assert_eq!(called("khankendi", "1988-02-20", "aze"), only("Stepanakert"));
    }

    #[test]
    fn in_a_year_with_two_names_the_likelier_one_stands() {
        assert_eq!(called("khankendi", "1923-02-01", "un"), only("Khankendi"));
        assert_eq!(called("khankendi", "1923-11-01", "un"), only("Stepanakert"));
    }

    #[test]
    fn bad_rows_are_left_out_with_their_line_and_the_rest_stands() {
        let (cities, problems) = cities();
        let told: Vec<(&str, &str)> = problems.iter().map(|problem| (problem.place.as_str(), problem.rule)).collect();
        assert_eq!(told, [("astana", "duplicate-id"), ("line 8", "unknown-city"), ("line 9", "no-name"), ("line 10", "bad-date")]);
        assert!(problems[1..3].iter().all(|problem| !problem.hint.is_empty()));
        assert_eq!(cities.iter().map(|(_, city)| city.id.as_str()).collect::<Vec<_>>(), ["astana", "bakhmut", "khankendi"]);
        assert_eq!(cities.at(cities.find("bakhmut").expect("a city")).names.len(), 2);
    }
}
