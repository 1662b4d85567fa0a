//! Lanes of a document that is edited: what is taken over from the state before is what would be made anew.

use std::sync::Arc;

use border_atlas::{
    edit::{Command, History},
    gui::timeline::{LaneCache, LaneEditing, LaneInput, lanes, lanes_again},
    io::{Progress, built_in_atlas, project_file::parse_document},
    model::View,
    scene::Theme,
};
use serde_json::{Value, json};

fn feature(ix: usize) -> Value {
    let (id, year) = (format!("f{ix}"), 1950 + ix);
    let more = match ix % 3 {
        0 => json!({"kind": "event", "event": "clash", "start": format!("{year}-05"), "place": "P"}),
        1 => {
            json!({"kind": "region", "subject": format!("s{}", ix % 4), "start": format!("{year}"), "end": format!("{}", year + 9), "control": [
            {"holder": "ukr", "as": "administers", "from": format!("{year}"), "until": format!("{}", year + 4)}]})
        }
        _ => json!({"kind": "line", "class": "ceasefire", "start": format!("{year}")}),
    };
    let mut properties = json!({"id": id, "name": format!("Thing {ix}")});
    properties.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let geometry = match ix % 3 {
        0 => json!({"type": "Point", "coordinates": [34, 45]}),
        1 => json!({"type": "Polygon", "coordinates": [[[34, 45], [35, 45], [35, 46], [34, 45]]]}),
        _ => json!({"type": "LineString", "coordinates": [[34, 45], [35, 45]]}),
    };
    json!({"type": "Feature", "geometry": geometry, "properties": properties})
}

#[test]
fn lanes_after_an_edit_are_those_of_the_document() {
    let (atlas, _) = built_in_atlas().unwrap();
    let features: Vec<Value> = (0..40).map(feature).collect();
    let text = json!({"type": "FeatureCollection", "border_atlas": {"version": 1, "title": "T"}, "features": features}).to_string();
    let mut history = History::new(parse_document("t.geojson", "t", &text, &Progress::default()).unwrap());
    let (mut cache, mut shown) = (LaneCache::default(), Vec::new());
    let edits = [
        Value::Null,
        json!({"do": "set", "id": "f0", "path": "start", "value": "1944"}),
        json!({"do": "set", "id": "f1", "path": "control/0/until", "value": "1952"}),
        json!({"do": "set", "id": "f4", "path": "subject", "value": "s1"}),
        json!({"do": "remove", "id": "f1"}),
        json!({"do": "remove", "id": "f3"}),
        json!({"do": "duplicate", "id": "f7"}),
        json!({"do": "set", "id": "f2", "path": "name", "value": "Another"}),
        json!("undo"),
        json!("undo"),
        json!("undo"),
        json!("redo"),
    ];
    let gapped = [vec![], vec!["f13".to_owned(), "f25".to_owned()]];
    for (turn, (edit, gapped)) in edits.iter().flat_map(|edit| gapped.iter().map(move |gapped| (edit, gapped))).enumerate() {
        match edit.as_str() {
            _ if turn % 2 == 1 => {}
            Some("undo") => assert!(history.undo().is_some()),
            Some(_) => assert!(history.redo().is_some()),
            None if edit.is_null() => {}
            None => history.apply(&serde_json::from_value::<Command>(edit.clone()).unwrap(), None).unwrap(),
        }
        for (view, theme) in
            [(View::DeFacto, Theme::Light), (View::from_id("party:ukr"), Theme::Dark)].into_iter().take(1 + usize::from(turn % 5 == 0))
        {
            let (project, _) = history.project();
            let desk = Some(LaneEditing { gapped });
            let input = LaneInput { atlas: &atlas, project: Some(&project), view: &view, alliances: &[], theme, editing: desk };
            shown.clear();
            shown = lanes_again(&input, &mut cache);
            assert_eq!(format!("{shown:?}"), format!("{:?}", lanes(&input)), "after {edit}, gaps {gapped:?}");
        }
    }
    // Only the lane of what changed is another one; the last two are those of the lines and the events.
    let (before, count) = (shown.clone(), shown.len());
    shown.clear();
    history
        .apply(
            &serde_json::from_value::<Command>(json!({"do": "set", "id": "f10", "path": "control/0/until", "value": "1961"})).unwrap(),
            None,
        )
        .unwrap();
    let (project, _) = history.project();
    let input = LaneInput {
        atlas: &atlas,
        project: Some(&project),
        view: &View::DeFacto,
        alliances: &[],
        theme: Theme::Light,
        editing: Some(LaneEditing { gapped: &gapped[1] }),
    };
    let after = lanes_again(&input, &mut cache);
    let regions = 4;
    assert_eq!(
        (after.len(), after[..regions].iter().zip(&before).filter(|(one, other)| Arc::ptr_eq(one, other)).count()),
        (count, regions - 1)
    );
}
