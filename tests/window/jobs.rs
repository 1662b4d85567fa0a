//! What is done beside the frames: large files, the system's box for files, fonts of the system.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, mpsc},
};

use crate::hands::{self, Shared, click, press, wait_for};
use border_atlas::{
    gui::{
        Opening, make_app,
        system::{Ask, Picked, System},
        theme::font,
    },
    scene::Face,
};
use eframe::egui::{FontId, Key, Modifiers, RepaintCause, epaint::text::MissingGlyphPolicy};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

/// A system with these answers of its box for files, and without fonts.
fn system(pick: impl Fn(&Ask) -> Picked + Send + Sync + 'static) -> System {
    System { pick: Arc::new(pick), fonts: Arc::new(Default::default), ..System::default() }
}

/// The window over a story, with a system of our own.
fn window_on(system: System) -> (Harness<'static>, Shared) {
    let mut app = make_app(Opening { case: Some("galwan".to_owned()), ..Opening::default() }, None).unwrap();
    app.set_system(system);
    hands::show(std::rc::Rc::new(std::cell::RefCell::new(app)))
}

/// Asks for a file by its path, as a person types it.
fn ask_for(harness: &mut Harness, path: &Path) {
    press(harness, Modifiers::COMMAND, Key::O);
    harness.get_by_label("Path of the file").type_text(&path.display().to_string());
    harness.run_steps(3);
    press(harness, Modifiers::NONE, Key::Enter);
}

fn event(id: usize, title: &str) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{"id":"e{id}","kind":"event","event":"clash","name":"{title}","start":"{}","place":"P"}},"geometry":{{"type":"Point","coordinates":[{},34]}}}}"#,
        1950 + id % 70,
        60 + id % 40
    )
}

/// A document of so many events.
fn document(events: usize, title: &str) -> String {
    let mut text =
        format!(r#"{{"type":"FeatureCollection","border_atlas":{{"id":"{title}","title":"{title}","start":"1950"}},"features":["#);
    for index in 0..events {
        write!(text, "{}{}", if index == 0 { "" } else { ",\n" }, event(index, "Events")).unwrap();
    }
    text + "]}"
}

/// A file that takes many frames of a test to read.
fn large_file(folder: &Path) -> PathBuf {
    let path = folder.join("large.geojson");
    std::fs::write(&path, document(60_000, "Large")).unwrap();
    path
}

#[test]
fn reading_a_large_file_is_shown_and_can_be_called_off() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, app) = window_on(system(|_| Picked::Nothing));
    let before = app.borrow().session().document;
    ask_for(&mut harness, &large_file(folder.path()));
    wait_for(&mut harness, |harness| harness.query_by_label("Cancel: Reading large.geojson").is_some());
    wait_for(&mut harness, |harness| harness.query_by_label_contains("Reading large.geojson, ").is_some());
    // The notice grows with what it says, and its button moves.
    harness.get_by_label("Cancel: Reading large.geojson").click_accesskit();
    harness.run_steps(3);
    assert!(harness.query_all_by_label_contains("Reading large.geojson").next().is_none(), "the notice is gone at once");
    // Whatever the thread still does, nothing of it comes.
    for _ in 0..40 {
        harness.step();
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let app = app.borrow();
    assert_eq!((app.library().documents.len(), app.session().document), (3, before));
    assert!(app.session().recents.is_empty());
    assert!(harness.query_by_label_contains("large.geojson").is_none());
    assert!(!harness.ctx.has_requested_repaint(), "{:?}", harness.ctx.repaint_causes());
}

#[test]
fn a_file_that_is_no_document_says_so_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, app) = window_on(system(|_| Picked::Nothing));
    let path = folder.path().join("wrong.geojson");
    std::fs::write(&path, document(3, "Wrong").replace("\"e2\"", "\"e2")).unwrap();
    ask_for(&mut harness, &path);
    wait_for(&mut harness, |harness| harness.query_by_label_contains("wrong.geojson: line 3 column ").is_some());
    assert_eq!(app.borrow().library().documents.len(), 3);
    assert!(app.borrow().session().recents.is_empty());
}

#[test]
fn files_are_chosen_in_the_systems_box() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chosen.geojson");
    std::fs::write(&path, document(3, "Chosen")).unwrap();
    let (answer, wait) = mpsc::channel::<Picked>();
    let (asked, wait) = (Arc::new(Mutex::new(Vec::new())), Mutex::new(wait));
    let asks = asked.clone();
    let (mut harness, app) = window_on(system(move |ask| {
        asks.lock().unwrap().push(ask.clone());
        wait.lock().unwrap().recv().unwrap()
    }));
    press(&mut harness, Modifiers::COMMAND, Key::O);
    click(&mut harness, "Browse…");
    assert!(harness.get_by_label("Browse…").accesskit_node().is_disabled(), "one box at a time");
    harness.run_steps(8);
    // The cursor in the field blinks.
    let ours = |cause: &RepaintCause| !cause.file.ends_with("text_selection/visuals.rs");
    assert!(!harness.ctx.repaint_causes().iter().any(ours), "the window waits without drawing: {:?}", harness.ctx.repaint_causes());
    assert!(harness.query_by_label_contains("Cancel: ").is_none());
    answer.send(Picked::Nothing).unwrap();
    wait_for(&mut harness, |harness| !harness.get_by_label("Browse…").accesskit_node().is_disabled());
    click(&mut harness, "Browse…");
    answer.send(Picked::Paths(vec![path.clone()])).unwrap();
    wait_for(&mut harness, |_| app.borrow().session().document == Some(3));
    assert_eq!(app.borrow().library().documents[3].title, "Chosen");
    assert!(!app.borrow().session().open_file);
    assert_eq!(*asked.lock().unwrap(), [Ask::Documents, Ask::Documents]);
}

#[test]
fn without_a_box_of_the_system_the_path_is_the_way() {
    let (mut harness, _) = window_on(system(|_| Picked::NoBox));
    press(&mut harness, Modifiers::COMMAND, Key::O);
    click(&mut harness, "Browse…");
    wait_for(&mut harness, |harness| harness.query_by_label_contains("no box for choosing files").is_some());
    assert!(harness.get_by_label("Browse…").accesskit_node().is_disabled());
    assert!(harness.query_by_label("Path of the file").is_some());
}

#[test]
fn charts_go_into_the_folder_that_was_chosen() {
    let (mut harness, _) = window_on(system(|ask| {
        assert!(matches!(ask, Ask::Folder(first) if first.is_absolute()));
        Picked::Paths(vec!["/chosen/here".into()])
    }));
    press(&mut harness, Modifiers::NONE, Key::C);
    harness.run_steps(6);
    harness.get_all_by_label("Export").next().expect("a menu").click();
    harness.run_steps(4);
    harness.get_all_by_label("Choose…").last().unwrap().click();
    wait_for(&mut harness, |harness| {
        harness.get_by_label("Save into the folder").accesskit_node().value().as_deref() == Some("/chosen/here")
    });
}

#[test]
fn letters_that_no_font_has_are_named_by_their_script() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("thai.geojson");
    std::fs::write(&path, document(2, "Thai").replace("Events", "ประเทศไทย")).unwrap();
    let (mut harness, app) = window_on(system(|_| Picked::Nothing));
    // Else a box in the place of a letter ends a test.
    harness.ctx.set_missing_glyph_policy(MissingGlyphPolicy::Tofu);
    ask_for(&mut harness, &path);
    wait_for(&mut harness, |harness| harness.query_by_label_contains("no font on this computer has Thai").is_some());
    assert_eq!(app.borrow().session().document, Some(3), "the document is there all the same");
}

/// A font that has the Armenian letters of one of ours in the places of the Thai ones.
fn thai_font() -> Vec<u8> {
    const MOVED: u16 = 0xE01 - 0x531;
    let file = &border_atlas::scene::fonts::FALLBACKS[0];
    assert_eq!(file.name, "NotoSansArmenian.ttf");
    let mut bytes = file.bytes.to_vec();
    let short = |bytes: &[u8], at: usize| u16::from_be_bytes([bytes[at], bytes[at + 1]]);
    let long = |bytes: &[u8], at: usize| usize::from(short(bytes, at)) << 16 | usize::from(short(bytes, at + 2));
    let mut records = (0..usize::from(short(&bytes, 4))).map(|index| 12 + 16 * index);
    let cmap = records.find(|record| &bytes[*record..*record + 4] == b"cmap").unwrap();
    let cmap = long(&bytes, cmap + 8);
    // The first subtable, of format 4: the ends of its segments, their starts, and how far from each letter its glyph is.
    let table = cmap + long(&bytes, cmap + 8);
    let size = usize::from(short(&bytes, table + 6));
    for segment in (0..size).step_by(2) {
        let [end, start, delta] = [14, 16 + size, 16 + 2 * size].map(|part| table + part + segment);
        if (0x531..0x590).contains(&short(&bytes, start)) {
            for (at, moved) in [(end, MOVED), (start, MOVED), (delta, MOVED.wrapping_neg())] {
                let value = short(&bytes, at).wrapping_add(moved);
                bytes[at..at + 2].copy_from_slice(&value.to_be_bytes());
            }
        }
    }
    bytes
}

#[test]
fn a_font_of_the_system_lends_the_letters_that_ours_lack() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("thai.geojson");
    std::fs::write(&path, document(2, "Thai").replace("Events", "กขค")).unwrap();
    let looked = Arc::new(Mutex::new(0));
    let count = looked.clone();
    let fonts = move || {
        *count.lock().unwrap() += 1;
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(thai_font());
        fonts
    };
    let (mut harness, app) = window_on(System { pick: Arc::new(|_| Picked::Nothing), fonts: Arc::new(fonts), ..System::default() });
    harness.ctx.set_missing_glyph_policy(MissingGlyphPolicy::Tofu);
    let has = |harness: &Harness, letter| {
        let families = [font(Face::Regular, 14.0), font(Face::SemiBold, 14.0), FontId::proportional(14.0)];
        families.map(|family| harness.ctx.fonts_mut(|fonts| fonts.has_glyph(&family, letter)))
    };
    assert_eq!(has(&harness, 'ก'), [false; 3]);
    ask_for(&mut harness, &path);
    wait_for(&mut harness, |harness| has(harness, 'ก') == [true; 3]);
    assert!(harness.query_by_label_contains("no font on this computer").is_none());
    // Another document with the same letters.
    let other = folder.path().join("thai-too.geojson");
    std::fs::copy(&path, &other).unwrap();
    ask_for(&mut harness, &other);
    wait_for(&mut harness, |_| app.borrow().session().document == Some(4));
    harness.run_steps(8);
    assert_eq!(*looked.lock().unwrap(), 1, "the same letters are not looked for again");
}
