//! Saving on a disk that loses power at any instant, or on which any operation fails.

use std::{io::ErrorKind, ops::ControlFlow, path::Path, time::Duration};

use border_atlas::io::keep::{
    Disk, Fingerprint, OutsideChange, SaveError, SaveRequest, Saved, backups::BACKUPS, backups_of, beside::UNFINISHED_AFTER, save,
};

use crate::sim::{Fault, ROOT, SimDisk};

const FILE: &str = "/d/war.geojson";
/// How many times the document is saved: one more than fills the backups and pushes one out.
const SAVES: usize = BACKUPS + 2;
const KINDS: [ErrorKind; 5] =
    [ErrorKind::StorageFull, ErrorKind::PermissionDenied, ErrorKind::Other, ErrorKind::ReadOnlyFilesystem, ErrorKind::TimedOut];

/// A document that is unlike every other and unlike every part of itself.
fn version(number: usize) -> Vec<u8> {
    let middle: String = (0..10 + number * 3).map(|word| format!(" {}", word * number)).collect();
    format!("<{number}{middle}>").into_bytes()
}

fn number_of(bytes: &[u8]) -> Option<usize> {
    (0..=SAVES + 3).find(|number| version(*number) == bytes)
}

fn save_version(disk: &SimDisk, number: usize, known: Option<&Fingerprint>) -> Result<Saved, SaveError> {
    save(disk, &SaveRequest { path: Path::new(FILE), bytes: &version(number), known }, |bytes| {
        if number_of(bytes) == Some(number) { Ok(()) } else { Err("not what was saved".to_owned()) }
    })
}

/// Saves again and again; each finished save is a promise.
fn save_all(disk: &SimDisk) -> Result<(), SaveError> {
    let mut known = None;
    for number in 1..=SAVES {
        known = Some(save_version(disk, number, known.as_ref())?.fingerprint);
        disk.promise();
    }
    Ok(())
}

/// What is wrong with a disk after so many finished saves, if anything.
fn fault_of(disk: &SimDisk, finished: usize) -> Option<String> {
    let now = match disk.read(Path::new(FILE)) {
        Ok(bytes) => match number_of(&bytes) {
            Some(number) if number == finished || number == finished + 1 => number,
            other => return Some(format!("after save {finished} the file holds {other:?}: {:?}", String::from_utf8_lossy(&bytes))),
        },
        Err(_) if finished == 0 => 0,
        Err(error) => return Some(format!("after save {finished}: {error}")),
    };
    let backups = backups_of(disk, Path::new(FILE)).unwrap();
    let numbers: Option<Vec<usize>> = backups.iter().map(|backup| number_of(&disk.read(&backup.path).unwrap())).collect();
    let Some(numbers) = numbers else { return Some(format!("after save {finished} a backup is torn")) };
    let wanted = now.saturating_sub(BACKUPS).max(1)..now;
    if let Some(lost) = wanted.into_iter().find(|number| !numbers.contains(number)) {
        return Some(format!("the file holds {now}, but version {lost} is in no backup: {numbers:?}"));
    }
    None
}

/// The program goes on after the crash: the next save works, keeps what was there, and leaves nothing unfinished.
fn goes_on(disk: &SimDisk) {
    disk.pass(UNFINISHED_AFTER);
    let before = disk.read(Path::new(FILE)).ok();
    let known = Fingerprint::of_file(disk, Path::new(FILE)).unwrap();
    save_version(disk, SAVES + 2, known.as_ref()).unwrap();
    assert_eq!(number_of(&disk.read(Path::new(FILE)).unwrap()), Some(SAVES + 2));
    let backups = backups_of(disk, Path::new(FILE)).unwrap();
    assert!(backups.len() <= BACKUPS);
    assert_eq!(backups.first().map(|backup| disk.read(&backup.path).unwrap()), before);
    assert!(!disk.paths().iter().any(|path| path.extension().is_some_and(|ending| ending == "part")), "{:?}", disk.paths());
}

/// The first fault among all crash states, and how many states were looked at.
fn crash(disk: &SimDisk, then: fn(&SimDisk)) -> (Option<String>, usize) {
    if let Err(error) = save_all(disk) {
        return (Some(error.to_string()), 0);
    }
    let mut first = None;
    let count = disk.crash_states(|state, finished| {
        first = fault_of(&state, finished);
        if first.is_some() {
            return ControlFlow::Break(());
        }
        then(&state);
        ControlFlow::Continue(())
    });
    (first, count)
}

#[test]
fn no_loss_of_power_tears_a_document_or_loses_a_finished_save() {
    let (fault, with_links) = crash(&SimDisk::new(), goes_on);
    assert_eq!(fault, None);
    let (fault, with_copies) = crash(&SimDisk::new().without_hard_links(), goes_on);
    assert_eq!(fault, None);
    println!("{with_links} + {with_copies} crash states");
    assert!(with_links > 250 && with_copies > 500, "{with_links} + {with_copies} states are too few to say anything");
}

#[test]
fn every_sync_and_every_rename_of_a_save_is_needed() {
    for disk in [SimDisk::new, || SimDisk::new().without_hard_links()] {
        let whole = disk();
        save_all(&whole).unwrap();
        for (number, guard) in whole.guards().iter().enumerate() {
            assert!(crash(&disk().ignoring(number), |_| ()).0.is_some(), "nothing is lost without number {number}, {guard}");
        }
    }
}

/// A disk on which the document was saved so many times, all of it certain; and its file.
fn saved_before(saves: usize, links: bool) -> (SimDisk, Option<Fingerprint>) {
    let disk = if links { SimDisk::new() } else { SimDisk::new().without_hard_links() };
    let mut known = None;
    for number in 1..=saves {
        known = Some(save_version(&disk, number, known.as_ref()).unwrap().fingerprint);
        disk.promise();
    }
    disk.settle();
    (disk, known)
}

/// One more save over those before on a disk that fails: the document is the old one or the new one, whatever is lost with the power, the error
/// says where and what next, and the save after it works. Gives how many operations the save took.
fn save_on_failing(saves: usize, (disk, known): (SimDisk, Option<Fingerprint>)) -> usize {
    let start = disk.steps();
    let result = save_version(&disk, saves + 1, known.as_ref());
    let took = disk.steps() - start;
    disk.mend();
    let now = disk.read(Path::new(FILE)).ok().map(|bytes| number_of(&bytes).expect("a whole document"));
    let old = Some(saves).filter(|saves| *saves > 0);
    let known = match &result {
        Ok(saved) => {
            assert_eq!(now, Some(saves + 1));
            disk.promise();
            Some(saved.fingerprint)
        }
        Err(SaveError::Unsynced { now: known, .. }) => {
            assert_eq!(now, Some(saves + 1), "the new file is in its place");
            Some(*known)
        }
        Err(error) => {
            assert_eq!(now, old, "{error}");
            known
        }
    };
    if let Err(error) = result {
        let said = error.to_string();
        assert!(
            said.starts_with("/d/war.geojson: ") && ["ave ", "again"].iter().all(|word| said.contains(word) || said.contains("Save")),
            "{said}"
        );
    }
    disk.crash_states(|state, finished| {
        assert_eq!(fault_of(&state, finished), None);
        ControlFlow::Continue(())
    });
    // What the error left behind is in nobody's way.
    save_version(&disk, saves + 2, known.as_ref()).unwrap();
    goes_on(&disk);
    took
}

/// Before the first save, after two, and when the backups are full.
const BEFORE: [usize; 3] = [0, 2, SAVES - 1];

#[test]
fn whatever_operation_fails_the_document_is_the_old_one_or_the_new_one() {
    let mut injected = 0;
    for (kind, saves) in KINDS.into_iter().flat_map(|kind| BEFORE.map(|saves| (kind, saves))) {
        for (forever, links) in [(false, true), (true, true), (false, false), (true, false)] {
            let fails = |at: &usize| {
                let (disk, known) = saved_before(saves, links);
                let at_step = disk.steps() + at;
                *at < save_on_failing(saves, (disk.failing(Fault { at: at_step, kind, forever }), known))
            };
            let faults = (0..).take_while(fails).count();
            assert!(faults > 7, "{faults}");
            injected += faults;
        }
    }
    println!("{injected} injected errors");
    assert!(injected > 1_500, "{injected} errors are too few to say anything");
}

#[test]
fn wherever_the_disk_is_full_the_document_is_the_old_one_or_the_new_one() {
    let mut injected = 0;
    for (saves, links) in BEFORE.into_iter().flat_map(|saves| [(saves, true), (saves, false)]) {
        // Without hard links the old version is written once more, as its backup.
        let bytes = version(saves + 1).len() + if links || saves == 0 { 0 } else { version(saves).len() };
        for room in 0..bytes {
            let (disk, known) = saved_before(saves, links);
            save_on_failing(saves, (disk.clone().with_room(room), known));
            assert!(disk.has_failed(), "the disk was never full with {room} of {bytes} bytes free");
            injected += 1;
        }
    }
    println!("{injected} injected errors");
    assert!(injected > 200, "{injected} errors are too few to say anything");
}

#[test]
fn errors_say_what_happened_and_what_to_do() {
    let fail = |step: &str, kind| {
        let disk = SimDisk::new();
        let known = save_version(&disk, 1, None).unwrap().fingerprint;
        // The operation is found by its name among those of a save that works.
        let at = disk.steps() + if step == "create" { 7 } else { 8 };
        save_version(&disk.failing(Fault { at, kind, forever: true }), 2, Some(&known)).unwrap_err()
    };
    let full = fail("write", ErrorKind::StorageFull);
    assert!(matches!(full, SaveError::Full { .. }), "{full}");
    assert!(full.to_string().contains("disk is full; ") && full.to_string().contains("Free some space"), "{full}");
    for kind in [ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem] {
        let forbidden = fail("create", kind);
        assert!(matches!(&forbidden, SaveError::Forbidden { folder, .. } if folder == Path::new(ROOT)), "{forbidden}");
    }
    let broken = fail("write", ErrorKind::Other);
    assert!(matches!(broken, SaveError::Failed { .. }), "{broken}");
}

#[test]
fn a_file_that_is_marked_read_only_is_not_replaced() {
    let disk = SimDisk::new();
    let known = save_version(&disk, 1, None).unwrap().fingerprint;
    disk.set_read_only(FILE);
    let error = save_version(&disk, 2, Some(&known)).unwrap_err();
    assert!(matches!(error, SaveError::ReadOnly { .. }), "{error}");
    assert_eq!(number_of(&disk.read(Path::new(FILE)).unwrap()), Some(1));
}

#[test]
fn what_does_not_read_back_never_takes_the_place() {
    let disk = SimDisk::new();
    let known = save_version(&disk, 1, None).unwrap().fingerprint;
    let request = SaveRequest { path: Path::new(FILE), bytes: b"anything", known: Some(&known) };
    let error = save(&disk, &request, |_| Err("an event is missing".to_owned())).unwrap_err();
    assert!(matches!(error, SaveError::NotReadBack { .. }) && error.to_string().contains("an event is missing"), "{error}");
    assert_eq!(number_of(&disk.read(Path::new(FILE)).unwrap()), Some(1));
    assert_eq!(disk.paths().len(), 2, "nothing is left beside it");
}

/// What a save says when others do something after the document was opened, or, with `late`, while it is being written.
fn save_after(late: bool, others: impl Fn(&SimDisk)) -> Result<Saved, SaveError> {
    let disk = SimDisk::new();
    let known = save_version(&disk, 1, None).unwrap().fingerprint;
    if !late {
        others(&disk);
    }
    let request = SaveRequest { path: Path::new(FILE), bytes: &version(2), known: Some(&known) };
    let saved = save(&disk, &request, |_| {
        if late {
            others(&disk);
        }
        Ok(())
    });
    let left: Vec<_> = disk.paths().into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "part")).collect();
    assert_eq!(left, Vec::<std::path::PathBuf>::new());
    saved
}

#[test]
fn what_others_did_is_never_overwritten_silently() {
    for late in [false, true] {
        let change = |others: fn(&SimDisk)| match save_after(late, others) {
            Err(SaveError::ChangedOutside { change, .. }) => Some(change),
            Err(SaveError::NoFolder { .. }) => None,
            other => panic!("{other:?}"),
        };
        assert_eq!(change(|disk| disk.put(FILE, b"theirs")), Some(OutsideChange::Changed));
        // The same size, and the clock stood still: only the content tells.
        assert_eq!(change(|disk| disk.put(FILE, &[b'x'; 35][..version(1).len().min(35)])), Some(OutsideChange::Changed));
        let gone = change(|disk| disk.remove(Path::new(FILE)).unwrap());
        assert!(gone == Some(OutsideChange::Gone) || late && gone.is_none(), "{gone:?}");
        // Touched, or copied over itself: no change.
        save_after(late, |disk| {
            disk.pass(Duration::from_secs(60));
            disk.put(FILE, &version(1));
        })
        .unwrap();
    }
}

#[test]
fn a_new_name_that_is_taken_is_said_and_can_be_replaced_on_purpose() {
    let disk = SimDisk::new();
    disk.put(FILE, b"theirs");
    let error = save_version(&disk, 1, None).unwrap_err();
    assert!(matches!(error, SaveError::ChangedOutside { change: OutsideChange::Appeared, .. }), "{error}");
    let theirs = Fingerprint::of_file(&disk, Path::new(FILE)).unwrap();
    save_version(&disk, 1, theirs.as_ref()).unwrap();
    let backups = backups_of(&disk, Path::new(FILE)).unwrap();
    assert_eq!(disk.read(&backups[0].path).unwrap(), b"theirs", "what was replaced is kept");
}

#[test]
fn failing_again_and_again_pushes_no_backup_out() {
    let disk = SimDisk::new();
    save_all(&disk).unwrap();
    let known = Fingerprint::of_file(&disk, Path::new(FILE)).unwrap();
    for _ in 0..10 {
        // The rename is the last operation but the sync of the folder and the tidying: all from there on fail.
        let start = disk.steps();
        let at = (0..).find(|at| disk_fails_at_rename(*at)).unwrap();
        let failing = disk.clone().failing(Fault { at: start + at, kind: ErrorKind::Other, forever: true });
        save_version(&failing, SAVES + 1, known.as_ref()).unwrap_err();
        disk.mend();
    }
    assert_eq!(fault_of(&disk, SAVES), None);
}

/// Whether the n-th operation of a save over a full set of backups is the rename.
fn disk_fails_at_rename(at: usize) -> bool {
    let disk = SimDisk::new();
    save_all(&disk).unwrap();
    let known = Fingerprint::of_file(&disk, Path::new(FILE)).unwrap();
    let start = disk.steps();
    let error = save_version(&disk.failing(Fault { at: start + at, kind: ErrorKind::Other, forever: false }), SAVES + 1, known.as_ref());
    error.is_err_and(|error| error.to_string().contains("replacing the old file"))
}
