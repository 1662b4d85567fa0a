//! The windows of a lecture: what the speaker sees and the audience does not, the magnifier, going on by itself, and which screen shows what.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

use crate::hands::{self, Shared, click, lecture_of, press};
use border_atlas::gui::{
    presenting::{
        Pointer, Presenting,
        screens::{Desk, Screen},
    },
    system::System,
};
use eframe::egui::{self, Key, Modifiers, Shape};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use serde_json::{Value, json};

/// A lecture of three scenes that are planned for some seconds each.
fn scenes() -> Value {
    json!([
        {"id": "2014", "title": "Annexation", "date": "2014-03-21", "since": "2014-02-20", "bbox": [31, 44, 38, 47], "seconds": 8,
         "notes": "Speak slowly.\n\nAsk who was there.", "steps": [{"show": ["ev-2014-crimea-referendum"]}]},
        {"id": "1954", "title": "Transfer", "date": "1954-02-19", "bbox": [31, 44, 38, 47], "seconds": 5},
        {"id": "1783", "title": "The manifesto", "date": "1783-04-19", "bbox": [31, 44, 38, 47], "seconds": 5}])
}

fn lecture_on(system: System) -> (Harness<'static>, Shared) {
    lecture_of(scenes(), system)
}

fn lecture() -> (Harness<'static>, Shared) {
    lecture_on(System::default())
}

fn go(harness: &mut Harness, key: Key) {
    press(harness, Modifiers::NONE, key);
}

fn talk<T>(app: &Shared, read: impl Fn(&Presenting) -> T) -> Option<T> {
    app.borrow().session().presenting.as_ref().map(read)
}

fn at(app: &Shared) -> Option<(usize, usize)> {
    talk(app, |talk| (talk.slide, talk.step))
}

/// A frame is a quarter of a second here.
fn let_pass(harness: &mut Harness, secs: usize) {
    harness.run_steps(secs * 4);
}

fn has(harness: &Harness, words: &str) -> bool {
    harness.query_all_by_label_contains(words).count() > 0
}

#[test]
fn the_speakers_window_has_notes_this_scene_the_next_and_every_clock() {
    let (mut harness, app) = lecture();
    [Key::F5, Key::S].into_iter().for_each(|key| go(&mut harness, key));
    assert!(has(&harness, "Border Atlas: speaker"), "a window of its own");
    for words in [
        "Speak slowly.",
        "Ask who was there.",
        "This picture: scene 1. Annexation",
        "Next picture",
        "Step 2 of 2",
        "Scene 1 of 3",
        "step 1 of 2",
    ] {
        assert!(has(&harness, words), "{words}");
    }
    // 8 and 5 and 5 seconds are planned; some have gone.
    for words in ["left of 0:18", "of 0:08", &time_of_day()] {
        assert!(has(&harness, words), "{words}");
    }
    let_pass(&mut harness, 20);
    assert!(has(&harness, " over"), "the talk takes longer than planned");
    click(&mut harness, "Restart clock");
    assert!(has(&harness, "left of 0:18") && harness.query_all_by_label_contains(" over").count() == 0);
    click(&mut harness, "Next picture");
    assert_eq!(at(&app), Some((0, 1)));
    assert!(has(&harness, "This picture: scene 1. Annexation, step 2") && has(&harness, "Transfer"));
    [Key::End].into_iter().for_each(|key| go(&mut harness, key));
    assert!(has(&harness, "The end") && has(&harness, "This scene has no notes."));
}

#[test]
fn the_speakers_window_says_what_the_audience_sees() {
    let (mut harness, _) = lecture();
    [Key::F5, Key::S].into_iter().for_each(|key| go(&mut harness, key));
    for (key, words) in [
        (Key::B, "The audience sees black"),
        (Key::W, "The audience sees white"),
        (Key::F, "The audience's picture stands still"),
        (Key::A, "Goes on by itself"),
    ] {
        assert!(!has(&harness, words), "{words}: too early");
        go(&mut harness, key);
        assert!(has(&harness, words), "{words}");
    }
    go(&mut harness, Key::Num3);
    assert!(has(&harness, "go to 3, Enter"));
    go(&mut harness, Key::Enter);
    assert!(has(&harness, "Scene 3 of 3") && !has(&harness, "go to 3"));
}

#[test]
fn windows_change_places_and_back_and_the_scene_goes_with_the_audience() {
    let (mut harness, app) = lecture();
    let is_in_root = |harness: &Harness| harness.get_by_label_contains("Scene 1, 21 March 2014").rect().width() > 900.0;
    go(&mut harness, Key::F5);
    assert!(is_in_root(&harness));
    press(&mut harness, Modifiers::SHIFT, Key::S);
    assert!(has(&harness, "Border Atlas: audience") && !has(&harness, "Border Atlas: speaker"));
    assert!(!is_in_root(&harness) && has(&harness, "Scene 1 of 3"));
    press(&mut harness, Modifiers::SHIFT, Key::S);
    assert!(has(&harness, "Border Atlas: speaker") && !has(&harness, "Border Atlas: audience"));
    assert!(is_in_root(&harness) && has(&harness, "Scene 1 of 3"));
    assert_eq!(talk(&app, |talk| talk.has_speaker), Some(true));
    click(&mut harness, "Swap windows");
    go(&mut harness, Key::S);
    assert!(is_in_root(&harness), "without a speaker the window is the audience's");
}

/// The rims of lenses in the last frame: middle and radius.
fn lenses(harness: &Harness) -> Vec<(egui::Pos2, f32)> {
    let white = |shape: &egui::epaint::ClippedShape| match &shape.shape {
        Shape::Circle(circle) if circle.stroke.color == egui::Color32::WHITE && circle.radius > 20.0 => {
            Some((circle.center, circle.radius))
        }
        _ => None,
    };
    harness.output().shapes.iter().filter_map(white).collect()
}

#[test]
fn the_magnifier_follows_the_pointer_and_leaves_the_map_where_it_is() {
    let (mut harness, app) = lecture();
    go(&mut harness, Key::F5);
    harness.hover_at(egui::pos2(500.0, 300.0));
    go(&mut harness, Key::M);
    harness.run_steps(20);
    let camera = app.borrow().session().camera;
    let [(middle, radius)] = lenses(&harness)[..] else { panic!("no lens, or several") };
    assert_eq!(middle, egui::pos2(500.0, 300.0));
    harness.hover_at(egui::pos2(700.0, 320.0));
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: egui::vec2(0.0, 2.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    });
    harness.run_steps(8);
    let [(moved, larger)] = lenses(&harness)[..] else { panic!("no lens any more") };
    assert!(moved == egui::pos2(700.0, 320.0) && larger > radius * 1.1, "{moved:?} {larger}");
    go(&mut harness, Key::Minus);
    go(&mut harness, Key::Minus);
    assert!(lenses(&harness)[0].1 < radius);
    go(&mut harness, Key::Plus);
    assert!((lenses(&harness)[0].1 - radius).abs() < 0.5);
    hands::drag_by(&mut harness, [500.0, 300.0], [80.0, 40.0]);
    assert_eq!((app.borrow().session().camera, talk(&app, |talk| talk.strayed)), (camera, Some(false)));
    go(&mut harness, Key::Escape);
    assert_eq!((talk(&app, |talk| talk.pointer), lenses(&harness).len()), (Some(Pointer::Map), 0), "the lecture goes on without it");
    go(&mut harness, Key::Plus);
    harness.run_steps(4);
    assert!(app.borrow().session().camera.points_per_unit > camera.points_per_unit, "the key means the map again");
    go(&mut harness, Key::Escape);
    assert_eq!(at(&app), None);
}

#[test]
fn what_lies_over_the_map_is_drawn_anew_in_the_lens_and_cut_to_it() {
    let (mut harness, _) = lecture();
    go(&mut harness, Key::F5);
    harness.hover_at(egui::pos2(640.0, 300.0));
    harness.run_steps(20);
    fn meshes<'s>(shape: &'s Shape, found: &mut Vec<&'s egui::Mesh>) {
        match shape {
            Shape::Mesh(mesh) => found.push(mesh),
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| meshes(shape, found)),
            _ => {}
        }
    }
    let corners = |harness: &Harness, middle: egui::Pos2, radius: f32| {
        let clipped = harness.output().shapes.iter().filter(|shape| shape.clip_rect.width() <= 2.0 * radius + 1.0);
        let mut found = Vec::new();
        clipped.for_each(|shape| meshes(&shape.shape, &mut found));
        let off: Vec<f32> = found.iter().flat_map(|mesh| &mesh.vertices).map(|corner| corner.pos.distance(middle)).collect();
        (off.len(), off.into_iter().fold(0.0, f32::max))
    };
    go(&mut harness, Key::M);
    let scene = |harness: &mut Harness| {
        hands::wait_for(harness, |harness| {
            lenses(harness).first().is_some_and(|(middle, radius)| corners(harness, *middle, *radius).0 > 200)
        })
    };
    scene(&mut harness);
    let (middle, radius) = lenses(&harness)[0];
    let (count, furthest) = corners(&harness, middle, radius);
    assert!(count > 200 && furthest <= radius + 0.01, "{count} corners, up to {furthest} of {radius}");
}

#[test]
fn a_lecture_goes_on_by_itself_and_stops_after_the_last_scene() {
    let (mut harness, app) = lecture();
    [Key::F5, Key::A].into_iter().for_each(|key| go(&mut harness, key));
    // Eight seconds for two pictures.
    let_pass(&mut harness, 4);
    assert_eq!(at(&app), Some((0, 1)));
    let_pass(&mut harness, 4);
    assert_eq!(at(&app), Some((1, 0)));
    let_pass(&mut harness, 12);
    assert_eq!((at(&app), talk(&app, |talk| talk.auto.is_none())), (Some((2, 0)), Some(true)));
}

#[test]
fn a_kiosk_begins_again_and_what_visitors_moved_comes_back_after_a_minute() {
    let (mut harness, app) = lecture();
    go(&mut harness, Key::F5);
    press(&mut harness, Modifiers::SHIFT, Key::A);
    let_pass(&mut harness, 15);
    assert_eq!(at(&app), Some((2, 0)));
    let_pass(&mut harness, 4);
    assert_eq!(at(&app), Some((0, 0)), "from the beginning");
    let camera = app.borrow().session().camera;
    hands::drag_by(&mut harness, [500.0, 300.0], [-120.0, 40.0]);
    assert_eq!(talk(&app, |talk| talk.strayed), Some(true));
    let_pass(&mut harness, 50);
    assert_eq!((at(&app), talk(&app, |talk| talk.strayed)), (Some((0, 0)), Some(true)), "a visitor may look for a while");
    assert!(app.borrow().session().camera != camera);
    let_pass(&mut harness, 12);
    assert_eq!((at(&app), talk(&app, |talk| talk.strayed)), (Some((0, 1)), Some(false)));
    let_pass(&mut harness, 3);
    assert!(app.borrow().session().camera == camera, "where the scene looks");
}

#[test]
fn nothing_but_the_picture_is_ever_on_the_audiences_side() {
    let (mut harness, app) = lecture();
    go(&mut harness, Key::F5);
    app.borrow_mut().trouble("The disk is full");
    let shift = Modifiers::SHIFT;
    let command = Modifiers::COMMAND;
    for (modifiers, key) in [
        (shift, Key::Slash),
        (Modifiers::NONE, Key::F1),
        (command, Key::K),
        (command, Key::O),
        (command, Key::E),
        (command, Key::F),
        (command, Key::S),
        (command, Key::W),
        (shift, Key::H),
        (Modifiers::NONE, Key::Y),
        (Modifiers::NONE, Key::I),
        (Modifiers::NONE, Key::G),
        (Modifiers::NONE, Key::C),
    ] {
        press(&mut harness, modifiers, key);
        assert_eq!(at(&app), Some((0, 0)), "{key:?}");
        let shown: Vec<String> = harness.root().children_recursive().filter_map(|node| node.accesskit_node().label()).collect();
        let allowed = |label: &String| label == "Map" || label.starts_with("Scene 1, 21 March 2014");
        assert!(shown.iter().all(allowed), "{key:?}: {shown:?}");
    }
    go(&mut harness, Key::Escape);
    harness.run_steps(4);
    assert!(has(&harness, "The disk is full"), "it waits for the end");
    let app = app.borrow();
    let session = app.session();
    assert!(
        ![session.key_sheet, session.palette, session.open_file, session.export_box, session.welcome].contains(&true),
        "nothing was opened unseen"
    );
}

/// A desk whose screens a test takes away and brings back, and which counts who keeps it lit.
fn desk(names: &[&str]) -> (System, Arc<Mutex<Vec<Screen>>>, Arc<AtomicUsize>) {
    let screens = Arc::new(Mutex::new(screens(names)));
    let (told, lit) = (screens.clone(), Arc::new(AtomicUsize::new(0)));
    struct Lit(Arc<AtomicUsize>);
    impl Drop for Lit {
        fn drop(&mut self) {
            self.0.fetch_sub(1, Relaxed);
        }
    }
    let count = lit.clone();
    let stay_awake = move || -> Box<dyn std::any::Any> {
        count.fetch_add(1, Relaxed);
        Box::new(Lit(count.clone()))
    };
    let system = System { screens: Arc::new(move || told.lock().unwrap().clone()), stay_awake: Arc::new(stay_awake), ..System::default() };
    (system, screens, lit)
}

fn screens(names: &[&str]) -> Vec<Screen> {
    let screen = |(position, name): (usize, &&str)| Screen { name: (*name).to_owned(), size_px: [1920, 1080], has_window: position == 0 };
    names.iter().enumerate().map(screen).collect()
}

#[test]
fn the_screen_stays_lit_as_long_as_a_lecture_is_given() {
    let (system, _, lit) = desk(&["eDP-1"]);
    let (mut harness, app) = lecture_on(system);
    let now = || lit.load(Relaxed);
    assert_eq!(now(), 0);
    go(&mut harness, Key::F5);
    assert_eq!(now(), 1);
    go(&mut harness, Key::PageDown);
    assert_eq!(now(), 1);
    go(&mut harness, Key::Escape);
    assert_eq!(now(), 0);
    go(&mut harness, Key::F5);
    assert_eq!(now(), 1);
    // The window is closed in the middle of it.
    drop((harness, app));
    assert_eq!(now(), 0);
}

#[test]
fn with_two_screens_the_audience_has_the_other_one_and_the_choice_is_kept() {
    let (system, ..) = desk(&["eDP-1", "HDMI-1"]);
    let (mut harness, app) = lecture_on(system);
    let desk = |app: &Shared| talk(app, |talk| (talk.desk, talk.is_swapped, talk.audience_screen()));
    go(&mut harness, Key::F5);
    let both = Some(Desk { own: 0, second: 1 });
    assert_eq!(desk(&app), Some((both, true, Some(1))));
    assert!(has(&harness, "Scene 1 of 3") && has(&harness, "Border Atlas: audience"));
    // The audience's window lies over it in this one.
    harness.get_by_label("eDP-1, 1920 × 1080").click_accesskit();
    harness.run_steps(3);
    assert_eq!(desk(&app), Some((both, false, Some(0))));
    assert!(has(&harness, "Border Atlas: speaker"));
    [Key::Escape, Key::F5].into_iter().for_each(|key| go(&mut harness, key));
    assert_eq!(desk(&app), Some((both, false, Some(0))), "as it was chosen");
    press(&mut harness, Modifiers::SHIFT, Key::S);
    assert_eq!((desk(&app), app.borrow().session().audience_screen.clone()), (Some((both, true, Some(1))), "HDMI-1".to_owned()));
    // Without a speaker the window goes to the audience's screen and back with the notes.
    go(&mut harness, Key::S);
    assert_eq!(desk(&app), Some((Some(Desk { own: 1, second: 0 }), false, Some(1))));
    go(&mut harness, Key::S);
    assert_eq!(desk(&app), Some((Some(Desk { own: 1, second: 0 }), false, Some(1))));
    assert!(has(&harness, "Scene 1 of 3"));
}

#[test]
fn a_screen_that_goes_takes_nothing_with_it() {
    let (system, screens_there, _) = desk(&["eDP-1", "HDMI-1"]);
    let (mut harness, app) = lecture_on(system);
    go(&mut harness, Key::F5);
    go(&mut harness, Key::PageDown);
    *screens_there.lock().unwrap() = screens(&["eDP-1"]);
    let_pass(&mut harness, 2);
    assert_eq!(talk(&app, |talk| (talk.desk, talk.is_swapped)), Some((None, false)));
    assert_eq!(at(&app), Some((0, 1)));
    assert!(has(&harness, "Border Atlas: speaker") && has(&harness, "Speak slowly."), "the notes stay");
    assert!(harness.get_by_label_contains("Scene 1, 21 March 2014").rect().width() > 900.0, "the audience has the window");
    assert!(!has(&harness, "Audience on"));
    *screens_there.lock().unwrap() = screens(&["eDP-1", "HDMI-1"]);
    let_pass(&mut harness, 2);
    assert_eq!(talk(&app, |talk| (talk.desk, talk.is_swapped)), Some((Some(Desk { own: 0, second: 1 }), true)), "and it comes back");
}

/// The time of day where this runs, to the tens of minutes: the minute may pass meanwhile.
fn time_of_day() -> String {
    use chrono::Timelike;
    let now = chrono::Local::now();
    format!("{:02}:{}", now.hour(), now.minute() / 10)
}
