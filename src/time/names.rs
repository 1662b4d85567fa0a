//! The words of dates: months, seasons, eras, as people read and write them.

/// The names of the months, January first.
pub const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// EDTF numbers the seasons 21 to 24.
const SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];

/// The number that EDTF gives to spring.
pub(super) const SPRING: u8 = 21;

/// The name of a month, 1 to 12; empty for a number that is no month.
pub(super) fn month(month: u8) -> &'static str {
    usize::from(month).checked_sub(1).and_then(|i| MONTHS.get(i)).copied().unwrap_or("")
}

/// The first three letters of the month's name.
pub(super) fn short_month(number: u8) -> &'static str {
    month(number).get(..3).unwrap_or("")
}

/// The name of a season, 21 to 24; empty for any other number.
pub(super) fn season(number: u8) -> &'static str {
    number.checked_sub(SPRING).and_then(|i| SEASONS.get(usize::from(i))).copied().unwrap_or("")
}

/// The month 1 to 12 of a word in lower case: its name, or three letters of it or more (`sept`), with or without a dot.
pub(super) fn month_from_word(word: &str) -> Option<u8> {
    let word = word.strip_suffix('.').unwrap_or(word);
    if word.len() < 3 {
        return None;
    }
    let found = MONTHS.iter().position(|name| name.to_ascii_lowercase().starts_with(word));
    found.and_then(|i| u8::try_from(i + 1).ok())
}

/// The season 21 to 24 of a word in lower case.
pub(super) fn season_from_word(word: &str) -> Option<u8> {
    let word = if word == "fall" { "autumn" } else { word };
    let found = SEASONS.iter().position(|name| *name == word);
    found.and_then(|i| u8::try_from(i).ok()).map(|i| SPRING + i)
}

/// A year for people: `1914`, `44 BCE`. Years before 1000 and beyond four digits say `CE`, so that nobody takes them for something else.
pub(super) fn year_label(year: i64) -> String {
    let (number, era) = number_and_era(year);
    format!("{number}{era}")
}

/// Several years for people: `1914–1918`, `50–41 BCE`, `1 BCE–9 CE`.
pub(super) fn years_label(first: i64, last: i64) -> String {
    joined(&year_label(first), &year_label(last))
}

/// Two labels with a dash between, the era only once where two years share it. Typographers set the dash apart where what it joins has spaces of
/// its own.
pub(super) fn joined(start: &str, end: &str) -> String {
    for era in [" BCE", " CE"] {
        if let (Some(first), Some(last)) = (bare_year(start, era), bare_year(end, era)) {
            return format!("{first}–{last}{era}");
        }
    }
    let has_inner_spaces = |label: &str| label.trim_end_matches(" BCE").trim_end_matches(" CE").contains(' ');
    let dash = if has_inner_spaces(start) || has_inner_spaces(end) { " – " } else { "–" };
    format!("{start}{dash}{end}")
}

/// As [`joined`], with a month or year that both share said only once: `15–16 June 2020`, `5 May – 16 June 2020`, `May–June 2020`. Labels that say
/// more than a day or a month (`c.`, `(uncertain)`, an era) stay whole, so that it is clear of which end they say it.
pub(super) fn joined_once(start: &str, end: &str) -> String {
    let (first, last): (Vec<&str>, Vec<&str>) = (start.split(' ').collect(), end.split(' ').collect());
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    match (first.as_slice(), last.as_slice()) {
        ([day, month, year], [last_day, last_month, last_year])
            if year == last_year && [day, year, last_day].into_iter().all(|word| is_number(word)) =>
        {
            if month == last_month {
                format!("{day}–{end}")
            } else {
                format!("{day} {month} – {end}")
            }
        }
        ([month, year], [last_month, last_year])
            if year == last_year
                && is_number(year)
                && ![month, last_month].into_iter().any(|word| is_number(word) || word.ends_with('.')) =>
        {
            format!("{month}–{end}")
        }
        _ => joined(start, end),
    }
}

fn bare_year<'a>(label: &'a str, era: &str) -> Option<&'a str> {
    label.strip_suffix(era).filter(|number| number.bytes().all(|b| b.is_ascii_digit()))
}

/// The own name of a stretch of years, if it has one: `1950s`, `440s BCE`, `19th century`. The ten years after a full hundred have none, because
/// "1900s" may mean ten or a hundred.
pub(super) fn stretch_name(first: i64, last: i64) -> Option<String> {
    let (first_number, era) = number_and_era(first);
    let (last_number, _) = number_and_era(last);
    let (nearest, furthest) = (first_number.min(last_number), first_number.max(last_number));
    let in_one_era = (first > 0) == (last > 0);
    match (furthest - nearest, nearest % 100) {
        (9, 10 | 20 | 30 | 40 | 50 | 60 | 70 | 80 | 90) if in_one_era => Some(format!("{nearest}s{era}")),
        (99, 1) if in_one_era => Some(format!("{} century{era}", ordinal(furthest / 100))),
        _ => None,
    }
}

fn number_and_era(year: i64) -> (i64, &'static str) {
    match year {
        ..=0 => (1 - year, " BCE"),
        1000..=9999 => (year, ""),
        _ => (year, " CE"),
    }
}

fn ordinal(number: i64) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_months_and_seasons() {
        assert_eq!(month_from_word("june"), Some(6));
        assert_eq!(month_from_word("sept."), Some(9));
        assert_eq!(month_from_word("ju"), None);
        assert_eq!(month_from_word("junes"), None);
        assert_eq!(season_from_word("fall"), Some(23));
        assert_eq!(season(24), "winter");
        assert_eq!(season(25), "");
        assert_eq!(month(0), "");
        assert_eq!(short_month(9), "Sep");
    }

    #[test]
    fn years_carry_an_era_where_they_need_one() {
        assert_eq!(year_label(0), "1 BCE");
        assert_eq!(year_label(-43), "44 BCE");
        assert_eq!(year_label(843), "843 CE");
        assert_eq!(year_label(1000), "1000");
        assert_eq!(year_label(12_345), "12345 CE");
        assert_eq!(years_label(-49, -40), "50–41 BCE");
        assert_eq!(years_label(0, 9), "1 BCE–9 CE");
    }

    #[test]
    fn stretches_have_their_own_names() {
        let name = |first, last| stretch_name(first, last).unwrap_or_default();
        assert_eq!(name(1950, 1959), "1950s");
        assert_eq!(name(1900, 1909), "");
        assert_eq!(name(1900, 1999), "");
        assert_eq!(name(1801, 1900), "19th century");
        assert_eq!(name(-448, -439), "440s BCE");
        assert_eq!(name(-499, -400), "5th century BCE");
        assert_eq!(name(850, 859), "850s CE");
        assert_eq!(name(-9, 0), "");
        assert_eq!(name(-9, 9), "");
    }
}
