//! The journal on a disk that loses power at any instant, or on which any operation fails.

use std::{
    io::ErrorKind,
    ops::ControlFlow,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use border_atlas::io::keep::{
    Disk, Ending, FoundSession, Journal, JournalError, Meta, found_sessions,
    journal::{SNAPSHOT_COMMANDS, SNAPSHOT_EVERY},
    sessions::KEPT_FOR,
    sweep_sessions,
};

use crate::sim::{Fault, SimDisk};

/// Two folders that are not there at first.
const SESSIONS: &str = "/d/state/sessions";

fn meta() -> Meta {
    Meta { document: Some("/home/ada/war.geojson".into()), known: None, title: "War".to_owned(), program: "1.0".to_owned(), started: 5 }
}

/// The document after so many commands.
fn document(commands: u64) -> Vec<u8> {
    format!("the document after {commands} commands {}", "and more ".repeat(4)).into_bytes()
}

fn command(number: u64) -> String {
    format!(r#"{{"command":{number},"text":"{}"}}"#, "word ".repeat(3))
}

/// There are very many crash states after failures: of so many, one is looked at, another one in every run.
const FAULT_STRIDE: usize = 13;

/// What must be found after a number of promises.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Wanted {
    /// A session with at least so many commands.
    AtLeast(u64),
    /// That, or none: it is being ended.
    AtLeastOrNone(u64),
    /// None to be offered.
    Nothing,
    /// One that was laid aside.
    LaidAside(u64),
}

/// A session as a program makes it: with what was promised on the way. `None` when it could not even begin.
struct Run {
    disk: SimDisk,
    now: Instant,
    journal: Option<Journal>,
    commands: u64,
    wanted: Vec<Wanted>,
    errors: Vec<JournalError>,
}

impl Run {
    fn new(disk: SimDisk) -> Self {
        Self { disk, now: Instant::now(), journal: None, commands: 0, wanted: vec![Wanted::AtLeastOrNone(0)], errors: Vec::new() }
    }

    fn promise(&mut self, wanted: Wanted) {
        self.wanted.push(wanted);
        self.disk.promise();
    }

    fn note(&mut self, result: Result<(), JournalError>) {
        match result {
            Ok(()) => self.promise(Wanted::AtLeast(self.commands)),
            Err(error) => self.errors.push(error),
        }
    }

    fn begin(&mut self) {
        match Journal::begin(Arc::new(self.disk.clone()), Path::new(SESSIONS), &meta(), &document(0), self.now) {
            Ok(journal) => {
                self.journal = Some(journal);
                self.promise(Wanted::AtLeast(0));
            }
            Err(error) => self.errors.push(error),
        }
    }

    fn edit(&mut self) {
        self.commands += 1;
        let number = self.commands;
        self.journal.iter_mut().for_each(|journal| journal.append(&command(number)));
    }

    fn sync(&mut self) {
        if let Some(synced) = self.journal.as_mut().map(Journal::sync) {
            self.note(synced);
        }
    }

    fn snapshot(&mut self) {
        let (now, commands) = (self.now, self.commands);
        if let Some(written) = self.journal.as_mut().map(|journal| journal.snapshot(&document(commands), now)) {
            self.note(written);
        }
    }

    /// What the window does after each command.
    fn sync_and_mend(&mut self) {
        self.sync();
        if self.journal.as_ref().is_some_and(|journal| !journal.is_whole()) {
            self.snapshot();
        }
    }

    fn end(&mut self, ending: Ending) {
        let kept = self.wanted.iter().rev().find_map(|wanted| if let Wanted::AtLeast(kept) = wanted { Some(*kept) } else { None });
        let kept = kept.unwrap_or(0);
        self.promise(Wanted::AtLeastOrNone(kept));
        match self.journal.take().map(|journal| journal.end(ending)) {
            Some(Ok(())) if ending == Ending::Saved => self.promise(Wanted::Nothing),
            Some(Ok(())) => self.promise(Wanted::LaidAside(kept)),
            Some(Err(error)) => self.errors.push(error),
            None => {}
        }
    }

    /// Edits with snapshots between them, the second with a command that was not synced before it.
    fn edits(&mut self) {
        self.begin();
        (0..2).for_each(|_| self.edit());
        self.sync_and_mend();
        self.edit();
        self.sync_and_mend();
        self.snapshot();
        self.edit();
        self.sync_and_mend();
        self.edit();
        self.snapshot();
        self.edit();
        self.sync_and_mend();
    }

    /// The first crash state that breaks a promise, and how many there are; only every so many-th is looked at.
    fn crash(&self, every: usize) -> (Option<String>, usize) {
        let (mut first, mut number) = (None, 0);
        let count = self.disk.crash_states(|state, promises| {
            number += 1;
            if number % every == 0 {
                first = self.fault_of(&state, self.wanted[promises]);
            }
            if first.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        (first, count)
    }

    fn fault_of(&self, state: &SimDisk, wanted: Wanted) -> Option<String> {
        // No time and no sweep takes away what nobody decided about.
        state.pass(KEPT_FOR * 5);
        if !matches!(wanted, Wanted::LaidAside(_)) {
            sweep_sessions(state, Path::new(SESSIONS));
        }
        let found = found(state);
        let session = match (&found[..], wanted) {
            ([], Wanted::Nothing | Wanted::AtLeastOrNone(_)) => return None,
            ([session], Wanted::AtLeast(_) | Wanted::AtLeastOrNone(_) | Wanted::LaidAside(_)) => session,
            _ => return Some(format!("{} sessions, wanted {wanted:?}", found.len())),
        };
        let least = match wanted {
            Wanted::AtLeast(least) | Wanted::AtLeastOrNone(least) | Wanted::LaidAside(least) => least,
            Wanted::Nothing => 0,
        };
        if matches!(wanted, Wanted::LaidAside(_)) != session.set_aside.is_some() && !matches!(wanted, Wanted::AtLeastOrNone(_)) {
            return Some(format!("laid aside: {:?}, wanted {wanted:?}", session.set_aside));
        }
        // Until the session has begun, nothing is promised of it.
        if wanted != self.wanted[0] && session.meta.as_ref() != Some(&meta()) {
            return Some(format!("what it was about is lost: {:?}", session.meta));
        }
        if session.commands < least || session.commands > self.commands {
            return Some(format!("{} commands, wanted {wanted:?}", session.commands));
        }
        wrong(session)
    }
}

fn found(disk: &SimDisk) -> Vec<FoundSession> {
    found_sessions(&(Arc::new(disk.clone()) as Arc<dyn Disk>), Path::new(SESSIONS)).unwrap()
}

/// Whether what is recovered is not the document after that many commands.
fn wrong(session: &FoundSession) -> Option<String> {
    let recovered = session.recover().unwrap();
    let before = session.commands - recovered.commands.len() as u64;
    let commands: Vec<String> = (before + 1..=session.commands).map(command).collect();
    (recovered.snapshot != document(before) || recovered.commands != commands).then(|| format!("not what was edited: {recovered:?}"))
}

fn whole_run(disk: SimDisk, ending: Option<Ending>) -> Run {
    let mut run = Run::new(disk);
    run.edits();
    ending.into_iter().for_each(|ending| run.end(ending));
    run
}

const ENDINGS: [Option<Ending>; 3] = [None, Some(Ending::Saved), Some(Ending::SetAside)];

#[test]
fn no_loss_of_power_loses_a_command_that_was_synced() {
    let mut count = 0;
    for ending in ENDINGS {
        let run = whole_run(SimDisk::new(), ending);
        assert!(run.errors.is_empty(), "{:?}", run.errors);
        let (fault, states) = run.crash(1);
        assert_eq!(fault, None, "{ending:?}");
        count += states;
    }
    println!("{count} crash states");
    assert!(count > 1_000, "{count} states are too few to say anything");
}

#[test]
fn every_sync_and_every_rename_of_a_journal_is_needed() {
    for ending in [Ending::Saved, Ending::SetAside] {
        for (number, guard) in whole_run(SimDisk::new(), Some(ending)).disk.guards().iter().enumerate() {
            let run = whole_run(SimDisk::new().ignoring(number), Some(ending));
            assert!(!run.errors.is_empty() || run.crash(1).0.is_some(), "{ending:?}: nothing is lost without number {number}, {guard}");
        }
    }
}

#[test]
fn whatever_operation_fails_what_was_promised_is_there() {
    let mut injected = 0;
    // What stays, stays as in a session that ends later: one failure among many is tried with one ending.
    for (ending, forever) in [(Some(Ending::Saved), false), (None, true), (Some(Ending::Saved), true), (Some(Ending::SetAside), true)] {
        let steps = whole_run(SimDisk::new(), ending).disk.steps();
        for at in 0..steps {
            let run = whole_run(SimDisk::new().failing(Fault { at, kind: ErrorKind::StorageFull, forever }), ending);
            run.disk.mend();
            if let Some(error) = run.errors.first() {
                let said = error.to_string();
                assert!(said.contains("/d/state/sessions") && (said.contains("Save now") || said.contains("offered again")), "{said}");
            }
            assert_eq!(run.crash(FAULT_STRIDE).0, None, "operation {at} of {steps}, {ending:?}, for ever: {forever}");
            injected += 1;
        }
    }
    println!("{injected} injected errors");
}

#[test]
fn a_disk_that_was_full_and_is_not_any_more_keeps_everything_again() {
    let mut run = Run::new(SimDisk::new());
    run.begin();
    run.edit();
    run.disk.clone().failing(Fault { at: 0, kind: ErrorKind::StorageFull, forever: true });
    run.sync_and_mend();
    run.edit();
    run.sync_and_mend();
    assert_eq!(run.errors.len(), 4, "each failure is said: {:?}", run.errors);
    run.disk.mend();
    run.sync();
    assert_eq!(run.errors.len(), 5, "a journal that failed says so until a snapshot mends it");
    assert!(run.journal.as_ref().unwrap().wants_snapshot(run.now));
    run.snapshot();
    run.edit();
    run.sync();
    assert_eq!(run.errors.len(), 5);
    drop(run.journal.take());
    let found = found(&run.disk);
    assert_eq!((found.len(), found[0].commands), (1, 3));
    assert_eq!(wrong(&found[0]), None);
}

#[test]
fn a_snapshot_is_due_after_many_commands_or_a_while_with_some() {
    let mut run = Run::new(SimDisk::new());
    run.begin();
    let start = run.now;
    let journal = run.journal.as_mut().unwrap();
    assert!(!journal.wants_snapshot(start + SNAPSHOT_EVERY * 9), "nothing was edited");
    journal.append(&command(1));
    assert!(!journal.wants_snapshot(start + SNAPSHOT_EVERY - Duration::from_millis(1)));
    assert!(journal.wants_snapshot(start + SNAPSHOT_EVERY));
    (2..SNAPSHOT_COMMANDS).for_each(|number| journal.append(&command(number)));
    assert!(!journal.wants_snapshot(start));
    journal.append(&command(SNAPSHOT_COMMANDS));
    assert!(journal.wants_snapshot(start));
    journal.snapshot(&document(SNAPSHOT_COMMANDS), start + SNAPSHOT_EVERY).unwrap();
    assert!(!journal.wants_snapshot(start + SNAPSHOT_EVERY * 9));
}

#[test]
fn living_sessions_are_not_found_and_a_found_one_is_found_once() {
    let mut run = Run::new(SimDisk::new());
    run.edits();
    assert_eq!(found(&run.disk).len(), 0, "a living session is offered");
    sweep_sessions(&run.disk, Path::new(SESSIONS));
    drop(run.journal.take());
    let first = found(&run.disk);
    assert_eq!(first.len(), 1);
    assert_eq!(found(&run.disk).len(), 0, "two windows may take up the same session");
    drop(first);
    assert_eq!(found(&run.disk).len(), 1);
}

#[test]
fn what_is_laid_aside_stays_seven_days() {
    let run = whole_run(SimDisk::new(), None);
    drop(run.journal);
    for session in found(&run.disk) {
        assert_eq!(session.set_aside, None);
        session.set_aside().unwrap();
    }
    let aside = found(&run.disk);
    assert!(aside[0].set_aside.is_some());
    assert_eq!(wrong(&aside[0]), None, "it can be taken up still");
    drop(aside);
    run.disk.pass(KEPT_FOR - Duration::from_secs(1));
    sweep_sessions(&run.disk, Path::new(SESSIONS));
    assert_eq!(found(&run.disk).len(), 1);
    run.disk.pass(Duration::from_secs(1));
    sweep_sessions(&run.disk, Path::new(SESSIONS));
    assert_eq!(run.disk.list(Path::new(SESSIONS)).unwrap().len(), 0, "{:?}", run.disk.paths());
}

#[test]
fn a_session_that_was_saved_leaves_nothing() {
    let run = whole_run(SimDisk::new(), Some(Ending::Saved));
    assert_eq!(run.disk.list(Path::new(SESSIONS)).unwrap().len(), 0, "{:?}", run.disk.paths());
}

#[test]
fn what_is_left_of_a_session_that_never_began_is_swept_in_a_week() {
    let disk = SimDisk::new();
    for folder in ["/d/state", SESSIONS, "/d/state/sessions/1"] {
        disk.make_folder(Path::new(folder)).unwrap();
    }
    disk.put("/d/state/sessions/1/lock", b"");
    disk.put("/d/state/sessions/1/journal-1", b"torn");
    sweep_sessions(&disk, Path::new(SESSIONS));
    assert_eq!(disk.list(Path::new(SESSIONS)).unwrap().len(), 1);
    assert_eq!(found(&disk).len(), 0);
    disk.pass(KEPT_FOR);
    // A disk that cannot be read is no reason to throw anything away.
    for at in 0..30 {
        let start = disk.steps();
        let failing = disk.clone().failing(Fault { at: start + at, kind: ErrorKind::Other, forever: true });
        sweep_sessions(&failing, Path::new(SESSIONS));
        disk.mend();
        if disk.list(Path::new("/d/state/sessions/1")).is_ok_and(|names| names.len() < 2) {
            break;
        }
    }
    sweep_sessions(&disk, Path::new(SESSIONS));
    assert!(found(&disk).is_empty());
    assert_eq!(disk.list(Path::new(SESSIONS)).map(|names| names.len()).ok(), Some(0), "{:?}", disk.paths());
}

#[test]
fn a_journal_cut_at_every_byte_gives_the_document_up_to_a_command() {
    let run = whole_run(SimDisk::new(), None);
    drop(run.journal);
    let folder = found(&run.disk)[0].folder().to_owned();
    let path =
        run.disk.list(&folder).unwrap().into_iter().map(|name| folder.join(name)).find(|path| path.to_str().unwrap().contains("journal-"));
    let path = path.unwrap();
    let bytes = run.disk.read(&path).unwrap();
    let mut seen = Vec::new();
    for end in (0..=bytes.len()).rev() {
        run.disk.put(path.to_str().unwrap(), &bytes[..end]);
        let found = found(&run.disk);
        assert!(found.iter().all(|session| wrong(session).is_none()), "cut at {end}");
        seen.push(found.first().map(|session| session.commands));
    }
    seen.dedup();
    assert_eq!(seen, [Some(6), Some(5), None], "with the header the session is lost, before that only the last command");
}
