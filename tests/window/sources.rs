//! Sources in the window: a bibliography that is dropped, works that are there already, the list in a style and its ways out.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::hands::{Shared, ask, open, press, shown, wait_for, window};
use border_atlas::gui::{
    actions::Action,
    app::EditAction,
    session::{Panel, Selection},
    system::{Ask, Picked, System},
};
use eframe::egui::{DroppedFile, Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable};
use serde_json::json;
use tempfile::TempDir;

const BIB: &str = "@book{maxwell1970,\n author = {Maxwell, Neville},\n title = {India's China War},\n publisher = {Cape},\n year = {1970}\n}\n\
    @book{garver2016, author = {Garver, John}, title = {China's Quest}, year = {2016}}\n@book{broken, title = {No end";

/// A window whose box for files answers so.
fn window_with(pick: impl Fn(&Ask) -> Picked + Send + Sync + 'static) -> (Harness<'static>, Shared) {
    let (harness, app) = window();
    app.borrow_mut().set_system(System { pick: Arc::new(pick), fonts: Arc::new(Default::default), ..System::default() });
    (harness, app)
}

/// A new document with one source, which an event cites.
fn document(app: &Shared, harness: &mut Harness) {
    app.borrow_mut().ask(&harness.ctx, Action::Edit(EditAction::New));
    ask(
        harness,
        app,
        json!({"do": "add-source", "source": {"id": "own", "type": "book", "title": "India’s China War", "issued": {"date-parts": [[1970]]}, "author": [{"family": "Maxwell", "given": "N."}]}}),
    );
    ask(
        harness,
        app,
        json!({"do": "add-source", "source": {"id": "other", "type": "book", "title": "Another book", "author": [{"family": "Rao", "given": "A."}], "issued": {"date-parts": [[1999]]}}}),
    );
    ask(
        harness,
        app,
        json!({"do": "add", "feature": {"type": "Feature", "geometry": {"type": "Point", "coordinates": [70.0, 30.0]},
        "properties": {"id": "clash", "kind": "event", "event": "clash", "name": "Clash", "start": "1962-10-20", "place": "Pass", "sources": ["own"]}}}),
    );
    harness.run_steps(5);
}

fn ids(app: &Shared) -> Vec<String> {
    shown(app, |project| project.sources.iter().map(|source| source.id.to_string()).collect())
}

fn file(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path
}

/// A file as the system hands it over.
#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn drop_on(harness: &mut Harness, path: PathBuf) {
    harness.input_mut().dropped_files.push(Arc::new(Dropped(path)));
    harness.run_steps(1);
}

fn says(harness: &Harness, words: &str) -> bool {
    let has = |text: Option<String>| text.is_some_and(|text| text.contains(words));
    harness.query_all_by(|node| has(node.label()) || has(node.value())).next().is_some()
}

fn click(harness: &mut Harness, label: &str) {
    harness.get_by_label(label).click_accesskit();
    harness.run_steps(3);
}

#[test]
fn a_dropped_bibliography_comes_into_the_document_in_one_step() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, app) = window_with(|_| Picked::Nothing);
    document(&app, &mut harness);
    // Its name says nothing of what it is.
    drop_on(&mut harness, file(&folder, "library.json", BIB));
    wait_for(&mut harness, |harness| says(harness, "library.json: 1 source taken in, 1 there already, 1 problem"));
    assert_eq!(ids(&app), ["own", "other", "garver2016"], "the work that is there keeps its id");
    assert_eq!(
        shown(&app, |project| project.sources[0].text("publisher").map(str::to_owned)).as_deref(),
        Some("Cape"),
        "what it lacked is filled in"
    );
    harness.run_steps(3);
    assert!(says(&harness, "own · Filled in: publisher"), "the report stands in the panel");
    assert!(says(&harness, "line 8 · "), "what could not be read is told with its line");
    // Once more changes nothing.
    drop_on(&mut harness, folder.path().join("library.json"));
    wait_for(&mut harness, |harness| says(harness, "library.json: no new source, 2 there already, 1 problem"));
    assert_eq!(ids(&app).len(), 3);
    click(&mut harness, "Close the report of sources");
    assert!(!says(&harness, "line 8 · "));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(ids(&app), ["own", "other"], "one step takes all of it back");
    assert_eq!(shown(&app, |project| project.sources[0].text("publisher").map(str::to_owned)), None);
}

#[test]
fn a_document_is_opened_whatever_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, app) = window_with(|_| Picked::Nothing);
    document(&app, &mut harness);
    let text = r#"{"type":"FeatureCollection","border_atlas":{"id":"river","title":"The river"},"features":[]}"#;
    drop_on(&mut harness, file(&folder, "river.bib", text));
    wait_for(&mut harness, |_| shown(&app, |project| project.title == "The river"));
}

#[test]
fn a_built_in_story_stays_and_a_copy_takes_the_sources() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, app) = window_with(|_| Picked::Nothing);
    open(&mut harness, "Crimea and the Donbas");
    let before = ids(&app);
    let path = file(&folder, "more.ris", "TY  - BOOK\nAU  - Doe, Jo\nTI  - A border\nPY  - 1999\nER  - \n");
    drop_on(&mut harness, path.clone());
    wait_for(&mut harness, |harness| says(harness, "1 source of more.ris"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!says(&harness, "1 source of more.ris"));
    assert_eq!(ids(&app), before);
    drop_on(&mut harness, path);
    wait_for(&mut harness, |harness| harness.query_by_label_contains("Into a copy of the story").is_some());
    harness.get_by_label_contains("Into a copy of the story").click_accesskit();
    harness.run_steps(5);
    assert!(shown(&app, |project| project.title.ends_with("(copy)")));
    assert_eq!(ids(&app).len(), before.len() + 1);
}

#[test]
fn a_file_is_chosen_in_the_box_of_the_system() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, "library.txt", BIB);
    let (mut harness, app) = window_with(move |ask| if *ask == Ask::Sources { Picked::Paths(vec![path.clone()]) } else { Picked::Nothing });
    document(&app, &mut harness);
    app.borrow_mut().ask(&harness.ctx, Action::TogglePanel(Panel::Sources));
    harness.run_steps(3);
    click(&mut harness, "From a file …");
    wait_for(&mut harness, |_| ids(&app).len() == 3);
}

#[test]
fn the_list_is_shown_copied_and_saved_in_a_style() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.html");
    let chosen = path.clone();
    let (mut harness, app) =
        window_with(move |ask| if matches!(ask, Ask::SaveList(_)) { Picked::Paths(vec![chosen.clone()]) } else { Picked::Nothing });
    document(&app, &mut harness);
    app.borrow_mut().ask(&harness.ctx, Action::TogglePanel(Panel::Sources));
    harness.run_steps(3);
    assert!(says(&harness, "Maxwell (1970). India’s China War"));
    click(&mut harness, "Style of citing: In short");
    click(&mut harness, "APA");
    wait_for(&mut harness, |harness| says(harness, "Maxwell, N. (1970). India’s China War."));
    // Standing still it is not made again.
    let fills = app.borrow().session().citing.list.clone().unwrap();
    harness.run_steps(5);
    assert!(Arc::ptr_eq(&fills, app.borrow().session().citing.list.as_ref().unwrap()));

    click(&mut harness, "Copy or save");
    click(&mut harness, "Copy as text");
    assert!(says(&harness, "Copied Maxwell, N. (1970)"));
    click(&mut harness, "Copy or save");
    click(&mut harness, "Save as HTML");
    wait_for(&mut harness, |_| fs::read_to_string(&path).is_ok_and(|text| text.ends_with("</html>\n")));
    let page = fs::read_to_string(&path).unwrap();
    assert!(page.contains("<p>Maxwell, N. (1970). <i>India’s China War</i>.</p>"), "{page}");

    // What one event cites.
    let document = app.borrow().session().document.unwrap();
    app.borrow_mut().ask(&harness.ctx, Action::Select(Some(Selection::Event(document, 0))));
    app.borrow_mut().ask(&harness.ctx, Action::TogglePanel(Panel::Sources));
    harness.run_steps(3);
    click(&mut harness, "Of what is selected");
    wait_for(&mut harness, |harness| says(harness, "Sources · 1") && says(harness, "Maxwell, N. (1970)"));
    assert!(!says(&harness, "Rao, A. (1999)"));
}

#[test]
fn findings_about_sources_and_the_document_lead_there() {
    let (mut harness, app) = window_with(|_| Picked::Nothing);
    document(&app, &mut harness);
    ask(&harness, &app, json!({"do": "set-document", "path": "views", "value": ["nowhere"]}));
    app.borrow_mut().ask(&harness.ctx, Action::TogglePanel(Panel::Checks));
    wait_for(&mut harness, |harness| harness.query_by_label("Show Source other").is_some());
    click(&mut harness, "Show Source other");
    assert!(says(&harness, "Delete this source"), "its form is open");
    assert_eq!(harness.get_by_label("Title").value().as_deref(), Some("Another book"));
    app.borrow_mut().ask(&harness.ctx, Action::TogglePanel(Panel::Checks));
    harness.run_steps(3);
    click(&mut harness, "Show The document");
    assert!(harness.query_by_label("Summary").is_some());
}
