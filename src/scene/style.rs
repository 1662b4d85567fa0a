//! How things look: themes, strokes, and the colours of everything that is no polity.

use std::{fmt, ops::Deref, str::FromStr};

use thiserror::Error;

pub use super::color::Rgba;
use super::color::oklch;
pub use super::hues::{alliance_color, polity_color};
use crate::model::{borders::LineClass, event::EventFamily};

/// The colours of everything, for a kind of room, eye or paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// For screens and bright rooms.
    #[default]
    Light,
    /// For projectors in dark rooms.
    Dark,
    /// For weak projectors, the last row and tired eyes: black on white, lines half as wide again, colours further apart.
    HighContrast,
    /// For paper: a white ground that spends no ink, and lands that differ in lightness, so that a black-and-white copy still tells them apart.
    Print,
}

/// A theme was named that the program does not have.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no theme is called `{0}`; there are `light`, `dark`, `high-contrast` and `print`")]
pub struct UnknownTheme(pub String);

impl Theme {
    /// Every theme, in the order in which a person is offered them.
    pub const ALL: [Self; 4] = [Self::Light, Self::Dark, Self::HighContrast, Self::Print];

    /// The name in files and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::HighContrast => "high-contrast",
            Self::Print => "print",
        }
    }

    /// The name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::HighContrast => "High contrast",
            Self::Print => "Print",
        }
    }

    /// Whether its grounds are dark and its text light.
    pub const fn is_dark(self) -> bool {
        matches!(self, Self::Dark)
    }

    /// How much wider than elsewhere its lines are.
    const fn line_factor(self) -> f32 {
        match self {
            Self::Light | Self::Dark => 1.0,
            Self::HighContrast => 1.5,
            Self::Print => 1.15,
        }
    }
}

impl FromStr for Theme {
    type Err = UnknownTheme;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|theme| theme.id() == text).ok_or_else(|| UnknownTheme(text.to_owned()))
    }
}

impl fmt::Display for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The rhythm of a line: what tells its class apart where colours fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dash {
    /// Unbroken: agreed.
    #[default]
    Solid,
    /// Long dash: de facto.
    Long,
    /// Short dash: claimed.
    Short,
    /// Round dots: ceasefire, undetermined.
    Dots,
    /// Dash and dot: round a breakaway.
    DashDot,
}

/// Lengths of ink and gap in points, in turn, beginning with ink; empty for a solid line. Reads as a slice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DashPattern {
    lengths: [f32; 4],
    count: usize,
}

impl Deref for DashPattern {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        &self.lengths[..self.count]
    }
}

impl Dash {
    /// The rhythm for a line of this width in points. The ink of a dot is as long as the line is wide: whoever can, draws it round.
    pub fn pattern(self, width_points: f32) -> DashPattern {
        let (lengths, count) = match self {
            Self::Solid => ([0.0; 4], 0),
            Self::Long => ([7.0, 3.2, 0.0, 0.0], 2),
            Self::Short => ([3.0, 2.4, 0.0, 0.0], 2),
            Self::Dots => ([1.0, 1.6, 0.0, 0.0], 2),
            Self::DashDot => ([6.0, 2.2, 1.0, 2.2], 4),
        };
        DashPattern { lengths: lengths.map(|length| length * width_points), count }
    }
}

/// How a line is drawn. Lines are joined round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour; alpha counts.
    pub color: Rgba,
    /// Its width in points.
    pub width_points: f32,
    /// Its rhythm.
    pub dash: Dash,
}

impl Stroke {
    /// An unbroken line.
    pub const fn solid(color: Rgba, width_points: f32) -> Self {
        Self { color, width_points, dash: Dash::Solid }
    }
}

/// The colours of one theme: of everything that is neither polity nor alliance.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// Which theme it is.
    pub theme: Theme,
    /// Beyond the outline of the world, where a projection has one.
    pub page: Rgba,
    /// Sea and lakes.
    pub water: Rgba,
    /// Land of polities without a colour of their own, and of nobody in particular.
    pub land: Rgba,
    /// Land of which the atlas holds no row at the date: plain, never guessed.
    pub unknown_land: Rgba,
    /// Land whose title is nobody's.
    pub undetermined_land: Rgba,
    /// Text and strong lines.
    pub ink: Rgba,
    /// Text and lines of lesser things.
    pub quiet_ink: Rgba,
    /// Names of waters.
    pub water_ink: Rgba,
    /// Round text that stands on the map.
    pub halo: Rgba,
    /// The ground of boxes over the map: callouts, legend.
    pub panel: Rgba,
    /// The thin edge of such boxes.
    pub panel_edge: Rgba,
    /// Selection, and the playhead.
    pub accent: Rgba,
    /// Meridians and parallels.
    pub graticule: Rgba,
    /// Land against water.
    pub coast: Rgba,
    /// Whether borders are drawn louder than usual: in a picture of differences, where those that did not change recede.
    pub loud_borders: bool,
}

impl Style {
    /// The style of a theme.
    pub fn new(theme: Theme) -> Self {
        match theme {
            Theme::Light => Self::light(),
            Theme::Dark => Self::dark(),
            Theme::HighContrast => Self::high_contrast(),
            Theme::Print => Self::print(),
        }
    }

    fn light() -> Self {
        Self {
            theme: Theme::Light,
            page: oklch(0.985, 0.004, 90.0),
            water: oklch(0.858, 0.024, 232.0),
            land: oklch(0.955, 0.008, 90.0),
            unknown_land: oklch(0.935, 0.004, 90.0),
            undetermined_land: oklch(0.875, 0.006, 90.0),
            ink: oklch(0.26, 0.015, 265.0),
            quiet_ink: oklch(0.48, 0.015, 265.0),
            water_ink: oklch(0.44, 0.085, 240.0),
            halo: oklch(0.985, 0.004, 90.0),
            panel: oklch(0.992, 0.002, 90.0),
            panel_edge: oklch(0.84, 0.006, 265.0),
            accent: oklch(0.55, 0.19, 20.0),
            graticule: oklch(0.775, 0.030, 232.0),
            coast: oklch(0.58, 0.038, 238.0),
            loud_borders: false,
        }
    }

    fn dark() -> Self {
        Self {
            theme: Theme::Dark,
            page: oklch(0.15, 0.012, 260.0),
            water: oklch(0.205, 0.022, 250.0),
            land: oklch(0.335, 0.010, 260.0),
            unknown_land: oklch(0.30, 0.006, 260.0),
            undetermined_land: oklch(0.40, 0.006, 260.0),
            ink: oklch(0.95, 0.006, 90.0),
            quiet_ink: oklch(0.76, 0.010, 260.0),
            water_ink: oklch(0.68, 0.07, 235.0),
            halo: oklch(0.17, 0.012, 260.0),
            panel: oklch(0.235, 0.014, 260.0),
            panel_edge: oklch(0.38, 0.014, 260.0),
            accent: oklch(0.72, 0.17, 25.0),
            graticule: oklch(0.29, 0.03, 250.0),
            coast: oklch(0.50, 0.035, 240.0),
            loud_borders: false,
        }
    }

    fn high_contrast() -> Self {
        let (black, white) = (Rgba::rgb(0, 0, 0), Rgba::rgb(255, 255, 255));
        Self {
            theme: Theme::HighContrast,
            page: white,
            water: oklch(0.87, 0.045, 232.0),
            land: oklch(0.975, 0.004, 90.0),
            unknown_land: oklch(0.94, 0.0, 90.0),
            undetermined_land: oklch(0.80, 0.0, 90.0),
            ink: black,
            quiet_ink: oklch(0.32, 0.0, 0.0),
            water_ink: oklch(0.36, 0.09, 245.0),
            halo: white,
            panel: white,
            panel_edge: oklch(0.45, 0.0, 0.0),
            accent: oklch(0.50, 0.20, 22.0),
            graticule: oklch(0.72, 0.04, 232.0),
            coast: oklch(0.36, 0.05, 240.0),
            loud_borders: false,
        }
    }

    fn print() -> Self {
        let white = Rgba::rgb(255, 255, 255);
        Self {
            theme: Theme::Print,
            page: white,
            water: oklch(0.93, 0.018, 230.0),
            land: oklch(0.995, 0.0, 90.0),
            unknown_land: white,
            undetermined_land: oklch(0.88, 0.0, 90.0),
            ink: oklch(0.16, 0.0, 0.0),
            quiet_ink: oklch(0.42, 0.0, 0.0),
            water_ink: oklch(0.50, 0.06, 235.0),
            halo: white,
            panel: white,
            panel_edge: oklch(0.72, 0.0, 0.0),
            accent: oklch(0.50, 0.19, 20.0),
            graticule: oklch(0.86, 0.015, 232.0),
            coast: oklch(0.50, 0.03, 238.0),
            loud_borders: false,
        }
    }

    /// How a class of line is drawn; `None` for what is not drawn. All disputed classes weigh about the same: none is made to look
    /// more rightful than another.
    pub fn stroke(&self, class: LineClass) -> Option<Stroke> {
        let wider = self.theme.line_factor();
        let line = |color: Rgba, width_points: f32, dash: Dash| Some(Stroke { color, width_points: width_points * wider, dash });
        match class {
            LineClass::Internal | LineClass::Minor if self.loud_borders => line(self.quiet_ink, 0.75, Dash::Solid),
            LineClass::Agreed if self.loud_borders => line(self.ink, 1.25, Dash::Solid),
            LineClass::DeFacto if self.loud_borders => line(self.ink, 1.75, Dash::Long),
            LineClass::Claimed if self.loud_borders => line(self.ink, 1.75, Dash::Short),
            LineClass::Ceasefire if self.loud_borders => line(self.ink, 2.0, Dash::Dots),
            LineClass::Breakaway if self.loud_borders => line(self.ink, 1.75, Dash::DashDot),
            LineClass::Unchanged => line(self.quiet_ink.faded(0.5), 0.5, Dash::Solid),
            LineClass::Former => line(self.accent.faded(0.85), 1.0, Dash::Solid),
            LineClass::Absent => None,
            LineClass::Coast => line(self.coast, 0.5, Dash::Solid),
            LineClass::Today => line(self.ink.faded(0.38), 0.6, Dash::Solid),
            LineClass::Minor => line(self.quiet_ink.faded(0.45), 0.4, Dash::Solid),
            LineClass::Internal => line(self.quiet_ink.faded(0.65), 0.5, Dash::Solid),
            LineClass::Agreed => line(self.quiet_ink, 0.75, Dash::Solid),
            LineClass::DeFacto => line(self.ink, 1.25, Dash::Long),
            LineClass::Claimed => line(self.ink, 1.25, Dash::Short),
            LineClass::Ceasefire => line(self.ink, 1.5, Dash::Dots),
            LineClass::Breakaway => line(self.ink, 1.25, Dash::DashDot),
            LineClass::Road => line(self.quiet_ink.faded(0.8), 0.9, Dash::Solid),
        }
    }

    /// The colour of a family of events. Families also differ in the grounds of their symbols, so that nothing hangs on colour alone.
    pub fn family(&self, family: EventFamily) -> Rgba {
        let (lightness, chroma, hue_deg) = match family {
            EventFamily::Force => (0.50, 0.19, 25.0),
            EventFamily::Status => (0.46, 0.13, 310.0),
            EventFamily::Agreement => (0.50, 0.11, 155.0),
            EventFamily::Diplomacy => (0.50, 0.13, 250.0),
            EventFamily::Military => (0.42, 0.05, 110.0),
            EventFamily::Alliance => (0.44, 0.12, 275.0),
            EventFamily::Society => (0.53, 0.12, 65.0),
        };
        let lift = if self.theme.is_dark() { 0.03 } else { 0.0 };
        oklch(lightness + lift, chroma, hue_deg)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn themes_read_back() {
        for theme in Theme::ALL {
            assert_eq!(theme.id().parse(), Ok(theme));
        }
        assert!("Light".parse::<Theme>().is_err());
    }

    #[test]
    fn text_can_be_read_and_water_differs_from_land_in_lightness() {
        for theme in Theme::ALL {
            let style = Style::new(theme);
            for ground in [style.land, style.water, style.panel, style.unknown_land] {
                assert!(style.ink.contrast(ground) >= 7.0, "{theme}: ink on {}", ground.hex());
            }
            for ground in [style.land, style.panel] {
                assert!(style.quiet_ink.contrast(ground) >= 4.5, "{theme}: quiet ink on {}", ground.hex());
            }
            for land in [style.land, style.unknown_land] {
                assert!((land.lightness() - style.water.lightness()).abs() >= 0.04, "{theme}");
            }
            for family in EventFamily::ALL {
                assert!(Rgba::rgb(255, 255, 255).contrast(style.family(family)) >= 4.0, "{theme}: {}", family.label());
            }
        }
    }

    #[test]
    fn no_two_disputed_classes_share_a_rhythm() {
        let style = Style::new(Theme::Light);
        let classes = [LineClass::Agreed, LineClass::DeFacto, LineClass::Claimed, LineClass::Ceasefire, LineClass::Breakaway];
        let rhythms: std::collections::HashSet<Dash> = classes.iter().map(|class| style.stroke(*class).unwrap().dash).collect();
        assert_eq!(rhythms.len(), classes.len());
    }
}
