//! Keeping people's work: saving that no crash can tear, and one window that saves. Everything here is bytes in and bytes out; what a document
//! is, others know.

pub mod backups;
pub mod beside;
pub mod disk;
pub mod fingerprint;
pub mod lock;
pub mod save;
pub mod save_error;

pub use backups::{Backup, backups_of};
pub use disk::{Disk, RealDisk};
pub use fingerprint::{Fingerprint, OutsideChange};
pub use lock::{DocumentLock, LockError};
pub use save::{SaveRequest, Saved, save};
pub use save_error::SaveError;
