//! Exports: the box is shown, and what was ordered in it is written beside the frames.

use eframe::egui;

use super::{App, NOTES_POINTS};
use crate::{
    geometry::Camera,
    gui::{
        comparing,
        exporting::{
            ExportStep,
            order::{self, Order, Place, Shown},
        },
        jobs::{Kind, work},
        system::first_folder,
    },
    scene::compare::{Layout, Moment},
};

impl App {
    pub(super) fn export(&mut self, ctx: &egui::Context, step: ExportStep) {
        match step {
            ExportStep::Open => self.open_export(),
            ExportStep::Close(choices) => (self.session.export_box, self.session.export) = (false, choices),
            ExportStep::Start(order, choices) => {
                (self.session.export_box, self.session.export) = (false, choices);
                self.start_export(ctx, *order);
            }
        }
    }

    fn open_export(&mut self) {
        let session = &self.session;
        let project = session.document.and_then(|index| self.library.documents.get(index));
        let shown_last = self.last_slide.filter(|(document, _)| Some(*document) == session.document).map(|(_, slide)| slide);
        let count = project.map_or(0, |project| project.slides.len());
        let scene = session.scene.or(shown_last).filter(|scene| *scene < count).unwrap_or(0);
        let own = session.document.and_then(|index| self.library.edited.get(&index)).and_then(|editing| editing.path.clone());
        let folder = own.as_deref().and_then(std::path::Path::parent).map_or_else(first_folder, ToOwned::to_owned);
        self.exporting.begin(&session.export, (scene, session.clock.limits()), project, &folder);
        self.exporting.style = session.citing.style;
        self.session.clock.playing = None;
        self.session.export_box = true;
    }

    fn start_export(&mut self, ctx: &egui::Context, mut order: Order) {
        order.path = std::path::absolute(&order.path).unwrap_or(order.path);
        let (atlas, shown) = (self.library.atlas.clone(), self.shown());
        let title = format!("Writing {}", work::name_of(&order.path));
        self.jobs.start(ctx, Kind::Exports, title, move |progress| order::carry_out(&order, &atlas, shown, progress));
    }

    /// What the window shows now, as a job needs it.
    fn shown(&mut self) -> Shown {
        let (state, session) = (self.derived.state(&self.library, &self.session), &self.session);
        let (since, day) = session.shown_days();
        let compared = session.comparing.as_ref().map(|comparing| {
            let layout = match comparing.layout {
                comparing::Layout::Swipe => Layout::Swipe,
                // Paper cannot flip.
                comparing::Layout::Side | comparing::Layout::Flip => Layout::Side,
                comparing::Layout::Difference => Layout::Difference,
            };
            ([Moment { state: comparing.kept.state.clone(), day: comparing.kept.day }, Moment { state, day }], layout)
        });
        Shown {
            project: session.document.and_then(|index| self.library.documents.get(index)).cloned(),
            view: session.view.clone(),
            look: session.look.clone(),
            place: self.shown_place(),
            telling: session.telling.clone(),
            selected_event: session.selected_event(),
            day,
            since,
            compared,
        }
    }

    /// A story as it opened and the whole world are fitted anew; any other look at the map shows the same land, as far as no panel covers it.
    fn shown_place(&self) -> Place {
        let camera = self.map.heading(&self.session.camera);
        let project = self.session.document.and_then(|index| self.library.documents.get(index));
        let size = camera.size_points;
        match project.and_then(|project| project.opening.bbox) {
            Some(bbox) if camera == self.fitting_camera(bbox, size) => return Place::Box(camera.projection, Some(bbox)),
            _ if camera == Camera::whole_world(camera.projection, size) => return Place::Box(camera.projection, None),
            _ => {}
        }
        let [left, right] = self.side_points();
        let free = [(size[0] - left - right).max(size[0] * 0.4), size[1] - f64::from(NOTES_POINTS)];
        Place::Seen(camera.panned((right - left) / 2.0, f64::from(NOTES_POINTS) / 2.0).resized(free))
    }
}
