//! What is remembered, as a file: it comes back as it was, a broken one is set aside, and no write leaves half a file.

use std::{fs, path::PathBuf};

use border_atlas::{
    geometry::{LonLat, Projection},
    io::{
        Settings, SettingsFile,
        settings::{ExportSettings, LastDocument, LastPlace, MapPlace, WindowPlace},
        write::write_beside,
    },
};
use proptest::prelude::*;

fn last_place() -> impl Strategy<Value = LastPlace> {
    let document = prop_oneof![
        Just(None),
        "[a-z-]{1,12}".prop_map(|id| Some(LastDocument::Case(id))),
        "/[a-zA-Z0-9 äß]{1,12}\\.geojson".prop_map(|path| Some(LastDocument::File(PathBuf::from(path)))),
    ];
    // Sixteenths, which a JSON text gives back to the last bit.
    let middle = (-2880_i32..2880, -1440_i32..1440).prop_map(|(lon, lat)| LonLat::new(f64::from(lon) / 16.0, f64::from(lat) / 16.0));
    let map =
        prop::option::of((middle, 1_u32..2_000_000).prop_map(|(middle, scale)| MapPlace { middle, points_per_unit: f64::from(scale) }));
    (document, map).prop_map(|(document, map)| LastPlace { document, day: "2014-03-18".to_owned(), map })
}

fn settings() -> impl Strategy<Value = Settings> {
    let window =
        prop::option::of(
            (0_u16..4000, any::<bool>()).prop_map(|(side, maximized)| (f32::from(side), maximized)).prop_map(|(side, maximized)| {
                WindowPlace { size: [side, side / 2.0], corner: maximized.then_some([side, -side]), maximized }
            }),
        );
    let panels = prop::option::of(prop::collection::vec("[a-z]{1,8}", 0..5));
    let projection = prop::option::of(prop::sample::select(Projection::ALL.to_vec()));
    let recents = prop::collection::vec("/[a-z ]{1,12}".prop_map(PathBuf::from), 0..8);
    (window, panels, projection, recents, prop::option::of(last_place()), prop::sample::select(vec![0.75_f32, 1.0, 1.25, 3.0])).prop_map(
        |(window, panels, projection, recents, last, ui_scale)| Settings {
            citation_style: "apa".to_owned(),
            audience_screen: "HDMI-1".to_owned(),
            export: ExportSettings { subject: "scene".to_owned(), transparent: true, ..ExportSettings::default() },
            theme: "dark".to_owned(),
            view: "un".to_owned(),
            projection,
            ui_scale,
            reduced_motion: maximized(&window),
            panels,
            window,
            last,
            recents,
        },
    )
}

fn maximized(window: &Option<WindowPlace>) -> bool {
    window.is_some_and(|window| window.maximized)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_written_comes_back(settings in settings()) {
        let folder = tempfile::tempdir().unwrap();
        let file = SettingsFile::at(folder.path().join("not/there/yet/settings.json"));
        file.write(&settings).unwrap();
        prop_assert_eq!(file.read(), (Some(settings), None));
    }

    /// Whatever stands in the file, the program starts, and nothing of what stood there is lost.
    #[test]
    fn a_broken_file_is_set_aside_and_said(broken in "[^{]{0,40}|\\{\"ui_scale\": *\"[a-z]{1,5}\"\\}") {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.json");
        fs::write(&path, &broken).unwrap();
        let (settings, notice) = SettingsFile::at(&path).read();
        prop_assert_eq!(settings, None);
        prop_assert!(notice.is_some_and(|notice| notice.contains("settings.broken.json")));
        prop_assert_eq!(fs::read_to_string(folder.path().join("settings.broken.json")).unwrap(), broken);
        prop_assert!(!path.exists());
    }
}

#[test]
fn without_a_file_nothing_is_remembered_and_nothing_is_said() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(SettingsFile::at(folder.path().join("settings.json")).read(), (None, None));
}

#[test]
fn members_that_are_missing_or_new_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("settings.json");
    fs::write(&path, r#"{"theme": "dark", "from_a_later_version": [1, 2]}"#).unwrap();
    let (settings, notice) = SettingsFile::at(&path).read();
    assert_eq!((settings, notice), (Some(Settings { theme: "dark".to_owned(), ..Settings::default() }), None));
}

#[test]
fn a_write_that_fails_leaves_the_old_file_and_nothing_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    // A folder cannot be replaced by a file.
    let taken = folder.path().join("taken");
    fs::create_dir(&taken).unwrap();
    fs::write(taken.join("kept"), "old").unwrap();
    assert!(write_beside(&taken, b"new").is_err());
    assert_eq!(fs::read_to_string(taken.join("kept")).unwrap(), "old");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "the begun file is gone");
}

#[test]
fn a_write_replaces_all_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    write_beside(&path, b"a longer text than the next").unwrap();
    write_beside(&path, b"short").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"short");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
