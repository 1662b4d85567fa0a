//! The provinces and the disputed lines as the source package has them, brought onto the grid.

use crate::grid::{Point, STEPS_PER_DEGREE, doubled_area, edges_of};
use anyhow::{Context, Result, ensure};
use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeMap;
use std::path::Path;

/// A province.
pub struct SourceUnit {
    pub name: String,
    /// `adm0_a3` in lower case.
    pub country: String,
    /// Empty where there is none.
    pub iso_a2: String,
    /// Every ring with its land on the left, outer rings and holes alike; first points not repeated.
    pub rings: Vec<Vec<Point>>,
}

/// Two layers of `world_map.gpkg`, each in the order of `fid`.
pub struct Source {
    pub units: Vec<SourceUnit>,
    /// The disputed lines, part by part, each of at least two points.
    pub lines: Vec<Vec<Point>>,
}

impl Source {
    /// Reads the GeoPackage; `names` are the lines of `names.table`.
    pub fn read(path: &Path, names: &str) -> Result<Self> {
        let package = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .with_context(|| format!("the GeoPackage {} cannot be opened", path.display()))?;
        Ok(Self { units: read_units(&package, &corrected_names(names)?)?, lines: read_lines(&package)? })
    }
}

/// The names to put in the place of the source's, by `fid`.
fn corrected_names(table: &str) -> Result<BTreeMap<i64, String>> {
    let rows = table.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|row| !row.is_empty());
    rows.map(|row| {
        let (fid, name) = row.split_once('|').with_context(|| format!("names.table: {row}"))?;
        Ok((fid.trim().parse()?, name.trim().to_owned()))
    })
    .collect()
}

fn read_units(package: &Connection, names: &BTreeMap<i64, String>) -> Result<Vec<SourceUnit>> {
    let mut rows = package.prepare(
        "SELECT fid, geom, coalesce(nullif(trim(name), ''), admin), lower(adm0_a3), coalesce(iso_a2, '') FROM states_provinces ORDER BY fid",
    )?;
    let mut units = Vec::new();
    let mut row = rows.query([])?;
    while let Some(row) = row.next()? {
        let (fid, geometry): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let iso_a2: String = row.get(4)?;
        units.push(SourceUnit {
            name: names.get(&fid).cloned().map_or_else(|| row.get(2), Ok)?,
            country: row.get(3)?,
            iso_a2: if iso_a2.len() == 2 { iso_a2 } else { String::new() },
            rings: unit_rings(&geometry).with_context(|| format!("province {fid}"))?,
        });
    }
    Ok(units)
}

fn read_lines(package: &Connection) -> Result<Vec<Vec<Point>>> {
    let mut rows = package.prepare("SELECT fid, geom FROM disputed_borders ORDER BY fid")?;
    let mut lines = Vec::new();
    let mut row = rows.query([])?;
    while let Some(row) = row.next()? {
        let (fid, geometry): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let parts = Reader::after_header(&geometry)?.multi(2, Reader::points);
        lines.extend(parts.with_context(|| format!("disputed line {fid}"))?);
    }
    Ok(lines)
}

fn unit_rings(geometry: &[u8]) -> Result<Vec<Vec<Point>>> {
    let mut reader = Reader::after_header(geometry)?;
    let polygons = reader.multi(3, |reader| {
        let count = reader.count()?;
        (0..count).map(|_| reader.points()).collect::<Result<Vec<_>>>()
    })?;
    let mut rings = Vec::new();
    for polygon in polygons {
        for (ix, ring) in polygon.into_iter().enumerate() {
            rings.extend(clean_ring(ring, ix == 0));
        }
    }
    Ok(rings)
}

/// A ring on the grid: opened, without repeated points, the edge of the map straightened, with its land on the left. `None` where
/// nothing of it is left.
fn clean_ring(mut ring: Vec<Point>, is_outer: bool) -> Option<Vec<Point>> {
    ring.iter_mut().for_each(|point| *point = onto_map_edge(*point));
    ring.dedup();
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    let mut ring = straight_seams(&ring);
    let area = doubled_area(&ring);
    if ring.len() < 3 || area == 0 {
        return None;
    }
    if (area > 0) != is_outer {
        ring.reverse();
    }
    Some(ring)
}

const EAST: i32 = 180 * STEPS_PER_DEGREE;
const SOUTH: i32 = -90 * STEPS_PER_DEGREE;
/// The packagers clipped the world at 179.9 degrees east and west and 89.9 south; points within 20 steps of the clip lie on it.
const CLIP_LON: i32 = EAST - STEPS_PER_DEGREE / 10 - 20;
const CLIP_LAT: i32 = SOUTH + STEPS_PER_DEGREE / 10 + 20;

/// Where the packagers clipped the world the point is moved onto the edge of the map.
fn onto_map_edge(point: Point) -> Point {
    let x = if point.x.abs() >= CLIP_LON { EAST * point.x.signum() } else { point.x };
    let y = if point.y <= CLIP_LAT { SOUTH } else { point.y };
    Point::new(x, y)
}

/// True where the edge runs along the edge of the map: along 180 degrees or the south pole.
pub fn is_seam(a: Point, b: Point) -> bool {
    (a.x == b.x && a.x.abs() == EAST) || (a.y == b.y && a.y == SOUTH)
}

/// The ring with only the ends of its stretches along the edge of the map, and along the pole a point every 30 degrees, so that no edge
/// is longer than half the world.
fn straight_seams(ring: &[Point]) -> Vec<Point> {
    let count = ring.len();
    let inner = |ix: usize| {
        let (before, at, after) = (ring[(ix + count - 1) % count], ring[ix], ring[(ix + 1) % count]);
        (before.x == at.x && at.x == after.x && at.x.abs() == EAST) || (before.y == at.y && at.y == after.y && at.y == SOUTH)
    };
    let kept: Vec<Point> = (0..count).filter(|&ix| !inner(ix)).map(|ix| ring[ix]).collect();
    let mut straight = Vec::with_capacity(kept.len());
    for (a, b) in edges_of(&kept) {
        straight.push(a);
        if a.y == SOUTH && b.y == SOUTH {
            let step = 30 * STEPS_PER_DEGREE * (b.x - a.x).signum();
            let between = (1..12).map(|ix| Point::new((a.x.div_euclid(step) + ix) * step, SOUTH));
            straight.extend(between.filter(|point| (point.x - a.x) * step.signum() > 0 && (b.x - point.x) * step.signum() > 0));
        }
    }
    straight
}

/// A cursor over little-endian well-known binary.
struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Begins after the header that a GeoPackage puts before the well-known binary.
    fn after_header(geometry: &'a [u8]) -> Result<Self> {
        ensure!(geometry.len() > 8 && &geometry[..2] == b"GP", "not a GeoPackage geometry");
        let envelope = match geometry[3] >> 1 & 7 {
            0 => 0,
            1 => 32,
            2 | 3 => 48,
            _ => 64,
        };
        Ok(Self { bytes: geometry.get(8 + envelope..).context("the geometry ends in its header")? })
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N]> {
        let (head, rest) = self.bytes.split_first_chunk::<N>().context("the geometry ends too early")?;
        self.bytes = rest;
        Ok(*head)
    }

    fn count(&mut self) -> Result<usize> {
        Ok(u32::from_le_bytes(self.take()?) as usize)
    }

    /// Byte order and geometry type, which has to be `expected`.
    fn kind(&mut self, expected: u32) -> Result<()> {
        ensure!(self.take()? == [1], "only little-endian geometries are read");
        let found = u32::from_le_bytes(self.take()?);
        ensure!(found == expected, "geometry type {found} where {expected} was to be expected");
        Ok(())
    }

    /// The members, of type `member`, of a multi-geometry.
    fn multi<T>(&mut self, member: u32, read: impl Fn(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        self.kind(member + 3)?;
        let count = self.count()?;
        (0..count)
            .map(|_| {
                self.kind(member)?;
                read(self)
            })
            .collect()
    }

    fn points(&mut self) -> Result<Vec<Point>> {
        let count = self.count()?;
        (0..count).map(|_| Ok(Point::from_degrees(f64::from_le_bytes(self.take()?), f64::from_le_bytes(self.take()?)))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn degrees(points: &[(f64, f64)]) -> Vec<Point> {
        points.iter().map(|&(lon, lat)| Point::from_degrees(lon, lat)).collect()
    }

    #[test]
    fn what_was_clipped_reaches_the_edge_of_the_map() {
        let ring = clean_ring(degrees(&[(179.0, 60.0), (179.9, 60.0), (179.89999, 62.0), (179.9, 65.0), (179.0, 65.0)]), true).unwrap();
        assert_eq!(ring, degrees(&[(179.0, 60.0), (180.0, 60.0), (180.0, 65.0), (179.0, 65.0)]));
    }

    #[test]
    fn the_pole_has_a_point_every_thirty_degrees() {
        let ring = clean_ring(degrees(&[(-179.9, -89.9), (0.1, -89.9), (179.9, -89.9), (179.9, -80.0), (-179.9, -80.0)]), true).unwrap();
        assert_eq!(ring.iter().filter(|point| point.y == SOUTH).count(), 13);
        assert!(edges_of(&ring).filter(|&(a, b)| is_seam(a, b)).all(|(a, b)| a.distance(b) <= 30.0 * f64::from(STEPS_PER_DEGREE)));
    }

    #[test]
    fn rings_get_their_land_on_the_left() {
        let clockwise = degrees(&[(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (0.0, 0.0)]);
        assert!(doubled_area(&clean_ring(clockwise.clone(), true).unwrap()) > 0);
        assert!(doubled_area(&clean_ring(clockwise, false).unwrap()) < 0);
        assert!(clean_ring(degrees(&[(0.0, 0.0), (0.000_001, 0.0), (1.0, 1.0)]), true).is_none());
    }

    #[test]
    fn bad_binary_is_refused() {
        assert!(Reader::after_header(b"GP").is_err());
        assert!(Reader::after_header(b"GP\0\0\0\0\0\0\x01\x06\0\0\0\x01\0\0\0").and_then(|mut it| it.multi(3, Reader::points)).is_err());
    }
}
