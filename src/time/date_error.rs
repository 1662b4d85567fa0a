//! What can be wrong with the text of a date, in words that say what would be right.

use thiserror::Error;

use super::day::FURTHEST_YEAR;
use super::names;

/// As much of the text as an error quotes, in characters.
const QUOTED_CHARS: usize = 40;

/// A text that is no date: which text, what is wrong with it, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{text}: {fault}")]
pub struct DateError {
    /// The text as given, cut after 40 characters; empty if it was empty.
    pub text: String,
    /// What is wrong with it.
    pub fault: DateFault,
}

impl DateError {
    pub(super) fn new(text: &str, fault: DateFault) -> DateError {
        let mut quoted: String = text.chars().take(QUOTED_CHARS).collect();
        if quoted.len() < text.len() {
            quoted.push('…');
        }
        DateError { text: quoted, fault }
    }
}

/// What is wrong with the text of a date. Each message goes on to say what would be right.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DateFault {
    /// No text, or only blanks.
    #[error("the date is empty; write for example 1914, 1914-06 or 1914-06-28")]
    Empty,
    /// None of the forms that are read.
    #[error("not a date that can be read; write for example 1914, 1914-06-28, 28 June 1914, 44 BCE, 191X, 1914~ or 1914/1918")]
    Unreadable,
    /// A month that no year has.
    #[error("there is no month {0}; months are 01 to 12")]
    NoMonth(u64),
    /// One of the seasons 25 to 41 of EDTF level 2.
    #[error("there is no season {0}; seasons are 21 (spring), 22 (summer), 23 (autumn) and 24 (winter)")]
    NoSeason(u64),
    /// A day that the month lacks.
    #[error("there is no day {day} in {} {}; its days are 01 to {last}", names::month(*.month), names::year_label(*.year))]
    NoDay {
        /// The astronomical year.
        year: i64,
        /// The month, 1 to 12.
        month: u8,
        /// The day that was asked for.
        day: u64,
        /// The last day that the month has.
        last: u8,
    },
    /// A season with a day.
    #[error("a season has no days; write 1914-21 for the spring of 1914")]
    SeasonWithDay,
    /// Year 0 in an era that has none.
    #[error("there is no year 0 in BCE or CE; the year before 1 CE is 1 BCE, and in ISO form 0000")]
    NoYearZero,
    /// A year of one or two digits without an era, or a negative one of fewer than four.
    #[error("the year is too short to be sure of; write four digits (0044, and -0043 for 44 BCE) or the era (44 CE, 44 BCE)")]
    ShortYear,
    /// A year of more than four digits without its `Y`.
    #[error("a year of more than four digits begins with Y: Y12345, Y-12345")]
    LongYear,
    /// A year beyond what can be counted.
    #[error("the year is too far away; years go {FURTHEST_YEAR} years back and forward")]
    FarYear,
    /// `Y17E7` and the like, from EDTF level 2.
    #[error("exponents are not read; write the year in full: Y170000000")]
    Exponent,
    /// `X` where level 1 of EDTF has none.
    #[error("X can stand for the last one or two digits of a year, for a month or for a day: 191X, 19XX, 1914-XX, 1914-06-XX")]
    Unspecified,
    /// `28/06/1914`: day or month first?
    #[error("with slashes nobody can tell day from month; write 1914-06-28, 28.06.1914 or 28 June 1914")]
    DayOrMonth,
    /// `1900s`: ten years or a hundred?
    #[error("this may mean ten years or a hundred; write the first and the last year: 1900/1909 or 1900/1999")]
    DecadeOrCentury,
    /// An interval whose end lies before its start.
    #[error("the interval ends before it starts; put the earlier date first")]
    Backwards,
    /// `/`, `../..` and the like.
    #[error("the interval has neither a start nor an end; write 1914/1918, 1914/.. or ../1918")]
    NoEnds,
    /// More than one interval in one another.
    #[error("an interval has one start and one end: 1914/1918")]
    TooManyEnds,
}
