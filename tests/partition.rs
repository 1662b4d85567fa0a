//! What must hold of the committed partition, `maps/world.topo.json`. With `BORDER_ATLAS_GPKG` set to the source package's
//! `world_map.gpkg` (see maps/SOURCES.md) and the feature `partition`, also that the program makes exactly this file from it.

use border_atlas::geometry::simplify::{COARSEST, LEVELS};
use border_atlas::geometry::topology::{ArcRef, Level};
use border_atlas::geometry::triangulate::{triangles, world_mesh};
use border_atlas::geometry::{ArcIx, LonLat, Topology, UnitIx, UnitSet, measure};
use border_atlas::model::Partition;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static PARTITION: LazyLock<Partition> = LazyLock::new(|| Partition::from_topojson(&committed()).expect("the committed partition is read"));

/// What is known of the areas: square kilometres, and how far, in per cent, the partition may be off.
///
/// The figures are Natural Earth's own shapes, measured with all disputed lines closed (maps/SOURCES.md).
const AREAS: [(&str, f64, f64); 22] = [
    ("aksai-chin", 29_985.0, 2.0),
    ("arunachal-claim", 69_590.0, 2.0),
    ("azad-kashmir", 11_957.0, 2.0),
    ("northern-areas", 65_243.0, 2.0),
    ("shaksgam", 5_318.0, 2.0),
    ("siachen", 2_081.0, 2.0),
    ("karabakh-oblast", 4_282.0, 2.0),
    ("karabakh-1994", 11_927.0, 2.0),
    ("crimea", 27_173.0, 2.0),
    ("donbas-line", 17_758.0, 2.0),
    ("golan", 1_263.0, 2.0),
    ("western-sahara-east", 90_552.0, 2.0),
    ("western-sahara-west", 177_842.0, 2.0),
    ("abkhazia", 8_643.0, 2.0),
    ("south-ossetia", 4_466.0, 2.0),
    ("transnistria", 3_052.0, 2.0),
    ("essequibo", 142_400.0, 2.0),
    ("southern-kurils", 4_933.0, 2.0),
    ("abyei", 10_873.0, 2.0),
    ("belize-claim", 7_941.0, 2.0),
    ("shebaa-farms", 20.2, 5.0),
    ("doklam", 143.2, 2.0),
];

/// The areas without a figure to hold them to, and what they are known to lie in.
const OTHER_AREAS: [&str; 34] = [
    "atacama-corridor",
    "baikonur",
    "bhutan-north",
    "courantyne-guyana",
    "demchok",
    "donetsk-2025",
    "donetsk-bakhmut",
    "donetsk-lyman",
    "donetsk-oblast",
    "donetsk-south",
    "donetsk-west",
    "gaza",
    "guantanamo",
    "ilemi",
    "jammu-kashmir-india",
    "kharkiv-east",
    "kherson-left-bank",
    "kherson-oblast",
    "kherson-right-bank",
    "kinburn",
    "kosovo",
    "luhansk-lysychansk",
    "luhansk-north",
    "luhansk-oblast",
    "maroni",
    "middle-sector",
    "northern-cyprus",
    "olivenza",
    "somaliland",
    "spratly",
    "west-bank",
    "zaporizhzhia-north",
    "zaporizhzhia-oblast",
    "zaporizhzhia-south",
];

fn committed_path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("maps/world.topo.json")
}

fn committed() -> String {
    std::fs::read_to_string(committed_path()).expect("the committed partition is there")
}

fn topology() -> &'static Topology {
    &PARTITION.topology
}

fn area_km2_of(units: &[UnitIx]) -> f64 {
    units.iter().map(|&unit| topology().unit(unit).area_km2).sum()
}

/// Twice the area of a ring in square degrees, whichever way it runs.
fn doubled_ring_area(ring: &[[f64; 2]]) -> f64 {
    ring.windows(2).map(|edge| edge[0][0] * edge[1][1] - edge[1][0] * edge[0][1]).sum::<f64>().abs()
}

fn doubled_unit_area(unit: UnitIx, level: Level) -> f64 {
    let polygons = topology().unit_rings_at_level(unit, level);
    let of_polygon = |rings: &Vec<Vec<[f64; 2]>>| {
        let holes: f64 = rings[1..].iter().map(|ring| doubled_ring_area(ring)).sum();
        doubled_ring_area(&rings[0]) - holes
    };
    polygons.iter().map(of_polygon).sum()
}

#[test]
fn ids_ascend_and_name_their_country() {
    assert!(PARTITION.units.windows(2).all(|pair| pair[0].id < pair[1].id));
    for unit in &PARTITION.units {
        assert!(unit.id.starts_with(&format!("{}/", unit.country)), "{}", unit.id);
        let known = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "/-.".contains(letter);
        assert!(unit.id.chars().all(known) && !unit.name.is_empty(), "{}", unit.id);
        assert_eq!(PARTITION.unit(&unit.id).map(|ix| &PARTITION.info(ix).id), Some(&unit.id));
    }
    assert_eq!(PARTITION.unit("nowhere/at-all"), None);
}

#[test]
fn parts_of_cut_units_fall_in_size_and_answer_to_their_whole() {
    let parts = PARTITION.unit_with_parts("ukr/donets-k");
    assert_eq!(parts.len(), 6);
    assert!(parts.windows(2).all(|pair| topology().unit(pair[0]).area_km2 > topology().unit(pair[1]).area_km2));
    assert_eq!(PARTITION.unit_with_parts("ukr/kherson").len(), 2);
    assert_eq!(PARTITION.unit_with_parts("ukr/sumy").len(), 1);
    assert!(PARTITION.unit_with_parts("ukr/kher").is_empty());
}

#[test]
fn every_arc_is_used_once_on_each_side_that_has_a_unit() {
    let mut walks = BTreeSet::new();
    for unit in topology().unit_ixs() {
        for walk in topology().unit(unit).polygons.iter().flat_map(|polygon| polygon.rings()).flat_map(|ring| &ring.0) {
            assert!(walks.insert(*walk), "arc {walk:?} is walked twice");
            assert_eq!(topology().left_of(*walk), Some(unit));
        }
    }
    for ix in topology().arc_ixs() {
        let (arc, forward) = (topology().arc(ix), ArcRef::forward(ix));
        assert_eq!((arc.left.is_some(), arc.right.is_some()), (walks.contains(&forward), walks.contains(&!forward)));
        assert!(arc.left.is_some() || arc.right.is_some(), "arc {ix:?} bounds nothing");
        assert_ne!(arc.left, arc.right, "arc {ix:?} has one unit on both sides");
    }
}

#[test]
fn arcs_meet_only_at_their_ends() {
    let mut inner = BTreeSet::new();
    let key = |point: &[f64; 2]| point.map(|degrees| (degrees * 1e5).round() as i64);
    for arc in topology().arcs() {
        for point in &arc.points[1..arc.points.len() - 1] {
            assert!(inner.insert(key(point)), "two arcs pass through {point:?}");
        }
    }
    for arc in topology().arcs().iter().filter(|arc| !arc.is_closed()) {
        assert!(!inner.contains(&key(&arc.points[0])) && !inner.contains(&key(&arc.points[arc.points.len() - 1])));
    }
}

#[test]
fn the_edge_of_the_map_is_marked_and_nothing_else() {
    for arc in topology().arcs() {
        let on_edge = |edge: &[[f64; 2]]| {
            let along = |axis: usize, degrees: f64| edge.iter().all(|point| point[axis] == degrees);
            along(0, 180.0) || along(0, -180.0) || along(1, -90.0)
        };
        assert!(arc.points.windows(2).all(|edge| on_edge(edge) == arc.seam));
    }
    assert!(topology().coast_arcs().all(|ix| !topology().arc(ix).seam));
}

#[test]
fn no_edge_runs_round_the_world_at_any_level() {
    for level in 0..=COARSEST {
        for arc in topology().arcs() {
            let points: Vec<_> = arc.at_level(level).collect();
            assert!(points.windows(2).all(|edge| (edge[0][0] - edge[1][0]).abs() <= 180.0));
        }
    }
}

#[test]
fn ends_stand_at_every_level_and_levels_only_lose_points() {
    for arc in topology().arcs() {
        assert_eq!((arc.ranks[0], arc.ranks[arc.ranks.len() - 1]), (COARSEST, COARSEST));
        assert!(arc.ranks.iter().all(|&rank| rank <= COARSEST));
    }
    let counts: Vec<usize> = (0..=COARSEST).map(|level| topology().arcs().iter().map(|arc| arc.at_level(level).count()).sum()).collect();
    assert!(counts.windows(2).all(|pair| pair[0] > pair[1]), "{counts:?} for {LEVELS:?}");
}

#[test]
fn stored_areas_are_those_of_the_shapes_and_sum_to_the_land() {
    let mut total = 0.0;
    for unit in topology().unit_ixs() {
        let measured: f64 = topology().unit_rings_at_level(unit, 0).iter().map(|rings| measure::area_km2(rings)).sum();
        let stored = topology().unit(unit).area_km2;
        // Stored to the thousandth.
        assert!((measured - stored).abs() < 1e-6 * measured + 1e-3, "{}: {measured} {stored}", PARTITION.info(unit).id);
        total += stored;
    }
    let world: UnitSet = topology().unit_ixs().collect();
    let land: f64 = topology().dissolve(&world).iter().map(|polygon| measure::area_km2(&topology().polygon_points(polygon, 0))).sum();
    assert!((total / land - 1.0).abs() < 1e-6, "{total} {land}");
    // The earth's land without the ice shelves and the inland seas: 147 million square kilometres.
    assert!((145e6..149e6).contains(&total), "{total}");
}

#[test]
fn triangles_cover_what_the_rings_enclose() {
    for unit in topology().unit_ixs() {
        let (corners, indices) = triangles(topology(), unit, 0);
        let corner = |ix: u32| corners[ix as usize].map(f64::from);
        let doubled = |it: &[u32]| doubled_ring_area(&[corner(it[0]), corner(it[1]), corner(it[2]), corner(it[0])]);
        let covered: f64 = indices.chunks(3).map(doubled).sum();
        let enclosed = doubled_unit_area(unit, 0);
        // Corners are single precision: about two metres.
        assert!((covered - enclosed).abs() < 1e-4 * enclosed + 2e-5, "{}: {covered} {enclosed}", PARTITION.info(unit).id);
    }
}

#[test]
fn the_mesh_of_the_world_keeps_its_land_at_every_level() {
    let full: f64 = topology().unit_ixs().map(|unit| doubled_unit_area(unit, 0)).sum();
    let mut before = usize::MAX;
    for level in 0..=COARSEST {
        let mesh = world_mesh(topology(), level);
        assert_eq!((mesh.units.len(), mesh.unit_ranges.len()), (mesh.positions.len(), topology().units().len()));
        let corner = |ix: u32| mesh.positions[ix as usize].map(f64::from);
        let doubled = |it: &[u32]| doubled_ring_area(&[corner(it[0]), corner(it[1]), corner(it[2]), corner(it[0])]);
        let covered: f64 = mesh.indices.chunks(3).map(doubled).sum();
        assert!((covered / full - 1.0).abs() < 0.02, "level {level}: {covered} of {full}");
        assert!(mesh.indices.len() < before);
        before = mesh.indices.len();
        for (unit, range) in (0_u32..).zip(&mesh.unit_ranges) {
            let corners = &mesh.indices[range.start as usize..range.end as usize];
            assert!(corners.iter().all(|&ix| mesh.units[ix as usize] == unit));
        }
    }
}

#[test]
fn every_unit_is_found_where_its_name_stands() {
    for unit in topology().unit_ixs() {
        let shape = topology().unit(unit);
        assert_eq!(topology().unit_at(shape.label_point), Some(unit), "{}", PARTITION.info(unit).id);
        assert!(shape.bbox.contains(shape.label_point) && shape.area_km2 > 0.0);
    }
    assert_eq!(topology().unit_at(LonLat::new(-30.0, 40.0)), None);
    assert_eq!(topology().unit_at(LonLat::new(f64::NAN, 0.0)), None);
}

#[test]
fn exactly_one_unit_holds_a_place_on_a_boundary() {
    let crossing = |ring: &[[f64; 2]], place: LonLat| {
        let to_east = |edge: &&[[f64; 2]]| {
            let (low, high) = if edge[0][1] < edge[1][1] { (edge[0], edge[1]) } else { (edge[1], edge[0]) };
            let lon = low[0] + (place.lat_deg - low[1]) / (high[1] - low[1]) * (high[0] - low[0]);
            low[1] <= place.lat_deg && place.lat_deg < high[1] && place.lon_deg < lon
        };
        ring.windows(2).filter(to_east).count()
    };
    let shared = topology().arc_ixs().filter(|&ix| topology().arc(ix).left.is_some() && topology().arc(ix).right.is_some());
    for ix in shared.step_by(97) {
        let arc = topology().arc(ix);
        let place = LonLat::from(arc.points[arc.points.len() / 2]);
        let holds = |unit: &UnitIx| {
            let rings = topology().unit_rings_at_level(*unit, 0).into_iter().flatten();
            rings.map(|ring| crossing(&ring, place)).sum::<usize>() % 2 == 1
        };
        let holders: Vec<UnitIx> = topology().unit_ixs().filter(|unit| topology().unit(*unit).bbox.contains(place)).filter(holds).collect();
        assert_eq!(topology().unit_at(place).into_iter().collect::<Vec<_>>(), holders, "{place:?}");
    }
}

#[test]
fn areas_measure_what_they_should() {
    for (name, expected, per_cent) in AREAS {
        let found = area_km2_of(PARTITION.area(name).unwrap_or_default());
        assert!((found / expected - 1.0).abs() * 100.0 < per_cent, "{name}: {found:.1} instead of {expected:.1}");
    }
    let names: BTreeSet<&str> = AREAS.iter().map(|row| row.0).chain(OTHER_AREAS).collect();
    assert_eq!(PARTITION.areas.keys().map(String::as_str).collect::<BTreeSet<_>>(), names);
}

#[test]
fn areas_lie_where_they_should() {
    let countries = |name: &str| -> BTreeSet<&str> {
        PARTITION.area(name).unwrap_or_default().iter().map(|&unit| PARTITION.info(unit).country.as_str()).collect()
    };
    // Natural Earth 4.1 gives Crimea to Russia de facto, Siachen, Baikonur and the like codes of their own.
    for (name, country) in [("crimea", "rus"), ("aksai-chin", "chn"), ("demchok", "ind"), ("golan", "isr"), ("siachen", "kas")] {
        assert_eq!(countries(name), BTreeSet::from([country]), "{name}");
    }
    let area_at = |lon: f64, lat: f64, name: &str| {
        let unit = topology().unit_at(LonLat::new(lon, lat)).expect("on land");
        PARTITION.area(name).unwrap_or_default().contains(&unit)
    };
    assert!(area_at(46.75, 39.82, "karabakh-oblast"), "Stepanakert");
    assert!(area_at(46.93, 39.99, "karabakh-1994") && !area_at(46.93, 39.99, "karabakh-oblast"), "the town of Agdam");
    assert!(area_at(37.80, 48.0, "donbas-line") && !area_at(37.55, 47.10, "donbas-line"), "Donetsk, Mariupol");
    assert!(area_at(29.64, 46.84, "transnistria") && area_at(44.0, 42.23, "south-ossetia"), "Tiraspol, Tskhinvali");
    assert!(area_at(145.85, 44.03, "southern-kurils") && !area_at(150.0, 45.92, "southern-kurils"), "Kunashir, Urup");
}

#[test]
fn named_lines_run_along_their_areas() {
    let expected = ["aksai-chin", "dnipro", "donbas-line", "karabakh-1994", "karabakh-oblast"];
    assert_eq!(PARTITION.area_lines.keys().map(String::as_str).collect::<Vec<_>>(), expected);
    for (name, arcs) in &PARTITION.area_lines {
        // The line on the river is the edge of two areas, the others that of the area of their name.
        let areas = if name == "dnipro" { &["kherson-left-bank", "zaporizhzhia-south"][..] } else { &[name.as_str()] };
        let area: UnitSet = areas.iter().flat_map(|name| PARTITION.area(name).unwrap_or_default()).copied().collect();
        for &ix in arcs {
            let arc = topology().arc(ix);
            let inside = |side: Option<UnitIx>| side.is_some_and(|unit| area.contains(unit));
            assert_ne!(inside(arc.left), inside(arc.right), "{name}");
        }
    }
    let length = |name: &str| -> f64 {
        let arcs = PARTITION.area_line(name).unwrap_or_default();
        arcs.iter().map(|&ix| measure::line_length_km(&topology().arc(ix).points)).sum()
    };
    // The line of contact of 2015 to 2022 was about 420 km long.
    assert!((300.0..450.0).contains(&length("donbas-line")), "{}", length("donbas-line"));
}

#[test]
fn cut_oblasts_are_whole_in_their_parts() {
    let whole = |unit: &str| PARTITION.unit_with_parts(unit).into_iter().collect::<BTreeSet<_>>();
    let parts = |names: &[&str]| names.iter().flat_map(|name| PARTITION.area(name).unwrap_or_default()).copied().collect::<Vec<_>>();
    let donetsk = ["donbas-line", "donetsk-2025", "donetsk-bakhmut", "donetsk-lyman", "donetsk-south", "donetsk-west"];
    for (unit, oblast, names) in [
        ("ukr/kherson", "kherson-oblast", &["kherson-left-bank", "kherson-right-bank"][..]),
        ("ukr/zaporizhzhya", "zaporizhzhia-oblast", &["zaporizhzhia-north", "zaporizhzhia-south"]),
        ("ukr/donets-k", "donetsk-oblast", &donetsk),
        ("ukr/luhans-k", "luhansk-oblast", &["donbas-line", "luhansk-lysychansk", "luhansk-north"]),
    ] {
        let of_oblast: Vec<UnitIx> = parts(names).into_iter().filter(|part| whole(unit).contains(part)).collect();
        assert_eq!((of_oblast.len(), of_oblast.into_iter().collect()), (whole(unit).len(), whole(unit)), "{oblast}");
        assert_eq!(parts(&[oblast]).into_iter().collect::<BTreeSet<_>>(), whole(unit));
    }
}

#[test]
fn towns_lie_on_the_side_of_the_front_that_held_them() {
    for (town, lon, lat, area) in [
        ("Kherson", 32.60, 46.67, "kherson-right-bank"),
        ("Beryslav", 33.42, 46.85, "kherson-right-bank"),
        ("Oleshky", 32.72, 46.62, "kherson-left-bank"),
        ("Kakhovka", 33.48, 46.80, "kherson-left-bank"),
        ("Henichesk", 34.80, 46.19, "kherson-left-bank"),
        ("Orikhiv", 35.79, 47.57, "zaporizhzhia-north"),
        ("Huliaipole", 36.26, 47.66, "zaporizhzhia-north"),
        ("Enerhodar", 34.65, 47.50, "zaporizhzhia-south"),
        ("Vasylivka", 35.28, 47.44, "zaporizhzhia-south"),
        ("Polohy", 36.25, 47.48, "zaporizhzhia-south"),
        ("Mariupol", 37.55, 47.10, "donetsk-south"),
        ("Volnovakha", 37.49, 47.60, "donetsk-south"),
        ("Vuhledar", 37.25, 47.78, "donetsk-2025"),
        ("Velyka Novosilka", 36.84, 47.84, "donetsk-2025"),
        ("Avdiivka", 37.75, 48.14, "donetsk-2025"),
        ("Bakhmut", 38.00, 48.595, "donetsk-bakhmut"),
        ("Lyman", 37.81, 48.985, "donetsk-lyman"),
        ("Sloviansk", 37.61, 48.85, "donetsk-west"),
        ("Kostiantynivka", 37.71, 48.53, "donetsk-west"),
        ("Pokrovsk", 37.18, 48.28, "donetsk-west"),
        ("Siversk", 38.10, 48.87, "donetsk-west"),
        ("Starobilsk", 38.91, 49.28, "luhansk-north"),
        ("Sievierodonetsk", 38.49, 48.95, "luhansk-lysychansk"),
        ("Lysychansk", 38.43, 48.90, "luhansk-lysychansk"),
        ("Izium", 37.26, 49.21, "kharkiv-east"),
        ("Kupiansk", 37.61, 49.71, "kharkiv-east"),
        ("Balakliia", 36.85, 49.46, "kharkiv-east"),
    ] {
        let unit = topology().unit_at(LonLat::new(lon, lat)).unwrap_or_else(|| panic!("{town} lies at sea"));
        let in_area = PARTITION.area(area).unwrap_or_default().contains(&unit);
        assert!(in_area, "{town} lies in {}, not in {area}", PARTITION.info(unit).id);
    }
    let chuhuiv =
        topology().unit_at(LonLat::new(36.69, 49.84)).map(|unit| PARTITION.area("kharkiv-east").unwrap_or_default().contains(&unit));
    assert_eq!(chuhuiv, Some(false));
}

#[test]
fn what_was_drawn_by_hand_is_marked() {
    let province = |unit: UnitIx| PARTITION.info(unit).id.split('.').next().unwrap_or_default();
    let by_hand: Vec<ArcIx> = topology().arc_ixs().filter(|&ix| topology().arc(ix).approximate).collect();
    for &ix in &by_hand {
        let sides = [topology().arc(ix).left, topology().arc(ix).right].map(|side| side.map(province));
        assert!(sides[0].is_some() && sides[0] == sides[1], "{sides:?}");
    }
    // Every boundary inside a province of Ukraine but the line of contact, which the source has.
    let in_ukraine = |ix: &ArcIx| {
        let arc = topology().arc(*ix);
        let sides = [arc.left, arc.right].map(|side| side.filter(|unit| PARTITION.info(*unit).country == "ukr").map(province));
        sides[0].is_some() && sides[0] == sides[1] && !PARTITION.area_line("donbas-line").unwrap_or_default().contains(ix)
    };
    assert_eq!(by_hand, topology().arc_ixs().filter(in_ukraine).collect::<Vec<_>>());
    assert!(!by_hand.is_empty());
}

#[test]
fn lines_of_our_own_rest_on_works_of_the_bibliography() {
    let read = |path: &str| -> serde_json::Value {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("maps").join(path)).expect("the file is there");
        serde_json::from_str(&text).expect("the file is JSON")
    };
    let (cuts, works) = (read("cuts.geojson"), read("sources/tenure.json"));
    let known: BTreeSet<&str> = works.as_array().into_iter().flatten().filter_map(|work| work["id"].as_str()).collect();
    let features = cuts["features"].as_array().expect("a collection of features");
    let cited: Vec<&str> =
        features.iter().flat_map(|it| it["properties"]["sources"].as_array().into_iter().flatten()).filter_map(|it| it.as_str()).collect();
    assert!(cited.len() >= features.len() && !features.is_empty());
    assert_eq!(cited.into_iter().find(|id| !known.contains(id)), None);
}

#[test]
fn borders_run_between_different_countries() {
    let country = |unit: UnitIx| PARTITION.info(unit).country.as_str();
    let borders: Vec<ArcIx> = topology().border_arcs(country).collect();
    let length = |one: &str, other: &str| -> f64 {
        let between = |arc: &&ArcIx| {
            let sides = [topology().arc(**arc).left, topology().arc(**arc).right].map(|side| side.map(country));
            sides == [Some(one), Some(other)] || sides == [Some(other), Some(one)]
        };
        borders.iter().filter(between).map(|&arc| measure::line_length_km(&topology().arc(arc).points)).sum()
    };
    // With all their bends 8,891 and 448 kilometres.
    assert!((7_500.0..9_000.0).contains(&length("usa", "can")), "{}", length("usa", "can"));
    assert!((350.0..500.0).contains(&length("deu", "fra")), "{}", length("deu", "fra"));
    assert_eq!(length("prt", "fra"), 0.0);
}

#[test]
fn what_is_no_partition_is_refused_in_words() {
    let text = committed();
    assert!(Partition::from_topojson("{}").is_err());
    assert!(Partition::from_topojson(&text[..text.len() / 2]).is_err());
    let twice = text.replacen("\"afg/badghis\"", "\"afg/badakhshan\"", 1);
    assert!(Partition::from_topojson(&twice).is_err_and(|error| error.to_string().contains("afg/badakhshan")));
}

/// The program makes the committed file again, byte for byte.
#[cfg(feature = "partition")]
#[test]
fn the_program_makes_this_file_from_the_source() {
    let Ok(package) = std::env::var("BORDER_ATLAS_GPKG") else {
        eprintln!("skipped: BORDER_ATLAS_GPKG does not name the source package's world_map.gpkg");
        return;
    };
    let made = std::env::temp_dir().join(format!("border-atlas-partition-{}.json", std::process::id()));
    let maps = committed_path().parent().map(Path::to_path_buf).unwrap_or_default();
    let program = env!("CARGO_BIN_EXE_make-partition");
    let status = std::process::Command::new(program).arg("world").arg(package).arg("--maps").arg(maps).arg("--out").arg(&made).status();
    assert!(status.expect("the program starts").success());
    let text = std::fs::read_to_string(&made).expect("the program has written");
    let _ = std::fs::remove_file(&made);
    assert!(text == committed(), "run make-partition and commit what it writes");
}
