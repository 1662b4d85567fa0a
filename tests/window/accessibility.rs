//! What assistive technology finds: everything that can be operated has a name and a role, the keyboard reaches it, and what has the keyboard is
//! told.

use std::{cell::RefCell, rc::Rc};

use crate::hands;
use border_atlas::{
    gui::{
        app::App,
        session::{Library, Session},
    },
    io::built_in_atlas,
    scene::{Theme, markers::Marker},
    time::Date,
};
use eframe::egui::{Key, Modifiers, PointerButton, Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

type Shared = Rc<RefCell<App>>;

/// The window with the story of Crimea in March 2014, or over the bare world.
fn window(with_story: bool) -> (Harness<'static>, Shared) {
    let (atlas, _) = built_in_atlas().unwrap();
    let documents = atlas.cases.clone();
    let library = Library::new(atlas, documents);
    let mut session = Session::new(Date::parse("2020-01-01").unwrap().earliest, [1500.0, 800.0], Theme::Light);
    let crimea = library.documents.iter().position(|project| project.id.as_str() == "crimea").unwrap();
    let bbox = if with_story { session.open_document(&library, crimea) } else { None };
    session.reduced_motion = true;
    let app = Rc::new(RefCell::new(App::new(library, session, bbox, Vec::new())));
    hands::show_in(app, [1500.0, 950.0])
}

fn press(harness: &mut Harness, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(5);
}

/// Roles of what a person operates.
fn is_operated(role: Role) -> bool {
    matches!(
        role,
        Role::Button
            | Role::Link
            | Role::CheckBox
            | Role::RadioButton
            | Role::RadioGroup
            | Role::ComboBox
            | Role::Slider
            | Role::SpinButton
            | Role::TextInput
            | Role::MultilineTextInput
            | Role::SearchInput
            | Role::ColorWell
            | Role::DisclosureTriangle
            | Role::MenuItem
    )
}

/// What can be operated but has no name, and what takes the keyboard but has no role, with where it is.
fn nameless(harness: &Harness) -> Vec<String> {
    let all = harness.query_all_by(|_| true);
    let faulty = all.filter_map(|node| {
        let node = node.accesskit_node();
        let named = node.label().is_some_and(|label| !label.trim().is_empty());
        let fault = match node.role() {
            role if is_operated(role) && !named => "no name",
            Role::Unknown | Role::GenericContainer if node.data().supports_action(eframe::egui::accesskit::Action::Click) => "no role",
            _ => return None,
        };
        Some(format!("{fault}: {:?} {:?} at {:?}", node.role(), node.value(), node.bounding_box()))
    });
    faulty.collect()
}

/// What it is called, whether a story is open, and the keys that lead there.
type State = (&'static str, bool, &'static [(Modifiers, Key)]);

#[test]
fn everything_that_can_be_operated_has_a_name_and_a_role() {
    const NONE: Modifiers = Modifiers::NONE;
    let states: [State; 10] = [
        ("the bare world", false, &[]),
        ("a story", true, &[]),
        ("an event in the inspector", true, &[(NONE, Key::N), (NONE, Key::I)]),
        ("charts", true, &[(NONE, Key::C)]),
        ("the map as text", true, &[(NONE, Key::R)]),
        ("an open pile", true, &[(NONE, Key::X)]),
        ("folded and pinned callouts", true, &[(NONE, Key::N), (Modifiers::SHIFT, Key::P), (NONE, Key::U)]),
        ("the key sheet", true, &[(NONE, Key::F1)]),
        ("the palette", true, &[(Modifiers::COMMAND, Key::K)]),
        ("a typed date", true, &[(NONE, Key::T)]),
    ];
    let mut all_faults = Vec::new();
    for (what, with_story, keys) in states {
        let (mut harness, _) = window(with_story);
        keys.iter().for_each(|(modifiers, key)| press(&mut harness, *modifiers, *key));
        assert!(harness.query_all_by(|node| is_operated(node.role())).count() > 10, "{what}: nothing is there to be named");
        all_faults.extend(nameless(&harness).into_iter().map(|fault| format!("{what}: {fault}")));
    }
    assert!(all_faults.is_empty(), "\n{}", all_faults.join("\n"));
}

#[test]
fn arrows_belong_to_the_slider_that_has_the_keyboard_and_to_an_open_menu() {
    let (mut harness, app) = window(false);
    let day = || app.borrow().session().day();
    let opacity = || app.borrow().session().look.layers.borders.opacity;
    let before = (day(), opacity());
    // The section of the panel, not the button at the top.
    harness.get_all_by_label("Layers").last().unwrap().click_accesskit();
    harness.run_steps(20);
    harness.get_by_label("Opacity of Borders").focus();
    harness.run_steps(3);
    press(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    assert!(opacity() < before.1, "the slider moves");
    assert_eq!(day(), before.0, "time does not");
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert_eq!((day(), opacity()), before);
    // Another control lets time have them again.
    harness.get_by_label("Borders").focus();
    harness.run_steps(3);
    press(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    assert!(day() < before.0 && opacity() == before.1);
    let (now, camera) = (day(), app.borrow().session().camera);
    hands::click_at(&mut harness, PointerButton::Secondary, (760.0, 300.0));
    for key in [Key::ArrowDown, Key::ArrowUp, Key::ArrowLeft] {
        press(&mut harness, Modifiers::NONE, key);
    }
    assert_eq!((day(), app.borrow().session().camera), (now, camera), "arrows go through the menu");
}

#[test]
fn the_keyboard_goes_from_the_top_to_the_map_and_reaches_every_callout() {
    let (mut harness, app) = window(true);
    let mut reached: Vec<String> = Vec::new();
    for _ in 0..160 {
        harness.key_press(Key::Tab);
        harness.run_steps(2);
        let focused = harness.query_all_by(|node| node.is_focused()).next();
        let label = focused.and_then(|node| node.accesskit_node().label());
        reached.extend(label.filter(|label| reached.last() != Some(label)));
    }
    let scene = app.borrow().last_scene().expect("a picture").clone();
    let app = app.borrow();
    let events = &app.library().documents[app.session().document.unwrap()].events;
    for callout in &scene.callouts {
        let title = &events[callout.event].title;
        for name in [format!("Fold: {title}"), format!("Pin: {title}")] {
            assert!(reached.contains(&name), "{name} is not reached: {reached:?}");
        }
    }
    let first_of = |name: &str| reached.iter().position(|label| label.contains(name));
    assert!(first_of("Search") < first_of("Fold: "), "the top comes first: {reached:?}");
    // Signs stand in order of date, so that going on is going forward in time.
    let place_of = |label: &String| {
        let name = |event: usize| format!("{}, {}", events[event].title, events[event].when());
        let is_its = |marker: &&Marker| *label == name(marker.event) || label.ends_with(&format!(" events, {}", name(marker.event)));
        scene.signs.markers.iter().find(is_its).map(|marker| marker.events()[0])
    };
    let after_the_panels = reached.iter().skip_while(|label| place_of(label).is_none());
    let signs: Vec<usize> = after_the_panels.map_while(place_of).take(scene.signs.markers.len()).collect();
    assert!(signs.len() > 3 && signs.windows(2).all(|pair| pair[0] < pair[1]), "{signs:?}");
}
