//! The fixed partition of the earth's land: units with names, and the named areas and lines that are made of them.
//!
//! It is read from `maps/world.topo.json`, a TopoJSON file that GIS programs open as it stands: the object `units` holds one geometry
//! a unit, the object `lines` one a named line, and the foreign member `border_atlas` the levels of detail, the rank of every
//! point, and which arcs are the edge of the map or drawn by hand.

mod read;

use crate::geometry::topology::{ArcIx, Topology, TopologyError, UnitIx};
use std::collections::BTreeMap;

/// What a unit is called; its shape is in the topology under the same number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitInfo {
    /// `<country>/<slug>`, as in `aze/susa`; a part of a cut unit ends in `.1`, `.2` in order of falling area. ASCII, unique.
    pub id: String,
    /// The name as Natural Earth has it; a part of a cut unit has the name of the whole. Never empty.
    pub name: String,
    /// Natural Earth's country code `adm0_a3` in lower case: mostly, but not always, ISO 3166-1 alpha-3.
    pub country: String,
    /// ISO 3166-1 alpha-2 in upper case; empty where there is none.
    pub iso_a2: String,
}

/// The land of the earth, cut once into units. Immutable; everything that changes in time refers to it by [`UnitIx`].
#[derive(Clone, Debug)]
pub struct Partition {
    /// The shapes. Unit numbers are places in [`Partition::units`].
    pub topology: Topology,
    /// The names, in ascending order of ids.
    pub units: Vec<UnitInfo>,
    /// Named areas (`crimea`, `aksai-chin`) and the units that make them up, ascending; no area is empty.
    pub areas: BTreeMap<String, Vec<UnitIx>>,
    /// Named lines (`donbas-line`) and the arcs that make them up, in no order of walking; no line is empty.
    pub area_lines: BTreeMap<String, Vec<ArcIx>>,
    countries: BTreeMap<String, Vec<UnitIx>>,
}

/// Why a file is no partition.
#[derive(Debug, thiserror::Error)]
pub enum PartitionError {
    /// Not JSON, or not shaped as this program writes it; the message has line and column.
    #[error("the partition cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// Arcs and rings do not fit together.
    #[error("the partition does not hold together: {0}")]
    Topology(#[from] TopologyError),
    /// Ids must ascend, which also makes them unique.
    #[error("unit `{0}` is out of order or there twice")]
    UnitOrder(String),
    /// The list of ranks does not have one digit for each point of this arc (counted from 0).
    #[error("arc {0} has no rank for each of its points")]
    Ranks(usize),
    /// A line names an arc that does not exist.
    #[error("line `{0}` names an arc that does not exist")]
    Line(String),
}

impl Partition {
    /// Reads the text of `maps/world.topo.json`.
    ///
    /// # Errors
    /// Where the text is not such a file; nothing is read in part.
    pub fn from_topojson(text: &str) -> Result<Self, PartitionError> {
        read::partition_from_topojson(text)
    }

    /// The unit with this id; `None` where there is none.
    pub fn unit(&self, id: &str) -> Option<UnitIx> {
        self.units.binary_search_by(|unit| unit.id.as_str().cmp(id)).ok().map(|ix| UnitIx(ix as u32))
    }

    /// The unit with this id or, where it was cut, all its parts (`aze/susa.1`, `aze/susa.2`); empty where there is none.
    pub fn unit_with_parts(&self, id: &str) -> Vec<UnitIx> {
        if let Some(unit) = self.unit(id) {
            return vec![unit];
        }
        let stem = format!("{id}.");
        let start = self.units.partition_point(|unit| unit.id < stem);
        let parts = self.units[start..].iter().take_while(|unit| unit.id.starts_with(&stem)).count();
        (start..start + parts).map(|ix| UnitIx(ix as u32)).collect()
    }

    /// What a unit is called. Panics for a number from another partition.
    pub fn info(&self, unit: UnitIx) -> &UnitInfo {
        &self.units[unit.index()]
    }

    /// The units of a country by its lower-case Natural Earth code (`ukr`), ascending; empty for an unknown code.
    pub fn country(&self, code: &str) -> &[UnitIx] {
        self.countries.get(code).map_or(&[], Vec::as_slice)
    }

    /// The country codes that there are, in order, each with its units.
    pub fn countries(&self) -> impl Iterator<Item = (&str, &[UnitIx])> {
        self.countries.iter().map(|(code, units)| (code.as_str(), units.as_slice()))
    }

    /// The units of a named area, ascending; `None` for an unknown name.
    pub fn area(&self, name: &str) -> Option<&[UnitIx]> {
        self.areas.get(name).map(Vec::as_slice)
    }

    /// The arcs of a named line; `None` for an unknown name.
    pub fn area_line(&self, name: &str) -> Option<&[ArcIx]> {
        self.area_lines.get(name).map(Vec::as_slice)
    }
}
