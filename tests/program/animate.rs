//! Moving pictures, made by the program and taken apart by decoders: how many, how long, which colours, the same on each run, and nothing left behind.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::BufReader,
    path::Path,
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

const SMALL: [&str; 9] = ["crimea", "--size", "320x180", "--from", "2014-01-01", "--to", "2014-06-01", "--step", "1m"];

fn animate(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_border-atlas")).arg("animate").args(arguments).output().unwrap()
}

fn made(arguments: &[&str], output: &Path) {
    let done = animate(&[arguments, &["-o", output.to_str().unwrap()]].concat());
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The pictures of a folder of frames, three bytes a pixel.
fn frames(folder: &Path) -> Vec<Vec<u8>> {
    let picture = |name: String| {
        let mut reader = png::Decoder::new(BufReader::new(File::open(folder.join(name)).unwrap())).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        pixels
    };
    names(folder).into_iter().map(picture).collect()
}

/// The pictures of a GIF as they are seen, three bytes a pixel, with their times in hundredths of a second; and the sizes of what was written of each.
fn gif_pictures(path: &Path) -> Vec<(Vec<u8>, u16, usize)> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options.read_info(File::open(path).unwrap()).unwrap();
    let width = usize::from(decoder.width());
    let mut seen = vec![0; width * usize::from(decoder.height()) * 3];
    let mut pictures = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        for (index, pixel) in frame.buffer.chunks_exact(4).enumerate().filter(|(_, pixel)| pixel[3] > 0) {
            let [row, column] = [index / usize::from(frame.width), index % usize::from(frame.width)];
            let at = ((row + usize::from(frame.top)) * width + column + usize::from(frame.left)) * 3;
            seen[at..at + 3].copy_from_slice(&pixel[..3]);
        }
        pictures.push((seen.clone(), frame.delay, frame.buffer.len() / 4));
    }
    pictures
}

#[test]
fn a_gif_has_a_picture_for_each_step_in_the_colors_of_the_map() {
    let folder = tempfile::tempdir().unwrap();
    let (gif, frames_folder) = (folder.path().join("map.gif"), folder.path().join("frames"));
    made(&[&SMALL[..], &["--seconds-per-step", "0.33", "--rest", "1"]].concat(), &gif);
    made(&SMALL, &frames_folder);
    let (pictures, exact) = (gif_pictures(&gif), frames(&frames_folder));
    assert_eq!((pictures.len(), exact.len()), (6, 6));
    assert_eq!(pictures.iter().map(|(_, time, _)| *time).collect::<Vec<_>>(), [33, 33, 33, 33, 33, 133]);
    let whole = 320 * 180;
    assert!(pictures[1..].iter().all(|(.., written)| *written < whole), "only what changed is written");
    for ((seen, ..), exact) in pictures.iter().zip(&exact) {
        // What fills areas is exact; what lies between two colours along an edge is near.
        let off = |(a, b): (&[u8], &[u8])| a.iter().zip(b).map(|(a, b)| a.abs_diff(*b)).max().unwrap();
        let offs: Vec<u8> = seen.chunks_exact(3).zip(exact.chunks_exact(3)).map(off).collect();
        let same = offs.iter().filter(|off| **off == 0).count();
        assert!(same * 100 > whole * 85, "{same} of {whole} pixels are exact");
        assert!(offs.iter().all(|off| *off < 48), "one is {} off", offs.iter().max().unwrap());
    }
    let flat: BTreeSet<&[u8]> = most_frequent(&exact[0]);
    let seen: BTreeSet<&[u8]> = pictures[0].0.chunks_exact(3).collect();
    assert!(flat.is_subset(&seen), "each colour that fills an area is in the palette as it is");
}

/// The colours that at least a two-hundredth of the picture has.
fn most_frequent(picture: &[u8]) -> BTreeSet<&[u8]> {
    let mut counts = std::collections::BTreeMap::<&[u8], usize>::new();
    picture.chunks_exact(3).for_each(|pixel| *counts.entry(pixel).or_default() += 1);
    counts.into_iter().filter(|(_, count)| count * 200 > picture.len() / 3).map(|(color, _)| color).collect()
}

#[test]
fn an_apng_shows_the_very_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let (apng, frames_folder) = (folder.path().join("map.png"), folder.path().join("frames"));
    made(&[&SMALL[..], &["--fps", "5", "--loops", "3"]].concat(), &apng);
    made(&SMALL, &frames_folder);
    let mut reader = png::Decoder::new(BufReader::new(File::open(&apng).unwrap())).read_info().unwrap();
    let control = *reader.info().animation_control().unwrap();
    assert_eq!((control.num_frames, control.num_plays), (6, 3));
    let mut seen = vec![0; 320 * 180 * 4];
    for (index, exact) in frames(&frames_folder).iter().enumerate() {
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        let frame = *reader.info().frame_control().unwrap();
        assert_eq!((u32::from(frame.delay_num) * 100 / u32::from(frame.delay_den)), if index == 5 { 220 } else { 20 });
        for (at, pixel) in pixels.chunks_exact(4).take((frame.width * frame.height) as usize).enumerate().filter(|(_, pixel)| pixel[3] > 0)
        {
            let [x, y] = [at as u32 % frame.width + frame.x_offset, at as u32 / frame.width + frame.y_offset];
            let to = (y * 320 + x) as usize * 4;
            seen[to..to + 4].copy_from_slice(pixel);
        }
        let shown: Vec<u8> = seen.chunks_exact(4).flat_map(|pixel| &pixel[..3]).copied().collect();
        assert!(shown == *exact, "picture {index}");
    }
}

#[test]
fn each_run_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for ending in ["gif", "png"] {
        let paths = ["a", "b"].map(|name| folder.path().join(format!("{name}.{ending}")));
        paths.iter().for_each(|path| made(&SMALL, path));
        assert!(fs::read(&paths[0]).unwrap() == fs::read(&paths[1]).unwrap(), "{ending}");
    }
    assert_eq!(names(folder.path()), ["a.gif", "a.png", "b.gif", "b.png"], "nothing else is left");
}

#[test]
fn what_cannot_be_made_says_why_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::create_dir(folder.path().join("full")).unwrap();
    fs::write(folder.path().join("full/other.png"), "x").unwrap();
    let day = ["crimea", "--from", "1800", "--to", "2020", "--step", "1d", "-o"];
    let year = ["crimea", "--from", "2014", "--to", "2015", "-o"];
    for (arguments, output, words) in [
        (&day[..], path("a.gif"), "--step 1m is short enough"),
        (&["crimea", "--from", "2015", "--to", "2014", "-o"], path("a.gif"), "lies before"),
        (&["crimea", "--from", "2014", "--to", "2015", "--fps", "200", "-o"], path("a.gif"), "at most 50"),
        (&["crimea", "--from", "2014", "--to", "2015", "--step", "2h", "-o"], path("a.gif"), "7d, 1w, 1m"),
        (&year, path("a.webm"), ".gif, .png or .mp4"),
        (&year, path("full"), "new or empty folder"),
        (&year, path("none/a.gif"), "not written"),
    ] {
        let done = animate(&[arguments, &[output.as_str()]].concat());
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(!done.status.success() && said.contains(words), "{output}: {said}");
    }
    assert_eq!((names(folder.path()), names(&folder.path().join("full"))), (vec!["full".to_owned()], vec!["other.png".to_owned()]));
}

#[test]
fn without_ffmpeg_an_mp4_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("a.mp4");
    let mut command = Command::new(env!("CARGO_BIN_EXE_border-atlas"));
    let done = command.arg("animate").args(SMALL).arg("-o").arg(&output).env("PATH", folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(!done.status.success() && said.contains("Install it") && said.contains(".gif"), "{said}");
    assert!(names(folder.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn a_run_that_is_killed_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("frames");
    let mut command = Command::new(env!("CARGO_BIN_EXE_border-atlas"));
    command.args(["animate", "crimea", "--size", "320x180", "--from", "1950", "--to", "2020", "--step", "1m", "-o"]);
    let mut child = command.arg(&output).stderr(Stdio::null()).spawn().unwrap();
    let within = |what: &dyn Fn() -> bool| {
        let begun = Instant::now();
        while !what() {
            assert!(begun.elapsed() < Duration::from_secs(120), "in vain");
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    let begun = || names(folder.path()).first().is_some_and(|part| !names(&folder.path().join(part)).is_empty());
    within(&begun);
    child.kill().unwrap();
    child.wait().unwrap();
    within(&|| names(folder.path()).is_empty());
}
