//! The magnifier: a round piece of the map at the pointer, drawn anew at a larger scale, so that lines are as sharp as everywhere and more names find room.
//! What is in it does not depend on where it is: one picture of the whole map at the larger scale is kept, and each place of the lens shows its part.

use std::sync::Arc;

use egui::{
    Color32, Mesh, Painter, Pos2, Rect, Shape, Stroke,
    epaint::{ClippedShape, Primitive, Vertex},
    layers::ShapeIdx,
    pos2,
};

use crate::{
    geometry::Camera,
    gui::{label_worker::LabelWorker, paint::items::paint_items, session::Library},
    scene::{Frame, Item, ItemLayer, Scene, SceneCache, SceneInput, SlideWords, Telling, compose_with},
};

/// How much larger the map is in the lens.
pub const POWER: f64 = 2.2;
/// The radius of the lens at first, as a share of the picture's height.
pub const LENS_SHARE: f32 = 0.2;
/// The smallest and the largest.
const SHARES: [f32; 2] = [0.08, 0.42];
/// One step larger.
const STEP: f32 = 1.15;
/// The rim, in points of a picture 540 points high.
const RIM_POINTS: f32 = 3.0;
/// Corners of what is cut out.
const SIDES: u32 = 96;

/// A lens so many steps larger, within its limits.
pub fn resized(share: f32, steps: i32) -> f32 {
    (share * STEP.powi(steps)).clamp(SHARES[0], SHARES[1])
}

/// Where the lens is in the window, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lens {
    /// Its middle.
    pub at: Pos2,
    /// Its radius.
    pub radius: f32,
}

impl Lens {
    /// The box around it.
    pub fn rect(&self) -> Rect {
        Rect::from_center_size(self.at, egui::Vec2::splat(self.radius * 2.0))
    }

    /// Where the whole map lies at the larger scale, so that the place under the middle stays there.
    pub fn map_area(&self, map: Rect) -> Rect {
        let power = POWER as f32;
        Rect::from_min_size(self.at - (self.at - map.min) * power, map.size() * power)
    }
}

/// The same look at the world at the larger scale.
pub fn magnified(camera: &Camera) -> Camera {
    let size_points = camera.size_points.map(|side| side * POWER);
    Camera { size_points, points_per_unit: camera.points_per_unit * POWER, ..*camera }
}

/// The picture in the lens, kept until the map under it is another.
#[derive(Default)]
pub struct LensPicture {
    /// The picture of the map that it belongs to, and its own.
    kept: Option<(Arc<Scene>, Arc<Scene>)>,
    /// The picture of the frame before: while the map moves nothing is composed.
    last: Option<Arc<Scene>>,
    cache: SceneCache,
    names: Option<LabelWorker>,
}

impl LensPicture {
    /// The picture for the map that is shown; `None` while that is another in each frame. `input` makes what the map was composed from, and is called only
    /// when something is to be composed.
    pub fn get(&mut self, library: &Library, shown: &Arc<Scene>, input: impl FnOnce(&mut dyn FnMut(SceneInput))) -> Option<Arc<Scene>> {
        if self.names.is_none() {
            let wake = library.wake.clone();
            self.names = LabelWorker::start(library.atlas.clone(), move || wake.request_repaint());
            self.cache = if self.names.is_some() { SceneCache::with_names_later() } else { SceneCache::default() };
        }
        let are_names_there = self.names.as_mut().and_then(LabelWorker::finished).map(|places| self.cache.take_in(places)).is_some();
        let stands = self.last.replace(shown.clone()).is_some_and(|last| same_map(&last, shown));
        match &self.kept {
            Some((of, scene)) if same_map(of, shown) && !are_names_there => return Some(scene.clone()),
            _ if !stands => {
                library.wake.request_repaint();
                return None;
            }
            _ => {}
        }
        let mut composed = None;
        input(&mut |input| {
            // What surrounds the map and what lies over it stays outside of the lens.
            let telling = Telling {
                pinned: Vec::new(),
                fresh: Vec::new(),
                only_pinned: true,
                words: Some(SlideWords::default()),
                ..input.telling.clone()
            };
            let mut look = input.look.clone();
            look.layers.locator.visible = false;
            let camera = magnified(&input.camera);
            let input =
                SceneInput { telling: &telling, look: &look, camera, frame: Frame::Pane { covered: &[] }, selected_event: None, ..input };
            // The land is that of the picture: of a difference it is not that of any day.
            composed = Some(Arc::new(compose_with(&input, &mut self.cache, Some(shown.world.clone()))));
        });
        if let Some(worker) = self.names.as_mut().filter(|worker| worker.is_free())
            && let Some(work) = self.cache.wanted_names()
        {
            worker.work(work);
        }
        let composed = composed?;
        self.kept = Some((shown.clone(), composed.clone()));
        Some(composed)
    }

    /// Lets everything go that was kept, the thread too.
    pub fn put_away(&mut self) {
        if self.names.is_some() {
            *self = Self::default();
        }
    }
}

/// Whether two pictures show the same map: names that came later make another picture of it.
fn same_map(one: &Arc<Scene>, other: &Arc<Scene>) -> bool {
    Arc::ptr_eq(one, other) || (one.camera == other.camera && Arc::ptr_eq(&one.world, &other.world) && one.notes == other.notes)
}

/// Paints what lies over the land, cut to the lens; `area` is where the map of its picture lies.
pub fn paint_over_land(painter: &Painter, lens: Lens, area: Rect, scene: &Scene) {
    let over_map = |layer| !matches!(layer, ItemLayer::Furniture | ItemLayer::Callouts | ItemLayer::Locator);
    let items: Vec<Item> = scene
        .groups
        .iter()
        .filter(|group| over_map(group.layer))
        .flat_map(|group| scene.items[group.items.clone()].iter().cloned())
        .collect();
    cut_to_lens(painter, lens, |painter| paint_items(painter, area, &items));
}

/// Paints something, of which only what is inside the lens is seen.
pub fn cut_to_lens(painter: &Painter, lens: Lens, paint: impl FnOnce(&Painter)) {
    let painter = painter.with_clip_rect(lens.rect().intersect(painter.clip_rect()));
    let (ctx, layer) = (painter.ctx(), painter.layer_id());
    let next = || ctx.graphics_mut(|graphics| graphics.entry(layer).next_idx());
    let first = next();
    paint(&painter);
    for index in (first.0..next().0).map(ShapeIdx) {
        let mut shape = None;
        ctx.graphics_mut(|graphics| {
            graphics.entry(layer).mutate_shape(index, |own| shape = Some(std::mem::replace(&mut own.shape, Shape::Noop)))
        });
        let Some(shape) = shape.filter(|shape| !matches!(shape, Shape::Noop)) else { continue };
        // The map itself is cut where it is drawn.
        let cut = if matches!(shape, Shape::Callback(_)) { shape } else { cut_shape(&painter, shape, lens) };
        ctx.graphics_mut(|graphics| graphics.entry(layer).mutate_shape(index, |own| own.shape = cut));
    }
}

/// A shape as triangles inside the lens.
fn cut_shape(painter: &Painter, shape: Shape, lens: Lens) -> Shape {
    if !shape.visual_bounding_rect().intersects(lens.rect()) {
        return Shape::Noop;
    }
    let clipped = ClippedShape { clip_rect: painter.clip_rect(), shape, transform_after_tessellation: egui::emath::TSTransform::IDENTITY };
    let primitives = painter.ctx().tessellate(vec![clipped], painter.pixels_per_point());
    let meshes = primitives.into_iter().filter_map(|primitive| match primitive.primitive {
        Primitive::Mesh(mesh) => Some(Shape::mesh(cut_mesh(&mesh, lens))),
        Primitive::Callback(_) => None,
    });
    Shape::Vec(meshes.collect())
}

/// The part of a mesh inside a lens.
fn cut_mesh(mesh: &Mesh, lens: Lens) -> Mesh {
    let mut cut = Mesh::with_texture(mesh.texture_id);
    // Inside the corners of the outline nothing needs to be cut.
    let (inner, outer) = (lens.radius * (std::f32::consts::PI / SIDES as f32).cos(), lens.radius);
    for triangle in mesh.indices.as_chunks::<3>().0 {
        let corners = triangle.map(|index| mesh.vertices[index as usize]);
        let piece = match corners.map(|corner| corner.pos.distance(lens.at)) {
            [a, b, c] if a.max(b).max(c) <= inner => corners.to_vec(),
            _ if !Rect::from_points(&corners.map(|corner| corner.pos)).expand(outer).contains(lens.at) => continue,
            _ => cut_triangle(&corners, lens),
        };
        let start = cut.vertices.len() as u32;
        cut.indices.extend((2..piece.len() as u32).flat_map(|corner| [start, start + corner - 1, start + corner]));
        cut.vertices.extend(piece);
    }
    cut
}

/// A triangle within a regular outline, side after side, by the method of Sutherland and Hodgman (1974).
fn cut_triangle(corners: &[Vertex; 3], lens: Lens) -> Vec<Vertex> {
    let reach = lens.radius * (std::f32::consts::PI / SIDES as f32).cos();
    let mut piece = corners.to_vec();
    for side in 0..SIDES {
        let (sin, cos) = (std::f32::consts::TAU * side as f32 / SIDES as f32).sin_cos();
        let inside = |at: Pos2| reach - (at - lens.at).dot(egui::vec2(cos, sin));
        if piece.iter().all(|corner| inside(corner.pos) >= 0.0) {
            continue;
        }
        let mut kept = Vec::with_capacity(piece.len() + 1);
        for (index, here) in piece.iter().enumerate() {
            let before = piece[(index + piece.len() - 1) % piece.len()];
            let (now, then) = (inside(here.pos), inside(before.pos));
            if (now >= 0.0) != (then >= 0.0) {
                kept.push(between(&before, here, then / (then - now)));
            }
            if now >= 0.0 {
                kept.push(*here);
            }
        }
        piece = kept;
    }
    piece
}

fn between(from: &Vertex, to: &Vertex, share: f32) -> Vertex {
    let mix = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * share).round() as u8;
    let [a, b] = [from.color.to_array(), to.color.to_array()];
    let color: [u8; 4] = std::array::from_fn(|part| mix(a[part], b[part]));
    let color = Color32::from_rgba_premultiplied(color[0], color[1], color[2], color[3]);
    Vertex { pos: from.pos.lerp(to.pos, share), uv: pos2(0.0, 0.0) + from.uv.to_vec2() * (1.0 - share) + to.uv.to_vec2() * share, color }
}

/// The rim, with a soft shadow that lifts the lens off the map.
pub fn paint_rim(painter: &Painter, lens: Lens) {
    for (out, alpha) in [(6.0, 16), (4.0, 26), (2.0, 40)] {
        painter.circle_stroke(lens.at + egui::vec2(0.0, 1.0), lens.radius + out, Stroke::new(2.5, Color32::from_black_alpha(alpha)));
    }
    painter.circle_stroke(lens.at, lens.radius, Stroke::new(RIM_POINTS, Color32::WHITE));
    painter.circle_stroke(lens.at, lens.radius + RIM_POINTS / 2.0, Stroke::new(1.0, Color32::from_gray(70)));
}

#[cfg(test)]
mod tests {
    use egui::vec2;

    use super::*;
    use crate::geometry::Projection;

    const LENS: Lens = Lens { at: Pos2::new(100.0, 80.0), radius: 40.0 };

    fn area(mesh: &Mesh) -> f32 {
        let size = |corners: [u32; 3]| {
            let [a, b, c] = corners.map(|corner| mesh.vertices[corner as usize].pos);
            ((b - a).x * (c - a).y - (b - a).y * (c - a).x).abs() / 2.0
        };
        mesh.indices.as_chunks::<3>().0.iter().map(|corners| size(*corners)).sum()
    }

    fn rect_mesh(rect: Rect) -> Mesh {
        let mut mesh = Mesh::default();
        mesh.add_rect_with_uv(rect, Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)), Color32::RED);
        mesh
    }

    #[test]
    fn what_is_cut_is_as_large_as_the_lens_and_lies_in_it() {
        let cut = cut_mesh(&rect_mesh(Rect::from_center_size(LENS.at, vec2(500.0, 300.0))), LENS);
        let circle = std::f32::consts::PI * LENS.radius * LENS.radius;
        assert!((area(&cut) / circle - 1.0).abs() < 0.003, "{} and {circle}", area(&cut));
        assert!(cut.vertices.iter().all(|corner| corner.pos.distance(LENS.at) <= LENS.radius + 1e-3));
        // Half of it where the edge of what is painted runs through the middle; the texture goes along.
        let half = Rect::from_min_size(LENS.at - vec2(0.0, 100.0), vec2(200.0, 200.0));
        let cut = cut_mesh(&rect_mesh(half), LENS);
        assert!((area(&cut) / circle - 0.5).abs() < 0.003);
        assert!(cut.vertices.iter().all(|corner| (corner.uv.x - (corner.pos.x - half.left()) / 200.0).abs() < 1e-3));
    }

    #[test]
    fn what_is_inside_stays_and_what_is_outside_goes() {
        let inside = rect_mesh(Rect::from_center_size(LENS.at, vec2(20.0, 10.0)));
        assert_eq!((cut_mesh(&inside, LENS).indices.len(), area(&cut_mesh(&inside, LENS))), (6, 200.0));
        assert!(cut_mesh(&rect_mesh(Rect::from_center_size(LENS.at + vec2(90.0, 0.0), vec2(20.0, 10.0))), LENS).is_empty());
    }

    #[test]
    fn the_place_under_the_middle_stays_there() {
        let map = Rect::from_min_size(pos2(10.0, 20.0), vec2(960.0, 520.0));
        for projection in [Projection::Mercator, Projection::EqualEarth, Projection::Globe] {
            let camera = Camera::whole_world(projection, [960.0, 520.0]);
            let large = magnified(&camera);
            let area = Lens { at: pos2(500.0, 300.0), radius: 80.0 }.map_area(map);
            let place = camera.lonlat_from_screen([490.0, 280.0]).unwrap();
            let [x, y] = large.screen_from_lonlat(place);
            let seen = area.min + vec2(x as f32, y as f32);
            assert!(seen.distance(pos2(500.0, 300.0)) < 0.01, "{projection:?}: {seen:?}");
        }
    }

    #[test]
    fn a_lens_has_a_smallest_and_a_largest_size() {
        assert!(resized(LENS_SHARE, 1) > LENS_SHARE && resized(LENS_SHARE, -1) < LENS_SHARE);
        assert_eq!((resized(LENS_SHARE, 50), resized(LENS_SHARE, -50)), (SHARES[1], SHARES[0]));
    }
}
