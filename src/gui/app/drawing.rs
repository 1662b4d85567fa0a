//! Drawing on the map: what is asked of the tools is done, and what is finished becomes a feature of the document.

use super::App;
use crate::{
    edit::Command,
    geometry::{Camera, shape::thinning},
    gui::editing::{
        made::new_feature,
        shape::FeatureShape,
        sketch::{SketchPoint, rings_of},
        tool::{DrawStep, Tool},
    },
};

/// A hand is off by so many points of the screen: what a drawing is said to be precise to.
const HAND_POINTS: f64 = 3.0;
/// What shakes less than this in a stroke, in points of the screen, is the hand.
const SHAKE_POINTS: f64 = 1.5;
/// Metres in a degree of a great circle.
const METRES_PER_DEG: f64 = 111_195.0;

/// Why a built-in story is not drawn on.
pub(super) const COPY_FIRST: &str = "A built-in story cannot be changed. Make a copy of it first (Ctrl+Shift+N).";

impl App {
    /// Does something with the tools.
    pub(super) fn draw(&mut self, step: DrawStep) {
        if !self.can_edit() {
            return;
        }
        let has_region = self.has_region_selected();
        let tools = &mut self.session.tools;
        match step {
            DrawStep::Toggle if tools.on => tools.put_away(),
            DrawStep::Toggle => tools.on = true,
            DrawStep::Choose(tool) if tool.needs_region() && !has_region => {
                self.trouble("Select a region of the document first.");
            }
            DrawStep::Choose(tool) => {
                self.session.measure = None;
                tools.choose(tool);
            }
            DrawStep::ToggleSnapping => tools.snapping = !tools.snapping,
            DrawStep::ToggleTracing => tools.tracing = !tools.tracing,
            DrawStep::Add(point) => self.add_point(point),
            DrawStep::Stroke(stroke) => self.take_stroke(&stroke),
            DrawStep::Unit(unit) => tools.sketch.toggle_unit(unit),
            DrawStep::TakeBack => tools.sketch.take_back(),
            DrawStep::End => self.finish(),
            DrawStep::LetGo => drop(tools.let_go()),
            DrawStep::PickVertex(vertex) => tools.vertex = vertex,
        }
    }

    /// Whether the shown document can be changed; tells the person why not.
    pub(super) fn can_edit(&mut self) -> bool {
        let Some(index) = self.session.document else {
            self.trouble("There is no story to draw on. Make a new one (Ctrl+N) or open one (Ctrl+O).");
            return false;
        };
        let why = match self.library.edited.get(&index) {
            None => Some(COPY_FIRST.to_owned()),
            Some(editing) => editing.read_only.clone(),
        };
        why.is_none_or(|why| {
            self.trouble(why);
            false
        })
    }

    fn add_point(&mut self, point: SketchPoint) {
        let tools = &mut self.session.tools;
        tools.sketch.add(point);
        // Some need no more than one point or two; back at the first one a shape is whole.
        let is_whole = tools.tool.wanted_points() == Some(tools.sketch.points().len());
        if is_whole || (tools.sketch.is_closed() && tools.tool.sets_points()) {
            self.finish();
        }
    }

    fn take_stroke(&mut self, stroke: &[crate::geometry::LonLat]) {
        let Some(first) = stroke.first() else { return };
        let tolerance_deg = self.session.camera.metres_per_point(*first) * SHAKE_POINTS / METRES_PER_DEG;
        let sketch = &mut self.session.tools.sketch;
        for at in thinning::freehand(stroke, tolerance_deg) {
            sketch.add(SketchPoint { at, on_arc: None, way: Vec::new() });
        }
        self.finish();
        // A stroke that was too short leaves nothing to go on from.
        self.session.tools.sketch = Default::default();
    }

    fn finish(&mut self) {
        let tools = &self.session.tools;
        let tool = tools.tool;
        match tools.sketch.finished(tool, &self.library.atlas.partition.topology) {
            Err(why) => {
                // What needs one point has no second try at the same one.
                if tool.wanted_points() == Some(1) {
                    self.session.tools.sketch = Default::default();
                }
                self.trouble(why);
            }
            Ok(line) if tool == Tool::Split => self.split(&line),
            Ok(shape) => self.make(tool, &shape),
        }
    }

    /// A feature of the shape, which is selected then.
    fn make(&mut self, tool: Tool, shape: &FeatureShape) {
        let precision_km = is_by_hand(&self.session.tools).then(|| precision_km(&self.session.camera, shape));
        self.session.tools.choose_nothing();
        let Some(index) = self.session.document else { return };
        let Some(editing) = self.library.edited.get(&index) else { return };
        let kind = match (tool, shape) {
            (Tool::Event, _) => "event",
            (Tool::Arrow, _) => "arrow",
            (Tool::Text, _) => "text",
            (Tool::Callout, _) => "callout",
            (_, FeatureShape::Point(_)) => "place",
            (_, FeatureShape::Line(_)) => "line",
            (_, FeatureShape::Area(_)) => "region",
        };
        let feature = new_feature(editing.history.document(), kind, shape, (&self.session.day().to_string(), precision_km));
        let id = feature["properties"]["id"].as_str().unwrap_or_default().to_owned();
        if self.apply(&Command::Add { feature, before: None }, None) {
            let selection = self.library.selection_of(index, &id);
            self.select(selection);
        }
    }
}

/// Whether a hand set any point freely: whole units and traced borders are exact.
fn is_by_hand(tools: &crate::gui::editing::tool::Tools) -> bool {
    tools.sketch.points().iter().any(|point| point.on_arc.is_none())
}

/// How far a hand may be off at this scale, kilometres, to two figures.
fn precision_km(camera: &Camera, shape: &FeatureShape) -> f64 {
    let at = rings_of(shape).first().and_then(|ring| ring.first().copied()).unwrap_or_default();
    let km = camera.metres_per_point(at.into()) * HAND_POINTS / 1000.0;
    let figures = 10.0_f64.powf(km.max(0.001).log10().floor() - 1.0);
    // Whole tenths, hundredths and so on: no digits that are only rounding.
    let rounded = (km / figures).round() * figures;
    (rounded * 10_000.0).round() / 10_000.0
}
