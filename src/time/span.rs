//! From one date to an end, and how surely something is there on a day between.

use thiserror::Error;

use super::date::Date;
use super::date_error::DateError;
use super::day::Day;
use super::names;

/// How a span ends.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum End {
    /// It has not ended.
    InForce,
    /// It ended on a date that nobody gives.
    Unknown,
    /// It was still there at this date; whether later, nobody says.
    LastObserved(Date),
    /// The last day that it was there; all of what is written belongs to it: an end `1947` includes 31 December 1947.
    On(Date),
}

/// From a start to an end. Written ends are included; [`Span::first_day`] and [`Span::past_end`] are the half-open span of days.
///
/// **An unknown end** is taken as if the thing was last observed when it started: on screen it is there within the precision of its start
/// (the year, for a start `1954`; the day, for a day) and no longer, because anything longer would be a guess. With neither a start nor a known
/// end it is on no day at all.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first day that it is there; `None` if since before anything that is recorded.
    pub start: Option<Date>,
    /// How it ends.
    pub end: End,
}

/// Why two texts are no span.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SpanError {
    /// The start is no date.
    #[error("start: {0}")]
    Start(DateError),
    /// The end is no date and none of the words for an end.
    #[error("end: {0}; an end may also be empty (still in force), unknown, or last:1995 (last observed)")]
    End(DateError),
    /// The end lies wholly before the start.
    #[error("the end ({end}) lies before the start ({start}); put the earlier date first")]
    Backwards {
        /// The start as given.
        start: String,
        /// The end as given.
        end: String,
    },
}

/// The text of [`End::Unknown`].
const UNKNOWN: &str = "unknown";
/// What stands before the date of [`End::LastObserved`].
const LAST: &str = "last:";

impl End {
    /// Reads an end: empty is [`End::InForce`], `unknown`, `last:1995`, or a date.
    ///
    /// # Errors
    /// If it is none of these and no date.
    pub fn parse(text: &str) -> Result<End, DateError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(End::InForce);
        }
        if text.eq_ignore_ascii_case(UNKNOWN) {
            return Ok(End::Unknown);
        }
        match text.strip_prefix(LAST) {
            Some(date) => Date::parse(date.trim()).map(End::LastObserved),
            None => Date::parse(text).map(End::On),
        }
    }

    /// What [`End::parse`] reads: the inverse.
    pub fn text(&self) -> String {
        match self {
            End::InForce => String::new(),
            End::Unknown => UNKNOWN.to_owned(),
            End::LastObserved(date) => format!("{LAST}{date}"),
            End::On(date) => date.text.clone(),
        }
    }

    /// The date that it names.
    pub fn date(&self) -> Option<&Date> {
        match self {
            End::InForce | End::Unknown => None,
            End::LastObserved(date) | End::On(date) => Some(date),
        }
    }
}

impl Span {
    /// Since before anything, and still in force.
    pub const ALWAYS: Span = Span { start: None, end: End::InForce };

    /// Reads a start and an end as the atlas writes them. An empty start is "since before anything"; ends are as in [`End::parse`].
    ///
    /// # Errors
    /// If either is no date, or if the end lies wholly before the start.
    pub fn parse(start: &str, end: &str) -> Result<Span, SpanError> {
        let start = match start.trim() {
            "" => None,
            text => Some(Date::parse(text).map_err(SpanError::Start)?),
        };
        Span::new(start, End::parse(end).map_err(SpanError::End)?)
    }

    /// A span of dates that are already read.
    ///
    /// # Errors
    /// If the end lies wholly before the start.
    pub fn new(start: Option<Date>, end: End) -> Result<Span, SpanError> {
        if let (Some(start), Some(end)) = (&start, end.date())
            && end.latest < start.earliest
        {
            return Err(SpanError::Backwards { start: start.text.clone(), end: end.text.clone() });
        }
        Ok(Span { start, end })
    }

    /// The first day on which it may be there; [`Day::MIN`] without a start.
    pub fn first_day(&self) -> Day {
        self.start.as_ref().map_or(Day::MIN, |start| start.earliest)
    }

    /// The day after the last on which it may be there. [`Day::MAX`] while in force; [`Day::MIN`] where nothing is known.
    pub fn past_end(&self) -> Day {
        match (&self.end, self.shown_end()) {
            (End::InForce, _) => Day::MAX,
            (_, Some(end)) => end.latest.plus_days(1),
            (_, None) => Day::MIN,
        }
    }

    /// Whether it may be there on the day.
    pub fn contains(&self, day: Day) -> bool {
        self.first_day() <= day && day < self.past_end()
    }

    /// How surely it is there on the day, 0 to 1: 0 outside, rising evenly from the earliest to the latest start, 1 from there to the earliest
    /// end, falling evenly to the latest end. Greater than 0 exactly where [`Span::contains`] says yes.
    pub fn presence(&self, day: Day) -> f32 {
        if !self.contains(day) {
            return 0.0;
        }
        let day = day.get();
        let end = self.shown_end();
        let begun = self.start.as_ref().map_or(1.0, |start| {
            // It cannot start after it ended.
            let latest = end.map_or(start.latest, |end| start.latest.min(end.latest));
            share_gone(start.earliest.get(), day, latest.get())
        });
        let lasting = end.map_or(1.0, |end| {
            // Nor can it end before it started. Time seen backwards: what is left of the end is what is gone of its mirror image.
            let earliest = end.earliest.max(self.first_day());
            share_gone(-end.latest.get(), -day, -earliest.get())
        });
        begun.min(lasting)
    }

    /// Whether there is a day on which both may be there.
    pub fn overlaps(&self, other: &Span) -> bool {
        self.first_day().max(other.first_day()) < self.past_end().min(other.past_end())
    }

    /// For people: `since 1954`, `1923–1991`, `15–16 June 2020`, `until 1991`, `1954, last observed 1995`, `from 1954, end unknown`. Never empty.
    pub fn label(&self) -> String {
        let start = self.start.as_ref().map(Date::label);
        match (start, &self.end) {
            (Some(start), End::InForce) => format!("since {start}"),
            (None, End::InForce) => "at all times".to_owned(),
            (Some(start), End::Unknown) => format!("from {start}, end unknown"),
            (None, End::Unknown) => "dates unknown".to_owned(),
            (Some(start), End::LastObserved(end)) => format!("from {start}, last observed {}", end.label()),
            (None, End::LastObserved(end)) => format!("last observed {}", end.label()),
            (Some(start), End::On(end)) if start == end.label() => start,
            (Some(start), End::On(end)) => names::joined_once(&start, &end.label()),
            (None, End::On(end)) => format!("until {}", end.label()),
        }
    }

    /// The date after which it is not shown; for an unknown end that is the start (see the type).
    fn shown_end(&self) -> Option<&Date> {
        match &self.end {
            End::InForce => None,
            End::Unknown => self.start.as_ref(),
            End::LastObserved(date) | End::On(date) => Some(date),
        }
    }
}

/// The share of the days from `from` to `to`, both included, that are gone at the end of `day`: more than 0 from `from` on, 1 from `to` on.
fn share_gone(from: i64, day: i64, to: i64) -> f32 {
    if day >= to {
        return 1.0;
    }
    ((day - from + 1) as f64 / (to - from + 1) as f64) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: &str, end: &str) -> Span {
        Span::parse(start, end).expect("a span")
    }

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn an_end_includes_all_of_what_is_written() {
        let span = span("1923-08-06", "1947");
        assert_eq!(span.first_day(), day("1923-08-06"));
        assert_eq!(span.past_end(), day("1948-01-01"));
        assert!(!span.contains(day("1923-08-05")));
        assert!(span.contains(day("1923-08-06")) && span.contains(day("1947-12-31")));
        assert!(!span.contains(day("1948-01-01")));
    }

    #[test]
    fn the_open_ends_are_kept_apart() {
        assert_eq!(span("1954", "").end, End::InForce);
        assert_eq!(span("1954", "").past_end(), Day::MAX);
        assert_eq!(span("", "1954").first_day(), Day::MIN);
        assert_eq!(span("1954", "last:1995").past_end(), day("1996-01-01"));
        assert_eq!(span("1954", "unknown").past_end(), day("1955-01-01"));
        assert_eq!(span("1954-06-15", "unknown").past_end(), day("1954-06-16"));
        assert!(!span("", "unknown").contains(day("1954-06-15")));
        assert!(Span::ALWAYS.contains(day("-9999-01-01")));
        for end in ["", "unknown", "last:1995", "1995~"] {
            assert_eq!(End::parse(end).expect(end).text(), end);
        }
    }

    #[test]
    fn an_end_before_its_start_is_refused() {
        let error = Span::parse("1954", "1953").expect_err("backwards").to_string();
        assert_eq!(error, "the end (1953) lies before the start (1954); put the earlier date first");
        assert!(Span::parse("1954-06-15", "1954").is_ok(), "not wholly before");
        let error = Span::parse("1954-13", "").expect_err("no month 13").to_string();
        assert_eq!(error, "start: 1954-13: there is no month 13; months are 01 to 12");
        assert!(Span::parse("1954", "never").expect_err("no end").to_string().contains("still in force"));
    }

    #[test]
    fn presence_fades_over_what_is_uncertain() {
        let span = span("1923", "1991-12");
        assert_eq!(span.presence(day("1922-12-31")), 0.0);
        assert!((span.presence(day("1923-07-02")) - 0.5).abs() < 0.01);
        assert_eq!(span.presence(day("1923-12-31")), 1.0);
        assert_eq!(span.presence(day("1991-12-01")), 1.0);
        assert!((span.presence(day("1991-12-16")) - 0.5).abs() < 0.05);
        assert!(span.presence(day("1991-12-31")) > 0.0);
        assert_eq!(span.presence(day("1992-01-01")), 0.0);
    }

    #[test]
    fn days_are_sure_and_open_starts_too() {
        let days = span("1914-06-28", "1918-11-11");
        assert_eq!(days.presence(day("1914-06-28")), 1.0);
        assert_eq!(days.presence(day("1918-11-11")), 1.0);
        assert_eq!(span("../1918", "").presence(day("1900-01-01")), 1.0);
        assert_eq!(span("1914-06-28", "1914").presence(day("1914-06-28")), 1.0);
        assert_eq!(span("1914", "1914-06-28").presence(day("1914-06-28")), 1.0);
    }

    #[test]
    fn spans_overlap_where_they_share_a_day() {
        assert!(span("1914", "1918").overlaps(&span("1918", "")));
        assert!(!span("1914", "1917").overlaps(&span("1918", "")));
        assert!(!span("", "unknown").overlaps(&Span::ALWAYS));
    }

    #[test]
    fn labels_say_each_end() {
        for (start, end, label) in [
            ("1954", "", "since 1954"),
            ("1923", "1991", "1923–1991"),
            ("1923-08-06", "1991-12-26", "6 August 1923 – 26 December 1991"),
            ("2020-06-15", "2020-06-16", "15–16 June 2020"),
            ("2020-05-05", "2020-06-16", "5 May – 16 June 2020"),
            ("2020-05", "2020-06", "May–June 2020"),
            ("2020-05~", "2020-06", "c. May 2020 – June 2020"),
            ("2020-06", "2020-06-16", "June 2020 – 16 June 2020"),
            ("2020-06-15", "2020-06-16?", "15 June 2020 – 16 June 2020 (uncertain)"),
            ("-0043-03-15", "-0043-03-16", "15 March 44 BCE – 16 March 44 BCE"),
            ("1923", "1923", "1923"),
            ("-0049", "-0043", "50–44 BCE"),
            ("", "1991", "until 1991"),
            ("", "last:1995", "last observed 1995"),
            ("1954", "last:1995", "from 1954, last observed 1995"),
            ("1954", "unknown", "from 1954, end unknown"),
            ("", "", "at all times"),
            ("", "unknown", "dates unknown"),
        ] {
            assert_eq!(span(start, end).label(), label);
        }
    }
}
