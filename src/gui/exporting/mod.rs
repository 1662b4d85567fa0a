//! Exports from the window: a box asks what, how and where; a job beside the frames writes it with the functions that the command line uses.

pub mod box_ui;
pub mod choices;
pub mod draft;
pub mod order;

use self::{choices::Choices, order::Order};

/// What is asked of exports.
#[derive(Clone, Debug)]
pub enum ExportStep {
    /// Shows the box.
    Open,
    /// Closes it; what was chosen is kept.
    Close(Choices),
    /// Closes it and writes.
    Start(Box<Order>, Choices),
}
