//! The bibliography in a style: which one, of what, entry by entry, and its ways out.

use egui::{Id, RichText, Sense, TextFormat, Ui, text::LayoutJob};

use super::FIELD_POINTS;
use crate::{
    export::bibliography::{CitationStyle, StyledEntry},
    gui::{
        actions::Action,
        app::SourcesAction,
        editing::citing::{ListFile, ListFormat, cited_by},
        panels::Ctx,
        system::Ask,
        theme::{font, size},
        words::words_ui,
    },
    model::{Project, Source},
    scene::{Face, bidi::has_from_right},
};

/// What of the bibliography is listed.
pub(super) struct Shown<'a> {
    /// In the order of the document.
    pub(super) sources: Vec<&'a Source>,
    /// In the chosen style and its order; `None` without a style, and until the list is made.
    pub(super) styled: Option<&'a [StyledEntry]>,
}

/// The name of a style in the list; without one each source is a line.
fn style_name(style: Option<CitationStyle>) -> &'static str {
    style.map_or("In short", CitationStyle::name)
}

/// Which style, and whether all sources or those of what is selected.
pub(super) fn style_ui(ui: &mut Ui, ctx: &Ctx, project: &Project, out: &mut Vec<Action>) {
    let citing = &ctx.session.citing;
    ui.horizontal(|ui| {
        let combo = egui::ComboBox::from_id_salt("citation style")
            .width(ui.available_width() - 8.0)
            .height(280.0)
            .selected_text(style_name(citing.style));
        let shown = combo.show_ui(ui, |ui| {
            for style in std::iter::once(None).chain(CitationStyle::ALL.map(Some)) {
                if ui.selectable_label(citing.style == style, style_name(style)).clicked() {
                    out.push(Action::Sources(SourcesAction::Style(style)));
                }
            }
        });
        let name = format!("Style of citing: {}", style_name(citing.style));
        shown
            .response
            .on_hover_text("How the sources are listed, copied and saved")
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &name));
    });
    if cited_by(project, ctx.session.selection.as_ref()).is_some() {
        ui.horizontal(|ui| {
            for (of_selection, name) in [(false, "Of the document"), (true, "Of what is selected")] {
                if ui.selectable_label(citing.of_selection == of_selection, name).clicked() {
                    out.push(Action::Sources(SourcesAction::OfSelection(of_selection)));
                }
            }
        });
    }
}

/// The ways out: each format to the clipboard or to a file.
pub(super) fn export_ui(ui: &mut Ui, ctx: &Ctx, project: &Project, shown: &Shown, out: &mut Vec<Action>) {
    let is_ready = ctx.session.citing.style.is_none() || shown.styled.is_some();
    let menu = ui.menu_button("Copy or save", |ui| {
        egui::Grid::new("ways out of sources").num_columns(3).show(ui, |ui| {
            for (format, name, ending) in ListFormat::ALL {
                let is_styled = matches!(format, ListFormat::Text | ListFormat::Html);
                let text = || format.text(&project.title, &shown.sources, shown.styled);
                ui.label(name);
                let enabled = is_ready || !is_styled;
                let copy = ui.add_enabled(enabled, egui::Button::new("Copy")).accessible_name(format!("Copy as {name}"));
                if copy.clicked() {
                    out.push(text().map_or_else(Action::Trouble, Action::Copy));
                    ui.close();
                }
                let save = ui.add_enabled(enabled, egui::Button::new("Save as…")).accessible_name(format!("Save as {name}"));
                if save.clicked() {
                    let path = folder(ctx).join(format!("{}-sources.{ending}", project.id));
                    let ask = |text| Action::Browse(Ask::SaveList(Box::new(ListFile { path, text })));
                    out.push(text().map_or_else(Action::Trouble, ask));
                    ui.close();
                }
                ui.end_row();
            }
        });
    });
    menu.response.on_hover_text("The sources listed here, on the clipboard or as a file");
}

/// Where the document is; else where the program was started, unless that is the root, where nobody may write: then the person's own folder.
fn folder(ctx: &Ctx) -> std::path::PathBuf {
    let own = ctx.editing().and_then(|editing| editing.path.as_deref()?.parent().map(std::path::Path::to_owned));
    let here = || std::env::current_dir().ok().filter(|folder| folder.parent().is_some());
    own.or_else(here).or_else(std::env::home_dir).unwrap_or_else(|| ".".into())
}

/// An entry as the style sets it; gives whether it was clicked.
pub(super) fn entry_ui(ui: &mut Ui, ctx: &Ctx, (entry, words): (&StyledEntry, &str), is_open: bool) -> bool {
    let fill = if is_open { ctx.palette.accent.gamma_multiply(0.12) } else { egui::Color32::TRANSPARENT };
    let frame = egui::Frame::new().fill(fill).inner_margin(egui::Margin::symmetric(4, 3)).corner_radius(4.0);
    let drawn = frame.show(ui, |ui| {
        ui.set_min_size(egui::vec2(ui.available_width(), FIELD_POINTS - 6.0));
        // A line with words from right to left is turned as a whole, in one face.
        match has_from_right(words) {
            true => words_ui(ui, RichText::new(words).size(size::SMALL)),
            false => ui.add(egui::Label::new(entry_job(ctx, entry)).selectable(false).wrap()),
        }
    });
    let response = ui.interact(drawn.response.rect, Id::unique(("styled entry", entry.id.as_str())), Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_open, words));
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

fn entry_job(ctx: &Ctx, entry: &StyledEntry) -> LayoutJob {
    let mut job = LayoutJob::default();
    for piece in &entry.pieces {
        let face = if piece.is_italic { Face::Italic } else { Face::Regular };
        job.append(&piece.text, 0.0, TextFormat::simple(font(face, size::SMALL), ctx.palette.ink));
    }
    job
}
