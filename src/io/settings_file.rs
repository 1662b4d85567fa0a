//! The file of what is remembered: where it is, reading it without ever failing the start, and writing it so that no crash can tear it.

use std::{
    env,
    ffi::OsString,
    fs::{self, File},
    io::{self, Read},
    path::PathBuf,
};

use thiserror::Error;

use super::{settings::Settings, write::write_beside};

/// The folder of the program among the settings of all programs.
const FOLDER: &str = "border-atlas";
/// The file in it.
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
        config_folder(|name| env::var_os(name)).map(|folder| Self::at(folder.join(FOLDER).join(FILE)))
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

/// The folder in which programs keep settings. Source: XDG Base Directory Specification 0.8; on Windows the roaming application data, on macOS
/// the library of the person.
fn config_folder(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    // Relative paths are to be ignored, says the specification.
    let folder = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        folder("APPDATA")
    } else if cfg!(target_os = "macos") {
        folder("HOME").map(|home| home.join("Library").join("Application Support"))
    } else {
        folder("XDG_CONFIG_HOME").or_else(|| folder("HOME").map(|home| home.join(".config")))
    }
}

#[cfg(all(test, unix, not(target_os = "macos")))]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_where_the_specification_says() {
        let folder = |pairs: &'static [(&str, &str)]| {
            config_folder(move |name| pairs.iter().find(|(own, _)| *own == name).map(|(_, value)| OsString::from(value)))
        };
        assert_eq!(folder(&[("XDG_CONFIG_HOME", "/there"), ("HOME", "/home/ada")]), Some(PathBuf::from("/there")));
        assert_eq!(folder(&[("XDG_CONFIG_HOME", "not/absolute"), ("HOME", "/home/ada")]), Some(PathBuf::from("/home/ada/.config")));
        assert_eq!(folder(&[]), None);
    }
}
