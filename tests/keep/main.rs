//! No work is ever lost: saving, the journal and the locks on disks that fail, fill up, lose power, and under processes that are killed.

mod journal;
mod recording;
mod replacing;
mod saving;
mod saving_on_disk;
mod sim;
