//! The file of what is remembered: where it is, reading it without ever failing the start, and writing it so that no crash can tear it.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::PathBuf,
};

use thiserror::Error;

use super::{folders::config_folder, settings::Settings, write::write_beside};

/// The file in the folder of the program's settings.
const FILE: &str = "settings.json";
/// What a broken file is renamed to.
const BROKEN: &str = "settings.broken.json";
/// No file of ours is larger.
const MAX_BYTES: u64 = 1024 * 1024;

/// Why settings cannot be written.
#[derive(Debug, Error)]
#[error("{file}: settings cannot be kept: {source}. They last until the program is closed.")]
pub struct SettingsError {
    /// The file.
    pub file: String,
    /// What the system said.
    pub source: io::Error,
}

/// The file of what is remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsFile {
    path: PathBuf,
}

impl SettingsFile {
    /// The file of the person who runs the program; `None` where the system names no folder for it.
    pub fn of_this_person() -> Option<Self> {
        config_folder().map(|folder| Self::at(folder.join(FILE)))
    }

    /// A file at a path.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// What is remembered, `None` where there is no file yet; and a sentence for the person when there was a file that cannot be used: it is
    /// then set aside, so that the program starts and nothing is lost.
    pub fn read(&self) -> (Option<Settings>, Option<String>) {
        match self.read_text() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => (None, None),
            Err(error) => (None, Some(self.set_aside(&error.to_string()))),
            Ok(text) => match serde_json::from_str(&text) {
                Ok(settings) => (Some(settings), None),
                Err(error) => (None, Some(self.set_aside(&error.to_string()))),
            },
        }
    }

    fn read_text(&self) -> io::Result<String> {
        let mut text = String::new();
        File::open(&self.path)?.take(MAX_BYTES).read_to_string(&mut text)?;
        Ok(text)
    }

    fn set_aside(&self, why: &str) -> String {
        let aside = self.path.with_file_name(BROKEN);
        let kept = match fs::rename(&self.path, &aside) {
            Ok(()) => format!("It was set aside as {}", aside.display()),
            Err(error) => format!("It could not be set aside ({error})"),
        };
        format!("The settings in {} cannot be read ({why}). {kept}; the program starts as the first time.", self.path.display())
    }

    /// Writes all of it or nothing: see [`write_beside`]. The folder is made when it is missing.
    ///
    /// # Errors
    /// [`SettingsError`] with the file and what the system said.
    pub fn write(&self, settings: &Settings) -> Result<(), SettingsError> {
        let written = serde_json::to_vec_pretty(settings).map_err(io::Error::other).and_then(|text| {
            self.path.parent().map_or(Ok(()), fs::create_dir_all)?;
            write_beside(&self.path, &text)
        });
        written.map_err(|source| SettingsError { file: self.path.display().to_string(), source })
    }
}
