//! The window: panels over a map that fills it, and a timeline along the bottom. It reads, shows and asks; what it asks for is carried out
//! after each frame, what keys ask for before it, in one place ([`app`]).

pub mod actions;
pub mod app;
pub mod charts;
pub mod comparing;
pub mod derived;
pub mod editing;
pub mod editor_panels;
pub mod event_list;
pub mod exporting;
pub mod failure;
pub mod jobs;
pub mod keeping;
pub mod label_worker;
pub mod letters;
pub mod manners;
pub mod map_view;
pub mod numbers;
pub mod outlines;
pub mod paint;
pub mod panels;
pub mod perf;
pub mod pictures;
pub mod presenting;
pub mod remember;
pub mod rich_words;
pub mod score_cache;
pub mod session;
pub mod system;
pub mod theme;
pub mod timeline;
pub mod typed_ahead;
pub mod words;

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use anyhow::Context;

use self::{
    app::App,
    keeping::Keeping,
    remember::Keeper,
    session::{Library, Session},
};
use crate::{
    io::{SettingsFile, built_in_atlas, process::start_again, settings::LastDocument},
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
    /// Whether to start as the first time, and to remember nothing.
    pub fresh: bool,
    /// Whether to begin with the first screen instead of what was shown last.
    pub new: bool,
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// A bad argument, an atlas that cannot be read, or one sentence about what the machine lacks.
pub fn open(opening: Opening) -> anyhow::Result<()> {
    let file = if opening.fresh { None } else { SettingsFile::of_this_person() };
    let (started, leaves_found, keeping) = (Instant::now(), opening.fresh, Keeping::of_this_person());
    let mut app = make_app(opening, file)?;
    app.keep_work_in(keeping.clone(), leaves_found);
    run(app, None).map(drop).map_err(|error| {
        // The event loop cannot be made a second time in one process.
        let goes_on = error.is_fault && !leaves_found && started.elapsed() >= LEAST_RUN && keeping.has_lost_work();
        match goes_on.then(|| start_again(&[])) {
            Some(Ok(())) => anyhow::Error::new(error).context("the window was opened again; your edits are offered there"),
            _ => error.into(),
        }
    })
}

/// A window that a fault ends sooner than this is not opened again: it would end so each time.
const LEAST_RUN: Duration = Duration::from_secs(10);

/// Opens the window, runs the script of [`perf`], closes it and gives the measurements as JSON.
///
/// # Errors
/// As [`open`].
pub fn measure() -> anyhow::Result<String> {
    let started = Instant::now();
    // What is measured must not depend on what somebody looked at before.
    let app = make_app(Opening::default(), None)?;
    let report = run(app, Some(perf::Script::new(started)))?;
    report.context("the window was closed before the script was over")
}

fn run(app: App, script: Option<perf::Script>) -> Result<Option<String>, failure::WindowError> {
    failure::run_guarded(|| app::run_native(app, script).map_err(|error| format!("{error:?} {error}")))
}

/// Reads the atlas and makes the first session: what the file remembers, and over it everything that the arguments ask for. Without a file
/// nothing is brought back and nothing is remembered.
///
/// # Errors
/// A bad argument, or an atlas that cannot be read.
pub fn make_app(opening: Opening, file: Option<SettingsFile>) -> anyhow::Result<App> {
    let (atlas, _) = built_in_atlas().context("the built-in atlas cannot be read; this is a fault of the program, please report it")?;
    let documents = atlas.cases.clone();
    let library = Library::new(atlas, documents);
    let mut session = Session::new(today(), [1280.0, 720.0], crate::scene::Theme::Light);
    let (settings, notice) = file.as_ref().map_or((None, None), SettingsFile::read);
    let settings = settings.unwrap_or_default();
    remember::restore_look(&settings, &mut session, &library);
    let is_named = opening.case.is_some() || !opening.files.is_empty();
    let last = settings.last.clone().filter(|_| !is_named && !opening.new);
    session.welcome = !is_named && last.is_none() && opening.at.is_none() && opening.view.is_none();
    let (mut files, mut bbox) = (opening.files.clone(), None);
    match last.as_ref().and_then(|last| last.document.as_ref()) {
        Some(LastDocument::File(path)) => files = vec![path.clone()],
        Some(LastDocument::Case(case)) => drop(case_index(&library, case).map(|index| session.open_document(&library, index))),
        None => {}
    }
    if let Some(last) = &last {
        remember::restore_view(&settings, &mut session, &library);
        remember::restore_panels(&settings, &mut session);
        remember::restore_day(last, &mut session);
    }
    if let Some(case) = &opening.case {
        bbox = session.open_document(&library, case_index(&library, case)?);
    }
    obey(&opening, &library, &mut session)?;
    let mut app = App::new(library, session, bbox, files);
    app.remember(file.map(|file| Keeper::new(file, settings.clone())), &settings, last);
    notice.into_iter().for_each(|notice| app.trouble(notice));
    Ok(app)
}

/// The position of a case.
fn case_index(library: &Library, case: &str) -> anyhow::Result<usize> {
    let all = || library.documents.iter().take(library.built_in).map(|project| project.id.as_str());
    let index = all().position(|id| id == case);
    index.with_context(|| format!("--case {case}: no such case. There are: {}", all().collect::<Vec<_>>().join(", ")))
}

/// View and date that were asked for win over everything else.
fn obey(opening: &Opening, library: &Library, session: &mut Session) -> anyhow::Result<()> {
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
    Ok(())
}

/// The day on which the program was started, by the machine's clock.
fn today() -> Day {
    let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Day::new(since_1970.map_or(0, |time| (time.as_secs() / 86_400) as i64))
}
