//! Charts: the numbers obey laws that other parts of the atlas can check, and pictures and tables say the same as the numbers.

use std::collections::BTreeSet;

use crate::atlas;
use border_atlas::{
    export::chart::{chart_csv, chart_png, chart_svg},
    model::{
        Chart, DisputeId, PolityIx, View, WorldState,
        chart::{AreaOf, ChartKind, Land, Topic, Who, units_of},
        event::{EventFamily, EventFilter},
    },
    scene::{
        Item, Rect, Style, Theme,
        chart::{ChartFrame, PageInput, page, readout},
    },
    time::Day,
};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn chart(case: Option<&str>, topic: &Topic) -> Chart {
    Chart::new(atlas(), case.map(|id| atlas().case(id).expect("a case")), &View::DeFacto, topic)
}

fn area_of(dispute: &str) -> Topic {
    Topic::Area(AreaOf::Dispute(DisputeId::from(dispute)))
}

/// The ends of time, every day on which something changes, and the day before it.
fn telling_days(chart: &Chart) -> Vec<Day> {
    let days = chart.change_days().into_iter().flat_map(|day| [day.plus_days(-1), day]);
    [Day::MIN, Day::MAX.plus_days(-1)].into_iter().chain(days).collect()
}

#[test]
fn the_areas_of_all_hands_make_up_the_dispute_on_every_day() {
    for dispute in &atlas().disputes {
        let whole: f64 = dispute.units.iter().map(|unit| atlas().partition.topology.unit(*unit).area_km2).sum();
        let party = dispute.parties.iter().map(|party| View::Party(party.clone())).find(|view| atlas().tenure.views().contains(view));
        for view in [View::DeFacto, View::Un].into_iter().chain(party) {
            let chart = Chart::new(atlas(), None, &view, &Topic::Area(AreaOf::Dispute(dispute.id.clone())));
            for day in telling_days(&chart) {
                let place = format!("{} {view} {day}", dispute.id);
                assert!((chart.total_on(day) - whole).abs() < whole * 1e-9, "{place}: {} of {whole}", chart.total_on(day));
                let mut units: Vec<border_atlas::geometry::topology::UnitIx> = Vec::new();
                for step in chart.series.iter().filter_map(|series| series.step_on(day)) {
                    assert!((0.0..=step.value).contains(&step.approximate), "{place}");
                    let Land::Units(own) = &step.land else { panic!("{place}: no land") };
                    units.extend(own);
                }
                units.sort_unstable();
                assert_eq!(units, dispute.units, "{place}: every unit in exactly one hand");
            }
        }
    }
}

#[test]
fn who_has_an_area_on_the_chart_administers_some_of_it() {
    for dispute in &atlas().disputes {
        let chart = chart(None, &Topic::Area(AreaOf::Dispute(dispute.id.clone())));
        for day in chart.change_days() {
            let state = dispute.state(atlas(), &WorldState::at(atlas(), day, &View::DeFacto));
            let polity = |who: &Who| match who {
                Who::Polity(id) => atlas().polities.find(id.as_str()),
                _ => None,
            };
            let shown = chart.series.iter().filter(|series| series.step_on(day).is_some());
            let mut holders: Vec<PolityIx> = shown.filter_map(|series| polity(&series.who)).collect();
            holders.sort_unstable();
            assert_eq!(holders, state.administered_by, "{} {day}", dispute.id);
        }
    }
}

#[test]
fn crimea_changes_hands_on_the_chart_as_in_history() {
    let chart = chart(None, &area_of("crimea"));
    let holder = |on: &str| {
        let shown = chart.series.iter().filter(|series| series.step_on(day(on)).is_some());
        shown.map(|series| series.name.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(
        (holder("1900-01-01"), holder("2000-01-01"), holder("2020-01-01")),
        (vec!["Russian Empire"], vec!["Ukraine"], vec!["Russia"])
    );
    let ukraine = Chart::new(atlas(), None, &View::from_id("ukr"), &area_of("crimea"));
    let still = ukraine.series.iter().find(|series| series.name == "Ukraine").expect("Ukraine").step_on(day("2020-01-01"));
    assert!(still.is_some_and(|step| !step.sources.is_empty()), "in its own view Ukraine holds it, by a work");
}

#[test]
fn a_hand_drawn_line_between_two_hands_makes_areas_approximate() {
    let donbas = chart(None, &area_of("donbas"));
    let ukraine = donbas.series.iter().find(|series| series.who.id() == "ukr").expect("Ukraine");
    assert_eq!(ukraine.step_on(day("2000-01-01")).map(|step| step.approximate), Some(0.0), "no line runs through it");
    assert!(ukraine.step_on(day("2023-06-01")).is_some_and(|step| step.approximate > 0.0), "the front does");
    assert!(donbas.is_approximate((day("2023-01-01"), day("2023-12-31"))));
    assert!(!donbas.is_approximate((day("2000-01-01"), day("2000-12-31"))));
}

#[test]
fn the_document_s_land_is_that_of_its_regions() {
    for case in &atlas().cases {
        let units = units_of(atlas(), Some(case), &AreaOf::Document);
        assert!(!units.is_empty() && units.windows(2).all(|pair| pair[0] < pair[1]), "{}", case.id);
        assert_eq!(chart(Some(case.id.as_str()), &Topic::Area(AreaOf::Document)).title, format!("{}: who controls how much", case.title));
    }
    assert!(units_of(atlas(), None, &AreaOf::Document).is_empty());
}

#[test]
fn alliances_have_as_many_members_as_they_say() {
    let ids = atlas().alliances.iter().map(|alliance| alliance.id.clone()).collect();
    let chart = chart(None, &Topic::Alliances(ids));
    assert_eq!(chart.series.len(), atlas().alliances.len());
    for (series, alliance) in chart.series.iter().zip(&atlas().alliances) {
        for day in telling_days(&chart) {
            let counted = alliance.members_on(day).filter(|(_, status)| matches!(*status, "member" | "withdrew-from-command")).count();
            assert_eq!(series.value_on(day), counted as f64, "{} {day}", alliance.id);
        }
        assert!(series.steps.windows(2).all(|pair| pair[0].past_end <= pair[1].from), "{}", alliance.id);
    }
    let nato = chart.series.iter().find(|series| series.who.id() == "nato").expect("NATO");
    let finland = nato.step_on(day("2023-06-01")).expect("a step");
    assert_eq!((finland.detail.as_str(), finland.value), ("with Finland", 31.0));
}

#[test]
fn a_state_belongs_to_what_lists_it() {
    for (index, polity) in atlas().polities.iter() {
        let chart = chart(None, &Topic::Memberships(index));
        for day in telling_days(&chart) {
            let listed: BTreeSet<(&str, &str)> = atlas()
                .alliances
                .iter()
                .flat_map(|alliance| alliance.members_on(day).map(move |(member, status)| (alliance, member, status)))
                .filter(|(_, member, _)| member.polity == polity.id)
                .map(|(alliance, _, status)| (alliance.id.as_str(), status))
                .collect();
            let steps = chart.series.iter().flat_map(|series| series.steps.iter().map(move |step| (series, step)));
            let shown: BTreeSet<(&str, &str)> =
                steps.filter(|(_, step)| step.contains(day)).map(|(series, step)| (series.who.id(), step.detail.as_str())).collect();
            assert_eq!(shown, listed, "{} {day}", polity.id);
        }
    }
}

#[test]
fn every_event_counts_once_in_the_year_in_which_it_began() {
    for case in &atlas().cases {
        let chart = chart(Some(case.id.as_str()), &Topic::Events(EventFilter::All));
        let total: f64 = chart.series.iter().flat_map(|series| &series.steps).map(|step| step.value).sum();
        assert_eq!(total, case.events.len() as f64, "{}", case.id);
        for event in &case.events {
            let year = event.span.first_day().year();
            let same = |other: &&std::sync::Arc<border_atlas::model::Event>| {
                other.span.first_day().year() == year && other.kind.family() == event.kind.family()
            };
            let series = chart.series.iter().find(|series| series.who == Who::Family(event.kind.family())).expect("a family");
            assert_eq!(series.value_on(event.span.first_day()), case.events.iter().filter(same).count() as f64, "{} {}", case.id, event.id);
        }
    }
    let force = chart(Some("crimea"), &Topic::Events(EventFilter::Family(EventFamily::Force)));
    assert_eq!(force.series.iter().map(|series| series.who.clone()).collect::<Vec<_>>(), [Who::Family(EventFamily::Force)]);
}

fn topics() -> Vec<(Option<&'static str>, Topic)> {
    let ukraine = atlas().polities.find("ukr").expect("Ukraine");
    let alliances = atlas().case("crimea").expect("a case").alliances.clone();
    vec![
        (Some("crimea"), Topic::Area(AreaOf::Document)),
        (Some("crimea"), Topic::Events(EventFilter::All)),
        (Some("crimea"), Topic::Alliances(alliances)),
        (Some("crimea"), Topic::Memberships(ukraine)),
    ]
}

fn frame<'a>(chart: &'a Chart, style: &'a Style, days: (&str, &str)) -> ChartFrame<'a> {
    let days = [day(days.0).get() as f64, day(days.1).get() as f64];
    ChartFrame { chart, rect: Rect::new(10.0, 20.0, 800.0, 320.0), days, until: day("2026-12-31"), style, text_points: 12.0 }
}

#[test]
fn every_label_stays_inside_and_every_mark_inside_the_axes() {
    let style = Style::new(Theme::Light);
    for (case, topic) in topics() {
        let chart = chart(case, &topic);
        for days in [("1774-01-01", "2026-12-31"), ("2013-01-01", "2024-06-01"), ("2022-02-01", "2022-04-01"), ("1600-01-01", "1601-01-01")]
        {
            let frame = frame(&chart, &style, days);
            let plot = frame.plot();
            assert!(frame.rect.encloses(&plot.rect), "{topic:?}");
            for item in frame.items() {
                let inside = match &item {
                    Item::Box { rect, .. } => plot.rect.grown(0.6).encloses(rect),
                    Item::Polyline { points, .. } => points.iter().all(|at| frame.rect.grown(0.6).contains(*at)),
                    Item::Text(text) => frame.rect.grown(1.0).contains(text.at),
                    _ => true,
                };
                assert!(inside, "{topic:?} {days:?}: {item:?}");
            }
        }
    }
}

#[test]
fn a_point_on_a_box_finds_the_number_that_it_shows() {
    let style = Style::new(Theme::Dark);
    for (case, topic) in topics().into_iter().filter(|(_, topic)| topic.kind() != ChartKind::Alliances) {
        let chart = chart(case, &topic);
        let frame = frame(&chart, &style, ("1990-01-01", "2026-01-01"));
        let boxes: Vec<Rect> = frame
            .items()
            .into_iter()
            .filter_map(|item| match item {
                Item::Box { rect, .. } => Some(rect),
                _ => None,
            })
            .filter(|rect| rect.width() > 6.0 && rect.height() > 6.0)
            .collect();
        assert!(boxes.len() > 3, "{topic:?}");
        for rect in boxes {
            let hit = frame.hit(rect.middle()).unwrap_or_else(|| panic!("{topic:?}: nothing at {rect:?}"));
            let (_, step) = hit.step(&chart).expect("a step");
            assert!(step.contains(hit.day), "{topic:?}");
            let marked = frame.highlight(hit);
            let [Item::Box { rect: outline, .. }] = marked.as_slice() else { panic!("{topic:?}: {marked:?}") };
            assert!(outline.grown(0.6).encloses(&rect), "{topic:?}: {outline:?} round {rect:?}");
        }
    }
}

#[test]
fn nothing_is_drawn_of_days_to_come() {
    let style = Style::new(Theme::Light);
    for (case, topic) in topics() {
        let chart = chart(case, &topic);
        let frame = ChartFrame { until: day("2024-12-31"), ..frame(&chart, &style, ("2010-01-01", "2040-01-01")) };
        let plot = frame.plot();
        let end = plot.x_of(day("2025-01-01").get() as f64) + 2.0;
        let boxes = frame.items().into_iter().filter_map(|item| match item {
            Item::Box { rect, .. } => Some(rect.max[0]),
            Item::Polyline { points, stroke, .. } if stroke.width_points > 2.0 => points.iter().map(|at| at[0]).reduce(f32::max),
            _ => None,
        });
        let rights: Vec<f32> = boxes.collect();
        assert!(rights.len() > 2 && rights.iter().all(|right| *right <= end), "{topic:?}: {rights:?} end at {end}");
        let after = [end + 20.0, plot.rect.middle()[1]];
        assert_eq!(frame.hit(after), None, "{topic:?}");
    }
}

#[test]
fn a_point_near_a_line_finds_its_alliance_and_one_far_off_none() {
    let style = Style::new(Theme::Light);
    let chart = chart(Some("crimea"), &topics()[2].1);
    let frame = frame(&chart, &style, ("1990-01-01", "2026-01-01"));
    let plot = frame.plot();
    let x = plot.x_of(day("2015-06-01").get() as f64);
    let hit = frame.hit([x, plot.y_of(28.0) + 3.0]).expect("NATO");
    assert_eq!(hit.step(&chart).map(|(series, step)| (series.name.as_str(), step.value)), Some(("NATO", 28.0)));
    assert_eq!(frame.hit([x, plot.y_of(42.0)]), None);
    assert_eq!(frame.playhead(day("2015-06-01")).len(), 1 + 3, "a line and a dot on each alliance");
    assert!(frame.playhead(day("1950-06-01")).is_empty());
}

proptest! {
    #[test]
    fn places_and_days_are_inverse(from in -800_000_i64..20_000, length in 30_i64..200_000, share in 0.0_f64..1.0) {
        let chart = chart(None, &Topic::Alliances(Vec::new()));
        let style = Style::new(Theme::Light);
        let days = [from as f64, (from + length) as f64];
        let frame = ChartFrame { chart: &chart, rect: Rect::new(0.0, 0.0, 900.0, 300.0), days, until: Day::MAX, style: &style, text_points: 12.0 };
        let plot = frame.plot();
        let moment = days[0] + share * length as f64;
        prop_assert!((plot.moment_at(plot.x_of(moment)) - moment).abs() < length as f64 * 1e-5);
        prop_assert!((plot.value_at(plot.y_of(1.5)) - 1.5).abs() < 1e-3);
    }
}

#[test]
fn the_row_of_names_tells_the_values_of_the_day() {
    let chart = chart(None, &area_of("nagorno-karabakh"));
    let seen = (day("1991-01-01"), day("2026-01-01"));
    let entries = readout(&chart, seen, Some(day("2000-01-01")), &[]);
    let told: Vec<&str> = entries.iter().filter(|entry| !entry.value.is_empty()).map(|entry| entry.name.as_str()).collect();
    assert!(told.contains(&"Nagorno-Karabakh Republic"), "{entries:?}");
    assert!(entries.iter().all(|entry| entry.value.is_empty() || entry.value.ends_with(" km²")), "{entries:?}");
    let first_empty = entries.iter().position(|entry| entry.value.is_empty()).unwrap_or(entries.len());
    assert!(entries[first_empty..].iter().all(|entry| entry.value.is_empty()), "those who hold something come first");
    let all: Vec<usize> = (0..chart.series.len()).collect();
    assert_eq!(readout(&chart, seen, Some(day("2000-01-01")), &all).len(), told.len(), "names that stand on the chart need no row");
}

fn written(case: Option<&str>, topic: &Topic, theme: Theme) -> (Chart, border_atlas::scene::chart::ChartPage) {
    let chart = chart(case, topic);
    let input = PageInput {
        atlas: atlas(),
        chart: &chart,
        days: (day("1900-01-01"), day("2025-12-31")),
        day: Some(day("2020-06-15")),
        theme,
        size_points: [1600.0, 900.0],
    };
    let page = page(&input);
    (chart, page)
}

#[test]
fn pages_say_what_they_show_and_endorse_nothing() {
    for (case, topic) in topics() {
        let (chart, page) = written(case, &topic, Theme::Light);
        let svg = chart_svg(&page, 1.0);
        let texts = ["1 January 1900 – 31 December 2025", "Marked: 15 June 2020", "View: de facto control", " sources", "no endorsement"];
        for text in texts.iter().chain([&chart.title.as_str()]) {
            assert!(svg.contains(text), "{topic:?} lacks {text}");
        }
        let count = format!("{} sources", chart.sources((day("1900-01-01"), day("2025-12-31"))).len());
        assert!(svg.contains(&count), "{topic:?} lacks {count}");
        for series in
            chart.series.iter().filter(|series| series.steps.iter().any(|step| step.overlaps((day("1900-01-01"), day("2025-12-31")))))
        {
            let words = series.name.replace('&', "&amp;").replace('\'', "&#39;");
            assert!(svg.contains(&words), "{topic:?} does not name {words}");
        }
        assert_eq!(svg, chart_svg(&written(case, &topic, Theme::Light).1, 1.0));
        assert_ne!(svg, chart_svg(&written(case, &topic, Theme::Dark).1, 1.0));
    }
}

#[test]
fn pictures_have_the_size_that_was_asked_for() {
    let (_, page) = written(Some("crimea"), &area_of("crimea"), Theme::Light);
    let png = chart_png(&page, 0.5).expect("a picture");
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    assert_eq!((side(16), side(20)), (800, 450));
}

#[test]
fn the_table_holds_the_numbers_of_the_chart() {
    for (case, topic) in topics() {
        let chart = chart(case, &topic);
        let days = (day("1774-01-01"), day("2026-12-31"));
        let text = chart_csv(&chart, days).expect("a table");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        let steps: Vec<_> = chart.series.iter().flat_map(|series| series.steps.iter().map(move |step| (series, step))).collect();
        let shown: Vec<_> = steps.iter().filter(|(_, step)| step.overlaps(days)).collect();
        assert_eq!(rows.len(), shown.len());
        for (row, (series, step)) in rows.iter().zip(shown) {
            assert_eq!((&row[0], &row[4]), (chart.kind.id(), series.who.id()));
            assert!((row[7].parse::<f64>().expect("a number") - step.value).abs() <= 0.05, "{row:?}");
            assert_eq!(row[5].is_empty(), step.from == Day::MIN);
            assert_eq!(row[6].is_empty(), step.past_end == Day::MAX);
        }
    }
}
