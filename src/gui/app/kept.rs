//! What the program hands over to be remembered, and when.

use eframe::egui;

use super::App;
use crate::{
    gui::remember::{self, Keeper},
    io::{
        Settings,
        settings::{LastPlace, WindowPlace},
    },
};

impl App {
    /// From now on what is looked at is remembered, where there is a keeper; `last` is what to go back to with the first frame.
    pub fn remember(&mut self, keeper: Option<Keeper>, settings: &Settings, last: Option<LastPlace>) {
        (self.keeper, self.window, self.first.last) = (keeper, settings.window, last);
    }

    /// Writes down what is to be remembered and waits until that is done, and until files are saved: before the window goes.
    pub fn close(&mut self) {
        self.jobs.close();
        self.end_journals();
        self.keep();
        self.keeper = None;
    }

    /// Hands over what is to be remembered.
    pub(super) fn keep(&mut self) {
        let Some(keeper) = &mut self.keeper else { return };
        // What waits for its file to be read is still what was looked at last.
        if self.first.last.is_none() {
            keeper.keep(remember::settings_of(&self.session, &self.library, self.window));
        }
    }

    /// Where the window stands, in points of the screen: those of egui are larger or smaller with the scale. A window that fills the screen
    /// keeps the size that it had before.
    pub(super) fn note_window(&mut self, ctx: &egui::Context) {
        let scale = self.session.ui_scale;
        let (inner, outer, maximized, full) = ctx.input(|input| {
            let viewport = input.viewport();
            (viewport.inner_rect, viewport.outer_rect, viewport.maximized == Some(true), viewport.fullscreen == Some(true))
        });
        match (inner, &mut self.window) {
            (Some(_), Some(window)) if maximized || full => window.maximized = maximized,
            (Some(inner), window) => {
                let corner = outer.map(|outer| [outer.left() * scale, outer.top() * scale]);
                *window = Some(WindowPlace { size: [inner.width() * scale, inner.height() * scale], corner, maximized });
            }
            (None, _) => {}
        }
    }
}
