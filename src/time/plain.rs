//! Dates as people and their files write them: `28 June 1914`, `June 28, 1914`, `28.06.1914`, `1950s`, `44 BC`, `19th century`, a date
//! with a time of day. All text here is in lower case and without qualifiers.

use super::date_error::DateFault;
use super::day::FURTHEST_YEAR;
use super::iso;
use super::names::{month_from_word, season_from_word};
use super::reading::Value;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Era {
    Bce,
    Ce,
}

/// How an era is written after a year; the longer forms first, so that none is taken for the end of another.
const ERAS_AFTER: [(&str, Era); 8] = [
    ("b.c.e.", Era::Bce),
    ("b.c.", Era::Bce),
    ("bce", Era::Bce),
    ("bc", Era::Bce),
    ("c.e.", Era::Ce),
    ("ce", Era::Ce),
    ("a.d.", Era::Ce),
    ("ad", Era::Ce),
];

/// One date in any form that is read: ISO and EDTF first, then the plain forms.
pub(super) fn value_from_text(text: &str) -> Result<Value, DateFault> {
    if text.is_empty() {
        return Err(DateFault::Empty);
    }
    let hyphened = text.replace('/', "-");
    if let Some(value) = iso::value_from_text(&hyphened).or_else(|| day_of_date_time(&hyphened)) {
        return value;
    }
    let (rest, era) = without_era(text);
    value_from_number(rest, era)
        .or_else(|| value_from_dots(rest, era))
        .or_else(|| decade_from_text(rest, era))
        .or_else(|| century_from_text(rest, era))
        .unwrap_or_else(|| value_from_words(rest, era))
}

/// `1914-06-28t11:00:00z`: the day as written, whatever the time zone. `None` where no time of day follows a date.
fn day_of_date_time(text: &str) -> Option<Result<Value, DateFault>> {
    let (date, time) = text.split_once(['t', ' '])?;
    let is_time = time.len() >= 2
        && time.bytes().take(2).all(|b| b.is_ascii_digit())
        && time.bytes().all(|b| b.is_ascii_digit() || b":.,+-z".contains(&b));
    if !is_time {
        return None;
    }
    let value = iso::value_from_text(date)?;
    Some(value.and_then(|value| if matches!(value, Value::Day(_)) { Ok(value) } else { Err(DateFault::Unreadable) }))
}

fn without_era(text: &str) -> (&str, Option<Era>) {
    for (word, era) in ERAS_AFTER {
        let rest = text.strip_suffix(word).filter(|rest| rest.ends_with(|c: char| c == ' ' || c == 's' || c.is_ascii_digit()));
        if let Some(rest) = rest {
            return (rest.trim_end(), Some(era));
        }
    }
    for word in ["a.d.", "ad"] {
        let rest = text.strip_prefix(word).filter(|rest| rest.starts_with(|c: char| c == ' ' || c.is_ascii_digit()));
        if let Some(rest) = rest {
            return (rest.trim_start(), Some(Era::Ce));
        }
    }
    (text, None)
}

/// The astronomical year of a year as people count; without an era it needs three digits, or nobody knows its century.
fn year_from_digits(digits: &str, era: Option<Era>) -> Result<i64, DateFault> {
    let year = iso::number(digits)?;
    match era {
        Some(_) if year == 0 => Err(DateFault::NoYearZero),
        Some(Era::Bce) => iso::checked_year(1 - year),
        None if digits.len() < 3 => Err(DateFault::ShortYear),
        _ => iso::checked_year(year),
    }
}

/// `44 BC`, `10,000 BC`: a year that is nothing but a number and an era.
fn value_from_number(text: &str, era: Option<Era>) -> Option<Result<Value, DateFault>> {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit()) && text.bytes().all(|b| b.is_ascii_digit() || b == b',');
    (era.is_some() && is_number).then(|| year_from_digits(&text.replace(',', ""), era).map(Value::Year))
}

/// `28.06.1914` (the day comes first where dots are used), `06.1914`, and `1914.06.28`.
fn value_from_dots(text: &str, era: Option<Era>) -> Option<Result<Value, DateFault>> {
    let fields: Vec<&str> = text.splitn(4, '.').collect();
    if !fields.iter().all(|field| is_digits(field)) {
        return None;
    }
    match fields[..] {
        [year, month, day] if year.len() >= 3 => Some(day_from_fields(year, month, day, era)),
        [day, month, year] => Some(day_from_fields(year, month, day, era)),
        [month, year] => {
            Some(year_from_digits(year, era).and_then(|year| month_from_digits(month).map(|month| Value::Month { year, month })))
        }
        _ => None,
    }
}

fn day_from_fields(year: &str, month: &str, day: &str, era: Option<Era>) -> Result<Value, DateFault> {
    let (year, month) = (year_from_digits(year, era)?, month_from_digits(month)?);
    day_of_month(year, month, day)
}

fn day_of_month(year: i64, month: u8, day: &str) -> Result<Value, DateFault> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| day.strip_suffix(ending)).unwrap_or(day);
    let day = iso::number(digits)?.unsigned_abs();
    iso::checked_day(year, month, day).map(Value::Day)
}

fn month_from_digits(digits: &str) -> Result<u8, DateFault> {
    let month = iso::number(digits)?.unsigned_abs();
    u8::try_from(month).ok().filter(|month| (1..=12).contains(month)).ok_or(DateFault::NoMonth(month))
}

/// `1950s`, `440s BC`.
fn decade_from_text(text: &str, era: Option<Era>) -> Option<Result<Value, DateFault>> {
    let digits = text.strip_suffix("'s").or_else(|| text.strip_suffix('s')).filter(|digits| is_digits(digits))?;
    Some(iso::number(digits).and_then(|nearest| match (nearest % 100, era) {
        (0, _) => Err(DateFault::DecadeOrCentury),
        (rest, _) if rest % 10 != 0 => Err(DateFault::Unreadable),
        (_, None) if digits.len() < 3 => Err(DateFault::ShortYear),
        _ => stretch(nearest, nearest + 9, era),
    }))
}

/// `19th century`: 1801 to 1900, as historians count.
fn century_from_text(text: &str, era: Option<Era>) -> Option<Result<Value, DateFault>> {
    let ordinal = text.strip_suffix("century")?.trim_end();
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| ordinal.strip_suffix(ending))?;
    Some(iso::number(digits).and_then(|century| match century {
        0 => Err(DateFault::NoYearZero),
        century if century > FURTHEST_YEAR / 100 => Err(DateFault::FarYear),
        century => stretch(century * 100 - 99, century * 100, era),
    }))
}

/// From the year nearest to the turn of the eras to the furthest, both as people count them.
fn stretch(nearest: i64, furthest: i64, era: Option<Era>) -> Result<Value, DateFault> {
    let (first, last) = if era == Some(Era::Bce) { (1 - furthest, 1 - nearest) } else { (nearest, furthest) };
    Ok(Value::Years { first: iso::checked_year(first)?, last: iso::checked_year(last)? })
}

/// Dates with the name of a month or a season: `28 June 1914`, `June 28, 1914`, `28-Jun-1914`, `1914 June 28`, `June 1914`, `spring 1914`.
fn value_from_words(text: &str, era: Option<Era>) -> Result<Value, DateFault> {
    // A sign would be lost among the hyphens that divide words.
    if text.contains(" -") || text.starts_with('-') {
        return Err(DateFault::Unreadable);
    }
    let is_gap = |c: char| c.is_whitespace() || c == ',' || c == '-';
    let words: Vec<&str> = text.split(is_gap).filter(|word| !matches!(*word, "" | "of" | "the")).take(4).collect();
    let year = |digits: &str| year_from_digits(digits, era);
    let month = |word: &str| month_from_word(word);
    match words[..] {
        [word, digits] if month(word).is_none() && month(digits).is_none() => {
            let season = season_from_word(word).ok_or(DateFault::Unreadable)?;
            Ok(Value::Season { year: year(digits)?, season })
        }
        [a, b] => {
            let (name, digits) = if month(a).is_some() { (a, b) } else { (b, a) };
            Ok(Value::Month { year: year(digits)?, month: month(name).ok_or(DateFault::Unreadable)? })
        }
        [a, b, c] => {
            let (name, day, digits) = match (month(a), month(b)) {
                (Some(name), _) => (name, b, c),
                (None, Some(name)) if a.len() >= 3 && is_digits(a) => (name, c, a),
                (None, Some(name)) => (name, a, c),
                _ => return Err(DateFault::Unreadable),
            };
            day_of_month(year(digits)?, name, day)
        }
        _ => Err(DateFault::Unreadable),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
