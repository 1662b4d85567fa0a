//! `border-atlas events`: the events of the case studies.

use std::sync::Arc;

use serde_json::json;

use super::{
    day_argument, known_argument, print,
    table_output::{Format, TableRow, rounded, row, table_text},
};
use crate::{
    model::{Atlas, Event, Project},
    time::{Date, Day},
};

/// Arguments of `events`.
#[derive(clap::Args)]
pub struct EventsArguments {
    /// Only this case study.
    #[arg(long, value_name = "ID")]
    case: Option<String>,
    /// Only what happened on or after this date.
    #[arg(long, value_name = "D")]
    from: Option<String>,
    /// Only what happened on or before this date (all of it: 1947 includes December 1947).
    #[arg(long, value_name = "D")]
    to: Option<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
}

const COLUMNS: [&str; 14] =
    ["case", "id", "kind", "date", "end", "title", "text", "place", "lon", "lat", "precision_km", "parties", "importance", "sources"];

impl EventsArguments {
    /// Prints the table.
    pub fn run(&self, atlas: &Atlas) -> anyhow::Result<()> {
        let from = self.from.as_deref().map(|text| day_argument("--from", text)).transpose()?;
        let to = self.to.as_deref().map(last_day_argument).transpose()?;
        if let Some(id) = &self.case {
            known_argument("--case", id, atlas.case(id), atlas.cases.iter().map(|case| case.id.as_str()))?;
        }
        let cases = atlas.cases.iter().filter(|case| self.case.as_ref().is_none_or(|id| case.id.as_str() == id));
        let is_asked =
            |event: &&Arc<Event>| from.is_none_or(|from| event.span.past_end() > from) && to.is_none_or(|to| event.span.first_day() <= to);
        let rows = cases
            .flat_map(|case| case.events.iter().filter(is_asked).map(|event| event_row(case, event, self.format == Format::Geojson)))
            .collect();
        print(&table_text(&COLUMNS, rows, self.format)?)
    }
}

fn last_day_argument(text: &str) -> anyhow::Result<Day> {
    day_argument("--to", text)?;
    Ok(Date::parse(text)?.latest)
}

fn event_row(case: &Project, event: &Event, with_geometry: bool) -> TableRow {
    let (lon, lat) = (rounded(event.at.lon_deg), rounded(event.at.lat_deg));
    let end = event.properties.get("end").and_then(|end| end.as_str()).filter(|end| !end.is_empty());
    let mut found = row(json!({
        "case": case.id,
        "id": event.id,
        "kind": event.kind.id(),
        "date": event.date.text,
        "end": end,
        "title": event.title,
        "text": event.text,
        "place": event.place,
        "lon": lon,
        "lat": lat,
        "precision_km": event.precision_km,
        "parties": event.parties,
        "importance": event.importance,
        "sources": event.sources.iter().map(|citation| citation.source.as_str()).collect::<Vec<_>>(),
    }));
    found.geometry = with_geometry.then(|| json!({"type": "Point", "coordinates": [lon, lat]}));
    found
}
