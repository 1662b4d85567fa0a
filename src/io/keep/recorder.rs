//! The journal on a thread of its own: the window never waits for a disk.

use std::{
    io,
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use super::{
    disk::Disk,
    journal::{Journal, JournalError, Meta},
    sessions::Ending,
};

/// How long commands are gathered before they are put on the disk together: with the time that takes, well under 250 ms.
const GATHERED_FOR: Duration = Duration::from_millis(100);
/// How long nothing is tried after a failure.
const RETRY_AFTER: Duration = Duration::from_secs(10);

/// Makes the bytes of the document as it is when this is sent; it runs on the thread of the journal. The error is a sentence for the person.
pub type MakeSnapshot = Box<dyn FnOnce() -> Result<Vec<u8>, String> + Send>;

/// How the journal is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JournalStatus {
    /// A snapshot should be sent with the next command, or at once when there is `trouble`.
    pub wants_snapshot: bool,
    /// Why edits are not kept, for the person; `None` while they are.
    pub trouble: Option<String>,
}

enum Message {
    Command(String),
    Snapshot(MakeSnapshot),
    Sync(Sender<()>),
    End(Ending, Sender<Result<(), JournalError>>),
}

/// Keeps the edits of one document, from the first after opening or saving until the next save. Dropped without an end, it puts what it has on
/// the disk and leaves the session there, as after a crash.
pub struct Recorder {
    /// `None` only while it is dropped.
    sender: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
    status: Arc<Mutex<JournalStatus>>,
}

impl Recorder {
    /// Begins a session below the folder `sessions`. `snapshot` makes the document as it is before the next command. `wake` is called on
    /// the thread of the journal when the status changes on its own.
    ///
    /// # Errors
    /// What the system says when it gives no thread. All else is said in [`Recorder::status`].
    pub fn begin(
        disk: Arc<dyn Disk>,
        sessions: PathBuf,
        meta: Meta,
        snapshot: MakeSnapshot,
        wake: Box<dyn Fn() + Send>,
    ) -> io::Result<Self> {
        let (sender, receiver) = channel();
        let status = Arc::new(Mutex::new(JournalStatus::default()));
        let mut worker = Worker { disk, sessions, meta, wake, status: status.clone(), journal: None, sync_at: None, retry_at: None };
        let thread = thread::Builder::new().name("journal".to_owned()).spawn(move || {
            worker.snapshot(snapshot);
            worker.run(&receiver);
        })?;
        Ok(Self { sender: Some(sender), thread: Some(thread), status })
    }

    /// Adds a command, one JSON text, and returns at once. It is on the disk within 250 ms, as long as the disk keeps up.
    pub fn append(&self, command: String) {
        self.send(Message::Command(command));
    }

    /// Starts a new generation from the document as it is after the last command; returns at once.
    pub fn snapshot(&self, make: MakeSnapshot) {
        // Asked for again only when it is wanted again.
        locked(&self.status).wants_snapshot = false;
        self.send(Message::Snapshot(make));
    }

    /// Returns when every command so far is on the disk.
    ///
    /// # Errors
    /// Why they are not: [`JournalStatus::trouble`].
    pub fn sync(&self) -> Result<(), String> {
        self.syncing()()
    }

    /// Waits for what was added up to now as [`Recorder::sync`] does, on whatever thread it is called.
    pub fn syncing(&self) -> impl FnOnce() -> Result<(), String> + Send + use<> {
        let (sender, receiver) = channel();
        self.send(Message::Sync(sender));
        let status = self.status.clone();
        move || {
            // Without an answer the thread is gone, and said why.
            let _ = receiver.recv();
            locked(&status).trouble.clone().map_or(Ok(()), Err)
        }
    }

    /// How it is doing: cheap, for every frame.
    pub fn status(&self) -> JournalStatus {
        locked(&self.status).clone()
    }

    /// Ends the session: see [`Journal::end`]. Returns when the end is on the disk.
    ///
    /// # Errors
    /// [`JournalError::NotMarked`]: the edits will be offered at the next start.
    pub fn end(self, ending: Ending) -> Result<(), JournalError> {
        let (sender, receiver) = channel();
        self.send(Message::End(ending, sender));
        receiver.recv().unwrap_or(Ok(()))
    }

    fn send(&self, message: Message) {
        let sent = self.sender.as_ref().is_none_or(|sender| sender.send(message).is_ok());
        if !sent {
            // Only a panic of the thread ends it before us.
            locked(&self.status).trouble =
                Some("The journal has stopped: edits since the last save are not protected against a crash. Save now.".to_owned());
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            // It has said what went wrong, if anything did.
            let _ = thread.join();
        }
    }
}

/// A status is whole at every instant: a panic while it was held spoils nothing.
fn locked(status: &Mutex<JournalStatus>) -> MutexGuard<'_, JournalStatus> {
    status.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Worker {
    disk: Arc<dyn Disk>,
    sessions: PathBuf,
    meta: Meta,
    wake: Box<dyn Fn() + Send>,
    status: Arc<Mutex<JournalStatus>>,
    /// `None` until the session could begin.
    journal: Option<Journal>,
    /// When what was gathered goes to the disk; `None` when there is nothing.
    sync_at: Option<Instant>,
    /// When a snapshot is asked for again after a failure.
    retry_at: Option<Instant>,
}

impl Worker {
    /// Until the session ends, or the window is gone. Sleeps while nothing happens.
    fn run(&mut self, receiver: &Receiver<Message>) {
        loop {
            let next = self.sync_at.into_iter().chain(self.retry_at).min();
            let message = match next {
                Some(at) => receiver.recv_timeout(at.saturating_duration_since(Instant::now())),
                None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match message {
                Ok(Message::Command(command)) => self.append(&command),
                Ok(Message::Snapshot(make)) => self.snapshot(make),
                Ok(Message::Sync(done)) => {
                    self.sync();
                    let _ = done.send(());
                }
                Ok(Message::End(ending, done)) => {
                    // What is laid aside is whole: also the edits of the last moment, which still wait to be put on the disk together.
                    if ending == Ending::SetAside {
                        self.sync();
                    }
                    let _ = done.send(self.journal.take().map_or(Ok(()), |journal| journal.end(ending)));
                    return;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return self.sync(),
            }
            self.keep_time();
        }
    }

    fn keep_time(&mut self) {
        let now = Instant::now();
        if self.sync_at.is_some_and(|at| at <= now) {
            self.sync();
        }
        if self.retry_at.is_some_and(|at| at <= now) {
            self.retry_at = None;
            locked(&self.status).wants_snapshot = true;
            (self.wake)();
        }
    }

    fn append(&mut self, command: &str) {
        // Before the session could begin, or after a failure, the next snapshot holds what is added now.
        let Some(journal) = self.journal.as_mut().filter(|journal| journal.is_whole()) else { return };
        journal.append(command);
        let now = Instant::now();
        self.sync_at.get_or_insert(now + GATHERED_FOR);
        if journal.wants_snapshot(now) {
            locked(&self.status).wants_snapshot = true;
        }
    }

    fn sync(&mut self) {
        self.sync_at = None;
        let synced = self.journal.as_mut().filter(|journal| journal.is_whole()).map_or(Ok(()), Journal::sync);
        if let Err(error) = synced {
            self.fail(error.to_string());
        }
    }

    fn snapshot(&mut self, make: MakeSnapshot) {
        // What was gathered has waited long enough, and making the document takes a while.
        self.sync();
        let now = Instant::now();
        let written = make().and_then(|document| match &mut self.journal {
            Some(journal) => journal.snapshot(&document, now).map_err(|error| error.to_string()),
            none => Journal::begin(self.disk.clone(), &self.sessions, &self.meta, &document, now)
                .map(|journal| *none = Some(journal))
                .map_err(|error| error.to_string()),
        });
        match written {
            Ok(()) => {
                self.retry_at = None;
                let before = std::mem::take(&mut *locked(&self.status));
                if before.trouble.is_some() {
                    (self.wake)();
                }
            }
            Err(what) => self.fail(what),
        }
    }

    fn fail(&mut self, what: String) {
        self.retry_at = Some(Instant::now() + RETRY_AFTER);
        locked(&self.status).trouble = Some(what);
        (self.wake)();
    }
}
