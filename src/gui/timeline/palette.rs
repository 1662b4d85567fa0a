//! The colours of the dock, the charts and the event list, taken from the theme.

use eframe::egui::{Color32, FontFamily, FontId};

pub use crate::gui::paint::items::color32 as color;
use crate::{
    model::event::EventFamily,
    scene::style::{Rgba, Style, Theme},
};

/// Colours and faces of everything that shows time.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelinePalette {
    /// Which theme it is.
    pub theme: Theme,
    /// The ground.
    pub surface: Color32,
    /// Text and strong lines.
    pub ink: Color32,
    /// Text and lines of lesser things.
    pub quiet_ink: Color32,
    /// The playhead and selection, and nothing else.
    pub accent: Color32,
    /// What stands on the accent.
    pub on_accent: Color32,
    /// Hairlines.
    pub grid: Color32,
    /// The families of events, in the order of [`EventFamily::ALL`].
    pub families: [Color32; 7],
    /// The face of the date and of names.
    pub strong: FontFamily,
}

impl TimelinePalette {
    /// The palette of a style. `strong` is the family that the window registered for its half-bold face; [`FontFamily::Proportional`] will do.
    pub fn from_style(style: &Style, strong: FontFamily) -> Self {
        Self {
            theme: style.theme,
            surface: color(style.panel),
            ink: color(style.ink),
            quiet_ink: color(style.quiet_ink),
            accent: color(style.accent),
            on_accent: color(style.panel),
            grid: color(style.panel_edge),
            families: EventFamily::ALL.map(|family| color(style.family(family))),
            strong,
        }
    }

    /// The colour of a family of events.
    pub fn family(&self, family: EventFamily) -> Color32 {
        let place = EventFamily::ALL.iter().position(|own| *own == family);
        place.map_or(self.quiet_ink, |place| self.families[place])
    }

    /// The half-bold face at a size in points.
    pub fn strong(&self, size_points: f32) -> FontId {
        FontId::new(size_points, self.strong.clone())
    }

    /// The ground, mixed with so much ink, 0 to 1: hovers, soft silhouettes.
    pub fn tint(&self, share: f32) -> Color32 {
        self.surface.lerp_to_gamma(self.ink, share)
    }

    /// Ink or paper, whichever is easier to read on a colour.
    pub fn text_on(&self, ground: Color32) -> Color32 {
        let straight = |color: Color32| Rgba::rgb(color.r(), color.g(), color.b());
        let (one, other) = (straight(self.ink), straight(self.surface));
        if one.contrast(straight(ground)) >= other.contrast(straight(ground)) { self.ink } else { self.surface }
    }
}

/// The plain face at a size in points.
pub fn plain(size_points: f32) -> FontId {
    FontId::proportional(size_points)
}
