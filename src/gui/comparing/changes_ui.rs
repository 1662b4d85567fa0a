//! The list of what differs, on the right: a click on a row leads to its land.

use egui::{Align, Layout as UiLayout, RichText, Sense, vec2};

use crate::{
    geometry::topology::UnitIx,
    gui::{
        actions::Action,
        paint::items::paint_items,
        panels::Ctx,
        theme::{font, size},
        words::words_ui,
    },
    scene::{
        Face, Item, Rect,
        compare::{
            ChangeList,
            list::{LandRow, LineRow},
        },
        item::Fill,
    },
};

/// Width and height of a sample, in points.
const SAMPLE: [f32; 2] = [26.0, 13.0];
/// Room for the bar that scrolls, in points.
const BAR_POINTS: f32 = 10.0;
/// So many kinds of lines are listed, the longest.
const MOST_LINES: usize = 12;

/// Draws the panel.
pub fn changes_ui(ui: &mut egui::Ui, ctx: &Ctx, list: &ChangeList, out: &mut Vec<Action>) {
    words_ui(ui, RichText::new(&list.headline).font(font(Face::SemiBold, size::TITLE)));
    if list.gained.is_empty() && list.lines.is_empty() {
        words_ui(
            ui,
            RichText::new("Move the date, or choose another view: what differs from the date that is kept stands here.")
                .color(ctx.palette.quiet),
        );
    }
    egui::ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
        for (heading, rows) in [("Gained", &list.gained), ("Lost", &list.lost)] {
            if !rows.is_empty() {
                heading_ui(ui, ctx, heading);
            }
            rows.iter().for_each(|row| land_ui(ui, ctx, row, out));
        }
        if !list.besides.is_empty() {
            ui.add_space(6.0);
            list.besides.iter().for_each(|text| drop(words_ui(ui, text)));
        }
        if !list.lines.is_empty() {
            heading_ui(ui, ctx, "Lines");
            list.lines.iter().take(MOST_LINES).for_each(|row| line_ui(ui, row));
        }
        if !list.memberships.is_empty() {
            heading_ui(ui, ctx, "Alliances");
            list.memberships.iter().for_each(|text| drop(words_ui(ui, text)));
        }
        if !list.note.is_empty() {
            ui.add_space(6.0);
            words_ui(ui, RichText::new(&list.note).size(size::SMALL).color(ctx.palette.quiet));
        }
    });
}

fn heading_ui(ui: &mut egui::Ui, ctx: &Ctx, text: &str) {
    ui.add_space(8.0);
    ui.label(RichText::new(text).font(font(Face::SemiBold, size::SMALL)).color(ctx.palette.quiet));
}

/// A row of land: who, how much, from or to whom.
fn land_ui(ui: &mut egui::Ui, ctx: &Ctx, row: &LandRow, out: &mut Vec<Action>) {
    let shown = ui.scope_builder(egui::UiBuilder::new().sense(Sense::click()), |ui| {
        if ui.response().hovered() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        }
        ui.spacing_mut().interact_size.y = 0.0;
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.horizontal(|ui| {
            sample_ui(ui, row.sample);
            // The amount first: it is the name that is cut where both do not fit.
            ui.with_layout(UiLayout::right_to_left(Align::Center), |ui| {
                ui.add_space(BAR_POINTS);
                ui.add(egui::Label::new(RichText::new(&row.amount).font(font(Face::SemiBold, size::BODY))).extend().selectable(false));
                ui.with_layout(UiLayout::left_to_right(Align::Center), |ui| {
                    ui.add(egui::Label::new(RichText::new(&row.name).font(font(Face::Medium, size::BODY))).truncate().selectable(false));
                });
            });
        });
        ui.horizontal(|ui| {
            ui.add_space(SAMPLE[0] + ui.spacing().item_spacing.x);
            ui.add(egui::Label::new(RichText::new(&row.detail).size(size::SMALL).color(ctx.palette.quiet)).wrap().selectable(false));
        });
    });
    let words = format!("{} {}, {}", row.name, row.amount, row.detail);
    shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &words));
    if shown.response.clicked() {
        let topology = &ctx.library.atlas.partition.topology;
        let bbox = row.units.iter().map(|unit: &UnitIx| topology.unit(*unit).bbox).reduce(|one, other| one.union(&other));
        out.push(Action::GoTo { bbox, day: None, selection: None });
    }
}

fn sample_ui(ui: &mut egui::Ui, fill: Fill) {
    let (place, _) = ui.allocate_exact_size(vec2(SAMPLE[0], SAMPLE[1]), Sense::hover());
    let item = Item::Box { rect: Rect::new(0.0, 0.0, SAMPLE[0], SAMPLE[1]), radius_points: 1.5, fill, stroke: None };
    paint_items(ui.painter(), place, &[item]);
}

fn line_ui(ui: &mut egui::Ui, row: &LineRow) {
    ui.horizontal(|ui| {
        let (place, _) = ui.allocate_exact_size(vec2(SAMPLE[0], SAMPLE[1]), Sense::hover());
        if let Some(stroke) = row.stroke {
            let points = vec![[0.0, SAMPLE[1] / 2.0], [SAMPLE[0], SAMPLE[1] / 2.0]];
            paint_items(ui.painter(), place, &[Item::Polyline { points, stroke, soft: false }]);
        }
        words_ui(ui, RichText::new(format!("{}, {}", row.text, row.length)).size(size::SMALL));
    });
}
