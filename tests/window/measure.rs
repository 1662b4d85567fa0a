//! Measuring on the map: laws of the arithmetic, and what a person does with the pointer and the keys.

use border_atlas::{
    geometry::{LonLat, measure::distance_km},
    gui::map_view::measure::{Inside, Leg, Measure, MeasureStep},
};
use proptest::prelude::*;

/// Half way round the earth along a meridian: no two places are further apart.
const FURTHEST_KM: f64 = 20_003.94;

fn place() -> impl Strategy<Value = LonLat> {
    (-180.0_f64..180.0, -89.0_f64..89.0).prop_map(|(lon, lat)| LonLat::new(lon, lat))
}

fn measured(points: &[LonLat]) -> Measure {
    let mut measure = Measure::default();
    points.iter().for_each(|point| measure.add(*point));
    measure
}

/// A star round a place: its line never crosses itself.
fn star() -> impl Strategy<Value = Vec<LonLat>> {
    let middle = (-170.0_f64..170.0, -60.0_f64..60.0);
    (middle, prop::collection::vec(0.5_f64..3.0, 3..9)).prop_map(|((lon, lat), radii)| {
        let turn = std::f64::consts::TAU / radii.len() as f64;
        let at = |index: usize, radius: &f64| {
            LonLat::new(lon + radius * (turn * index as f64).cos(), lat + radius * (turn * index as f64).sin())
        };
        radii.iter().enumerate().map(|(index, radius)| at(index, radius)).collect()
    })
}

proptest! {
    #[test]
    fn the_whole_is_the_sum_of_its_stretches(points in prop::collection::vec(place(), 2..8)) {
        let measure = measured(&points);
        let sum: f64 = points.windows(2).map(|pair| distance_km(pair[0], pair[1])).sum();
        prop_assert!((measure.total_km() - sum).abs() < 1e-6);
        prop_assert!(measure.legs().all(|leg| leg.km <= FURTHEST_KM));
    }

    /// What is drawn is what is measured: the places along a way lie on it, in small steps, from end to end.
    #[test]
    fn the_line_drawn_is_the_way_measured(from in place(), to in place()) {
        let leg = Leg::new(from, to);
        prop_assert_eq!((leg.way[0], leg.way[leg.way.len() - 1]), (from, to));
        let steps: Vec<f64> = leg.way.windows(2).map(|pair| distance_km(pair[0], pair[1])).collect();
        prop_assert!((steps.iter().sum::<f64>() - leg.km).abs() < 1e-4, "{} drawn, {} measured", steps.iter().sum::<f64>(), leg.km);
        prop_assert!(steps.iter().all(|step| *step <= 51.0));
    }

    /// The pieces hold the same places, and none runs over the edge of the map.
    #[test]
    fn no_piece_runs_over_the_edge_of_the_map(from in place(), to in place()) {
        let leg = Leg::new(from, to);
        let pieces = leg.pieces();
        for piece in &pieces {
            prop_assert!(piece.len() >= 2);
            prop_assert!(piece.windows(2).all(|pair| (pair[0].lon_deg - pair[1].lon_deg).abs() <= 180.0));
        }
        prop_assert_eq!(pieces.iter().map(Vec::len).sum::<usize>(), leg.way.len() + 2 * (pieces.len() - 1));
    }

    #[test]
    fn a_detour_is_never_shorter(from in place(), over in place(), to in place()) {
        prop_assert!(measured(&[from, over, to]).total_km() >= measured(&[from, to]).total_km() - 1e-6);
    }

    #[test]
    fn taking_back_undoes_what_was_done_last(points in prop::collection::vec(place(), 1..6), next in place()) {
        let before = measured(&points);
        let mut after = before.clone();
        after.add(next);
        after.take_back();
        prop_assert_eq!(&after, &before);
        if before.can_close() {
            after.close();
            prop_assert!(after.is_closed() && !after.is_open());
            after.take_back();
            prop_assert_eq!(after, before);
        }
    }

    /// It does not matter where a line begins, nor which way it runs.
    #[test]
    fn an_area_is_that_of_the_ring(points in star(), shift in 0_usize..8) {
        let area = |points: &[LonLat]| {
            let mut measure = measured(points);
            measure.close();
            measure.inside()
        };
        let mut turned = points.clone();
        turned.rotate_left(shift % points.len());
        let mut back = points.clone();
        back.reverse();
        let Some(Inside::Area(own)) = area(&points) else { return Err(TestCaseError::fail("a star has an area")) };
        prop_assert!(own > 0.0);
        for other in [turned, back] {
            let Some(Inside::Area(other)) = area(&other) else { return Err(TestCaseError::fail("a star has an area")) };
            prop_assert!((other / own - 1.0).abs() < 1e-9, "{other} and {own}");
        }
    }
}

#[test]
fn a_square_degree_at_the_equator_has_its_known_area() {
    let corners = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]].map(LonLat::from);
    let mut measure = measured(&corners);
    assert_eq!(measure.inside(), None, "it is not closed yet");
    measure.close();
    assert!(matches!(measure.inside(), Some(Inside::Area(area)) if (area - 12_308.8).abs() < 1.0), "{:?}", measure.inside());
    assert!(measure.summary().starts_with("12\u{a0}309 km² inside 444 km"), "{}", measure.summary());
}

#[test]
fn a_line_that_crosses_itself_has_no_area_and_says_so() {
    let mut measure = measured(&[[0.0, 0.0], [1.0, 1.0], [1.0, 0.0], [0.0, 1.0]].map(LonLat::from));
    measure.close();
    assert_eq!(measure.inside(), Some(Inside::Crossed));
    assert!(measure.summary().contains("crosses itself"), "{}", measure.summary());
}

#[test]
fn two_points_enclose_nothing() {
    let mut measure = measured(&[[0.0, 0.0], [1.0, 1.0]].map(LonLat::from));
    measure.close();
    assert!(!measure.is_closed() && measure.is_open());
}

#[test]
fn the_report_names_every_stretch_and_point() {
    let measure = measured(&[[34.1, 44.95], [30.52, 50.45], [37.62, 55.75]].map(LonLat::from));
    let report = measure.report();
    assert_eq!(report.lines().count(), 1 + 2 + 3);
    assert!(report.contains("stretch 2: ") && report.contains("50.45000, 30.52000"), "{report}");
}

#[test]
fn the_key_begins_leaves_and_begins_anew() {
    let begun = MeasureStep::Toggle.applied(None);
    assert!(begun.as_ref().is_some_and(Measure::is_open));
    assert_eq!(MeasureStep::Toggle.applied(begun.clone()), None);
    let ended = MeasureStep::End.applied(MeasureStep::Add(LonLat::new(1.0, 2.0)).applied(begun));
    assert!(ended.as_ref().is_some_and(|measure| !measure.is_open()));
    assert_eq!(MeasureStep::Toggle.applied(ended), Some(Measure::default()));
}
