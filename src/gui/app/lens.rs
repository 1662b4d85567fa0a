//! The magnifier over the audience's picture.

use std::sync::Arc;

use eframe::egui::{self, Rect as EguiRect};

use super::App;
use crate::{
    geometry::{Camera, Projection},
    gui::{
        actions::Action,
        paint,
        presenting::{
            Pointer, PresentStep,
            lens::{Lens, cut_to_lens, magnified, paint_over_land, paint_rim},
            stage_picture::StagePicture,
        },
    },
    scene::{Scene, SceneInput, level_for},
};

impl App {
    /// The lens at the pointer, over the audience's picture in `rect`; the wheel makes it larger or smaller.
    pub(super) fn lens_ui(&mut self, ui: &egui::Ui, rect: EguiRect, picture: &StagePicture, out: &mut Vec<Action>) {
        let share = self.session.presenting.as_ref().filter(|talk| talk.pointer == Pointer::Magnifier).map(|talk| talk.lens_share);
        let Some(share) = share else { return self.lens.put_away() };
        let Some(at) = ui.ctx().pointer_latest_pos().filter(|at| rect.contains(*at)) else { return };
        ui.ctx().set_cursor_icon(egui::CursorIcon::None);
        let notches = notches(ui);
        if notches != 0 {
            out.push(Action::Present(PresentStep::ResizeLens(notches)));
        }
        let lens = Lens { at, radius: rect.height() * share };
        for (part, shown, is_kept) in picture.parts(rect) {
            // Where the line between two maps runs through the lens, it does so where it is magnified too.
            let clip = rect.intersect(lens.map_area(part.clip));
            if clip.intersects(lens.rect()) {
                self.part_in_lens(&ui.painter_at(clip), lens, (part.area, shown, is_kept));
            }
        }
        paint_rim(&ui.painter_at(rect), lens);
    }

    /// What of one map is in the lens.
    fn part_in_lens(&mut self, painter: &egui::Painter, lens: Lens, (rect, shown, is_kept): (EguiRect, &Arc<Scene>, bool)) {
        // What stands still for the audience, or is kept, is not what the session shows: of it the land alone is magnified.
        let is_frozen = is_kept || self.session.presenting.as_ref().is_some_and(|talk| talk.frozen.is_some());
        let (library, session, derived) = (&self.library, &self.session, &mut self.derived);
        let input = |make: &mut dyn FnMut(SceneInput)| derived.with_input(library, session, make);
        let picture = if is_frozen { None } else { self.lens.get(library, shown, input) };
        if self.paint_status.is_some() {
            let world = picture.as_ref().map_or(&shown.world, |picture| &picture.world);
            let level = picture.as_ref().map_or(shown.level, |picture| level_for(&picture.camera));
            let (area, camera) = seen_in(lens, rect, &shown.camera);
            let shapes = paint::round_shapes(area, &camera, (world, level), ((lens.at, lens.radius), lens.rect()));
            cut_to_lens(painter, lens, |painter| painter.extend(shapes));
        }
        if let Some(picture) = picture {
            paint_over_land(painter, lens, lens.map_area(rect), &picture);
        }
    }
}

/// Where a map lies that shows what the lens does, and its camera: of a flat map the piece in the lens alone, so that nothing else is drawn.
fn seen_in(lens: Lens, map: EguiRect, camera: &Camera) -> (EguiRect, Camera) {
    let large = magnified(camera);
    if camera.projection == Projection::Globe {
        return (lens.map_area(map), large);
    }
    let from_corner = lens.at - map.min;
    let center = camera.world_from_screen([f64::from(from_corner.x), f64::from(from_corner.y)]);
    let area = lens.rect();
    (area, Camera { center, size_points: [area.width(), area.height()].map(f64::from), ..large })
}

/// How far the wheel was turned in this frame, in notches; away from the hand is more than 0.
fn notches(ui: &egui::Ui) -> i32 {
    let turned = |event: &egui::Event| match event {
        egui::Event::MouseWheel { delta, modifiers, .. } if *modifiers == egui::Modifiers::NONE => delta.y.signum() as i32,
        _ => 0,
    };
    ui.input(|input| input.events.iter().map(turned).sum())
}
