//! Sources that are taken into the shown document, and its bibliography in a style.

use std::sync::Arc;

use eframe::egui;

use super::{App, EditAction};
use crate::{
    export::bibliography::CitationStyle,
    gui::{
        editing::{
            citing::{self, ListFile, StyledList},
            sources_in::{SourcesIn, SourcesReport},
        },
        jobs::{Kind, work},
        session::Panel,
    },
};

/// What is asked of sources.
#[derive(Clone, Debug)]
pub enum SourcesAction {
    /// Takes sources into the shown document; asks for one where none can be changed.
    Take(Arc<SourcesIn>),
    /// The sources that wait go into a copy of the shown story.
    IntoCopy,
    /// The sources that wait go into a new document.
    IntoNew,
    /// The sources that wait go nowhere.
    LetGo,
    /// What became of sources was read.
    CloseReport,
    /// How sources are shown; `None` for a short line each.
    Style(Option<CitationStyle>),
    /// Whether only what the selected thing cites is listed.
    OfSelection(bool),
    /// A list is made.
    Styled(Arc<StyledList>),
    /// Writes a bibliography to its file; another file of that name stays unless a person said otherwise.
    Save(Box<ListFile>, bool),
}

impl App {
    pub(super) fn sources(&mut self, ctx: &egui::Context, action: SourcesAction) {
        match action {
            SourcesAction::Take(sources) => self.take_sources(sources),
            SourcesAction::IntoCopy => self.take_waiting_into(ctx, EditAction::Copy),
            SourcesAction::IntoNew => self.take_waiting_into(ctx, EditAction::New),
            SourcesAction::LetGo => self.session.waiting_sources = None,
            SourcesAction::CloseReport => self.session.sources_report = None,
            SourcesAction::Style(style) => self.session.citing.style = style,
            SourcesAction::OfSelection(of_selection) => self.session.citing.of_selection = of_selection,
            SourcesAction::Styled(list) => {
                self.session.citing.busy = None;
                self.session.citing.list = Some(list);
            }
            SourcesAction::Save(file, replace) => {
                let title = format!("Saving {}", work::name_of(&file.path));
                self.jobs.start(ctx, Kind::Writes, title, move |progress| work::save_list(&file, replace, progress));
            }
        }
    }

    pub(super) fn take_sources(&mut self, sources: Arc<SourcesIn>) {
        if let Some(complaint) = sources.complaint() {
            return self.trouble(complaint);
        }
        let Some(editing) = self.session.document.and_then(|index| self.library.edited.get(&index)) else {
            self.session.waiting_sources = Some(sources);
            return;
        };
        let report = sources.report(editing.history.document());
        if report.changes_nothing && editing.read_only.is_none() || self.apply(&sources.command(), None) {
            self.tell_of_sources(report);
        }
    }

    fn tell_of_sources(&mut self, report: SourcesReport) {
        self.toasts.news(report.heading.clone());
        self.session.panels.show(Panel::Sources);
        self.session.sources_report = Some(Arc::new(report)).filter(|report| !report.lines.is_empty());
    }

    fn take_waiting_into(&mut self, ctx: &egui::Context, first: EditAction) {
        let Some(sources) = self.session.waiting_sources.take() else { return };
        self.edit(ctx, first);
        if self.session.document.is_some_and(|index| self.library.edited.contains_key(&index)) {
            self.take_sources(sources);
        }
    }

    /// Has the list made that the panel of sources shows, where it was not made yet: one at a time.
    pub(super) fn refresh_styled(&mut self, ctx: &egui::Context) {
        let Some(key) = citing::wanted(&self.library, &self.session) else { return };
        let citing = &self.session.citing;
        // What a style stumbled over once is not tried again.
        let is_busy = citing.busy.as_ref().is_some_and(|(own, job)| *own == key || self.jobs.is_running(*job));
        if is_busy || citing.current(Some(&key)).is_some() {
            return;
        }
        let Some(project) = self.library.documents.get(key.0) else { return };
        let sources: Vec<_> = citing::listed(&self.library, &self.session, project).into_iter().cloned().collect();
        let order = key.clone();
        let job = self.jobs.start(ctx, Kind::Quiet, "Styling the bibliography".to_owned(), move |_| {
            vec![super::Action::Sources(SourcesAction::Styled(Arc::new(citing::styled(key, &sources))))]
        });
        self.session.citing.busy = Some((order, job));
    }
}
