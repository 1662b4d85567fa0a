//! Comparing is begun, steered and ended.

use std::sync::Arc;

use super::App;
use crate::{
    gui::{
        comparing::{CompareStep, Comparing, Kept, Layout},
        session::Panel,
    },
    model::{View, WorldState},
    time::Day,
};

impl App {
    /// Carries out a request about comparing. All but keeping mean nothing while nothing is compared.
    pub(super) fn compare(&mut self, step: CompareStep) {
        if step == CompareStep::Keep {
            return self.keep_shown();
        }
        let day = self.session.day();
        let Some(comparing) = &mut self.session.comparing else { return };
        match step {
            CompareStep::Keep => {}
            CompareStep::Show(layout) => self.show_compared(layout),
            CompareStep::Flip if comparing.layout != Layout::Flip => {
                comparing.shows_kept = true;
                self.show_compared(Layout::Flip);
            }
            CompareStep::Flip => comparing.shows_kept = !comparing.shows_kept,
            CompareStep::Swap => {
                let (kept, now) = (comparing.kept.clone(), self.session.view.clone());
                self.session.view = kept.state.view.clone();
                self.go_to(None, Some(kept.day), None);
                self.keep_side(day, &now);
            }
            CompareStep::Day(day) => {
                let view = comparing.view().clone();
                self.keep_side(day, &view);
            }
            CompareStep::View(view) => {
                let day = comparing.kept.day;
                self.keep_side(day, &view);
            }
            CompareStep::Divider(share) => comparing.divider = share.clamp(0.0, 1.0),
            CompareStep::Nudge(share) => comparing.divider = (comparing.divider + share).clamp(0.0, 1.0),
            CompareStep::List => self.session.toggle_panel(Panel::Changes),
            CompareStep::End => self.end_comparing(),
        }
    }

    /// Keeps the date and the view that are shown. Panels at the sides give their room to the maps until the end.
    fn keep_shown(&mut self) {
        let (day, view) = (self.session.day(), self.session.view.clone());
        if self.session.comparing.is_some() {
            return self.keep_side(day, &view);
        }
        let panels = self.session.panels.clone();
        self.session.tools.put_away();
        (self.session.measure, self.session.selection) = (None, None);
        self.session.panels.close_sides();
        self.session.comparing = Some(Comparing::new(self.kept(day, &view), panels));
    }

    pub(super) fn kept(&self, day: Day, view: &View) -> Kept {
        Kept { day, state: Arc::new(WorldState::at(&self.library.atlas, day, view)) }
    }

    fn keep_side(&mut self, day: Day, view: &View) {
        let kept = self.kept(day, view);
        if let Some(comparing) = &mut self.session.comparing {
            comparing.kept = kept;
        }
    }

    /// What differs is read beside the map of it.
    fn show_compared(&mut self, layout: Layout) {
        if let Some(comparing) = &mut self.session.comparing {
            comparing.layout = layout;
            let is_listed = self.session.panels.is_open(Panel::Changes);
            match layout {
                Layout::Difference if !is_listed => self.session.panels.show(Panel::Changes),
                Layout::Side if is_listed => self.session.panels.toggle(Panel::Changes),
                _ => {}
            }
        }
    }

    /// Back to one map, with the panels as they were.
    pub(super) fn end_comparing(&mut self) {
        if let Some(comparing) = self.session.comparing.take() {
            self.session.panels = comparing.panels;
        }
    }
}
