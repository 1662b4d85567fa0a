//! The colour of each polity in one look: the focus saturated, the rest receding.

use super::{
    hues,
    look::Look,
    style::{Rgba, Theme},
};
use crate::model::{Atlas, PolityIx};

/// How loudly a polity is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Loudness {
    /// In focus: the only saturated thing on the map.
    Strong,
    /// Nobody is in focus: an even political map.
    Even,
    /// Somebody else is in focus.
    Quiet,
}

/// Gives every polity its colour in one look.
#[derive(Clone, Debug)]
pub struct Tints<'a> {
    atlas: &'a Atlas,
    theme: Theme,
    focus: &'a [PolityIx],
}

impl<'a> Tints<'a> {
    /// The colours of a look.
    pub fn new(atlas: &'a Atlas, look: &'a Look) -> Self {
        Self { atlas, theme: look.theme, focus: &look.focus }
    }

    /// The colour of a polity.
    pub fn of(&self, polity: PolityIx) -> Rgba {
        hues::color(&self.atlas.polities, polity, self.theme, self.loudness(polity))
    }

    /// How loudly a polity is coloured.
    pub fn loudness(&self, polity: PolityIx) -> Loudness {
        match () {
            () if self.focus.is_empty() => Loudness::Even,
            () if self.focus.contains(&polity) => Loudness::Strong,
            () => Loudness::Quiet,
        }
    }
}
