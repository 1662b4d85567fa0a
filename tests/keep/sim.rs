//! A disk in memory that loses power, fails and forgets, under the strictest rules that POSIX allows: what was written to a file is on the
//! disk after the file was synced, a name after its folder was synced; of everything else, any part may be there and any part may not.

use std::{
    collections::{BTreeMap, HashSet, hash_map::DefaultHasher},
    ffi::OsString,
    hash::{Hash, Hasher},
    io::{self, ErrorKind, Write},
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard},
    time::{Duration, SystemTime},
};

use border_atlas::io::keep::disk::{Disk, DiskFile, Facts, Held};

/// The folder that is there from the start.
pub const ROOT: &str = "/d";
/// More pending names than these are not tried in every combination.
const MOST_COMBINED: usize = 6;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Node {
    Folder,
    File(usize),
}

#[derive(Clone, Default, Hash)]
struct Content {
    bytes: Vec<u8>,
    read_only: bool,
    modified: u64,
}

#[derive(Clone)]
enum Op {
    /// Names of one folder that change in one step.
    Names(Vec<(PathBuf, Option<Node>)>),
    Write(usize, usize, Vec<u8>),
    SyncFile(usize),
    SyncFolder(PathBuf),
    /// What the program promised from here on: nothing of it may be lost.
    Promise,
}

/// Which operation fails, how, and whether all later ones do too.
#[derive(Clone, Copy)]
pub struct Fault {
    pub at: usize,
    pub kind: ErrorKind,
    pub forever: bool,
}

#[derive(Default)]
struct State {
    /// What is on the disk for certain before the log begins.
    settled: (BTreeMap<PathBuf, Node>, Vec<Content>, usize),
    names: BTreeMap<PathBuf, Node>,
    files: Vec<Content>,
    log: Vec<Op>,
    locks: HashSet<PathBuf>,
    steps: usize,
    /// How long the log was when an operation first failed or was ignored: crashes before that are those of a disk that works.
    failed_at: Option<usize>,
    fault: Option<Fault>,
    guards: Vec<String>,
    ignored: Option<usize>,
    no_hard_links: bool,
    /// How many bytes can still be written; `None` for as many as one likes.
    room: Option<usize>,
    seconds: u64,
}

#[derive(Clone, Default)]
pub struct SimDisk(Arc<Mutex<State>>);

struct SimFile {
    disk: SimDisk,
    file: usize,
}

struct SimLock(SimDisk, PathBuf);

impl Drop for SimLock {
    fn drop(&mut self) {
        self.0.state().locks.remove(&self.1);
    }
}

impl SimDisk {
    pub fn new() -> Self {
        let disk = Self::default();
        disk.state().names.insert(ROOT.into(), Node::Folder);
        disk.state().seconds = 1_000_000;
        disk.settle();
        disk
    }

    /// A disk on which the n-th sync or rename says that it was done and does nothing.
    pub fn ignoring(self, guard: usize) -> Self {
        self.state().ignored = Some(guard);
        self
    }

    pub fn without_hard_links(self) -> Self {
        self.state().no_hard_links = true;
        self
    }

    pub fn failing(self, fault: Fault) -> Self {
        self.state().fault = Some(fault);
        self
    }

    /// A disk that takes so many bytes more and is full then, in the middle of a write if need be.
    pub fn with_room(self, bytes: usize) -> Self {
        self.state().room = Some(bytes);
        self
    }

    /// Whether anything failed or was ignored.
    pub fn has_failed(&self) -> bool {
        self.state().failed_at.is_some()
    }

    /// The disk works again, and has room.
    pub fn mend(&self) {
        (self.state().fault, self.state().room) = (None, None);
    }

    pub fn promise(&self) {
        self.state().log.push(Op::Promise);
    }

    /// All is on the disk by now, as after a while it is: crashes happen later.
    pub fn settle(&self) {
        let mut state = self.state();
        let promises = state.log.iter().filter(|op| matches!(op, Op::Promise)).count();
        state.log.clear();
        state.settled = (state.names.clone(), state.files.clone(), state.settled.2 + promises);
    }

    /// How many operations were asked for so far.
    pub fn steps(&self) -> usize {
        self.state().steps
    }

    /// The syncs and renames so far, in words.
    pub fn guards(&self) -> Vec<String> {
        self.state().guards.clone()
    }

    pub fn pass(&self, time: Duration) {
        self.state().seconds += time.as_secs();
    }

    /// Puts a file there as others would, on the disk at once.
    pub fn put(&self, path: &str, bytes: &[u8]) {
        let _ = self.remove(Path::new(path));
        let mut file = self.create(Path::new(path)).unwrap();
        file.write_all(bytes).unwrap();
        file.sync().unwrap();
        self.sync_folder(Path::new(path).parent().unwrap()).unwrap();
    }

    pub fn set_read_only(&self, path: &str) {
        let mut state = self.state();
        let Some(Node::File(file)) = state.names.get(Path::new(path)).copied() else { panic!("{path}") };
        state.files[file].read_only = true;
    }

    pub fn paths(&self) -> Vec<PathBuf> {
        self.state().names.keys().cloned().collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    fn step(&self) -> io::Result<MutexGuard<'_, State>> {
        let mut state = self.state();
        state.steps += 1;
        let fails = state.fault.is_some_and(|fault| if fault.forever { state.steps > fault.at } else { state.steps == fault.at + 1 });
        match state.fault {
            Some(fault) if fails => {
                let now = state.log.len();
                state.failed_at.get_or_insert(now);
                Err(fault.kind.into())
            }
            _ => Ok(state),
        }
    }

    fn file_at(state: &State, path: &Path) -> io::Result<usize> {
        match state.names.get(path) {
            Some(Node::File(file)) => Ok(*file),
            Some(Node::Folder) => Err(ErrorKind::IsADirectory.into()),
            None => Err(ErrorKind::NotFound.into()),
        }
    }

    fn free(state: &State, path: &Path) -> io::Result<()> {
        match state.names.get(path.parent().unwrap()) {
            Some(Node::Folder) if state.names.contains_key(path) => Err(ErrorKind::AlreadyExists.into()),
            Some(Node::Folder) => Ok(()),
            _ => Err(ErrorKind::NotFound.into()),
        }
    }

    /// Whether this sync or rename is the one to be ignored.
    fn ignores(state: &mut State, what: String) -> bool {
        state.guards.push(what);
        let ignores = state.ignored == Some(state.guards.len() - 1);
        if ignores {
            state.failed_at = Some(state.log.len());
        }
        ignores
    }

    fn change(state: &mut State, names: Vec<(PathBuf, Option<Node>)>) {
        apply(&mut state.names, &names);
        state.log.push(Op::Names(names));
    }

    /// Visits every state that a loss of power at any instant may leave, as a disk of its own, with the number of promises made before, until
    /// a visit breaks off; on a disk that failed or ignored something, at any instant since. Gives how many different ones were visited.
    pub fn crash_states(&self, mut visit: impl FnMut(SimDisk, usize) -> ControlFlow<()>) -> usize {
        let (log, from, (names, mut files, promises), now, seconds) = {
            let state = self.state();
            (state.log.clone(), state.failed_at.unwrap_or(0), state.settled.clone(), state.files.clone(), state.seconds)
        };
        for content in &now[files.len()..] {
            files.push(Content { bytes: Vec::new(), ..content.clone() });
        }
        let writes = vec![Vec::new(); files.len()];
        let mut replay = Replay { names, files, changes: Vec::new(), writes, promises };
        let mut seen = HashSet::new();
        let last = log.len();
        for (at, op) in log.into_iter().enumerate() {
            replay.take(op);
            if at < from && at + 1 < last {
                continue;
            }
            for (names, files) in replay.states() {
                let mut hasher = DefaultHasher::new();
                (&names, replay.promises).hash(&mut hasher);
                names.values().for_each(|node| {
                    if let Node::File(file) = node {
                        files[*file].hash(&mut hasher)
                    }
                });
                if seen.insert(hasher.finish()) {
                    let state = State { names, files, seconds, ..State::default() };
                    if visit(Self(Arc::new(Mutex::new(state))), replay.promises).is_break() {
                        return seen.len();
                    }
                }
            }
        }
        seen.len()
    }
}

/// The log read again: what is on the disk for certain, and what may be.
struct Replay {
    names: BTreeMap<PathBuf, Node>,
    files: Vec<Content>,
    changes: Vec<Vec<(PathBuf, Option<Node>)>>,
    writes: Vec<Vec<(usize, Vec<u8>)>>,
    promises: usize,
}

impl Replay {
    fn take(&mut self, op: Op) {
        match op {
            Op::Names(names) => self.changes.push(names),
            Op::Write(file, at, bytes) => self.writes[file].push((at, bytes)),
            Op::SyncFile(file) => {
                let written = std::mem::take(&mut self.writes[file]);
                written.iter().for_each(|(at, bytes)| lay(&mut self.files[file].bytes, *at, bytes));
            }
            Op::SyncFolder(folder) => {
                let of_it = |change: &Vec<(PathBuf, Option<Node>)>| change[0].0.parent() == Some(&folder);
                let (synced, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut self.changes).into_iter().partition(of_it);
                synced.iter().for_each(|change| apply(&mut self.names, change));
                self.changes = rest;
            }
            Op::Promise => self.promises += 1,
        }
    }

    fn states(&self) -> Vec<(BTreeMap<PathBuf, Node>, Vec<Content>)> {
        let mut states = Vec::new();
        for chosen in choices(self.changes.len()) {
            let mut names = self.names.clone();
            self.changes.iter().zip(&chosen).filter(|(_, chosen)| **chosen).for_each(|(change, _)| apply(&mut names, change));
            // What stands in a folder whose own name was lost is lost with it.
            let all = names.clone();
            names.retain(|path, _| {
                path == Path::new(ROOT) || path.ancestors().skip(1).take_while(|p| p.starts_with(ROOT)).all(|p| all.contains_key(p))
            });
            let contents = self.contents(&names);
            states.extend(contents.into_iter().map(|files| (names.clone(), files)));
        }
        states
    }

    /// What may stand in the files: each unsynced one in every variant, while the others are as they were synced, and while they are whole.
    fn contents(&self, names: &BTreeMap<PathBuf, Node>) -> Vec<Vec<Content>> {
        let unsynced = |node: &Node| match node {
            Node::File(file) if !self.writes[*file].is_empty() => Some(*file),
            _ => None,
        };
        let unsynced: Vec<usize> = names.values().filter_map(unsynced).collect();
        let mut whole = self.files.clone();
        for file in &unsynced {
            self.writes[*file].iter().for_each(|(at, bytes)| lay(&mut whole[*file].bytes, *at, bytes));
        }
        let mut contents = vec![self.files.clone(), whole.clone()];
        let others = if unsynced.len() > 1 { vec![&self.files, &whole] } else { vec![&self.files] };
        for (file, others) in unsynced.iter().flat_map(|file| others.iter().map(move |others| (*file, *others))) {
            for bytes in self.variants(file) {
                let mut files = others.clone();
                files[file].bytes = bytes;
                contents.push(files);
            }
        }
        contents
    }

    /// What may be on the disk of a file with unsynced writes: any of them missing (zeros where later ones are there), the last one torn.
    fn variants(&self, file: usize) -> Vec<Vec<u8>> {
        let (old, writes) = (&self.files[file].bytes, &self.writes[file]);
        let mut variants: Vec<Vec<u8>> = Vec::new();
        for chosen in choices(writes.len()) {
            let mut bytes = old.clone();
            writes.iter().zip(&chosen).filter(|(_, chosen)| **chosen).for_each(|((at, written), _)| lay(&mut bytes, *at, written));
            variants.push(bytes);
        }
        let mut torn = old.clone();
        for (number, (at, written)) in writes.iter().enumerate() {
            let is_last = number + 1 == writes.len();
            lay(&mut torn, *at, if is_last { &written[..written.len() / 2] } else { written });
        }
        let mut zeros = torn.clone();
        let end = writes.iter().map(|(at, written)| at + written.len()).max().unwrap_or(0);
        zeros.resize(end.max(zeros.len()), 0);
        variants.extend([torn, zeros]);
        variants
    }
}

/// Every way to choose among so many; of very many, every beginning and every one left out.
fn choices(count: usize) -> Vec<Vec<bool>> {
    if count <= MOST_COMBINED {
        return (0..1_usize << count).map(|bits| (0..count).map(|at| bits >> at & 1 == 1).collect()).collect();
    }
    let beginnings = (0..=count).map(|end| (0..count).map(|at| at < end).collect());
    beginnings.chain((0..count).map(|out| (0..count).map(|at| at != out).collect())).collect()
}

fn lay(bytes: &mut Vec<u8>, at: usize, written: &[u8]) {
    bytes.resize(bytes.len().max(at + written.len()), 0);
    bytes[at..at + written.len()].copy_from_slice(written);
}

fn apply(names: &mut BTreeMap<PathBuf, Node>, change: &[(PathBuf, Option<Node>)]) {
    for (path, node) in change {
        match node {
            Some(node) => names.insert(path.clone(), *node),
            None => names.remove(path),
        };
    }
}

impl Write for SimFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // In two halves, as systems do: a full disk takes the first and refuses the second.
        let mut state = self.disk.step()?;
        let half = bytes.len().div_ceil(2).min(state.room.unwrap_or(usize::MAX));
        if half == 0 && !bytes.is_empty() {
            let now = state.log.len();
            state.failed_at.get_or_insert(now);
            return Err(ErrorKind::StorageFull.into());
        }
        state.room = state.room.map(|room| room - half);
        let at = state.files[self.file].bytes.len();
        state.files[self.file].bytes.extend_from_slice(&bytes[..half]);
        state.log.push(Op::Write(self.file, at, bytes[..half].to_vec()));
        let seconds = state.seconds;
        state.files[self.file].modified = seconds;
        Ok(half)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl DiskFile for SimFile {
    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.disk.step()?;
        let name = state.names.iter().find(|(_, node)| **node == Node::File(self.file)).map(|(path, _)| path.display().to_string());
        if !SimDisk::ignores(&mut state, format!("sync of {}", name.unwrap_or_default())) {
            state.log.push(Op::SyncFile(self.file));
        }
        Ok(())
    }
}

impl Disk for SimDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let state = self.step()?;
        Ok(state.files[Self::file_at(&state, path)?].bytes.clone())
    }

    fn facts(&self, path: &Path) -> io::Result<Facts> {
        let state = self.step()?;
        let file = Self::file_at(&state, path)?;
        let content = &state.files[file];
        Ok(Facts {
            bytes: content.bytes.len() as u64,
            modified: Some(SystemTime::UNIX_EPOCH + Duration::from_secs(content.modified)),
            plain: true,
            read_only: content.read_only,
            other_names: state.names.values().filter(|node| **node == Node::File(file)).count() > 1,
        })
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut state = self.step()?;
        Self::free(&state, path)?;
        let modified = state.seconds;
        state.files.push(Content { modified, ..Content::default() });
        let file = state.files.len() - 1;
        Self::change(&mut state, vec![(path.to_owned(), Some(Node::File(file)))]);
        drop(state);
        Ok(Box::new(SimFile { disk: self.clone(), file }))
    }

    fn copy_mode(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        let (from, to) = (Self::file_at(&state, from)?, Self::file_at(&state, to)?);
        state.files[to].read_only = state.files[from].read_only;
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        let file = Self::file_at(&state, from)?;
        if !Self::ignores(&mut state, format!("rename of {} to {}", from.display(), to.display())) {
            Self::change(&mut state, vec![(from.to_owned(), None), (to.to_owned(), Some(Node::File(file)))]);
        }
        Ok(())
    }

    fn hard_link(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        if state.no_hard_links {
            return Err(ErrorKind::Unsupported.into());
        }
        let file = Self::file_at(&state, from)?;
        Self::free(&state, to)?;
        Self::change(&mut state, vec![(to.to_owned(), Some(Node::File(file)))]);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        Self::file_at(&state, path)?;
        Self::change(&mut state, vec![(path.to_owned(), None)]);
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        if !Self::ignores(&mut state, format!("sync of the folder {}", folder.display())) {
            state.log.push(Op::SyncFolder(folder.to_owned()));
        }
        Ok(())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        let state = self.step()?;
        if state.names.get(folder) != Some(&Node::Folder) {
            return Err(ErrorKind::NotFound.into());
        }
        Ok(state
            .names
            .keys()
            .filter(|path| path.parent() == Some(folder))
            .filter_map(|path| path.file_name().map(OsString::from))
            .collect())
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        Self::free(&state, folder)?;
        Self::change(&mut state, vec![(folder.to_owned(), Some(Node::Folder))]);
        Ok(())
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        if state.names.keys().any(|path| path.parent() == Some(folder)) {
            return Err(ErrorKind::DirectoryNotEmpty.into());
        }
        Self::change(&mut state, vec![(folder.to_owned(), None)]);
        Ok(())
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        if self.step()?.names.contains_key(path) { Ok(path.to_owned()) } else { Err(ErrorKind::NotFound.into()) }
    }

    fn link_target(&self, path: &Path) -> io::Result<Option<PathBuf>> {
        if self.step()?.names.contains_key(path) { Ok(None) } else { Err(ErrorKind::NotFound.into()) }
    }

    fn try_lock(&self, path: &Path) -> io::Result<Option<Held>> {
        if Self::file_at(&*self.step()?, path).is_err() {
            self.create(path)?;
        }
        let taken = self.state().locks.insert(path.to_owned());
        Ok(taken.then(|| Box::new(SimLock(self.clone(), path.to_owned())) as Held))
    }

    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.state().seconds)
    }
}
