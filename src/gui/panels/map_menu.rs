//! The menu of a right click on the map: what is here, and what can be asked of this place.

use egui::{Popup, PopupCloseBehavior, RichText, SetOpenCommand};

use super::{Ctx, inspector::status_text, top_bar::shortened};
use crate::{
    geometry::{LonLat, topology::UnitIx},
    gui::{
        actions::{Action, key_text},
        app::DocumentAction,
        map_view::{MapResponse, measure::MeasureStep},
        session::Selection,
        theme::{font, size},
        words::{line, named, words_ui},
    },
    model::Dispute,
    scene::Face,
};

/// How wide the menu is, in points.
const WIDTH_POINTS: f32 = 268.0;

/// Opens with a right click, on the map or on what lies over it, and stays until something is chosen; another right click takes it elsewhere.
pub fn map_menu_ui(response: &MapResponse, ctx: &Ctx, out: &mut Vec<Action>) {
    let mut menu = Popup::context_menu(&response.response);
    if response.menu_asked {
        // egui would close an open menu with any click beside it.
        menu = menu.open_memory(Some(SetOpenCommand::Bool(true))).close_behavior(PopupCloseBehavior::IgnoreClicks);
    }
    menu.show(|ui| {
        ui.set_width(WIDTH_POINTS);
        let Some(place) = response.menu_place else {
            // Beside the earth there is nothing to tell of.
            item_ui(ui, "Whole world", &key_text("Whole world"), || Action::Home, out);
            return;
        };
        measured_ui(ui, ctx, out);
        let unit = ctx.library.atlas.partition.topology.unit_at(place);
        // Text as far in as that of the rows, and not justified as they are.
        let inset = egui::Margin { left: ui.spacing().button_padding.x as i8, ..Default::default() };
        let framed = egui::Frame::new().inner_margin(inset);
        framed.show(ui, |ui| ui.vertical(|ui| here_ui(ui, ctx, unit)));
        ui.separator();
        if unit.is_some() {
            item_ui(ui, "What was here through time", "", || Action::WhatWasHere(place), out);
        }
        document_ui(ui, ctx, (place, unit), out);
        item_ui(ui, "Measure from here", &key_text("Measure"), || Action::Measure(MeasureStep::From(place)), out);
        item_ui(ui, "Centre here", "", || Action::CentreOn(place), out);
        if let Some(unit) = unit {
            zoom_ui(ui, ctx, unit, out);
        }
        ui.separator();
        framed.show(ui, |ui| ui.label(RichText::new("Copy the coordinates").size(size::SMALL).color(ctx.palette.quiet)));
        for text in [decimal_text(place), sexagesimal_text(place)] {
            item_ui(ui, &text.clone(), "", || Action::Copy(text), out);
        }
    });
}

/// What is new at a place, where the document can be changed.
fn document_ui(ui: &mut egui::Ui, ctx: &Ctx, (place, unit): (LonLat, Option<UnitIx>), out: &mut Vec<Action>) {
    if ctx.editing().is_none_or(|editing| editing.read_only.is_some()) {
        return;
    }
    item_ui(ui, "Add event here", "", || Action::Document(DocumentAction::AddEvent(Some(place))), out);
    item_ui(ui, "Add place here", "", || Action::Document(DocumentAction::AddPlace(place)), out);
    if let Some(unit) = unit {
        item_ui(ui, "New region from this unit", "", || Action::Document(DocumentAction::AddRegion(unit)), out);
    }
    ui.separator();
}

/// What is being measured, to be copied: only while there is something.
fn measured_ui(ui: &mut egui::Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    let Some(measure) = ctx.session.measure.as_ref().filter(|measure| measure.points().len() > 1) else { return };
    ui.label(RichText::new(measure.summary()).font(font(Face::SemiBold, size::BODY)));
    item_ui(ui, "Copy what was measured", "", || Action::Copy(measure.report()), out);
    if measure.can_close() {
        item_ui(ui, "Close the line and measure its area", "", || Action::Measure(MeasureStep::Close), out);
    }
    ui.separator();
}

/// Who holds the place and as what, who else claims it, and what it is called.
fn here_ui(ui: &mut egui::Ui, ctx: &Ctx, unit: Option<UnitIx>) {
    let quiet = |ui: &mut egui::Ui, text: String| drop(words_ui(ui, RichText::new(text).size(size::SMALL).color(ctx.palette.quiet)));
    let Some(unit) = unit else {
        ui.label(RichText::new("Open water").font(font(Face::SemiBold, size::TITLE)));
        return;
    };
    let (atlas, day, holding) = (&ctx.library.atlas, ctx.session.day(), ctx.state.holding(unit));
    let name = |polity| atlas.polities.at(polity).name_on(day);
    words_ui(ui, RichText::new(holding.holder.map_or("No holder on record", name)).font(font(Face::SemiBold, size::TITLE)));
    quiet(ui, format!("{} · {}", atlas.partition.info(unit).name, status_text(atlas, ctx, unit)));
    let contenders: Vec<&str> = ctx.state.contenders(unit).iter().map(|polity| name(*polity)).collect();
    if !contenders.is_empty() {
        quiet(ui, format!("Also held or claimed by {}", contenders.join(", ")));
    }
    for dispute in disputes_at(ctx, unit) {
        quiet(ui, format!("Disputed: {}", dispute.name));
    }
}

/// Rows that show all of the holder, and of each dispute here.
fn zoom_ui(ui: &mut egui::Ui, ctx: &Ctx, unit: UnitIx, out: &mut Vec<Action>) {
    if let Some(holder) = ctx.state.holding(unit).holder {
        let name = ctx.library.atlas.polities.at(holder).name_on(ctx.session.day());
        item_ui(ui, &format!("Zoom to {}", shortened(name, 28)), "", || Action::ZoomTo(Selection::Polity(holder)), out);
    }
    for dispute in disputes_at(ctx, unit) {
        let make = || Action::ZoomTo(Selection::Dispute(dispute.id.clone()));
        item_ui(ui, &format!("Zoom to {}", shortened(&dispute.name, 28)), "", make, out);
    }
}

fn disputes_at<'a>(ctx: &'a Ctx, unit: UnitIx) -> impl Iterator<Item = &'a Dispute> {
    ctx.library.atlas.disputes.iter().filter(move |dispute| dispute.stands_on(ctx.session.day()) && dispute.units.contains(&unit))
}

fn item_ui(ui: &mut egui::Ui, label: &str, keys: &str, make: impl FnOnce() -> Action, out: &mut Vec<Action>) {
    let row = egui::Button::new(line(ui, label)).min_size(egui::vec2(ui.available_width(), 0.0));
    let row = if keys.is_empty() { row } else { row.shortcut_text(keys) };
    if named(ui.add(row), label).clicked() {
        out.push(make());
        ui.close();
    }
}

/// Latitude and longitude in degrees with five places, about a metre: what other programs read.
fn decimal_text(place: LonLat) -> String {
    format!("{:.5}, {:.5}", place.lat_deg, place.lon_deg)
}

/// Degrees, minutes and seconds: `34°46′12″ N, 78°13′12″ E`.
fn sexagesimal_text(place: LonLat) -> String {
    let side = |degrees: f64, positive: char, negative: char| {
        let seconds = (degrees.abs() * 3600.0).round() as u32;
        let letter = if degrees < 0.0 { negative } else { positive };
        format!("{}°{:02}′{:02}″ {letter}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    };
    format!("{}, {}", side(place.lat_deg, 'N', 'S'), side(place.lon_deg, 'E', 'W'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn minutes_and_seconds_never_reach_sixty() {
        assert_eq!(sexagesimal_text(LonLat::new(78.22, 34.77)), "34°46′12″ N, 78°13′12″ E");
        assert_eq!(sexagesimal_text(LonLat::new(-0.99999, -59.999_99)), "60°00′00″ S, 1°00′00″ W");
    }

    proptest! {
        /// Reading the text back gives the place, within half a second of arc.
        #[test]
        fn seconds_are_right_everywhere(lon in -180.0_f64..180.0, lat in -90.0_f64..90.0) {
            let text = sexagesimal_text(LonLat::new(lon, lat));
            let read = |part: &str| {
                let numbers: Vec<f64> = part.split(['°', '′', '″', ' ']).filter_map(|number| number.parse().ok()).collect();
                let degrees = numbers[0] + numbers[1] / 60.0 + numbers[2] / 3600.0;
                if part.ends_with(['S', 'W']) { -degrees } else { degrees }
            };
            let (north, east) = text.split_once(", ").unwrap();
            prop_assert!((read(north) - lat).abs() < 0.6 / 3600.0 && (read(east) - lon).abs() < 0.6 / 3600.0, "{text}");
        }
    }
}
