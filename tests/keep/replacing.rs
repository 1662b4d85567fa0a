//! Files without backups that are replaced whole: settings, the mark at the end of a session; and the locks. On a disk that loses power or fails.

use std::{io::ErrorKind, ops::ControlFlow, path::Path};

use border_atlas::io::keep::{Disk, DocumentLock, beside::replace};

use crate::sim::{Fault, SimDisk};

const SETTINGS: &str = "/d/settings.json";
const KINDS: [ErrorKind; 4] = [ErrorKind::StorageFull, ErrorKind::PermissionDenied, ErrorKind::Other, ErrorKind::ReadOnlyFilesystem];

fn version(number: usize) -> Vec<u8> {
    format!("{{\"number\": {number}, \"words\": \"{}\"}}", "word ".repeat(number + 3)).into_bytes()
}

fn number_at(disk: &SimDisk) -> Option<usize> {
    let bytes = disk.read(Path::new(SETTINGS)).ok()?;
    Some((0..9).find(|number| version(*number) == bytes).unwrap_or_else(|| panic!("torn: {}", String::from_utf8_lossy(&bytes))))
}

fn replaced(disk: &SimDisk) {
    for number in 1..=3 {
        replace(disk, Path::new(SETTINGS), &version(number)).unwrap();
        disk.promise();
    }
}

/// What a loss of power leaves that is neither the last that was written nor the next.
fn first_fault(disk: &SimDisk) -> Option<String> {
    let mut first = None;
    disk.crash_states(|state, promised| {
        let bytes = state.read(Path::new(SETTINGS)).ok();
        let is_whole = |number: usize| bytes.as_deref() == Some(&version(number)[..]) || number == 0 && bytes.is_none();
        if !is_whole(promised) && !is_whole(promised + 1) {
            first = Some(format!("after {promised}: {bytes:?}"));
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    });
    first
}

#[test]
fn settings_are_old_or_new_whatever_is_lost() {
    let disk = SimDisk::new();
    replaced(&disk);
    assert_eq!(first_fault(&disk), None);
}

#[test]
fn every_sync_and_every_rename_of_settings_is_needed() {
    let whole = SimDisk::new();
    replaced(&whole);
    assert_eq!(whole.guards().len(), 9, "{:?}", whole.guards());
    for (number, guard) in whole.guards().iter().enumerate() {
        let disk = SimDisk::new().ignoring(number);
        replaced(&disk);
        assert!(first_fault(&disk).is_some(), "nothing is lost without number {number}, {guard}");
    }
}

#[test]
fn settings_that_cannot_be_written_stay_as_they_were() {
    let mut injected = 0;
    for (kind, forever) in KINDS.into_iter().flat_map(|kind| [(kind, false), (kind, true)]) {
        for at in 0.. {
            let disk = SimDisk::new();
            replace(&disk, Path::new(SETTINGS), &version(1)).unwrap();
            disk.settle();
            let start = disk.steps();
            let result = replace(&disk.clone().failing(Fault { at: start + at, kind, forever }), Path::new(SETTINGS), &version(2));
            let failed = disk.has_failed();
            disk.mend();
            assert!(matches!((number_at(&disk), &result), (Some(1 | 2), Err(_)) | (Some(2), Ok(()))), "{result:?}");
            replace(&disk, Path::new(SETTINGS), &version(3)).unwrap();
            assert_eq!(number_at(&disk), Some(3));
            if !failed {
                break;
            }
            injected += 1;
        }
    }
    for room in 0..version(2).len() {
        let disk = SimDisk::new();
        replace(&disk, Path::new(SETTINGS), &version(1)).unwrap();
        let result = replace(&disk.clone().with_room(room), Path::new(SETTINGS), &version(2));
        assert_eq!((number_at(&disk), result.unwrap_err().kind()), (Some(1), ErrorKind::StorageFull));
        assert_eq!(disk.paths().len(), 2, "what was begun is taken away: {:?}", disk.paths());
        injected += 1;
    }
    println!("{injected} injected errors");
}

#[test]
fn a_lock_that_fails_names_the_document_and_says_what_next() {
    let mut injected = 0;
    let (document, locks) = (Path::new("/d/war.geojson"), Path::new("/d/state/locks"));
    for (kind, forever) in KINDS.into_iter().flat_map(|kind| [(kind, false), (kind, true)]) {
        for at in 0.. {
            let disk = SimDisk::new();
            disk.put("/d/war.geojson", b"x");
            let start = disk.steps();
            let taken = DocumentLock::take(&disk.clone().failing(Fault { at: start + at, kind, forever }), locks, document);
            let failed = disk.has_failed();
            disk.mend();
            if let Err(error) = &taken {
                let said = error.to_string();
                assert!(said.starts_with("/d/war.geojson: ") && said.contains("one window only"), "{said}");
            }
            assert_eq!(taken.is_err(), failed, "operation {at}");
            drop(taken);
            assert!(DocumentLock::take(&disk, locks, document).unwrap().is_some(), "a lock that failed is nobody's");
            if !failed {
                break;
            }
            injected += 1;
        }
    }
    println!("{injected} injected errors");
    assert!(injected > 30, "{injected} errors are too few to say anything");
}
