//! Exports from the window: what is chosen in the box is written by the functions of the command line, and nothing half-written ever stays.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::hands::{self, Shared, click, day, press, wait_for};
use border_atlas::{
    export::{About, animation::Pace, pdf_of_sheets, sheet_png, slides},
    gui::{
        Opening,
        actions::Action,
        exporting::order::REST_SECS,
        make_app,
        presenting::PresentStep,
        system::{Ask, Picked, System},
    },
    io::SettingsFile,
    publish::{Moving, MovingFormat, PictureFormat, Shot, days_shown, map_size, staged},
    scene::{Frame, Theme, compose, furniture::print_camera},
};
use eframe::egui::{Key, Modifiers};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

const PATH: &str = "Path to write to";

fn window_with(pick: impl Fn(&Ask) -> Picked + Send + Sync + 'static, settings: Option<&Path>) -> (Harness<'static>, Shared) {
    let file = settings.map(|folder| SettingsFile::at(folder.join("settings.json")));
    let mut app = make_app(Opening { case: Some("crimea".to_owned()), ..Opening::default() }, file).unwrap();
    app.set_system(System { pick: Arc::new(pick), fonts: Arc::new(Default::default), ..System::default() });
    hands::show(std::rc::Rc::new(std::cell::RefCell::new(app)))
}

/// The window over a story with its box for exports open.
fn asked() -> (Harness<'static>, Shared) {
    let (mut harness, app) = window_with(|_| Picked::NoBox, None);
    press(&mut harness, Modifiers::COMMAND, Key::E);
    (harness, app)
}

/// Types into a field in the place of what stands there.
fn type_into(harness: &mut Harness, field: &str, text: &str) {
    harness.get_by_label(field).focus();
    harness.run_steps(2);
    press(harness, Modifiers::COMMAND, Key::A);
    harness.get_by_label(field).type_text(text);
    harness.run_steps(3);
}

/// Writes to a path, and waits until it is said that a file of this name is there.
fn write_to(harness: &mut Harness, path: &Path, name: &str) {
    type_into(harness, PATH, &path.display().to_string());
    click(harness, "Write");
    said_of(harness, name);
}

fn said_of(harness: &mut Harness, name: &str) {
    wait_for(harness, |harness| harness.query_by_label_contains(&format!("/{name}, ")).is_some());
}

fn value(harness: &Harness, field: &str) -> String {
    harness.get_by_label(field).accesskit_node().value().unwrap_or_default()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// What the command line would draw of what the window shows, the story as it opened.
fn shot<T>(app: &Shared, pixels: [f64; 2], draw: impl FnOnce(Shot) -> T) -> T {
    let app = app.borrow();
    let (library, session) = (app.library(), app.session());
    let project = &library.documents[session.document.unwrap()];
    draw(Shot {
        atlas: &library.atlas,
        project: Some(project),
        view: session.view.clone(),
        look: session.look.clone(),
        camera: print_camera(project.opening.projection, project.opening.bbox, map_size(pixels).0),
        telling: session.telling.clone(),
        selected_event: None,
    })
}

#[test]
fn the_map_as_shown_is_written_as_the_command_line_writes_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, app) = asked();
    type_into(&mut harness, "Size in pixels", "640x360");
    assert!(harness.query_by_label_contains(": the map as PNG, 640 × 360 pixels").is_some());
    write_to(&mut harness, &folder.path().join("map"), "map.png");
    let (since, day) = app.borrow().session().shown_days();
    let drawn = |without_ground: bool, format: PictureFormat| {
        shot(&app, [640.0, 360.0], |shot| {
            let scene = shot.show(day, since, Frame::Print, compose);
            let about = About::of_notes(&scene.notes);
            format.bytes(shot.atlas, &if without_ground { scene.without_ground() } else { scene }, 1.0, &about).unwrap()
        })
    };
    assert!(fs::read(folder.path().join("map.png")).unwrap() == drawn(false, PictureFormat::Png));
    assert!(!app.borrow().session().export_box, "the box is gone");
    press(&mut harness, Modifiers::COMMAND, Key::E);
    click(&mut harness, "Format: SVG");
    harness.get_by_label_contains("Transparent ground").click();
    harness.run_steps(3);
    write_to(&mut harness, &folder.path().join("map.png"), "map.svg");
    let svg = fs::read(folder.path().join("map.svg")).unwrap();
    assert!(svg == drawn(true, PictureFormat::Svg) && svg != drawn(false, PictureFormat::Svg));
    assert_eq!(names(folder.path()), ["map.png", "map.svg"]);
}

#[test]
fn scenes_and_lectures_are_written_as_the_command_line_writes_them() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, app) = asked();
    click(&mut harness, "A scene of the lecture");
    type_into(&mut harness, "Size in pixels", "640x360");
    write_to(&mut harness, &folder.path().join("scene.png"), "scene.png");
    let drawn = {
        let app = app.borrow();
        let project = &app.library().documents[app.session().document.unwrap()];
        let slide = &project.slides[0];
        let picture = (slide, slide.picture_count() - 1);
        let (sheet, scale) = staged((&app.library().atlas, project), picture, Theme::Light, [640.0, 360.0]);
        sheet_png(&app.library().atlas, &sheet, scale).unwrap()
    };
    assert!(fs::read(folder.path().join("scene.png")).unwrap() == drawn);
    press(&mut harness, Modifiers::COMMAND, Key::E);
    click(&mut harness, "The lecture as slides (PDF)");
    write_to(&mut harness, &folder.path().join("lecture"), "lecture.pdf");
    let app = app.borrow();
    let (atlas, project) = (&app.library().atlas, &app.library().documents[app.session().document.unwrap()]);
    let about = About { title: project.title.clone(), ..About::default() };
    let pages = pdf_of_sheets(atlas, &slides(atlas, project, Theme::Light, true), &about).unwrap();
    assert!(fs::read(folder.path().join("lecture.pdf")).unwrap() == pages);
}

#[test]
fn a_film_is_written_as_the_command_line_writes_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, app) = asked();
    click(&mut harness, "The map through time");
    for (field, text) in [("Size in pixels", "320x180"), ("First date", "2014-02"), ("Last date", "2014-03"), ("Step", "1m")] {
        type_into(&mut harness, field, text);
    }
    assert!(harness.query_by_label_contains("3 pictures in 3 seconds, 320 × 180 pixels").is_some());
    write_to(&mut harness, &folder.path().join("film"), "film.gif");
    let same = folder.path().join("same.gif");
    shot(&app, [320.0, 180.0], |shot| {
        let days = days_shown("1m".parse().unwrap(), day("2014-02-01"), day("2014-03-31")).unwrap();
        let pace = Pace { pictures: days.len(), step_secs: 0.25, rest_secs: REST_SECS, loops: 0 };
        Moving { shot, days, stride: "1m".parse().unwrap(), scale: 1.0, pace }.write(MovingFormat::Gif, &same, &|_| Ok(())).unwrap();
    });
    assert!(fs::read(folder.path().join("film.gif")).unwrap() == fs::read(same).unwrap());
}

#[test]
fn what_is_called_off_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, _) = asked();
    click(&mut harness, "The map through time");
    for (field, text) in [("Size in pixels", "320x180"), ("First date", "1990"), ("Last date", "2020"), ("Step", "1w")] {
        type_into(&mut harness, field, text);
    }
    type_into(&mut harness, PATH, &folder.path().join("film.gif").display().to_string());
    click(&mut harness, "Write");
    wait_for(&mut harness, |harness| harness.query_by_label_contains("Writing film.gif, ").is_some());
    assert_eq!(names(folder.path()).len(), 1, "it is under way, under a hidden name");
    harness.get_by_label("Cancel: Writing film.gif").click_accesskit();
    wait_for(&mut harness, |harness| harness.query_by_label("film.gif was not written").is_some());
    assert!(names(folder.path()).is_empty(), "{:?}", names(folder.path()));
}

#[test]
fn an_export_under_way_is_called_off_when_the_window_closes() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, app) = asked();
    click(&mut harness, "All scenes as pictures");
    type_into(&mut harness, "Size in pixels", "320x180");
    type_into(&mut harness, PATH, &folder.path().join("scenes").display().to_string());
    click(&mut harness, "Write");
    wait_for(&mut harness, |_| !names(folder.path()).is_empty());
    app.borrow_mut().close();
    assert!(names(folder.path()).is_empty(), "{:?}", names(folder.path()));
}

#[test]
fn what_is_there_stays_unless_the_systems_box_has_asked() {
    let folder = tempfile::tempdir().unwrap();
    let (old, chosen) = (folder.path().join("old.png"), folder.path().join("old.png"));
    fs::write(&old, "old").unwrap();
    let (mut harness, _) = window_with(move |_| Picked::Paths(vec![chosen.clone()]), None);
    press(&mut harness, Modifiers::COMMAND, Key::E);
    type_into(&mut harness, "Size in pixels", "160x90");
    write_to(&mut harness, &old, "old-2.png");
    assert_eq!((fs::read(&old).unwrap(), names(folder.path())), (b"old".to_vec(), vec!["old-2.png".to_owned(), "old.png".to_owned()]));
    press(&mut harness, Modifiers::COMMAND, Key::E);
    click(&mut harness, "Browse…");
    wait_for(&mut harness, |harness| harness.query_by_label("What is there already is replaced.").is_some());
    click(&mut harness, "Write");
    said_of(&mut harness, "old.png");
    assert_ne!(fs::read(&old).unwrap(), b"old");
    assert_eq!(names(folder.path()).len(), 2);
}

#[test]
fn a_path_that_cannot_be_written_is_said_and_so_is_a_wrong_size() {
    let (mut harness, _) = asked();
    type_into(&mut harness, "Size in pixels", "large");
    assert!(harness.query_by_label_contains("as in 1920x1080").is_some());
    assert!(harness.get_by_label("Write").accesskit_node().is_disabled());
    type_into(&mut harness, "Size in pixels", "160x90");
    type_into(&mut harness, PATH, "/no such folder/map.png");
    click(&mut harness, "Write");
    wait_for(&mut harness, |harness| harness.query_by_label_contains("Check that the folder exists").is_some());
}

#[test]
fn choices_come_back_at_the_next_start_and_keys_alone_are_enough() {
    let (settings, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut harness, app) = window_with(|_| Picked::NoBox, Some(settings.path()));
    press(&mut harness, Modifiers::COMMAND, Key::E);
    assert!(value(&harness, PATH).ends_with(".png"));
    click(&mut harness, "Format: SVG");
    type_into(&mut harness, "Size in pixels", "640x480");
    type_into(&mut harness, PATH, &folder.path().join("map.svg").display().to_string());
    press(&mut harness, Modifiers::NONE, Key::Enter);
    said_of(&mut harness, "map.svg");
    drop(harness);
    std::rc::Rc::into_inner(app).expect("nobody else has it").into_inner().close();
    let (mut harness, app) = window_with(|_| Picked::NoBox, Some(settings.path()));
    press(&mut harness, Modifiers::COMMAND, Key::E);
    assert_eq!(value(&harness, "Size in pixels"), "640x480");
    let offered = PathBuf::from(value(&harness, PATH));
    assert_eq!((offered.parent(), offered.extension().and_then(|ending| ending.to_str())), (Some(folder.path()), Some("svg")));
    // What is typed means nothing to the map below, and Escape leads back.
    let before = app.borrow().session().camera;
    press(&mut harness, Modifiers::NONE, Key::Plus);
    assert_eq!(app.borrow().session().camera, before);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!app.borrow().session().export_box);
}

#[test]
fn the_box_never_shows_in_a_lecture_and_the_bare_world_has_none() {
    let (mut harness, app) = asked();
    assert!(app.borrow().session().export_box);
    app.borrow_mut().ask(&harness.ctx.clone(), Action::Present(PresentStep::Begin { from_start: true }));
    harness.run_steps(3);
    press(&mut harness, Modifiers::COMMAND, Key::E);
    assert!(!app.borrow().session().export_box && harness.query_by_label(PATH).is_none());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    app.borrow_mut().ask(&harness.ctx.clone(), Action::OpenDocument(None));
    press(&mut harness, Modifiers::COMMAND, Key::E);
    assert!(harness.get_by_label("The lecture for browsers").accesskit_node().is_disabled());
    assert!(value(&harness, PATH).contains("world-"));
}
