//! A date as a source gives it.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::date_error::DateError;
use super::day::Day;
use super::reading::{Reading, Value};

/// How finely a date is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// One day: `1914-06-28`.
    Day,
    /// A calendar month: `1914-06`.
    Month,
    /// A quarter of a year, northern and meteorological: spring is March to May, and winter begins in the December of its year.
    Season,
    /// A calendar year: `1914`, `1914-XX`.
    Year,
    /// Ten years: `191X`, "1910s".
    Decade,
    /// A hundred years: `18XX`, "19th century".
    Century,
    /// Between two dates, or on one side of a date: `1914/1918`, `../1918`, "before 1918".
    Interval,
}

/// When something happened, as a source gives it: somewhere between two days, and the words themselves.
///
/// Two dates are equal, and hash alike, when their bounds are: `28 June 1914` equals `1914-06-28`. They sort by their earliest day, then
/// by their latest. Whoever must know whether the words changed compares [`Date::text`].
#[derive(Debug, Clone)]
pub struct Date {
    /// The earliest day that it can mean; [`Day::MIN`] where it is open.
    pub earliest: Day,
    /// The latest day that it can mean, included; [`Day::MAX`] where it is open.
    pub latest: Day,
    /// The source says "about". The bounds are not widened: nobody says by how much.
    pub approximate: bool,
    /// The source doubts it.
    pub uncertain: bool,
    /// How finely it is given.
    pub precision: Precision,
    /// The words as given, blanks included; never rewritten.
    pub text: String,
}

impl Date {
    /// Reads EDTF of levels 0 and 1 (years, months, days, seasons, `X` for unknown digits, `~ ? %`, intervals, open ends) and the forms of
    /// everyday files: `28 June 1914`, `June 28, 1914`, `28.06.1914`, `1914/06/28`, `c. 1914`, `1950s`, `19th century`, `44 BC`, `AD 43`,
    /// `1914–1918`, `before 1918`, ISO date-times (cut to their day as written). Everything that [`Date::label`] says can be read back.
    ///
    /// # Errors
    /// Says what is wrong with the text and what would be right. No text makes it panic.
    pub fn parse(text: &str) -> Result<Date, DateError> {
        match Reading::from_text(text) {
            Ok(reading) => Ok(Date::from_reading(&reading, text.to_owned())),
            Err(fault) => Err(DateError::new(text, fault)),
        }
    }

    /// Exactly this day, in the words of ISO 8601.
    pub fn on(day: Day) -> Date {
        Date { earliest: day, latest: day, approximate: false, uncertain: false, precision: Precision::Day, text: day.to_string() }
    }

    /// Some time in this astronomical year (0 is 1 BCE), for tables that hold years as numbers.
    ///
    /// # Errors
    /// If the year lies more than 999,999,999,999 years away.
    pub fn in_year(year: i64) -> Result<Date, DateError> {
        Date::parse(&super::iso::year_text(year))
    }

    /// For people, no finer than it is given: `28 June 1914`, `June 1914`, `spring 1914`, `c. 1914`, `1914 (uncertain)`, `1910s`, `1914–1918`,
    /// `by 1918` for `../1918`, `1914 or later` for `1914/..`, `before 1918`, `44 BCE`. Never empty.
    pub fn label(&self) -> String {
        // The bounds alone cannot tell `1914` from `1914-01-01/1914-12-31`; the words can.
        match Reading::from_text(&self.text) {
            Ok(reading) => reading.label(),
            // Only for a date that somebody put together field by field.
            Err(_) if self.earliest == self.latest => self.earliest.label(),
            Err(_) => format!("{} – {}", self.earliest.label(), self.latest.label()),
        }
    }

    /// The same date in EDTF of level 0 or 1, whatever form its text has: `1914-06-28` for `28 June 1914`, `1914~` for `c. 1914`.
    pub fn edtf(&self) -> String {
        match Reading::from_text(&self.text) {
            Ok(reading) => reading.edtf(),
            Err(_) => format!("{}/{}", self.earliest, self.latest),
        }
    }

    /// The last date before this one, as finely as this one is given: the year before a year, the month before a month, else the day before
    /// the earliest day. `None` where this one begins nowhere.
    pub fn right_before(&self) -> Option<Date> {
        if self.earliest == Day::MIN {
            return None;
        }
        let (year, month, _) = self.earliest.ymd();
        let before = match self.precision {
            Precision::Year => Date::in_year(year - 1).ok(),
            Precision::Month if month == 1 => Date::parse(&format!("{}-12", super::iso::year_text(year - 1))).ok(),
            Precision::Month => Date::parse(&format!("{}-{:02}", super::iso::year_text(year), month - 1)).ok(),
            _ => Some(Date::on(self.earliest.plus_days(-1))),
        }?;
        // As unsure as what it comes before.
        let unsure = match (self.approximate, self.uncertain) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => return Some(before),
        };
        Date::parse(&format!("{}{unsure}", before.text)).ok()
    }

    fn from_reading(reading: &Reading, text: String) -> Date {
        Date {
            earliest: reading.first_day(),
            latest: reading.last_day(),
            approximate: reading.any(|part| part.approximate),
            uncertain: reading.any(|part| part.uncertain),
            precision: precision(reading),
            text,
        }
    }
}

fn precision(reading: &Reading) -> Precision {
    let Reading::At(part) = reading else { return Precision::Interval };
    match part.value {
        Value::Day(_) => Precision::Day,
        Value::Month { .. } => Precision::Month,
        Value::Season { .. } => Precision::Season,
        Value::Year(_) => Precision::Year,
        Value::Years { first, last } if last - first < 10 => Precision::Decade,
        Value::Years { .. } => Precision::Century,
    }
}

impl PartialEq for Date {
    fn eq(&self, other: &Date) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Date {}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Date) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Date) -> Ordering {
        (self.earliest, self.latest).cmp(&(other.earliest, other.latest))
    }
}

impl Hash for Date {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.earliest, self.latest).hash(state);
    }
}

/// The words as given.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Date, DateError> {
        Date::parse(text)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        Date::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Precision::{Century, Day, Decade, Interval, Month, Season, Year};
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap_or_else(|error| panic!("{error}"))
    }

    fn error(text: &str) -> String {
        match Date::parse(text) {
            Ok(date) => panic!("{text} was read as {} to {}", date.earliest, date.latest),
            Err(error) => error.to_string(),
        }
    }

    /// Text, earliest, latest, precision, label, EDTF.
    type Row = (&'static str, &'static str, &'static str, Precision, &'static str, &'static str);

    fn check(rows: &[Row]) {
        for &(text, earliest, latest, precision, label, edtf) in rows {
            let date = date(text);
            let shown = (date.earliest.to_string(), date.latest.to_string(), date.precision, date.label(), date.edtf());
            assert_eq!(shown, (earliest.into(), latest.into(), precision, label.into(), edtf.into()), "{text}");
            assert_eq!(date.text, text);
        }
    }

    #[test]
    fn what_ends_right_before_is_given_as_finely() {
        for (date, before) in [
            ("1962-10-20", "1962-10-19"),
            ("20 October 1962", "1962-10-19"),
            ("2000-03-01", "2000-02-29"),
            ("1962-10", "1962-09"),
            ("1962-01", "1961-12"),
            ("1962", "1961"),
            ("-0043", "-0044"),
            ("0000-01", "-0001-12"),
            ("191X", "1909-12-31"),
        ] {
            let date = Date::parse(date).unwrap();
            let found = date.right_before().unwrap();
            assert_eq!((found.text.as_str(), found.latest.plus_days(1)), (before, date.earliest), "{date}");
        }
        assert_eq!(Date::parse("../1918").unwrap().right_before(), None);
    }

    #[test]
    fn reads_edtf_dates() {
        check(&[
            ("1914", "1914-01-01", "1914-12-31", Year, "1914", "1914"),
            ("1914-06", "1914-06-01", "1914-06-30", Month, "June 1914", "1914-06"),
            ("1914-06-28", "1914-06-28", "1914-06-28", Day, "28 June 1914", "1914-06-28"),
            ("191X", "1910-01-01", "1919-12-31", Decade, "1910s", "191X"),
            ("190X", "1900-01-01", "1909-12-31", Decade, "1900–1909", "190X"),
            ("19XX", "1900-01-01", "1999-12-31", Century, "1900–1999", "19XX"),
            ("1914-XX", "1914-01-01", "1914-12-31", Year, "1914", "1914"),
            ("1914-XX-XX", "1914-01-01", "1914-12-31", Year, "1914", "1914"),
            ("1914-06-XX", "1914-06-01", "1914-06-30", Month, "June 1914", "1914-06"),
            ("2001-21", "2001-03-01", "2001-05-31", Season, "spring 2001", "2001-21"),
            ("2001-24", "2001-12-01", "2002-02-28", Season, "winter 2001", "2001-24"),
            ("0000", "0000-01-01", "0000-12-31", Year, "1 BCE", "0000"),
            ("-0043-03-15", "-0043-03-15", "-0043-03-15", Day, "15 March 44 BCE", "-0043-03-15"),
            ("-004X", "-0049-01-01", "-0040-12-31", Decade, "50–41 BCE", "-004X"),
            ("-000X", "-0009-01-01", "0000-12-31", Decade, "10–1 BCE", "-0009/0000"),
            ("Y12345", "Y12345-01-01", "Y12345-12-31", Year, "12345 CE", "Y12345"),
            ("Y-17000", "Y-17000-01-01", "Y-17000-12-31", Year, "17001 BCE", "Y-17000"),
        ]);
    }

    #[test]
    fn reads_edtf_intervals() {
        check(&[
            ("1914/1918", "1914-01-01", "1918-12-31", Interval, "1914–1918", "1914/1918"),
            ("1914-06/1918-11-11", "1914-06-01", "1918-11-11", Interval, "June 1914 – 11 November 1918", "1914-06/1918-11-11"),
            ("../1918", "Y-999999999999-01-01", "1918-12-31", Interval, "by 1918", "../1918"),
            ("/1918", "Y-999999999999-01-01", "1918-12-31", Interval, "by 1918", "../1918"),
            ("1914/..", "1914-01-01", "Y999999999999-12-31", Interval, "1914 or later", "1914/.."),
            ("1914/", "1914-01-01", "Y999999999999-12-31", Interval, "1914 or later", "1914/.."),
            ("1914~/1918?", "1914-01-01", "1918-12-31", Interval, "c. 1914 – 1918 (uncertain)", "1914~/1918?"),
            ("../190X", "Y-999999999999-01-01", "1909-12-31", Interval, "by 1909", "../1909"),
            ("191X/192X", "1910-01-01", "1929-12-31", Interval, "1910s–1920s", "1910/1929"),
        ]);
        assert!(date("1914~/1918?").approximate && date("1914~/1918?").uncertain);
    }

    #[test]
    fn reads_the_forms_of_everyday_files() {
        check(&[
            ("28 June 1914", "1914-06-28", "1914-06-28", Day, "28 June 1914", "1914-06-28"),
            ("June 28, 1914", "1914-06-28", "1914-06-28", Day, "28 June 1914", "1914-06-28"),
            ("28-Jun-1914", "1914-06-28", "1914-06-28", Day, "28 June 1914", "1914-06-28"),
            ("28th of June 1914", "1914-06-28", "1914-06-28", Day, "28 June 1914", "1914-06-28"),
            ("1914/06/28", "1914-06-28", "1914-06-28", Day, "28 June 1914", "1914-06-28"),
            ("28.06.1914", "1914-06-28", "1914-06-28", Day, "28 June 1914", "1914-06-28"),
            ("1914.6.28", "1914-06-28", "1914-06-28", Day, "28 June 1914", "1914-06-28"),
            ("19140628", "1914-06-28", "1914-06-28", Day, "28 June 1914", "1914-06-28"),
            ("1914-06-28T11:00:00Z", "1914-06-28", "1914-06-28", Day, "28 June 1914", "1914-06-28"),
            ("1914/06/28 23:59", "1914-06-28", "1914-06-28", Day, "28 June 1914", "1914-06-28"),
            ("June 1914", "1914-06-01", "1914-06-30", Month, "June 1914", "1914-06"),
            ("06.1914", "1914-06-01", "1914-06-30", Month, "June 1914", "1914-06"),
            ("Fall 1914", "1914-09-01", "1914-11-30", Season, "autumn 1914", "1914-23"),
            (" 1950s ", "1950-01-01", "1959-12-31", Decade, "1950s", "195X"),
            ("19th century", "1801-01-01", "1900-12-31", Century, "19th century", "1801/1900"),
            ("44 BC", "-0043-01-01", "-0043-12-31", Year, "44 BCE", "-0043"),
            ("15 March 44 B.C.", "-0043-03-15", "-0043-03-15", Day, "15 March 44 BCE", "-0043-03-15"),
            ("440s BCE", "-0448-01-01", "-0439-12-31", Decade, "440s BCE", "-0448/-0439"),
            ("10,000 BC", "-9999-01-01", "-9999-12-31", Year, "10000 BCE", "-9999"),
            ("AD 43", "0043-01-01", "0043-12-31", Year, "43 CE", "0043"),
            ("843", "0843-01-01", "0843-12-31", Year, "843 CE", "0843"),
            ("1914–1918", "1914-01-01", "1918-12-31", Interval, "1914–1918", "1914/1918"),
            ("1914-1918", "1914-01-01", "1918-12-31", Interval, "1914–1918", "1914/1918"),
            ("50–44 BCE", "-0049-01-01", "-0043-12-31", Interval, "50–44 BCE", "-0049/-0043"),
            ("before 1918", "Y-999999999999-01-01", "1917-12-31", Interval, "before 1918", "../1917"),
            ("after June 1914", "1914-07-01", "Y999999999999-12-31", Interval, "after June 1914", "1914-07-01/.."),
        ]);
    }

    #[test]
    fn qualifiers_leave_the_bounds() {
        for (text, approximate, uncertain, label, edtf) in [
            ("1914~", true, false, "c. 1914", "1914~"),
            ("c. 1914", true, false, "c. 1914", "1914~"),
            ("ca 1914", true, false, "c. 1914", "1914~"),
            ("c1914", true, false, "c. 1914", "1914~"),
            ("Circa June 1914", true, false, "c. June 1914", "1914-06~"),
            ("1914?", false, true, "1914 (uncertain)", "1914?"),
            ("probably 1914", false, true, "1914 (uncertain)", "1914?"),
            ("1914%", true, true, "c. 1914 (uncertain)", "1914%"),
            ("c. 19th century", true, false, "c. 19th century", "1801~/1900~"),
        ] {
            let date = date(text);
            let shown = (date.approximate, date.uncertain, date.label(), date.edtf());
            assert_eq!(shown, (approximate, uncertain, label.into(), edtf.into()), "{text}");
        }
        assert_eq!(date("1914~"), date("1914"));
    }

    #[test]
    fn errors_say_what_is_wrong_and_what_is_right() {
        assert_eq!(error("1914-13"), "1914-13: there is no month 13; months are 01 to 12");
        assert_eq!(error("1914-02-29"), "1914-02-29: there is no day 29 in February 1914; its days are 01 to 28");
        for (text, hint) in [
            ("", "empty"),
            ("soon", "write for example"),
            ("1914-00", "no month 0"),
            ("31.04.1914", "no day 31 in April"),
            ("1914-25", "seasons are 21"),
            ("1914-21-05", "a season has no days"),
            ("0 BC", "no year 0"),
            ("14", "four digits (0044"),
            ("-44", "-0043 for 44 BCE"),
            ("28 June 14", "four digits"),
            ("12345", "begins with Y"),
            ("Y9999999999999", "too far"),
            ("Y-99999999999999999999999999", "too far"),
            ("Y17E7", "write the year in full"),
            ("1XXX", "191X, 19XX"),
            ("1914-XX-28", "191X, 19XX"),
            ("156X-12-25", "191X, 19XX"),
            ("28/06/1914", "day from month"),
            ("1900s", "ten years or a hundred"),
            ("1918/1914", "ends before it starts"),
            ("../..", "neither a start nor an end"),
            ("1/2/3/4", "one start and one end"),
            ("June -0044", "write for example"),
        ] {
            assert!(error(text).contains(hint), "{}", error(text));
        }
        assert!(error(&"9".repeat(100_000)).len() < 300);
    }

    #[test]
    fn equal_bounds_are_equal_dates() {
        assert_eq!(date("28 June 1914"), Date::on(date("1914-06-28").earliest));
        assert!(date("1914") < date("1914-02"), "by the earliest day first");
        assert!(date("1914-01") < date("1914"), "then by the latest");
        assert_eq!(Date::in_year(-43).expect("a year"), date("44 BCE"));
        assert!(Date::in_year(i64::MIN).is_err());
    }

    #[test]
    fn files_hold_the_words() {
        let date = date("c. 1914");
        assert_eq!(serde_json::to_string(&date).expect("json"), "\"c. 1914\"");
        assert_eq!(serde_json::from_str::<Date>("\"c. 1914\"").expect("a date").text, "c. 1914");
        assert!(serde_json::from_str::<Date>("\"1914-13\"").expect_err("no month").to_string().contains("month 13"));
    }

    #[test]
    fn a_date_put_together_by_hand_still_has_a_label() {
        let date = Date { text: "?!".into(), ..date("1914") };
        assert_eq!(date.label(), "1 January 1914 – 31 December 1914");
        assert_eq!(date.edtf(), "1914-01-01/1914-12-31");
    }
}
