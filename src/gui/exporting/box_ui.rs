//! The box that asks what is to be written, how, and where.

use egui::{Button, ComboBox, Key, Response, RichText, TextEdit, Ui};

use super::{
    ExportStep,
    choices::{SIZES, Subject},
    draft::{Draft, Plan},
};
use crate::{
    gui::{
        actions::Action,
        panels::{Ctx, top_bar::shortened},
        system::Ask,
        theme::{dialog, font, size},
        words::words_ui,
    },
    publish::{MovingFormat, PictureFormat},
    scene::{Face, Theme},
    time::Stride,
};

/// How wide the box is where there is room, in points.
const WIDTH_POINTS: f32 = 640.0;
/// How wide the list of what can be written is.
const LIST_POINTS: f32 = 200.0;
/// How wide the names of the choices are.
const NAME_POINTS: f32 = 84.0;
/// How wide most fields are.
const FIELD_POINTS: f32 = 200.0;
/// The room for the choices, so that the box stays as high as it is whatever is written.
const CHOICES_POINTS: f32 = 216.0;
/// So many letters of a scene's title are shown.
const TITLE_LETTERS: usize = 32;

/// Draws the box over everything.
pub fn export_ui(ctx_egui: &egui::Context, ctx: &Ctx, draft: &mut Draft, out: &mut Vec<Action>) {
    let compares = ctx.session.comparing.is_some();
    let modal = dialog("export", ctx.palette).show(ctx_egui, |ui| {
        ui.set_width(WIDTH_POINTS.min(ctx_egui.content_rect().width() - 64.0));
        ui.label(RichText::new("Export").font(font(Face::SemiBold, size::HEADING)));
        ui.add_space(8.0);
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(LIST_POINTS);
                subjects_ui(ui, ctx, draft);
            });
            ui.add_space(16.0);
            ui.vertical(|ui| {
                ui.set_min_height(CHOICES_POINTS);
                choices_ui(ui, ctx, draft, compares);
            });
        });
        draft.offer_path(ctx.document(), ctx.session.day());
        ui.add_space(8.0);
        let field = ui.horizontal(|ui| path_ui(ui, draft, out)).inner;
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let plan = draft.plan(ctx.document(), compares);
        said_ui(ui, ctx, draft, &plan);
        ui.add_space(8.0);
        buttons_ui(ui, draft, (plan.ok(), entered), out);
    });
    if modal.should_close() {
        out.push(Action::Export(ExportStep::Close(draft.choices.clone())));
    }
}

/// What can be written.
fn subjects_ui(ui: &mut Ui, ctx: &Ctx, draft: &mut Draft) {
    let has_lecture = ctx.document().is_some_and(|project| !project.slides.is_empty());
    for (subject, _, name) in Subject::ALL {
        let is_there = has_lecture || !subject.needs_lecture();
        let is_chosen = draft.choices.subject == subject;
        let row = ui.add_enabled(is_there, Button::selectable(is_chosen, name).min_size(egui::vec2(LIST_POINTS - 8.0, 28.0)));
        row.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, is_there, is_chosen, name));
        if row.on_disabled_hover_text("This story has no scenes yet").clicked() {
            draft.choices.subject = subject;
        }
    }
}

/// How it is written.
fn choices_ui(ui: &mut Ui, ctx: &Ctx, draft: &mut Draft, compares: bool) {
    let subject = draft.choices.subject;
    if subject == Subject::Scene {
        row_ui(ui, "Scene", |ui| scene_ui(ui, ctx, draft));
    }
    match subject {
        Subject::Map | Subject::Scene => row_ui(ui, "Format", |ui| {
            let names = [(PictureFormat::Png, "PNG"), (PictureFormat::Svg, "SVG"), (PictureFormat::Pdf, "PDF")];
            radios_ui(ui, &mut draft.choices.picture, &names);
        }),
        Subject::Moving => row_ui(ui, "Format", |ui| {
            let names =
                [(MovingFormat::Gif, "GIF"), (MovingFormat::Apng, "APNG"), (MovingFormat::Mp4, "MP4"), (MovingFormat::Frames, "Frames")];
            radios_ui(ui, &mut draft.choices.moving, &names);
        }),
        Subject::Scenes | Subject::Html | Subject::Handout | Subject::Slides => {}
    }
    if subject.has_size() {
        row_ui(ui, "Size", |ui| size_ui(ui, draft));
    }
    row_ui(ui, "Theme", |ui| theme_ui(ui, draft));
    match subject {
        Subject::Map if !compares && draft.choices.picture != PictureFormat::Pdf => {
            drop(ui.checkbox(&mut draft.choices.transparent, "Transparent ground: the land without sea and page"))
        }
        Subject::Html | Subject::Handout => drop(ui.checkbox(&mut draft.choices.notes, "With speaker's notes")),
        Subject::Moving => film_ui(ui, draft),
        _ => {}
    }
}

/// A choice with its name before it.
fn row_ui(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(egui::vec2(NAME_POINTS, ui.spacing().interact_size.y), egui::Sense::hover());
        ui.painter().text(
            rect.left_center(),
            egui::Align2::LEFT_CENTER,
            name,
            font(Face::Regular, size::BODY),
            ui.visuals().weak_text_color(),
        );
        content(ui);
    });
}

fn radios_ui<T: Copy + PartialEq>(ui: &mut Ui, value: &mut T, names: &[(T, &str)]) {
    for (it, name) in names {
        let is_chosen = value == it;
        let button = ui.selectable_label(is_chosen, *name);
        button.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, is_chosen, format!("Format: {name}")));
        if button.clicked() {
            *value = *it;
        }
    }
}

/// A list that opens; `name` is what those hear who do not see it.
fn list_ui(ui: &mut Ui, (id, name, shown): (&str, &str, &str), width: f32, rows: impl FnOnce(&mut Ui)) {
    let list = ComboBox::from_id_salt(id).selected_text(shown).width(width).height(320.0).show_ui(ui, rows);
    list.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, format!("{name}: {shown}")));
}

fn scene_ui(ui: &mut Ui, ctx: &Ctx, draft: &mut Draft) {
    let slides = ctx.document().map_or(&[][..], |project| &project.slides);
    let label = |index: usize| {
        slides.get(index).map_or_else(String::new, |slide| format!("{}. {}", index + 1, shortened(&slide.title, TITLE_LETTERS)))
    };
    list_ui(ui, ("export-scene", "Scene", &label(draft.scene)), FIELD_POINTS + 60.0, |ui| {
        for index in 0..slides.len() {
            if ui.selectable_label(draft.scene == index, label(index)).clicked() {
                draft.scene = index;
            }
        }
    });
}

/// A field for width and height, and beside it those that are offered.
fn size_ui(ui: &mut Ui, draft: &mut Draft) {
    let typed = &mut draft.choices.size;
    text_ui(ui, typed, "Size in pixels", 104.0);
    let known = SIZES.iter().find(|(size, _)| size == typed).map_or("other", |(_, name)| *name);
    list_ui(ui, ("export-size", "Usual sizes", known), 150.0, |ui| {
        for (size, name) in SIZES {
            if ui.selectable_label(typed == size, format!("{}  {name}", size.replace('x', " × "))).clicked() {
                size.clone_into(typed);
            }
        }
    });
}

fn theme_ui(ui: &mut Ui, draft: &mut Draft) {
    let first = match draft.choices.subject {
        Subject::Html => "As who opens it has it",
        Subject::Handout => "For paper",
        _ => "As shown",
    };
    let label = |theme: Option<Theme>| theme.map_or(first, Theme::label);
    // A page for browsers is light or dark.
    let offered: &[Theme] = if draft.choices.subject == Subject::Html { &[Theme::Light, Theme::Dark] } else { &Theme::ALL };
    list_ui(ui, ("export-theme", "Theme", label(draft.choices.theme)), FIELD_POINTS, |ui| {
        for theme in std::iter::once(None).chain(offered.iter().copied().map(Some)) {
            if ui.selectable_label(draft.choices.theme == theme, label(theme)).clicked() {
                draft.choices.theme = theme;
            }
        }
    });
}

/// The dates of a film and its pace.
fn film_ui(ui: &mut Ui, draft: &mut Draft) {
    row_ui(ui, "From", |ui| {
        text_ui(ui, &mut draft.from, "First date", 104.0);
        ui.label("to");
        text_ui(ui, &mut draft.to, "Last date", 104.0);
    });
    row_ui(ui, "Step", |ui| {
        text_ui(ui, &mut draft.stride, "Step", 48.0);
        list_ui(ui, ("export-step", "Usual steps", "usual"), 72.0, |ui| {
            for stride in Stride::OFFERED.map(|stride| stride.to_string()) {
                if ui.selectable_label(draft.stride == stride, &stride).clicked() {
                    draft.stride = stride;
                }
            }
        });
    });
    row_ui(ui, "Each stands", |ui| {
        text_ui(ui, &mut draft.choices.secs, "Seconds a picture", 48.0);
        ui.label("seconds");
    });
}

fn text_ui(ui: &mut Ui, text: &mut String, name: &str, width: f32) {
    let field = ui.add(TextEdit::singleline(text).desired_width(width));
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
}

/// The field for the path, and beside it the way to the system's box. Gives the field.
fn path_ui(ui: &mut Ui, draft: &mut Draft, out: &mut Vec<Action>) -> Response {
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let hint = if draft.is_asking { "It is open" } else { "Shows the system's box for files" };
        let browse = ui.add_enabled(!draft.is_asking && !draft.has_no_box, Button::new("Browse…"));
        if browse.on_hover_text(hint).clicked() {
            let first = draft.target().unwrap_or_default();
            out.push(Action::Browse(Ask::Export { first, folder: draft.ending().is_none() }));
        }
        let field = ui.add(TextEdit::singleline(&mut draft.path).hint_text("Type or paste its path").desired_width(f32::INFINITY));
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Path to write to"));
        field
    })
    .inner
}

/// What would be written, or what is wrong.
fn said_ui(ui: &mut Ui, ctx: &Ctx, draft: &Draft, plan: &Result<Plan, String>) {
    match plan {
        Ok(plan) => {
            words_ui(ui, RichText::new(format!("Writes {}", plan.sentence)));
            let kept = if plan.order.replace {
                "What is there already is replaced."
            } else {
                "What is there already stays: this gets a number then."
            };
            words_ui(ui, RichText::new(kept).size(size::SMALL).color(ctx.palette.quiet));
        }
        Err(why) => {
            words_ui(ui, RichText::new(why).color(ui.visuals().warn_fg_color));
            words_ui(ui, RichText::new("Nothing can be written so.").size(size::SMALL).color(ctx.palette.quiet));
        }
    }
    if draft.has_no_box {
        let text = "This system has no box for choosing files that programs may use. Type or paste the whole path.";
        words_ui(ui, RichText::new(text).size(size::SMALL));
    }
}

fn buttons_ui(ui: &mut Ui, draft: &mut Draft, (plan, entered): (Option<Plan>, bool), out: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        let export = ui.add_enabled(plan.is_some(), Button::new("Write").shortcut_text("Enter"));
        export.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, plan.is_some(), "Write"));
        ui.ctx().accesskit_node_builder(export.id, |node| node.set_keyboard_shortcut("Enter"));
        if plan.is_some() && !entered && ui.memory(|memory| memory.focused().is_none()) {
            export.request_focus();
        }
        if let Some(plan) = plan.filter(|_| export.clicked() || entered) {
            if let Some(folder) = plan.order.path.parent() {
                draft.choices.folder = folder.display().to_string();
            }
            out.push(Action::Export(ExportStep::Start(Box::new(plan.order), draft.choices.clone())));
        }
        if ui.button("Cancel").on_hover_text("Closes this box  Esc").clicked() {
            out.push(Action::Export(ExportStep::Close(draft.choices.clone())));
        }
    });
}
