//! `border-atlas state`: who holds what on a day.

use serde_json::json;

use super::{
    day_argument, print,
    table_output::{Format, TableRow, multi_polygon, row, table_text},
    view_argument,
};
use crate::{
    model::{Atlas, View, WorldState},
    time::Day,
};

/// Arguments of `state`.
#[derive(clap::Args)]
pub struct StateArguments {
    /// The day.
    #[arg(long, value_name = "DATE")]
    at: String,
    /// The point of view.
    #[arg(long, default_value = "de-facto")]
    view: String,
    /// How to print it; geojson has one dissolved MultiPolygon a polity.
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
}

const COLUMNS: [&str; 8] = ["id", "name", "status", "holder", "iso3", "cow", "gw", "approximate"];

impl StateArguments {
    /// Prints the table.
    pub fn run(&self, atlas: &Atlas) -> anyhow::Result<()> {
        let (day, view) = (day_argument("--at", &self.at)?, view_argument(atlas, &self.view)?);
        let rows = state_rows(atlas, day, &view, self.format == Format::Geojson);
        print(&table_text(&COLUMNS, rows, self.format)?)
    }
}

/// One row a polity that is on the map that day, by id. `holder` is whose dependency or inside what it is, else null.
fn state_rows(atlas: &Atlas, day: Day, view: &View, with_geometry: bool) -> Vec<TableRow> {
    let state = WorldState::at(atlas, day, view);
    let mut presences: Vec<_> = state.presences().into_iter().collect();
    presences.sort_by(|(one, _), (other, _)| atlas.polities.at(*one).id.cmp(&atlas.polities.at(*other).id));
    presences
        .into_iter()
        .map(|(index, presence)| {
            let polity = atlas.polities.at(index);
            let mut found = row(json!({
                "id": polity.id,
                "name": polity.name_on(day),
                "status": presence.standing.word(),
                "holder": presence.under.map(|under| &atlas.polities.at(under).id),
                "iso3": Some(&polity.iso3).filter(|code| !code.is_empty()),
                "cow": polity.cow,
                "gw": polity.gw,
                "approximate": presence.approximate,
            }));
            found.geometry = with_geometry.then(|| multi_polygon(atlas, presence.units.iter().copied()));
            found
        })
        .collect()
}
