//! Pictures that are put into events, and those that are shown.

use std::{path::PathBuf, sync::Arc};

use eframe::egui;

use super::App;
use crate::gui::{
    actions::Action,
    jobs::{Kind, work::name_of},
    pictures::{self, PictureAction, Place, Waiting, Words, picture_of},
};

impl App {
    pub(super) fn picture_action(&mut self, ctx: &egui::Context, action: PictureAction) {
        match action {
            PictureAction::Drop(paths) => self.take_dropped_pictures(ctx, paths),
            PictureAction::Read(waiting) => self.session.pictures.waiting.push_back(waiting),
            PictureAction::Add(waiting, words) => self.add_picture(&waiting, &words),
            PictureAction::LetGo(waiting) => self.session.pictures.waiting.retain(|other| !Arc::ptr_eq(other, &waiting)),
            PictureAction::Seen(key, made) => self.session.pictures.shown.take_in(ctx, &key, made),
            PictureAction::Enlarge(data) => self.session.pictures.enlarged = data,
        }
    }

    fn take_dropped_pictures(&mut self, ctx: &egui::Context, paths: Vec<PathBuf>) {
        match pictures::place_for(&self.library, &self.session) {
            Some(place) => self.read_pictures(ctx, &place, paths),
            None => {
                let names: Vec<String> = paths.iter().map(|path| name_of(path)).collect();
                let why = self.no_place_for_pictures();
                self.trouble(format!("{}: pictures go into an event. {why}", names.join(", ")));
            }
        }
    }

    /// What to do before a picture can be put somewhere.
    fn no_place_for_pictures(&self) -> &'static str {
        let editing = self.session.document.map(|index| self.library.edited.get(&index));
        match editing {
            Some(Some(editing)) if editing.read_only.is_some() => {
                "This document cannot be changed; make a copy of it (Ctrl+Shift+N), select an event there and drop the picture again."
            }
            Some(Some(_)) => "Select an event of this document and drop the picture again.",
            Some(None) => {
                "A built-in story cannot be changed; make a copy of it (Ctrl+Shift+N), select an event there and drop the picture again."
            }
            None => "Make a document (Ctrl+N) or open one (Ctrl+O), select an event there and drop the picture again.",
        }
    }

    /// Reads pictures beside the frames; each then asks for its words.
    pub(super) fn read_pictures(&mut self, ctx: &egui::Context, place: &Place, paths: Vec<PathBuf>) {
        for path in paths {
            let (title, place) = (format!("Reading {}", name_of(&path)), place.clone());
            self.jobs.start(ctx, Kind::Reads, title, move |progress| pictures::read(&path, place, progress));
        }
    }

    /// Puts a picture into its event, wherever that document stands now. Where it is refused the words are kept.
    fn add_picture(&mut self, waiting: &Arc<Waiting>, words: &Words) {
        let Some((index, _)) = self.library.of_key(waiting.into.key) else {
            self.session.pictures.waiting.retain(|other| !Arc::ptr_eq(other, waiting));
            return self.trouble(format!("{}: the document that it was for is closed. Open it and add the picture again.", waiting.name));
        };
        let selected = self.selected_id();
        match self.library.edit(index, &waiting.command(words), None) {
            Ok(()) => {
                self.session.pictures.waiting.retain(|other| !Arc::ptr_eq(other, waiting));
                if self.session.document == Some(index) {
                    self.follow(index, selected);
                }
                self.toasts.news(format!("Added {}", waiting.name));
            }
            Err(why) => self.trouble(why),
        }
    }

    /// Has the pixels made of what is to be shown, one picture at a time beside the frames, and lets go of those that are not shown any more.
    pub(super) fn refresh_pictures(&mut self, ctx: &egui::Context) {
        let wanted = pictures::wanted(&self.library, &self.session);
        let jobs = &self.jobs;
        let Some(key) = self.session.pictures.shown.next(&wanted, |job| jobs.is_running(job)) else { return };
        let job = self.jobs.start(ctx, Kind::Quiet, "Opening a picture".to_owned(), move |_| {
            let made = picture_of(&key);
            vec![Action::Picture(PictureAction::Seen(key, made))]
        });
        self.session.pictures.shown.begun(job);
    }
}
