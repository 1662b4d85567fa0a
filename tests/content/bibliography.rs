//! The bibliography in every format: each source of the atlas comes back from each with its id, title and year.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use border_atlas::{
    export::bibliography::{bibtex, csl_json, list, ris},
    io::built_in_atlas,
    model::{Atlas, Source},
};

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| built_in_atlas().unwrap().0);

/// Id, title, year; the year empty where there is none.
type Row = (String, String, String);

fn wanted(sources: &[&Source]) -> Vec<Row> {
    let year = |source: &Source| source.year().map_or_else(String::new, |year| year.to_string());
    sources.iter().map(|source| (source.id.to_string(), source.title().to_owned(), year(source))).collect()
}

#[test]
fn every_source_of_every_bibliography_is_there_once_and_in_order() {
    let all = ATLAS.bibliography();
    let ids: Vec<&str> = all.iter().map(|source| source.id.as_str()).collect();
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
    let stored = ATLAS.sources.iter().chain(ATLAS.cases.iter().flat_map(|case| &case.sources));
    assert_eq!(ids.iter().copied().collect::<BTreeSet<_>>(), stored.map(|source| source.id.as_str()).collect());
}

#[test]
fn a_work_that_two_bibliographies_hold_reads_the_same_in_both() {
    let mut known: BTreeMap<&str, &Source> = BTreeMap::new();
    for source in ATLAS.sources.iter().chain(ATLAS.cases.iter().flat_map(|case| &case.sources)) {
        let first = *known.entry(source.id.as_str()).or_insert(source);
        assert_eq!(first, source);
    }
}

#[test]
fn a_case_has_its_own_sources_and_those_of_its_alliances() {
    let case = ATLAS.case("galwan").unwrap();
    let found: BTreeSet<&str> = ATLAS.bibliography_of(case).iter().map(|source| source.id.as_str()).collect();
    assert!(case.sources.iter().all(|source| found.contains(source.id.as_str())));
    let alliance = ATLAS.alliance("indo-soviet-1971").unwrap();
    assert!(alliance.members.iter().flat_map(|member| &member.sources).all(|citation| found.contains(citation.source.as_str())));
    assert!(!found.contains("nato-1949-treaty"));
}

#[test]
fn csl_json_gives_each_item_back_as_it_is_stored() {
    let all = ATLAS.bibliography();
    let read: Vec<Source> = serde_json::from_str(&csl_json(&all).unwrap()).unwrap();
    assert!(read.iter().eq(all.iter().copied()));
}

#[test]
fn bibtex_gives_back_id_title_and_year() {
    let all = ATLAS.bibliography();
    let read: Vec<Row> = bibtex_entries(&bibtex(&all))
        .into_iter()
        .map(|(key, fields)| {
            let field = |name: &str| unescaped(fields.get(name).map_or("", String::as_str));
            (key, field("title"), field("year"))
        })
        .collect();
    assert_eq!(read, wanted(&all));
}

#[test]
fn ris_gives_back_id_title_and_year() {
    let all = ATLAS.bibliography();
    let text = ris(&all);
    let value = |record: &str, tag: &str| {
        let start = format!("{tag}  - ");
        record.lines().find_map(|line| line.strip_prefix(&start)).unwrap_or_default().trim_end().to_owned()
    };
    let records = text.split("ER  - \r\n\r\n").filter(|record| !record.is_empty());
    let read: Vec<Row> = records.map(|record| (value(record, "ID"), value(record, "TI"), value(record, "PY"))).collect();
    assert_eq!(read, wanted(&all));
}

#[test]
fn the_list_names_each_source_with_its_title_and_year() {
    let all = ATLAS.bibliography();
    let text = list(&all);
    assert_eq!(text.lines().count(), all.len());
    let lines: BTreeMap<&str, &str> = text.lines().map(|line| (line.rsplit_once('[').unwrap().1.trim_end_matches(']'), line)).collect();
    for (id, title, year) in wanted(&all) {
        let line = lines.get(id.as_str()).unwrap_or_else(|| panic!("{id} is missing"));
        assert!(line.contains(&title) && line.contains(&year), "{title} ({year}): {line}");
    }
}

#[test]
fn our_data_has_no_type_that_the_formats_do_not_tell_apart() {
    let all = ATLAS.bibliography();
    let known = [
        "article",
        "article-journal",
        "article-magazine",
        "article-newspaper",
        "book",
        "chapter",
        "dataset",
        "document",
        "entry-encyclopedia",
        "interview",
        "legal_case",
        "legislation",
        "map",
        "report",
        "speech",
        "treaty",
        "webpage",
        "thesis",
        "paper-conference",
    ];
    let unknown: BTreeSet<&str> = all.iter().map(|source| source.kind()).filter(|kind| !known.contains(kind)).collect();
    assert!(unknown.is_empty(), "say in bibtex.rs and ris.rs what these are: {unknown:?}");
    let text = ris(&all);
    let general = text.split("ER  - ").filter(|record| record.contains("TY  - GEN\r")).collect::<Vec<_>>();
    assert!(general.iter().all(|record| record.contains("M3  - document\r") || record.contains("M3  - speech\r")));
}

/// The entries of a BibTeX text: key and fields, braces taken off. Only as much of the format as we write.
fn bibtex_entries(text: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut entries = Vec::new();
    for entry in text.split("\n}\n").filter(|entry| !entry.trim().is_empty()) {
        let (head, body) = entry.trim_start().split_once(",\n").unwrap();
        let key = head.split_once('{').unwrap().1.to_owned();
        let fields = body.lines().map(|line| {
            let (name, value) = line.trim().split_once(" = ").unwrap();
            assert_eq!(value.matches('{').count(), value.matches('}').count(), "{line}");
            (name.to_owned(), value.trim_end_matches(',').to_owned())
        });
        entries.push((key, fields.collect()));
    }
    entries
}

/// A value as TeX would print it.
fn unescaped(value: &str) -> String {
    let mut text = value;
    while let Some(inner) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        text = inner;
    }
    let words = [("\\textbraceleft{}", "{"), ("\\textbraceright{}", "}"), ("\\textasciitilde{}", "~"), ("\\textasciicircum{}", "^")];
    let mut found = words.iter().fold(text.to_owned(), |text, (word, sign)| text.replace(word, sign));
    for sign in ["%", "&", "#", "$", "_"] {
        found = found.replace(&format!("\\{sign}"), sign);
    }
    found.replace("\\textbackslash{}", "\\")
}
