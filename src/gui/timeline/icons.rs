//! The signs on the buttons: one family, drawn on a square of 24 with a line of 2, round at its ends.

mod drawing;

use std::f32::consts::{FRAC_PI_2, PI, TAU};

use eframe::egui::{
    Color32, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, epaint::PathStroke,
};

use super::TimelinePalette;

/// One sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// To the very start.
    First,
    /// To the event before.
    PreviousEvent,
    /// Play backward.
    PlayBackward,
    /// Play.
    Play,
    /// Stop.
    Pause,
    /// To the event after.
    NextEvent,
    /// To the very end.
    Last,
    /// Play once.
    Once,
    /// Begin again.
    Loop,
    /// There and back.
    Bounce,
    /// Slow at events, fast between.
    Adaptive,
    /// Catch on events.
    Magnet,
    /// More settings.
    Settings,
    /// Slower, less.
    Minus,
    /// Faster, more.
    Plus,
    /// Fold away.
    Fold,
    /// Unfold.
    Unfold,
    /// Show everything.
    Fit,
    /// Select and move.
    Pointer,
    /// A place.
    Pin,
    /// An event.
    Flag,
    /// A line.
    Line,
    /// A region.
    Area,
    /// Freehand.
    Pen,
    /// Along borders.
    Trace,
    /// Whole units.
    Units,
    /// An arrow.
    Arrow,
    /// Words.
    Text,
    /// Words that lead to a place.
    Callout,
}

/// A button with a sign on it.
pub struct IconButton<'a> {
    /// The sign.
    pub icon: Icon,
    /// Its name for people who hear it.
    pub name: &'a str,
    /// What a pointer on it says: the name and the key.
    pub tip: &'a str,
    /// Whether what it stands for is on; `None` for a button that does something once.
    pub on: Option<bool>,
    /// Its width and height in points.
    pub size_points: f32,
}

impl IconButton<'_> {
    /// Draws it and says what happened to it.
    pub fn show_ui(&self, ui: &mut Ui, palette: &TimelinePalette) -> Response {
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(self.size_points), Sense::click());
        let info = || match self.on {
            Some(on) => WidgetInfo::selected(Role::Button, ui.is_enabled(), on, self.name),
            None => WidgetInfo::labeled(Role::Button, ui.is_enabled(), self.name),
        };
        response.widget_info(info);
        if ui.is_rect_visible(rect) {
            let ink = button_ground(ui, rect, &response, self.on == Some(true), palette);
            paint(ui.painter(), Rect::from_center_size(rect.center(), Vec2::splat((self.size_points * 0.62).round())), self.icon, ink);
        }
        response.on_hover_text(self.tip)
    }

    /// The one button that is filled with the accent: play.
    pub fn show_filled_ui(&self, ui: &mut Ui, palette: &TimelinePalette) -> Response {
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(self.size_points), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), self.name));
        let lift = if response.is_pointer_button_down_on() {
            0.16
        } else if response.hovered() {
            0.08
        } else {
            0.0
        };
        ui.painter().circle_filled(rect.center(), self.size_points * 0.5, palette.accent.lerp_to_gamma(palette.ink, lift));
        if response.has_focus() {
            ui.painter().circle_stroke(rect.center(), self.size_points * 0.5 + 2.0, Stroke::new(1.5, palette.accent));
        }
        paint(ui.painter(), Rect::from_center_size(rect.center(), Vec2::splat(self.size_points * 0.56)), self.icon, palette.on_accent);
        response.on_hover_text(self.tip)
    }
}

/// The ground of a quiet button; gives back the colour of what stands on it.
pub fn button_ground(ui: &Ui, rect: Rect, response: &Response, on: bool, palette: &TimelinePalette) -> Color32 {
    let share = match () {
        () if response.is_pointer_button_down_on() => 0.16,
        () if response.hovered() => 0.09,
        () => 0.0,
    };
    let ground = if on { palette.surface.lerp_to_gamma(palette.accent, 0.14 + share) } else { palette.tint(share) };
    if on || share > 0.0 {
        ui.painter().rect_filled(rect, RADIUS, ground);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, RADIUS, Stroke::new(1.5, palette.accent), StrokeKind::Inside);
    }
    match () {
        () if !ui.is_enabled() => palette.quiet_ink.gamma_multiply(0.5),
        () if on => palette.accent,
        () if response.hovered() => palette.ink,
        () => palette.quiet_ink,
    }
}

/// The one radius of corners.
pub const RADIUS: f32 = 5.0;

/// Paints a sign into a square.
pub fn paint(painter: &Painter, rect: Rect, icon: Icon, color: Color32) {
    let pen = Pen { painter, rect, color };
    match icon {
        Icon::First => pen.skip(true, true),
        Icon::Last => pen.skip(false, true),
        Icon::PreviousEvent => pen.skip(true, false),
        Icon::NextEvent => pen.skip(false, false),
        Icon::Play => pen.fill(&[(7.5, 4.0), (20.0, 12.0), (7.5, 20.0)]),
        Icon::PlayBackward => pen.fill(&[(16.5, 4.0), (4.0, 12.0), (16.5, 20.0)]),
        Icon::Pause => {
            pen.block(6.0, 4.5, 10.0, 19.5);
            pen.block(14.0, 4.5, 18.0, 19.5);
        }
        Icon::Once => {
            pen.line(&[(3.0, 12.0), (16.0, 12.0)]);
            pen.line(&[(11.5, 7.5), (16.0, 12.0), (11.5, 16.5)]);
            pen.line(&[(20.5, 5.0), (20.5, 19.0)]);
        }
        Icon::Loop => pen.looped(),
        Icon::Bounce => {
            pen.line(&[(6.5, 12.0), (17.5, 12.0)]);
            pen.line(&[(10.0, 8.0), (6.0, 12.0), (10.0, 16.0)]);
            pen.line(&[(14.0, 8.0), (18.0, 12.0), (14.0, 16.0)]);
            pen.line(&[(2.5, 6.0), (2.5, 18.0)]);
            pen.line(&[(21.5, 6.0), (21.5, 18.0)]);
        }
        Icon::Adaptive => pen.adaptive(),
        Icon::Magnet => pen.magnet(),
        Icon::Settings => pen.sliders(),
        Icon::Minus => pen.line(&[(5.5, 12.0), (18.5, 12.0)]),
        Icon::Plus => {
            pen.line(&[(5.5, 12.0), (18.5, 12.0)]);
            pen.line(&[(12.0, 5.5), (12.0, 18.5)]);
        }
        Icon::Fold => pen.line(&[(5.5, 9.0), (12.0, 15.5), (18.5, 9.0)]),
        Icon::Unfold => pen.line(&[(5.5, 15.0), (12.0, 8.5), (18.5, 15.0)]),
        Icon::Fit => {
            pen.line(&[(3.0, 5.0), (3.0, 19.0)]);
            pen.line(&[(21.0, 5.0), (21.0, 19.0)]);
            pen.line(&[(7.0, 12.0), (17.0, 12.0)]);
            pen.line(&[(10.0, 8.5), (6.5, 12.0), (10.0, 15.5)]);
            pen.line(&[(14.0, 8.5), (17.5, 12.0), (14.0, 15.5)]);
        }
        _ => drawing::paint(&pen, icon),
    }
}

/// Draws on a square of 24.
struct Pen<'a> {
    painter: &'a Painter,
    rect: Rect,
    color: Color32,
}

impl Pen<'_> {
    fn scale(&self) -> f32 {
        self.rect.width() / 24.0
    }

    fn at(&self, (x, y): (f32, f32)) -> Pos2 {
        self.rect.min + Vec2::new(x, y) * self.scale()
    }

    fn width(&self) -> f32 {
        (2.0 * self.scale()).max(1.4)
    }

    /// A line with round ends.
    fn line(&self, points: &[(f32, f32)]) {
        let points: Vec<Pos2> = points.iter().map(|point| self.at(*point)).collect();
        for end in [points.first(), points.last()].into_iter().flatten() {
            self.painter.circle_filled(*end, self.width() * 0.5, self.color);
        }
        self.painter.add(Shape::line(points, PathStroke::new(self.width(), self.color)));
    }

    /// A filled shape without inward corners, its own corners a little rounded.
    fn fill(&self, points: &[(f32, f32)]) {
        let points: Vec<Pos2> = points.iter().map(|point| self.at(*point)).collect();
        self.painter.add(Shape::convex_polygon(points, self.color, Stroke::new(self.scale(), self.color)));
    }

    fn block(&self, left: f32, top: f32, right: f32, bottom: f32) {
        self.painter.rect_filled(Rect::from_min_max(self.at((left, top)), self.at((right, bottom))), self.scale(), self.color);
    }

    fn dot(&self, at: (f32, f32), radius: f32) {
        self.painter.circle_filled(self.at(at), radius * self.scale(), self.color);
    }

    fn arc(&self, middle: (f32, f32), radius: f32, from: f32, to: f32) {
        let steps = 18;
        let point = |step: i32| {
            let angle = from + (to - from) * step as f32 / steps as f32;
            (middle.0 + radius * angle.cos(), middle.1 + radius * angle.sin())
        };
        self.line(&(0..=steps).map(point).collect::<Vec<_>>());
    }

    /// A triangle to an end (a bar) or to an event (a dot on a stem).
    fn skip(&self, back: bool, to_end: bool) {
        let mirror = |x: f32| if back { 24.0 - x } else { x };
        self.fill(&[(mirror(3.5), 5.5), (mirror(14.0), 12.0), (mirror(3.5), 18.5)]);
        if to_end {
            self.line(&[(mirror(19.0), 5.5), (mirror(19.0), 18.5)]);
        } else {
            self.dot((mirror(19.0), 12.0), 2.6);
        }
    }

    /// Two half turns that chase one another.
    fn looped(&self) {
        self.arc((12.0, 12.0), 7.5, -FRAC_PI_2 * 0.55, PI * 0.86);
        self.arc((12.0, 12.0), 7.5, PI - FRAC_PI_2 * 0.55, TAU - PI * 0.14);
        self.fill(&[(14.6, 8.6), (21.6, 8.6), (19.6, 2.6)]);
        self.fill(&[(9.4, 15.4), (2.4, 15.4), (4.4, 21.4)]);
    }

    /// The curve of something that starts and ends gently.
    fn adaptive(&self) {
        let point = |step: i32| {
            let share = step as f32 / 16.0;
            (3.0 + 18.0 * share, 19.0 - 14.0 * share * share * (3.0 - 2.0 * share))
        };
        self.line(&(0..=16).map(point).collect::<Vec<_>>());
        self.dot((3.0, 19.0), 2.4);
        self.dot((21.0, 5.0), 2.4);
    }

    fn magnet(&self) {
        self.arc((12.0, 11.0), 7.0, 0.0, PI);
        self.line(&[(5.0, 11.0), (5.0, 4.0)]);
        self.line(&[(19.0, 11.0), (19.0, 4.0)]);
        self.line(&[(3.0, 4.5), (8.0, 4.5)]);
        self.line(&[(16.0, 4.5), (21.0, 4.5)]);
    }

    fn sliders(&self) {
        for (y, knob) in [(6.0, 15.5), (12.0, 8.0), (18.0, 14.0)] {
            self.line(&[(3.0, y), (21.0, y)]);
            self.dot((knob, y), 3.2);
        }
    }
}
