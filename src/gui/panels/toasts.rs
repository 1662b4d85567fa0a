//! Sentences for the person that block nothing: in the lower right corner, one over another. What went wrong stays until it is closed; what was
//! only done goes by itself.

use std::time::Duration;

use egui::{Align2, Margin, Pos2, Rect, RichText, pos2, vec2};

use crate::gui::{
    actions::Action,
    jobs::{JobView, Jobs},
    theme::{Palette, overlay_frame, size},
    words::words_ui,
};

/// How long news stays, in seconds.
const NEWS_SECS: f64 = 5.0;
/// How wide a toast is, in points.
const WIDTH_POINTS: f32 = 340.0;
/// No more than so many at once; older ones wait for room.
const MOST_SHOWN: usize = 4;

/// How a sentence is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Something went wrong.
    Trouble,
    /// Something was done.
    News,
}

struct Toast {
    text: String,
    kind: Kind,
    /// When it was first drawn.
    since_secs: Option<f64>,
}

/// What is to be said.
#[derive(Default)]
pub struct Toasts {
    list: Vec<Toast>,
}

impl Toasts {
    /// Says that something went wrong, until it is closed. The same sentence is not said twice at once.
    pub fn trouble(&mut self, text: impl Into<String>) {
        self.say(text.into(), Kind::Trouble);
    }

    /// Says that something was done, for some seconds.
    pub fn news(&mut self, text: impl Into<String>) {
        // What was done last is what counts.
        self.list.retain(|toast| toast.kind != Kind::News);
        self.say(text.into(), Kind::News);
    }

    fn say(&mut self, text: String, kind: Kind) {
        if !self.list.iter().any(|toast| toast.text == text) {
            self.list.push(Toast { text, kind, since_secs: None });
        }
    }

    /// Draws them upwards from a corner, below them the work that goes on. Asks for one frame, when the next news is to go or when the seconds of
    /// work are to be counted on, and for no other.
    pub fn toasts_ui(&mut self, ctx: &egui::Context, palette: &Palette, corner: Pos2, jobs: &mut Jobs, out: &mut Vec<Action>) {
        let now_secs = ctx.input(|input| input.time);
        let (work, look_again) = jobs.shown(now_secs);
        if let Some(secs) = look_again {
            ctx.request_repaint_after(Duration::from_secs_f64(secs));
        }
        self.list.retain(|toast| toast.kind == Kind::Trouble || toast.since_secs.is_none_or(|since| now_secs - since < NEWS_SECS));
        if self.list.is_empty() && work.is_empty() {
            return;
        }
        let hidden = self.list.len().saturating_sub(MOST_SHOWN);
        let mut closed = None;
        let area =
            egui::Area::new(egui::Id::unique("notices")).pivot(Align2::RIGHT_BOTTOM).fixed_pos(corner).order(egui::Order::Foreground);
        area.show(ctx, |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            for (index, toast) in self.list.iter_mut().enumerate().skip(hidden) {
                let since = *toast.since_secs.get_or_insert(now_secs);
                if toast.kind == Kind::News {
                    ctx.request_repaint_after(Duration::from_secs_f64((since + NEWS_SECS - now_secs).max(0.0)));
                }
                if toast_ui(ui, toast, palette) {
                    closed = Some(index);
                }
            }
            if hidden > 0 {
                ui.label(RichText::new(format!("{hidden} more when these are closed")).small().color(palette.quiet));
            }
            for job in &work {
                if job_ui(ui, job, palette) {
                    out.push(Action::CancelJob(job.id));
                }
            }
        });
        if let Some(index) = closed {
            self.list.remove(index);
        }
    }
}

/// Draws one; gives whether it was closed.
fn toast_ui(ui: &mut egui::Ui, toast: &Toast, palette: &Palette) -> bool {
    let frame = overlay_frame(palette).fill(palette.surface).inner_margin(Margin { left: 20, right: 8, top: 8, bottom: 8 });
    let drawn = frame.show(ui, |ui| {
        ui.set_width(WIDTH_POINTS);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::TOP), |ui| {
            let close = ui.add(egui::Button::new("×").min_size(vec2(24.0, 24.0)).frame_when_inactive(false)).on_hover_text("Close");
            close.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Close the notice"));
            ui.with_layout(egui::Layout::top_down(egui::Align::LEFT), |ui| {
                ui.add_space(3.0);
                words_ui(ui, &toast.text);
            });
            close.clicked()
        })
        .inner
    });
    let rect = drawn.response.rect;
    let band = Rect::from_min_max(rect.min + vec2(6.0, 8.0), pos2(rect.left() + 10.0, rect.bottom() - 8.0));
    ui.painter().rect_filled(band, 2.0, if toast.kind == Kind::Trouble { palette.accent } else { palette.quiet });
    drawn.inner
}

/// Draws a piece of work that goes on: what, for how long, how far. Gives whether it is to be called off.
fn job_ui(ui: &mut egui::Ui, job: &JobView, palette: &Palette) -> bool {
    let frame = overlay_frame(palette).fill(palette.surface).inner_margin(Margin { left: 20, right: 12, top: 8, bottom: 12 });
    let drawn = frame.show(ui, |ui| {
        // As wide as a notice, whose margins are narrower.
        ui.set_width(WIDTH_POINTS - 4.0);
        let cancelled = ui.horizontal(|ui| job_line_ui(ui, job, palette)).inner;
        if let Some(share) = job.share {
            ui.add_space(2.0);
            let bar = egui::ProgressBar::new(share).desired_width(ui.available_width()).desired_height(6.0).fill(palette.accent);
            ui.add(bar).widget_info(|| egui::WidgetInfo {
                value: Some(f64::from(share)),
                ..egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, format!("{}, {:.0} %", job.title, share * 100.0))
            });
        }
        cancelled
    });
    drawn.inner
}

/// What is done, how far it is, and the way out. Gives whether it is to be called off.
fn job_line_ui(ui: &mut egui::Ui, job: &JobView, palette: &Palette) -> bool {
    let line = egui::Layout::right_to_left(egui::Align::Center);
    let drawn = ui.with_layout(line, |ui| {
        let text = if job.is_stopping { "Stopping" } else { "Cancel" };
        let cancel = ui.add_enabled(!job.is_stopping, egui::Button::new(text));
        cancel.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, !job.is_stopping, format!("{text}: {}", job.title)));
        ui.label(RichText::new(so_far(job)).size(size::SMALL).color(palette.quiet));
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.add(egui::Label::new(&job.title).truncate());
        });
        cancel.clicked()
    });
    drawn.inner
}

/// `42 % · 3 s`: what is known of it.
fn so_far(job: &JobView) -> String {
    let seconds = format!("{:.0} s", job.secs.floor());
    job.share.map_or_else(|| seconds.clone(), |share| format!("{:.0} % · {seconds}", (share * 100.0).floor()))
}
