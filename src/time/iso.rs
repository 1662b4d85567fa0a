//! ISO 8601 and EDTF text of one date: no interval, no qualifier.
//!
//! EDTF is the Extended Date/Time Format of the Library of Congress (2019), now ISO 8601-2; levels 0 and 1 are read.

use super::date_error::DateFault;
use super::day::{Day, FURTHEST_YEAR, days_in_month};
use super::names::SPRING;
use super::reading::Value;

/// More digits than any year that can be counted; read so far and no further.
const LONGEST_YEAR_DIGITS: usize = 18;

/// The year as ISO 8601 and EDTF write it: four digits, or `Y` and as many as it takes.
pub(super) fn year_text(year: i64) -> String {
    match year {
        0..=9999 => format!("{year:04}"),
        -9999..=-1 => format!("-{:04}", -year),
        _ => format!("Y{year}"),
    }
}

/// A stretch of years: `195X`, `19XX`, `-004X` where a mask says it exactly, else an interval.
pub(super) fn stretch_text(first: i64, last: i64) -> String {
    let (sign, nearest) = if first >= 0 { ("", first) } else { ("-", -last) };
    let may_be_masked = if first >= 0 { last <= 9999 } else { first >= -9999 && nearest > 0 };
    match last - first {
        9 if may_be_masked && nearest % 10 == 0 => format!("{sign}{:03}X", nearest / 10),
        99 if may_be_masked && nearest % 100 == 0 => format!("{sign}{:02}XX", nearest / 100),
        _ => format!("{}/{}", year_text(first), year_text(last)),
    }
}

/// A whole day and nothing else: `1914-06-28`.
pub(super) fn day_from_text(text: &str) -> Result<Day, DateFault> {
    if text.is_empty() {
        return Err(DateFault::Empty);
    }
    match value_from_text(text) {
        Some(Ok(Value::Day(day))) => Ok(day),
        Some(Err(fault)) => Err(fault),
        _ => Err(DateFault::Unreadable),
    }
}

/// What the text says; `None` where it does not have the shape of an ISO date at all (digits, `X`, hyphens, a `Y` in front).
pub(super) fn value_from_text(text: &str) -> Option<Result<Value, DateFault>> {
    let (year_has_y, rest) = match text.strip_prefix(['Y', 'y']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (negative, body) = match rest.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, rest),
    };
    if !body.starts_with(|c: char| c.is_ascii_digit() || is_unspecified(c)) {
        return None;
    }
    if year_has_y && body.contains(['E', 'e']) {
        return Some(Err(DateFault::Exponent));
    }
    if !body.chars().all(|c| c.is_ascii_digit() || is_unspecified(c) || c == '-') {
        return None;
    }
    Some(value_from_body(body, negative, year_has_y))
}

fn is_unspecified(c: char) -> bool {
    c == 'X' || c == 'x'
}

fn value_from_body(body: &str, negative: bool, year_has_y: bool) -> Result<Value, DateFault> {
    let fields: Vec<&str> = body.splitn(4, '-').collect();
    let alone = fields.len() == 1;
    if alone && !negative && !year_has_y && body.len() == 8 && is_number(body) {
        return day_from_fields(number(&body[..4])?, &body[4..6], &body[6..]);
    }
    let year_field = fields[0];
    if year_field.contains(is_unspecified) {
        if !alone || year_has_y {
            return Err(DateFault::Unspecified);
        }
        return stretch_from_mask(year_field, negative);
    }
    let year = year_from_digits(year_field, negative, year_has_y)?;
    match fields[..] {
        [_] => Ok(Value::Year(year)),
        [_, month] => month_from_field(year, month),
        [_, month, day] => day_from_fields(year, month, day),
        _ => Err(DateFault::Unreadable),
    }
}

fn year_from_digits(digits: &str, negative: bool, year_has_y: bool) -> Result<i64, DateFault> {
    // 843 can only be a year; 43 may be one of two centuries, and -43 may have been meant as 43 BCE.
    let shortest = if negative { 4 } else { 3 };
    if !year_has_y && digits.len() < shortest {
        return Err(DateFault::ShortYear);
    }
    if !year_has_y && digits.len() > 4 {
        return Err(DateFault::LongYear);
    }
    let year = number(digits)?;
    checked_year(if negative { -year } else { year })
}

/// The year if it can be counted.
pub(super) fn checked_year(year: i64) -> Result<i64, DateFault> {
    if (-FURTHEST_YEAR..=FURTHEST_YEAR).contains(&year) { Ok(year) } else { Err(DateFault::FarYear) }
}

/// `191X`, `19XX`. Before year 0 the digits count backwards: `-004X` is -49 to -40.
fn stretch_from_mask(mask: &str, negative: bool) -> Result<Value, DateFault> {
    let digits = mask.trim_end_matches(is_unspecified);
    let years = match (digits.len(), mask.len()) {
        (3, 4) => 10,
        (2, 4) => 100,
        _ => return Err(DateFault::Unspecified),
    };
    if !is_number(digits) {
        return Err(DateFault::Unspecified);
    }
    let nearest = number(digits)? * years;
    let furthest = nearest + years - 1;
    let (first, last) = if negative { (-furthest, -nearest) } else { (nearest, furthest) };
    Ok(Value::Years { first, last })
}

fn month_from_field(year: i64, field: &str) -> Result<Value, DateFault> {
    if is_whole_unspecified(field) {
        return Ok(Value::Year(year));
    }
    match small_number(field)? {
        month @ 1..=12 => Ok(Value::Month { year, month: month as u8 }),
        season @ 21..=24 => Ok(Value::Season { year, season: season as u8 }),
        season @ 25..=41 => Err(DateFault::NoSeason(season)),
        month => Err(DateFault::NoMonth(month)),
    }
}

fn day_from_fields(year: i64, month: &str, day: &str) -> Result<Value, DateFault> {
    match (month_from_field(year, month)?, is_whole_unspecified(day)) {
        (value @ (Value::Year(_) | Value::Month { .. }), true) => Ok(value),
        (Value::Month { month, .. }, false) => checked_day(year, month, small_number(day)?).map(Value::Day),
        (Value::Season { season, .. }, _) => {
            debug_assert!(season >= SPRING);
            Err(DateFault::SeasonWithDay)
        }
        _ => Err(DateFault::Unspecified),
    }
}

/// The day, if the month (1 to 12) has it.
pub(super) fn checked_day(year: i64, month: u8, day: u64) -> Result<Day, DateFault> {
    let last = days_in_month(year, month);
    let real = u8::try_from(day).ok().and_then(|day| Day::from_ymd(year, month, day));
    real.ok_or(DateFault::NoDay { year, month, day, last })
}

fn is_whole_unspecified(field: &str) -> bool {
    matches!(field, "XX" | "xx")
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A month or a day: one digit or two.
fn small_number(field: &str) -> Result<u64, DateFault> {
    if field.contains(is_unspecified) {
        return Err(DateFault::Unspecified);
    }
    if !is_number(field) || field.len() > 2 {
        return Err(DateFault::Unreadable);
    }
    field.parse().map_err(|_| DateFault::Unreadable)
}

/// Digits as a number; too many of them are a year too far away.
pub(super) fn number(digits: &str) -> Result<i64, DateFault> {
    if !is_number(digits) {
        return Err(DateFault::Unreadable);
    }
    if digits.len() > LONGEST_YEAR_DIGITS {
        return Err(DateFault::FarYear);
    }
    digits.parse().map_err(|_| DateFault::Unreadable)
}
