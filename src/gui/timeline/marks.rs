//! Over the score: what is not played, the window, the marks, the playhead.

use eframe::egui::{Color32, Rangef, Rect, Shape, Stroke, pos2, vec2};

use super::{score::Score, state::Grip};
use crate::time::{Day, TimeMode};

/// Paints all of it; `grip` is what the pointer moves.
pub(super) fn paint(score: &Score, grip: Option<Grip>) {
    score.paint_outside();
    score.paint_window(grip);
    for (mark, is_in) in [(score.clock.in_mark, true), (score.clock.out_mark, false)] {
        if let Some(day) = mark {
            score.paint_mark(day, is_in);
        }
    }
    score.paint_playhead(grip == Some(Grip::Playhead));
}

impl Score<'_> {
    /// What lies outside the limits recedes.
    fn paint_outside(&self) {
        let (first, last) = self.clock.limits();
        let ground = self.zones.ground();
        let veil = self.input.palette.surface.gamma_multiply(0.62);
        let left = self.axis.x_of_day(first);
        let right = self.axis.x_of_day(last.plus_days(1));
        if left > ground.left() {
            self.painter.rect_filled(ground.with_max_x(left), 0.0, veil);
        }
        if right < ground.right() {
            self.painter.rect_filled(ground.with_min_x(right), 0.0, veil);
        }
    }

    /// The days that are shown together with the current one.
    fn paint_window(&self, grip: Option<Grip>) {
        if self.clock.mode == TimeMode::AsOf {
            return;
        }
        let accent = self.input.palette.accent;
        let (first, last) = self.clock.shown_days();
        let from = self.axis.x_of_noon(first);
        let ground = Rect::from_x_y_ranges(from..=self.axis.x_of_noon(last).max(from), self.zones.height());
        self.painter.rect_filled(ground, 0.0, accent.gamma_multiply(0.10));
        if matches!(self.clock.mode, TimeMode::Window { .. }) {
            let strength = if grip == Some(Grip::WindowStart) { 1.0 } else { 0.55 };
            self.painter.vline(from, self.zones.height(), Stroke::new(1.0, accent.gamma_multiply(strength)));
            let knob = Rect::from_center_size(pos2(from, self.zones.axis.top()), vec2(5.0, 14.0));
            self.painter.rect_filled(knob, 2.5, accent.gamma_multiply(strength));
        }
    }

    /// A bracket that opens to what is played.
    fn paint_mark(&self, day: Day, is_in: bool) {
        let ink = self.input.palette.ink;
        let x = if is_in { self.axis.x_of_day(day) } else { self.axis.x_of_day(day.plus_days(1)) };
        let to = if is_in { 5.0 } else { -5.0 };
        let y = Rangef::new(self.zones.track.top(), self.zones.axis.bottom() - 2.0);
        let line = Stroke::new(2.0, ink);
        self.painter.vline(x, y, line);
        self.painter.hline(Rangef::new(x.min(x + to), x.max(x + to)), y.min + 1.0, line);
        self.painter.hline(Rangef::new(x.min(x + to), x.max(x + to)), y.max - 1.0, line);
    }

    /// One line from the top edge of the dock through everything.
    fn paint_playhead(&self, is_held: bool) {
        let palette = self.input.palette;
        let x = self.axis.x_of_noon(self.clock.current_day());
        let halo = palette.surface.gamma_multiply(0.85);
        self.painter.vline(x, self.zones.height(), Stroke::new(4.0, halo));
        self.painter.vline(x, self.zones.height(), Stroke::new(if is_held { 2.0 } else { 1.5 }, palette.accent));
        let head = |size: f32, color: Color32| {
            let top = self.zones.whole.top();
            Shape::convex_polygon(vec![pos2(x - size, top), pos2(x + size, top), pos2(x, top + size * 1.5)], color, Stroke::NONE)
        };
        self.painter.add(head(6.0, palette.accent));
        let middle = pos2(x, self.zones.axis.top());
        self.painter.circle_filled(middle, if is_held { 6.5 } else { 5.5 }, palette.surface);
        self.painter.circle_filled(middle, if is_held { 5.0 } else { 4.0 }, palette.accent);
    }
}
