//! The bar along the top: which story, search, whose view, projection, theme, panels.

use egui::RichText;

use super::{Ctx, action_button_ui, search_box::SearchBox};
use crate::{
    geometry::Projection,
    gui::{
        actions::{Action, TABLE, key_text},
        comparing::CompareStep,
        editing::tool::DrawStep,
        keeping::KeepAction,
        session::Panel,
        theme::{font, size},
        words::{self, line},
    },
    model::View,
    scene::Face,
};

/// In a window narrower than this, in points, the story's title is cut so that the search keeps its room.
const NARROW_POINTS: f32 = 1150.0;
/// In one at least so wide, in points, comparing has a button of its own.
const WIDE_POINTS: f32 = 1260.0;
/// In one narrower than this some controls move into a menu.
const FEW_POINTS: f32 = 1000.0;
/// In one narrower than this all of them do.
const FEWEST_POINTS: f32 = 620.0;

/// Draws the bar.
pub fn top_bar_ui(
    ui: &mut egui::Ui,
    ctx: &Ctx,
    search: &mut SearchBox,
    (index, findings): (&crate::model::SearchIndex, usize),
    out: &mut Vec<Action>,
) {
    let width = ui.available_width();
    let is_edited = ctx.editing().is_some();
    let marks = if is_edited { MARKS_POINTS } else { 0.0 };
    let [is_fewest, is_few] = [FEWEST_POINTS, FEW_POINTS].map(|limit| width < limit + marks);
    let is_wide = ui.ctx().content_rect().width() >= WIDE_POINTS + marks;
    ui.horizontal_centered(|ui| {
        story_menu_ui(ui, ctx, out);
        if is_edited && !is_fewest {
            super::edit_menu::edit_menu_ui(ui, ctx, out);
        }
        // Marks come and go while somebody writes; what stands beside them stays where it is.
        if is_edited {
            slot_ui(ui, SAVED_POINTS, |ui| edited_ui(ui, ctx, out));
        }
        if is_edited && !is_fewest {
            slot_ui(ui, FINDINGS_POINTS, |ui| findings_ui(ui, ctx, findings, out));
        }
        ui.add_space(8.0);
        let rest = match () {
            () if is_fewest => 72.0,
            () if is_few => 284.0,
            () if is_wide => WIDE_REST_POINTS + COMPARE_POINTS,
            () => WIDE_REST_POINTS,
        };
        let rest = if is_edited && !is_fewest { rest + EDIT_POINTS } else { rest };
        search.bar_ui(ui, ctx, (index, rest), out);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| match () {
            () if is_fewest => more_menu_ui(ui, ctx, true, out),
            () if is_few => {
                more_menu_ui(ui, ctx, false, out);
                panels_ui(ui, ctx, out);
                edit_ui(ui, ctx, out);
            }
            () => right_side_ui(ui, ctx, is_wide, out),
        });
    });
}

/// A place of fixed width in the bar, whether or not anything stands in it.
fn slot_ui(ui: &mut egui::Ui, width: f32, content: impl FnOnce(&mut egui::Ui)) {
    let size = egui::vec2(width, ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), |ui| {
        ui.set_min_width(width);
        content(ui);
    });
}

/// How many errors and warnings the document has; opens the list of them.
fn findings_ui(ui: &mut egui::Ui, ctx: &Ctx, findings: usize, out: &mut Vec<Action>) {
    if findings == 0 || ctx.editing().is_none() {
        return;
    }
    let words = if findings == 1 { "1 finding".to_owned() } else { format!("{findings} findings") };
    let badge = ui.selectable_label(ctx.session.shows(Panel::Checks), RichText::new(&words).color(ui.visuals().warn_fg_color));
    if words::named(badge, &words).on_hover_text(format!("{words} in this document  {}", key_text("Checks"))).clicked() {
        out.push(Action::TogglePanel(Panel::Checks));
    }
}

/// What the controls on the right need in a wide window, in points.
const WIDE_REST_POINTS: f32 = 640.0;
/// What the button that begins a comparison needs, in points.
const COMPARE_POINTS: f32 = 76.0;
/// What the button of the tools needs, in points.
const EDIT_POINTS: f32 = 48.0;
/// The room for the mark of what is not saved, in points.
const SAVED_POINTS: f32 = 112.0;
/// The room for the number of findings, in points.
const FINDINGS_POINTS: f32 = 104.0;
/// How much wider a window must be for all controls while a document is edited: for both, the tools and the menu of changes, in points.
const MARKS_POINTS: f32 = 336.0;

/// Everything that the bar has no room for.
fn more_menu_ui(ui: &mut egui::Ui, ctx: &Ctx, with_panels: bool, out: &mut Vec<Action>) {
    let shown = ui.menu_button("More", |ui| {
        ui.set_min_width(240.0);
        if with_panels {
            super::edit_menu::edit_menu_ui(ui, ctx, out);
            if ctx.editing().is_some() {
                table_row_ui(ui, "Edit", "Edit", out);
            }
            PANELS.iter().for_each(|(_, _, label)| table_row_ui(ui, label, label, out));
            ui.separator();
        }
        ui.label(RichText::new("Point of view").small().color(ctx.palette.quiet));
        for view in views(ctx) {
            if ui.selectable_label(ctx.session.view == view, view_label(ctx, &view)).clicked() {
                out.push(Action::SetView(view));
                ui.close();
            }
        }
        ui.separator();
        ui.label(RichText::new("Projection").small().color(ctx.palette.quiet));
        for projection in Projection::ALL {
            if ui.selectable_label(ctx.session.camera.projection == projection, projection.label()).clicked() {
                out.push(Action::SetProjection(projection));
                ui.close();
            }
        }
        ui.separator();
        for label in ["Compare", "Light or dark", "Larger", "Smaller", "Keys"] {
            table_row_ui(ui, label, label, out);
        }
    });
    shown.response.on_hover_text("Point of view, projection, theme, size, keys");
}

fn story_menu_ui(ui: &mut egui::Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    let title = ctx.document().map_or("Whole world", |project| project.title.as_str());
    let shown = shortened(title, if ui.available_width() < NARROW_POINTS { 20 } else { 40 });
    let text = line(ui, RichText::new(&shown).font(font(Face::SemiBold, size::TITLE)));
    let menu = ui
        .menu_button(text, |ui| {
            ui.set_min_width(300.0);
            if ui.selectable_label(ctx.session.document.is_none(), "Whole world").clicked() {
                out.push(Action::OpenDocument(None));
                ui.close();
            }
            ui.separator();
            for (index, project) in ctx.library.documents.iter().enumerate() {
                if index == ctx.library.built_in {
                    ui.separator();
                }
                let title = line(ui, &project.title);
                if words::named(ui.selectable_label(ctx.session.document == Some(index), title), &project.title).clicked() {
                    out.push(Action::OpenDocument(Some(index)));
                    ui.close();
                }
            }
            ui.separator();
            for (text, label) in [("About the document …", "About the document"), ("Sources …", "Sources")] {
                table_row_ui(ui, text, label, out);
            }
            ui.separator();
            let documents = [
                ("New document", "New document"),
                ("Open a file …", "Open a file"),
                ("Save", "Save"),
                ("Save as …", "Save as"),
                ("Export …", "Export"),
            ];
            documents.iter().for_each(|(text, label)| table_row_ui(ui, text, label, out));
            ui.separator();
            let windows = ["Close the story", "New window", "First screen"];
            windows.iter().for_each(|label| table_row_ui(ui, label, label, out));
        })
        .response;
    words::named(menu, &shown).on_hover_text("Choose a story");
}

/// Whether the document is saved: a dot and a word while it is not, which save it.
fn edited_ui(ui: &mut egui::Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    let Some(editing) = ctx.editing() else { return };
    let (text, hint) = match () {
        () if editing.read_only.is_some() => ("Read only", "The strip over the map says why"),
        () if editing.is_unsaved() && editing.path.is_none() => ("● Not saved yet", "Saves it under a name"),
        () if editing.is_unsaved() => ("● Edited", "Changed since it was saved; saves it"),
        () => return,
    };
    let text = RichText::new(text).size(size::SMALL).color(ctx.palette.accent);
    let mark = ui.add(egui::Button::new(text).frame_when_inactive(false)).on_hover_text(format!("{hint}  {}", key_text("Save")));
    if mark.clicked() {
        out.push(Action::Keep(KeepAction::Save));
    }
}

/// A row of a menu that asks for something of the table, with its key.
fn table_row_ui(ui: &mut egui::Ui, text: &str, table_label: &str, out: &mut Vec<Action>) {
    let Some(entry) = TABLE.iter().find(|entry| entry.label == table_label) else { return };
    if ui.add(egui::Button::new(text).shortcut_text(key_text(table_label))).on_hover_text(entry.hint).clicked() {
        out.push((entry.make)());
        ui.close();
    }
}

fn right_side_ui(ui: &mut egui::Ui, ctx: &Ctx, is_wide: bool, out: &mut Vec<Action>) {
    action_button_ui(ui, "?", "Keys", out);
    let theme = if ctx.session.look.theme.is_dark() { "Light" } else { "Dark" };
    action_button_ui(ui, theme, "Light or dark", out);
    panels_ui(ui, ctx, out);
    edit_ui(ui, ctx, out);
    if is_wide {
        compare_ui(ui, ctx, out);
    }
    ui.separator();
    projection_ui(ui, ctx, out);
    view_ui(ui, ctx, out);
}

/// The panels that have a button of their own, from right to left: its text, and its row in the table.
const PANELS: [(Panel, &str, &str); 3] =
    [(Panel::Charts, "Charts", "Charts"), (Panel::Events, "Events", "Event list"), (Panel::Layers, "Layers", "Layers and legend")];

fn panels_ui(ui: &mut egui::Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    for (panel, name, label) in PANELS {
        let Some(entry) = TABLE.iter().find(|entry| entry.label == label) else { continue };
        let hint = format!("{}  {}", entry.hint, key_text(label));
        if ui.selectable_label(ctx.session.shows(panel), name).on_hover_text(hint).clicked() {
            out.push(Action::TogglePanel(panel));
        }
    }
}

/// Begins a comparison, or ends it.
fn compare_ui(ui: &mut egui::Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    let is_on = ctx.session.comparing.is_some();
    let hint = format!("Compares the date and the view shown with others  {}", key_text("Compare"));
    if ui.selectable_label(is_on, "Compare").on_hover_text(hint).clicked() {
        out.push(Action::Compare(if is_on { CompareStep::End } else { CompareStep::Keep }));
    }
}

/// Brings the tools of a document that can be changed.
fn edit_ui(ui: &mut egui::Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    if ctx.editing().is_none() {
        return;
    }
    let hint = format!("Tools that draw on the map and change what is there  {}", key_text("Edit"));
    if ui.selectable_label(ctx.session.tools.on, "Edit").on_hover_text(hint).clicked() {
        out.push(Action::Draw(DrawStep::Toggle));
    }
}

fn projection_ui(ui: &mut egui::Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    let now = ctx.session.camera.projection;
    let shown = egui::ComboBox::from_id_salt("projection").selected_text(now.label()).width(110.0).show_ui(ui, |ui| {
        for projection in Projection::ALL {
            if ui.selectable_label(now == projection, projection.label()).clicked() {
                out.push(Action::SetProjection(projection));
            }
        }
    });
    named(&shown.response, "Projection");
}

fn view_ui(ui: &mut egui::Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    let shown = egui::ComboBox::from_id_salt("view")
        .selected_text(format!("View: {}", view_label(ctx, &ctx.session.view)))
        .width(170.0)
        .show_ui(ui, |ui| {
            for view in views(ctx) {
                if ui.selectable_label(ctx.session.view == view, view_label(ctx, &view)).clicked() {
                    out.push(Action::SetView(view));
                }
            }
        });
    named(&shown.response, "Point of view");
}

/// Those of the story that the atlas knows; without a story all of the atlas.
pub fn views(ctx: &Ctx) -> Vec<View> {
    let mut views = ctx.library.atlas.tenure.views();
    if let Some(project) = ctx.document() {
        views = project.views.iter().filter(|view| views.contains(view)).cloned().collect();
    }
    views
}

fn named(response: &egui::Response, name: &str) {
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name));
}

/// What people read for a view.
pub fn view_label(ctx: &Ctx, view: &View) -> String {
    match view {
        View::DeFacto => "De facto control".to_owned(),
        View::Un => "United Nations".to_owned(),
        View::Party(party) => ctx.library.atlas.polities.name(party).to_owned(),
    }
}

/// A text cut to so many letters, with an ellipsis.
pub fn shortened(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters { text.to_owned() } else { text.chars().take(letters - 1).chain(['…']).collect() }
}
