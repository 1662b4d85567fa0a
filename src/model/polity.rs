//! Polities: every state, dependency, union, constituent republic and breakaway that the tenure names.

use std::collections::HashMap;

use serde::Deserialize;

use super::{Citation, PolityId, Problem};
use crate::time::{Date, Day, Span};

/// Position of a polity in [`Polities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolityIx(pub u16);

/// What sort of body a polity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PolityKind {
    /// A sovereign state.
    State,
    /// A colony, protectorate, mandate or other territory under a state.
    Dependency,
    /// A union of republics or states that was sovereign as a whole.
    Union,
    /// A republic or land inside a union.
    Constituent,
    /// An autonomous republic or region.
    Autonomy,
    /// A body in control of land that most states count as another's.
    Breakaway,
    /// An empire.
    Empire,
    /// Land under no state (Antarctica), or a zone of its own kind.
    Area,
}

/// A name that holds for one party, or for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameScope {
    /// The name that this party uses.
    Party(PolityId),
    /// The name in use from the first day to the last (inclusive).
    Dates(Day, Day),
}

/// One polity.
#[derive(Clone, Debug)]
pub struct Polity {
    /// ISO 3166-1 alpha-3 in lower case, or a slug.
    pub id: PolityId,
    /// The usual short English name.
    pub name: String,
    /// The full name; equals `name` where the table gives none.
    pub long_name: String,
    /// What sort of body it is.
    pub kind: PolityKind,
    /// ISO 3166-1 alpha-3 in upper case; empty where there is none.
    pub iso3: String,
    /// Correlates of War state number; `None` where there is none.
    pub cow: Option<u16>,
    /// Gleditsch-Ward state number; `None` where there is none.
    pub gw: Option<u16>,
    /// Natural Earth `adm0_a3`; empty where there is none.
    pub natural_earth: String,
    /// The polity's life.
    pub span: Span,
    /// The seat of government today or at the end; may be empty.
    pub capital: String,
    /// Names by party and by time.
    pub names: Vec<(NameScope, String)>,
    /// Where the facts come from.
    pub sources: Vec<Citation>,
}

impl Polity {
    /// The name in use on `day`: a dated name where the table has one, else the usual one.
    pub fn name_on(&self, day: Day) -> &str {
        let dated = self.names.iter().find(|(scope, _)| matches!(scope, NameScope::Dates(from, until) if (*from..=*until).contains(&day)));
        dated.map_or(&self.name, |(_, name)| name)
    }
}

/// All polities, by position and by id.
#[derive(Clone, Debug, Default)]
pub struct Polities {
    list: Vec<Polity>,
    by_id: HashMap<PolityId, PolityIx>,
}

#[derive(Deserialize)]
struct PolityRow {
    id: String,
    name: String,
    long_name: String,
    kind: PolityKind,
    iso3: String,
    cow: String,
    gw: String,
    ne: String,
    start: String,
    end: String,
    capital: String,
    names: String,
    sources: String,
}

impl Polities {
    /// Reads `polities.csv`. A row that cannot be read is left out and reported.
    pub fn from_csv(text: &str) -> (Self, Vec<Problem>) {
        let mut found = Self::default();
        let mut problems = Vec::new();
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).comment(Some(b'#')).from_reader(text.as_bytes());
        let headers = reader.headers().cloned().unwrap_or_default();
        for record in reader.records() {
            let read =
                record.map_err(|error| Problem::error(csv_place(error.position()), "bad-row", error.to_string())).and_then(|record| {
                    let place = csv_place(record.position());
                    let row = record
                        .deserialize::<PolityRow>(Some(&headers))
                        .map_err(|error| Problem::error(&*place, "bad-row", error.to_string()))?;
                    Polity::from_row(row, &place)
                });
            match read {
                Ok(polity) => found.add(polity, &mut problems),
                Err(problem) => problems.push(problem),
            }
        }
        (found, problems)
    }

    fn add(&mut self, polity: Polity, problems: &mut Vec<Problem>) {
        if self.by_id.contains_key(&polity.id) {
            let what = format!("the polity `{}` stands twice; the second row is left out.", polity.id);
            problems.push(Problem::error(polity.id.as_str(), "duplicate-id", what));
            return;
        }
        let index = PolityIx(self.list.len() as u16);
        self.by_id.insert(polity.id.clone(), index);
        self.list.push(polity);
    }

    /// The position of the polity with this id.
    pub fn find(&self, id: &str) -> Option<PolityIx> {
        self.by_id.get(id).copied()
    }

    /// The polity with this id.
    pub fn get(&self, id: &str) -> Option<&Polity> {
        self.find(id).map(|index| self.at(index))
    }

    /// The polity at a position that this table gave out.
    pub fn at(&self, index: PolityIx) -> &Polity {
        &self.list[usize::from(index.0)]
    }

    /// The name of the polity with this id, or the id itself where the table lacks it.
    pub fn name<'a>(&'a self, id: &'a PolityId) -> &'a str {
        self.get(id.as_str()).map_or(id.as_str(), |polity| &polity.name)
    }

    /// The one polity that people mean by a word that is no id: the id in capitals, else its name, its full name or its ISO 3166-1 alpha-3 code,
    /// in either case. `None` where there is none, or more than one.
    pub fn meant_by(&self, word: &str) -> Option<&PolityId> {
        let word = word.trim().to_lowercase();
        if let Some(polity) = self.get(&word) {
            return Some(&polity.id);
        }
        let is_it = |text: &String| !word.is_empty() && text.to_lowercase() == word;
        let is_named = |polity: &&Polity| [&polity.name, &polity.long_name, &polity.iso3].into_iter().any(is_it);
        let mut meant = self.list.iter().filter(is_named);
        let first = meant.next()?;
        meant.next().is_none().then_some(&first.id)
    }

    /// All polities with their positions, in the order of the table.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (PolityIx, &Polity)> {
        self.list.iter().enumerate().map(|(index, polity)| (PolityIx(index as u16), polity))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// Where a record of a CSV file stands, for a [`Problem`].
pub(super) fn csv_place(position: Option<&csv::Position>) -> String {
    position.map_or_else(String::new, |position| format!("line {}", position.line()))
}

impl Polity {
    fn from_row(row: PolityRow, place: &str) -> Result<Self, Problem> {
        let number = |text: &str, column: &str| match text {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| Problem::error(place, "bad-code", format!("{column} `{text}` is not a number."))),
        };
        let span = Span::parse(&row.start, &row.end).map_err(|error| Problem::error(place, "bad-date", format!("{}: {error}.", row.id)))?;
        Ok(Self {
            long_name: if row.long_name.is_empty() { row.name.clone() } else { row.long_name },
            cow: number(&row.cow, "cow")?,
            gw: number(&row.gw, "gw")?,
            names: scoped_names(&row.names, place)?,
            sources: Citation::parse_list(&row.sources),
            id: PolityId::from(row.id.as_str()),
            name: row.name,
            kind: row.kind,
            iso3: row.iso3,
            natural_earth: row.ne,
            capital: row.capital,
            span,
        })
    }
}

/// Reads `party=Name;1922/1936=Name`.
fn scoped_names(text: &str, place: &str) -> Result<Vec<(NameScope, String)>, Problem> {
    let bad = |what: String| Problem::error(place, "bad-name", what).hint("write `party=Name` or `1922/1936=Name`, divided by `;`.");
    text.split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (scope, name) = part.split_once('=').ok_or_else(|| bad(format!("`{part}` has no `=`.")))?;
            let scope = scope.trim();
            let scope = if scope.starts_with(|letter: char| letter.is_ascii_digit() || letter == '.' || letter == '-') {
                let dates = Date::parse(scope).map_err(|error| bad(error.to_string()))?;
                NameScope::Dates(dates.earliest, dates.latest)
            } else {
                NameScope::Party(PolityId::from(scope))
            };
            Ok((scope, name.trim().to_owned()))
        })
        .collect()
}
