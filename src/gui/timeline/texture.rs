//! Meshes of the score: bars that fade at uncertain ends, stripes of claims, the silhouette of the events.

use eframe::egui::{Color32, Mesh, Rangef, Rect, pos2};

/// Distance of stripes from one to the next, in points.
const STRIPE_EVERY: f32 = 6.0;
/// Width of a stripe, in points.
const STRIPE_WIDTH: f32 = 2.6;

/// A bar's four places from left to right: where it begins to fade in, is there, begins to fade out, is gone.
#[derive(Clone, Copy, Debug)]
pub struct Fade {
    /// It begins to fade in.
    pub from: f32,
    /// It is wholly there.
    pub sure_from: f32,
    /// It begins to fade out.
    pub sure_until: f32,
    /// It is gone.
    pub until: f32,
}

impl Fade {
    /// How much of it is there at a place, 0 to 1.
    fn presence(self, x: f32) -> f32 {
        let rising = if self.sure_from > self.from { (x - self.from) / (self.sure_from - self.from) } else { 1.0 };
        let falling = if self.until > self.sure_until { (self.until - x) / (self.until - self.sure_until) } else { 1.0 };
        rising.min(falling).clamp(0.0, 1.0)
    }

    /// The places where the presence bends, within `x`, in order.
    fn bends(self, x: Rangef) -> [f32; 4] {
        let sure_from = self.sure_from.max(self.from);
        [self.from, sure_from, self.sure_until.max(sure_from), self.until].map(|place| place.clamp(x.min, x.max))
    }
}

/// A rectangle whose colour fades as `fade` says.
pub fn add_bar(mesh: &mut Mesh, rect: Rect, fade: Fade, color: Color32) {
    let bends = fade.bends(rect.x_range());
    for pair in bends.windows(2).filter(|pair| pair[1] > pair[0]) {
        // A little inside, where the presence of a sharp end is not ambiguous.
        let nudge = (pair[1] - pair[0]) * 0.001;
        let (left, right) = (fade.presence(pair[0] + nudge), fade.presence(pair[1] - nudge));
        add_quad(mesh, Rect::from_x_y_ranges(pair[0]..=pair[1], rect.y_range()), color.gamma_multiply(left), color.gamma_multiply(right));
    }
}

/// Stripes at 45 degrees in a rectangle, in step over the whole score so that neighbours join.
pub fn add_stripes(mesh: &mut Mesh, rect: Rect, fade: Fade, color: Color32) {
    let slant = rect.height();
    let mut x = ((rect.left() - slant) / STRIPE_EVERY).floor() * STRIPE_EVERY;
    while x < rect.right() {
        let own = color.gamma_multiply(fade.presence(x + (slant + STRIPE_WIDTH) * 0.5));
        add_stripe(mesh, rect, x, slant, own);
        x += STRIPE_EVERY;
    }
}

/// One stripe from the bottom at `x` to the top at `x + slant`, cut at the sides of the rectangle.
fn add_stripe(mesh: &mut Mesh, rect: Rect, x: f32, slant: f32, color: Color32) {
    let edge = |share: f32, offset: f32| pos2(x + offset + slant * share, rect.bottom() - slant * share);
    // Shares of the height at which each edge crosses the sides.
    let crossing = |side: f32, offset: f32| ((side - x - offset) / slant).clamp(0.0, 1.0);
    let (low_left, high_left) = (crossing(rect.left(), 0.0), crossing(rect.right(), 0.0));
    let (low_right, high_right) = (crossing(rect.left(), STRIPE_WIDTH), crossing(rect.right(), STRIPE_WIDTH));
    let corner = |share: f32| {
        let at = edge(share, STRIPE_WIDTH * 0.5);
        pos2(at.x.clamp(rect.left(), rect.right()), at.y)
    };
    let points = [
        edge(low_left, 0.0),
        corner(low_left),
        edge(low_right, STRIPE_WIDTH),
        edge(high_right, STRIPE_WIDTH),
        corner(high_right),
        edge(high_left, 0.0),
    ];
    let inside = points.iter().all(|point| point.x >= rect.left() - 0.01 && point.x <= rect.right() + 0.01);
    if inside && high_left > low_left {
        let first = mesh.vertices.len() as u32;
        points.iter().for_each(|point| mesh.colored_vertex(*point, color));
        (1..points.len() as u32 - 1).for_each(|corner| mesh.add_triangle(first, first + corner, first + corner + 1));
    }
}

/// Soft hills over a base line: `heights` from 0 to 1 are spread evenly over the width.
pub fn add_silhouette(mesh: &mut Mesh, rect: Rect, heights: &[f32], top: Color32, bottom: Color32) {
    let step = rect.width() / heights.len().saturating_sub(1).max(1) as f32;
    let first = mesh.vertices.len() as u32;
    for (place, height) in heights.iter().enumerate() {
        let x = rect.left() + step * place as f32;
        let share = height.clamp(0.0, 1.0);
        mesh.colored_vertex(pos2(x, rect.bottom() - rect.height() * share), bottom.lerp_to_gamma(top, share));
        mesh.colored_vertex(pos2(x, rect.bottom()), bottom);
    }
    for place in 0..(heights.len() as u32).saturating_sub(1) {
        let corner = first + place * 2;
        mesh.add_triangle(corner, corner + 1, corner + 2);
        mesh.add_triangle(corner + 1, corner + 3, corner + 2);
    }
}

fn add_quad(mesh: &mut Mesh, rect: Rect, left: Color32, right: Color32) {
    let first = mesh.vertices.len() as u32;
    mesh.colored_vertex(rect.left_top(), left);
    mesh.colored_vertex(rect.right_top(), right);
    mesh.colored_vertex(rect.right_bottom(), right);
    mesh.colored_vertex(rect.left_bottom(), left);
    mesh.add_triangle(first, first + 1, first + 2);
    mesh.add_triangle(first, first + 2, first + 3);
}

/// Each number spread over its neighbours, so that single events become hills and not needles: a triangle of `reach` to both sides.
pub fn softened(numbers: &[f32], reach: usize) -> Vec<f32> {
    // Two running means of one width make the triangle, in time that does not depend on the reach.
    running_mean(&running_mean(numbers, reach), reach)
}

fn running_mean(numbers: &[f32], reach: usize) -> Vec<f32> {
    let width = reach.max(1);
    let mut sums = vec![0.0_f64];
    let mut sum = 0.0;
    for number in numbers {
        sum += f64::from(*number);
        sums.push(sum);
    }
    let at = |place: isize| sums[place.clamp(0, numbers.len() as isize) as usize];
    let half = (width / 2) as isize;
    (0..numbers.len() as isize).map(|place| ((at(place + half + 1) - at(place - half)) / (2 * half + 1) as f64) as f32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn softening_keeps_the_sum_and_the_middle() {
        let mut numbers = vec![0.0; 41];
        numbers[20] = 9.0;
        let soft = softened(&numbers, 5);
        assert!((soft.iter().sum::<f32>() - 9.0).abs() < 1e-4);
        assert!(soft.iter().all(|number| *number <= soft[20]) && soft[16] > 0.0 && soft[15] == 0.0);
    }

    #[test]
    fn stripes_stay_inside() {
        let rect = Rect::from_min_max(pos2(3.0, 10.0), pos2(41.0, 14.0));
        let fade = Fade { from: 3.0, sure_from: 3.0, sure_until: 41.0, until: 41.0 };
        let mut mesh = Mesh::default();
        add_stripes(&mut mesh, rect, fade, Color32::WHITE);
        assert!(mesh.is_valid() && mesh.vertices.len() > 20);
        assert!(mesh.vertices.iter().all(|vertex| rect.expand(0.1).contains(vertex.pos)), "{:?}", mesh.calc_bounds());
    }

    #[test]
    fn a_bar_fades_where_it_is_uncertain() {
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 10.0));
        let mut mesh = Mesh::default();
        add_bar(&mut mesh, rect, Fade { from: 0.0, sure_from: 50.0, sure_until: 100.0, until: 100.0 }, Color32::WHITE);
        let alpha_at = |x: f32| mesh.vertices.iter().find(|vertex| vertex.pos.x == x).map(|vertex| vertex.color.a());
        assert!(alpha_at(0.0).is_some_and(|alpha| alpha < 8) && alpha_at(50.0).is_some_and(|alpha| alpha > 250));
        assert!(alpha_at(100.0).is_some_and(|alpha| alpha > 250));
    }
}
