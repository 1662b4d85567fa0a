//! How the window starts: as it was left, as the arguments ask, or with the first screen; and what it says without standing in the way.

use std::{cell::RefCell, path::Path, rc::Rc};

use crate::hands::{self, Shared, click, day, press, show, wait_for};
use border_atlas::{
    gui::{Opening, make_app, session::Panel},
    io::SettingsFile,
    model::View,
    scene::Theme,
};
use eframe::egui::{self, Key, Modifiers};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

/// The window as the program makes it, remembering into a folder.
fn started(opening: Opening, folder: Option<&Path>) -> (Harness<'static>, Shared) {
    let file = folder.map(|folder| SettingsFile::at(folder.join("settings.json")));
    show(Rc::new(RefCell::new(make_app(opening, file).unwrap())))
}

/// Closes the window: what is remembered is written before this returns.
fn closed((harness, app): (Harness<'static>, Shared)) {
    drop(harness);
    Rc::into_inner(app).expect("nobody else has it").into_inner().close();
}

#[test]
fn the_window_starts_as_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, app) = started(Opening { case: Some("crimea".to_owned()), ..Opening::default() }, Some(folder.path()));
    press(&mut harness, Modifiers::SHIFT, Key::D);
    press(&mut harness, Modifiers::NONE, Key::V);
    press(&mut harness, Modifiers::NONE, Key::C);
    press(&mut harness, Modifiers::NONE, Key::Plus);
    press(&mut harness, Modifiers::NONE, Key::Period);
    press(&mut harness, Modifiers::COMMAND, Key::Plus);
    harness.run_steps(80);
    let (left, view, scale) = (app.borrow().session().day(), app.borrow().session().view.clone(), app.borrow().session().ui_scale);
    let middle = |app: &Shared| {
        let camera = app.borrow().session().camera;
        camera.lonlat_from_screen(camera.size_points.map(|side| side / 2.0)).unwrap()
    };
    let (place, zoom) = (middle(&app), app.borrow().session().camera.points_per_unit);
    closed((harness, app));
    let (_, app) = started(Opening::default(), Some(folder.path()));
    let now = middle(&app);
    let session_of = app.borrow();
    let session = session_of.session();
    assert_eq!((session.day(), session.view.clone(), session.look.theme, session.ui_scale), (left, view, Theme::Dark, scale));
    assert!(scale > 1.0);
    assert!(session.panels.is_open(Panel::Charts));
    assert_eq!(session.document.map(|index| session_of.library().documents[index].id.as_str().to_owned()), Some("crimea".to_owned()));
    assert!((now.lon_deg - place.lon_deg).abs() < 1e-6 && (now.lat_deg - place.lat_deg).abs() < 1e-6, "{now:?} after {place:?}");
    assert!((session.camera.points_per_unit / zoom - 1.0).abs() < 1e-9);
    assert!(!session.welcome);
}

#[test]
fn arguments_win_over_what_is_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, app) = started(Opening { case: Some("crimea".to_owned()), ..Opening::default() }, Some(folder.path()));
    press(&mut harness, Modifiers::SHIFT, Key::D);
    closed((harness, app));
    let asked =
        Opening { case: Some("galwan".to_owned()), at: Some("1962-10-20".to_owned()), view: Some("chn".to_owned()), ..Opening::default() };
    let (_, app) = started(asked, Some(folder.path()));
    let borrowed = app.borrow();
    let session = borrowed.session();
    assert_eq!(session.day(), day("1962-10-20"));
    assert_eq!(session.view, View::from_id("chn"));
    assert_eq!(borrowed.library().documents[session.document.unwrap()].id.as_str(), "galwan");
    assert_eq!(session.look.theme, Theme::Dark, "what the arguments do not speak of is as it was left");
}

#[test]
fn a_broken_settings_file_is_said_and_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("settings.json"), "{ not json").unwrap();
    let (harness, _) = started(Opening::default(), Some(folder.path()));
    assert!(harness.query_by_label_contains("cannot be read").is_some());
    assert!(folder.path().join("settings.broken.json").exists());
}

#[test]
fn the_first_screen_opens_stories_by_key_and_by_click() {
    let (mut harness, app) = started(Opening::default(), None);
    let titles: Vec<String> = app.borrow().library().documents.iter().map(|project| project.title.clone()).collect();
    for title in &titles {
        assert!(harness.query_by_label(title).is_some(), "{title} is offered");
    }
    press(&mut harness, Modifiers::NONE, Key::Num2);
    assert_eq!(app.borrow().session().document, Some(1));
    assert!(!app.borrow().session().welcome);
    press(&mut harness, Modifiers::NONE, Key::Num1);
    assert_eq!(app.borrow().session().document, Some(1), "away from the first screen the key means nothing");
    press(&mut harness, Modifiers::SHIFT, Key::H);
    // The menu of stories has the open one's title too.
    harness.get_all_by_label(&titles[2]).last().unwrap().click();
    harness.run_steps(5);
    assert_eq!(app.borrow().session().document, Some(2));
}

#[test]
fn the_first_screen_closes_with_escape_and_with_a_click_beside_it() {
    let (mut harness, app) = started(Opening::default(), None);
    assert!(app.borrow().session().welcome);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!app.borrow().session().welcome);
    press(&mut harness, Modifiers::SHIFT, Key::H);
    assert!(app.borrow().session().welcome);
    hands::click_at(&mut harness, egui::PointerButton::Primary, (20.0, 400.0));
    assert!(!app.borrow().session().welcome);
    assert_eq!(app.borrow().session().selection, None, "the click beside it selects nothing");
}

#[test]
fn the_first_screen_does_not_come_over_what_was_asked_for() {
    for opening in [
        Opening { case: Some("crimea".to_owned()), ..Opening::default() },
        Opening { at: Some("1914".to_owned()), ..Opening::default() },
        Opening { files: vec!["nowhere.geojson".into()], ..Opening::default() },
    ] {
        let (_, app) = started(opening.clone(), None);
        assert!(!app.borrow().session().welcome, "{opening:?}");
    }
}

#[test]
fn the_first_screen_left_alone_computes_nothing_and_asks_for_no_frame() {
    let (mut harness, app) = started(Opening::default(), None);
    harness.run_steps(30);
    let before = app.borrow().cache_fills();
    harness.run_steps(30);
    assert_eq!(app.borrow().cache_fills(), before);
    assert!(!harness.ctx.has_requested_repaint(), "{:?}", harness.ctx.repaint_causes());
}

#[test]
fn a_file_opened_is_offered_the_next_time_and_one_that_cannot_be_read_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my own.geojson");
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/maps/cases/galwan.geojson"), &path).unwrap();
    let (mut harness, app) = started(Opening { files: vec![path.clone()], ..Opening::default() }, Some(folder.path()));
    wait_for(&mut harness, |_| app.borrow().session().document == Some(3));
    press(&mut harness, Modifiers::COMMAND, Key::W);
    press(&mut harness, Modifiers::NONE, Key::Num0);
    press(&mut harness, Modifiers::COMMAND, Key::O);
    assert!(harness.query_by_label("my own.geojson").is_some());
    harness.get_by_label("Path of the file").type_text(&folder.path().join("gone.geojson").display().to_string());
    harness.run_steps(3);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    wait_for(&mut harness, |harness| harness.query_by_label_contains("gone.geojson: cannot be read").is_some());
    assert_eq!(app.borrow().session().recents, [path]);
}

#[test]
fn news_goes_by_itself_and_trouble_stays_until_it_is_closed() {
    let (mut harness, _) = started(Opening { case: Some("crimea".to_owned()), ..Opening::default() }, None);
    press(&mut harness, Modifiers::SHIFT, Key::M);
    assert!(harness.query_by_label_contains("Movements are cuts").is_some());
    assert!(harness.query_by_label_contains("no graphics driver").is_some());
    // The harness lets a quarter of a second pass in a step.
    harness.run_steps(60);
    assert!(harness.query_by_label_contains("Movements are cuts").is_none());
    assert!(harness.query_by_label_contains("no graphics driver").is_some());
    click(&mut harness, "Close the notice");
    assert!(harness.query_by_label_contains("no graphics driver").is_none());
}

#[test]
fn the_scale_has_its_keys_and_its_limits() {
    let (mut harness, app) = started(Opening { case: Some("crimea".to_owned()), ..Opening::default() }, None);
    let scale = |app: &Shared| app.borrow().session().ui_scale;
    for _ in 0..12 {
        press(&mut harness, Modifiers::COMMAND, Key::Plus);
    }
    assert_eq!(harness.ctx.zoom_factor(), 1.5, "1280 by 800 points have room for no more");
    for _ in 0..12 {
        press(&mut harness, Modifiers::COMMAND, Key::Minus);
    }
    assert_eq!((scale(&app), harness.ctx.zoom_factor()), (0.75, 0.75));
    press(&mut harness, Modifiers::COMMAND, Key::Num0);
    assert_eq!((scale(&app), harness.ctx.zoom_factor()), (1.0, 1.0));
}

/// The window in other sizes, in points: an old projector with everything drawn half as large again, a laptop, a wall.
#[test]
fn the_bar_has_room_for_its_controls_in_every_window() {
    for (width, height) in
        [(534.0, 374.0), (640.0, 480.0), (683.0, 512.0), (800.0, 560.0), (1024.0, 768.0), (1180.0, 800.0), (1920.0, 1080.0)]
    {
        let (mut harness, _) = galwan(width, height);
        // That there is no graphics driver here floats over the bar of the smallest window.
        click(&mut harness, "Close the notice");
        assert_bar_is_clear(&harness, width);
    }
}

fn galwan(width: f32, height: f32) -> (egui_kittest::Harness<'static>, Shared) {
    let app = make_app(Opening { case: Some("galwan".to_owned()), ..Opening::default() }, None).unwrap();
    hands::show_in(Rc::new(RefCell::new(app)), [width, height])
}

/// No control of the bar leaves the window or lies over another.
fn assert_bar_is_clear(harness: &egui_kittest::Harness, width: f32) {
    let in_bar = |rect: &egui::Rect| rect.bottom() <= 46.0 && rect.height() > 8.0;
    let roles = [egui::accesskit::Role::Button, egui::accesskit::Role::TextInput, egui::accesskit::Role::ComboBox];
    let controls: Vec<egui::Rect> =
        roles.iter().flat_map(|role| harness.query_all_by_role(*role)).map(|node| node.rect()).filter(in_bar).collect();
    assert!(controls.len() >= 3, "{controls:?} at {width}");
    for (index, one) in controls.iter().enumerate() {
        assert!(one.left() >= 0.0 && one.right() <= width, "{one:?} leaves the window of {width}");
        for other in &controls[index + 1..] {
            assert!(!one.shrink(1.0).intersects(*other), "{one:?} and {other:?} overlap at {width}");
        }
    }
}

#[test]
fn the_bar_of_a_document_has_room_for_its_marks_and_nothing_moves_when_they_come() {
    for (width, height) in [(683.0, 512.0), (800.0, 560.0), (1024.0, 768.0), (1180.0, 800.0), (1310.0, 800.0), (1600.0, 900.0)] {
        let (mut harness, app) = galwan(width, height);
        press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
        click(&mut harness, "Close the notice");
        let search = |harness: &egui_kittest::Harness| harness.get_by_label("Search").rect();
        let before = search(&harness);
        assert!(harness.query_all_by_label_contains("finding").next().is_none(), "at {width}");
        let shows_findings = width > 980.0;
        let command = serde_json::json!({"do": "add", "feature": {"type": "Feature", "geometry": {"type": "Point", "coordinates": [78.0, 34.0]},
            "properties": {"kind": "event", "event": "clash", "name": "New", "start": "2020-06-15"}}});
        hands::ask(&harness, &app, command);
        if shows_findings {
            hands::wait_for(&mut harness, |harness| harness.query_all_by_label_contains("finding").next().is_some());
        }
        harness.run_steps(3);
        assert!(harness.query_by_label("● Not saved yet").is_some());
        assert_eq!(search(&harness), before, "at {width}");
        assert_bar_is_clear(&harness, width);
    }
}

#[test]
fn a_narrow_window_shows_the_panel_opened_last() {
    let app = Rc::new(RefCell::new(make_app(Opening { case: Some("galwan".to_owned()), ..Opening::default() }, None).unwrap()));
    let (mut harness, app) = hands::show_in(app, [683.0, 512.0]);
    let shown = |app: &Shared| [Panel::Layers, Panel::Events].map(|panel| app.borrow().session().shows(panel));
    assert_eq!(shown(&app), [false, true], "opening the story opened its events");
    press(&mut harness, Modifiers::NONE, Key::Y);
    assert_eq!(shown(&app), [true, false]);
    press(&mut harness, Modifiers::NONE, Key::Y);
    assert_eq!(shown(&app), [false, true]);
}

#[test]
fn the_tab_key_leads_round_all_controls_and_one_sees_where_it_is() {
    let (mut harness, app) = started(Opening { case: Some("galwan".to_owned()), ..Opening::default() }, None);
    let accent = border_atlas::gui::theme::Palette::new(Theme::Light).accent;
    let mut stops = std::collections::HashSet::new();
    for _ in 0..40 {
        press(&mut harness, Modifiers::NONE, Key::Tab);
        let Some(id) = harness.ctx.memory(|memory| memory.focused()) else { continue };
        let place = harness.ctx.read_response(id).expect("what has the keyboard is there").interact_rect.expand(1.0);
        let is_ring = |shape: &egui::Shape| matches!(shape, egui::Shape::Rect(rect) if rect.rect == place && rect.stroke.color == accent);
        let shapes = &harness.output().shapes;
        assert!(!place.is_positive() || shapes.iter().any(|clipped| is_ring(&clipped.shape)), "no ring round {place:?}");
        stops.insert(id);
    }
    assert!(stops.len() >= 25, "{} stops", stops.len());
    // On a control the keys that press belong to it.
    while !harness.get_by_label("Dark").accesskit_node().is_focused() {
        press(&mut harness, Modifiers::NONE, Key::Tab);
    }
    press(&mut harness, Modifiers::NONE, Key::Space);
    assert_eq!(app.borrow().session().look.theme, Theme::Dark);
    assert!(app.borrow().session().clock.playing.is_none());
}

#[test]
fn files_that_hang_over_the_window_show_where_they_go() {
    let (mut harness, _) = started(Opening { case: Some("galwan".to_owned()), ..Opening::default() }, None);
    let says = |harness: &Harness, text: &str| {
        let holds = |shape: &egui::Shape| matches!(shape, egui::Shape::Text(shape) if shape.galley.text().contains(text));
        harness.output().shapes.iter().any(|clipped| holds(&clipped.shape))
    };
    harness.step();
    assert!(!says(&harness, "Let go to open"));
    harness.input_mut().hovered_files = vec![egui::HoveredFile { path: Some("/maps/my own.geojson".into()), ..Default::default() }];
    harness.step();
    assert!(says(&harness, "Let go to open my own.geojson"));
}
