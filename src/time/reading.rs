//! What the text of a date says, before anything is counted: the shape that bounds, labels and EDTF are made from.

use super::date_error::DateFault;
use super::day::{Day, days_in_month};
use super::split::{bound_from_text, ends_from_text};
use super::{iso, names};

/// A longer text is no date; it is refused before anything is done with it.
const LONGEST_TEXT_BYTES: usize = 200;

/// One date without qualifiers. Years are astronomical.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    Day(Day),
    /// `month` is 1 to 12.
    Month {
        year: i64,
        month: u8,
    },
    /// `season` is 21 to 24.
    Season {
        year: i64,
        season: u8,
    },
    Year(i64),
    /// A decade, a century.
    Years {
        first: i64,
        last: i64,
    },
}

/// One date with its qualifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub value: Value,
    pub approximate: bool,
    pub uncertain: bool,
}

/// Everything that a text can say about a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// In it.
    At(Part),
    /// From the first day of one to the last day of the other.
    Between(Part, Part),
    /// Up to its last day.
    By(Part),
    /// From its first day on.
    From(Part),
    /// Earlier than its first day.
    Before(Part),
    /// Later than its last day.
    After(Part),
}

impl Value {
    pub fn first_day(self) -> Day {
        match self {
            Value::Day(day) => day,
            Value::Month { year, month } => Day::clamped(year, month, 1),
            Value::Season { year, season } => Day::clamped(year, first_month_of_season(season), 1),
            Value::Year(year) => Day::clamped(year, 1, 1),
            Value::Years { first, .. } => Day::clamped(first, 1, 1),
        }
    }

    pub fn last_day(self) -> Day {
        match self {
            Value::Day(day) => day,
            Value::Month { year, month } => Day::clamped(year, month, days_in_month(year, month)),
            Value::Season { .. } => self.first_day().plus_months(3).plus_days(-1),
            Value::Year(year) => Day::clamped(year, 12, 31),
            Value::Years { last, .. } => Day::clamped(last, 12, 31),
        }
    }

    fn label(self) -> String {
        match self {
            Value::Day(day) => day.label(),
            Value::Month { year, month } => format!("{} {}", names::month(month), names::year_label(year)),
            Value::Season { year, season } => format!("{} {}", names::season(season), names::year_label(year)),
            Value::Year(year) => names::year_label(year),
            Value::Years { first, last } => names::stretch_name(first, last).unwrap_or_else(|| names::years_label(first, last)),
        }
    }

    fn edtf(self) -> String {
        match self {
            Value::Day(day) => day.to_string(),
            Value::Month { year, month } => format!("{}-{month:02}", iso::year_text(year)),
            Value::Season { year, season } => format!("{}-{season}", iso::year_text(year)),
            Value::Year(year) => iso::year_text(year),
            Value::Years { first, last } => iso::stretch_text(first, last),
        }
    }
}

/// Meteorological seasons of the northern hemisphere: EDTF leaves the months open, and a date needs bounds.
fn first_month_of_season(season: u8) -> u8 {
    season.saturating_sub(names::SPRING) * 3 + 3
}

impl Part {
    fn label(self) -> String {
        let about = if self.approximate { "c. " } else { "" };
        let doubt = if self.uncertain { " (uncertain)" } else { "" };
        format!("{about}{}{doubt}", self.value.label())
    }

    fn edtf(self) -> String {
        let qualifier = match (self.approximate, self.uncertain) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => "",
        };
        // A stretch written as an interval carries its qualifier at both ends.
        format!("{}{qualifier}", self.value.edtf().replace('/', &format!("{qualifier}/")))
    }
}

impl Part {
    /// As a bound: a stretch that has no name but its first and last year is told by the one that bounds.
    fn bound_label(self, year_of: impl Fn(i64, i64) -> i64) -> String {
        let value = match self.value {
            Value::Years { first, last } if names::stretch_name(first, last).is_none() => Value::Year(year_of(first, last)),
            value => value,
        };
        Part { value, ..self }.label()
    }

    /// As one end of an interval whose bound on that side is `bound`: the value as given if it has that bound itself.
    fn end_edtf(self, bound: Day) -> String {
        let value = match self.value {
            Value::Year(_) | Value::Years { .. } => Value::Year(bound.year()),
            value if (value.first_day()..=value.last_day()).contains(&bound) => value,
            _ => Value::Day(bound),
        };
        Part { value, ..self }.edtf()
    }
}

impl Reading {
    /// Reads EDTF levels 0 and 1 and the plain forms; never panics.
    pub fn from_text(text: &str) -> Result<Reading, DateFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(DateFault::Empty);
        }
        if text.len() > LONGEST_TEXT_BYTES {
            return Err(DateFault::Unreadable);
        }
        // All words and letters of all forms mean the same in either case.
        let text = text.to_ascii_lowercase();
        if let Some(reading) = bound_from_text(&text) {
            return reading;
        }
        match ends_from_text(&text)? {
            Some((start, end)) => Reading::from_ends(&start, &end),
            None => Ok(Reading::At(Part::from_text(&text)?)),
        }
    }

    /// An end that is empty or `..` is open.
    fn from_ends(start: &str, end: &str) -> Result<Reading, DateFault> {
        let part = |text: &str| match text {
            "" | ".." => Ok(None),
            text => Part::from_text(text).map(Some),
        };
        match (part(start)?, part(end)?) {
            (Some(start), Some(end)) if end.value.last_day() < start.value.first_day() => Err(DateFault::Backwards),
            (Some(start), Some(end)) => Ok(Reading::Between(start, end)),
            (Some(start), None) => Ok(Reading::From(start)),
            (None, Some(end)) => Ok(Reading::By(end)),
            (None, None) => Err(DateFault::NoEnds),
        }
    }

    /// The earliest day it can mean.
    pub fn first_day(&self) -> Day {
        match self {
            Reading::At(part) | Reading::From(part) | Reading::Between(part, _) => part.value.first_day(),
            Reading::By(_) | Reading::Before(_) => Day::MIN,
            Reading::After(part) => part.value.last_day().plus_days(1),
        }
    }

    /// The latest day it can mean.
    pub fn last_day(&self) -> Day {
        match self {
            Reading::At(part) | Reading::By(part) | Reading::Between(_, part) => part.value.last_day(),
            Reading::From(_) | Reading::After(_) => Day::MAX,
            Reading::Before(part) => part.value.first_day().plus_days(-1),
        }
    }

    /// Whether any part of it has the flag that `is_set` reads.
    pub fn any(&self, is_set: impl Fn(&Part) -> bool) -> bool {
        match self {
            Reading::Between(start, end) => is_set(start) || is_set(end),
            Reading::At(part) | Reading::By(part) | Reading::From(part) | Reading::Before(part) | Reading::After(part) => is_set(part),
        }
    }

    /// For people.
    pub fn label(&self) -> String {
        let (from, until) = (|first, _| first, |_, last| last);
        match self {
            Reading::At(part) => part.label(),
            Reading::Between(start, end) => names::joined(&start.bound_label(from), &end.bound_label(until)),
            Reading::By(part) => format!("by {}", part.bound_label(until)),
            Reading::From(part) => format!("{} or later", part.bound_label(from)),
            Reading::Before(part) => format!("before {}", part.bound_label(from)),
            Reading::After(part) => format!("after {}", part.bound_label(until)),
        }
    }

    /// In EDTF level 0 or 1.
    pub fn edtf(&self) -> String {
        match self {
            Reading::At(part) => part.edtf(),
            Reading::Between(start, end) => format!("{}/{}", start.end_edtf(self.first_day()), end.end_edtf(self.last_day())),
            Reading::By(part) | Reading::Before(part) => format!("../{}", part.end_edtf(self.last_day())),
            Reading::From(part) | Reading::After(part) => format!("{}/..", part.end_edtf(self.first_day())),
        }
    }
}
