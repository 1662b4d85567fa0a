//! The dock along the bottom: the date, the transport, and the score of what happened when.
//!
//! The dock reads a [`TimelineInput`] and the [`Clock`](crate::time::Clock), and pushes [`TimelineAction`]s; it changes nothing but its own
//! [`TimelineState`], which holds what is seen (zoom, scroll, a date being typed) and lasts for a session.
//!
//! - [`timeline_ui`] lays out the dock: date, transport and settings at the left, the score at the right;
//! - [`mod@lanes`] makes the lanes from the atlas and the document;
//! - `axis` is the arithmetic between days and points, `index` the sorted events that make 400,000 of them cheap.

mod axis;
mod bars;
mod date_entry;
mod dock;
pub mod icons;
mod index;
pub mod lanes;
mod marks;
mod menu;
mod packing;
pub mod palette;
mod pointer;
mod score;
mod score_lanes;
mod score_track;
mod settings;
mod state;
pub mod tabular;
mod texture;
mod transport;
mod types;

pub use bars::{Owner, TimeEdit};
pub use dock::timeline_ui;
pub use lanes::{LaneCache, LaneEditing, LaneInput, lanes, lanes_again};
pub use palette::TimelinePalette;
pub use state::TimelineState;
pub use types::{Band, BandRow, Editable, Lane, TimelineAction, TimelineEvent, TimelineInput};
