//! `border-atlas allies`: the members of alliances on a day.

use serde_json::json;

use super::{
    day_argument, known_argument, print,
    table_output::{Format, TableRow, row, table_text},
};
use crate::{
    model::{Alliance, Atlas, Member},
    time::Day,
};

/// Arguments of `allies`.
#[derive(clap::Args)]
pub struct AlliesArguments {
    /// The day.
    #[arg(long, value_name = "DATE")]
    at: String,
    /// Only the alliances that this polity is in on that day, with all their members.
    #[arg(long, value_name = "POLITY")]
    of: Option<String>,
    /// Only this alliance.
    #[arg(long, value_name = "ID")]
    alliance: Option<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
}

const COLUMNS: [&str; 8] = ["alliance", "polity", "iso3", "cow", "joined", "left", "status", "pledges"];

impl AlliesArguments {
    /// Prints the table.
    pub fn run(&self, atlas: &Atlas) -> anyhow::Result<()> {
        anyhow::ensure!(
            self.format != Format::Geojson,
            "--format geojson: memberships have no geometry of their own. Use json or csv, and `state` for shapes"
        );
        let day = day_argument("--at", &self.at)?;
        if let Some(of) = &self.of {
            let all = atlas.polities.iter().map(|(_, polity)| polity.id.as_str());
            known_argument("--of", of, atlas.polities.find(of), all)?;
        }
        if let Some(id) = &self.alliance {
            known_argument("--alliance", id, atlas.alliance(id), atlas.alliances.iter().map(|alliance| alliance.id.as_str()))?;
        }
        let is_asked = |alliance: &&Alliance| {
            self.alliance.as_ref().is_none_or(|id| alliance.id.as_str() == id)
                && self.of.as_ref().is_none_or(|of| alliance.members_on(day).any(|(member, _)| member.polity.as_str() == of))
        };
        let rows = atlas.alliances.iter().filter(is_asked).flat_map(|alliance| member_rows(atlas, alliance, day)).collect();
        print(&table_text(&COLUMNS, rows, self.format)?)
    }
}

fn member_rows(atlas: &Atlas, alliance: &Alliance, day: Day) -> Vec<TableRow> {
    let pledges: Vec<&str> = alliance.pledges_on(day).into_iter().map(|kind| kind.word()).collect();
    let member_row = |(member, status): (&Member, &str)| {
        let polity = atlas.polities.get(member.polity.as_str());
        row(json!({
            "alliance": alliance.id,
            "polity": member.polity,
            "iso3": polity.map(|polity| polity.iso3.as_str()).filter(|code| !code.is_empty()),
            "cow": polity.and_then(|polity| polity.cow),
            "joined": member.joined,
            "left": Some(&member.left).filter(|left| !left.is_empty()),
            "status": status,
            "pledges": pledges,
        }))
    };
    alliance.members_on(day).map(member_row).collect()
}
