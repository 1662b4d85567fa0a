//! One frame of the window: what came in is heard, what is derived is refreshed, panels read and ask, the map is painted, and then what was
//! asked is carried out. `App::carry_out` is the only place where the session changes.

mod beside;
mod carry_out;
mod closing;
mod comparing;
mod document_edits;
mod drawing;
mod edits;
mod exporting;
mod kept;
mod lens;
mod map;
mod native;
mod pictures;
mod presenting;
mod recovering;
mod saving;
mod scenes;
mod screens;
mod shaping;
mod sources;
mod stage;
mod telling;

use std::{
    collections::HashSet,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use eframe::egui::{self, vec2};

use super::{
    actions::{self, Action},
    charts,
    comparing::{changes_ui::changes_ui, strip_ui::StripState},
    derived::Derived,
    editing::{clipboard, draw_ui::DrawView, forms, tools_ui},
    editor_panels::EditorPanels,
    event_list,
    exporting::{box_ui::export_ui, draft::Draft},
    jobs::Jobs,
    keeping::state::KeepState,
    manners,
    map_view::MapViewState,
    outlines::Outline,
    paint,
    panels::{self, Ctx},
    perf::{self, Script},
    pictures::{PictureAction, is_picture},
    presenting::{awake::Awake, lens::LensPicture, pictures::SlidePictures, stage_picture::StagePicture},
    remember::Keeper,
    score_cache::Score,
    session::{Library, Panel, Selection, Session},
    system::System,
    theme::{self, Palette},
    timeline::{self, TimelinePalette, TimelineState},
    typed_ahead::TypedAhead,
};
use crate::{
    geometry::BoundingBox,
    io::settings::{LastPlace, WindowPlace},
    model::WorldState,
    scene::{Rect, Scene},
    time::Day,
};

pub use carry_out::around;
pub use document_edits::{DocumentAction, Question, apply};
pub use edits::EditAction;
pub use map::clear_sides;
pub use native::run_native;
pub use sources::SourcesAction;

/// The program in its window.
pub struct App {
    library: Library,
    session: Session,
    derived: Derived,
    jobs: Jobs,
    system: System,
    /// Letters that fonts of the system were searched for already.
    searched_letters: HashSet<char>,
    map: MapViewState,
    drawing: DrawView,
    timeline: TimelineState,
    events: event_list::EventListState,
    charts: charts::ChartsState,
    search: panels::search_box::SearchBox,
    typed_ahead: TypedAhead,
    palette_state: panels::palette::PaletteState,
    welcome: panels::welcome::WelcomeState,
    open_file: panels::open_file::OpenFileState,
    /// What is typed about a picture that waits.
    picture_words: panels::picture_box::PictureWords,
    exporting: Draft,
    hover_outline: Outline,
    selection_outline: Outline,
    /// Saving, closing, bringing back.
    keep: KeepState,
    toasts: panels::toasts::Toasts,
    covered: Vec<Rect>,
    /// The same over the map of the kept side, while two maps stand side by side.
    covered_kept: Vec<Rect>,
    compare_strip: StripState,
    /// Counters of the map's painter; `None` without a GPU.
    paint_status: Option<Arc<paint::PaintStatus>>,
    heard_complaint: Option<String>,
    /// Writes what is remembered; `None` where nothing is.
    keeper: Option<Keeper>,
    /// Where the window is, as far as the system tells.
    window: Option<WindowPlace>,
    score: Score,
    editor_panels: EditorPanels,
    slide_pictures: SlidePictures,
    /// What the audience of a lecture saw in the last frame.
    stage: Option<StagePicture>,
    lens: LensPicture,
    /// Keeps the screen lit while a lecture is given.
    awake: Option<Awake>,
    /// The scene that was shown last, with its document.
    last_slide: Option<(usize, usize)>,
    /// What to do with the first frame, when the size of the map is known.
    first: FirstFrame,
    script: Option<Script>,
    report: Report,
}

/// How far the panel on the left reaches into the map, in points.
pub const LEFT_PANEL_POINTS: f64 = 272.0;
/// How far the panel on the right does.
const RIGHT_PANEL_POINTS: f64 = 360.0;
/// The strip along the map's lower edge that the notes take, in points.
const NOTES_POINTS: f32 = 52.0;
/// The same on a map narrower than this, where they take a line more.
const NARROW_NOTES: (f32, f32) = (1100.0, 70.0);

/// Where the measuring script leaves what it found.
type Report = Arc<Mutex<Option<String>>>;

/// What waits for the first frame.
#[derive(Default)]
struct FirstFrame {
    done: bool,
    bbox: Option<BoundingBox>,
    files: Vec<PathBuf>,
    /// Where to go back to; with a document from a file when that has been read.
    last: Option<LastPlace>,
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
            system: System::default(),
            searched_letters: HashSet::new(),
            map: MapViewState::default(),
            drawing: DrawView::default(),
            timeline: TimelineState::default(),
            events: event_list::EventListState::default(),
            charts: charts::ChartsState::default(),
            search: panels::search_box::SearchBox::default(),
            typed_ahead: TypedAhead::default(),
            palette_state: panels::palette::PaletteState::default(),
            welcome: panels::welcome::WelcomeState::default(),
            open_file: panels::open_file::OpenFileState::default(),
            picture_words: panels::picture_box::PictureWords::default(),
            exporting: Draft::default(),
            hover_outline: Outline::default(),
            selection_outline: Outline::default(),
            keep: KeepState::default(),
            toasts: panels::toasts::Toasts::default(),
            keeper: None,
            window: None,
            covered: Vec::new(),
            covered_kept: Vec::new(),
            compare_strip: StripState::default(),
            paint_status: None,
            heard_complaint: None,
            score: Score::default(),
            editor_panels: EditorPanels::default(),
            slide_pictures: SlidePictures::default(),
            stage: None,
            lens: LensPicture::default(),
            awake: None,
            last_slide: None,
            first: FirstFrame { bbox, files, ..FirstFrame::default() },
            script: None,
            report: Report::default(),
        }
    }

    /// What the window needs of egui and the GPU once they are there. Without a GPU the map layer is missing and a notice says so.
    pub fn attach(&mut self, ctx: &egui::Context, render_state: Option<&eframe::egui_wgpu::RenderState>) {
        self.library.wake = ctx.clone();
        theme::install_fonts(ctx);
        theme::apply(ctx, self.session.look.theme);
        // The table of actions has the keys for it, and its limits.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        ctx.set_zoom_factor(self.session.ui_scale);
        theme::set_motion(ctx, self.session.reduced_motion);
        match render_state {
            Some(state) => {
                let wake = ctx.clone();
                let status = paint::MapPainter::install(state, self.library.atlas.clone(), self.session.camera.projection, move || wake.request_repaint());
                self.paint_status = Some(status);
                if paint::software::is_wanted(state) {
                    paint::software::install(ctx, state);
                }
            }
            None => self.trouble("The map cannot be drawn here: there is no graphics driver. Tables, search and the timeline work; `border-atlas render` draws maps to files."),
        }
    }

    /// How often a cache had to be filled: for tests of idleness.
    pub fn cache_fills(&self) -> u64 {
        self.derived.fills() + self.charts.cache_fills()
    }

    /// What the charts remember: for tests.
    pub fn charts(&self) -> &charts::ChartsState {
        &self.charts
    }

    /// What the person looks at: for tests.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The picture of the last frame: for tests.
    pub fn last_scene(&self) -> Option<&Arc<Scene>> {
        self.derived.last_scene()
    }

    /// Where a day stood on the timeline in the last frame, in points from the left: for tests.
    pub fn x_of_day(&self, day: Day) -> Option<f32> {
        self.timeline.x_of_day(day)
    }

    /// Atlas and documents: for tests.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// Tells the person that something went wrong.
    pub fn trouble(&mut self, text: impl Into<String>) {
        self.toasts.trouble(text);
    }

    /// Carries out one request as if it had been made in a frame: for tests.
    pub fn ask(&mut self, ctx: &egui::Context, action: Action) {
        self.carry_out(ctx, action);
    }

    /// Draws one frame and carries out what was asked in it.
    pub fn frame_ui(&mut self, ui: &mut egui::Ui) {
        let (ctx, began) = (ui.ctx().clone(), perf::Stopwatch::start());
        let mut changed = self.hear_keys(&ctx);
        self.editor_panels.refresh(&ctx, &self.library, &self.session);
        self.refresh_styled(&ctx);
        self.refresh_pictures(&ctx);
        self.score.refresh(&self.library, &self.session, self.editor_panels.checker.gapped());
        manners::hear_press(&ctx);
        self.keep_scale(&ctx);
        let mut out = clipboard::from_clipboard(&ctx, &self.session);
        self.hear(&ctx, &mut out);
        self.hear_complaints();
        self.tend_documents(&ctx);
        self.advance(&ctx);
        let palette = Palette::new(self.session.look.theme);
        let now_secs = ctx.input(|input| input.time);
        if self.session.presenting.is_some() {
            self.lecture_ui(ui, &palette, now_secs, &mut out);
        } else {
            let state = self.derived.state(&self.library, &self.session);
            let scene = self.derived.scene(&self.library, &self.session, &self.covered, now_secs);
            self.top_and_bottom_ui(ui, &state, &scene, &palette, &mut out);
            self.map_ui(ui, &palette, now_secs, &mut out);
            self.floating_ui(&ctx, &state, &scene, &palette, &mut out);
        }
        changed |= !out.is_empty();
        for action in out {
            self.carry_out(&ctx, action);
        }
        self.note_window(&ctx);
        if changed {
            self.keep();
        }
        self.run_script(&ctx, began);
    }

    /// What keys ask for is done before anything is drawn, so that the frame that brings them shows it. Whether anything was asked.
    fn hear_keys(&mut self, ctx: &egui::Context) -> bool {
        self.typed_ahead.hear(ctx, &self.session);
        let asked = actions::from_keyboard(ctx, &self.session).into_iter().chain(self.script.as_mut().and_then(Script::key));
        let asked: Vec<Action> = asked.collect();
        let is_asked = !asked.is_empty();
        asked.into_iter().for_each(|action| self.carry_out(ctx, action));
        is_asked
    }

    /// Finished jobs and dropped files.
    fn hear(&mut self, ctx: &egui::Context, out: &mut Vec<Action>) {
        out.extend(self.jobs.finished());
        let dropped: Vec<PathBuf> = ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_path_buf()).collect());
        let (pictures, documents): (Vec<PathBuf>, Vec<PathBuf>) = dropped.into_iter().partition(|path| is_picture(path));
        if !pictures.is_empty() {
            out.push(Action::Picture(PictureAction::Drop(pictures)));
        }
        if !documents.is_empty() {
            out.push(Action::OpenFiles(documents));
        }
        if !self.first.done {
            out.extend((!self.first.files.is_empty()).then(|| Action::OpenFiles(std::mem::take(&mut self.first.files))));
        }
    }

    /// What the GPU or the disk complained of since the last frame becomes a notice; a window without a map still has everything else.
    fn hear_complaints(&mut self) {
        if let Some(text) = self.keeper.as_ref().and_then(Keeper::complaint) {
            self.trouble(text);
        }
        let complaint = self.paint_status.as_ref().and_then(|status| status.complaint());
        if complaint.is_some() && complaint != self.heard_complaint {
            if let Some(text) = &complaint {
                self.trouble(format!("The graphics driver reports a problem; the map may be incomplete. {text}"));
            }
            self.heard_complaint = complaint;
        }
    }

    /// Lets time run, and a lecture go on.
    fn advance(&mut self, ctx: &egui::Context) {
        if self.session.presenting.is_some() {
            self.advance_lecture(ctx);
        }
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
            picture: self.derived.last_scene().map_or(0, |scene| Arc::as_ptr(scene).addr()),
        };
        let next = script.step(&mut self.session, &facts, ctx);
        next.asked.into_iter().for_each(|action| self.carry_out(ctx, action));
        if let Some(report) = next.report {
            self.script = None;
            if let Ok(mut slot) = self.report.lock() {
                *slot = Some(report);
            }
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    fn top_and_bottom_ui(&mut self, ui: &mut egui::Ui, state: &WorldState, scene: &Scene, palette: &Palette, out: &mut Vec<Action>) {
        if self.search.is_asked() {
            self.derived.refresh_search(&self.library);
        }
        let findings = self.editor_panels.checker.count(self.session.document);
        let ctx = Ctx { library: &self.library, session: &self.session, state, scene, palette };
        // The window is cleared to the colour of its panels, so none of them has a fill: egui would shade every pixel of it again.
        let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 6));
        egui::Panel::top("top")
            .frame(frame)
            .exact_size(44.0)
            .show(ui, |ui| panels::top_bar::top_bar_ui(ui, &ctx, &mut self.search, (&self.derived.search, findings), out));
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
            let timeline = self.timeline.days_shown().filter(|_| self.session.panels.is_open(Panel::Timeline));
            let input = charts::ChartsInput {
                atlas: &self.library.atlas,
                project: ctx.document(),
                view: &self.session.view,
                alliances: &self.session.look.alliances,
                filter: self.session.look.events,
                selection: self.session.selection.as_ref(),
                state,
                day: self.session.day(),
                range: self.session.clock.range,
                timeline,
                theme: self.session.look.theme,
                palette: colors,
            };
            let height = charts::default_height(ui.ctx().content_rect().height());
            let panel = egui::Panel::bottom("charts").frame(egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 8)));
            panel.resizable(true).default_size(height).show(ui, |ui| charts::charts_ui(ui, &input, &mut self.charts, out));
        }
    }

    /// Notes which boxes lie over the maps of a window so wide, each as its own map counts points.
    fn cover(&mut self, boxes: &[Rect], width: f32) {
        // The notes along the lower edge.
        let [own_width, below] = self.session.camera.size_points.map(|side| side as f32);
        let height = if own_width < NARROW_NOTES.0 { NARROW_NOTES.1 } else { NOTES_POINTS };
        let notes = Rect { min: [0.0, below - height], max: [own_width, below] };
        // The second of two maps ends where the window does.
        let shift = width - own_width;
        let moved = |rect: &Rect| Rect { min: [rect.min[0] - shift, rect.min[1]], max: [rect.max[0] - shift, rect.max[1]] };
        let over = |rect: &Rect| rect.max[0] > 0.0 && rect.min[0] < own_width;
        self.covered = std::iter::once(notes).chain(boxes.iter().map(moved).filter(over)).collect();
        self.covered_kept = std::iter::once(notes).chain(boxes.iter().copied().filter(over)).collect();
    }

    fn floating_ui(&mut self, egui_ctx: &egui::Context, state: &WorldState, scene: &Scene, palette: &Palette, out: &mut Vec<Action>) {
        let ctx = Ctx { library: &self.library, session: &self.session, state, scene, palette };
        let map = egui_ctx.content_rect();
        let bottom_points = map.bottom() - (44.0 + self.session.camera.size_points[1] as f32);
        let height = self.session.camera.size_points[1] as f32 - 96.0;
        let mut covered = Vec::new();
        if let Some(colors) = self.score.palette().filter(|_| self.session.tools.on) {
            let left = map.left() + tools_ui::left_points(&self.session);
            let rect = tools_ui::tools_ui(egui_ctx, &ctx, egui::pos2(left, map.top() + 44.0 + 12.0), colors, out);
            let rect = rect.translate(vec2(-map.left(), -44.0 - map.top()));
            covered.push(Rect { min: [rect.left(), rect.top()], max: [rect.right(), rect.bottom()] });
        }
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
        if self.session.shows(Panel::Layers) {
            side("layers-panel", egui::Align2::LEFT_TOP, LEFT_PANEL_POINTS as f32 - 40.0, &mut |ui| {
                panels::layers::layers_ui(ui, &ctx, out)
            });
        }
        if self.session.shows(Panel::Inspector) {
            side("inspector-panel", egui::Align2::RIGHT_TOP, RIGHT_PANEL_POINTS as f32 - 40.0, &mut |ui| {
                panels::inspector::inspector_ui(ui, &ctx, out)
            });
        }
        type PanelUi = fn(&mut egui::Ui, &Ctx, &mut Vec<Action>);
        let forms: [(Panel, &'static str, PanelUi); 2] =
            [(Panel::Document, "document-panel", forms::document_panel_ui), (Panel::Sources, "sources-panel", forms::sources_panel_ui)];
        for (_, name, content) in forms.into_iter().filter(|(panel, ..)| self.session.shows(*panel)) {
            side(name, egui::Align2::RIGHT_TOP, RIGHT_PANEL_POINTS as f32 - 40.0, &mut |ui| content(ui, &ctx, out));
        }
        if self.session.shows(Panel::Events) {
            let events = &mut self.events;
            let colors = self.score.palette();
            side("events-panel", egui::Align2::RIGHT_TOP, RIGHT_PANEL_POINTS as f32 - 40.0, &mut |ui| {
                if let Some(colors) = colors {
                    events_ui(ui, &ctx, events, colors, out);
                }
            });
        }
        if self.session.shows(Panel::Scenes) {
            let pictures = &mut self.slide_pictures;
            side("scenes-panel", egui::Align2::RIGHT_TOP, RIGHT_PANEL_POINTS as f32 - 40.0, &mut |ui| {
                forms::scenes_panel_ui(ui, &ctx, pictures, out)
            });
        }
        if self.session.shows(Panel::Changes)
            && let Some(list) = self.derived.changes(&self.library, &self.session)
        {
            side("changes-panel", egui::Align2::RIGHT_TOP, RIGHT_PANEL_POINTS as f32 - 40.0, &mut |ui| changes_ui(ui, &ctx, &list, out));
        }
        if let Some(panel) = [Panel::Find, Panel::Checks, Panel::Balance].into_iter().find(|panel| self.session.shows(*panel)) {
            let editor = &mut self.editor_panels;
            side("editor-panel", egui::Align2::RIGHT_TOP, RIGHT_PANEL_POINTS as f32 - 40.0, &mut |ui| {
                editor.panel_ui(ui, &ctx, panel, out)
            });
        }
        self.editor_panels.floating_ui(egui_ctx, &ctx, out);
        if self.session.welcome {
            self.welcome.unsaved = self.keep.views.len();
            panels::welcome::welcome_ui(egui_ctx, &ctx, &mut self.welcome, out);
        }
        if self.session.open_file {
            self.open_file.is_asking = self.jobs.is_asking();
            panels::open_file::open_file_ui(egui_ctx, &ctx, &mut self.open_file, out);
        }
        if self.session.export_box {
            self.exporting.is_asking = self.jobs.is_asking();
            export_ui(egui_ctx, &ctx, &mut self.exporting, out);
        }
        self.keep.save_box.is_asking = self.jobs.is_asking();
        panels::save_box::boxes_ui(egui_ctx, &ctx, &mut self.keep.save_box, out);
        panels::close_box::close_box_ui(egui_ctx, &ctx, out);
        panels::sources_box::sources_box_ui(egui_ctx, &ctx, out);
        panels::picture_box::picture_box_ui(egui_ctx, &ctx, &mut self.picture_words, out);
        panels::pictures::enlarged_ui(egui_ctx, &ctx, out);
        panels::recovery_box::recovery_box_ui(egui_ctx, &ctx, &self.keep.views, out);
        if self.session.panels.is_open(Panel::Text) {
            let twin = self.derived.twin(&self.library, &self.session, egui_ctx);
            side("text-panel", egui::Align2::RIGHT_TOP, RIGHT_PANEL_POINTS as f32 - 40.0, &mut |ui| {
                panels::map_text::map_text_ui(ui, &ctx, &twin, out)
            });
        }
        if self.session.key_sheet {
            panels::key_sheet::key_sheet_ui(egui_ctx, &ctx, out);
        }
        if self.session.palette {
            panels::palette::palette_ui(egui_ctx, &ctx, &mut self.palette_state, out);
        }
        let corner = egui::pos2(map.right() - 12.0, map.bottom() - bottom_points.max(0.0) - 44.0);
        self.toasts.toasts_ui(egui_ctx, palette, corner, &mut self.jobs, out);
        panels::focus_ring::focus_ring_ui(egui_ctx, palette);
        panels::drop_target::drop_target_ui(egui_ctx, &ctx);
        self.cover(&covered, map.width());
    }
}

fn events_ui(ui: &mut egui::Ui, ctx: &Ctx, events: &mut event_list::EventListState, colors: &TimelinePalette, out: &mut Vec<Action>) {
    let selected = match ctx.session.selection {
        Some(Selection::Event(document, event)) => Some((document, event)),
        _ => None,
    };
    events.kinds = ctx.session.look.events;
    events.choose(ctx.library, ctx.session);
    panels::chosen::chosen_ui(ui, ctx, out);
    if !ctx.session.chosen.is_empty() {
        ui.separator();
    }
    let clicked = event_list::event_list_ui(ui, events, &ctx.library.documents, ctx.session.document, ctx.session.day(), selected, colors);
    if events.kinds != ctx.session.look.events {
        out.push(Action::FilterEvents(events.kinds));
    }
    if let Some((document, event)) = clicked
        && let Some(found) = ctx.library.documents.get(document).and_then(|project| project.events.get(event))
    {
        if ui.input(|input| input.modifiers.command) && ctx.editing().is_some() {
            out.push(Action::Document(DocumentAction::Choose(Selection::Event(document, event))));
            return;
        }
        if ctx.session.document != Some(document) {
            out.push(Action::OpenDocument(Some(document)));
        }
        out.push(Action::GoTo { bbox: None, day: Some(found.span.first_day()), selection: None });
        out.push(Action::Select(Some(Selection::Event(document, event))));
    }
}
