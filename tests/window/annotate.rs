//! Arrows, texts and callouts are put on the map, written, coloured and moved; several things are chosen and changed together.

use crate::hands::{self, Shared, click, click_at, drag, press, spot, window};
use border_atlas::{
    edit::Command,
    geometry::{BoundingBox, LonLat},
    gui::{
        actions::Action,
        app::{DocumentAction, EditAction},
        session::Selection,
    },
    model::{Document, Project, annotation::Mark},
};
use eframe::egui::{self, Key, Modifiers, PointerButton, accesskit::Toggled};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use serde_json::{Value, json};

const CTRL: Modifiers = Modifiers::COMMAND;

/// A new document over the Sahara, without snapping.
fn new_document() -> (Harness<'static>, Shared) {
    let (mut harness, app) = window();
    press(&mut harness, CTRL, Key::N);
    app.borrow_mut().ask(&harness.ctx, Action::ToggleReducedMotion);
    let bbox = BoundingBox { west: 10.0, south: 15.0, east: 25.0, north: 25.0 };
    app.borrow_mut().ask(&harness.ctx, Action::GoTo { bbox: Some(bbox), day: Some(hands::day("2005-06-15")), selection: None });
    harness.run_steps(30);
    press(&mut harness, Modifiers::NONE, Key::Q);
    (harness, app)
}

fn shown<T>(app: &Shared, read: impl FnOnce(&Project) -> T) -> T {
    let app = app.borrow();
    read(&app.library().documents[app.session().document.expect("a document")])
}

fn steps(app: &Shared) -> usize {
    let app = app.borrow();
    app.library().edited[&app.session().document.expect("a document")].history.past().count()
}

fn ask(harness: &mut Harness<'static>, app: &Shared, command: Value) {
    let command: Command = serde_json::from_value(command).unwrap();
    app.borrow_mut().ask(&harness.ctx, Action::Edit(EditAction::Apply(Box::new(command), None)));
    harness.run_steps(3);
}

fn add(harness: &mut Harness<'static>, app: &Shared, properties: Value, geometry: Value) {
    ask(harness, app, json!({"do": "add", "feature": {"type": "Feature", "properties": properties, "geometry": geometry}}));
}

fn click_place(harness: &mut Harness, app: &Shared, lon: f64, lat: f64) {
    let at = spot(harness, app, LonLat::new(lon, lat));
    click_at(harness, PointerButton::Primary, at);
}

fn click_with(harness: &mut Harness, app: &Shared, (lon, lat): (f64, f64), modifiers: Modifiers) {
    let (x, y) = spot(harness, app, LonLat::new(lon, lat));
    let pos = egui::pos2(x, y);
    harness.hover_at(pos);
    harness.run_steps(2);
    for pressed in [true, false] {
        harness.event_modifiers(egui::Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers }, modifiers);
        harness.run_steps(1);
    }
    harness.run_steps(30);
}

fn near(one: LonLat, other: (f64, f64)) -> bool {
    (one.lon_deg - other.0).abs() < 0.1 && (one.lat_deg - other.1).abs() < 0.1
}

#[test]
fn an_arrow_is_drawn_by_clicks_and_has_its_head_at_the_last_one() {
    let (mut harness, app) = new_document();
    click(&mut harness, "Draw an arrow");
    for (lon, lat) in [(14.0, 18.0), (16.0, 20.0), (19.0, 20.0)] {
        click_place(&mut harness, &app, lon, lat);
    }
    click(&mut harness, "Finish");
    let arrow = shown(&app, |project| project.annotations[0].clone());
    let points = arrow.mark.points();
    assert!(matches!(arrow.mark, Mark::Arrow(_)) && points.len() == 3 && near(points[2], (19.0, 20.0)), "{:?}", arrow.mark);
    assert_eq!(arrow.common.span.first_day(), hands::day("2005-06-15"));
    assert!(matches!(app.borrow().session().selection, Some(Selection::Annotation(_, 0))));
    assert!(harness.query_by_label("Point 3 of New arrow").is_some(), "its points can be dragged");
    press(&mut harness, CTRL, Key::Z);
    assert!(shown(&app, |project| project.annotations.is_empty()), "drawing is one step");
}

#[test]
fn a_text_and_a_callout_are_put_written_and_taken_away() {
    let (mut harness, app) = new_document();
    press(&mut harness, Modifiers::SHIFT, Key::T);
    click_place(&mut harness, &app, 15.0, 18.0);
    let text = shown(&app, |project| project.annotations[0].clone());
    assert!(matches!(text.mark, Mark::Text(at) if near(at, (15.0, 18.0))), "{:?}", text.mark);
    let field = harness.get_by_label("Words");
    field.focus();
    harness.run_steps(2);
    harness.get_by_label("Words").type_text(" of the map");
    harness.run_steps(3);
    assert_eq!(shown(&app, |project| project.annotations[0].common.name.clone()), "New text of the map");
    click(&mut harness, "Put a callout");
    click_place(&mut harness, &app, 18.0, 20.0);
    assert!(shown(&app, |project| project.annotations.len()) == 1, "a callout needs a second click");
    click_place(&mut harness, &app, 20.0, 22.0);
    let callout = shown(&app, |project| project.annotations[1].clone());
    let Mark::Callout { place, words } = callout.mark else { panic!("{:?}", callout.mark) };
    assert!(near(place, (18.0, 20.0)) && near(words, (20.0, 22.0)), "{place:?} {words:?}");
    assert!(harness.query_by_label_contains("Add point").is_none(), "a callout has two points and no more");
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(shown(&app, |project| project.annotations.len()), 1);
}

#[test]
fn what_was_put_on_the_map_round_trips_and_wrong_ones_are_refused() {
    let point = json!({"type": "Point", "coordinates": [15, 18]});
    let line = |points: &[[i32; 2]]| json!({"type": "LineString", "coordinates": points});
    let of = |kind: &str, geometry: &Value| {
        let properties =
            json!({"id": "a", "kind": kind, "name": "To the river", "names": {"egy": "To the Nile"}, "party": "egy", "start": "2005"});
        let value = json!({"type": "Feature", "properties": properties, "geometry": geometry});
        border_atlas::model::document::Feature::of_value(&value).map_err(|problem| (problem.rule, problem.what))
    };
    let two = line(&[[1, 2], [3, 4]]);
    for (kind, geometry) in [("text", &point), ("arrow", &two), ("arrow", &line(&[[1, 2], [3, 4], [5, 6]])), ("callout", &two)] {
        let feature = of(kind, geometry).unwrap();
        let document = Document::empty("Test").with_features(vec![feature.into()]);
        let project = document.project().0;
        assert_eq!(project.annotations[0].mark.kind(), kind);
        assert_eq!(project.annotations[0].party.as_ref().map(|party| party.as_str()), Some("egy"));
    }
    for (kind, geometry, rule, says) in [
        ("text", &two, "wrong-geometry", "a Point is wanted"),
        ("arrow", &point, "wrong-geometry", "a LineString or MultiLineString is wanted"),
        ("arrow", &line(&[[1, 2], [1, 2]]), "bad-arrow", "two different points"),
        ("callout", &line(&[[1, 2], [3, 4], [5, 6]]), "bad-callout", "this one has 3"),
        ("callout", &line(&[[1, 2], [1, 2]]), "bad-callout", "two different points"),
        ("note", &point, "unknown-kind", "no kind of feature"),
    ] {
        let (found, what) = of(kind, geometry).unwrap_err();
        assert!(found == rule && what.contains(says), "{kind}: {found}: {what}");
    }
}

/// A document with a square, an arrow, a text and a place; the square lies apart.
fn with_things() -> (Harness<'static>, Shared) {
    let (mut harness, app) = new_document();
    ask(&mut harness, &app, json!({"do": "set-document", "path": "parties", "value": [{"polity": "egy", "role": "party"}]}));
    let square = json!({"type": "Polygon", "coordinates": [[[20, 21], [22, 21], [22, 23], [20, 23], [20, 21]]]});
    let start = "2005";
    add(&mut harness, &app, json!({"kind": "region", "id": "square", "name": "Square", "start": start}), square);
    let arrow = json!({"type": "LineString", "coordinates": [[15, 18], [17, 18]]});
    add(&mut harness, &app, json!({"kind": "arrow", "id": "arrow", "name": "March", "start": start}), arrow);
    let at = |lon: f64, lat: f64| json!({"type": "Point", "coordinates": [lon, lat]});
    add(&mut harness, &app, json!({"kind": "text", "id": "text", "name": "Words", "start": start}), at(16.0, 19.5));
    add(&mut harness, &app, json!({"kind": "place", "id": "place", "name": "Well", "start": start}), at(17.0, 20.5));
    harness.run_steps(10);
    (harness, app)
}

fn chosen(app: &Shared) -> Vec<String> {
    app.borrow().session().chosen.clone()
}

#[test]
fn clicks_with_ctrl_or_shift_add_and_take_out() {
    let (mut harness, app) = with_things();
    click_place(&mut harness, &app, 21.0, 22.0);
    click_with(&mut harness, &app, (16.0, 18.0), CTRL);
    assert_eq!(chosen(&app), ["square", "arrow"]);
    click_with(&mut harness, &app, (17.0, 20.5), Modifiers::SHIFT);
    assert_eq!(chosen(&app), ["square", "arrow", "place"]);
    click_with(&mut harness, &app, (21.0, 22.0), CTRL);
    assert_eq!(chosen(&app), ["arrow", "place"]);
    assert!(harness.query_by_label("2 things chosen").is_some());
    click_place(&mut harness, &app, 21.0, 22.0);
    assert!(chosen(&app).is_empty(), "a plain click means one thing");
}

#[test]
fn a_box_chooses_what_lies_in_it_and_a_drag_moves_all_in_one_step() {
    let (mut harness, app) = with_things();
    let camera = app.borrow().session().camera;
    let (from, to) = (spot(&harness, &app, LonLat::new(14.0, 17.0)), spot(&harness, &app, LonLat::new(18.0, 21.5)));
    drag(&mut harness, from, to, CTRL);
    assert_eq!(app.borrow().session().camera, camera, "the map stays");
    assert_eq!(chosen(&app), ["place", "arrow", "text"]);
    let before = steps(&app);
    let (from, to) = (spot(&harness, &app, LonLat::new(16.0, 18.0)), spot(&harness, &app, LonLat::new(17.0, 19.0)));
    drag(&mut harness, from, to, Modifiers::NONE);
    let (arrow, place) = shown(&app, |project| (project.annotations[0].mark.points(), project.places[0].at));
    assert!(near(arrow[0], (16.0, 19.0)) && near(place, (18.0, 21.5)), "{arrow:?} {place:?}");
    assert_eq!(steps(&app), before + 1);
    assert_eq!(chosen(&app).len(), 3, "they stay chosen");
    press(&mut harness, CTRL, Key::Z);
    assert!(near(shown(&app, |project| project.places[0].at), (17.0, 20.5)));
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert!(shown(&app, |project| project.annotations.is_empty() && project.places.is_empty() && project.regions.len() == 1));
    assert_eq!(steps(&app), before + 1, "and so is taking them away");
}

#[test]
fn party_dates_and_lock_are_set_for_all_in_one_step() {
    let (mut harness, app) = with_things();
    click_place(&mut harness, &app, 16.0, 18.0);
    click_with(&mut harness, &app, (16.0, 19.5), CTRL);
    assert_eq!(chosen(&app), ["arrow", "text"]);
    let before = steps(&app);
    click(&mut harness, "Party");
    // The legend names it too.
    harness.get_by_role_and_label(egui::accesskit::Role::Button, "Egypt").click();
    harness.run_steps(3);
    let parties = |app: &Shared| shown(app, |project| project.annotations.iter().filter(|own| own.party.is_some()).count());
    assert_eq!((parties(&app), steps(&app)), (2, before + 1));
    click(&mut harness, "Dates");
    click(&mut harness, "Begin on 15 June 2005");
    assert!(shown(&app, |project| project.annotations.iter().all(|own| own.common.span.first_day() == hands::day("2005-06-15"))));
    click(&mut harness, "Lock");
    click(&mut harness, "Lock all chosen");
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(shown(&app, |project| project.annotations.len()), 2, "what is locked stays");
    click(&mut harness, "Lock");
    click(&mut harness, "Unlock their layers");
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert!(shown(&app, |project| project.annotations.is_empty()));
}

/// Whether what has a label is announced as chosen, and whether a ground is painted under all of it.
fn looks_chosen(harness: &Harness, label: &str) -> (bool, bool) {
    let node = harness.get_by_label(label);
    let (is_told, own) = (node.accesskit_node().toggled() == Some(Toggled::True), node.rect());
    let is_ground = |shape: &egui::Shape| match shape {
        egui::Shape::Rect(rect) => {
            rect.fill.a() > 0 && rect.rect.expand(2.0).contains_rect(own) && own.expand(2.0).contains_rect(rect.rect)
        }
        _ => false,
    };
    (is_told, harness.output().shapes.iter().any(|clipped| is_ground(&clipped.shape)))
}

#[test]
fn the_tool_that_is_taken_and_the_rows_that_are_chosen_look_chosen() {
    let (mut harness, app) = new_document();
    let tools = |harness: &Harness| ["Draw a line", "Draw an arrow"].map(|label| looks_chosen(harness, label));
    assert_eq!(tools(&harness), [(false, false); 2]);
    click(&mut harness, "Draw an arrow");
    harness.hover_at(egui::pos2(640.0, 400.0));
    harness.run_steps(5);
    assert_eq!(tools(&harness), [(false, false), (true, true)]);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    harness.run_steps(5);
    assert_eq!(tools(&harness), [(false, false); 2]);
    for (ix, name) in ["One", "Two", "Three"].into_iter().enumerate() {
        let at = json!({"type": "Point", "coordinates": [15.0 + ix as f64, 18.0]});
        let start = format!("{}-01-01", 2006 + ix);
        add(&mut harness, &app, json!({"kind": "event", "event": "clash", "id": name, "name": name, "start": start}), at);
    }
    let rows = |harness: &Harness| {
        ["1 January 2006: One", "1 January 2007: Two", "1 January 2008: Three"].map(|label| looks_chosen(harness, label))
    };
    assert_eq!(rows(&harness), [(false, false); 3]);
    let document = app.borrow().session().document.unwrap();
    for event in [0, 2] {
        app.borrow_mut().ask(&harness.ctx, Action::Document(DocumentAction::Choose(Selection::Event(document, event))));
    }
    harness.run_steps(5);
    assert_eq!(rows(&harness), [(true, true), (false, false), (true, true)]);
}
