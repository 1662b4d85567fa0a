//! What a newspaper's map desk takes care of: that one sees where on earth a map is, and that what it is about is named, in few words.

use crate::{atlas, input};
use border_atlas::{
    geometry::{BoundingBox, Camera, Projection},
    model::{View, WorldState},
    scene::{Anchor, Frame, Item, ItemLayer, Look, Rect, Scene, SceneInput, Theme, compose, fonts::text_width, furniture::print_camera},
    time::{Date, Day},
};

const SIZE: [f64; 2] = [1600.0, 900.0];

fn day(date: &str) -> Day {
    Date::parse(date).expect("a date").earliest
}

/// A print of a case, or of the bare world.
fn print(case: Option<&str>, date: &str, size: [f64; 2], change: impl FnOnce(&mut Look)) -> Scene {
    let project = case.map(|id| atlas().case(id).expect("the case"));
    let state = WorldState::at(atlas(), day(date), &View::DeFacto);
    let mut look = project.map_or_else(Look::default, |project| Look::of_project(atlas(), project, Theme::Light));
    change(&mut look);
    let look = look.colored(atlas(), project, &state);
    let (projection, bbox) = project.map_or((Projection::EqualEarth, None), |it| (it.opening.projection, it.opening.bbox));
    let shown = (day(date).plus_days(-365), day(date));
    compose(&SceneInput { shown, project, ..input(&state, day(date), &look, print_camera(projection, bbox, size)) })
}

fn items(scene: &Scene, layer: ItemLayer) -> Vec<&Item> {
    scene.groups.iter().filter(|group| group.layer == layer).flat_map(|group| &scene.items[group.items.clone()]).collect()
}

/// All that is written in a layer, with the box of each line.
fn written(scene: &Scene, layer: ItemLayer) -> Vec<(&str, Rect)> {
    items(scene, layer).into_iter().filter_map(words).collect()
}

fn words(item: &Item) -> Option<(&str, Rect)> {
    match item {
        Item::Text(text) => {
            let width = text_width(&text.text, text.face, text.size_points, text.letter_spacing_points);
            let middle = match text.anchor {
                Anchor::Start => width / 2.0,
                Anchor::Middle => 0.0,
                Anchor::End => -width / 2.0,
            };
            Some((text.text.as_str(), Rect::around([text.at[0] + middle, text.at[1]], width, text.size_points)))
        }
        Item::Curved(text) => Some((text.text.as_str(), Rect::around(text.letters[0].at, 1.0, 1.0))),
        _ => None,
    }
}

fn says(scene: &Scene, words: &str) -> bool {
    written(scene, ItemLayer::Labels).iter().any(|(text, _)| text.replace(' ', "").eq_ignore_ascii_case(&words.replace(' ', "")))
}

/// The globe as a box; `None` where there is none.
fn globe(scene: &Scene) -> Option<Rect> {
    items(scene, ItemLayer::Locator).iter().find_map(|item| match item {
        Item::Dot { at, radius_points, .. } => Some(Rect::around(*at, 2.0 * radius_points, 2.0 * radius_points)),
        _ => None,
    })
}

#[test]
fn a_region_has_a_globe_that_covers_nothing() {
    for (case, date) in [("crimea", "2014-03-18"), ("crimea", "2022-10-15"), ("nagorno-karabakh", "2020-10-20"), ("galwan", "2020-06-15")] {
        for size in [SIZE, [1024.0, 768.0]] {
            let scene = print(Some(case), date, size, |_| {});
            let globe = globe(&scene).expect("a globe");
            assert!(Rect::new(0.0, 0.0, size[0] as f32, size[1] as f32).encloses(&globe), "{case} {date}");
            assert!(scene.callouts.iter().all(|callout| !callout.rect.overlaps(&globe)), "{case} {date}: a callout");
            let layers = [ItemLayer::Labels, ItemLayer::Places, ItemLayer::Cities, ItemLayer::Waters, ItemLayer::Furniture];
            for (text, rect) in layers.into_iter().flat_map(|layer| written(&scene, layer)) {
                assert!(!rect.overlaps(&globe), "{case} {date}: {text}");
            }
            let is_sign = |item: &&Item| matches!(item, Item::Symbol { .. });
            for sign in items(&scene, ItemLayer::Events).into_iter().filter(is_sign) {
                assert!(!matches!(sign, Item::Symbol { at, .. } if globe.contains(*at)), "{case} {date}: {sign:?}");
            }
        }
    }
}

#[test]
fn the_whole_world_and_a_map_without_that_layer_have_no_globe() {
    assert_eq!(globe(&print(None, "2020-01-01", SIZE, |_| {})), None);
    assert_eq!(globe(&print(Some("crimea"), "2020-01-01", SIZE, |look| look.layers.locator.visible = false)), None);
}

#[test]
fn the_mark_lies_where_the_map_is() {
    // The camera's middle, seen from a little nearer to the equator, is above the middle of the globe in the north and below it in the south.
    let mark = |bbox: BoundingBox| {
        let state = WorldState::at(atlas(), day("2020"), &View::DeFacto);
        let look = Look::default();
        let camera = Camera::fit(Projection::Mercator, bbox, SIZE, 0.0);
        let (day, frame) = (state.day, Frame::Window { covered: &[] });
        let shown = (day, day);
        let input = SceneInput { shown, frame, ..input(&state, day, &look, camera) };
        let scene = compose(&input);
        let middle = globe(&scene).expect("a globe").middle();
        let last = items(&scene, ItemLayer::Locator).into_iter().next_back().cloned();
        match last.expect("a mark") {
            Item::Box { rect, .. } => [rect.middle()[0] - middle[0], rect.middle()[1] - middle[1]],
            other => panic!("{other:?}"),
        }
    };
    let (north, south) = (mark(BoundingBox::new(20.0, 58.0, 23.0, 60.0)), mark(BoundingBox::new(20.0, -34.0, 23.0, -32.0)));
    assert!(north[0].abs() < 1.0 && south[0].abs() < 1.0, "{north:?} {south:?}");
    assert!(north[1] < -8.0 && south[1] > 4.0, "{north:?} {south:?}");
}

#[test]
fn land_that_others_hold_and_long_names_are_named_on_the_world() {
    let world = print(None, "1914-06-28", SIZE, |_| {});
    for name in ["Egypt", "ITALY", "JAPAN"] {
        assert!(says(&world, name), "{name}: {:?}", written(&world, ItemLayer::Labels).iter().map(|it| it.0).collect::<Vec<_>>());
    }
}

#[test]
fn what_the_talk_is_about_is_named_however_full_the_map_is() {
    let picture = print(Some("nagorno-karabakh"), "2020-10-20", [1024.0, 768.0], |_| {});
    for name in ["ARMENIA", "AZERBAIJAN"] {
        assert!(says(&picture, name), "{name}: {:?}", written(&picture, ItemLayer::Labels).iter().map(|it| it.0).collect::<Vec<_>>());
    }
}

#[test]
fn beside_a_story_disputes_are_named_in_few_words() {
    // Without callouts, which may stand over any of them.
    let galwan = print(Some("galwan"), "2020-06-15", SIZE, |look| look.layers.events.visible = false);
    assert!(says(&galwan, "Azad Kashmir") && says(&galwan, "Kashmir"));
    assert!(!says(&galwan, "(Pakistan-occupied Kashmir)") && !says(&galwan, "(Siachen)"));
}
