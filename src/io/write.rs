//! Writing files, whole or not at all.

use std::{
    ffi::OsString,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use super::keep::{RealDisk, beside::replace};

/// How many numbered names are tried before giving up.
const MOST_COPIES: u32 = 999;

/// Writes a file beside its place, to the disk, and moves it there when it is whole: at every instant either the old content is there or the new.
///
/// # Errors
/// What the system says; the old file is then still there.
pub fn write_beside(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace(&RealDisk, path, bytes)
}

/// Writes a file under a name that is not taken: `area.svg`, else `area-2.svg`, `area-3.svg` and so on. Gives back the name; nothing is ever replaced.
///
/// # Errors
/// Whatever the system says, or that every name up to 999 is taken.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    for copy in 1..=MOST_COPIES {
        let path = if copy == 1 { path.to_owned() } else { numbered(path, copy) };
        match File::create_new(&path) {
            // The name is ours now: what is written beside it takes its place.
            Ok(_) => {
                let written = write_beside(&path, bytes);
                if written.is_err() {
                    let _ = fs::remove_file(&path);
                }
                return written.map(|()| path);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, "every numbered name is taken"))
}

/// The first of the names that [`write_new`] tries under which nothing stands: for what is moved into its place when it is whole.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] where every name up to 999 is taken.
pub fn free_name(path: &Path) -> io::Result<PathBuf> {
    let mut names = (1..=MOST_COPIES).map(|copy| if copy == 1 { path.to_owned() } else { numbered(path, copy) });
    names.find(|name| !name.exists()).ok_or_else(|| io::Error::new(io::ErrorKind::AlreadyExists, "every numbered name is taken"))
}

/// How many bytes a file has, or the files of a folder without those of folders in it.
///
/// # Errors
/// What the system says.
pub fn size_on_disk(path: &Path) -> io::Result<u64> {
    if !path.is_dir() {
        return Ok(fs::metadata(path)?.len());
    }
    fs::read_dir(path)?.try_fold(0, |bytes, entry| Ok(bytes + entry?.metadata()?.len()))
}

fn numbered(path: &Path, copy: u32) -> PathBuf {
    let mut name = path.file_stem().map_or_else(OsString::new, OsString::from);
    name.push(format!("-{copy}"));
    if let Some(ending) = path.extension() {
        name.push(".");
        name.push(ending);
    }
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_nothing_behind() {
        let folder = std::env::temp_dir().join(format!("border-atlas-render-{}", std::process::id()));
        fs::create_dir_all(folder.join("taken.png/inside")).unwrap();
        assert!(write_beside(&folder.join("taken.png"), b"x").is_err());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        write_beside(&folder.join("new.png"), b"x").unwrap();
        assert_eq!(fs::read(folder.join("new.png")).unwrap(), b"x");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn nothing_is_ever_replaced() {
        let folder = std::env::temp_dir().join(format!("border-atlas-write-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let names: Vec<PathBuf> = ["one", "two", "three"].map(|text| write_new(&folder.join("area.svg"), text.as_bytes()).unwrap()).into();
        assert_eq!(names, ["area.svg", "area-2.svg", "area-3.svg"].map(|name| folder.join(name)));
        assert_eq!(fs::read(&names[0]).unwrap(), b"one");
        assert_eq!(fs::read(&names[2]).unwrap(), b"three");
        assert!(write_new(&folder.join("none/area.svg"), b"x").is_err());
        assert_eq!(free_name(&folder.join("area.svg")).unwrap(), folder.join("area-4.svg"));
        assert_eq!(free_name(&folder.join("new.svg")).unwrap(), folder.join("new.svg"));
        assert_eq!((size_on_disk(&names[2]).unwrap(), size_on_disk(&folder).unwrap()), (5, 11));
        fs::remove_dir_all(&folder).unwrap();
    }
}
