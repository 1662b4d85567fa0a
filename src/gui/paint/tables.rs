//! A land's style as the small tables that the shaders read: see `map.wgsl`.

use super::{
    chains::{Nodes, Phase},
    ground::SHEET_UNITS,
    level::LevelBuffers,
};
use crate::{
    model::borders::LineClass,
    scene::{Dash, Fill, Rgba, Stroke, Style, WorldLayer},
};

/// Every table is so many texels wide.
pub(super) const TABLE_WIDTH: usize = 1024;
/// Base, three stripes, and how many of the stripes count.
#[cfg(test)]
const TEXELS_PER_FILL: usize = 5;
/// Classes of lines; the last in use is the edge of the world.
pub(super) const CLASSES: usize = 14;
const OUTLINE: usize = 13;

/// A stroke as the shader has it: colour, then half width, soft reach and whether it lies above others, then the dashes; lengths in pixels.
pub(super) type StrokeNumbers = [[f32; 4]; 3];

/// The number of a class in the shader's table of strokes.
const fn number(class: LineClass) -> usize {
    match class {
        LineClass::Absent => 0,
        LineClass::Coast => 1,
        LineClass::Minor => 2,
        LineClass::Internal => 3,
        LineClass::Agreed => 4,
        LineClass::DeFacto => 5,
        LineClass::Claimed => 6,
        LineClass::Ceasefire => 7,
        LineClass::Breakaway => 8,
        LineClass::Road => 9,
        LineClass::Today => 10,
        LineClass::Unchanged => 11,
        LineClass::Former => 12,
    }
}

const DRAWN: [LineClass; 12] = [
    LineClass::Coast,
    LineClass::Today,
    LineClass::Unchanged,
    LineClass::Former,
    LineClass::Minor,
    LineClass::Internal,
    LineClass::Agreed,
    LineClass::DeFacto,
    LineClass::Claimed,
    LineClass::Ceasefire,
    LineClass::Breakaway,
    LineClass::Road,
];

/// True for the classes that a style draws with a rhythm: these are the disputed ones, and they lie above all others.
pub(super) fn is_strong(style: &Style, class: LineClass) -> bool {
    style.stroke(class).is_some_and(|stroke| stroke.dash != Dash::Solid)
}

/// The strokes of a style, with soft edges that reach so far, on a screen with so many pixels a point.
pub(super) fn strokes(style: &Style, soft_points: f32, pixels_per_point: f32) -> [StrokeNumbers; CLASSES] {
    let mut table = [[[0.0; 4]; 3]; CLASSES];
    for class in DRAWN {
        if let Some(stroke) = style.stroke(class) {
            table[number(class)] = stroke_numbers(&stroke, soft_points, pixels_per_point);
        }
    }
    table[OUTLINE] = stroke_numbers(&Stroke::solid(style.coast, 0.75), soft_points, pixels_per_point);
    table
}

fn stroke_numbers(stroke: &Stroke, soft_points: f32, pixels_per_point: f32) -> StrokeNumbers {
    let half_px = stroke.width_points / 2.0 * pixels_per_point;
    let mut dash = [0.0; 4];
    let pattern = stroke.dash.pattern(stroke.width_points);
    dash.iter_mut().zip(pattern.iter()).for_each(|(own, length)| *own = length * pixels_per_point);
    [
        straight(stroke.color),
        [half_px, half_px + soft_points * pixels_per_point, f32::from(u8::from(stroke.dash != Dash::Solid)), 0.0],
        dash,
    ]
}

fn straight(color: Rgba) -> [f32; 4] {
    color.0.map(|channel| f32::from(channel) / 255.0)
}

/// The fill of every unit; then those of water and page. Whole rows of [`TABLE_WIDTH`].
pub(super) fn units(layer: &WorldLayer, unit_count: usize) -> Vec<u16> {
    let water = layer.fills.len() as u16;
    let mut table = vec![water; whole_rows(unit_count + SHEET_UNITS)];
    table.iter_mut().zip(&layer.fill_of_unit).take(unit_count).for_each(|(own, fill)| *own = *fill);
    table[unit_count + 1] = water + 1;
    table
}

/// The colours of every fill, water and page last. Whole rows.
pub(super) fn palette(layer: &WorldLayer) -> Vec<[u8; 4]> {
    let sheet = [Fill::plain(layer.style.water), Fill::plain(layer.style.page)];
    let texels = layer.fills.iter().chain(&sheet).flat_map(|fill| {
        let [first, second, third] = fill.hatch.map(|color| color.0);
        [fill.base.0, first, second, third, [fill.stripes().len() as u8, fill.ground_stripes.max(1), 0, 0]]
    });
    let mut table: Vec<[u8; 4]> = texels.collect();
    table.resize(whole_rows(table.len()), [0; 4]);
    table
}

/// Class, softness and place in the rhythm of its line of every arc, the edge of the world last. Whole rows.
pub(super) fn arcs(layer: &WorldLayer, level: &LevelBuffers, nodes: &Nodes) -> Vec<u32> {
    let arc_count = level.outline() as usize;
    let mut table = vec![0; whole_rows(arc_count + 1)];
    let classes = layer.class_of_arc.iter().zip(&layer.soft_arcs).take(arc_count);
    table.iter_mut().zip(classes).for_each(|(word, (class, soft))| *word = number(*class) as u32 | u32::from(*soft) << 4);
    table[arc_count] = OUTLINE as u32;
    let is_strong = |class| is_strong(&layer.style, class);
    for Phase { arc, start, reversed } in nodes.phases(&layer.class_of_arc, &level.arc_lengths, is_strong) {
        // 26 bits for up to 4 world units: a tenth of a point at the closest look.
        let place = (f64::from(start).rem_euclid(4.0) / 4.0 * f64::from(1 << 26)) as u32;
        table[arc as usize] |= u32::from(reversed) << 5 | (place & 0x3ff_ffff) << 6;
    }
    table
}

fn whole_rows(texels: usize) -> usize {
    texels.div_ceil(TABLE_WIDTH).max(1) * TABLE_WIDTH
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Theme;

    #[test]
    fn every_class_has_a_number_of_its_own() {
        let mut numbers: Vec<usize> = DRAWN.into_iter().map(number).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=12).collect::<Vec<_>>());
        assert!(numbers.iter().all(|number| *number < OUTLINE) && OUTLINE < CLASSES);
    }

    #[test]
    fn strokes_grow_with_the_pixels() {
        let style = Style::new(Theme::Light);
        let (one, two) = (strokes(&style, 5.0, 1.0), strokes(&style, 5.0, 2.0));
        let class = number(LineClass::DeFacto);
        assert_eq!((one[class][1][0] * 2.0, one[class][2][1] * 2.0), (two[class][1][0], two[class][2][1]));
        assert_eq!(one[0], [[0.0; 4]; 3], "what is absent has no width");
    }

    #[test]
    fn water_and_page_are_the_units_after_the_last() {
        let style = Style::new(Theme::Light);
        let layer = WorldLayer {
            fill_of_unit: vec![0, 1],
            fills: vec![Fill::plain(style.land); 2],
            class_of_arc: vec![],
            soft_arcs: vec![],
            style,
        };
        assert_eq!(units(&layer, 2)[..4], [0, 1, 2, 3]);
        assert_eq!(palette(&layer)[2 * TEXELS_PER_FILL], layer.style.water.0);
        assert_eq!(palette(&layer)[3 * TEXELS_PER_FILL], layer.style.page.0);
        assert_eq!(units(&layer, 2).len(), TABLE_WIDTH);
    }
}
