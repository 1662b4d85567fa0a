//! What a right click on the map tells and offers, and measuring by pointer and keys.

use crate::hands::{Shared, click, click_at, day, open, press, spot, window};
use border_atlas::{
    geometry::{LonLat, measure::distance_km},
    gui::{actions::Action, session::Selection},
};
use eframe::egui::{self, Key, Modifiers, PointerButton};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

/// On the peninsula.
const CRIMEA: LonLat = LonLat::new(34.1, 45.2);

#[test]
fn clicks_measure_the_way_over_the_ground_and_its_area() {
    let (mut harness, app) = window();
    press(&mut harness, Modifiers::NONE, Key::M);
    let corners = [[10.0, 10.0], [20.0, 10.0], [20.0, 25.0]].map(LonLat::from);
    for corner in corners {
        let at = spot(&harness, &app, corner);
        click_at(&mut harness, PointerButton::Primary, at);
    }
    let measured = |app: &Shared| app.borrow().session().measure.clone().unwrap();
    let way: f64 = corners.windows(2).map(|pair| distance_km(pair[0], pair[1])).sum();
    assert!((measured(&app).total_km() / way - 1.0).abs() < 0.01, "{} km measured of {way}", measured(&app).total_km());
    press(&mut harness, Modifiers::NONE, Key::Backspace);
    assert_eq!(measured(&app).points().len(), 2);
    let third = spot(&harness, &app, corners[2]);
    click_at(&mut harness, PointerButton::Primary, third);
    let (x, y) = spot(&harness, &app, corners[0]);
    click_at(&mut harness, PointerButton::Primary, (x + 3.0, y));
    assert!(measured(&app).is_closed(), "a click on the first point closes the line");
    assert!(harness.query_by_label_contains("km² inside").is_some());
    assert_eq!(app.borrow().session().selection, None, "measuring selects nothing");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(app.borrow().session().measure, None);
}

#[test]
fn enter_ends_a_measurement_and_clicks_select_again() {
    let (mut harness, app) = window();
    press(&mut harness, Modifiers::NONE, Key::M);
    let chad = spot(&harness, &app, LonLat::new(20.0, 15.0));
    click_at(&mut harness, PointerButton::Primary, chad);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(app.borrow().session().measure.as_ref().is_some_and(|measure| !measure.is_open()));
    click_at(&mut harness, PointerButton::Primary, chad);
    assert!(app.borrow().session().selection.is_some());
}

#[test]
fn a_right_click_says_what_is_here_and_leads_to_its_history() {
    let (mut harness, app) = window();
    let crimea = spot(&harness, &app, CRIMEA);
    click_at(&mut harness, PointerButton::Secondary, crimea);
    assert!(harness.query_by_label_contains("Also held or claimed by").is_some(), "Crimea is contested");
    assert!(harness.query_by_label_contains("Zoom to Russia").is_some());
    click(&mut harness, "What was here through time");
    assert!(matches!(app.borrow().session().selection, Some(Selection::Unit(_))));
    assert!(harness.query_by_label("Who held it").is_some());
    let dates: Vec<_> = harness.get_all_by_role(egui::accesskit::Role::Link).filter_map(|node| node.accesskit_node().label()).collect();
    let gone = dates.iter().find(|label| label.contains("1991") && label.contains('–')).unwrap_or_else(|| panic!("{dates:?}")).clone();
    harness.get_all_by_label(&gone).next().unwrap().click_accesskit();
    harness.run_steps(5);
    assert!(app.borrow().session().day() < day("1992"), "{} after {gone}", app.borrow().session().day());
}

#[test]
fn who_held_land_is_named_as_then() {
    let (mut harness, app) = window();
    let munich = spot(&harness, &app, LonLat::new(11.6, 48.1));
    click_at(&mut harness, PointerButton::Secondary, munich);
    click(&mut harness, "What was here through time");
    let links = |harness: &Harness| {
        let links = harness.get_all_by_role(egui::accesskit::Role::Link).filter_map(|node| node.accesskit_node().label());
        links.filter(|label| ["Germany", "West Germany"].contains(&label.as_str())).collect::<Vec<_>>()
    };
    assert_eq!(links(&harness), ["Germany", "West Germany"], "on {}", app.borrow().session().day());
    let then = Action::GoTo { bbox: None, day: Some(day("1970-01-01")), selection: None };
    app.borrow_mut().ask(&harness.ctx, then);
    harness.run_steps(5);
    assert_eq!(links(&harness), ["Germany", "West Germany"], "on {}", app.borrow().session().day());
}

#[test]
fn a_right_click_copies_centres_and_measures_from_the_place() {
    let (mut harness, app) = window();
    let crimea = spot(&harness, &app, CRIMEA);
    click_at(&mut harness, PointerButton::Secondary, crimea);
    harness.get_by_label_contains("″ N").click();
    harness.step();
    let copied = harness.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    assert!(copied.is_some_and(|text| text.contains("° E") || text.contains("″ E")));
    harness.run_steps(3);
    click_at(&mut harness, PointerButton::Secondary, crimea);
    click(&mut harness, "Centre here");
    harness.run_steps(120);
    let [width, height] = app.borrow().session().camera.size_points;
    let middle = app.borrow().session().camera.lonlat_from_screen([width / 2.0, height / 2.0]).unwrap();
    assert!(distance_km(middle, CRIMEA) < 100.0, "{middle:?}");
    click_at(&mut harness, PointerButton::Secondary, (640.0, 300.0));
    harness.get_by_label_contains("Measure from here").click();
    harness.run_steps(3);
    assert_eq!(app.borrow().session().measure.as_ref().map(|measure| measure.points().len()), Some(1));
}

#[test]
fn escape_closes_the_menu_before_anything_else() {
    let (mut harness, app) = window();
    press(&mut harness, Modifiers::NONE, Key::M);
    let crimea = spot(&harness, &app, CRIMEA);
    click_at(&mut harness, PointerButton::Secondary, crimea);
    assert!(harness.query_by_label("Centre here").is_some());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label("Centre here").is_none());
    assert!(app.borrow().session().measure.is_some(), "what was being measured is still there");
}

#[test]
fn a_right_click_beside_the_earth_opens_no_empty_menu() {
    let (mut harness, _) = window();
    let map = harness.get_by_label("Map").rect();
    let offers = |harness: &egui_kittest::Harness| harness.query_all_by_label_contains("Whole world").count();
    let before = offers(&harness);
    click_at(&mut harness, PointerButton::Secondary, (map.right() - 6.0, map.top() + 6.0));
    assert_eq!(offers(&harness), before + 1);
}

#[test]
fn a_second_right_click_takes_the_menu_elsewhere() {
    let (mut harness, app) = window();
    let [crimea, chad] = [CRIMEA, LonLat::new(20.0, 15.0)].map(|place| spot(&harness, &app, place));
    click_at(&mut harness, PointerButton::Secondary, crimea);
    assert!(harness.query_by_label_contains("Zoom to Russia").is_some());
    click_at(&mut harness, PointerButton::Secondary, chad);
    assert!(harness.query_by_label_contains("Zoom to Chad").is_some());
    let row = harness.get_by_label("Centre here").rect();
    assert!((row.left() - chad.0).abs() < 60.0 && row.top() > chad.1, "{row:?} is not at {chad:?}");
    // A click beside it closes it and does nothing else.
    click_at(&mut harness, PointerButton::Primary, crimea);
    assert!(harness.query_by_label("Centre here").is_none());
    assert_eq!(app.borrow().session().selection, None);
    click_at(&mut harness, PointerButton::Primary, crimea);
    assert!(app.borrow().session().selection.is_some(), "the next click selects again");
}

#[test]
fn a_right_click_on_a_callout_or_a_symbol_asks_about_the_place_of_its_event() {
    let (mut harness, app) = window();
    open(&mut harness, "Crimea and the Donbas");
    let scene = app.borrow().last_scene().unwrap().clone();
    let corner = harness.get_by_label("Map").rect().min;
    let callout = scene.callouts.first().expect("the story opens with a callout");
    let marker = scene.signs.markers.iter().find(|marker| marker.pile.is_empty()).expect("an event with a sign of its own");
    for (rect, event) in [(callout.rect, callout.event), (marker.rect(), marker.event)] {
        let middle = [0, 1].map(|axis| (rect.min[axis] + rect.max[axis]) / 2.0);
        click_at(&mut harness, PointerButton::Secondary, (corner.x + middle[0], corner.y + middle[1]));
        let place =
            app.borrow().library().documents.iter().find(|project| project.title == "Crimea and the Donbas").unwrap().events[event].at;
        let coordinates = format!("{:.5}, {:.5}", place.lat_deg, place.lon_deg);
        assert!(harness.query_by_label(&coordinates).is_some(), "no menu about {coordinates}");
        press(&mut harness, Modifiers::NONE, Key::Escape);
    }
}
