//! What the built-in atlas says: no problem in any of its files, and the facts that the stories hang on.

use std::sync::LazyLock;

use border_atlas::{
    io::built_in_atlas,
    model::{
        Atlas, PolityIx, View, WorldState,
        borders::{LineClass, line_classes},
        validate,
        world::Standing,
    },
    time::{Date, Day},
};

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| {
    let (atlas, problems) = built_in_atlas().unwrap();
    let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(list.is_empty(), "{}", list.join("\n"));
    atlas
});

fn day(text: &str) -> Day {
    Date::parse(text).unwrap().earliest
}

/// Who holds the unit or the first unit of an area, in a view on a day, by id; empty for nobody.
fn holder(place: &str, date: &str, view: &str) -> String {
    let state = WorldState::at(&ATLAS, day(date), &View::from_id(view));
    let unit = ATLAS
        .partition
        .area(place)
        .map(|units| units[0])
        .or_else(|| ATLAS.partition.unit(place))
        .unwrap_or_else(|| panic!("no place {place}"));
    state.holding(unit).holder.map(|polity| ATLAS.polities.at(polity).id.to_string()).unwrap_or_default()
}

#[test]
fn no_file_breaks_a_rule() {
    let list: Vec<String> = validate::atlas_problems(&ATLAS).iter().map(ToString::to_string).collect();
    assert!(list.is_empty(), "{} problems:\n{}", list.len(), list.join("\n"));
}

#[test]
fn crimea_changes_hands_as_each_view_has_it() {
    assert_eq!(holder("crimea", "1850", "de-facto"), "russian-empire");
    assert_eq!(holder("crimea", "1953", "de-facto"), "ussr");
    assert_eq!(holder("crimea", "2013-12-31", "de-facto"), "ukr");
    assert_eq!(holder("crimea", "2015", "de-facto"), "rus");
    assert_eq!(holder("crimea", "2015", "un"), "ukr");
    assert_eq!(holder("crimea", "2015", "ukr"), "ukr");
    assert_eq!(holder("crimea", "2015", "rus"), "rus");
}

#[test]
fn the_transfer_of_1954_moves_crimea_between_republics() {
    let republic = |date: &str| {
        let state = WorldState::at(&ATLAS, day(date), &View::DeFacto);
        let unit = ATLAS.partition.area("crimea").unwrap()[0];
        state.holding(unit).part.map(|polity| ATLAS.polities.at(polity).id.to_string()).unwrap_or_default()
    };
    assert_eq!(republic("1954-02-18"), "rsfsr");
    assert_eq!(republic("1954-04-27"), "ukrainian-ssr");
}

#[test]
fn karabakh_and_aksai_chin_follow_control() {
    assert_eq!(holder("karabakh-oblast", "1975", "de-facto"), "ussr");
    assert_eq!(holder("karabakh-oblast", "2024-06", "de-facto"), "aze");
    assert_eq!(holder("karabakh-oblast", "2000", "un"), "aze");
    assert_eq!(holder("karabakh-oblast", "2000", "aze"), "aze");
    assert_eq!(holder("aksai-chin", "2020-06-15", "de-facto"), "chn");
    assert_eq!(holder("aksai-chin", "2020-06-15", "ind"), "ind");
    assert_eq!(holder("aksai-chin", "2020-06-15", "chn"), "chn");
}

#[test]
fn the_world_today_leaves_no_land_without_a_row() {
    let state = WorldState::at(&ATLAS, day("2026-01-01"), &View::DeFacto);
    let missing: Vec<&str> = ATLAS
        .partition
        .topology
        .unit_ixs()
        .filter(|unit| state.holding(*unit).holder.is_none() && state.holding(*unit).title.is_none())
        .map(|unit| ATLAS.partition.info(unit).id.as_str())
        .collect();
    let undetermined = missing.iter().filter(|id| !id.starts_with("ata/")).count();
    assert!(undetermined <= 2, "{missing:?}");
}

#[test]
fn every_member_of_the_united_nations_is_on_the_map_today() {
    let state = WorldState::at(&ATLAS, day("2026-01-01"), &View::Un);
    let sovereign: Vec<PolityIx> =
        state.presences().into_iter().filter(|(_, presence)| presence.standing == Standing::Sovereign).map(|(polity, _)| polity).collect();
    let codes: Vec<&str> =
        sovereign.iter().map(|polity| ATLAS.polities.at(*polity).iso3.as_str()).filter(|code| !code.is_empty()).collect();
    assert!(codes.len() >= 193, "{} sovereign states: {codes:?}", codes.len());
}

#[test]
fn line_classes_tell_control_from_agreed_borders() {
    let classes_between = |one: &str, other: &str, date: &str, view: &str| {
        let state = WorldState::at(&ATLAS, day(date), &View::from_id(view));
        let classes = line_classes(&ATLAS, &state);
        let (left, right) = (ATLAS.partition.area(one).unwrap(), ATLAS.partition.country(other));
        let arcs = ATLAS.partition.topology.arcs().iter().zip(classes);
        let is_between = |arc: &border_atlas::geometry::topology::Arc| match (arc.left, arc.right) {
            (Some(a), Some(b)) => {
                left.contains(&a) && right.contains(&b) && !left.contains(&b)
                    || left.contains(&b) && right.contains(&a) && !left.contains(&a)
            }
            _ => false,
        };
        let mut found: Vec<LineClass> = arcs.filter(|(arc, _)| is_between(arc)).map(|(_, class)| class).collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    assert_eq!(classes_between("crimea", "ukr", "2010", "de-facto"), [LineClass::Minor]);
    assert_eq!(classes_between("crimea", "ukr", "2015", "de-facto"), [LineClass::DeFacto]);
    assert_eq!(classes_between("crimea", "ukr", "1953", "de-facto"), [LineClass::Internal]);
    assert_eq!(classes_between("karabakh-1994", "arm", "1975", "de-facto"), [LineClass::Internal]);
}

#[test]
fn each_case_has_what_a_lecture_needs() {
    assert_eq!(ATLAS.cases.iter().map(|case| case.id.as_str()).collect::<Vec<_>>(), ["crimea", "galwan", "nagorno-karabakh"]);
    for case in &ATLAS.cases {
        assert!(case.events.len() >= 25, "{}: {} events", case.id, case.events.len());
        assert!(case.regions.len() >= 3 && case.lines.len() >= 2, "{}", case.id);
        assert!(case.disputants().count() >= 2 && case.opening.bbox.is_some() && !case.summary.is_empty(), "{}", case.id);
        assert!(case.views.iter().all(|view| ATLAS.tenure.views().contains(view)), "{}: {:?}", case.id, case.views);
        assert!(case.regions.iter().all(|region| !region.shape.0.is_empty()), "{}", case.id);
    }
}

#[test]
fn alliances_are_complete_at_known_dates() {
    let count = |id: &str, date: &str| ATLAS.alliance(id).unwrap().members_on(day(date)).count();
    assert_eq!(count("nato", "1950-01-01"), 12);
    assert_eq!(count("nato", "1990-01-01"), 16);
    assert_eq!(count("nato", "2024-03-07"), 32);
    assert_eq!(count("warsaw-pact", "1960-01-01"), 8);
    assert_eq!(count("warsaw-pact", "1975-01-01"), 7);
    assert_eq!(count("eu", "1958-01-01"), 6);
    assert_eq!(count("eu", "2014-01-01"), 28);
    assert_eq!(count("eu", "2021-01-01"), 27);
    assert_eq!(count("seato", "1960-01-01"), 8);
    assert_eq!(count("anzus", "1960-01-01"), 3);
}
