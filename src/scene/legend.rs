//! What the signs on the map mean: only of what is to be seen on it.

use super::{item::Fill, style::Stroke};
use crate::model::event::EventFamily;

/// Under which heading a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LegendGroup {
    /// Who controls what.
    Control,
    /// Who claims what.
    Claims,
    /// Alliances.
    Alliances,
    /// Lines.
    Lines,
    /// Events.
    Events,
}

impl LegendGroup {
    /// The heading.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Control => "Control",
            Self::Claims => "Claims",
            Self::Alliances => "Alliances",
            Self::Lines => "Lines",
            Self::Events => "Events",
        }
    }
}

/// What is drawn beside a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sample {
    /// A small area.
    Area(Fill),
    /// A stretch of line, long enough to show its rhythm.
    Line(Stroke),
    /// The symbol of a family of events.
    Event(EventFamily),
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendRow {
    /// Under which heading.
    pub group: LegendGroup,
    /// The sign.
    pub sample: Sample,
    /// What it means. Never empty.
    pub label: String,
}

/// All rows, those of one group together, in the order of the groups; empty where the map has no signs to explain.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legend {
    /// The rows.
    pub rows: Vec<LegendRow>,
}
