//! Sets of units as people write them: `country:ukr - area:crimea`.

use std::collections::BTreeMap;

use thiserror::Error;

use super::Partition;
use crate::geometry::topology::UnitIx;

/// One term of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Term {
    Country(String),
    Area(String),
    Unit(String),
    Set(String),
}

/// A set of units by name: terms added and taken away, left to right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitExpr {
    /// `true` adds the term, `false` takes it away.
    terms: Vec<(bool, Term)>,
}

/// Named sets: what `set NAME = ...` lines define.
pub type NamedSets = BTreeMap<String, UnitExpr>;

/// Why a set of units cannot be read or found.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum UnitsError {
    /// Nothing is written.
    #[error("the set of units is empty; write for example `country:ukr` or `area:crimea`")]
    Empty,
    /// A term has no known beginning.
    #[error("`{0}` is no term of a set; terms begin with country:, area:, unit: or set:, and are joined by ` + ` or ` - `")]
    BadTerm(String),
    /// A name that the partition does not hold.
    #[error("the partition has no {kind} named `{name}`")]
    Unknown {
        /// `country`, `area`, `unit` or `set`.
        kind: &'static str,
        /// The name as written.
        name: String,
    },
    /// A set that names itself.
    #[error("the set `{0}` is defined by itself")]
    Circular(String),
}

impl UnitExpr {
    /// Reads terms joined by ` + ` and ` - ` (with the spaces: names hold hyphens).
    ///
    /// # Errors
    /// [`UnitsError::Empty`] and [`UnitsError::BadTerm`].
    pub fn parse(text: &str) -> Result<Self, UnitsError> {
        let mut terms = Vec::new();
        let mut adds = true;
        for word in text.split_whitespace() {
            match word {
                "+" => adds = true,
                "-" => adds = false,
                term => terms.push((adds, Term::parse(term)?)),
            }
        }
        if terms.is_empty() { Err(UnitsError::Empty) } else { Ok(Self { terms }) }
    }

    /// The units meant, each once, in rising order.
    ///
    /// # Errors
    /// [`UnitsError::Unknown`] for a name that neither the partition nor `sets` holds, [`UnitsError::Circular`].
    pub fn resolve(&self, partition: &Partition, sets: &NamedSets) -> Result<Vec<UnitIx>, UnitsError> {
        let mut inside = vec![false; partition.units.len()];
        self.mark(partition, sets, &mut Vec::new(), &mut inside)?;
        Ok((0..).zip(inside).filter(|(_, is_in)| *is_in).map(|(index, _)| UnitIx(index)).collect())
    }

    fn mark(&self, partition: &Partition, sets: &NamedSets, open: &mut Vec<String>, inside: &mut [bool]) -> Result<(), UnitsError> {
        for (adds, term) in &self.terms {
            match term {
                Term::Set(name) => mark_set(name, *adds, partition, sets, open, inside)?,
                term => term.units(partition)?.into_iter().for_each(|unit| inside[unit.0 as usize] = *adds),
            }
        }
        Ok(())
    }
}

fn mark_set(
    name: &str,
    adds: bool,
    partition: &Partition,
    sets: &NamedSets,
    open: &mut Vec<String>,
    inside: &mut [bool],
) -> Result<(), UnitsError> {
    let set = sets.get(name).ok_or_else(|| unknown("set", name))?;
    if open.iter().any(|other| other == name) {
        return Err(UnitsError::Circular(name.to_owned()));
    }
    open.push(name.to_owned());
    let mut part = vec![false; inside.len()];
    set.mark(partition, sets, open, &mut part)?;
    open.pop();
    inside.iter_mut().zip(part).filter(|(_, is_in)| *is_in).for_each(|(slot, _)| *slot = adds);
    Ok(())
}

fn unknown(kind: &'static str, name: &str) -> UnitsError {
    UnitsError::Unknown { kind, name: name.to_owned() }
}

impl Term {
    fn parse(word: &str) -> Result<Self, UnitsError> {
        let (kind, name) = word.split_once(':').ok_or_else(|| UnitsError::BadTerm(word.to_owned()))?;
        let name = name.to_owned();
        match kind {
            _ if name.is_empty() => Err(UnitsError::BadTerm(word.to_owned())),
            "country" => Ok(Self::Country(name)),
            "area" => Ok(Self::Area(name)),
            "unit" => Ok(Self::Unit(name)),
            "set" => Ok(Self::Set(name)),
            _ => Err(UnitsError::BadTerm(word.to_owned())),
        }
    }

    /// The units of a term that the partition alone defines. A unit that was cut is meant with all its parts.
    fn units(&self, partition: &Partition) -> Result<Vec<UnitIx>, UnitsError> {
        match self {
            Self::Country(code) => match partition.country(code) {
                [] => Err(unknown("country", code)),
                units => Ok(units.to_vec()),
            },
            Self::Area(name) => partition.area(name).map(<[_]>::to_vec).ok_or_else(|| unknown("area", name)),
            Self::Unit(id) => match unit_with_parts(partition, id) {
                units if units.is_empty() => Err(unknown("unit", id)),
                units => Ok(units),
            },
            Self::Set(name) => Err(unknown("set", name)),
        }
    }
}

/// The unit with this id, or all parts of it where it was cut (`aze/agdam` stands for `aze/agdam.1` and `aze/agdam.2`).
fn unit_with_parts(partition: &Partition, id: &str) -> Vec<UnitIx> {
    let first = partition.units.partition_point(|unit| unit.id.as_str() < id);
    let is_meant = |own: &str| own == id || own.strip_prefix(id).is_some_and(|rest| rest.starts_with('.'));
    let others_between = |own: &str| own.starts_with(id);
    let run = (first..).zip(&partition.units[first..]).take_while(|(_, unit)| others_between(&unit.id));
    run.filter(|(_, unit)| is_meant(&unit.id)).map(|(index, _)| UnitIx(index as u32)).collect()
}
