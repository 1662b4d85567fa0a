//! Several shapes at once on the map: a box that chooses what lies in it, an outline around each that is chosen, and a drag that moves them all.

use std::sync::Arc;

use eframe::egui::{self, CursorIcon, Id, PointerButton, Pos2, Rect, Sense, Stroke, StrokeKind, Vec2, vec2};

use super::{
    draw_ui::line_ui,
    picking::{feature_at, holds, is_near_lines},
    shape::FeatureShape,
    shaping::reshaped,
};
use crate::{
    edit::Command,
    geometry::LonLat,
    gui::{
        actions::Action,
        app::{DocumentAction, EditAction},
        map_view::MapResponse,
        paint::items::color32,
        panels::Ctx,
        session::Selection,
    },
    model::{Project, View, annotation::Mark},
    scene::{Dash, annotations::Words, flat::Flattener},
};

/// The side of the square in which the pointer takes a shape, in points.
const REACH_POINTS: f32 = 24.0;
/// A box narrower than this is a click that shook, in points.
const SMALLEST_BAND_POINTS: f32 = 4.0;
/// How far around a point its outline lies, in points.
const RING_POINTS: f32 = 13.0;

/// What choosing several remembers between frames.
#[derive(Default)]
pub struct SeveralView {
    held: Option<Held>,
    drag: Option<(Pos2, Pos2)>,
    band: Option<Pos2>,
}

/// The chosen shapes, looked up again when they or the document change.
struct Held {
    chosen: Vec<String>,
    stamp: u64,
    shapes: Arc<Vec<Chosen>>,
}

/// One shape of those that are chosen.
struct Chosen {
    id: String,
    selection: Selection,
    shape: FeatureShape,
}

impl SeveralView {
    /// Lets go of what is dragged; false where nothing is.
    pub fn let_go(&mut self) -> bool {
        let (drag, band) = (self.drag.take(), self.band.take());
        drag.is_some() || band.is_some()
    }

    fn hold(&mut self, ctx: &Ctx) -> Arc<Vec<Chosen>> {
        let (Some(document), Some(project)) = (ctx.session.document, ctx.document()) else { return Arc::default() };
        let is_same = |held: &&Held| held.stamp == project.stamp && held.chosen == ctx.session.chosen;
        if let Some(held) = self.held.as_ref().filter(is_same) {
            return Arc::clone(&held.shapes);
        }
        let shape_of = |id: &String| {
            let selection = ctx.library.selection_of(document, id)?;
            let shape = FeatureShape::of(project, &selection)?;
            Some(Chosen { id: id.clone(), selection, shape })
        };
        let chosen = ctx.session.chosen.clone();
        let shapes = Arc::new(chosen.iter().filter_map(shape_of).collect());
        self.held = Some(Held { chosen, stamp: project.stamp, shapes: Arc::clone(&shapes) });
        shapes
    }
}

/// The box that Ctrl and a drag draw over the map: what lies in it is chosen besides what is chosen already.
pub fn band_ui(ui: &egui::Ui, view: &mut SeveralView, ctx: &Ctx, response: &MapResponse, out: &mut Vec<Action>) {
    let (map, rect) = (&response.response, response.response.rect);
    if map.drag_started_by(PointerButton::Primary) && ui.input(|input| input.modifiers.command) {
        view.band = ui.input(|input| input.pointer.press_origin());
    }
    let (Some(from), Some(to)) = (view.band, ui.input(|input| input.pointer.latest_pos())) else { return };
    let band = Rect::from_two_pos(from, to).intersect(rect);
    if map.drag_stopped() {
        view.band = None;
        if band.width().max(band.height()) >= SMALLEST_BAND_POINTS {
            out.push(Action::Document(DocumentAction::ChooseAll(inside(ctx, rect, band))));
        }
        return;
    }
    let color = ctx.palette.accent;
    ui.painter_at(rect).rect(band, 0.0, color.gamma_multiply(0.10), Stroke::new(1.5, color), StrokeKind::Inside);
}

/// The features of the date shown that lie in a box with all that is to be seen of them, by id.
fn inside(ctx: &Ctx, rect: Rect, band: Rect) -> Vec<String> {
    let (Some(document), Some(project)) = (ctx.session.document, ctx.document()) else { return Vec::new() };
    let is_inside = |selection: &Selection| {
        let shape = FeatureShape::of(project, selection);
        let points: Vec<Pos2> = shape.iter().flat_map(FeatureShape::vertices).filter_map(|(_, at)| on_screen(ctx, rect, at)).collect();
        !points.is_empty() && points.iter().all(|at| band.contains(*at))
    };
    let found = shown(ctx, document, project).into_iter().filter(is_inside);
    found.filter_map(|selection| ctx.library.id_of(&selection).map(|(_, id)| id.to_owned())).collect()
}

/// All features that the map shows on the date, events by their signs.
fn shown(ctx: &Ctx, document: usize, project: &Project) -> Vec<Selection> {
    let (day, layers) = (ctx.session.day(), &ctx.session.look.layers);
    let mut found = Vec::new();
    let signs = ctx.scene.signs.markers.iter().flat_map(|marker| marker.events());
    found.extend(signs.map(|event| Selection::Event(document, *event)));
    let mut add = |visible: bool, spans: Vec<bool>, make: fn(usize, usize) -> Selection| {
        let on_day = spans.into_iter().enumerate().filter(|(_, there)| visible && *there);
        found.extend(on_day.map(|(index, _)| make(document, index)));
    };
    let on_day = |common: &crate::model::project::Common| common.span.contains(day);
    add(layers.regions.visible, project.regions.iter().map(|own| on_day(&own.common)).collect(), Selection::Region);
    add(layers.lines.visible, project.lines.iter().map(|own| on_day(&own.common)).collect(), Selection::Line);
    add(layers.places.visible, project.places.iter().map(|own| on_day(&own.common)).collect(), Selection::Place);
    add(layers.annotations.visible, project.annotations.iter().map(|own| on_day(&own.common)).collect(), Selection::Annotation);
    found
}

/// Draws the outlines of what is chosen and moves it.
pub fn several_ui(ui: &mut egui::Ui, view: &mut SeveralView, ctx: &Ctx, response: &MapResponse, out: &mut Vec<Action>) {
    let rect = response.response.rect;
    let chosen = view.hold(ctx);
    let moved = view.drag.and_then(|(from, to)| Some((place_at(ctx, rect, from)?, place_at(ctx, rect, to)?)));
    for own in chosen.iter() {
        let shape = moved.map(|(from, to)| own.shape.moved(from, to));
        outline_ui(ui, ctx, rect, (own, shape.as_ref().unwrap_or(&own.shape)));
    }
    let id = Id::unique("several shapes");
    // The frame in which the button is let go belongs to the drag, wherever the pointer is then.
    let is_dragged = view.drag.is_some();
    let Some(pointer) = ui.input(|input| input.pointer.latest_pos()).filter(|at| is_dragged || rect.contains(*at)) else { return };
    if !is_dragged && !chosen.iter().any(|own| is_on(ctx, rect, own, pointer)) {
        return;
    }
    let body = ui.interact(Rect::from_center_size(pointer, Vec2::splat(REACH_POINTS)), id, Sense::click_and_drag());
    let body = body.on_hover_cursor(CursorIcon::Move);
    if let Some(at) = body.interact_pointer_pos().filter(|_| body.clicked()) {
        out.extend(feature_at(ctx, rect, at).map(|selection| click(ui, ctx, selection)));
    }
    if body.drag_started_by(PointerButton::Primary) {
        view.drag = ui.input(|input| input.pointer.press_origin()).map(|from| (from, pointer));
    }
    if let Some((_, to)) = view.drag.as_mut() {
        *to = pointer;
    }
    if body.drag_stopped()
        && let Some((from, to)) = view.drag.take().and_then(|(from, to)| place_at(ctx, rect, from).zip(place_at(ctx, rect, to)))
    {
        out.extend(moving(ctx, &chosen, (from, to)));
    }
}

/// What a click on a feature asks for: with Ctrl or Shift it is chosen besides others or no longer, else it alone is selected.
pub fn click(ui: &egui::Ui, ctx: &Ctx, selection: Selection) -> Action {
    let adds = ui.input(|input| input.modifiers.command || input.modifiers.shift) && ctx.editing().is_some();
    if adds { Action::Document(DocumentAction::Choose(selection)) } else { Action::Select(Some(selection)) }
}

/// The one command that moves all that is chosen.
fn moving(ctx: &Ctx, chosen: &[Chosen], (from, to): (LonLat, LonLat)) -> Option<Action> {
    let document = ctx.editing()?.history.document();
    let reshape = |own: &Chosen| reshaped(document, &own.id, &own.shape.moved(from, to).let_go(), None);
    let commands: Vec<Command> = chosen.iter().map(reshape).collect();
    let label = format!("move of {} features", commands.len());
    Some(Action::Edit(EditAction::Apply(Box::new(Command::Group { label, commands }), None)))
}

fn is_on(ctx: &Ctx, rect: Rect, own: &Chosen, pointer: Pos2) -> bool {
    let at = (pointer - rect.min).to_pos2();
    let flattener = Flattener::new(ctx.scene.camera);
    match &own.shape {
        FeatureShape::Area(area) => place_at(ctx, rect, pointer).is_some_and(|place| holds(area, place)),
        FeatureShape::Line(_) => {
            is_near_lines(&flattener, &own.shape.lines(), at)
                || words(ctx, own, &flattener).is_some_and(|words| words.rect.contains(at.into()))
        }
        FeatureShape::Point(place) => {
            on_screen(ctx, rect, *place).is_some_and(|at| at.distance(pointer) <= RING_POINTS)
                || words(ctx, own, &flattener).is_some_and(|words| words.rect.contains(at.into()))
        }
    }
}

/// The words of a text or callout.
fn words(ctx: &Ctx, own: &Chosen, flattener: &Flattener) -> Option<Words> {
    let Selection::Annotation(_, index) = own.selection else { return None };
    let view: &View = &ctx.state.view;
    Words::of(ctx.document()?.annotations.get(index)?, view, flattener)
}

/// The outline of one shape: its lines, a ring around a point, a box around words.
fn outline_ui(ui: &egui::Ui, ctx: &Ctx, rect: Rect, (own, shape): (&Chosen, &FeatureShape)) {
    for line in shape.lines().iter().filter(|line| line.len() > 1) {
        let path: Vec<LonLat> = line.iter().map(|at| LonLat::from(*at)).collect();
        line_ui(ui, ctx, rect, &path, Dash::Solid);
    }
    let FeatureShape::Point(at) = shape else { return };
    let Some(at) = on_screen(ctx, rect, *at) else { return };
    if let Some(around) = box_of_words(ctx, &own.selection, at) {
        words_outline_ui(ui, ctx, rect, around);
        return;
    }
    for stroke in strokes(ctx) {
        ui.painter_at(rect).circle_stroke(at, RING_POINTS, stroke);
    }
}

/// The box around the words of a text whose middle is at a point of the screen; `None` for anything else.
pub fn box_of_words(ctx: &Ctx, selection: &Selection, middle: Pos2) -> Option<Rect> {
    let Selection::Annotation(_, index) = *selection else { return None };
    let annotation = ctx.document()?.annotations.get(index).filter(|own| matches!(own.mark, Mark::Text(_)))?;
    let words = Words::of(annotation, &ctx.state.view, &Flattener::new(ctx.scene.camera))?;
    Some(Rect::from_center_size(middle, vec2(words.rect.width() + 10.0, words.rect.height() + 6.0)))
}

/// The outline of words.
pub fn words_outline_ui(ui: &egui::Ui, ctx: &Ctx, rect: Rect, around: Rect) {
    for stroke in strokes(ctx) {
        ui.painter_at(rect).rect_stroke(around, 3.0, stroke, StrokeKind::Middle);
    }
}

fn strokes(ctx: &Ctx) -> [Stroke; 2] {
    let style = &ctx.scene.world.style;
    [Stroke::new(4.0, color32(style.halo)), Stroke::new(2.0, color32(style.accent))]
}

fn on_screen(ctx: &Ctx, rect: Rect, place: LonLat) -> Option<Pos2> {
    ctx.scene.camera.seen_at(place).map(|[x, y]| rect.min + vec2(x as f32, y as f32))
}

fn place_at(ctx: &Ctx, rect: Rect, pointer: Pos2) -> Option<LonLat> {
    let at = pointer - rect.min;
    ctx.scene.camera.lonlat_from_screen([f64::from(at.x), f64::from(at.y)])
}
