//! Writes real geometry into the case studies: features that name an area or a line of the partition get its shape.

use anyhow::{Context, Result};
use border_atlas::geometry::UnitSet;
use border_atlas::model::Partition;
use border_atlas::model::tenure_text::TenureText;
use border_atlas::model::units::{NamedSets, UnitExpr};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// Fills every case study under `maps`; with `renew` also where there is geometry already. Writes only what changes, and prints it.
///
/// # Errors
/// Names the file and the feature that cannot be filled; files before it are written by then.
pub fn fill(maps: &Path, renew: bool) -> Result<()> {
    let world = maps.join("world.topo.json");
    let text = fs::read_to_string(&world).with_context(|| format!("{} cannot be read", world.display()))?;
    let partition = Partition::from_topojson(&text)?;
    let sets = named_sets(&maps.join("tenure"))?;
    for path in files_in(&maps.join("cases"), "geojson")? {
        let text = fs::read_to_string(&path)?;
        let filled = filled(&text, renew, |feature| geometry_of(feature, &partition, &sets));
        let filled = filled.with_context(|| path.display().to_string())?;
        if filled != text {
            fs::write(&path, filled)?;
            println!("{} has new shapes", path.display());
        }
    }
    Ok(())
}

/// The `set NAME = ...` lines of all tenure files.
fn named_sets(folder: &Path) -> Result<NamedSets> {
    let mut sets = NamedSets::new();
    for path in files_in(folder, "tenure")? {
        sets.extend(TenureText::parse(&path.display().to_string(), &fs::read_to_string(&path)?).sets);
    }
    Ok(sets)
}

fn files_in(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|it| it == ending));
    paths.sort();
    Ok(paths)
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    features: Vec<Feature<'a>>,
}

#[derive(Deserialize)]
struct Feature<'a> {
    #[serde(borrow)]
    geometry: &'a RawValue,
    #[serde(default)]
    properties: Value,
}

/// The document with the geometries that `geometry_of` gives for the features' properties. Not one other byte is changed.
fn filled(text: &str, renew: bool, geometry_of: impl Fn(&Value) -> Result<Option<Value>>) -> Result<String> {
    let document: Document = serde_json::from_str(text)?;
    let mut filled = String::with_capacity(text.len());
    let mut copied = 0;
    for feature in &document.features {
        let old = feature.geometry.get();
        if old != "null" && !renew {
            continue;
        }
        let geometry = geometry_of(&feature.properties).with_context(|| format!("feature {}", feature.properties["id"]))?;
        if let Some(geometry) = geometry {
            // The raw value borrows from the text, so its place there is the distance of the two.
            let start = old.as_ptr() as usize - text.as_ptr() as usize;
            filled += &text[copied..start];
            filled += &geometry.to_string();
            copied = start + old.len();
        }
    }
    filled += &text[copied..];
    Ok(filled)
}

fn geometry_of(properties: &Value, partition: &Partition, sets: &NamedSets) -> Result<Option<Value>> {
    if let Some(area) = properties["area"].as_str() {
        let units: UnitSet = UnitExpr::parse(area)?.resolve(partition, sets)?.into_iter().collect();
        return Ok(Some(multi_polygon(partition, &units)));
    }
    if let Some(name) = properties["area_line"].as_str() {
        let arcs = partition.area_line(name).with_context(|| format!("the partition has no line `{name}`"))?;
        let topology = &partition.topology;
        let lines: Vec<_> = topology.chains(arcs).iter().map(|chain| topology.chain_points(chain)).collect();
        return Ok(Some(json!({ "type": "MultiLineString", "coordinates": lines })));
    }
    Ok(None)
}

fn multi_polygon(partition: &Partition, units: &UnitSet) -> Value {
    let topology = &partition.topology;
    let polygons: Vec<_> = topology.dissolve(units).iter().map(|polygon| topology.polygon_points(polygon, 0)).collect();
    json!({ "type": "MultiPolygon", "coordinates": polygons })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{ "type":"FeatureCollection",
      "features": [ {"type":"Feature",  "properties":{"id":"a","area":"x"}, "geometry":null},
                    {"geometry": {"type":"Point","coordinates":[1,2]}, "properties":{"area":"y"}, "other": 1.50} ] }"#;

    #[test]
    fn only_the_geometry_changes() {
        let shape = |properties: &Value| Ok(properties["area"].as_str().map(|area| json!({ "area": area })));
        let once = filled(TEXT, false, shape).unwrap();
        assert_eq!(once, TEXT.replace(r#""geometry":null"#, r#""geometry":{"area":"x"}"#));
        let renewed = filled(&once, true, shape).unwrap();
        assert_eq!(renewed, once.replace(r#"{"type":"Point","coordinates":[1,2]}"#, r#"{"area":"y"}"#));
    }

    #[test]
    fn nothing_to_fill_changes_nothing() {
        assert_eq!(filled(TEXT, true, |_| Ok(None)).unwrap(), TEXT);
    }
}
