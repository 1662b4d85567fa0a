//! Regions made of whole units of the partition: exact, because the arcs of their outline are followed and nothing is computed.

use serde_json::{Map, Value, json};

use super::Refusal;
use crate::{
    geometry::UnitSet,
    model::{Atlas, units::UnitExpr},
};

/// The GeoJSON feature of a region that covers whole units, to be given to [`super::Command::Add`]. `units` is a set as rows of the tenure write it
/// (`country:ukr - area:crimea`) and becomes the property `area`; `properties` are those of the region, of which only the name must be there.
///
/// # Errors
/// When the set cannot be read, names what the atlas lacks, or is empty; when the properties are those of something else.
pub fn area_feature(atlas: &Atlas, units: &str, properties: &Map<String, Value>) -> Result<Value, Refusal> {
    let kind = properties.get("kind").and_then(Value::as_str).unwrap_or("region");
    if kind != "region" {
        return Err(Refusal::Value(format!("an area of whole units is a region; `kind` says that it is a {kind}.")));
    }
    let set = UnitExpr::parse(units).and_then(|set| set.resolve(&atlas.partition, &atlas.tenure.sets));
    let set: UnitSet = set.map_err(|error| Refusal::Value(format!("{error}.")))?.into_iter().collect();
    if set.is_empty() {
        return Err(Refusal::Value(format!("no unit is left in `{units}`: all that is added is taken away again.")));
    }
    let topology = &atlas.partition.topology;
    let polygons: Vec<_> = topology.dissolve(&set).iter().map(|polygon| topology.polygon_points(polygon, 0)).collect();
    let mut own = Map::from_iter([("kind".to_owned(), kind.into())]);
    own.extend(properties.clone());
    own.insert("area".to_owned(), units.trim().into());
    Ok(json!({"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": polygons}, "properties": own}))
}
