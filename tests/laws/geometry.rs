//! Laws of the geometry that hold for any input.

use border_atlas::geometry::simplify::{COARSEST, effective_areas, ranks};
use border_atlas::geometry::{BoundingBox, Camera, LonLat, Projection, UnitIx, UnitSet, measure};
use border_atlas::model::Partition;
use proptest::prelude::*;
use std::path::Path;
use std::sync::LazyLock;

static PARTITION: LazyLock<Partition> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/world.topo.json");
    Partition::from_topojson(&std::fs::read_to_string(path).expect("the partition is there")).expect("the partition is read")
});

fn projections() -> impl Strategy<Value = Projection> {
    prop_oneof![Just(Projection::Mercator), Just(Projection::EqualEarth)]
}

fn places(limit_deg: f64) -> impl Strategy<Value = LonLat> {
    (-180.0..=180.0, -limit_deg..=limit_deg).prop_map(|(lon, lat)| LonLat::new(lon, lat))
}

fn boxes() -> impl Strategy<Value = BoundingBox> {
    (-180.0..=180.0, -80.0..=80.0, -180.0..=180.0, -80.0..=80.0)
        .prop_map(|(west, one, east, other): (f64, f64, f64, f64)| BoundingBox::new(west, one.min(other), east, one.max(other)))
}

fn cameras() -> impl Strategy<Value = Camera> {
    (projections(), boxes(), 50.0..4000.0, 50.0..3000.0, 0.0..40.0)
        .prop_map(|(projection, bbox, width, height, margin)| Camera::fit(projection, bbox, [width, height], margin))
}

fn lines() -> impl Strategy<Value = Vec<[f64; 2]>> {
    proptest::collection::vec((-20.0..20.0, -20.0..20.0).prop_map(|(x, y): (f64, f64)| [x, y]), 2..80)
}

fn near(one: f64, other: f64, slack: f64) -> bool {
    (one - other).abs() <= slack
}

proptest! {
    #[test]
    fn unproject_undoes_project(projection in projections(), place in places(85.0)) {
        let back = projection.unproject(projection.project(place)).expect("on the map");
        prop_assert!(near(back.lon_deg, place.lon_deg, 1e-6) && near(back.lat_deg, place.lat_deg, 1e-6), "{place:?} {back:?}");
    }

    #[test]
    fn everything_lies_inside_the_bounds(projection in projections(), place in places(90.0)) {
        let (point, bounds) = (projection.project(place), projection.bounds());
        let inside = bounds.clamp(point);
        prop_assert!(near(point.x, inside.x, 1e-12) && near(point.y, inside.y, 1e-12));
    }

    #[test]
    fn world_from_screen_undoes_screen_from_world(camera in cameras(), x in -500.0..5000.0, y in -500.0..4000.0) {
        let [back_x, back_y] = camera.screen_from_world(camera.world_from_screen([x, y]));
        prop_assert!(near(back_x, x, 1e-6) && near(back_y, y, 1e-6));
    }

    #[test]
    fn what_is_on_the_screen_lies_in_the_visible_box(camera in cameras()) {
        let seen = camera.visible_lonlat().padded(1e-6);
        for (across, down) in [(0.0, 0.0), (0.5, 0.0), (1.0, 0.0), (0.0, 0.5), (0.5, 0.5), (1.0, 0.5), (0.0, 1.0), (0.5, 1.0), (1.0, 1.0)] {
            let place = camera.lonlat_from_screen([across * camera.size_points[0], down * camera.size_points[1]]);
            prop_assert!(place.is_none_or(|place| seen.contains(place)), "{place:?}");
        }
    }

    #[test]
    fn zooming_holds_the_place_under_the_pointer(camera in cameras(), across in 0.0..1.0, down in 0.0..1.0, factor in 0.5..2.0) {
        let pointer = [across * camera.size_points[0], down * camera.size_points[1]];
        let zoomed = camera.zoomed_at(pointer, factor);
        let bounds = camera.projection.bounds();
        let is_free = zoomed.center.x.abs() < bounds.max.x && zoomed.center.y.abs() < bounds.max.y;
        if is_free {
            let [x, y] = zoomed.screen_from_world(camera.world_from_screen(pointer));
            prop_assert!(near(x, pointer[0], 1e-6) && near(y, pointer[1], 1e-6));
        }
        prop_assert_eq!(zoomed, zoomed.clamped());
    }

    #[test]
    fn a_union_holds_both(one in boxes(), other in boxes(), place in places(80.0)) {
        let union = one.union(&other);
        prop_assert!(!(one.contains(place) || other.contains(place)) || union.padded(1e-9).contains(place));
    }

    #[test]
    fn a_union_is_the_same_both_ways(one in boxes(), other in boxes()) {
        prop_assert!(near(one.union(&other).width_deg(), other.union(&one).width_deg(), 1e-9));
        prop_assert!(near(one.union(&one).width_deg(), one.width_deg(), 1e-9));
    }

    #[test]
    fn distance_is_the_same_both_ways(one in places(89.0), other in places(89.0)) {
        let (there, back) = (measure::distance_km(one, other), measure::distance_km(other, one));
        prop_assert!(near(there, back, 1e-6) && (0.0..20_005.0).contains(&there));
    }

    #[test]
    fn simplifying_keeps_the_ends(line in lines()) {
        let ranks = ranks(&line);
        prop_assert_eq!(ranks.len(), line.len());
        prop_assert_eq!((ranks[0], ranks[line.len() - 1]), (COARSEST, COARSEST));
    }

    #[test]
    fn what_stands_at_a_tolerance_is_worth_it(line in lines(), tolerance in 0.0..50.0) {
        let areas = effective_areas(&line);
        let standing: Vec<[f64; 2]> = line.iter().zip(&areas).filter(|&(_, &area)| area >= tolerance).map(|(&point, _)| point).collect();
        for corner in standing.windows(3) {
            let [a, b, c] = [corner[0], corner[1], corner[2]];
            let area = ((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])).abs() / 2.0;
            prop_assert!(area >= tolerance - 1e-9, "{area} at {b:?}");
        }
    }

    #[test]
    fn a_dissolved_set_is_as_large_as_its_units(start in 0_usize..4500, count in 1_usize..60, strays in proptest::collection::vec(0_u32..4600, 0..10)) {
        let topology = &PARTITION.topology;
        // Units in the order of their ids are mostly neighbours.
        let set: UnitSet = (start..start + count).map(|ix| UnitIx(ix as u32)).chain(strays.into_iter().map(UnitIx)).collect();
        let parts: f64 = set.iter().map(|unit| topology.unit(unit).area_km2).sum();
        let polygons = topology.dissolve(&set);
        let whole: f64 = polygons.iter().map(|polygon| measure::area_km2(&topology.polygon_points(polygon, 0))).sum();
        // Areas are stored to the thousandth.
        prop_assert!((whole - parts).abs() < 1e-6 * parts + 1e-3 * set.len() as f64, "{whole} {parts}");
        for polygon in &polygons {
            let rings = topology.polygon_points(polygon, 0);
            prop_assert!(measure::signed_ring_area_km2(&rings[0]) > 0.0);
            prop_assert!(rings[1..].iter().all(|hole| measure::signed_ring_area_km2(hole) < 0.0));
        }
    }
}
