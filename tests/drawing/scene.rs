//! Laws of the picture, held against the built-in atlas: names and callouts never cover each other, neighbours differ in colour, legends tell of nothing that
//! is not there.

use std::{collections::BTreeSet, sync::Mutex};

use crate::{atlas, input};
use border_atlas::{
    geometry::{BoundingBox, Camera, Projection},
    model::{EventKind, View, WorldState, borders::LineClass, event::EventFilter},
    scene::{
        Frame, Item, Legend, Look, Rect, Rgba, Scene, SceneCache, SceneInput, Style, Telling, Theme, WorldLayer, compose, compose_with,
        fonts, hues,
        item::Letter,
        labels::{LabelCache, Labelling},
        legend::{LegendGroup, Sample},
        level_for,
        markers::SYMBOL_POINTS,
        names,
        tint::{Loudness, Tints},
    },
    time::Day,
};
use proptest::prelude::*;

fn day(year: i64) -> Day {
    Day::from_ymd(year, 6, 1).expect("a real day")
}

const SIZE: [f64; 2] = [1280.0, 720.0];

fn case_picture(case: &str, at: Day, camera: Camera, look: impl FnOnce(&mut Look)) -> Scene {
    with_case_input(case, at, camera, look, compose)
}

fn with_case_input<T>(case: &str, at: Day, camera: Camera, look: impl FnOnce(&mut Look), paint: impl FnOnce(&SceneInput) -> T) -> T {
    let project = atlas().case(case).expect("the case");
    let state = WorldState::at(atlas(), at, &View::DeFacto);
    let mut own = Look::of_project(atlas(), project, Theme::Light);
    look(&mut own);
    let shown = (at.plus_days(-400), at);
    let frame = Frame::Window { covered: &[] };
    paint(&SceneInput { shown, project: Some(project), frame, ..input(&state, at, &own, camera) })
}

/// The world without a story, on the day of its state.
fn bare_input<'a>(state: &'a WorldState, look: &'a Look, camera: Camera, frame: Frame<'a>) -> SceneInput<'a> {
    SceneInput { frame, ..input(state, state.day, look, camera) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_name_covers_another(lon in -170.0..170.0_f64, lat in -60.0..75.0_f64, width in 2.0..300.0_f64, year in 1900_i64..2024, equal_earth: bool) {
        // One cache over all cases, as a window has: what it keeps must never lead to an overlap.
        static CACHE: Mutex<Option<LabelCache>> = Mutex::new(None);
        let projection = if equal_earth { Projection::EqualEarth } else { Projection::Mercator };
        let half = width / 2.0;
        let bbox = BoundingBox::new((lon - half).max(-180.0), (lat - half / 2.0).max(-84.0), (lon + half).min(180.0), (lat + half / 2.0).min(84.0));
        let camera = Camera::fit(projection, bbox, SIZE, 0.0);
        let state = WorldState::at(atlas(), day(year), &View::DeFacto);
        let look = Look::default();
        let names = names::names(atlas(), &state, day(year), &look, None, &mut Default::default());
        let (level, free) = (level_for(&camera), Rect::new(0.0, 0.0, 1280.0, 720.0));
        let labelling = Labelling { atlas: atlas(), camera, copy: 0, level, free, halo: Rgba::rgb(255, 255, 255), opacity: 1.0, smallest_letters: 0.0 };
        let mut cache = CACHE.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let mut taken = Vec::new();
        let cache = cache.get_or_insert_default();
        cache.refresh(&atlas().partition.topology, projection, &names);
        let items = cache.place(&labelling, &names, |_| true, &mut taken);
        let boxes = |item: &Item| if let Item::Curved(text) = item { text.letters.len() } else { 1 };
        prop_assert_eq!(items.iter().map(boxes).sum::<usize>(), taken.len());
        for (index, rect) in taken.iter().enumerate() {
            prop_assert!(rect.min[0] >= 0.0 && rect.min[1] >= 0.0 && rect.max[0] <= 1280.0 && rect.max[1] <= 720.0);
            // The lines of one name may touch; different names may not. Lines of one name follow each other.
            let overlaps = taken[index + 1..].iter().filter(|other| other.overlaps(rect)).count();
            prop_assert!(overlaps <= 3 && taken.iter().skip(index + 4).all(|other| !other.overlaps(rect)));
        }
    }

    #[test]
    fn no_callout_covers_a_place_a_symbol_or_another(year in 1988_i64..2023, zoom in 0.3..3.0_f64, case in 0_usize..3) {
        let project = &atlas().cases[case % atlas().cases.len()];
        let bbox = project.opening.bbox.unwrap_or(BoundingBox::WORLD);
        let camera = Camera::fit(Projection::Mercator, bbox, SIZE, 0.0).zoomed_at([640.0, 360.0], zoom);
        let scene = case_picture(project.id.as_str(), day(year), camera, |_| {});
        let symbols: Vec<[f32; 2]> = scene.items.iter().filter_map(|item| if let Item::Symbol { at, .. } = item { Some(*at) } else { None }).collect();
        for (index, callout) in scene.callouts.iter().enumerate() {
            prop_assert!(!callout.rect.contains(callout.anchor));
            prop_assert!(symbols.iter().all(|at| !callout.rect.contains(*at)));
            prop_assert!(scene.callouts[index + 1..].iter().all(|other| !other.rect.overlaps(&callout.rect)));
            prop_assert!(callout.leader.len() >= 2);
        }
    }
}

#[test]
fn neighbours_differ_in_colour_today_and_in_1985() {
    for year in [2020, 1985] {
        let state = WorldState::at(atlas(), day(year), &View::DeFacto);
        for arc in atlas().partition.topology.arcs() {
            let holder = |unit: Option<_>| unit.and_then(|unit| state.holding(unit).holder);
            if let (Some(a), Some(b)) = (holder(arc.left), holder(arc.right))
                && a != b
            {
                let color = |polity| hues::color(&atlas().polities, polity, Theme::Light, Loudness::Even);
                let names = [a, b].map(|polity| atlas().polities.at(polity).id.clone());
                let remedy = "run `cargo run --no-default-features --features partition --bin assign-hues`";
                assert!(color(a).difference(color(b)) > 0.02, "{names:?} look alike in {year}: {remedy}");
            }
        }
    }
}

#[test]
fn quiet_land_is_equally_light_and_unlike_water_and_focus_stands_out() {
    for theme in Theme::ALL {
        let style = Style::new(theme);
        // For weak projectors and copies in black and white an even map differs in lightness too, and so does all land on paper.
        let is_even = |loudness: Loudness| loudness == Loudness::Quiet || matches!(theme, Theme::Light | Theme::Dark);
        for loudness in [Loudness::Quiet, Loudness::Even].into_iter().filter(|loudness| is_even(*loudness)) {
            let tints: Vec<Rgba> = (0..hues::HUE_COUNT).map(|place| hues::hue_color(place, theme, loudness)).collect();
            let lightness: Vec<f32> = tints.iter().map(|tint| tint.lightness()).collect();
            let spread = lightness.iter().fold(0.0_f32, |most, value| most.max((value - lightness[0]).abs()));
            assert!(spread < 0.01, "{theme}: {lightness:?}");
            assert!(lightness.iter().all(|value| (value - style.water.lightness()).abs() > 0.05), "{theme}: land is as light as water");
            assert!(tints.iter().all(|tint| style.ink.contrast(*tint) >= 7.0), "{theme}: names cannot be read");
        }
        for place in 0..hues::HUE_COUNT {
            let clear = hues::hue_color(place, theme, Loudness::Clear);
            assert!(style.ink.contrast(clear) >= 4.5, "{theme} {place}: {}", style.ink.contrast(clear));
            assert!(clear.difference(hues::hue_color(place, theme, Loudness::Quiet)) > 0.06, "{theme} {place}");
        }
    }
}

#[test]
fn legends_tell_only_of_what_is_there() {
    let crimea = Camera::fit(Projection::Mercator, BoundingBox::new(32.0, 44.0, 37.0, 46.5), SIZE, 0.0);
    let scene = case_picture("crimea", day(2014), crimea, |_| {});
    let labels: Vec<&str> = scene.legend.rows.iter().map(|row| row.label.as_str()).collect();
    assert!(labels.contains(&"Controlled by Russia, claimed by Ukraine"), "{labels:?}");
    let sahara = Camera::fit(Projection::Mercator, BoundingBox::new(0.0, 20.0, 8.0, 25.0), SIZE, 0.0);
    let away: Legend = case_picture("crimea", day(2014), sahara, |_| {}).legend;
    assert!(away.rows.iter().all(|row| !matches!(row.group, LegendGroup::Claims | LegendGroup::Events)), "{away:?}");
    assert!(away.rows.iter().all(|row| row.label != "Russia" && row.label != "Ukraine"));
    let plain = case_picture("crimea", day(2014), crimea, |look| {
        look.layers.claims.visible = false;
        look.layers.borders.visible = false;
        look.layers.lines.visible = false;
        look.layers.events.visible = false;
    });
    assert!(
        plain.legend.rows.iter().all(|row| matches!(row.sample, Sample::Area(_)) && row.group != LegendGroup::Claims),
        "{:?}",
        plain.legend
    );
}

#[test]
fn the_legend_explains_each_kind_of_event_on_the_map_once_families_together() {
    let region = Camera::fit(Projection::Mercator, BoundingBox::new(32.0, 44.0, 37.0, 46.5), SIZE, 0.0);
    let scene = case_picture("crimea", day(2014), region, |_| {});
    let on_map: BTreeSet<_> = scene
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Symbol { family, kind, event: Some(_), .. } => Some((*family, *kind)),
            _ => None,
        })
        .collect();
    let rows = scene.legend.rows.iter().filter(|row| row.group == LegendGroup::Events);
    let told: Vec<_> = rows
        .map(|row| match row.sample {
            Sample::Event(kind) => {
                assert_eq!(row.label, kind.label());
                (kind.family(), kind)
            }
            _ => panic!("{row:?} is no event"),
        })
        .collect();
    assert_eq!(told, on_map.into_iter().collect::<Vec<_>>());
    let families: BTreeSet<_> = told.iter().map(|(family, _)| *family).collect();
    assert!(told.len() > families.len(), "no family has two kinds here, so that nothing is tested: {told:?}");
}

#[test]
fn names_that_are_worked_out_elsewhere_come_to_stand_where_they_would_have_stood() {
    let region = Camera::fit(Projection::Mercator, BoundingBox::new(22.0, 43.0, 42.0, 53.0), SIZE, 0.0);
    with_case_input(
        "crimea",
        day(2016),
        region,
        |_| {},
        |input| {
            let mut cache = SceneCache::with_names_later();
            let first = compose_with(input, &mut cache, None);
            let at_once = compose(input);
            assert!(first.items.len() < at_once.items.len(), "the first picture has no names of lands yet");
            let work = cache.wanted_names().expect("names are missing");
            cache.take_in(work.done(&atlas().partition.topology));
            assert_eq!(compose_with(input, &mut cache, None).items, at_once.items);
            assert!(cache.wanted_names().is_none(), "nothing is missing any more");
        },
    );
}

#[test]
fn what_has_stood_for_long_is_small_and_has_no_callout() {
    let region = Camera::fit(Projection::Mercator, BoundingBox::new(18.0, 43.0, 42.0, 53.0), SIZE, 0.0);
    let events = &atlas().case("crimea").expect("the case").events;
    with_case_input(
        "crimea",
        day(2005),
        region,
        |_| {},
        |input| {
            let scene = compose(input);
            let stands = |event: usize| events[event].stands_since_before(input.shown.0);
            let mut standing = 0;
            for item in &scene.items {
                if let Item::Symbol { event: Some(event), size_points, .. } = item {
                    standing += usize::from(stands(*event));
                    assert_eq!(stands(*event), *size_points < SYMBOL_POINTS, "{}", events[*event].id);
                }
            }
            assert!(standing > 0, "the treaty of friendship is in force");
            assert!(scene.callouts.iter().all(|callout| !stands(callout.event)));
        },
    );
}

#[test]
fn only_the_kinds_of_events_that_are_asked_for_are_on_the_map() {
    let region = Camera::fit(Projection::Mercator, BoundingBox::new(32.0, 44.0, 37.0, 46.5), SIZE, 0.0);
    let kinds = |filter: EventFilter| -> BTreeSet<EventKind> {
        let scene = case_picture("crimea", day(2014), region, |look| look.events = filter);
        let kind_of = |item: &Item| match item {
            Item::Symbol { kind, event: Some(_), .. } => Some(*kind),
            _ => None,
        };
        scene.items.iter().filter_map(kind_of).collect()
    };
    assert!(kinds(EventFilter::All).len() > 1);
    assert_eq!(kinds(EventFilter::Kind(EventKind::Occupation)), BTreeSet::from([EventKind::Occupation]));
    assert!(kinds(EventFilter::Kind(EventKind::Cyber)).is_empty());
}

#[test]
fn contested_land_is_striped_in_the_colours_of_those_who_contest_it() {
    let state = WorldState::at(atlas(), day(2016), &View::DeFacto);
    let look = Look::default();
    let world = WorldLayer::new(atlas(), &state, &look);
    let unit = atlas().partition.area("crimea").expect("the area")[0];
    let tints = Tints::new(atlas(), &look);
    let [russia, ukraine] = ["rus", "ukr"].map(|id| atlas().polities.find(id).expect("a polity"));
    let (ground, stripe) = (tints.contested_ground(russia), tints.contested_stripe(ukraine));
    let fill = world.fill(unit);
    assert_eq!((fill.base, fill.stripes()), (ground, [stripe].as_slice()));
    // Who controls is seen three times as wide as who claims.
    assert_eq!(fill.bands(), [ground, ground, ground, stripe]);
    assert_eq!(world.class_of_arc.len(), atlas().partition.topology.arcs().len());
    let seams = atlas().partition.topology.arcs().iter().zip(&world.class_of_arc).filter(|(arc, _)| arc.seam);
    assert!(seams.into_iter().all(|(_, class)| *class == LineClass::Absent));
}

#[test]
fn a_kept_cache_gives_names_that_stand_still_while_the_map_is_dragged() {
    let state = WorldState::at(atlas(), day(2020), &View::DeFacto);
    let look = Look::default();
    let mut cache = SceneCache::default();
    let camera = Camera::fit(Projection::EqualEarth, BoundingBox::new(-20.0, 0.0, 60.0, 60.0), SIZE, 0.0);
    let mut at = |camera: Camera, name: &str| {
        let input = SceneInput {
            atlas: atlas(),
            state: &state,
            day: state.day,
            shown: (state.day, state.day),
            project: None,
            look: &look,
            camera,
            selected_event: None,
            telling: &Telling::default(),
            frame: Frame::Window { covered: &[] },
        };
        let scene = compose_with(&input, &mut cache, None);
        let found = scene.items.iter().find_map(|item| {
            if let Item::Text(text) = item
                && text.text == name
            {
                Some(text.at)
            } else {
                None
            }
        });
        found.map(|[x, y]| camera.world_from_screen([f64::from(x), f64::from(y)]))
    };
    let before = at(camera, "ALGERIA").expect("a name");
    let after = at(camera.panned(60.0, -25.0), "ALGERIA").expect("a name");
    assert!((before.x - after.x).abs() < 1e-6 && (before.y - after.y).abs() < 1e-6, "{before:?} {after:?}");
}

#[test]
fn every_letter_of_the_atlas_can_be_drawn() {
    let tables = ["polities.csv", "disputes.csv", "cities.csv", "lines.table", "city-names.table", "capitals.table", "waters.table"];
    let files = tables.map(|file| format!("maps/{file}")).into_iter().chain(
        ["maps/cases", "maps/alliances", "maps/sources", "maps/tenure"].iter().flat_map(|folder| {
            let entries = std::fs::read_dir(folder).expect("a folder of the atlas");
            entries.map(|entry| entry.expect("an entry").path().to_string_lossy().into_owned())
        }),
    );
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a text");
        let letters: BTreeSet<char> = text.chars().filter(|letter| !letter.is_control()).collect();
        let lacking: BTreeSet<char> = letters.into_iter().filter(|letter| !fonts::has(*letter)).collect();
        assert!(lacking.is_empty(), "{file} has letters that no font holds: {lacking:?}. Run assets/fonts/build.sh");
    }
}

#[test]
fn every_copy_of_the_world_that_is_seen_carries_its_names() {
    let day = day(2020);
    let state = WorldState::at(atlas(), day, &View::DeFacto);
    let look = Look::default();
    // The 180th meridian in the middle: Russia ends in one world, and America begins in the next.
    let mut camera = Camera::whole_world(Projection::Mercator, [1600.0, 700.0]);
    camera.center.x = std::f64::consts::PI * 0.98;
    let picture = |frame| compose(&bare_input(&state, &look, camera, frame));
    let scene = picture(Frame::Window { covered: &[] });
    let places = |scene: &Scene, name: &str| -> Vec<f32> {
        let at = |item: &Item| match item {
            Item::Text(text) if text.text == name => Some(text.at[0]),
            Item::Curved(text) if text.text == name => Some(text.letters[0].at[0]),
            _ => None,
        };
        scene.items.iter().filter_map(at).collect()
    };
    let world = (camera.points_per_unit * std::f64::consts::TAU) as f32;
    for name in ["CANADA", "AUSTRALIA", "BRAZIL"] {
        let found = places(&scene, name);
        assert!(!found.is_empty() && found.iter().all(|x| (0.0..=1600.0).contains(x)), "{name}: {found:?}");
        // What is cut by the edge has its name elsewhere; two that are seen whole stand a world apart.
        let apart = |one: &f32| found.iter().any(|other| (other - one - world).abs() < 1.0);
        assert!(found.iter().any(apart), "{name}: {found:?} are no {world} points apart");
    }
    assert!(places(&scene, "CANADA").iter().any(|x| *x > 900.0), "America stands to the east of the 180th meridian");
    assert_eq!(places(&picture(Frame::Print), "CANADA").iter().filter(|x| **x > 900.0).count(), 0, "a print shows one world");
}

#[test]
fn the_name_of_long_land_runs_along_it_and_that_of_compact_land_stays_level() {
    let day = day(2020);
    let state = WorldState::at(atlas(), day, &View::DeFacto);
    let look = Look::default();
    let letters = |bbox: BoundingBox, name: &str| -> Option<Vec<Letter>> {
        let camera = Camera::fit(Projection::EqualEarth, bbox, [1600.0, 900.0], 0.0);
        let input = bare_input(&state, &look, camera, Frame::Window { covered: &[] });
        let items = compose(&input).items;
        items.into_iter().find_map(|item| match item {
            Item::Curved(text) if text.text == name => Some(text.letters),
            Item::Text(text) if text.text == name => Some(Vec::new()),
            _ => None,
        })
    };
    let america = BoundingBox::new(-90.0, -57.0, -30.0, 13.0);
    let chile = letters(america, "CHILE").expect("Chile is named");
    assert_eq!(chile.len(), 5, "Chile is named along its land");
    assert!(chile.iter().all(|letter| letter.angle_rad.abs() > 1.2), "{chile:?}");
    assert!(chile.windows(2).all(|pair| (pair[1].angle_rad - pair[0].angle_rad).abs() < 0.3), "a gentle curve: {chile:?}");
    for (bbox, name) in [
        (america, "BRAZIL"),
        (BoundingBox::new(-12.0, 34.0, 45.0, 70.0), "NORWAY"),
        (BoundingBox::new(85.0, -12.0, 150.0, 46.0), "THAILAND"),
    ] {
        assert_eq!(letters(bbox, name), Some(Vec::new()), "{name} stands level");
    }
}
