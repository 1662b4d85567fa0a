//! The window without a screen, and a person's hands in it: for every test of the window.

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
    rc::Rc,
    sync::Arc,
};

use border_atlas::{
    edit::Command,
    geometry::LonLat,
    gui::{
        Opening,
        actions::Action,
        app::{App, EditAction},
        keeping::Keeping,
        make_app,
        session::{Library, Session},
        system::{Picked, System},
    },
    io::{AtlasFiles, Progress, built_in_atlas, project_file::parse_document},
    model::Project,
    scene::{Theme, fonts},
    time::{Date, Day},
};
use eframe::egui::{self, FontData, FontDefinitions, FontFamily, Key, Modifiers, PointerButton};
use egui_kittest::{Harness, kittest::Queryable};
use serde_json::Value;
use tempfile::TempDir;

pub type Shared = Rc<RefCell<App>>;

/// The window over the built-in atlas, on 1 January 2020, at 1280 by 800 points.
pub fn window() -> (Harness<'static>, Shared) {
    let (atlas, _) = built_in_atlas().unwrap();
    let documents = atlas.cases.clone();
    let library = Library::new(atlas, documents);
    let session = Session::new(day("2020-01-01"), [1280.0, 720.0], Theme::Light);
    let app = Rc::new(RefCell::new(App::new(library, session, None, Vec::new())));
    show(app)
}

/// A window of 1280 by 800 points.
pub fn show(app: Shared) -> (Harness<'static>, Shared) {
    show_in(app, [1280.0, 800.0])
}

/// A window of any size, in points.
pub fn show_in(app: Shared, size: [f32; 2]) -> (Harness<'static>, Shared) {
    let (shared, mut attached) = (app.clone(), false);
    let mut harness = Harness::builder().with_size(size).build_ui(move |ui| {
        let mut app = shared.borrow_mut();
        if !std::mem::replace(&mut attached, true) {
            app.attach(ui.ctx(), None);
            return;
        }
        app.frame_ui(ui);
    });
    harness.run_steps(8);
    (harness, app)
}

pub fn day(text: &str) -> Day {
    Date::parse(text).unwrap().earliest
}

pub fn press(harness: &mut Harness, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
}

pub fn click(harness: &mut Harness, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(3);
}

/// Opens a story through its menu, as a person does.
pub fn open(harness: &mut Harness, title: &str) {
    click(harness, "Whole world");
    click(harness, title);
    harness.run_steps(20);
}

/// Clicks at a place of the window, in points.
pub fn click_at(harness: &mut Harness, button: PointerButton, (x, y): (f32, f32)) {
    let pos = egui::pos2(x, y);
    harness.hover_at(pos);
    harness.run_steps(1);
    for pressed in [true, false] {
        harness.event(egui::Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE });
        harness.run_steps(1);
    }
    // Clicks that follow each other at once would be a double click.
    harness.run_steps(30);
}

/// Drags with the first button from one place of the window to another, in points.
pub fn drag(harness: &mut Harness, from: (f32, f32), to: (f32, f32), modifiers: Modifiers) {
    let (from, to) = (egui::pos2(from.0, from.1), egui::pos2(to.0, to.1));
    drag_along(harness, |share| from.lerp(to, share), modifiers);
}

/// The same along a way, from its share 0 to its share 1.
pub fn drag_along(harness: &mut Harness, way: impl Fn(f32) -> egui::Pos2, modifiers: Modifiers) {
    let button = |pos, pressed| egui::Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers };
    harness.hover_at(way(0.0));
    harness.run_steps(2);
    harness.event_modifiers(button(way(0.0), true), modifiers);
    harness.run_steps(1);
    for step in 1..=20 {
        harness.event_modifiers(egui::Event::PointerMoved(way(step as f32 / 20.0)), modifiers);
        harness.run_steps(1);
    }
    harness.event_modifiers(button(way(1.0), false), modifiers);
    harness.run_steps(4);
}

/// Where a place of the earth is in the window.
pub fn spot(harness: &Harness, app: &Shared, place: LonLat) -> (f32, f32) {
    let [x, y] = app.borrow().session().camera.screen_from_lonlat(place);
    let corner = harness.get_by_label("Map").rect().min;
    (corner.x + x as f32, corner.y + y as f32)
}

/// Draws frames until something that another thread does has come about.
pub fn wait_for(harness: &mut Harness, come: impl Fn(&Harness) -> bool) {
    for _ in 0..600 {
        harness.step();
        if come(harness) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("it did not come about");
}

/// Drags from a point of the window by so many points, as a hand does: press, a few moves, let go.
pub fn drag_by(harness: &mut Harness, from: [f32; 2], by: [f32; 2]) {
    let at = |share: f32| egui::pos2(from[0] + by[0] * share, from[1] + by[1] * share);
    let button = |pos, pressed| egui::Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
    harness.event(egui::Event::PointerMoved(at(0.0)));
    harness.run_steps(1);
    harness.event(button(at(0.0), true));
    harness.run_steps(1);
    for step in 1..=5 {
        harness.event(egui::Event::PointerMoved(at(step as f32 / 5.0)));
        harness.run_steps(1);
    }
    harness.event(button(at(1.0), false));
    harness.run_steps(3);
}

/// Asks for a command on the shown document.
pub fn ask(harness: &Harness, app: &Shared, command: Value) {
    let command: Command = serde_json::from_value(command).unwrap();
    app.borrow_mut().ask(&harness.ctx, Action::Edit(EditAction::Apply(Box::new(command), None)));
}

/// Selects a feature of the shown document.
pub fn select(harness: &mut Harness, app: &Shared, id: &str) {
    let selection = {
        let app = app.borrow();
        app.library().selection_of(app.session().document.unwrap(), id).unwrap()
    };
    app.borrow_mut().ask(&harness.ctx, Action::Select(Some(selection)));
    harness.run_steps(5);
}

/// What the shown document says.
pub fn shown<T>(app: &Shared, read: impl FnOnce(&Project) -> T) -> T {
    let app = app.borrow();
    read(&app.library().documents[app.session().document.unwrap()])
}

/// Goes into a field, takes what is there away, and types letter by letter.
pub fn type_into(harness: &mut Harness, label: &str, text: &str) {
    harness.get_by_label(label).scroll_to_me();
    // The way there is eased.
    harness.run_steps(20);
    harness.get_by_label(label).focus();
    harness.run_steps(2);
    press(harness, Modifiers::COMMAND, Key::A);
    if text.is_empty() {
        press(harness, Modifiers::NONE, Key::Delete);
    }
    for letter in text.chars() {
        harness.get_by_label(label).type_text(&letter.to_string());
        harness.run_steps(1);
    }
    harness.run_steps(2);
}

/// The story of Crimea with these scenes as its lecture.
pub fn crimea_with(scenes: Value) -> Project {
    let mut json: Value = serde_json::from_str(AtlasFiles::embedded().case_text("crimea").unwrap()).unwrap();
    json["border_atlas"]["scenes"] = scenes;
    parse_document("crimea.geojson", "crimea", &json.to_string(), &Progress::default()).unwrap().project().0
}

/// The window, as large as a small projector, on that story: without motion, on 24 February 2022, before this system.
pub fn lecture_of(scenes: Value, system: System) -> (Harness<'static>, Shared) {
    let (mut atlas, _) = built_in_atlas().unwrap();
    let mut documents = std::mem::take(&mut atlas.cases);
    let place = documents.len();
    documents.push(crimea_with(scenes));
    let library = Library::new(atlas, documents);
    let mut session = Session::new(day("2014-03-18"), [1280.0, 720.0], Theme::Light);
    let bbox = session.open_document(&library, place);
    session.clock.go_to(day("2022-02-24"));
    session.reduced_motion = true;
    let mut app = App::new(library, session, bbox, Vec::new());
    app.set_system(system);
    show_in(Rc::new(RefCell::new(app)), [1280.0, 720.0])
}

/// A window on Galwan whose work is kept in the folder `state` of a folder, with these files open; nobody answers its file dialogs, and the system has no fonts.
pub fn kept_in(folder: &TempDir, files: &[&Path]) -> (Harness<'static>, Shared) {
    let files: Vec<PathBuf> = files.iter().map(|file| file.to_path_buf()).collect();
    let mut app = make_app(Opening { case: Some("galwan".to_owned()), files, ..Opening::default() }, None).unwrap();
    app.set_system(System { pick: Arc::new(|_| Picked::NoBox), fonts: Arc::new(Default::default), ..System::default() });
    app.keep_work_in(Keeping::in_folder(folder.path().join("state")), false);
    show(Rc::new(RefCell::new(app)))
}

/// The atlas' own letters for a part of the window that is shown alone.
pub fn install_fonts(ctx: &egui::Context) {
    let mut definitions = FontDefinitions::empty();
    let file = &fonts::FACES[0];
    definitions.font_data.insert(file.name.to_owned(), FontData::from_static(file.bytes).into());
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        definitions.families.insert(family, vec![file.name.to_owned()]);
    }
    ctx.set_fonts(definitions);
}
