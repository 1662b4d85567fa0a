//! Shapes that people draw, paste and edit: pure geometry on values of the `geo` crate, in degrees of longitude and latitude.
//!
//! - [`coordinates`], [`wkt`], [`pasted`]: text in and out;
//! - [`ops`], [`split`], [`buffer`], [`placing`], [`thinning`], [`vertex`]: what editing does to shapes;
//! - [`validity`], [`mend`], [`antimeridian`]: what is wrong with a shape, and what can be put right without asking;
//! - [`snap`], [`trace`], [`region`]: drawing along the arcs of the partition, so that borders are shared exactly;
//! - [`live`]: the numbers that are shown while one draws.
//!
//! Edges are straight in degrees, as in GeoJSON. Nothing here remembers anything: values in, values out.

pub mod antimeridian;
pub mod buffer;
pub mod coordinates;
pub mod linework;
pub mod live;
pub mod mend;
pub mod ops;
pub mod pasted;
pub mod placing;
pub mod region;
pub mod snap;
mod sphere;
pub mod split;
pub mod thinning;
pub mod trace;
pub mod validity;
pub mod vertex;
pub mod wkt;
