//! Scenes are kept, changed, shown, and opened from lines.

use eframe::egui;

use super::App;
use crate::{
    gui::{
        presenting::scenes::{SceneAction, command, scene_of_session, selected_id},
        session::Panel,
    },
    model::{Slide, slide_line},
    scene::Staging,
};

impl App {
    pub(super) fn scene_action(&mut self, ctx: &egui::Context, action: SceneAction) {
        match action {
            SceneAction::Show(index) => self.show_scene(index),
            SceneAction::CopyLine => {
                let line = self.scene_line();
                ctx.copy_text(line.clone());
                self.toasts.news(format!("Copied {line}"));
            }
            SceneAction::OpenLine(line) => self.open_line(&line),
            action => self.change_scenes(&action),
        }
    }

    fn change_scenes(&mut self, action: &SceneAction) {
        let Some(index) = self.session.document else {
            self.trouble("There is no story that could have scenes. Make a new one (Ctrl+N) or open one (Ctrl+O).");
            return;
        };
        let seen = scene_of_session(&self.library, &self.session);
        let selected = selected_id(&self.library, &self.session);
        if matches!(action, SceneAction::AddStep(_)) && selected.is_none() {
            self.trouble("Nothing is selected that a step could show. Click an event, a region or a line first.");
            return;
        }
        let Some(editing) = self.library.edited.get(&index) else {
            self.trouble("A built-in story cannot be changed. A copy of it can: Ctrl+Shift+N.");
            return;
        };
        let project = &self.library.documents[index];
        let made = command(editing.history.document(), project, action, &seen, selected.as_deref(), self.session.scene);
        if let Some((command, chosen)) = made
            && self.apply(&command, None)
        {
            self.session.scene = chosen;
            if matches!(action, SceneAction::Keep) {
                self.toasts.news("Kept as a scene");
                self.session.panels.show(Panel::Scenes);
            }
        }
    }

    /// Shows a scene on the author's map: all of it, with every step.
    fn show_scene(&mut self, index: usize) {
        let Some(project) = self.session.document.and_then(|index| self.library.documents.get(index)) else { return };
        let Some(slide) = project.slides.get(index) else { return };
        let staging = Staging::new(&self.library.atlas, project, slide, slide.picture_count() - 1, self.session.look.theme);
        self.session.scene = Some(index);
        self.look_at(staging);
    }

    fn look_at(&mut self, staging: Staging) {
        let theme = self.session.look.theme;
        if self.library.atlas.tenure.views().contains(&staging.view) {
            self.session.view = staging.view;
        }
        self.session.look = staging.look;
        self.session.look.theme = theme;
        (self.session.telling, self.session.selection) = (staging.telling, None);
        self.session.telling.words = None;
        if let Some(bbox) = staging.bbox {
            let target = self.fitted(staging.projection, bbox, self.session.camera.size_points, 12.0);
            self.fly(target);
        }
        self.go_to(None, Some(staging.day), None);
    }

    /// What is seen now, as a line.
    fn scene_line(&self) -> String {
        let project = self.session.document.and_then(|index| self.library.documents.get(index));
        slide_line::line_of(project.map_or("world", |project| project.id.as_str()), &scene_of_session(&self.library, &self.session))
    }

    /// Shows what a line says, in the story that it names where that is open or built in.
    fn open_line(&mut self, line: &str) {
        let (document, slide) = match slide_line::scene_of(line) {
            Ok(read) => read,
            Err(why) => return self.trouble(format!("{why}.")),
        };
        let found = self.library.documents.iter().position(|project| project.id.as_str() == document);
        match found {
            Some(index) if self.session.document != Some(index) => self.open_document(index),
            Some(_) => {}
            None => {
                self.trouble(format!("The scene is of “{document}”, which is not open. Open that document, then paste the line again."));
                return;
            }
        }
        self.show_line(&slide);
    }

    fn show_line(&mut self, slide: &Slide) {
        let Some(project) = self.session.document.and_then(|index| self.library.documents.get(index)) else { return };
        let staging = Staging::new(&self.library.atlas, project, slide, 0, self.session.look.theme);
        let title = project.title.clone();
        self.look_at(staging);
        self.toasts.news(format!("{title}, {}", slide.at.as_ref().map(crate::time::Date::label).unwrap_or_default()));
    }
}
