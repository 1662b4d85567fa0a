//! Callouts as items: thin lines with a dot at the place under the symbols, boxes with their words over everything.

use super::writing::{ACCOUNTS, INSET, PARTIES_SIZE, rows};
use crate::scene::{
    Callout,
    fonts::LINE_HEIGHT,
    item::{At, Face, Fill, Item, Rect, Text},
    style::{Rgba, Stroke, Style},
};

/// Radius of the dot at the place.
const DOT_POINTS: f32 = 2.2;

/// The leader lines, each with a dot at its place: drawn under the symbols.
pub fn leaders(callouts: &[Callout], style: &Style) -> Vec<Item> {
    callouts.iter().flat_map(|callout| leader(&callout.leader, style, callout.opacity)).collect()
}

/// A thin line from a place, with a halo that keeps it apart from borders and a dot where it begins.
pub fn leader(points: &[At], style: &Style, opacity: f32) -> Vec<Item> {
    let strokes = [Stroke::solid(style.halo.faded(0.7 * opacity), 2.8), Stroke::solid(style.ink.faded(0.85 * opacity), 0.9)];
    let lines = strokes.map(|stroke| Item::Polyline { points: points.to_vec(), stroke, soft: false });
    let dot = points.first().map(|at| Item::Dot {
        at: *at,
        radius_points: DOT_POINTS,
        color: style.ink.faded(opacity),
        stroke: Stroke::solid(style.halo.faded(opacity), 1.0),
    });
    lines.into_iter().chain(dot).collect()
}

/// The boxes with their words.
pub fn boxes(callouts: &[Callout], style: &Style, family_color: impl Fn(usize) -> Rgba) -> Vec<Item> {
    callouts.iter().flat_map(|callout| callout_box(callout, style, family_color(callout.event))).collect()
}

fn callout_box(callout: &Callout, style: &Style, color: Rgba) -> Vec<Item> {
    let rect = callout.rect;
    let edge = Stroke::solid(style.panel_edge.faded(callout.opacity), 0.75);
    let fill = Fill::plain(style.panel.faded(0.96));
    let mark = Rect::new(rect.min[0] + INSET, rect.min[1], 26.0, 2.5);
    let mut items = vec![
        Item::Box { rect, radius_points: 3.0, fill, stroke: Some(edge) },
        Item::Box { rect: mark, radius_points: 0.0, fill: Fill::plain(color.faded(callout.opacity)), stroke: None },
    ];
    let mut y = rect.min[1] + INSET;
    for row in rows(callout) {
        y += row.gap;
        let color = if row.quiet { style.quiet_ink } else { style.ink };
        for line in row.lines {
            items.push(words(
                line,
                [rect.min[0] + INSET, y + row.size * LINE_HEIGHT / 2.0],
                row.face,
                row.size,
                color.faded(callout.opacity),
            ));
            y += row.size * LINE_HEIGHT;
        }
    }
    if let Some(row) = callout.accounts {
        let at = [row.min[0], row.middle()[1]];
        items.push(words(ACCOUNTS, at, Face::Medium, callout.letters(PARTIES_SIZE), style.accent.faded(callout.opacity)));
    }
    items
}

fn words(text: &str, at: At, face: Face, size_points: f32, color: Rgba) -> Item {
    Item::Text(Text::line(text, at, face, size_points, color))
}

#[cfg(test)]
mod tests {
    use super::super::writing::FAINTEST;
    use crate::scene::{Style, Theme};

    #[test]
    fn what_is_uncertain_is_still_read() {
        for theme in Theme::ALL {
            let style = Style::new(theme);
            let seen = style.panel.mixed(style.quiet_ink, FAINTEST);
            assert!(seen.contrast(style.panel) >= 4.5, "{theme:?}: {}", seen.contrast(style.panel));
        }
    }
}
