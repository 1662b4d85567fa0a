//! The table of holders as text: reading its rows. See `maps/README.md` for the format.

use super::{
    Citation, PolityId, Problem, View, table,
    table::TableRow,
    units::{NamedSets, UnitExpr},
};
use crate::time::Span;

/// As what somebody holds a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Sovereign title.
    Sovereign,
    /// A polity of its own under the one named: colony, protectorate, mandate, territory.
    Dependency(PolityId),
    /// Nobody's title is settled.
    Undetermined,
    /// A constituent republic or crown land inside the sovereign named.
    Part(PolityId),
    /// An autonomous republic or oblast inside the polity named.
    Autonomous(PolityId),
    /// Has control, in the neutral word.
    Administers,
    /// Has control, where the row's source says occupation.
    Occupies,
    /// Claims without having to control.
    Claims,
}

/// The five things that rows say of a unit; rows of one slot paint over one another, rows of different slots do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// Sovereign, dependency or undetermined.
    Title,
    /// Constituent republic inside the sovereign.
    Part,
    /// Autonomy.
    Autonomy,
    /// Administers or occupies.
    Control,
    /// Claims: these lie side by side.
    Claims,
}

impl Role {
    /// Reads the third column.
    ///
    /// # Errors
    /// The sentence for the person who wrote it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let of = |rest: &str| PolityId::from(rest);
        match text.split_once(' ') {
            None => match text {
                "sovereign" => Ok(Self::Sovereign),
                "undetermined" => Ok(Self::Undetermined),
                "administers" => Ok(Self::Administers),
                "occupies" => Ok(Self::Occupies),
                "claims" => Ok(Self::Claims),
                other => Err(format!("`{other}` is no role")),
            },
            Some(("dependency", rest)) if rest.starts_with("of ") => Ok(Self::Dependency(of(&rest[3..]))),
            Some(("part", rest)) if rest.starts_with("of ") => Ok(Self::Part(of(&rest[3..]))),
            Some(("autonomous", rest)) if rest.starts_with("in ") => Ok(Self::Autonomous(of(&rest[3..]))),
            Some(_) => Err(format!("`{text}` is no role")),
        }
    }

    /// The slot that a row of this role fills.
    pub fn slot(&self) -> Slot {
        match self {
            Self::Sovereign | Self::Dependency(_) | Self::Undetermined => Slot::Title,
            Self::Part(_) => Slot::Part,
            Self::Autonomous(_) => Slot::Autonomy,
            Self::Administers | Self::Occupies => Slot::Control,
            Self::Claims => Slot::Claims,
        }
    }

    /// The polity that the role itself names: whose dependency, part of what.
    pub fn under(&self) -> Option<&PolityId> {
        match self {
            Self::Dependency(polity) | Self::Part(polity) | Self::Autonomous(polity) => Some(polity),
            _ => None,
        }
    }

    /// The role in one neutral phrase.
    pub fn phrase(&self) -> &'static str {
        match self {
            Self::Sovereign => "sovereign",
            Self::Dependency(_) => "dependency of",
            Self::Undetermined => "undetermined",
            Self::Part(_) => "part of",
            Self::Autonomous(_) => "autonomous in",
            Self::Administers => "administers",
            Self::Occupies => "occupies",
            Self::Claims => "claims",
        }
    }
}

/// One row of the table.
#[derive(Clone, Debug)]
pub struct TenureRow {
    /// Which units.
    pub units: UnitExpr,
    /// Who; `None` only for an undetermined title.
    pub who: Option<PolityId>,
    /// As what.
    pub role: Role,
    /// Between which dates.
    pub span: Span,
    /// In whose view; `None` when all agree.
    pub view: Option<View>,
    /// Where it is written.
    pub sources: Vec<Citation>,
    /// Free text; may be empty.
    pub note: String,
    /// Whether units cannot follow the border within about 25 km.
    pub approximate: bool,
    /// The file it stands in.
    pub file: String,
    /// The line it stands on, from 1.
    pub line: usize,
}

/// What one tenure file holds.
#[derive(Clone, Debug, Default)]
pub struct TenureText {
    /// The rows that could be read, in order.
    pub rows: Vec<TenureRow>,
    /// The sets that it names.
    pub sets: NamedSets,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

impl TenureText {
    /// Reads one file. A row that cannot be read is left out and reported with its line.
    pub fn parse(file: &str, text: &str) -> Self {
        let mut found = Self::default();
        for row in table::rows(text) {
            let read = match row.cells[0].strip_prefix("set ") {
                Some(definition) => found.define(definition),
                None => parse_row(file, &row).map(|parsed| found.rows.push(parsed)),
            };
            if let Err(problem) = read {
                found.problems.push(Problem { place: row.place(), file: file.to_owned(), ..problem });
            }
        }
        found
    }

    fn define(&mut self, definition: &str) -> Result<(), Problem> {
        let (name, units) = definition.split_once('=').ok_or_else(|| {
            Problem::error("", "bad-set", format!("the set `{definition}` has no `=`.")).hint("write `set NAME = area:x + unit:y`.")
        })?;
        let units = UnitExpr::parse(units).map_err(|error| Problem::error("", "bad-units", format!("{error}.")))?;
        match self.sets.insert(name.trim().to_owned(), units) {
            None => Ok(()),
            Some(_) => {
                Err(Problem::error("", "duplicate-set", format!("the set `{}` is defined twice; the later one counts.", name.trim())))
            }
        }
    }
}

fn parse_row(file: &str, row: &TableRow) -> Result<TenureRow, Problem> {
    let error = |rule, what: String| Problem::error("", rule, what);
    if row.cells.len() > 8 {
        return Err(error("bad-row", format!("the row has {} columns.", row.cells.len()))
            .hint("there are eight: units | who | as | from | until | view | source | note; a note cannot hold `|`."));
    }
    let units = UnitExpr::parse(row.cell(0)).map_err(|problem| error("bad-units", format!("{problem}.")))?;
    let role = Role::parse(row.cell(2)).map_err(|what| {
        error("bad-role", format!("{what}."))
            .hint("roles: sovereign, dependency of X, part of X, autonomous in X, undetermined, administers, occupies, claims.")
    })?;
    let span = Span::parse(row.cell(3), row.cell(4)).map_err(|problem| error("bad-date", format!("{problem}.")))?;
    let who = match (row.cell(1), &role) {
        ("" | "-", Role::Undetermined) => None,
        ("" | "-", _) => return Err(error("no-holder", "nobody is named in the second column.".to_owned()).hint("write a polity id.")),
        (who, _) => Some(PolityId::from(who)),
    };
    let note = row.cell(7);
    Ok(TenureRow {
        units,
        who,
        role,
        span,
        view: Some(row.cell(5)).filter(|view| !view.is_empty()).map(View::from_id),
        sources: Citation::parse_list(row.cell(6)),
        approximate: note.starts_with('~'),
        note: note.trim_start_matches('~').trim_start().to_owned(),
        file: file.to_owned(),
        line: row.line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_whole() {
        let text = TenureText::parse(
            "x.tenure",
            "set s = country:ukr - area:crimea\nset:s | ukrainian-ssr | part of ussr | 1922-12-30 | 1991-08-24 | | a-1 (art. 2); b-2 | ~ rough\n",
        );
        assert_eq!(text.problems, []);
        let row = &text.rows[0];
        assert_eq!(row.role, Role::Part(PolityId::from("ussr")));
        assert!(row.approximate && row.note == "rough" && row.line == 2 && row.sources.len() == 2);
        assert!(text.sets.contains_key("s"));
    }

    #[test]
    fn each_bad_row_says_where_and_what() {
        let text = TenureText::parse(
            "x.tenure",
            "country:ukr | ukr | rules | 1991\ncountry:ukr | | sovereign | 1991\nukr | ukr | sovereign | 1991\ncountry:ukr | ukr | sovereign | 1991-13\n",
        );
        let rules: Vec<_> = text.problems.iter().map(|problem| (problem.place.as_str(), problem.rule)).collect();
        assert_eq!(rules, [("line 1", "bad-role"), ("line 2", "no-holder"), ("line 3", "bad-units"), ("line 4", "bad-date")]);
        assert!(text.rows.is_empty());
    }
}
