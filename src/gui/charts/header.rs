//! What stands over a chart: which one it is, its title, and the values of the shown day, which are its legend too.

use eframe::egui::{self, CornerRadius, Rect, RichText, Sense, Ui, Vec2, pos2, vec2};

use super::{ChartsInput, ChartsState, menus, tip};
use crate::{
    gui::{
        actions::Action,
        paint::items::paint_items,
        session::Selection,
        timeline::{TimelinePalette, palette::plain, tabular},
        words::{self, line},
    },
    model::chart::{Chart, ChartKind, Who},
    scene::{
        self,
        chart::{Entry, readout, sample},
    },
    time::Day,
};

/// Height of a row of names in points.
const ROW: f32 = 20.0;
/// More rows of names than this are never shown.
const MOST_ROWS: usize = 2;

/// The chooser, and at the right what a person can do with the chart.
pub(super) fn header_ui(ui: &mut Ui, input: &ChartsInput, state: &mut ChartsState, (slot, is_last): (usize, bool), out: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for kind in ChartKind::ALL {
            let is_shown = state.kind_of(slot) == Some(kind);
            let response = ui.selectable_label(is_shown, RichText::new(kind.label()).font(plain(12.0)));
            let name = format!("{} chart: {}", if slot == 0 { "First" } else { "Second" }, kind.label());
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, is_shown, &name));
            if response.clicked() {
                state.show(slot, kind);
            }
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            menus::export_ui(ui, input, state, slot, out);
            if is_last && input.timeline.is_some() {
                let hint = "Show the days that the timeline shows. Without it the wheel zooms the charts alone, and a double click shows all days.";
                ui.toggle_value(&mut state.follow, RichText::new("Follow the timeline").font(plain(12.0))).on_hover_text(hint);
            }
        });
    });
}

/// The title, with a menu where there is something to choose.
pub(super) fn title_ui(
    ui: &mut Ui,
    input: &ChartsInput,
    state: &mut ChartsState,
    (kind, chart): (ChartKind, Option<&Chart>),
    out: &mut Vec<Action>,
) {
    let title = chart.map_or_else(|| kind.label().to_owned(), Chart::marked_title);
    ui.horizontal(|ui| {
        let room = ui.available_width() - if matches!(kind, ChartKind::Area | ChartKind::Memberships) { 84.0 } else { 8.0 };
        let text = RichText::new(title).font(input.palette.strong(16.0)).color(input.palette.ink);
        ui.scope(|ui| {
            ui.set_max_width(room);
            let text = line(ui, text);
            ui.add(egui::Label::new(text).truncate());
        });
        match kind {
            ChartKind::Area => menus::areas_ui(ui, input, state, out),
            ChartKind::Memberships => menus::polities_ui(ui, input, out),
            ChartKind::Events | ChartKind::Alliances => {}
        }
        let note = chart.and_then(|chart| note(chart, state.seen_days(input))).unwrap_or_default();
        let width = ui.painter().layout_no_wrap(note.clone(), plain(12.0), input.palette.quiet_ink).size().x;
        if !note.is_empty() && width + 12.0 < ui.available_width() {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.label(RichText::new(note).font(plain(12.0)).color(input.palette.quiet_ink));
            });
        }
    });
}

/// What the numbers are, or what stripes mean where there are any.
fn note(chart: &Chart, seen: (Day, Day)) -> Option<String> {
    let has_less = || chart.series.iter().flat_map(|series| &series.steps).any(|step| !step.full && step.overlaps(seen));
    match chart.kind {
        ChartKind::Area => chart.is_approximate(seen).then(|| "Striped: approximate borders".to_owned()),
        ChartKind::Memberships => has_less().then(|| "Striped: less than a full member".to_owned()),
        ChartKind::Events | ChartKind::Alliances => Some(chart.unit.label()),
    }
}

/// The names with their values. Hovering one outlines its land, a click selects it.
pub(super) fn readout_ui(ui: &mut Ui, input: &ChartsInput, state: &mut ChartsState, (slot, chart): (usize, &Chart), out: &mut Vec<Action>) {
    let mut entries = readout(chart, state.seen_days(input), Some(input.day), &state.labelled(slot));
    if chart.kind == ChartKind::Memberships {
        let count = chart.series.iter().filter(|series| series.step_on(input.day).is_some()).count();
        let words = format!("{} on {}", chart.unit.text(count as f64), input.day.label());
        ui.allocate_ui(vec2(ui.available_width(), ROW), |ui| {
            ui.label(RichText::new(words).font(plain(12.0)).color(input.palette.quiet_ink))
        });
        return;
    }
    let style = state.style(input.theme);
    let (left, width) = (ui.cursor().left(), ui.available_width());
    let widths: Vec<f32> = entries.iter().map(|entry| chip_width(ui, input, chart, entry)).collect();
    let places = flowed(&widths, width);
    let rows = places.iter().map(|(row, _)| row + 1).max().unwrap_or(1).min(MOST_ROWS);
    state.rows[slot] = state.rows[slot].max(rows);
    let (area, _) = ui.allocate_exact_size(vec2(width, ROW * state.rows[slot] as f32), Sense::hover());
    for ((entry, (row, x)), width) in entries.drain(..).zip(places).zip(widths).filter(|((_, (row, _)), _)| *row < MOST_ROWS) {
        let rect = Rect::from_min_size(pos2(left + x, area.top() + ROW * row as f32), vec2(width, ROW));
        chip_ui(ui, (input, &style), state, (chart, &entry, rect), out);
    }
}

/// Row and left edge of chips that follow one another and break where they must.
fn flowed(widths: &[f32], room: f32) -> Vec<(usize, f32)> {
    let (mut row, mut x) = (0, 0.0);
    let place = |width: &f32| {
        if x > 0.0 && x + width > room {
            (row, x) = (row + 1, 0.0);
        }
        let place = (row, x);
        x += width + 14.0;
        place
    };
    widths.iter().map(place).collect()
}

const SAMPLE: f32 = 18.0;

/// As wide as the chip is with the greatest value, so that a running date moves none of them.
fn chip_width(ui: &Ui, input: &ChartsInput, chart: &Chart, entry: &Entry) -> f32 {
    let name = words::galley(ui.painter(), &entry.name, (plain(12.0), input.palette.ink), (f32::INFINITY, 1)).size().x;
    let most = chart.series[entry.series].steps.iter().map(|step| step.value).fold(0.0, f64::max);
    let widest = match chart.kind {
        _ if entry.value.is_empty() => return SAMPLE + name,
        ChartKind::Area => chart.unit.text(most),
        _ => format!("{most:.0}"),
    };
    SAMPLE + name + 5.0 + tabular::size(ui.painter(), &widest, &input.palette.strong(12.0)).x
}

fn chip_ui(
    ui: &mut Ui,
    (input, style): (&ChartsInput, &scene::Style),
    state: &mut ChartsState,
    (chart, entry, rect): (&Chart, &Entry, Rect),
    out: &mut Vec<Action>,
) {
    let palette = input.palette;
    let response = ui.interact(rect, ui.scope_id().with(("chip", chart.kind, entry.series)), Sense::click());
    let label = if entry.value.is_empty() { entry.name.clone() } else { format!("{} {}", entry.name, entry.value) };
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
    let series = &chart.series[entry.series];
    if response.hovered() {
        ui.painter().rect_filled(rect.expand2(vec2(4.0, 0.0)), CornerRadius::same(4), palette.tint(0.08));
    }
    let half = if chart.kind == ChartKind::Alliances { vec2(7.0, 5.0) } else { Vec2::splat(5.0) };
    let sign = Rect::from_center_size(pos2(rect.left() + 7.0, rect.center().y), half * 2.0);
    let sign = scene::Rect { min: [sign.left(), sign.top()], max: [sign.right(), sign.bottom()] };
    paint_items(ui.painter(), Rect::from_min_size(pos2(0.0, 0.0), Vec2::ZERO), &[sample(chart, entry.series, sign, style)]);
    let ink = if entry.value.is_empty() { palette.quiet_ink } else { palette.ink };
    let name = words::galley(ui.painter(), &entry.name, (plain(12.0), ink), (f32::INFINITY, 1));
    let at = pos2(rect.left() + SAMPLE + name.size().x + 5.0, rect.center().y);
    ui.painter().galley(pos2(rect.left() + SAMPLE, rect.center().y - name.size().y / 2.0), name, ink);
    tabular::paint(ui.painter(), at, egui::Align2::LEFT_CENTER, &entry.value, &palette.strong(12.0), ink);
    if response.clicked() {
        out.extend(selection_of(input, &series.who).map(|selection| Action::Select(Some(selection))));
    }
    if let Some(step) = series.step_on(input.day).filter(|_| response.hovered()) {
        state.outlined = tip::land(input, &step.land, input.day);
        tip::tip_ui(ui, &response, input, (chart, series, step));
    }
}

/// What a click on a name selects; nothing for families of events.
fn selection_of(input: &ChartsInput, who: &Who) -> Option<Selection> {
    match who {
        Who::Polity(id) => input.atlas.polities.find(id.as_str()).map(Selection::Polity),
        Who::Alliance(id) => Some(Selection::Alliance(id.clone())),
        Who::Family(_) | Who::Nobody => None,
    }
}

/// Nothing to show: what to do next.
pub(super) fn empty_ui(ui: &mut Ui, kind: ChartKind, palette: &TimelinePalette) {
    let (what, next) = match kind {
        ChartKind::Area => ("No disputed area is chosen", "Click one on the map, choose one here, or open a case study."),
        ChartKind::Events => ("No events to count", "Open a case study, or show more kinds of events."),
        ChartKind::Alliances => ("No alliance is shown", "Choose alliances in the panel of layers, or open a case study."),
        ChartKind::Memberships => ("No memberships on record", "Select another state on the map, or choose one here."),
    };
    ui.add_space((ui.available_height() * 0.5 - 24.0).max(4.0));
    ui.vertical_centered(|ui| {
        ui.label(RichText::new(what).size(14.0).color(palette.quiet_ink));
        ui.label(RichText::new(next).size(12.0).color(palette.quiet_ink));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chips_flow_into_rows() {
        assert_eq!(flowed(&[40.0, 40.0, 40.0], 100.0), [(0, 0.0), (0, 54.0), (1, 0.0)]);
        assert_eq!(flowed(&[400.0], 100.0), [(0, 0.0)]);
    }
}
