//! The selected shape on the map: it and its points are dragged, turned and made larger. A drag shows what would become of it and changes the document
//! once, when it is let go.

use eframe::egui::{self, CursorIcon, Id, PointerButton, Pos2, Rect, Response, Sense, Stroke as EguiStroke, Vec2, vec2};

use super::{
    draw_ui::{fault_ui, line_ui, marker_ui, rings_ui},
    picking::{feature_at, holds, is_near_lines},
    several_ui,
    shape::FeatureShape,
    shaping::ShapeStep,
    sketch::rings_of,
    snapping::{Aiming, Caught, Snapper},
    tool::DrawStep,
};
use crate::{
    geometry::{Camera, LonLat, shape::vertex::VertexIx},
    gui::{
        actions::Action,
        map_view::MapResponse,
        paint::items::color32,
        panels::Ctx,
        session::Selection,
        theme::{font, size},
    },
    model::annotation::Mark,
    scene::{Dash, Face, flat::Flattener},
};

/// Points can be dragged while there are at most so many of them in sight.
pub const MOST_POINTS: usize = 120;
/// The side of the square in which the pointer takes a handle, in points.
const HANDLE_POINTS: f32 = 24.0;
/// An edge shorter than this on the screen has no handle in its middle, in points.
const SHORTEST_EDGE_POINTS: f32 = 52.0;
/// How far outside of the shape its box lies, in points.
const BOX_MARGIN_POINTS: f32 = 14.0;
/// How far above the box the handle stands that turns, in points.
const TURN_POINTS: f32 = 26.0;
/// How far down the strip over the map reaches, in points.
const STRIP_POINTS: f32 = 100.0;
/// A box smaller than this has no handles of its own, in points.
const SMALLEST_BOX_POINTS: f32 = 40.0;
/// Shapes of more points are not checked while they are dragged, only when they are let go.
const MOST_CHECKED: usize = 400;

/// What the selected shape remembers between frames.
#[derive(Default)]
pub struct SelectView {
    held: Option<Held>,
    grab: Option<Grab>,
}

/// The selected shape on the screen, looked up again when document, selection or camera change.
struct Held {
    key: (Selection, u64, Camera),
    id: String,
    name: String,
    shape: FeatureShape,
    /// The points in sight; empty where there are too many.
    points: Vec<(VertexIx, LonLat, Pos2)>,
    /// The middles of edges: the number that a point there would have.
    middles: Vec<(VertexIx, LonLat, Pos2)>,
    in_sight: usize,
    bounds: Option<Rect>,
}

/// What is dragged.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Point(VertexIx),
    Whole,
    Turn,
    Size,
}

/// A drag that goes on.
struct Grab {
    part: Part,
    from: Pos2,
    before: FeatureShape,
    now: FeatureShape,
    caught: Option<(LonLat, Caught)>,
}

/// A handle that the pointer may have taken.
struct Taken {
    part: Part,
    response: Response,
    /// Whether it adds the point that it drags.
    adds: bool,
}

impl Taken {
    fn new(part: Part, response: Response) -> Self {
        Self { part, response, adds: false }
    }
}

/// Takes the pointer for what is selected, and draws it. Gives the place that a context menu is asked for.
pub fn select_ui(
    ui: &mut egui::Ui,
    (view, snapper): (&mut SelectView, &mut Snapper),
    ctx: &Ctx,
    response: &MapResponse,
    out: &mut Vec<Action>,
) -> Option<LonLat> {
    let rect = response.response.rect;
    view.hold(ctx, rect);
    let held = view.held.as_ref()?;
    let is_free = view.grab.is_none();
    shape_ui(ui, ctx, rect, view.grab.as_ref().map_or(&held.shape, |grab| &grab.now), !is_free);
    let (mut asked, mut taken) = (None, Vec::new());
    if let Some(body) = body_ui(ui, ctx, rect, (held, view.grab.as_ref().is_some_and(|grab| grab.part == Part::Whole))) {
        let at = body.interact_pointer_pos();
        if let Some(at) = at.filter(|_| body.clicked()) {
            out.extend(feature_at(ctx, rect, at).map(|selection| several_ui::click(ui, ctx, selection)));
        }
        asked = at.filter(|_| body.secondary_clicked()).and_then(|at| place_at(ctx, rect, at));
        taken.push(Taken::new(Part::Whole, body));
    }
    taken.extend(box_ui(ui, ctx, rect, held, is_free));
    taken.extend(middles_ui(ui, ctx, rect, (held, is_free), out));
    taken.extend(points_ui(ui, ctx, rect, (held, is_free), out));
    let (shape, id) = (held.shape.clone(), held.id.clone());
    for handle in &taken {
        view.drag_ui(ui, ctx, rect, (handle, snapper, &shape, &id), out);
    }
    if let Some((place, caught)) = view.grab.as_ref().and_then(|grab| grab.caught.as_ref()) {
        marker_ui(ui, ctx, rect, *place, caught);
    }
    asked
}

/// The small handles that add a point to an edge.
fn middles_ui(ui: &egui::Ui, ctx: &Ctx, rect: Rect, (held, is_free): (&Held, bool), out: &mut Vec<Action>) -> Vec<Taken> {
    let mut taken = Vec::new();
    for &(at, place, screen) in &held.middles {
        let name = format!("Add point {} to {}", at.vertex + 1, held.name);
        let response = handle(ui, screen, Id::unique(("middle", at)), &name).on_hover_cursor(CursorIcon::Copy);
        if response.clicked()
            && let Ok(more) = held.shape.with_new_vertex(at, place)
        {
            out.push(Action::Shape(ShapeStep::Reshape(more)));
            out.push(Action::Draw(DrawStep::PickVertex(Some(at))));
        }
        if is_free {
            dot_ui(ui, ctx, rect, screen, (3.0, response.hovered()));
        }
        taken.push(Taken { part: Part::Point(at), response, adds: true });
    }
    taken
}

/// The handles of the points.
fn points_ui(ui: &egui::Ui, ctx: &Ctx, rect: Rect, (held, is_free): (&Held, bool), out: &mut Vec<Action>) -> Vec<Taken> {
    let mut taken = Vec::new();
    for &(at, _, screen) in &held.points {
        let is_picked = ctx.session.tools.vertex == Some(at);
        let (id, name) = (Id::unique(("point", at)), format!("Point {} of {}", at.vertex + 1, held.name));
        // Words are taken wherever they stand.
        let words = several_ui::box_of_words(ctx, &held.key.0, screen);
        let response = words.map_or_else(|| handle(ui, screen, id, &name), |words| handle_in(ui, words, id, &name));
        if response.clicked() && !matches!(held.shape, FeatureShape::Point(_)) {
            out.push(Action::Draw(DrawStep::PickVertex(Some(at))));
        } else if response.clicked() {
            out.push(several_ui::click(ui, ctx, held.key.0.clone()));
        }
        if let Some(words) = words.filter(|_| is_free) {
            several_ui::words_outline_ui(ui, ctx, rect, words);
        } else if is_free {
            dot_ui(ui, ctx, rect, screen, (if is_picked { 6.5 } else { 4.5 }, response.hovered() || is_picked));
        }
        taken.push(Taken::new(Part::Point(at), response.on_hover_cursor(CursorIcon::Grab)));
    }
    taken
}

impl SelectView {
    /// Begins, goes on with and ends the drag of a handle.
    fn drag_ui(
        &mut self,
        ui: &egui::Ui,
        ctx: &Ctx,
        rect: Rect,
        (handle, snapper, shape, id): (&Taken, &mut Snapper, &FeatureShape, &str),
        out: &mut Vec<Action>,
    ) {
        let response = &handle.response;
        let pointer = response.interact_pointer_pos();
        if let Some(pointer) = pointer.filter(|_| response.drag_started_by(PointerButton::Primary)) {
            let before = match (handle.part, place_at(ctx, rect, pointer)) {
                (Part::Point(at), Some(place)) if handle.adds => shape.with_new_vertex(at, place).ok(),
                _ => Some(shape.clone()),
            };
            let from = ui.input(|input| input.pointer.press_origin()).unwrap_or(pointer);
            self.grab = before.map(|before| Grab { part: handle.part, from, now: before.clone(), before, caught: None });
        }
        let is_dragged = |grab: &&mut Grab| response.dragged_by(PointerButton::Primary) && grab.part == handle.part;
        if let Some((grab, pointer)) = self.grab.as_mut().filter(is_dragged).zip(pointer) {
            grab.follow(ui, ctx, rect, pointer, (&mut *snapper, id));
        }
        if response.drag_stopped()
            && let Some(grab) = self.grab.take()
        {
            let vertex = if let Part::Point(at) = grab.part { Some(at) } else { ctx.session.tools.vertex };
            if grab.now != *shape {
                out.push(Action::Shape(ShapeStep::Reshape(grab.now)));
            }
            out.push(Action::Draw(DrawStep::PickVertex(vertex)));
        }
    }

    /// Lets go of what is dragged, which stays as it was; false where nothing was.
    pub fn let_go(&mut self) -> bool {
        self.grab.take().is_some()
    }

    /// How many points of the selected shape are in sight, where these are too many to be dragged.
    pub fn too_many(&self) -> Option<usize> {
        self.held.as_ref().map(|held| held.in_sight).filter(|count| *count > MOST_POINTS)
    }

    fn hold(&mut self, ctx: &Ctx, rect: Rect) {
        let found = ctx.session.selection.clone().zip(ctx.document());
        let found = found.and_then(|(selection, project)| {
            let (document, id) = ctx.library.id_of(&selection)?;
            (Some(document) == ctx.session.document).then_some((selection, project, id))
        });
        let Some((selection, project, id)) = found else {
            (self.held, self.grab) = (None, None);
            return;
        };
        let key = (selection, project.stamp, ctx.scene.camera);
        if self.held.as_ref().is_none_or(|held| held.key != key) {
            let shape = FeatureShape::of(project, &key.0);
            self.held = shape.map(|shape| {
                let more_points = !is_callout(project, &key.0);
                Held::new(key, (id, &name_of(project, &ctx.session.selection), more_points), shape, rect)
            });
        }
    }
}

fn name_of(project: &crate::model::Project, selection: &Option<Selection>) -> String {
    let name = match selection {
        Some(Selection::Region(_, index)) => project.regions.get(*index).map(|region| &region.common.name),
        Some(Selection::Line(_, index)) => project.lines.get(*index).map(|line| &line.common.name),
        Some(Selection::Place(_, index)) => project.places.get(*index).map(|place| &place.common.name),
        Some(Selection::Annotation(_, index)) => project.annotations.get(*index).map(|annotation| &annotation.common.name),
        Some(Selection::Event(_, index)) => project.events.get(*index).map(|event| &event.title),
        _ => None,
    };
    name.cloned().unwrap_or_default()
}

fn is_callout(project: &crate::model::Project, selection: &Selection) -> bool {
    let Selection::Annotation(_, index) = selection else { return false };
    project.annotations.get(*index).is_some_and(|annotation| matches!(annotation.mark, Mark::Callout { .. }))
}

impl Held {
    fn new(key: (Selection, u64, Camera), (id, name, more_points): (&str, &str, bool), shape: FeatureShape, rect: Rect) -> Self {
        let camera = key.2;
        let on_screen = |place: LonLat| camera.seen_at(place).map(|[x, y]| rect.min + vec2(x as f32, y as f32));
        let all = shape.vertices();
        let placed: Vec<(VertexIx, LonLat, Option<Pos2>)> = all.iter().map(|(at, place)| (*at, *place, on_screen(*place))).collect();
        let points: Vec<_> =
            placed.iter().filter_map(|(at, place, screen)| Some((*at, *place, screen.filter(|at| rect.contains(*at))?))).collect();
        let bounds = placed.iter().filter_map(|(_, _, screen)| *screen).fold(None, |bounds: Option<Rect>, at| {
            Some(bounds.map_or(Rect::from_min_max(at, at), |bounds| bounds.union(Rect::from_min_max(at, at))))
        });
        let in_sight = points.len();
        let (points, middles) = match () {
            () if in_sight > MOST_POINTS => (Vec::new(), Vec::new()),
            // A callout has its two ends and no more.
            () if !more_points => (points, Vec::new()),
            () => (points, middles(&shape, &placed, &on_screen)),
        };
        Self { key, id: id.to_owned(), name: name.to_owned(), shape, points, middles, in_sight, bounds }
    }
}

/// The middles of the edges that are long enough on the screen.
fn middles(
    shape: &FeatureShape,
    placed: &[(VertexIx, LonLat, Option<Pos2>)],
    on_screen: &impl Fn(LonLat) -> Option<Pos2>,
) -> Vec<(VertexIx, LonLat, Pos2)> {
    let mut found = Vec::new();
    for (index, (at, place, screen)) in placed.iter().enumerate() {
        let same_ring = |other: &&(VertexIx, LonLat, Option<Pos2>)| (other.0.part, other.0.ring) == (at.part, at.ring);
        let next = placed.get(index + 1).filter(same_ring);
        let first = || placed.iter().find(same_ring).filter(|_| shape.is_closed());
        let Some((_, next_place, Some(next_screen))) = next.or_else(first) else { continue };
        let Some(screen) = screen else { continue };
        let leaps = (place.lon_deg - next_place.lon_deg).abs() > 180.0;
        if leaps || screen.distance(*next_screen) < SHORTEST_EDGE_POINTS {
            continue;
        }
        let middle = LonLat::new((place.lon_deg + next_place.lon_deg) / 2.0, (place.lat_deg + next_place.lat_deg) / 2.0);
        if let Some(screen) = on_screen(middle) {
            found.push((VertexIx { vertex: at.vertex + 1, ..*at }, middle, screen));
        }
    }
    found
}

impl Grab {
    /// The shape as it is with the pointer here.
    fn follow(&mut self, ui: &egui::Ui, ctx: &Ctx, rect: Rect, pointer: Pos2, (snapper, id): (&mut Snapper, &str)) {
        let Some(place) = place_at(ctx, rect, pointer) else { return };
        self.caught = None;
        let next = match self.part {
            Part::Point(at) => {
                let snapping = ctx.session.tools.snapping && !ui.input(|input| input.modifiers.alt);
                let aim = snapper.aim(ctx, place, Aiming { snapping, without: Some(id) });
                self.caught = aim.caught.map(|caught| (aim.at, caught));
                self.before.with_vertex(at, aim.at).ok()
            }
            Part::Whole => place_at(ctx, rect, self.from).map(|from| self.before.moved(from, place)),
            Part::Turn | Part::Size => self.turned(ctx, rect, pointer),
        };
        if let Some(next) = next {
            self.now = next;
        }
    }

    /// Turned or made larger about its middle, as the pointer has gone round or away from that.
    fn turned(&self, ctx: &Ctx, rect: Rect, pointer: Pos2) -> Option<FeatureShape> {
        let about = self.before.middle()?;
        let middle = on_screen(ctx, rect, about)?;
        let (before, now): (Vec2, Vec2) = (self.from - middle, pointer - middle);
        if before.length() < 1.0 || now.length() < 1.0 {
            return None;
        }
        // On the screen angles run clockwise, on the map the other way.
        let (degrees, factor) = match self.part {
            Part::Turn => (f64::from(before.angle() - now.angle()).to_degrees(), 1.0),
            _ => (0.0, f64::from(now.length() / before.length())),
        };
        Some(self.before.turned(about, degrees, factor))
    }
}

/// The outline of the shape; what is wrong with it while it is dragged is told in red.
fn shape_ui(ui: &egui::Ui, ctx: &Ctx, rect: Rect, shape: &FeatureShape, dragged: bool) {
    if dragged && shape.is_closed() {
        rings_ui(ui, ctx, rect, &rings_of(shape), ctx.scene.world.style.accent);
    }
    for line in shape.lines().iter().filter(|line| line.len() > 1) {
        let path: Vec<LonLat> = line.iter().map(|at| LonLat::from(*at)).collect();
        line_ui(ui, ctx, rect, &path, Dash::Solid);
    }
    if let FeatureShape::Point(at) = shape
        && dragged
        && let Some(at) = on_screen(ctx, rect, *at)
    {
        if let Some(words) = ctx.session.selection.as_ref().and_then(|selection| several_ui::box_of_words(ctx, selection, at)) {
            several_ui::words_outline_ui(ui, ctx, rect, words);
            return;
        }
        dot_ui(ui, ctx, rect, at, (6.0, true));
    }
    if dragged
        && shape.vertices().len() <= MOST_CHECKED
        && let Some(fault) = shape.fault()
        && let Some(at) = fault.at.and_then(|at| on_screen(ctx, rect, at))
    {
        let painter = ui.painter_at(rect);
        fault_ui(ui, ctx, rect, at);
        let words = painter.layout(fault.to_string(), font(Face::Medium, size::SMALL), ctx.palette.accent, 260.0);
        let card = Rect::from_min_size(at + vec2(16.0, -words.size().y / 2.0 - 4.0), words.size() + vec2(12.0, 8.0));
        painter.rect(card, 5.0, ctx.palette.surface, EguiStroke::new(1.0, ctx.palette.edge), egui::StrokeKind::Inside);
        painter.galley(card.min + vec2(6.0, 4.0), words, ctx.palette.accent);
    }
}

/// The room around the pointer while it is on the shape: a drag there moves the whole.
fn body_ui(ui: &mut egui::Ui, ctx: &Ctx, rect: Rect, (held, is_held): (&Held, bool)) -> Option<Response> {
    let id = Id::unique("shape body");
    let pointer = ui.input(|input| input.pointer.latest_pos()).filter(|at| rect.contains(*at))?;
    // The frame in which the button is let go belongs to the drag, wherever the pointer is then.
    let is_dragged = is_held || ui.ctx().is_being_dragged(id);
    let is_near = held.bounds.is_some_and(|bounds| bounds.expand(HANDLE_POINTS).contains(pointer));
    let is_on = || match &held.shape {
        FeatureShape::Area(area) => place_at(ctx, rect, pointer).is_some_and(|place| holds(area, place)),
        FeatureShape::Line(_) => is_near_lines(&Flattener::new(ctx.scene.camera), &held.shape.lines(), (pointer - rect.min).to_pos2()),
        FeatureShape::Point(_) => false,
    };
    (is_dragged || (is_near && is_on())).then(|| {
        let body = ui.interact(Rect::from_center_size(pointer, Vec2::splat(HANDLE_POINTS)), id, Sense::click_and_drag());
        body.on_hover_cursor(CursorIcon::Move)
    })
}

/// The box around a shape with its handles; while something is dragged nothing of it is drawn.
fn box_ui(ui: &egui::Ui, ctx: &Ctx, rect: Rect, held: &Held, is_free: bool) -> Vec<Taken> {
    let Some(bounds) = box_of(rect, held) else { return Vec::new() };
    // The strip over the map covers what lies right under its upper edge.
    let is_high = bounds.top() - TURN_POINTS < rect.top() + STRIP_POINTS;
    let turn = if is_high { bounds.center_bottom() + vec2(0.0, TURN_POINTS) } else { bounds.center_top() - vec2(0.0, TURN_POINTS) };
    if is_free {
        let (painter, edge) = (ui.painter_at(rect), EguiStroke::new(1.0, ctx.palette.accent.gamma_multiply(0.55)));
        painter.rect_stroke(bounds, 0.0, edge, egui::StrokeKind::Middle);
        painter.line_segment([egui::pos2(turn.x, turn.y.clamp(bounds.top(), bounds.bottom())), turn], edge);
    }
    let handles = [
        (Part::Turn, turn, "Turn the shape", CursorIcon::Alias),
        (Part::Size, bounds.right_top(), "Make the shape larger or smaller", CursorIcon::ResizeNeSw),
        (Part::Size, bounds.left_bottom(), "Make the shape larger or smaller from below", CursorIcon::ResizeNeSw),
    ];
    let mut taken = Vec::new();
    for (part, at, name, cursor) in handles {
        let response = handle(ui, at, Id::unique(("shape box", name)), name);
        if is_free {
            dot_ui(ui, ctx, rect, at, (4.0, response.hovered()));
        }
        taken.push(Taken::new(part, response.on_hover_cursor(cursor)));
    }
    taken
}

fn box_of(rect: Rect, held: &Held) -> Option<Rect> {
    let bounds = held.bounds.filter(|bounds| bounds.width().max(bounds.height()) >= SMALLEST_BOX_POINTS)?;
    let bounds = bounds.expand(BOX_MARGIN_POINTS);
    (rect.contains_rect(bounds) && !matches!(held.shape, FeatureShape::Point(_))).then_some(bounds)
}

fn handle(ui: &egui::Ui, at: Pos2, id: Id, name: &str) -> Response {
    handle_in(ui, Rect::from_center_size(at, Vec2::splat(HANDLE_POINTS)), id, name)
}

fn handle_in(ui: &egui::Ui, room: Rect, id: Id, name: &str) -> Response {
    let response = ui.interact(room, id, Sense::click_and_drag());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    response
}

fn dot_ui(ui: &egui::Ui, ctx: &Ctx, rect: Rect, at: Pos2, (radius, strong): (f32, bool)) {
    let (painter, style) = (ui.painter_at(rect), &ctx.scene.world.style);
    let (ground, edge) = (color32(style.halo), color32(style.accent));
    painter.circle(at, radius, if strong { edge } else { ground }, EguiStroke::new(2.0, if strong { ground } else { edge }));
}

fn on_screen(ctx: &Ctx, rect: Rect, place: LonLat) -> Option<Pos2> {
    ctx.scene.camera.seen_at(place).map(|[x, y]| rect.min + vec2(x as f32, y as f32))
}

fn place_at(ctx: &Ctx, rect: Rect, pointer: Pos2) -> Option<LonLat> {
    let at = pointer - rect.min;
    ctx.scene.camera.lonlat_from_screen([f64::from(at.x), f64::from(at.y)])
}
