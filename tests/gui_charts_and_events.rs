//! Lanes, charts and the event list over the atlas that the program carries.

#![cfg(feature = "gui")]

use std::sync::LazyLock;

use border_atlas::{
    gui::{
        charts::{ChartsState, charts_ui},
        event_list::{EventListState, EventPlace, event_list_ui},
        timeline::{BandRow, Lane, LaneInput, TimelinePalette, lanes},
    },
    io::built_in_atlas,
    model::{
        AllianceId, Atlas, EventKind, Project, View,
        event::{EventFamily, EventFilter},
    },
    scene::{Style, Theme, fonts},
    time::Day,
};
use egui::{FontData, FontDefinitions, FontFamily};
use egui_kittest::{Harness, kittest::Queryable};

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| built_in_atlas().expect("the atlas").0);

fn case(id: &str) -> &'static Project {
    ATLAS.case(id).expect("a case")
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn palette() -> TimelinePalette {
    TimelinePalette::from_style(&Style::new(Theme::Dark), FontFamily::Proportional)
}

fn install_fonts(ctx: &egui::Context) {
    let mut definitions = FontDefinitions::empty();
    let file = &fonts::FACES[0];
    definitions.font_data.insert(file.name.to_owned(), FontData::from_static(file.bytes).into());
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        definitions.families.insert(family, vec![file.name.to_owned()]);
    }
    ctx.set_fonts(definitions);
}

fn lanes_of(project: Option<&Project>, alliances: &[&str]) -> Vec<Lane> {
    let alliances: Vec<AllianceId> = alliances.iter().map(|id| AllianceId::from(*id)).collect();
    lanes(&LaneInput { atlas: &ATLAS, project, view: &View::DeFacto, alliances: &alliances, theme: Theme::Light })
}

/// Who has a bar in a lane on a day.
fn bars_on(lane: &Lane, on: &str) -> Vec<String> {
    let on = day(on);
    let bars = lane.bands.iter().filter(|band| matches!(band.row, BandRow::Bar(_)) && (band.from..band.past_end).contains(&on));
    bars.map(|band| band.label.clone()).collect()
}

#[test]
fn the_lane_of_crimea_tells_who_controlled_it() {
    let lanes = lanes_of(Some(case("crimea")), &[]);
    let crimea = lanes.iter().find(|lane| lane.label == "Crimea").expect("a lane");
    assert_eq!(bars_on(crimea, "1900-01-01"), ["Russian Empire"]);
    assert_eq!(bars_on(crimea, "2000-01-01"), ["Ukraine"]);
    assert_eq!(bars_on(crimea, "2020-01-01"), ["Russia"]);
    let claims = crimea.bands.iter().filter(|band| band.hatched);
    let ukraine: Vec<_> = claims.filter(|band| band.label == "Ukraine").collect();
    assert!(ukraine.iter().all(|band| band.from >= day("2014-02-27")), "no claim while in control");
    assert!(ukraine.iter().any(|band| band.past_end == Day::MAX));
}

#[test]
fn bands_of_one_row_never_overlap() {
    for project in &ATLAS.cases {
        let alliances: Vec<&str> = ATLAS.alliances.iter().map(|alliance| alliance.id.as_str()).collect();
        for lane in lanes_of(Some(project), &alliances) {
            for (place, one) in lane.bands.iter().enumerate() {
                assert!(one.from <= one.sure_from && one.sure_until <= one.past_end && one.from < one.past_end, "{}: {one:?}", lane.label);
                let others = lane.bands[place + 1..].iter().filter(|other| other.row == one.row);
                others.for_each(|other| {
                    assert!(one.past_end <= other.from || other.past_end <= one.from, "{}: {one:?} {other:?}", lane.label)
                });
                match one.row {
                    BandRow::Bar(row) => assert!(row < lane.bars),
                    BandRow::Thread(row) => assert!(row < lane.threads),
                }
            }
        }
    }
}

#[test]
fn the_lane_of_nato_counts_its_members() {
    let lanes = lanes_of(Some(case("crimea")), &["nato"]);
    let nato = lanes.last().expect("a lane");
    assert_eq!(nato.label, "NATO");
    assert_eq!((bars_on(nato, "1950-01-01"), bars_on(nato, "2025-01-01")), (vec!["12".to_owned()], vec!["32".to_owned()]));
}

#[test]
fn without_a_document_only_alliances_have_lanes() {
    assert!(lanes_of(None, &[]).is_empty());
    assert_eq!(lanes_of(None, &["csto"]).len(), 1);
}

struct Charts {
    state: ChartsState,
    project: Option<&'static Project>,
    alliances: Vec<AllianceId>,
    day: Day,
    asked: Option<Day>,
}

fn charts(project: Option<&'static Project>, alliances: &[&str], size: [f32; 2]) -> Harness<'static, Charts> {
    let alliances = alliances.iter().map(|id| AllianceId::from(*id)).collect();
    let charts = Charts { state: ChartsState::default(), project, alliances, day: day("2020-06-15"), asked: None };
    let draw = |ui: &mut egui::Ui, charts: &mut Charts| {
        let asked = charts_ui(ui, &mut charts.state, &ATLAS, charts.project, &charts.alliances, charts.day, &palette());
        charts.asked = asked.or(charts.asked);
    };
    let builder = Harness::builder().with_size(egui::Vec2::from(size)).with_step_dt(1.0 / 60.0).with_context_setup(install_fonts);
    let mut harness = builder.build_ui_state(draw, charts);
    harness.run();
    harness
}

#[test]
fn a_click_on_a_chart_goes_to_its_day() {
    let mut harness = charts(Some(case("crimea")), &["nato", "csto"], [1000.0, 240.0]);
    for name in ["Chart of events", "Chart of alliances"] {
        harness.get_by_label(name).click();
        harness.run();
        let asked = harness.state_mut().asked.take().expect(name);
        assert!(asked > day("1850-01-01") && asked < day("1950-01-01"), "{name}: the middle of 1774 to 2026 is {asked}");
    }
    assert!(
        harness.query_by_label("NATO 30").is_some() && harness.query_by_label("CSTO 6").is_some(),
        "the legend counts the members of the day"
    );
    assert!(harness.query_by_label("Use of force").is_some());
}

#[test]
fn charts_count_once() {
    let mut harness = charts(Some(case("galwan")), &["sco"], [420.0, 380.0]);
    harness.state_mut().day = day("1999-01-01");
    harness.run();
    assert_eq!(harness.state().state.cache_fills(), 1);
    harness.state_mut().project = None;
    harness.run();
    assert_eq!(harness.state().state.cache_fills(), 2);
}

#[test]
fn charts_without_anything_say_what_to_do() {
    let harness = charts(None, &[], [800.0, 220.0]);
    assert!(harness.query_by_label("No alliance is shown").is_some());
}

struct List {
    state: EventListState,
    documents: &'static [Project],
    document: Option<usize>,
    day: Day,
    clicked: Option<EventPlace>,
}

fn list(documents: &'static [Project], document: Option<usize>, on: &str) -> Harness<'static, List> {
    let list = List { state: EventListState::default(), documents, document, day: day(on), clicked: None };
    let draw = |ui: &mut egui::Ui, list: &mut List| {
        let clicked = event_list_ui(ui, &mut list.state, list.documents, list.document, list.day, None, &palette());
        list.clicked = clicked.or(list.clicked);
    };
    let builder = Harness::builder().with_size(egui::vec2(360.0, 500.0)).with_step_dt(1.0 / 60.0).with_context_setup(install_fonts);
    let mut harness = builder.build_ui_state(draw, list);
    harness.run();
    harness
}

fn galwan() -> usize {
    ATLAS.cases.iter().position(|case| case.id.as_str() == "galwan").expect("a case")
}

#[test]
fn the_event_of_the_date_is_in_view_and_a_click_gives_it_back() {
    let mut harness = list(&ATLAS.cases, Some(galwan()), "2020-06-15");
    harness.get_by_label_contains("Galwan clash").click();
    harness.run();
    let (document, event) = harness.state().clicked.expect("a click");
    assert_eq!((document, ATLAS.cases[document].events[event].title.as_str()), (galwan(), "Galwan clash"));
    harness.state_mut().day = day("1962-10-20");
    harness.run();
    assert!(harness.query_by_label_contains("Galwan clash").is_none() && harness.query_all_by_label_contains("1962").next().is_some());
}

#[test]
fn words_and_kinds_filter_and_no_match_offers_all() {
    let mut harness = list(&ATLAS.cases, None, "2020-06-15");
    harness.get_by_label("Filter events").focus();
    harness.run();
    harness.get_by_label("Filter events").type_text("galwan CLASH");
    harness.run();
    assert!(harness.query_by_label_contains("Galwan clash").is_some() && harness.query_by_label_contains("Budapest Memorandum").is_none());
    harness.get_by_label("Filter events").type_text(" zzz");
    harness.run();
    assert!(harness.query_by_label("No event matches").is_some());
    harness.get_by_label("Show all events").click();
    harness.run();
    assert!(harness.query_by_label("No event matches").is_none() && harness.state().state.filter.is_empty());
}

#[test]
fn one_kind_or_one_family_can_be_asked_for() {
    let mut harness = list(&ATLAS.cases, Some(galwan()), "2020-06-15");
    for (kinds, clash, talks) in [
        (EventFilter::All, true, true),
        (EventFilter::Kind(EventKind::Clash), true, false),
        (EventFilter::Family(EventFamily::Diplomacy), false, true),
    ] {
        harness.state_mut().state.kinds = kinds;
        harness.run();
        let found = |title: &str| harness.query_all_by_label_contains(title).next().is_some();
        assert_eq!((found("Galwan clash"), found("First corps commander talks")), (clash, talks), "{}", kinds.label());
    }
}

#[test]
fn a_list_without_events_says_what_to_do() {
    let harness = list(&[], None, "2020-06-15");
    assert!(harness.query_by_label("No events yet").is_some());
}
