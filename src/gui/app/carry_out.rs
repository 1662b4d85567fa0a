//! What was asked for in a frame is done: the only place where the session changes.

use eframe::egui;

use super::{App, map::selected_units};
use crate::{
    geometry::{BoundingBox, Camera, LonLat, Projection},
    gui::{
        actions::Action,
        exporting::ExportStep,
        panels::layers::layer_mut,
        remember,
        session::{Panel, Selection},
        theme,
        timeline::{TimelineAction, TimelineState},
        today,
    },
    scene::{STAGE_POINTS, Theme},
    time::{Day, Direction},
};

impl App {
    /// Carries out one request.
    pub(super) fn carry_out(&mut self, ctx: &egui::Context, action: Action) {
        ctx.request_repaint();
        if matches!(action, Action::Draw(_) | Action::Measure(_)) {
            self.end_comparing();
        }
        match action {
            Action::Time(action) => self.time(action),
            Action::OpenDocument(Some(index)) => self.open_document(index),
            Action::OpenDocument(None) => self.session.close_document(today()),
            Action::OpenFiles(paths) => self.open_files(ctx, paths),
            Action::SetView(view) => self.session.view = view,
            Action::NextView => self.next_view(),
            Action::SetTheme(theme) => self.set_theme(ctx, theme),
            Action::SetColoring(coloring) => self.session.look.coloring = coloring,
            Action::ToggleTheme => self.set_theme(ctx, if self.session.look.theme.is_dark() { Theme::Light } else { Theme::Dark }),
            Action::SetProjection(projection) => self.set_projection(projection),
            Action::ToggleProjection => self.set_projection(self.session.camera.projection.next()),
            Action::ToggleLayer(id) => {
                let layer = layer_mut(&mut self.session.look.layers, id);
                layer.visible = !layer.visible;
            }
            Action::SetLayerOpacity(id, opacity) => layer_mut(&mut self.session.look.layers, id).opacity = opacity.clamp(0.0, 1.0),
            Action::ToggleAlliance(id) => toggle(&mut self.session.look.alliances, id),
            Action::Select(selection) => self.select(selection),
            Action::Escape => self.escape(ctx),
            Action::GoTo { bbox, day, selection } => self.go_to(bbox, day, selection),
            Action::Home => self.fly(Camera::whole_world(self.session.camera.projection, self.session.camera.size_points)),
            Action::FitSelection => self.fit_selection(),
            Action::Zoom(factor) => {
                let heading = self.map.heading(&self.session.camera);
                let [width, height] = heading.size_points;
                self.fly(heading.zoomed_at([width / 2.0, height / 2.0], factor));
            }
            Action::Pan(dx, dy) => self.fly(self.map.heading(&self.session.camera).panned(dx, dy)),
            Action::Back => self.map.back(&self.session.camera, self.session.reduced_motion),
            Action::Forward => self.map.forward(&self.session.camera, self.session.reduced_motion),
            Action::TogglePanel(panel) => self.session.toggle_panel(panel),
            Action::Welcome(shown) => self.session.welcome = shown,
            Action::OpenFileBox(shown) => self.session.open_file = shown,
            Action::FocusSearch => {
                self.session.welcome = false;
                self.search.focus();
            }
            Action::Present(step) => self.present(ctx, step),
            Action::Scene(action) => self.scene_action(ctx, action),
            Action::PickOnStage(selection) => self.session.selection = selection,
            Action::ToggleFullScreen => {
                self.session.full_screen = !self.session.full_screen;
                ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(self.session.full_screen));
            }
            Action::ToggleReducedMotion => self.toggle_reduced_motion(ctx),
            Action::ScaleUi(steps) => self.scale_ui(ctx, steps),
            Action::TakeIn(opened) => self.take_in(ctx, *opened),
            Action::CancelJob(id) => self.cancel_job(id),
            Action::Trouble(text) => self.trouble(text),
            Action::News(text) => self.toasts.news(text),
            Action::Browse(ask) => self.browse(ctx, ask),
            Action::Picked(ask, picked) => self.picked(ctx, ask, picked),
            Action::BorrowFonts(title, found) => self.borrow_fonts(ctx, &title, found),
            Action::ToggleKeySheet => self.session.key_sheet = !self.session.key_sheet,
            Action::TogglePalette => self.session.palette = !self.session.palette,
            Action::Tell(action) => self.tell(ctx, action),
            Action::Copy(text) => self.copy(ctx, text),
            Action::Edit(action) => self.edit(ctx, action),
            Action::Draw(step) => self.draw(step),
            Action::Shape(step) => self.shape(ctx, step),
            Action::Keep(action) => self.keep_work(ctx, action),
            Action::Document(action) => self.document_edit(ctx, action),
            Action::Picture(action) => self.picture_action(ctx, action),
            Action::Sources(action) => self.sources(ctx, action),
            Action::Export(step) => self.export(ctx, step),
            Action::SaveChart(file) => self.save_chart(ctx, *file),
            Action::SeeDays(first, last) => self.timeline.show_days(first, last),
            Action::FilterEvents(kinds) => self.session.look.events = kinds,
            Action::ZoomTo(selection) => {
                self.select(Some(selection));
                self.fit_selection();
            }
            Action::Compare(step) => self.compare(step),
            Action::Measure(step) => {
                self.session.tools.choose_nothing();
                self.session.measure = step.applied(self.session.measure.take());
            }
            Action::CentreOn(place) => {
                let heading = self.map.heading(&self.session.camera);
                self.fly(Camera { center: heading.projection.project(place), ..heading }.clamped());
            }
            Action::WhatWasHere(place) => self.select(self.library.atlas.partition.topology.unit_at(place).map(Selection::Unit)),
        }
    }

    fn time(&mut self, action: TimelineAction) {
        let days = self.score.event_days();
        let clock = &mut self.session.clock;
        let way = |forward: bool| if forward { Direction::Forward } else { Direction::Backward };
        match action {
            TimelineAction::GoTo(day) => drop(clock.go_to(day)),
            TimelineAction::GoToTyped(day) => {
                clock.make_room_for(day);
                clock.go_to(day);
            }
            TimelineAction::TogglePlay => clock.toggle_play(),
            TimelineAction::PlayBackward if clock.playing == Some(Direction::Backward) => clock.playing = None,
            TimelineAction::PlayBackward => clock.play(Direction::Backward),
            TimelineAction::Step { forward, big } => drop(clock.step(way(forward), big, days)),
            TimelineAction::PreviousEvent => drop(clock.previous_event(days)),
            TimelineAction::NextEvent => drop(clock.next_event(days)),
            TimelineAction::First => drop(clock.go_to(clock.limits().0)),
            TimelineAction::Last => drop(clock.go_to(clock.limits().1)),
            TimelineAction::Faster => clock.speed = clock.speed.faster(),
            TimelineAction::Slower => clock.speed = clock.speed.slower(),
            TimelineAction::SetSpeed(speed) => clock.speed = speed,
            TimelineAction::SetStep(step) => clock.stepping = step,
            TimelineAction::SetMode(mode) => clock.mode = mode,
            TimelineAction::SetEnding(ending) => clock.ending = ending,
            TimelineAction::SetAdaptive(adaptive) => clock.adaptive = adaptive,
            TimelineAction::SetMarks { in_mark, out_mark } => (clock.in_mark, clock.out_mark) = (in_mark, out_mark),
            TimelineAction::SetSnap(snap) => self.session.snap = snap,
            TimelineAction::SelectEvent(index) => self.session.selection = self.score.selection(index),
            TimelineAction::OpenTypedDate => self.timeline.open_typed_date(),
            TimelineAction::Edit(edit) => self.time_edit(edit),
        }
    }

    pub(super) fn open_document(&mut self, index: usize) {
        let bbox = self.session.open_document(&self.library, index);
        // One that does not say where it opens shows all that is drawn in it.
        let drawn = || self.library.documents.get(index).filter(|project| project.opening.bbox.is_none())?.extent();
        if let Some(bbox) = bbox.or_else(|| drawn().map(with_surroundings)) {
            self.fly(self.fitting_camera(bbox, self.session.camera.size_points));
        }
        self.timeline = TimelineState::default();
        self.session.welcome = false;
        self.arrive_again();
    }

    /// Goes back to where the person was in a document that came from a file, now that it is read.
    fn arrive_again(&mut self) {
        if self.session.document.is_some_and(|index| index >= self.library.built_in)
            && let Some(last) = self.first.last.take()
        {
            remember::restore_day(&last, &mut self.session);
            self.map.stop();
            self.session.camera = remember::restored_camera(last.map, &self.session.camera);
        }
    }

    fn toggle_reduced_motion(&mut self, ctx: &egui::Context) {
        self.session.reduced_motion = !self.session.reduced_motion;
        theme::set_motion(ctx, self.session.reduced_motion);
        self.toasts.news(if self.session.reduced_motion { "Movements are cuts now" } else { "Movements are eased again" });
    }

    /// Everything larger or smaller; 0 steps lead to the usual size.
    fn scale_ui(&mut self, ctx: &egui::Context, steps: i32) {
        let shown = self.scale_that_fits(ctx);
        let session = &mut self.session;
        // What is not drawn larger for want of room must not have to be made smaller so many times.
        let is_full = steps > 0 && shown < session.ui_scale;
        session.ui_scale = match steps {
            0 => 1.0,
            _ if is_full => session.ui_scale,
            _ => remember::stepped_scale(session.ui_scale, steps),
        };
        let (asked, shown) = (session.ui_scale, self.scale_that_fits(ctx));
        let rest = if shown < asked { ": this window has no room for more" } else { "" };
        self.toasts.news(format!("Everything is drawn at {:.0} %{rest}", shown * 100.0));
        self.keep_scale(ctx);
    }

    /// Draws everything as large as was asked for, as far as the window has room for its panels side by side.
    pub(super) fn keep_scale(&self, ctx: &egui::Context) {
        let scale = self.scale_that_fits(ctx);
        if ctx.zoom_factor() != scale {
            ctx.set_zoom_factor(scale);
        }
    }

    fn scale_that_fits(&self, ctx: &egui::Context) -> f32 {
        // In whole pixels: points alone would be off by a little with every scale.
        let pixels = (ctx.content_rect().size() * ctx.pixels_per_point()).round();
        let room = pixels * ctx.zoom_factor() / ctx.pixels_per_point();
        if self.session.presenting.is_some() {
            return self.stage_zoom().unwrap_or_else(|| (room.y / STAGE_POINTS as f32).clamp(0.3, 8.0));
        }
        remember::fitting_scale(self.session.ui_scale, [room.x, room.y])
    }

    fn copy(&mut self, ctx: &egui::Context, text: String) {
        self.toasts.news(format!("Copied {}", text.lines().next().unwrap_or_default()));
        ctx.copy_text(text);
    }

    fn next_view(&mut self) {
        let project = self.session.document.and_then(|index| self.library.documents.get(index));
        let all = self.library.atlas.tenure.views();
        let views: Vec<_> =
            project.map_or_else(|| all.clone(), |project| project.views.iter().filter(|view| all.contains(view)).cloned().collect());
        let now = views.iter().position(|view| *view == self.session.view).map_or(0, |position| position + 1);
        if let Some(view) = views.get(now % views.len().max(1)) {
            self.session.view = view.clone();
        }
    }

    fn set_theme(&mut self, ctx: &egui::Context, theme: Theme) {
        self.session.look.theme = theme;
        theme::apply(ctx, theme);
    }

    fn set_projection(&mut self, projection: Projection) {
        let camera = self.session.camera;
        if camera.projection == projection {
            return;
        }
        self.fly(camera.in_projection(projection));
    }

    pub(super) fn select(&mut self, selection: Option<Selection>) {
        if selection.is_some() {
            self.session.panels.show(Panel::Inspector);
        }
        if !matches!(selection, Some(Selection::Event(..))) {
            self.session.telling.fanned = None;
        }
        if self.session.selection != selection {
            self.session.tools.vertex = None;
        }
        self.session.selection = selection;
        // One thing is selected now, not several.
        self.session.chosen.clear();
    }

    /// The innermost thing first: what floats, then the selection, then full screen.
    fn escape(&mut self, ctx: &egui::Context) {
        if self.session.export_box {
            return self.export(ctx, ExportStep::Close(self.exporting.choices.clone()));
        }
        if self.session.keep_box.is_none() && self.drawing.let_go() {
            return;
        }
        let session = &mut self.session;
        match () {
            () if session.keep_box.is_some() => self.escape_box(ctx),
            () if session.pictures.let_go() => {}
            () if session.waiting_sources.is_some() => session.waiting_sources = None,
            () if session.key_sheet => session.key_sheet = false,
            () if session.palette => session.palette = false,
            () if session.open_file => session.open_file = false,
            () if session.welcome => session.welcome = false,
            () if session.measure.is_some() => session.measure = None,
            () if session.tools.let_go() => {}
            () if !session.chosen.is_empty() => session.chosen.clear(),
            () if session.comparing.is_some() => self.end_comparing(),
            () if session.telling.fanned.is_some() => session.telling.fanned = None,
            () if session.selection.is_some() => session.selection = None,
            () => {}
        }
    }

    pub(super) fn go_to(&mut self, bbox: Option<BoundingBox>, day: Option<Day>, selection: Option<Selection>) {
        if let Some(day) = day {
            self.session.clock.make_room_for(day);
            self.session.clock.playing = None;
            self.session.clock.go_to(day);
        }
        if let Some(bbox) = bbox {
            self.fly(self.fitted(self.session.camera.projection, bbox, self.session.camera.size_points, 40.0));
        }
        if selection.is_some() {
            self.select(selection);
        }
    }

    fn fit_selection(&mut self) {
        let state = self.derived.state(&self.library, &self.session);
        let topology = &self.library.atlas.partition.topology;
        let units = selected_units(&self.library, &self.session, &state);
        let of_units = units.iter().map(|unit| topology.unit(*unit).bbox).reduce(|one, other| one.union(&other));
        let of_event = || match self.session.selection {
            Some(Selection::Event(document, event)) => Some(around(self.library.documents.get(document)?.events.get(event)?.at, 1.5)),
            _ => None,
        };
        if let Some(bbox) = of_units.or_else(of_event) {
            self.fly(self.fitted(self.session.camera.projection, bbox, self.session.camera.size_points, 40.0));
        }
    }

    pub(super) fn fly(&mut self, target: Camera) {
        self.map.fly_to(&self.session.camera, target, self.session.reduced_motion);
    }
}

/// A box with some land round it; round a single point enough to know where it is.
fn with_surroundings(extent: BoundingBox) -> BoundingBox {
    match (extent.east - extent.west).max(extent.north - extent.south) {
        0.0 => extent.padded(1.5),
        size => extent.padded((size * 0.1).max(0.5)),
    }
}

/// A box of so many degrees round a place.
pub fn around(at: LonLat, degrees: f64) -> BoundingBox {
    BoundingBox { west: at.lon_deg - degrees, south: at.lat_deg - degrees, east: at.lon_deg + degrees, north: at.lat_deg + degrees }
}

fn toggle<T: PartialEq>(list: &mut Vec<T>, item: T) {
    match list.iter().position(|own| *own == item) {
        Some(position) => drop(list.remove(position)),
        None => list.push(item),
    }
}
