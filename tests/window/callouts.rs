//! Callouts and piles in the window, found by label as assistive technology finds them.

use std::{cell::RefCell, rc::Rc};

use crate::hands;
use border_atlas::{
    gui::{
        app::App,
        session::{Library, Panel, Selection, Session},
    },
    io::built_in_atlas,
    scene::Theme,
    time::{Date, Day},
};
use eframe::egui::{Key, Modifiers, OutputCommand, Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

type Shared = Rc<RefCell<App>>;

/// The window with the story of Crimea on a day, at 1500 by 950 points.
fn window(on: &str) -> (Harness<'static>, Shared) {
    let (atlas, _) = built_in_atlas().unwrap();
    let documents = atlas.cases.clone();
    let library = Library::new(atlas, documents);
    let mut session = Session::new(day("2020-01-01"), [1500.0, 800.0], Theme::Light);
    let crimea = library.documents.iter().position(|project| project.id.as_str() == "crimea").unwrap();
    let bbox = session.open_document(&library, crimea);
    session.clock.go_to(day(on));
    session.reduced_motion = true;
    let app = Rc::new(RefCell::new(App::new(library, session, bbox, Vec::new())));
    hands::show_in(app, [1500.0, 950.0])
}

fn day(text: &str) -> Day {
    Date::parse(text).unwrap().earliest
}

fn press(harness: &mut Harness, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(4);
}

/// The names of everything whose name begins so, each once.
fn names(harness: &Harness, start: &str) -> Vec<String> {
    let found = harness.query_all_by(|node| node.label().is_some_and(|label| label.starts_with(start)));
    let mut names: Vec<String> = found.filter_map(|node| node.accesskit_node().label()).collect();
    names.sort();
    names.dedup();
    names
}

fn selected_title(app: &Shared) -> Option<String> {
    let app = app.borrow();
    let event = app.session().selected_event()?;
    Some(app.library().documents[app.session().document?].events[event].title.clone())
}

#[test]
fn a_pinned_callout_stays_through_time_until_it_is_let_go() {
    let (mut harness, app) = window("2014-03-20");
    let pin = names(&harness, "Pin: ").first().expect("a callout").clone();
    let title = pin.trim_start_matches("Pin: ").to_owned();
    harness.get_by_label(&pin).click();
    harness.run_steps(4);
    for _ in 0..3 {
        press(&mut harness, Modifiers::SHIFT, Key::ArrowLeft);
    }
    assert!(app.borrow().session().day() < day("1995"), "{}", app.borrow().session().day());
    assert_eq!(names(&harness, "Let go: "), [format!("Let go: {title}")]);
    harness.get_by_label(&format!("Let go: {title}")).click();
    harness.run_steps(4);
    assert!(names(&harness, "Let go: ").is_empty() && !names(&harness, "Pin: ").contains(&pin));
}

#[test]
fn callouts_fold_one_by_one_and_all_together() {
    let (mut harness, app) = window("2014-03-20");
    let callouts = names(&harness, "Fold: ");
    assert!(callouts.len() > 1, "{callouts:?}");
    harness.get_by_label(&callouts[0]).click();
    harness.run_steps(4);
    assert_eq!(names(&harness, "Open: "), [callouts[0].replace("Fold: ", "Open: ")]);
    press(&mut harness, Modifiers::NONE, Key::U);
    assert!(names(&harness, "Fold: ").is_empty() && app.borrow().session().telling.all_folded);
    press(&mut harness, Modifiers::NONE, Key::U);
    assert!(names(&harness, "Open: ").is_empty());
}

#[test]
fn a_key_steps_from_event_to_event_in_order_of_date_and_the_inspector_stays_shut() {
    let (mut harness, app) = window("2014-03-20");
    let mut stepped = Vec::new();
    for _ in 0..5 {
        press(&mut harness, Modifiers::NONE, Key::N);
        stepped.push(app.borrow().session().selected_event().expect("a selected event"));
        let title = selected_title(&app).unwrap();
        assert!(!names(&harness, &format!("Fold: {title}")).is_empty(), "the callout of {title} is there");
    }
    assert!(stepped.windows(2).all(|pair| pair[0] < pair[1]), "{stepped:?}");
    press(&mut harness, Modifiers::SHIFT, Key::N);
    assert_eq!(app.borrow().session().selected_event(), Some(stepped[3]));
    assert!(!app.borrow().session().panels.is_open(Panel::Inspector));
}

#[test]
fn the_words_accounts_differ_lead_to_the_accounts() {
    let (mut harness, app) = window("2014-03-20");
    let link = names(&harness, "Accounts differ: ").first().expect("accounts differ in March 2014").clone();
    harness.get_by_label(&link).click();
    harness.run_steps(4);
    assert_eq!(selected_title(&app), Some(link.trim_start_matches("Accounts differ: ").to_owned()));
    assert!(app.borrow().session().panels.is_open(Panel::Inspector));
}

#[test]
fn the_map_as_text_has_headings_and_list_items_and_follows_the_date() {
    let (mut harness, app) = window("2014-03-20");
    press(&mut harness, Modifiers::NONE, Key::R);
    assert!(app.borrow().session().panels.is_open(Panel::Text) && !app.borrow().session().panels.is_open(Panel::Events));
    let roles = |harness: &Harness, label: &str| {
        let found = harness.query_all_by(|node| node.label().is_some_and(|own| own == label));
        found.map(|node| node.accesskit_node().role()).collect::<Vec<_>>()
    };
    for heading in ["Map as text", "Who holds what", "Disputed areas", "Lines", "Notes"] {
        assert!(roles(&harness, heading).contains(&Role::Heading), "{heading}: {:?}", roles(&harness, heading));
    }
    assert_eq!(roles(&harness, "Date: 20 March 2014"), [Role::ListItem]);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowLeft);
    harness.run_steps(4);
    assert!(roles(&harness, "Date: 20 March 2014").is_empty() && !roles(&harness, "Disputed areas").is_empty());
    harness.get_by_label("Copy all").click();
    harness.run_steps(1);
    let copied = harness.output().platform_output.commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    assert!(copied.is_some_and(|text| text.starts_with("# Crimea and the Donbas\n") && text.contains("\n## Who holds what\n")));
}

#[test]
fn a_pile_opens_by_click_and_by_key_and_each_event_of_it_can_be_clicked() {
    let (mut harness, app) = window("2015-02-20");
    let piles = || {
        app.borrow()
            .last_scene()
            .expect("a picture")
            .signs
            .markers
            .iter()
            .filter(|marker| !marker.pile.is_empty())
            .cloned()
            .collect::<Vec<_>>()
    };
    let pile = piles().first().expect("a pile in Kyiv").clone();
    let fan_size = || app.borrow().last_scene().expect("a picture").signs.fan.as_ref().map(|fan| fan.markers.len());
    assert_eq!(fan_size(), None);
    let name = names(&harness, &format!("{} events, ", pile.pile.len())).first().expect("a button").clone();
    harness.get_by_label(&name).click();
    harness.run_steps(4);
    assert_eq!(fan_size(), Some(pile.pile.len()));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(fan_size(), None);
    press(&mut harness, Modifiers::NONE, Key::X);
    assert!(fan_size().is_some());
    let opened = app.borrow().last_scene().expect("a picture").signs.fan.clone().expect("an open pile");
    let line = {
        let app = app.borrow();
        let event = &app.library().documents[app.session().document.unwrap()].events[opened.markers[1].event];
        format!("{}, {}", event.title, event.when())
    };
    harness.get_by_label(&line).click();
    harness.run_steps(4);
    assert!(matches!(app.borrow().session().selection, Some(Selection::Event(_, event)) if event == opened.markers[1].event));
}
