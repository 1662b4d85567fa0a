//! Dates, control and findings of a document are changed in the window: bars are dragged, holders picked, findings mended, texts replaced.

use crate::hands::{self, Shared, click, click_at, day, drag, press, wait_for, window};
use border_atlas::{
    edit::{Command, History},
    gui::{
        actions::Action,
        app::{DocumentAction, EditAction, Question},
        session::{Panel, Selection},
    },
    model::Project,
    time::Day,
};
use eframe::egui::{Key, Modifiers, PointerButton, accesskit};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use serde_json::{Value, json};

const CTRL: Modifiers = Modifiers::COMMAND;

fn ask(harness: &mut Harness<'static>, app: &Shared, command: Value) {
    let command: Command = serde_json::from_value(command).unwrap();
    app.borrow_mut().ask(&harness.ctx, Action::Edit(EditAction::Apply(Box::new(command), None)));
    harness.run_steps(3);
}

fn shown<T>(app: &Shared, read: impl FnOnce(&Project) -> T) -> T {
    let app = app.borrow();
    read(&app.library().documents[app.session().document.expect("a document")])
}

fn history<T>(app: &Shared, read: impl FnOnce(&History) -> T) -> T {
    let app = app.borrow();
    read(&app.library().edited[&app.session().document.expect("a document")].history)
}

/// A new document with two parties, a region that one of them has had since 1950, and an event on its land.
fn edited() -> (Harness<'static>, Shared) {
    let (mut harness, app) = window();
    press(&mut harness, CTRL, Key::N);
    let square = json!({"type": "Polygon", "coordinates": [[[30, 45], [34, 45], [34, 48], [30, 48], [30, 45]]]});
    let region = json!({"kind": "region", "id": "land", "name": "Land", "start": "1950-01-01", "control": [
        {"holder": "ukr", "as": "administers", "from": "1950-01-01", "until": "1990-12-31"}]});
    let event = json!({"kind": "event", "event": "clash", "id": "clash", "name": "Clash", "start": "1970", "place": "Bridge"});
    for command in [
        json!({"do": "set-document", "path": "parties", "value": [{"polity": "ukr", "role": "party"}, {"polity": "rus", "role": "party"}]}),
        json!({"do": "add", "feature": {"type": "Feature", "properties": region, "geometry": square}}),
        json!({"do": "add", "feature": {"type": "Feature", "properties": event, "geometry": {"type": "Point", "coordinates": [31, 46]}}}),
    ] {
        ask(&mut harness, &app, command);
    }
    harness.run_steps(10);
    (harness, app)
}

/// Where a day stands on the timeline, at the height of a label.
fn on_timeline(harness: &Harness, app: &Shared, date: &str, label: &str) -> (f32, f32) {
    let x = app.borrow().x_of_day(day(date)).expect("a frame was drawn");
    // Panels have buttons of the same name; the lanes lie below all of them.
    let lowest = harness.query_all_by_label(label).map(|node| node.rect().center().y).fold(0.0, f32::max);
    (x, lowest)
}

fn until(app: &Shared) -> Day {
    shown(app, |project| project.regions[0].control[0].span.past_end())
}

#[test]
fn dragging_the_end_of_a_bar_is_one_step() {
    let (mut harness, app) = edited();
    let steps = history(&app, |history| history.past().count());
    let (from, to) = (on_timeline(&harness, &app, "1991-01-01", "Land"), on_timeline(&harness, &app, "1980-06-01", "Land"));
    drag(&mut harness, from, to, Modifiers::ALT);
    let ended = until(&app);
    assert!((day("1979-10-01")..day("1981-02-01")).contains(&ended), "{ended}");
    assert_eq!(history(&app, |history| history.past().count()), steps + 1, "one gesture is one step");
    press(&mut harness, CTRL, Key::Z);
    assert_eq!(until(&app), day("1991-01-01"));
}

#[test]
fn an_end_catches_on_an_event_and_stops_right_before_it() {
    let (mut harness, app) = edited();
    // The event of 1970 begins with that year: the spell ends right before.
    let (from, to) = (on_timeline(&harness, &app, "1991-01-01", "Land"), on_timeline(&harness, &app, "1970-02-10", "Land"));
    drag(&mut harness, from, to, Modifiers::NONE);
    assert_eq!(until(&app), day("1970-01-01"));
}

#[test]
fn an_event_of_a_year_is_dragged_to_another_year() {
    let (mut harness, app) = edited();
    // The playhead stands on the event, as after a click on it in the list.
    let playhead = day("1970-01-01");
    app.borrow_mut().ask(&harness.ctx, Action::GoTo { bbox: None, day: Some(playhead), selection: None });
    harness.run_steps(5);
    let (from, to) = (on_timeline(&harness, &app, "1970-06-15", "Events"), on_timeline(&harness, &app, "1960-06-15", "Events"));
    drag(&mut harness, from, to, Modifiers::ALT);
    let date = shown(&app, |project| project.events[0].date.text.clone());
    assert_eq!(app.borrow().session().day(), playhead, "the playhead stays where it is");
    assert!(["1959", "1960", "1961"].contains(&date.as_str()), "{date}");
}

#[test]
fn recorded_control_ends_the_old_spell_right_before() {
    let (mut harness, app) = edited();
    let document = app.borrow().session().document.unwrap();
    app.borrow_mut()
        .ask(&harness.ctx, Action::GoTo { bbox: None, day: Some(day("1975-03-01")), selection: Some(Selection::Region(document, 0)) });
    harness.run_steps(3);
    press(&mut harness, Modifiers::SHIFT, Key::R);
    assert!(harness.query_by_label("Recording from 1 March 1975").is_some());
    click(&mut harness, "Now controlled by Russia");
    let rows = shown(&app, |project| {
        let row = |row: &border_atlas::model::project::Control| {
            (row.holder.to_string(), row.role.clone(), row.span.first_day(), row.span.past_end())
        };
        project.regions[0].control.iter().map(row).collect::<Vec<_>>()
    });
    let row = |who: &str, from: &str, past_end: &str| (who.to_owned(), "administers".to_owned(), day(from), day(past_end));
    assert_eq!(rows, [row("ukr", "1950-01-01", "1975-03-01"), row("rus", "1975-03-01", "1991-01-01")]);
    assert!(harness.query_by_label_contains("Until now Russia").is_some());
    click(&mut harness, "Stop recording");
    assert!(harness.query_by_label_contains("Recording from").is_none());
}

#[test]
fn a_right_click_on_the_timeline_adds_an_event_on_that_date() {
    let (mut harness, app) = edited();
    let at = on_timeline(&harness, &app, "1985-06-01", "Timeline");
    click_at(&mut harness, PointerButton::Secondary, at);
    click(&mut harness, "Add event here");
    let (count, days) =
        shown(&app, |project| (project.events.len(), project.events.iter().map(|event| event.span.first_day()).collect::<Vec<_>>()));
    assert_eq!(count, 2);
    assert!((day("1984-09-01")..day("1986-03-01")).contains(&days[1]), "{}", days[1]);
    let app = app.borrow();
    assert_eq!(app.session().day(), days[1]);
    let selected = app.session().selection.clone().expect("the new event");
    assert_eq!(app.library().id_of(&selected).map(|(_, id)| id), Some("new-event"));
    assert!(app.session().shows(Panel::Inspector), "its form opens");
}

#[test]
fn a_finding_is_mended_and_gone() {
    let (mut harness, app) = edited();
    ask(&mut harness, &app, json!({"do": "set", "id": "clash", "path": "start", "value": "June 1970"}));
    press(&mut harness, Modifiers::SHIFT, Key::C);
    let mends = |harness: &Harness| {
        let labels = harness.query_all_by_label_contains("Mend ").map(|node| node.accesskit_node().label().unwrap_or_default().to_string());
        labels.filter(|label| label.contains("June 1970")).collect::<Vec<_>>()
    };
    wait_for(&mut harness, |harness| !mends(harness).is_empty());
    let label = mends(&harness).swap_remove(0);
    // The list may reach below its panel.
    harness.get_by_label(&label).click_accesskit();
    harness.run_steps(3);
    assert_eq!(shown(&app, |project| project.events[0].date.text.clone()), "1970-06");
    wait_for(&mut harness, |harness| mends(harness).is_empty());
    harness.get_all_by_label("Show Land").next().expect("a finding of the region").click_accesskit();
    harness.run_steps(3);
    assert!(matches!(app.borrow().session().selection, Some(Selection::Region(..))), "a finding leads to its place");
}

#[test]
fn replacing_is_undone_in_one_step() {
    let (mut harness, app) = edited();
    ask(&mut harness, &app, json!({"do": "set", "id": "land", "path": "text", "value": "The Bridge of the land."}));
    press(&mut harness, CTRL, Key::H);
    type_into(&mut harness, "Find", "bridge");
    type_into(&mut harness, "Replace with", "ford");
    assert!(harness.query_by_label("2 places").is_some());
    let steps = history(&app, |history| history.past().count());
    click(&mut harness, "Replace all");
    let texts = |app: &Shared| shown(app, |project| (project.regions[0].common.text.clone(), project.events[0].place.clone()));
    assert_eq!(texts(&app), ("The ford of the land.".to_owned(), "ford".to_owned()));
    assert_eq!(history(&app, |history| history.past().count()), steps + 1);
    app.borrow_mut().ask(&harness.ctx, Action::Edit(EditAction::Undo));
    harness.run_steps(3);
    assert_eq!(texts(&app), ("The Bridge of the land.".to_owned(), "Bridge".to_owned()));
}

fn type_into(harness: &mut Harness<'static>, label: &str, text: &str) {
    harness.get_by_role_and_label(accesskit::Role::TextInput, label).focus();
    harness.run_steps(2);
    harness.get_by_role_and_label(accesskit::Role::TextInput, label).type_text(text);
    harness.run_steps(3);
}

#[test]
fn several_events_are_changed_in_one_step() {
    let (mut harness, app) = edited();
    let second = json!({"kind": "event", "event": "ceasefire", "id": "truce", "name": "Truce", "start": "1971-02-03", "place": "Bridge"});
    let point = json!({"type": "Point", "coordinates": [31, 46]});
    ask(&mut harness, &app, json!({"do": "add", "feature": {"type": "Feature", "properties": second, "geometry": point}}));
    for label in ["1970: Clash", "3 February 1971: Truce"] {
        harness.get_by_label(label).click_modifiers(CTRL);
        harness.run_steps(3);
    }
    assert_eq!(app.borrow().session().chosen, ["clash", "truce"]);
    let steps = history(&app, |history| history.past().count());
    click(&mut harness, "Importance");
    click(&mut harness, "1 · leads");
    assert_eq!(shown(&app, |project| project.events.iter().map(|event| event.importance).collect::<Vec<_>>()), [1, 1]);
    assert_eq!(history(&app, |history| history.past().count()), steps + 1);
    click(&mut harness, "Delete for all chosen");
    assert!(shown(&app, |project| project.events.is_empty()) && app.borrow().session().chosen.is_empty());
}

#[test]
fn what_is_asked_for_one_document_is_not_asked_for_another() {
    let (mut harness, app) = hands::window();
    let is_asked = |harness: &Harness, button: &str| harness.query_all_by_label(button).next().is_some();
    let ask = |question: Question| Action::Document(DocumentAction::Ask(question));
    hands::open(&mut harness, "Crimea and the Donbas");
    app.borrow_mut().ask(&harness.ctx, ask(Question::Branch));
    harness.run_steps(5);
    assert!(!is_asked(&harness, "Make the branch"), "a built-in story is not asked about");
    press(&mut harness, CTRL, Key::N);
    app.borrow_mut().ask(&harness.ctx, ask(Question::Dates));
    harness.run_steps(5);
    assert!(
        !is_asked(&harness, "Duplicate") && harness.query_all_by_label_contains("Nothing of the document is selected").next().is_some()
    );
    app.borrow_mut().ask(&harness.ctx, ask(Question::Branch));
    harness.run_steps(5);
    assert!(is_asked(&harness, "Make the branch"));
    app.borrow_mut().ask(&harness.ctx, Action::OpenDocument(None));
    harness.run_steps(5);
    assert!(!is_asked(&harness, "Make the branch"));
}
