//! The colour of each polity in one look: the focus saturated, the rest receding.

use super::{
    hues,
    look::{Coloring, Look},
    style::{Rgba, Style, Theme},
};
use crate::model::{AllianceId, Atlas, PolityIx};

/// How loudly a polity is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Loudness {
    /// Contested by those in focus: the most saturated thing on the map.
    Strong,
    /// Land of those in focus.
    Clear,
    /// Nobody is in focus: an even political map.
    Even,
    /// Somebody else is in focus, or alliances are.
    Quiet,
}

impl Loudness {
    /// All of them, loudest first, as they are declared.
    pub const ALL: [Self; 4] = [Self::Strong, Self::Clear, Self::Even, Self::Quiet];
}

/// Gives every polity its colour in one look.
#[derive(Clone, Debug)]
pub struct Tints<'a> {
    atlas: &'a Atlas,
    theme: Theme,
    focus: &'a [PolityIx],
    /// The alliances that are shown, with their places on the wheel of hues.
    alliances: Vec<(&'a AllianceId, usize)>,
    /// Whether alliances are what the map is about.
    shows_alliances: bool,
    /// Whether disputes alone are.
    shows_disputes: bool,
}

impl<'a> Tints<'a> {
    /// The colours of a look.
    pub fn new(atlas: &'a Atlas, look: &'a Look) -> Self {
        Self {
            atlas,
            theme: look.theme,
            focus: &look.focus,
            alliances: look.alliances.iter().zip(hues::alliance_hues(&look.alliances)).collect(),
            shows_alliances: look.layers.alliances.visible && !look.alliances.is_empty(),
            shows_disputes: look.coloring == Coloring::Disputes,
        }
    }

    /// The colour of a polity's land.
    pub fn of(&self, polity: PolityIx) -> Rgba {
        hues::color(&self.atlas.polities, polity, self.theme, self.loudness(polity))
    }

    /// The land of a constituent part of a polity: a shade between the two, paler than either. That of the whole where both have the same hue.
    pub fn of_part(&self, whole: PolityIx, part: PolityIx) -> Rgba {
        let (whole, part) = (self.of(whole), self.of(part));
        if whole == part { whole } else { whole.mixed(part, 0.55).mixed(Style::new(self.theme).land, 0.2) }
    }

    /// The ground of contested land, in the colour of who controls it: hardly louder than the rest of its land, so that a name can be read on it.
    pub fn contested_ground(&self, polity: PolityIx) -> Rgba {
        self.contested(polity, 0.25)
    }

    /// The stripes of who claims it: louder than its land.
    pub fn contested_stripe(&self, polity: PolityIx) -> Rgba {
        self.contested(polity, 0.65)
    }

    /// So much of the way, 0 to 1, from the colour of its land to the next louder one.
    fn contested(&self, polity: PolityIx, share: f32) -> Rgba {
        if self.shows_disputes {
            return hues::color(&self.atlas.polities, polity, self.theme, Loudness::Strong);
        }
        let louder = match self.loudness(polity) {
            Loudness::Strong | Loudness::Clear => Loudness::Strong,
            Loudness::Even => Loudness::Clear,
            Loudness::Quiet => Loudness::Even,
        };
        self.of(polity).mixed(hues::color(&self.atlas.polities, polity, self.theme, louder), share)
    }

    /// The colour of an alliance's members: quiet where somebody is in focus.
    pub fn alliance(&self, alliance: &AllianceId) -> Rgba {
        let shown = self.alliances.iter().find(|(id, _)| *id == alliance);
        let color =
            shown.map_or_else(|| hues::alliance_color(alliance, self.theme), |(_, place)| hues::alliance_hue_color(*place, self.theme));
        if self.focus.is_empty() { color } else { color.mixed(Style::new(self.theme).land, 0.45) }
    }

    /// How loudly a polity is coloured.
    pub fn loudness(&self, polity: PolityIx) -> Loudness {
        match () {
            () if self.focus.contains(&polity) => Loudness::Clear,
            () if self.focus.is_empty() && !self.shows_alliances && !self.shows_disputes => Loudness::Even,
            () => Loudness::Quiet,
        }
    }
}
