//! Record mode: a strip that says so, and at the selected region the question who controls it from the date shown on.

use egui::{Align2, Pos2, Rect, RichText, pos2, vec2};

use super::Ctx;
use crate::{
    geometry::shape::placing,
    gui::{
        actions::{Action, key_text},
        app::DocumentAction,
        session::Selection,
        theme::{self, font, size},
        words::{line, words_ui},
    },
    model::{Polity, project::Region},
    scene::Face,
};

/// The red of a running recording, on light and on dark grounds.
const RECORD_RED: egui::Color32 = egui::Color32::from_rgb(208, 44, 44);
/// How wide the question is, in points.
const WIDTH_POINTS: f32 = 236.0;
/// So many polities are offered for what is typed.
const OFFERED: usize = 6;
/// As what somebody can have a region; the words of files.
const ROLES: [&str; 4] = ["administers", "occupies", "sovereign", "undetermined"];
/// Room for the question below a place, in points.
const ROOM_POINTS: f32 = 190.0;

/// Who is looked for, and as what.
pub struct HolderState {
    typed: String,
    role: &'static str,
}

impl Default for HolderState {
    fn default() -> Self {
        Self { typed: String::new(), role: ROLES[0] }
    }
}

/// Draws the strip at `middle`, the upper edge of the free map, and the question where a region is selected. `map` is the map's place in the window.
pub fn recording_ui(ctx_egui: &egui::Context, ctx: &Ctx, (map, middle): (Rect, Pos2), state: &mut HolderState, out: &mut Vec<Action>) {
    strip_ui(ctx_egui, ctx, middle, out);
    let Some(region) = selected_region(ctx) else { return };
    let camera = &ctx.session.camera;
    let place = placing::middle(&region.shape).map(|place| camera.screen_from_lonlat(place));
    let [x, y] = place.filter(|[x, y]| x.is_finite() && y.is_finite()).unwrap_or([f64::from(map.width()) / 2.0; 2]);
    let free = Rect::from_center_size(pos2(middle.x, map.center().y), vec2(240.0, map.height())).with_max_y(map.bottom() - ROOM_POINTS);
    let at = map.min + vec2(x as f32, y as f32) + vec2(0.0, 14.0);
    let at = pos2(
        at.x.clamp(map.left() + 280.0, (map.right() - 370.0).max(map.left() + 281.0)),
        at.y.clamp(free.top() + 64.0, free.bottom().max(free.top() + 65.0)),
    );
    egui::Area::new(egui::Id::unique("now-controlled")).pivot(Align2::CENTER_TOP).fixed_pos(at).order(egui::Order::Middle).show(
        ctx_egui,
        |ui| {
            theme::overlay_frame(ctx.palette).show(ui, |ui| {
                ui.set_width(WIDTH_POINTS);
                question_ui(ui, ctx, region, state, out);
            });
        },
    );
}

/// The region of the shown document that is selected.
fn selected_region<'a>(ctx: &'a Ctx) -> Option<&'a Region> {
    match ctx.session.selection {
        Some(Selection::Region(document, region)) if Some(document) == ctx.session.document => {
            ctx.document()?.regions.get(region).map(|region| &**region)
        }
        _ => None,
    }
}

fn strip_ui(ctx_egui: &egui::Context, ctx: &Ctx, middle: Pos2, out: &mut Vec<Action>) {
    egui::Area::new(egui::Id::unique("recording")).pivot(Align2::CENTER_TOP).fixed_pos(middle).order(egui::Order::Middle).show(
        ctx_egui,
        |ui| {
            theme::overlay_frame(ctx.palette).show(ui, |ui| {
                ui.horizontal(|ui| {
                    let (dot, _) = ui.allocate_exact_size(vec2(12.0, 12.0), egui::Sense::hover());
                    ui.painter().circle_filled(dot.center(), 5.5, RECORD_RED);
                    let text = format!("Recording from {}", ctx.session.day().label());
                    ui.add(egui::Label::new(RichText::new(text).font(font(Face::SemiBold, size::BODY))).extend());
                    let stop = ui.button("Stop").on_hover_text(format!("Changes hold for all time again  {}", key_text("Record mode")));
                    if stop.accessible_name("Stop recording").clicked() {
                        out.push(Action::Document(DocumentAction::ToggleRecording));
                    }
                });
            });
        },
    );
}

fn question_ui(ui: &mut egui::Ui, ctx: &Ctx, region: &Region, state: &mut HolderState, out: &mut Vec<Action>) {
    let (atlas, day) = (&ctx.library.atlas, ctx.session.day());
    words_ui(ui, RichText::new(region.common.name_in(&ctx.session.view)).font(font(Face::SemiBold, size::BODY)));
    let now = region.control.iter().filter(|row| row.span.contains(day)).max_by_key(|row| row.span.first_day());
    let was = now.map_or("nobody on record".to_owned(), |row| format!("{} ({})", atlas.polities.name(&row.holder), row.role));
    words_ui(ui, RichText::new(format!("Until now {was}")).size(size::SMALL).color(ctx.palette.quiet));
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.label("Now controlled by …");
        let shown = egui::ComboBox::from_id_salt("role").selected_text(state.role).width(96.0).show_ui(ui, |ui| {
            ROLES.into_iter().for_each(|role| drop(ui.selectable_value(&mut state.role, role, role)));
        });
        shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "As what"));
    });
    let mut picked = None;
    ui.horizontal_wrapped(|ui| {
        for party in ctx.document().into_iter().flat_map(|project| &project.parties) {
            let name = atlas.polities.get(party.polity.as_str()).map_or(party.polity.as_str(), |polity| polity.name_on(day));
            if ui.button(line(ui, name)).accessible_name(format!("Now controlled by {name}")).clicked() {
                picked = Some(party.polity.as_str().to_owned());
            }
        }
    });
    let field = ui.add(egui::TextEdit::singleline(&mut state.typed).hint_text("Somebody else").desired_width(f32::INFINITY));
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Somebody else"));
    for polity in offered(ctx, &state.typed) {
        let name = polity.name_on(day);
        let row = egui::Button::selectable(false, line(ui, name)).min_size(vec2(ui.available_width(), 22.0));
        if ui.add(row).accessible_name(format!("Now controlled by {name}")).clicked() {
            picked = Some(polity.id.as_str().to_owned());
        }
    }
    if let Some(holder) = picked {
        out.push(Action::Document(DocumentAction::RecordControl(holder, state.role.to_owned())));
        state.typed.clear();
    }
}

/// The polities whose name begins with what is typed, then those that hold it.
fn offered<'a>(ctx: &'a Ctx, typed: &str) -> Vec<&'a Polity> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() {
        return Vec::new();
    }
    let day = ctx.session.day();
    let mut found: Vec<(bool, &Polity)> = Vec::new();
    for (_, polity) in ctx.library.atlas.polities.iter() {
        let name = polity.name_on(day).to_lowercase();
        if name.contains(&typed) || polity.id.as_str() == typed {
            found.push((!name.starts_with(&typed), polity));
        }
    }
    found.sort_by_key(|(is_inside, polity)| (*is_inside, polity.name.len()));
    found.into_iter().take(OFFERED).map(|(_, polity)| polity).collect()
}
