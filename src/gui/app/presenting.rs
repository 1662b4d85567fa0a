//! Carries a lecture out: begins and ends it, brings scenes on the map, draws the audience's picture and the speaker's window.

use eframe::egui::{self, Rect as EguiRect, Sense, pos2};

use super::App;
use crate::{
    gui::{
        actions::Action,
        map_view::{self, Handling},
        panels::Ctx,
        presenting::{
            Blank, DateGlide, Goal, Home, Pointer, PresentStep, Presenting,
            marks::{paint_laser, paint_spotlight},
            overview_ui::overview_ui,
            speaker_ui::speaker_ui,
            stage_picture::{map_rect, stage_parts},
        },
        session::Selection,
        theme::Palette,
        timeline,
    },
    model::slide::Transition,
    scene::{Frame, STAGE_POINTS, Staging, Telling},
    time::Day,
};

/// A pointer that has not moved for so long is hidden, in seconds.
const POINTER_SECS: f32 = 2.0;
/// A lecture that runs for ever begins anew when nobody has touched it for so long after somebody did.
const IDLE_SECS: f64 = 60.0;

impl App {
    /// Carries out one step of a lecture.
    pub(super) fn present(&mut self, ctx: &egui::Context, step: PresentStep) {
        let now_secs = ctx.input(|input| input.time);
        match step {
            PresentStep::Begin { from_start } => self.begin_lecture(ctx, from_start),
            PresentStep::End => self.end_lecture(ctx),
            PresentStep::Freeze => {
                let picture = self.stage.clone();
                let talk = self.session.presenting.as_mut();
                talk.into_iter().for_each(|talk| talk.frozen = if talk.frozen.is_some() { None } else { picture.clone() });
            }
            step => {
                let project = self.session.document.and_then(|index| self.library.documents.get(index));
                let (Some(project), Some(talk)) = (project, &mut self.session.presenting) else { return };
                let desk = talk.desk;
                let goal = talk.take_step(step, &project.slides, now_secs);
                self.follow_step(ctx, step, desk);
                self.show_goal(ctx, goal);
            }
        }
        ctx.request_repaint();
    }

    fn begin_lecture(&mut self, ctx: &egui::Context, from_start: bool) {
        let Some(project) = self.session.document.and_then(|index| self.library.documents.get(index)) else {
            self.trouble("There is nothing to present: open a story first.");
            return;
        };
        if project.slides.is_empty() {
            self.trouble("This story has no scenes yet. Keep what you see as a scene first: Shift+K.");
            return;
        }
        let last = self.last_slide.filter(|(document, slide)| Some(*document) == self.session.document && *slide < project.slides.len());
        let slide = if from_start { 0 } else { last.map_or(0, |(_, slide)| slide) };
        let session = &mut self.session;
        session.clock.playing = None;
        let home = Home {
            clock: session.clock.clone(),
            camera: session.camera,
            view: session.view.clone(),
            look: session.look.clone(),
            telling: session.telling.clone(),
            comparing: session.comparing.take(),
            full_screen: session.full_screen,
            screen: None,
        };
        (session.key_sheet, session.palette, session.welcome, session.open_file, session.measure) = (false, false, false, false, None);
        session.export_box = false;
        session.selection = None;
        session.tools.put_away();
        session.presenting = Some(Presenting::new(slide, home));
        if !session.full_screen {
            session.full_screen = true;
            ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(true));
        }
        self.begin_on_screens();
        self.show_goal_by((slide, 0), true, ctx);
    }

    fn end_lecture(&mut self, ctx: &egui::Context) {
        let Some(talk) = self.session.presenting.take() else { return };
        self.last_slide = self.session.document.map(|document| (document, talk.slide));
        let session = &mut self.session;
        let home = *talk.home;
        session.clock = home.clock.clone();
        self.map.stop();
        // Its size comes back with the next frame; where it looked does at once.
        session.camera = home.camera;
        (session.view, session.look, session.telling, session.selection) =
            (home.view.clone(), home.look.clone(), home.telling.clone(), None);
        (session.comparing, self.stage) = (home.comparing.clone(), None);
        if session.full_screen != home.full_screen {
            session.full_screen = home.full_screen;
            ctx.send_viewport_cmd_to(egui::ViewportId::ROOT, egui::ViewportCommand::Fullscreen(home.full_screen));
        }
        self.leave_screens(ctx, talk.desk, &home);
    }

    fn show_goal(&mut self, ctx: &egui::Context, goal: Option<Goal>) {
        if let Some(goal) = goal {
            self.show_goal_by(goal, false, ctx);
        }
    }

    /// Brings one picture of a scene: at once if `cuts`, else as the scene wants to come.
    fn show_goal_by(&mut self, (slide_index, step): Goal, cuts: bool, ctx: &egui::Context) {
        let now_secs = ctx.input(|input| input.time);
        let Some(project) = self.session.document.and_then(|index| self.library.documents.get(index)) else { return };
        let Some(slide) = project.slides.get(slide_index) else { return };
        let Some(talk) = &mut self.session.presenting else { return };
        let staging = Staging::new(&self.library.atlas, project, slide, step, talk.home.look.theme);
        let (is_same, strayed) = (talk.slide == slide_index, talk.strayed);
        if !is_same || talk.began_secs.is_none() {
            talk.slide_began_secs = now_secs;
        }
        (talk.slide, talk.step, talk.overview, talk.strayed) = (slide_index, step, false, false);
        talk.event_days = staging.day.get() - staging.shown.0.get();
        let secs = match slide.transition {
            Transition::Glide(secs) if !cuts && !self.session.reduced_motion => secs,
            _ => 0.0,
        };
        let from_day = self.session.clock.current_day();
        let talk_glides = secs > 0.0 && from_day != staging.day;
        talk.glide = talk_glides.then_some(DateGlide { from: from_day, to: staging.day, since_secs: now_secs, secs });
        let auto_secs = talk.auto_secs(&project.slides);
        if let Some(auto) = &mut talk.auto {
            auto.next_secs = now_secs + auto_secs + secs;
        }
        self.session.clock.make_room_for(staging.day);
        self.session.clock.playing = None;
        if !talk_glides {
            self.session.clock.go_to(staging.day);
        }
        let camera = self.session.camera;
        let target = staging.camera(camera.size_points, Frame::Stage);
        if self.library.atlas.tenure.views().contains(&staging.view) {
            self.session.view = staging.view;
        }
        (self.session.look, self.session.telling, self.session.selection) = (staging.look, staging.telling, None);
        self.compare_on_stage(staging.other, is_same);
        if !is_same || strayed || cuts {
            if secs > 0.0 { self.map.fly_for(&camera, target, secs) } else { self.map.fly_to(&camera, target, true) }
        }
        ctx.request_repaint();
    }

    /// Lets a lecture go on: dates on their way, scenes that come by themselves.
    pub(super) fn advance_lecture(&mut self, ctx: &egui::Context) {
        let now_secs = ctx.input(|input| input.time);
        let Some(project) = self.session.document.and_then(|index| self.library.documents.get(index)) else {
            // The document went away under the lecture.
            self.end_lecture(ctx);
            return;
        };
        let Some(talk) = &mut self.session.presenting else { return };
        talk.began_secs.get_or_insert(now_secs);
        if let Some(glide) = talk.glide {
            let (day, is_over) = glide.at(now_secs);
            self.session.clock.go_to(day);
            talk.glide = (!is_over).then_some(glide);
            ctx.request_repaint();
        }
        let Some(auto) = talk.auto else { return };
        let was_touched = ctx.input(|input| !input.events.is_empty());
        if was_touched {
            talk.touched_secs = now_secs;
        }
        let waits_for_hands = auto.is_kiosk && talk.strayed && now_secs - talk.touched_secs < IDLE_SECS;
        if now_secs >= auto.next_secs && !waits_for_hands {
            let next = talk.next(&project.slides).or_else(|| auto.is_kiosk.then_some((0, 0)));
            match next {
                Some(goal) => self.show_goal(ctx, Some(goal)),
                None => talk.auto = None,
            }
        } else {
            let wait = if waits_for_hands { talk.touched_secs + IDLE_SECS } else { auto.next_secs } - now_secs;
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(wait.max(0.02)));
        }
    }

    /// One frame of a lecture: the audience's picture here and the speaker's window beside it, or the other way round.
    pub(super) fn lecture_ui(&mut self, ui: &mut egui::Ui, palette: &Palette, now_secs: f64, out: &mut Vec<Action>) {
        let egui_ctx = ui.ctx().clone();
        self.watch_screens(&egui_ctx, now_secs);
        let Some(is_swapped) = self.session.presenting.as_ref().map(|talk| talk.is_swapped) else { return };
        if is_swapped {
            self.speaker_sheet_ui(ui, palette, now_secs, out);
        } else {
            self.stage_ui(ui, palette, now_secs, out);
        }
        let Some((id, builder)) = self.second_window(&egui_ctx) else { return };
        let closed = egui_ctx.show_viewport_immediate(id, builder, |ui, _| {
            out.extend(super::actions::from_keyboard(ui.ctx(), &self.session));
            if is_swapped {
                self.stage_ui(ui, palette, now_secs, out);
            } else {
                self.speaker_sheet_ui(ui, palette, now_secs, out);
            }
            ui.ctx().input(|input| input.viewport().close_requested())
        });
        if closed {
            out.push(Action::Present(PresentStep::Speaker));
        }
    }

    fn speaker_sheet_ui(&mut self, ui: &mut egui::Ui, palette: &Palette, now_secs: f64, out: &mut Vec<Action>) {
        let state = self.derived.state(&self.library, &self.session);
        let Some(scene) = self.derived.last_scene().cloned() else { return };
        let ctx = Ctx { library: &self.library, session: &self.session, state: &state, scene: &scene, palette };
        let scale = self.session.ui_scale / ui.ctx().zoom_factor();
        speaker_ui(ui, &ctx, &mut self.slide_pictures, (scale, now_secs), out);
    }

    /// The audience's picture. Nothing but the picture is ever here: no notice, no question, no panel but the timeline, when it is asked for.
    fn stage_ui(&mut self, ui: &mut egui::Ui, palette: &Palette, now_secs: f64, out: &mut Vec<Action>) {
        let Some(has_timeline) = self.session.presenting.as_ref().map(|talk| talk.has_timeline) else { return };
        if has_timeline && let Some(input) = self.score.input(&self.session) {
            let mut asked = Vec::new();
            let panel = egui::Panel::bottom("lecture-timeline").frame(egui::Frame::NONE).exact_size(96.0);
            panel.show(ui, |ui| timeline::timeline_ui(ui, &input, &mut self.timeline, &self.session.clock, &mut asked));
            if !asked.is_empty()
                && let Some(talk) = &mut self.session.presenting
            {
                (talk.strayed, talk.glide) = (true, None);
            }
            out.extend(asked.into_iter().map(Action::Time));
        }
        egui::CentralPanel::no_frame().show(ui, |ui| self.stage_map_ui(ui, palette, now_secs, out));
    }

    fn stage_map_ui(&mut self, ui: &mut egui::Ui, palette: &Palette, now_secs: f64, out: &mut Vec<Action>) {
        let rect = ui.available_rect_before_wrap();
        let parts = stage_parts(rect, self.session.comparing.as_ref());
        let own = parts[parts.len() - 1].area;
        self.resize_stage(ui, own);
        let Some(pointer) = self.session.presenting.as_ref().map(|talk| talk.pointer) else { return };
        let before = self.session.camera;
        let was_flying = self.map.is_moving();
        let map = map_rect(rect, self.session.comparing.as_ref());
        let second_map = (own != map).then(|| own.left() - map.left());
        let how = Handling { reduced_motion: self.session.reduced_motion, second_map, ..Handling::default() };
        let beside_words = egui::UiBuilder::new().max_rect(map);
        let response = ui.scope_builder(beside_words, |ui| map_view::map_view_ui(ui, &mut self.map, before, how)).inner;
        let is_held = matches!(pointer, Pointer::Ink | Pointer::Pen | Pointer::Laser | Pointer::Spotlight | Pointer::Magnifier);
        // Ink over the map takes the drags that would move it.
        let over = is_held.then(|| ui.interact(rect, ui.scope_id().with("marks"), Sense::click_and_drag()));
        self.session.camera = if is_held && !was_flying { before } else { response.camera };
        if self.session.camera != before
            && !was_flying
            && let Some(talk) = &mut self.session.presenting
        {
            talk.strayed = true;
        }
        let picture = self.stage_picture(ui.ctx(), (rect, &parts), now_secs);
        let scene = picture.now.clone();
        self.stage = Some(picture.clone());
        let frozen = self.session.presenting.as_ref().and_then(|talk| talk.frozen.clone());
        let shown = frozen.unwrap_or(picture);
        self.paint_stage(ui, rect, &shown, now_secs, out);
        if let Some(clicked) = response.clicked.filter(|_| !is_held) {
            self.pick_on_stage(clicked, own, out);
        }
        self.lens_ui(ui, rect, &shown, out);
        self.marks_ui(ui, rect, over.as_ref(), now_secs);
        let Some(talk) = &self.session.presenting else { return };
        // For those who do not see the picture.
        let words = shown_words(&self.session.telling, talk, self.session.day());
        ui.interact(rect, ui.scope_id().with("scene"), Sense::empty())
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
        if let Some(blank) = talk.blank {
            let color = if blank == Blank::Black { egui::Color32::BLACK } else { egui::Color32::WHITE };
            ui.painter().rect_filled(rect, 0.0, color);
        } else if talk.overview && !talk.has_speaker {
            let state = self.derived.state(&self.library, &self.session);
            let ctx = Ctx { library: &self.library, session: &self.session, state: &state, scene: &scene, palette };
            if let Some(project) = ctx.document() {
                let pictures = &mut self.slide_pictures;
                let over = egui::UiBuilder::new().max_rect(rect);
                ui.scope_builder(over, |ui| overview_ui(ui, &ctx, project, pictures, 1.0, out));
            }
        }
    }

    /// The picture is as high as scenes are, whatever the window has in points; with the first frame it shows all that the scene is about.
    fn resize_stage(&mut self, ui: &egui::Ui, rect: EguiRect) {
        let size_points = [f64::from(rect.width()).max(1.0), f64::from(rect.height()).max(1.0)];
        let zoom = ui.ctx().zoom_factor();
        let height = ui.ctx().content_rect().height() * zoom;
        let Some(talk) = &mut self.session.presenting else { return };
        talk.stage_height = height;
        if self.session.camera.size_points == size_points {
            return;
        }
        let (goal, strayed) = ((talk.slide, talk.step), talk.strayed);
        if strayed {
            self.session.camera = self.session.camera.resized(size_points);
            return;
        }
        let project = self.session.document.and_then(|index| self.library.documents.get(index));
        let Some((project, slide)) = project.and_then(|project| Some((project, project.slides.get(goal.0)?))) else { return };
        let staging = Staging::new(&self.library.atlas, project, slide, goal.1, self.session.look.theme);
        self.map.stop();
        self.session.camera = staging.camera(size_points, Frame::Stage);
    }

    /// A click at a sign selects its event, so that its callout comes; elsewhere it lets go.
    fn pick_on_stage(&self, clicked: egui::Pos2, rect: EguiRect, out: &mut Vec<Action>) {
        let at = [clicked.x - rect.left(), clicked.y - rect.top()];
        let scene = self.derived.last_scene();
        let hit = scene.and_then(|scene| scene.signs.markers.iter().find(|marker| marker.rect().grown(4.0).contains(at)));
        let selection = hit.zip(self.session.document).map(|(marker, document)| Selection::Event(document, marker.event));
        out.push(Action::PickOnStage(selection));
    }

    fn marks_ui(&mut self, ui: &egui::Ui, rect: EguiRect, over: Option<&egui::Response>, now_secs: f64) {
        let Some(talk) = &mut self.session.presenting else { return };
        let painter = ui.painter_at(rect);
        let at = ui.ctx().pointer_latest_pos().filter(|at| rect.contains(*at));
        match (talk.pointer, over, at) {
            (Pointer::Ink | Pointer::Pen, Some(over), Some(at)) if over.is_pointer_button_down_on() => {
                talk.marks.draw(at, rect, (talk.pointer == Pointer::Ink, over.drag_started()), now_secs);
            }
            _ => talk.marks.lift(),
        }
        if talk.marks.fade(now_secs) {
            ui.ctx().request_repaint();
        }
        talk.marks.paint(&painter, rect, now_secs);
        match (talk.pointer, at) {
            (Pointer::Laser, Some(at)) => paint_laser(&painter, at),
            (Pointer::Spotlight, at) => paint_spotlight(&painter, rect, at.unwrap_or(pos2(-1e4, -1e4))),
            _ => {}
        }
        let rests = ui.input(|input| input.pointer.time_since_last_movement());
        let hides = matches!(talk.pointer, Pointer::Laser | Pointer::Spotlight) || (talk.pointer == Pointer::Map && rests > POINTER_SECS);
        if hides && at.is_some() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::None);
        } else if at.is_some() && talk.pointer == Pointer::Map {
            ui.ctx().request_repaint_after(std::time::Duration::from_secs_f32(POINTER_SECS + 0.1 - rests.min(POINTER_SECS)));
        }
    }

    /// How large everything must be drawn that the audience's picture is as high as scenes are; `None` outside lectures.
    pub(super) fn stage_zoom(&self) -> Option<f32> {
        let talk = self.session.presenting.as_ref()?;
        (talk.stage_height > 0.0).then(|| (talk.stage_height / STAGE_POINTS as f32).clamp(0.3, 8.0))
    }
}

/// What a picture of a lecture says, in one line.
fn shown_words(telling: &Telling, talk: &Presenting, day: Day) -> String {
    let Some(words) = &telling.words else { return String::new() };
    let parts = [
        words.title.as_str(),
        words.question.as_str(),
        words.answer.as_deref().unwrap_or_default(),
        words.text.as_str(),
        words.caption.as_str(),
    ];
    let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("Scene {}, {}: {}", talk.slide + 1, day.label(), said.join(". "))
}
