//! The map in a frame: its size, the land, outlines, what a click picks.

use std::sync::Arc;

use eframe::egui::{self, Rect as EguiRect};

use super::{App, LEFT_PANEL_POINTS, NOTES_POINTS, RIGHT_PANEL_POINTS};
use crate::{
    geometry::{BoundingBox, Camera, Projection, topology::UnitIx},
    gui::{
        actions::Action,
        comparing::{
            panes::{self, Part, Sides},
            strip_ui,
        },
        editing::{self, draw_ui, picking, several_ui, tools_ui},
        map_view::{self, MapResponse, measure::Measure, measure_view, morph::Readiness},
        paint,
        panels::{self, Ctx},
        remember,
        session::{Library, Panel, Selection, Session},
        theme::{self, Palette},
    },
    io::settings::{LastDocument, LastPlace},
    model::WorldState,
    scene::{Item, Scene, Stroke},
};

/// How far the strip of a comparison stands above the map's lower edge, clear of notes in three lines, in points.
const STRIP_POINTS: f32 = 92.0;
/// Room for what the parts of a comparison are called, under the map's upper edge, in points.
const PLATE_POINTS: f32 = 72.0;

impl App {
    /// The map: pointer, picture, notes, callouts. The camera moves here, so that pointer and picture agree in the same frame.
    pub(super) fn map_ui(&mut self, ui: &mut egui::Ui, palette: &Palette, now_secs: f64, out: &mut Vec<Action>) {
        egui::CentralPanel::no_frame().show(ui, |ui| {
            let rect = ui.available_rect_before_wrap();
            let parts = panes::parts(rect, self.session.comparing.as_ref());
            let own = parts[parts.len() - 1].area;
            self.resize_map(own);
            let measuring = self.session.measure.as_ref().is_some_and(Measure::is_open);
            let drawing = self.session.tools.is_drawing();
            let second_map = (own != rect).then(|| own.left() - rect.left());
            let how = map_view::Handling {
                reduced_motion: self.session.reduced_motion,
                sets_points: measuring || drawing,
                chooses: self.session.tools.on && !measuring && !drawing,
                second_map,
            };
            let mut response = map_view::map_view_ui(ui, &mut self.map, self.session.camera, how);
            self.session.camera = response.camera;
            let state = self.derived.state(&self.library, &self.session);
            let scene = self.derived.scene(&self.library, &self.session, &self.covered, now_secs);
            let wants_kept = parts.iter().any(|part| part.is_kept);
            let kept = wants_kept.then(|| self.derived.kept_scene(&self.library, &self.session, &self.covered_kept)).flatten();
            let morph = self.morph(ui);
            // A pointer over the kept side means what was there then.
            let part = part_under(&parts, ui.input(|input| input.pointer.latest_pos()));
            let kept_state = self.session.comparing.as_ref().map(|comparing| comparing.kept.state.clone());
            let under = kept_state.filter(|_| part.is_kept).unwrap_or_else(|| state.clone());
            // What lies over the land has its places in the new projection only.
            let outlines = if morph.is_none() { self.outlines(&under, &scene, &response) } else { Vec::new() };
            for part in &parts {
                let shown = kept.as_ref().filter(|_| part.is_kept).unwrap_or(&scene);
                self.paint_land(ui, part, shown, (morph, now_secs));
                let painter = ui.painter_at(part.clip);
                paint::items::paint_items(&painter, part.area, &outlines);
                if morph.is_none() {
                    paint::items::paint_items(&painter, part.area, &shown.items);
                }
            }
            let ctx = Ctx { library: &self.library, session: &self.session, state: &state, scene: &scene, palette };
            panels::map_notes::map_notes_ui(ui, &ctx, rect, response.hovered);
            // While points are set a click means a place, also where a callout stands.
            if !measuring
                && !drawing
                && let Some(place) = panels::callouts::callouts_ui(ui, &ctx, own, out)
            {
                self.map.ask_for_menu(&mut response, place);
            }
            let (mut top, room) = self.clear_top(rect);
            if let Some(comparing) = &self.session.comparing {
                let day = self.session.day();
                let sides = Sides { comparing, atlas: &self.library.atlas, now: &state, day, words: None };
                panes::over_parts_ui(ui, &sides, (rect, &parts, (top, room)), &scene.world.style, out);
            }
            strip_ui::strip_ui(ui.ctx(), &ctx, &mut self.compare_strip, egui::pos2(top.x, rect.bottom() - STRIP_POINTS), out);
            top.y += if self.session.comparing.is_some() { PLATE_POINTS } else { 0.0 };
            top.y += panels::map_notes::what_if_ui(ui, &ctx, (top, room));
            if let Some(measure) = &self.session.measure {
                measure_view::measure_ui(ui, measure, &ctx, rect, response.hovered);
                measure_view::measure_strip_ui(ui.ctx(), &ctx, (top, room), out);
            }
            if self.session.tools.on && morph.is_none() {
                let menu_asked = draw_ui::edit_on_map_ui(ui, &mut self.drawing, &ctx, &response, out);
                if let Some(place) = menu_asked {
                    self.map.ask_for_menu(&mut response, place);
                }
                editing::strip_ui::strip_ui(ui.ctx(), &ctx, &mut self.drawing, (top, room), out);
            }
            panels::banner::banner_ui(ui.ctx(), &ctx, self.clear_top(rect), out);
            if self.session.recording {
                let (middle, _) = self.clear_top(rect);
                let below = middle + egui::vec2(0.0, if self.session.measure.is_some() { 84.0 } else { 0.0 });
                panels::now_controlled::recording_ui(ui.ctx(), &ctx, (rect, below), &mut self.editor_panels.holder, out);
            }
            if response.response.has_focus() {
                ui.painter().rect_stroke(rect.shrink(2.0), 0.0, egui::Stroke::new(2.0, palette.accent), egui::StrokeKind::Inside);
            }
            match response
                .clicked
                .filter(|_| self.session.tools.on && !drawing && !measuring)
                .and_then(|at| picking::feature_at(&ctx, rect, at))
            {
                Some(feature) => out.push(several_ui::click(ui, &ctx, feature)),
                None => self.pointer(&response, part.area, &under, &scene, out),
            }
            panels::map_menu::map_menu_ui(&response, &ctx, out);
        });
    }

    /// Gives the map the size of its place; with the first frame also the box that it opens with.
    fn resize_map(&mut self, rect: EguiRect) {
        let size_points = [f64::from(rect.width()).max(1.0), f64::from(rect.height()).max(1.0)];
        if !self.first.done {
            self.first.done = true;
            let waits_for_file = |last: &LastPlace| matches!(last.document, Some(LastDocument::File(_)));
            let last = if self.first.last.as_ref().is_some_and(waits_for_file) { None } else { self.first.last.take() };
            let camera = self.session.camera.resized(size_points);
            self.session.camera = match (self.first.bbox.take(), last) {
                (Some(bbox), _) => self.fitting_camera(bbox, size_points),
                (None, last) => remember::restored_camera(last.and_then(|last| last.map), &camera),
            };
        } else if self.session.camera.size_points != size_points {
            self.session.camera = self.resized_camera(size_points);
        }
    }

    /// A map that shows the whole world, or a story as it opened, does so at every size; any other keeps its middle and scale.
    fn resized_camera(&self, size_points: [f64; 2]) -> Camera {
        let camera = self.session.camera;
        let project = self.session.document.and_then(|index| self.library.documents.get(index));
        let opening = project.and_then(|project| project.opening.bbox);
        let whole = Camera::whole_world(camera.projection, camera.size_points);
        match opening {
            // However the globe is turned.
            _ if camera == Camera { center: camera.center, ..whole } && (camera.projection == Projection::Globe || camera == whole) => {
                Camera { center: camera.center, ..Camera::whole_world(camera.projection, size_points) }
            }
            Some(bbox) if camera == self.fitting_camera(bbox, camera.size_points) => self.fitting_camera(bbox, size_points),
            _ => camera.resized(size_points),
        }
    }

    pub(super) fn fitting_camera(&self, bbox: BoundingBox, size_points: [f64; 2]) -> Camera {
        let project = self.session.document.and_then(|index| self.library.documents.get(index));
        let projection = project.map_or(self.session.camera.projection, |project| project.opening.projection);
        self.fitted(projection, bbox, size_points, 12.0)
    }

    /// The closest look at a box that keeps it clear of the open panels and of the notes, where that leaves enough room.
    pub(super) fn fitted(&self, projection: Projection, bbox: BoundingBox, size_points: [f64; 2], margin_points: f64) -> Camera {
        let [left, right] = self.side_points_in(size_points[0]);
        let (below, [width, height]) = (f64::from(NOTES_POINTS), size_points);
        if width - left - right < width * 0.4 || height - below < height * 0.4 {
            return Camera::fit(projection, bbox, size_points, margin_points);
        }
        let clear = Camera::fit(projection, bbox, [width - left - right, height - below], margin_points);
        clear.resized(size_points).panned((left - right) / 2.0, -below / 2.0)
    }

    /// Under the map's upper edge, in the middle of what panels and tools at its sides leave free, and how wide that is in points.
    fn clear_top(&self, rect: EguiRect) -> (egui::Pos2, f32) {
        let [left, right] = clear_sides(&self.session);
        (egui::pos2(rect.center().x + (left - right) / 2.0, rect.top() + 12.0), rect.width() - left - right)
    }

    /// How far the open panels reach into the map from the left and from the right, in points.
    pub(super) fn side_points(&self) -> [f64; 2] {
        self.side_points_in(self.session.camera.size_points[0])
    }

    /// The same for a map of some width: what is fitted into a map of another size must be found again there.
    fn side_points_in(&self, width_points: f64) -> [f64; 2] {
        side_points_in(&self.session, width_points)
    }

    /// The view in another projection that the map comes from; asks for frames as long as there is one.
    pub(super) fn morph(&mut self, ui: &egui::Ui) -> Option<(Camera, f32)> {
        let readiness = self.paint_status.as_ref().map_or(Readiness::All, |status| status.readiness());
        let dt_secs = f64::from(ui.input(|input| input.stable_dt)).min(0.1);
        let morph = self.map.morphing(dt_secs, readiness);
        if morph.is_some() {
            ui.ctx().request_repaint();
        }
        morph
    }

    pub(super) fn paint_land(&mut self, ui: &egui::Ui, part: &Part, scene: &Arc<Scene>, (morph, now_secs): (Option<(Camera, f32)>, f64)) {
        let rect = part.area;
        let fade = if self.session.reduced_motion || part.is_kept { None } else { self.derived.cross_fade(now_secs) };
        if fade.is_some() {
            ui.ctx().request_repaint();
        }
        let painter = ui.painter_at(part.clip);
        match &self.paint_status {
            Some(_) => painter.extend(paint::world_shapes(
                rect,
                &scene.camera,
                &scene.world,
                scene.level,
                paint::Change { land: fade, projection: morph },
            )),
            None => drop(painter.rect_filled(rect, 0.0, theme::color32(scene.world.style.water))),
        };
    }

    /// The edges of what is selected and of what is under the pointer, where `state` is the world.
    fn outlines(&mut self, state: &WorldState, scene: &Scene, response: &MapResponse) -> Vec<Item> {
        let topology = &self.library.atlas.partition.topology;
        let style = &scene.world.style;
        let selected = selected_units(&self.library, &self.session, state);
        let mut items = self.selection_outline.items(topology, &selected, &scene.camera, scene.level, Stroke::solid(style.accent, 2.0));
        let hovered = response.hovered.filter(|_| !response.moving).and_then(|place| topology.unit_at(place));
        let of_charts = || if self.session.panels.is_open(Panel::Charts) { self.charts.outlined().to_vec() } else { Vec::new() };
        let units = hovered.map_or_else(of_charts, |unit| neighbours_in_holding(state, unit));
        items.extend(self.hover_outline.items(topology, &units, &scene.camera, scene.level, Stroke::solid(style.ink.faded(0.7), 1.25)));
        items
    }

    /// Clicks on the map that no sign or callout took select the land.
    fn pointer(&self, response: &MapResponse, rect: EguiRect, state: &WorldState, scene: &Scene, out: &mut Vec<Action>) {
        let Some(clicked) = response.clicked.filter(|_| !self.session.tools.is_drawing()) else { return };
        if let Some(measure) = self.session.measure.as_ref().filter(|measure| measure.is_open()) {
            out.extend(measure_view::step_of_click(measure, response, &scene.camera, rect).map(Action::Measure));
            return;
        }
        let at = [(clicked.x - rect.left()), (clicked.y - rect.top())];
        let place = scene.camera.lonlat_from_screen([f64::from(at[0]), f64::from(at[1])]);
        let unit = place.and_then(|place| self.library.atlas.partition.topology.unit_at(place));
        out.push(Action::Select(unit.map(|unit| next_in_pile(&self.library, &self.session, state, unit))));
    }
}

fn side_points_in(session: &Session, width_points: f64) -> [f64; 2] {
    let shows = |panel| session.shows_in(panel, width_points);
    let right = Panel::ON_THE_RIGHT.into_iter().any(shows);
    [if shows(Panel::Layers) { LEFT_PANEL_POINTS } else { 0.0 }, if right { RIGHT_PANEL_POINTS } else { 0.0 }]
}

/// How far panels and the strip of tools reach into the map from the left and from the right, in points: what lies there is not read.
pub fn clear_sides(session: &Session) -> [f32; 2] {
    let [left, right] = side_points_in(session, session.camera.size_points[0]).map(|side| side as f32);
    let tools = if session.tools.on { tools_ui::left_points(session) + tools_ui::STRIP_POINTS } else { 0.0 };
    [left.max(tools), right]
}

/// The part of the map under the pointer; the last one where that is nowhere.
fn part_under(parts: &[Part], at: Option<egui::Pos2>) -> Part {
    let last = parts[parts.len() - 1];
    at.and_then(|at| parts.iter().find(|part| part.clip.contains(at))).copied().unwrap_or(last)
}

/// What a click on land selects: the disputed area there, then with further clicks the unit, the holder, and round again.
fn next_in_pile(library: &Library, session: &Session, state: &WorldState, unit: UnitIx) -> Selection {
    let dispute = library
        .atlas
        .disputes
        .iter()
        .filter(|dispute| dispute.stands_on(session.day()) && dispute.units.contains(&unit))
        .min_by_key(|dispute| dispute.units.len());
    let mut pile = vec![Selection::Unit(unit)];
    pile.extend(dispute.map(|dispute| Selection::Dispute(dispute.id.clone())));
    pile.extend(state.holding(unit).holder.map(Selection::Polity));
    let now = session.selection.as_ref().and_then(|selection| pile.iter().position(|other| other == selection));
    pile.swap_remove(now.map_or(0, |position| (position + 1) % pile.len()))
}

/// The units that the hover outlines: all that share holder, part and contenders with the one under the pointer.
fn neighbours_in_holding(state: &WorldState, unit: UnitIx) -> Vec<UnitIx> {
    let own = state.holding(unit);
    let same = |other: UnitIx| {
        let holding = state.holding(other);
        holding.holder == own.holder && holding.part == own.part && state.same_contenders(unit, other)
    };
    match own.holder {
        Some(_) => (0..state.holdings().len() as u32).map(UnitIx).filter(|other| same(*other)).collect(),
        None => vec![unit],
    }
}

pub(super) fn selected_units(library: &Library, session: &Session, state: &WorldState) -> Vec<UnitIx> {
    match &session.selection {
        Some(Selection::Unit(unit)) => vec![*unit],
        Some(Selection::Dispute(id)) => library.atlas.dispute(id.as_str()).map(|dispute| dispute.units.clone()).unwrap_or_default(),
        Some(Selection::Polity(polity)) => (0..)
            .map(UnitIx)
            .zip(state.holdings())
            .filter(|(_, holding)| holding.holder == Some(*polity) || holding.part == Some(*polity))
            .map(|(unit, _)| unit)
            .collect(),
        _ => Vec::new(),
    }
}
