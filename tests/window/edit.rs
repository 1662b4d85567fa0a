//! Documents are changed in the window: copies of stories, new ones, undo and redo.

use std::{cell::RefCell, rc::Rc};

use crate::hands::{self, Shared, open, press, window};
use border_atlas::{
    edit::Command,
    geometry::{Camera, LonLat},
    gui::{
        actions::Action,
        app::{App, EditAction},
        session::{Library, Selection, Session},
    },
    io::{Progress, built_in_atlas, project_file::parse_document},
    model::Document,
    scene::Theme,
};
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use serde_json::json;

const CTRL: Modifiers = Modifiers::COMMAND;

fn set(id: &str, path: &str, value: serde_json::Value) -> Action {
    let command: Command = serde_json::from_value(json!({"do": "set", "id": id, "path": path, "value": value})).unwrap();
    Action::Edit(EditAction::Apply(Box::new(command), None))
}

fn shown<T>(app: &Shared, read: impl FnOnce(&border_atlas::model::Project) -> T) -> T {
    let app = app.borrow();
    read(&app.library().documents[app.session().document.expect("a document")])
}

#[test]
fn a_copy_of_a_story_is_changed_and_what_is_selected_stays_selected() {
    let (mut harness, app) = window();
    open(&mut harness, "Crimea and the Donbas");
    press(&mut harness, CTRL | Modifiers::SHIFT, Key::N);
    let title = shown(&app, |project| project.title.clone());
    assert!(title.ends_with("(copy)"), "{title}");
    let document = app.borrow().session().document.unwrap();
    let (first, second) = shown(&app, |project| (project.events[0].id.clone(), project.events[1].id.clone()));
    app.borrow_mut().ask(&harness.ctx, Action::Select(Some(Selection::Event(document, 0))));
    // The first event moves behind the second one.
    app.borrow_mut().ask(&harness.ctx, set(&first, "start", json!("2021-01-01")));
    harness.run_steps(3);
    assert_eq!(shown(&app, |project| project.events[0].id.clone()), second);
    let selected = app.borrow().session().selection.clone().unwrap();
    assert_eq!(app.borrow().library().id_of(&selected), Some((document, first.as_str())));
    press(&mut harness, CTRL, Key::Z);
    assert_eq!(shown(&app, |project| project.events[0].id.clone()), first);
    press(&mut harness, CTRL | Modifiers::SHIFT, Key::Z);
    assert_eq!(shown(&app, |project| project.events[0].id.clone()), second);
}

#[test]
fn a_built_in_story_is_never_changed() {
    let (mut harness, app) = window();
    open(&mut harness, "Crimea and the Donbas");
    let (id, title) = shown(&app, |project| (project.events[0].id.clone(), project.events[0].title.clone()));
    app.borrow_mut().ask(&harness.ctx, set(&id, "name", json!("Other")));
    harness.run_steps(3);
    assert_eq!(shown(&app, |project| project.events[0].title.clone()), title);
    assert!(harness.query_by_label_contains("Make a copy").is_some());
}

#[test]
fn a_read_only_document_is_neither_undone_nor_redone() {
    let (atlas, _) = built_in_atlas().unwrap();
    let mut library = Library::new(atlas, Vec::new());
    let index = library.add(Document::empty("First"), None);
    for title in ["Second", "Third"] {
        let command = Command::SetDocument { path: "title".to_owned(), value: json!(title) };
        library.edit(index, &command, None).unwrap();
    }
    assert!(library.undo(index).unwrap().is_some());
    assert_eq!(library.documents[index].title, "Second");
    library.edited.get_mut(&index).unwrap().read_only = Some("Another window has it.".to_owned());
    assert_eq!(library.undo(index), Err("Another window has it.".to_owned()));
    assert_eq!(library.redo(index), Err("Another window has it.".to_owned()));
    let mut session = Session::new(hands::day("2020-01-01"), [1280.0, 720.0], Theme::Light);
    session.document = Some(index);
    let (mut harness, app) = hands::show(Rc::new(RefCell::new(App::new(library, session, None, Vec::new()))));
    for modifiers in [CTRL, CTRL | Modifiers::SHIFT] {
        press(&mut harness, modifiers, Key::Z);
        assert_eq!(shown(&app, |project| project.title.clone()), "Second");
    }
    assert!(harness.query_all_by_label_contains("Another window has it.").next().is_some(), "it is told why");
}

#[test]
fn a_new_document_opens_on_the_day_of_today() {
    let (mut harness, app) = window();
    let today = app.borrow().session().today;
    open(&mut harness, "Crimea and the Donbas");
    assert_ne!(app.borrow().session().day(), today);
    app.borrow_mut().ask(&harness.ctx, Action::Edit(EditAction::New));
    harness.run_steps(3);
    assert_eq!(app.borrow().session().day(), today);
    let day = shown(&app, |project| project.opening_day(today));
    assert_eq!((day, shown(&app, |project| project.opening.day)), (today, None));
}

/// A document that does not say where it opens, with these features.
fn without_opening(features: serde_json::Value) -> Document {
    let text =
        json!({"type": "FeatureCollection", "border_atlas": {"version": 1, "reader": 1, "title": "Own"}, "features": features}).to_string();
    parse_document("own.geojson", "own", &text, &Progress::default()).unwrap()
}

#[test]
fn an_own_document_opens_on_what_it_draws() {
    let (atlas, _) = built_in_atlas().unwrap();
    let documents = atlas.cases.clone();
    let mut library = Library::new(atlas, documents);
    let ring = json!([[[14.0, 18.0], [18.0, 18.0], [18.0, 21.0], [14.0, 18.0]]]);
    let region = json!({"type": "Feature", "geometry": {"type": "Polygon", "coordinates": ring}, "properties": {"id": "a", "kind": "region", "name": "A"}});
    let at = json!({"type": "Point", "coordinates": [88.0, 30.0]});
    let place = json!({"type": "Feature", "geometry": at, "properties": {"id": "b", "kind": "place", "name": "B"}});
    let indexes = [json!([region]), json!([place]), json!([])].map(|features| library.add(without_opening(features), None));
    let mut session = Session::new(hands::day("2020-01-01"), [1280.0, 720.0], Theme::Light);
    session.reduced_motion = true;
    let app = Rc::new(RefCell::new(App::new(library, session, None, Vec::new())));
    let (mut harness, app) = hands::show(app);
    let mut opened = |index: usize| {
        app.borrow_mut().ask(&harness.ctx, Action::OpenDocument(Some(index)));
        harness.run_steps(20);
        app.borrow().session().camera
    };
    let is_seen = |camera: &Camera, (lon, lat): (f64, f64)| {
        let [x, y] = camera.screen_from_lonlat(LonLat::new(lon, lat));
        (0.0..camera.size_points[0]).contains(&x) && (0.0..camera.size_points[1]).contains(&y)
    };
    let camera = opened(indexes[0]);
    assert!([(14.0, 18.0), (18.0, 18.0), (18.0, 21.0)].into_iter().all(|corner| is_seen(&camera, corner)));
    assert!((0.003..0.03).contains(&camera.degrees_per_point()), "neither lost nor cut off: {}", camera.degrees_per_point());
    let camera = opened(indexes[1]);
    assert!(is_seen(&camera, (88.0, 30.0)) && (0.0005..0.01).contains(&camera.degrees_per_point()), "{}", camera.degrees_per_point());
    assert_eq!(opened(indexes[2]), camera, "nothing is drawn: the map stays");
}
