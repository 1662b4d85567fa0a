//! Laws of drawing and editing that hold for any shape: `geometry::shape`.

use border_atlas::geometry::shape::linework::Linework;
use border_atlas::geometry::shape::region::rings_from_polygon;
use border_atlas::geometry::shape::validity::{area_faults, faults_of};
use border_atlas::geometry::shape::{antimeridian, buffer, coordinates, mend, ops, pasted, placing, split, thinning, vertex, wkt};
use border_atlas::geometry::{LonLat, measure};
use geo::{Area, Contains, Coord, Distance, Geometry, LineString, MultiPolygon, Point, Polygon};
use proptest::prelude::*;

fn places() -> impl Strategy<Value = LonLat> {
    (-180.0..=180.0, -90.0..=90.0).prop_map(|(lon, lat)| LonLat::new(lon, lat))
}

/// An area without crossings around a place: its corners lie around it in order. With a hole of the same form.
fn star_around(middle: (f64, f64), radii: &[f64], holed: bool) -> MultiPolygon {
    let ring = |share: f64| -> LineString {
        let turn = |ix: usize| std::f64::consts::TAU * ix as f64 / radii.len() as f64;
        radii
            .iter()
            .enumerate()
            .map(|(ix, r)| (middle.0 + share * r * turn(ix).cos(), middle.1 + share * r * turn(ix).sin()))
            .collect::<Vec<_>>()
            .into()
    };
    let mut hole = ring(0.3);
    hole.0.reverse();
    MultiPolygon(vec![Polygon::new(ring(1.0), if holed { vec![hole] } else { vec![] })])
}

fn stars() -> impl Strategy<Value = MultiPolygon> {
    let radii = prop::collection::vec(1.0..8.0, 5..30);
    ((-10.0..10.0, -10.0..10.0), radii, any::<bool>()).prop_map(|(middle, radii, holed)| star_around(middle, &radii, holed))
}

/// The same somewhere on the earth, not over a pole.
fn stars_anywhere() -> impl Strategy<Value = MultiPolygon> {
    (stars(), -180.0..180.0, -60.0..60.0).prop_map(|(star, east, north)| {
        star.with_lines(&mut |line| line.iter().map(|at| Coord { x: at.x + east, y: at.y + north }).collect())
    })
}

fn points_of(shape: &impl Linework) -> Vec<Coord> {
    let mut points = Vec::new();
    shape.each_line(&mut |line| points.extend_from_slice(line));
    points
}

fn km2(area: &MultiPolygon) -> f64 {
    area.0.iter().map(|polygon| measure::area_km2(&rings_from_polygon(polygon))).sum()
}

fn near(one: f64, other: f64, slack: f64) -> bool {
    (one - other).abs() <= slack
}

/// How far apart two shapes with the same points are; a whole turn of longitude is nothing.
fn furthest_apart(one: &impl Linework, other: &impl Linework) -> f64 {
    let apart = |(a, b): (&Coord, &Coord)| {
        let turn = ((a.x - b.x + 180.0).rem_euclid(360.0) - 180.0).abs() * a.y.to_radians().cos();
        turn.max((a.y - b.y).abs())
    };
    points_of(one).iter().zip(&points_of(other)).map(apart).fold(0.0, f64::max)
}

fn geometries() -> impl Strategy<Value = Geometry> {
    let coord = || (-180.0..=180.0, -90.0..=90.0).prop_map(|(x, y)| Coord { x, y });
    let line = move || prop::collection::vec(coord(), 1..6).prop_map(LineString);
    let polygon = move || (line(), prop::collection::vec(line(), 0..3)).prop_map(|(outer, holes)| Polygon::new(outer, holes));
    let simple = prop_oneof![
        coord().prop_map(|at| Point(at).into()),
        line().prop_map(Geometry::from),
        polygon().prop_map(Geometry::from),
        prop::collection::vec(coord().prop_map(Point), 0..4).prop_map(|it| geo::MultiPoint(it).into()),
        prop::collection::vec(line(), 0..4).prop_map(|it| geo::MultiLineString(it).into()),
        prop::collection::vec(polygon(), 0..3).prop_map(|it| MultiPolygon(it).into()),
    ];
    simple.prop_recursive(3, 10, 3, |inner| {
        prop::collection::vec(inner, 0..3).prop_map(|it| Geometry::GeometryCollection(geo::GeometryCollection(it)))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn areas_of_union_and_intersection_add_up(one in stars(), other in stars()) {
        let (both, common, rest) = (ops::union(&one, &other), ops::intersection(&one, &other), ops::difference(&one, &other));
        let [a, b, both, common, rest] = [&one, &other, &both, &common, &rest].map(Area::unsigned_area);
        prop_assert!(near(both + common, a + b, 1e-5), "{both} + {common} is not {a} + {b}");
        prop_assert!(near(common + rest, a, 1e-5));
    }

    #[test]
    fn operations_keep_the_points_that_they_do_not_cut_off(one in stars(), other in stars()) {
        let kept = points_of(&ops::difference(&one, &other));
        let clear = |at: &Coord| {
            let apart = |edge: &[Coord]| geo::Euclidean.distance(&Point(*at), &geo::Line::new(edge[0], edge[1]));
            !other.contains(&Point(*at)) && other.0.iter().flat_map(|it| it.exterior().0.windows(2)).all(|edge| apart(edge) > 1e-6)
        };
        for at in points_of(&one).iter().filter(|at| clear(at)) {
            prop_assert!(kept.contains(at), "{at:?} has gone");
        }
    }

    #[test]
    fn pieces_of_a_split_add_up_and_keep_every_point(star in stars(), heights in prop::collection::vec(-9.0..9.0, 2..7)) {
        let step = 60.0 / (heights.len() - 1) as f64;
        let line: LineString = heights.iter().enumerate().map(|(ix, &y)| Coord { x: -30.0 + step * ix as f64, y }).collect();
        let Ok(pieces) = split::split(&star, &line) else { return Ok(()) };
        prop_assert!(pieces.len() >= 2);
        let sum: f64 = pieces.iter().map(|piece| piece.polygon.unsigned_area()).sum();
        prop_assert!(near(sum, star.unsigned_area(), 1e-9), "{sum} {}", star.unsigned_area());
        let found: Vec<Coord> = pieces.iter().flat_map(|piece| points_of(&piece.polygon)).collect();
        prop_assert!(points_of(&star).iter().all(|at| found.contains(at)));
        for piece in &pieces {
            // Each piece lies on the side that it says: the line is a function of longitude, so left is above.
            let inside = geo::InteriorPoint::interior_point(&piece.polygon).unwrap();
            let ix = (((inside.x() + 30.0) / step) as usize).min(heights.len() - 2);
            let share = (inside.x() + 30.0) / step - ix as f64;
            let line_y = heights[ix] + share * (heights[ix + 1] - heights[ix]);
            let expected = if inside.y() > line_y { split::Side::Left } else { split::Side::Right };
            prop_assert_eq!(piece.side, Some(expected));
        }
    }

    #[test]
    fn a_shape_moved_and_moved_back_is_the_same(star in stars_anywhere(), east in -200.0..200.0, north in -20.0..20.0) {
        let moved = placing::moved_by(&star, east, north);
        prop_assert!(furthest_apart(&placing::moved_by(&moved, -east, -north), &star) < 1e-9);
        let [before, after] = [&star, &moved].map(|it| placing::middle(it).unwrap());
        prop_assert!(near(after.lat_deg, before.lat_deg + north, 1e-9));
    }

    #[test]
    fn a_whole_turn_changes_nothing_and_half_a_turn_twice_neither(star in stars_anywhere(), place in places(), degrees in -360.0..360.0) {
        prop_assert!(furthest_apart(&placing::rotated(&star, place, 360.0), &star) < 1e-9);
        let there = placing::rotated(&star, place, degrees);
        prop_assert!(furthest_apart(&placing::rotated(&there, place, -degrees), &star) < 1e-9);
    }

    #[test]
    fn grown_and_shrunk_by_the_same_is_as_before(star in stars_anywhere(), factor in 0.1..3.0) {
        let about = placing::middle(&star).unwrap();
        let back = placing::scaled(&placing::scaled(&star, about, factor), about, 1.0 / factor);
        prop_assert!(furthest_apart(&back, &star) < 1e-6);
    }

    #[test]
    fn what_stands_apart_by_the_tolerance_stays(star in stars_anywhere(), km in 1.0..300.0) {
        let thin = thinning::simplified(&star, km);
        let (before, after) = (points_of(&star), points_of(&thin));
        prop_assert!(after.iter().all(|at| before.contains(at)));
        prop_assert!(thin.0[0].exterior().0.len() >= 4);
        prop_assert_eq!(thinning::simplified(&star, 0.0), star);
    }

    #[test]
    fn reversing_twice_changes_nothing(star in stars()) {
        prop_assert_eq!(vertex::reversed(&vertex::reversed(&star)), star);
    }

    #[test]
    fn cutting_at_the_antimeridian_keeps_the_area(star in stars(), east in 160.0..200.0) {
        let over = star.with_lines(&mut |line| line.iter().map(|at| Coord { x: at.x + east, y: at.y }).collect());
        let leaping = over.with_lines(&mut |line| line.iter().map(|at| Coord { x: (at.x + 180.0).rem_euclid(360.0) - 180.0, y: at.y }).collect());
        for shape in [over, leaping] {
            let cut = antimeridian::cut_at_antimeridian(&shape);
            prop_assert!(!antimeridian::crosses_antimeridian(&cut));
            prop_assert!(near(cut.unsigned_area(), star.unsigned_area(), 1e-5));
        }
    }

    #[test]
    fn wkt_comes_back_as_it_went(geometry in geometries()) {
        let text = wkt::to_wkt(&geometry);
        let back = wkt::from_wkt(&text);
        prop_assert_eq!(back.map(|it| it.geometry), Ok(geometry), "{}", text);
    }

    #[test]
    fn hostile_text_is_refused_without_panic(text in "[A-Z (),.;=0-9eE+\\-\u{b0}'\u{2033}\u{e9}]{0,80}") {
        let _ = wkt::from_wkt(&text);
        let _ = wkt::from_wkt(&format!("MULTIPOLYGON (({text}"));
        let _ = wkt::from_wkt(&format!("GEOMETRYCOLLECTION ({text})"));
        let _ = coordinates::read(&text);
        let _ = pasted::read(&text);
    }

    #[test]
    fn coordinates_come_back_as_they_were_written(place in places(), decimals in 0..7_usize) {
        let text = coordinates::degrees_minutes_seconds(place, decimals);
        let read = coordinates::read(&text).map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
        let slack = 0.51 / 3600.0 / 10_f64.powi(decimals as i32) + 1e-12;
        prop_assert!(near(read.place.lon_deg, place.lon_deg, slack) && near(read.place.lat_deg, place.lat_deg, slack), "{text}");
        prop_assert_eq!(read.order, coordinates::Order::Said);
        let text = coordinates::decimal(place, decimals + 1);
        let read = coordinates::read(&text).map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
        let slack = 0.51 / 10_f64.powi(decimals as i32 + 1);
        prop_assert!(near(read.place.lon_deg, place.lon_deg, slack) && near(read.place.lat_deg, place.lat_deg, slack), "{text}");
    }

    #[test]
    fn nothing_mendable_is_left_after_mending(rings in prop::collection::vec(prop::collection::vec((0..7_i32, 0..5_i32), 0..9), 0..3), west in prop_oneof![Just(0.0), Just(176.0)]) {
        let ring = |ring: &Vec<(i32, i32)>| ring.iter().map(|&(x, y)| [west + f64::from(x), f64::from(y)]).collect();
        let parts: Vec<Vec<Vec<[f64; 2]>>> = vec![rings.iter().map(ring).collect()];
        let mended = mend::mended_area(&parts);
        prop_assert_eq!(&mended.faults, &faults_of(&mended.shape));
        // Shapes that need a person, such as those that cross themselves, may keep what hangs on that.
        if mended.faults.iter().all(|fault| fault.is_mendable()) {
            prop_assert!(mended.faults.is_empty(), "{:?}", mended.faults);
        }
        if area_faults(&parts).is_empty() {
            prop_assert!(mended.mends.is_empty());
        }
    }

    #[test]
    fn stars_are_valid_and_mending_leaves_them_alone(star in stars_anywhere()) {
        let crosses = antimeridian::crosses_antimeridian(&star);
        let mended = mend::mended_area(&star.0.iter().map(rings_from_polygon).collect::<Vec<_>>());
        prop_assert!(mended.faults.is_empty(), "{:?}", mended.faults);
        prop_assert_eq!(mended.mends.is_empty(), !crosses);
        prop_assert!(near(mended.shape.unsigned_area(), star.unsigned_area(), 1e-4));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_buffer_contains_what_it_is_around_and_reaches_as_far_as_it_says(star in stars(), north in -55.0..55.0, km in 5.0..300.0) {
        let area = star.with_lines(&mut |line| line.iter().map(|at| Coord { x: at.x, y: at.y + north }).collect());
        let wide = buffer::area_widened(&area, km).unwrap();
        prop_assert!(ops::difference(&area, &wide).unsigned_area() < 1e-6);
        prop_assert!(km2(&wide) > km2(&area));
        let outline: Vec<LonLat> = points_of(&area).windows(2).flat_map(|edge| {
            (0..40).map(|step| edge[0] + (edge[1] - edge[0]) * (f64::from(step) / 40.0)).map(|at| LonLat::new(at.x, at.y)).collect::<Vec<_>>()
        }).collect();
        for at in points_of(&wide).iter().step_by(7) {
            let distance = outline.iter().map(|&it| measure::distance_km(it, LonLat::new(at.x, at.y))).fold(f64::INFINITY, f64::min);
            prop_assert!(distance <= km * 1.02 + 15.0, "{distance} km instead of {km}");
            prop_assert!(distance >= km * 0.98 - 1.0, "{distance} km instead of {km}");
        }
        let narrow = buffer::area_widened(&area, -km).unwrap();
        prop_assert!(ops::difference(&narrow, &area).unsigned_area() < 1e-6);
    }
}
