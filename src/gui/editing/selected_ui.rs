//! The strip over the map while something of the document is selected: what can be done to its shape.

use eframe::egui::{self, RichText};

use super::{
    shaping::ShapeStep,
    tool::{DrawStep, Tool},
};
use crate::{
    geometry::shape::buffer,
    gui::{
        actions::{Action, key_text},
        panels::{Ctx, top_bar::shortened},
        session::Selection,
        theme::{font, size},
    },
    model::annotation::Mark,
    scene::Face,
};

/// What of the document is selected.
pub(super) struct Selected {
    /// Its name.
    pub(super) name: String,
    is_region: bool,
    has_points: bool,
}

/// What of the shown document is selected; `None` for anything else.
pub(super) fn selected(ctx: &Ctx) -> Option<Selected> {
    let selection = ctx.session.selection.as_ref()?;
    let project = ctx.document()?;
    let of_shown = |document: usize| Some(document) == ctx.session.document;
    let (name, is_region, has_points) = match *selection {
        Selection::Region(document, index) if of_shown(document) => (&project.regions.get(index)?.common.name, true, true),
        Selection::Line(document, index) if of_shown(document) => (&project.lines.get(index)?.common.name, false, true),
        Selection::Place(document, index) if of_shown(document) => (&project.places.get(index)?.common.name, false, false),
        Selection::Annotation(document, index) if of_shown(document) => {
            let annotation = project.annotations.get(index)?;
            (&annotation.common.name, false, !matches!(annotation.mark, Mark::Text(_)))
        }
        Selection::Event(document, index) if of_shown(document) => (&project.events.get(index)?.title, false, false),
        _ => return None,
    };
    Some(Selected { name: name.clone(), is_region, has_points })
}

/// The contents of the strip. `too_many` points are in sight to be dragged, where there are.
pub(super) fn selected_ui(
    ui: &mut egui::Ui,
    ctx: &Ctx,
    (selected, too_many): (&Selected, Option<usize>),
    widen_km: &mut f64,
    out: &mut Vec<Action>,
) {
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(shortened(&selected.name, 32)).font(font(Face::SemiBold, size::BODY)));
        if selected.is_region {
            for (text, tool, hint) in [
                ("Split", Tool::Split, "Cuts the region along a line that you draw"),
                ("Join", Tool::Join, "Joins another region to it, which you click"),
                ("Subtract", Tool::Subtract, "Takes the ground of another region out of it, which you click"),
            ] {
                if ui.button(text).on_hover_text(hint).clicked() {
                    out.push(Action::Draw(DrawStep::Choose(tool)));
                }
            }
        }
        widen_ui(ui, selected, widen_km, out);
        let delete = ui.button("Delete").on_hover_text(format!("Takes it out of the document  {}", key_text("Delete")));
        if delete.clicked() {
            out.push(Action::Draw(DrawStep::PickVertex(None)));
            out.push(Action::Shape(ShapeStep::Delete));
        }
    });
    let words = match (too_many, selected.has_points) {
        (Some(count), _) => format!("{count} of its points are in sight: zoom in to drag them. Drag inside it to move the whole."),
        (None, true) => "Drag points or the whole · small dots add points · Delete takes out the clicked one · Alt+arrows nudge · Ctrl+click or Ctrl+drag: several".to_owned(),
        (None, false) => "Drag its point to move it · Alt+arrows nudge · Ctrl+click or Ctrl+drag: several".to_owned(),
    };
    let recording = if ctx.session.recording { "Recording: a changed shape holds from the date shown. " } else { "" };
    ui.add(egui::Label::new(RichText::new(format!("{recording}{words}")).size(size::SMALL).color(ctx.palette.quiet)).wrap());
}

/// So many kilometres wider; around a line or place a region.
fn widen_ui(ui: &mut egui::Ui, selected: &Selected, widen_km: &mut f64, out: &mut Vec<Action>) {
    let (text, hint) = if selected.is_region {
        ("Widen by", "Makes it wider all around; less than 0 narrower")
    } else {
        ("Region around", "Makes a region of all that lies so near")
    };
    let least = if selected.is_region { -buffer::WIDEST_KM } else { 0.1 };
    *widen_km = widen_km.max(least);
    if ui.button(text).on_hover_text(hint).clicked() {
        out.push(Action::Shape(ShapeStep::Widen(*widen_km)));
    }
    let field = egui::DragValue::new(widen_km).range(least..=buffer::WIDEST_KM).speed(1.0).max_decimals(1).suffix(" km");
    ui.add(field).on_hover_text("Kilometres; type them or drag");
}
