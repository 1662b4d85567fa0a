//! Events, regions and lines on the map: they fade with the certainty of their dates, piles are told whole in prints, callouts keep their side, and
//! their lines do not cross.

use crate::{atlas, halaib, input};
use border_atlas::{
    geometry::{BoundingBox, Camera, Projection},
    io::project_file::parse_project,
    model::{Project, View, WorldState},
    scene::{Callout, Frame, Item, ItemLayer, Look, Scene, SceneCache, SceneInput, Telling, Theme, callouts, compose, compose_with},
    time::{Date, Day},
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn day(text: &str) -> Day {
    Date::parse(text).expect("a date").earliest
}

/// What is shown of a project.
struct Shown<'a> {
    project: &'a Project,
    days: (Day, Day),
    camera: Camera,
    telling: Telling,
    frame: Frame<'a>,
    selected: Option<usize>,
}

impl<'a> Shown<'a> {
    fn on(project: &'a Project, on: Day) -> Self {
        let bbox = BoundingBox::new(28.0, 43.0, 42.0, 52.0);
        let camera = Camera::fit(Projection::Mercator, bbox, [1600.0, 1000.0], 0.0);
        Self { project, days: (on, on), camera, telling: Telling::default(), frame: Frame::Window { covered: &[] }, selected: None }
    }

    fn scene(&self, cache: &mut SceneCache) -> Scene {
        let state = WorldState::at(atlas(), self.days.1, &View::DeFacto);
        let look = Look::of_project(atlas(), self.project, Theme::Light);
        let input = SceneInput {
            atlas: atlas(),
            state: &state,
            day: self.days.1,
            shown: self.days,
            project: Some(self.project),
            look: &look,
            camera: self.camera,
            selected_event: self.selected,
            telling: &self.telling,
            frame: self.frame,
        };
        compose_with(&input, cache, None)
    }
}

fn feature(kind: &str, geometry: Value, more: Value) -> Value {
    let mut properties = json!({ "id": format!("{kind}-{more}"), "kind": kind, "name": format!("The {kind}"), "sources": ["s"] });
    properties.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({ "type": "Feature", "geometry": geometry, "properties": properties })
}

fn project(features: Vec<Value>) -> Project {
    let document = json!({ "type": "FeatureCollection", "border_atlas": { "version": 1, "id": "x", "title": "X" }, "features": features });
    let (project, problems) = parse_project("x.geojson", "x", &document.to_string()).expect("a document");
    assert!(problems.is_empty(), "{problems:?}");
    project
}

fn event(name: &str, at: [f64; 2], start: &str) -> Value {
    let more = json!({ "name": name, "event": "clash", "start": start, "place": "P", "importance": 1 });
    feature("event", json!({ "type": "Point", "coordinates": at }), more)
}

fn items(scene: &Scene, layer: ItemLayer) -> impl Iterator<Item = &Item> {
    scene.groups.iter().filter(move |group| group.layer == layer).flat_map(|group| &scene.items[group.items.clone()])
}

#[test]
fn what_is_uncertain_is_fainter_and_what_is_certain_is_not() {
    let line = json!({ "type": "LineString", "coordinates": [[30.0, 45.0], [38.0, 46.0]] });
    let area = json!({ "type": "Polygon", "coordinates": [[[30.0, 44.0], [33.0, 44.0], [33.0, 46.0], [30.0, 44.0]]] });
    let project = project(vec![
        event("Somewhen in 2015", [36.0, 48.0], "2015"),
        feature("line", line, json!({ "class": "claimed", "start": "2015", "end": "2018-06-30" })),
        feature("region", area, json!({ "start": "2015", "end": "2018-06-30" })),
    ]);
    // The opacity of symbol, callout, line and region.
    let seen = |first: &str, last: &str| {
        let scene = Shown { days: (day(first), day(last)), ..Shown::on(&project, day(last)) }.scene(&mut SceneCache::default());
        let symbol = scene.items.iter().find_map(|item| if let Item::Symbol { opacity, .. } = item { Some(*opacity) } else { None });
        let line = items(&scene, ItemLayer::Lines)
            .filter_map(|item| if let Item::Polyline { stroke, .. } = item { Some(stroke.color.opacity()) } else { None });
        let region =
            items(&scene, ItemLayer::Regions).find_map(|item| if let Item::Polygon { opacity, .. } = item { Some(*opacity) } else { None });
        let callout = scene.callouts.first().map(|callout| callout.opacity);
        (symbol, callout, line.last(), region)
    };
    let (symbol, callout, line, region) = seen("2015-03-15", "2015-03-15");
    let (later_symbol, later_callout, later_line, later_region) = seen("2015-01-01", "2015-12-31");
    let pairs = [
        ("symbol", symbol, later_symbol),
        ("callout", callout, later_callout),
        ("line", line, later_line),
        ("region", region, later_region),
    ];
    for (what, uncertain, certain) in pairs {
        let (uncertain, certain) = (uncertain.expect(what), certain.expect(what));
        assert!(uncertain > 0.05 && uncertain < certain - 0.1, "{what}: {uncertain} on a day, {certain} in the whole year");
    }
    assert_eq!((later_symbol, later_callout), (Some(1.0), Some(1.0)), "it happened in that year for sure");
    assert_eq!(seen("2019-01-01", "2019-01-01"), (None, None, None, None));
}

#[test]
fn a_print_lists_every_event_of_a_pile_and_the_window_counts_them() {
    let names = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth"];
    let project = project(names.iter().map(|name| event(name, [34.0, 45.0], "2015-03-15")).collect());
    let words = |scene: &Scene| {
        let texts = scene.items.iter().filter_map(|item| if let Item::Text(text) = item { Some(text.text.clone()) } else { None });
        texts.collect::<Vec<_>>().join("\n")
    };
    let window = Shown::on(&project, day("2015-03-15"));
    let scene = window.scene(&mut SceneCache::default());
    assert_eq!((scene.signs.markers.len(), scene.signs.markers[0].events().len()), (1, 6));
    assert!(words(&scene).contains('6') && scene.signs.fan.is_none());
    let fanned = Telling { fanned: Some(4), ..Telling::default() };
    let open = Shown { telling: fanned, ..Shown::on(&project, day("2015-03-15")) }.scene(&mut SceneCache::default());
    assert_eq!(open.signs.fan.as_ref().map(|fan| fan.markers.len()), Some(6));
    assert_eq!(open.items, scene.items, "nothing else moves when a pile opens");
    let print = words(&Shown { frame: Frame::Print, ..window }.scene(&mut SceneCache::default()));
    assert!(names.iter().all(|name| print.contains(name)), "{print}");
}

#[test]
fn what_is_pinned_stays_whatever_the_date_and_a_folded_callout_is_its_title() {
    let project = project(vec![event("The one", [34.0, 45.0], "2015-03-15")]);
    let callouts =
        |telling: Telling| Shown { telling, ..Shown::on(&project, day("1950-01-01")) }.scene(&mut SceneCache::default()).callouts;
    assert!(callouts(Telling::default()).is_empty());
    let pinned = callouts(Telling { pinned: vec![0], ..Telling::default() });
    assert_eq!((pinned[0].title.concat().as_str(), pinned[0].pinned, pinned[0].opacity), ("The one", true, 1.0));
    let folded = callouts(Telling { pinned: vec![0], exceptions: vec![0], ..Telling::default() });
    assert!(folded[0].folded && folded[0].date.is_empty() && folded[0].rect.height() < pinned[0].rect.height());
}

fn crossing(callouts: &[Callout]) -> Option<(usize, usize)> {
    let pairs = callouts.iter().enumerate().flat_map(|(index, one)| callouts[index + 1..].iter().map(move |other| (one, other)));
    pairs.filter(|(one, other)| callouts::cross(&one.leader, &other.leader)).map(|(one, other)| (one.event, other.event)).next()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn lines_lead_from_places_to_boxes_and_never_cross(year in 1990_i64..2023, zoom in 0.4..3.0_f64, case in 0_usize..3) {
        let project = &atlas().cases[case % atlas().cases.len()];
        let on = Day::from_ymd(year, 6, 1).expect("a day");
        let camera = Shown::on(project, on).camera.zoomed_at([800.0, 500.0], zoom);
        let scene = Shown { days: (on.plus_days(-400), on), camera, ..Shown::on(project, on) }.scene(&mut SceneCache::default());
        prop_assert_eq!(crossing(&scene.callouts), None);
        let picture = border_atlas::scene::Rect::new(0.0, 0.0, 1600.0, 1000.0);
        for callout in &scene.callouts {
            prop_assert!(picture.encloses(&callout.rect));
            prop_assert_eq!(callout.leader[0], callout.anchor);
            prop_assert!(callout.rect.grown(0.01).contains(callout.leader[callout.leader.len() - 1]));
        }
    }

    #[test]
    fn callouts_keep_their_side_while_the_map_is_dragged(angle in 0.0..std::f64::consts::TAU) {
        let project = project(vec![event("One", [34.0, 47.0], "2015-03-15"), event("Two", [36.0, 48.0], "2015-03-15")]);
        let mut cache = SceneCache::default();
        let mut shown = Shown::on(&project, day("2015-03-15"));
        let (dx, dy) = (20.0 * angle.cos(), 20.0 * angle.sin());
        // Across the middle of the picture and beyond, where a box that looks for the best place would change sides.
        shown.camera = shown.camera.panned(-6.0 * dx, -6.0 * dy);
        let mut before = shown.scene(&mut cache).callouts;
        prop_assert_eq!(before.len(), 2);
        for _ in 0..12 {
            shown.camera = shown.camera.panned(dx, dy);
            let after = shown.scene(&mut cache).callouts;
            for one in &before {
                let other = after.iter().find(|other| other.event == one.event).expect("still there");
                let moved = [0, 1].map(|axis| other.rect.min[axis] - one.rect.min[axis]);
                prop_assert!((moved[0] - dx as f32).abs() < 0.1 && (moved[1] - dy as f32).abs() < 0.1, "{:?}", moved);
            }
            before = after;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn callouts_stay_where_they_are_when_a_new_event_comes(lon in 29.0..41.0_f64, lat in 44.0..51.0_f64) {
        let places = [("One", [33.0, 46.0], "2015-03-15"), ("Two", [37.0, 48.5], "2015-03-15"), ("New", [lon, lat], "2015-03-20")];
        let project = project(places.map(|(name, at, start)| event(name, at, start)).to_vec());
        let mut cache = SceneCache::default();
        let mut shown = Shown::on(&project, day("2015-03-15"));
        let before = shown.scene(&mut cache).callouts;
        shown.days.1 = day("2015-03-20");
        let after = shown.scene(&mut cache);
        prop_assume!(after.signs.markers.iter().all(|marker| marker.pile.is_empty() && marker.at == marker.place));
        // Only a symbol that comes to lie under a box moves it.
        let is_free = |callout: &Callout| after.signs.markers.iter().all(|marker| !marker.rect().grown(6.0).overlaps(&callout.rect));
        prop_assume!(before.iter().all(is_free));
        for one in &before {
            let still = after.callouts.iter().find(|other| other.event == one.event).map(|other| other.rect);
            prop_assert_eq!(still, Some(one.rect), "{:?}", one.title);
        }
    }
}

#[test]
fn a_callout_asked_for_by_hand_comes_before_all_others() {
    let places = (0..14).map(|step| [29.0 + f64::from(step) * 0.9, 44.0 + f64::from(step % 5) * 1.6]);
    let project = project(places.map(|at| event(&format!("At {at:?}"), at, "2015-03-15")).collect());
    let unasked = Shown::on(&project, day("2015-03-15")).scene(&mut SceneCache::default()).callouts;
    let missing = (0..14).find(|event| unasked.iter().all(|callout| callout.event != *event)).expect("not all have room");
    let asked = Shown { selected: Some(missing), ..Shown::on(&project, day("2015-03-15")) }.scene(&mut SceneCache::default()).callouts;
    assert_eq!(asked[0].event, missing);
}

#[test]
fn what_is_in_a_hidden_layer_is_in_no_picture() {
    let ring = json!([[[33.0, 45.0], [39.0, 45.0], [39.0, 49.0], [33.0, 49.0], [33.0, 45.0]]]);
    let features = |layer: &str| {
        vec![
            feature("region", json!({ "type": "Polygon", "coordinates": ring }), json!({ "name": "Redland", "layer": layer })),
            feature(
                "line",
                json!({ "type": "LineString", "coordinates": [[31.0, 50.0], [40.0, 50.0]] }),
                json!({ "name": "The redline", "class": "ceasefire", "layer": layer }),
            ),
            feature("place", json!({ "type": "Point", "coordinates": [31.0, 47.0] }), json!({ "name": "Redtown", "layer": layer })),
            feature(
                "event",
                json!({ "type": "Point", "coordinates": [32.0, 48.0] }),
                json!({ "name": "The red clash", "event": "clash", "start": "2000-01-01", "place": "P", "importance": 1, "layer": layer }),
            ),
        ]
    };
    let drawn = |layer: &str, visible: Value| {
        let layers = json!([{ "id": "sketch", "name": "Sketch", "visible": visible }, { "id": "sound", "name": "Sound" }]);
        let header = json!({ "version": 1, "id": "x", "title": "X", "layers": layers });
        let text = json!({ "type": "FeatureCollection", "border_atlas": header, "features": features(layer) }).to_string();
        let (project, problems) = parse_project("x.geojson", "x", &text).expect("a document");
        assert!(problems.is_empty(), "{problems:?}");
        let mut shown = Shown::on(&project, day("2000-01-01"));
        // Selected or pinned, it stays hidden.
        shown.selected = Some(0);
        let scene = shown.scene(&mut SceneCache::default());
        let svg = border_atlas::export::svg(atlas(), &scene, 1.0);
        let counts =
            [ItemLayer::Regions, ItemLayer::Lines, ItemLayer::Places, ItemLayer::Events].map(|layer| items(&scene, layer).count() > 0);
        let words = ["Redland", "redline", "Redtown", "red clash"]
            .map(|word| svg.contains(word) || scene.callouts.iter().any(|callout| callout.title.concat().contains(word)));
        (counts, words, scene.legend.rows.iter().any(|row| row.label.contains("easefire")))
    };
    let all = ([true; 4], [true; 4], true);
    assert_eq!(drawn("sketch", Value::Null), all);
    assert_eq!(drawn("sketch", true.into()), all);
    assert_eq!(drawn("sketch", false.into()), ([false; 4], [false; 4], false));
    assert_eq!(drawn("sound", false.into()), all);
    assert_eq!(drawn("", false.into()), all);
}

#[test]
fn what_a_document_claims_stands_in_its_legend() {
    let whole = halaib();
    let mut unclaimed = whole.clone();
    unclaimed.regions.iter_mut().for_each(|region| std::sync::Arc::make_mut(region).claims.clear());
    let day = day("2000-01-01");
    let state = WorldState::at(atlas(), day, &View::DeFacto);
    let look = Look::of_project(atlas(), &whole, Theme::Light);
    let camera = Camera::fit(Projection::Mercator, whole.opening.bbox.unwrap(), [1280.0, 720.0], 20.0);
    let says = |project: &Project| {
        let scene = compose(&SceneInput { project: Some(project), ..input(&state, day, &look, camera) });
        scene.legend.rows.iter().any(|row| row.label == "Controlled by Egypt, claimed by Sudan")
    };
    assert!(says(&whole) && !says(&unclaimed));
}
