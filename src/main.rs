//! The program: arguments go to the command line or open the window.

use std::process::ExitCode;

fn main() -> ExitCode {
    border_atlas::cli::run(std::env::args_os())
}
