//! Colours as numbers: sRGB for whoever paints, OKLCH for choosing them.
//!
//! OKLCH is the polar form of Oklab (Björn Ottosson, "A perceptual color space for image processing", 2020): equal lightness in it looks
//! equally light, which is what lets the world recede evenly behind the parties of a dispute.

/// A colour in straight (not premultiplied) sRGB: red, green, blue, alpha, each 0 to 255.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rgba(pub [u8; 4]);

impl Rgba {
    /// An opaque colour.
    pub const fn rgb(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue, 255])
    }

    /// The same colour with its alpha times `share`, which is clamped to 0..=1.
    pub fn faded(self, share: f32) -> Self {
        let [red, green, blue, alpha] = self.0;
        Self([red, green, blue, (f32::from(alpha) * share.clamp(0.0, 1.0)).round() as u8])
    }

    /// An opaque colour between this (0) and `other` (1), mixed in Oklab so that no muddy grey lies between.
    pub fn mixed(self, other: Self, share: f32) -> Self {
        let (from, to) = (Oklab::from(self), Oklab::from(other));
        let at = |a: f32, b: f32| a + (b - a) * share.clamp(0.0, 1.0);
        Oklab { lightness: at(from.lightness, to.lightness), a: at(from.a, to.a), b: at(from.b, to.b) }.into()
    }

    /// Lightness as the eye sees it, 0 black to 1 white (Oklab); alpha does not count.
    pub fn lightness(self) -> f32 {
        Oklab::from(self).lightness
    }

    /// Contrast of two opaque colours by WCAG 2.2: 1 for the same, 21 for black on white.
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        a.max(b) / a.min(b)
    }

    /// How different two colours look: distance in Oklab, 0 the same, 1 black to white; below 0.02 nobody sees it.
    pub fn difference(self, other: Self) -> f32 {
        let (p, q) = (Oklab::from(self), Oklab::from(other));
        ((p.lightness - q.lightness).powi(2) + (p.a - q.a).powi(2) + (p.b - q.b).powi(2)).sqrt()
    }

    /// `#rrggbb`, without the alpha.
    pub fn hex(self) -> String {
        let [red, green, blue, _] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// Alpha, 0 to 1.
    pub fn opacity(self) -> f32 {
        f32::from(self.0[3]) / 255.0
    }

    fn luminance(self) -> f32 {
        let [red, green, blue] = linear(self);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

/// An opaque colour by lightness 0 to 1, chroma 0 (grey) to about 0.3, and hue in degrees. What sRGB cannot show loses chroma, never
/// lightness or hue.
pub fn oklch(lightness: f32, chroma: f32, hue_deg: f32) -> Rgba {
    let (sin, cos) = hue_deg.to_radians().sin_cos();
    let mut chroma = chroma;
    loop {
        let lab = Oklab { lightness, a: chroma * cos, b: chroma * sin };
        let channels = lab.to_linear();
        if chroma < 0.001 || channels.iter().all(|channel| (-0.0005..=1.0005).contains(channel)) {
            return lab.into();
        }
        chroma *= 0.96;
    }
}

#[derive(Clone, Copy)]
struct Oklab {
    lightness: f32,
    a: f32,
    b: f32,
}

impl Oklab {
    fn to_linear(self) -> [f32; 3] {
        let l = (self.lightness + 0.396_337_78 * self.a + 0.215_803_76 * self.b).powi(3);
        let m = (self.lightness - 0.105_561_346 * self.a - 0.063_854_17 * self.b).powi(3);
        let s = (self.lightness - 0.089_484_18 * self.a - 1.291_485_5 * self.b).powi(3);
        [
            4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s,
            -1.268_438 * l + 2.609_757_4 * m - 0.341_319_38 * s,
            -0.004_196_086 * l - 0.703_418_6 * m + 1.707_614_7 * s,
        ]
    }
}

impl From<Rgba> for Oklab {
    fn from(color: Rgba) -> Self {
        let [red, green, blue] = linear(color);
        let l = (0.412_221_46 * red + 0.536_332_55 * green + 0.051_445_995 * blue).cbrt();
        let m = (0.211_903_5 * red + 0.680_699_5 * green + 0.107_396_96 * blue).cbrt();
        let s = (0.088_302_46 * red + 0.281_718_85 * green + 0.629_978_7 * blue).cbrt();
        Self {
            lightness: 0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
            a: 1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
            b: 0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
        }
    }
}

impl From<Oklab> for Rgba {
    fn from(lab: Oklab) -> Self {
        let [red, green, blue] = lab.to_linear().map(|channel| {
            let channel = channel.clamp(0.0, 1.0);
            let encoded = if channel <= 0.003_130_8 { channel * 12.92 } else { 1.055 * channel.powf(1.0 / 2.4) - 0.055 };
            (encoded * 255.0).round() as u8
        });
        Self::rgb(red, green, blue)
    }
}

fn linear(color: Rgba) -> [f32; 3] {
    let [red, green, blue, _] = color.0;
    [red, green, blue].map(|channel| {
        let channel = f32::from(channel) / 255.0;
        if channel <= 0.040_45 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    })
}

#[cfg(test)]
impl Rgba {
    /// The colour as eyes see it that lack one kind of cones, by its matrix in linear sRGB: G. M. Machado, M. M. Oliveira and L. A. F. Fernandes,
    /// "A physiologically-based model for simulation of color vision deficiency", IEEE TVCG 15:6 (2009), severity 1.
    pub fn seen_through(self, matrix: [[f32; 3]; 3]) -> Self {
        let from = linear(self);
        let [red, green, blue] = matrix.map(|row| (0..3).map(|channel| row[channel] * from[channel]).sum::<f32>()).map(|channel| {
            let channel = channel.clamp(0.0, 1.0);
            let encoded = if channel <= 0.003_130_8 { channel * 12.92 } else { 1.055 * channel.powf(1.0 / 2.4) - 0.055 };
            (encoded * 255.0).round() as u8
        });
        Self::rgb(red, green, blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_colours_come_out_as_published() {
        // Ottosson's table: Oklab lightness of sRGB red is 0.628, its hue 29.2 degrees, its chroma 0.258.
        assert!((Rgba::rgb(255, 0, 0).lightness() - 0.628).abs() < 0.001);
        assert!(oklch(0.627_955, 0.257_683, 29.234).difference(Rgba::rgb(255, 0, 0)) < 0.01);
        assert_eq!(oklch(1.0, 0.0, 0.0), Rgba::rgb(255, 255, 255));
        assert_eq!(oklch(0.0, 0.0, 0.0), Rgba::rgb(0, 0, 0));
    }

    #[test]
    fn what_cannot_be_shown_keeps_its_lightness() {
        for hue in (0..360).step_by(15) {
            assert!((oklch(0.9, 0.4, hue as f32).lightness() - 0.9).abs() < 0.01);
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((Rgba::rgb(0, 0, 0).contrast(Rgba::rgb(255, 255, 255)) - 21.0).abs() < 0.01);
    }
}
