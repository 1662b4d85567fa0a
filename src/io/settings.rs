//! What the program remembers from one start to the next, as values: one small JSON file, see [`super::settings_file`]. Words that later
//! versions may know and this one does not are kept out of the way by whoever reads them: here they are plain texts.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::geometry::{LonLat, Projection};

/// Everything that is remembered. A member that the file lacks has its default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The id of the theme; empty for the usual one.
    pub theme: String,
    /// The id of the point of view; empty for the usual one.
    pub view: String,
    /// How the globe is flattened.
    pub projection: Option<Projection>,
    /// How large everything is drawn, 1 being the usual size.
    pub ui_scale: f32,
    /// Whether motion is reduced to cuts.
    pub reduced_motion: bool,
    /// The names of the open panels, the one opened last at the end; `None` before anything was chosen.
    pub panels: Option<Vec<String>>,
    /// The id of the style in which sources are listed; empty for short lines.
    pub citation_style: String,
    /// The name of the screen that the audience of lectures sees; empty for another one than the window's.
    pub audience_screen: String,
    /// What was chosen in the box for exports.
    pub export: ExportSettings,
    /// Where the window was.
    pub window: Option<WindowPlace>,
    /// What was shown last; `None` for the whole world today.
    pub last: Option<LastPlace>,
    /// Documents opened from files, the newest first.
    pub recents: Vec<PathBuf>,
}

/// What was chosen in the box for exports; what is empty, or a word that nobody knows, is as at first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportSettings {
    /// The id of what is written.
    pub subject: String,
    /// The ending of pictures.
    pub picture: String,
    /// The ending of moving pictures, or `frames`.
    pub moving: String,
    /// Width and height in pixels: `1920x1080`.
    pub size: String,
    /// The id of the theme; empty for the one that is shown.
    pub theme: String,
    /// Whether pictures have no ground.
    pub transparent: bool,
    /// Whether speaker's notes are left out.
    pub no_notes: bool,
    /// How long each picture of a moving one stands, in seconds, as it was typed.
    pub secs: String,
    /// The folder into which was written last; empty for none.
    pub folder: String,
}

/// Size and place of the window on the screen, in points of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WindowPlace {
    /// Width and height of its inside.
    pub size: [f32; 2],
    /// The upper left corner of its frame; `None` where the system does not tell.
    #[serde(default)]
    pub corner: Option<[f32; 2]>,
    /// Whether it fills the screen.
    #[serde(default)]
    pub maximized: bool,
}

/// What was looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LastPlace {
    /// Which document; `None` for the bare world.
    #[serde(default)]
    pub document: Option<LastDocument>,
    /// The day, as `2014-03-18`.
    pub day: String,
    /// The part of the map; `None` for the whole world.
    #[serde(default)]
    pub map: Option<MapPlace>,
}

/// A document by what it can be found by again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LastDocument {
    /// A built-in case by its id.
    Case(String),
    /// A file.
    File(PathBuf),
}

/// The middle of the map and its scale.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapPlace {
    /// What is in the middle.
    pub middle: LonLat,
    /// Points of the screen for one world unit.
    pub points_per_unit: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: String::new(),
            view: String::new(),
            projection: None,
            ui_scale: 1.0,
            reduced_motion: false,
            panels: None,
            citation_style: String::new(),
            audience_screen: String::new(),
            export: ExportSettings::default(),
            window: None,
            last: None,
            recents: Vec::new(),
        }
    }
}
