//! Which colour a polity has, for its whole life: a place on a wheel of hues, assigned once so that neighbours of any date differ.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{
    color::oklch,
    style::{Rgba, Theme},
    tint::Loudness,
};
use crate::model::{AllianceId, Polities, PolityIx};

/// The committed assignment: `id number` a line. Made again by `cargo run --no-default-features --features partition --bin assign-hues`.
static ASSIGNED: LazyLock<FxHashMap<&'static str, usize>> = LazyLock::new(|| {
    let lines = include_str!("../../assets/hues.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).filter_map(|(id, number)| Some((id, number.trim().parse().ok()?))).collect()
});

/// One colour of the wheel: hue in degrees, and lightness and chroma where it is saturated in the light theme. The saturated ones keep
/// apart also for eyes that see two primaries only: they differ in lightness where hues would fall together (after Okabe and Ito, 2008).
struct Hue {
    degrees: f32,
    lightness: f32,
    chroma: f32,
}

const fn hue(degrees: f32, lightness: f32, chroma: f32) -> Hue {
    Hue { degrees, lightness, chroma }
}

const WHEEL: [Hue; 8] = [
    hue(258.0, 0.61, 0.130), // blue
    hue(62.0, 0.74, 0.140),  // orange
    hue(160.0, 0.69, 0.110), // green
    hue(340.0, 0.68, 0.130), // pink
    hue(105.0, 0.84, 0.125), // yellow
    hue(23.0, 0.59, 0.150),  // red
    hue(205.0, 0.80, 0.090), // teal
    hue(300.0, 0.50, 0.120), // violet
];

/// How many different hues there are.
pub const HUE_COUNT: usize = WHEEL.len();

/// The place on the wheel of the polity with this id, 0 to [`HUE_COUNT`] - 1. A polity that the table does not hold gets one by its name.
pub fn hue_of(id: &str) -> usize {
    assigned_hue(id).unwrap_or_else(|| by_name(id))
}

/// The place that the table holds for an id, if it does.
pub fn assigned_hue(id: &str) -> Option<usize> {
    ASSIGNED.get(id).copied().filter(|place| *place < HUE_COUNT)
}

/// FNV-1a: the same place on every machine and in every version.
fn by_name(id: &str) -> usize {
    let hash = id.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash >> 8) as usize % HUE_COUNT
}

/// The colour of a polity: one hue for its whole life, saturated or as a quiet tint.
pub fn polity_color(polities: &Polities, polity: PolityIx, theme: Theme, saturated: bool) -> Rgba {
    color(polities, polity, theme, if saturated { Loudness::Strong } else { Loudness::Quiet })
}

/// The colour of a polity at any loudness.
pub fn color(polities: &Polities, polity: PolityIx, theme: Theme, loudness: Loudness) -> Rgba {
    hue_color(hue_of(polities.at(polity).id.as_str()), theme, loudness)
}

/// The colour at a place on the wheel. On screens quiet and even tints have all the same lightness.
pub fn hue_color(place: usize, theme: Theme, loudness: Loudness) -> Rgba {
    COLORS[place % HUE_COUNT][theme as usize][loudness as usize]
}

/// Every colour of the wheel, by theme and loudness: the whole map is coloured from it whenever the date changes.
static COLORS: LazyLock<[[[Rgba; Loudness::ALL.len()]; Theme::ALL.len()]; HUE_COUNT]> =
    LazyLock::new(|| WHEEL.each_ref().map(|hue| Theme::ALL.map(|theme| Loudness::ALL.map(|loudness| tint(hue, theme, loudness)))));

/// On paper even quiet lands differ in lightness, by what the saturated colours do.
fn tint(hue: &Hue, theme: Theme, loudness: Loudness) -> Rgba {
    let (lightness, chroma) = match (loudness, theme) {
        (Loudness::Strong, Theme::Light | Theme::Print) => (hue.lightness, hue.chroma),
        (Loudness::Strong, Theme::Dark) => (hue.lightness - 0.04, hue.chroma * 0.95),
        (Loudness::Strong, Theme::HighContrast) => (hue.lightness + 0.02, hue.chroma * 1.15),
        (Loudness::Clear, Theme::Light) => (0.44 * hue.lightness + 0.525, hue.chroma * 0.54),
        (Loudness::Clear, Theme::Dark) => (0.36 * hue.lightness + 0.215, hue.chroma * 0.68),
        (Loudness::Clear, Theme::HighContrast) => (0.7 * hue.lightness + 0.32, hue.chroma * 0.95),
        (Loudness::Clear, Theme::Print) => (0.6 * hue.lightness + 0.38, hue.chroma * 0.6),
        (Loudness::Even, Theme::Light) => (0.915, 0.040),
        (Loudness::Even, Theme::Dark) => (0.40, 0.042),
        (Loudness::Even, Theme::HighContrast) => (0.45 * hue.lightness + 0.565, hue.chroma * 0.7),
        (Loudness::Even, Theme::Print) => (0.5 * hue.lightness + 0.53, hue.chroma * 0.35),
        (Loudness::Quiet, Theme::Light) => (0.950, 0.011),
        (Loudness::Quiet, Theme::Dark) => (0.330, 0.010),
        (Loudness::Quiet, Theme::HighContrast) => (0.965, 0.008),
        (Loudness::Quiet, Theme::Print) => (0.985, 0.004),
    };
    oklch(lightness, chroma, hue.degrees)
}

/// The colours of alliances that everybody expects, and a place by name for the rest.
const ALLIANCES: [(&str, usize); 6] = [("nato", 0), ("warsaw-pact", 5), ("csto", 5), ("eu", 4), ("seato", 2), ("anzus", 3)];

/// The place on the wheel of an alliance that is shown alone.
fn alliance_hue(alliance: &AllianceId) -> usize {
    let known = ALLIANCES.iter().find(|(id, _)| *id == alliance.as_str());
    known.map_or_else(|| by_name(alliance.as_str()), |(_, place)| *place)
}

/// The places of alliances that are shown together, no two the same as long as the wheel has free ones: the colours that everybody expects first,
/// then each its own if it is free, else the next that is.
pub fn alliance_hues(shown: &[AllianceId]) -> Vec<usize> {
    let is_expected = |alliance: &AllianceId| ALLIANCES.iter().any(|(id, _)| *id == alliance.as_str());
    let mut places = vec![None; shown.len()];
    let mut taken = [false; HUE_COUNT];
    for expected in [true, false] {
        for (place, alliance) in places.iter_mut().zip(shown).filter(|(_, alliance)| is_expected(alliance) == expected) {
            let own = alliance_hue(alliance);
            let free = (0..HUE_COUNT).map(|step| (own + step) % HUE_COUNT).find(|candidate| !taken[*candidate]).unwrap_or(own);
            taken[free] = true;
            *place = Some(free);
        }
    }
    places.into_iter().map(Option::unwrap_or_default).collect()
}

/// The colour of an alliance that is shown alone: between saturated and even, so that a world of alliances can still be read.
pub fn alliance_color(alliance: &AllianceId, theme: Theme) -> Rgba {
    alliance_hue_color(alliance_hue(alliance), theme)
}

/// The colour of an alliance at a place on the wheel.
pub fn alliance_hue_color(place: usize, theme: Theme) -> Rgba {
    let hue = &WHEEL[place % HUE_COUNT];
    match theme {
        Theme::Light | Theme::Print => oklch(0.4 * hue.lightness + 0.53, hue.chroma * 0.66, hue.degrees),
        Theme::HighContrast => oklch(0.5 * hue.lightness + 0.46, hue.chroma * 0.95, hue.degrees),
        Theme::Dark => oklch(0.4 * hue.lightness + 0.20, hue.chroma * 0.68, hue.degrees),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Without the cones for long, middle and short waves; and with all of them.
    const EYES: [(&str, [[f32; 3]; 3]); 4] = [
        ("protanopia", [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]]),
        ("deuteranopia", [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_82, 0.042_94, 0.968_881]]),
        ("tritanopia", [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_9]]),
        ("full sight", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ];

    #[test]
    fn alliances_shown_together_have_colours_of_their_own() {
        let ids: Vec<AllianceId> =
            ["arab-league", "nato", "rio-treaty", "warsaw-pact", "csto", "seato", "cento", "anzus"].map(AllianceId::from).to_vec();
        let places = alliance_hues(&ids);
        assert_eq!(places.iter().collect::<std::collections::HashSet<_>>().len(), ids.len());
        assert_eq!(places[1], 0, "NATO is blue");
        assert_eq!(alliance_hues(&ids[1..2]), [0]);
    }

    #[test]
    fn parties_can_be_told_apart_by_all_eyes_in_every_theme() {
        for theme in Theme::ALL {
            for loudness in [Loudness::Strong, Loudness::Clear] {
                for (eyes, matrix) in EYES {
                    for (one, other) in (0..HUE_COUNT).flat_map(|one| (0..one).map(move |other| (one, other))) {
                        let [a, b] = [one, other].map(|place| hue_color(place, theme, loudness).seen_through(matrix));
                        // Below 0.02 nobody sees a difference; lines between them are drawn besides.
                        let least = if loudness == Loudness::Strong { 0.045 } else { 0.03 };
                        assert!(
                            a.difference(b) >= least,
                            "{theme} {loudness:?}, {eyes}: places {one} and {other} differ by {}",
                            a.difference(b)
                        );
                    }
                }
            }
        }
    }
}
