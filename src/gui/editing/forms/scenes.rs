//! The scenes of the document's lecture: small pictures in their order, the words of the one that is chosen, and what one does with them.

use egui::{Rect, RichText, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::{At, Form, Target, part_ui};
use crate::{
    gui::{
        actions::Action,
        panels::{Ctx, action_button_ui, layers::heading_ui},
        presenting::{overview_ui::slide_picture_ui, pictures::SlidePictures, scenes::SceneAction},
        theme::{RADIUS, font, size},
        words::{self, words_ui},
    },
    model::{
        Project,
        slide::{CalloutsShown, SlideKind},
    },
    scene::Face,
};

/// How wide the picture of a scene is in the list, in points.
const PICTURE_POINTS: [f32; 2] = [112.0, 63.0];

/// The panel about the scenes of the shown document.
pub fn scenes_panel_ui(ui: &mut Ui, ctx: &Ctx, pictures: &mut SlidePictures, out: &mut Vec<Action>) {
    heading_ui(ui, "Scenes");
    let quiet = |text: &str| RichText::new(text).size(size::SMALL).color(ctx.palette.quiet);
    let Some(project) = ctx.document() else {
        ui.label(quiet("No story is open: scenes belong to one."));
        return;
    };
    ui.horizontal_wrapped(|ui| {
        if !project.slides.is_empty() {
            action_button_ui(ui, "Present", "Present", out);
        }
        action_button_ui(ui, "Keep as a scene", "Keep as a scene", out);
        action_button_ui(ui, "Copy as a line", "Copy the scene as a line", out);
    });
    if project.slides.is_empty() {
        words_ui(
            ui,
            quiet("No scenes yet. Put map, date and layers as you want them and keep them as a scene; a lecture is a row of scenes."),
        );
    }
    let planned: f64 = project.slides.iter().filter_map(|slide| slide.seconds).sum();
    if planned > 0.0 {
        words_ui(ui, quiet(&format!("{} scenes, {:.0} minutes planned", project.slides.len(), planned / 60.0)));
    }
    let form = Form::open(ui, ctx, Target::Document);
    // A scene that cannot be read has no picture: then numbers in the file and here differ, and nothing is written.
    let form = form.filter(|form| form.list("scenes").len() == project.slides.len());
    egui::ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let mut group = "";
        for (index, slide) in project.slides.iter().enumerate() {
            if slide.group != group {
                group = &slide.group;
                ui.add_space(6.0);
                words_ui(ui, RichText::new(group).font(font(Face::SemiBold, size::SMALL)).color(ctx.palette.quiet));
            }
            row_ui(ui, ctx, (project, pictures), index, out);
            if ctx.session.scene == Some(index)
                && let Some(form) = &form
            {
                form.scene_ui(ui, index, project.slides.len(), out);
            }
        }
    });
}

/// Picture, number, title. A click shows the scene on the map and opens its words.
fn row_ui(ui: &mut Ui, ctx: &Ctx, (project, pictures): (&Project, &mut SlidePictures), index: usize, out: &mut Vec<Action>) {
    let slide = &project.slides[index];
    let [width, height] = PICTURE_POINTS;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height + 4.0), Sense::click_and_drag());
    let label = format!("{}. {}", index + 1, slide.label());
    let chosen = ctx.session.scene == Some(index);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, chosen, format!("Scene {label}")));
    if !ui.is_rect_visible(rect) {
        return;
    }
    let picture = Rect::from_min_size(rect.min + vec2(2.0, 2.0), vec2(width, height));
    slide_picture_ui(ui, ctx, (project, pictures), (index, 0), picture);
    let stroke = match (chosen, response.hovered() || response.has_focus()) {
        (true, _) => Stroke::new(2.0, ctx.palette.accent),
        (_, true) => Stroke::new(1.5, ctx.palette.ink),
        _ => Stroke::new(1.0, ctx.palette.edge),
    };
    ui.painter().rect_stroke(picture, f32::from(RADIUS), stroke, StrokeKind::Outside);
    let left = picture.right() + 10.0;
    let title = words::galley(ui.painter(), &label, (font(Face::Medium, size::BODY), ctx.palette.ink), (rect.right() - left, 2));
    let below = rect.top() + 4.0 + title.size().y;
    ui.painter().galley(pos2(left, rect.top() + 2.0), title, ctx.palette.ink);
    let kind = if slide.kind == SlideKind::Map { String::new() } else { slide.kind.label().to_owned() };
    let when = slide.at.as_ref().map(crate::time::Date::label).unwrap_or_default();
    let steps = if slide.steps.is_empty() { String::new() } else { format!("{} steps", slide.steps.len()) };
    let details: Vec<String> = [kind, when, steps].into_iter().filter(|part| !part.is_empty()).collect();
    ui.painter().text(pos2(left, below), egui::Align2::LEFT_TOP, details.join(" · "), font(Face::Regular, size::SMALL), ctx.palette.quiet);
    if response.clicked() {
        out.push(Action::Scene(SceneAction::Show(index)));
    }
    dragged_ui(ui, ctx, &response, index, out);
}

/// A scene is dragged to another place in the list.
fn dragged_ui(ui: &Ui, ctx: &Ctx, response: &egui::Response, index: usize, out: &mut Vec<Action>) {
    if ctx.editing().is_none() {
        return;
    }
    response.dnd_set_drag_payload(index);
    if response.dnd_hover_payload::<usize>().is_some_and(|from| *from != index) {
        let rect = response.rect;
        ui.painter().line_segment([rect.left_top(), rect.right_top()], Stroke::new(2.0, ctx.palette.accent));
    }
    if let Some(from) = response.dnd_release_payload::<usize>() {
        out.push(Action::Scene(SceneAction::Move { from: *from, to: index }));
    }
}

impl Form<'_> {
    /// The words of a scene, and what is done with it.
    fn scene_ui(&self, ui: &mut Ui, index: usize, count: usize, out: &mut Vec<Action>) {
        ui.horizontal_wrapped(|ui| {
            let mut button = |label: &str, hint: &str, enabled: bool, action: SceneAction| {
                if ui.add_enabled(enabled, egui::Button::new(label)).on_hover_text(hint).clicked() {
                    out.push(Action::Scene(action));
                }
            };
            button("Up", "One place earlier", index > 0, SceneAction::Move { from: index, to: index.saturating_sub(1) });
            button("Down", "One place later", index + 1 < count, SceneAction::Move { from: index, to: index + 1 });
            button(
                "Update",
                "Place, date, view, layers and selection as they are on the map now; the words stay",
                true,
                SceneAction::Update(index),
            );
            button("Duplicate", "The same scene once more, right after this one", true, SceneAction::Duplicate(index));
            button("Add a step", "What is selected on the map comes with a key of its own", true, SceneAction::AddStep(index));
            button("Remove", "Takes the scene out of the lecture", true, SceneAction::Remove(index));
        });
        let path = |member: &str| format!("scenes/{index}/{member}");
        let is = |kind: SlideKind| self.text(&path("kind")) == kind.id();
        let kinds = SlideKind::ALL.map(|kind| (kind.id(), kind.label()));
        self.line_ui(ui, At::new("Title", &path("title")), "what it is called", out);
        self.choice_ui(ui, At::new("Kind", &path("kind")), (&kinds[1..], SlideKind::Map.label()), out);
        self.line_ui(ui, At::new("Part", &path("group")), "of the lecture", out);
        self.date_ui(ui, At::new("Date", &path("date")), "that of the story", out);
        self.date_ui(ui, At::new("Events since", &path("since")), "a year before", out);
        if is(SlideKind::Title) || is(SlideKind::Text) {
            self.words_ui(ui, At::new("Text", &path("text")), "lines that begin with - are points", out);
        }
        if is(SlideKind::Quiz) {
            self.words_ui(ui, At::new("Question", &path("question")), "whose was it?", out);
            self.words_ui(ui, At::new("Answer", &path("answer")), "comes with the next key", out);
        }
        self.words_ui(ui, At::new("Caption", &path("caption")), "one or two sentences below the map", out);
        self.words_ui(ui, At::new("Notes", &path("notes")), "for the speaker alone", out);
        self.number_ui(ui, At::new("Seconds", &path("seconds")), (0.0, 86_400.0), out);
        let callouts = [(CalloutsShown::Folded.id(), "titles alone"), (CalloutsShown::Pinned.id(), "those that are pinned")];
        self.choice_ui(ui, At::new("Callouts", &path("callouts")), (&callouts, "in full"), out);
        part_ui(ui, "Steps", false, |ui| self.steps_ui(ui, index, out));
    }

    fn steps_ui(&self, ui: &mut Ui, index: usize, out: &mut Vec<Action>) {
        let steps = self.list(&format!("scenes/{index}/steps")).len();
        if steps == 0 {
            let note = RichText::new("Select an event, a region or a line on the map, then “Add a step”.");
            words_ui(ui, note.size(size::SMALL).color(self.ctx.palette.quiet));
        }
        for step in 0..steps {
            let path = |member: &str| format!("scenes/{index}/steps/{step}/{member}");
            let shows: Vec<&str> = self.list(&path("show")).iter().filter_map(serde_json::Value::as_str).collect();
            ui.horizontal(|ui| {
                words_ui(ui, RichText::new(format!("{}. {}", step + 1, shows.join(", "))).size(size::SMALL));
                if super::sign_button_ui(ui, "×", &format!("Remove step {}", step + 1)) {
                    out.push(Action::Scene(SceneAction::RemoveStep { scene: index, step }));
                }
            });
            let of = format!("Step {}", step + 1);
            self.line_ui(ui, At { label: "Caption", path: &path("caption"), of: &of }, "that of before", out);
            self.date_ui(ui, At { label: "Date", path: &path("date"), of: &of }, "that of before", out);
        }
    }
}
