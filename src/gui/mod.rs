//! The window: panels over a map that fills it, and a timeline along the bottom. It reads, shows and asks; what it asks for is carried out
//! after each frame, in one place ([`app`]).

pub mod actions;
pub mod app;
pub mod charts;
pub mod derived;
pub mod event_list;
pub mod failure;
pub mod jobs;
pub mod label_worker;
pub mod map_view;
pub mod numbers;
pub mod outlines;
pub mod paint;
pub mod panels;
pub mod perf;
pub mod score_cache;
pub mod session;
pub mod theme;
pub mod timeline;

use std::{path::PathBuf, time::Instant};

use anyhow::Context;

use self::{
    app::App,
    session::{Library, Session},
};
use crate::{
    io::built_in_atlas,
    model::View,
    time::{Date, Day},
};

/// What the window opens with.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// Documents to read.
    pub files: Vec<PathBuf>,
    /// A date as typed.
    pub at: Option<String>,
    /// A view by its id.
    pub view: Option<String>,
    /// A case by its id.
    pub case: Option<String>,
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// A bad argument, an atlas that cannot be read, or one sentence about what the machine lacks.
pub fn open(opening: Opening) -> anyhow::Result<()> {
    let app = make_app(opening)?;
    run(app, None)?;
    Ok(())
}

/// Opens the window, runs the script of [`perf`], closes it and gives the measurements as JSON.
///
/// # Errors
/// As [`open`].
pub fn measure() -> anyhow::Result<String> {
    let started = Instant::now();
    let app = make_app(Opening::default())?;
    let report = run(app, Some(perf::Script::new(started)))?;
    report.context("the window was closed before the script was over")
}

fn run(app: App, script: Option<perf::Script>) -> Result<Option<String>, failure::WindowError> {
    failure::run_guarded(|| app::run_native(app, script).map_err(|error| format!("{error:?} {error}")))
}

/// Reads the atlas and makes the first session, with everything that the arguments ask for.
fn make_app(opening: Opening) -> anyhow::Result<App> {
    let (atlas, _) = built_in_atlas().context("the built-in atlas cannot be read; this is a fault of the program, please report it")?;
    let documents = atlas.cases.clone();
    let library = Library { built_in: documents.len(), documents, atlas: std::sync::Arc::new(atlas) };
    let mut session = Session::new(today(), [1280.0, 720.0], crate::scene::Theme::Light);
    let mut flight = None;
    if let Some(case) = &opening.case {
        let index = library.documents.iter().position(|project| project.id.as_str() == case);
        let all: Vec<&str> = library.documents.iter().map(|project| project.id.as_str()).collect();
        let index = index.with_context(|| format!("--case {case}: no such case. There are: {}", all.join(", ")))?;
        flight = session.open_document(&library, index);
    }
    if let Some(view) = &opening.view {
        let (view, views) = (View::from_id(view), library.atlas.tenure.views());
        let all: Vec<&str> = views.iter().map(View::id).collect();
        anyhow::ensure!(views.contains(&view), "--view {view}: no such point of view. There are: {}", all.join(", "));
        session.view = view;
    }
    if let Some(at) = &opening.at {
        let date =
            Date::parse(at).with_context(|| format!("--at {at}: cannot be read as a date. Write 2020-06-15, 2020-06, 1914 or -0044"))?;
        session.clock.go_to(date.earliest);
    }
    Ok(App::new(library, session, flight, opening.files))
}

/// The day on which the program was started, by the machine's clock.
fn today() -> Day {
    let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Day::new(since_1970.map_or(0, |time| (time.as_secs() / 86_400) as i64))
}
