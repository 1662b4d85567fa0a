//! Callouts and the signs of events: laid out and painted with the scene; here they can be read by assistive technology, hovered and clicked.

use std::{cell::Cell, sync::Arc};

use egui::{Pos2, Rect, Response, Sense, Stroke, StrokeKind, pos2, vec2};

use super::Ctx;
use crate::{
    geometry::LonLat,
    gui::{actions::Action, editing::several_ui, paint::items::paint_items, session::Selection, theme::RADIUS, words::tip_ui},
    model::Event,
    scene::{self, Callout, callouts::ACCOUNTS, markers::Marker},
};

/// A request about callouts and piles; numbers are positions of events in the shown document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TellAction {
    /// The callout of an event stays whatever the date, or no longer.
    TogglePin(usize),
    /// The same of the selected event.
    PinSelected,
    /// The callout of an event is only its title, or all of it.
    ToggleFold(usize),
    /// The same of the selected event.
    FoldSelected,
    /// All callouts are only titles, or none.
    ToggleAllFolds,
    /// Selects the event in sight that comes before or after in order of date.
    Step {
        /// After.
        forward: bool,
    },
    /// Spreads out a pile, or closes it.
    FanOut {
        /// An event of the pile; `None` for none.
        pile: Option<usize>,
        /// Whether it stays when the pointer leaves it.
        held: bool,
    },
    /// Spreads out the next pile in sight.
    NextPile,
    /// Selects an event and shows what its parties say of it.
    ShowAccounts(usize),
}

/// How long the pointer rests on a pile before it opens, in seconds.
const REST_SECS: f32 = 0.15;
/// A pointer that has rested longer means nothing by it: what was closed by a key stays closed under it.
const FORGOTTEN_SECS: f32 = 0.9;
/// How far the pointer may stray from an open pile before it closes, in points.
const STRAY_POINTS: f32 = 14.0;
/// The side of the small buttons of a callout, in points.
const BUTTON_POINTS: f32 = 18.0;

/// Listens at every sign and callout of the scene, and paints the pile that is open over them. `map` is the map's place on the screen. Gives the place that
/// a right click on one of them means: where its event is.
pub fn callouts_ui(ui: &mut egui::Ui, ctx: &Ctx, map: Rect, out: &mut Vec<Action>) -> Option<LonLat> {
    let document = ctx.session.document?;
    let table = Table { ctx, document, map, origin: map.min, asked: Cell::new(None) };
    let mut signs: Vec<&Marker> = ctx.scene.signs.markers.iter().collect();
    // The keyboard goes through them in order of date.
    signs.sort_by_key(|marker| marker.events()[0]);
    signs.into_iter().for_each(|marker| table.sign_ui(ui, marker, out));
    let mut callouts: Vec<&Callout> = ctx.scene.callouts.iter().collect();
    callouts.sort_by_key(|callout| callout.event);
    callouts.into_iter().for_each(|callout| table.callout_ui(ui, callout, out));
    table.fan_ui(ui, out);
    table.asked.get()
}

struct Table<'a> {
    ctx: &'a Ctx<'a>,
    document: usize,
    map: Rect,
    origin: Pos2,
    /// The place that a right click asks about.
    asked: Cell<Option<LonLat>>,
}

impl Table<'_> {
    fn event(&self, event: usize) -> Option<&Event> {
        self.ctx.document()?.events.get(event).map(Arc::as_ref)
    }

    fn on_screen(&self, rect: &scene::Rect) -> Rect {
        let corner = |point: [f32; 2]| self.origin + vec2(point[0], point[1]);
        Rect::from_min_max(corner(rect.min), corner(rect.max))
    }

    fn is_selected(&self, event: usize) -> bool {
        self.ctx.session.selection == Some(Selection::Event(self.document, event))
    }

    fn line(&self, event: usize) -> String {
        self.event(event).map_or_else(String::new, |event| format!("{}, {}", event.title, event.when()))
    }

    /// A symbol: of one event, or of a pile that opens.
    fn sign_ui(&self, ui: &mut egui::Ui, marker: &Marker, out: &mut Vec<Action>) {
        let response = self.button_ui(ui, ("sign", marker.event), self.on_screen(&marker.rect().grown(3.0)));
        let name = || match marker.pile.len() {
            0 => self.line(marker.event),
            count => format!("{count} events, {}", self.line(marker.event)),
        };
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name()));
        focus_ring(ui, &response, response.rect.width() / 2.0, self.ctx);
        if marker.pile.is_empty() {
            if response.clicked() {
                out.push(several_ui::click(ui, self.ctx, Selection::Event(self.document, marker.event)));
            }
            tip_ui(response, || self.line(marker.event));
            return;
        }
        let is_open = self.ctx.session.telling.fanned.is_some_and(|event| marker.pile.contains(&event));
        let still_secs = ui.input(|input| if input.pointer.any_down() { 0.0 } else { input.pointer.time_since_last_movement() });
        if response.clicked() {
            let pile = (!is_open || !self.ctx.session.fan_held).then_some(marker.event);
            out.push(Action::Tell(TellAction::FanOut { pile, held: true }));
        } else if response.hovered() && !is_open {
            match still_secs {
                secs if secs < REST_SECS => ui.ctx().request_repaint_after_secs(REST_SECS),
                secs if secs < FORGOTTEN_SECS => out.push(Action::Tell(TellAction::FanOut { pile: Some(marker.event), held: false })),
                _ => {}
            }
        }
    }

    /// The pile that is open: each of its symbols a button. It closes when the pointer leaves it, unless it was opened by a click or a key.
    fn fan_ui(&self, ui: &mut egui::Ui, out: &mut Vec<Action>) {
        let Some(fan) = &self.ctx.scene.signs.fan else { return };
        paint_items(&ui.painter_at(self.map), self.map, &fan.items);
        let middle = self.origin + vec2(fan.middle[0], fan.middle[1]);
        let disc = Rect::from_center_size(middle, egui::Vec2::splat(2.0 * fan.radius_points));
        // Takes the clicks between the symbols, without a stop for the keyboard.
        let ground = ui.interact(disc.shrink(fan.radius_points * 0.15), ui.scope_id().with("fan"), Sense::CLICK);
        let close = Action::Tell(TellAction::FanOut { pile: None, held: false });
        let pointer = ui.input(|input| input.pointer.hover_pos());
        // At the edge of the picture the pile itself may lie outside its circle.
        let pile = self.origin + vec2(fan.place[0], fan.place[1]);
        let strays =
            pointer.is_none_or(|at| at.distance(middle) > fan.radius_points + STRAY_POINTS && at.distance(pile) > 2.0 * STRAY_POINTS);
        if ground.clicked() || strays && !self.ctx.session.fan_held {
            out.push(close);
        }
        for marker in &fan.markers {
            let response = self.button_ui(ui, ("fanned", marker.event), self.on_screen(&marker.rect().grown(3.0)));
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, self.line(marker.event)));
            if response.hovered() || self.is_selected(marker.event) {
                ui.painter().circle_stroke(response.rect.center(), response.rect.width() / 2.0, Stroke::new(1.5, self.ctx.palette.accent));
            }
            focus_ring(ui, &response, response.rect.width() / 2.0, self.ctx);
            if response.clicked() {
                out.push(several_ui::click(ui, self.ctx, Selection::Event(self.document, marker.event)));
            }
            // Below the circle, where it covers none of the others.
            tip_ui(response.with_new_rect(disc), || self.line(marker.event));
        }
    }

    fn callout_ui(&self, ui: &mut egui::Ui, callout: &Callout, out: &mut Vec<Action>) {
        let rect = self.on_screen(&callout.rect);
        let response = self.button_ui(ui, ("callout", callout.event), rect);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, self.line(callout.event)));
        if response.hovered() || self.is_selected(callout.event) {
            ui.painter().rect_stroke(rect, f32::from(RADIUS), Stroke::new(1.5, self.ctx.palette.accent), StrokeKind::Inside);
        }
        focus_ring(ui, &response, f32::from(RADIUS), self.ctx);
        if response.clicked() {
            out.push(Action::Select(Some(Selection::Event(self.document, callout.event))));
        }
        self.corner_ui(ui, callout, rect, out);
        self.accounts_ui(ui, callout, out);
        let is_shortened = callout.title.last().is_some_and(|line| line.ends_with('…'));
        if is_shortened {
            tip_ui(response, || self.line(callout.event));
        }
    }

    /// The two small buttons in the upper right corner: they show while somebody is at the callout, and the pin while it holds.
    fn corner_ui(&self, ui: &mut egui::Ui, callout: &Callout, rect: Rect, out: &mut Vec<Action>) {
        let event = callout.event;
        let is_near = ui.rect_contains_pointer(rect);
        let place = |step: f32| {
            Rect::from_center_size(
                pos2(rect.right() - 16.0 - step * (BUTTON_POINTS + 2.0), rect.top() + 17.0),
                egui::Vec2::splat(BUTTON_POINTS),
            )
        };
        let title = self.event(event).map_or("", |event| event.title.as_str());
        let fold = self.button_ui(ui, ("fold", event), place(0.0));
        let (fold_name, pin_name) = (if callout.folded { "Open" } else { "Fold" }, if callout.pinned { "Let go" } else { "Pin" });
        fold.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{fold_name}: {title}")));
        let pin = self.button_ui(ui, ("pin", event), place(1.0));
        pin.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, callout.pinned, format!("{pin_name}: {title}")));
        for (button, shows) in [(&fold, is_near || fold.has_focus()), (&pin, is_near || callout.pinned || pin.has_focus())] {
            if shows && button.hovered() {
                ui.painter().rect_filled(button.rect, 4.0, self.ctx.palette.raised);
            }
            focus_ring(ui, button, 4.0, self.ctx);
        }
        if is_near || fold.has_focus() {
            paint_chevron(ui, fold.rect, callout.folded, self.ctx.palette.quiet);
        }
        if is_near || callout.pinned || pin.has_focus() {
            paint_pin(ui, pin.rect, callout.pinned, if callout.pinned { self.ctx.palette.accent } else { self.ctx.palette.quiet });
        }
        if fold.on_hover_text(format!("{fold_name} this callout")).clicked() {
            out.push(Action::Tell(TellAction::ToggleFold(event)));
        }
        if pin.on_hover_text(if callout.pinned { "Let it go with its date" } else { "Keep it through time" }).clicked() {
            out.push(Action::Tell(TellAction::TogglePin(event)));
        }
    }

    fn accounts_ui(&self, ui: &mut egui::Ui, callout: &Callout, out: &mut Vec<Action>) {
        let Some(row) = &callout.accounts else { return };
        let response = self.button_ui(ui, ("accounts", callout.event), self.on_screen(&row.grown(2.0)));
        let title = self.event(callout.event).map_or("", |event| event.title.as_str());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, format!("{ACCOUNTS}: {title}")));
        if response.hovered() {
            let y = response.rect.bottom() - 2.5;
            ui.painter().hline(response.rect.shrink(2.0).x_range(), y, Stroke::new(1.0, self.ctx.palette.accent));
        }
        focus_ring(ui, &response, 3.0, self.ctx);
        if response.on_hover_text("What each party says of it").clicked() {
            out.push(Action::Tell(TellAction::ShowAccounts(callout.event)));
        }
    }

    /// Something of an event that takes clicks; a right click opens the menu of the event's place.
    fn button_ui(&self, ui: &mut egui::Ui, id: (&str, usize), rect: Rect) -> Response {
        let response = ui.interact(rect, ui.scope_id().with(id), Sense::click()).on_hover_cursor(egui::CursorIcon::PointingHand);
        if response.secondary_clicked() {
            self.asked.set(self.event(id.1).map(|event| event.at));
        }
        response
    }
}

/// What has the keyboard is seen to have it.
fn focus_ring(ui: &egui::Ui, response: &Response, radius: f32, ctx: &Ctx) {
    if response.has_focus() {
        ui.painter().rect_stroke(response.rect.expand(2.0), radius + 2.0, Stroke::new(2.0, ctx.palette.ink), StrokeKind::Outside);
    }
}

fn paint_chevron(ui: &egui::Ui, rect: Rect, points_down: bool, color: egui::Color32) {
    let (middle, way) = (rect.center(), if points_down { 2.2 } else { -2.2 });
    let points = [vec2(-4.0, -way), vec2(0.0, way), vec2(4.0, -way)].map(|offset| middle + offset);
    ui.painter().line(points.to_vec(), Stroke::new(1.5, color));
}

/// A pin from the side: head, plate and needle, upright while it holds and leaning while it does not.
fn paint_pin(ui: &egui::Ui, rect: Rect, holds: bool, color: egui::Color32) {
    let turn = egui::emath::Rot2::from_angle(if holds { 0.0 } else { 0.6 });
    let at = |x: f32, y: f32| rect.center() + turn * vec2(x, y);
    let body = vec![at(-2.2, -5.5), at(2.2, -5.5), at(2.2, -0.5), at(-2.2, -0.5)];
    let stroke = Stroke::new(1.3, color);
    ui.painter().add(egui::Shape::convex_polygon(body, if holds { color } else { egui::Color32::TRANSPARENT }, stroke));
    ui.painter().line_segment([at(-4.2, -0.2), at(4.2, -0.2)], Stroke::new(1.6, color));
    ui.painter().line_segment([at(0.0, 0.0), at(0.0, 5.8)], stroke);
}
