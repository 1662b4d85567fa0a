//! The land once for all dates: its arcs, as fine as the pictures need them, and the rings of every stretch of land that was always held alike.

use serde_json::{Value, json};

use super::numbers;
use crate::{
    geometry::{ArcIx, BoundingBox, Camera, UnitIx, simplify::COARSEST, topology::level_for},
    model::Atlas,
    scene::outline::outlines,
};

/// How many pixels of a good screen or projector a point of a picture has.
const PIXELS_A_POINT: f64 = 2.0;
/// So many steps of the grid fall into one point of the closest picture.
const STEPS_A_POINT: f64 = 4.0;
/// The finest and the coarsest grid, in degrees.
const GRID_DEG: [f64; 2] = [0.0002, 0.01];

/// The land, and which arcs of it stand in the file.
pub(super) struct Land {
    /// For each position in the file the arc of the partition; arcs inside land that was always held alike have none.
    pub(super) arcs: Vec<ArcIx>,
    /// As the file has it.
    pub(super) json: Value,
}

impl Land {
    /// For pictures by these cameras.
    pub(super) fn new(atlas: &Atlas, cameras: &[Camera]) -> Self {
        let topology = &atlas.partition.topology;
        let histories = atlas.tenure.histories();
        let rings = outlines(topology, histories.first_units.len(), |unit: UnitIx| Some(usize::from(histories.of_unit[unit.index()])));
        let mut place_of_arc = vec![None; topology.arcs().len()];
        let mut arcs = Vec::new();
        let walk = |arc: crate::geometry::ArcRef, places: &mut Vec<Option<usize>>, arcs: &mut Vec<ArcIx>| {
            let place = *places[arc.arc().index()].get_or_insert_with(|| {
                arcs.push(arc.arc());
                arcs.len() - 1
            }) as i64;
            if arc.is_reversed() { -1 - place } else { place }
        };
        let of_history = rings.iter().map(|rings| {
            let texts = rings.iter().map(|ring| numbers::text(ring.0.iter().map(|arc| walk(*arc, &mut place_of_arc, &mut arcs))));
            texts.collect::<Vec<_>>().join(" ")
        });
        let of_history: Vec<String> = of_history.collect();
        let closest = cameras.iter().map(Camera::degrees_per_point).fold(f64::INFINITY, f64::min);
        let grid = (closest / STEPS_A_POINT).clamp(GRID_DEG[0], GRID_DEG[1]);
        let seen: Vec<(BoundingBox, u8)> =
            cameras.iter().map(|camera| (seen_by(camera), level_for(camera.degrees_per_point() / PIXELS_A_POINT))).collect();
        let points = arcs.iter().map(|arc| {
            let arc = topology.arc(*arc);
            let level = seen.iter().filter(|(bbox, _)| bbox.intersects(&arc.bbox)).map(|(_, level)| *level).min().unwrap_or(COARSEST);
            on_grid(arc.at_level(level), grid)
        });
        let points: Vec<String> = points.collect();
        let json = json!({ "grid": grid, "arcs": points.join(" "), "rings": of_history });
        Self { arcs, json }
    }
}

/// What a camera sees, with room for the way to it.
fn seen_by(camera: &Camera) -> BoundingBox {
    camera.visible_lonlat().padded(camera.degrees_per_point() * 60.0)
}

/// The points in steps of the grid, each from the one before.
fn on_grid(points: impl Iterator<Item = [f64; 2]>, grid: f64) -> String {
    let mut text = String::new();
    let mut last: Option<[i64; 2]> = None;
    for point in points {
        let at = point.map(|degrees| (degrees / grid).round() as i64);
        let before = last.unwrap_or_default();
        if last.is_none_or(|last| last != at) {
            numbers::push(&mut text, at[0] - before[0]);
            numbers::push(&mut text, at[1] - before[1]);
        }
        last = Some(at);
    }
    text
}
