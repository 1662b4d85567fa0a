//! Reading what people paste: a DOI in any spelling, an address on the web, a reference that holds one of them. Nothing is fetched.

use super::{dates, draft::Draft};
use crate::{model::Problem, time::Day};

/// The longest text that people paste, and the longest paragraph and address in it, in bytes.
const MAX_PASTE: usize = 1024 * 1024;
const MAX_PARAGRAPH: usize = 8 * 1024;
const MAX_ADDRESS: usize = 2 * 1024;
/// The longest number that a DOI begins with, in bytes.
const MAX_REGISTRANT: usize = 40;

/// A DOI or an address found in a text, and the bytes that it takes.
#[derive(Debug, PartialEq)]
struct Found {
    start: usize,
    end: usize,
    doi: Option<String>,
    url: String,
}

/// Reads each paragraph with one DOI or address as one item, else each line. `read_on` becomes the day on which a page was read.
pub fn read(text: &str, read_on: Option<Day>) -> (Vec<Draft>, Vec<Problem>) {
    if text.len() > MAX_PASTE {
        let what = "this is no BibTeX, RIS or CSL-JSON, and too long to be searched for DOIs and addresses.";
        return (Vec::new(), vec![Problem::error("", "too-large", what).hint("paste up to 1 MiB at once.")]);
    }
    let (mut drafts, mut problems) = (Vec::new(), Vec::new());
    for (line, paragraph) in paragraphs(text) {
        if paragraph.iter().map(|line| line.len()).sum::<usize>() > MAX_PARAGRAPH {
            let what = format!("the paragraph has over {MAX_PARAGRAPH} bytes and was left out.");
            problems.push(Problem::error(format!("line {line}"), "too-large", what).hint("put blank lines between references."));
            continue;
        }
        match find_all(&paragraph.join(" ")).len() {
            0 => {
                let what = "neither BibTeX, RIS, CSL-JSON, a DOI nor an address was found here.";
                problems.push(Problem::error(format!("line {line}"), "not-a-source", what));
            }
            1 => drafts.extend(draft(line, &paragraph.join(" "), read_on)),
            _ => drafts.extend(paragraph.iter().enumerate().filter_map(|(index, text)| draft(line + index, text, read_on))),
        }
    }
    for draft in &drafts {
        let what = "only the address is known; nothing is fetched from the network.";
        let problem = Problem::warning(draft.place.as_str(), "not-complete", what);
        problems.push(problem.hint("fill in title and author, or paste the BibTeX, RIS or CSL-JSON that the publisher's page offers."));
    }
    (drafts, problems)
}

/// The lines of each paragraph, with the number of its first line.
fn paragraphs(text: &str) -> Vec<(usize, Vec<&str>)> {
    let mut found: Vec<(usize, Vec<&str>)> = Vec::new();
    let mut is_open = false;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        match found.last_mut().filter(|_| is_open) {
            _ if line.is_empty() => is_open = false,
            Some((_, lines)) => lines.push(line),
            None => {
                found.push((index + 1, vec![line]));
                is_open = true;
            }
        }
    }
    found
}

fn draft(line: usize, text: &str, read_on: Option<Day>) -> Option<Draft> {
    let found = find_all(text).into_iter().next()?;
    let mut draft = Draft::new("", format!("line {line}"));
    draft.set("type", if found.doi.is_some() { "document" } else { "webpage" });
    draft.set("title", &title(&text[..found.start], &text[found.end..]));
    draft.set("DOI", found.doi.as_deref().unwrap_or_default());
    draft.set("URL", &found.url);
    draft.set_value("accessed", read_on.filter(|_| found.doi.is_none()).map(dates::of_day));
    Some(draft)
}

/// What stands around an address, without the words that only announce it; empty where nothing is left to read.
fn title(before: &str, after: &str) -> String {
    let mut before = before.trim();
    for word in ["doi:", "doi", "url:", "url", "available at", "available at:", "retrieved from", "accessed at", "from"] {
        let at = before.len().saturating_sub(word.len());
        if before.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(word)) {
            before = before[..at].trim_end();
        }
    }
    let sign = |letter: char| letter.is_whitespace() || "<>[](),;:-–—".contains(letter);
    let text = [before.trim_matches(sign), after.trim_start_matches('.').trim_matches(sign)].join(" ");
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    if letters < 3 { String::new() } else { text.trim().to_owned() }
}

/// Every DOI and address of a text, in its order; a DOI within an address is one with it.
fn find_all(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut from = 0;
    while let Some(next) = find(text, from) {
        from = next.end;
        found.push(next);
    }
    found
}

fn find(text: &str, from: usize) -> Option<Found> {
    let rest = &text[from..];
    // ASCII letters alone change, so that places in it are places in the text.
    let small = rest.to_ascii_lowercase();
    let address = ["https://", "http://"].iter().filter_map(|scheme| small.find(scheme)).min();
    let doi = doi_at(rest);
    match (address, doi) {
        (Some(address), Some((start, _))) if start < address => doi.map(|(start, end)| of_doi(rest, from, start, end)),
        (None, Some((start, end))) => Some(of_doi(rest, from, start, end)),
        (Some(start), _) => Some(of_address(rest, from, start)),
        (None, None) => None,
    }
}

fn of_doi(text: &str, from: usize, start: usize, end: usize) -> Found {
    let doi = text[start..end].to_owned();
    Found { start: from + start, end: from + end, url: format!("https://doi.org/{doi}"), doi: Some(doi) }
}

fn of_address(text: &str, from: usize, start: usize) -> Found {
    let end = start + word_end(&text[start..]);
    let address = &text[start..end];
    let decoded = address.replace("%2F", "/").replace("%2f", "/");
    let doi = doi_at(&decoded).map(|(start, end)| decoded[start..end].split(['?', '#']).next().unwrap_or_default().to_owned());
    let host = address.split('/').nth(2).unwrap_or_default().to_ascii_lowercase();
    let url = match &doi {
        Some(doi) if host == "doi.org" || host.ends_with(".doi.org") => format!("https://doi.org/{doi}"),
        _ => address.to_owned(),
    };
    Found { start: from + start, end: from + end, doi, url }
}

/// Where the first DOI begins and ends: `10.`, four to nine digits (with more after points), a stroke, a name.
///
/// Method: Crossref, "DOIs and matching regular expressions".
pub fn doi_at(text: &str) -> Option<(usize, usize)> {
    text.match_indices("10.").find_map(|(start, _)| {
        let before = text[..start].chars().next_back();
        let rest = &text[start + 3..];
        let registrant = &rest[..rest.bytes().take(MAX_REGISTRANT).position(|byte| byte == b'/')?];
        let digits = registrant.split('.').next()?.len();
        let is_registrant = (4..=9).contains(&digits) && registrant.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let end = start + word_end(&text[start..]);
        let has_name = end > start + 4 + registrant.len();
        (is_registrant && has_name && !before.is_some_and(|letter| letter.is_ascii_digit() || letter == '.')).then_some((start, end))
    })
}

/// How many bytes an address takes at the start of a text: up to a blank or quote, without the signs that end a sentence after it. A closing
/// bracket belongs to it as far as it was opened in it.
fn word_end(text: &str) -> usize {
    let end =
        text.find(|letter: char| letter.is_whitespace() || letter.is_control() || "\"<>“”«»{}".contains(letter)).unwrap_or(text.len());
    let end = (0..=end.min(MAX_ADDRESS)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let mut word = &text[..end];
    while let Some(last) = word.chars().next_back() {
        let count = |sign: char| word.chars().filter(|letter| *letter == sign).count();
        let is_spare = match last {
            ')' => count('(') < count(')'),
            ']' => count('[') < count(']'),
            other => ".,;:!?'’".contains(other),
        };
        if !is_spare {
            break;
        }
        word = &word[..word.len() - last.len_utf8()];
    }
    word.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doi_is_found_in_every_spelling() {
        for text in [
            "10.1080/00396338.2014.941543",
            "doi:10.1080/00396338.2014.941543",
            "DOI 10.1080/00396338.2014.941543.",
            "https://doi.org/10.1080/00396338.2014.941543",
            "http://dx.doi.org/10.1080%2F00396338.2014.941543",
            "(https://DOI.org/10.1080/00396338.2014.941543)",
        ] {
            let (drafts, _) = read(text, None);
            let found: Vec<_> = ["DOI", "URL", "title", "type"].iter().map(|member| drafts[0].text(member)).collect();
            assert_eq!(found, ["10.1080/00396338.2014.941543", "https://doi.org/10.1080/00396338.2014.941543", "", "document"], "{text}");
        }
        assert_eq!(doi_at("page 110.1234/5"), None);
        assert_eq!(doi_at("10.12/34"), None);
        assert_eq!(doi_at("10.1002/(SICI)1(2) x").map(|(_, end)| end), Some(18));
    }

    #[test]
    fn a_pasted_reference_keeps_its_words() {
        let (drafts, problems) = read("Allison, R. Russian intervention.\nInternational Affairs 2014. doi:10.1111/1468-2346.12170", None);
        assert_eq!((drafts.len(), drafts[0].text("title")), (1, "Allison, R. Russian intervention. International Affairs 2014."));
        assert_eq!((problems[0].rule, problems[0].place.as_str()), ("not-complete", "line 1"));
    }

    #[test]
    fn an_address_is_a_page_read_on_the_day_given() {
        let day = Day::from_ymd(2026, 11, 22);
        let (drafts, problems) = read("https://mid.ru/a_(b)?x=1.\nnothing here\n\nhello\n\nhttps://un.org/1 https://un.org/2", day);
        assert_eq!((drafts[0].text("URL"), drafts[0].text("type")), ("https://mid.ru/a_(b)?x=1", "webpage"));
        assert_eq!(drafts[0].csl["accessed"], serde_json::json!({"date-parts": [[2026, 11, 22]]}));
        assert_eq!(drafts.iter().map(|draft| draft.place.as_str()).collect::<Vec<_>>(), ["line 1", "line 6"]);
        assert_eq!((problems[0].rule, problems[0].place.as_str()), ("not-a-source", "line 4"));
    }
}
