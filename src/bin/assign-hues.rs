//! Assigns every polity its place on the wheel of hues and writes `assets/hues.txt`: neighbours of any date differ, those of today above all;
//! successors share; the parties of the case studies are chosen by hand so that they can be told apart by everybody.
//!
//! Run it again when polities or tenure have changed: `cargo run --no-default-features --features partition --bin assign-hues`. Polities keep the hue that they have as
//! long as it does not clash.

use std::{collections::BTreeMap, fs};

use anyhow::Context as _;
use border_atlas::{
    geometry::UnitIx,
    io::built_in_atlas,
    model::{Atlas, PolityIx, polity::PolityKind},
    scene::hues::{HUE_COUNT, assigned_hue},
    time::{Day, Span},
};

/// Chosen by hand, the rest follows: places on the wheel of `src/scene/hues.rs`.
const CHOSEN: [(&str, usize); 11] =
    [("rus", 5), ("ukr", 0), ("chn", 0), ("ind", 1), ("pak", 2), ("arm", 1), ("aze", 0), ("nkr", 3), ("geo", 2), ("tur", 7), ("usa", 2)];

fn main() -> anyhow::Result<()> {
    let (atlas, _) = built_in_atlas().context("the built-in atlas cannot be read")?;
    let groups = groups(&atlas);
    let edges = edges(&atlas, &groups);
    let hues = assigned(&atlas, &groups, &edges);
    let mut text = String::from(
        "# Polity and its place on the wheel of hues (src/scene/hues.rs). Made by: cargo run --no-default-features --features partition --bin assign-hues\n",
    );
    for (ix, polity) in atlas.polities.iter() {
        text.push_str(&format!("{} {}\n", polity.id, hues[groups[usize::from(ix.0)]]));
    }
    fs::write("assets/hues.txt", text).context("assets/hues.txt cannot be written; run this from the root of the repository")?;
    let clashes: Vec<_> = edges.iter().filter(|((a, b), _)| hues[*a] == hues[*b]).collect();
    println!("{} polities, {} pairs of neighbours, {} clashes", atlas.polities.len(), edges.len(), clashes.len());
    for ((a, b), weight) in clashes {
        println!("  {} and {} (weight {weight})", atlas.polities.at(PolityIx(*a as u16)).id, atlas.polities.at(PolityIx(*b as u16)).id);
    }
    Ok(())
}

/// A successor may begin so many days before its predecessor ends.
const HANDOVER_DAYS: i64 = 700;

/// For each polity the first one that it shares its hue with: a predecessor or successor among the states, empires, unions and republics of one Natural
/// Earth code. Two that lived side by side (the two Germanies) do not share; a republic lives inside its union and does.
fn groups(atlas: &Atlas) -> Vec<usize> {
    let mut members: BTreeMap<&str, Vec<PolityIx>> = BTreeMap::new();
    let groups = atlas.polities.iter().map(|(ix, polity)| {
        let code = if polity.id.as_str() == "ussr" { "RUS" } else { &polity.natural_earth };
        let is_republic = polity.kind == PolityKind::Constituent;
        let shares = is_republic || matches!(polity.kind, PolityKind::State | PolityKind::Empire | PolityKind::Union);
        if !shares || code.is_empty() {
            return usize::from(ix.0);
        }
        let own = members.entry(code).or_default();
        let beside = |other: &PolityIx| {
            let other = atlas.polities.at(*other);
            let shared_days =
                other.span.past_end().min(polity.span.past_end()).get() - other.span.first_day().max(polity.span.first_day()).get();
            !is_republic && other.kind != PolityKind::Constituent && shared_days > HANDOVER_DAYS
        };
        if own.iter().any(beside) {
            return usize::from(ix.0);
        }
        own.push(ix);
        usize::from(own[0].0)
    });
    groups.collect()
}

/// Pairs of groups that ever bordered each other or contested the same land, lower first, with how much it matters that they differ.
fn edges(atlas: &Atlas, groups: &[usize]) -> BTreeMap<(usize, usize), u32> {
    let mut of_unit: Vec<Vec<(usize, &Span)>> = vec![Vec::new(); atlas.partition.units.len()];
    for row in &atlas.tenure.rows {
        for unit in row.who.iter().flat_map(|_| &row.units) {
            of_unit[unit.index()].extend(row.who.map(|who| (groups[usize::from(who.0)], &row.text.span)));
        }
    }
    let today = Day::from_ymd(2020, 1, 1).unwrap_or_default();
    let mut edges = BTreeMap::new();
    let mut meet = |one: UnitIx, other: UnitIx| {
        for (a, a_span) in &of_unit[one.index()] {
            for (b, b_span) in of_unit[other.index()].iter().filter(|(b, span)| b != a && span.overlaps(a_span)) {
                let weight = if a_span.contains(today) && b_span.contains(today) { 100 } else { 1 };
                let edge = edges.entry((*a.min(b), *a.max(b))).or_insert(0);
                *edge = weight.max(*edge);
            }
        }
    };
    for arc in atlas.partition.topology.arcs() {
        if let (Some(left), Some(right)) = (arc.left, arc.right) {
            meet(left, right);
        }
    }
    atlas.partition.topology.unit_ixs().for_each(|unit| meet(unit, unit));
    edges
}

/// Brélaz, "New methods to color the vertices of a graph", CACM 22:4 (1979): whoever has the fewest hues left chooses next, the one that clashes least,
/// then the one that is used least.
fn assigned(atlas: &Atlas, groups: &[usize], edges: &BTreeMap<(usize, usize), u32>) -> Vec<usize> {
    let count = atlas.polities.len();
    let mut neighbours: Vec<Vec<(usize, u32)>> = vec![Vec::new(); count];
    for (&(a, b), &weight) in edges {
        neighbours[a].push((b, weight));
        neighbours[b].push((a, weight));
    }
    let mut hues: Vec<Option<usize>> = vec![None; count];
    for (id, hue) in CHOSEN {
        if let Some(ix) = atlas.polities.find(id) {
            hues[groups[usize::from(ix.0)]] = Some(hue);
        }
    }
    let cost = |hues: &[Option<usize>], node: usize, hue: usize| -> u32 {
        neighbours[node].iter().filter(|(other, _)| hues[*other] == Some(hue)).map(|(_, weight)| weight).sum()
    };
    loop {
        let open = (0..count).filter(|node| groups[*node] == *node && hues[*node].is_none());
        let blocked = |node: usize| (0..HUE_COUNT).filter(|hue| cost(&hues, node, *hue) > 0).count();
        let Some(node) = open.max_by_key(|node| (blocked(*node), neighbours[*node].len(), count - *node)) else { break };
        let old = assigned_hue(atlas.polities.at(PolityIx(node as u16)).id.as_str());
        let used = |hue: usize| hues.iter().filter(|own| **own == Some(hue)).count();
        hues[node] = (0..HUE_COUNT).min_by_key(|hue| (cost(&hues, node, *hue), old != Some(*hue), used(*hue)));
    }
    (0..count).map(|node| hues[groups[node]].unwrap_or(0)).collect()
}
