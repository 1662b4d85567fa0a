//! How measuring is drawn and handled: clicks set points, the way follows the pointer, lengths stand on the map, and a strip says what to do.

use eframe::egui::{self, Pos2, Rect, RichText, vec2};

use super::{
    MapResponse,
    measure::{Leg, Measure, MeasureStep},
};
use crate::{
    geometry::{Camera, LonLat},
    gui::{
        actions::Action,
        numbers::distance_text,
        paint::items::paint_items,
        panels::Ctx,
        theme::{self, font, size},
    },
    scene::{Anchor, Dash, Face, Item, Rgba, Stroke, Style, Text},
};

/// So near to a point, in points of the screen, a click means it.
const REACH_POINTS: f32 = 10.0;
/// A stretch shorter than this on the screen has no room for its length.
const SHORTEST_LABELLED_POINTS: f32 = 56.0;

/// What a click on the map means while points are set; `None` where it means nothing.
pub fn step_of_click(measure: &Measure, response: &MapResponse, camera: &Camera, rect: Rect) -> Option<MeasureStep> {
    let clicked = response.clicked?;
    // The first click of a double click has set the point already.
    if response.response.double_clicked() {
        return Some(MeasureStep::End);
    }
    let first = measure.points().first().filter(|_| measure.can_close());
    if first.is_some_and(|first| on_screen(camera, rect, *first).distance(clicked) <= REACH_POINTS) {
        return Some(MeasureStep::Close);
    }
    let at = clicked - rect.min;
    camera.lonlat_from_screen([f64::from(at.x), f64::from(at.y)]).map(MeasureStep::Add)
}

/// Draws ways, points and lengths on the map; `hovered` is where the next point would be.
pub fn measure_ui(ui: &egui::Ui, measure: &Measure, ctx: &Ctx, rect: Rect, hovered: Option<LonLat>) {
    let (camera, style) = (&ctx.scene.camera, &ctx.scene.world.style);
    let pending = hovered.filter(|_| measure.is_open()).zip(measure.points().last()).map(|(to, from)| Leg::new(*from, to));
    let mut items = Vec::new();
    let drawn: Vec<(&Leg, Dash)> =
        measure.legs().map(|leg| (leg, Dash::Solid)).chain(pending.as_ref().map(|leg| (leg, Dash::Long))).collect();
    for width_and_color in [(5.0, style.halo.faded(0.85)), (2.25, style.accent)] {
        drawn.iter().for_each(|(leg, dash)| items.extend(way_items(camera, leg, *dash, width_and_color)));
    }
    items.extend(measure.points().iter().map(|place| point_item(camera, style, *place)));
    labels(measure, pending.as_ref(), camera, style, &mut items);
    paint_items(&ui.painter_at(rect), rect, &items);
}

fn way_items(camera: &Camera, leg: &Leg, dash: Dash, (width_points, color): (f32, Rgba)) -> Vec<Item> {
    // Under dashes the halo is one line, so that they stand out on any ground.
    let dash = if width_points > 4.0 { Dash::Solid } else { dash };
    let stroke = Stroke { color, width_points, dash };
    let points = |piece: Vec<LonLat>| piece.into_iter().map(|place| camera.screen_from_lonlat(place).map(|at| at as f32)).collect();
    leg.pieces().into_iter().map(|piece| Item::Polyline { points: points(piece), stroke, soft: false }).collect()
}

fn point_item(camera: &Camera, style: &Style, place: LonLat) -> Item {
    let at = camera.screen_from_lonlat(place).map(|at| at as f32);
    Item::Dot { at, radius_points: 4.5, color: style.halo, stroke: Stroke::solid(style.accent, 2.0) }
}

/// The length of each stretch in its middle, and that of the whole way at its end.
fn labels(measure: &Measure, pending: Option<&Leg>, camera: &Camera, style: &Style, items: &mut Vec<Item>) {
    let at = |place: LonLat| camera.screen_from_lonlat(place).map(|at| at as f32);
    let length_on_screen = |leg: &Leg| {
        let [from, to] = [leg.way[0], leg.way[leg.way.len() - 1]].map(at);
        (from[0] - to[0]).hypot(from[1] - to[1])
    };
    let stretches = measure.legs().count() + usize::from(pending.is_some());
    for leg in measure.legs().chain(pending).filter(|leg| stretches > 1 && length_on_screen(leg) >= SHORTEST_LABELLED_POINTS) {
        items.push(text_item(at(leg.middle()), Anchor::Middle, distance_text(leg.km), Face::Medium, style));
    }
    let end = pending.map(|leg| leg.way[leg.way.len() - 1]).or(measure.points().last().copied());
    if let (Some(end), 1..) = (end, stretches) {
        let total_km = measure.total_km() + pending.map_or(0.0, |leg| leg.km);
        let [x, y] = at(end);
        items.push(text_item([x + 12.0, y - 14.0], Anchor::Start, distance_text(total_km), Face::SemiBold, style));
    }
}

fn text_item(at: [f32; 2], anchor: Anchor, text: String, face: Face, style: &Style) -> Item {
    let size_points = if face == Face::SemiBold { size::TITLE } else { size::BODY };
    Item::Text(Text {
        at,
        anchor,
        text,
        face,
        size_points,
        color: style.ink,
        halo: Some(style.halo),
        letter_spacing_points: 0.0,
        angle_rad: 0.0,
    })
}

/// What the strip keeps clear of the panels on each side, its own edge included, in points.
const STRIP_INSET_POINTS: f32 = 16.0;
/// The strip is never narrower, in points.
const LEAST_STRIP_POINTS: f32 = 220.0;

/// The strip over the map: what is measured so far, and what can be done now. `middle` is where its upper edge has its middle, between panels that leave so
/// much `room` in points.
pub fn measure_strip_ui(ctx_egui: &egui::Context, ctx: &Ctx, (middle, room): (Pos2, f32), out: &mut Vec<Action>) {
    let Some(measure) = &ctx.session.measure else { return };
    let area = egui::Area::new(egui::Id::unique("measure-strip")).pivot(egui::Align2::CENTER_TOP).fixed_pos(middle);
    area.order(egui::Order::Middle).show(ctx_egui, |ui| {
        theme::overlay_frame(ctx.palette).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(RichText::new("Measure").size(size::SMALL).color(ctx.palette.quiet));
                ui.label(RichText::new(measure.summary()).font(font(Face::SemiBold, size::TITLE)));
                buttons_ui(ui, measure, out);
            });
            let words = RichText::new(hint(measure)).size(size::SMALL).color(ctx.palette.quiet);
            let width = ui.painter().layout_no_wrap(hint(measure).to_owned(), font(Face::Regular, size::SMALL), ctx.palette.quiet).size().x;
            // As wide as its words where there is room; else they break.
            ui.set_width(width.min(room - 2.0 * STRIP_INSET_POINTS).max(LEAST_STRIP_POINTS));
            ui.add(egui::Label::new(words).wrap());
        });
    });
}

fn buttons_ui(ui: &mut egui::Ui, measure: &Measure, out: &mut Vec<Action>) {
    if measure.points().len() > 1 && ui.button("Copy").on_hover_text("Copies lengths, area and points").clicked() {
        out.push(Action::Copy(measure.report()));
    }
    if measure.can_close() && ui.button("Close line").on_hover_text("Goes back to the first point and measures the area").clicked() {
        out.push(Action::Measure(MeasureStep::Close));
    }
    let leave = ui.add(egui::Button::new("×").min_size(vec2(24.0, 24.0)).frame_when_inactive(false)).on_hover_text("Leaves measuring  Esc");
    leave.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Leave measuring"));
    if leave.clicked() {
        out.push(Action::Measure(MeasureStep::Leave));
    }
}

fn hint(measure: &Measure) -> &'static str {
    match (measure.is_open(), measure.points().len()) {
        (true, 0) => "Click on the map to set the first point. Esc leaves.",
        (true, 1..=2) => "Click sets a point · Enter or double click ends · Backspace takes back · Esc leaves",
        (true, _) => "Click on the first point closes · Enter or double click ends · Backspace takes back · Esc leaves",
        (false, _) => "M measures anew · Backspace goes on · Esc leaves",
    }
}

fn on_screen(camera: &Camera, rect: Rect, place: LonLat) -> Pos2 {
    let [x, y] = camera.screen_from_lonlat(place);
    rect.min + vec2(x as f32, y as f32)
}
