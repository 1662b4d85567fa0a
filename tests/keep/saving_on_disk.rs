//! Saving on the disk of the machine: links, mode bits, names, and a process that is killed again and again.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use border_atlas::io::keep::{Disk, DocumentLock, Fingerprint, RealDisk, SaveError, SaveRequest, Saved, backups_of, save};
use tempfile::TempDir;

/// In the environment of the process that is killed: the file that it saves.
const CHILD: &str = "BORDER_ATLAS_TEST_SAVES_TO";
/// How many times it is killed, when it is to be more than a few.
const KILLS: &str = "BORDER_ATLAS_TEST_KILLS";

fn known(path: &Path) -> Option<Fingerprint> {
    Fingerprint::of_file(&RealDisk, path).unwrap()
}

fn save_over(path: &Path, bytes: &[u8]) -> Result<Saved, SaveError> {
    save(&RealDisk, &SaveRequest { path, bytes, known: known(path).as_ref() }, |_| Ok(()))
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = RealDisk.list(folder).unwrap().into_iter().map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

fn folder_with(name: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, "first").unwrap();
    (folder, path)
}

#[test]
fn the_last_three_versions_stand_beside_the_document() {
    let (folder, path) = folder_with("war.geojson");
    for text in ["second", "third", "fourth", "fifth"] {
        save_over(&path, text.as_bytes()).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), "fifth");
    let backups = backups_of(&RealDisk, &path).unwrap();
    let texts: Vec<String> = backups.iter().map(|backup| fs::read_to_string(&backup.path).unwrap()).collect();
    assert_eq!(texts, ["fourth", "third", "second"]);
    assert_eq!(names(folder.path()).len(), 4, "{:?}", names(folder.path()));
}

#[test]
fn two_documents_in_one_folder_keep_their_backups_apart() {
    let (folder, path) = folder_with("war.geojson");
    let other = folder.path().join("war.geojson.backup-1");
    fs::write(&other, "a document of that name").unwrap();
    save_over(&other, b"saved").unwrap();
    save_over(&path, b"second").unwrap();
    assert_eq!(backups_of(&RealDisk, &path).unwrap().len(), 1);
    assert_eq!(backups_of(&RealDisk, &other).unwrap().len(), 1);
}

#[test]
fn the_longest_name_that_the_system_allows_can_be_saved() {
    let (_folder, path) = folder_with(&"n".repeat(255));
    save_over(&path, b"second").unwrap();
    assert_eq!(backups_of(&RealDisk, &path).unwrap().len(), 1);
}

#[test]
fn a_folder_in_the_place_of_the_document_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let error = save(&RealDisk, &SaveRequest { path: folder.path(), bytes: b"x", known: None }, |_| Ok(())).unwrap_err();
    assert!(matches!(error, SaveError::NotAFile { .. }), "{error}");
    let nowhere = folder.path().join("no/such/war.geojson");
    let error = save_over(&nowhere, b"x").unwrap_err();
    assert!(matches!(error, SaveError::NoFolder { .. }), "{error}");
}

#[test]
fn a_document_has_one_lock_in_all_windows() {
    let (folder, path) = folder_with("war.geojson");
    let locks = folder.path().join("state/locks");
    let first = DocumentLock::take(&RealDisk, &locks, &path).unwrap().unwrap();
    assert_eq!(first.file(), RealDisk.canonical(&path).unwrap());
    assert!(DocumentLock::take(&RealDisk, &locks, &path).unwrap().is_none(), "two windows may save");
    // A save puts a new file in the place; the lock still holds.
    save_over(&path, b"second").unwrap();
    assert!(DocumentLock::take(&RealDisk, &locks, &path).unwrap().is_none(), "the lock went with the old file");
    let other = folder.path().join("other.geojson");
    assert!(DocumentLock::take(&RealDisk, &locks, &other).unwrap().is_some(), "a document that is not there yet can be locked too");
    drop(first);
    assert!(DocumentLock::take(&RealDisk, &locks, &path).unwrap().is_some(), "the lock does not go");
}

#[test]
fn where_no_lock_can_be_had_it_is_said() {
    let (folder, path) = folder_with("war.geojson");
    let taken = folder.path().join("taken");
    fs::write(&taken, "a file where the folder should be").unwrap();
    let error = DocumentLock::take(&RealDisk, &taken.join("locks"), &path).unwrap_err();
    assert!(error.to_string().contains("war.geojson") && error.to_string().contains("one window only"), "{error}");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_link_stays_a_link_and_what_it_points_to_is_saved() {
        let (folder, path) = folder_with("war.geojson");
        let (elsewhere, link) = folder_with("unused");
        let link = link.with_file_name("link.geojson");
        symlink(&path, &link).unwrap();
        let saved = save_over(&link, b"second").unwrap();
        assert_eq!(saved.file, RealDisk.canonical(&path).unwrap());
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "second");
        assert_eq!(names(elsewhere.path()), ["link.geojson", "unused"], "backups stand beside the file, not beside the link");
        assert_eq!(backups_of(&RealDisk, &saved.file).unwrap().len(), 1);
        // One lock for both names.
        let locks = folder.path().join("locks");
        let held = DocumentLock::take(&RealDisk, &locks, &link).unwrap();
        assert!(held.is_some() && DocumentLock::take(&RealDisk, &locks, &path).unwrap().is_none());
    }

    #[test]
    fn a_link_to_nothing_makes_the_file_and_a_circle_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let (link, circle) = (folder.path().join("link"), folder.path().join("circle"));
        symlink("new.geojson", &link).unwrap();
        save_over(&link, b"first").unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("new.geojson")).unwrap(), "first");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        symlink("circle", &circle).unwrap();
        save(&RealDisk, &SaveRequest { path: &circle, bytes: b"x", known: None }, |_| Ok(())).unwrap_err();
    }

    #[test]
    fn another_name_of_the_file_keeps_the_old_content_and_it_is_said() {
        let (folder, path) = folder_with("war.geojson");
        let twin = folder.path().join("twin.geojson");
        assert!(!save_over(&path, b"first").unwrap().other_names);
        fs::hard_link(&path, &twin).unwrap();
        assert!(save_over(&path, b"second").unwrap().other_names);
        assert_eq!((fs::read_to_string(&path).unwrap(), fs::read_to_string(&twin).unwrap()), ("second".to_owned(), "first".to_owned()));
    }

    #[test]
    fn the_mode_and_the_owner_stay() {
        let (_folder, path) = folder_with("war.geojson");
        for mode in [0o600, 0o640, 0o664] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let before = fs::metadata(&path).unwrap();
            save_over(&path, b"private").unwrap();
            let after = fs::metadata(&path).unwrap();
            assert_eq!(after.mode() & 0o7777, mode);
            assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
            assert_ne!(after.ino(), before.ino(), "the file was written to in its place");
        }
    }

    #[test]
    fn a_read_only_file_is_left_alone_and_a_read_only_folder_is_said() {
        let (folder, path) = folder_with("war.geojson");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        let error = save_over(&path, b"second").unwrap_err();
        assert!(matches!(error, SaveError::ReadOnly { .. }), "{error}");
        assert_eq!(names(folder.path()), ["war.geojson"]);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
        // The administrator may write everywhere; the refusal itself is tried on the disk that fails.
        let refused = fs::write(folder.path().join("probe"), "").is_err();
        let result = save_over(&path, b"second");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        match result {
            Err(error) => assert!(refused && matches!(error, SaveError::Forbidden { .. }), "{error}"),
            Ok(_) => assert!(!refused, "saved where nothing can be written"),
        }
    }

    #[test]
    fn pipes_and_devices_are_not_read_or_written() {
        let error = save(&RealDisk, &SaveRequest { path: Path::new("/dev/zero"), bytes: b"x", known: None }, |_| Ok(())).unwrap_err();
        assert!(matches!(error, SaveError::NotAFile { .. }), "{error}");
    }
}

/// A document of some 100 kB: its number, again and again.
fn content(number: u64) -> String {
    format!("{number:>16}").repeat(6_000)
}

/// The process that is killed: saves for ever and says which save is finished. Does nothing when the tests run as they should.
#[test]
#[ignore = "the other side of a_killed_process_tears_nothing, which starts it"]
fn saves_until_it_is_killed() {
    let Some(path) = std::env::var_os(CHILD).map(PathBuf::from) else { return };
    let first: u64 = fs::read_to_string(&path).unwrap()[..16].trim().parse().unwrap();
    let mut last = known(&path);
    for number in first + 1.. {
        let text = content(number);
        let verify = |bytes: &[u8]| if bytes == text.as_bytes() { Ok(()) } else { Err("differs".to_owned()) };
        let saved = save(&RealDisk, &SaveRequest { path: &path, bytes: text.as_bytes(), known: last.as_ref() }, verify).unwrap();
        last = Some(saved.fingerprint);
        println!("saved {number}");
    }
}

#[test]
fn a_killed_process_tears_nothing() {
    let kills: u64 = std::env::var(KILLS).map_or(100, |count| count.parse().unwrap());
    // In memory where the system has such a folder: a kill does not depend on the disk, and hundreds of syncs do.
    let shm = Path::new("/dev/shm");
    let folder = if shm.is_dir() { tempfile::tempdir_in(shm) } else { tempfile::tempdir() }.unwrap();
    let path = folder.path().join("war.geojson");
    fs::write(&path, content(0)).unwrap();
    let mut finished = 0;
    for kill in 0..kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "saving_on_disk::saves_until_it_is_killed", "--ignored", "--nocapture"])
            .env(CHILD, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        // After one to four finished saves and somewhere within the next: spinning costs no more than a save takes.
        let mut left = 1 + kill % 4;
        while left > 0 {
            let line = lines.next().expect("the process that saves ended by itself");
            if let Some((_, number)) = line.split_once("saved ") {
                finished = number.parse().unwrap();
                left -= 1;
            }
        }
        (0..kill * 7919 % 100 * 20_000).for_each(|turn| {
            std::hint::black_box(turn);
        });
        child.kill().unwrap();
        child.wait().unwrap();
        finished = lines.filter_map(|line| line.split_once("saved ")?.1.parse().ok()).fold(finished, u64::max);
        let text = fs::read_to_string(&path).unwrap();
        let number: u64 = text[..16].trim().parse().unwrap();
        assert!(text == content(number), "kill {kill} tore the document");
        assert!(number == finished || number == finished + 1, "kill {kill}: save {finished} was finished, the file holds {number}");
        for backup in backups_of(&RealDisk, &path).unwrap() {
            let text = fs::read_to_string(&backup.path).unwrap();
            assert!(text == content(text[..16].trim().parse().unwrap()), "kill {kill} tore a backup");
        }
    }
    let unfinished = names(folder.path()).iter().filter(|name| name.ends_with(".part")).count();
    println!("{kills} kills in {finished} saves, {unfinished} of them while a file was being written; 0 torn");
    assert!(unfinished > 0, "no kill came in the middle of a save");
}
