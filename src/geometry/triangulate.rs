//! Triangles to fill units with, by ear clipping (the `earcut` crate), in degrees. Who draws projects the corners.

use super::simplify::Level;
use super::topology::{Topology, UnitIx};
use earcut::Earcut;
use std::ops::Range;

/// The triangles of many units in one vertex and one index buffer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorldMesh {
    /// `[lon, lat]` of each vertex in degrees. Vertices are not shared between units.
    pub positions: Vec<[f32; 2]>,
    /// For each vertex the number of its unit.
    pub units: Vec<u32>,
    /// Three numbers of vertices a triangle.
    pub indices: Vec<u32>,
    /// For each unit its part of `indices`; empty where the unit is too small to be seen at the level.
    pub unit_ranges: Vec<Range<u32>>,
}

/// The triangles of one unit at a level: corners as `[lon, lat]` in degrees, and three numbers of corners a triangle.
/// Both are empty where the unit is too small to be seen at that level.
pub fn triangles(topology: &Topology, unit: UnitIx, level: Level) -> (Vec<[f32; 2]>, Vec<u32>) {
    let mut mesh = WorldMesh::default();
    add_unit(&mut mesh, &mut Earcut::new(), topology, unit, level);
    (mesh.positions, mesh.indices)
}

/// The triangles of every unit at a level, in the order of the units.
pub fn world_mesh(topology: &Topology, level: Level) -> WorldMesh {
    let mut mesh = WorldMesh::default();
    let mut earcut = Earcut::new();
    for unit in topology.unit_ixs() {
        let start = mesh.indices.len() as u32;
        add_unit(&mut mesh, &mut earcut, topology, unit, level);
        mesh.unit_ranges.push(start..mesh.indices.len() as u32);
    }
    mesh
}

fn add_unit(mesh: &mut WorldMesh, earcut: &mut Earcut<f64>, topology: &Topology, unit: UnitIx, level: Level) {
    for rings in topology.unit_rings_at_level(unit, level) {
        let (corners, indices) = polygon_triangles(earcut, &rings);
        let base = mesh.positions.len() as u32;
        mesh.positions.extend(corners.iter().map(|&[lon, lat]| [lon as f32, lat as f32]));
        mesh.units.resize(mesh.positions.len(), unit.0);
        mesh.indices.extend(indices.iter().map(|ix| ix + base));
    }
}

/// The triangles of one polygon: `rings` are `[lon, lat]` points, the outline first, each with its first point repeated at the end.
/// Gives the corners (without repeats) and three numbers of corners a triangle.
pub fn polygon_triangles(earcut: &mut Earcut<f64>, rings: &[Vec<[f64; 2]>]) -> (Vec<[f64; 2]>, Vec<u32>) {
    let mut corners: Vec<[f64; 2]> = Vec::new();
    let mut hole_starts: Vec<u32> = Vec::new();
    for (ix, ring) in rings.iter().enumerate() {
        if ix > 0 {
            hole_starts.push(corners.len() as u32);
        }
        corners.extend_from_slice(&ring[..ring.len().saturating_sub(1)]);
    }
    let mut indices = Vec::new();
    earcut.earcut(corners.iter().copied(), &hole_starts, &mut indices);
    (corners, indices)
}
