//! The panels round and over the map. Each reads a [`Ctx`] and pushes actions; none changes anything itself.

mod accounts;
pub mod banner;
pub mod callouts;
pub mod chosen;
pub mod close_box;
pub mod drop_target;
pub mod edit_menu;
pub mod focus_ring;
pub mod inspector;
pub mod key_sheet;
pub mod layers;
pub mod map_menu;
pub mod map_notes;
pub mod map_text;
pub mod now_controlled;
pub mod open_file;
pub mod palette;
pub mod picture_box;
pub mod pictures;
pub mod recovery_box;
pub mod save_box;
pub mod search_box;
pub mod sources_box;
pub mod thumbnail;
pub mod toasts;
pub mod top_bar;
pub mod unit_history;
pub mod welcome;

use super::{
    actions::Action,
    editing::Editing,
    session::{Library, Session},
    theme::Palette,
};
use crate::{model::WorldState, scene::Scene};

/// What a panel may see.
pub struct Ctx<'a> {
    /// Atlas and documents.
    pub library: &'a Library,
    /// What the person looks at.
    pub session: &'a Session,
    /// The world on the shown day, in the shown view.
    pub state: &'a WorldState,
    /// The picture.
    pub scene: &'a Scene,
    /// The colours of the theme.
    pub palette: &'a Palette,
}

impl Ctx<'_> {
    /// The document that is shown.
    pub fn document(&self) -> Option<&crate::model::Project> {
        self.session.document.and_then(|index| self.library.documents.get(index))
    }

    /// The shown document as it is edited; `None` for the bare world and a built-in story.
    pub fn editing(&self) -> Option<&Editing> {
        self.session.document.and_then(|index| self.library.edited.get(&index))
    }
}

/// A button that asks for something of the table: its label, with hint and key as a tooltip.
pub fn action_button_ui(ui: &mut egui::Ui, text: &str, table_label: &str, out: &mut Vec<Action>) {
    let Some(entry) = super::actions::TABLE.iter().find(|entry| entry.label == table_label) else { return };
    let keys = entry.keys.first().map_or_else(String::new, |key| format!("  {}", super::actions::shortcut_text(key)));
    if ui.button(text).on_hover_text(format!("{}{keys}", entry.hint)).clicked() {
        out.push((entry.make)());
    }
}
