//! Drawing on the map: what a click means with each tool, and what is shown of a shape while it grows.

use eframe::egui::{self, Modifiers, Pos2, Rect, Sense, vec2};

use super::{
    labels::{clear_of, label_place},
    picking::region_at,
    select_ui::{SelectView, select_ui},
    several_ui::{SeveralView, band_ui, several_ui},
    shaping::ShapeStep,
    sketch::{Sketch, SketchPoint},
    snapping::{Aim, Aiming, Caught, REACH_POINTS, Snapper, caught_text},
    strip_ui::StripState,
    tool::{DrawStep, Tool, Tools},
};
use crate::{
    geometry::{
        LonLat,
        shape::{antimeridian::cut_lines_at_antimeridian, live, validity::Fault},
    },
    gui::{
        actions::Action,
        map_view::MapResponse,
        numbers::{area_text, distance_text},
        outlines::Outline,
        paint::items::{color32, paint_items},
        panels::Ctx,
        theme::{font, size},
    },
    scene::{Dash, Face, Fill, Item, Rgba, Stroke, flat::Flattener},
};

/// Lines keep to multiples of this angle with Shift, degrees on the screen.
const ANGLE_STEP_DEG: f32 = 15.0;

/// What drawing remembers between frames.
#[derive(Default)]
pub struct DrawView {
    /// What points are held by.
    pub snapper: Snapper,
    /// The strip over the map.
    pub strip: StripState,
    selected: SelectView,
    several: SeveralView,
    units: Outline,
    stroke: Vec<LonLat>,
    faults: Option<(Sketch, LonLat, Option<Fault>)>,
}

/// What the pointer does to a document that is edited, and what is shown of it on the map. Gives the place that a context menu is asked for.
pub fn edit_on_map_ui(ui: &mut egui::Ui, view: &mut DrawView, ctx: &Ctx, response: &MapResponse, out: &mut Vec<Action>) -> Option<LonLat> {
    ctx.editing()?;
    let rect = response.response.rect;
    let clicked = response.clicked;
    match ctx.session.tools.tool {
        Tool::Select => {
            band_ui(ui, &mut view.several, ctx, response, out);
            if !ctx.session.chosen.is_empty() {
                several_ui(ui, &mut view.several, ctx, response, out);
                return None;
            }
            // A click beside all features of the document selects land.
            return select_ui(ui, (&mut view.selected, &mut view.snapper), ctx, response, out);
        }
        Tool::Join => out.extend(clicked.and_then(|at| region_at(ctx, rect, at)).map(|other| Action::Shape(ShapeStep::Join(other)))),
        Tool::Subtract => {
            out.extend(clicked.and_then(|at| region_at(ctx, rect, at)).map(|other| Action::Shape(ShapeStep::Subtract(other))))
        }
        tool => {
            if tool == Tool::Units {
                view.units_ui(ui, ctx, rect);
            }
            out.extend(draw_ui(ui, view, ctx, response).map(Action::Draw));
        }
    }
    None
}

/// Takes the pointer for the chosen tool and draws what is drawn so far. Gives what was asked for.
fn draw_ui(ui: &mut egui::Ui, view: &mut DrawView, ctx: &Ctx, response: &MapResponse) -> Option<DrawStep> {
    let tools = &ctx.session.tools;
    let rect = response.response.rect;
    if tools.tool == Tool::Freehand {
        return view.freehand_ui(ui, ctx, rect);
    }
    let modifiers = ui.input(|input| input.modifiers);
    let pointer = response.clicked.or(response.response.hover_pos());
    let aim = pointer.and_then(|pointer| view.aim(ctx, rect, pointer, modifiers));
    if tools.tool.sets_points() {
        let fault = view.fault(tools, aim.as_ref());
        sketch_ui(ui, ctx, rect, aim.as_ref(), fault.as_ref());
    }
    if let Some((aim, caught)) = aim.as_ref().and_then(|aim| Some((aim, aim.caught.as_ref()?))) {
        marker_ui(ui, ctx, rect, aim.at, caught);
    }
    response.clicked.and(aim).and_then(|aim| step_of_click(ctx, response, aim))
}

/// What a click means; `None` where it means nothing.
fn step_of_click(ctx: &Ctx, response: &MapResponse, aim: Aim) -> Option<DrawStep> {
    let tools = &ctx.session.tools;
    match tools.tool {
        Tool::Units => ctx.library.atlas.partition.topology.unit_at(aim.at).map(DrawStep::Unit),
        // The first click of a double click has set the point already.
        tool if tool.sets_points() && response.response.double_clicked() && !tools.sketch.is_empty() => Some(DrawStep::End),
        Tool::Select | Tool::Join | Tool::Subtract | Tool::Freehand => None,
        _ => Some(DrawStep::Add(SketchPoint { at: aim.at, on_arc: aim.on_arc(), way: aim.way })),
    }
}

impl DrawView {
    /// Lets go of what is dragged on the map; false where nothing is.
    pub fn let_go(&mut self) -> bool {
        let stroke = std::mem::take(&mut self.stroke);
        let several = self.several.let_go();
        self.selected.let_go() || several || !stroke.is_empty()
    }

    /// How many points of the selected shape are in sight, where these are too many to be dragged.
    pub fn too_many_points(&self) -> Option<usize> {
        self.selected.too_many()
    }

    /// The outline of the units that were chosen.
    fn units_ui(&mut self, ui: &egui::Ui, ctx: &Ctx, rect: Rect) {
        let units: Vec<_> = ctx.session.tools.sketch.units().iter().collect();
        let (topology, style) = (&ctx.library.atlas.partition.topology, &ctx.scene.world.style);
        for stroke in [Stroke::solid(style.halo.faded(0.85), 5.0), Stroke::solid(style.accent, 2.25)] {
            let items = self.units.items(topology, &units, &ctx.scene.camera, ctx.scene.level, stroke);
            paint_items(&ui.painter_at(rect), rect, &items);
        }
    }

    /// Where a click at this point of the screen would set a point, and by which way.
    fn aim(&mut self, ctx: &Ctx, rect: Rect, pointer: Pos2, modifiers: Modifiers) -> Option<Aim> {
        let tools = &ctx.session.tools;
        let camera = &ctx.scene.camera;
        let points = tools.sketch.points();
        let last = points.last().filter(|_| tools.tool.sets_points());
        let on_screen = |place: LonLat| camera.seen_at(place).map(|[x, y]| rect.min + vec2(x as f32, y as f32));
        if let Some(first) = points.first().filter(|_| tools.sketch.can_close() && tools.tool.sets_points())
            && on_screen(first.at).is_some_and(|at| f64::from(at.distance(pointer)) <= REACH_POINTS)
        {
            let way = self.way(ctx, tools, first.on_arc, modifiers.command);
            return Some(Aim { at: first.at, caught: Some(Caught::First), way });
        }
        let turned = last.filter(|_| modifiers.shift).and_then(|last| on_screen(last.at));
        let pointer = turned.map_or(pointer, |from| along_step(from, pointer));
        let at = pointer - rect.min;
        let place = camera.lonlat_from_screen([f64::from(at.x), f64::from(at.y)])?;
        // Words stand beside things, not on them.
        let is_words = tools.tool == Tool::Text || (tools.tool == Tool::Callout && last.is_some());
        let snapping = tools.snapping && !modifiers.alt && turned.is_none() && tools.tool != Tool::Units && !is_words;
        let mut aim = self.snapper.aim(ctx, place, Aiming { snapping, without: None });
        aim.way = self.way(ctx, tools, aim.on_arc(), modifiers.command);
        Some(aim)
    }

    /// The way along borders from the last point, where the line follows them.
    fn way(&mut self, ctx: &Ctx, tools: &Tools, to: Option<crate::geometry::shape::snap::Snap>, other: bool) -> Vec<LonLat> {
        let from = tools.sketch.points().last().and_then(|last| last.on_arc).filter(|_| tools.follows_borders());
        match (from, to) {
            (Some(from), Some(to)) => self.snapper.way(&ctx.library.atlas.partition.topology, from, to, other),
            _ => Vec::new(),
        }
    }

    /// What is wrong with the outline as it would be; looked up again only when drawing or pointer have moved.
    fn fault(&mut self, tools: &Tools, aim: Option<&Aim>) -> Option<Fault> {
        let next: Vec<LonLat> = aim.iter().flat_map(|aim| aim.way.iter().copied().chain([aim.at])).collect();
        let at = next.last().copied().unwrap_or_default();
        if let Some((sketch, place, fault)) = &self.faults
            && (sketch, *place) == (&tools.sketch, at)
        {
            return fault.clone();
        }
        let fault = tools.sketch.fault(tools.tool, &next);
        self.faults = Some((tools.sketch.clone(), at, fault.clone()));
        fault
    }

    /// A stroke while the button is held: a shape once it is let go.
    fn freehand_ui(&mut self, ui: &mut egui::Ui, ctx: &Ctx, rect: Rect) -> Option<DrawStep> {
        let pen = ui.interact(rect, egui::Id::unique("freehand"), Sense::drag());
        if pen.hovered() || pen.dragged() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Crosshair);
        }
        let camera = &ctx.scene.camera;
        if pen.dragged()
            && let Some(at) = pen.interact_pointer_pos()
        {
            let at = at - rect.min;
            let place = camera.lonlat_from_screen([f64::from(at.x), f64::from(at.y)]);
            self.stroke.extend(place.filter(|place| self.stroke.last() != Some(place)));
        }
        if !self.stroke.is_empty() {
            line_ui(ui, ctx, rect, &self.stroke, Dash::Solid);
        }
        if !pen.drag_stopped() {
            return None;
        }
        let mut stroke = std::mem::take(&mut self.stroke);
        let [first, .., last] = stroke[..] else { return None };
        let [from, to] = [first, last].map(|place| camera.screen_from_lonlat(place));
        // A stroke that comes back to where it began encloses something.
        if stroke.len() > 8 && (from[0] - to[0]).hypot(from[1] - to[1]) <= 2.0 * REACH_POINTS {
            stroke.push(first);
        }
        Some(DrawStep::Stroke(stroke))
    }
}

/// The point nearest to the pointer whose direction from `from` is a multiple of the step.
fn along_step(from: Pos2, pointer: Pos2) -> Pos2 {
    let way = pointer - from;
    let step = ANGLE_STEP_DEG.to_radians();
    let angle = (way.angle() / step).round() * step;
    let direction = egui::Vec2::angled(angle);
    from + direction * way.dot(direction).max(0.0)
}

/// The line so far, the way to the pointer, the points and the numbers.
fn sketch_ui(ui: &egui::Ui, ctx: &Ctx, rect: Rect, aim: Option<&Aim>, fault: Option<&Fault>) {
    let tools = &ctx.session.tools;
    let path = tools.sketch.path();
    let mut whole = path.clone();
    whole.extend(aim.iter().flat_map(|aim| aim.way.iter().copied().chain([aim.at])));
    let style = &ctx.scene.world.style;
    if tools.tool == Tool::Area && whole.len() >= 3 && fault.is_none() {
        fill_ui(ui, ctx, rect, &whole);
    }
    line_ui(ui, ctx, rect, &path, Dash::Solid);
    if let Some(last) = path.last() {
        let pending: Vec<LonLat> = std::iter::once(*last).chain(whole[path.len()..].iter().copied()).collect();
        line_ui(ui, ctx, rect, &pending, Dash::Long);
    }
    if tools.tool == Tool::Area && whole.len() >= 3 {
        line_ui(ui, ctx, rect, &[whole[whole.len() - 1], whole[0]], Dash::Dots);
    }
    let camera = &ctx.scene.camera;
    let seen = tools.sketch.points().iter().filter_map(|point| camera.seen_at(point.at));
    let dots: Vec<Item> = seen
        .map(|at| Item::Dot {
            at: at.map(|value| value as f32),
            radius_points: 4.5,
            color: style.halo,
            stroke: Stroke::solid(style.accent, 2.0),
        })
        .collect();
    paint_items(&ui.painter_at(rect), rect, &dots);
    if let Some(at) = fault.and_then(|fault| fault.at).and_then(|at| camera.seen_at(at)) {
        let at = rect.min + vec2(at[0] as f32, at[1] as f32);
        fault_ui(ui, ctx, rect, at);
    }
    if let Some(aim) = aim.filter(|_| !path.is_empty()) {
        let mut lines = numbers(tools.tool, &whole);
        lines.extend(fault.map(|fault| format!("{fault}")));
        numbers_ui(ui, ctx, rect, aim.at, (&lines, fault.is_some()));
    }
}

/// A cross on a disc where something is wrong.
pub fn fault_ui(ui: &egui::Ui, ctx: &Ctx, rect: Rect, at: Pos2) {
    let (painter, style) = (ui.painter_at(rect), &ctx.scene.world.style);
    let stroke = egui::Stroke::new(2.5, color32(style.halo));
    painter.circle(at, 9.0, color32(style.accent), egui::Stroke::new(2.0, color32(style.halo)));
    for arm in [vec2(3.5, 3.5), vec2(3.5, -3.5)] {
        painter.line_segment([at - arm, at + arm], stroke);
    }
}

/// The numbers beside the pointer: the whole length, the last stretch with its direction and angle, the area.
fn numbers(tool: Tool, whole: &[LonLat]) -> Vec<String> {
    let line = live::line_so_far(whole);
    let mut words = vec![distance_text(line.length_km)];
    if let (Some(last_km), Some(bearing)) = (line.last_km, line.last_bearing_deg) {
        let angle = line.angle_deg.map_or_else(String::new, |angle| format!(" · angle {angle:.0}°"));
        words.push(format!("{} towards {bearing:.0}°{angle}", distance_text(last_km)));
    }
    if tool == Tool::Area && whole.len() >= 3 {
        words.push(area_text(live::area_so_far(whole).area_km2));
    }
    words
}

fn numbers_ui(ui: &egui::Ui, ctx: &Ctx, rect: Rect, at: LonLat, (lines, is_wrong): (&[String], bool)) {
    let Some([x, y]) = ctx.scene.camera.seen_at(at) else { return };
    let painter = ui.painter_at(rect);
    let galleys: Vec<_> = lines
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let (face, points) = if index == 0 { (Face::SemiBold, size::TITLE) } else { (Face::Medium, size::SMALL) };
            let is_fault = is_wrong && index + 1 == lines.len();
            let color = if is_fault { ctx.palette.accent } else { ctx.palette.ink };
            painter.layout(text.clone(), font(face, points), color, 260.0)
        })
        .collect();
    let width = galleys.iter().map(|galley| galley.size().x).fold(0.0, f32::max);
    let height: f32 = galleys.iter().map(|galley| galley.size().y).sum();
    let card = egui::vec2(width + 16.0, height + 10.0);
    // Beside the pointer, on the side where there is room.
    let pointer = rect.min + vec2(x as f32, y as f32);
    let clear = clear_of(ctx, rect);
    let left = if pointer.x + 18.0 + card.x > clear.right() { pointer.x - 18.0 - card.x } else { pointer.x + 18.0 };
    let top = if pointer.y + 18.0 + card.y > rect.bottom() { pointer.y - 18.0 - card.y } else { pointer.y + 18.0 };
    let place = Rect::from_min_size(egui::pos2(left, top), card);
    painter.rect(place, 5.0, ctx.palette.surface.gamma_multiply(0.94), egui::Stroke::new(1.0, ctx.palette.edge), egui::StrokeKind::Inside);
    let mut at = place.min + vec2(8.0, 5.0);
    for galley in galleys {
        let height = galley.size().y;
        painter.galley(at, galley, ctx.palette.ink);
        at.y += height;
    }
}

/// A line of the map with its casing. Edges are straight in degrees, as the document will have them.
pub fn line_ui(ui: &egui::Ui, ctx: &Ctx, rect: Rect, path: &[LonLat], dash: Dash) {
    let style = &ctx.scene.world.style;
    let strokes = [Stroke::solid(style.halo.faded(0.85), 5.0), Stroke { color: style.accent, width_points: 2.25, dash }];
    lines_ui(ui, ctx, rect, path, &strokes);
}

fn lines_ui(ui: &egui::Ui, ctx: &Ctx, rect: Rect, path: &[LonLat], strokes: &[Stroke]) {
    let flattener = Flattener::new(ctx.scene.camera);
    let line: geo::LineString = path.iter().map(|at| geo::Coord::from(at.to_array())).collect();
    let pieces = cut_lines_at_antimeridian(&geo::MultiLineString(vec![line]));
    let pieces: Vec<Vec<[f64; 2]>> = pieces.0.iter().map(|piece| piece.coords().map(|at| [at.x, at.y]).collect()).collect();
    let drawn: Vec<Vec<[f32; 2]>> = pieces.iter().flat_map(|piece| flattener.line(piece)).collect();
    let items: Vec<Item> = strokes
        .iter()
        .flat_map(|stroke| drawn.iter().map(|points| Item::Polyline { points: points.clone(), stroke: *stroke, soft: false }))
        .collect();
    paint_items(&ui.painter_at(rect), rect, &items);
}

fn fill_ui(ui: &egui::Ui, ctx: &Ctx, rect: Rect, path: &[LonLat]) {
    let ring: Vec<[f64; 2]> = path.iter().map(|at| at.to_array()).collect();
    // Over the 180th meridian the ring is cut when it is finished; until then its line is enough.
    if ring.windows(2).any(|edge| (edge[0][0] - edge[1][0]).abs() > 180.0) {
        return;
    }
    rings_ui(ui, ctx, rect, &[ring], ctx.scene.world.style.accent);
}

/// Rings filled thinly.
pub fn rings_ui(ui: &egui::Ui, ctx: &Ctx, rect: Rect, rings: &[Vec<[f64; 2]>], color: Rgba) {
    let flattener = Flattener::new(ctx.scene.camera);
    let rings: Vec<_> = rings.iter().map(|ring| flattener.ring(ring)).filter(|ring| !ring.is_empty()).collect();
    if !rings.is_empty() {
        let item = Item::Polygon { rings: rings.into(), fill: Some(Fill::plain(color)), stroke: None, opacity: 0.16 };
        paint_items(&ui.painter_at(rect), rect, &[item]);
    }
}

/// The ring around what holds the point, and its name.
pub fn marker_ui(ui: &egui::Ui, ctx: &Ctx, rect: Rect, at: LonLat, caught: &Caught) {
    let Some([x, y]) = ctx.scene.camera.seen_at(at) else { return };
    let (painter, style) = (ui.painter_at(rect), &ctx.scene.world.style);
    let middle = rect.min + vec2(x as f32, y as f32);
    painter.circle_stroke(middle, 8.0, egui::Stroke::new(4.5, color32(style.halo)));
    painter.circle_stroke(middle, 8.0, egui::Stroke::new(2.0, color32(style.accent)));
    let text = painter.layout_no_wrap(caught_text(ctx, caught), font(Face::Medium, size::SMALL), ctx.palette.ink);
    let card = text.size() + vec2(12.0, 6.0);
    let place = label_place(clear_of(ctx, rect), middle, card);
    painter.rect(place, 5.0, ctx.palette.surface.gamma_multiply(0.94), egui::Stroke::new(1.0, ctx.palette.edge), egui::StrokeKind::Inside);
    painter.galley(place.min + vec2(6.0, 3.0), text, ctx.palette.ink);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_shift_lines_keep_to_steps_of_15_degrees() {
        let from = egui::pos2(100.0, 100.0);
        let level = along_step(from, egui::pos2(200.0, 108.0));
        assert!((level.y - 100.0).abs() < 1e-3 && (level.x - 200.0).abs() < 1e-3, "{level:?}");
        let steep = along_step(from, egui::pos2(150.0, 152.0));
        assert!(((steep.x - 100.0) - (steep.y - 100.0)).abs() < 1e-3, "{steep:?}");
    }
}
