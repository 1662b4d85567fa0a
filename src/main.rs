//! The program: arguments go to the command line or open the window.

use std::process::ExitCode;

use border_atlas::cli;

fn main() -> ExitCode {
    cli::run(std::env::args_os(), open_window)
}

#[cfg(feature = "gui")]
fn open_window(request: cli::WindowRequest) -> anyhow::Result<ExitCode> {
    use border_atlas::{gui, io::process};

    process::give_back_freed_memory();

    match request {
        cli::WindowRequest::Open(arguments) => {
            let cli::WindowArguments { files, at, view, case, fresh, new } = arguments;
            gui::open(gui::Opening { files, at, view, case, fresh, new })?;
        }
        cli::WindowRequest::Perf => println!("{}", gui::measure()?),
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(not(feature = "gui"))]
fn open_window(_: cli::WindowRequest) -> anyhow::Result<ExitCode> {
    anyhow::bail!(
        "this program was built without its window (feature `gui`). `border-atlas render` draws maps to files; `border-atlas --help` lists the rest."
    )
}
