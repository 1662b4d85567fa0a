//! From faces to units: each province is cut only as far as the areas need, slivers are given back, and every unit gets its id.

use crate::areas::Region;
use crate::faces::Face;
use crate::grid::{Point, STEPS_PER_DEGREE};
use crate::slug::slug;
use crate::source::SourceUnit;
use border_atlas::geometry::measure;
use std::collections::{BTreeMap, HashMap};

/// Faces thinner than this on the average, in steps, are slivers between a line and the outline that it means.
const SLIVER_WIDTH: f64 = 0.006 * STEPS_PER_DEGREE as f64;
/// So are faces smaller than this.
const SLIVER_KM2: f64 = 3.0;

/// The numbers of the areas to which a face belongs, ascending.
type Signature = Vec<usize>;

/// A unit of the partition.
pub struct Unit {
    pub id: String,
    /// Its province in the source.
    pub province: usize,
    /// The numbers of the regions to which it belongs, ascending.
    pub regions: Signature,
    pub area_km2: f64,
    pub faces: Vec<Face>,
}

/// An id for each province: country and slug, with `-2`, `-3` where a country has a name twice.
pub fn province_ids(provinces: &[SourceUnit]) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut ids = Vec::with_capacity(provinces.len());
    for province in provinces {
        let id = format!("{}/{}", province.country, slug(&province.name));
        let count = seen.entry(id.clone()).or_default();
        *count += 1;
        ids.push(if *count == 1 { id } else { format!("{id}-{count}") });
    }
    ids
}

/// Groups the faces of each province by the regions they belong to. `faces` are labelled with the number of their province.
/// Gives the units in the order of their ids.
pub fn units_from(faces: Vec<Face>, ids: &[String], countries: &[u32], regions: &[Region]) -> Vec<Unit> {
    let mut by_province: BTreeMap<u32, Vec<Face>> = BTreeMap::new();
    for face in faces {
        by_province.entry(face.label).or_default().push(face);
    }
    let mut units = Vec::new();
    for (province, faces) in by_province {
        let ix = province as usize;
        let signatures = signatures(&faces, countries[ix], &ids[ix], regions);
        units.extend(units_of_province(ix, &ids[ix], faces, signatures));
    }
    units.sort_by(|one, other| one.id.cmp(&other.id));
    units
}

fn units_of_province(province: usize, id: &str, faces: Vec<Face>, signatures: Vec<Signature>) -> Vec<Unit> {
    let mut groups: BTreeMap<Signature, Vec<Face>> = BTreeMap::new();
    for (face, signature) in faces.into_iter().zip(signatures) {
        groups.entry(signature).or_default().push(face);
    }
    let mut units: Vec<Unit> = groups
        .into_iter()
        .map(|(regions, faces)| Unit { id: id.to_owned(), province, regions, area_km2: faces.iter().map(face_area_km2).sum(), faces })
        .collect();
    units.sort_by(|one, other| other.area_km2.total_cmp(&one.area_km2));
    if units.len() > 1 {
        units.iter_mut().zip(1..).for_each(|(unit, part)| unit.id = format!("{id}.{part}"));
    }
    units
}

/// The regions of each face of one province: those that hold more than half of it, and for a sliver those of the larger neighbour.
fn signatures(faces: &[Face], country: u32, id: &str, regions: &[Region]) -> Vec<Signature> {
    let of_face = |face: &Face| -> Signature { (0..regions.len()).filter(|&ix| regions[ix].share_of(face, country, id) > 0.5).collect() };
    let mut signatures: Vec<Signature> = faces.iter().map(of_face).collect();
    let common = common_lengths(faces);
    let mut slivers: Vec<usize> = (0..faces.len()).filter(|&ix| !common[ix].is_empty() && is_sliver(&faces[ix])).collect();
    while !slivers.is_empty() {
        // The sliver with the longest boundary to a face that is none goes first; those among slivers wait for it.
        let best = slivers.iter().flat_map(|&ix| common[ix].iter().map(move |(&other, &length)| (length, ix, other)));
        let best = best.filter(|(_, _, other)| !slivers.contains(other)).max_by(|one, other| one.0.total_cmp(&other.0));
        let Some((_, sliver, neighbour)) = best else { break };
        signatures[sliver] = signatures[neighbour].clone();
        slivers.retain(|&ix| ix != sliver);
    }
    signatures
}

fn is_sliver(face: &Face) -> bool {
    face.mean_width() < SLIVER_WIDTH || face_area_km2(face) < SLIVER_KM2
}

/// For each face the lengths of its boundaries with the other faces of the same province.
fn common_lengths(faces: &[Face]) -> Vec<BTreeMap<usize, f64>> {
    let mut owners: HashMap<(Point, Point), usize> = HashMap::new();
    for (ix, face) in faces.iter().enumerate() {
        owners.extend(face.halves().map(|half| ((half.from, half.to), ix)));
    }
    let mut lengths = vec![BTreeMap::new(); faces.len()];
    for (&(from, to), &ix) in &owners {
        if let Some(&other) = owners.get(&(to, from)) {
            *lengths[ix].entry(other).or_insert(0.0) += from.distance(to);
        }
    }
    lengths
}

/// Geodesic area of a face.
pub fn face_area_km2(face: &Face) -> f64 {
    let rings: Vec<Vec<[f64; 2]>> = face.rings().map(|ring| ring.iter().map(|point| point.to_degrees()).collect()).collect();
    measure::area_km2(&rings)
}
