//! Comparing two dates or views in the window, by labels, keys and pointer.

use crate::hands::{Shared, click, click_at, day, open, press, window};
use border_atlas::{
    gui::{
        comparing::Layout,
        session::{Panel, Selection},
    },
    model::{View, borders::LineClass},
};
use eframe::egui::{Key, Modifiers, PointerButton, accesskit, pos2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

/// The story of Crimea, with the first of June 2013 kept and April 2014 shown.
fn comparing() -> (Harness<'static>, Shared) {
    let (mut harness, app) = window();
    open(&mut harness, "Crimea and the Donbas");
    harness.run_steps(80);
    go_to(&mut harness, &app, "2013-06-01");
    press(&mut harness, Modifiers::NONE, Key::A);
    go_to(&mut harness, &app, "2014-04-01");
    (harness, app)
}

fn go_to(harness: &mut Harness, app: &Shared, date: &str) {
    use border_atlas::gui::actions::Action;
    let ctx = harness.ctx.clone();
    app.borrow_mut().ask(&ctx, Action::GoTo { bbox: None, day: Some(day(date)), selection: None });
    harness.run_steps(12);
}

fn layout(app: &Shared) -> Option<Layout> {
    app.borrow().session().comparing.as_ref().map(|comparing| comparing.layout)
}

fn divider(app: &Shared) -> f32 {
    app.borrow().session().comparing.as_ref().unwrap().divider
}

#[test]
fn the_date_is_kept_and_both_stand_large_on_the_map_until_escape() {
    let (mut harness, app) = comparing();
    assert_eq!(layout(&app), Some(Layout::Swipe));
    assert!(harness.query_by_label_contains("first side: 1 June 2013").is_some());
    assert!(harness.query_by_label_contains("second side: 1 April 2014").is_some());
    assert!(!app.borrow().session().shows(Panel::Layers), "panels give their room to the maps");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(layout(&app), None);
    assert!(app.borrow().session().shows(Panel::Layers), "and come back");
    assert!(harness.query_by_label_contains("first side").is_none());
}

#[test]
fn the_divider_is_dragged_moved_by_keys_and_by_assistive_technology() {
    let (mut harness, app) = comparing();
    let grip = harness.get_by_label("Divider between the two dates").rect();
    let (from, to) = (grip.center(), pos2(grip.center().x + 200.0, grip.center().y));
    harness.drag_at(from);
    harness.run_steps(2);
    harness.hover_at(to);
    harness.run_steps(2);
    harness.drop_at(to);
    harness.run_steps(3);
    let map = harness.get_by_label("Map").rect();
    assert!((divider(&app) - (to.x - map.left()) / map.width()).abs() < 0.01, "{}", divider(&app));
    let before = divider(&app);
    harness.get_by_label("Divider between the two dates").focus();
    harness.run_steps(2);
    let day_before = app.borrow().session().day();
    press(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    assert!(divider(&app) < before && app.borrow().session().day() == day_before, "the arrow means the divider, not the date");
    let node = harness.get_by_label("Divider between the two dates");
    assert_eq!(node.accesskit_node().role(), accesskit::Role::Slider);
    node.set_value_accesskit(25.0);
    harness.run_steps(3);
    assert!((divider(&app) - 0.25).abs() < 1e-6, "{}", divider(&app));
    press(&mut harness, Modifiers::ALT, Key::ArrowRight);
    assert!(divider(&app) > 0.25);
}

#[test]
fn side_by_side_both_maps_move_together_and_clicks_mean_the_map_under_the_pointer() {
    let (mut harness, app) = comparing();
    press(&mut harness, Modifiers::NONE, Key::Num2);
    harness.run_steps(10);
    let map = harness.get_by_label("Map").rect();
    let camera = app.borrow().session().camera;
    assert!((camera.size_points[0] - f64::from(map.width()) / 2.0).abs() < 4.0, "each map has half of the room");
    // The same place of each map is the same place of the earth.
    let place = |x: f32| [f64::from(x), 250.0];
    let here = camera.lonlat_from_screen(place(200.0)).unwrap();
    let unit = app.borrow().library().atlas.partition.topology.unit_at(here);
    for x in [map.left() + 200.0, map.right() - camera.size_points[0] as f32 + 200.0] {
        click_at(&mut harness, PointerButton::Primary, (x, map.top() + 250.0));
        assert_eq!(app.borrow().session().selection, unit.map(Selection::Unit), "at {x}");
        let ctx = harness.ctx.clone();
        app.borrow_mut().ask(&ctx, border_atlas::gui::actions::Action::Select(None));
    }
    let before = app.borrow().session().camera.center;
    let from = pos2(map.left() + 150.0, map.top() + 300.0);
    harness.drag_at(from);
    harness.run_steps(2);
    harness.hover_at(from + eframe::egui::vec2(60.0, 0.0));
    harness.run_steps(2);
    harness.drop_at(from + eframe::egui::vec2(60.0, 0.0));
    harness.run_steps(60);
    assert_ne!(app.borrow().session().camera.center, before, "the first map drags both");
}

#[test]
fn the_difference_lists_who_gained_and_a_row_leads_to_the_land() {
    let (mut harness, app) = comparing();
    press(&mut harness, Modifiers::NONE, Key::Num3);
    harness.run_steps(20);
    assert!(app.borrow().session().shows(Panel::Changes));
    let scene = app.borrow().last_scene().unwrap().clone();
    assert!(scene.world.class_of_arc.contains(&LineClass::Unchanged) && scene.world.style.loud_borders);
    assert!(scene.notes.date.contains("1 June 2013 → 1 April 2014"), "{}", scene.notes.date);
    assert!(harness.query_by_label_contains("km² changed hands").is_some());
    let before = app.borrow().session().camera;
    harness.get_by_label_contains("km², from Ukraine").click();
    harness.run_steps(120);
    let after = app.borrow().session().camera;
    assert!(after != before && after.degrees_per_point() < before.degrees_per_point(), "closer to the land");
}

#[test]
fn one_key_flips_between_the_two_and_another_swaps_them() {
    let (mut harness, app) = comparing();
    press(&mut harness, Modifiers::NONE, Key::A);
    assert_eq!(layout(&app), Some(Layout::Flip));
    assert!(
        harness.query_by_label_contains("first side: 1 June 2013").is_some() && harness.query_by_label_contains("second side").is_none()
    );
    press(&mut harness, Modifiers::NONE, Key::A);
    assert!(harness.query_by_label_contains("1 April 2014, View").is_some());
    press(&mut harness, Modifiers::NONE, Key::Z);
    harness.run_steps(10);
    let kept = app.borrow().session().comparing.as_ref().unwrap().kept.day;
    assert_eq!((kept, app.borrow().session().day()), (day("2014-04-01"), day("2013-06-01")));
}

#[test]
fn the_first_side_can_be_another_view_of_the_same_day() {
    let (mut harness, app) = comparing();
    click(&mut harness, "First side");
    click(&mut harness, "First view: United Nations");
    assert_eq!(app.borrow().session().comparing.as_ref().map(|comparing| comparing.view().clone()), Some(View::Un));
    go_to(&mut harness, &app, "2013-06-01");
    assert!(harness.query_by_label_contains("first side: View: United Nations").is_some(), "where only views differ they are what is told");
}

#[test]
fn an_idle_comparison_computes_nothing_and_asks_for_no_frame() {
    for key in [Key::Num1, Key::Num2, Key::Num3, Key::A] {
        let (mut harness, app) = comparing();
        press(&mut harness, Modifiers::NONE, key);
        harness.run_steps(60);
        let before = app.borrow().cache_fills();
        harness.run_steps(40);
        assert_eq!(app.borrow().cache_fills(), before, "{key:?}");
        assert!(!harness.ctx.has_requested_repaint(), "{key:?}: {:?}", harness.ctx.repaint_causes());
    }
}
