//! Sentences for the person that block nothing: in the lower right corner, one over another. What went wrong stays until it is closed; what was
//! only done goes by itself.

use std::time::Duration;

use egui::{Align2, Margin, Pos2, Rect, RichText, pos2, vec2};

use crate::gui::{
    theme::{Palette, overlay_frame},
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

    /// Draws them upwards from a corner. Asks for one frame, when the next news is to go, and for no other.
    pub fn toasts_ui(&mut self, ctx: &egui::Context, palette: &Palette, corner: Pos2) {
        let now_secs = ctx.input(|input| input.time);
        self.list.retain(|toast| toast.kind == Kind::Trouble || toast.since_secs.is_none_or(|since| now_secs - since < NEWS_SECS));
        if self.list.is_empty() {
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
