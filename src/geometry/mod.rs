//! Coordinates, projections, cameras, the arc-node topology and measures. Knows nothing of polities or dates.
//!
//! The words used here: a **unit** is one piece of the fixed partition of the earth's land; an **arc** is a stretch of boundary
//! between two nodes with one unit (or sea) on each side; a **ring** is a closed list of arcs; a **level** is a level of detail
//! (0 is full detail).

pub mod bbox;
pub mod camera;
pub mod chain;
pub mod densify;
pub mod dissolve;
pub mod globe;
pub mod hit;
pub mod label;
pub mod lonlat;
pub mod measure;
pub mod projection;
pub mod shape;
pub mod simplify;
pub mod topology;
pub mod triangulate;
pub mod unit_set;

pub use bbox::BoundingBox;
pub use camera::Camera;
pub use globe::Globe;
pub use lonlat::LonLat;
pub use projection::{Projection, WorldBox, WorldPoint};
pub use topology::{ArcIx, ArcRef, Polygon, Ring, Topology, UnitIx};
pub use unit_set::UnitSet;
