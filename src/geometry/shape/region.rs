//! Regions made of whole units: exact, because the arcs of the outline are followed and nothing is computed.

use crate::geometry::{Topology, UnitSet};
use geo::{Coord, LineString, MultiPolygon, Polygon};

/// What the units of a set cover together, with their very points: outer rings counter-clockwise, holes clockwise ([`Topology::dissolve`]). Empty for no units.
pub fn region_of_units(topology: &Topology, units: &UnitSet) -> MultiPolygon {
    let polygons = topology.dissolve(units);
    let polygons = polygons.iter().map(|polygon| polygon_from_rings(topology.polygon_points(polygon, 0)));
    MultiPolygon(polygons.collect())
}

/// A polygon from rings as the rest of the program has them: `[lon, lat]`, the outline first. Empty for no rings.
pub fn polygon_from_rings(rings: Vec<Vec<[f64; 2]>>) -> Polygon {
    let mut rings = rings.into_iter().map(|ring| ring.into_iter().map(Coord::from).collect::<LineString>());
    let outer = rings.next().unwrap_or_else(LineString::empty);
    Polygon::new(outer, rings.collect())
}

/// The rings of a polygon as the rest of the program has them: `[lon, lat]`, the outline first, first points repeated. Empty for a polygon without an outline;
/// empty holes are left out.
pub fn rings_from_polygon(polygon: &Polygon) -> Vec<Vec<[f64; 2]>> {
    if polygon.exterior().0.is_empty() {
        return Vec::new();
    }
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    rings.filter(|ring| !ring.0.is_empty()).map(|ring| ring.coords().map(|at| [at.x, at.y]).collect()).collect()
}
