//! Hatches as stripes inside the area: real lines, which print as sharp as the printer can, where the tiles of a pattern would show their seams.

use std::f32::consts::SQRT_2;

use krilla::geom::Path;

use super::painter::{Painter, path};
use crate::scene::{
    Fill, Rect, Rgba, Stroke,
    item::{At, STRIPE_POINTS},
};

/// Fills an area, striped where its fill is.
pub(super) fn fill_area(painter: &mut Painter, area: &Option<Path>, bounds: &Rect, fill: &Fill) {
    if fill.hatch_count == 0 {
        return painter.filled(area, fill.base);
    }
    let Some(inside) = area else { return };
    // An opaque ground is laid whole, so that no paper shines through between stripes.
    let is_opaque = fill.base.0[3] == 255;
    if is_opaque {
        painter.filled(area, fill.base);
    }
    let bands = fill.bands();
    painter.within(inside, |painter| {
        for (band, color) in bands.iter().enumerate().filter(|(_, color)| !is_opaque || **color != fill.base) {
            painter.stroked(&path(&stripes(bounds, band, bands.len()), false), &stripe(*color));
        }
    });
}

fn stripe(color: Rgba) -> Stroke {
    Stroke::solid(color, STRIPE_POINTS)
}

/// The middle lines of every stripe of a band over a box, at 45 degrees and counted from the origin, as SVG and PNG have them.
fn stripes(bounds: &Rect, band: usize, bands: usize) -> Vec<Vec<At>> {
    let ([left, top], [right, bottom]) = (bounds.min, bounds.max);
    let period = STRIPE_POINTS * bands as f32;
    let first_middle = STRIPE_POINTS * (band as f32 + 0.5);
    let [nearest, furthest] = [(left + top) / SQRT_2, (right + bottom) / SQRT_2];
    let first = ((nearest - first_middle) / period).floor() as i32;
    let last = ((furthest - first_middle) / period).ceil() as i32;
    let line = |count: i32| {
        let across = first_middle + period * count as f32;
        // How far along the stripe the box begins and ends.
        let from = (across - SQRT_2 * right).max(SQRT_2 * top - across) - STRIPE_POINTS;
        let to = (across - SQRT_2 * left).min(SQRT_2 * bottom - across) + STRIPE_POINTS;
        let at = |along: f32| [(across - along) / SQRT_2, (across + along) / SQRT_2];
        (from < to).then(|| vec![at(from), at(to)])
    };
    (first..=last).filter_map(line).collect()
}

/// The box round rings.
pub(super) fn bounds(rings: &[Vec<At>]) -> Rect {
    let mut points = rings.iter().flatten();
    let first = points.next().copied().unwrap_or_default();
    points.fold(Rect { min: first, max: first }, |all, at| all.union(&Rect { min: *at, max: *at }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which band the pattern of the SVG has at a place: the turned x axis in stripes.
    fn band_at(at: At, bands: usize) -> usize {
        (((at[0] + at[1]) / SQRT_2) / STRIPE_POINTS).floor().rem_euclid(bands as f32) as usize
    }

    #[test]
    fn stripes_lie_where_the_svg_has_them_and_cover_the_box() {
        let bounds = Rect::new(-20.0, 35.0, 120.0, 60.0);
        let all: Vec<Vec<Vec<At>>> = (0..3).map(|band| stripes(&bounds, band, 3)).collect();
        for x in [-19.0, 0.5, 40.0, 99.0] {
            for y in [36.0, 60.5, 94.0] {
                let near = |lines: &Vec<Vec<At>>| {
                    lines.iter().any(|line| {
                        let across = (line[0][0] + line[0][1]) / SQRT_2;
                        let within = (x - line[0][0]) * (x - line[1][0]) <= 0.0 || (y - line[0][1]) * (y - line[1][1]) <= 0.0;
                        ((x + y) / SQRT_2 - across).abs() <= STRIPE_POINTS / 2.0 && within
                    })
                };
                let found: Vec<usize> = (0..3).filter(|band| near(&all[*band])).collect();
                assert_eq!(found, [band_at([x, y], 3)], "at {x} {y}");
            }
        }
    }
}
