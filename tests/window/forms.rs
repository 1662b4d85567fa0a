//! The forms in which a document is written: fields by their labels, as a person uses them.

use crate::hands::{self, Shared, ask, press, select, shown, type_into, window};
use border_atlas::{
    geometry::LonLat,
    gui::{
        actions::Action,
        app::EditAction,
        session::{Panel, Selection},
    },
    model::Document,
};
use eframe::egui::{self, Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable};
use serde_json::{Value, json};

/// A document with an event that is told in two ways, a region and a source.
fn written() -> (Harness<'static>, Shared) {
    let (mut harness, app) = window();
    app.borrow_mut().ask(&harness.ctx, Action::Edit(EditAction::New));
    let source =
        json!({"do": "add-source", "source": {"id": "doe-2001", "type": "book", "title": "A Border", "author": [{"family": "Doe"}]}});
    let party = json!({"do": "set-document", "path": "parties/-", "value": {"polity": "ind", "role": "party"}});
    let event = json!({"do": "add", "feature": {"type": "Feature", "geometry": {"type": "Point", "coordinates": [70.0, 30.0]},
        "properties": {"id": "clash", "kind": "event", "event": "clash", "name": "Clash", "start": "1962-10-20", "place": "Pass", "sources": ["doe-2001"]}}});
    let ring = json!([[70.0, 30.0], [71.0, 30.0], [71.0, 31.0], [70.0, 30.0]]);
    let region = json!({"do": "add", "feature": {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"id": "plain", "kind": "region", "name": "Plain", "sources": []}}});
    for command in [source, party, event, region] {
        ask(&harness, &app, command);
    }
    harness.run_steps(5);
    (harness, app)
}

fn document<T>(app: &Shared, read: impl FnOnce(&Document) -> T) -> T {
    let app = app.borrow();
    read(app.library().edited[&app.session().document.unwrap()].history.document())
}

fn properties(app: &Shared, id: &str) -> Value {
    document(app, |document| Value::Object(document.feature(id).unwrap().properties()))
}

fn click(harness: &mut Harness, label: &str) {
    harness.get_by_label(label).scroll_to_me();
    // The way there is eased.
    harness.run_steps(20);
    // A notice may lie over the lower end of a panel.
    harness.get_by_label(label).click_accesskit();
    harness.run_steps(3);
}

fn says(harness: &Harness, words: &str) -> bool {
    let has = |text: Option<String>| text.is_some_and(|text| text.contains(words));
    harness.query_all_by(|node| has(node.label()) || has(node.value())).next().is_some()
}

#[test]
fn an_event_is_renamed_by_typing_and_that_is_one_step() {
    let (mut harness, app) = written();
    select(&mut harness, &app, "clash");
    type_into(&mut harness, "Name", "Battle of the pass");
    assert_eq!(shown(&app, |project| project.events[0].title.clone()), "Battle of the pass");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(shown(&app, |project| project.events[0].title.clone()), "Clash");
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(shown(&app, |project| project.events[0].title.clone()), "Battle of the pass");
}

#[test]
fn two_visits_to_a_field_are_two_steps() {
    let (mut harness, app) = written();
    select(&mut harness, &app, "clash");
    for name in ["One", "Two"] {
        type_into(&mut harness, "Name", name);
        press(&mut harness, Modifiers::NONE, Key::Enter);
    }
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(shown(&app, |project| project.events[0].title.clone()), "One");
}

/// Not only when the document is opened again.
#[test]
fn a_party_that_is_added_stands_out() {
    let (harness, app) = written();
    let focus = |app: &Shared| -> Vec<String> {
        let app = app.borrow();
        let polities = &app.library().atlas.polities;
        app.session().look.focus.iter().map(|polity| polities.at(*polity).id.to_string()).collect()
    };
    assert_eq!(focus(&app), ["ind"]);
    ask(&harness, &app, json!({"do": "set-document", "path": "parties/-", "value": {"polity": "chn", "role": "party"}}));
    assert_eq!(focus(&app).len(), 2);
    app.borrow_mut().ask(&harness.ctx, Action::Edit(EditAction::Undo));
    assert_eq!(focus(&app), ["ind"]);
}

/// After Tab the next field has the keyboard, and there is nothing in it to take back.
#[test]
fn undo_reaches_the_document_from_a_field_in_which_nothing_was_typed() {
    let (mut harness, app) = written();
    select(&mut harness, &app, "clash");
    type_into(&mut harness, "Start", "1963");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert_eq!(properties(&app, "clash")["start"], "1963");
    assert!(harness.get_by_label("End").is_focused());
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(properties(&app, "clash")["start"], "1962-10-20");
    press(&mut harness, Modifiers::COMMAND, Key::Y);
    assert_eq!(properties(&app, "clash")["start"], "1963");
    harness.get_by_label("End").type_text("19");
    harness.run_steps(3);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(properties(&app, "clash")["start"], "1963", "what was just typed is taken back first");
}

/// The field itself shows what undo brought, and does not write the old text over it when it is left.
#[test]
fn a_field_without_a_letter_typed_shows_what_undo_brought() {
    let (mut harness, app) = written();
    select(&mut harness, &app, "clash");
    type_into(&mut harness, "Start", "1963");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    harness.get_by_label("Start").focus();
    harness.run_steps(3);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    harness.run_steps(3);
    assert_eq!(harness.get_by_label("Start").value().as_deref(), Some("1962-10-20"));
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert_eq!(properties(&app, "clash")["start"], "1962-10-20");
}

#[test]
fn a_bad_date_is_refused_in_words_and_the_old_one_stays() {
    let (mut harness, app) = written();
    select(&mut harness, &app, "clash");
    type_into(&mut harness, "Start", "1962-13");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(says(&harness, "no month 13"), "the field says what is wrong");
    assert_eq!(properties(&app, "clash")["start"], "1962-10-20");
    // What was typed is still there to be mended.
    type_into(&mut harness, "Start", "3 Nov 1962");
    assert!(says(&harness, "kept as 1962-11-03"));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(properties(&app, "clash")["start"], "1962-11-03");
    assert!(!says(&harness, "no month 13"));
}

#[test]
fn escape_leaves_the_field_and_nothing_else() {
    let (mut harness, app) = written();
    select(&mut harness, &app, "clash");
    type_into(&mut harness, "Start", "soon");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(matches!(app.borrow().session().selection, Some(Selection::Event(..))), "the event stays selected");
    assert_eq!(harness.get_by_label("Start").value().as_deref(), Some("1962-10-20"), "the field shows what the document has");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(app.borrow().session().selection, None);
}

#[test]
fn a_row_of_control_is_added_and_ended() {
    let (mut harness, app) = written();
    select(&mut harness, &app, "plain");
    click(&mut harness, "Add a row");
    let control = &properties(&app, "plain")["control"];
    let day = app.borrow().session().day().to_string();
    assert_eq!(control, &json!([{"holder": "ind", "as": "administers", "from": day}]));
    type_into(&mut harness, "Control 1: until", "1 March 2021");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(properties(&app, "plain")["control"][0]["until"], "2021-03-01");
    // A spell cannot end before it begins.
    type_into(&mut harness, "Control 1: until", "1899");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(properties(&app, "plain")["control"][0]["until"], "2021-03-01");
    assert!(says(&harness, "stays as it is"));
}

#[test]
fn a_party_is_found_by_letters() {
    let (mut harness, app) = written();
    select(&mut harness, &app, "plain");
    click(&mut harness, "Add a row");
    type_into(&mut harness, "Control 1: holder", "pakis");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(properties(&app, "plain")["control"][0]["holder"], "pak");
}

#[test]
fn accounts_stand_side_by_side() {
    let (mut harness, app) = written();
    select(&mut harness, &app, "clash");
    click(&mut harness, "Add an account");
    type_into(&mut harness, "Account 1: text", "They came first.");
    let accounts = shown(&app, |project| project.events[0].accounts.clone());
    assert_eq!((accounts.len(), accounts[0].party.as_str(), accounts[0].text.as_str()), (1, "ind", "They came first."));
    click(&mut harness, "Delete Account 1");
    assert!(shown(&app, |project| project.events[0].accounts.is_empty()));
}

#[test]
fn an_account_has_a_title_and_figures_of_its_own() {
    let (mut harness, app) = written();
    select(&mut harness, &app, "clash");
    click(&mut harness, "Add an account");
    type_into(&mut harness, "Account 1: title", "The ambush");
    click(&mut harness, "Add a figure");
    type_into(&mut harness, "Account 1, figure 1: what", "killed");
    for (label, number) in [("number", "20"), ("at least", "18"), ("at most", "43")] {
        type_into(&mut harness, &format!("Account 1, figure 1: {label}"), number);
        press(&mut harness, Modifiers::NONE, Key::Enter);
    }
    type_into(&mut harness, "Account 1, figure 1: cite", "@doe");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let account = shown(&app, |project| project.events[0].accounts[0].clone());
    assert_eq!((account.title.as_str(), account.figures[0].amount().as_str()), ("The ambush", "20 (18 to 43)"));
    assert_eq!(account.figures[0].sources[0].source.as_str(), "doe-2001");
    // Another account is asked for the same figure.
    click(&mut harness, "Add an account");
    let buttons: Vec<_> = harness.get_all_by_label("Add a figure").collect();
    buttons.last().unwrap().click_accesskit();
    drop(buttons);
    harness.run_steps(3);
    assert_eq!(properties(&app, "clash")["accounts"][1]["figures"], json!([{"what": "killed"}]));
    click(&mut harness, "Read");
    assert!(says(&harness, "The ambush") && says(&harness, "20 (18 to 43)") && says(&harness, "not said"));
}

#[test]
fn the_bar_and_its_keys_put_marks_on_what_is_selected() {
    let (mut harness, app) = written();
    select(&mut harness, &app, "clash");
    type_into(&mut harness, "Text", "They came first.");
    let text = |app: &Shared| shown(app, |project| project.events[0].text.clone());
    press(&mut harness, Modifiers::COMMAND, Key::A);
    press(&mut harness, Modifiers::COMMAND, Key::B);
    assert_eq!(text(&app), "**They came first.**");
    assert!(says(&harness, "Preview"));
    press(&mut harness, Modifiers::COMMAND, Key::I);
    assert_eq!(text(&app), "***They came first.***");
    press(&mut harness, Modifiers::COMMAND, Key::B);
    press(&mut harness, Modifiers::COMMAND, Key::I);
    assert_eq!(text(&app), "They came first.");
    assert!(!says(&harness, "Preview"));
    click(&mut harness, "Text: Quote");
    assert_eq!(text(&app), "> They came first.");
    // The keyboard is where it was: what is typed goes into the field.
    harness.get_by_label("Text").type_text("!");
    harness.run_steps(3);
    assert!(text(&app).contains('!'), "{}", text(&app));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
}

#[test]
fn a_link_in_a_text_leads_to_the_web_and_no_mark_is_read() {
    let (mut harness, app) = written();
    let text = "# Day one\n\n- They **came**, see [the report](https://un.org/a)\n- and [this](javascript:alert)\n\n> We did not. (לא נכון [כאן](https://example.org/b))";
    ask(&harness, &app, json!({"do": "set", "id": "clash", "path": "text", "value": text}));
    select(&mut harness, &app, "clash");
    click(&mut harness, "Read");
    let has_link = |words: &str| {
        harness.query_all_by(|node| node.role() == egui::accesskit::Role::Link && node.label().as_deref() == Some(words)).next().is_some()
    };
    assert!(has_link("the report") && has_link("כאן") && !has_link("this"));
    assert!(says(&harness, "Day one") && !says(&harness, "# Day") && !says(&harness, "**came**"));
    harness.get_by_label("the report").click();
    harness.run_steps(1);
    let opened = harness
        .output()
        .platform_output
        .commands
        .iter()
        .any(|command| matches!(command, egui::OutputCommand::OpenUrl(open) if open.url == "https://un.org/a"));
    assert!(opened, "the link was opened");
}

#[test]
fn a_pasted_source_is_cited_with_an_at_sign() {
    let (mut harness, app) = written();
    app.borrow_mut().ask(&harness.ctx, Action::TogglePanel(Panel::Sources));
    harness.run_steps(3);
    click(&mut harness, "Paste …");
    assert!(harness.get_by_label("Text of sources").is_focused(), "what is pasted now goes into the box");
    harness
        .get_by_label("Text of sources")
        .type_text("@book{maxwell1970,\n author = {Maxwell, Neville},\n title = {India's China War},\n year = {1970}\n}");
    harness.run_steps(3);
    click(&mut harness, "Take in");
    let ids = shown(&app, |project| project.sources.iter().map(|source| source.id.to_string()).collect::<Vec<_>>());
    assert_eq!(ids, ["doe-2001", "maxwell1970"]);
    select(&mut harness, &app, "clash");
    type_into(&mut harness, "Cite", "@maxw");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(properties(&app, "clash")["sources"], json!(["doe-2001", "maxwell1970"]));
    type_into(&mut harness, "Cite 2: page", "p. 12");
    type_into(&mut harness, "Cite 2: quoted words", "a pass");
    assert_eq!(properties(&app, "clash")["sources"][1], json!({"id": "maxwell1970", "locator": "p. 12", "quote": "a pass"}));
}

#[test]
fn a_source_of_the_atlas_comes_into_the_document_when_it_is_cited() {
    let (mut harness, app) = written();
    select(&mut harness, &app, "clash");
    type_into(&mut harness, "Cite", "@nato-1949-treaty");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(shown(&app, |project| project
        .sources
        .iter()
        .any(|source| source.id.as_str() == "nato-1949-treaty" && source.title() != "nato-1949-treaty")));
    assert_eq!(properties(&app, "clash")["sources"][1], "nato-1949-treaty");
}

#[test]
fn a_source_that_is_cited_cannot_be_deleted() {
    let (mut harness, app) = written();
    app.borrow_mut().ask(&harness.ctx, Action::TogglePanel(Panel::Sources));
    harness.run_steps(3);
    click(&mut harness, "Doe. A Border");
    click(&mut harness, "Delete this source");
    assert!(says(&harness, "is cited by clash"));
    assert_eq!(shown(&app, |project| project.sources.len()), 1);
    ask(&harness, &app, json!({"do": "set", "id": "clash", "path": "sources", "value": []}));
    harness.run_steps(3);
    click(&mut harness, "Delete this source");
    assert_eq!(shown(&app, |project| project.sources.len()), 0);
}

#[test]
fn the_document_opens_with_what_is_shown() {
    let (mut harness, app) = written();
    app.borrow_mut().ask(&harness.ctx, Action::TogglePanel(Panel::Document));
    harness.run_steps(3);
    type_into(&mut harness, "Title", "The pass");
    assert_eq!(shown(&app, |project| project.title.clone()), "The pass");
    click(&mut harness, "Use what is shown now");
    let (day, bbox) = shown(&app, |project| (project.opening.day, project.opening.bbox));
    assert_eq!((day, bbox.is_some()), (Some(app.borrow().session().day()), true));
}

#[test]
fn built_in_stories_have_no_form() {
    let (mut harness, app) = window();
    hands::open(&mut harness, "Crimea and the Donbas");
    let document = app.borrow().session().document.unwrap();
    app.borrow_mut().ask(&harness.ctx, Action::Select(Some(Selection::Event(document, 0))));
    harness.run_steps(5);
    assert!(harness.query_by_label("Name").is_none());
}

#[test]
fn what_can_be_written_can_be_read_as_it_is_told() {
    let (mut harness, app) = written();
    select(&mut harness, &app, "clash");
    click(&mut harness, "Read");
    assert!(harness.query_by_label("Name").is_none() && says(&harness, "20 October 1962"));
    click(&mut harness, "Write");
    assert!(harness.query_by_label("Name").is_some());
}

#[test]
fn what_a_hidden_layer_holds_is_in_no_list_and_on_no_lane() {
    let (mut harness, app) = written();
    let lists = |harness: &Harness| ["Clash", "Plain"].map(|name| says(harness, name));
    let control = json!([{"holder": "ind", "as": "administers", "from": "1950", "sources": ["doe-2001"]}]);
    ask(&harness, &app, json!({"do": "set", "id": "plain", "path": "control", "value": control}));
    ask(&harness, &app, json!({"do": "set-document", "path": "layers", "value": [{"id": "l", "name": "L"}]}));
    for id in ["clash", "plain"] {
        ask(&harness, &app, json!({"do": "set", "id": id, "path": "layer", "value": "l"}));
    }
    harness.run_steps(20);
    assert_eq!(lists(&harness), [true, true]);
    ask(&harness, &app, json!({"do": "set-document", "path": "layers/0/visible", "value": false}));
    harness.run_steps(20);
    assert_eq!(lists(&harness), [false, false]);
    app.borrow_mut().ask(&harness.ctx, Action::Edit(EditAction::Undo));
    harness.run_steps(20);
    assert_eq!(lists(&harness), [true, true]);
}

#[test]
fn a_new_row_has_the_keyboard_and_the_next_party() {
    let (mut harness, app) = written();
    app.borrow_mut().ask(&harness.ctx, Action::TogglePanel(Panel::Document));
    harness.run_steps(5);
    click(&mut harness, "Add a party");
    assert!(harness.get_by_label("Party 2: who").is_focused());
    harness.get_by_label("Party 2: who").type_text("pakis");
    harness.run_steps(2);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(shown(&app, |project| project.parties.iter().map(|party| party.polity.to_string()).collect::<Vec<_>>()), ["ind", "pak"]);
    select(&mut harness, &app, "plain");
    for claimant in ["ind", "pak"] {
        click(&mut harness, "Add a claim");
        let claims = properties(&app, "plain")["claims"].clone();
        assert_eq!(claims.as_array().unwrap().last().unwrap()["polity"], claimant);
    }
}

#[test]
fn the_box_for_pasted_sources_closes_with_what_it_took_in_and_stays_with_what_it_could_not() {
    let (mut harness, app) = written();
    app.borrow_mut().ask(&harness.ctx, Action::TogglePanel(Panel::Sources));
    harness.run_steps(3);
    click(&mut harness, "Paste …");
    type_into(&mut harness, "Text of sources", "@book{half, title = {No");
    click(&mut harness, "Take in");
    assert_eq!(harness.get_by_label("Text of sources").value().as_deref(), Some("@book{half, title = {No"), "it stays to be mended");
    press(&mut harness, Modifiers::COMMAND, Key::A);
    type_into(&mut harness, "Text of sources", "@book{whole, title = {Whole}}");
    click(&mut harness, "Take in");
    assert!(harness.query_by_label("Text of sources").is_none(), "what was taken in stands in the list");
    assert_eq!(
        shown(&app, |project| project.sources.iter().map(|source| source.id.to_string()).collect::<Vec<_>>()),
        ["doe-2001", "whole"]
    );
    click(&mut harness, "Paste …");
    assert!(harness.get_by_label("Text of sources").value().is_none_or(|text| text.is_empty()), "nothing is taken in twice");
}

#[test]
fn a_finding_names_its_row_and_leads_to_what_it_is_about() {
    let (mut harness, app) = written();
    let control = json!([{"holder": "ind", "as": "administers", "from": "1950", "until": "1962"}]);
    ask(&harness, &app, json!({"do": "set", "id": "plain", "path": "control", "value": control}));
    ask(&harness, &app, json!({"do": "set", "id": "plain", "path": "start", "value": "1950"}));
    ask(&harness, &app, json!({"do": "set", "id": "plain", "path": "end", "value": "1970"}));
    app.borrow_mut().ask(&harness.ctx, Action::TogglePanel(Panel::Checks));
    hands::wait_for(&mut harness, |harness| says(harness, "control of India"));
    assert_eq!(app.borrow().session().selection, None);
    let words = harness.get_by_label("control of India").rect();
    hands::click_at(&mut harness, egui::PointerButton::Primary, (words.right() + 4.0, words.bottom() + 6.0));
    harness.run_steps(60);
    let app = app.borrow();
    assert!(matches!(app.session().selection, Some(Selection::Region(_, 0))), "{:?}", app.session().selection);
    assert!((hands::day("1950")..hands::day("1971")).contains(&app.session().day()), "a day on which it is there: {}", app.session().day());
    let camera = app.session().camera;
    let [x, y] = camera.screen_from_lonlat(LonLat::new(70.6, 30.4));
    assert!((0.0..camera.size_points[0]).contains(&x) && (0.0..camera.size_points[1]).contains(&y), "{x} {y}");
    assert!(camera.degrees_per_point() < 0.02, "near enough to be seen: {}", camera.degrees_per_point());
    assert!(app.session().panels.is_open(Panel::Inspector), "its form is open");
}

#[test]
fn the_limit_of_a_claim_is_told_with_whose_claim_it_is() {
    let (mut harness, app) = written();
    let line = json!({"type": "LineString", "coordinates": [[70.0, 30.0], [72.0, 31.0]]});
    let properties = json!({"id": "limit", "kind": "line", "class": "claimed", "name": "Old survey", "start": "1950"});
    ask(&harness, &app, json!({"do": "add", "feature": {"type": "Feature", "geometry": line, "properties": properties}}));
    app.borrow_mut().ask(&harness.ctx, Action::TogglePanel(Panel::Text));
    harness.run_steps(10);
    assert!(says(&harness, "Old survey") && !says(&harness, "limit of the claim"));
    ask(&harness, &app, json!({"do": "set", "id": "limit", "path": "claimant", "value": "pak"}));
    harness.run_steps(10);
    assert!(says(&harness, "limit of the claim of Pakistan"));
}
