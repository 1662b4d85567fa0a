//! RIS, the tagged format of reference managers: a tag and a value a line, lines ended by CR and LF.

use super::one_line;
use crate::model::{
    Source,
    source::{Issued, Name},
};

/// The sources as a RIS file in UTF-8, in the order given.
pub fn ris(sources: &[&Source]) -> String {
    sources.iter().map(|source| record(source)).collect()
}

/// The RIS type for a CSL type.
fn record_type(kind: &str) -> &'static str {
    match kind {
        "article" | "article-journal" => "JOUR",
        "article-magazine" => "MGZN",
        "article-newspaper" => "NEWS",
        "book" => "BOOK",
        "chapter" => "CHAP",
        "dataset" => "DATA",
        "entry" | "entry-encyclopedia" => "ENCYC",
        "entry-dictionary" => "DICT",
        "hearing" => "HEAR",
        "interview" | "personal_communication" => "PCOMM",
        "legal_case" => "CASE",
        "bill" => "BILL",
        "legislation" => "STAT",
        "manuscript" => "MANSCPT",
        "map" => "MAP",
        "pamphlet" => "PAMP",
        "paper-conference" => "CPAPER",
        "regulation" | "treaty" => "LEGAL",
        "report" => "RPRT",
        "thesis" => "THES",
        "webpage" | "post" | "post-weblog" => "ELEC",
        _ => "GEN",
    }
}

fn record(source: &Source) -> String {
    let mut text = String::new();
    let mut line = |tag: &str, value: Option<String>| {
        // A value with a line end in it could forge a tag.
        if let Some(value) = value.map(|value| one_line(&value)).filter(|value| !value.is_empty()) {
            text.push_str(&format!("{tag}  - {value}\r\n"));
        }
    };
    line("TY", Some(record_type(source.kind()).to_owned()));
    line("ID", Some(source.id.to_string()));
    source.names("author").iter().for_each(|name| line("AU", Some(listed(name))));
    source.names("editor").iter().for_each(|name| line("ED", Some(listed(name))));
    line("TI", Some(source.title().to_owned()));
    line("T2", source.field("container-title"));
    let issued = source.issued();
    line("PY", issued.map(|issued| issued.year.to_string()));
    line("DA", issued.map(date));
    for (tag, key) in [("VL", "volume"), ("IS", "issue"), ("M1", "number"), ("SE", "section"), ("ET", "edition")] {
        line(tag, source.field(key));
    }
    let page = source.field("page").unwrap_or_default();
    let (first, last) = page.split_once(['–', '-']).unwrap_or((&page, ""));
    line("SP", Some(first.to_owned()));
    line("EP", Some(last.to_owned()));
    line("PB", source.field("publisher").or_else(|| source.field("authority")));
    line("SN", source.field("ISBN").or_else(|| source.field("ISSN")));
    line("Y2", source.accessed().map(date));
    let more = [("CY", "publisher-place"), ("DO", "DOI"), ("UR", "URL"), ("LA", "language"), ("AV", "archive_location"), ("N1", "note")];
    more.into_iter().for_each(|(tag, key)| line(tag, source.field(key)));
    // The type of work in words, for the many that RIS lumps together.
    line("M3", Some(source.kind().to_owned()));
    text + "ER  - \r\n\r\n"
}

/// A name as reference managers take it. A body with a comma in it ends in one, which says that it is no family name and given names.
fn listed(name: &Name) -> String {
    match name {
        Name::Body(body) if body.contains(',') => format!("{body},"),
        name => name.listed(),
    }
}

/// `YYYY/MM/DD/` with nothing where a part is not known.
fn date(issued: Issued) -> String {
    let part = |part: Option<u8>| part.map_or_else(String::new, |part| format!("{part:02}"));
    format!("{:04}/{}/{}/", issued.year, part(issued.month), part(issued.day))
}

#[cfg(test)]
mod tests {
    use super::{super::samples, *};

    #[test]
    fn values_stay_on_their_line() {
        let hostile = samples::hostile();
        let text = ris(&[&hostile]);
        assert!(text.starts_with("TY  - JOUR\r\nID  - x-1954-odd\r\nAU  - О'Нил, Анна\r\nAU  - Ministry of War and Peace\r\n"), "{text}");
        assert!(text.contains("TI  - 100% {of} \"Crimea\" & Крым #1 $5_a~b^c \\ end}\r\n"), "{text}");
        assert!(text.contains("DA  - 1954/02/19/\r\n") && text.contains("SP  - 12\r\nEP  - 19\r\n"), "{text}");
        // Readers end a line at any line end.
        let tags: Vec<&str> = text.lines().filter(|line| !line.is_empty()).map(|line| line.split_once("  - ").unwrap().0).collect();
        assert!(tags.iter().all(|tag| tag.len() == 2) && tags.iter().filter(|tag| **tag == "ER").count() == 1, "{tags:?}");
    }

    #[test]
    fn a_year_alone_leaves_month_and_day_open() {
        let book = samples::source(r#"{"id":"b","type":"book","title":"T","issued":{"date-parts":[[2003]]}}"#);
        assert!(ris(&[&book]).contains("PY  - 2003\r\nDA  - 2003///\r\n"));
    }
}
