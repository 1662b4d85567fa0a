//! What the speaker sees: this scene and the next one, notes, the time that is gone and the time that is left.

use chrono::Timelike;
use egui::{Align, Layout, Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, vec2};

use super::{
    Blank, Goal, Pointer, PresentStep, Presenting,
    overview_ui::{Scale, overview_ui, slide_picture_ui},
    pictures::SlidePictures,
};
use crate::{
    gui::{
        actions::Action,
        panels::Ctx,
        theme::{self, RADIUS},
        words::words_ui,
    },
    model::{Project, Slide},
    scene::Face,
};

/// Draws all of the speaker's window. `now_secs` is the frames' clock.
pub fn speaker_ui(ui: &mut Ui, ctx: &Ctx, pictures: &mut SlidePictures, (scale, now_secs): (Scale, f64), out: &mut Vec<Action>) {
    let (Some(talk), Some(project)) = (&ctx.session.presenting, ctx.document()) else { return };
    scale_style(ui, scale);
    let rect = ui.available_rect_before_wrap();
    ui.painter().rect_filled(rect, 0.0, ctx.palette.surface);
    if talk.overview {
        overview_ui(ui, ctx, project, pictures, scale, out);
        return;
    }
    let inner = rect.shrink(14.0 * scale);
    let sheet = Sheet { ctx, talk, project, scale };
    let left_width = inner.width() * 0.58;
    let left = Rect::from_min_size(inner.min, vec2(left_width, inner.height()));
    let right = Rect::from_min_max(egui::pos2(left.right() + 16.0 * scale, inner.top()), inner.max);
    ui.scope_builder(egui::UiBuilder::new().max_rect(left), |ui| sheet.left_ui(ui, pictures, now_secs, out));
    ui.scope_builder(egui::UiBuilder::new().max_rect(right), |ui| sheet.right_ui(ui, pictures, out));
    // The clock goes on while nothing else happens.
    ui.ctx().request_repaint_after(std::time::Duration::from_millis(500));
}

/// Room, corners and lines in their usual size: the zoom of the audience's picture holds for all windows.
fn scale_style(ui: &mut Ui, scale: Scale) {
    let style = ui.style_mut();
    let spacing = &mut style.spacing;
    for size in [&mut spacing.item_spacing, &mut spacing.button_padding, &mut spacing.interact_size] {
        *size *= scale;
    }
    spacing.icon_width *= scale;
    spacing.scroll.bar_width *= scale;
    let widgets = &mut style.visuals.widgets;
    for widget in [&mut widgets.noninteractive, &mut widgets.inactive, &mut widgets.hovered, &mut widgets.active, &mut widgets.open] {
        widget.corner_radius *= scale;
        widget.bg_stroke.width *= scale;
        widget.expansion *= scale;
    }
}

struct Sheet<'a> {
    ctx: &'a Ctx<'a>,
    talk: &'a Presenting,
    project: &'a Project,
    scale: Scale,
}

impl Sheet<'_> {
    fn text(&self, text: impl Into<String>, size: f32, face: Face) -> RichText {
        RichText::new(text).font(theme::font(face, size * self.scale)).color(self.ctx.palette.ink)
    }

    fn quiet(&self, text: impl Into<String>, size: f32) -> RichText {
        self.text(text, size, Face::Regular).color(self.ctx.palette.quiet)
    }

    fn left_ui(&self, ui: &mut Ui, pictures: &mut SlidePictures, now_secs: f64, out: &mut Vec<Action>) {
        self.clocks_ui(ui, now_secs, out);
        ui.add_space(8.0 * self.scale);
        let room = ui.available_height() - 76.0 * self.scale;
        let width = ui.available_width().min(room * 16.0 / 9.0);
        let (place, response) = ui.allocate_exact_size(vec2(width, width * 9.0 / 16.0), Sense::hover());
        let words = self.this_picture();
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
        slide_picture_ui(ui, self.ctx, (self.project, pictures), (self.talk.slide, self.talk.step), place);
        ui.painter().rect_stroke(place, f32::from(RADIUS), Stroke::new(2.0, self.ctx.palette.accent), StrokeKind::Outside);
        if let Some(blank) = self.talk.blank {
            let color = if blank == Blank::Black { egui::Color32::BLACK } else { egui::Color32::WHITE };
            ui.painter().rect_filled(place, 0.0, color.gamma_multiply(0.8));
        }
        ui.add_space(8.0 * self.scale);
        self.place_ui(ui);
        self.buttons_ui(ui, out);
    }

    /// Which scene of how many, and what holds now.
    fn place_ui(&self, ui: &mut Ui) {
        let slide = self.slide();
        ui.horizontal_wrapped(|ui| {
            let of = format!("Scene {} of {}", self.talk.slide + 1, self.project.slides.len());
            words_ui(ui, self.text(of, 14.0, Face::SemiBold));
            let pictures = slide.map_or(1, Slide::picture_count);
            if pictures > 1 {
                words_ui(ui, self.quiet(format!("step {} of {pictures}", self.talk.step + 1), 14.0));
            }
            if !self.talk.typed.is_empty() {
                words_ui(ui, self.text(format!("go to {}, Enter", self.talk.typed), 14.0, Face::SemiBold).color(self.ctx.palette.accent));
            }
            let states = [
                (self.talk.blank == Some(Blank::Black), "The audience sees black"),
                (self.talk.blank == Some(Blank::White), "The audience sees white"),
                (self.talk.frozen.is_some(), "The audience's picture stands still"),
                (self.talk.strayed, "Away from the scene: R glides back"),
                (self.talk.auto.is_some(), "Goes on by itself"),
            ];
            for (_, words) in states.into_iter().filter(|(holds, _)| *holds) {
                words_ui(ui, self.text(words, 14.0, Face::Medium).color(self.ctx.palette.accent));
            }
        });
    }

    fn buttons_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        let buttons = [
            ("Back", PresentStep::Back),
            ("Next", PresentStep::Next),
            ("Black", PresentStep::Blank(Blank::Black)),
            ("White", PresentStep::Blank(Blank::White)),
            ("Freeze", PresentStep::Freeze),
            ("Laser", PresentStep::Hold(Pointer::Laser)),
            ("Ink", PresentStep::Hold(Pointer::Ink)),
            ("Spotlight", PresentStep::Hold(Pointer::Spotlight)),
            ("Magnifier", PresentStep::Hold(Pointer::Magnifier)),
            ("Overview", PresentStep::Overview),
            ("Swap windows", PresentStep::Swap),
            ("End", PresentStep::End),
        ];
        ui.horizontal_wrapped(|ui| {
            for (label, step) in buttons {
                let holds = match step {
                    PresentStep::Blank(blank) => self.talk.blank == Some(blank),
                    PresentStep::Freeze => self.talk.frozen.is_some(),
                    PresentStep::Hold(pointer) => self.talk.pointer == pointer,
                    _ => false,
                };
                if ui.add(egui::Button::new(self.text(label, 12.0, Face::Regular)).selected(holds)).clicked() {
                    out.push(Action::Present(step));
                }
            }
        });
        ui.horizontal_wrapped(|ui| self.screens_ui(ui, out));
    }

    /// On which screen the audience looks, where there are several.
    fn screens_ui(&self, ui: &mut Ui, out: &mut Vec<Action>) {
        let Some(audience) = self.talk.audience_screen() else { return };
        words_ui(ui, self.quiet("Audience on", 12.0));
        for (position, screen) in self.talk.screens.iter().enumerate() {
            let words = self.text(screen.label(position), 12.0, Face::Regular);
            if ui.add(egui::Button::new(words).selected(position == audience)).clicked() {
                out.push(Action::Present(PresentStep::AudienceOn(position)));
            }
        }
    }

    /// The time of the talk and of this scene, what was planned, the clock on the wall.
    fn clocks_ui(&self, ui: &mut Ui, now_secs: f64, out: &mut Vec<Action>) {
        let gone = self.talk.began_secs.map_or(0.0, |began| now_secs - began);
        let planned: f64 = self.project.slides.iter().filter_map(|slide| slide.seconds).sum();
        let before: f64 = self.project.slides.iter().take(self.talk.slide + 1).filter_map(|slide| slide.seconds).sum();
        ui.horizontal(|ui| {
            words_ui(ui, self.text(clock_text(gone), 28.0, Face::SemiBold)).on_hover_text("The time since the talk began.");
            if planned > 0.0 {
                let left = planned - gone;
                let words = if left < 0.0 {
                    format!("{} over", clock_text(-left))
                } else {
                    format!("{} left of {}", clock_text(left), clock_text(planned))
                };
                let late = gone > before;
                let color = if late { self.ctx.palette.accent } else { self.ctx.palette.quiet };
                words_ui(ui, self.text(words, 14.0, Face::Medium).color(color));
            }
            let here = now_secs - self.talk.slide_began_secs;
            let planned_here =
                self.slide().and_then(|slide| slide.seconds).map_or(String::new(), |secs| format!(" of {}", clock_text(secs)));
            words_ui(ui, self.quiet(format!("this scene {}{planned_here}", clock_text(here)), 14.0));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.add(egui::Button::new(self.text("Restart clock", 12.0, Face::Regular))).clicked() {
                    out.push(Action::Present(PresentStep::ResetTimer));
                }
                words_ui(ui, self.text(wall_clock(), 20.0, Face::Medium)).on_hover_text("The time of day here.");
            });
        });
    }

    fn right_ui(&self, ui: &mut Ui, pictures: &mut SlidePictures, out: &mut Vec<Action>) {
        words_ui(ui, self.quiet("Next", 12.0));
        let width = ui.available_width().min(ui.available_height() * 0.34 * 16.0 / 9.0);
        let (place, response) = ui.allocate_exact_size(vec2(width, width * 9.0 / 16.0), Sense::click());
        match self.talk.next(&self.project.slides) {
            Some(next) => {
                slide_picture_ui(ui, self.ctx, (self.project, pictures), next, place);
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Next picture"));
                if response.clicked() {
                    out.push(Action::Present(PresentStep::Next));
                }
                words_ui(ui, self.text(self.what_comes(next), 14.0, Face::Medium));
            }
            None => {
                ui.painter().rect_filled(place, 0.0, self.ctx.palette.raised);
                words_ui(ui, self.text("The end", 14.0, Face::Medium));
            }
        }
        ui.add_space(10.0 * self.scale);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let Some(slide) = self.slide() else { return };
            words_ui(ui, self.text(slide.label(), 18.0, Face::SemiBold));
            let notes = if slide.notes.is_empty() { "This scene has no notes." } else { slide.notes.as_str() };
            for paragraph in notes.split("\n\n") {
                words_ui(ui, self.text(paragraph, 18.0, Face::Regular));
                ui.add_space(6.0 * self.scale);
            }
        });
    }

    fn slide(&self) -> Option<&Slide> {
        self.talk.current(self.project)
    }

    /// For those who do not see the picture.
    fn this_picture(&self) -> String {
        let label = self.slide().map_or("", Slide::label);
        let step = if self.talk.step > 0 { format!(", step {}", self.talk.step + 1) } else { String::new() };
        format!("This picture: scene {}. {label}{step}", self.talk.slide + 1)
    }

    fn what_comes(&self, (slide, step): Goal) -> String {
        let Some(next) = self.project.slides.get(slide) else { return String::new() };
        match step {
            0 => next.label().to_owned(),
            _ if next.is_answered(step) => format!("The answer: {}", next.answer),
            _ => format!("Step {} of {}", step + 1, next.picture_count()),
        }
    }
}

/// `4:05`, or `1:04:05` from an hour on.
fn clock_text(secs: f64) -> String {
    let secs = secs.max(0.0) as u64;
    let (hours, minutes, secs) = (secs / 3600, secs / 60 % 60, secs % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{secs:02}") } else { format!("{minutes}:{secs:02}") }
}

/// The time of day.
fn wall_clock() -> String {
    let now = chrono::Local::now();
    format!("{:02}:{:02}", now.hour(), now.minute())
}

#[cfg(test)]
mod tests {
    use super::clock_text;

    #[test]
    fn clocks_read_as_clocks() {
        assert_eq!([0.0, 65.9, 3600.0, 3725.0, -4.0].map(clock_text), ["0:00", "1:05", "1:00:00", "1:02:05", "0:00"]);
    }
}
