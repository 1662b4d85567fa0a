//! How time plays and what of it is shown: speed, step, mode, end, adaptive, magnet, marks.

use eframe::egui::{self, Align, Layout, Popup, Rect, Response, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{
    TimelineAction, TimelineInput, TimelinePalette,
    icons::{self, Icon, IconButton},
    palette::plain,
};
use crate::time::{Clock, Ending, Speed, Step, TimeMode};

/// Width and height of the small buttons in points.
const SMALL: f32 = 24.0;

const STEPS: [(Step, &str); 7] = [
    (Step::Day, "Day"),
    (Step::Week, "Week"),
    (Step::Month, "Month"),
    (Step::Year, "Year"),
    (Step::Decade, "Decade"),
    (Step::Century, "Century"),
    (Step::NextEvent, "Next event"),
];

/// Lengths of windows that the menu offers, in days; the handle on the track makes any other.
const WINDOWS: [(i64, &str); 6] =
    [(30, "30 days"), (182, "half a year"), (365, "a year"), (1826, "5 years"), (3652, "10 years"), (9131, "25 years")];

/// Two rows: how it plays, and what is shown.
pub(super) fn settings_ui(ui: &mut Ui, rect: Rect, input: &TimelineInput, clock: &Clock, out: &mut Vec<TimelineAction>) {
    let (upper, lower) = rect.split_top_bottom_at_fraction(0.5);
    let mut row = |rect: Rect| {
        let mut row = ui.new_child(UiBuilder::new().max_rect(rect).layout(Layout::left_to_right(Align::Center)));
        row.spacing_mut().item_spacing.x = 2.0;
        row
    };
    let mut first = row(upper);
    speed_ui(&mut first, input.palette, clock, out);
    first.add_space(4.0);
    ending_ui(&mut first, input.palette, clock, out);
    toggles_ui(&mut first, input, clock, out);
    let mut second = row(lower);
    mode_ui(&mut second, input.palette, clock, out);
    step_ui(&mut second, input.palette, clock, out);
    marks_ui(&mut second, input.palette, clock, out);
}

/// The same behind one button, where there is no room.
pub(super) fn settings_menu_ui(ui: &mut Ui, input: &TimelineInput, clock: &Clock, out: &mut Vec<TimelineAction>) {
    let button = IconButton { icon: Icon::Settings, name: "Time settings", tip: "Speed, step, mode, marks", on: None, size_points: 28.0 };
    let response = button.show_ui(ui, input.palette);
    Popup::menu(&response).close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(300.0, 64.0), Sense::hover());
        settings_ui(ui, rect, input, clock, out);
    });
}

fn speed_ui(ui: &mut Ui, palette: &TimelinePalette, clock: &Clock, out: &mut Vec<TimelineAction>) {
    if small(Icon::Minus, "Slower", "Slower (<)").show_ui(ui, palette).clicked() {
        out.push(TimelineAction::Slower);
    }
    let label = clock.speed.label();
    let response = choice_ui(ui, &label, &format!("Speed, {label}"), 118.0, palette).on_hover_text("How fast history plays");
    Popup::menu(&response).show(|ui| {
        for speed in Speed::presets() {
            if ui.selectable_label(speed == clock.speed, speed.label()).clicked() {
                out.push(TimelineAction::SetSpeed(speed));
            }
        }
    });
    if small(Icon::Plus, "Faster", "Faster (>)").show_ui(ui, palette).clicked() {
        out.push(TimelineAction::Faster);
    }
}

fn ending_ui(ui: &mut Ui, palette: &TimelinePalette, clock: &Clock, out: &mut Vec<TimelineAction>) {
    let (icon, name, tip, next) = match clock.ending {
        Ending::Once => (Icon::Once, "At the end: stop", "At the end it stops. Click: begin again", Ending::Loop),
        Ending::Loop => (Icon::Loop, "At the end: begin again", "At the end it begins again. Click: there and back", Ending::Bounce),
        Ending::Bounce => (Icon::Bounce, "At the end: turn round", "At the end it turns round. Click: stop", Ending::Once),
    };
    let on = Some(clock.ending != Ending::Once);
    if (IconButton { icon, name, tip, on, size_points: SMALL }).show_ui(ui, palette).clicked() {
        out.push(TimelineAction::SetEnding(next));
    }
}

fn toggles_ui(ui: &mut Ui, input: &TimelineInput, clock: &Clock, out: &mut Vec<TimelineAction>) {
    let toggle = |icon, name, tip, on| IconButton { icon, name, tip, on: Some(on), size_points: SMALL };
    let tip = "Adaptive: slow at events, fast through empty years";
    if toggle(Icon::Adaptive, "Adaptive speed", tip, clock.adaptive).show_ui(ui, input.palette).clicked() {
        out.push(TimelineAction::SetAdaptive(!clock.adaptive));
    }
    let tip = "Magnet: dragging catches on events (hold Alt for none)";
    if toggle(Icon::Magnet, "Snap to events", tip, input.snap).show_ui(ui, input.palette).clicked() {
        out.push(TimelineAction::SetSnap(!input.snap));
    }
}

fn step_ui(ui: &mut Ui, palette: &TimelinePalette, clock: &Clock, out: &mut Vec<TimelineAction>) {
    let label = STEPS.iter().find(|(step, _)| *step == clock.stepping).map_or("Step", |(_, label)| label);
    let shown = format!("Step: {}", label.to_lowercase());
    let response = choice_ui(ui, &shown, &shown, 0.0, palette).on_hover_text("How far the arrow keys go; with Shift further");
    Popup::menu(&response).show(|ui| {
        for (step, label) in STEPS {
            if ui.selectable_label(step == clock.stepping, label).clicked() {
                out.push(TimelineAction::SetStep(step));
            }
        }
    });
}

fn mode_ui(ui: &mut Ui, palette: &TimelinePalette, clock: &Clock, out: &mut Vec<TimelineAction>) {
    let label = match clock.mode {
        TimeMode::AsOf => "As of the day".to_owned(),
        TimeMode::Window { days } => format!("Last {}", length_label(days)),
        TimeMode::SinceStart => "Since the start".to_owned(),
    };
    let response = choice_ui(ui, &label, &format!("Shows: {label}"), 0.0, palette).on_hover_text("Which days are shown together");
    Popup::menu(&response).show(|ui| {
        let mut option = |ui: &mut Ui, mode: TimeMode, label: &str| {
            if ui.selectable_label(mode == clock.mode, label).clicked() {
                out.push(TimelineAction::SetMode(mode));
            }
        };
        option(ui, TimeMode::AsOf, "As of the day");
        option(ui, TimeMode::SinceStart, "Since the start");
        ui.separator();
        for (days, label) in WINDOWS {
            option(ui, TimeMode::Window { days }, &format!("The last {label}"));
        }
    });
}

fn marks_ui(ui: &mut Ui, palette: &TimelinePalette, clock: &Clock, out: &mut Vec<TimelineAction>) {
    let (in_mark, out_mark) = (clock.in_mark, clock.out_mark);
    let label = if in_mark.is_some() || out_mark.is_some() { "Marks: set" } else { "Marks" };
    let response = choice_ui(ui, label, label, 0.0, palette).on_hover_text("Playing stays between the in mark and the out mark");
    Popup::menu(&response).show(|ui| {
        let today = Some(clock.current_day());
        let mut option = |ui: &mut Ui, enabled: bool, label: &str, marks: TimelineAction| {
            if ui.add_enabled(enabled, egui::Button::selectable(false, label)).clicked() {
                out.push(marks);
            }
        };
        let kept_out = out_mark.filter(|mark| Some(*mark) >= today);
        let kept_in = in_mark.filter(|mark| Some(*mark) <= today);
        option(ui, true, "Begin here", TimelineAction::SetMarks { in_mark: today, out_mark: kept_out });
        option(ui, true, "End here", TimelineAction::SetMarks { in_mark: kept_in, out_mark: today });
        let any = in_mark.is_some() || out_mark.is_some();
        option(ui, any, "Take both away", TimelineAction::SetMarks { in_mark: None, out_mark: None });
    });
}

/// `a year`, `3 years`, `40 days`.
pub(super) fn length_label(days: i64) -> String {
    if let Some((_, label)) = WINDOWS.iter().find(|(length, _)| *length == days) {
        return (*label).to_owned();
    }
    let years = (days as f64 / 365.2425).round();
    let months = (days as f64 / 30.436_875).round();
    match () {
        () if days < 90 => format!("{days} days"),
        () if months < 24.0 => format!("{months} months"),
        () => format!("{years} years"),
    }
}

fn small<'a>(icon: Icon, name: &'a str, tip: &'a str) -> IconButton<'a> {
    IconButton { icon, name, tip, on: None, size_points: SMALL }
}

/// A quiet button with text and a small chevron, for a menu; at least `min_width` wide.
fn choice_ui(ui: &mut Ui, label: &str, name: &str, min_width: f32, palette: &TimelinePalette) -> Response {
    let galley = ui.painter().layout_no_wrap(label.to_owned(), plain(12.0), egui::Color32::PLACEHOLDER);
    let width = (galley.size().x + 22.0).max(min_width);
    let (rect, response) = ui.allocate_exact_size(vec2(width, SMALL), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    let quiet = icons::button_ground(ui, rect, &response, false, palette);
    let left = if min_width > 0.0 { rect.left() + (width - 16.0 - galley.size().x).max(6.0) * 0.5 } else { rect.left() + 5.0 };
    ui.painter().galley(pos2(left, rect.center().y - galley.size().y * 0.5), galley, palette.ink);
    let tip = pos2(rect.right() - 8.0, rect.center().y + 2.5);
    ui.painter().line(vec![tip + vec2(-3.5, -3.5), tip, tip + vec2(3.5, -3.5)], Stroke::new(1.4, quiet));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_said_in_fitting_units() {
        assert_eq!(length_label(365), "a year");
        assert_eq!(length_label(45), "45 days");
        assert_eq!(length_label(200), "7 months");
        assert_eq!(length_label(2000), "5 years");
    }
}
