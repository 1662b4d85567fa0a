//! What is asked of the selected shape and of the clipboard is done.

use std::sync::Arc;

use eframe::egui;

use super::App;
use crate::{
    edit::{Command, fresh_id},
    gui::{
        editing::{
            clipboard,
            made::new_feature,
            shape::FeatureShape,
            shaping::{self, ShapeStep},
            sources_in::SourcesIn,
        },
        session::Selection,
    },
    model::Document,
};

impl App {
    /// Does something with the selected shape, or with the clipboard.
    pub(super) fn shape(&mut self, ctx: &egui::Context, step: ShapeStep) {
        if !self.can_edit() {
            return;
        }
        match step {
            ShapeStep::Paste(text) => self.paste(&text),
            ShapeStep::Reshape(shape) => self.reshape(shape),
            ShapeStep::Nudge(right, down) => self.nudge(right, down),
            ShapeStep::Delete => self.delete(),
            ShapeStep::Duplicate => self.on_selected(|id| Command::Duplicate { id: id.into(), start: None, end: None }),
            ShapeStep::Copy => drop(self.copy_feature(ctx)),
            ShapeStep::Cut => {
                if self.copy_feature(ctx) {
                    self.remove_selected();
                }
            }
            ShapeStep::Widen(km) => self.widen(km),
            ShapeStep::Join(other) => self.join(&other),
            ShapeStep::Subtract(other) => self.subtract(&other),
        }
    }

    /// The selected feature of the shown document: the document's position, the id, the shape. Tells the person where there is none.
    fn selected_shape(&mut self) -> Option<(usize, String, FeatureShape)> {
        let found = self.session.selection.as_ref().and_then(|selection| {
            let (index, id) = self.library.id_of(selection).filter(|(index, _)| Some(*index) == self.session.document)?;
            Some((index, id.to_owned(), FeatureShape::of(self.library.documents.get(index)?, selection)?))
        });
        if found.is_none() {
            self.trouble("Nothing of the document is selected. Click one of its regions, lines, places or events first.");
        }
        found
    }

    /// Which region of the document is selected, if one is.
    pub(super) fn has_region_selected(&self) -> bool {
        matches!(self.session.selection, Some(Selection::Region(document, _)) if Some(document) == self.session.document)
    }

    fn document_at(&self, index: usize) -> Option<&Document> {
        self.library.edited.get(&index).map(|editing| editing.history.document())
    }

    /// Gives the selected feature another shape; with record mode from the shown date on.
    fn reshape(&mut self, shape: FeatureShape) {
        let Some((index, id, _)) = self.selected_shape() else { return };
        let shape = shape.let_go();
        if let Some(fault) = shape.fault() {
            self.trouble(format!("The shape stays as it was: {fault}."));
            return;
        }
        let day = self.session.day().to_string();
        let Some(document) = self.document_at(index) else { return };
        let to = fresh_id(document, &format!("{id}-{day}"));
        let from = self.session.recording.then_some((day.as_str(), to.as_str()));
        let command = shaping::reshaped(document, &id, &shape, from);
        let vertex = self.session.tools.vertex;
        if self.apply(&command, None) {
            // What begins with this date is what is seen now.
            if let Some(selection) = self.library.selection_of(index, &to) {
                self.session.selection = Some(selection);
            }
            self.session.tools.vertex = vertex;
        }
    }

    fn nudge(&mut self, right: f32, down: f32) {
        let Some((_, _, shape)) = self.selected_shape() else { return };
        let Some(middle) = shape.middle() else { return };
        let camera = self.session.camera;
        let [x, y] = camera.screen_from_lonlat(middle);
        let Some(to) = camera.lonlat_from_screen([x + f64::from(right), y + f64::from(down)]) else { return };
        self.reshape(shape.moved(middle, to));
    }

    fn delete(&mut self) {
        if !self.session.chosen.is_empty() {
            self.remove_chosen();
            return;
        }
        // What is one point only is taken away with it.
        let is_point = self.selected_shape().is_some_and(|(_, _, shape)| matches!(shape, FeatureShape::Point(_)));
        let Some(vertex) = self.session.tools.vertex.take().filter(|_| !is_point) else {
            self.remove_selected();
            return;
        };
        let Some((_, _, shape)) = self.selected_shape() else { return };
        match shape.without_vertex(vertex) {
            Ok(shape) => self.reshape(shape),
            Err(error) => self.trouble(format!("The point stays: {error}.")),
        }
    }

    fn remove_selected(&mut self) {
        let Some((_, id, _)) = self.selected_shape() else { return };
        if self.apply(&Command::Remove { id: id.as_str().into() }, None) {
            self.toasts.news(format!("Removed {id}. Ctrl+Z brings it back."));
        }
    }

    /// Does something with the selected feature, and selects what it adds at the end of the document.
    fn on_selected(&mut self, make: impl FnOnce(&str) -> Command) {
        let Some((index, id, _)) = self.selected_shape() else { return };
        self.apply_and_select(index, &make(&id));
    }

    /// Carries a command out and lets go of the tool that asked for it.
    fn apply_and_put_down(&mut self, command: &Command) {
        if self.apply(command, None) {
            self.session.tools.choose_nothing();
        }
    }

    /// Carries a command out and selects the first feature that it adds at the end of the document; false where it was refused.
    fn apply_and_select(&mut self, index: usize, command: &Command) -> bool {
        let before = self.document_at(index).map_or(0, |document| document.features().len());
        if !self.apply(command, None) {
            return false;
        }
        let id = self.document_at(index).and_then(|document| document.features().get(before)).map(|feature| feature.id().to_owned());
        let selection = id.and_then(|id| self.library.selection_of(index, &id));
        if selection.is_some() {
            self.session.tools.vertex = None;
            self.select(selection);
        }
        true
    }

    fn copy_feature(&mut self, ctx: &egui::Context) -> bool {
        let Some((index, id, _)) = self.selected_shape() else { return false };
        let Some(text) = self.document_at(index).and_then(|document| clipboard::copied(document, &id)) else { return false };
        ctx.copy_text(text);
        self.toasts.news(format!("Copied {id} as GeoJSON"));
        true
    }

    fn paste(&mut self, text: &str) {
        let Some(index) = self.session.document else { return };
        let Some(document) = self.document_at(index) else { return };
        match clipboard::pasting(document, text, &self.session.day().to_string()) {
            Ok((command, notices)) => {
                if self.apply_and_select(index, &command) {
                    self.session.tools.on = true;
                    notices.into_iter().for_each(|notice| self.toasts.news(notice));
                }
            }
            Err(why) => self.paste_sources(text, why),
        }
    }

    /// What is no shape may be a bibliography that was copied elsewhere; else `why` not is told.
    fn paste_sources(&mut self, text: &str, why: String) {
        let read = SourcesIn::read("The clipboard", text, Some(self.session.today));
        if read.items.is_empty() {
            self.trouble(why);
        } else {
            self.take_sources(Arc::new(read));
        }
    }

    fn widen(&mut self, km: f64) {
        let Some((index, _, shape)) = self.selected_shape() else { return };
        match (shaping::widened(&shape, km), &shape) {
            (Err(why), _) => self.trouble(why),
            (Ok(wide), FeatureShape::Area(_)) => self.reshape(wide),
            (Ok(wide), _) => {
                let start = self.session.day().to_string();
                let feature = self.document_at(index).map(|document| new_feature(document, "region", &wide, (&start, None)));
                if let Some(feature) = feature {
                    self.apply_and_select(index, &Command::Add { feature, before: None });
                }
            }
        }
    }

    /// The selected region's id and that of another one; tells the person what is missing.
    fn two_regions(&mut self, other: &Selection) -> Option<(usize, String, String)> {
        let (index, id, _) = self.selected_shape()?;
        let other = self.library.id_of(other).map(|(_, id)| id.to_owned()).filter(|other| *other != id);
        if other.is_none() {
            self.trouble("Click another region of the document.");
        }
        Some((index, id, other?))
    }

    fn join(&mut self, other: &Selection) {
        let Some((index, id, other)) = self.two_regions(other) else { return };
        let Some(document) = self.document_at(index) else { return };
        match shaping::joined(document, &id, &other) {
            Ok(command) => self.apply_and_put_down(&command),
            Err(why) => self.trouble(why),
        }
    }

    fn subtract(&mut self, other: &Selection) {
        let Some((index, id, other)) = self.two_regions(other) else { return };
        let Some(document) = self.document_at(index) else { return };
        match shaping::without(document, &id, &other) {
            Ok(shape) => {
                self.session.tools.choose_nothing();
                self.reshape(shape);
            }
            Err(why) => self.trouble(why),
        }
    }

    /// Cuts the selected region along a line; the part to its right becomes a region of its own.
    pub(super) fn split(&mut self, line: &FeatureShape) {
        let Some((index, id, _)) = self.selected_shape() else { return };
        let Some(document) = self.document_at(index) else { return };
        match shaping::split_region(document, &id, line) {
            Ok(command) => self.apply_and_put_down(&command),
            Err(why) => self.trouble(why),
        }
    }
}
