//! Pictures of events in the window: put into one by the system's box or by dropping, with their words, shown, enlarged, ordered, taken out.

use std::{
    io::Cursor,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::hands::{Shared, ask, press, select, type_into, wait_for, window};
use border_atlas::{
    gui::{
        actions::Action,
        app::EditAction,
        system::{Ask, Picked, System},
    },
    model::Picture,
};
use eframe::egui::{DroppedFile, Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde_json::json;
use tempfile::TempDir;

const ALT: &str = "A bridge over a river";

/// A document with an event that is selected and a place that is not, and a folder with pictures.
fn written() -> (Harness<'static>, Shared, TempDir) {
    let (mut harness, app) = window();
    let folder = tempfile::tempdir().unwrap();
    for (name, width, format) in
        [("bridge.png", 60, ImageFormat::Png), ("river.jpg", 40, ImageFormat::Jpeg), ("wide.jpg", 2600, ImageFormat::Jpeg)]
    {
        std::fs::write(folder.path().join(name), packed(width, format)).unwrap();
    }
    app.borrow_mut().ask(&harness.ctx, Action::Edit(EditAction::New));
    for (id, kind, more) in
        [("clash", "event", json!({"event": "clash", "start": "1962-10-20", "place": "Pass"})), ("town", "place", json!({}))]
    {
        let mut properties = json!({"id": id, "kind": kind, "name": id});
        properties.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let point = json!({"type": "Point", "coordinates": [70.0, 30.0]});
        ask(&harness, &app, json!({"do": "add", "feature": {"type": "Feature", "geometry": point, "properties": properties}}));
    }
    select(&mut harness, &app, "clash");
    (harness, app, folder)
}

fn packed(width: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let image = RgbImage::from_fn(width, 30, |x, y| Rgb([(x * 7) as u8, (y * 5) as u8, 90]));
    DynamicImage::ImageRgb8(image).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn pictures(app: &Shared) -> Vec<Picture> {
    let app = app.borrow();
    app.library().documents[app.session().document.unwrap()].events[0].pictures.clone()
}

fn says(harness: &Harness, words: &str) -> bool {
    let has = |text: Option<String>| text.is_some_and(|text| text.contains(words));
    harness.query_all_by(|node| has(node.label()) || has(node.value())).next().is_some()
}

/// A file as the system hands it over.
#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn drop_file(harness: &mut Harness, path: PathBuf) {
    harness.input_mut().dropped_files.push(Arc::new(Dropped(path)));
    harness.step();
}

fn click(harness: &mut Harness, label: &str) {
    harness.get_by_label(label).scroll_to_me();
    harness.run_steps(20);
    harness.get_by_label(label).click_accesskit();
    harness.run_steps(3);
}

/// Answers what the box asks.
fn describe(harness: &mut Harness, alt: &str, credit: &str) {
    wait_for(harness, |harness| says(harness, "Add a picture") && harness.query_by_label("What is to be seen").is_some());
    type_into(harness, "What is to be seen", alt);
    type_into(harness, "Credit", credit);
    click(harness, "Add the picture");
}

fn with_picture(harness: &mut Harness, app: &Shared, folder: &Path) {
    drop_file(harness, folder.join("bridge.png"));
    describe(harness, ALT, "A. Doe");
    assert_eq!(pictures(app).len(), 1);
    wait_for(harness, |harness| harness.query_by_label(&format!("Picture 1: {ALT}")).is_some());
}

#[test]
fn a_dropped_picture_asks_for_its_words_and_goes_into_the_selected_event() {
    let (mut harness, app, folder) = written();
    drop_file(&mut harness, folder.path().join("bridge.png"));
    wait_for(&mut harness, |harness| says(harness, "What is to be seen"));
    assert!(pictures(&app).is_empty());
    // Without what it shows and whose it is there is no way into the document.
    click(&mut harness, "Add the picture");
    type_into(&mut harness, "What is to be seen", ALT);
    click(&mut harness, "Add the picture");
    assert!(pictures(&app).is_empty() && says(&harness, "Say what is to be seen, and whose it is."));
    type_into(&mut harness, "Credit", "A. Doe");
    type_into(&mut harness, "Licence", "CC0");
    click(&mut harness, "Add the picture");
    let added = pictures(&app);
    assert_eq!((added.len(), added[0].alt.as_str(), added[0].credit_line().as_str()), (1, ALT, "A. Doe · CC0"));
    assert_eq!(added[0].faults(), []);
    assert_eq!(border_atlas::model::picture::bytes_of(&added[0].data).unwrap(), std::fs::read(folder.path().join("bridge.png")).unwrap());
    assert!(!app.borrow().session().pictures.has_box());
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(pictures(&app).is_empty(), "one step of undo");
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(pictures(&app), added);
}

#[test]
fn the_system_s_box_gives_pictures_and_large_ones_are_told_to_be_smaller() {
    let (mut harness, app, folder) = written();
    let path = folder.path().join("wide.jpg");
    let pick = move |ask: &Ask| match ask {
        Ask::Pictures(place) if place.event == "clash" => Picked::Paths(vec![path.clone()]),
        _ => Picked::Nothing,
    };
    app.borrow_mut().set_system(System { pick: Arc::new(pick), ..System::default() });
    click(&mut harness, "Add a picture…");
    wait_for(&mut harness, |harness| says(harness, "Made smaller for the document: it had 2600 × 30 pixels"));
    assert!(says(&harness, "wide.jpg · 2048 × 24 pixels"));
    // Escape leaves the field first, and nothing is added then.
    harness.get_by_label("Credit").focus();
    harness.run_steps(2);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(app.borrow().session().pictures.has_box());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!app.borrow().session().pictures.has_box() && pictures(&app).is_empty());
}

#[test]
fn pictures_that_have_no_place_or_are_none_are_told_what_to_do() {
    let (mut harness, app, folder) = written();
    select(&mut harness, &app, "town");
    drop_file(&mut harness, folder.path().join("bridge.png"));
    harness.run_steps(2);
    assert!(says(&harness, "bridge.png: pictures go into an event. Select an event of this document"));
    select(&mut harness, &app, "clash");
    let broken = folder.path().join("broken.png");
    std::fs::write(&broken, &packed(60, ImageFormat::Png)[..80]).unwrap();
    drop_file(&mut harness, broken);
    wait_for(&mut harness, |harness| says(harness, "this PNG cannot be opened"));
    app.borrow_mut().ask(&harness.ctx, Action::OpenDocument(Some(0)));
    harness.run_steps(3);
    drop_file(&mut harness, folder.path().join("bridge.png"));
    harness.run_steps(2);
    assert!(says(&harness, "A built-in story cannot be changed; make a copy of it"));
    assert!(!app.borrow().session().pictures.has_box());
}

#[test]
fn credit_and_words_can_be_changed_and_not_taken_away() {
    let (mut harness, app, folder) = written();
    with_picture(&mut harness, &app, folder.path());
    type_into(&mut harness, "Picture 1: caption", "The bridge");
    type_into(&mut harness, "Picture 1: credit", "B. Roe");
    assert_eq!((pictures(&app)[0].caption.as_str(), pictures(&app)[0].credit.as_str()), ("The bridge", "B. Roe"));
    type_into(&mut harness, "Picture 1: credit", "");
    assert!(says(&harness, "A picture needs a credit"));
    type_into(&mut harness, "Picture 1: shows", "");
    assert!(says(&harness, "A picture needs words for those who do not see it."));
    assert_eq!(pictures(&app)[0].credit, "B. Roe");
    assert_eq!(pictures(&app)[0].alt, ALT);
}

#[test]
fn pictures_change_places_and_go() {
    let (mut harness, app, folder) = written();
    with_picture(&mut harness, &app, folder.path());
    drop_file(&mut harness, folder.path().join("river.jpg"));
    describe(&mut harness, "A river", "C. Coe");
    let before = pictures(&app);
    click(&mut harness, "Move Picture 2 up");
    assert_eq!(pictures(&app), [before[1].clone(), before[0].clone()]);
    click(&mut harness, "Delete Picture 1");
    assert_eq!(pictures(&app), [before[0].clone()]);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(pictures(&app), before);
}

#[test]
fn a_picture_is_told_shown_large_and_let_go() {
    let (mut harness, app, folder) = written();
    with_picture(&mut harness, &app, folder.path());
    drop_file(&mut harness, folder.path().join("river.jpg"));
    describe(&mut harness, "A river", "C. Coe");
    click(&mut harness, "Read");
    wait_for(&mut harness, |harness| harness.query_by_label(ALT).is_some() && says(harness, "A. Doe"));
    wait_for(&mut harness, |_| app.borrow().session().pictures.shown.count() == 2);
    harness.get_by_label(ALT).click_accesskit();
    harness.run_steps(3);
    assert!(app.borrow().session().pictures.enlarged.is_some() && says(&harness, "1 of 2"));
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert!(says(&harness, "2 of 2"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(app.borrow().session().pictures.enlarged.is_none() && !says(&harness, "2 of 2"));
    assert_eq!(app.borrow().session().selected_event(), Some(0), "the event stays selected");
    // What is not shown is not kept.
    app.borrow_mut().ask(&harness.ctx, Action::Select(None));
    harness.run_steps(3);
    assert_eq!(app.borrow().session().pictures.shown.count(), 0);
}

#[test]
fn a_picture_that_cannot_be_opened_says_so_in_its_place() {
    let (mut harness, app, _folder) = written();
    let picture = json!({"data": "iVBORw0KGgoAAAANSUhEUgAA", "media": "image/png", "alt": "A ruin", "credit": "D. Poe"});
    ask(&harness, &app, json!({"do": "set", "id": "clash", "path": "pictures/-", "value": picture}));
    click(&mut harness, "Read");
    wait_for(&mut harness, |harness| says(harness, "A ruin. The picture: this PNG cannot be opened"));
}
