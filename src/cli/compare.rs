//! `compare`: what differs between two dates or two views, as tables or as a picture.

use std::{path::PathBuf, sync::Arc};

use anyhow::bail;
use clap::ValueEnum;
use serde_json::{Value, json};

use super::{
    page::warn_of_lacking,
    print,
    render::{PictureArguments, day_or_opening, format_of, view_or_opening, write_output},
    table_output::{multi_polygon, rounded},
};
use crate::{
    export::{About, lacking::lacking_on_paper, sheet::Sheet},
    geometry::{ArcRef, UnitIx},
    model::{
        Atlas, Comparison, PolityIx, Project, View, WorldState,
        comparison::{Balance, ChangeKind, LineChange, MembershipChange, Transfer, membership_changes},
    },
    publish::PictureFormat,
    scene::{
        Look,
        compare::{ChangeList, CompareInput, Layout, Moment, difference_layer, labels, sheet},
    },
    time::Day,
};

/// Tells what differs, or draws it.
#[derive(clap::Args, Clone, Debug)]
pub struct CompareArguments {
    /// What is shown and how.
    #[command(flatten)]
    picture: PictureArguments,
    /// A date, `--at 2013 --at 2022`: two of them, or one for two views; four or nine for `--layout multiples`.
    #[arg(long, value_name = "DATE")]
    at: Vec<String>,
    /// A point of view, `--view de-facto --view ind`: two of them, or one for all dates. Without one that of the case, else de-facto.
    #[arg(long)]
    view: Vec<String>,
    /// How to print what differs; geojson has the changed land and lines with their geometry.
    #[arg(long, value_enum, default_value = "text", conflicts_with = "output")]
    format: TableFormat,
    /// How to draw it: swipe, side, difference or multiples.
    #[arg(long, default_value = "difference", requires = "output")]
    layout: Layout,
    /// The file to draw to; its ending, .png, .svg or .pdf, says what is written. Without one what differs is printed.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// How a comparison is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TableFormat {
    /// For people.
    Text,
    /// One object: balances, transfers, units, lines, memberships.
    Json,
    /// The changed land and lines as features.
    Geojson,
}

impl CompareArguments {
    /// Prints or draws.
    ///
    /// # Errors
    /// Says which argument or file is at fault, why, and what to do.
    pub fn run(&self, atlas: &Atlas) -> anyhow::Result<()> {
        let project = self.picture.project(atlas)?;
        let moments = self.moments(atlas, project.as_ref())?;
        match &self.output {
            Some(output) => {
                let format = format_of(output)?;
                let bytes = self.picture_bytes(atlas, (project.as_ref(), &moments), format)?;
                write_output(output, &bytes)
            }
            None => self.table(atlas, &moments),
        }
    }

    /// The sides, as many as the layout wants.
    fn moments(&self, atlas: &Atlas, project: Option<&Project>) -> anyhow::Result<Vec<Moment>> {
        let count = self.at.len().max(self.view.len());
        let layout = if self.output.is_some() { self.layout } else { Layout::Difference };
        if !layout.takes(count) || ![0, 1, count].contains(&self.at.len()) || ![0, 1, count].contains(&self.view.len()) {
            let wanted = if layout == Layout::Multiples { "four or nine dates or views" } else { "two dates or two views" };
            bail!("compare wants {wanted} here, as in --at 2013 --at 2022 or --view de-facto --view ind; one of the other holds for all");
        }
        let day = |index: usize| day_or_opening(self.at.get(index).or(self.at.first()).map(String::as_str), project);
        let view = |index: usize| view_or_opening(atlas, self.view.get(index).or(self.view.first()).map(String::as_str), project);
        (0..count).map(|index| Ok(moment(atlas, day(index)?, &view(index)?))).collect()
    }

    fn picture_bytes(
        &self,
        atlas: &Atlas,
        (project, moments): (Option<&Project>, &[Moment]),
        format: PictureFormat,
    ) -> anyhow::Result<Vec<u8>> {
        let (size_points, scale) = self.picture.size()?;
        let (projection, bbox) = self.picture.place(project)?;
        let look = self.picture.look(atlas, project)?;
        let sheet = sheet(&CompareInput { atlas, moments, project, look: &look, projection, bbox, size_points }, self.layout);
        if format != PictureFormat::Svg {
            warn_of_lacking(&lacking_on_paper(&[Sheet::of_panes(sheet.clone(), scale, String::new())]));
        }
        Ok(format.sheet_bytes(atlas, &sheet, scale, &About::of_panes(&sheet))?)
    }

    fn table(&self, atlas: &Atlas, moments: &[Moment]) -> anyhow::Result<()> {
        let comparison = Comparison::new(atlas, moments[0].state.clone(), moments[1].state.clone());
        let days = [moments[0].day, moments[1].day];
        let memberships = membership_changes(atlas, days[0], days[1]);
        let table = Table { atlas, comparison: &comparison, days, memberships: &memberships };
        match self.format {
            TableFormat::Text => print(&table.text(&self.picture.look(atlas, None)?)),
            TableFormat::Json => print(&format!("{:#}\n", table.json())),
            TableFormat::Geojson => print(&table.geojson()?),
        }
    }
}

fn moment(atlas: &Atlas, day: Day, view: &View) -> Moment {
    Moment { state: Arc::new(WorldState::at(atlas, day, view)), day }
}

struct Table<'a> {
    atlas: &'a Atlas,
    comparison: &'a Comparison,
    days: [Day; 2],
    memberships: &'a [MembershipChange],
}

impl Table<'_> {
    fn id(&self, who: Option<PolityIx>) -> Value {
        who.map_or(Value::Null, |who| json!(self.atlas.polities.at(who).id))
    }

    fn sides(&self) -> Value {
        let side = |day: Day, view: &View| json!({"at": day.to_string(), "view": view.id()});
        json!([side(self.days[0], &self.comparison.before.view), side(self.days[1], &self.comparison.after.view)])
    }

    fn json(&self) -> Value {
        let it = self.comparison;
        let balance = |own: &Balance| {
            json!({
                "id": self.id(own.who), "gained_km2": tenths(own.gained_km2), "lost_km2": tenths(own.lost_km2),
                "before_km2": tenths(own.before_km2), "after_km2": tenths(own.after_km2),
            })
        };
        json!({
            "between": self.sides(),
            "changed_km2": tenths(it.changed_km2()),
            "balances": it.balances.iter().map(balance).collect::<Value>(),
            "transfers": it.transfers.iter().map(|transfer| self.transfer(transfer)).collect::<Value>(),
            "units": it.units.iter().map(|change| self.unit(change.unit, change.kind)).collect::<Value>(),
            "lines": it.lines.iter().map(|line| self.line(line)).collect::<Value>(),
            "memberships": self.memberships.iter().map(|change| json!({
                "alliance": change.alliance, "polity": change.polity, "before": change.before, "after": change.after,
            })).collect::<Value>(),
        })
    }

    fn transfer(&self, transfer: &Transfer) -> Value {
        json!({
            "from": self.id(transfer.from), "to": self.id(transfer.to), "km2": tenths(transfer.km2),
            "approximate": transfer.approximate, "units": transfer.units.len(),
        })
    }

    fn unit(&self, unit: UnitIx, kind: ChangeKind) -> Value {
        let side = |state: &WorldState| {
            let holding = state.holding(unit);
            let claims: Vec<Value> = state.contenders(unit).iter().map(|who| self.id(Some(*who))).collect();
            json!({"holder": self.id(holding.holder), "status": holding.status.word(), "title": self.id(holding.title), "contenders": claims})
        };
        json!({
            "unit": self.atlas.partition.info(unit).id, "change": kind.word(),
            "km2": tenths(self.atlas.partition.topology.unit(unit).area_km2),
            "before": side(&self.comparison.before), "after": side(&self.comparison.after),
        })
    }

    fn line(&self, line: &LineChange) -> Value {
        json!({
            "change": line.word(), "before": line.before.id(), "after": line.after.id(), "km": tenths(line.length_km(self.atlas)),
        })
    }

    /// A feature for the land of each transfer, for the land that changed otherwise, and for each kind of changed line.
    fn geojson(&self) -> anyhow::Result<String> {
        let mut features: Vec<Value> = Vec::new();
        let feature = |kind: &str, mut properties: Value, geometry: Value| {
            properties["kind"] = json!(kind);
            properties["between"] = self.sides();
            json!({"type": "Feature", "properties": properties, "geometry": geometry})
        };
        for transfer in &self.comparison.transfers {
            features.push(feature("hands", self.transfer(transfer), multi_polygon(self.atlas, transfer.units.iter().copied())));
        }
        for kind in [ChangeKind::Status, ChangeKind::Claims] {
            let units: Vec<_> = self.comparison.units.iter().filter(|change| change.kind == kind).map(|change| change.unit).collect();
            if !units.is_empty() {
                let km2 = tenths(self.comparison.km2_of(self.atlas, kind));
                features.push(feature(kind.word(), json!({"km2": km2, "units": units.len()}), multi_polygon(self.atlas, units)));
            }
        }
        features.extend(self.comparison.lines.iter().map(|line| feature("line", self.line(line), self.multi_line(line))));
        let features = features.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
        Ok(format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", features.join(",\n")))
    }

    /// The lines as one MultiLineString, joined to stretches that are as long as can be.
    fn multi_line(&self, line: &LineChange) -> Value {
        let topology = &self.atlas.partition.topology;
        let chains = topology.chains(&line.arcs);
        let points = |chain: &Vec<ArcRef>| -> Value {
            topology.chain_points(chain).iter().map(|point| json!([rounded(point[0]), rounded(point[1])])).collect()
        };
        json!({"type": "MultiLineString", "coordinates": chains.iter().map(points).collect::<Value>()})
    }

    fn text(&self, look: &Look) -> String {
        let it = self.comparison;
        let land = difference_layer(self.atlas, it, look);
        let every = Look { alliances: self.atlas.alliances.iter().map(|alliance| alliance.id.clone()).collect(), ..look.clone() };
        let list = ChangeList::new(self.atlas, it, (look, &land), self.days);
        let list = list.with_memberships(self.atlas, self.memberships, &every, self.days[1]);
        let names = labels(self.atlas, &[(&it.before, self.days[0]), (&it.after, self.days[1])]);
        let mut text = format!("{} → {}\n", names[0].main, names[1].main);
        let mut seconds: Vec<&str> = names.iter().map(|label| label.second.as_str()).collect();
        seconds.dedup();
        text += &format!("{}\n\n{}\n", seconds.join(" → "), list.headline);
        for (heading, rows) in [("Gained", &list.gained), ("Lost", &list.lost)] {
            if !rows.is_empty() {
                text += &format!("\n{heading}\n");
            }
            rows.iter().for_each(|row| text += &format!("  {} {}, {}\n", row.name, row.amount, row.detail));
        }
        list.besides.iter().for_each(|row| text += &format!("\n{row}\n"));
        if !list.lines.is_empty() {
            text += "\nLines\n";
        }
        list.lines.iter().for_each(|row| text += &format!("  {}, {}\n", row.text, row.length));
        if !list.memberships.is_empty() {
            text += "\nMemberships\n";
        }
        list.memberships.iter().for_each(|row| text += &format!("  {row}\n"));
        if !list.note.is_empty() {
            text += &format!("\n{}\n", list.note);
        }
        text
    }
}

/// Rounded to a tenth.
fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
