//! The named areas: how `maps/areas.table` defines them, and which faces belong to which.

use crate::cut::cut;
use crate::edges::{Edge, relabelled};
use crate::faces::Face;
use crate::grid::{Bounds, Point};
use crate::lines::{Outlines, Piece, with_ends_tied};
use anyhow::{Context, Result, bail, ensure};
use geo::{Area as _, BooleanOps};

/// One row of the table.
pub struct AreaRow {
    /// The name of the area or the line.
    pub name: String,
    pub how: How,
}

/// How an area or a line is defined.
pub enum How {
    /// The faces between country outlines and disputed lines in which these points lie, of the provinces with these ids, or of any.
    Faces { seeds: Vec<Point>, within: Vec<String> },
    /// A set of units, as in the tenure.
    Units(String),
    /// A line: the outline of a set of units.
    Outline(String),
    /// A line: the boundary between two sets of units.
    Between(String, String),
}

/// Reads the table: `name | how`, as its head explains.
///
/// # Errors
/// Names the line that cannot be read.
pub fn rows_from(table: &str) -> Result<Vec<AreaRow>> {
    let rows = table.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).enumerate().filter(|(_, row)| !row.is_empty());
    rows.map(|(ix, row)| row_from(row).with_context(|| format!("areas.table, line {}: {row}", ix + 1))).collect()
}

fn row_from(row: &str) -> Result<AreaRow> {
    let mut cells = row.split('|').map(str::trim);
    let (name, how) = (cells.next().unwrap_or_default(), cells.next().context("a name and `|` and a definition are needed")?);
    let (word, rest) = how.split_once(' ').context("the definition is a word and what it applies to")?;
    let how = match word {
        "faces" => faces_from(rest)?,
        "units" => How::Units(rest.trim().to_owned()),
        "outline" => How::Outline(rest.trim().to_owned()),
        "between" => {
            let (one, other) = rest.split_once(" and ").context("`between` needs `and`")?;
            How::Between(one.trim().to_owned(), other.trim().to_owned())
        }
        _ => bail!("`{word}` is none of faces, units, outline, between"),
    };
    Ok(AreaRow { name: name.to_owned(), how })
}

fn faces_from(text: &str) -> Result<How> {
    let (seeds, within) = text.split_once(" in ").unwrap_or((text, ""));
    let seeds = seeds.split(',').map(seed_from).collect::<Result<_>>()?;
    Ok(How::Faces { seeds, within: within.split_whitespace().map(str::to_owned).collect() })
}

fn seed_from(text: &str) -> Result<Point> {
    let degrees: Vec<f64> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    let [lon, lat] = degrees[..] else { bail!("`{text}` is not a longitude and a latitude") };
    Ok(Point::from_degrees(lon, lat))
}

/// The faces of one area, between country outlines and disputed lines; the label of each is its country.
pub struct Region {
    faces: Vec<geo::Polygon>,
    bounds: Vec<Bounds>,
    country: u32,
    within: Vec<String>,
}

/// What the countries and the lines enclose together.
pub struct CountryFaces {
    faces: Vec<Face>,
}

impl CountryFaces {
    /// Cuts the countries along the lines. `country` gives the country of a unit.
    pub fn new(units: &[Edge], lines: &[Piece], country: impl Fn(u32) -> u32) -> Result<Self> {
        let outlines = relabelled(units, country)?;
        let tied = with_ends_tied(lines, &Outlines::new(&outlines));
        Ok(Self { faces: cut(&outlines, &tied)? })
    }

    /// The region that seeds pick.
    ///
    /// # Errors
    /// Where a seed lies at sea, or two seeds in different countries or the same face.
    pub fn region(&self, seeds: &[Point], within: &[String]) -> Result<Region> {
        let mut picked: Vec<usize> = Vec::new();
        for &seed in seeds {
            let doubled = [2 * i64::from(seed.x), 2 * i64::from(seed.y)];
            let face = self.faces.iter().position(|face| face.holds_doubled(doubled));
            let face = face.with_context(|| format!("the seed {:?} lies at sea", seed.to_degrees()))?;
            ensure!(!picked.contains(&face), "the seed {:?} picks a face that is picked already", seed.to_degrees());
            picked.push(face);
        }
        let faces: Vec<&Face> = picked.iter().map(|&ix| &self.faces[ix]).collect();
        ensure!(faces.iter().all(|face| face.label == faces[0].label), "the seeds lie in different countries");
        Ok(Region {
            faces: faces.iter().map(|face| polygon_of(face)).collect(),
            bounds: faces.iter().map(|face| face.bounds).collect(),
            country: faces[0].label,
            within: within.to_vec(),
        })
    }
}

impl Region {
    /// Square kilometres enclosed by the country outlines and the lines themselves, before they are fitted to the provinces.
    pub fn area_km2(&self) -> f64 {
        use geo::GeodesicArea;
        self.faces.iter().map(|face| face.geodesic_area_unsigned() / 1e6).sum()
    }

    /// The share of a face of a unit, 0 to 1, that lies in the region.
    pub fn share_of(&self, face: &Face, country: u32, unit: &str) -> f64 {
        let excluded = country != self.country || !(self.within.is_empty() || self.within.iter().any(|id| id == unit));
        let near: Vec<usize> = (0..self.faces.len()).filter(|&ix| !excluded && self.bounds[ix].meets(&face.bounds)).collect();
        if near.is_empty() {
            return 0.0;
        }
        let polygon = polygon_of(face);
        let common: f64 = near.into_iter().map(|ix| polygon.intersection(&self.faces[ix]).unsigned_area()).sum();
        common / polygon.unsigned_area()
    }
}

fn polygon_of(face: &Face) -> geo::Polygon {
    let line = |ring: &Vec<Point>| ring.iter().map(|point| geo::Coord::from(point.to_degrees())).collect::<geo::LineString>();
    geo::Polygon::new(line(&face.outer), face.holes.iter().map(line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read() {
        let rows = rows_from("# head\n\nx | faces 1.5 2, 3 4 in chl/a chl/b # why\ny | between area:x and country:chl - area:x\n").unwrap();
        assert!(matches!(&rows[0].how, How::Faces { seeds, within } if seeds[1] == Point::from_degrees(3.0, 4.0) && within.len() == 2));
        assert!(matches!(&rows[1].how, How::Between(one, other) if one == "area:x" && other == "country:chl - area:x"));
    }

    #[test]
    fn a_bad_row_is_named() {
        let error = rows_from("x | units country:kos\ny | circle 3\n").err().unwrap();
        assert!(error.to_string().contains("line 2"), "{error}");
    }
}
