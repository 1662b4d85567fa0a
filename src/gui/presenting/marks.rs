//! What a speaker points with: a red dot, ink that fades or stays, a spotlight. Places are shares of the picture, so that they stand in windows of every size.

use egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, Stroke, pos2};

/// Ink fades so long after it was drawn, in seconds, and is gone [`FADING_SECS`] later.
const STAYS_SECS: f64 = 2.5;
/// How long it fades.
const FADING_SECS: f64 = 1.0;
/// The red dot, in points of a picture 540 points high.
const LASER_POINTS: f32 = 5.0;
const INK_POINTS: f32 = 3.0;
/// The spotlight's radius as a share of the height.
const SPOTLIGHT_SHARE: f32 = 0.18;
/// How dark it is around the spotlight.
const SPOTLIGHT_DARK: u8 = 175;
const RED: Color32 = Color32::from_rgb(226, 27, 27);

/// One stroke of ink.
#[derive(Clone, Debug, PartialEq)]
struct InkStroke {
    /// Shares of width and height.
    points: Vec<[f32; 2]>,
    /// When its last point was drawn; `None` for ink that stays.
    drawn_secs: Option<f64>,
}

/// Ink on the picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    strokes: Vec<InkStroke>,
    is_down: bool,
}

impl Marks {
    /// Draws on to a place. `fades` says which ink; `begins` begins a new stroke.
    pub fn draw(&mut self, at: Pos2, rect: Rect, (fades, begins): (bool, bool), now_secs: f64) {
        let share = [(at.x - rect.left()) / rect.width(), (at.y - rect.top()) / rect.height()];
        let drawn_secs = fades.then_some(now_secs);
        if begins || !self.is_down {
            self.strokes.push(InkStroke { points: vec![share], drawn_secs });
        } else if let Some(stroke) = self.strokes.last_mut() {
            if stroke.points.last() != Some(&share) {
                stroke.points.push(share);
            }
            stroke.drawn_secs = drawn_secs;
        }
        self.is_down = true;
    }

    /// The pen is lifted.
    pub fn lift(&mut self) {
        self.is_down = false;
    }

    /// Takes all ink away.
    pub fn erase(&mut self) {
        *self = Self::default();
    }

    /// Whether there is any ink.
    pub fn is_empty(&self) -> bool {
        self.strokes.is_empty()
    }

    /// Lets what has faded go; whether what is left is still fading.
    pub fn fade(&mut self, now_secs: f64) -> bool {
        self.strokes.retain(|stroke| opacity(stroke, now_secs) > 0.0);
        self.strokes.iter().any(|stroke| stroke.drawn_secs.is_some())
    }

    /// Paints the ink over the picture.
    pub fn paint(&self, painter: &Painter, rect: Rect, now_secs: f64) {
        for stroke in &self.strokes {
            let color = RED.gamma_multiply(opacity(stroke, now_secs));
            let points: Vec<Pos2> =
                stroke.points.iter().map(|at| pos2(rect.left() + at[0] * rect.width(), rect.top() + at[1] * rect.height())).collect();
            match points[..] {
                [only] => drop(painter.circle_filled(only, INK_POINTS / 2.0, color)),
                _ => drop(painter.add(Shape::line(points, Stroke::new(INK_POINTS, color)))),
            }
        }
    }
}

fn opacity(stroke: &InkStroke, now_secs: f64) -> f32 {
    stroke.drawn_secs.map_or(1.0, |drawn| 1.0 - ((now_secs - drawn - STAYS_SECS) / FADING_SECS).clamp(0.0, 1.0) as f32)
}

/// The red dot at the pointer.
pub fn paint_laser(painter: &Painter, at: Pos2) {
    painter.circle_filled(at, LASER_POINTS * 1.9, RED.gamma_multiply(0.25));
    painter.circle_filled(at, LASER_POINTS, RED);
    painter.circle_filled(at, LASER_POINTS * 0.4, Color32::WHITE);
}

/// Darkness all over the picture but for a circle round the pointer.
pub fn paint_spotlight(painter: &Painter, rect: Rect, at: Pos2) {
    const SIDES: u32 = 64;
    let dark = Color32::from_black_alpha(SPOTLIGHT_DARK);
    let radius = rect.height() * SPOTLIGHT_SHARE;
    let far = rect.width() + rect.height();
    let mut mesh = Mesh::default();
    for side in 0..SIDES {
        let angle = std::f32::consts::TAU * side as f32 / SIDES as f32;
        let (sin, cos) = angle.sin_cos();
        for (length, color) in [(radius * 0.94, Color32::TRANSPARENT), (radius, dark), (far, dark)] {
            mesh.colored_vertex(pos2(at.x + cos * length, at.y + sin * length), color);
        }
    }
    for side in 0..SIDES {
        let (here, next) = (side * 3, (side + 1) % SIDES * 3);
        for ring in 0..2 {
            mesh.add_triangle(here + ring, here + ring + 1, next + ring + 1);
            mesh.add_triangle(here + ring, next + ring + 1, next + ring);
        }
    }
    painter.with_clip_rect(rect).add(Shape::mesh(mesh));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_fades_unless_it_stays() {
        let rect = Rect::from_min_size(pos2(0.0, 0.0), egui::vec2(100.0, 50.0));
        let mut marks = Marks::default();
        marks.draw(pos2(10.0, 10.0), rect, (true, true), 0.0);
        marks.draw(pos2(20.0, 10.0), rect, (true, false), 0.5);
        marks.lift();
        marks.draw(pos2(50.0, 25.0), rect, (false, true), 1.0);
        assert!(marks.fade(2.0) && marks.strokes.len() == 2);
        assert!(!marks.fade(10.0), "what stays needs no frames");
        assert_eq!(marks.strokes, [InkStroke { points: vec![[0.5, 0.5]], drawn_secs: None }]);
        marks.erase();
        assert!(marks.is_empty());
    }
}
