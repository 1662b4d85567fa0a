//! Sheets of paper: formats, which way they lie, margins.

use std::str::FromStr;

use thiserror::Error;

use crate::scene::Rect;

/// Points of ours (1/96 inch) in a millimetre.
const POINTS_PER_MM: f64 = 96.0 / 25.4;
/// On a sheet whose shorter side is so long, in millimetres, a point is a point. On larger ones letters grow with the root of the size: they are read from
/// further away, but not from as much further.
const PLAIN_SIDE_MM: f64 = 210.0;
/// The widest margin, in millimetres.
pub const MOST_MARGIN_MM: f64 = 50.0;
/// A format of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// 210 x 297 mm.
    A4,
    /// 297 x 420 mm.
    A3,
    /// 420 x 594 mm.
    A2,
    /// 8.5 x 11 inches.
    Letter,
    /// 8.5 x 14 inches.
    Legal,
    /// 11 x 17 inches.
    Tabloid,
}

/// A word that names nothing of paper.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum UnknownPaper {
    /// No format is called so.
    #[error("no paper is called `{0}`; there are a4, a3, a2, letter, legal and tabloid")]
    Format(String),
    /// It is neither way to lay a sheet.
    #[error("`{0}` is no way to lay a sheet; there are portrait and landscape")]
    Orientation(String),
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 6] = [Self::A4, Self::A3, Self::A2, Self::Letter, Self::Legal, Self::Tabloid];

    /// The name on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::A3 => "a3",
            Self::A2 => "a2",
            Self::Letter => "letter",
            Self::Legal => "legal",
            Self::Tabloid => "tabloid",
        }
    }

    /// The shorter and the longer side in millimetres.
    pub const fn sides_mm(self) -> [f64; 2] {
        match self {
            Self::A4 => [210.0, 297.0],
            Self::A3 => [297.0, 420.0],
            Self::A2 => [420.0, 594.0],
            Self::Letter => [215.9, 279.4],
            Self::Legal => [215.9, 355.6],
            Self::Tabloid => [279.4, 431.8],
        }
    }
}

impl FromStr for Format {
    type Err = UnknownPaper;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let name = text.to_ascii_lowercase();
        Self::ALL.into_iter().find(|format| format.id() == name).ok_or_else(|| UnknownPaper::Format(text.to_owned()))
    }
}

/// Which way a sheet lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Orientation {
    /// Higher than wide.
    Portrait,
    /// Wider than high.
    Landscape,
}

impl FromStr for Orientation {
    type Err = UnknownPaper;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "portrait" => Ok(Self::Portrait),
            "landscape" => Ok(Self::Landscape),
            _ => Err(UnknownPaper::Orientation(text.to_owned())),
        }
    }
}

/// A sheet as it lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paper {
    /// How large.
    pub format: Format,
    /// Which way round.
    pub orientation: Orientation,
    /// What stays white on each side, in millimetres, up to [`MOST_MARGIN_MM`].
    pub margin_mm: f64,
}

impl Paper {
    /// How many times larger than 1/96 inch a point is on it.
    pub fn scale(&self) -> f64 {
        (self.format.sides_mm()[0] / PLAIN_SIDE_MM).sqrt().max(1.0)
    }

    /// Width and height in points.
    pub fn size_points(&self) -> [f64; 2] {
        let [shorter, longer] = self.format.sides_mm().map(|side| side * POINTS_PER_MM / self.scale());
        match self.orientation {
            Orientation::Portrait => [shorter, longer],
            Orientation::Landscape => [longer, shorter],
        }
    }

    /// What the margins leave, in points.
    pub fn inside(&self) -> Rect {
        let [width, height] = self.size_points().map(|side| side as f32);
        let margin = (self.margin_mm.clamp(0.0, MOST_MARGIN_MM) * POINTS_PER_MM / self.scale()) as f32;
        Rect::new(0.0, 0.0, width, height).grown(-margin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_have_their_names_and_letters_grow_with_them() {
        for format in Format::ALL {
            assert_eq!(format.id().to_uppercase().parse(), Ok(format));
        }
        assert!("a5".parse::<Format>().is_err() && "sideways".parse::<Orientation>().is_err());
        let scale = |format| Paper { format, orientation: Orientation::Portrait, margin_mm: 0.0 }.scale();
        assert!(scale(Format::A4) == 1.0 && scale(Format::A2) > scale(Format::A3) && scale(Format::A2) < 2.0);
    }
}
