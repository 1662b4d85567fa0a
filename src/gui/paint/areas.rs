//! Areas of the draw list as egui's shapes: cut into triangles, striped and stroked once, and kept from pass to pass as long as the picture shows them.

use std::sync::{Arc, Mutex};

use eframe::egui::{
    Id, Painter, Pos2, Rect, Shape,
    epaint::{Mesh, Vertex, WHITE_UV},
    pos2, vec2,
};
use rustc_hash::FxHashMap;

use super::items::{color32, even_tint, hatch, line_shapes};
use crate::{
    geometry::triangulate,
    scene::{Fill, Rgba, Stroke},
};

/// An area that may be concave and have holes.
pub(super) struct Area<'a> {
    /// By the even-odd rule, in points from `origin`.
    pub rings: &'a Arc<Vec<Vec<[f32; 2]>>>,
    /// `None` for an outline alone.
    pub fill: Option<Fill>,
    /// `None` for no outline.
    pub stroke: Option<Stroke>,
    /// Alpha over everything, 0 to 1.
    pub opacity: f32,
}

/// What an area looks like.
#[derive(Clone, Copy, PartialEq)]
struct How {
    fill: Option<Fill>,
    stroke: Option<Stroke>,
    opacity: f32,
    origin: Pos2,
    /// Stripes are cut only where they are seen.
    clip: Rect,
}

/// The shapes of areas, from the last pass to this one: thousands of regions cost a look each instead of a triangulation.
#[derive(Default)]
pub(super) struct AreaShapes {
    pass: u64,
    /// By the address of their rings, which are held and so are nobody else's. The same rings may be painted twice: filled and as an outline.
    known: FxHashMap<usize, Vec<Kept>>,
}

struct Kept {
    /// Held, so that their address stays theirs.
    _rings: Arc<Vec<Vec<[f32; 2]>>>,
    how: How,
    shapes: Vec<Shape>,
    /// The pass that painted it last; what the last one did not is let go.
    pass: u64,
}

/// Paints areas: the kept shapes, or new ones.
pub(super) fn with_areas<R>(painter: &Painter, paint: impl FnOnce(&mut AreaShapes) -> R) -> Option<R> {
    let kept = painter.ctx().data_mut(|data| Arc::clone(data.get_temp_mut_or_default::<Arc<Mutex<AreaShapes>>>(Id::NULL)));
    let mut areas = kept.lock().ok()?;
    let pass = painter.ctx().cumulative_pass_nr();
    let last = std::mem::replace(&mut areas.pass, pass);
    if last != pass {
        areas.known.retain(|_, own| {
            own.retain(|kept| kept.pass == last);
            !own.is_empty()
        });
    }
    Some(paint(&mut areas))
}

impl AreaShapes {
    /// Paints an area, with the map's corner at `origin`.
    pub(super) fn paint(&mut self, painter: &Painter, origin: Pos2, area: &Area) {
        let Area { fill, stroke, opacity, .. } = *area;
        let how = How { fill, stroke, opacity, origin, clip: painter.clip_rect() };
        let own = self.known.entry(Arc::as_ptr(area.rings).addr()).or_default();
        let place = own.iter().position(|kept| kept.how == how).unwrap_or_else(|| {
            own.push(Kept { _rings: Arc::clone(area.rings), how, shapes: shapes_of(area.rings, &how), pass: self.pass });
            own.len() - 1
        });
        own[place].pass = self.pass;
        painter.extend(own[place].shapes.iter().cloned());
    }
}

fn shapes_of(rings: &[Vec<[f32; 2]>], how: &How) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = how.fill.iter().map(|fill| Shape::mesh(mesh_of(rings, fill, how))).collect();
    if let Some(stroke) = how.stroke {
        let stroke = Stroke { color: stroke.color.faded(how.opacity), ..stroke };
        for ring in rings {
            let closed = ring.iter().chain(ring.first()).map(|at| how.origin + vec2(at[0], at[1]));
            shapes.extend(line_shapes(closed.collect(), &stroke, false));
        }
    }
    shapes
}

/// Its triangles, with stripes cut out of them.
fn mesh_of(rings: &[Vec<[f32; 2]>], fill: &Fill, how: &How) -> Mesh {
    let closed = |ring: &Vec<[f32; 2]>| ring.iter().chain(ring.first()).map(|at| at.map(f64::from)).collect();
    let points: Vec<Vec<[f64; 2]>> = rings.iter().map(closed).collect();
    let (corners, triangles) = triangulate::polygon_triangles(&mut Default::default(), &points);
    let corners: Vec<Pos2> = corners.iter().map(|at| pos2(at[0] as f32, at[1] as f32)).collect();
    let hatch = hatch(&corners, &triangles, fill, how.clip.translate(-how.origin.to_vec2()));
    let faded = |color: Rgba| color32(color.faded(how.opacity));
    let color = faded(if hatch.is_some() { fill.base } else { even_tint(fill) });
    let mut mesh = Mesh::default();
    mesh.vertices.extend(corners.iter().map(|at| Vertex { pos: how.origin + at.to_vec2(), uv: WHITE_UV, color }));
    mesh.indices = triangles;
    for (points, color) in hatch.unwrap_or_default() {
        let (first, color) = (mesh.vertices.len() as u32, faded(color));
        mesh.vertices.extend(points.iter().map(|at| Vertex { pos: how.origin + at.to_vec2(), uv: WHITE_UV, color }));
        mesh.indices.extend((2..points.len() as u32).flat_map(|corner| [first, first + corner - 1, first + corner]));
    }
    mesh
}
