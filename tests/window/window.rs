//! The window without a screen: what a person finds by label, and that an idle window does nothing.

use crate::hands::{day, open, press, window};
use border_atlas::{gui::session::Selection, model::View, scene::Theme, time::Day};
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

#[test]
fn an_idle_window_computes_nothing_and_asks_for_no_frame() {
    let (mut harness, app) = window();
    harness.run_steps(30);
    let before = app.borrow().cache_fills();
    harness.run_steps(50);
    assert_eq!(app.borrow().cache_fills(), before);
    assert!(!harness.ctx.has_requested_repaint(), "{:?}", harness.ctx.repaint_causes());
}

#[test]
fn a_story_opens_with_its_own_date_view_and_events() {
    let (mut harness, app) = window();
    let title = app.borrow().library().documents.iter().find(|project| project.id.as_str() == "galwan").unwrap().title.clone();
    open(&mut harness, &title);
    let app = app.borrow();
    assert_eq!(app.session().day(), day("2020-06-15"));
    assert_eq!(app.session().view, View::DeFacto);
    assert!(app.session().camera.degrees_per_point() < 0.05);
}

#[test]
fn keys_move_time_and_change_the_view() {
    let (mut harness, app) = window();
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert_eq!(app.borrow().session().day(), day("2021-01-01"));
    press(&mut harness, Modifiers::SHIFT, Key::ArrowLeft);
    assert_eq!(app.borrow().session().day(), day("2011-01-01"));
    press(&mut harness, Modifiers::NONE, Key::V);
    assert_eq!(app.borrow().session().view, View::Un);
    press(&mut harness, Modifiers::SHIFT, Key::D);
    assert_eq!(app.borrow().session().look.theme, Theme::Dark);
    press(&mut harness, Modifiers::NONE, Key::Space);
    assert!(app.borrow().session().clock.playing.is_some());
}

#[test]
fn keys_are_letters_while_a_text_field_has_the_keyboard() {
    let (mut harness, app) = window();
    press(&mut harness, Modifiers::COMMAND, Key::F);
    harness.get_by_label("Search").type_text("crimea v");
    harness.run_steps(3);
    press(&mut harness, Modifiers::NONE, Key::V);
    assert_eq!(app.borrow().session().view, View::DeFacto);
}

/// On a slow machine a frame brings several keys at once.
#[test]
fn letters_in_the_frame_of_the_key_that_opens_a_field_are_typed_into_it() {
    let pressed = |key, modifiers| egui::Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
    for opening in
        [vec![pressed(Key::F, Modifiers::COMMAND)], vec![pressed(Key::Slash, Modifiers::NONE), egui::Event::Text("/".to_owned())]]
    {
        let (mut harness, app) = window();
        let letter = |key: Key, text: &str| [pressed(key, Modifiers::NONE), egui::Event::Text(text.to_owned())];
        let typed = opening.into_iter().chain(letter(Key::V, "v")).chain(letter(Key::E, "e"));
        harness.input_mut().events.extend(typed);
        harness.step();
        harness.input_mut().events.extend(letter(Key::V, "v"));
        harness.run_steps(8);
        assert_eq!(harness.get_by_label("Search").value().as_deref(), Some("vev"));
        assert_eq!(app.borrow().session().view, View::DeFacto, "V is a letter and not the key of the next view");
    }
}

#[test]
fn search_moves_the_map_and_the_time() {
    let (mut harness, app) = window();
    press(&mut harness, Modifiers::COMMAND, Key::F);
    harness.get_by_label("Search").type_text("soviet union");
    harness.run_steps(3);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    harness.run_steps(80);
    let app = app.borrow();
    assert!(matches!(app.session().selection, Some(Selection::Polity(_))), "{:?}", app.session().selection);
    assert!(app.session().day() < day("1992"), "{}", app.session().day());
}

#[test]
fn what_a_story_draws_is_found_and_its_story_opens() {
    let (mut harness, app) = window();
    let mut first = |typed: &str| {
        press(&mut harness, Modifiers::COMMAND, Key::F);
        harness.get_by_label("Search").type_text(typed);
        harness.run_steps(3);
        press(&mut harness, Modifiers::NONE, Key::Enter);
        harness.run_steps(80);
        app.borrow().session().selection.clone()
    };
    let (line, region) = (first("macartney"), first("patrol point 14 to the shyok"));
    let app = app.borrow();
    let galwan = app.session().document.map(|index| &app.library().documents[index]).expect("a story");
    let Some(Selection::Line(_, line)) = line else { panic!("{line:?}") };
    let Some(Selection::Region(_, region)) = region else { panic!("{region:?}") };
    assert_eq!(galwan.lines[line].common.name, "Macartney-MacDonald line (1899)");
    assert_eq!(galwan.regions[region].common.name, "Galwan valley from Patrol Point 14 to the Shyok");
}

#[test]
fn steps_of_zoom_add_up_while_the_map_still_flies() {
    let scale_after = |steps: usize| {
        let (mut harness, app) = window();
        let before = app.borrow().session().camera.points_per_unit;
        for _ in 0..steps {
            harness.key_press(Key::Plus);
            harness.run_steps(3);
        }
        harness.run_steps(120);
        let after = app.borrow().session().camera.points_per_unit;
        after / before
    };
    let (one, three) = (scale_after(1), scale_after(3));
    assert!(one > 1.1 && (three / one.powi(3) - 1.0).abs() < 0.01, "one step {one}, three steps {three}");
}

#[test]
fn escape_closes_the_innermost_thing_first() {
    let (mut harness, app) = window();
    press(&mut harness, Modifiers::NONE, Key::F1);
    assert!(app.borrow().session().key_sheet);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!app.borrow().session().key_sheet);
}

#[test]
fn without_a_graphics_driver_the_window_lives_and_says_so() {
    let (harness, _) = window();
    assert!(harness.query_by_label_contains("no graphics driver").is_some());
    assert!(harness.query_by_label("Map").is_some());
}

#[test]
fn a_typed_date_outside_the_story_is_gone_to() {
    let (mut harness, app) = window();
    open(&mut harness, "Crimea and the Donbas");
    press(&mut harness, Modifiers::NONE, Key::T);
    harness.get_by_label("Date to go to").type_text("1453-05-29");
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("Enter makes the timeline longer").is_some());
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(app.borrow().session().day(), day("1453-05-29"));
}

#[test]
fn a_story_does_not_run_into_the_future() {
    let (mut harness, shared) = window();
    open(&mut harness, "Crimea and the Donbas");
    let borrowed = shared.borrow();
    let session = borrowed.session();
    let last_event = borrowed
        .library()
        .documents
        .iter()
        .find(|project| project.id.as_str() == "crimea")
        .and_then(|project| project.events.iter().map(|event| event.span.past_end()).filter(|day| *day != Day::MAX).max());
    // The window was opened "in 2020": the story goes on to its own last event, and not a year further.
    assert_eq!(Some(session.clock.range.1), last_event);
}
