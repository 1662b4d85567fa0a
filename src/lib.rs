//! Border Atlas: border disputes and alliances through time.
//!
//! The earth is a fixed partition into territorial units that share their boundary arcs; history is a table of dated rows that
//! says who held, administered, occupied or claimed which units, in whose view. Borders, names, disputes and alliance colours on
//! any day are looked up, never re-computed from polygons.
//!
//! The layers, from the ground up (`tests/layering.rs` holds who may name whom):
//!
//! - [`time`]: dates as sources give them, spans, the clock that plays;
//! - [`geometry`]: coordinates, projections, the arc-node topology, measures;
//! - [`model`]: what the atlas says: partition, tenure, polities, disputes, alliances, cases; the state of the world at a date;
//! - [`scene`]: the one picture, as a plain draw list;
//! - [`io`]: reading the atlas and people's files;
//! - [`export`]: the picture and the tables as bytes (SVG, PNG, CSV, JSON, GeoJSON);
//! - [`publish`]: maps, lectures and moving pictures as files, for both of the next;
//! - [`cli`]: the command line;
//! - `gui` (feature `gui`): the window.

pub mod cli;
pub mod edit;
pub mod export;
pub mod geometry;
#[cfg(feature = "gui")]
pub mod gui;
pub mod io;
pub mod model;
pub mod publish;
pub mod scene;
pub mod time;
