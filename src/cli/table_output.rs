//! One table, three formats: the rows that `state`, `disputes`, `allies` and `events` print.

use clap::ValueEnum;
use serde_json::{Map, Value, json};

use crate::{export::chart::guarded, geometry::unit_set::UnitSet, model::Atlas};

/// The formats that tables come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A JSON array of objects, or what the command documents.
    Json,
    /// Comma-separated values with a header row.
    Csv,
    /// A GeoJSON FeatureCollection.
    Geojson,
}

/// One row: its values in the order of the columns, and its geometry where the command has one.
pub struct TableRow {
    /// Values by column name.
    pub values: Map<String, Value>,
    /// A GeoJSON geometry, for the formats that carry it.
    pub geometry: Option<Value>,
}

/// A row from an object literal.
pub fn row(values: Value) -> TableRow {
    let Value::Object(values) = values else { return TableRow { values: Map::new(), geometry: None } };
    TableRow { values, geometry: None }
}

/// The table as text in a format. `columns` heads the CSV, also when there are no rows.
pub fn table_text(columns: &[&str], rows: Vec<TableRow>, format: Format) -> anyhow::Result<String> {
    match format {
        Format::Json => json_text(rows),
        Format::Csv => csv_text(columns, &rows),
        Format::Geojson => geojson_text(rows),
    }
}

fn json_text(rows: Vec<TableRow>) -> anyhow::Result<String> {
    let list: Vec<Value> = rows
        .into_iter()
        .map(|row| {
            let mut values = row.values;
            if let Some(geometry) = row.geometry {
                values.insert("geometry".to_owned(), geometry);
            }
            Value::Object(values)
        })
        .collect();
    Ok(format!("[\n{}\n]\n", list.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?.join(",\n")))
}

fn geojson_text(rows: Vec<TableRow>) -> anyhow::Result<String> {
    let features: Vec<String> = rows
        .into_iter()
        .map(|row| serde_json::to_string(&json!({"type": "Feature", "properties": row.values, "geometry": row.geometry})))
        .collect::<Result<_, _>>()?;
    Ok(format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", features.join(",\n")))
}

fn csv_text(columns: &[&str], rows: &[TableRow]) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns)?;
    for row in rows {
        writer.write_record(columns.iter().map(|column| cell(row.values.get(*column))))?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// A value as a CSV cell: lists divided by `;`, nothing for null, and a guard before what a spreadsheet would run as a formula.
fn cell(value: Option<&Value>) -> String {
    let text = match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(list)) => list.iter().map(|item| cell(Some(item))).collect::<Vec<_>>().join(";"),
        Some(other) => return other.to_string(),
    };
    guarded(&text)
}

/// The units as one MultiPolygon, dissolved along shared arcs at full detail; coordinates to five decimals (about a metre).
pub fn multi_polygon(atlas: &Atlas, units: impl IntoIterator<Item = crate::geometry::topology::UnitIx>) -> Value {
    let mut set = UnitSet::new();
    for unit in units {
        set.insert(unit);
    }
    let topology = &atlas.partition.topology;
    let polygons: Vec<Value> = topology
        .dissolve(&set)
        .iter()
        .map(|polygon| {
            topology
                .polygon_points(polygon, 0)
                .iter()
                .map(|ring| ring.iter().map(|point| json!([rounded(point[0]), rounded(point[1])])).collect::<Value>())
                .collect()
        })
        .collect();
    json!({"type": "MultiPolygon", "coordinates": polygons})
}

/// A coordinate to five decimals.
pub fn rounded(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_guards_formulas_and_joins_lists() {
        let table = vec![row(json!({"a": "=cmd|x", "b": ["x", "y"], "c": null, "d": "-0044-03-15", "e": -1.5}))];
        let text = table_text(&["a", "b", "c", "d", "e"], table, Format::Csv).unwrap();
        assert_eq!(text, "a,b,c,d,e\n'=cmd|x,x;y,,-0044-03-15,-1.5\n");
    }
}
