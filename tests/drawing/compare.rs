//! What differs between two states of the world obeys laws that other parts of the atlas can check, and its pictures show it alike in SVG and PNG.

use std::sync::Arc;

use crate::atlas;
use border_atlas::{
    export,
    geometry::{BoundingBox, Projection, UnitIx},
    model::{
        Comparison, PolityId, View, WorldState,
        borders::{LineClass, line_classes},
        comparison::{ChangeKind, membership_changes},
    },
    scene::{
        Fill, Item, ItemLayer, Look, Staging, Theme,
        compare::{CompareInput, Layout, Moment, difference_layer, sheet},
        fonts::{FACES, FALLBACKS},
        sheet::{Pane, Sheet},
    },
    time::Day,
};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn state(at: Day, view: &View) -> Arc<WorldState> {
    Arc::new(WorldState::at(atlas(), at, view))
}

fn between(before: &str, after: &str) -> Comparison {
    Comparison::new(atlas(), state(day(before), &View::DeFacto), state(day(after), &View::DeFacto))
}

fn views() -> Vec<View> {
    vec![View::DeFacto, View::Un, View::Party(PolityId::from("ukr")), View::Party(PolityId::from("ind"))]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    /// Whatever two dates and views: nothing is gained that nobody lost, and the way back is the same with both sides changed.
    #[test]
    fn gains_and_losses_balance(one in 1780_i64..2026, other in 1780_i64..2026, views_at in (0_usize..4, 0_usize..4)) {
        let at = |year: i64| Day::from_ymd(year, 7, 1).unwrap();
        let sides = [state(at(one), &views()[views_at.0]), state(at(other), &views()[views_at.1])];
        let way = Comparison::new(atlas(), sides[0].clone(), sides[1].clone());
        let back = Comparison::new(atlas(), sides[1].clone(), sides[0].clone());
        let near = |one: f64, other: f64| (one - other).abs() <= 1e-6 * (1.0 + one.abs());
        let sum = |pick: fn(&border_atlas::model::comparison::Balance) -> f64| way.balances.iter().map(pick).sum::<f64>();
        prop_assert!(near(sum(|own| own.gained_km2), sum(|own| own.lost_km2)));
        prop_assert!(near(sum(|own| own.gained_km2), way.changed_km2()));
        prop_assert!(near(way.changed_km2(), back.changed_km2()));
        prop_assert!(near(way.changed_km2(), way.km2_of(atlas(), ChangeKind::Hands)));
        for own in &way.balances {
            prop_assert!(near(own.before_km2 + own.net_km2(), own.after_km2), "{own:?}");
            let returned = back.balances.iter().find(|other| other.who == own.who).unwrap();
            prop_assert!(near(own.gained_km2, returned.lost_km2) && near(own.before_km2, returned.after_km2));
        }
        prop_assert_eq!(&way.units, &back.units);
    }
}

#[test]
fn nothing_differs_from_itself_and_every_unit_that_differs_is_told_once() {
    assert!(between("2014-03-01", "2014-03-01").is_empty());
    let found = between("1914-01-01", "1991-12-31");
    assert!(found.units.windows(2).all(|pair| pair[0].unit < pair[1].unit));
    let mut handed: Vec<UnitIx> = found.transfers.iter().flat_map(|transfer| transfer.units.clone()).collect();
    handed.sort_unstable();
    let told: Vec<UnitIx> = found.units.iter().filter(|change| change.kind == ChangeKind::Hands).map(|change| change.unit).collect();
    assert_eq!(handed, told);
    for (unit, (old, new)) in (0..).map(UnitIx).zip(found.before.holdings().iter().zip(found.after.holdings())) {
        assert_eq!(told.binary_search(&unit).is_ok(), old.answerable_holder() != new.answerable_holder());
    }
}

#[test]
fn the_lines_that_differ_are_those_whose_class_does() {
    let found = between("2013-01-01", "2022-12-31");
    let classes = [&found.before, &found.after].map(|state| line_classes(atlas(), state));
    let mut told = 0;
    for line in &found.lines {
        told += line.arcs.len();
        assert!(line.before != line.after && line.before != LineClass::Coast && line.after != LineClass::Coast);
        assert!(line.arcs.iter().all(|arc| [classes[0][arc.index()], classes[1][arc.index()]] == [line.before, line.after]));
        assert!(line.length_km(atlas()) > 0.0);
    }
    assert_eq!(told, classes[0].iter().zip(&classes[1]).filter(|(old, new)| old != new).count());
}

#[test]
fn crimea_went_from_ukraine_to_russia_and_is_all_that_is_lit() {
    let found = between("2013-06-01", "2014-04-01");
    let polity = |id: &str| atlas().polities.find(id);
    let taken = found.transfers.iter().find(|transfer| transfer.from == polity("ukr")).expect("land of Ukraine");
    assert!(taken.to == polity("rus") && (25_000.0..29_000.0).contains(&taken.km2), "{taken:?}");
    let land = difference_layer(atlas(), &found, &Look::default());
    let mut units = (0..atlas().partition.units.len() as u32).map(UnitIx);
    let same = units.find(|unit| found.units.iter().all(|change| change.unit != *unit)).expect("land that is the same");
    let grey = Fill::plain(land.fill(same).base);
    for (unit, _) in (0..).map(UnitIx).zip(&atlas().partition.units) {
        let differs = found.units.iter().any(|change| change.unit == unit);
        assert_eq!(*land.fill(unit) == grey, !differs, "{}", atlas().partition.info(unit).id);
    }
    let kept = land.class_of_arc.iter().filter(|class| **class == LineClass::Unchanged).count();
    assert!(
        kept > 1000
            && land
                .class_of_arc
                .iter()
                .all(|class| *class != LineClass::Agreed || found.lines.iter().any(|line| line.after == LineClass::Agreed))
    );
}

#[test]
fn who_joined_is_told_with_the_standing_on_both_days() {
    let changes = membership_changes(atlas(), day("2003-01-01"), day("2005-01-01"));
    let baltic = changes.iter().find(|change| change.alliance.as_str() == "nato" && change.polity.as_str() == "est").expect("Estonia");
    assert_eq!((baltic.before.as_deref(), baltic.after.as_deref()), (None, Some("member")));
    assert!(membership_changes(atlas(), day("2003-01-01"), day("2003-01-01")).is_empty());
}

fn picture(layout: Layout, years: &[&str], size_points: [f64; 2]) -> Sheet {
    let case = atlas().case("crimea").expect("the case");
    let moments: Vec<Moment> = years.iter().map(|at| Moment { state: state(day(at), &View::DeFacto), day: day(at) }).collect();
    let look = Look::of_project(atlas(), case, Default::default());
    let bbox = Some(BoundingBox::new(26.0, 43.0, 42.0, 53.0));
    sheet(
        &CompareInput {
            atlas: atlas(),
            moments: &moments,
            project: Some(case),
            look: &look,
            projection: Projection::EqualEarth,
            bbox,
            size_points,
        },
        layout,
    )
}

const DATES: [&str; 4] = ["2013-06-01", "2014-04-01", "2015-03-01", "2022-12-01"];

/// Every layout with as many dates as it takes.
fn layouts() -> [(Layout, &'static [&'static str]); 4] {
    let two = &DATES[..2];
    [(Layout::Swipe, two), (Layout::Side, two), (Layout::Difference, two), (Layout::Multiples, &DATES)]
}

#[test]
fn every_sheet_says_its_dates_views_and_notes_and_is_the_same_every_time() {
    for (layout, dates) in layouts() {
        let svg = export::sheet_svg(atlas(), &picture(layout, dates, [1200.0, 760.0]), 1.0);
        for date in dates {
            assert!(svg.contains(&day(date).label()), "{layout:?}: no {date}");
        }
        for words in ["View: de facto control", "imply no endorsement", "1:10 million", "sources", " km"] {
            assert!(svg.contains(words), "{layout:?}: no {words}");
        }
        assert!(resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default()).is_ok());
        let ids: Vec<&str> = svg.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(ids.len(), ids.iter().collect::<std::collections::HashSet<_>>().len(), "{layout:?}: an id stands twice");
        assert_eq!(svg, export::sheet_svg(atlas(), &picture(layout, dates, [1200.0, 760.0]), 1.0), "{layout:?}");
        let png = || export::sheet_png(atlas(), &picture(layout, dates, [600.0, 380.0]), 1.0).unwrap();
        assert!(png() == png(), "{layout:?}: two renderings differ");
    }
}

/// Red, green, blue of every pixel, as our PNG gives it and as resvg draws our SVG.
fn both_ways(sheet: &Sheet, scale: f64) -> [Vec<u8>; 2] {
    use resvg::{tiny_skia, usvg};
    let png = export::sheet_png(atlas(), sheet, scale).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut ours = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut ours).unwrap();
    let mut options = usvg::Options { font_family: "Inter".to_owned(), ..Default::default() };
    FACES.iter().chain(&FALLBACKS).for_each(|file| options.fontdb_mut().load_font_data(file.bytes.to_vec()));
    let tree = usvg::Tree::from_str(&export::sheet_svg(atlas(), sheet, scale), &options).unwrap();
    let [width, height] = sheet.size_points.map(|side| (side * scale).round() as u32);
    let mut pixmap = tiny_skia::Pixmap::new(width, height).unwrap();
    resvg::render(&tree, tiny_skia::Transform::default(), &mut pixmap.as_mut());
    [ours, pixmap.data().chunks_exact(4).flat_map(|pixel| pixel[..3].to_vec()).collect()]
}

#[test]
fn png_and_svg_of_a_sheet_show_the_same_in_every_part() {
    for (layout, dates) in layouts() {
        let [png, svg] = both_ways(&picture(layout, dates, [960.0, 540.0]), 1.0);
        assert_eq!(png.len(), svg.len());
        for (strip, (ours, theirs)) in png.chunks(png.len().div_ceil(8)).zip(svg.chunks(svg.len().div_ceil(8))).enumerate() {
            let differing = ours.iter().zip(theirs).filter(|(one, other)| one.abs_diff(**other) > 48).count();
            assert!(differing * 40 < ours.len(), "{layout:?}, strip {strip}: {differing} of {} numbers differ", ours.len());
        }
    }
}

#[test]
fn the_halves_of_a_swipe_are_the_pictures_of_their_own_dates() {
    let sheet = picture(Layout::Swipe, &DATES[..2], [1200.0, 700.0]);
    let [first, second] = [&sheet.panes[0], &sheet.panes[1]];
    assert_eq!(first.scene.camera, second.scene.camera);
    assert!((first.clip.max[0] - second.clip.min[0]).abs() < 0.01 && (second.clip.max[0] - 1200.0).abs() < 0.01);
    let crimea = atlas().partition.area("crimea").unwrap()[0];
    assert_ne!(first.scene.world.fill(crimea), second.scene.world.fill(crimea));
    assert_eq!((first.scene.notes.date.as_str(), second.scene.notes.date.as_str()), ("1 June 2013", "1 April 2014"));
}

/// The sheet of a scene of a built-in lecture, with all of its steps taken.
fn staged(case: &str, scene: &str) -> Sheet {
    let project = atlas().cases.iter().find(|project| project.id.as_str() == case).unwrap();
    let slide = project.slides.iter().find(|slide| slide.id == scene).unwrap();
    Staging::new(atlas(), project, slide, slide.picture_count() - 1, Theme::Light).sheet(atlas(), project, [960.0, 540.0])
}

#[test]
fn a_scene_that_compares_is_a_sheet_of_both_sides_under_one_heading() {
    let has = |pane: &Pane, layer: ItemLayer| pane.scene.groups.iter().any(|group| group.layer == layer);
    let is_sign = |item: &Item| matches!(item, Item::Symbol { .. });
    // Two views of one day: what happened lies over both.
    let views = staged("galwan", "road");
    assert!(views.title.contains("21 October 1959") && views.description.contains("China → India"), "{views:?}");
    assert!(views.panes.len() == 2 && views.panes[0].clip.max[0] == views.panes[1].clip.min[0]);
    assert!(views.panes.iter().all(|pane| !has(pane, ItemLayer::Events) && !has(pane, ItemLayer::Furniture)));
    assert!(views.told.iter().flat_map(|(_, items)| items).filter(|item| is_sign(item)).count() >= 3);
    let project = atlas().cases.iter().find(|project| project.id.as_str() == "galwan").unwrap();
    let road = project.slides.iter().find(|slide| slide.id == "road").unwrap();
    let month = Staging::new(atlas(), project, road, 2, Theme::Light).sheet(atlas(), project, [960.0, 540.0]);
    let dates: Vec<&str> =
        month.divider.iter().filter_map(|item| if let Item::Text(text) = item { Some(text.text.as_str()) } else { None }).collect();
    assert_eq!(dates.iter().filter(|text| **text == "January 1957").count(), 2, "as the scene gives it: {dates:?}");
    // Two dates: what happened stands on its own side.
    let dates = staged("nagorno-karabakh", "statement");
    assert!(dates.title.contains("26 September 2020 → 1 December 2020"), "{}", dates.title);
    assert_eq!(dates.panes.iter().map(|pane| has(pane, ItemLayer::Events)).collect::<Vec<_>>(), [false, true]);
    assert!(!dates.items.iter().any(is_sign));
    let divider = dates.panes[1].clip.min[0];
    assert!(dates.panes[1].scene.callouts.iter().all(|callout| callout.rect.min[0] >= divider), "no callout is cut");
    // Side by side: two maps of the same place, beside the words.
    let side = staged("nagorno-karabakh", "quiz-2005");
    let [first, second] = side.panes.as_slice() else { panic!("two maps") };
    assert!(first.clip.max[0] < second.clip.min[0] && first.scene.camera == second.scene.camera && first.origin == first.clip.min);
    let project = &atlas().cases.iter().find(|project| project.id.as_str() == "nagorno-karabakh").unwrap();
    let quiz = project.slides.iter().find(|slide| slide.id == "quiz-2005").unwrap();
    let asked = Staging::new(atlas(), project, quiz, 0, Theme::Light);
    assert!(asked.other.is_none() && asked.sheet(atlas(), project, [960.0, 540.0]).only().is_some(), "before the answer there is one map");
}
