//! What saving asks of the file system, and nothing more: tests put a disk in its place that loses power, fills up or fails.

use std::{
    ffi::OsString,
    fs::{self, File, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    time::SystemTime,
};

/// A lock that is held as long as this value lives; the system lets it go when the process ends, however it ends.
pub type Held = Box<dyn Send + Sync>;

/// What is known of a file without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was last written; `None` where the system does not tell.
    pub modified: Option<SystemTime>,
    /// Whether it is a plain file: no folder, pipe or device.
    pub plain: bool,
    /// Whether it is marked as not to be written.
    pub read_only: bool,
    /// Whether the same file stands under more than one name (hard links); `false` where the system does not tell.
    pub other_names: bool,
}

/// A file that was created and is being written.
pub trait DiskFile: Write + Send {
    /// Returns when everything that was written is on the disk.
    ///
    /// # Errors
    /// What the system says. What was written since the last success may then be lost, even when a later call succeeds.
    fn sync(&mut self) -> io::Result<()>;
}

/// The file system, as far as keeping work needs it. Every method gives what the system says as its error.
pub trait Disk: Send + Sync {
    /// All bytes of a file; links are followed.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// What is known of a file; links are followed.
    fn facts(&self, path: &Path) -> io::Result<Facts>;
    /// Creates a file for writing; the name must be free.
    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;
    /// Gives a file the mode bits of another and, as far as the system allows it, its owner.
    fn copy_mode(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Renames within a folder; what stood under the new name is replaced in one step.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a file a second name in the same folder, which must be free.
    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Takes a file away.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Returns when the names in a folder are on the disk.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    /// The names in a folder, in no order.
    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>>;
    /// Makes one folder; its parent must be there.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;
    /// Takes away an empty folder.
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;
    /// The absolute path without any link in it; the file must be there.
    fn canonical(&self, path: &Path) -> io::Result<PathBuf>;
    /// Where a symbolic link points, as it is written; `None` for everything else.
    fn link_target(&self, path: &Path) -> io::Result<Option<PathBuf>>;
    /// Takes the lock on a file, which is created when it is missing; `None` while another holds it, in this process or elsewhere.
    fn try_lock(&self, path: &Path) -> io::Result<Option<Held>>;
    /// The time of day.
    fn now(&self) -> SystemTime;
}

/// The disk of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl DiskFile for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

impl Disk for RealDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn facts(&self, path: &Path) -> io::Result<Facts> {
        let metadata = fs::metadata(path)?;
        Ok(Facts {
            bytes: metadata.len(),
            modified: metadata.modified().ok(),
            plain: metadata.is_file(),
            read_only: metadata.permissions().readonly(),
            other_names: has_other_names(&metadata),
        })
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(File::create_new(path)?))
    }

    fn copy_mode(&self, from: &Path, to: &Path) -> io::Result<()> {
        let metadata = fs::metadata(from)?;
        copy_owner(&metadata, to);
        fs::set_permissions(to, metadata.permissions())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        // Only Unix lets a folder be opened for that; elsewhere the file system keeps the order of names by itself.
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name())).collect()
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir(folder)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir(folder)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn link_target(&self, path: &Path) -> io::Result<Option<PathBuf>> {
        if fs::symlink_metadata(path)?.is_symlink() { fs::read_link(path).map(Some) } else { Ok(None) }
    }

    fn try_lock(&self, path: &Path) -> io::Result<Option<Held>> {
        let file = File::options().create(true).truncate(false).write(true).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Box::new(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

#[cfg(unix)]
fn has_other_names(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.nlink() > 1
}

#[cfg(not(unix))]
fn has_other_names(_: &fs::Metadata) -> bool {
    false
}

/// Only the administrator may give files away: for everyone else the new file is their own, which is no reason to keep them from saving.
#[cfg(unix)]
fn copy_owner(metadata: &fs::Metadata, to: &Path) {
    use std::os::unix::fs::{MetadataExt, chown};
    if chown(to, Some(metadata.uid()), Some(metadata.gid())).is_err() {
        // The group alone is often allowed: folders that a team shares.
        let _ = chown(to, None, Some(metadata.gid()));
    }
}

#[cfg(not(unix))]
fn copy_owner(_: &fs::Metadata, _: &Path) {}

/// Makes a folder and those above it that are missing, and puts each new name on the disk.
///
/// # Errors
/// What the system says.
pub fn make_folders(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
    let made = match (disk.make_folder(folder), parent) {
        (Err(error), Some(parent)) if error.kind() == io::ErrorKind::NotFound => {
            make_folders(disk, parent)?;
            disk.make_folder(folder)
        }
        (made, _) => made,
    };
    match made {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.and_then(|()| disk.sync_folder(folder_of(folder))),
    }
}

/// The folder in which a file stands; the current one for a bare name.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
