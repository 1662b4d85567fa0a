//! What people write is kept: saving, closing, changes by others, and what a dead window leaves behind.

use std::{
    fs,
    path::{Path, PathBuf},
    rc::Rc,
    time::Duration,
};

use crate::hands::{Shared, click, kept_in, press, wait_for};
use border_atlas::{
    edit::Command,
    geometry::LonLat,
    gui::{
        actions::Action,
        app::{DocumentAction, EditAction},
    },
    io::keep::{RealDisk, backups_of},
};
use eframe::egui::{self, Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId};
use egui_kittest::{Harness, kittest::Queryable};
use serde_json::json;
use tempfile::TempDir;

const CTRL: Modifiers = Modifiers::COMMAND;

/// The same with one document open, which is then shown.
fn window_on(folder: &TempDir, file: &Path) -> (Harness<'static>, Shared) {
    let (mut harness, app) = kept_in(folder, &[file]);
    wait_for(&mut harness, |_| app.borrow().session().document == Some(3));
    (harness, app)
}

/// A small document in a file.
fn document(folder: &TempDir, name: &str) -> PathBuf {
    let path = folder.path().join(name);
    let text = r#"{"type":"FeatureCollection","border_atlas":{"id":"river","title":"The river","start":"1950","version":1,"reader":1},"features":[
{"type":"Feature","properties":{"id":"e1","kind":"event","event":"clash","name":"First","start":"1960","place":"P"},"geometry":{"type":"Point","coordinates":[70,34]}}]}"#;
    fs::write(&path, text).unwrap();
    path
}

fn command(value: serde_json::Value) -> Action {
    let command: Command = serde_json::from_value(value).unwrap();
    Action::Edit(EditAction::Apply(Box::new(command), None))
}

/// Gives the document another title, as a form does.
fn retitle(harness: &mut Harness, app: &Shared, title: &str) {
    app.borrow_mut().ask(&harness.ctx, command(json!({"do": "set-document", "path": "title", "value": title})));
    harness.run_steps(3);
}

fn has(harness: &Harness, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

/// Puts a path into the box that asks for a name.
fn type_name(harness: &mut Harness, path: &Path) {
    harness.run_steps(2);
    press(harness, CTRL, Key::A);
    harness.get_by_label("Path to save under").type_text(&path.display().to_string());
    harness.run_steps(3);
    press(harness, Modifiers::NONE, Key::Enter);
}

fn text(app: &Shared) -> String {
    let app = app.borrow();
    let index = app.session().document.expect("a document");
    app.library().edited[&index].history.document().to_text()
}

/// Asks the window to close, as its button does; gives what it answers.
fn ask_to_close(harness: &mut Harness) -> Vec<ViewportCommand> {
    harness.input_mut().viewports.entry(ViewportId::ROOT).or_default().events.push(ViewportEvent::Close);
    harness.step();
    let commands = commands(harness);
    harness.input_mut().viewports.entry(ViewportId::ROOT).or_default().events.clear();
    harness.run_steps(3);
    commands
}

fn commands(harness: &Harness) -> Vec<ViewportCommand> {
    harness.output().viewport_output.get(&ViewportId::ROOT).map_or_else(Vec::new, |output| output.commands.clone())
}

#[test]
fn a_new_document_is_saved_under_a_name_and_then_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, app) = kept_in(&folder, &[]);
    press(&mut harness, CTRL, Key::N);
    retitle(&mut harness, &app, "The river");
    assert!(has(&harness, "● Not saved yet"));
    press(&mut harness, CTRL, Key::S);
    let path = folder.path().join("river");
    type_name(&mut harness, &path);
    wait_for(&mut harness, |harness| has(harness, "Saved /"));
    assert!(!has(&harness, "●"), "the mark is gone");
    let file = folder.path().join("river.geojson");
    assert_eq!(fs::read_to_string(&file).unwrap(), text(&app));
    assert_eq!(app.borrow().session().recents, [file.as_path()]);
    retitle(&mut harness, &app, "The other river");
    assert!(has(&harness, "● Edited"));
    click(&mut harness, "● Edited");
    wait_for(&mut harness, |harness| !has(harness, "●"));
    assert!(fs::read_to_string(&file).unwrap().contains("The other river"));
    assert_eq!(backups_of(&RealDisk, &file).unwrap().len(), 1, "the version before is kept");
    // Undo goes on across a save.
    press(&mut harness, CTRL, Key::Z);
    assert!(has(&harness, "● Edited") && text(&app).contains("\"The river\""));
}

#[test]
fn what_is_saved_has_the_ids_that_its_names_make() {
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, app) = kept_in(&folder, &[]);
    press(&mut harness, CTRL, Key::N);
    app.borrow_mut().ask(&harness.ctx, Action::Document(DocumentAction::AddPlace(LonLat::new(35.0, 22.5))));
    harness.run_steps(3);
    app.borrow_mut().ask(&harness.ctx, command(json!({"do": "set", "id": "new-place", "path": "name", "value": "Abu Ramad"})));
    harness.run_steps(3);
    press(&mut harness, CTRL, Key::S);
    type_name(&mut harness, &folder.path().join("coast.geojson"));
    wait_for(&mut harness, |harness| has(harness, "Saved /"));
    let saved = fs::read_to_string(folder.path().join("coast.geojson")).unwrap();
    assert!(saved.contains("\"abu-ramad\"") && !saved.contains("new-place") && saved == text(&app));
    assert!(has(&harness, "Read") && !has(&harness, "●"), "what was selected still is, in its form");
    press(&mut harness, CTRL, Key::Z);
    assert!(text(&app).contains("\"new-place\"") && has(&harness, "Undone: ids after names"));
}

#[test]
fn another_file_is_replaced_only_when_somebody_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (mine, other) = (document(&folder, "mine.geojson"), folder.path().join("other.geojson"));
    fs::write(&other, "kept").unwrap();
    let (mut harness, app) = window_on(&folder, &mine);
    press(&mut harness, CTRL | Modifiers::SHIFT, Key::S);
    type_name(&mut harness, &other);
    wait_for(&mut harness, |harness| has(harness, "Replace other.geojson?"));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(has(&harness, "Path to save under"), "Enter leads back to the name");
    assert_eq!(fs::read(&other).unwrap(), b"kept");
    type_name(&mut harness, &other);
    wait_for(&mut harness, |harness| has(harness, "Replace other.geojson?"));
    press(&mut harness, Modifiers::NONE, Key::R);
    wait_for(&mut harness, |harness| has(harness, "Saved /"));
    assert_eq!(fs::read_to_string(&other).unwrap(), text(&app));
    assert_eq!(backups_of(&RealDisk, &other).unwrap().len(), 1);
}

#[test]
fn a_save_that_is_refused_says_why_and_keeps_the_mark() {
    let folder = tempfile::tempdir().unwrap();
    let path = document(&folder, "mine.geojson");
    let (mut harness, app) = window_on(&folder, &path);
    let before = fs::read(&path).unwrap();
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    retitle(&mut harness, &app, "Mine");
    press(&mut harness, CTRL, Key::S);
    wait_for(&mut harness, |harness| has(harness, "marked read-only"));
    assert!(has(&harness, "Path to save under"), "another name is asked for");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(has(&harness, "● Edited") && !has(&harness, "Path to save under"));
    assert_eq!(fs::read(&path).unwrap(), before);
    press(&mut harness, CTRL | Modifiers::SHIFT, Key::S);
    type_name(&mut harness, &folder.path().join("none/mine.geojson"));
    wait_for(&mut harness, |harness| has(harness, "there is no folder"));
    assert!(has(&harness, "● Edited"));
}

#[test]
fn a_branch_never_takes_the_place_of_what_it_came_from() {
    let folder = tempfile::tempdir().unwrap();
    let path = document(&folder, "river.geojson");
    let before = fs::read(&path).unwrap();
    let (mut harness, app) = window_on(&folder, &path);
    app.borrow_mut().ask(&harness.ctx, command(json!({"do": "branch", "name": "What if there were no river?"})));
    press(&mut harness, CTRL, Key::S);
    wait_for(&mut harness, |harness| has(harness, "what-if branch"));
    assert!(has(&harness, "Path to save under"));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn closing_the_window_asks_first_and_goes_by_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let path = document(&folder, "river.geojson");
    let (mut harness, app) = window_on(&folder, &path);
    assert!(!ask_to_close(&mut window_on(&tempfile::tempdir().unwrap(), &path).0).contains(&ViewportCommand::CancelClose));
    retitle(&mut harness, &app, "Changed");
    assert!(ask_to_close(&mut harness).contains(&ViewportCommand::CancelClose));
    assert!(has(&harness, "Save the changes of Changed?"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!has(&harness, "Save the changes") && has(&harness, "● Edited"), "nothing has happened");
    ask_to_close(&mut harness);
    harness.key_press(Key::Enter);
    wait_for(&mut harness, |harness| commands(harness).contains(&ViewportCommand::Close));
    assert!(fs::read_to_string(&path).unwrap().contains("Changed"));
    assert!(!ask_to_close(&mut harness).contains(&ViewportCommand::CancelClose));
    app.borrow_mut().close();
    assert_eq!(sessions(&folder), 0, "nothing is left to bring back");
}

#[test]
fn what_is_not_saved_on_closing_waits_on_the_first_screen() {
    let folder = tempfile::tempdir().unwrap();
    let path = document(&folder, "river.geojson");
    let before = fs::read(&path).unwrap();
    let (mut harness, app) = window_on(&folder, &path);
    retitle(&mut harness, &app, "Changed");
    ask_to_close(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::D);
    assert!(!has(&harness, "Save the changes") && !ask_to_close(&mut harness).contains(&ViewportCommand::CancelClose));
    app.borrow_mut().close();
    drop((harness, app));
    assert_eq!(fs::read(&path).unwrap(), before);
    let (mut harness, _) = kept_in(&folder, &[]);
    press(&mut harness, Modifiers::SHIFT, Key::H);
    wait_for(&mut harness, |harness| has(harness, "Unsaved work: 1 document"));
    assert!(!has(&harness, "Recover: "), "somebody decided about it: it does not ask again");
    click(&mut harness, "Unsaved work: 1 document");
    assert!(has(&harness, "Recover: Changed"), "as it was called last");
}

#[test]
fn a_story_that_is_closed_asks_and_leaves_the_others_where_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (document(&folder, "one.geojson"), document(&folder, "two.geojson"));
    let (mut harness, app) = window_on(&folder, &one);
    app.borrow_mut().ask(&harness.ctx, Action::OpenFiles(vec![two.clone()]));
    wait_for(&mut harness, |_| app.borrow().session().document == Some(4));
    retitle(&mut harness, &app, "Second");
    app.borrow_mut().ask(&harness.ctx, Action::OpenDocument(Some(3)));
    harness.run_steps(3);
    press(&mut harness, CTRL, Key::W);
    assert_eq!((app.borrow().session().document, app.borrow().library().documents.len()), (None, 4));
    app.borrow_mut().ask(&harness.ctx, Action::OpenDocument(Some(3)));
    harness.run_steps(3);
    assert!(text(&app).contains("Second"), "the second one has moved up with its changes");
    press(&mut harness, CTRL, Key::W);
    assert!(has(&harness, "Save the changes of Second?"));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    wait_for(&mut harness, |_| app.borrow().library().documents.len() == 3);
    assert!(fs::read_to_string(&two).unwrap().contains("Second"));
}

/// Another program writes the file, and somebody comes back to the window.
fn changed_by_others(harness: &mut Harness, path: &Path, title: &str) {
    let text = fs::read_to_string(path).unwrap().replace("The river", title);
    fs::write(path, text).unwrap();
    harness.event(egui::Event::WindowFocused(true));
    wait_for(harness, |harness| has(harness, "was changed by another program"));
}

#[test]
fn a_file_that_others_changed_is_read_anew_or_replaced_when_somebody_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = document(&folder, "river.geojson");
    let (mut harness, app) = window_on(&folder, &path);
    changed_by_others(&mut harness, &path, "Their river, longer");
    click(&mut harness, "Reload");
    wait_for(&mut harness, |_| app.borrow().session().document == Some(3) && text(&app).contains("Their river, longer"));
    assert!(!has(&harness, "was changed by another program"));
    retitle(&mut harness, &app, "Mine");
    fs::write(&path, fs::read_to_string(&path).unwrap().replace("Their river, longer", "Theirs again")).unwrap();
    press(&mut harness, CTRL, Key::S);
    wait_for(&mut harness, |harness| has(harness, "was changed by another program, and here too"));
    assert!(fs::read_to_string(&path).unwrap().contains("Theirs again"), "saving overwrites nothing unasked");
    assert!(has(&harness, "Take theirs") && has(&harness, "Save as a copy"));
    click(&mut harness, "Keep mine");
    wait_for(&mut harness, |harness| has(harness, "Saved /"));
    assert_eq!(fs::read_to_string(&path).unwrap(), text(&app));
    let backup = &backups_of(&RealDisk, &path).unwrap()[0].path;
    assert!(fs::read_to_string(backup).unwrap().contains("Theirs again"));
}

#[test]
fn a_document_that_another_window_has_is_read_only_here() {
    let folder = tempfile::tempdir().unwrap();
    let path = document(&folder, "river.geojson");
    let (first, _one) = window_on(&folder, &path);
    let (mut harness, app) = window_on(&folder, &path);
    assert!(has(&harness, "Read only: river.geojson") && !has(&first, "Read only"));
    let before = text(&app);
    retitle(&mut harness, &app, "Mine");
    assert_eq!(text(&app), before);
    click(&mut harness, "Make a copy");
    assert_eq!(app.borrow().session().document, Some(4));
    assert!(!has(&harness, "Read only"));
}

/// How many sessions lie in the folder of journals.
fn sessions(folder: &TempDir) -> usize {
    fs::read_dir(folder.path().join("state/sessions")).map_or(0, Iterator::count)
}

/// The window dies: what reached the disk is all that is left.
fn dies(harness: Harness<'static>, app: Shared) {
    drop(harness);
    assert_eq!(Rc::strong_count(&app), 1);
    drop(app);
}

/// Opens a window after one died and brings back what it offers, with Enter.
fn recovered(folder: &TempDir) -> (Harness<'static>, Shared) {
    let (mut harness, app) = kept_in(folder, &[]);
    wait_for(&mut harness, |harness| has(harness, "Recover: "));
    harness.run_steps(3);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    wait_for(&mut harness, |_| app.borrow().session().document == Some(3));
    (harness, app)
}

#[test]
fn all_edits_of_a_window_that_died_come_back_with_their_steps() {
    let folder = tempfile::tempdir().unwrap();
    let path = document(&folder, "river.geojson");
    let (mut harness, app) = window_on(&folder, &path);
    retitle(&mut harness, &app, "Two");
    retitle(&mut harness, &app, "Three");
    retitle(&mut harness, &app, "Four");
    press(&mut harness, CTRL, Key::Z);
    press(&mut harness, CTRL, Key::Z);
    press(&mut harness, CTRL, Key::Y);
    let (before, on_disk) = (text(&app), fs::read(&path).unwrap());
    assert!(before.contains("Three"));
    dies(harness, app);
    let (mut harness, app) = recovered(&folder);
    assert_eq!(text(&app), before);
    assert_eq!(fs::read(&path).unwrap(), on_disk, "nothing is saved unasked");
    assert!(has(&harness, "● Edited"));
    press(&mut harness, CTRL, Key::Y);
    assert!(text(&app).contains("Four"), "redo");
    press(&mut harness, CTRL, Key::Z);
    press(&mut harness, CTRL, Key::Z);
    assert!(text(&app).contains("Two"), "undo");
    // What was brought back is as safe as it was before.
    dies(harness, app);
    let (mut harness, app) = recovered(&folder);
    assert!(text(&app).contains("Two"));
    press(&mut harness, CTRL, Key::S);
    wait_for(&mut harness, |harness| !has(harness, "●"));
    assert!(fs::read_to_string(&path).unwrap().contains("Two"));
    app.borrow_mut().close();
    dies(harness, app);
    let (mut harness, _) = kept_in(&folder, &[]);
    std::thread::sleep(Duration::from_millis(300));
    harness.run_steps(5);
    assert!(!has(&harness, "Recover: "), "nothing is offered twice");
}

#[test]
fn work_is_brought_back_into_the_document_that_is_open_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = document(&folder, "river.geojson");
    let (mut harness, app) = window_on(&folder, &path);
    retitle(&mut harness, &app, "Two");
    dies(harness, app);
    let (mut harness, app) = window_on(&folder, &path);
    wait_for(&mut harness, |harness| has(harness, "Recover: "));
    harness.get_by_label_contains("Recover: ").click();
    wait_for(&mut harness, |harness| has(harness, "● Edited"));
    assert_eq!((app.borrow().session().document, app.borrow().library().documents.len()), (Some(3), 4));
    assert!(text(&app).contains("Two") && !has(&harness, "Read only"));
    press(&mut harness, CTRL, Key::S);
    wait_for(&mut harness, |harness| !has(harness, "●"));
    assert!(fs::read_to_string(&path).unwrap().contains("Two"));
}

#[test]
fn a_step_back_over_a_save_comes_back_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = document(&folder, "river.geojson");
    let (mut harness, app) = window_on(&folder, &path);
    retitle(&mut harness, &app, "Two");
    press(&mut harness, CTRL, Key::S);
    wait_for(&mut harness, |harness| !has(harness, "●"));
    press(&mut harness, CTRL, Key::Z);
    assert!(text(&app).contains("The river"));
    dies(harness, app);
    let (_harness, app) = recovered(&folder);
    assert!(text(&app).contains("The river"), "{}", text(&app));
}

#[test]
fn unsaved_work_can_wait_be_left_or_go() {
    let folder = tempfile::tempdir().unwrap();
    let path = document(&folder, "river.geojson");
    let (mut harness, app) = window_on(&folder, &path);
    retitle(&mut harness, &app, "Two");
    dies(harness, app);
    let (mut harness, app) = kept_in(&folder, &[]);
    wait_for(&mut harness, |harness| has(harness, "Recover: "));
    assert!(has(&harness, "Recovered: 1 edit not saved, the last just now") && has(&harness, "Saved file: /"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!has(&harness, "Recover: "));
    press(&mut harness, Modifiers::SHIFT, Key::H);
    click(&mut harness, "Unsaved work: 1 document");
    harness.get_by_label_contains("Discard: ").click();
    harness.run_steps(3);
    assert!(!has(&harness, "Recover: ") && !has(&harness, "Unsaved work"));
    app.borrow_mut().close();
    dies(harness, app);
    assert_eq!(sessions(&folder), 1, "it is kept for seven days all the same");
    let (mut harness, _) = kept_in(&folder, &[]);
    press(&mut harness, Modifiers::SHIFT, Key::H);
    std::thread::sleep(Duration::from_millis(300));
    harness.run_steps(5);
    assert!(!has(&harness, "Unsaved work"));
}
