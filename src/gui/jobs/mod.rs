//! Work that must not block a frame: each piece on a thread of its own, which tells how far it has come, can be called off, and hands back what is
//! to be done next as actions.

pub mod work;

use std::{
    any::Any,
    panic::{self, AssertUnwindSafe},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
        mpsc::{Receiver, Sender, channel},
    },
    thread::{self, JoinHandle},
    time::Instant,
};

use super::actions::Action;
use crate::io::Progress;

/// What is done sooner than this is not worth a word.
pub const NOTICE_AFTER_SECS: f64 = 0.3;
/// Reports that follow each other faster than this draw no frame of their own.
const REPORT_MS: u64 = 100;
/// The name of every thread that does such work: what it dies of is no fault of the window's.
pub const THREAD_NAME: &str = "job";

/// One piece of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobId(u64);

/// What sort of work it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Reads; when it is called off nothing has happened.
    Reads,
    /// Writes a file; the window waits for it before it closes.
    Writes,
    /// Writes a file that can be written again at any time: called off when the window closes.
    Exports,
    /// Waits for a person in a box of the system's.
    Asks,
    /// Fetches what is nice to have.
    Quiet,
}

struct Job {
    id: JobId,
    title: String,
    kind: Kind,
    progress: Arc<Progress>,
    /// When the first frame saw it, in the frames' time.
    since_secs: Option<f64>,
    is_stopping: bool,
    thread: JoinHandle<()>,
}

/// A piece of work that has run for a while, as a person sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct JobView {
    /// Which.
    pub id: JobId,
    /// What is done: `Reading galwan.geojson`.
    pub title: String,
    /// How much of it is done, 0 to 1; `None` where nobody knows.
    pub share: Option<f32>,
    /// For how long it has run.
    pub secs: f64,
    /// Whether it was called off and has not ended yet.
    pub is_stopping: bool,
}

/// The work that goes on.
pub struct Jobs {
    running: Vec<Job>,
    last: u64,
    /// What to say of work that could not begin.
    not_started: Vec<Action>,
    sender: Sender<(JobId, Vec<Action>)>,
    receiver: Receiver<(JobId, Vec<Action>)>,
}

impl Default for Jobs {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { running: Vec::new(), last: 0, not_started: Vec::new(), sender, receiver }
    }
}

impl Jobs {
    /// Starts work; the window is woken when it reports, at most ten times a second, and when it is done. `title` says what is done, for a notice.
    pub fn start(
        &mut self,
        ctx: &egui::Context,
        kind: Kind,
        title: String,
        work: impl FnOnce(&Progress) -> Vec<Action> + Send + 'static,
    ) -> JobId {
        self.last += 1;
        let (id, ctx, sender) = (JobId(self.last), ctx.clone(), self.sender.clone());
        let progress = Arc::new(Progress::reporting(reporter(ctx.clone())));
        let (shared, name) = (progress.clone(), title.clone());
        let run = move || {
            let done = panic::catch_unwind(AssertUnwindSafe(|| work(&shared)));
            let actions = done.unwrap_or_else(|payload| vec![Action::Trouble(fault(&name, &*payload))]);
            // Nobody listens any more when the window was closed meanwhile.
            let _ = sender.send((id, actions));
            ctx.request_repaint();
        };
        match thread::Builder::new().name(THREAD_NAME.to_owned()).spawn(run) {
            Ok(thread) => self.running.push(Job { id, title, kind, progress, since_secs: None, is_stopping: false, thread }),
            Err(error) => self.not_started.push(Action::Trouble(format!(
                "{title}: the system gives no thread for it ({error}). Close other programs and try again."
            ))),
        }
        id
    }

    /// Whether this piece of work goes on, or has not been heard of yet.
    pub fn is_running(&self, id: JobId) -> bool {
        self.running.iter().any(|job| job.id == id)
    }

    /// What the work that ended since the last call asks for. What was called off asks for nothing, unless it writes: then it says whether the
    /// file is there.
    pub fn finished(&mut self) -> Vec<Action> {
        let mut asked = std::mem::take(&mut self.not_started);
        for (id, actions) in self.receiver.try_iter() {
            if let Some(place) = self.running.iter().position(|job| job.id == id) {
                self.running.remove(place);
                asked.extend(actions);
            }
        }
        asked
    }

    /// Calls work off. Gives whether it was reading a file that will now not come.
    pub fn cancel(&mut self, id: JobId) -> bool {
        let Some(place) = self.running.iter().position(|job| job.id == id) else { return false };
        let job = &mut self.running[place];
        job.progress.cancel();
        job.is_stopping = true;
        let reads = job.kind == Kind::Reads;
        if reads {
            self.running.remove(place);
        }
        reads
    }

    /// Whether a box of the system's is open.
    pub fn is_asking(&self) -> bool {
        self.running.iter().any(|job| job.kind == Kind::Asks)
    }

    /// What has run long enough to be spoken of, oldest first; and in how many seconds to look again, if nothing is reported before: when
    /// the next one will have, and at each full second of what is shown.
    pub fn shown(&mut self, now_secs: f64) -> (Vec<JobView>, Option<f64>) {
        let (mut shown, mut look_again): (Vec<JobView>, Option<f64>) = (Vec::new(), None);
        for job in self.running.iter_mut().filter(|job| matches!(job.kind, Kind::Reads | Kind::Writes | Kind::Exports)) {
            let secs = now_secs - *job.since_secs.get_or_insert(now_secs);
            let is_shown = secs >= NOTICE_AFTER_SECS;
            let wait = if is_shown { secs.floor() + 1.0 - secs } else { NOTICE_AFTER_SECS - secs };
            look_again = Some(look_again.map_or(wait, |other| other.min(wait)));
            if is_shown {
                let (share, title) = (job.progress.share(), job.title.clone());
                shown.push(JobView { id: job.id, title, share, secs, is_stopping: job.is_stopping });
            }
        }
        (shown, look_again)
    }

    /// Calls off what only reads and exports, and waits for what writes: before the window goes.
    pub fn close(&mut self) {
        for job in self.running.drain(..) {
            if job.kind != Kind::Writes {
                job.progress.cancel();
            }
            if matches!(job.kind, Kind::Writes | Kind::Exports) {
                // What it died of cannot be shown any more. An export takes away what is half-written.
                let _ = job.thread.join();
            }
        }
    }
}

/// Wakes the window for a report: not while the work is too young to be spoken of, and not more often than a person can read.
fn reporter(ctx: egui::Context) -> impl Fn() + Send + Sync {
    let (started, next_ms) = (Instant::now(), AtomicU64::new((NOTICE_AFTER_SECS * 1000.0) as u64));
    move || {
        let now_ms = started.elapsed().as_millis() as u64;
        if now_ms >= next_ms.load(Relaxed) {
            next_ms.store(now_ms + REPORT_MS, Relaxed);
            ctx.request_repaint();
        }
    }
}

/// A sentence about work that died.
fn fault(title: &str, payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str).or_else(|| payload.downcast_ref::<&str>().copied());
    let text = text.unwrap_or("no reason was given");
    format!("{title}: stopped by a fault of the program ({text}). Everything else goes on; please report it with this sentence.")
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// What comes of the work that runs, once it is there.
    fn outcome(jobs: &mut Jobs) -> Vec<String> {
        while !jobs.running.iter().all(|job| job.thread.is_finished()) {
            thread::yield_now();
        }
        let text = |action| match action {
            Action::News(text) | Action::Trouble(text) => text,
            other => panic!("{other:?}"),
        };
        jobs.finished().into_iter().map(text).collect()
    }

    #[test]
    fn work_is_spoken_of_when_it_has_run_for_a_while_and_not_after_it_ended() {
        let (ctx, mut jobs) = (egui::Context::default(), Jobs::default());
        let (go_on, wait) = mpsc::channel::<()>();
        let (said, hear) = mpsc::channel();
        jobs.start(&ctx, Kind::Reads, "Reading a".to_owned(), move |progress| {
            progress.set(1, 4).unwrap();
            said.send(()).unwrap();
            wait.recv().unwrap();
            vec![Action::News("done".to_owned())]
        });
        hear.recv().unwrap();
        assert_eq!(jobs.shown(10.0), (Vec::new(), Some(NOTICE_AFTER_SECS)));
        let (shown, look_again) = jobs.shown(11.5);
        assert_eq!((shown.len(), shown[0].title.as_str(), shown[0].share, shown[0].secs), (1, "Reading a", Some(0.25), 1.5));
        assert_eq!(look_again, Some(0.5));
        go_on.send(()).unwrap();
        assert_eq!(outcome(&mut jobs), ["done"]);
        assert_eq!(jobs.shown(12.0), (Vec::new(), None));
    }

    #[test]
    fn reading_that_is_called_off_is_gone_at_once_and_asks_for_nothing() {
        let (ctx, mut jobs) = (egui::Context::default(), Jobs::default());
        let (heard, hear) = mpsc::channel();
        jobs.start(&ctx, Kind::Reads, "Reading a".to_owned(), move |progress| {
            while progress.check().is_ok() {
                thread::yield_now();
            }
            heard.send(()).unwrap();
            vec![Action::News("too late".to_owned())]
        });
        assert!(jobs.cancel(JobId(1)));
        hear.recv().unwrap();
        assert_eq!(jobs.shown(99.0), (Vec::new(), None));
        // The thread sends what it has after it was heard; nothing of it may ever come.
        let last = loop {
            if let Ok(last) = jobs.receiver.try_recv() {
                break last;
            }
        };
        jobs.sender.send(last).unwrap();
        assert!(jobs.finished().is_empty());
    }

    #[test]
    fn writing_that_is_called_off_says_what_came_of_it_and_is_waited_for() {
        let (ctx, mut jobs) = (egui::Context::default(), Jobs::default());
        let (go_on, wait) = mpsc::channel::<()>();
        let saved = |wait: mpsc::Receiver<()>| {
            move |_: &Progress| {
                wait.recv().unwrap();
                vec![Action::News("Saved".to_owned())]
            }
        };
        jobs.start(&ctx, Kind::Writes, "Saving a".to_owned(), saved(wait));
        assert!(!jobs.cancel(JobId(1)));
        jobs.shown(0.0);
        assert!(jobs.shown(1.0).0[0].is_stopping);
        go_on.send(()).unwrap();
        assert_eq!(outcome(&mut jobs), ["Saved"]);
        let (go_on, wait) = mpsc::channel::<()>();
        jobs.start(&ctx, Kind::Writes, "Saving b".to_owned(), saved(wait));
        go_on.send(()).unwrap();
        jobs.close();
        assert_eq!(jobs.receiver.try_iter().count(), 1, "closing waited for it");
    }

    #[test]
    fn a_panic_becomes_a_sentence() {
        let (ctx, mut jobs) = (egui::Context::default(), Jobs::default());
        jobs.start(&ctx, Kind::Reads, "Reading a".to_owned(), |_| panic!("index out of bounds"));
        let said = outcome(&mut jobs);
        assert!(said[0].starts_with("Reading a: stopped by a fault of the program (index out of bounds)"), "{said:?}");
    }
}
