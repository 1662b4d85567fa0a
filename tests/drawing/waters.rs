//! Names of waters: the table of the built-in atlas, and where the names stand.

use crate::{atlas, input};
use border_atlas::{
    export,
    geometry::{BoundingBox, Camera, LonLat, Projection},
    model::{Atlas, View, WorldState, validate, water::WaterKind},
    scene::{
        Frame, Item, Look, Rect, Scene, SceneCache, SceneInput, Theme, compose_with,
        fonts::{CAP_HEIGHT, text_width},
        item::CurvedText,
    },
    time::Day,
};

const SIZE: [f64; 2] = [1280.0, 720.0];

fn problems_of(atlas: &Atlas) -> Vec<String> {
    let problems = validate::atlas_problems(atlas).into_iter().filter(|problem| problem.file.ends_with("waters.table"));
    problems.map(|problem| problem.to_string()).collect()
}

fn camera([west, south, east, north]: [f64; 4]) -> Camera {
    Camera::fit(Projection::Mercator, BoundingBox::new(west, south, east, north), SIZE, 0.0)
}

fn picture(cache: &mut SceneCache, camera: Camera, view: &str, look: impl FnOnce(&mut Look)) -> Scene {
    let day = Day::from_ymd(2020, 6, 1).expect("a real day");
    let state = WorldState::at(atlas(), day, &View::from_id(view));
    let mut own = Look { theme: Theme::Light, ..Look::default() };
    look(&mut own);
    let input = SceneInput { frame: Frame::Window { covered: &[] }, ..input(&state, day, &own, camera) };
    compose_with(&input, cache, None)
}

fn curved(scene: &Scene) -> Vec<&CurvedText> {
    scene.items.iter().filter_map(|item| if let Item::Curved(text) = item { Some(text) } else { None }).collect()
}

fn written(bbox: [f64; 4], view: &str) -> Vec<String> {
    curved(&picture(&mut SceneCache::default(), camera(bbox), view, |_| {})).iter().map(|text| text.text.clone()).collect()
}

const GULF: [f64; 4] = [46.0, 22.0, 60.0, 31.0];
const EAST_ASIA: [f64; 4] = [118.0, 28.0, 146.0, 44.0];
const BLACK_SEA: [f64; 4] = [26.0, 40.0, 42.0, 48.0];

#[test]
fn every_place_along_a_name_lies_in_water() {
    assert!(atlas().waters.len() >= 90, "{} waters", atlas().waters.len());
    let problems = problems_of(atlas());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_sea_on_land_is_told_and_a_lake_there_is_not() {
    let mut atlas = Atlas { cases: Vec::new(), ..atlas().clone() };
    let water = atlas.waters.iter_mut().find(|water| water.id == "black-sea").expect("the Black Sea");
    water.curve[0] = LonLat::new(31.0, 50.0);
    assert!(problems_of(&atlas).iter().any(|problem| problem.contains("outside-water")));
    atlas.waters.iter_mut().for_each(|water| water.kind = WaterKind::Lake);
    assert!(problems_of(&atlas).is_empty());
}

#[test]
fn waters_are_called_what_the_view_calls_them() {
    let has = |bbox, view: &str, name: &str| written(bbox, view).iter().any(|text| text == name);
    assert!(has(GULF, "de-facto", "Persian Gulf / Arabian Gulf"), "{:?}", written(GULF, "de-facto"));
    assert!(has(GULF, "sau", "Arabian Gulf") && has(GULF, "irn", "Persian Gulf") && has(GULF, "un", "Persian Gulf"));
    assert!(has(EAST_ASIA, "de-facto", "Sea of Japan / East Sea"), "{:?}", written(EAST_ASIA, "de-facto"));
    assert!(has(EAST_ASIA, "kor", "East Sea") && has(EAST_ASIA, "jpn", "Sea of Japan"));
}

/// A box round the middle of each letter, smaller than the letter.
fn letter_boxes(text: &CurvedText) -> Vec<Rect> {
    let half = text.size_points * CAP_HEIGHT / 2.0;
    let up = |letter: &border_atlas::scene::item::Letter| {
        [letter.at[0] + letter.angle_rad.sin() * half, letter.at[1] - letter.angle_rad.cos() * half]
    };
    text.letters.iter().map(|letter| Rect::around(up(letter), half, half)).collect()
}

#[test]
fn names_of_waters_lie_under_everything_and_cover_no_name() {
    for bbox in [GULF, EAST_ASIA, BLACK_SEA, [-25.0, 30.0, 45.0, 65.0]] {
        let scene = picture(&mut SceneCache::default(), camera(bbox), "de-facto", |_| {});
        let waters = curved(&scene);
        assert!(waters.len() >= 2, "{bbox:?}");
        for item in &scene.items {
            let Item::Text(text) = item else { continue };
            if text.anchor != border_atlas::scene::Anchor::Middle || text.angle_rad != 0.0 {
                continue;
            }
            let width = text_width(&text.text, text.face, text.size_points, text.letter_spacing_points);
            let rect = Rect::around(text.at, width, text.size_points * CAP_HEIGHT);
            for water in &waters {
                assert!(letter_boxes(water).iter().all(|letter| !letter.overlaps(&rect)), "{} covers {}", water.text, text.text);
            }
        }
        let at = |wanted: fn(&Item) -> bool| scene.items.iter().position(wanted).expect("an item");
        assert!(at(|item| matches!(item, Item::Curved(_))) < at(|item| matches!(item, Item::Text(_))));
        let mut named: Vec<&str> = waters.iter().map(|text| text.text.as_str()).collect();
        named.sort_unstable();
        let all = named.len();
        named.dedup();
        assert_eq!(named.len(), all, "a water is named twice");
    }
}

#[test]
fn the_layer_can_be_switched_off() {
    let count = |visible| {
        curved(&picture(&mut SceneCache::default(), camera(BLACK_SEA), "de-facto", |look| look.layers.waters.visible = visible)).len()
    };
    assert!(count(true) > 1);
    assert_eq!(count(false), 0);
}

#[test]
fn a_name_stays_on_its_water_while_the_map_is_dragged() {
    let mut cache = SceneCache::default();
    let mut at = |camera: Camera| {
        let scene = picture(&mut cache, camera, "de-facto", |_| {});
        let found = curved(&scene).into_iter().find(|text| text.text == "Black Sea").expect("the Black Sea");
        camera.world_from_screen(found.letters[0].at.map(f64::from))
    };
    let before = camera(BLACK_SEA);
    let first = at(before);
    for step in 1..=6 {
        let now = at(before.panned(f64::from(step) * 9.0, f64::from(step) * -5.0));
        assert!((first.x - now.x).abs() < 1e-5 && (first.y - now.y).abs() < 1e-5, "step {step}: {first:?} {now:?}");
    }
}

#[test]
fn a_curved_name_in_svg_is_one_text_with_a_place_and_an_angle_for_each_letter() {
    let svg = export::svg(atlas(), &picture(&mut SceneCache::default(), camera(BLACK_SEA), "de-facto", |_| {}), 1.0);
    let end = svg.find(">Black Sea</text>").expect("a text that can be searched");
    let start = svg[..end].rfind("<text").expect("its element");
    for list in ["x", "y", "rotate"] {
        let values = svg[start..end].split(&format!(" {list}=\"")).nth(1).and_then(|rest| rest.split('"').next()).expect("a list");
        assert_eq!(values.split(' ').count(), "Black Sea".len(), "{list}: {values}");
    }
    assert!(svg.contains("<g id=\"waters\">"));
}
