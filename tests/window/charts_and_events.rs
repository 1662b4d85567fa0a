//! Lanes, charts and the event list over the atlas that the program carries.

use std::{
    cell::RefCell,
    rc::Rc,
    sync::{Arc, LazyLock},
};

use crate::hands::{self, install_fonts};
use border_atlas::{
    gui::{
        app::App,
        event_list::{EventListState, EventPlace, event_list_ui},
        session::{Library, Panel, Selection, Session},
        timeline::{BandRow, Lane, LaneInput, TimelinePalette, lanes},
    },
    io::built_in_atlas,
    model::{
        AllianceId, Atlas, DisputeId, EventKind, Project, View,
        event::{EventFamily, EventFilter},
    },
    scene::{Style, Theme},
    time::Day,
};
use egui::FontFamily;
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

fn lanes_of(project: Option<&Project>, alliances: &[&str]) -> Vec<Arc<Lane>> {
    let alliances: Vec<AllianceId> = alliances.iter().map(|id| AllianceId::from(*id)).collect();
    lanes(&LaneInput { atlas: &ATLAS, project, view: &View::DeFacto, alliances: &alliances, theme: Theme::Light, editing: None })
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

/// The whole window over the built-in atlas with the charts open, at a size in points.
fn window(size: [f32; 2]) -> (Harness<'static>, Rc<RefCell<App>>) {
    let (atlas, _) = built_in_atlas().expect("the atlas");
    let cases = atlas.cases.clone();
    let library = Library::new(atlas, cases);
    let mut session = Session::new(day("2026-06-01"), [1280.0, 720.0], Theme::Light);
    let crimea = library.documents.iter().position(|case| case.id.as_str() == "crimea").expect("a case");
    session.open_document(&library, crimea);
    session.panels.show(Panel::Charts);
    session.clock.go_to(day("2020-06-15"));
    session.reduced_motion = true;
    let app = Rc::new(RefCell::new(App::new(library, session, None, Vec::new())));
    hands::show_in(app, size)
}

fn shown_day(app: &Rc<RefCell<App>>) -> Day {
    app.borrow().session().day()
}

fn has(harness: &Harness, part: &str) -> bool {
    harness.query_all_by_label_contains(part).next().is_some()
}

#[test]
fn a_wide_window_has_two_charts_and_a_narrow_one_has_one() {
    let (wide, _) = window([1600.0, 900.0]);
    assert!(wide.query_by_label("Chart of area").is_some() && wide.query_by_label("Chart of events").is_some());
    let (narrow, _) = window([1024.0, 768.0]);
    assert!(narrow.query_by_label("Chart of area").is_some() && narrow.query_by_label("Chart of events").is_none());
}

#[test]
fn a_click_and_a_drag_on_a_chart_move_the_date() {
    let (mut harness, app) = window([1600.0, 900.0]);
    for name in ["Chart of area", "Chart of events"] {
        let before = shown_day(&app);
        harness.get_by_label(name).click();
        harness.run_steps(4);
        let middle = shown_day(&app);
        assert!(
            middle != before && middle > day("1890-01-01") && middle < day("1910-01-01"),
            "{name}: the middle of 1773 to 2026 is {middle}"
        );
        let rect = harness.get_by_label(name).rect();
        harness.drag_at(rect.center());
        harness.hover_at(rect.center() + egui::vec2(rect.width() / 4.0, 0.0));
        harness.run_steps(2);
        harness.drop_at(rect.center() + egui::vec2(rect.width() / 4.0, 0.0));
        harness.run_steps(4);
        let later = shown_day(&app);
        assert!(later > day("1950-01-01") && later < day("1975-01-01"), "{name}: three quarters in is {later}");
    }
}

#[test]
fn a_click_that_closes_a_menu_leaves_the_date_where_it_is() {
    let (mut harness, app) = window([1600.0, 900.0]);
    for name in ["Chart of events", "Timeline"] {
        let before = shown_day(&app);
        harness.get_all_by_label("Export").next().expect("a menu").click();
        harness.run_steps(4);
        assert!(has(&harness, "Copy the numbers"));
        let rect = harness.get_all_by_label(name).find(|node| node.rect().width() > 300.0).expect("a widget").rect();
        let at = (rect.left() + rect.width() * 0.4, rect.bottom() - 12.0);
        hands::click_at(&mut harness, egui::PointerButton::Primary, at);
        assert!(!has(&harness, "Copy the numbers"), "{name}: the click closes the menu");
        assert_eq!(shown_day(&app), before, "{name}");
        hands::click_at(&mut harness, egui::PointerButton::Primary, at);
        assert_ne!(shown_day(&app), before, "{name}: the next click moves the date");
    }
}

#[test]
fn the_row_of_names_tells_the_values_of_the_date_and_selects() {
    let (mut harness, app) = window([1600.0, 900.0]);
    let names = ["Ukraine 98,265 km²", "Russia 27,175 km²"];
    assert!(names.iter().all(|name| harness.query_by_label(name).is_some()), "the values of 15 June 2020");
    harness.get_by_label(names[0]).click();
    harness.run_steps(4);
    let ukraine = ATLAS.polities.find("ukr").expect("Ukraine");
    assert_eq!(app.borrow().session().selection, Some(Selection::Polity(ukraine)));
}

#[test]
fn what_the_pointer_is_on_is_outlined_on_the_map() {
    let (mut harness, app) = window([1600.0, 900.0]);
    assert!(app.borrow().charts().outlined().is_empty());
    harness.get_by_label("Russia 27,175 km²").hover();
    harness.run_steps(3);
    let crimea = ATLAS.dispute("crimea").expect("a dispute");
    assert_eq!(app.borrow().charts().outlined(), crimea.units, "what Russia held of it on that day");
    assert!(has(&harness, "27,175 km² · 27 February 2014"), "value and days");
    assert!(has(&harness, "United Nations"), "the works behind it");
    let area = harness.get_by_label("Chart of area").rect();
    harness.hover_at(area.center());
    harness.run_steps(3);
    assert!(app.borrow().charts().outlined().len() > crimea.units.len() && has(&harness, "Russian Empire"), "all of it, of the Empire");
    harness.hover_at(egui::pos2(800.0, 20.0));
    harness.run_steps(3);
    assert!(app.borrow().charts().outlined().is_empty());
}

#[test]
fn what_is_selected_decides_what_charts_are_about() {
    let (mut harness, app) = window([1600.0, 900.0]);
    assert!(harness.query_by_label("Crimea and the Donbas: who controls how much").is_some());
    harness.get_all_by_label("Choose").next().expect("a menu").click();
    harness.run_steps(4);
    harness.get_by_label("Kherson Oblast").click();
    harness.run_steps(4);
    assert!(harness.query_by_label("Kherson Oblast: who controls how much").is_some());
    assert_eq!(app.borrow().session().selection, Some(Selection::Dispute(DisputeId::from("kherson"))));
    harness.get_by_label("Second chart: Memberships").click();
    harness.run_steps(4);
    assert!(harness.query_by_label("Alliances and treaties of Ukraine").is_some(), "the first party of the story");
    harness.get_all_by_label("Choose").nth(1).expect("a menu").click();
    harness.run_steps(4);
    harness.get_by_label("Albania").click();
    harness.run_steps(4);
    assert!(harness.query_by_label("Alliances and treaties of Albania").is_some());
    assert!(harness.query_by_label("Chart of memberships").is_some());
}

#[test]
fn charts_follow_the_timeline_and_it_follows_them() {
    let (mut harness, app) = window([1600.0, 900.0]);
    let rect = harness.get_by_label("Chart of area").rect();
    let at = rect.center() + egui::vec2(rect.width() * 0.4, 0.0);
    let wheel = |harness: &mut Harness| {
        harness.hover_at(at);
        harness.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, 300.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: egui::Modifiers::NONE,
        });
        harness.run_steps(20);
    };
    let day_in_the_middle = |harness: &mut Harness| {
        harness.get_by_label("Chart of events").click();
        harness.run_steps(4);
        shown_day(&app)
    };
    wheel(&mut harness);
    let zoomed = day_in_the_middle(&mut harness);
    assert!(zoomed > day("1930-01-01"), "both charts and the timeline came closer to the end: {zoomed}");
    harness.get_by_label("Follow the timeline").click();
    harness.run_steps(4);
    assert_eq!(day_in_the_middle(&mut harness).year(), 1899, "by themselves they show everything");
}

#[test]
fn a_chart_goes_to_the_clipboard_and_into_a_folder() {
    let (mut harness, _) = window([1600.0, 900.0]);
    let open = |harness: &mut Harness| {
        harness.get_all_by_label("Export").next().expect("a menu").click();
        harness.run_steps(4);
    };
    open(&mut harness);
    harness.get_by_label("Copy the numbers (CSV)").click();
    harness.step();
    let copied: Vec<String> = harness
        .output()
        .platform_output
        .commands
        .iter()
        .filter_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
        .collect();
    assert!(
        copied
            .iter()
            .any(|text| text.starts_with("chart,subject,view,") && text.contains("\narea,Crimea and the Donbas,de-facto,Ukraine,ukr,"))
    );
    harness.run_steps(4);
    let folder = tempfile::tempdir().expect("a folder");
    open(&mut harness);
    harness.get_by_label("Save into the folder").focus();
    harness.run_steps(2);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    harness.get_by_label("Save into the folder").type_text(&folder.path().display().to_string());
    harness.run_steps(2);
    harness.get_by_label("Save SVG").click();
    let path = folder.path().join("crimea-area-de-facto.svg");
    let is_told = |harness: &Harness| has(harness, "Saved ");
    for _ in 0..500 {
        harness.step();
        if is_told(&harness) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert!(is_told(&harness), "a notice says where it is");
    let svg = std::fs::read_to_string(path).expect("the file");
    assert!(svg.contains("Crimea and the Donbas: who controls how much") && svg.ends_with("</svg>\n"));
}

#[test]
fn charts_count_and_draw_once() {
    let (mut harness, app) = window([1600.0, 900.0]);
    harness.run_steps(10);
    let before = app.borrow().charts().cache_fills();
    assert!(before >= 4, "two charts counted and drawn: {before}");
    harness.run_steps(30);
    assert_eq!(app.borrow().charts().cache_fills(), before);
    assert!(!harness.ctx.has_requested_repaint(), "{:?}", harness.ctx.repaint_causes());
    harness.key_press(egui::Key::ArrowRight);
    harness.run_steps(6);
    assert!(shown_day(&app) > day("2020-06-15"));
    assert_eq!(app.borrow().charts().cache_fills(), before, "another date is only another place of the line");
}

#[test]
fn charts_without_anything_say_what_to_do() {
    let (mut harness, app) = window([1024.0, 768.0]);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::W);
    harness.run_steps(6);
    assert!(app.borrow().session().document.is_none());
    assert!(harness.query_by_label("No disputed area is chosen").is_some());
    harness.get_by_label("First chart: Alliances").click();
    harness.run_steps(4);
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
