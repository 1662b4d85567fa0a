//! A story as a picture of a few centimetres: the land where it takes place, as its opening day has it. Made once, drawn as triangles.

use std::sync::Arc;

use egui::{Mesh, Pos2, Rect, Shape, Vec2, epaint::Vertex, epaint::WHITE_UV, pos2, vec2};

use crate::{
    geometry::{BoundingBox, Camera, LonLat, topology::level_for, triangulate},
    gui::{paint::items::paint_items, theme::color32},
    model::{Atlas, Project, WorldState},
    scene::{Item, Look, Rgba, Theme, WorldLayer, world::Fill},
    time::Day,
};

/// The picture of one story.
pub struct Thumbnail {
    size: Vec2,
    theme: Theme,
    water: Rgba,
    land: Arc<Mesh>,
    lines: Vec<Item>,
}

impl Thumbnail {
    /// The picture of a story as it opens. Some milliseconds: keep it.
    pub fn new(atlas: &Atlas, project: &Project, theme: Theme, size: Vec2) -> Self {
        let opening = &project.opening;
        let state = WorldState::at(atlas, project.opening_day(Day::new(0)), &opening.view);
        let look = Look::of_project(atlas, project, theme).colored(atlas, Some(project), &state);
        let world = WorldLayer::new(atlas, &state, &look);
        let sides = [f64::from(size.x), f64::from(size.y)];
        let camera = Camera::fit(opening.projection, opening.bbox.unwrap_or(BoundingBox::WORLD), sides, 0.0);
        let (land, lines) = (land(atlas, &world, &camera), lines(atlas, &world, &camera));
        Self { size, theme, water: world.style.water, land: Arc::new(land), lines }
    }

    /// Whether it was made for this theme and size.
    pub fn suits(&self, theme: Theme, size: Vec2) -> bool {
        self.theme == theme && self.size == size
    }

    /// Draws it with its upper left corner at a point.
    pub fn paint(&self, painter: &egui::Painter, at: Pos2) {
        let place = Rect::from_min_size(at, self.size);
        painter.rect_filled(place, 0.0, color32(self.water));
        let painter = painter.with_clip_rect(place.intersect(painter.clip_rect()));
        let mut land = (*self.land).clone();
        land.translate(at.to_vec2());
        painter.add(Shape::mesh(land));
        paint_items(&painter, place, &self.lines);
    }
}

/// The land in view; of a hatched area the stripes too.
fn land(atlas: &Atlas, world: &WorldLayer, camera: &Camera) -> Mesh {
    let (topology, seen, level) = (&atlas.partition.topology, camera.visible_lonlat(), level_for(camera.degrees_per_point()));
    let mut mesh = Mesh::default();
    for unit in topology.unit_ixs().filter(|unit| topology.unit(*unit).bbox.intersects(&seen)) {
        let (corners, triangles) = triangulate::triangles(topology, unit, level);
        let on_screen = |at: &[f32; 2]| {
            let [x, y] = camera.screen_from_lonlat(LonLat::new(f64::from(at[0]), f64::from(at[1])));
            pos2(x as f32, y as f32)
        };
        let corners: Vec<Pos2> = corners.iter().map(on_screen).collect();
        for triangle in triangles.chunks_exact(3) {
            let triangle = [triangle[0], triangle[1], triangle[2]].map(|ix| corners[ix as usize]);
            add_striped(&mut mesh, triangle, world.fill(unit));
        }
    }
    mesh
}

/// One triangle in the stripes of its fill.
fn add_striped(mesh: &mut Mesh, triangle: [Pos2; 3], fill: &Fill) {
    let bands = fill.bands();
    if bands.len() == 1 {
        add_convex(mesh, &triangle, fill.base);
        return;
    }
    // The stripes run at 45 degrees: the sum of the coordinates says in which one a point lies.
    let across = |at: &Pos2| (at.x + at.y) / STRIPE_POINTS;
    let (first, last) = triangle.iter().map(across).fold((f32::MAX, f32::MIN), |(low, high), at| (low.min(at), high.max(at)));
    for stripe in first.floor() as i32..=last.floor() as i32 {
        let low = clipped(&triangle, |at| across(at) - stripe as f32);
        let inside = clipped(&low, |at| (stripe + 1) as f32 - across(at));
        add_convex(mesh, &inside, bands[stripe.rem_euclid(bands.len() as i32) as usize]);
    }
}

/// How far apart the stripes of a hatch are along an axis, in points.
const STRIPE_POINTS: f32 = 4.0;

/// The part of a convex polygon where a linear measure is not negative. Method: Sutherland and Hodgman, one edge.
fn clipped(polygon: &[Pos2], measure: impl Fn(&Pos2) -> f32) -> Vec<Pos2> {
    let mut kept = Vec::with_capacity(polygon.len() + 1);
    for (ix, from) in polygon.iter().enumerate() {
        let to = &polygon[(ix + 1) % polygon.len()];
        let (here, there) = (measure(from), measure(to));
        if here >= 0.0 {
            kept.push(*from);
        }
        if (here < 0.0) != (there < 0.0) {
            kept.push(*from + (*to - *from) * (here / (here - there)));
        }
    }
    kept
}

fn add_convex(mesh: &mut Mesh, polygon: &[Pos2], color: Rgba) {
    let base = mesh.vertices.len() as u32;
    mesh.vertices.extend(polygon.iter().map(|pos| Vertex { pos: *pos, uv: WHITE_UV, color: color32(color) }));
    mesh.indices.extend((2..polygon.len() as u32).flat_map(|ix| [base, base + ix - 1, base + ix]));
}

/// Coasts and borders in view.
fn lines(atlas: &Atlas, world: &WorldLayer, camera: &Camera) -> Vec<Item> {
    let (topology, seen, level) = (&atlas.partition.topology, camera.visible_lonlat(), level_for(camera.degrees_per_point()));
    let on_screen = |at: [f64; 2]| camera.screen_from_lonlat(LonLat::from(at)).map(|at| at as f32);
    let drawn = topology.arc_ixs().filter_map(|ix| {
        let arc = topology.arc(ix);
        let stroke = world.style.stroke(world.class_of_arc[ix.index()]).filter(|_| arc.bbox.intersects(&seen))?;
        Some(Item::Polyline { points: arc.at_level(level).map(on_screen).collect(), stroke, soft: false })
    });
    drawn.collect()
}

/// The room that a picture of this width needs.
pub fn size_for(width_points: f32) -> Vec2 {
    vec2(width_points, (width_points * 0.56).round())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(polygon: &[Pos2]) -> f32 {
        let next = polygon.iter().cycle().skip(1);
        polygon.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum::<f32>().abs() / 2.0
    }

    #[test]
    fn the_stripes_of_a_triangle_cover_all_of_it_once() {
        let triangle = [pos2(1.0, 2.0), pos2(31.0, 7.0), pos2(11.0, 29.0)];
        let mut fill = Fill::plain(Rgba([10, 20, 30, 255]));
        (fill.hatch[0], fill.hatch_count, fill.ground_stripes) = (Rgba([200, 0, 0, 255]), 1, 2);
        let mut mesh = Mesh::default();
        add_striped(&mut mesh, triangle, &fill);
        let corner = |ix: u32| mesh.vertices[ix as usize].pos;
        let covered: f32 = mesh.indices.chunks_exact(3).map(|ixs| area(&[corner(ixs[0]), corner(ixs[1]), corner(ixs[2])])).sum();
        assert!((covered / area(&triangle) - 1.0).abs() < 1e-4, "{covered} of {}", area(&triangle));
        assert!(mesh.vertices.iter().any(|vertex| vertex.color == color32(fill.hatch[0])));
    }
}
