//! Drawing on the map of a document: by clicks, along borders, of whole units, freehand, by typed places, from the clipboard.

use crate::hands::{self, Shared, click, click_at, drag, drag_along, open, press, spot, window};
use border_atlas::{
    geometry::{BoundingBox, LonLat, UnitSet, shape::region::region_of_units},
    gui::{actions::Action, session::Selection},
    model::Project,
};
use eframe::egui::{self, Key, Modifiers, PointerButton};
use egui_kittest::{Harness, kittest::Queryable};

const CTRL: Modifiers = Modifiers::COMMAND;

/// A new document over a box of the earth.
fn new_document(west: f64, south: f64, east: f64, north: f64) -> (Harness<'static>, Shared) {
    let (mut harness, app) = window();
    press(&mut harness, CTRL, Key::N);
    app.borrow_mut().ask(&harness.ctx, Action::ToggleReducedMotion);
    let bbox = BoundingBox { west, south, east, north };
    app.borrow_mut().ask(&harness.ctx, Action::GoTo { bbox: Some(bbox), day: Some(hands::day("2005-06-15")), selection: None });
    harness.run_steps(30);
    (harness, app)
}

fn shown<T>(app: &Shared, read: impl FnOnce(&Project) -> T) -> T {
    let app = app.borrow();
    read(&app.library().documents[app.session().document.expect("a document")])
}

fn click_place(harness: &mut Harness, app: &Shared, lon: f64, lat: f64) {
    let at = spot(harness, app, LonLat::new(lon, lat));
    click_at(harness, PointerButton::Primary, at);
}

fn says(harness: &Harness, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

fn near(one: [f64; 2], other: [f64; 2]) -> bool {
    (one[0] - other[0]).abs() < 0.05 && (one[1] - other[1]).abs() < 0.05
}

#[test]
fn clicks_draw_a_line_that_begins_on_the_date_shown_and_is_selected() {
    let (mut harness, app) = new_document(10.0, 15.0, 25.0, 25.0);
    press(&mut harness, Modifiers::NONE, Key::Q);
    click(&mut harness, "Draw a line");
    for (lon, lat) in [(16.0, 18.0), (18.0, 19.0), (19.0, 21.0), (20.0, 21.0)] {
        click_place(&mut harness, &app, lon, lat);
    }
    press(&mut harness, Modifiers::NONE, Key::Backspace);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let line = shown(&app, |project| project.lines[0].clone());
    assert_eq!((line.common.name.as_str(), line.common.span.first_day()), ("New line", hands::day("2005-06-15")));
    let points: Vec<[f64; 2]> = line.shape.0[0].coords().map(|at| [at.x, at.y]).collect();
    assert_eq!(points.len(), 3, "the last point was taken back: {points:?}");
    assert!(near(points[0], [16.0, 18.0]) && near(points[2], [19.0, 21.0]), "{points:?}");
    assert!(line.common.precision_km.is_some_and(|km| km > 0.0), "a hand is off by something");
    assert!(matches!(app.borrow().session().selection, Some(Selection::Line(_, 0))));
    press(&mut harness, CTRL, Key::Z);
    assert!(shown(&app, |project| project.lines.is_empty()), "drawing is one step");
}

#[test]
fn an_area_of_two_points_says_why_it_is_none_and_goes_on() {
    let (mut harness, app) = new_document(10.0, 15.0, 25.0, 25.0);
    press(&mut harness, Modifiers::NONE, Key::Q);
    click(&mut harness, "Draw a region");
    click_place(&mut harness, &app, 16.0, 18.0);
    click_place(&mut harness, &app, 19.0, 18.0);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(says(&harness, "at least three points"), "the reason is told");
    click_place(&mut harness, &app, 19.0, 20.0);
    // Back at the first point the area is whole.
    click_place(&mut harness, &app, 16.0, 18.0);
    let ring = shown(&app, |project| project.regions[0].shape.0[0].exterior().0.clone());
    assert_eq!(ring.len(), 4, "{ring:?}");
    assert!(matches!(app.borrow().session().selection, Some(Selection::Region(_, 0))));
}

#[test]
fn a_trace_has_the_very_points_of_the_border() {
    let (mut harness, app) = new_document(77.0, 27.0, 90.0, 37.0);
    let (arc, camera) = {
        let app = app.borrow();
        let (topology, camera) = (&app.library().atlas.partition.topology, app.session().camera);
        let is_clear = |at: &[f64; 2]| {
            let [x, y] = camera.screen_from_lonlat((*at).into());
            (320.0..900.0).contains(&x) && (120.0..400.0).contains(&y)
        };
        let inside = topology.arcs().iter().filter(|arc| arc.left.is_some() && arc.right.is_some() && arc.points.iter().all(is_clear));
        (inside.max_by_key(|arc| arc.points.len()).expect("a border in sight").points.clone(), camera)
    };
    assert!(arc.len() > 10 && camera.points_per_unit > 0.0);
    click(&mut harness, "Trace borders");
    for end in [arc[0], arc[arc.len() - 1]] {
        click_place(&mut harness, &app, end[0], end[1]);
    }
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let line = shown(&app, |project| project.lines[0].clone());
    let points: Vec<[f64; 2]> = line.shape.0[0].coords().map(|at| [at.x, at.y]).collect();
    assert_eq!(points, arc, "point for point");
    assert_eq!(line.common.precision_km, None, "the border is exact");
}

#[test]
fn a_region_of_units_has_their_very_rings() {
    let (mut harness, app) = new_document(-5.0, 40.0, 20.0, 55.0);
    click(&mut harness, "Region of units");
    let wanted = [LonLat::new(7.0, 47.0), LonLat::new(2.5, 47.0)];
    for place in wanted {
        click_place(&mut harness, &app, place.lon_deg, place.lat_deg);
    }
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let expected = {
        let app = app.borrow();
        let topology = &app.library().atlas.partition.topology;
        let units: UnitSet = wanted.iter().map(|place| topology.unit_at(*place).unwrap()).collect();
        assert_eq!(units.len(), 2);
        region_of_units(topology, &units)
    };
    assert_eq!(shown(&app, |project| project.regions[0].shape.clone()), expected);
}

#[test]
fn a_stroke_with_the_button_held_is_a_line_and_moves_no_map() {
    let (mut harness, app) = new_document(10.0, 15.0, 25.0, 25.0);
    click(&mut harness, "Draw freehand");
    let camera = app.borrow().session().camera;
    let (from, to) = (spot(&harness, &app, LonLat::new(15.0, 18.0)), spot(&harness, &app, LonLat::new(20.0, 21.0)));
    let pos = |share: f32| egui::pos2(from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share * share);
    drag_along(&mut harness, pos, Modifiers::NONE);
    let points = shown(&app, |project| project.lines[0].shape.0[0].0.len());
    assert!((3..15).contains(&points), "the bend without the shaking: {points}");
    assert_eq!(app.borrow().session().camera, camera);
}

#[test]
fn a_typed_place_is_the_next_point() {
    let (mut harness, app) = new_document(10.0, 15.0, 25.0, 25.0);
    click(&mut harness, "Draw a line");
    for text in ["18.5 N, 16.25 E", "19°30′00″N 17°15′00″E"] {
        harness.get_by_label("Type a place").focus();
        harness.run_steps(2);
        harness.get_by_label("Type a place").type_text(text);
        harness.run_steps(2);
        press(&mut harness, Modifiers::NONE, Key::Enter);
    }
    harness.get_by_label("Type a place").type_text("Kyiv");
    harness.run_steps(2);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(says(&harness, "means nothing in coordinates"), "what is no place is told");
    click(&mut harness, "Finish");
    let points = shown(&app, |project| project.lines[0].shape.0[0].0.clone());
    assert_eq!(points, [(16.25, 18.5).into(), (17.25, 19.5).into()]);
}

#[test]
fn a_click_sets_a_place_or_an_event() {
    let (mut harness, app) = new_document(10.0, 15.0, 25.0, 25.0);
    press(&mut harness, Modifiers::NONE, Key::Q);
    press(&mut harness, Modifiers::NONE, Key::Num2);
    click_place(&mut harness, &app, 18.0, 20.0);
    press(&mut harness, Modifiers::NONE, Key::Num3);
    click_place(&mut harness, &app, 20.0, 20.0);
    let (place, event) = shown(&app, |project| (project.places[0].at, project.events[0].clone()));
    assert!(near(place.to_array(), [18.0, 20.0]) && near(event.at.to_array(), [20.0, 20.0]), "{place:?} {:?}", event.at);
    assert_eq!((event.title.as_str(), event.span.first_day()), ("New event", hands::day("2005-06-15")));
    assert!(matches!(app.borrow().session().selection, Some(Selection::Event(_, 0))));
}

#[test]
fn a_built_in_story_has_no_tools_and_says_what_to_do() {
    let (mut harness, app) = window();
    open(&mut harness, "Crimea and the Donbas");
    press(&mut harness, Modifiers::NONE, Key::E);
    assert!(says(&harness, "Make a copy"));
    assert!(harness.query_by_label("Draw a line").is_none() && !app.borrow().session().tools.on);
    press(&mut harness, CTRL | Modifiers::SHIFT, Key::N);
    assert!(harness.query_by_label("Draw a line").is_some(), "a copy has them");
    press(&mut harness, Modifiers::NONE, Key::E);
    assert!(harness.query_by_label("Draw a line").is_none(), "and can do without");
}

/// A document with one region, a square of 4 degrees, that is selected.
fn square() -> (Harness<'static>, Shared) {
    let (mut harness, app) = new_document(10.0, 15.0, 25.0, 25.0);
    paste(&mut harness, "POLYGON ((16 18, 20 18, 20 22, 16 22, 16 18))");
    (harness, app)
}

fn paste(harness: &mut Harness, text: &str) {
    harness.event(egui::Event::Paste(text.to_owned()));
    harness.run_steps(4);
}

fn ring(app: &Shared, region: usize) -> Vec<[f64; 2]> {
    shown(app, |project| project.regions[region].shape.0[0].exterior().coords().map(|at| [at.x, at.y]).collect())
}

#[test]
fn well_known_text_is_pasted_as_a_region_and_a_text_is_refused() {
    let (mut harness, app) = square();
    assert_eq!(ring(&app, 0), [[16.0, 18.0], [20.0, 18.0], [20.0, 22.0], [16.0, 22.0], [16.0, 18.0]]);
    assert!(matches!(app.borrow().session().selection, Some(Selection::Region(_, 0))));
    paste(&mut harness, "a shopping list");
    assert!(says(&harness, "GeoJSON, well-known text and coordinates can"));
    assert_eq!(shown(&app, |project| project.regions.len()), 1);
}

#[test]
fn a_bibliography_pasted_on_the_map_is_taken_in() {
    let (mut harness, app) = square();
    paste(&mut harness, "@book{lamb1964,\n author = {Lamb, Alastair},\n title = {The China-India Border},\n year = {1964}\n}");
    assert_eq!(shown(&app, |project| project.sources.iter().map(|source| source.id.to_string()).collect::<Vec<_>>()), ["lamb1964"]);
    assert_eq!(shown(&app, |project| project.regions.len()), 1);
}

#[test]
fn a_copied_feature_is_pasted_with_an_id_of_its_own() {
    let (mut harness, app) = square();
    harness.event(egui::Event::Copy);
    harness.step();
    let commands = harness.output().platform_output.commands.clone();
    let copied = commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.expect("a text on the clipboard");
    assert!(copied.contains("\"Feature\"") && copied.contains("New region"), "{copied}");
    paste(&mut harness, &copied);
    let ids = shown(&app, |project| project.regions.iter().map(|region| region.common.id.clone()).collect::<Vec<_>>());
    assert!(ids.len() == 2 && ids[0] != ids[1], "{ids:?}");
    assert_eq!(ring(&app, 0), ring(&app, 1));
    let names = shown(&app, |project| project.regions.iter().map(|region| region.common.name.clone()).collect::<Vec<_>>());
    assert_eq!(names, ["New region", "New region"], "it comes with all that it says");
    press(&mut harness, CTRL, Key::D);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(shown(&app, |project| project.regions.len()), 2, "the copy is gone; nothing is selected after it");
    press(&mut harness, CTRL, Key::Z);
    assert_eq!(shown(&app, |project| project.regions.len()), 3);
}

#[test]
fn a_dragged_point_is_one_step_and_moves_no_map() {
    let (mut harness, app) = square();
    press(&mut harness, Modifiers::NONE, Key::Q);
    let camera = app.borrow().session().camera;
    let (from, to) = (spot(&harness, &app, LonLat::new(20.0, 22.0)), spot(&harness, &app, LonLat::new(21.0, 23.0)));
    assert!(harness.query_by_label("Point 3 of New region").is_some());
    drag(&mut harness, from, to, Modifiers::NONE);
    let after = ring(&app, 0);
    assert!(near(after[2], [21.0, 23.0]), "{after:?}");
    assert_eq!([after[0], after[1], after[3]], [[16.0, 18.0], [20.0, 18.0], [16.0, 22.0]]);
    assert_eq!(app.borrow().session().camera, camera);
    press(&mut harness, CTRL, Key::Z);
    assert_eq!(ring(&app, 0)[2], [20.0, 22.0], "one step back is all of it");
}

#[test]
fn a_point_is_added_between_two_and_taken_out_again() {
    let (mut harness, app) = square();
    click(&mut harness, "Add point 2 to New region");
    assert_eq!(ring(&app, 0)[1], [18.0, 18.0]);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(ring(&app, 0).len(), 5, "the new point was the picked one");
    // A triangle keeps its points.
    for _ in 0..2 {
        click(&mut harness, "Point 1 of New region");
        press(&mut harness, Modifiers::NONE, Key::Delete);
    }
    assert_eq!(ring(&app, 0).len(), 4);
    assert!(says(&harness, "at least three"));
}

#[test]
fn a_drag_inside_moves_the_whole_and_one_that_crosses_itself_is_refused() {
    let (mut harness, app) = square();
    press(&mut harness, Modifiers::NONE, Key::Q);
    let (from, to) = (spot(&harness, &app, LonLat::new(18.5, 20.5)), spot(&harness, &app, LonLat::new(19.5, 20.5)));
    drag(&mut harness, from, to, Modifiers::NONE);
    let moved = ring(&app, 0);
    assert!(near(moved[0], [17.0, 18.0]) && near(moved[2], [21.0, 22.0]), "{moved:?}");
    let (from, to) = (spot(&harness, &app, moved[2].into()), spot(&harness, &app, LonLat::new(15.5, 20.0)));
    drag(&mut harness, from, to, Modifiers::NONE);
    assert!(says(&harness, "crosses itself"));
    assert_eq!(ring(&app, 0), moved);
}

#[test]
fn a_region_is_cut_along_a_line_and_joined_again() {
    let (mut harness, app) = square();
    press(&mut harness, Modifiers::NONE, Key::Q);
    click(&mut harness, "Split");
    click_place(&mut harness, &app, 18.0, 17.0);
    click_place(&mut harness, &app, 18.0, 23.0);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let (names, count) =
        shown(&app, |project| (project.regions.iter().map(|region| region.common.name.clone()).collect::<Vec<_>>(), project.regions.len()));
    assert_eq!(count, 2, "{names:?}");
    assert_ne!(names[0], names[1]);
    click(&mut harness, "Join");
    click_place(&mut harness, &app, 19.0, 20.0);
    assert_eq!(shown(&app, |project| project.regions.len()), 1);
    let whole = ring(&app, 0);
    assert!([[16.0, 18.0], [20.0, 18.0], [20.0, 22.0], [16.0, 22.0]].iter().all(|corner| whole.contains(corner)), "{whole:?}");
}

#[test]
fn handles_turn_a_shape_and_make_it_smaller_and_arrows_nudge_it() {
    let (mut harness, app) = square();
    let width = |ring: &[[f64; 2]]| {
        let lons = || ring.iter().map(|at| at[0]);
        lons().fold(f64::MIN, f64::max) - lons().fold(f64::MAX, f64::min)
    };
    let before = ring(&app, 0);
    let corner = harness.get_by_label("Make the shape larger or smaller").rect().center();
    drag(&mut harness, (corner.x, corner.y), (corner.x - 40.0, corner.y + 40.0), Modifiers::NONE);
    let smaller = ring(&app, 0);
    assert!(width(&smaller) < width(&before) - 0.3, "{smaller:?}");
    let handle = harness.get_by_label("Turn the shape").rect().center();
    drag(&mut harness, (handle.x, handle.y), (handle.x + 80.0, handle.y + 10.0), Modifiers::NONE);
    let turned = ring(&app, 0);
    // What is above goes east and what is west goes north; below the middle it is the other way round.
    let middle = spot(&harness, &app, LonLat::new(18.0, 20.0));
    let north = if handle.y < middle.1 { 1.0 } else { -1.0 };
    assert!((turned[0][1] - smaller[0][1]) * north > 0.2 || (turned[3][1] - smaller[3][1]) * north > 0.2, "{turned:?} from {smaller:?}");
    press(&mut harness, Modifiers::ALT, Key::ArrowRight);
    let nudged = ring(&app, 0);
    assert!(nudged[0][0] > turned[0][0] && (nudged[0][1] - turned[0][1]).abs() < 0.01, "{nudged:?}");
}
