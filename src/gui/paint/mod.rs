//! The land on the GPU, and what lies over it by egui's own painter.
//!
//! Geometry goes to the GPU once a level and projection; a style is a small table beside it. Changing the date, the view or the alliances writes
//! some kilobytes, and moving the map writes one block of numbers. Only vertex attributes, one uniform block and small textures read in the
//! vertex stage are used, because the OpenGL fallback has nothing more.
//!
//! ```ignore
//! let status = MapPainter::install(render_state, atlas.clone(), Projection::Mercator, move || ctx.request_repaint());
//! ui.painter().extend(world_shapes(rect, &camera, &world, scene.level, Change::default()));
//! ```

mod areas;
pub mod items;
mod level;

mod chains;
mod ground;
mod painter;
mod pipelines;
mod runs;
pub mod software;
mod status;
mod style_set;
mod tables;
mod view;
mod worker;

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

use eframe::{
    egui::{self, Pos2, Rect, Shape, Stroke as EdgeStroke, vec2},
    egui_wgpu::{self, CallbackResources, CallbackTrait, ScreenDescriptor},
    wgpu,
};

pub use ground::Ground;
pub use painter::MapPainter;
pub use status::PaintStatus;

use crate::{
    geometry::{Camera, LonLat, Projection},
    gui::theme::color32,
    scene::{Style, WorldLayer},
};
use painter::{Request, SLOTS};

/// What the picture is coming from.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// The land that it fades out of, with the share of the new one, 0 to 1; `None` when nothing fades.
    pub land: Option<(Arc<WorldLayer>, f32)>,
    /// The view in another projection, with the share of the new one, 0 to 1; `None` while the projection stays.
    pub projection: Option<(Camera, f32)>,
}

/// The land as shapes for egui, back to front: page, water, land and lines. `rect` is the map's area in points, as large as the camera's; clip the
/// painter to it. `level` is [`crate::scene::level_for`]'s.
///
/// Without an installed [`MapPainter`] nothing is drawn; until its first level is ready, page and water alone.
pub fn world_shapes(rect: Rect, camera: &Camera, layer: &Arc<WorldLayer>, level: usize, change: Change) -> Vec<Shape> {
    let Change { land: previous, projection: morph } = change;
    let request = Request { rect, camera: *camera, layer: layer.clone(), level, previous, morph, circle: None };
    let land = land_shape(rect, request);
    match (morph, camera.projection) {
        (Some((from, share)), _) => within_edge(rect, mixed_edge(&from, camera, share), &layer.style, land),
        (None, Projection::Globe) => on_ball(rect, camera, &layer.style, land),
        (None, Projection::Mercator | Projection::EqualEarth) => vec![land],
    }
}

/// A round piece of the land, back to front: what is under it on a globe is not cut. `rect` is the area of the whole map as for [`world_shapes`], of which `within`
/// can be seen; `circle` is the middle and the radius of the piece, in points. No more than one colour of land is drawn and one projection.
pub fn round_shapes(
    rect: Rect,
    camera: &Camera,
    (layer, level): (&Arc<WorldLayer>, usize),
    (circle, within): ((Pos2, f32), Rect),
) -> Vec<Shape> {
    let request = Request { rect, camera: *camera, layer: layer.clone(), level, previous: None, morph: None, circle: Some(circle) };
    let land = land_shape(within, request);
    if camera.projection == Projection::Globe { on_ball(rect, camera, &layer.style, land) } else { vec![land] }
}

fn land_shape(rect: Rect, request: Request) -> Shape {
    let callback = WorldCallback { request, slot: AtomicUsize::new(SLOTS) };
    Shape::Callback(egui_wgpu::Callback::new_paint_callback(rect, callback))
}

/// The land of the globe with page and water under it and its edge over it: on a flat map the land's own buffers hold these.
fn on_ball(rect: Rect, camera: &Camera, style: &Style, land: Shape) -> Vec<Shape> {
    let (middle, radius) = (rect.center(), camera.points_per_unit as f32);
    if radius >= middle.distance(rect.left_top()) {
        return vec![Shape::rect_filled(rect, 0.0, color32(style.water)), land];
    }
    vec![
        Shape::rect_filled(rect, 0.0, color32(style.page)),
        Shape::circle_filled(middle, radius, color32(style.water)),
        land,
        Shape::circle_stroke(middle, radius, EdgeStroke::new(0.75, color32(style.coast))),
    ]
}

/// The land while its projection changes, within an edge that is neither of the two.
fn within_edge(rect: Rect, edge: Vec<[f64; 2]>, style: &Style, land: Shape) -> Vec<Shape> {
    let edge: Vec<Pos2> = edge.into_iter().map(|[x, y]| rect.min + vec2(x as f32, y as f32)).collect();
    vec![
        Shape::rect_filled(rect, 0.0, color32(style.page)),
        Shape::convex_polygon(edge.clone(), color32(style.water), EdgeStroke::NONE),
        land,
        Shape::closed_line(edge, EdgeStroke::new(0.75, color32(style.coast))),
    ]
}

/// Steps along each side of the edge of a map.
const EDGE_STEPS: i32 = 90;

/// The edge of a map between two projections: each point between those of the same latitude.
fn mixed_edge(from: &Camera, to: &Camera, share: f32) -> Vec<[f64; 2]> {
    let mix = |a: f64, b: f64| a + (b - a) * f64::from(share);
    let sides = [(-EDGE_STEPS..=EDGE_STEPS, 1.0), (-EDGE_STEPS..=EDGE_STEPS, -1.0)];
    let steps = sides.into_iter().flat_map(|(steps, side)| steps.map(move |step| (f64::from(step) * side / f64::from(EDGE_STEPS), side)));
    steps
        .map(|(height, side)| [edge_point(from, height, side), edge_point(to, height, side)])
        .map(|[a, b]| [mix(a[0], b[0]), mix(a[1], b[1])])
        .collect()
}

/// A point of the edge: `height` from -1 at the southern to 1 at the northern end, `side` 1 in the east and -1 in the west.
fn edge_point(camera: &Camera, height: f64, side: f64) -> [f64; 2] {
    match camera.projection {
        Projection::Globe => {
            let (sin, cos) = (height * std::f64::consts::FRAC_PI_2).sin_cos();
            camera.screen_from_radii(cos * side, sin)
        }
        Projection::Mercator | Projection::EqualEarth => {
            camera.screen_from_lonlat(LonLat::new(180.0 * side, height * camera.projection.limit_deg()))
        }
    }
}

struct WorldCallback {
    request: Request,
    /// Which map of the frame this is: known between `prepare` and `paint`.
    slot: AtomicUsize,
}

impl CallbackTrait for WorldCallback {
    fn prepare(
        &self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        screen: &ScreenDescriptor,
        _encoder: &mut wgpu::CommandEncoder,
        resources: &mut CallbackResources,
    ) -> Vec<wgpu::CommandBuffer> {
        let painter = resources.get_mut::<MapPainter>();
        let slot = painter.and_then(|painter| painter.prepare(device, queue, screen, &self.request));
        self.slot.store(slot.unwrap_or(SLOTS), Relaxed);
        Vec::new()
    }

    fn finish_prepare(
        &self,
        _device: &wgpu::Device,
        _queue: &wgpu::Queue,
        _encoder: &mut wgpu::CommandEncoder,
        resources: &mut CallbackResources,
    ) -> Vec<wgpu::CommandBuffer> {
        if let Some(painter) = resources.get_mut::<MapPainter>() {
            painter.finish_prepare();
        }
        Vec::new()
    }

    fn paint(&self, info: egui::PaintCallbackInfo, pass: &mut wgpu::RenderPass<'static>, resources: &CallbackResources) {
        let slot = self.slot.load(Relaxed);
        if let Some(painter) = resources.get::<MapPainter>().filter(|_| slot < SLOTS) {
            painter.paint(slot, info.screen_size_px, pass);
        }
    }
}
