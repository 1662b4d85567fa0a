//! Dates of bibliographies as CSL-JSON: `{"date-parts": [[2003, 5]]}`.

use serde_json::{Value, json};

use crate::time::Day;

/// The longest year that is taken for one, in digits.
const YEAR_DIGITS: usize = 6;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads a date as BibLaTeX writes it (EDTF): `2003`, `2003-05-17`, `1998/2001`, `2003~`, `2003-21`. What is no such date is kept
/// in words, as CSL allows; `None` for an empty text.
pub fn edtf(text: &str) -> Option<Value> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let plain = text.trim_end_matches(['~', '?', '%']);
    let ends: Vec<&str> = plain.split('/').map(str::trim).filter(|end| !end.is_empty() && *end != "..").collect();
    let read: Option<Vec<Parts>> = ends.iter().map(|end| Parts::read(end.trim_end_matches(['~', '?', '%']), '-')).collect();
    match read.as_deref() {
        Some([start]) => Some(start.value(None, plain.len() < text.len())),
        Some([start, end]) => Some(start.value(Some(end), plain.len() < text.len())),
        _ => Some(json!({ "literal": text })),
    }
}

/// Reads a date as RIS writes it: `2003`, `2003/05/17/`, with words after the third stroke left out. Also the spellings of [`edtf`]
/// without ranges.
pub fn slashed(text: &str) -> Option<Value> {
    let text = text.trim();
    if text.contains('/') {
        let parts: Vec<&str> = text.splitn(4, '/').take(3).collect();
        return match Parts::read(parts.join("/").trim_end_matches('/'), '/') {
            Some(parts) => Some(parts.value(None, false)),
            None => Some(json!({ "literal": text })),
        };
    }
    edtf(text)
}

/// A date of separate year, month and day, as BibTeX has them; `None` without a year.
pub fn of_parts(year: &str, month: &str, day: &str) -> Option<Value> {
    let Some(year_parts) = Parts::read(year.trim(), '-') else { return edtf(year) };
    // `month = {June 28}` and `month = jun # "~28"` are common.
    let mut words = month.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let month = words.next().and_then(month_number);
    let in_month = words.next().unwrap_or_default();
    let day = month.and_then(|_| [day.trim(), in_month].iter().find_map(|day| day.parse().ok().filter(|day| (1..=31).contains(day))));
    Some(Parts { month: year_parts.month.or(month), day: year_parts.day.or(day), ..year_parts }.value(None, false))
}

/// One day.
pub fn of_day(day: Day) -> Value {
    let (year, month, day) = day.ymd();
    json!({ "date-parts": [[year, month, day]] })
}

/// Whether a word is an English month or begins like one.
pub fn is_month(word: &str) -> bool {
    word.parse::<i64>().is_err() && month_number(word).is_some()
}

/// The month that a number or an English word names, 1 to 12.
fn month_number(word: &str) -> Option<i64> {
    if let Ok(number) = word.parse() {
        return Some(number).filter(|number| (1..=12).contains(number));
    }
    let word = word.to_lowercase();
    let at = MONTHS.iter().position(|month| word.starts_with(month))?;
    Some(at as i64 + 1)
}

#[derive(Clone, Copy)]
struct Parts {
    year: i64,
    month: Option<i64>,
    day: Option<i64>,
    /// 1 spring to 4 winter.
    season: Option<i64>,
}

impl Parts {
    fn read(text: &str, between: char) -> Option<Self> {
        let (sign, text) = text.strip_prefix('-').map_or((1, text), |text| (-1, text));
        let mut parts = text.split(between).map(str::trim);
        let number = |part: &str| part.chars().all(|letter| letter.is_ascii_digit()).then(|| part.parse::<i64>().ok()).flatten();
        let year = parts.next().filter(|year| (1..=YEAR_DIGITS).contains(&year.len())).and_then(number)?;
        let second = parts.next().filter(|part| !part.is_empty());
        // A time of day may follow: `2003-05-17T12:00`.
        let third = parts.next().map(|part| part.split(['T', ' ']).next().unwrap_or_default()).filter(|part| !part.is_empty());
        if parts.next().is_some() {
            return None;
        }
        let second = second.map(|part| number(part).filter(|part| (1..=12).contains(part) || (21..=24).contains(part)).ok_or(()));
        let second = second.transpose().ok()?;
        let day = third.map(|part| number(part).filter(|part| (1..=31).contains(part)).ok_or(())).transpose().ok()?;
        let month = second.filter(|month| *month <= 12);
        Some(Self { year: sign * year, month, day: month.and(day), season: second.filter(|part| *part > 12).map(|part| part - 20) })
    }

    fn list(&self) -> Value {
        let parts = [Some(self.year), self.month, self.month.and(self.day)];
        Value::from(parts.into_iter().flatten().collect::<Vec<_>>())
    }

    fn value(&self, end: Option<&Self>, is_about: bool) -> Value {
        let mut dates = vec![self.list()];
        dates.extend(end.map(Self::list));
        let mut value = json!({ "date-parts": dates });
        if let Some(season) = self.season {
            value["season"] = season.into();
        }
        if is_about {
            value["circa"] = true.into();
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_the_precision_that_they_are_written_with() {
        let cases = [
            ("2003", json!({"date-parts": [[2003]]})),
            ("2003-05", json!({"date-parts": [[2003, 5]]})),
            ("1954-02-19", json!({"date-parts": [[1954, 2, 19]]})),
            ("1998/2001-03", json!({"date-parts": [[1998], [2001, 3]]})),
            ("1998/..", json!({"date-parts": [[1998]]})),
            ("1783~", json!({"date-parts": [[1783]], "circa": true})),
            ("1914-21", json!({"date-parts": [[1914]], "season": 1})),
            ("-0044-03", json!({"date-parts": [[-44, 3]]})),
            ("forthcoming", json!({"literal": "forthcoming"})),
            ("2003-13", json!({"literal": "2003-13"})),
        ];
        for (text, wanted) in cases {
            assert_eq!(edtf(text).unwrap(), wanted, "{text}");
        }
        assert_eq!(edtf("  "), None);
    }

    #[test]
    fn ris_dates_leave_open_what_is_empty() {
        assert_eq!(slashed("2003///").unwrap(), json!({"date-parts": [[2003]]}));
        assert_eq!(slashed("2003/05/17/Spring issue").unwrap(), json!({"date-parts": [[2003, 5, 17]]}));
        assert_eq!(slashed("2003-05-17").unwrap(), json!({"date-parts": [[2003, 5, 17]]}));
    }

    #[test]
    fn months_are_numbers_words_or_abbreviations() {
        assert_eq!(of_parts("1914", "June 28", "").unwrap(), json!({"date-parts": [[1914, 6, 28]]}));
        assert_eq!(of_parts("1914", "jun", "28").unwrap(), json!({"date-parts": [[1914, 6, 28]]}));
        assert_eq!(of_parts("1914", "6", "999").unwrap(), json!({"date-parts": [[1914, 6]]}));
        assert_eq!(of_parts("1914", "", "28").unwrap(), json!({"date-parts": [[1914]]}));
        assert_eq!(of_parts("in press", "", "").unwrap(), json!({"literal": "in press"}));
        assert_eq!(of_parts("", "jun", ""), None);
    }
}
