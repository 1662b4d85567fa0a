//! `sweep`: started by the program itself beside long work, see [`crate::io::unfinished`].

use std::path::PathBuf;

use anyhow::Context;

use crate::io::unfinished::sweep_after;

/// Waits for the end of its input and takes an unfinished file away.
#[derive(clap::Args, Clone, Debug)]
pub struct SweepArguments {
    /// What is unfinished.
    path: PathBuf,
}

impl SweepArguments {
    /// Waits, and takes it away.
    ///
    /// # Errors
    /// Where the name is not that of something unfinished.
    pub fn run(&self) -> anyhow::Result<()> {
        sweep_after(&mut std::io::stdin().lock(), &self.path).with_context(|| self.path.display().to_string())
    }
}
