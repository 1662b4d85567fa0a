//! How long the geometry takes on the real partition: `cargo bench --no-default-features --bench geometry`. Medians of ten runs.

use border_atlas::geometry::shape::{buffer::area_widened, ops::difference, region::region_of_units, validity::faults_of};
use border_atlas::geometry::shape::{
    snap::Snap,
    trace::{Along, ArcNetwork},
};
use border_atlas::geometry::triangulate::world_mesh;
use border_atlas::geometry::{LonLat, UnitSet};
use border_atlas::model::Partition;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

fn main() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/world.topo.json");
    let text = std::fs::read_to_string(path).expect("the partition is there");
    let partition = Partition::from_topojson(&text).expect("the partition is read");
    let topology = &partition.topology;
    median("read the partition", || Partition::from_topojson(&text).map(|it| it.units.len()).unwrap_or(0));
    for level in [0, 1, 3, 5] {
        median(&format!("triangles of the world at level {level}"), || world_mesh(topology, level).indices.len() / 3);
    }
    let russia: UnitSet = partition.country("rus").into();
    median("dissolve Russia", || topology.dissolve(&russia).len());
    let world: UnitSet = topology.unit_ixs().collect();
    median("dissolve the world", || topology.dissolve(&world).len());
    median("borders between countries", || topology.border_arcs(|unit| &partition.info(unit).country).count());
    let places: Vec<LonLat> = (0..1000).map(|ix| LonLat::new(f64::from(ix) * 0.36 - 180.0, f64::from(ix * 7 % 140) - 60.0)).collect();
    median("index the arcs for snapping and tracing", || usize::from(ArcNetwork::new(topology).snap(topology, places[0], 0.1).is_some()));
    let network = ArcNetwork::new(topology);
    let europe: Vec<LonLat> = (0..1000).map(|ix| LonLat::new(f64::from(ix) * 0.04, 36.0 + f64::from(ix * 7 % 30))).collect();
    for tolerance in [0.05, 0.5, 2.5] {
        let is_near = |place: &&LonLat| network.snap(topology, **place, tolerance).is_some();
        median(&format!("snap 1000 times in Europe within {tolerance} degrees"), || europe.iter().filter(is_near).count());
    }
    let at = |country: &str| {
        let walk = topology.unit(partition.country(country)[0]).polygons[0].outer.0[0];
        Snap::at_point(topology, walk.arc().0, 0)
    };
    let (from, to) = (at("prt"), at("chn"));
    median("trace from Portugal to China, both ways", || {
        network.ways(topology, &from, &to, Along::Everything).iter().map(|way| way.points.len()).sum()
    });
    let ukraine = region_of_units(topology, &partition.country("ukr").into());
    median("widen Ukraine by 50 km", || area_widened(&ukraine, 50.0).map(|wide| wide.0.len()).unwrap_or(0));
    median("look for what is wrong with Ukraine", || faults_of(&ukraine).len());
    let vast = region_of_units(topology, &russia);
    median("look for what is wrong with Russia", || faults_of(&vast).len());
    median("take Ukraine from Russia", || difference(&vast, &ukraine).0.len());
    median("find the units at 1000 places", || places.iter().filter(|&&place| topology.unit_at(place).is_some()).count());
}

/// Runs it ten times and prints the median with what it gave.
fn median(what: &str, mut run: impl FnMut() -> usize) {
    let mut times: Vec<(f64, usize)> = (0..10)
        .map(|_| {
            let start = Instant::now();
            let found = black_box(run());
            (start.elapsed().as_secs_f64() * 1000.0, found)
        })
        .collect();
    times.sort_by(|one, other| one.0.total_cmp(&other.0));
    println!("{what:40} {:9.3} ms  ({})", times[times.len() / 2].0, times[0].1);
}
