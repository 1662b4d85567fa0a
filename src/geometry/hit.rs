//! Which unit lies at a place: a coarse grid of candidates, then the even-odd rule at full detail.

use super::topology::{Arc, Polygon, Topology, UnitIx, UnitShape, ring_bbox};
use super::{BoundingBox, LonLat};

const CELL_DEG: f64 = 2.0;
const COLUMNS: usize = 180;
const ROWS: usize = 90;

/// For each cell of 2 by 2 degrees the polygons whose boxes reach into it.
#[derive(Clone, Debug)]
pub(super) struct HitGrid {
    /// `entries[starts[cell]..starts[cell + 1]]` belong to a cell; cells run eastwards, then northwards.
    starts: Vec<u32>,
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    unit: UnitIx,
    polygon: u32,
}

impl HitGrid {
    pub(super) fn new(arcs: &[Arc], units: &[UnitShape]) -> Self {
        let mut placed: Vec<(u32, Entry)> = Vec::new();
        for (unit, shape) in (0..).map(UnitIx).zip(units) {
            for (polygon, it) in (0..).zip(&shape.polygons) {
                let Some(bbox) = ring_bbox(arcs, &it.outer) else { continue };
                placed.extend(cells_of(&bbox).map(|cell| (cell, Entry { unit, polygon })));
            }
        }
        let mut starts = vec![0_u32; COLUMNS * ROWS + 1];
        placed.iter().for_each(|(cell, _)| starts[*cell as usize + 1] += 1);
        for cell in 0..COLUMNS * ROWS {
            starts[cell + 1] += starts[cell];
        }
        placed.sort_by_key(|(cell, _)| *cell);
        Self { starts, entries: placed.into_iter().map(|(_, entry)| entry).collect() }
    }

    pub(super) fn unit_at(&self, topology: &Topology, place: LonLat) -> Option<UnitIx> {
        let place = LonLat::checked(place.lon_deg, place.lat_deg)?;
        let cell = row_of(place.lat_deg) * COLUMNS + column_of(place.lon_deg);
        let candidates = &self.entries[self.starts[cell] as usize..self.starts[cell + 1] as usize];
        let found = candidates.iter().find(|it| {
            let polygon = &topology.unit(it.unit).polygons[it.polygon as usize];
            polygon_contains(topology, polygon, place)
        });
        found.map(|it| it.unit)
    }
}

fn cells_of(bbox: &BoundingBox) -> impl Iterator<Item = u32> + use<> {
    let columns = column_of(bbox.west)..=column_of(bbox.east);
    let rows = row_of(bbox.south)..=row_of(bbox.north);
    rows.flat_map(move |row| columns.clone().map(move |column| (row * COLUMNS + column) as u32))
}

fn column_of(lon_deg: f64) -> usize {
    (((lon_deg + 180.0) / CELL_DEG) as usize).min(COLUMNS - 1)
}

fn row_of(lat_deg: f64) -> usize {
    (((lat_deg + 90.0) / CELL_DEG) as usize).min(ROWS - 1)
}

/// True where the place lies in the outline and in none of the holes. On a boundary exactly one of the two sides is true.
fn polygon_contains(topology: &Topology, polygon: &Polygon, place: LonLat) -> bool {
    let walks = polygon.rings().flat_map(|ring| &ring.0);
    let crossings: usize = walks.map(|walk| crossings_of(topology.arc(walk.arc()), place)).sum();
    crossings % 2 == 1
}

/// How often the arc crosses the ray from the place to the east, or a number equally odd or even.
pub(super) fn crossings_of(arc: &Arc, place: LonLat) -> usize {
    let LonLat { lon_deg: lon, lat_deg: lat } = place;
    if lat < arc.bbox.south || lat > arc.bbox.north || lon > arc.bbox.east {
        return 0;
    }
    let north_of = |point: [f64; 2]| point[1] > lat;
    if lon < arc.bbox.west {
        // Wholly to the east: only which sides its two ends lie on counts.
        return usize::from(north_of(arc.points[0]) != north_of(arc.points[arc.points.len() - 1]));
    }
    arc.points.windows(2).filter(|edge| north_of(edge[0]) != north_of(edge[1]) && lon < crossing_lon(edge[0], edge[1], lat)).count()
}

/// Where the edge is at latitude `lat`. The same number whichever way the edge is walked, so that neighbours agree.
fn crossing_lon(a: [f64; 2], b: [f64; 2], lat: f64) -> f64 {
    let (low, high) = if a[1] < b[1] { (a, b) } else { (b, a) };
    low[0] + (lat - low[1]) / (high[1] - low[1]) * (high[0] - low[0])
}
