//! Who is shown in control of which part of Ukraine since February 2022, and that the fronts are drawn as approximate.

use border_atlas::{
    geometry::{LonLat, UnitIx},
    io::built_in_atlas,
    model::{Atlas, View, WorldState, borders::LineClass},
    scene::{Look, Theme, WorldLayer},
    time::Day,
};
use std::sync::LazyLock;

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| built_in_atlas().expect("the built-in atlas").0);

fn state(year: i64, month: u8, day: u8, view: &str) -> WorldState {
    WorldState::at(&ATLAS, Day::from_ymd(year, month, day).expect("a real day"), &View::from_id(view))
}

fn unit_at(lon: f64, lat: f64) -> UnitIx {
    ATLAS.partition.topology.unit_at(LonLat::new(lon, lat)).expect("on land")
}

fn holder(state: &WorldState, lon: f64, lat: f64) -> &'static str {
    state.holding(unit_at(lon, lat)).holder.map_or("", |polity| ATLAS.polities.at(polity).id.as_str())
}

#[test]
fn towns_are_held_by_those_who_held_them() {
    // Before the war, 1 April and 15 October 2022, 1 January 2024, 1 January 2026.
    let days = [(2022, 2, 20), (2022, 4, 1), (2022, 10, 15), (2024, 1, 1), (2026, 1, 1)];
    let states = days.map(|(year, month, day)| state(year, month, day, "de-facto"));
    for (town, lon, lat, holders) in [
        ("Kherson", 32.60, 46.67, ["ukr", "rus", "rus", "ukr", "ukr"]),
        ("Kakhovka", 33.48, 46.80, ["ukr", "rus", "rus", "rus", "rus"]),
        ("Melitopol", 35.37, 46.85, ["ukr", "rus", "rus", "rus", "rus"]),
        ("Zaporizhzhia", 35.18, 47.84, ["ukr", "ukr", "ukr", "ukr", "ukr"]),
        ("Volnovakha", 37.49, 47.60, ["ukr", "rus", "rus", "rus", "rus"]),
        ("Donetsk", 37.80, 48.00, ["dpr", "dpr", "rus", "rus", "rus"]),
        ("Luhansk", 39.30, 48.57, ["lpr", "lpr", "rus", "rus", "rus"]),
        ("Starobilsk", 38.91, 49.28, ["ukr", "rus", "rus", "rus", "rus"]),
        ("Lysychansk", 38.43, 48.90, ["ukr", "ukr", "rus", "rus", "rus"]),
        ("Izium", 37.26, 49.21, ["ukr", "rus", "ukr", "ukr", "ukr"]),
        ("Lyman", 37.81, 48.985, ["ukr", "ukr", "ukr", "ukr", "ukr"]),
        ("Bakhmut", 38.00, 48.595, ["ukr", "ukr", "ukr", "rus", "rus"]),
        ("Avdiivka", 37.75, 48.14, ["ukr", "ukr", "ukr", "ukr", "rus"]),
        ("Kramatorsk", 37.56, 48.72, ["ukr", "ukr", "ukr", "ukr", "ukr"]),
        ("Simferopol", 34.10, 44.95, ["rus", "rus", "rus", "rus", "rus"]),
    ] {
        assert_eq!([0, 1, 2, 3, 4].map(|ix| holder(&states[ix], lon, lat)), holders, "{town}");
    }
    assert_eq!(holder(&state(2022, 7, 1, "de-facto"), 37.81, 48.985), "rus", "Lyman in the summer of 2022");
}

#[test]
fn titles_and_control_differ_by_view() {
    for (view, kherson, kakhovka) in [("un", ("ukr", None), ("ukr", Some("rus"))), ("rus", ("rus", Some("ukr")), ("rus", Some("rus")))] {
        let state = state(2024, 1, 1, view);
        let at = |lon, lat| {
            let control = state.holding(unit_at(lon, lat)).control.map(|polity| ATLAS.polities.at(polity).id.as_str());
            (holder(&state, lon, lat), control)
        };
        assert_eq!((at(32.60, 46.67), at(33.48, 46.80)), (kherson, kakhovka), "{view}");
    }
}

#[test]
fn fronts_are_soft_lines_of_control() {
    let topology = &ATLAS.partition.topology;
    for view in ["de-facto", "rus", "ukr", "un"] {
        let state = state(2024, 1, 1, view);
        let world = WorldLayer::new(&ATLAS, &state, &Look::of_project(&ATLAS, ATLAS.case("crimea").expect("the case"), Theme::Light));
        let drawn =
            |ix: &border_atlas::geometry::ArcIx| topology.arc(*ix).approximate && world.class_of_arc[ix.index()] != LineClass::Absent;
        let fronts: Vec<_> = topology.arc_ixs().filter(drawn).collect();
        // The Dnipro, Zaporizhzhia, the south of Donetsk and Bakhmut.
        assert!(fronts.len() >= 4, "{view}: {}", fronts.len());
        for ix in fronts {
            assert_eq!((world.class_of_arc[ix.index()], world.soft_arcs[ix.index()]), (LineClass::DeFacto, true), "{view}");
        }
    }
}
