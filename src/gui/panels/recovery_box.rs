//! What was not saved when a window died: both versions of each document, and what is to become of them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use egui::{Margin, RichText};

use super::Ctx;
use crate::{
    gui::{
        actions::Action,
        keeping::{
            KeepAction, KeepBox,
            recovery::{FoundView, RecoveryAnswer},
        },
        numbers::grouped,
        theme::{RADIUS, dialog, font, size},
        words::words_ui,
    },
    scene::Face,
    time::Day,
};

/// Draws the box, when it is asked for.
pub fn recovery_box_ui(ctx_egui: &egui::Context, ctx: &Ctx, views: &[FoundView], out: &mut Vec<Action>) {
    if ctx.session.keep_box != Some(KeepBox::Recovery) || views.is_empty() {
        return;
    }
    let mut asked = None;
    let modal = dialog("recovery", ctx.palette).show(ctx_egui, |ui| {
        let room = ctx_egui.content_rect().size();
        ui.set_width(600.0_f32.min(room.x - 64.0));
        ui.label(RichText::new("Unsaved work").font(font(Face::SemiBold, size::HEADING)));
        let text = "The program ended before these edits were saved. They are all kept: choose which version to go on with.";
        words_ui(ui, RichText::new(text).color(ctx.palette.quiet));
        ui.add_space(12.0);
        egui::ScrollArea::vertical().max_height((room.y - 280.0).max(120.0)).show(ui, |ui| {
            for (index, view) in views.iter().enumerate() {
                if let Some(answer) = found_ui(ui, ctx, view, index) {
                    asked = Some((index, answer));
                }
            }
        });
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if ui.add(egui::Button::new("Not now").shortcut_text("Esc")).clicked() {
                asked = Some((0, RecoveryAnswer::NotNow));
            }
            let text = "keeps them for seven days, under “Unsaved work” on the first screen";
            ui.label(RichText::new(text).size(size::SMALL).color(ctx.palette.quiet));
        });
    });
    if modal.should_close() {
        asked = Some((0, RecoveryAnswer::NotNow));
    }
    out.extend(asked.map(|(index, answer)| Action::Keep(KeepAction::Answer(index, answer))));
}

/// One document: its two versions, and the answers.
fn found_ui(ui: &mut egui::Ui, ctx: &Ctx, view: &FoundView, index: usize) -> Option<RecoveryAnswer> {
    let frame = egui::Frame::new()
        .fill(ctx.palette.raised)
        .corner_radius(RADIUS)
        .inner_margin(Margin::same(12))
        .outer_margin(Margin { bottom: 8, ..Margin::ZERO });
    let now = SystemTime::now();
    frame
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            words_ui(ui, RichText::new(&view.title).font(font(Face::SemiBold, size::TITLE)));
            let edits = if view.edits == 1 { "1 edit".to_owned() } else { format!("{} edits", grouped(view.edits)) };
            words_ui(ui, format!("Recovered: {edits} not saved, the last {}", ago(view.last_edit, now)));
            let saved = match &view.path {
                Some(path) => format!("Saved file: {}, saved {}", path.display(), ago(view.saved, now)),
                None => "Saved file: none yet".to_owned(),
            };
            words_ui(ui, RichText::new(saved).size(size::SMALL).color(ctx.palette.quiet));
            ui.add_space(4.0);
            ui.horizontal(|ui| answers_ui(ui, view, index)).inner
        })
        .inner
}

fn answers_ui(ui: &mut egui::Ui, view: &FoundView, index: usize) -> Option<RecoveryAnswer> {
    let named = |response: egui::Response, name: &str| {
        let label = format!("{name}: {}", view.title);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
        response
    };
    let recover = ui.add(egui::Button::new(RichText::new("Recover").font(font(Face::SemiBold, size::BODY))));
    let recover = named(recover, "Recover").on_hover_text("Opens it with all its edits, not saved yet");
    // The answer that loses nothing is the one that Enter gives.
    if index == 0 && ui.memory(|memory| memory.focused().is_none()) {
        recover.request_focus();
    }
    let saved = ui.add_enabled(view.path.is_some(), egui::Button::new("Open the saved one"));
    let saved = named(saved, "Open the saved one").on_hover_text("Opens the file; the edits stay for seven days");
    let discard = named(ui.button("Discard"), "Discard").on_hover_text("These edits are not offered again");
    match () {
        () if recover.clicked() => Some(RecoveryAnswer::Recover),
        () if saved.clicked() => Some(RecoveryAnswer::OpenSaved),
        () if discard.clicked() => Some(RecoveryAnswer::Discard),
        () => None,
    }
}

/// `12 minutes ago`; the date, in UTC, for what is older than two days.
fn ago(then: Option<SystemTime>, now: SystemTime) -> String {
    let Some(then) = then else { return "at an unknown time".to_owned() };
    let since = now.duration_since(then).unwrap_or(Duration::ZERO).as_secs();
    let some = |count: u64, what: &str| format!("{count} {what}{} ago", if count == 1 { "" } else { "s" });
    match since {
        0..60 => "just now".to_owned(),
        60..3_600 => some(since / 60, "minute"),
        3_600..172_800 => some(since / 3_600, "hour"),
        _ => {
            let days = then.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 86_400);
            format!("on {}", Day::new(days as i64).label())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_people_say_them() {
        let now = UNIX_EPOCH + Duration::from_secs(1_795_000_000);
        let before = |secs: u64| ago(Some(now - Duration::from_secs(secs)), now);
        assert_eq!([before(5), before(60), before(3_599)], ["just now", "1 minute ago", "59 minutes ago"]);
        assert_eq!([before(7_200), before(172_800)], ["2 hours ago", "on 16 November 2026"]);
        assert_eq!(
            (ago(None, now), ago(Some(now + Duration::from_secs(9)), now)),
            ("at an unknown time".to_owned(), "just now".to_owned())
        );
    }
}
