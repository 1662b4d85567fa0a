//! The painter that lives among egui's resources: levels, style tables, pipelines.

use std::{collections::VecDeque, sync::Arc};

use eframe::{
    egui::{Pos2, Rect},
    egui_wgpu, wgpu,
};

use super::{
    chains::Nodes,
    ground::{Bounds, Ground, GroundMesh, Shape},
    level::{Arriving, LevelBuffers, NO_LAND},
    pipelines::{Layouts, Pipelines, Surface, point_bytes},
    runs::{Runs, Seen, Shown},
    status::{self, PaintStatus},
    style_set::{StyleSet, Writer},
    tables,
    view::{self, HatchAnchor, Placing, VIEW_FLOATS, VIEW_STRIDE},
    worker::{Finished, Wanted, Worker},
};
use crate::{
    geometry::{Camera, Projection, simplify::COARSEST},
    gui::map_view::morph::Readiness,
    scene::{WorldLayer, copies::COPIES, soft_points},
};

/// Maps in one frame: the map, a locator, a preview for the speaker.
pub(super) const SLOTS: usize = 4;
/// Lands whose tables are kept: the ones that are shown and faded, and some to come back to.
const STYLE_SETS: usize = 6;

/// So much of the levels of detail is kept to come back to: the coarser ones, of a whole projection; the finest two take two thirds of all.
const KEPT_LEVEL_BYTES: usize = 8 << 20;

/// What one map in a frame shows.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub rect: Rect,
    pub camera: Camera,
    pub layer: Arc<WorldLayer>,
    pub level: usize,
    /// The land that it fades out of, and how far the new one has come, 0 to 1.
    pub previous: Option<(Arc<WorldLayer>, f32)>,
    /// The view in another projection that it comes from, and how far it has come, 0 to 1.
    pub morph: Option<(Camera, f32)>,
    /// The middle and the radius of the round piece that alone is drawn, in points of the window; `None` for all of it.
    pub circle: Option<(Pos2, f32)>,
}

/// Draws the land. Lives in egui's callback resources; see [`MapPainter::install`].
pub struct MapPainter {
    layouts: Layouts,
    target: wgpu::TextureFormat,
    flat: Pipelines,
    /// Made when they are first wanted: shaders take their time.
    globe: Option<Pipelines>,
    morph: Option<Pipelines>,
    /// Of round pieces of the map, flat and of the globe.
    round: [Option<Pipelines>; 2],
    views: wgpu::Buffer,
    view_group: wgpu::BindGroup,
    ground: Ground,
    /// The ends of every arc, for dashes that run on from arc to arc.
    nodes: Nodes,
    worker: Worker,
    wake: Arc<dyn Fn() + Send + Sync>,
    /// What the worker has finished, the first to come first.
    arriving: VecDeque<Box<Arriving>>,
    levels: Vec<LevelBuffers>,
    sets: Vec<StyleSet>,
    slots: [Slot; SLOTS],
    next_slot: usize,
    clock: u64,
    status: Arc<PaintStatus>,
}

/// One map in a frame, ready to be drawn.
struct Slot {
    hatch: HatchAnchor,
    /// Position in `levels`.
    level: usize,
    /// Positions in `sets` of the old and the new land.
    sets: [usize; 2],
    copies: Vec<Runs>,
    surface: Surface,
    is_round: bool,
}

impl Default for Slot {
    fn default() -> Self {
        Self { hatch: HatchAnchor::default(), level: 0, sets: [0; 2], copies: Vec::new(), surface: Surface::Flat, is_round: false }
    }
}

impl MapPainter {
    /// Puts a painter among egui's resources and starts to build levels of detail in the background, the coarsest first. `wake` is called
    /// from other threads whenever there is something new to see: ask for a frame there.
    ///
    /// Also makes the GPU report to the status that comes back instead of ending the program.
    pub fn install(
        render_state: &egui_wgpu::RenderState,
        ground: impl Into<Ground>,
        projection: Projection,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Arc<PaintStatus> {
        let (status, wake): (_, Arc<dyn Fn() + Send + Sync>) = (Arc::new(PaintStatus::default()), Arc::new(wake));
        status::watch(&render_state.device, &status, &wake);
        let first = Wanted { projection, level: COARSEST };
        let ground = ground.into();
        let worker = Worker::start(ground.clone(), first, wake.clone());
        let painter = Self::new(&render_state.device, render_state.target_format, (ground, worker, wake), status.clone());
        render_state.renderer.write().callback_resources.insert(painter);
        status
    }

    fn new(
        device: &wgpu::Device,
        target: wgpu::TextureFormat,
        (ground, worker, wake): (Ground, Worker, Arc<dyn Fn() + Send + Sync>),
        status: Arc<PaintStatus>,
    ) -> Self {
        let layouts = Layouts::new(device);
        let views = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("map views"),
            size: VIEW_STRIDE * (SLOTS * COPIES) as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let view_group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("map view"),
            layout: &layouts.view,
            entries: &[wgpu::BindGroupEntry {
                binding: 0,
                resource: wgpu::BindingResource::Buffer(wgpu::BufferBinding {
                    buffer: &views,
                    offset: 0,
                    size: wgpu::BufferSize::new(VIEW_FLOATS as u64 * 4),
                }),
            }],
        });
        Self {
            flat: Pipelines::new(device, target, &layouts, (Surface::Flat, false)),
            globe: None,
            morph: None,
            round: [None, None],
            layouts,
            target,
            views,
            view_group,
            nodes: Nodes::new(ground.topology()),
            ground,
            worker,
            wake,
            arriving: VecDeque::new(),
            levels: Vec::new(),
            sets: Vec::new(),
            slots: [(); SLOTS].map(|()| Slot::default()),
            next_slot: 0,
            clock: 0,
            status,
        }
    }

    /// Makes one map of the frame ready and gives the number under which [`MapPainter::paint`] knows it; `None` for more than [`SLOTS`] maps.
    pub(super) fn prepare(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        screen: &egui_wgpu::ScreenDescriptor,
        request: &Request,
    ) -> Option<usize> {
        let number = self.next_slot;
        (number < SLOTS).then(|| self.next_slot += 1)?;
        if number == 0 {
            // Only before the first map of the frame: the slots hold positions of levels.
            self.take_levels(device);
            self.status.set_settled(true);
        }
        let request = &self.as_far_as_ready(request);
        let surface = match (&request.morph, request.camera.projection) {
            (Some(_), _) => Surface::Morph,
            (None, Projection::Globe) => Surface::Globe,
            (None, Projection::Mercator | Projection::EqualEarth) => Surface::Flat,
        };
        let is_round = request.circle.is_some();
        self.make_pipelines(device, (surface, is_round));
        (self.slots[number].surface, self.slots[number].is_round) = (surface, is_round);
        let projection = if surface == Surface::Morph { Projection::Globe } else { request.camera.projection };
        let wanted = Wanted { projection, level: level_of(request) };
        let level = self.nearest_level(device, wanted);
        if self.levels[level].wanted != wanted {
            self.status.set_settled(false);
            if self.arriving.iter().all(|level| level.wanted != wanted) {
                self.worker.ask(wanted);
            }
        }
        self.levels[level].used = self.clock;
        let sets = self.style_sets(device, queue, level, request);
        (self.slots[number].level, self.slots[number].sets) = (level, sets);
        self.write_slot(queue, screen, number, request);
        Some(number)
    }

    /// The request as far as it can be met now: a change of projection begins once the ball is there, which is asked for here, and meanwhile
    /// the old view stands.
    fn as_far_as_ready(&mut self, request: &Request) -> Request {
        let Some((from, _)) = request.morph else { return request.clone() };
        let is_ready = |it: &Self, projection: Projection| {
            it.levels.iter().any(|level| level.wanted.projection == projection && level.wanted.level != NO_LAND)
        };
        let level = level_of(request);
        let (ball, target) = (is_ready(self, Projection::Globe), is_ready(self, request.camera.projection));
        self.status.set_readiness(match (ball, target) {
            (false, _) => Readiness::Nothing,
            (true, false) => Readiness::Ball,
            (true, true) => Readiness::All,
        });
        if !ball {
            self.worker.ask(Wanted { projection: Projection::Globe, level });
            return Request { camera: from, morph: None, ..request.clone() };
        }
        if !target {
            self.worker.ask(Wanted { projection: request.camera.projection, level });
        }
        request.clone()
    }

    fn make_pipelines(&mut self, device: &wgpu::Device, (surface, is_round): (Surface, bool)) {
        let make = || Pipelines::new(device, self.target, &self.layouts, (surface, is_round));
        match (surface, is_round) {
            (Surface::Flat, false) => {}
            (Surface::Flat, true) => drop(self.round[0].get_or_insert_with(make)),
            (Surface::Globe, true) => drop(self.round[1].get_or_insert_with(make)),
            (Surface::Globe, false) => drop(self.globe.get_or_insert_with(make)),
            (Surface::Morph, _) => drop(self.morph.get_or_insert_with(make)),
        }
    }

    /// Brings to the GPU what the builder has finished.
    fn take_levels(&mut self, device: &wgpu::Device) {
        self.arriving.extend(self.worker.finished().into_iter().map(|level| Arriving::new(&self.status, level)));
        match self.arriving.pop_front().map(|level| level.step(device)) {
            None => return,
            Some(Err(rest)) => self.arriving.push_front(rest),
            Some(Ok(mut level)) => {
                level.used = self.clock;
                self.levels.retain(|other| other.wanted != level.wanted && other.wanted.level != NO_LAND);
                self.levels.push(level);
            }
        }
        if !self.arriving.is_empty() {
            (self.wake)();
        }
        self.forget_levels();
    }

    /// Lets the levels go that were not drawn for longest, down to what is worth keeping; those of the last frame, with up to [`SLOTS`] maps, stay
    /// whatever they take.
    fn forget_levels(&mut self) {
        while self.levels.iter().map(|level| level.byte_count).sum::<usize>() > KEPT_LEVEL_BYTES {
            let is_idle = |level: &LevelBuffers| level.used + (SLOTS as u64) < self.clock && level.wanted.level < COARSEST;
            let idle = self.levels.iter().enumerate().filter(|(_, level)| is_idle(level));
            let Some((oldest, _)) = idle.min_by_key(|(_, level)| level.used) else { return };
            self.levels.remove(oldest);
        }
    }

    /// Called once all maps of the frame are ready.
    pub(super) fn finish_prepare(&mut self) {
        self.next_slot = 0;
    }

    /// The level that is wanted, or the one nearest to it that is ready; of two the finer. Until there is one, a map without land.
    fn nearest_level(&mut self, device: &wgpu::Device, wanted: Wanted) -> usize {
        let ready = self.levels.iter().enumerate().filter(|(_, level)| level.wanted.projection == wanted.projection);
        let distance = |level: &LevelBuffers| (level.wanted.level.abs_diff(wanted.level), level.wanted.level);
        let nearest = ready.min_by_key(|(_, level)| distance(level)).map(|(ix, _)| ix);
        nearest.unwrap_or_else(|| {
            let mesh = GroundMesh::without_land(&self.ground, wanted.projection);
            self.levels.push(Arriving::new(&self.status, Finished { wanted: Wanted { level: NO_LAND, ..wanted }, mesh }).at_once(device));
            self.levels.len() - 1
        })
    }

    /// Positions of the old and the new land among the style sets, written where they were not yet.
    fn style_sets(&mut self, device: &wgpu::Device, queue: &wgpu::Queue, level: usize, request: &Request) -> [usize; 2] {
        self.clock += 1;
        let new = self.style_set(device, queue, level, &request.layer);
        match &request.previous {
            Some((layer, share)) if *share < 1.0 => [self.style_set(device, queue, level, layer), new],
            _ => [new, new],
        }
    }

    fn style_set(&mut self, device: &wgpu::Device, queue: &wgpu::Queue, level: usize, layer: &Arc<WorldLayer>) -> usize {
        let level = &self.levels[level];
        let writer = Writer { device, queue, layout: &self.layouts.style, status: &self.status, level, nodes: &self.nodes };
        let found = self.sets.iter().position(|set| set.shows(layer));
        let ix = found.unwrap_or_else(|| {
            if self.sets.len() < STYLE_SETS {
                self.sets.push(StyleSet::new(&writer, layer.clone()));
                return self.sets.len() - 1;
            }
            let oldest = self.sets.iter().enumerate().min_by_key(|(_, set)| set.used).map_or(0, |(ix, _)| ix);
            self.sets[oldest].overwrite(&writer, layer.clone());
            oldest
        });
        self.sets[ix].follow_level(&writer);
        self.sets[ix].used = self.clock;
        ix
    }

    fn write_slot(&mut self, queue: &wgpu::Queue, screen: &egui_wgpu::ScreenDescriptor, number: usize, request: &Request) {
        let slot = &mut self.slots[number];
        let [old, new] = slot.sets.map(|ix| &self.sets[ix]);
        let pixels_per_point = screen.pixels_per_point;
        let middle = request.rect.center() * pixels_per_point;
        let placing = Placing { origin_px: [middle.x, middle.y], screen_px: screen.size_in_pixels, pixels_per_point };
        let soft_points = soft_points(&request.camera);
        let strokes = [old, new].map(|set| tables::strokes(&set.layer.style, soft_points, pixels_per_point)).concat();
        let blend = request.previous.as_ref().map_or(1.0, |(_, share)| share.clamp(0.0, 1.0));
        let hatch_phase = slot.hatch.follow(&request.camera);
        let shown = Shown { layer: &new.layer, before: (slot.sets[0] != slot.sets[1]).then_some(&*old.layer) };
        let (px_per_unit, page) = (request.camera.points_per_unit as f32 * pixels_per_point, !view::fills_screen(&request.camera));
        slot.copies.clear();
        let copies = if request.morph.is_some() { vec![(0.0, Bounds::ALL)] } else { view::copies(&request.camera) };
        let page = page && request.morph.is_none();
        for (copy, (shift, bounds)) in copies.into_iter().enumerate() {
            let mut numbers = view::view_numbers(&request.camera, &placing, shift, (blend, hatch_phase), &strokes);
            if let Some((from, share)) = &request.morph {
                view::add_morph(&mut numbers, &request.camera, (from, *share), pixels_per_point);
            }
            if let Some((middle, radius)) = request.circle {
                view::add_circle(&mut numbers, [middle.x, middle.y, radius].map(|number| number * pixels_per_point));
            }
            queue.write_buffer(&self.views, view_offset(number, copy), bytemuck::cast_slice(&numbers));
            let seen = Seen { bounds, px_per_unit, with_page: page && copy == 0 };
            slot.copies.push(Runs::new(&self.levels[slot.level], &shown, &seen));
        }
    }

    /// Draws a map that is ready.
    pub(super) fn paint(&self, number: usize, screen_px: [u32; 2], pass: &mut wgpu::RenderPass<'static>) {
        let slot = &self.slots[number];
        let Some(level) = self.levels.get(slot.level) else { return };
        // Positions are of the whole window, so that a map that is partly covered or scrolled out keeps its place.
        pass.set_viewport(0.0, 0.0, screen_px[0] as f32, screen_px[1] as f32, 0.0, 1.0);
        pass.set_bind_group(1, &self.sets[slot.sets[0]].bind_group, &[]);
        pass.set_bind_group(2, &self.sets[slot.sets[1]].bind_group, &[]);
        for (copy, runs) in slot.copies.iter().enumerate() {
            pass.set_bind_group(0, &self.view_group, &[view_offset(number, copy) as u32]);
            self.paint_copy(pass, (level, slot), runs);
        }
        self.status.count_frame(slot.copies.iter().map(Runs::count).sum());
    }

    fn paint_copy(&self, pass: &mut wgpu::RenderPass<'static>, (level, slot): (&LevelBuffers, &Slot), runs: &Runs) {
        let shape = Shape::of(level.wanted.projection);
        let pipelines = match (slot.surface, slot.is_round) {
            (Surface::Flat, false) => Some(&self.flat),
            (Surface::Flat, true) => self.round[0].as_ref(),
            (Surface::Globe, true) => self.round[1].as_ref(),
            (Surface::Globe, false) => self.globe.as_ref(),
            (Surface::Morph, _) => self.morph.as_ref(),
        };
        // Of a ball without land there is nothing at all.
        let Some(pipelines) = pipelines.filter(|_| runs.count() > 0) else { return };
        pass.set_vertex_buffer(0, level.corners.slice(..));
        pass.set_index_buffer(level.indices.slice(..), wgpu::IndexFormat::Uint32);
        for (pipeline, runs) in [(&pipelines.fills, &runs.fills), (&pipelines.hatches, &runs.hatches)] {
            pass.set_pipeline(pipeline);
            runs.iter().for_each(|run| pass.draw_indexed(run.clone(), 0, 0..1));
        }
        // Corners of a stretch: quiet lines are a triangle each, the others a box.
        let lines = [(&pipelines.soft, &runs.soft, 4), (&pipelines.quiet, &runs.quiet, 3), (&pipelines.strong, &runs.strong, 4)];
        if lines.iter().all(|(_, runs, _)| runs.is_empty()) {
            // A flat map whose land is still to come has too few points to be looked at from four on.
            return;
        }
        for neighbour in 0..4 {
            pass.set_vertex_buffer(neighbour, level.points.slice(u64::from(neighbour) * point_bytes(shape)..));
        }
        for (pipeline, runs, corners) in lines {
            pass.set_pipeline(pipeline);
            runs.iter().for_each(|run| pass.draw(0..corners, run.clone()));
        }
    }
}

/// The level of detail that a request asks for.
fn level_of(request: &Request) -> u8 {
    request.level.min(usize::from(COARSEST)) as u8
}

fn view_offset(slot: usize, copy: usize) -> u64 {
    (slot * COPIES + copy) as u64 * VIEW_STRIDE
}
