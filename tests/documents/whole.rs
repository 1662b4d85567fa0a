//! Documents are kept whole: what nobody here knows, the order of the features and every text that was not edited.

use border_atlas::{
    io::{Progress, project_file::parse_document},
    model::Document,
};
use serde_json::Value;

fn document(text: &str) -> Document {
    parse_document("x.geojson", "x", text, &Progress::default()).expect("a document")
}

fn case_texts() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/maps/cases");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut texts: Vec<_> = files.map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap())).collect();
    texts.sort();
    assert_eq!(texts.len(), 3);
    texts
}

#[test]
fn a_saved_case_says_what_the_opened_one_said() {
    for (file, text) in case_texts() {
        let opened = document(&text);
        let saved = opened.to_text();
        let (before, after): (Value, Value) = (serde_json::from_str(&text).unwrap(), serde_json::from_str(&saved).unwrap());
        assert_eq!(before, after, "{file}");
        assert_eq!(document(&saved).to_text(), saved, "{file}: saving twice");
        let (before, after) = (opened.project(), document(&saved).project());
        assert_eq!(format!("{before:?}"), format!("{after:?}"), "{file}");
    }
}

#[test]
fn what_nobody_knows_survives() {
    let text = r#"{"x-tool": {"b": 1, "a": [null, 1.50]}, "type": "FeatureCollection",
        "features": [{"type":"Feature",  "id": 7, "bbox":[0,0,1,1], "properties": {"kind":"place","id":"a","name":"A","start":"1914~","x":{"y":1e2}},
        "geometry":{"type":"Point","coordinates":[1.0,2.50]}}, {"type":"Nonsense", "left": "alone"}],
        "border_atlas": {"title": "T", "unknown": [1, 2], "version": 1}}"#;
    let opened = document(text);
    let saved = opened.to_text();
    assert_eq!(serde_json::from_str::<Value>(text).unwrap(), serde_json::from_str::<Value>(&saved).unwrap());
    // Feature by feature to the byte: numbers and dates keep the text that their author gave them.
    for part in [r#"{"type":"Feature",  "id": 7, "bbox":[0,0,1,1]"#, "[1.0,2.50]", r#""y":1e2"#, r#"{"type":"Nonsense", "left": "alone"}"#]
    {
        assert!(saved.contains(part), "{part}");
    }
    let (project, problems) = opened.project();
    assert_eq!((project.places.len(), problems.len()), (1, 1));
    assert_eq!((problems[0].place.as_str(), problems[0].rule), ("feature 2", "not-a-feature"));
}

#[test]
fn a_document_without_a_header_gets_none_by_being_saved() {
    let text = r#"{"type":"FeatureCollection","features":[]}"#;
    assert_eq!(serde_json::from_str::<Value>(&document(text).to_text()).unwrap(), serde_json::from_str::<Value>(text).unwrap());
    let (project, problems) = Document::empty("Aksai").project();
    assert_eq!((project.title.as_str(), problems.len()), ("Aksai", 0));
}

#[test]
fn a_document_without_a_date_opens_on_the_first_day_that_it_tells_of() {
    let opened = |view: &str, feature: &str| {
        let text = format!(r#"{{"type":"FeatureCollection","border_atlas":{{"version":1,"title":"T"{view}}},"features":[{feature}]}}"#);
        let (project, _) = border_atlas::io::project_file::parse_project("t.geojson", "t", &text).unwrap();
        project.opening_day(border_atlas::time::Day::new(7)).to_string()
    };
    let event = r#"{"type":"Feature","properties":{"id":"e","kind":"event","event":"clash","name":"E","start":"1960-05-02","place":"P"},"geometry":{"type":"Point","coordinates":[70,34]}}"#;
    assert_eq!(opened("", ""), "1970-01-08");
    assert_eq!(opened("", event), "1960-05-02");
    assert_eq!(opened(r#","view":{"date":"1980-03-04"}"#, event), "1980-03-04");
}
