//! More points where edges are long, so that what is straight on a flat map of degrees lies on the globe as it should. Lines and triangles are cut by
//! the same rule, at the middle of any edge that is too long, so that they fit together as before.

use super::triangulate::WorldMesh;
use std::collections::HashMap;

/// A place as `[lon, lat]` in degrees.
type Degrees = [f32; 2];

/// Longer edges than so many degrees are cut: on a globe as wide as a screen the chord is off by a third of a point.
pub const LONGEST_DEG: f32 = 3.0;

/// The line with points between those of long edges. Points are `[lon, lat]` in degrees.
pub fn line(points: impl IntoIterator<Item = Degrees>) -> Vec<Degrees> {
    let mut dense: Vec<Degrees> = Vec::new();
    for point in points {
        match dense.last().copied() {
            Some(last) => add_between(last, point, &mut dense),
            None => dense.push(point),
        }
    }
    dense
}

/// Adds what lies between two points, and the second.
fn add_between(from: Degrees, to: Degrees, dense: &mut Vec<Degrees>) {
    if length(from, to) > LONGEST_DEG {
        let middle = halfway(from, to);
        add_between(from, middle, dense);
        add_between(middle, to, dense);
    } else {
        dense.push(to);
    }
}

/// The same triangles, those with long edges cut into smaller ones.
pub fn mesh(coarse: WorldMesh) -> WorldMesh {
    let WorldMesh { positions, units, indices, unit_ranges } = coarse;
    let mut dense = WorldMesh { positions, units, ..WorldMesh::default() };
    dense.indices.reserve(indices.len() * 5 / 4);
    let mut middles: HashMap<[u32; 2], u32> = HashMap::new();
    for range in unit_ranges {
        let start = dense.indices.len() as u32;
        for triangle in indices[range.start as usize..range.end as usize].chunks_exact(3) {
            add_triangle(&mut dense, &mut middles, [triangle[0], triangle[1], triangle[2]]);
        }
        dense.unit_ranges.push(start..dense.indices.len() as u32);
        middles.clear();
    }
    dense
}

fn add_triangle(dense: &mut WorldMesh, middles: &mut HashMap<[u32; 2], u32>, corners: [u32; 3]) {
    let at = corners.map(|corner| dense.positions[corner as usize]);
    let lengths = [0, 1, 2].map(|side| length(at[side], at[(side + 1) % 3]));
    let longest = (0..3).max_by(|a, b| lengths[*a].total_cmp(&lengths[*b])).unwrap_or(0);
    if lengths[longest] <= LONGEST_DEG {
        dense.indices.extend(corners);
        return;
    }
    let [from, to, opposite] = [0, 1, 2].map(|step| corners[(longest + step) % 3]);
    let middle = *middles.entry([from.min(to), from.max(to)]).or_insert_with(|| {
        dense.positions.push(halfway(dense.positions[from as usize], dense.positions[to as usize]));
        dense.units.push(dense.units[from as usize]);
        dense.positions.len() as u32 - 1
    });
    add_triangle(dense, middles, [from, middle, opposite]);
    add_triangle(dense, middles, [middle, to, opposite]);
}

/// About how many degrees of a great circle.
fn length([a_lon, a_lat]: Degrees, [b_lon, b_lat]: Degrees) -> f32 {
    let narrow = ((a_lat + b_lat) / 2.0).to_radians().cos();
    ((a_lon - b_lon) * narrow).hypot(a_lat - b_lat)
}

/// The same for either order of the two.
fn halfway(a: Degrees, b: Degrees) -> Degrees {
    [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square() -> WorldMesh {
        let all = 0..6;
        WorldMesh {
            positions: vec![[0.0, 0.0], [40.0, 0.0], [40.0, 40.0], [0.0, 40.0]],
            units: vec![7; 4],
            indices: vec![0, 1, 2, 0, 2, 3],
            unit_ranges: vec![all],
        }
    }

    fn area(mesh: &WorldMesh) -> f32 {
        let doubled = |t: &[u32]| {
            let [a, b, c] = [0, 1, 2].map(|at| mesh.positions[t[at] as usize]);
            (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
        };
        mesh.indices.chunks_exact(3).map(doubled).sum::<f32>() / 2.0
    }

    #[test]
    fn triangles_become_small_and_cover_the_same() {
        let dense = mesh(square());
        let is_short =
            |t: &[u32]| (0..3).all(|at| length(dense.positions[t[at] as usize], dense.positions[t[(at + 1) % 3] as usize]) <= LONGEST_DEG);
        assert!(dense.indices.chunks_exact(3).all(is_short));
        assert!((area(&dense) - 1600.0).abs() < 0.1);
        assert_eq!((dense.units.len(), dense.unit_ranges.len()), (dense.positions.len(), 1));
        assert!(dense.units.iter().all(|unit| *unit == 7));
    }

    #[test]
    fn lines_and_triangles_are_cut_at_the_same_points() {
        let dense = mesh(square());
        let corners: std::collections::HashSet<[u32; 2]> = dense.positions.iter().map(|at| at.map(f32::to_bits)).collect();
        // Either way round, and slanting too: an arc runs the other way for the unit on its other side.
        for [from, to] in [[[40.0, 0.0], [40.0, 40.0]], [[40.0, 0.0], [0.0, 0.0]], [[40.0, 40.0], [0.0, 0.0]], [[0.0, 0.0], [40.0, 40.0]]] {
            let edge = line([from, to]);
            assert!(edge.len() > 10);
            assert!(edge.iter().all(|at| corners.contains(&at.map(f32::to_bits))), "{from:?} to {to:?}");
        }
    }

    #[test]
    fn what_is_short_stays_as_it_is() {
        let points = vec![[0.0, 0.0], [1.0, 0.5], [2.0, 1.0]];
        assert_eq!(line(points.clone()), points);
        assert_eq!(line([[-180.0, -90.0], [180.0, -90.0]]).len(), 2, "a pole is one place");
    }
}
