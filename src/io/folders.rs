//! The folders in which programs keep what is theirs, as each system has them.

use std::{env, ffi::OsString, path::PathBuf};

/// The folder of this program among those of all programs.
const PROGRAM: &str = "border-atlas";

/// The folder of this program's settings for the person who runs it; `None` where the system names none.
pub fn config_folder() -> Option<PathBuf> {
    config(|name| env::var_os(name)).map(|folder| folder.join(PROGRAM))
}

/// The folder of what this program keeps for itself on this machine (journals, locks); `None` where the system names none.
pub fn state_folder() -> Option<PathBuf> {
    state(|name| env::var_os(name)).map(|folder| folder.join(PROGRAM))
}

/// Source: XDG Base Directory Specification 0.8; on Windows the roaming application data, on macOS the library of the person.
fn config(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    platform(variable, "APPDATA", ("XDG_CONFIG_HOME", ".config"))
}

/// Sources as for settings; on Windows the local application data, which do not roam: a lock means nothing on another machine.
fn state(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    platform(variable, "LOCALAPPDATA", ("XDG_STATE_HOME", ".local/state"))
}

fn platform(variable: impl Fn(&str) -> Option<OsString>, windows: &str, (xdg, below_home): (&str, &str)) -> Option<PathBuf> {
    // Relative paths are to be ignored, says the specification.
    let folder = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        folder(windows)
    } else if cfg!(target_os = "macos") {
        folder("HOME").map(|home| home.join("Library").join("Application Support"))
    } else {
        folder(xdg).or_else(|| folder("HOME").map(|home| home.join(below_home)))
    }
}

#[cfg(all(test, unix, not(target_os = "macos")))]
mod tests {
    use super::*;

    #[test]
    fn the_folders_are_where_the_specification_says() {
        type Pairs = &'static [(&'static str, &'static str)];
        let of = |pairs: Pairs| move |name: &str| pairs.iter().find(|(own, _)| *own == name).map(|(_, value)| OsString::from(value));
        assert_eq!(config(of(&[("XDG_CONFIG_HOME", "/there"), ("HOME", "/home/ada")])), Some(PathBuf::from("/there")));
        assert_eq!(config(of(&[("XDG_CONFIG_HOME", "not/absolute"), ("HOME", "/home/ada")])), Some(PathBuf::from("/home/ada/.config")));
        assert_eq!(state(of(&[("XDG_STATE_HOME", "/state"), ("HOME", "/home/ada")])), Some(PathBuf::from("/state")));
        assert_eq!(state(of(&[("XDG_CONFIG_HOME", "/there"), ("HOME", "/home/ada")])), Some(PathBuf::from("/home/ada/.local/state")));
        assert_eq!(state(of(&[])), None);
    }
}
