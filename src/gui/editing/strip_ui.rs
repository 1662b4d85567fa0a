//! The strip over the map while something is drawn: what it is, what can be done now, and a field for a place that is typed.

use eframe::egui::{self, Pos2, RichText, vec2};

use super::{
    draw_ui::DrawView,
    selected_ui,
    sketch::SketchPoint,
    tool::{DrawStep, Tool, Tools},
};
use crate::{
    geometry::shape::{coordinates, live},
    gui::{
        actions::Action,
        numbers::{area_text, distance_text},
        panels::{Ctx, chosen::chosen_ui},
        session::Panel,
        theme::{self, font, size},
    },
    scene::Face,
};

/// What the strip keeps clear of the panels on each side, in points.
const INSET_POINTS: f32 = 16.0;
/// The strip is never narrower, in points.
const LEAST_POINTS: f32 = 220.0;
/// The strip is never wider, in points.
const MOST_POINTS: f32 = 640.0;
/// The width of the field for a place, in points.
const FIELD_POINTS: f32 = 150.0;

/// What can be done with several.
const SEVERAL_HINT: &str = "Drag one to move all · Ctrl+click adds or takes out · Ctrl+drag adds what lies in a box · Delete · Esc";

/// What the strip remembers.
#[derive(Clone, Debug)]
pub struct StripState {
    typed: String,
    said: Option<Result<String, String>>,
    widen_km: f64,
}

impl Default for StripState {
    fn default() -> Self {
        Self { typed: String::new(), said: None, widen_km: 10.0 }
    }
}

/// Draws the strip while a tool is taken that draws, or something of the document is selected. `middle` is where its upper edge has its middle, between panels that leave so much `room` in points.
pub fn strip_ui(egui_ctx: &egui::Context, ctx: &Ctx, view: &mut DrawView, (middle, room): (Pos2, f32), out: &mut Vec<Action>) {
    let tools = &ctx.session.tools;
    let too_many = view.too_many_points();
    let state = &mut view.strip;
    let selected = selected_ui::selected(ctx);
    // With the list of events in sight what can be done to several stands there.
    let several = !tools.is_drawing() && !ctx.session.chosen.is_empty();
    if several && ctx.session.shows(Panel::Events) || !several && !tools.is_drawing() && selected.is_none() {
        return;
    }
    let area = egui::Area::new(egui::Id::unique("draw-strip")).pivot(egui::Align2::CENTER_TOP).fixed_pos(middle);
    area.order(egui::Order::Middle).show(egui_ctx, |ui| {
        theme::overlay_frame(ctx.palette).show(ui, |ui| {
            ui.set_max_width((room - 2.0 * INSET_POINTS).clamp(LEAST_POINTS, MOST_POINTS));
            if several {
                chosen_ui(ui, ctx, out);
                ui.add(egui::Label::new(RichText::new(SEVERAL_HINT).size(size::SMALL).color(ctx.palette.quiet)).wrap());
                return;
            }
            if let (false, Some(selected)) = (tools.is_drawing(), &selected) {
                selected_ui::selected_ui(ui, ctx, (selected, too_many), &mut state.widen_km, out);
                return;
            }
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(tools.tool.title()).font(font(Face::SemiBold, size::TITLE)));
                let summary = summary(ctx, tools);
                if !summary.is_empty() {
                    ui.label(RichText::new(summary).font(font(Face::Medium, size::BODY)));
                }
                buttons_ui(ui, tools, out);
                if takes_places(tools.tool) {
                    typed_ui(ui, state, out);
                }
                leave_ui(ui, out);
            });
            match &state.said {
                Some(Err(why)) if takes_places(tools.tool) => {
                    ui.add(egui::Label::new(RichText::new(why).size(size::SMALL).color(ctx.palette.accent)).wrap());
                }
                Some(Ok(notice)) if !notice.is_empty() && takes_places(tools.tool) => {
                    ui.add(egui::Label::new(RichText::new(notice).size(size::SMALL).color(ctx.palette.quiet)).wrap());
                }
                _ => {}
            }
            ui.add(egui::Label::new(RichText::new(hint(tools)).size(size::SMALL).color(ctx.palette.quiet)).wrap());
        });
    });
}

fn takes_places(tool: Tool) -> bool {
    tool.sets_points() || tool.wanted_points() == Some(1)
}

fn buttons_ui(ui: &mut egui::Ui, tools: &Tools, out: &mut Vec<Action>) {
    let follows = tools.follows_borders();
    if matches!(tools.tool, Tool::Line | Tool::Area | Tool::Split | Tool::Arrow)
        && ui.selectable_label(follows, "Follow borders").on_hover_text("Between two points on borders the line follows them  T").clicked()
    {
        out.push(Action::Draw(DrawStep::ToggleTracing));
    }
    if !tools.sketch.is_empty()
        && tools.tool.wanted_points().is_none()
        && ui.button("Finish").on_hover_text("Makes a feature of what is drawn  Enter").clicked()
    {
        out.push(Action::Draw(DrawStep::End));
    }
}

fn leave_ui(ui: &mut egui::Ui, out: &mut Vec<Action>) {
    let leave = ui.add(egui::Button::new("×").min_size(vec2(24.0, 24.0)).frame_when_inactive(false)).on_hover_text("Lets go  Esc");
    leave.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Let go of the drawing"));
    if leave.clicked() {
        out.push(Action::Draw(DrawStep::LetGo));
    }
}

/// A place that is typed is the next point.
fn typed_ui(ui: &mut egui::Ui, state: &mut StripState, out: &mut Vec<Action>) {
    let field = egui::TextEdit::singleline(&mut state.typed).hint_text("44.95 N, 34.10 E").desired_width(FIELD_POINTS);
    let field = ui.add(field).on_hover_text("Type a place: decimal degrees, or degrees, minutes and seconds; Enter sets the point");
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Type a place"));
    if field.changed() {
        state.said = None;
    }
    if !(field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) && !state.typed.trim().is_empty()) {
        return;
    }
    match coordinates::read(&state.typed) {
        Ok(typed) => {
            out.push(Action::Draw(DrawStep::Add(SketchPoint { at: typed.place, on_arc: None, way: Vec::new() })));
            state.said = Some(Ok(typed.notice().map_or_else(String::new, |notice| format!("{}.", sentence(notice)))));
            state.typed.clear();
        }
        Err(error) => state.said = Some(Err(format!("{}.", sentence(&error.to_string())))),
    }
    // The next place can be typed at once.
    field.request_focus();
}

/// A text with a capital letter at its start.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What is drawn so far, in numbers.
fn summary(ctx: &Ctx, tools: &Tools) -> String {
    match tools.tool {
        Tool::Units => match tools.sketch.units().len() {
            0 => String::new(),
            1 => "1 unit".to_owned(),
            count => format!("{count} units"),
        },
        Tool::Join | Tool::Subtract => selected_ui::selected(ctx).map_or_else(String::new, |selected| selected.name),
        tool if tool.sets_points() => {
            let path = tools.sketch.path();
            match (tool, path.len()) {
                (_, 0) => String::new(),
                (_, 1) => "1 point".to_owned(),
                (Tool::Area, 3..) => area_text(live::area_so_far(&path).area_km2),
                _ => distance_text(live::line_so_far(&path).length_km),
            }
        }
        _ => String::new(),
    }
}

fn hint(tools: &Tools) -> &'static str {
    match (tools.tool, tools.sketch.path().len()) {
        (Tool::Place | Tool::Event, _) => "Click where it is, or type the place. Alt: no snapping. Esc leaves.",
        (Tool::Text, _) => "Click where the middle of the words is to be; write them at the right. Esc leaves.",
        (Tool::Callout, 0) => "Click the place that the words are about. Alt: no snapping. Esc leaves.",
        (Tool::Callout, _) => "Now click where the words are to stand · Backspace takes back · Esc lets go",
        (Tool::Arrow, 0) => "Click where the arrow begins; its head is at the last point. Esc leaves.",
        (Tool::Freehand, _) => "Draw with the button held; back at the beginning it becomes a region. Esc leaves.",
        (Tool::Units, _) => "Click units to add them or take them out · Enter makes a region of them · Esc leaves",
        (Tool::Join, _) => "Click the region that is to be joined. Esc leaves.",
        (Tool::Subtract, _) => "Click the region that is to be taken out. Esc leaves.",
        (Tool::Split, 0) => "Draw a line right across the region: begin outside of it, or on its edge. Esc leaves.",
        (Tool::Trace, 0) => "Click a border to begin. Esc leaves.",
        (Tool::Trace, _) => {
            "Click along borders · Ctrl: the other way round · first point or Enter ends · Backspace takes back · Esc lets go"
        }
        (_, 0) => "Click on the map to set the first point, or type it. Esc leaves.",
        _ => "Enter or double click ends · Backspace takes back · Shift: steps of 15° · Alt: no snapping · Esc lets go",
    }
}
