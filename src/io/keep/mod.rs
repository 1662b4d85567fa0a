//! Keeping people's work: saving that no crash can tear, one window that saves, and a journal of what is not saved yet. Everything here is bytes in and bytes out; what a document
//! is, others know.

pub mod backups;
pub mod beside;
pub mod disk;
pub mod fingerprint;
pub mod journal;
pub mod lock;
pub mod recorder;
mod records;
pub mod save;
pub mod save_error;
pub mod sessions;

pub use backups::{Backup, backups_of};
pub use disk::{Disk, RealDisk};
pub use fingerprint::{Fingerprint, OutsideChange};
pub use journal::{Journal, JournalError, Meta};
pub use lock::{DocumentLock, LockError};
pub use recorder::{JournalStatus, Recorder};
pub use save::{SaveRequest, Saved, save};
pub use save_error::SaveError;
pub use sessions::{Ending, FoundSession, Recovered, found_sessions, sweep_sessions};
