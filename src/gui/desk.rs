//! What the window remembers of editing: questions that are asked, what is looked for, what was found wrong. Neither saved nor undone.

pub mod find;
pub mod questions;

use eframe::egui;

use super::{
    actions::Action,
    panels::{Ctx, now_controlled::HolderState},
    session::Panel,
};
use find::FindState;
use questions::QuestionState;

/// Everything that panels of editing remember.
#[derive(Default)]
pub struct Desk {
    /// What is asked before a change.
    pub questions: QuestionState,
    /// What is looked for and what takes its place.
    pub find: FindState,
    /// Who is looked for to be put in control.
    pub holder: HolderState,
}

impl Desk {
    /// Draws one of the panels of editing.
    pub fn panel_ui(&mut self, ui: &mut egui::Ui, ctx: &Ctx, panel: Panel, out: &mut Vec<Action>) {
        match panel {
            Panel::Find => find::find_ui(ui, ctx, &mut self.find, out),
            _ => {}
        }
    }

    /// Draws what floats over everything.
    pub fn floating_ui(&mut self, ctx_egui: &egui::Context, ctx: &Ctx, out: &mut Vec<Action>) {
        if !ctx.session.shows(Panel::Find) {
            self.find.closed();
        }
        questions::questions_ui(ctx_egui, ctx, &mut self.questions, out);
    }

    /// What puts findings right.
    pub fn mends(&self) -> Vec<crate::edit::Command> {
        Vec::new()
    }
}
