//! `border-atlas disputes`: the disputed areas on a day.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    day_argument, print,
    table_output::{Format, TableRow, multi_polygon, row, table_text},
    view_argument,
};
use crate::{
    model::{Atlas, Dispute, PolityIx, View, WorldState},
    time::Day,
};

/// Arguments of `disputes`.
#[derive(clap::Args)]
pub struct DisputesArguments {
    /// The day.
    #[arg(long, value_name = "DATE")]
    at: String,
    /// The point of view; it decides `holder_in_view`, never who administers or claims.
    #[arg(long, default_value = "de-facto")]
    view: String,
    /// How to print it.
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
}

const COLUMNS: [&str; 9] = ["id", "name", "names", "kind", "parties", "administered_by", "claimed_by", "holder_in_view", "area_km2"];

impl DisputesArguments {
    /// Prints the table.
    pub fn run(&self, atlas: &Atlas) -> anyhow::Result<()> {
        let (day, view) = (day_argument("--at", &self.at)?, view_argument(atlas, &self.view)?);
        print(&table_text(&COLUMNS, dispute_rows(atlas, day, &view, self.format != Format::Csv), self.format)?)
    }
}

fn dispute_rows(atlas: &Atlas, day: Day, view: &View, with_geometry: bool) -> Vec<TableRow> {
    let de_facto = WorldState::at(atlas, day, &View::DeFacto);
    let in_view = WorldState::at(atlas, day, view);
    let standing = atlas.disputes.iter().filter(|dispute| dispute.stands_on(day));
    standing.map(|dispute| dispute_row(atlas, dispute, &de_facto, &in_view, with_geometry)).collect()
}

fn dispute_row(atlas: &Atlas, dispute: &Dispute, de_facto: &WorldState, in_view: &WorldState, with_geometry: bool) -> TableRow {
    let ids = |list: &[PolityIx]| list.iter().map(|index| json!(atlas.polities.at(*index).id)).collect::<Value>();
    let state = dispute.state(atlas, de_facto);
    let mut holders: Vec<PolityIx> = dispute.units.iter().filter_map(|unit| in_view.holding(*unit).holder).collect();
    holders.sort_unstable();
    holders.dedup();
    let area_km2: f64 = dispute.units.iter().map(|unit| atlas.partition.topology.unit(*unit).area_km2).sum();
    let names: BTreeMap<&str, &str> = dispute.names.iter().map(|(party, name)| (party.as_str(), name.as_str())).collect();
    let mut found = row(json!({
        "id": dispute.id,
        "name": dispute.name,
        "names": names,
        "kind": dispute.kind,
        "parties": dispute.parties,
        "administered_by": ids(&state.administered_by),
        "claimed_by": ids(&state.claimed_by),
        "holder_in_view": ids(&holders),
        "area_km2": (area_km2 * 10.0).round() / 10.0,
    }));
    found.geometry = with_geometry.then(|| multi_polygon(atlas, dispute.units.iter().copied()));
    found
}
