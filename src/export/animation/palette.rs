//! The palette of one picture of a GIF: the colours that its scene names as they are, and the best few for what lies between them.

use std::collections::HashMap;

use super::median_cut::{Counted, channels, few_for};

/// The most colours of a palette; one more place is for what does not change.
pub(super) const MOST_COLORS: usize = 255;
/// The most places for the colours that a scene names, where not all colours find one: the rest is for edges of letters.
const MOST_FLAT: usize = 192;

/// How many pixels have each colour.
#[derive(Default)]
pub(super) struct Histogram {
    counts: HashMap<u32, u64>,
    /// The colour of the last pixels and how many those were: neighbours mostly agree.
    run: Counted,
}

impl Histogram {
    /// One pixel more of a colour.
    pub(super) fn add(&mut self, color: u32) {
        if self.run.0 != color {
            self.flush();
            self.run = (color, 0);
        }
        self.run.1 += 1;
    }

    fn flush(&mut self) {
        let (color, count) = self.run;
        if count > 0 {
            *self.counts.entry(color).or_default() += count;
        }
    }

    /// The colours with their counts, the most frequent first.
    fn counted(mut self) -> Vec<Counted> {
        self.flush();
        let mut counted: Vec<Counted> = self.counts.into_iter().collect();
        counted.sort_unstable_by_key(|(color, count)| (std::cmp::Reverse(*count), *color));
        counted
    }
}

/// At most [`MOST_COLORS`] colours, and which of them stands for which colour of the picture.
pub(super) struct Palette {
    colors: Vec<u32>,
    places: HashMap<u32, u8>,
}

impl Palette {
    /// For what is in a picture. `flat` are the colours that its scene names, sorted.
    pub(super) fn new(histogram: Histogram, flat: &[u32]) -> Self {
        let counted = histogram.counted();
        let colors = chosen(&counted, flat);
        let exact: HashMap<u32, u8> = colors.iter().zip(0..=u8::MAX).map(|(color, place)| (*color, place)).collect();
        let place = |color: u32| exact.get(&color).copied().unwrap_or_else(|| nearest(&colors, color));
        let places = counted.iter().map(|(color, _)| (*color, place(*color))).collect();
        Self { colors, places }
    }

    /// How many colours it holds.
    pub(super) fn len(&self) -> usize {
        self.colors.len()
    }

    /// The place of a colour that was in the histogram.
    pub(super) fn place(&self, color: u32) -> u8 {
        self.places.get(&color).copied().unwrap_or_default()
    }

    /// Red, green and blue of each colour in turn.
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.colors.iter().flat_map(|color| channels(*color)).collect()
    }
}

/// All colours where they find room; else those of the scene by how much is seen of them, and the best few for all others.
fn chosen(counted: &[Counted], flat: &[u32]) -> Vec<u32> {
    if counted.len() <= MOST_COLORS {
        return counted.iter().map(|(color, _)| *color).collect();
    }
    let is_flat = |color: &u32| flat.binary_search(color).is_ok();
    let mut colors: Vec<u32> = counted.iter().map(|(color, _)| *color).filter(is_flat).take(MOST_FLAT).collect();
    let others: Vec<Counted> = counted.iter().filter(|(color, _)| !colors.contains(color)).copied().collect();
    colors.extend(few_for(&others, MOST_COLORS - colors.len()));
    colors
}

/// The place of the colour nearest to one, by squares with the eye's weights (green counts most).
fn nearest(colors: &[u32], color: u32) -> u8 {
    let wanted = channels(color).map(i32::from);
    let distance = |other: &u32| {
        let other = channels(*other).map(i32::from);
        let [red, green, blue] = [0, 1, 2].map(|axis| (wanted[axis] - other[axis]).pow(2));
        3 * red + 6 * green + blue
    };
    colors.iter().zip(0..=u8::MAX).min_by_key(|(other, _)| distance(other)).map_or(0, |(_, place)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn palette(colors: impl IntoIterator<Item = (u32, usize)>, flat: &[u32]) -> Palette {
        let mut histogram = Histogram::default();
        colors.into_iter().for_each(|(color, count)| (0..count).for_each(|_| histogram.add(color)));
        Palette::new(histogram, flat)
    }

    #[test]
    fn up_to_255_colors_are_exact() {
        let palette = palette((0..255).map(|step| ((step * 0x0001_0305) & 0x00ff_ffff, 1 + step as usize)), &[]);
        assert_eq!(palette.len(), 255);
        for step in 0..255 {
            let color = (step * 0x0001_0305) & 0x00ff_ffff;
            assert_eq!(palette.colors[usize::from(palette.place(color))], color);
        }
    }

    #[test]
    fn among_thousands_those_of_the_scene_stay_exact_and_no_other_is_far_off() {
        let flat = [0x0012_3456, 0x00fe_dcba];
        let edges = (0..5000_u32).map(|step| (u32::from_be_bytes([0, (step % 256) as u8, (step / 20) as u8, 128]), 3));
        // Rarer than any edge, and yet exact.
        let palette = palette(edges.clone().chain(flat.map(|color| (color, 1))), &flat);
        assert_eq!(palette.len(), MOST_COLORS);
        for color in flat {
            assert_eq!(palette.colors[usize::from(palette.place(color))], color);
        }
        for (color, _) in edges {
            let stand_in = palette.colors[usize::from(palette.place(color))];
            let off = channels(color).into_iter().zip(channels(stand_in)).map(|(a, b)| a.abs_diff(b)).max().unwrap();
            assert!(off < 20, "{color:06x} became {stand_in:06x}");
        }
    }
}
