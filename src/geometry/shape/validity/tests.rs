use super::*;

fn kinds(parts: &Drawn) -> Vec<FaultKind> {
    area_faults(parts).iter().map(|fault| fault.kind).collect()
}

fn square(west: f64, south: f64, side: f64) -> Vec<[f64; 2]> {
    let (east, north) = (west + side, south + side);
    vec![[west, south], [east, south], [east, north], [west, north], [west, south]]
}

fn hole(west: f64, south: f64, side: f64) -> Vec<[f64; 2]> {
    square(west, south, side).into_iter().rev().collect()
}

#[test]
fn a_valid_shape_has_no_faults() {
    assert!(kinds(&[vec![square(0.0, 0.0, 9.0), hole(1.0, 1.0, 2.0), hole(5.0, 5.0, 2.0)], vec![square(20.0, 0.0, 1.0)]]).is_empty());
    assert!(kinds(&[vec![square(0.0, 0.0, 9.0)], vec![square(9.0, 0.0, 9.0)]]).is_empty(), "parts may share an edge");
    assert!(kinds(&[]).is_empty());
}

#[test]
fn each_fault_is_found_alone() {
    use FaultKind::*;
    let cases = [
        (TooFewPoints, vec![vec![vec![[0.0, 0.0], [1.0, 1.0], [0.0, 0.0]]]]),
        (Unclosed, vec![vec![vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]]]),
        (DuplicatePoint, vec![vec![vec![[0.0, 0.0], [1.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]]]),
        (Spike, vec![vec![vec![[0.0, 0.0], [1.0, 0.0], [3.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]]]),
        (CrossesItself, vec![vec![vec![[0.0, 0.0], [4.0, 4.0], [4.0, 0.0], [-1.0, 3.0], [0.0, 0.0]]]]),
        (WrongWay, vec![vec![hole(0.0, 0.0, 1.0)]]),
        (WrongWay, vec![vec![square(0.0, 0.0, 9.0), square(1.0, 1.0, 1.0)]]),
        (HoleOutside, vec![vec![square(0.0, 0.0, 9.0), hole(8.0, 8.0, 4.0)]]),
        (HolesOverlap, vec![vec![square(0.0, 0.0, 9.0), hole(1.0, 1.0, 4.0), hole(2.0, 2.0, 1.0)]]),
        (PartsOverlap, vec![vec![square(0.0, 0.0, 9.0)], vec![square(4.0, 4.0, 1.0)]]),
        (LatitudePast90, vec![vec![vec![[0.0, 80.0], [1.0, 80.0], [1.0, 91.0], [0.0, 80.0]]]]),
        (LongitudePast180, vec![vec![vec![[179.0, 0.0], [180.0, 0.0], [181.0, 1.0], [179.0, 0.0]]]]),
        (NotANumber, vec![vec![vec![[0.0, 0.0], [f64::INFINITY, 0.0], [1.0, 1.0], [0.0, 0.0]]]]),
    ];
    for (kind, parts) in cases {
        let mut found = kinds(&parts);
        // A spike also comes by its foot again.
        found.retain(|it| kind != Spike || *it != TouchesItself);
        assert_eq!(found, [kind], "{parts:?}");
    }
}

#[test]
fn leaps_touches_and_nothing_inside_are_told() {
    let leap = kinds(&[vec![vec![[178.0, 0.0], [-178.0, 0.0], [-178.0, 3.0], [178.0, 3.0], [178.0, 0.0]]]]);
    assert_eq!(leap, [FaultKind::CrossesAntimeridian; 2]);
    let eight = vec![[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [4.0, 2.0], [4.0, 4.0], [2.0, 4.0], [2.0, 2.0], [0.0, 2.0], [0.0, 0.0]];
    assert_eq!(kinds(&[vec![eight]]), [FaultKind::TouchesItself]);
    assert!(kinds(&[vec![vec![[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [0.0, 0.0]]]]).contains(&FaultKind::NoArea));
}

#[test]
fn a_fault_says_where_it_is() {
    let bow = [vec![vec![[0.0, 0.0], [4.0, 4.0], [4.0, 0.0], [0.0, 4.0], [0.0, 0.0]]]];
    let faults = area_faults(&bow);
    assert_eq!(faults[0].at, Some(LonLat::new(2.0, 2.0)));
    assert_eq!(faults[0].to_string(), "the outline crosses itself, at 2°00′00″N 2°00′00″E");
    assert!(!faults[0].is_mendable());
    let overlap = &area_faults(&[vec![square(0.0, 0.0, 9.0)], vec![square(4.0, 4.0, 1.0)]])[0];
    assert!(overlap.at.is_some_and(|at| (4.0..5.0).contains(&at.lon_deg)) && overlap.ix.part == 1);
}

#[test]
fn lines_may_cross_but_not_be_points() {
    let lines = |points: &[(f64, f64)]| {
        let faults = line_faults(&MultiLineString(vec![LineString::from(points.to_vec())]));
        faults.iter().map(|fault| fault.kind).collect::<Vec<_>>()
    };
    assert!(lines(&[(0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0)]).is_empty());
    assert_eq!(lines(&[(1.0, 1.0), (1.0, 1.0)]), [FaultKind::DuplicatePoint, FaultKind::TooFewPoints]);
    assert_eq!(lines(&[(170.0, 1.0), (-170.0, 1.0)]), [FaultKind::CrossesAntimeridian]);
}
