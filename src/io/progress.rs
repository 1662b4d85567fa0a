//! How far a long piece of work has come, and whether it is still wanted: shared between who works and who waits.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use thiserror::Error;

/// The work was called off.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("called off")]
pub struct Cancelled;

/// Told by the work as it goes on, and asked by it whether to go on. One that nobody looks at is [`Progress::default`].
#[derive(Default)]
pub struct Progress {
    done: AtomicU64,
    /// 0 where nobody knows how much there is to do.
    total: AtomicU64,
    cancelled: AtomicBool,
    /// Called with every report.
    report: Option<Box<dyn Fn() + Send + Sync>>,
}

impl Progress {
    /// One whose every report is passed on; whoever listens slows down what comes too often.
    pub fn reporting(report: impl Fn() + Send + Sync + 'static) -> Self {
        Self { report: Some(Box::new(report)), ..Self::default() }
    }

    /// Says that so much of so much is done, in any unit; a total of 0 means that nobody knows.
    ///
    /// # Errors
    /// [`Cancelled`] when the work is no longer wanted.
    pub fn set(&self, done: u64, total: u64) -> Result<(), Cancelled> {
        self.check()?;
        self.done.store(done, Relaxed);
        self.total.store(total, Relaxed);
        if let Some(report) = &self.report {
            report();
        }
        Ok(())
    }

    /// Asks whether to go on; work does so at least five times a second.
    ///
    /// # Errors
    /// [`Cancelled`] when it is no longer wanted.
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.cancelled.load(Relaxed) { Err(Cancelled) } else { Ok(()) }
    }

    /// Calls the work off.
    pub fn cancel(&self) {
        self.cancelled.store(true, Relaxed);
    }

    /// How much is done, 0 to 1; `None` where nobody knows.
    pub fn share(&self) -> Option<f32> {
        let (done, total) = (self.done.load(Relaxed), self.total.load(Relaxed));
        (total > 0).then(|| (done as f64 / total as f64).min(1.0) as f32)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, atomic::AtomicUsize};

    use super::*;

    #[test]
    fn the_share_is_known_when_the_total_is() {
        let heard = Arc::new(AtomicUsize::new(0));
        let counts = heard.clone();
        let progress = Progress::reporting(move || {
            counts.fetch_add(1, Relaxed);
        });
        assert_eq!(progress.share(), None);
        progress.set(1, 4).unwrap();
        assert_eq!(progress.share(), Some(0.25));
        progress.set(5, 4).unwrap();
        assert_eq!(progress.share(), Some(1.0), "a file that grows while it is read is no more than whole");
        assert_eq!(heard.load(Relaxed), 2);
    }

    #[test]
    fn what_is_called_off_hears_of_it_with_its_next_report() {
        let progress = Progress::default();
        progress.cancel();
        assert_eq!((progress.set(1, 4), progress.check(), progress.share()), (Err(Cancelled), Err(Cancelled), None));
    }
}
