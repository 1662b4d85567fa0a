//! Scenes that compare: both sides on the stage, the divider by key, and the author's own comparison comes back.

use crate::hands::{Shared, lecture_of, press};
use border_atlas::{
    gui::{comparing::Layout, system::System},
    model::View,
};
use eframe::egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable};
use serde_json::{Value, json};

/// A lecture that compares in every way.
fn scenes() -> Value {
    let place = json!([31, 44, 38, 47]);
    json!([
        {"id": "views", "title": "Two views", "date": "2014-04-01", "point_of_view": "un", "bbox": place, "compare": {"point_of_view": "rus"},
         "caption": "Same day.", "steps": [{"caption": "Still the same day."}]},
        {"id": "dates", "title": "Two dates", "date": "2014-04-01", "bbox": place, "compare": {"date": "1954-02-18", "layout": "side"}},
        {"id": "what", "title": "What differs", "date": "2014-04-01", "bbox": place, "compare": {"date": "2013-01-01", "layout": "difference"}},
        {"id": "quiz", "kind": "quiz", "date": "2014-04-01", "bbox": place, "question": "Whose?", "answer": "It depends.", "compare": {"point_of_view": "un"}},
        {"id": "plain", "title": "One map", "date": "2014-04-01", "bbox": place}])
}

fn lecture() -> (Harness<'static>, Shared) {
    lecture_of(scenes(), System::default())
}

fn go(harness: &mut Harness, key: Key) {
    press(harness, Modifiers::NONE, key);
    // What stands round the maps is known a frame later.
    harness.run();
}

/// How the stage compares, with which view, and where the divider is.
fn compared(app: &Shared) -> Option<(Layout, View, f32)> {
    let app = app.borrow();
    app.session().comparing.as_ref().map(|comparing| (comparing.layout, comparing.view().clone(), comparing.divider))
}

#[test]
fn a_scene_that_compares_shows_both_sides_under_one_heading() {
    let (mut harness, app) = lecture();
    go(&mut harness, Key::F5);
    assert!(matches!(compared(&app), Some((Layout::Swipe, View::Party(_), divider)) if divider > 0.5), "{:?}", compared(&app));
    let sides: Vec<String> = ["first side: View: Russia", "second side: View: United Nations"]
        .iter()
        .map(|label| format!("{:?}", harness.get_by_label_contains(label).rect()))
        .collect();
    assert_ne!(sides[0], sides[1]);
    let words = app.borrow().last_scene().unwrap().notes.view.clone();
    assert!(words.contains("Russia → United Nations"), "{words}");
    go(&mut harness, Key::PageDown);
    go(&mut harness, Key::PageDown);
    assert_eq!(compared(&app).map(|(layout, view, _)| (layout, view)), Some((Layout::Side, View::DeFacto)));
    let [first, second] =
        ["first side: 18 February 1954", "second side: 1 April 2014"].map(|label| harness.get_by_label_contains(label).rect());
    assert!(first.right() < second.left(), "{first:?} {second:?}");
    go(&mut harness, Key::PageDown);
    assert_eq!(compared(&app).map(|(layout, ..)| layout), Some(Layout::Difference));
    assert!(app.borrow().last_scene().unwrap().notes.date.contains("1 January 2013 → 1 April 2014"));
    go(&mut harness, Key::PageDown);
    assert_eq!(compared(&app), None, "the question comes before what gives the answer away");
    go(&mut harness, Key::PageDown);
    assert_eq!(compared(&app).map(|(layout, view, _)| (layout, view)), Some((Layout::Swipe, View::Un)));
    go(&mut harness, Key::PageDown);
    assert_eq!(compared(&app), None);
    assert_eq!(harness.query_all_by_label_contains("second side").count(), 0);
}

#[test]
fn the_divider_is_moved_by_key_and_stays_within_the_scene() {
    let (mut harness, app) = lecture();
    go(&mut harness, Key::F5);
    let before = compared(&app).unwrap().2;
    press(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    let moved = compared(&app).unwrap().2;
    assert!(moved < before, "{before} {moved}");
    go(&mut harness, Key::PageDown);
    assert_eq!(compared(&app).unwrap().2, moved, "the next step of the same scene");
    // Numbers are those of scenes here, not of the ways to compare.
    [Key::Num3, Key::Enter].into_iter().for_each(|key| go(&mut harness, key));
    assert_eq!(app.borrow().session().presenting.as_ref().map(|talk| talk.slide), Some(2));
}

#[test]
fn a_frozen_comparison_stands_still_and_the_authors_own_comes_back() {
    let (mut harness, app) = lecture();
    press(&mut harness, Modifiers::NONE, Key::A);
    let own = compared(&app);
    assert!(own.is_some());
    go(&mut harness, Key::F5);
    assert_ne!(compared(&app), own);
    press(&mut harness, Modifiers::NONE, Key::F);
    go(&mut harness, Key::PageDown);
    go(&mut harness, Key::PageDown);
    harness.get_by_label_contains("first side: View: Russia");
    press(&mut harness, Modifiers::NONE, Key::F);
    harness.run();
    harness.get_by_label_contains("first side: 18 February 1954");
    go(&mut harness, Key::Escape);
    assert_eq!(compared(&app), own);
}
