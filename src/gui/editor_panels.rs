//! What the window remembers of editing: questions that are asked, what is looked for, what was found wrong. Neither saved nor undone.

pub mod balance_panel;
pub mod checker;
pub mod checks_panel;
pub mod find;
pub mod questions;

use eframe::egui;

use super::{
    actions::Action,
    panels::{Ctx, now_controlled::HolderState},
    session::{Library, Panel, Session},
};
use crate::edit::Command;
use balance_panel::BalanceState;
use checker::Checker;
use find::FindState;
use questions::QuestionState;

/// Everything that panels of editing remember.
#[derive(Default)]
pub struct EditorPanels {
    /// What is asked before a change.
    pub questions: QuestionState,
    /// What is looked for and what takes its place.
    pub find: FindState,
    /// Who is looked for to be put in control.
    pub holder: HolderState,
    /// What is wrong in the document.
    pub checker: Checker,
    balance: BalanceState,
}

impl EditorPanels {
    /// Draws one of the panels of editing.
    pub fn panel_ui(&mut self, ui: &mut egui::Ui, ctx: &Ctx, panel: Panel, out: &mut Vec<Action>) {
        match panel {
            Panel::Find => find::find_ui(ui, ctx, &mut self.find, out),
            Panel::Checks => checks_panel::checks_ui(ui, ctx, self.checker.findings(ctx.session.document), out),
            Panel::Balance => balance_panel::balance_ui(ui, ctx, &mut self.balance),
            Panel::Layers
            | Panel::Inspector
            | Panel::Events
            | Panel::Text
            | Panel::Document
            | Panel::Sources
            | Panel::Charts
            | Panel::Timeline
            | Panel::Scenes
            | Panel::Changes => {}
        }
    }

    /// Draws what floats over everything.
    pub fn floating_ui(&mut self, ctx_egui: &egui::Context, ctx: &Ctx, out: &mut Vec<Action>) {
        if !ctx.session.shows(Panel::Find) {
            self.find.closed();
        }
        questions::questions_ui(ctx_egui, ctx, &mut self.questions, out);
    }

    /// Has the shown document checked beside the frames, where it can be changed and its state was not checked yet.
    pub fn refresh(&mut self, ctx_egui: &egui::Context, library: &Library, session: &Session) {
        let edited = session.document.and_then(|index| library.edited.get(&index).map(|editing| (index, &editing.history)));
        let wake = ctx_egui.clone();
        let now = edited.map(|(index, history)| ((index, history.stamp()), history.document()));
        self.checker.refresh(&library.atlas, now, move || wake.request_repaint());
    }

    /// What puts findings of a document right and can be done in one step: of what is taken out of one feature's lists only the first, because the
    /// places of the others change with it.
    pub fn mends(&self, document: Option<usize>) -> Vec<Command> {
        let mut taken: Vec<Command> = Vec::new();
        let found = self.checker.findings(document);
        for mend in found.into_iter().flat_map(|found| found.iter()).filter_map(|finding| finding.mend.as_ref()) {
            let removes = |command: &Command| match command {
                Command::Set { id, value, .. } if value.is_null() => Some(id.clone()),
                _ => None,
            };
            let again = taken.iter().any(|own| own == mend || (removes(mend).is_some() && removes(own) == removes(mend)));
            if !again {
                taken.push(mend.clone());
            }
        }
        taken
    }
}
