//! Changing a document: one door, [`History::apply`]. A command is a value that says what to change; it either becomes a new state of the document or is
//! refused with the reason, and then nothing has changed. The same commands come from the window, from `border-atlas edit` and from the recovery journal.

mod area;
pub mod balance;
pub mod checks;
mod citing;
mod command;
mod content;
mod features;
mod header;
mod history;
mod ids;
pub mod path;
mod recording;
mod refusal;
mod taking;
mod text;

pub use area::area_feature;
pub use balance::balance;
pub use checks::{Finding, checks};
pub use citing::citing;
pub use command::{Command, Ids};
pub use history::{Entry, History, STEPS};
pub use ids::{fresh_id, ids_after_names};
pub use refusal::Refusal;
pub use taking::{Difference, Taken, taken};
pub use text::{TextPlace, text_places};
