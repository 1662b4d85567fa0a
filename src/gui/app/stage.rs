//! The picture of a lecture, made and painted: one map, or both sides of what its scene compares.

use std::sync::Arc;

use eframe::egui::{self, Rect as EguiRect};

use super::App;
use crate::{
    gui::{
        actions::Action,
        comparing::{
            Comparing, Layout,
            panes::{self, Part, Sides},
        },
        paint::items::paint_items,
        presenting::stage_picture::{Beside, StagePicture, plate_room, stage_parts, tells_on_both},
        theme::color32,
    },
    scene::{
        Rect,
        compare::{self, OtherSide, Surround, first_divider},
    },
};

impl App {
    /// Compares with what the scene compares with, or no longer. Within a scene the divider stays where the speaker has put it.
    pub(super) fn compare_on_stage(&mut self, other: Option<OtherSide>, is_same_scene: bool) {
        let known = self.library.atlas.tenure.views();
        let Some(other) = other.filter(|other| known.contains(&other.view)) else {
            self.session.comparing = None;
            return;
        };
        let before = self.session.comparing.take().filter(|_| is_same_scene);
        let layout = match other.layout {
            compare::Layout::Side => Layout::Side,
            compare::Layout::Difference => Layout::Difference,
            compare::Layout::Swipe | compare::Layout::Multiples => Layout::Swipe,
        };
        let divider = before.map_or_else(|| first_divider(self.session.camera.size_points), |before| before.divider);
        let kept = self.kept(other.day, &other.view);
        self.session.comparing = Some(Comparing { layout, divider, ..Comparing::new(kept, self.session.panels.clone()) });
    }

    /// What the audience is to see of the map. In a comparison names keep clear of the words as they stood in the frame before.
    pub(super) fn stage_picture(&mut self, ctx: &egui::Context, (rect, parts): (EguiRect, &[Part]), now_secs: f64) -> StagePicture {
        let Some(comparing) = self.session.comparing.clone() else {
            return StagePicture { now: self.derived.scene(&self.library, &self.session, &[], now_secs), beside: None };
        };
        let state = self.derived.state(&self.library, &self.session);
        let before = self.stage.as_ref().and_then(|picture| Some(picture.beside.as_ref()?.surround.clone())).unwrap_or_default();
        let day = self.session.day();
        let [first, second] = [&parts[0], &parts[parts.len() - 1]];
        let covered = |of: &Part, other: &Part| -> Vec<Rect> {
            let from = of.area.min - rect.min;
            let mut covered = before.covered_from([from.x, from.y]);
            if let Some(picture) = &self.stage {
                let sides = Sides {
                    comparing: &comparing,
                    atlas: &self.library.atlas,
                    now: &state,
                    day,
                    words: self.session.telling.words.as_ref(),
                };
                let place = (panes_rect(parts), parts, plate_room(rect, before.plates_top));
                covered.extend(panes::plates_covered(&sides, place, of, &picture.now.world.style));
            }
            if comparing.layout == Layout::Swipe && !tells_on_both(&comparing, day) {
                let hidden = other.clip.translate(-of.area.min.to_vec2());
                covered.push(Rect::new(hidden.left(), hidden.top(), hidden.width(), hidden.height()).grown(3.0));
            }
            covered
        };
        let (on_second, mut on_first) = (covered(second, first), covered(first, second));
        let now = self.derived.scene(&self.library, &self.session, &on_second, now_secs);
        if tells_on_both(&comparing, day) {
            on_first.extend(now.callouts.iter().map(|callout| callout.rect));
        }
        let kept =
            parts.iter().any(|part| part.is_kept).then(|| self.derived.kept_scene(&self.library, &self.session, &on_first)).flatten();
        let scenes: Vec<_> = kept.iter().chain([&now]).map(|scene| &**scene).collect();
        let size_points = [rect.width(), rect.height()].map(f64::from);
        let words = self.session.telling.words.as_ref();
        let surround = Surround::new(&scenes, &now.notes, words, size_points, &now.world.style);
        if surround.covered != before.covered || surround.plates_top != before.plates_top {
            ctx.request_repaint();
        }
        let beside = Beside { comparing, kept, state, day, surround: Arc::new(surround) };
        StagePicture { now, beside: Some(beside) }
    }

    /// Paints it.
    pub(super) fn paint_stage(&mut self, ui: &mut egui::Ui, rect: EguiRect, picture: &StagePicture, now_secs: f64, out: &mut Vec<Action>) {
        let comparing = picture.beside.as_ref().map(|beside| &beside.comparing);
        let parts = stage_parts(rect, comparing);
        let morph = self.morph(ui);
        ui.painter_at(rect).rect_filled(rect, 0.0, color32(picture.now.world.style.page));
        for part in &parts {
            let kept = picture.beside.as_ref().and_then(|beside| beside.kept.as_ref()).filter(|_| part.is_kept);
            self.paint_land(ui, part, kept.unwrap_or(&picture.now), (morph, now_secs));
            let painter = ui.painter_at(part.clip);
            match (morph, &picture.beside) {
                (None, _) => picture.paint_part(&painter, part),
                // While one projection becomes another, places have none; what the scene says stays.
                (Some(_), None) => paint_items(&painter, part.area, picture.now.furniture()),
                (Some(_), Some(_)) => {}
            }
        }
        let Some(beside) = &picture.beside else { return };
        let room = plate_room(rect, beside.surround.plates_top);
        let Beside { comparing, state, day, .. } = beside;
        let sides = Sides { comparing, atlas: &self.library.atlas, now: state, day: *day, words: self.session.telling.words.as_ref() };
        panes::over_parts_ui(ui, &sides, (panes_rect(&parts), &parts, room), &picture.now.world.style, out);
        picture.paint_over(&ui.painter_at(rect), rect);
    }
}

/// What all parts take together.
fn panes_rect(parts: &[Part]) -> EguiRect {
    parts.iter().fold(parts[0].clip, |all, part| all.union(part.clip))
}
