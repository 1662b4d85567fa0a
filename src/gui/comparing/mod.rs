//! Comparing in the window: one date and view are kept, the date shown moves on, and the map shows both: cut at a divider, side by side, in turn, or as what
//! differs.

pub mod changes_ui;
pub mod derived;
pub mod panes;
pub mod strip_ui;

use std::sync::Arc;

use super::session::Panels;
use crate::{
    model::{View, WorldState},
    time::Day,
};

/// How the two are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// One map, cut at a divider.
    #[default]
    Swipe,
    /// Two maps that move together.
    Side,
    /// One map of what differs.
    Difference,
    /// One map that shows the one or the other.
    Flip,
}

impl Layout {
    /// Every one with what its button says and its row in the table of actions, which names its key.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Swipe, "Swipe", "Swipe"),
        (Self::Side, "Side by side", "Side by side"),
        (Self::Difference, "Difference", "Difference"),
        (Self::Flip, "Flip", "Flip between the two"),
    ];
}

/// What is kept to be compared with.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its day.
    pub day: Day,
    /// The world then, in its view.
    pub state: Arc<WorldState>,
}

/// A comparison under way. The other side is what the window shows anyway.
#[derive(Clone, Debug)]
pub struct Comparing {
    /// How the two are shown.
    pub layout: Layout,
    /// The first side.
    pub kept: Kept,
    /// Where the divider stands, as a share of the map's width, 0 to 1.
    pub divider: f32,
    /// Whether flipping shows the first side.
    pub shows_kept: bool,
    /// The panels that were open before.
    pub(super) panels: Panels,
}

impl Comparing {
    /// Begins with the map cut in the middle.
    pub fn new(kept: Kept, panels: Panels) -> Self {
        Self { layout: Layout::Swipe, kept, divider: 0.5, shows_kept: false, panels }
    }

    /// The view of the first side.
    pub fn view(&self) -> &View {
        &self.kept.state.view
    }
}

/// A request about comparing.
#[derive(Clone, Debug, PartialEq)]
pub enum CompareStep {
    /// Keeps what is shown as the first side; where there is one already it is replaced.
    Keep,
    /// Shows the two in this way.
    Show(Layout),
    /// Shows one of the two, with each call the other one.
    Flip,
    /// Makes the first side the second, and the second the first.
    Swap,
    /// The day of the first side.
    Day(Day),
    /// The view of the first side.
    View(View),
    /// Moves the divider to this share of the width.
    Divider(f32),
    /// Moves the divider by a part of the width.
    Nudge(f32),
    /// Opens or closes the list of what differs.
    List,
    /// Ends it.
    End,
}
