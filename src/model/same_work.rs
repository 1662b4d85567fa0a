//! Whether two items of bibliographies are one work: what they share, and what tells them apart although they share it.

use super::{Source, search::folded};

/// Members that tell two parts of one publication apart.
const PARTS: [&str; 6] = ["volume", "issue", "number", "page", "edition", "section"];
/// Members that tell apart what has one title and no maker on one side.
const PLACES: [&str; 3] = ["authority", "container-title", "publisher"];

/// The signs of a work, of which two items of it share at least one: DOI, ISBN, address, title with year. Equal signs need [`are_one_work`] besides.
/// An item with none of them is known again by all that it says.
pub fn signs(source: &Source) -> Vec<String> {
    let isbn = source.field("ISBN").unwrap_or_default();
    let isbns = isbn.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-')).filter_map(isbn_13);
    let title = Some(plain(source.text("title").unwrap_or_default())).filter(|title| !title.is_empty()).zip(source.year());
    let title = title.map(|(title, year)| format!("title {title} {year}"));
    let doi = doi(source).map(|doi| format!("doi {doi}"));
    let url = source.url().and_then(page).map(|page| format!("page {page}"));
    let found: Vec<String> = doi.into_iter().chain(isbns.map(|isbn| format!("isbn {isbn}"))).chain(url).chain(title).collect();
    let whole = || serde_json::to_string(&source.csl).map(|text| format!("item {text}"));
    if found.is_empty() { whole().into_iter().collect() } else { found }
}

/// Whether two items that share a sign are one work. What either leaves open tells nothing apart, so that filling in what one lacks from the other
/// changes no answer about the two.
pub fn are_one_work(one: &Source, other: &Source) -> bool {
    let differ = |key: &str| one.field(key).zip(other.field(key)).is_some_and(|(one, other)| plain(&one) != plain(&other));
    if one.csl == other.csl {
        return true;
    }
    if let Some((own, its)) = doi(one).zip(doi(other)) {
        return own == its;
    }
    if PARTS.iter().any(|part| differ(part)) {
        return false;
    }
    let titles = one.text("title").zip(other.text("title"));
    let titles_differ = titles.is_some_and(|(one, other)| !one_begins_other(one, other));
    let years_differ = one.year().zip(other.year()).is_some_and(|(one, other)| one != other);
    let (own, its) = (signs(one), signs(other));
    let share = |kind: &str| own.iter().any(|sign| sign.starts_with(kind) && its.contains(sign));
    let makers = same_makers(one, other);
    // A chapter carries the ISBN of its book.
    let by_isbn = share("isbn ") && !titles_differ;
    // Many treaties stand on one page.
    let by_page = share("page ") && !(titles_differ && (years_differ || makers == Some(false)));
    let by_title = || match makers {
        Some(are_same) => are_same,
        None => !PLACES.iter().any(|place| differ(place)),
    };
    by_isbn || by_page || (share("title ") && by_title())
}

/// Whether the same people made both, by their family names in the roles that both name; `None` where they name no common role.
fn same_makers(one: &Source, other: &Source) -> Option<bool> {
    let names = |source: &Source, role: &str| source.names(role).iter().map(|name| plain(name.short())).collect::<Vec<_>>();
    let both = ["author", "editor"].map(|role| (names(one, role), names(other, role)));
    let mut named = both.iter().filter(|(own, its)| !own.is_empty() && !its.is_empty()).peekable();
    named.peek()?;
    Some(named.all(|(own, its)| own == its))
}

/// Whether one title is the other, or the other without its subtitle.
fn one_begins_other(one: &str, other: &str) -> bool {
    let (one, other) = (plain(one), plain(other));
    let begins = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    begins(&one, &other) || begins(&other, &one)
}

/// Letters and digits alone, folded, with single blanks: spelling, quotation marks and dashes tell no works apart.
pub fn plain(text: &str) -> String {
    let folded = folded(text);
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The DOI in small letters without what stands before it, of the member `DOI` or an address at doi.org.
pub fn doi(source: &Source) -> Option<String> {
    let small = |text: &str| text.to_lowercase();
    let of_address = || source.url().map(small).filter(|url| url.contains("//doi.org/") || url.contains("//dx.doi.org/"));
    let text = source.text("DOI").map(small).or_else(of_address)?;
    let start = text.find("10.")?;
    Some(text[start..].trim_end_matches(['.', '/']).to_owned())
}

/// An address without what different spellings of it differ in; `None` for the front page of a site, which many works name.
pub fn page(url: &str) -> Option<String> {
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| url.get(..scheme.len()).filter(|own| own.eq_ignore_ascii_case(scheme)).map(|_| &url[scheme.len()..]))?;
    let (host, path) = rest.split_once('/')?;
    let path = path.trim_end_matches(['/', '#']);
    let host = host.to_lowercase();
    (!path.is_empty()).then(|| format!("{}/{path}", host.strip_prefix("www.").unwrap_or(&host)))
}

/// An ISBN of 10 or 13 signs as one of 13 digits; `None` for what is none. The last digit is worked out anew.
///
/// Standard: ISO 2108.
fn isbn_13(text: &str) -> Option<String> {
    let signs: String = text.chars().filter(|letter| *letter != '-').collect();
    let digits = match signs.len() {
        10 => format!("978{}", &signs[..9]),
        13 => signs[..12].to_owned(),
        _ => return None,
    };
    let values: Vec<u32> = digits.chars().map(|digit| digit.to_digit(10)).collect::<Option<_>>()?;
    let sum: u32 = values.iter().enumerate().map(|(place, digit)| digit * if place % 2 == 0 { 1 } else { 3 }).sum();
    Some(format!("{digits}{}", (10 - sum % 10) % 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(json: &str) -> Source {
        serde_json::from_str(json).unwrap()
    }

    fn are_one(one: &str, other: &str) -> bool {
        let (one, other) = (source(one), source(other));
        let (own, its) = (signs(&one), signs(&other));
        let there = own.iter().any(|sign| its.contains(sign)) && are_one_work(&one, &other);
        let back = its.iter().any(|sign| own.contains(sign)) && are_one_work(&other, &one);
        assert_eq!(there, back, "it is one question from both sides");
        there
    }

    #[test]
    fn one_work_is_known_by_doi_isbn_address_or_title() {
        assert!(are_one(r#"{"id":"a","DOI":"10.1000/ABC"}"#, r#"{"id":"b","URL":"https://doi.org/10.1000/abc"}"#));
        assert!(are_one(
            r#"{"id":"a","title":"Border","ISBN":"0-306-40615-2"}"#,
            r#"{"id":"b","title":"Border: A history","ISBN":"978-0-306-40615-7"}"#
        ));
        assert!(are_one(r#"{"id":"a","title":"News","URL":"http://www.un.org/a/"}"#, r#"{"id":"b","URL":"https://un.org/a"}"#));
        let book = |more: &str| format!(r#"{{"id":"a","title":"India’s China War","issued":{{"date-parts":[[1970]]}}{more}}}"#);
        assert!(are_one(
            &book(r#","author":[{"family":"Maxwell","given":"Neville"}]"#),
            &book(r#","author":[{"family":"Maxwell","given":"N."}]"#).replace('’', "'")
        ));
    }

    #[test]
    fn what_shares_a_sign_may_still_be_two_works() {
        let isbn = |title: &str| format!(r#"{{"id":"a","title":"{title}","ISBN":"9780306406157"}}"#);
        assert!(!are_one(&isbn("The whole book"), &isbn("A chapter of it")));
        let treaty = |title: &str, year: i64| {
            format!(r#"{{"id":"a","title":"{title}","URL":"https://treaties.un.org/v3","issued":{{"date-parts":[[{year}]]}}}}"#)
        };
        assert!(!are_one(&treaty("Treaty of Ford", 1954), &treaty("Treaty of Bridge", 1961)));
        let titled = |more: &str| format!(r#"{{"id":"a","title":"Report","issued":{{"date-parts":[[1999]]}}{more}}}"#);
        assert!(!are_one(&titled(r#","author":[{"family":"Li"}]"#), &titled(r#","author":[{"family":"Rao"}]"#)));
        assert!(!are_one(&titled(r#","number":"A/1""#), &titled(r#","number":"A/2""#)));
        assert!(!are_one(&titled(r#","DOI":"10.1000/1""#), &titled(r#","DOI":"10.1000/2""#)));
        assert!(!are_one(r#"{"id":"a","URL":"https://un.org/"}"#, r#"{"id":"b","URL":"https://un.org"}"#));
    }
}
