//! Sources in and out: what the exports write is read back, what people paste is recognised, and no text breaks a reader or a style.

use std::{collections::HashSet, sync::LazyLock};

use border_atlas::{
    export::bibliography::{CitationStyle, Stylist, bibtex, csl_json, markdown, ris},
    io::{Given, built_in_atlas, sources_from_text},
    model::{
        Atlas, Citation, Problem, Source, SourceId,
        source::{Issued, Name},
    },
};
use proptest::prelude::*;

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| built_in_atlas().unwrap().0);

/// What comes back from every format: id, type, title, authors, first date of issue, DOI, address.
///
/// Exceptions, by the formats: of a range of dates BibTeX and RIS bring back the first, and ids that no key can be are written anew.
#[derive(Debug, PartialEq)]
struct Kept {
    id: String,
    kind: String,
    title: String,
    authors: Vec<Name>,
    issued: Option<Issued>,
    doi: Option<String>,
    url: Option<String>,
}

fn kept(source: &Source) -> Kept {
    Kept {
        id: source.id.to_string(),
        kind: source.kind().to_owned(),
        title: source.title().to_owned(),
        authors: source.names("author"),
        issued: source.issued(),
        doi: source.field("DOI"),
        url: source.field("URL"),
    }
}

fn read(text: &str) -> (Vec<Source>, Vec<Problem>) {
    sources_from_text(text, &Given::default())
}

fn comes_back(sources: &[&Source], text: &str) -> Vec<(Kept, Kept)> {
    let (read, problems) = read(text);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(read.len(), sources.len());
    read.iter().zip(sources).map(|(found, wanted)| (kept(found), kept(wanted))).collect()
}

#[test]
fn every_source_of_the_atlas_comes_back_from_every_format() {
    let all = ATLAS.bibliography();
    for text in [bibtex(&all), csl_json(&all).unwrap()] {
        comes_back(&all, &text).into_iter().for_each(|(found, wanted)| assert_eq!(found, wanted));
    }
    // RIS writes a person without given names as it writes a body.
    let as_body = |name: Name| match name {
        Name::Person { family, given } if given.is_empty() => Name::Body(family),
        name => name,
    };
    for (found, mut wanted) in comes_back(&all, &ris(&all)) {
        wanted.authors = wanted.authors.into_iter().map(as_body).collect();
        assert_eq!(found, wanted);
    }
}

#[test]
fn a_bibtex_file_of_a_library_is_read_whole() {
    let text = r#"
% a comment
@string{nyup = "New York University Press"}
@book{waal2003, author = {de Waal, Thomas and G{\"o}ltz, Zo\'e and {Ministry of War} and others}, title = {Black {Garden}: \emph{Armenia}~and Azerbaijan},
  publisher = nyup, address = {New York}, date = {2003-05/2004}, isbn = {978-0-8147-1945-9}, langid = {english}}
@online{mid, title = {{Заявление}}, url = {https://mid.ru/a_b~c}, urldate = {2026-11-22}, organization = {МИД}, year = 2022, month = feb}
@incollection{part, crossref = {waal2003}, author = {Last, First}, title = {A Part}, pages = {12--19}}
"#;
    let (sources, problems) = read(text);
    assert!(problems.is_empty(), "{problems:?}");
    let book = serde_json::json!({
        "id": "waal2003", "type": "book",
        "author": [{"non-dropping-particle": "de", "family": "Waal", "given": "Thomas"}, {"family": "Göltz", "given": "Zoé"}, {"literal": "Ministry of War"}],
        "title": "Black Garden: Armenia and Azerbaijan", "publisher-place": "New York", "ISBN": "978-0-8147-1945-9", "language": "en",
        "publisher": "New York University Press", "issued": {"date-parts": [[2003, 5], [2004]]}
    });
    assert_eq!(serde_json::to_value(&sources[0]).unwrap(), book);
    assert_eq!((sources[1].kind(), sources[1].url(), sources[1].authors().as_str()), ("webpage", Some("https://mid.ru/a_b~c"), "МИД"));
    assert_eq!(sources[1].accessed(), Some(Issued { year: 2026, month: Some(11), day: Some(22) }));
    assert_eq!(sources[1].issued(), Some(Issued { year: 2022, month: Some(2), day: None }));
    let field = |key: &str| sources[2].field(key).unwrap_or_default();
    assert_eq!((field("container-title").as_str(), field("page").as_str()), ("Black Garden: Armenia and Azerbaijan", "12-19"));
    assert_eq!((field("publisher").as_str(), sources[2].title()), ("New York University Press", "A Part"));
}

#[test]
fn one_bad_entry_is_told_with_its_line_and_costs_no_other() {
    let text = "@book{a, title = {One}}\n\n@book{b,\n  title = {Two,\n}\n@book{c, title = {Three}, year = nosuch}\n@article{d title={Four}}\n@misc{a, title={Five}}\n";
    let (sources, problems) = read(text);
    let ids: Vec<(&str, &str)> = sources.iter().map(|source| (source.id.as_str(), source.title())).collect();
    assert_eq!(ids, [("a", "One"), ("c", "Three"), ("a-2", "Five")]);
    let told: Vec<(&str, &str)> = problems.iter().map(|problem| (problem.place.as_str(), problem.rule)).collect();
    assert_eq!(told, [("line 5", "bad-bibtex"), ("line 6", "unknown-string"), ("line 7", "bad-bibtex")]);
    assert!(problems[0].what.contains("begins on line 3"), "{}", problems[0]);
}

#[test]
fn what_names_itself_has_an_end() {
    let mut bomb = "@string{a0 = {lol}}\n".to_owned();
    (1..40).for_each(|n| bomb.push_str(&format!("@string{{a{n} = a{} # a{}}}\n", n - 1, n - 1)));
    bomb.push_str("@string{own = own}\n@book{x, title = own, crossref = {y}, xdata = {x}}\n@book{y, title = a39, crossref = {x}}\n");
    bomb.push_str(&format!("@book{{deep, title = {}{}}}\n", "{".repeat(60), "}".repeat(60)));
    let (sources, problems) = read(&bomb);
    assert_eq!(sources.iter().map(|source| source.id.as_str()).collect::<Vec<_>>(), ["x", "y"]);
    assert!(problems.iter().any(|problem| problem.rule == "too-large"), "{problems:?}");
    let commands = format!("@book{{x, title = {{{}x{}}}}}", "\\'{".repeat(100_000), "}".repeat(100_000));
    assert_eq!(read(&commands).1[0].rule, "too-large");
    assert_eq!(read(&"[".repeat(100_000)).1[0].rule, "bad-json");
}

#[test]
fn ids_are_kept_made_and_told_apart() {
    let text = r#"[{"id":"Waal2003","type":"book","title":"T"},{"id":"http://zotero.org/1","type":"book","title":"The Black Garden",
        "author":[{"family":"de Waal","given":"T"}],"issued":{"date-parts":[[2003]]}},{"id":7,"type":"webpage","URL":"https://www.un.org/a"},
        {"type":"treaty","title":"О границе","author":[{"literal":"Ministry of War"}]},{"id":"a;b (c)","type":"book","title":"T"}]"#;
    let given = Given { taken: [SourceId::from("waal2003"), SourceId::from("t")].into(), ..Given::default() };
    let (sources, _) = sources_from_text(text, &given);
    let ids: Vec<&str> = sources.iter().map(|source| source.id.as_str()).collect();
    assert_eq!(ids, ["Waal2003-2", "waal-2003-black", "un.org", "ministry-границе", "t-2"]);
    assert_eq!(read("https://doi.org/10.1080/00396338.2014.941543").0[0].id.as_str(), "doi-00396338.2014.941543");
}

#[test]
fn what_hides_in_a_text_is_taken_out() {
    let text = "[{\"id\":\"a\",\"type\":\"webpage\",\"title\":\"A\\u202eB\\u0000\\n C\\u200b\",\"URL\":\"javascript:alert(1)\",\"DOI\":\"https://doi.org/10.1000/x\"}]";
    let (sources, problems) = read(text);
    assert_eq!((sources[0].title(), sources[0].url(), sources[0].text("DOI")), ("AB C", None, Some("10.1000/x")));
    assert_eq!(problems.iter().map(|problem| problem.rule).collect::<Vec<_>>(), ["bad-address"]);
}

static STYLISTS: LazyLock<Vec<(CitationStyle, Stylist)>> =
    LazyLock::new(|| CitationStyle::ALL.into_iter().map(|style| (style, Stylist::new(style).unwrap())).collect());

#[test]
fn every_style_lists_every_source_of_the_cases_with_its_year() {
    for case in &ATLAS.cases {
        let sources: Vec<&Source> = case.sources.iter().collect();
        for (style, stylist) in STYLISTS.iter() {
            let entries = stylist.bibliography(&sources);
            assert_eq!(entries.len(), sources.len(), "{}", style.id());
            for entry in &entries {
                let source = sources.iter().find(|source| source.id == entry.id).unwrap();
                let year = source.year().map_or_else(String::new, |year| year.to_string());
                // IEEE dates a page by the day on which it was read, or not at all.
                let is_dated = *style != CitationStyle::Ieee || source.kind() != "webpage";
                assert!(
                    !entry.plain().is_empty() && (!is_dated || entry.plain().contains(&year)),
                    "{}: no {year} in `{}`",
                    style.id(),
                    entry.plain()
                );
            }
        }
    }
}

fn book() -> Source {
    let json = r#"{"id":"waal","type":"book","title":"Black Garden","author":[{"family":"de Waal","given":"Thomas"},{"family":"Garcia y Vega","given":"Ana"}],
        "publisher":"New York University Press","publisher-place":"New York","issued":{"date-parts":[[2003]]}}"#;
    serde_json::from_str(json).unwrap()
}

fn statement() -> Source {
    let json = r#"{"id":"mid","type":"webpage","title":"Заявление о границе","author":[{"literal":"Министерство иностранных дел"}],
        "URL":"https://mid.ru/1","issued":{"date-parts":[[2014,3,18]]},"accessed":{"date-parts":[[2026,11,22]]}}"#;
    serde_json::from_str(json).unwrap()
}

/// How a style lists the book and the page, and refers to both; italics between asterisks.
fn in_style(style: CitationStyle) -> [String; 3] {
    let stylist = Stylist::new(style).unwrap();
    let (book, page) = (book(), statement());
    let entries = stylist.bibliography(&[&book, &page]);
    let (of_book, of_page) = (Citation::parse("waal (p. 112)").unwrap(), Citation::parse("mid (art. 5)").unwrap());
    [entries[0].markdown(), entries[1].markdown(), markdown(&stylist.citation(&[(&book, &of_book), (&page, &of_page)]))]
}

#[test]
fn a_book_and_a_page_read_as_each_style_wants_them() {
    assert_eq!(
        in_style(CitationStyle::ChicagoNotes),
        [
            "Waal, Thomas de, and Ana Garcia y Vega. *Black Garden*. New York University Press, 2003.",
            "Министерство иностранных дел. “Заявление о границе.” March 18, 2014. https://mid.ru/1.",
            "Thomas de Waal and Ana Garcia y Vega, *Black Garden* (New York University Press, 2003), 112; Министерство иностранных дел, “Заявление о границе,” March 18, 2014, art. 5, https://mid.ru/1.",
        ]
    );
    assert_eq!(
        in_style(CitationStyle::Apa),
        [
            "de Waal, T., & Garcia y Vega, A. (2003). *Black Garden*. New York University Press.",
            "Министерство иностранных дел. (2014, March 18). *Заявление о границе*. https://mid.ru/1",
            "(de Waal & Garcia y Vega, 2003, p. 112; Министерство иностранных дел, 2014, art. 5)",
        ]
    );
    assert_eq!(
        in_style(CitationStyle::Harvard),
        [
            "de Waal, T. and Garcia y Vega, A. (2003) *Black Garden*. New York: New York University Press.",
            "Министерство иностранных дел (2014) *Заявление о границе*. Available at: https://mid.ru/1 (Accessed: 22 November 2026).",
            "(de Waal and Garcia y Vega, 2003, p. 112; Министерство иностранных дел, 2014, art. 5)",
        ]
    );
    assert!(in_style(CitationStyle::Ieee)[0].starts_with("\\[1] T. de Waal and A. Garcia y Vega, *Black Garden*."));
    let vancouver = in_style(CitationStyle::Vancouver);
    assert_eq!(vancouver[0], "\\[1] de Waal T, Garcia y Vega A. Black Garden. New York: New York University Press; 2003.");
    assert!(vancouver[1].contains("\\[cited 2026 Nov 22]. Available from: https://mid.ru/1."), "{}", vancouver[1]);
    assert!(in_style(CitationStyle::Mla)[2].starts_with("(de Waal and Garcia y Vega 112"));
}

#[test]
fn no_date_of_a_file_stops_a_style() {
    for issued in ["[[2010],[2012]]", "[[]]", "[]", "[[99999]]", "[[2010,13,40]]", "[[\"2010\",\"5\"]]", "[[-44,3]]", "[[0]]"] {
        let json = format!(
            r#"{{"id":"a","type":"book","title":"T","author":[{{"given":"G"}}],"issued":{{"date-parts":{issued}}},"page":"-1--","edition":"99999999999"}}"#
        );
        let source: Source = serde_json::from_str(&json).unwrap();
        STYLISTS.iter().for_each(|(_, stylist)| assert!(stylist.bibliography(&[&source])[0].plain().contains('T'), "{issued}"));
    }
    STYLISTS.iter().for_each(|(_, stylist)| assert!(stylist.citation(&[]).is_empty() && stylist.bibliography(&[]).is_empty()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_text_breaks_a_reader(text in "(@[a-z]{0,8}\\{|TY  - |\\[\\{|10\\.1234/|https://)?[\\PC\\n\\\\{}\"$~#@=,%-]{0,200}") {
        let (sources, _) = read(&text);
        let ids: HashSet<&str> = sources.iter().map(|source| source.id.as_str()).collect();
        prop_assert_eq!(ids.len(), sources.len());
    }

    #[test]
    fn no_change_of_a_good_file_breaks_a_reader_or_a_style(
        format in 0..3_usize,
        first in 0..900_usize,
        changes in prop::collection::vec((0.0..1.0_f64, 0.0..0.05_f64, "[\\PC\\n\\\\{}\"$~#@=,%\\[\\]:0-9-]{0,6}"), 1..8),
    ) {
        let all = ATLAS.bibliography();
        let some = &all[first..first + 5];
        let mut text = [bibtex(some), ris(some), csl_json(some).unwrap()][format].clone();
        for (at, length, instead) in changes {
            let near = |share: f64, text: &str| (0..=((share * text.len() as f64) as usize).min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            let (start, end) = (near(at, &text), near((at + length).min(1.0), &text));
            text.replace_range(start..end, &instead);
        }
        let (sources, _) = read(&text);
        let ids: HashSet<&str> = sources.iter().map(|source| source.id.as_str()).collect();
        prop_assert_eq!(ids.len(), sources.len());
        let listed: Vec<&Source> = sources.iter().collect();
        for (_, stylist) in STYLISTS.iter() {
            prop_assert_eq!(stylist.bibliography(&listed).len(), listed.len());
        }
    }
}
