//! One frame of the window: what came in is heard, what is derived is refreshed, panels read and ask, the map is painted, and then what was
//! asked is carried out. `App::carry_out` is the only place where the session changes.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};

use eframe::egui::{self, Rect as EguiRect, vec2};

use super::{
    actions::{self, Action},
    charts,
    derived::Derived,
    event_list,
    jobs::Jobs,
    map_view::{self, MapResponse, MapViewState},
    outlines::Outline,
    paint,
    panels::{self, Ctx, layers::layer_mut},
    perf::{self, Script},
    score_cache::Score,
    session::{Library, Panel, Selection, Session},
    theme::{self, Palette},
    timeline::{self, TimelineAction, TimelinePalette, TimelineState},
};
use crate::{
    geometry::{BoundingBox, Camera, LonLat, Projection, topology::UnitIx},
    model::{Project, WorldState, validate},
    scene::{Rect, Scene, Stroke, Theme},
    time::{Day, Direction},
};

/// A sentence for the person, shown until it is closed.
struct Notice {
    text: String,
}

/// The program in its window.
pub struct App {
    library: Library,
    session: Session,
    derived: Derived,
    jobs: Jobs,
    map: MapViewState,
    timeline: TimelineState,
    events: event_list::EventListState,
    charts: charts::ChartsState,
    search: panels::search_box::SearchBox,
    palette_state: panels::palette::PaletteState,
    hover_outline: Outline,
    selection_outline: Outline,
    notices: Vec<Notice>,
    covered: Vec<Rect>,
    /// Counters of the map's painter; `None` without a GPU.
    paint_status: Option<Arc<paint::PaintStatus>>,
    heard_complaint: Option<String>,
    score: Score,
    /// What to do with the first frame, when the size of the map is known.
    first: FirstFrame,
    script: Option<Script>,
    report: Report,
}

/// How far the panel on the left reaches into the map, in points.
const LEFT_PANEL_POINTS: f64 = 272.0;
/// How far the panel on the right does.
const RIGHT_PANEL_POINTS: f64 = 360.0;
/// The strip along the map's lower edge that the notes take, in points.
const NOTES_POINTS: f32 = 52.0;

/// Where the measuring script leaves what it found.
type Report = Arc<Mutex<Option<String>>>;

/// What waits for the first frame.
#[derive(Default)]
struct FirstFrame {
    done: bool,
    bbox: Option<BoundingBox>,
    files: Vec<PathBuf>,
}

impl App {
    /// The program before its window is there. `bbox` is what to show first; `files` are read with the first frame.
    pub fn new(library: Library, session: Session, bbox: Option<BoundingBox>, files: Vec<PathBuf>) -> Self {
        let derived = Derived::new(&library);
        Self {
            library,
            session,
            derived,
            jobs: Jobs::default(),
            map: MapViewState::default(),
            timeline: TimelineState::default(),
            events: event_list::EventListState::default(),
            charts: charts::ChartsState::default(),
            search: panels::search_box::SearchBox::default(),
            palette_state: panels::palette::PaletteState::default(),
            hover_outline: Outline::default(),
            selection_outline: Outline::default(),
            notices: Vec::new(),
            covered: Vec::new(),
            paint_status: None,
            heard_complaint: None,
            score: Score::default(),
            first: FirstFrame { done: false, bbox, files },
            script: None,
            report: Report::default(),
        }
    }

    /// What the window needs of egui and the GPU once they are there. Without a GPU the map layer is missing and a notice says so.
    pub fn attach(&mut self, ctx: &egui::Context, render_state: Option<&eframe::egui_wgpu::RenderState>) {
        theme::install_fonts(ctx);
        theme::apply(ctx, self.session.look.theme);
        match render_state {
            Some(state) => {
                let wake = ctx.clone();
                let status = paint::MapPainter::install(state, self.library.atlas.clone(), self.session.camera.projection, move || wake.request_repaint());
                self.paint_status = Some(status);
                if paint::software::is_wanted(state) {
                    paint::software::install(ctx, state);
                }
            }
            None => self.note("The map cannot be drawn here: there is no graphics driver. Tables, search and the timeline work; `border-atlas render` draws maps to files."),
        }
    }

    /// How often a cache had to be filled: for tests of idleness.
    pub fn cache_fills(&self) -> u64 {
        self.derived.fills()
    }

    /// What the person looks at: for tests.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Atlas and documents: for tests.
    pub fn library(&self) -> &Library {
        &self.library
    }

    fn note(&mut self, text: impl Into<String>) {
        self.notices.push(Notice { text: text.into() });
    }

    /// Draws one frame and carries out what was asked in it.
    pub fn frame_ui(&mut self, ui: &mut egui::Ui) {
        let (ctx, began) = (ui.ctx().clone(), perf::Stopwatch::start());
        self.score.refresh(&self.library, &self.session);
        let mut out = actions::from_keyboard(&ctx);
        self.hear(&ctx, &mut out);
        self.hear_gpu();
        self.advance(&ctx);
        let palette = Palette::new(self.session.look.theme);
        let now_secs = ctx.input(|input| input.time);
        let state = self.derived.state(&self.library, &self.session);
        let scene = self.derived.scene(&self.library, &self.session, &self.covered, now_secs);
        self.top_and_bottom_ui(ui, &state, &scene, &palette, &mut out);
        self.map_ui(ui, &palette, now_secs, &mut out);
        self.floating_ui(&ctx, &state, &scene, &palette, &mut out);
        for action in out {
            self.carry_out(&ctx, action);
        }
        self.run_script(&ctx, began);
    }

    /// Finished jobs and dropped files.
    fn hear(&mut self, ctx: &egui::Context, out: &mut Vec<Action>) {
        for opened in self.jobs.finished() {
            match opened {
                Ok((project, problems)) => {
                    let rules = validate::project_problems(&self.library.atlas, &project, project.id.as_str());
                    self.report_problems(&project, problems.len(), rules.len());
                    self.library.documents.push(project);
                    self.derived.index(&self.library);
                    out.push(Action::OpenDocument(Some(self.library.documents.len() - 1)));
                }
                Err(text) => self.note(text),
            }
        }
        let dropped: Vec<PathBuf> = ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_path_buf()).collect());
        if !dropped.is_empty() {
            out.push(Action::OpenFiles(dropped));
        }
        if !self.first.done {
            out.extend((!self.first.files.is_empty()).then(|| Action::OpenFiles(std::mem::take(&mut self.first.files))));
        }
    }

    fn report_problems(&mut self, project: &Project, left_out: usize, broken_rules: usize) {
        let plural = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
        if left_out + broken_rules > 0 {
            self.note(format!(
                "{}: {} could not be read as written, {} broken. `border-atlas check FILE` lists them with places and hints.",
                project.title,
                plural(left_out, "thing", "things"),
                plural(broken_rules, "rule", "rules"),
            ));
        }
    }

    /// What the GPU complained of since the last frame becomes a notice; a window without a map still has everything else.
    fn hear_gpu(&mut self) {
        let complaint = self.paint_status.as_ref().and_then(|status| status.complaint());
        if complaint.is_some() && complaint != self.heard_complaint {
            if let Some(text) = &complaint {
                self.note(format!("The graphics driver reports a problem; the map may be incomplete. {text}"));
            }
            self.heard_complaint = complaint;
        }
    }

    /// Lets time run.
    fn advance(&mut self, ctx: &egui::Context) {
        let dt_secs = f64::from(ctx.input(|input| input.stable_dt)).min(0.1);
        if self.session.clock.playing.is_some() {
            self.session.clock.tick(dt_secs, self.score.event_days());
            if self.session.clock.playing.is_some() {
                ctx.request_repaint();
            }
        }
    }

    /// The measuring script goes on after each frame; when it is over the window closes.
    fn run_script(&mut self, ctx: &egui::Context, began: perf::Stopwatch) {
        let Some(script) = &mut self.script else { return };
        let status = self.paint_status.as_ref();
        let facts = perf::FrameFacts {
            cpu_ms: began.cpu_ms(),
            map_painted: status.is_some_and(|status| status.draw_calls() > 0),
            geometry_bytes: status.map_or(0, |status| status.geometry_bytes()),
        };
        if let Some(report) = script.step(&mut self.session, &facts, ctx) {
            self.script = None;
            if let Ok(mut slot) = self.report.lock() {
                *slot = Some(report);
            }
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    fn top_and_bottom_ui(&mut self, ui: &mut egui::Ui, state: &WorldState, scene: &Scene, palette: &Palette, out: &mut Vec<Action>) {
        let ctx = Ctx { library: &self.library, session: &self.session, state, scene, palette };
        // The window is cleared to the colour of its panels, so none of them has a fill: egui would shade every pixel of it again.
        let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 6));
        egui::Panel::top("top")
            .frame(frame)
            .exact_size(44.0)
            .show(ui, |ui| panels::top_bar::top_bar_ui(ui, &ctx, &mut self.search, &self.derived.search, out));
        if self.session.panels.is_open(Panel::Timeline)
            && let Some(input) = self.score.input(&self.session)
        {
            let mut asked = Vec::new();
            let height = self.timeline.default_height(self.score.lane_count());
            let panel = egui::Panel::bottom("timeline").frame(egui::Frame::NONE).resizable(!self.timeline.collapsed);
            panel.default_size(height).size_range(self.timeline.height_range()).show(ui, |ui| {
                timeline::timeline_ui(ui, &input, &mut self.timeline, &self.session.clock, &mut asked);
            });
            out.extend(asked.into_iter().map(Action::Time));
        }
        if self.session.panels.is_open(Panel::Charts)
            && let Some(colors) = self.score.palette()
        {
            let project = self.session.document.and_then(|index| self.library.documents.get(index));
            let (day, shown) = (self.session.day(), &self.session.look.alliances);
            egui::Panel::bottom("charts").frame(egui::Frame::new().inner_margin(12)).resizable(true).default_size(220.0).show(ui, |ui| {
                let clicked = charts::charts_ui(ui, &mut self.charts, &self.library.atlas, project, shown, day, colors);
                out.extend(clicked.map(|day| Action::Time(TimelineAction::GoTo(day))));
            });
        }
    }

    /// The map: pointer, picture, notes, callouts. The camera moves here, so that pointer and picture agree in the same frame.
    fn map_ui(&mut self, ui: &mut egui::Ui, palette: &Palette, now_secs: f64, out: &mut Vec<Action>) {
        egui::CentralPanel::no_frame().show(ui, |ui| {
            let rect = ui.available_rect_before_wrap();
            self.resize_map(rect);
            let response = map_view::map_view_ui(ui, &mut self.map, self.session.camera, self.session.reduced_motion);
            self.session.camera = response.camera;
            let state = self.derived.state(&self.library, &self.session);
            let scene = self.derived.scene(&self.library, &self.session, &self.covered, now_secs);
            self.paint_land(ui, rect, &scene, now_secs);
            self.outlines_ui(ui, rect, &state, &scene, &response);
            paint::items::paint_items(&ui.painter_at(rect), rect, &scene.items);
            let ctx = Ctx { library: &self.library, session: &self.session, state: &state, scene: &scene, palette };
            panels::map_notes::map_notes_ui(ui, &ctx, rect, response.hovered);
            panels::callouts::callouts_ui(ui, &ctx, rect.min, out);
            self.pointer(&response, rect, &state, &scene, out);
            context_menu_ui(&response, out);
        });
    }

    /// Gives the map the size of its place; with the first frame also the box that it opens with.
    fn resize_map(&mut self, rect: EguiRect) {
        let size_points = [f64::from(rect.width()).max(1.0), f64::from(rect.height()).max(1.0)];
        if !self.first.done {
            self.first.done = true;
            self.session.camera = match self.first.bbox.take() {
                Some(bbox) => self.fitting_camera(bbox, size_points),
                None => Camera::whole_world(self.session.camera.projection, size_points),
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
        match opening {
            _ if camera == Camera::whole_world(camera.projection, camera.size_points) => {
                Camera::whole_world(camera.projection, size_points)
            }
            Some(bbox) if camera == self.fitting_camera(bbox, camera.size_points) => self.fitting_camera(bbox, size_points),
            _ => camera.resized(size_points),
        }
    }

    fn fitting_camera(&self, bbox: BoundingBox, size_points: [f64; 2]) -> Camera {
        let project = self.session.document.and_then(|index| self.library.documents.get(index));
        let projection = project.map_or(self.session.camera.projection, |project| project.opening.projection);
        self.fitted(projection, bbox, size_points, 12.0)
    }

    /// The closest look at a box that keeps it clear of the open panels and of the notes, where that leaves enough room.
    fn fitted(&self, projection: Projection, bbox: BoundingBox, size_points: [f64; 2], margin_points: f64) -> Camera {
        let panels = &self.session.panels;
        let left = if panels.is_open(Panel::Layers) { LEFT_PANEL_POINTS } else { 0.0 };
        let right = if panels.is_open(Panel::Inspector) || panels.is_open(Panel::Events) { RIGHT_PANEL_POINTS } else { 0.0 };
        let (below, [width, height]) = (f64::from(NOTES_POINTS), size_points);
        if width - left - right < width * 0.4 || height - below < height * 0.4 {
            return Camera::fit(projection, bbox, size_points, margin_points);
        }
        let clear = Camera::fit(projection, bbox, [width - left - right, height - below], margin_points);
        clear.resized(size_points).panned((left - right) / 2.0, -below / 2.0)
    }

    fn paint_land(&mut self, ui: &egui::Ui, rect: EguiRect, scene: &Arc<Scene>, now_secs: f64) {
        let fade = if self.session.reduced_motion { None } else { self.derived.cross_fade(now_secs) };
        if fade.is_some() {
            ui.ctx().request_repaint();
        }
        let painter = ui.painter_at(rect);
        match &self.paint_status {
            Some(_) => painter.add(paint::world_callback(rect, &scene.camera, &scene.world, scene.level, fade)),
            None => painter.rect_filled(rect, 0.0, theme::color32(scene.world.style.water)),
        };
    }

    fn outlines_ui(&mut self, ui: &egui::Ui, rect: EguiRect, state: &WorldState, scene: &Scene, response: &MapResponse) {
        let topology = &self.library.atlas.partition.topology;
        let style = &scene.world.style;
        let painter = ui.painter_at(rect);
        let selected = selected_units(&self.library, &self.session, state);
        let items = self.selection_outline.items(topology, &selected, &scene.camera, scene.level, Stroke::solid(style.accent, 2.0));
        paint::items::paint_items(&painter, rect, &items);
        let hovered = response.hovered.filter(|_| !response.moving).and_then(|place| topology.unit_at(place));
        let units = hovered.map(|unit| neighbours_in_holding(state, unit)).unwrap_or_default();
        let items = self.hover_outline.items(topology, &units, &scene.camera, scene.level, Stroke::solid(style.ink.faded(0.7), 1.25));
        paint::items::paint_items(&painter, rect, &items);
    }

    /// Clicks on the map become selections: events first, then places, then land.
    fn pointer(&mut self, response: &MapResponse, rect: EguiRect, state: &WorldState, scene: &Scene, out: &mut Vec<Action>) {
        let Some(clicked) = response.clicked else { return };
        let at = [(clicked.x - rect.left()), (clicked.y - rect.top())];
        let found = self.session.document.and_then(|document| picked(scene, document, at));
        let land = || {
            let place = scene.camera.lonlat_from_screen([f64::from(at[0]), f64::from(at[1])])?;
            let unit = self.library.atlas.partition.topology.unit_at(place)?;
            Some(next_in_pile(&self.library, &self.session, state, unit))
        };
        out.push(Action::Select(found.or_else(land)));
    }

    fn floating_ui(&mut self, egui_ctx: &egui::Context, state: &WorldState, scene: &Scene, palette: &Palette, out: &mut Vec<Action>) {
        let ctx = Ctx { library: &self.library, session: &self.session, state, scene, palette };
        let map = egui_ctx.content_rect();
        let bottom_points = map.bottom() - (44.0 + self.session.camera.size_points[1] as f32);
        let height = self.session.camera.size_points[1] as f32 - 96.0;
        // The notes along the lower edge.
        let [width, below] = self.session.camera.size_points.map(|side| side as f32);
        let mut covered = vec![Rect { min: [0.0, below - NOTES_POINTS], max: [width, below] }];
        let mut side = |name: &'static str, align: egui::Align2, width: f32, content: &mut dyn FnMut(&mut egui::Ui)| {
            let offset = vec2(if align == egui::Align2::LEFT_TOP { 12.0 } else { -12.0 }, 44.0 + 12.0);
            let area = egui::Area::new(egui::Id::unique(name)).anchor(align, offset).order(egui::Order::Middle).show(egui_ctx, |ui| {
                theme::overlay_frame(palette).show(ui, |ui| {
                    ui.set_width(width);
                    ui.set_max_height(height.max(80.0));
                    content(ui);
                });
            });
            let rect = area.response.rect.translate(vec2(-map.left(), -44.0 - map.top()));
            covered.push(Rect { min: [rect.left(), rect.top()], max: [rect.right(), rect.bottom()] });
        };
        if self.session.panels.is_open(Panel::Layers) {
            side("layers-panel", egui::Align2::LEFT_TOP, LEFT_PANEL_POINTS as f32 - 40.0, &mut |ui| {
                panels::layers::layers_ui(ui, &ctx, out)
            });
        }
        if self.session.panels.is_open(Panel::Inspector) {
            side("inspector-panel", egui::Align2::RIGHT_TOP, RIGHT_PANEL_POINTS as f32 - 40.0, &mut |ui| {
                panels::inspector::inspector_ui(ui, &ctx, out)
            });
        }
        if self.session.panels.is_open(Panel::Events) {
            let events = &mut self.events;
            let colors = self.score.palette();
            side("events-panel", egui::Align2::RIGHT_TOP, RIGHT_PANEL_POINTS as f32 - 40.0, &mut |ui| {
                if let Some(colors) = colors {
                    events_ui(ui, &ctx, events, colors, out);
                }
            });
        }
        if self.session.key_sheet {
            panels::key_sheet::key_sheet_ui(egui_ctx, &ctx, out);
        }
        if self.session.palette {
            panels::palette::palette_ui(egui_ctx, &ctx, &mut self.palette_state, out);
        }
        self.covered = covered;
        self.notices_ui(egui_ctx, palette, bottom_points);
    }

    fn notices_ui(&mut self, ctx: &egui::Context, palette: &Palette, bottom_points: f32) {
        if self.notices.is_empty() {
            return;
        }
        let mut closed = None;
        egui::Area::new(egui::Id::unique("notices"))
            .anchor(egui::Align2::CENTER_BOTTOM, vec2(0.0, -bottom_points.max(0.0) - 40.0))
            .order(egui::Order::Foreground)
            .show(ctx, |ui| {
                for (index, notice) in self.notices.iter().enumerate() {
                    theme::overlay_frame(palette).show(ui, |ui| {
                        ui.set_max_width(640.0);
                        ui.horizontal(|ui| {
                            ui.add(egui::Label::new(&notice.text).wrap());
                            if ui.button("Close").clicked() {
                                closed = Some(index);
                            }
                        });
                    });
                }
            });
        if let Some(index) = closed {
            self.notices.remove(index);
        }
    }

    /// Carries out one request.
    fn carry_out(&mut self, ctx: &egui::Context, action: Action) {
        ctx.request_repaint();
        match action {
            Action::Time(action) => self.time(action),
            Action::OpenDocument(Some(index)) => self.open_document(index),
            Action::OpenDocument(None) => self.session.close_document(super::today()),
            Action::OpenFiles(paths) => paths.into_iter().for_each(|path| self.jobs.read(path, ctx)),
            Action::SetView(view) => self.session.view = view,
            Action::NextView => self.next_view(),
            Action::SetTheme(theme) => self.set_theme(ctx, theme),
            Action::ToggleTheme => self.set_theme(ctx, if self.session.look.theme == Theme::Dark { Theme::Light } else { Theme::Dark }),
            Action::SetProjection(projection) => self.set_projection(projection),
            Action::ToggleProjection => self.set_projection(if self.session.camera.projection == Projection::Mercator {
                Projection::EqualEarth
            } else {
                Projection::Mercator
            }),
            Action::ToggleLayer(id) => {
                let layer = layer_mut(&mut self.session.look.layers, id);
                layer.visible = !layer.visible;
            }
            Action::SetLayerOpacity(id, opacity) => layer_mut(&mut self.session.look.layers, id).opacity = opacity.clamp(0.0, 1.0),
            Action::ToggleAlliance(id) => toggle(&mut self.session.look.alliances, id),
            Action::Select(selection) => self.select(selection),
            Action::Escape => self.escape(),
            Action::GoTo { bbox, day, selection } => self.go_to(bbox, day, selection),
            Action::Home => self.fly(Camera::whole_world(self.session.camera.projection, self.session.camera.size_points)),
            Action::FitSelection => self.fit_selection(),
            Action::Zoom(factor) => {
                let [width, height] = self.session.camera.size_points;
                self.fly(self.session.camera.zoomed_at([width / 2.0, height / 2.0], factor));
            }
            Action::Pan(dx, dy) => self.fly(self.session.camera.panned(dx, dy)),
            Action::Back => self.map.back(&self.session.camera, self.session.reduced_motion),
            Action::Forward => self.map.forward(&self.session.camera, self.session.reduced_motion),
            Action::TogglePanel(panel) => self.session.panels.toggle(panel),
            Action::FocusSearch => self.search.focus(),
            Action::ToggleFullScreen => {
                self.session.full_screen = !self.session.full_screen;
                ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(self.session.full_screen));
            }
            Action::ToggleReducedMotion => self.session.reduced_motion = !self.session.reduced_motion,
            Action::ToggleKeySheet => self.session.key_sheet = !self.session.key_sheet,
            Action::TogglePalette => self.session.palette = !self.session.palette,
            Action::Copy(text) => ctx.copy_text(text),
            Action::FilterEvents(kinds) => self.session.look.events = kinds,
            Action::WhatWasHere(place) => self.select(self.library.atlas.partition.topology.unit_at(place).map(Selection::Unit)),
        }
    }

    fn time(&mut self, action: TimelineAction) {
        let days = self.score.event_days();
        let clock = &mut self.session.clock;
        let way = |forward: bool| if forward { Direction::Forward } else { Direction::Backward };
        match action {
            TimelineAction::GoTo(day) => drop(clock.go_to(day)),
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
        }
    }

    fn open_document(&mut self, index: usize) {
        if let Some(bbox) = self.session.open_document(&self.library, index) {
            self.fly(self.fitting_camera(bbox, self.session.camera.size_points));
        }
        self.timeline = TimelineState::default();
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

    /// Keeps the place in the middle and roughly the scale.
    fn set_projection(&mut self, projection: Projection) {
        let camera = self.session.camera;
        if camera.projection == projection {
            return;
        }
        let [width, height] = camera.size_points;
        let fitted = match camera.lonlat_from_screen([width / 2.0, height / 2.0]) {
            Some(_) if camera.degrees_per_point() < 0.12 => Camera::fit(projection, camera.visible_lonlat(), camera.size_points, 0.0),
            _ => Camera::whole_world(projection, camera.size_points),
        };
        self.map.stop();
        self.session.camera = fitted;
    }

    fn select(&mut self, selection: Option<Selection>) {
        if selection.is_some() {
            self.session.panels.show(Panel::Inspector);
        }
        self.session.selection = selection;
    }

    /// The innermost thing first: what floats, then the selection, then full screen.
    fn escape(&mut self) {
        let session = &mut self.session;
        match () {
            () if session.key_sheet => session.key_sheet = false,
            () if session.palette => session.palette = false,
            () if session.selection.is_some() => session.selection = None,
            () => {}
        }
    }

    fn go_to(&mut self, bbox: Option<BoundingBox>, day: Option<Day>, selection: Option<Selection>) {
        if let Some(day) = day {
            let (first, last) = self.session.clock.range;
            self.session.clock.range = (first.min(day), last.max(day));
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

    fn fly(&mut self, target: Camera) {
        self.map.fly_to(&self.session.camera, target, self.session.reduced_motion);
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

/// The event or place of the document whose sign is under a point of the map, the one on top first.
fn picked(scene: &Scene, document: usize, at: [f32; 2]) -> Option<Selection> {
    let near = |middle: [f32; 2], reach: f32| (middle[0] - at[0]).hypot(middle[1] - at[1]) <= reach;
    scene.items.iter().rev().find_map(|item| match item {
        crate::scene::Item::Symbol { at: middle, size_points, event: Some(event), .. } if near(*middle, size_points / 2.0 + 3.0) => {
            Some(Selection::Event(document, *event))
        }
        _ => None,
    })
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

fn selected_units(library: &Library, session: &Session, state: &WorldState) -> Vec<UnitIx> {
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

fn context_menu_ui(response: &MapResponse, out: &mut Vec<Action>) {
    response.response.context_menu(|ui| {
        let Some(place) = response.menu_place else { return };
        let text = panels::map_notes::coordinates_text(place);
        ui.label(egui::RichText::new(&text).small());
        if ui.button("What was here on this date").clicked() {
            out.push(Action::WhatWasHere(place));
            ui.close();
        }
        if ui.button("Copy coordinates").clicked() {
            out.push(Action::Copy(format!("{:.5}, {:.5}", place.lat_deg, place.lon_deg)));
            ui.close();
        }
        if ui.button("Whole world").clicked() {
            out.push(Action::Home);
            ui.close();
        }
    });
}

fn events_ui(ui: &mut egui::Ui, ctx: &Ctx, events: &mut event_list::EventListState, colors: &TimelinePalette, out: &mut Vec<Action>) {
    let selected = match ctx.session.selection {
        Some(Selection::Event(document, event)) => Some((document, event)),
        _ => None,
    };
    events.kinds = ctx.session.look.events;
    let clicked = event_list::event_list_ui(ui, events, &ctx.library.documents, ctx.session.document, ctx.session.day(), selected, colors);
    if events.kinds != ctx.session.look.events {
        out.push(Action::FilterEvents(events.kinds));
    }
    if let Some((document, event)) = clicked
        && let Some(found) = ctx.library.documents.get(document).and_then(|project| project.events.get(event))
    {
        if ctx.session.document != Some(document) {
            out.push(Action::OpenDocument(Some(document)));
        }
        out.push(Action::GoTo { bbox: None, day: Some(found.span.first_day()), selection: None });
        out.push(Action::Select(Some(Selection::Event(document, event))));
    }
}

/// The program as eframe runs it.
struct NativeApp {
    app: App,
}

impl eframe::App for NativeApp {
    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        Palette::new(self.app.session.look.theme).surface.to_normalized_gamma_f32()
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.app.frame_ui(ui);
    }
}

/// Opens the window and stays until it is closed; gives the script's report, if there was a script and it came to its end.
///
/// # Errors
/// What the window system or the GPU says.
pub fn run_native(mut app: App, script: Option<Script>) -> Result<Option<String>, eframe::Error> {
    let report = app.report.clone();
    app.script = script;
    let viewport = egui::ViewportBuilder::default()
        .with_title("Border Atlas")
        .with_app_id("border-atlas")
        .with_inner_size([1600.0, 900.0])
        .with_min_inner_size([800.0, 560.0]);
    // Nothing in the window is a gradient: dithering would cost time in every pixel and show nothing.
    let options = eframe::NativeOptions { viewport, renderer: eframe::Renderer::Wgpu, dithering: false, ..Default::default() };
    let create = move |creation: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, Box<dyn std::error::Error + Send + Sync>> {
        app.attach(&creation.egui_ctx, creation.wgpu_render_state.as_ref());
        let ctx = creation.egui_ctx.clone();
        app.derived.work_beside_frames(&app.library, move || ctx.request_repaint());
        Ok(Box::new(NativeApp { app }))
    };
    eframe::run_native("Border Atlas", options, Box::new(create))?;
    Ok(report.lock().ok().and_then(|mut report| report.take()))
}
