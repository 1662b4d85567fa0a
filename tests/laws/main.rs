//! Laws that hold for any input: time, geometry, shapes, editing.

mod edit;
mod geometry;
mod shape;
mod time;
mod trace;
