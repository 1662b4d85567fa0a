//! Laws of editing: what a command changes and what it leaves alone, undo and redo, refusals that change nothing.

use border_atlas::{
    edit::{Command, Entry, History, Ids, Refusal, STEPS, citing, ids_after_names},
    io::{Progress, project_file::parse_document},
    model::{Document, document::Thing},
    time::Day,
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn document() -> Document {
    let ring = json!([[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]]);
    let text = json!({
        "type": "FeatureCollection",
        "border_atlas": {
            "version": 1, "reader": 1, "title": "The river", "summary": "A river between two towns.", "start": "1900",
            "layers": [{"id": "fixed", "name": "Fixed", "locked": true}],
            "sources": [{"id": "smith-1990", "type": "book", "title": "Rivers"}, {"id": "lee-2001", "type": "book", "title": "Towns"}]
        },
        "features": [
            {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": ring},
             "properties": {"kind": "region", "id": "bank", "name": "The bank", "start": "1900", "x-own": 7, "sources": ["smith-1990 (p. 3)"],
                "control": [{"holder": "aaa", "as": "sovereign", "from": "1900", "until": "1949", "sources": ["lee-2001"]},
                            {"holder": "bbb", "as": "administers", "from": "1950", "sources": [{"id": "lee-2001", "locator": "p. 9"}]}]}},
            {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[0, 0], [4, 4]]},
             "properties": {"kind": "line", "id": "river", "name": "The river", "class": "claimed", "start": "1900", "layer": "fixed"}},
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 1]},
             "properties": {"kind": "event", "id": "clash", "event": "clash", "name": "A clash at the river", "start": "1962-10-20",
                "text": "Shots across the RIVER.", "accounts": [{"party": "aaa", "text": "They fired first."}]}}
        ]
    });
    parse_document("river.geojson", "river", &text.to_string(), &Progress::default()).unwrap()
}

fn command(value: Value) -> Command {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"))
}

fn history() -> History {
    History::new(document())
}

fn applied(value: Value) -> Document {
    let mut history = history();
    history.apply(&command(value), None).unwrap_or_else(|refusal| panic!("{refusal}"));
    history.document().clone()
}

fn properties(document: &Document, id: &str) -> Value {
    document.feature(id).unwrap_or_else(|| panic!("no {id}")).value()["properties"].clone()
}

#[test]
fn setting_a_property_leaves_all_else_alone() {
    let after = applied(json!({"do": "set", "id": "bank", "path": "names/bbb", "value": "Left bank"}));
    let mut wanted = properties(&document(), "bank");
    wanted["names"] = json!({"bbb": "Left bank"});
    assert_eq!(properties(&after, "bank"), wanted);
    for id in ["river", "clash"] {
        assert_eq!(after.feature(id).unwrap().text(), document().feature(id).unwrap().text());
    }
    let after = applied(json!({"do": "set", "id": ["bank", "clash"], "path": "note", "value": "unclear"}));
    assert_eq!((&properties(&after, "bank")["note"], &properties(&after, "clash")["note"]), (&json!("unclear"), &json!("unclear")));
}

#[test]
fn features_come_go_and_change_places() {
    let feature = json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [2, 2]}, "properties": {"kind": "place", "name": "The Town"}});
    let after = applied(json!({"do": "add", "feature": feature, "before": "river"}));
    assert_eq!(after.features().iter().map(|feature| feature.id()).collect::<Vec<_>>(), ["bank", "the-town", "river", "clash"]);
    let after = applied(json!({"do": "order", "id": "bank"}));
    assert_eq!(after.features().iter().map(|feature| feature.id()).collect::<Vec<_>>(), ["river", "clash", "bank"]);
    assert_eq!(applied(json!({"do": "remove", "id": "clash"})).features().len(), 2);
    let after = applied(json!({"do": "duplicate", "id": "clash", "start": "1967-09-11"}));
    assert_eq!(
        (properties(&after, "clash-2")["start"].as_str(), properties(&after, "clash")["start"].as_str()),
        (Some("1967-09-11"), Some("1962-10-20"))
    );
    let after = applied(json!({"do": "rename", "id": "bank", "to": "left-bank"}));
    assert!(after.feature("bank").is_none() && after.feature("left-bank").is_some());
}

#[test]
fn another_id_is_followed_by_all_that_name_it() {
    let mut history = history();
    let scenes = json!([{"id": "clash", "pinned": ["clash"], "highlight": ["aaa", "clash"]}, {"steps": [{"show": ["river", "clash"]}, {"show": ["layer:claims"]}]}]);
    for value in [
        json!({"do": "set-document", "path": "scenes", "value": scenes}),
        json!({"do": "set", "id": "bank", "path": "subject", "value": "clash"}),
        json!({"do": "rename", "id": "clash", "to": "fight"}),
    ] {
        history.apply(&command(value), None).unwrap_or_else(|refusal| panic!("{refusal}"));
    }
    let after = history.document();
    // The id of a scene is not that of a feature.
    let wanted = json!([{"id": "clash", "pinned": ["fight"], "highlight": ["aaa", "fight"]}, {"steps": [{"show": ["river", "fight"]}, {"show": ["layer:claims"]}]}]);
    assert_eq!((&after.header()["scenes"], &properties(after, "bank")["subject"]), (&wanted, &json!("fight")));
}

#[test]
fn what_was_drawn_is_called_as_its_name_says() {
    let mut history = history();
    let add = |id: &str, name: &str, layer: Option<&str>| {
        let properties = json!({"kind": "place", "id": id, "name": name, "layer": layer.unwrap_or("none")});
        command(
            json!({"do": "add", "feature": {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 1]}, "properties": properties}}),
        )
    };
    for (id, name) in
        [("new-place", "Ford"), ("new-place-2", "New place 2"), ("new-place-3", "Ford"), ("new-placement", "Camp"), ("new-town", "Town")]
    {
        history.apply(&add(id, name, None), None).unwrap();
    }
    history.apply(&command(json!({"do": "set-document", "path": "layers/-", "value": {"id": "later", "name": "Later"}})), None).unwrap();
    history.apply(&add("new-place-4", "Mill", Some("later")), None).unwrap();
    history.apply(&command(json!({"do": "set-document", "path": "layers/1/locked", "value": true})), None).unwrap();
    let ids = |history: &History| Vec::from_iter(history.document().features()[3..].iter().map(|feature| feature.id().to_owned()));
    let before = ids(&history);
    history.apply(&ids_after_names(history.document()).expect("something is renamed"), None).unwrap();
    assert_eq!(ids(&history), ["ford", "new-place-2", "ford-2", "new-placement", "new-town", "new-place-4"]);
    assert_eq!(ids_after_names(history.document()), None);
    history.undo();
    assert_eq!(ids(&history), before);
}

#[test]
fn recording_control_cuts_what_held_before() {
    let control = |value: Value| properties(&applied(value), "bank")["control"].clone();
    let record = |from: &str| {
        control(json!({"do": "record-control", "id": "bank", "from": from, "holder": "ccc", "as": "occupies", "sources": ["smith-1990"]}))
    };
    let rows = |control: &Value| -> Vec<(String, String, String)> {
        let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
        control.as_array().unwrap().iter().map(|row| (text(row, "holder"), text(row, "from"), text(row, "until"))).collect()
    };
    let own =
        |rows: &[(&str, &str, &str)]| rows.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect::<Vec<_>>();
    // In the middle of the last spell, which is open; as finely as the date is given.
    assert_eq!(rows(&record("1962-10-20")), own(&[("aaa", "1900", "1949"), ("bbb", "1950", "1962-10-19"), ("ccc", "1962-10-20", "")]));
    assert_eq!(rows(&record("1962-03")), own(&[("aaa", "1900", "1949"), ("bbb", "1950", "1962-02"), ("ccc", "1962-03", "")]));
    assert_eq!(rows(&record("1963")), own(&[("aaa", "1900", "1949"), ("bbb", "1950", "1962"), ("ccc", "1963", "")]));
    // As surely, too.
    assert_eq!(rows(&record("1963~")), own(&[("aaa", "1900", "1949"), ("bbb", "1950", "1962~"), ("ccc", "1963~", "")]));
    assert_eq!(rows(&record("1962-10-20?")), own(&[("aaa", "1900", "1949"), ("bbb", "1950", "1962-10-19?"), ("ccc", "1962-10-20?", "")]));
    // In the middle of an earlier one: what comes later stays.
    assert_eq!(rows(&record("1920-01")), own(&[("aaa", "1900", "1919-12"), ("ccc", "1920-01", "1949"), ("bbb", "1950", "")]));
    // On the first day of one: it takes its place.
    assert_eq!(rows(&record("1950")), own(&[("aaa", "1900", "1949"), ("ccc", "1950", "")]));
    // Before them all.
    assert_eq!(rows(&record("1880")), own(&[("ccc", "1880", "1899"), ("aaa", "1900", "1949"), ("bbb", "1950", "")]));
}

#[test]
fn whoever_controls_on_a_day_is_one_alone_after_recording() {
    let mut history = history();
    for (from, holder) in [("1931", "ddd"), ("1905-02-03", "eee"), ("1949-12", "fff"), ("2000", "ggg"), ("1905-02-03", "hhh")] {
        history
            .apply(&command(json!({"do": "record-control", "id": "bank", "from": from, "holder": holder, "as": "administers"})), None)
            .unwrap();
    }
    let Ok(Thing::Region(region)) = history.document().feature("bank").unwrap().thing() else { panic!("a region") };
    for year in 1900..2020 {
        let day = Day::from_ymd(year, 7, 1).unwrap();
        assert_eq!(region.control.iter().filter(|spell| spell.span.contains(day)).count(), 1, "{year}");
    }
}

#[test]
fn a_new_shape_ends_the_old_one() {
    let ring = json!({"type": "Polygon", "coordinates": [[[0, 0], [9, 0], [9, 9], [0, 0]]]});
    let after = applied(json!({"do": "record-shape", "id": "bank", "from": "1962-10-20", "geometry": ring, "to": "bank-1962"}));
    let (old, new) = (properties(&after, "bank"), properties(&after, "bank-1962"));
    assert_eq!((old["end"].as_str(), old["subject"].as_str()), (Some("1962-10-19"), Some("bank")));
    assert_eq!((new["start"].as_str(), new["subject"].as_str(), &new["x-own"]), (Some("1962-10-20"), Some("bank"), &json!(7)));
    assert_eq!((after.position("bank"), after.position("bank-1962")), (Some(0), Some(1)));
    assert_eq!(after.feature("bank-1962").unwrap().value()["geometry"], ring);
}

#[test]
fn sources_are_renamed_where_they_are_cited_and_kept_while_they_are() {
    assert_eq!(citing(&document(), "lee-2001"), ["bank"]);
    let after = applied(json!({"do": "set-source", "id": "lee-2001", "source": {"id": "lee-2002", "type": "book", "title": "Towns"}}));
    let control = &properties(&after, "bank")["control"];
    assert_eq!((&control[0]["sources"], &control[1]["sources"][0]["id"]), (&json!(["lee-2002"]), &json!("lee-2002")));
    let after = applied(json!({"do": "set-source", "id": "smith-1990", "source": {"id": "smith-91", "type": "book", "title": "R"}}));
    assert_eq!(properties(&after, "bank")["sources"], json!(["smith-91 (p. 3)"]));
    let refusal = history().apply(&command(json!({"do": "remove-source", "id": "lee-2001"})), None).unwrap_err();
    assert!(matches!(&refusal, Refusal::Cited { by, .. } if by == "bank"), "{refusal}");
}

#[test]
fn texts_are_replaced_where_people_wrote_them() {
    let after = applied(json!({"do": "replace-text", "find": "river", "with": "stream"}));
    assert_eq!(
        (after.header()["title"].as_str(), properties(&after, "clash")["text"].as_str()),
        (Some("The stream"), Some("Shots across the stream."))
    );
    let after = applied(json!({"do": "replace-text", "find": "river", "with": "stream", "match_case": true, "id": "clash"}));
    assert_eq!(
        (after.header()["title"].as_str(), properties(&after, "clash")["text"].as_str()),
        (Some("The river"), Some("Shots across the RIVER."))
    );
    assert_eq!(properties(&after, "clash")["name"], "A clash at the stream");
}

#[test]
fn what_is_refused_says_why_and_changes_nothing() {
    let locked = json!({"do": "set", "id": "river", "path": "name", "value": "X"});
    for (value, why) in [
        (json!({"do": "set", "id": "nobody", "path": "name", "value": "X"}), "`nobody`"),
        (json!({"do": "set", "id": "bank", "path": "name", "value": ""}), "`name` is missing"),
        (json!({"do": "set", "id": "bank", "path": "start", "value": "soon"}), "soon"),
        (json!({"do": "set", "id": "bank", "path": "id", "value": "x"}), "rename"),
        (json!({"do": "set-geometry", "id": "bank", "geometry": {"type": "Point", "coordinates": [0, 0]}}), "a Point stands where"),
        (json!({"do": "set-geometry", "id": "clash", "geometry": {"type": "Point", "coordinates": [0, 99]}}), "latitude 99"),
        (
            json!({"do": "add", "feature": {"type": "Feature", "geometry": null, "properties": {"kind": "place", "id": "bank", "name": "B"}}}),
            "taken",
        ),
        (
            json!({"do": "add", "feature": {"type": "Feature", "geometry": null, "properties": {"kind": "blob", "name": "B"}}}),
            "no kind of feature",
        ),
        (json!({"do": "rename", "id": "bank", "to": "clash"}), "taken"),
        (json!({"do": "record-control", "id": "clash", "from": "1962", "holder": "a", "as": "b"}), "no region"),
        (json!({"do": "record-control", "id": "bank", "from": "once", "holder": "a", "as": "b"}), "once"),
        (json!({"do": "record-shape", "id": "bank", "from": "1800", "geometry": null}), "does not stand on"),
        (json!({"do": "set-document", "path": "sources", "value": []}), "add-source"),
        (json!({"do": "set-document", "path": "start", "value": "soon"}), "soon"),
        (json!({"do": "add-source", "source": {"id": "lee-2001"}}), "taken"),
        (json!({"do": "add-source", "source": {"title": "T"}}), "no id"),
        (json!({"do": "replace-text", "find": "ocean", "with": "sea"}), "stands nowhere"),
        (
            json!({"do": "group", "label": "two", "commands": [{"do": "set", "id": "bank", "path": "name", "value": "X"}, locked]}),
            "command 2 of the group: `river` is in the locked layer",
        ),
        (json!({"do": "remove", "id": ["bank", "river"]}), "locked"),
        (json!({"do": "paste", "features": []}), "no features"),
    ] {
        let mut history = history();
        let (before, stamp) = (history.document().to_text(), history.stamp());
        let refusal = history.apply(&command(value.clone()), None).expect_err(&value.to_string()).to_string();
        assert!(refusal.contains(why), "{value}: {refusal}");
        assert_eq!((history.document().to_text(), history.stamp(), history.is_changed()), (before, stamp, false), "{value}");
    }
    assert!(serde_json::from_value::<Command>(json!({"do": "set", "id": "a", "path": "b", "value": 1, "extra": 1})).is_err());
}

#[test]
fn a_newer_document_is_read_only() {
    let text = document().to_text().replace("\"reader\": 1", "\"reader\": 99");
    let mut history = History::new(parse_document("x", "x", &text, &Progress::default()).unwrap());
    assert_eq!(history.apply(&command(json!({"do": "remove", "id": "bank"})), None), Err(Refusal::Newer));
}

#[test]
fn a_gesture_is_one_step_and_undo_goes_on_across_saves() {
    let mut history = history();
    let named = |name: &str| command(json!({"do": "set", "id": "bank", "path": "name", "value": name}));
    for name in ["T", "Th", "The"] {
        history.apply(&named(name), Some(1)).unwrap();
    }
    history.saved(history.stamp());
    history.apply(&named("Then"), Some(2)).unwrap();
    assert_eq!((history.past().count(), history.is_changed()), (2, true));
    assert_eq!(history.undo().as_deref(), Some("name of bank"));
    assert!(!history.is_changed(), "what is on the disk is what is shown");
    history.undo();
    assert_eq!((history.document().to_text(), history.is_changed()), (document().to_text(), true));
    assert!(history.undo().is_none());
    history.redo();
    assert_eq!((properties(history.document(), "bank")["name"].as_str(), history.is_changed()), (Some("The"), false));
    for number in 0..STEPS + 5 {
        history.apply(&named(&format!("N{number}")), None).unwrap();
    }
    assert_eq!(history.past().count(), STEPS);
}

#[test]
fn a_branch_stays_one() {
    let mut history = history();
    history.apply(&command(json!({"do": "branch", "name": "What if the bridge had been built?"})), None).unwrap();
    assert_eq!(history.document().header()["sandbox"]["of"], "The river");
    for value in [json!({"do": "set-document", "path": "sandbox", "value": null}), json!({"do": "branch", "name": "again"})] {
        assert!(history.apply(&command(value), None).is_err());
    }
}

fn any_command() -> impl Strategy<Value = Value> {
    let id = prop::sample::select(vec!["bank", "river", "clash", "clash-2", "town", "bank-1962"]);
    let date = prop::sample::select(vec!["1890", "1905-02", "1950", "1962-10-20", "1999~", "soon", "2010-12-31"]);
    let text = prop::sample::select(vec!["", "A", "The river", "Ünïté", "a\"b\\c"]);
    prop_oneof![
        (id.clone(), text.clone()).prop_map(|(id, text)| json!({"do": "set", "id": id, "path": "name", "value": text})),
        (id.clone(), text.clone()).prop_map(|(id, text)| json!({"do": "set", "id": id, "path": "accounts/0/text", "value": text})),
        (id.clone(), date.clone()).prop_map(|(id, date)| json!({"do": "set", "id": id, "path": "start", "value": date})),
        id.clone().prop_map(|id| json!({"do": "remove", "id": id})),
        (id.clone(), date.clone()).prop_map(|(id, date)| json!({"do": "duplicate", "id": id, "start": date})),
        (id.clone(), id.clone()).prop_map(|(id, to)| json!({"do": "rename", "id": id, "to": to})),
        (id.clone(), prop::option::of(id.clone())).prop_map(|(id, before)| json!({"do": "order", "id": id, "before": before})),
        (id.clone(), date.clone(), text.clone())
            .prop_map(|(id, from, holder)| json!({"do": "record-control", "id": id, "from": from, "holder": holder, "as": "occupies"})),
        (id.clone(), date).prop_map(
            |(id, from)| json!({"do": "record-shape", "id": id, "from": from, "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}})
        ),
        (id, -200.0..200.0f64).prop_map(|(id, lon)| json!({"do": "set-geometry", "id": id, "geometry": {"type": "Point", "coordinates": [lon, 1.0]}})),
        text.clone().prop_map(|text| json!({"do": "set-document", "path": "title", "value": text})),
        text.prop_map(|text| json!({"do": "replace-text", "find": "river", "with": text})),
        Just(json!({"do": "add", "feature": {"type": "Feature", "geometry": {"type": "Point", "coordinates": [3, 3]}, "properties": {"kind": "place", "id": "town", "name": "Town"}}})),
        Just(json!({"do": "set-source", "id": "lee-2001", "source": {"id": "lee-2005", "title": "T"}})),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(std::env::var("EDIT_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(300)))]

    /// Undoing everything is the start, redoing everything is the end, a journal replayed is the same document, and what a document says never
    /// has problems that only editing could bring.
    #[test]
    fn any_sequence_of_commands_can_be_undone_redone_and_replayed(
        steps in prop::collection::vec((any_command(), prop::option::weighted(0.3, 0..3u64), 0..10u8), 0..30)
    ) {
        let (mut history, mut journal) = (history(), Vec::new());
        for (value, gesture, dice) in steps {
            let entry = match dice { 0 => Entry::Undo, 1 => Entry::Redo, _ => Entry::Apply(command(value), gesture) };
            let before = history.document().to_text();
            match history.replay(&entry) {
                Ok(()) => journal.push(serde_json::to_string(&entry).unwrap()),
                Err(_) => prop_assert_eq!(history.document().to_text(), before),
            }
            prop_assert!(history.document().project().1.is_empty());
        }
        let end = history.document().to_text();
        let steps = history.past().count();
        while history.undo().is_some() {}
        prop_assert_eq!(history.document().to_text(), document().to_text());
        for _ in 0..steps { history.redo(); }
        prop_assert_eq!(history.document().to_text(), end.clone());
        let mut again = self::history();
        for line in &journal { again.replay(&serde_json::from_str(line).unwrap()).unwrap(); }
        prop_assert_eq!(again.document().to_text(), end);
    }
}

#[test]
fn ids_are_one_or_many() {
    assert_eq!(serde_json::from_value::<Ids>(json!(["a", "b"])).unwrap().iter().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(serde_json::from_value::<Ids>(json!("a")).unwrap().iter().collect::<Vec<_>>(), ["a"]);
}
