use super::*;
use crate::geometry::shape::wkt::from_wkt;
use geo::{Area, Coord};

fn area(text: &str) -> MultiPolygon {
    match from_wkt(text).unwrap().geometry {
        geo::Geometry::Polygon(polygon) => MultiPolygon(vec![polygon]),
        other => MultiPolygon::try_from(other).unwrap(),
    }
}

fn line(points: &[(f64, f64)]) -> LineString {
    LineString::from(points.to_vec())
}

fn square() -> MultiPolygon {
    area("POLYGON((0 0, 10 0, 10 10, 0 10, 0 0))")
}

fn sizes(pieces: &[Piece]) -> Vec<(f64, Option<Side>)> {
    let mut sizes: Vec<_> = pieces.iter().map(|piece| (piece.polygon.unsigned_area(), piece.side)).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    sizes
}

const LEFT: Option<Side> = Some(Side::Left);
const RIGHT: Option<Side> = Some(Side::Right);

#[test]
fn a_line_across_makes_two_with_known_sides() {
    let pieces = split(&square(), &line(&[(-1.0, 4.0), (11.0, 4.0)])).unwrap();
    assert_eq!(sizes(&pieces), [(40.0, RIGHT), (60.0, LEFT)]);
    for piece in &pieces {
        assert!([Coord { x: 0.0, y: 4.0 }, Coord { x: 10.0, y: 4.0 }].iter().all(|at| piece.polygon.exterior().0.contains(at)));
    }
}

#[test]
fn from_corner_to_corner_and_from_edge_to_edge_count_as_across() {
    assert_eq!(sizes(&split(&square(), &line(&[(0.0, 0.0), (10.0, 10.0)])).unwrap()), [(50.0, RIGHT), (50.0, LEFT)]);
    assert_eq!(sizes(&split(&square(), &line(&[(0.0, 5.0), (5.0, 8.0), (10.0, 5.0)])).unwrap()), [(35.0, LEFT), (65.0, RIGHT)]);
}

#[test]
fn a_line_that_crosses_often_makes_many() {
    let zigzag = line(&[(-1.0, 2.0), (11.0, 2.0), (11.0, 5.0), (-1.0, 5.0), (-1.0, 8.0), (11.0, 8.0)]);
    assert_eq!(sizes(&split(&square(), &zigzag).unwrap()).iter().map(|it| it.0).collect::<Vec<_>>(), [20.0, 20.0, 30.0, 30.0]);
}

#[test]
fn holes_stay_with_their_piece_or_are_opened() {
    let holed = area("POLYGON((0 0, 10 0, 10 10, 0 10, 0 0), (2 2, 4 2, 4 4, 2 4, 2 2))");
    let above = split(&holed, &line(&[(-1.0, 6.0), (11.0, 6.0)])).unwrap();
    assert_eq!(sizes(&above), [(40.0, LEFT), (56.0, RIGHT)]);
    assert_eq!(above.iter().map(|piece| piece.polygon.interiors().len()).sum::<usize>(), 1);
    let through = split(&holed, &line(&[(-1.0, 3.0), (11.0, 3.0)])).unwrap();
    assert_eq!(sizes(&through), [(28.0, RIGHT), (68.0, LEFT)]);
    assert!(through.iter().all(|piece| piece.polygon.interiors().is_empty()));
}

#[test]
fn a_loop_from_the_edge_back_to_it_cuts_a_bite_out() {
    let bite = line(&[(-1.0, 3.0), (4.0, 3.0), (4.0, 7.0), (-1.0, 7.0)]);
    assert_eq!(sizes(&split(&square(), &bite).unwrap()), [(16.0, LEFT), (84.0, RIGHT)]);
}

#[test]
fn parts_that_are_not_met_come_as_they_are() {
    let two = area("MULTIPOLYGON(((0 0, 10 0, 10 10, 0 10, 0 0)), ((20 0, 21 0, 21 1, 20 1, 20 0)))");
    assert_eq!(sizes(&split(&two, &line(&[(4.0, -1.0), (4.0, 11.0), (6.0, 5.0)])).unwrap()), [(1.0, None), (40.0, LEFT), (60.0, RIGHT)]);
}

#[test]
fn what_does_not_cut_says_why() {
    let error = |area: &MultiPolygon, points: &[(f64, f64)]| split(area, &line(points)).unwrap_err();
    assert_eq!(error(&square(), &[(1.0, 1.0), (1.0, 1.0)]), SplitError::NoLine);
    assert_eq!(error(&square(), &[(f64::NAN, 1.0), (1.0, 1.0)]), SplitError::NoLine);
    assert_eq!(error(&square(), &[(-1.0, 5.0), (5.0, 5.0)]), SplitError::DoesNotCross);
    assert_eq!(error(&square(), &[(-1.0, -5.0), (15.0, -5.0)]), SplitError::DoesNotCross);
    assert_eq!(error(&square(), &[(-1.0, 0.0), (11.0, 0.0)]), SplitError::DoesNotCross);
    assert_eq!(error(&square(), &[(-1.0, 2.0), (8.0, 2.0), (8.0, 8.0), (4.0, -1.0)]), SplitError::CrossesItself);
    let holed = area("POLYGON((0 0, 10 0, 10 10, 0 10, 0 0), (2 2, 4 2, 4 4, 2 4, 2 2))");
    assert_eq!(error(&holed, &[(-1.0, 3.0), (3.0, 3.0)]), SplitError::DoesNotDivide);
}
