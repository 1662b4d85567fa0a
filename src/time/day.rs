//! One day, as a number.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::date_error::DateError;
use super::{iso, names};

/// The furthest year from year 0 that a [`Day`] reaches, either way. Day numbers stay exact in an `f64` up to here.
pub(super) const FURTHEST_YEAR: i64 = 999_999_999_999;

/// One day: the number of days since 1970-01-01 in the proleptic Gregorian calendar, with astronomical years (year 0 is 1 BCE).
///
/// It reaches from [`Day::MIN`] to [`Day::MAX`], a trillion years either way; arithmetic stops at these two instead of overflowing.
/// Shown as ISO 8601 by [`fmt::Display`] and in files, for people by [`Day::label`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Day(i64);

impl Day {
    /// 1 January of the year -999,999,999,999: stands for "since before anything".
    pub const MIN: Day = Day(days_from_civil(-FURTHEST_YEAR, 1, 1));
    /// 31 December of the year 999,999,999,999: stands for "without end".
    pub const MAX: Day = Day(days_from_civil(FURTHEST_YEAR, 12, 31));

    /// The day so many days after 1970-01-01; numbers outside the range become [`Day::MIN`] or [`Day::MAX`].
    pub fn new(days_since_1970: i64) -> Day {
        Day(days_since_1970.clamp(Day::MIN.0, Day::MAX.0))
    }

    /// Days since 1970-01-01; negative before it.
    pub fn get(self) -> i64 {
        self.0
    }

    /// The day of a civil date: astronomical `year`, `month` 1 to 12, `day` 1 to 31. `None` where the calendar has no such day or the year
    /// lies beyond [`Day::MIN`] or [`Day::MAX`].
    pub fn from_ymd(year: i64, month: u8, day: u8) -> Option<Day> {
        let is_real = (-FURTHEST_YEAR..=FURTHEST_YEAR).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        is_real.then(|| Day(days_from_civil(year, month, day)))
    }

    /// The civil date: astronomical year, month 1 to 12, day of the month 1 to 31.
    pub fn ymd(self) -> (i64, u8, u8) {
        civil_from_days(self.0)
    }

    /// The astronomical year; 0 is 1 BCE.
    pub fn year(self) -> i64 {
        self.ymd().0
    }

    /// So many days later; earlier if negative. Stops at [`Day::MIN`] and [`Day::MAX`].
    pub fn plus_days(self, days: i64) -> Day {
        Day::new(self.0.saturating_add(days))
    }

    /// So many calendar months later; earlier if negative. The day of the month is kept if the month has it, else it becomes the month's
    /// last: 31 January plus one month is 28 or 29 February.
    pub fn plus_months(self, months: i64) -> Day {
        let (year, month, day) = self.ymd();
        // No overflow in the first sum: years stay under 10^12.
        let months_since_year_0 = (year * 12 + i64::from(month) - 1).saturating_add(months);
        // 0 to 11 always fits.
        let month = months_since_year_0.rem_euclid(12) as u8 + 1;
        Day::clamped(months_since_year_0.div_euclid(12), month, day)
    }

    /// So many calendar years later; earlier if negative. 29 February becomes 28 February in a common year.
    pub fn plus_years(self, years: i64) -> Day {
        let (year, month, day) = self.ymd();
        Day::clamped(year.saturating_add(years), month, day)
    }

    /// For people: `15 June 2020`, `15 March 44 BCE`.
    pub fn label(self) -> String {
        let (year, month, day) = self.ymd();
        format!("{day} {} {}", names::month(month), names::year_label(year))
    }

    /// The nearest real day: `month` and `day` too high or too low become the last or the first there is, and so does the year.
    pub(super) fn clamped(year: i64, month: u8, day: u8) -> Day {
        if year > FURTHEST_YEAR {
            return Day::MAX;
        }
        if year < -FURTHEST_YEAR {
            return Day::MIN;
        }
        let month = month.clamp(1, 12);
        Day(days_from_civil(year, month, day.clamp(1, days_in_month(year, month))))
    }
}

/// ISO 8601: `2020-06-15`, `-0043-03-15`. Years beyond four digits take the `Y` of EDTF, here before a whole date too: `Y-12345-06-15`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{}-{month:02}-{day:02}", iso::year_text(year))
    }
}

/// Reads what [`fmt::Display`] writes, and nothing less than a whole day.
impl FromStr for Day {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Day, DateError> {
        iso::day_from_text(text).map_err(|fault| DateError::new(text, fault))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// How many days the month (1 to 12) has; 31 for a number that is no month.
pub(super) const fn days_in_month(year: i64, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days in the 400 years after which the Gregorian calendar repeats.
const DAYS_IN_ERA: i64 = 146_097;
/// From 0000-03-01, where Hinnant's eras begin, to 1970-01-01.
const DAYS_TO_1970: i64 = 719_468;

/// Howard Hinnant, "chrono-compatible low-level date algorithms" (2013), `days_from_civil`: years begin in March, so that the leap day is
/// the last of its year and months follow one linear rule.
const fn days_from_civil(year: i64, month: u8, day: u8) -> i64 {
    let year_from_march = if month <= 2 { year - 1 } else { year };
    let era = year_from_march.div_euclid(400);
    let year_of_era = year_from_march.rem_euclid(400);
    let month_from_march = (month as i64 + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day as i64 - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * DAYS_IN_ERA + day_of_era - DAYS_TO_1970
}

/// The inverse, `civil_from_days`, from the same paper.
const fn civil_from_days(days: i64) -> (i64, u8, u8) {
    let days = days + DAYS_TO_1970;
    let era = days.div_euclid(DAYS_IN_ERA);
    let day_of_era = days.rem_euclid(DAYS_IN_ERA);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    // Both fit a u8: a day of the month is 1 to 31, a month 1 to 12.
    let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u8;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 } as u8;
    let year = era * 400 + year_of_era;
    (if month <= 2 { year + 1 } else { year }, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i64, month: u8, day: u8) -> Day {
        Day::from_ymd(year, month, day).expect("a real day")
    }

    #[test]
    fn counts_from_1970() {
        assert_eq!(day(1970, 1, 1).get(), 0);
        assert_eq!(day(2000, 3, 1).get(), 11_017);
        assert_eq!(day(0, 3, 1).get(), -719_468);
        assert_eq!(day(-4713, 11, 24).get(), -2_440_588); // day 0 of the Julian day count
    }

    /// 400 years and a little, day by day, beside a calendar that only counts.
    #[test]
    fn every_day_of_an_era_follows_the_one_before() {
        let (mut year, mut month, mut number) = (-1, 12, 31);
        for at in day(-1, 12, 31).get()..=day(400, 3, 2).get() {
            assert_eq!(Day::new(at).ymd(), (year, month, number));
            assert_eq!(Day::from_ymd(year, month, number), Some(Day::new(at)));
            (number, month, year) = match (number == days_in_month(year, month), month) {
                (false, _) => (number + 1, month, year),
                (true, 12) => (1, 1, year + 1),
                (true, _) => (1, month + 1, year),
            };
        }
    }

    #[test]
    fn knows_what_the_calendar_lacks() {
        assert_eq!(Day::from_ymd(1900, 2, 29), None);
        assert_eq!(Day::from_ymd(1914, 13, 1), None);
        assert_eq!(Day::from_ymd(1914, 0, 1), None);
        assert_eq!(Day::from_ymd(1914, 6, 0), None);
        assert_eq!(Day::from_ymd(i64::MAX, 1, 1), None);
        assert!(Day::from_ymd(2000, 2, 29).is_some());
    }

    #[test]
    fn adding_stops_at_the_ends() {
        assert_eq!(Day::MAX.plus_days(1), Day::MAX);
        assert_eq!(Day::MIN.plus_days(i64::MIN), Day::MIN);
        assert_eq!(Day::MAX.plus_months(i64::MAX), Day::MAX);
        assert_eq!(Day::MIN.plus_years(i64::MIN), Day::MIN);
        assert_eq!(Day::new(i64::MAX), Day::MAX);
        assert_eq!(Day::MIN.ymd(), (-FURTHEST_YEAR, 1, 1));
        assert_eq!(Day::MAX.ymd(), (FURTHEST_YEAR, 12, 31));
    }

    #[test]
    fn months_and_years_keep_the_day_if_they_can() {
        assert_eq!(day(2023, 1, 31).plus_months(1), day(2023, 2, 28));
        assert_eq!(day(2024, 1, 31).plus_months(1), day(2024, 2, 29));
        assert_eq!(day(2024, 2, 29).plus_years(1), day(2025, 2, 28));
        assert_eq!(day(2024, 1, 15).plus_months(-1), day(2023, 12, 15));
        assert_eq!(day(1, 1, 1).plus_years(-1), day(0, 1, 1));
    }

    #[test]
    fn iso_text_goes_out_and_in() {
        for (shown, day) in [
            ("2020-06-15", day(2020, 6, 15)),
            ("0044-01-02", day(44, 1, 2)),
            ("-0043-03-15", day(-43, 3, 15)),
            ("0000-12-31", day(0, 12, 31)),
            ("Y12345-06-15", day(12_345, 6, 15)),
            ("Y-12345-06-15", day(-12_345, 6, 15)),
        ] {
            assert_eq!(day.to_string(), shown);
            assert_eq!(shown.parse::<Day>().expect(shown), day);
            assert_eq!(serde_json::to_string(&day).expect("json"), format!("\"{shown}\""));
        }
        for less_than_a_day in ["1914", "1914-06", "28 June 1914", "1914-06-28~", ""] {
            assert!(less_than_a_day.parse::<Day>().is_err(), "{less_than_a_day}");
        }
    }

    #[test]
    fn people_read_eras_without_a_year_0() {
        assert_eq!(day(2020, 6, 15).label(), "15 June 2020");
        assert_eq!(day(-43, 3, 15).label(), "15 March 44 BCE");
        assert_eq!(day(0, 12, 31).label(), "31 December 1 BCE");
        assert_eq!(day(43, 5, 1).label(), "1 May 43 CE");
    }
}
