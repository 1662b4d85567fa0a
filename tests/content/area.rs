//! Regions made of whole units of the partition.

use border_atlas::{
    edit::{Command, History, area_feature},
    io::built_in_atlas,
    model::Document,
};
use serde_json::{Map, Value, json};

#[test]
fn an_area_of_whole_units_is_exact() {
    let (atlas, _) = built_in_atlas().unwrap();
    let Value::Object(properties) = json!({"name": "Crimea", "start": "2014", "sources": ["s"]}) else { unreachable!() };
    let feature = area_feature(&atlas, "area:crimea", &properties).unwrap();
    let topology = &atlas.partition.topology;
    let wanted: f64 = atlas.partition.area("crimea").unwrap().iter().map(|unit| topology.unit(*unit).area_km2).sum();
    let mut history = History::new(Document::empty("Areas"));
    history.apply(&Command::Add { feature, before: None }, None).unwrap();
    let (project, problems) = history.document().project();
    let region = project.regions.iter().find(|region| region.common.name == "Crimea").unwrap();
    assert_eq!((region.area.as_str(), problems), ("area:crimea", vec![]));
    let found = geo::GeodesicArea::geodesic_area_unsigned(&region.shape) / 1e6;
    assert!((found / wanted - 1.0).abs() < 1e-6, "{found} {wanted}");
    // Whole units: every point is one of the partition's.
    let of_units: std::collections::HashSet<[u64; 2]> =
        topology.arcs().iter().flat_map(|arc| &arc.points).map(|point| point.map(f64::to_bits)).collect();
    assert!(geo::CoordsIter::coords_iter(&region.shape).all(|point| of_units.contains(&[point.x.to_bits(), point.y.to_bits()])));
    for (units, why) in
        [("area:atlantis", "atlantis"), ("crimea", "terms begin"), ("area:crimea - area:crimea", "no unit is left"), ("", "empty")]
    {
        let refusal = area_feature(&atlas, units, &Map::new()).unwrap_err().to_string();
        assert!(refusal.contains(why), "{units}: {refusal}");
    }
    let Value::Object(line) = json!({"kind": "line", "name": "L"}) else { unreachable!() };
    assert!(area_feature(&atlas, "area:crimea", &line).is_err());
}
