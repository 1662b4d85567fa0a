//! Lanes of a document that can be changed: every row is a bar of its own, so that its ends can be dragged; lines and events have bars too.

use std::sync::Arc;

use eframe::egui::Color32;

use super::{LaneInput, Spell, Stretch, band, by_subject, color, rows};
use crate::{
    gui::timeline::{
        bars::Owner,
        types::{Band, BandRow, Lane},
    },
    model::{
        Event,
        project::{Control, Line, Region},
    },
    scene::{Style, Theme},
};

/// The rows of control or claims of some regions, by their start: none is joined with another one.
pub(super) fn rows_of(regions: &[&Region], list: &str) -> Vec<Spell> {
    let of_region = |region: &&Region| -> Vec<Spell> {
        let rows: &[Control] = if list == "control" { &region.control } else { &region.claims };
        let owned =
            rows.iter().enumerate().map(|(place, row)| spell(row, owner(&region.common.id, &format!("{list}/{place}"), &row.span, false)));
        owned.filter(|spell| spell.span.from < spell.span.past_end).collect()
    };
    let mut found: Vec<Spell> = regions.iter().flat_map(of_region).collect();
    found.sort_by_key(|spell| (spell.span.from, spell.span.past_end));
    found
}

fn spell(row: &Control, owner: Owner) -> Spell {
    Spell { who: row.holder.clone(), role: row.role.clone(), span: Stretch::of(&row.span), when: row.span.label(), owner: Some(owner) }
}

fn owner(id: &str, row: &str, span: &crate::time::Span, is_moment: bool) -> Owner {
    Owner { id: id.to_owned(), row: row.to_owned(), span: span.clone(), is_moment }
}

/// Where the shapes of a subject leave a gap or overlap: hatched, below its bars, for the features that were found so.
pub(super) fn with_gaps(mut lane: Lane, regions: &[&Region], (gapped, theme): (&[String], Theme)) -> Lane {
    let tint = color(Style::new(theme).accent);
    let mut shapes: Vec<&&Region> = regions.iter().collect();
    shapes.sort_by_key(|region| region.common.span.first_day());
    let row = BandRow::Thread(lane.threads);
    for pair in shapes.windows(2).filter(|pair| gapped.contains(&pair[1].common.id)) {
        let (ended, begins) = (pair[0].common.span.past_end(), pair[1].common.span.first_day());
        let (what, from, past_end) = if ended <= begins { ("No shape", ended, begins) } else { ("Two shapes", begins, ended) };
        let stretch = Stretch { from, sure_from: from, sure_until: past_end, past_end };
        let tip = format!("{what} of {}\n{}", lane.label, super::days_label(&stretch));
        let found = Band { hatched: true, ..band(&stretch, row, (what.to_owned(), tip), tint) };
        lane.threads = match row {
            BandRow::Thread(row) | BandRow::Bar(row) => lane.threads.max(row + 1),
        };
        lane.bands.push(found);
    }
    lane
}

/// A lane for each line, with a bar from its start to its end.
pub(super) fn line_lanes(input: &LaneInput, lines: &[Arc<Line>]) -> Vec<Lane> {
    let ink = ink(input);
    let drawn = |line: &Line| {
        let (name, span) = (line.common.name_in(input.view), &line.common.span);
        let tip = format!("{name}\n{}", span.label());
        let owner = owner(&line.common.id, "", span, false);
        Band { owner: Some(owner), ..band(&Stretch::of(span), BandRow::Bar(0), (name.to_owned(), tip), ink) }
    };
    let lanes = by_subject(lines.iter().map(|line| (&*line.subject, drawn(line))));
    lanes.into_iter().filter_map(|(_, bands)| lane_of("", bands)).collect()
}

/// The bar of an event.
pub(super) fn event_bar(style: &Style, event: &Event) -> Band {
    let tip = format!("{}\n{}", event.title, event.when());
    let tint = color(style.family(event.kind.family()));
    let owner = owner(&event.id, "", &event.span, !event.lasts);
    Band { owner: Some(owner), ..band(&Stretch::of(&event.span), BandRow::Bar(0), (event.title.clone(), tip), tint) }
}

/// A lane of bars, each in a row where it has room. The name is the first bar's where none is given.
pub(super) fn lane_of(label: &str, mut bands: Vec<Band>) -> Option<Lane> {
    bands.retain(|band| band.from < band.past_end);
    let (places, bars) = rows(&bands.iter().map(|band| (band.from, band.past_end)).collect::<Vec<_>>());
    bands.iter_mut().zip(places).for_each(|(band, row)| band.row = BandRow::Bar(row));
    let label = if label.is_empty() { bands.first()?.label.clone() } else { label.to_owned() };
    (!bands.is_empty()).then_some(Lane { label, hint: String::new(), bands, bars, threads: 0 })
}

fn ink(input: &LaneInput) -> Color32 {
    color(Style::new(input.theme).ink).gamma_multiply(0.6)
}
