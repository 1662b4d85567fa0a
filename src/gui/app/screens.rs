//! The two windows of a lecture on the screens that there are.

use eframe::egui::{self, ViewportBuilder, ViewportCommand, ViewportId};

use super::App;
use crate::gui::presenting::{
    Home, PresentStep,
    screens::{Desk, are_same},
};

/// It is looked so often whether a screen came or went, in seconds.
const LOOK_SECS: f64 = 1.0;
/// The second window where it fills no screen, in points of the screen.
const SECOND_SIZE: [f32; 2] = [1100.0, 700.0];

impl App {
    /// Puts the windows of a lecture that begins on their screens: with two of them the speaker's window opens by itself.
    pub(super) fn begin_on_screens(&mut self) {
        let screens = (self.system.screens)();
        let Some(talk) = &mut self.session.presenting else { return };
        talk.has_speaker = screens.len() > 1;
        talk.take_in_screens(screens, &self.session.audience_screen);
        talk.home.screen = talk.desk.map(|desk| desk.own);
        self.awake = Some((self.system.stay_awake)());
    }

    /// Moves the windows as a step of the lecture asks, and remembers where the audience is to look; `before` is the desk before the step.
    pub(super) fn follow_step(&mut self, ctx: &egui::Context, step: PresentStep, before: Option<Desk>) {
        let Some(talk) = &self.session.presenting else { return };
        if let (Some(before), Some(desk)) = (before, talk.desk)
            && before.own != desk.own
        {
            ctx.send_viewport_cmd_to(ViewportId::ROOT, ViewportCommand::SetMonitor(desk.own));
        }
        let chosen = talk.audience_screen().and_then(|audience| talk.screens.get(audience));
        if let Some(chosen) = chosen.filter(|_| matches!(step, PresentStep::Swap | PresentStep::AudienceOn(_))) {
            self.session.audience_screen.clone_from(&chosen.name);
        }
    }

    /// Sees to it that a screen that goes takes nothing with it, and that one that comes is used.
    pub(super) fn watch_screens(&mut self, ctx: &egui::Context, now_secs: f64) {
        let Some(talk) = self.session.presenting.as_mut().filter(|talk| now_secs - talk.looked_secs >= LOOK_SECS) else { return };
        talk.looked_secs = now_secs;
        let screens = (self.system.screens)();
        if are_same(&screens, &talk.screens) {
            if talk.has_lost_screen(lie_over_each_other(ctx)) {
                talk.do_with_one_screen();
            }
            return;
        }
        talk.has_speaker |= screens.len() > 1 && talk.screens.len() < 2;
        let own = screens.iter().position(|screen| screen.has_window).unwrap_or(0);
        talk.take_in_screens(screens, &self.session.audience_screen);
        if self.session.full_screen {
            let own = talk.desk.map_or(own, |desk| desk.own);
            ctx.send_viewport_cmd_to(ViewportId::ROOT, ViewportCommand::SetMonitor(own));
        }
    }

    /// The second window: it fills its screen where there is one for it, else it stands over the first. Another screen is another window.
    pub(super) fn second_window(&self, ctx: &egui::Context) -> Option<(ViewportId, ViewportBuilder)> {
        let talk = self.session.presenting.as_ref().filter(|talk| talk.has_speaker)?;
        let title = if talk.is_swapped { "Border Atlas: audience" } else { "Border Atlas: speaker" };
        let screen = talk.desk.map(|desk| desk.second);
        let builder = ViewportBuilder::default().with_title(title).with_inner_size(egui::Vec2::from(SECOND_SIZE) / ctx.zoom_factor());
        let builder = screen.map_or(builder.clone(), |screen| builder.with_monitor(screen));
        // Without a screen of its own each content has a window of its own, which comes to the front as it opens.
        let id = screen.map_or_else(|| ViewportId::from_hash_of(title), |screen| ViewportId::from_hash_of(("lecture", screen)));
        Some((id, builder))
    }

    /// Lets the screen go dark again, and brings the program's window back to where it was.
    pub(super) fn leave_screens(&mut self, ctx: &egui::Context, desk: Option<Desk>, home: &Home) {
        self.awake = None;
        let (Some(desk), Some(screen)) = (desk, home.screen) else { return };
        if desk.own == screen {
            return;
        }
        if home.full_screen {
            ctx.send_viewport_cmd_to(ViewportId::ROOT, ViewportCommand::SetMonitor(screen));
        } else if let Some([x, y]) = self.window.and_then(|window| window.corner) {
            let corner = egui::pos2(x, y) / self.session.ui_scale;
            ctx.send_viewport_cmd_to(ViewportId::ROOT, ViewportCommand::OuterPosition(corner));
        }
    }
}

/// Whether the windows of the program lie over each other by more than half of one of them; `false` where the system does not tell where they are.
fn lie_over_each_other(ctx: &egui::Context) -> bool {
    let places: Vec<egui::Rect> = ctx.input(|input| input.raw.viewports.values().filter_map(|window| window.inner_rect).collect());
    let [one, other] = places[..] else { return false };
    one.intersects(other) && one.intersect(other).area() > one.area().min(other.area()) / 2.0
}
