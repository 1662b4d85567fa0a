//! Where the labels of what is drawn stand: over their place, and beside panels and tools that would cover them.

use eframe::egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::gui::{app::clear_sides, panels::Ctx};

/// Between a label and the edge of what is clear, in points.
const LABEL_MARGIN: f32 = 4.0;

/// What panels and tools at the sides leave free of the map.
pub(super) fn clear_of(ctx: &Ctx, rect: Rect) -> Rect {
    let [left, right] = clear_sides(ctx.session);
    Rect::from_min_max(rect.min + vec2(left, 0.0), rect.max - vec2(right, 0.0))
}

/// Where a label of this size stands: over its place, under it where there is no room, and within what is clear.
pub(super) fn label_place(clear: Rect, middle: Pos2, card: Vec2) -> Rect {
    let least = clear.left() + LABEL_MARGIN;
    let left = (middle.x - card.x / 2.0).clamp(least, (clear.right() - LABEL_MARGIN - card.x).max(least));
    let over = middle.y - 16.0 - card.y;
    let top = if over < clear.top() + LABEL_MARGIN { middle.y + 16.0 } else { over };
    Rect::from_min_size(pos2(left, top), card)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_keep_clear_of_the_sides_and_of_their_place() {
        let clear = Rect::from_min_max(pos2(54.0, 44.0), pos2(640.0, 500.0));
        let card = vec2(140.0, 20.0);
        for (x, y) in [(300.0, 300.0), (60.0, 300.0), (20.0, 300.0), (635.0, 300.0), (700.0, 300.0), (300.0, 50.0), (60.0, 46.0)] {
            let place = label_place(clear, pos2(x, y), card);
            assert!(clear.contains_rect(place), "{x} {y}: {place:?}");
            assert!(!place.contains(pos2(x, y)));
        }
    }
}
