//! Taking sources into a document: each work once, what the document says stays, and taking the same in again changes nothing.

use border_atlas::{
    edit::{Command, History, taken},
    io::{Given, Progress, project_file::parse_document, sources_from_text},
    model::Document,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn document(sources: Value) -> Document {
    let text = json!({"type": "FeatureCollection", "border_atlas": {"version": 1, "reader": 1, "id": "d", "title": "D", "sources": sources}, "features": []});
    parse_document("d.geojson", "d", &text.to_string(), &Progress::default()).unwrap()
}

fn items(list: Value) -> Vec<Map<String, Value>> {
    list.as_array().unwrap().iter().map(|item| item.as_object().unwrap().clone()).collect()
}

fn sources(history: &History) -> Value {
    history.document().header()["sources"].clone()
}

#[test]
fn a_work_that_is_there_keeps_its_id_and_what_it_says() {
    let own = json!([{"id": "mine", "type": "document", "title": "India's China war", "DOI": "10.1000/X", "publisher": "Cape", "note": "my copy"}]);
    let from = items(json!([
        {"id": "maxwell1970", "type": "book", "title": "India’s China War", "DOI": "https://doi.org/10.1000/x", "publisher": "Jonathan Cape", "language": "en"},
        {"id": "new", "type": "book", "title": "Another"}]));
    let (_, told) = taken(&document(own.clone()), &from);
    assert_eq!((told.added, told.known), (vec!["new".to_owned()], vec!["mine".to_owned()]));
    assert_eq!(told.filled, [("mine", "type"), ("mine", "language")].map(|(id, member)| (id.to_owned(), member.to_owned())));
    let differing: Vec<_> =
        told.differing.iter().map(|one| (one.id.as_str(), one.member.as_str(), one.kept.as_str(), one.offered.as_str())).collect();
    assert_eq!(differing, [("mine", "publisher", "Cape", "Jonathan Cape")], "spelling is no difference");

    let mut history = History::new(document(own.clone()));
    history.apply(&Command::TakeSources { sources: from.clone() }, None).unwrap();
    let wanted = json!({"id": "mine", "type": "book", "title": "India's China war", "DOI": "10.1000/X", "publisher": "Cape", "note": "my copy", "language": "en"});
    assert_eq!(sources(&history), json!([wanted, {"id": "new", "type": "book", "title": "Another"}]));
    let again = history.apply(&Command::TakeSources { sources: from }, None);
    assert!(again.unwrap_err().to_string().contains("there already"));
    history.undo();
    assert_eq!(sources(&history), own, "one step takes it back");
}

#[test]
fn two_works_of_one_id_get_an_id_each() {
    let mut history = History::new(document(json!([{"id": "doe-2001", "type": "book", "title": "One"}])));
    let from = items(json!([{"id": "Doe-2001", "type": "book", "title": "Two", "issued": {"date-parts": [[2001]]}}]));
    history.apply(&Command::TakeSources { sources: from }, None).unwrap();
    assert_eq!(sources(&history)[1]["id"], "Doe-2001-2");
}

#[test]
fn a_text_that_names_a_work_twice_brings_it_once() {
    let text = "@book{a, title={Border}, year={1999}, author={Doe, Jo}}\n@book{b, title={Border}, year={1999}, author={Doe, J.}, publisher={Press}}";
    let (read, _) = sources_from_text(text, &Given::default());
    let read: Vec<_> = read.iter().map(|source| serde_json::to_value(source).unwrap().as_object().unwrap().clone()).collect();
    let (all, told) = taken(&document(json!([])), &read);
    assert_eq!((all.len(), told.added.len(), told.known.len()), (1, 1, 0));
    assert_eq!((all[0]["id"].as_str(), all[0]["publisher"].as_str()), (Some("a"), Some("Press")));
}

/// Works that share much with one another, and some things that no bibliography should hold.
fn any_item() -> impl Strategy<Value = Value> {
    let word = |words: &'static [&'static str]| prop::option::weighted(0.5, prop::sample::select(words));
    let id = prop::sample::select(vec!["a", "b", "A", "c-2"]);
    let known = (
        word(&["10.1000/1", "10.1000/2"]),
        word(&["9780306406157", "0-306-40615-2", "x"]),
        word(&["https://un.org/1", "http://www.un.org/1/", "https://un.org/2"]),
    );
    let said = (
        word(&["Border", "border: a history", "Treaty"]),
        word(&["1999", "2001"]),
        word(&["Doe", "Rao"]),
        word(&["Doe"]),
        word(&["1", "2"]),
        word(&["book", "document", "chapter"]),
    );
    (id, known, said).prop_map(|(id, (doi, isbn, url), (title, year, author, editor, volume, kind))| {
        let mut item = Map::from_iter([("id".to_owned(), json!(id))]);
        for (member, value) in [("DOI", doi), ("ISBN", isbn), ("URL", url), ("title", title), ("volume", volume), ("type", kind)] {
            value.into_iter().for_each(|value| drop(item.insert(member.to_owned(), json!(value))));
        }
        for (role, family) in [("author", author), ("editor", editor)] {
            family.into_iter().for_each(|family| drop(item.insert(role.to_owned(), json!([{"family": family}]))));
        }
        year.into_iter().for_each(|year| drop(item.insert("issued".to_owned(), json!({"date-parts": [[year]]}))));
        Value::Object(item)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Taking in twice is taking in once; nothing that the document said is lost or changed; ids stay one of a kind.
    #[test]
    fn taking_in_twice_is_taking_in_once(own in prop::collection::vec(any_item(), 0..4), from in prop::collection::vec(any_item(), 0..8)) {
        let own: Vec<Value> = own.into_iter().enumerate().map(|(index, mut item)| { item["id"] = json!(format!("own-{index}")); item }).collect();
        let (from, before) = (items(json!(from)), document(json!(own)));
        let (once, told) = taken(&before, &from);
        let (twice, again) = taken(&document(json!(once)), &from);
        prop_assert_eq!(&twice, &once);
        prop_assert!(again.added.is_empty() && again.filled.is_empty(), "{:?}", again);
        prop_assert_eq!(once.len(), own.len() + told.added.len());
        for (old, new) in own.iter().zip(&once) {
            for (member, value) in old.as_object().unwrap() {
                prop_assert!(&new[member] == value || (member == "type" && value == "document"));
            }
        }
        let ids: std::collections::HashSet<String> = once.iter().map(|item| item["id"].as_str().unwrap().to_lowercase()).collect();
        prop_assert_eq!(ids.len(), once.len());
    }
}
