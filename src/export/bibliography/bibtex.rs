//! BibTeX: UTF-8, plain entries that BibTeX, biber and reference managers all read.

use std::{collections::HashSet, fmt::Write};

use super::{container, iso_date, one_line};
use crate::model::{Source, source::Name};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The sources as a BibTeX file, in the order given. Keys are the ids, freed from what a key may not hold, each used once.
pub fn bibtex(sources: &[&Source]) -> String {
    let mut keys = HashSet::new();
    sources.iter().map(|source| entry(source, &unique_key(source.id.as_str(), &mut keys))).collect::<Vec<_>>().join("\n")
}

/// The BibTeX type for a CSL type; `misc` where BibTeX has none.
fn entry_type(kind: &str) -> &'static str {
    match kind {
        "article" | "article-journal" | "article-magazine" | "article-newspaper" => "article",
        "book" => "book",
        "chapter" | "entry" | "entry-dictionary" | "entry-encyclopedia" => "incollection",
        "paper-conference" => "inproceedings",
        "pamphlet" => "booklet",
        "report" => "techreport",
        "thesis" => "phdthesis",
        "manuscript" => "unpublished",
        _ => "misc",
    }
}

/// Whether the BibTeX type alone says which CSL type it was; else the CSL type is written as keyword.
fn says_all(kind: &str) -> bool {
    matches!(kind, "article-journal" | "book" | "chapter" | "paper-conference" | "pamphlet" | "report" | "thesis" | "manuscript")
}

/// Keys are told apart without regard to case, as BibTeX does.
fn unique_key(id: &str, taken: &mut HashSet<String>) -> String {
    let plain: String =
        id.chars().map(|letter| if letter.is_ascii_alphanumeric() || "-_.:".contains(letter) { letter } else { '-' }).collect();
    let plain = if plain.is_empty() { "source".to_owned() } else { plain };
    let mut key = plain.clone();
    let mut next = 2;
    while !taken.insert(key.to_lowercase()) {
        key = format!("{plain}-{next}");
        next += 1;
    }
    key
}

fn entry(source: &Source, key: &str) -> String {
    let kind = entry_type(source.kind());
    let mut text = format!("@{kind}{{{key},\n");
    let mut field = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "  {name} = {{{value}}},");
        }
    };
    let plain = |key: &str| source.field(key).map(|value| escaped(&value));
    field("author", people(source, "author"));
    field("editor", people(source, "editor"));
    // The second pair of braces keeps the capitals of names.
    field("title", Some(format!("{{{}}}", escaped(source.title()))));
    match kind {
        "article" => {
            field("journal", plain("container-title"));
            field("volume", plain("volume"));
            field("number", plain("issue").or_else(|| plain("number")));
            field("pages", pages(source));
        }
        "misc" => {
            field("howpublished", Some(escaped(&container(source))));
            field("organization", plain("authority"));
        }
        _ => {
            field("booktitle", plain("container-title"));
            field("edition", plain("edition"));
            field("volume", plain("volume"));
            field("number", plain("number"));
            field("pages", pages(source));
        }
    }
    field(publisher_field(kind), plain("publisher"));
    field("address", plain("publisher-place"));
    field("isbn", plain("ISBN"));
    field("doi", source.text("DOI").map(verbatim));
    field("url", source.url().map(verbatim));
    field("urldate", source.accessed().map(iso_date));
    field("library", plain("archive_location"));
    field("language", plain("language"));
    field("keywords", (!says_all(source.kind())).then(|| source.kind().to_owned()));
    field("note", plain("note"));
    let issued = source.issued();
    field("year", issued.map(|issued| issued.year.to_string()));
    field("day", issued.and_then(|issued| issued.day).map(|day| day.to_string()));
    if let Some(month) = issued.and_then(|issued| issued.month) {
        // A word that BibTeX knows, so without braces.
        let _ = writeln!(text, "  month = {},", MONTHS[usize::from(month) - 1]);
    }
    text + "}\n"
}

fn publisher_field(kind: &str) -> &'static str {
    match kind {
        "techreport" => "institution",
        "phdthesis" => "school",
        _ => "publisher",
    }
}

/// Names divided by `and`; a body in braces, so that it is neither taken apart nor turned round.
fn people(source: &Source, role: &str) -> Option<String> {
    let listed = |name: &Name| match name {
        Name::Body(body) => format!("{{{}}}", escaped(body)),
        // Without the comma the last word would be taken for the family name.
        Name::Person { family, given } if given.is_empty() && family.contains(' ') => escaped(family) + ",",
        Name::Person { .. } => escaped(&name.listed()),
    };
    let names: Vec<String> = source.names(role).iter().map(listed).collect();
    (!names.is_empty()).then(|| names.join(" and "))
}

fn pages(source: &Source) -> Option<String> {
    source.field("page").map(|page| escaped(&page.replace(['–', '—'], "-").replace("--", "-").replace('-', "--")))
}

/// A text for a field: what TeX takes for a command becomes the sign that it stands for, and braces never stand alone.
fn escaped(text: &str) -> String {
    let mut found = String::with_capacity(text.len());
    for letter in one_line(text).chars() {
        match letter {
            '%' | '&' | '#' | '$' | '_' => found.extend(['\\', letter]),
            '{' => found.push_str(r"\textbraceleft{}"),
            '}' => found.push_str(r"\textbraceright{}"),
            '\\' => found.push_str(r"\textbackslash{}"),
            '~' => found.push_str(r"\textasciitilde{}"),
            '^' => found.push_str(r"\textasciicircum{}"),
            other => found.push(other),
        }
    }
    found
}

/// An address: readers take it as it stands, so that only what would end the field is written in its percent form.
fn verbatim(text: &str) -> String {
    one_line(text).replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C").replace(' ', "%20")
}

#[cfg(test)]
mod tests {
    use super::{super::samples, *};

    #[test]
    fn what_tex_would_take_for_a_command_is_escaped() {
        let hostile = samples::hostile();
        let text = bibtex(&[&hostile]);
        assert!(text.starts_with("@article{x-1954-odd,\n"), "{text}");
        let title = r#"  title = {{100\% \textbraceleft{}of\textbraceright{} "Crimea" \& Крым \#1 \$5\_a\textasciitilde{}b\textasciicircum{}c \textbackslash{} end\textbraceright{}}},"#;
        assert!(text.contains(title), "{text}");
        assert!(text.contains("  author = {О'Нил, Анна and {Ministry of War and Peace} and de Waal, T.},"), "{text}");
        assert!(text.contains("  url = {https://example.org/a_b%20c?x=%7B1%7D&y=#z},"), "{text}");
        assert!(text.contains("  pages = {12--19},") && text.contains("  month = feb,") && text.contains("  day = {19},"), "{text}");
        assert_eq!(text.matches('{').count(), text.matches('}').count());
    }

    #[test]
    fn keys_are_free_of_what_bibtex_cannot_read_and_used_once() {
        let ids = ["a b", "a,b", "A-B", "ж", ""];
        let sources: Vec<Source> = ids.iter().map(|id| samples::source(&format!(r#"{{"id":"{id}","type":"book","title":"T"}}"#))).collect();
        let text = bibtex(&sources.iter().collect::<Vec<_>>());
        let keys: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("@book{")?.strip_suffix(',')).collect();
        assert_eq!(keys, ["a-b", "a-b-2", "A-B-3", "-", "source"]);
    }

    #[test]
    fn a_treaty_says_where_it_is_printed() {
        let treaty = samples::source(
            r#"{"id":"t","type":"treaty","title":"T","container-title":"United Nations Treaty Series","volume":"131","number":"No. 1736","page":"83"}"#,
        );
        let text = bibtex(&[&treaty]);
        assert!(
            text.starts_with("@misc{t,") && text.contains("howpublished = {United Nations Treaty Series, vol. 131, No. 1736, p. 83},"),
            "{text}"
        );
        assert!(text.contains("keywords = {treaty},"), "{text}");
    }
}
