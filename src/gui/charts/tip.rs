//! What a pointer on a chart tells, and the land that it means.

use std::collections::BTreeSet;

use eframe::egui::{self, Response, RichText, Ui};

use super::ChartsInput;
use crate::{
    geometry::topology::UnitIx,
    gui::{timeline::palette::plain, words::words_ui},
    model::{
        PolityIx, SourceId,
        chart::{Chart, ChartKind, Land, Series, Step},
    },
    time::Day,
};

/// How many works are named before the rest is only counted.
const NAMED_SOURCES: usize = 3;
/// How long the line of a work may get, in letters.
const LONGEST_SOURCE: usize = 90;

/// Name, value, days and sources at the pointer.
pub(super) fn tip_ui(ui: &Ui, response: &Response, input: &ChartsInput, (chart, series, step): (&Chart, &Series, &Step)) {
    let palette = input.palette;
    egui::Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), response.id.with("tip"), egui::PopupAnchor::Pointer)
        .gap(14.0)
        .width(340.0)
        .show(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            words_ui(ui, RichText::new(&series.name).font(palette.strong(14.0)).color(palette.ink));
            let quiet = |text: String| RichText::new(text).font(plain(12.0)).color(palette.quiet_ink);
            for line in lines(chart, step) {
                words_ui(ui, RichText::new(line).font(plain(12.0)).color(palette.ink));
            }
            for source in step.sources.iter().take(NAMED_SOURCES) {
                words_ui(ui, quiet(source_line(input, source)));
            }
            if step.sources.len() > NAMED_SOURCES {
                let more = step.sources.len() - NAMED_SOURCES;
                ui.label(quiet(format!("and {more} more {}", if more == 1 { "source" } else { "sources" })));
            }
        });
}

/// The value and what there is to say of it.
fn lines(chart: &Chart, step: &Step) -> Vec<String> {
    let value = match chart.kind {
        ChartKind::Memberships => step.detail.replace('-', " "),
        _ => chart.unit.text(step.value),
    };
    let mut lines = vec![format!("{value} · {}", step.when())];
    if step.approximate > 0.0 {
        lines.push(format!("{} of it within approximate borders", chart.unit.text(step.approximate)));
    }
    if chart.kind != ChartKind::Memberships && !step.detail.is_empty() {
        lines.push(step.detail.clone());
    }
    lines
}

fn source_line(input: &ChartsInput, id: &SourceId) -> String {
    let own = input.project.and_then(|project| project.sources.iter().find(|source| source.id == *id));
    let line = own.or_else(|| input.atlas.source(id)).map_or_else(|| id.to_string(), |source| source.line());
    if line.chars().count() <= LONGEST_SOURCE { line } else { line.chars().take(LONGEST_SOURCE - 1).chain(['…']).collect() }
}

/// The units that a step means: its own, or what the members of an alliance on a day hold on the map.
pub(super) fn land(input: &ChartsInput, land: &Land, day: Day) -> Vec<UnitIx> {
    match land {
        Land::None => Vec::new(),
        Land::Units(units) => units.clone(),
        Land::MembersOf(id) => {
            let Some(alliance) = input.atlas.alliance(id.as_str()) else { return Vec::new() };
            let members: BTreeSet<PolityIx> =
                alliance.members_on(day).filter_map(|(member, _)| input.atlas.polities.find(member.polity.as_str())).collect();
            let is_member = |polity: Option<PolityIx>| polity.is_some_and(|polity| members.contains(&polity));
            let held = (0..).map(UnitIx).zip(input.state.holdings());
            held.filter(|(_, holding)| is_member(holding.holder) || is_member(holding.part)).map(|(unit, _)| unit).collect()
        }
    }
}
