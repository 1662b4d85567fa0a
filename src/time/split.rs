//! What stands around a date: "before", interval marks, "c.", `~`. All text here is in lower case and without blanks at its ends.

use super::date_error::DateFault;
use super::plain;
use super::reading::{Part, Reading};

/// Words before an approximate date; a dot may follow.
const ABOUT: [&str; 8] = ["approximately", "approx", "circa", "about", "around", "ca", "c", "~"];

/// Words before an uncertain date.
const PERHAPS: [&str; 3] = ["perhaps ", "possibly ", "probably "];

/// What follows an uncertain date.
const IN_DOUBT: [&str; 3] = ["(uncertain)", "(?)", "?"];

/// How the later end of a dashed interval may end, and give its era to the earlier: "50–44 BCE".
const ERAS: [&str; 4] = [" bce", " bc", " ce", " ad"];

/// "before 1914", "after 1914", "by 1914", "1914 or later"; `None` where the text is none of these.
pub(super) fn bound_from_text(text: &str) -> Option<Result<Reading, DateFault>> {
    let (rest, reading): (&str, fn(Part) -> Reading) = if let Some(rest) = text.strip_prefix("before ") {
        (rest, Reading::Before)
    } else if let Some(rest) = text.strip_prefix("after ") {
        (rest, Reading::After)
    } else if let Some(rest) = text.strip_prefix("by ") {
        (rest, Reading::By)
    } else {
        (text.strip_suffix(" or later")?, Reading::From)
    };
    Some(Part::from_text(rest.trim()).map(reading))
}

/// The two ends of an interval, each of which may be empty; `None` where the text is a single date.
pub(super) fn ends_from_text(text: &str) -> Result<Option<(String, String)>, DateFault> {
    let fields: Vec<&str> = text.splitn(4, '/').collect();
    match fields[..] {
        [_] => Ok(dashed_ends(text)),
        [start, end] => Ok(Some((start.trim().to_owned(), end.trim().to_owned()))),
        [year, month, _] if is_digits(month) => {
            let year_is_first = year.len() >= 4 && year.bytes().rev().take(4).all(|b| b.is_ascii_digit());
            if year_is_first { Ok(None) } else { Err(DateFault::DayOrMonth) }
        }
        _ => Err(DateFault::TooManyEnds),
    }
}

/// `1914–1918`, `1914-1918`, `50–44 BCE`, `28 June 1914 - 11 November 1918`.
fn dashed_ends(text: &str) -> Option<(String, String)> {
    let (start, end) = text.split_once(['–', '—']).or_else(|| text.split_once(" - ")).or_else(|| {
        let (start, end) = text.split_once('-')?;
        (start.len() == 4 && is_digits(start) && end.len() == 4 && is_digits(end)).then_some((start, end))
    })?;
    let (start, end) = (start.trim(), end.trim());
    let unqualified = ["~", "%"].iter().chain(&IN_DOUBT).fold(end, |end, mark| end.strip_suffix(mark).unwrap_or(end).trim_end());
    let year_is_bare = start.rsplit(' ').next().is_some_and(is_digits);
    let era = ERAS.iter().find(|era| year_is_bare && unqualified.ends_with(**era));
    Some((format!("{start}{}", era.unwrap_or(&"")), end.to_owned()))
}

impl Part {
    /// One date with whatever qualifies it, before and after.
    pub fn from_text(text: &str) -> Result<Part, DateFault> {
        let (mut rest, mut approximate, mut uncertain) = (text.trim(), false, false);
        loop {
            if let Some(before) = rest.strip_suffix('~') {
                (rest, approximate) = (before.trim_end(), true);
            } else if let Some(before) = rest.strip_suffix('%') {
                (rest, approximate, uncertain) = (before.trim_end(), true, true);
            } else if let Some(before) = IN_DOUBT.iter().find_map(|mark| rest.strip_suffix(mark)) {
                (rest, uncertain) = (before.trim_end(), true);
            } else if let Some(after) = PERHAPS.iter().find_map(|word| rest.strip_prefix(word)) {
                (rest, uncertain) = (after.trim_start(), true);
            } else if let Some(after) = ABOUT.iter().find_map(|word| after_about(rest, word)) {
                (rest, approximate) = (after, true);
            } else {
                break;
            }
        }
        Ok(Part { value: plain::value_from_text(rest)?, approximate, uncertain })
    }
}

/// What follows the word for "about", if the text begins with it as a word of its own: `c. 1914`, `c.1914`, `c1914`, but not `century`.
fn after_about<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(word)?;
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    rest.starts_with(|c: char| c == ' ' || c.is_ascii_digit()).then(|| rest.trim_start())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
