//! A lecture is given by keys alone: scenes and steps come and go, what covers the map goes, and the author finds everything as it was.

use crate::hands::{self, Shared, day, lecture_of, press};
use border_atlas::{
    gui::{
        derived::Derived,
        presenting::{Blank, Pointer},
        system::System,
    },
    model::View,
    scene::{Item, ItemLayer},
};
use eframe::egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable};
use serde_json::{Value, json};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

/// A lecture of four scenes.
fn scenes() -> Value {
    json!([
        {"id": "title", "kind": "title", "title": "Whose peninsula?", "text": "A lecture"},
        {"id": "2014", "title": "Annexation", "date": "2014-03-21", "since": "2014-02-20", "bbox": [31, 44, 38, 47], "caption": "Four weeks in spring.",
         "callouts": "pinned", "pinned": ["ev-2014-crimea-referendum"],
         "steps": [{"show": ["ev-2014-crimea-referendum"]}, {"show": ["layer:claims"], "caption": "Both claim it."}]},
        {"id": "quiz", "kind": "quiz", "date": "1955", "point_of_view": "un", "question": "Whose was it?", "answer": "It was part of the Ukrainian SSR."},
        {"id": "black", "kind": "black"}])
}

fn lecture() -> (Harness<'static>, Shared) {
    lecture_of(scenes(), System::default())
}

fn at(app: &Shared) -> Option<(usize, usize)> {
    app.borrow().session().presenting.as_ref().map(|talk| (talk.slide, talk.step))
}

fn go(harness: &mut Harness, key: Key) {
    press(harness, Modifiers::NONE, key);
}

/// How many items a layer of the picture has.
fn count(app: &Shared, layer: ItemLayer) -> usize {
    let app = app.borrow();
    let scene = app.last_scene().unwrap();
    scene.groups.iter().filter(|group| group.layer == layer).map(|group| group.items.len()).sum()
}

#[test]
fn scenes_come_and_go_by_keys_alone_and_the_author_finds_everything_as_it_was() {
    let (mut harness, app) = lecture();
    let before = { (app.borrow().session().camera, app.borrow().session().day(), app.borrow().session().view.clone()) };
    go(&mut harness, Key::F5);
    assert_eq!(at(&app), Some((0, 0)));
    harness.get_by_label_contains("Whose peninsula?");
    assert_eq!(harness.query_all_by_label("Layers and legend").count(), 0, "nothing but the picture is there");
    go(&mut harness, Key::PageDown);
    harness.get_by_label_contains("Scene 2, 21 March 2014: Annexation. Four weeks in spring.");
    assert_eq!((at(&app), app.borrow().session().day()), (Some((1, 0)), day("2014-03-21")));
    for (key, place) in
        [(Key::ArrowRight, (1, 1)), (Key::Space, (1, 2)), (Key::Enter, (2, 0)), (Key::PageUp, (1, 2)), (Key::Backspace, (1, 1))]
    {
        go(&mut harness, key);
        assert_eq!(at(&app), Some(place), "{key:?}");
    }
    [Key::Num3, Key::Enter].into_iter().for_each(|key| go(&mut harness, key));
    assert_eq!((at(&app), app.borrow().session().view.clone()), (Some((2, 0)), View::Un));
    go(&mut harness, Key::Escape);
    assert_eq!(at(&app), None);
    let after = { (app.borrow().session().camera, app.borrow().session().day(), app.borrow().session().view.clone()) };
    assert_eq!(after, before);
    assert!(!app.borrow().session().full_screen && app.borrow().session().telling.words.is_none());
    press(&mut harness, Modifiers::SHIFT, Key::F5);
    assert_eq!(at(&app), Some((2, 0)), "from where it was");
}

#[test]
fn steps_bring_events_claims_and_answers_one_by_one() {
    let (mut harness, app) = lecture();
    [Key::F5, Key::PageDown].into_iter().for_each(|key| go(&mut harness, key));
    let hatched = |app: &Shared| app.borrow().last_scene().unwrap().world.fills.iter().filter(|fill| fill.hatch_count > 0).count();
    assert_eq!((app.borrow().last_scene().unwrap().callouts.len(), hatched(&app)), (0, 0));
    go(&mut harness, Key::PageDown);
    let titles: Vec<String> = app.borrow().last_scene().unwrap().callouts.iter().map(|callout| callout.title.join(" ")).collect();
    assert!(titles.len() == 1 && titles[0].contains("eferendum"), "{titles:?}");
    go(&mut harness, Key::PageDown);
    assert!(hatched(&app) > 0);
    harness.get_by_label_contains("Both claim it.");
    go(&mut harness, Key::PageDown);
    assert_eq!((count(&app, ItemLayer::Labels), harness.query_all_by_label_contains("part of the Ukrainian SSR").count()), (0, 0));
    go(&mut harness, Key::PageDown);
    harness.get_by_label_contains("part of the Ukrainian SSR");
    assert!(count(&app, ItemLayer::Labels) > 0, "names come with the answer");
}

#[test]
fn nothing_to_read_on_the_stage_is_smaller_than_24_pixels_of_1080() {
    let (mut harness, app) = lecture();
    [Key::F5, Key::PageDown].into_iter().for_each(|key| go(&mut harness, key));
    let app = app.borrow();
    let scene = app.last_scene().unwrap();
    let least = scene.size_points[1] as f32 * 24.0 / 1080.0;
    let furniture = scene.groups.iter().filter(|group| matches!(group.layer, ItemLayer::Furniture | ItemLayer::Callouts));
    let sizes: Vec<f32> = furniture
        .flat_map(|group| &scene.items[group.items.clone()])
        .filter_map(|item| if let Item::Text(text) = item { Some(text.size_points) } else { None })
        .collect();
    assert!(sizes.len() > 8 && sizes.iter().all(|size| *size >= least), "{sizes:?} and {least}");
}

#[test]
fn black_white_and_freeze_hide_and_hold_the_picture() {
    let (mut harness, app) = lecture();
    [Key::F5, Key::PageDown, Key::B].into_iter().for_each(|key| go(&mut harness, key));
    let blank = |app: &Shared| app.borrow().session().presenting.as_ref().and_then(|talk| talk.blank);
    assert_eq!(blank(&app), Some(Blank::Black));
    go(&mut harness, Key::W);
    assert_eq!(blank(&app), Some(Blank::White));
    go(&mut harness, Key::PageDown);
    assert_eq!((blank(&app), at(&app)), (None, Some((1, 0))), "the first key only uncovers");
    go(&mut harness, Key::F);
    let frozen = app.borrow().session().presenting.as_ref().and_then(|talk| talk.frozen.clone()).unwrap();
    go(&mut harness, Key::End);
    let still = app.borrow().session().presenting.as_ref().and_then(|talk| talk.frozen.clone()).unwrap();
    assert!(std::sync::Arc::ptr_eq(&frozen.now, &still.now) && at(&app) == Some((3, 0)));
    go(&mut harness, Key::F);
    assert!(app.borrow().session().presenting.as_ref().is_some_and(|talk| talk.frozen.is_none()));
}

#[test]
fn looking_around_leaves_the_scene_and_one_key_comes_back() {
    let (mut harness, app) = lecture();
    [Key::F5, Key::PageDown].into_iter().for_each(|key| go(&mut harness, key));
    let camera = app.borrow().session().camera;
    let strayed = |app: &Shared| app.borrow().session().presenting.as_ref().is_some_and(|talk| talk.strayed);
    hands::drag_by(&mut harness, [500.0, 300.0], [-120.0, 40.0]);
    assert!(strayed(&app) && app.borrow().session().camera != camera);
    go(&mut harness, Key::R);
    harness.run_steps(4);
    assert!(!strayed(&app) && app.borrow().session().camera == camera);
}

#[test]
fn ink_lies_on_the_map_without_moving_it() {
    let (mut harness, app) = lecture();
    [Key::F5, Key::PageDown].into_iter().for_each(|key| go(&mut harness, key));
    press(&mut harness, Modifiers::SHIFT, Key::D);
    let camera = app.borrow().session().camera;
    hands::drag_by(&mut harness, [500.0, 300.0], [90.0, 20.0]);
    let has_ink = |app: &Shared| app.borrow().session().presenting.as_ref().is_some_and(|talk| !talk.marks.is_empty());
    assert!(has_ink(&app) && app.borrow().session().camera == camera);
    assert_eq!(app.borrow().session().presenting.as_ref().map(|talk| talk.pointer), Some(Pointer::Pen));
    go(&mut harness, Key::E);
    assert!(!has_ink(&app));
}

#[test]
fn the_speaker_sees_notes_time_and_what_comes_and_the_audience_does_not() {
    let (mut harness, app) = lecture();
    [Key::F5, Key::PageDown].into_iter().for_each(|key| go(&mut harness, key));
    press(&mut harness, Modifiers::SHIFT, Key::S);
    harness.get_by_label_contains("Scene 2 of 4");
    harness.get_by_label_contains("This scene has no notes.");
    harness.get_by_label("Next picture");
    go(&mut harness, Key::S);
    assert_eq!(harness.query_all_by_label_contains("Scene 2 of 4").count(), 0);
    go(&mut harness, Key::O);
    hands::click(&mut harness, "Scene 3. Whose was it?");
    assert_eq!(at(&app), Some((2, 0)));
}

#[test]
fn a_story_without_scenes_says_what_to_do() {
    let (mut harness, app) = hands::window();
    app.borrow_mut().ask(&harness.ctx.clone(), border_atlas::gui::actions::Action::OpenDocument(None));
    harness.run_steps(2);
    go(&mut harness, Key::F5);
    assert_eq!(at(&app), None);
    harness.get_by_label_contains("open a story first");
}

#[test]
fn what_is_seen_becomes_a_scene_and_its_line_opens_it_again() {
    use border_atlas::gui::{actions::Action, app::EditAction, presenting::scenes::SceneAction};
    let (mut harness, app) = lecture();
    let ctx = harness.ctx.clone();
    app.borrow_mut().ask(&ctx, Action::Edit(EditAction::Copy));
    harness.run_steps(4);
    let slides = |app: &Shared| {
        let app = app.borrow();
        app.library().documents[app.session().document.unwrap()].slides.clone()
    };
    let before = slides(&app).len();
    app.borrow_mut().ask(&ctx, Action::GoTo { bbox: None, day: Some(day("1954-02-19")), selection: None });
    press(&mut harness, Modifiers::SHIFT, Key::K);
    let kept = slides(&app).last().cloned().unwrap();
    assert_eq!((slides(&app).len(), kept.at.map(|at| at.text)), (before + 1, Some("1954-02-19".to_owned())));
    app.borrow_mut().ask(&ctx, Action::Scene(SceneAction::Move { from: before, to: 0 }));
    assert_eq!(slides(&app)[0].id, kept.id);
    app.borrow_mut().ask(&ctx, Action::Edit(EditAction::Undo));
    app.borrow_mut().ask(&ctx, Action::Edit(EditAction::Undo));
    assert_eq!(slides(&app).len(), before, "both are steps that can be taken back");
    harness.event(eframe::egui::Event::Paste("crimea · 1783-04-19 · de-facto · 31,44,37,47 · mercator · -claims".to_owned()));
    harness.run_steps(4);
    let app = app.borrow();
    assert_eq!((app.session().day(), app.session().look.layers.claims.visible), (day("1783-04-19"), false));
}

/// Names are worked out beside the frames, but an audience is not shown a picture that is still being filled.
#[test]
fn the_picture_of_a_scene_has_its_names_at_once() {
    let (mut harness, app) = lecture();
    [Key::F5, Key::PageDown].into_iter().for_each(|key| go(&mut harness, key));
    let app = app.borrow();
    let items = |patience: Duration| {
        let wakes = Arc::new(AtomicUsize::new(0));
        let (mut derived, counted) = (Derived::new(app.library()), wakes.clone());
        derived.patience = patience;
        derived.work_beside_frames(app.library(), move || {
            counted.fetch_add(1, Ordering::SeqCst);
        });
        let first = derived.scene(app.library(), app.session(), &[], 10.0).items.len();
        for _ in 0..600 {
            std::thread::sleep(Duration::from_millis(50));
            if patience > Duration::ZERO || wakes.load(Ordering::SeqCst) > 0 {
                break;
            }
        }
        (first, derived.scene(app.library(), app.session(), &[], 12.0).items.len(), wakes.load(Ordering::SeqCst))
    };
    let (first, later, wakes) = items(Duration::ZERO);
    assert!(first < later && wakes == 1, "{first} {later} {wakes}: without patience the names come with a later frame");
    let (first, last, wakes) = items(Duration::from_secs(60));
    assert_eq!((first, last, wakes), (later, later, 0), "all at once, and no frame more");
}
