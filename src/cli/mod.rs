//! The command line. Names of commands, options, formats and columns are fixed: scripts rely on them.

mod allies;
mod animate;
mod chart;
mod check;
mod command_lines;
mod compare;
mod describe;
mod disputes;
mod edit;
mod events;
mod handout;
mod html;
mod new;
mod page;
mod render;
mod sources;
mod state;
mod sweep;
mod table_output;

use std::{
    ffi::OsString,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::{Context, bail};
use clap::{Parser, Subcommand};

use crate::{
    io::built_in_atlas,
    model::{Atlas, View},
    time::{Date, Day},
};

/// Border disputes and alliances through time: a desktop atlas, and its tables and pictures from the command line.
#[derive(Parser)]
#[command(name = "border-atlas", version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    window: WindowArguments,
}

/// Opens the window.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct WindowArguments {
    /// Documents to open (GeoJSON in the project format).
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The date to show: 2020-06-15, 1914, 1783-04.
    #[arg(long, value_name = "DATE")]
    pub at: Option<String>,
    /// The point of view: de-facto, un, or a party's id (ukr).
    #[arg(long)]
    pub view: Option<String>,
    /// The case study to open: galwan, nagorno-karabakh, crimea.
    #[arg(long, value_name = "ID")]
    pub case: Option<String>,
    /// Start as the first time: nothing of before is brought back, and nothing is remembered.
    #[arg(long)]
    pub fresh: bool,
    /// Start with the first screen: what was shown last is not brought back.
    #[arg(long)]
    pub new: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Who holds what on a day, polity by polity.
    State(state::StateArguments),
    /// The disputed areas on a day: parties, who administers, who claims, how large.
    Disputes(disputes::DisputesArguments),
    /// The members of alliances on a day, with their dates and pledges.
    Allies(allies::AlliesArguments),
    /// The events of the case studies.
    Events(events::EventsArguments),
    /// The bibliography of the atlas, a case study, a document or a file of sources, as text in seven styles, BibTeX, CSL-JSON or RIS.
    Sources(sources::SourcesArguments),
    /// Tells a map in words: everything that one reads off the picture that `render` draws, as Markdown.
    Describe(describe::DescribeArguments),
    /// Draws a map to a PNG, SVG or PDF file, or to a page for print.
    Render(render::RenderArguments),
    /// Tells what differs between two dates or two views (who gained and lost what, lines, memberships), or draws it: as a difference, side by side,
    /// cut at a divider, or as a grid of four or nine dates.
    Compare(compare::CompareArguments),
    /// Draws a map through time: an animated GIF or PNG, an MP4 where ffmpeg is there, or a folder of frames.
    Animate(animate::AnimateArguments),
    /// Writes a lecture as one HTML file that plays in any browser without a network.
    Html(html::HtmlArguments),
    /// Writes a lecture as a handout: a PDF with its pictures, captions and sources, and with the notes where they are asked for.
    Handout(handout::HandoutArguments),
    /// Writes a lecture as slides: a PDF with a page for each picture that a key brings.
    Slides(handout::SlidesArguments),
    /// Draws a chart to an SVG or PNG file, or writes its numbers as CSV: areas held, events, sizes of alliances, memberships.
    Chart(chart::ChartArguments),
    /// Checks documents and data: every problem with file, place, rule and hint. Exit 0 clean, 1 problems, 2 unreadable.
    Check(check::CheckArguments),
    /// Writes a new document: empty, or a copy of a case study or of a document.
    New(new::NewArguments),
    /// Changes a document by the commands of the window, one JSON object a line. All of them are carried out and saved, or nothing is.
    Edit(edit::EditArguments),
    /// Opens the window, runs a scripted start, idle, pan, zoom, scrub, scrub of two dates and lecture, closes, and prints what it measured as JSON.
    Perf,
    /// Takes away what a process that died left unfinished; the program starts it itself.
    #[command(hide = true)]
    Sweep(sweep::SweepArguments),
}

/// What the program is asked to open a window for; the command line itself knows no window.
#[derive(Clone, Debug)]
pub enum WindowRequest {
    /// For a person.
    Open(WindowArguments),
    /// For the scripted run that measures.
    Perf,
}

/// Runs the program with its arguments, the first of which is its name. Errors go to the standard error stream.
pub fn run(arguments: impl IntoIterator<Item = OsString>, open_window: impl FnOnce(WindowRequest) -> anyhow::Result<ExitCode>) -> ExitCode {
    let arguments = Arguments::parse_from(arguments);
    let done = match arguments.command {
        Some(Command::Perf) => open_window(WindowRequest::Perf),
        Some(command) => run_command(command),
        None => open_window(WindowRequest::Open(arguments.window)),
    };
    match done {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("border-atlas: {}", said(&error));
            ExitCode::from(2)
        }
    }
}

/// An error with its causes, each once: many of ours say in their own sentence what the system said.
fn said(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |said, cause| match () {
        () if said.is_empty() => cause,
        () if said.contains(&cause) => said,
        () => format!("{said}: {cause}"),
    })
}

/// Whether whoever read our output has had enough (`border-atlas state ... | head`): no failure of ours.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe))
}

fn run_command(command: Command) -> anyhow::Result<ExitCode> {
    // These read the atlas themselves, where they need it.
    match command {
        Command::Check(arguments) => return arguments.run(),
        Command::Edit(arguments) => return arguments.run(),
        Command::New(arguments) => return arguments.run().map(|()| ExitCode::SUCCESS),
        Command::Sweep(arguments) => return arguments.run().map(|()| ExitCode::SUCCESS),
        _ => {}
    }
    let atlas = load_atlas()?;
    match command {
        Command::State(arguments) => arguments.run(&atlas)?,
        Command::Disputes(arguments) => arguments.run(&atlas)?,
        Command::Allies(arguments) => arguments.run(&atlas)?,
        Command::Events(arguments) => arguments.run(&atlas)?,
        Command::Sources(arguments) => return Ok(if arguments.run(&atlas)? { ExitCode::SUCCESS } else { ExitCode::from(1) }),
        Command::Describe(arguments) => arguments.run(&atlas)?,
        Command::Render(arguments) => arguments.run(&atlas)?,
        Command::Compare(arguments) => arguments.run(&atlas)?,
        Command::Animate(arguments) => arguments.run(&atlas)?,
        Command::Html(arguments) => arguments.run(&atlas)?,
        Command::Handout(arguments) => arguments.run(&atlas)?,
        Command::Slides(arguments) => arguments.run(&atlas)?,
        Command::Chart(arguments) => arguments.run(&atlas)?,
        Command::Check(_) | Command::Edit(_) | Command::New(_) | Command::Perf | Command::Sweep(_) => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// The built-in atlas. Problems in our own data are for `check` and its test to find; here they leave out what they are about.
fn load_atlas() -> anyhow::Result<Atlas> {
    let (atlas, _) = built_in_atlas().context("the built-in atlas cannot be read; this is a fault of the program, please report it")?;
    Ok(atlas)
}

/// A `--at` date: its first day.
fn day_argument(option: &str, text: &str) -> anyhow::Result<Day> {
    let date = Date::parse(text)
        .with_context(|| format!("{option} {text}: cannot be read as a date. Write 2020-06-15, 2020-06, 1914, 1914~ or -0044"))?;
    Ok(if date.earliest == Day::MIN { date.latest } else { date.earliest })
}

/// A `--view`: one that the atlas has.
fn view_argument(atlas: &Atlas, id: &str) -> anyhow::Result<View> {
    let view = View::from_id(id);
    let known = atlas.tenure.views();
    if known.contains(&view) {
        return Ok(view);
    }
    let list: Vec<&str> = known.iter().map(View::id).collect();
    bail!("--view {id}: no such point of view. There are: {}", list.join(", "))
}

/// An id that must be one of a list; the error names the list.
fn known_argument<'a, T>(option: &str, id: &str, found: Option<T>, all: impl Iterator<Item = &'a str>) -> anyhow::Result<T> {
    match found {
        Some(found) => Ok(found),
        None => bail!("{option} {id}: not in the atlas. There are: {}", all.collect::<Vec<_>>().join(", ")),
    }
}

/// Writes to the standard output, all of it.
fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}
