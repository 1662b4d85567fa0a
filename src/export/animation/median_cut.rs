//! Few colours for many: boxes of colours are cut in two, the one that errs most first, where what is left errs least.
//!
//! Sources: P. Heckbert, "Color image quantization for frame buffer display", SIGGRAPH 1982; the choice of box and place by their error is that of
//! X. Wu, "Efficient statistical computations for optimal color quantization", Graphics Gems II, 1991.

/// A colour, `0xRRGGBB`, and how many pixels have it.
pub(super) type Counted = (u32, u64);

/// At most `most` colours that stand for those that are given, each the mean of some of them by count. All of them where there are no more than `most`.
pub(super) fn few_for(colors: &[Counted], most: usize) -> Vec<u32> {
    if colors.len() <= most {
        return colors.iter().map(|(color, _)| *color).collect();
    }
    let mut boxes = vec![ColorBox::new(colors.to_vec())];
    while boxes.len() < most {
        // Of several that err alike the first, so that the outcome hangs on nothing but the colours.
        let worst = (0..boxes.len())
            .rev()
            .filter(|index| boxes[*index].colors.len() > 1)
            .max_by(|a, b| boxes[*a].error.total_cmp(&boxes[*b].error));
        let Some(worst) = worst else { break };
        let (low, high) = boxes.swap_remove(worst).cut();
        boxes.extend([low, high]);
    }
    boxes.iter().map(ColorBox::mean).collect()
}

/// Red, green and blue of a colour.
pub(super) fn channels(color: u32) -> [u8; 3] {
    let [_, red, green, blue] = color.to_be_bytes();
    [red, green, blue]
}

/// Some of the colours.
struct ColorBox {
    /// Never empty.
    colors: Vec<Counted>,
    /// The axis along which they differ most.
    axis: usize,
    /// The sum of the squared distances of all pixels from their mean.
    error: f64,
}

impl ColorBox {
    fn new(colors: Vec<Counted>) -> Self {
        let (mut pixels, mut sums, mut squares) = (0.0, [0.0; 3], [0.0; 3]);
        for (color, count) in &colors {
            let count = *count as f64;
            pixels += count;
            for (axis, value) in channels(*color).into_iter().enumerate() {
                sums[axis] += count * f64::from(value);
                squares[axis] += count * f64::from(value).powi(2);
            }
        }
        let spread = [0, 1, 2].map(|axis: usize| squares[axis] - sums[axis].powi(2) / pixels);
        let axis = (1..3).fold(0, |widest, axis| if spread[axis] > spread[widest] { axis } else { widest });
        Self { colors, axis, error: spread.iter().sum() }
    }

    /// The colours on either side of the place along the axis where both sides together err least along it: where the sum of squared sums over counts
    /// is largest.
    fn cut(self) -> (Self, Self) {
        let axis = self.axis;
        let value = |(color, _): &Counted| channels(*color)[axis];
        let mut sorted = self.colors;
        sorted.sort_by_key(|counted| (value(counted), counted.0));
        let part = |counted: &Counted| (counted.1 as f64, counted.1 as f64 * f64::from(value(counted)));
        let (pixels, sum) = sorted.iter().map(part).fold((0.0, 0.0), |all, one| (all.0 + one.0, all.1 + one.1));
        let (mut best, mut at, mut low) = (f64::NEG_INFINITY, sorted.len() / 2, (0.0, 0.0));
        for (index, counted) in sorted.iter().enumerate().take(sorted.len() - 1) {
            let (count, weight) = part(counted);
            low = (low.0 + count, low.1 + weight);
            let gain = low.1.powi(2) / low.0 + (sum - low.1).powi(2) / (pixels - low.0);
            // Colours that are alike along the axis stay together.
            if gain > best && value(counted) != value(&sorted[index + 1]) {
                (best, at) = (gain, index + 1);
            }
        }
        let high = sorted.split_off(at);
        (Self::new(sorted), Self::new(high))
    }

    fn mean(&self) -> u32 {
        let pixels: u64 = self.colors.iter().map(|(_, count)| count).sum();
        let sum = |axis: usize| self.colors.iter().map(|(color, count)| u64::from(channels(*color)[axis]) * count).sum::<u64>();
        let [red, green, blue] = [0, 1, 2].map(|axis| ((sum(axis) + pixels / 2) / pixels) as u8);
        u32::from_be_bytes([0, red, green, blue])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_colors_are_kept_and_groups_of_many_found() {
        let few = [(0x0000_00ff, 3), (0x00ff_0000, 1)];
        assert_eq!(few_for(&few, 2), [0x0000_00ff, 0x00ff_0000]);
        let groups: Vec<Counted> = (0..30).map(|step| ([0x0010_1010, 0x00e0_2020, 0x0020_20e0][step % 3] + step as u32 / 3, 5)).collect();
        let mut found = few_for(&groups, 3);
        found.sort_unstable();
        assert_eq!(found.iter().map(|color| color >> 8).collect::<Vec<_>>(), [0x1010, 0x2020, 0xe020]);
    }

    #[test]
    fn what_many_pixels_have_weighs_more() {
        let colors = [(0x0000_0000, 1000), (0x0002_0202, 1000), (0x0040_4040, 1)];
        let found = few_for(&colors, 2);
        assert!(found.contains(&0x0001_0101) || found.contains(&0x0040_4040), "{found:x?}");
    }
}
