//! Where the keyboard is: a ring round whatever has it, also round what draws itself.

use egui::{Context, Id, LayerId, Order, Stroke, StrokeKind};

use crate::gui::theme::{Palette, RADIUS};

/// Draws the ring over everything; nothing while no control has the keyboard, or none of it is to be seen.
pub fn focus_ring_ui(ctx: &Context, palette: &Palette) {
    let focused = ctx.memory(|memory| memory.focused()).and_then(|id| ctx.read_response(id));
    let Some(place) = focused.map(|response| response.interact_rect).filter(|rect| rect.is_positive()) else { return };
    let painter = ctx.layer_painter(LayerId::new(Order::Tooltip, Id::unique("focus-ring")));
    painter.rect_stroke(place.expand(1.0), RADIUS, Stroke::new(2.0, palette.accent), StrokeKind::Middle);
}
