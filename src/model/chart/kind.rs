//! The kinds of charts, and what their numbers are.

use std::{fmt, str::FromStr};

use thiserror::Error;

/// What a chart counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChartKind {
    /// How much of a disputed area each party holds.
    Area,
    /// How many events there were, by family of kinds.
    Events,
    /// How many members alliances have.
    Alliances,
    /// What one polity belongs to.
    Memberships,
}

/// A kind of chart was named that there is not.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no chart is called `{0}`; there are area, events, alliances and memberships")]
pub struct UnknownChart(pub String);

impl ChartKind {
    /// Every kind, in the order in which a person is offered them.
    pub const ALL: [Self; 4] = [Self::Area, Self::Events, Self::Alliances, Self::Memberships];

    /// The fixed word that files and the command line use.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Events => "events",
            Self::Alliances => "alliances",
            Self::Memberships => "memberships",
        }
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Area => "Area",
            Self::Events => "Events",
            Self::Alliances => "Alliances",
            Self::Memberships => "Memberships",
        }
    }

    /// Where it stands in [`ChartKind::ALL`].
    pub const fn index(self) -> usize {
        match self {
            Self::Area => 0,
            Self::Events => 1,
            Self::Alliances => 2,
            Self::Memberships => 3,
        }
    }
}

impl FromStr for ChartKind {
    type Err = UnknownChart;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.id() == text).ok_or_else(|| UnknownChart(text.to_owned()))
    }
}

impl fmt::Display for ChartKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// What the numbers of a chart are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Square kilometres, measured along geodesics.
    SquareKilometres,
    /// Events that began in a stretch of so many years.
    Events {
        /// Years a bar; 1 or a round number above.
        years: u32,
    },
    /// Members that count: see [`crate::model::alliance::Member::counts_on`].
    Members,
    /// Memberships: each is there or not.
    Memberships,
}

impl Unit {
    /// For files: `km2`, `events`, `members`, `memberships`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::SquareKilometres => "km2",
            Self::Events { .. } => "events",
            Self::Members => "members",
            Self::Memberships => "memberships",
        }
    }

    /// For people, under the title: `Square kilometres`.
    pub fn label(self) -> String {
        match self {
            Self::SquareKilometres => "Square kilometres".to_owned(),
            Self::Events { years: 1 } => "Events that began in a year, by kind".to_owned(),
            Self::Events { years } => format!("Events that began in {years} years, by kind"),
            Self::Members => "Number of members (states)".to_owned(),
            Self::Memberships => "From joining to leaving; striped where less than a full member".to_owned(),
        }
    }

    /// A number with its unit, for people: `27,081 km²`, `1 event`, `32 members`.
    pub fn text(self, value: f64) -> String {
        let number = grouped(value);
        let of = |one: &str, many: &str| format!("{number} {}", if number == "1" { one } else { many });
        match self {
            Self::SquareKilometres => format!("{number} km²"),
            Self::Events { .. } => of("event", "events"),
            Self::Members => of("member", "members"),
            Self::Memberships => of("membership", "memberships"),
        }
    }
}

/// A number rounded to a whole one, with a comma before every three digits: `27,081`.
pub fn grouped(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0.0 && digits != "0" {
        text.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_divided() {
        let texts = [0.0, 7.4, 999.6, 27_081.2, 1_234_567.0, -4_300.0, -0.2].map(grouped);
        assert_eq!(texts, ["0", "7", "1,000", "27,081", "1,234,567", "-4,300", "0"]);
        assert_eq!((Unit::Members.text(1.0), Unit::Members.text(32.0)), ("1 member".to_owned(), "32 members".to_owned()));
    }

    #[test]
    fn kinds_read_back() {
        for kind in ChartKind::ALL {
            assert_eq!(kind.id().parse(), Ok(kind));
            assert_eq!(ChartKind::ALL[kind.index()], kind);
        }
        assert!("Area".parse::<ChartKind>().is_err());
    }
}
