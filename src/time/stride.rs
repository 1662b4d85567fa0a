//! How far it is from one picture of a row to the next: `7d`, `1w`, `1m`, `1y`.

use std::{fmt, str::FromStr};

use thiserror::Error;

use super::Day;

/// The longest stride that can be asked for, in its own unit.
const MOST: u32 = 10_000;

/// A whole number of days, weeks, calendar months or calendar years; never zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stride {
    count: u32,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    const fn letter(self) -> char {
        match self {
            Self::Day => 'd',
            Self::Week => 'w',
            Self::Month => 'm',
            Self::Year => 'y',
        }
    }
}

/// A text is no stride.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{0}` is no step; write a number and d, w, m or y, as in 7d, 1w, 1m or 10y")]
pub struct UnknownStride(pub String);

impl Stride {
    /// The strides that are offered where one was too short, the shortest first.
    pub const OFFERED: [Self; 8] = [
        Self { count: 1, unit: Unit::Week },
        Self { count: 1, unit: Unit::Month },
        Self { count: 3, unit: Unit::Month },
        Self { count: 1, unit: Unit::Year },
        Self { count: 5, unit: Unit::Year },
        Self { count: 10, unit: Unit::Year },
        Self { count: 50, unit: Unit::Year },
        Self { count: 100, unit: Unit::Year },
    ];

    /// The days from the first to the last, both of them among these: the last comes sooner than a whole stride after the one before where the strides do
    /// not meet it. Each is reckoned from the first, so that months of 31 days do not wear down. Empty where the last lies before the first.
    pub fn days(self, first: Day, last: Day) -> impl Iterator<Item = Day> {
        let whole = (0..).map(move |step| self.after(first, step)).take_while(move |day| *day < last);
        whole.chain((first <= last).then_some(last))
    }

    /// About how many days it is long: months as 30, years as 365.
    pub fn about_days(self) -> i64 {
        let days = match self.unit {
            Unit::Day => 1,
            Unit::Week => 7,
            Unit::Month => 30,
            Unit::Year => 365,
        };
        i64::from(self.count) * days
    }

    fn after(self, first: Day, steps: i64) -> Day {
        let count = i64::from(self.count).saturating_mul(steps);
        match self.unit {
            Unit::Day => first.plus_days(count),
            Unit::Week => first.plus_days(count.saturating_mul(7)),
            Unit::Month => first.plus_months(count),
            Unit::Year => first.plus_years(count),
        }
    }
}

impl FromStr for Stride {
    type Err = UnknownStride;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownStride(text.to_owned());
        let unit = Unit::ALL.into_iter().find(|unit| text.ends_with(unit.letter())).ok_or_else(unknown)?;
        let digits = &text[..text.len() - 1];
        let count = digits.parse().ok().filter(|count| (1..=MOST).contains(count)).ok_or_else(unknown)?;
        if digits.starts_with('+') { Err(unknown()) } else { Ok(Self { count, unit }) }
    }
}

impl fmt::Display for Stride {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.count, self.unit.letter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(stride: &str, first: (i64, u8, u8), last: (i64, u8, u8)) -> Vec<String> {
        let day = |(year, month, day)| Day::from_ymd(year, month, day).unwrap();
        stride.parse::<Stride>().unwrap().days(day(first), day(last)).map(|day| day.to_string()).collect()
    }

    #[test]
    fn both_ends_are_shown_and_months_keep_their_day() {
        assert_eq!(days("1m", (2020, 1, 31), (2020, 4, 30)), ["2020-01-31", "2020-02-29", "2020-03-31", "2020-04-30"]);
        assert_eq!(days("1w", (2020, 1, 1), (2020, 1, 10)), ["2020-01-01", "2020-01-08", "2020-01-10"]);
        assert_eq!(days("7d", (2020, 1, 1), (2020, 1, 8)), ["2020-01-01", "2020-01-08"]);
        assert_eq!(days("10y", (-44, 3, 15), (-20, 1, 1)), ["-0044-03-15", "-0034-03-15", "-0024-03-15", "-0020-01-01"]);
        assert_eq!(days("1d", (2020, 1, 1), (2020, 1, 1)), ["2020-01-01"]);
        assert!(days("1d", (2020, 1, 2), (2020, 1, 1)).is_empty());
    }

    #[test]
    fn strides_are_read_or_refused() {
        for text in ["1d", "7d", "1w", "3m", "10y"] {
            assert_eq!(text.parse::<Stride>().unwrap().to_string(), text);
        }
        for bad in ["", "d", "0d", "-1d", "+1d", "1.5m", "1 m", "1h", "99999y", "5", "m1", "1é"] {
            assert_eq!(bad.parse::<Stride>(), Err(UnknownStride(bad.to_owned())), "{bad}");
        }
    }
}
