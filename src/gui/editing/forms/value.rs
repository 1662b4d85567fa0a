//! What is typed, as documents have it: dates, numbers.

use serde_json::Value;

use crate::time::Date;

/// A date as documents have it. The words that ends may be besides (`..`, `unknown`, `last:1995`) stay as they are.
///
/// # Errors
/// What is wrong with the text.
pub(super) fn date(text: &str) -> Result<String, String> {
    let text = text.trim();
    let (prefix, rest) = match text.split_once(':') {
        Some(("last", rest)) => ("last:", rest.trim()),
        _ => ("", text),
    };
    if ["", "..", "unknown"].contains(&rest) && prefix.is_empty() {
        return Ok(rest.to_owned());
    }
    // People put the sign of "about" in front.
    let rest = &rest.strip_prefix('~').map_or_else(|| rest.to_owned(), |date| format!("{}~", date.trim()));
    Date::parse(rest).map(|date| format!("{prefix}{}", date.edtf())).map_err(|error| super::sentence(&format!("{}.", error.fault)))
}

/// How a typed date is understood, and what the document will hold; empty where the text says it itself.
pub(super) fn date_note(typed: &str, stored: &str) -> String {
    let (Ok(edtf), Ok(Ok(date))) = (date(typed), date(typed).map(|edtf| Date::parse(&edtf))) else { return String::new() };
    match (date.label(), edtf) {
        (label, edtf) if edtf == stored && label == edtf => String::new(),
        (label, edtf) if edtf == stored => label,
        (label, edtf) if label == edtf => format!("Understood as {label}"),
        (label, edtf) => format!("Understood as {label} · kept as {edtf}"),
    }
}

/// A number as JSON has it: whole where it is whole.
pub(super) fn number(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 1e15 { Value::from(number as i64) } else { Value::from(number) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_kept_in_the_form_of_documents() {
        let kept = |text: &str| date(text);
        assert_eq!(kept("20 Oct 1962").as_deref(), Ok("1962-10-20"));
        assert_eq!(kept("~1914").as_deref(), Ok("1914~"));
        assert_eq!(kept("1962-10").as_deref(), Ok("1962-10"));
        assert_eq!(kept("after 1950").as_deref(), Ok("1951/.."));
        for word in ["", "..", "unknown", "last:1995"] {
            assert_eq!(kept(word).as_deref(), Ok(word));
        }
        assert!(kept("1962-13").is_err_and(|why| why.contains("no month 13")));
    }

    #[test]
    fn a_typed_date_says_how_it_is_understood() {
        assert_eq!(date_note("20 Oct 1962", ""), "Understood as 20 October 1962 · kept as 1962-10-20");
        assert_eq!(date_note("1962-10-20", "1962-10-20"), "20 October 1962");
        assert_eq!(date_note("1962", "1962"), "");
    }

    #[test]
    fn whole_numbers_stay_whole() {
        assert_eq!(number(5.0).to_string(), "5");
        assert_eq!(number(2.5).to_string(), "2.5");
    }
}
