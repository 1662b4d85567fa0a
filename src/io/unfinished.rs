//! A file or folder that takes a while to write: it stands under a hidden name beside its place until it is whole, and is taken away if it never is, also when the
//! program is killed meanwhile.

use std::{
    env,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use super::keep::beside::beside;

/// How many names are tried before giving up.
const MOST_TRIES: u32 = 999;
/// The ending of unfinished files and folders: no other is ever swept.
const UNFINISHED: &str = ".part";
/// The command by which the program sweeps: see [`Unfinished::watched`].
pub const SWEEP_COMMAND: &str = "sweep";
/// After this time a sweep looks once more: another program may have been writing the file.
const SECOND_LOOK: Duration = Duration::from_millis(400);

/// What is being written. Dropped before [`Self::finish`], it is taken away again.
#[derive(Debug)]
pub struct Unfinished {
    path: PathBuf,
    target: PathBuf,
    finished: bool,
    watcher: Option<Child>,
}

impl Unfinished {
    /// Begins an empty file that is to stand at `target` once it is whole, and to replace what stands there.
    ///
    /// # Errors
    /// What the system says.
    pub fn file(target: &Path) -> io::Result<(Self, File)> {
        Self::create(target, |path| File::create_new(path))
    }

    /// Begins an empty folder that is to stand at `target` once it is whole. Folders with something in them are never replaced.
    ///
    /// # Errors
    /// What the system says, or [`io::ErrorKind::AlreadyExists`] where a file or a folder with something in it stands at `target`.
    pub fn folder(target: &Path) -> io::Result<Self> {
        if target.exists() && !is_empty_folder(target)? {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "something stands there already"));
        }
        Self::create(target, |path| fs::create_dir(path)).map(|(folder, ())| folder)
    }

    fn create<T>(target: &Path, create: impl Fn(&Path) -> io::Result<T>) -> io::Result<(Self, T)> {
        let mut tried = 0;
        loop {
            let path = beside(target, &format!(".{}-{tried}{UNFINISHED}", std::process::id()));
            match create(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tried < MOST_TRIES => tried += 1,
                created => {
                    let created = created?;
                    return Ok((Self { path, target: target.to_owned(), finished: false, watcher: None }, created));
                }
            }
        }
    }

    /// Starts this program once more to take the unfinished file away when this process dies without doing so, of Ctrl+C or a kill: it waits for
    /// the end of a pipe that only we hold. Where it cannot be started nothing is lost but that.
    #[must_use]
    pub fn watched(mut self) -> Self {
        let Ok(program) = env::current_exe() else { return self };
        let mut command = Command::new(program);
        command.arg(SWEEP_COMMAND).arg(&self.path).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        // Of a group of its own, so that Ctrl+C in the terminal does not reach it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        #[cfg(windows)]
        std::os::windows::process::CommandExt::creation_flags(&mut command, 0x0000_0200);
        self.watcher = command.spawn().ok();
        self
    }

    /// Where it stands now.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts what is whole at its place, in one step, once it is on the disk.
    ///
    /// # Errors
    /// What the system says; nothing is left behind then, and what stood there stands there still.
    pub fn finish(mut self) -> io::Result<()> {
        if self.path.is_dir() {
            for entry in fs::read_dir(&self.path)? {
                File::open(entry?.path())?.sync_all()?;
            }
            if self.target.exists() {
                // Only an empty one goes.
                fs::remove_dir(&self.target)?;
            }
        } else {
            File::open(&self.path)?.sync_all()?;
        }
        fs::rename(&self.path, &self.target)?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.finished {
            remove(&self.path);
        }
        if let Some(mut watcher) = self.watcher.take() {
            // The end of its pipe is its sign to look and go.
            drop(watcher.stdin.take());
            let _ = watcher.wait();
        }
    }
}

fn is_empty_folder(path: &Path) -> io::Result<bool> {
    Ok(path.is_dir() && fs::read_dir(path)?.next().is_none())
}

/// Nothing more can be done about what cannot be removed.
fn remove(path: &Path) {
    let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
}

/// What [`SWEEP_COMMAND`] does: waits until `pipe` ends and takes away what stands at `path`. Only what bears the name of something unfinished is touched.
///
/// # Errors
/// [`io::ErrorKind::InvalidInput`] for any other name.
pub fn sweep_after(pipe: &mut dyn Read, path: &Path) -> io::Result<()> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if !name.starts_with('.') || !name.ends_with(UNFINISHED) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not the name of an unfinished file"));
    }
    io::copy(pipe, &mut io::sink())?;
    if path.exists() {
        remove(path);
        thread::sleep(SECOND_LOOK);
        remove(path);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_never_finished_leaves_nothing_and_what_stood_there_stands() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("war.gif");
        fs::write(&target, "old").unwrap();
        let (unfinished, mut file) = Unfinished::file(&target).unwrap();
        file.write_all(b"half").unwrap();
        assert_eq!(names(folder.path()).len(), 2);
        drop(unfinished);
        assert_eq!((names(folder.path()), fs::read(&target).unwrap()), (vec!["war.gif".to_owned()], b"old".to_vec()));
        let (unfinished, mut file) = Unfinished::file(&target).unwrap();
        file.write_all(b"whole").unwrap();
        unfinished.finish().unwrap();
        assert_eq!((names(folder.path()), fs::read(&target).unwrap()), (vec!["war.gif".to_owned()], b"whole".to_vec()));
    }

    #[test]
    fn a_folder_takes_the_place_of_an_empty_one_alone() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("frames");
        fs::create_dir(&target).unwrap();
        let unfinished = Unfinished::folder(&target).unwrap();
        fs::write(unfinished.path().join("1.png"), "x").unwrap();
        assert!(names(&target).is_empty());
        unfinished.finish().unwrap();
        assert_eq!((names(folder.path()), names(&target)), (vec!["frames".to_owned()], vec!["1.png".to_owned()]));
        assert_eq!(Unfinished::folder(&target).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(names(folder.path()), ["frames"]);
    }

    #[test]
    fn a_sweep_waits_for_the_end_and_touches_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let (unfinished, other) = (folder.path().join(".war.gif.1-0.part"), folder.path().join("war.gif"));
        fs::write(&unfinished, "x").unwrap();
        fs::write(&other, "x").unwrap();
        assert_eq!(sweep_after(&mut io::empty(), &other).unwrap_err().kind(), io::ErrorKind::InvalidInput);
        sweep_after(&mut io::empty(), &unfinished).unwrap();
        assert_eq!(names(folder.path()), ["war.gif"]);
    }
}
