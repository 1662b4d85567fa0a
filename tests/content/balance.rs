//! What a document gives to each of its parties, counted.

use border_atlas::{
    edit::{balance, balance::Balance},
    io::project_file::parse_project,
};
use serde_json::{Value, json};

fn document() -> Value {
    let feature = |properties: Value| json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [34.1, 44.95]}, "properties": properties});
    json!({"type": "FeatureCollection",
     "border_atlas": {"version": 1, "reader": 1, "id": "sample", "title": "Sample",
        "parties": [{"polity": "ukr", "role": "party"}, {"polity": "rus", "role": "party"}, {"polity": "usa", "role": "mediator"}],
        "sources": [{"id": "s", "publisher-place": "London", "language": "en"}, {"id": "t", "language": "uk"}]},
     "features": [
        feature(json!({"id": "clash", "kind": "event", "event": "clash", "name": "A clash", "start": "2014-03-18", "place": "P", "sources": ["s"],
            "parties": ["ukr", "rus"], "text": "Two words.",
            "accounts": [{"party": "ukr", "text": "They came first, and we did not.", "sources": ["s", "t"]}, {"party": "rus", "text": "Not so.", "sources": ["s"]}]})),
        feature(json!({"id": "town", "kind": "place", "name": "Town", "sources": ["s"]}))]})
}

fn of(document: &Value) -> Balance {
    balance(&parse_project("sample.geojson", "sample", &document.to_string()).unwrap().0)
}

#[test]
fn balance_counts_what_each_side_has() {
    let balance = of(&document());
    let counts: Vec<_> =
        balance.sides.iter().map(|side| (side.party.as_str(), side.events, side.accounts, side.words, side.citations)).collect();
    assert_eq!(counts, [("ukr", 1, 1, 7, 2), ("rus", 1, 1, 2, 1)]);
    assert_eq!(balance.sides[0].origins, [("London".to_owned(), 1), ("uk".to_owned(), 1)]);
    assert_eq!(balance.neutral_words, 2);
    assert_eq!(balance.notes, ["`ukr` has 7 words, `rus` has 2."]);
    // Twice as much is not yet uneven; a name counts, and a text without blanks is no single word.
    let mut even = document();
    even["features"][0]["properties"]["accounts"][1]["text"] = json!("事情不是这样 so.");
    even["features"][1]["properties"]["names"] = json!({"rus": "Gorod"});
    let even = of(&even);
    assert_eq!((even.sides[1].words, even.notes), (5, vec![]));
}
