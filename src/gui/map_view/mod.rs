//! The map as a widget: what pointer, wheel and pinch do to the camera. Movements and flights are pure and tested apart from egui.

pub mod flight;
pub mod history;
pub mod measure;
pub mod measure_view;
pub mod morph;
pub mod motion;

use eframe::egui::{self, Key, PointerButton, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui};

use self::{
    flight::Flight,
    history::ViewHistory,
    morph::{Morph, Readiness},
    motion::Inertia,
};
use crate::{
    geometry::{Camera, LonLat},
    gui::manners,
};

/// One notch of a mouse wheel zooms by this factor.
const NOTCH_FACTOR: f64 = 1.25;
/// Points of scrolling that egui counts for one notch.
const NOTCH_POINTS: f64 = 50.0;
/// A double click zooms by this factor.
const DOUBLE_CLICK_FACTOR: f64 = 2.0;
/// A box smaller than this many points is a slip, not a box.
const SMALLEST_BOX_POINTS: f32 = 8.0;

/// What the map remembers between frames. Session only.
#[derive(Default)]
pub struct MapViewState {
    inertia: Inertia,
    flight: Option<Flight>,
    morph: Option<Morph>,
    history: ViewHistory,
    /// A drag is under way that chooses and moves nothing.
    stands_still: bool,
    box_from: Option<Pos2>,
    menu_place: Option<LonLat>,
}

/// What happened on the map in a frame.
pub struct MapResponse {
    /// The camera after it.
    pub camera: Camera,
    /// The place under the pointer; `None` off the map.
    pub hovered: Option<LonLat>,
    /// Where the map was clicked, in window points.
    pub clicked: Option<Pos2>,
    /// The place that the context menu is about.
    pub menu_place: Option<LonLat>,
    /// Whether the context menu is asked for in this frame, open or not.
    pub menu_asked: bool,
    /// Whether the camera moves by itself or is being dragged.
    pub moving: bool,
    /// The widget, for menus.
    pub response: Response,
}

/// How the pointer is taken.
#[derive(Clone, Copy, Debug, Default)]
pub struct Handling {
    /// Movements are cuts.
    pub reduced_motion: bool,
    /// Clicks set points of something: the pointer is a cross, and a double click does not zoom.
    pub sets_points: bool,
    /// A drag with Ctrl draws a box that chooses what lies in it: the map stays where it is.
    pub chooses: bool,
    /// Where a second map of the same view begins, in points from the left of the first one; `None` for a single map.
    pub second_map: Option<f32>,
}

impl Handling {
    /// The top left corner of the map under the pointer.
    fn corner(&self, rect: Rect, at: Pos2) -> Pos2 {
        let second = self.second_map.filter(|second| at.x >= rect.left() + second);
        rect.min + egui::vec2(second.unwrap_or(0.0), 0.0)
    }
}

/// Takes all the room that is left, listens, and moves the camera. Asks for frames only while something moves.
pub fn map_view_ui(ui: &mut Ui, state: &mut MapViewState, camera: Camera, how: Handling) -> MapResponse {
    let rect = ui.available_rect_before_wrap();
    // The map has keys of its own wherever the keyboard is: it is no stop of the Tab key.
    let response = ui.allocate_rect(rect, Sense::CLICK | Sense::DRAG);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, "Map"));
    let dt_secs = f64::from(ui.input(|input| input.stable_dt)).min(0.1);
    let before = camera;
    let mut camera = state.fly_on(camera, dt_secs);
    if response.contains_pointer() {
        camera = state.zoomed_by_pointer(ui, &response, camera, how);
        if how.sets_points {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Crosshair);
        }
    }
    camera = state.dragged(ui, &response, camera, dt_secs, how);
    let moving = state.is_moving() || camera != before;
    if state.is_moving() {
        ui.ctx().request_repaint();
    }
    if !moving {
        state.history.rest(&camera);
    }
    let place_at = |at: Pos2| {
        let from_corner = at - how.corner(rect, at);
        camera.lonlat_from_screen([f64::from(from_corner.x), f64::from(from_corner.y)])
    };
    let menu_asked = response.secondary_clicked();
    if menu_asked {
        state.menu_place = response.interact_pointer_pos().and_then(place_at);
    }
    MapResponse {
        hovered: response.hover_pos().and_then(place_at),
        clicked: (response.clicked() && !manners::closes_menu(ui.ctx())).then(|| response.interact_pointer_pos()).flatten(),
        menu_place: state.menu_place,
        menu_asked,
        moving,
        camera,
        response,
    }
}

impl MapViewState {
    /// The context menu is asked for at a sign or callout that lies over the map and took the click: it is about the place that they tell of.
    pub fn ask_for_menu(&mut self, response: &mut MapResponse, place: LonLat) {
        self.menu_place = Some(place);
        (response.menu_place, response.menu_asked) = (self.menu_place, true);
    }

    /// Begins a flight; with reduced motion the target is reached with the next frame.
    pub fn fly_to(&mut self, from: &Camera, to: Camera, reduced_motion: bool) {
        self.inertia.stop();
        // A view in mid-flight is none to come back to.
        if self.flight.is_none() {
            self.history.leave(from);
        }
        self.set_out(from, to, reduced_motion);
    }

    /// Begins a flight of so many seconds.
    pub fn fly_for(&mut self, from: &Camera, to: Camera, secs: f64) {
        self.fly_to(from, to, false);
        self.flight = self.flight.take().map(|flight| flight.lasting(secs));
    }

    fn set_out(&mut self, from: &Camera, to: Camera, reduced_motion: bool) {
        let other = from.projection != to.projection;
        self.morph = (other && !reduced_motion).then(|| Morph::new(*from));
        let from = if other { from.in_projection(to.projection) } else { *from };
        self.flight = Some(if reduced_motion { Flight::cut(to) } else { Flight::new(from, to) });
    }

    /// The view in another projection that the map comes from, and how far it has come, 0 to 1; `None` while the projection stays. `dt_secs` later
    /// than at the last call.
    pub fn morphing(&mut self, dt_secs: f64, readiness: Readiness) -> Option<(Camera, f32)> {
        let now = self.morph.as_mut()?.advance(dt_secs, readiness);
        if now.is_none() {
            self.morph = None;
        }
        now
    }

    /// Where the camera is going: the end of a flight under way, else where it is. Steps by key add up from there.
    pub fn heading(&self, camera: &Camera) -> Camera {
        self.flight.as_ref().map_or(*camera, |flight| flight.target().resized(camera.size_points))
    }

    /// Stops every movement.
    pub fn stop(&mut self) {
        self.inertia.stop();
        self.flight = None;
    }

    /// Flies to the view before; nothing when there is none.
    pub fn back(&mut self, from: &Camera, reduced_motion: bool) {
        if let Some(to) = self.history.back(from) {
            self.set_out(from, to, reduced_motion);
        }
    }

    /// Flies to the view after; nothing when there is none.
    pub fn forward(&mut self, from: &Camera, reduced_motion: bool) {
        if let Some(to) = self.history.forward(from) {
            self.set_out(from, to, reduced_motion);
        }
    }

    /// Whether the map moves by itself.
    pub fn is_moving(&self) -> bool {
        self.flight.is_some() || self.inertia.is_moving()
    }

    fn fly_on(&mut self, camera: Camera, dt_secs: f64) -> Camera {
        let Some(flight) = &mut self.flight else { return camera };
        let next = flight.advance(dt_secs).resized(camera.size_points);
        if flight.is_over() {
            self.flight = None;
        }
        next
    }

    /// Wheel, pinch and double click. The wheel works at once and ends with a short glide of egui's own smoothing.
    fn zoomed_by_pointer(&mut self, ui: &Ui, response: &Response, camera: Camera, how: Handling) -> Camera {
        let (scroll, pinch, pointer) =
            ui.input(|input| (f64::from(input.smooth_scroll_delta().y), f64::from(input.zoom_delta()), input.pointer.latest_pos()));
        let Some(pointer) = pointer else { return camera };
        let from_corner = pointer - how.corner(response.rect, pointer);
        let at = [f64::from(from_corner.x), f64::from(from_corner.y)];
        if response.double_clicked() && !how.sets_points {
            let out = ui.input(|input| input.modifiers.shift);
            let target = camera.zoomed_at(at, if out { 1.0 / DOUBLE_CLICK_FACTOR } else { DOUBLE_CLICK_FACTOR });
            self.fly_to(&camera, target, how.reduced_motion);
        }
        // Ctrl and wheel arrive as a pinch; without it as scrolling.
        let factor = if pinch == 1.0 { NOTCH_FACTOR.powf(scroll / NOTCH_POINTS) } else { pinch };
        if factor == 1.0 {
            return camera;
        }
        self.stop();
        camera.zoomed_at(at, factor)
    }

    fn dragged(&mut self, ui: &Ui, response: &Response, camera: Camera, dt_secs: f64, how: Handling) -> Camera {
        let reduced_motion = how.reduced_motion;
        let (shift, command) = ui.input(|input| (input.modifiers.shift, input.modifiers.command));
        if response.drag_started_by(PointerButton::Primary) && command && how.chooses {
            self.stands_still = true;
        }
        if self.stands_still {
            self.stands_still = response.dragged() && !response.drag_stopped();
            return camera;
        }
        if response.drag_started_by(PointerButton::Primary) && shift {
            self.box_from = response.interact_pointer_pos();
        }
        if let Some(from) = self.box_from {
            return self.boxed(ui, response, camera, from, how);
        }
        if response.dragged_by(PointerButton::Primary) || response.dragged_by(PointerButton::Middle) {
            self.flight = None;
            let delta = response.drag_delta();
            let (dx, dy) = (f64::from(delta.x), f64::from(delta.y));
            self.inertia.drag(dx, dy, dt_secs);
            return camera.panned(dx, dy);
        }
        if response.drag_stopped() && !reduced_motion {
            self.inertia.release();
        }
        match self.inertia.glide(dt_secs) {
            Some((dx, dy)) => camera.panned(dx, dy),
            None => camera,
        }
    }

    /// The rubber band, and the flight to what it holds when it is let go. Escape gives it up.
    fn boxed(&mut self, ui: &Ui, response: &Response, camera: Camera, from: Pos2, how: Handling) -> Camera {
        let Some(to) = ui.input(|input| input.pointer.latest_pos()) else { return camera };
        let band = Rect::from_two_pos(from, to).intersect(response.rect);
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            self.box_from = None;
        } else if response.drag_stopped() {
            self.box_from = None;
            if band.width().min(band.height()) >= SMALLEST_BOX_POINTS {
                let corner = how.corner(response.rect, from);
                self.fly_to(&camera, boxed_camera(&camera, band.translate(-corner.to_vec2())), how.reduced_motion);
            }
        } else {
            let color = ui.visuals().selection.stroke.color;
            ui.painter().rect(band, 0.0, color.gamma_multiply(0.12), Stroke::new(1.5, color), StrokeKind::Inside);
        }
        camera
    }
}

/// The camera that shows a box of the screen as large as it fits.
fn boxed_camera(camera: &Camera, band: Rect) -> Camera {
    let [width, height] = camera.size_points;
    let middle = band.center();
    let center = camera.world_from_screen([f64::from(middle.x), f64::from(middle.y)]);
    let closer = (width / f64::from(band.width())).min(height / f64::from(band.height()));
    Camera { center, points_per_unit: camera.points_per_unit * closer, ..*camera }.clamped()
}
