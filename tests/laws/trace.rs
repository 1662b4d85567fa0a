//! Laws of snapping and tracing on the arcs of the world: `geometry::shape::{snap, trace, region}`.

use border_atlas::geometry::shape::linework::lines_of;
use border_atlas::geometry::shape::region::region_of_units;
use border_atlas::geometry::shape::snap::{Snap, SnapIndex, SnapKind};
use border_atlas::geometry::shape::trace::{Along, ArcNetwork, Way};
use border_atlas::geometry::{LonLat, Topology, UnitIx, UnitSet, measure};
use border_atlas::model::Partition;
use geo::Coord;
use proptest::prelude::*;
use std::{collections::HashSet, path::Path, sync::LazyLock};

static WORLD: LazyLock<(Partition, ArcNetwork)> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/world.topo.json");
    let partition = Partition::from_topojson(&std::fs::read_to_string(path).expect("it is there")).expect("it is read");
    let network = ArcNetwork::new(&partition.topology);
    (partition, network)
});

fn topology() -> &'static Topology {
    &WORLD.0.topology
}

fn network() -> &'static ArcNetwork {
    &WORLD.1
}

/// A point of an arc of the outline of a unit, as if snapped to.
fn point_on(unit: UnitIx, pick: prop::sample::Index) -> Snap {
    let topology = topology();
    let walks: Vec<_> = topology.unit(unit).polygons[0].outer.0.clone();
    let places: Vec<(u32, u32)> =
        walks.iter().flat_map(|walk| (0..topology.arc(walk.arc()).points.len() as u32).map(move |point| (walk.arc().0, point))).collect();
    let (arc, point) = places[pick.index(places.len())];
    Snap::at_point(topology, arc, point)
}

fn units() -> impl Strategy<Value = UnitIx> {
    (0..topology().units().len() as u32).prop_map(UnitIx)
}

/// Every edge of every arc, either way, by the bits of its ends.
static EDGES: LazyLock<HashSet<[[u64; 2]; 2]>> = LazyLock::new(|| {
    let bits = |at: [f64; 2]| at.map(f64::to_bits);
    let edges = topology().arcs().iter().flat_map(|arc| arc.points.windows(2).map(move |edge| [bits(edge[0]), bits(edge[1])]));
    edges.flat_map(|[a, b]| [[a, b], [b, a]]).collect()
});

fn lies_on_arcs(way: &Way) -> bool {
    way.points.windows(2).all(|edge| EDGES.contains(&[edge[0], edge[1]].map(|at| at.to_array().map(f64::to_bits))))
}

/// The ring from its smallest point on, counter-clockwise, without the repeated one.
fn normal(mut ring: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    if measure::signed_ring_area_km2(&ring) < 0.0 {
        ring.reverse();
    }
    ring.pop();
    let least = (0..ring.len()).min_by(|&a, &b| ring[a].partial_cmp(&ring[b]).unwrap()).unwrap();
    ring.rotate_left(least);
    ring
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_traced_around_a_unit_both_ways_is_its_ring(unit in units(), one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>()) {
        let (from, to) = (point_on(unit, one), point_on(unit, other));
        prop_assume!(from.at != to.at);
        let set = UnitSet::from([unit].as_slice());
        let ways = network().ways(topology(), &from, &to, Along::Outline(&set));
        prop_assert_eq!(ways.len(), 2);
        prop_assert!(ways[0].length_km <= ways[1].length_km);
        let back = ways[1].points.iter().rev().skip(1);
        let traced: Vec<[f64; 2]> = ways[0].points.iter().chain(back).map(|at| at.to_array()).collect();
        let ring = topology().ring_points(&topology().unit(unit).polygons[0].outer, 0);
        prop_assert_eq!(normal(traced), normal(ring));
    }

    #[test]
    fn a_trace_runs_along_arcs_from_the_one_place_to_the_other(unit in units(), steps in 0..4_usize, picks in any::<[prop::sample::Index; 6]>()) {
        // From a unit to some neighbour of a neighbour.
        let mut far = unit;
        for pick in &picks[..steps] {
            let walks = &topology().unit(far).polygons[0].outer.0;
            let walk = walks[pick.index(walks.len())];
            far = topology().left_of(walk.reversed()).unwrap_or(far);
        }
        let (from, to) = (point_on(unit, picks[4]), point_on(far, picks[5]));
        let Some(way) = network().trace(topology(), &from, &to, Along::Everything) else { return Ok(()) };
        prop_assert_eq!((way.points[0], way.points[way.points.len() - 1]), (from.at, to.at));
        prop_assert!(lies_on_arcs(&way));
        let back = network().trace(topology(), &to, &from, Along::Everything).expect("it is joined the other way too");
        prop_assert!((back.length_km - way.length_km).abs() < 1e-6);
        // No shorter than straight over land and sea; the ball and the ellipsoid differ by half a per cent.
        prop_assert!(way.length_km >= measure::distance_km(from.at, to.at) * 0.99);
        for way in network().ways(topology(), &from, &to, Along::Everything) {
            prop_assert!(lies_on_arcs(&way));
        }
    }

    #[test]
    fn neighbouring_points_are_joined_by_their_edge(unit in units(), pick in any::<prop::sample::Index>()) {
        let from = point_on(unit, pick);
        prop_assume!((from.point as usize) < topology().arcs()[from.line as usize].points.len() - 1);
        let to = Snap::at_point(topology(), from.line, from.point + 1);
        let way = network().trace(topology(), &from, &to, Along::Everything).unwrap();
        prop_assert_eq!(way.points, vec![from.at, to.at]);
    }

    #[test]
    fn a_trace_between_edges_begins_and_ends_where_the_pointer_was(unit in units(), picks in any::<[prop::sample::Index; 2]>(), shares in [0.1..0.9, 0.1..0.9]) {
        let on_edge = |pick, share: f64| {
            let snap = point_on(unit, pick);
            let points = &topology().arcs()[snap.line as usize].points;
            let point = (snap.point as usize).min(points.len() - 2);
            let [a, b] = [points[point], points[point + 1]];
            let at = LonLat::new(a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]));
            Snap { at, line: snap.line, point: point as u32, along: share, kind: SnapKind::Edge }
        };
        let (from, to) = (on_edge(picks[0], shares[0]), on_edge(picks[1], shares[1]));
        let set = UnitSet::from([unit].as_slice());
        let ways = network().ways(topology(), &from, &to, Along::Outline(&set));
        prop_assert_eq!(ways.len(), 2);
        for way in &ways {
            prop_assert_eq!((way.points[0], way.points[way.points.len() - 1]), (from.at, to.at));
            let inner = Way { points: way.points[1..way.points.len() - 1].to_vec(), length_km: 0.0 };
            prop_assert!(lies_on_arcs(&inner));
        }
        // Together they run over every point of the ring once.
        let ring = topology().ring_points(&topology().unit(unit).polygons[0].outer, 0);
        prop_assert_eq!(ways.iter().map(|way| way.points.len() - 2).sum::<usize>(), ring.len() - 1);
    }

    #[test]
    fn a_snap_is_the_nearest_of_its_kind(lon in -180.0..180.0, lat in -60.0..75.0, tolerance in 0.0..2.5) {
        let place = LonLat::new(lon, lat);
        let found = network().snap(topology(), place, tolerance);
        let narrow = lat.to_radians().cos();
        let distance = |at: [f64; 2]| ((at[0] - lon) * narrow).hypot(at[1] - lat);
        let mut nearest = [f64::INFINITY; 2];
        for arc in topology().arcs() {
            for (ix, &point) in arc.points.iter().enumerate() {
                let is_node = !arc.is_closed() && (ix == 0 || ix == arc.points.len() - 1);
                let best = &mut nearest[usize::from(!is_node)];
                *best = best.min(distance(point));
            }
        }
        let expected = if nearest[0] <= tolerance { Some(SnapKind::Node) } else if nearest[1] <= tolerance { Some(SnapKind::Vertex) } else { None };
        match (expected, found) {
            (Some(kind), Some(snap)) => {
                prop_assert_eq!(snap.kind, kind);
                prop_assert!((distance(snap.at.to_array()) - nearest[kind as usize]).abs() < 1e-12);
            }
            (None, found) => prop_assert!(found.is_none_or(|snap| snap.kind == SnapKind::Edge && distance(snap.at.to_array()) <= tolerance + 1e-9)),
            (Some(_), None) => prop_assert!(false, "nothing was found at {place:?} within {tolerance}"),
        }
    }

    #[test]
    fn a_region_of_units_is_made_of_their_points_and_as_large_as_they_are(first in units(), count in 1..6_u32) {
        let last = topology().units().len() as u32;
        let set: UnitSet = (first.0..(first.0 + count).min(last)).map(UnitIx).collect();
        let region = region_of_units(topology(), &set);
        // The partition states areas to three decimals.
        let areas = region.0.iter().map(|polygon| measure::area_km2(&border_atlas::geometry::shape::region::rings_from_polygon(polygon)));
        let sum: f64 = set.iter().map(|unit| topology().unit(unit).area_km2).sum();
        prop_assert!((areas.sum::<f64>() - sum).abs() <= 1e-3 * f64::from(count) + sum * 1e-6, "{sum}");
        let on_arcs = |pair: &[Coord]| EDGES.contains(&[pair[0], pair[1]].map(|at| [at.x.to_bits(), at.y.to_bits()]));
        prop_assert!(region.iter().all(|polygon| polygon.exterior().0.windows(2).all(on_arcs)));
    }
}

#[test]
fn shapes_of_a_document_can_be_snapped_to_as_well() {
    let set: UnitSet = WORLD.0.country("che").into();
    let lines = lines_of(&region_of_units(topology(), &set));
    let index = SnapIndex::new(&lines[..]);
    let [lon, lat] = lines[0][lines[0].len() / 2];
    let snap = index.snap(&lines[..], LonLat::new(lon + 1e-4, lat), 0.01).unwrap();
    assert_eq!((snap.at, snap.kind, snap.line), (LonLat::new(lon, lat), SnapKind::Vertex, 0));
    assert_eq!(index.snap(&lines[..], LonLat::new(0.0, 0.0), 1.0), None);
}

#[test]
fn islands_are_not_joined() {
    let coast_of = |country| topology().unit(WORLD.0.country(country)[0]).polygons[0].outer.0[0].arc().0;
    let [from, to] = ["isl", "mdg"].map(|country| Snap::at_point(topology(), coast_of(country), 0));
    assert_eq!(network().trace(topology(), &from, &to, Along::Everything), None);
    assert!(network().ways(topology(), &from, &to, Along::Everything).is_empty());
    let same = network().trace(topology(), &from, &from, Along::Everything).unwrap();
    assert_eq!((same.points, same.length_km), (vec![from.at], 0.0));
    let foreign = Snap { line: u32::MAX, ..from };
    assert_eq!(network().trace(topology(), &foreign, &from, Along::Everything), None);
}
