//! Pictures of documents: any bytes are a picture or an error, what was taken in is taken in again unchanged, and a document keeps every byte of them.

use std::{io::Cursor, sync::Arc};

use border_atlas::{
    edit::{Command, History, text_places},
    io::{
        Progress,
        pictures::{PictureError, TakenIn, pixels, take_in},
        project_file::parse_document,
    },
    model::{
        Document, Picture,
        document::Thing,
        picture::{LONGEST_SIDE_PX, MOST_BYTES, Media, base64_of},
    },
};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A picture of noise, which packs badly.
fn noise(width: u32, height: u32) -> RgbImage {
    let mut seed = 1_u32;
    RgbImage::from_fn(width, height, |_, _| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [_, red, green, blue] = seed.to_be_bytes();
        Rgb([red, green, blue])
    })
}

fn packed(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn taken(bytes: &[u8]) -> Result<TakenIn, PictureError> {
    take_in("photo", bytes.to_vec(), &Progress::default())
}

/// The size of a picture as a document shows it.
fn shown(bytes: &[u8], longest: u32) -> [usize; 2] {
    pixels(&base64_of(bytes), longest).unwrap().size
}

fn pixels_of(bytes: &[u8]) -> Vec<u8> {
    pixels(&base64_of(bytes), 4096).unwrap().rgba
}

#[test]
fn a_small_picture_keeps_its_bytes() {
    for (format, media) in [(ImageFormat::Png, Media::Png), (ImageFormat::Jpeg, Media::Jpeg)] {
        let bytes = packed(noise(64, 40), format);
        let taken = taken(&bytes).unwrap();
        assert_eq!(taken, TakenIn { bytes, media, size: [64, 40], was: None });
        assert_eq!(shown(&taken.bytes, 32), [32, 20]);
    }
}

#[test]
fn a_large_picture_is_made_smaller_once_and_says_so() {
    for (bytes, media) in [
        (packed(noise(2600, 700), ImageFormat::Jpeg), Media::Jpeg),
        // Noise has no room as a PNG.
        (packed(noise(900, 700), ImageFormat::Png), Media::Jpeg),
        (packed(RgbImage::from_pixel(100, 5000, Rgb([9, 9, 9])), ImageFormat::Png), Media::Png),
    ] {
        let first = taken(&bytes).unwrap();
        assert!(first.size.iter().all(|side| *side <= LONGEST_SIDE_PX) && first.bytes.len() <= MOST_BYTES, "{:?}", first.size);
        assert_eq!((first.media, Media::of_bytes(&first.bytes)), (media, Some(media)));
        assert_eq!(first.was.unwrap().1, bytes.len());
        assert_eq!(taken(&bytes).unwrap(), first, "the same bytes give the same picture");
        let again = taken(&first.bytes).unwrap();
        assert_eq!(again, TakenIn { was: None, ..first });
    }
}

#[test]
fn what_can_be_seen_through_stays_so() {
    let mut image: RgbaImage = DynamicImage::ImageRgb8(noise(1200, 900)).into_rgba8();
    image.put_pixel(0, 0, Rgba([0, 0, 0, 0]));
    let taken = taken(&packed(image, ImageFormat::Png)).unwrap();
    assert_eq!(taken.media, Media::Png);
    assert!(taken.bytes.len() <= MOST_BYTES && taken.size[0] < 1200);
}

/// A JPEG that says that it is to be turned by a quarter.
fn turned(bytes: &[u8]) -> Vec<u8> {
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&bytes[..2], &[0xff, 0xe1], &length, exif, &bytes[2..]].concat()
}

#[test]
fn a_photograph_stands_as_it_was_taken() {
    let small = taken(&turned(&packed(noise(64, 40), ImageFormat::Jpeg))).unwrap();
    assert_eq!((small.size, shown(&small.bytes, 640)), ([40, 64], [40, 64]));
    let large = taken(&turned(&packed(noise(2600, 40), ImageFormat::Jpeg))).unwrap();
    assert_eq!(large.size, [32, LONGEST_SIDE_PX]);
    assert_eq!(shown(&large.bytes, 4096), [32, LONGEST_SIDE_PX as usize]);
}

#[test]
fn what_a_picture_tells_of_place_and_camera_is_left_out() {
    let secret = b"GPS 48.85 N, Canon EOS, by Jane";
    let jpeg = packed(noise(64, 40), ImageFormat::Jpeg);
    let segment = |marker: u8, head: &[u8]| {
        let length = u16::try_from(head.len() + secret.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], &length[..], head, secret].concat()
    };
    let said =
        [segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0"), segment(0xed, b"Photoshop 3.0\0"), segment(0xfe, b""), segment(0xe2, b"MPF\0")]
            .concat();
    let photo = turned(&[&jpeg[..2], &said, &jpeg[2..], secret].concat());
    let png = packed(noise(64, 40), ImageFormat::Png);
    let named = [&b"tEXt"[..], b"Author\0", secret].concat();
    let text = [&u32::try_from(named.len() - 4).unwrap().to_be_bytes()[..], &named, &crc32fast::hash(&named).to_be_bytes()].concat();
    let drawing = [&png[..33], &text, &png[33..], secret].concat();
    for (bytes, size, plain) in [(photo, [40, 64], turned(&jpeg)), (drawing, [64, 40], png)] {
        assert!(bytes.windows(secret.len()).any(|part| part == secret));
        let once = taken(&bytes).unwrap();
        assert!(!once.bytes.windows(secret.len()).any(|part| part == secret), "it is told still");
        assert_eq!((once.size, shown(&once.bytes, 640)), (size, size.map(|side| side as usize)), "it stands upright");
        assert_eq!(once.was, None, "it was not packed anew");
        assert_eq!(pixels_of(&once.bytes), pixels_of(&plain), "every pixel is as it was");
        assert_eq!(taken(&once.bytes).unwrap().bytes, once.bytes, "taking in again changes nothing");
    }
}

#[test]
fn what_breaks_off_is_refused_wherever_it_does() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg] {
        let whole = packed(noise(16, 16), format);
        // Of a PNG the very last piece says nothing but that it is over.
        let needed = if format == ImageFormat::Png { whole.len() - 12 } else { whole.len() };
        for end in 0..needed {
            let error = taken(&whole[..end]).unwrap_err().to_string();
            assert!(error.starts_with("photo: ") && error.len() > 60, "{format:?} cut at {end}: {error}");
        }
    }
}

#[test]
fn every_refusal_says_what_and_what_next() {
    let mut huge = packed(noise(4, 4), ImageFormat::Png);
    huge[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    let sum = crc32fast::hash(&huge[12..29]).to_be_bytes();
    huge[29..33].copy_from_slice(&sum);
    for (bytes, words) in [
        (huge, "65536 × 65536 pixels"),
        (b"GIF89a....".to_vec(), "is a GIF"),
        (b"RIFF....WEBPVP8 ".to_vec(), "is a WebP"),
        (b"<svg xmlns=\"\"/>".to_vec(), "is an SVG"),
        (b"%PDF-1.4".to_vec(), "is a PDF"),
        (Vec::new(), "an empty file"),
        (b"hello".to_vec(), "no picture"),
        (b"\x89PNG\r\n\x1a\nhello".to_vec(), "this PNG cannot be opened"),
    ] {
        let error = taken(&bytes).unwrap_err().to_string();
        assert!(
            error.starts_with("photo: ") && error.contains(words) && error.ends_with("add that.") || error.ends_with("add it again."),
            "{error}"
        );
    }
    let called_off = Progress::default();
    called_off.cancel();
    let large = packed(noise(2600, 40), ImageFormat::Jpeg);
    assert!(matches!(take_in("photo", large, &called_off), Err(PictureError::Cancelled { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever a file holds, it is a picture or a sentence.
    #[test]
    fn any_bytes_are_a_picture_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200), sign in 0..3_usize) {
        let signs: [&[u8]; 3] = [b"", b"\x89PNG\r\n\x1a\n", &[0xff, 0xd8, 0xff]];
        let _ = taken(&[signs[sign], &bytes].concat());
    }

    /// A sound file in which some bytes are others is a picture that can be taken in again, or a sentence.
    #[test]
    fn a_damaged_file_is_a_picture_or_an_error(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), jpeg: bool) {
        let format = if jpeg { ImageFormat::Jpeg } else { ImageFormat::Png };
        let mut bytes = packed(noise(24, 16), format);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(first) = taken(&bytes) {
            let again = taken(&first.bytes).unwrap();
            prop_assert_eq!(again, TakenIn { was: None, ..first });
        }
    }
}

/// A document of an event with two pictures, members that nobody knows among theirs, written as another program might.
fn document() -> (String, Document) {
    let data = base64_of(&packed(noise(40, 40), ImageFormat::Png));
    let other = base64_of(&packed(noise(10, 10), ImageFormat::Jpeg)).replace('/', "\\/");
    let text = format!(
        "{{\n\"type\": \"FeatureCollection\",\n\"features\": [\n{{\"type\":\"Feature\", \"properties\": {{\"id\":\"e\",\"kind\":\"event\",\"event\":\"clash\",\
         \"name\":\"E\",\"start\":\"2020\",\"place\":\"P\", \"pictures\" : [ {{\"x\": 1.50, \"data\":\"{data}\",\"media\":\"image/png\",\"caption\":\"The bridge\",\
         \"alt\":\"A bridge\",\"credit\":\"Bridge office\",\"licence\":\"CC0\",\"sources\":[\"s (p. 1)\"]}},{{\"media\":\"image/jpeg\",\"data\":\"{other}\"}}]}},\
         \"geometry\":{{\"type\":\"Point\",\"coordinates\":[1,2]}}}}\n]\n}}\n"
    );
    let document = parse_document("a", "a", &text, &Progress::default()).unwrap();
    (text, document)
}

fn pictures(document: &Document) -> Vec<Picture> {
    let Ok(Thing::Event(event)) = document.feature("e").unwrap().thing() else { panic!("no event") };
    assert!(event.properties.get("pictures").is_none() && event.properties["place"] == "P");
    event.pictures.clone()
}

fn set(path: &str, value: Value) -> Command {
    Command::Set { id: "e".into(), path: path.to_owned(), value }
}

#[test]
fn a_document_keeps_every_byte_of_its_pictures() {
    let (text, document) = document();
    assert_eq!(document.to_text(), text);
    let [first, second] = &pictures(&document)[..] else { panic!("two pictures") };
    assert_eq!(
        (first.caption.as_str(), first.alt.as_str(), first.credit_line().as_str()),
        ("The bridge", "A bridge", "Bridge office · CC0")
    );
    assert_eq!(first.sources[0].locator, "p. 1");
    assert_eq!((first.faults().len(), second.faults().len()), (0, 2));
    assert_eq!(pixels(&second.data, 640).unwrap().size, [10, 10]);
}

#[test]
fn states_of_a_document_share_the_bytes_of_its_pictures() {
    let (_, document) = document();
    let mut history = History::new(document.clone());
    history.apply(&set("pictures/0/caption", "The old bridge".into()), None).unwrap();
    history.apply(&set("pictures/1/credit", "C. Coe".into()), None).unwrap();
    let (before, after) = (pictures(&document), pictures(history.document()));
    assert_eq!((after[0].caption.as_str(), after[1].credit.as_str()), ("The old bridge", "C. Coe"));
    assert!(Arc::ptr_eq(&before[0].data, &after[0].data));
    let value = history.document().feature("e").unwrap().value();
    assert_eq!(value["properties"]["pictures"][0]["x"], json!(1.5));
    assert_eq!(value["properties"]["pictures"][0]["data"], json!(&*before[0].data));
    // What was written can be read again, and says the same.
    let again = parse_document("a", "a", &history.document().to_text(), &Progress::default()).unwrap();
    assert_eq!(pictures(&again), after);
    history.apply(&set("pictures/0", Value::Null), None).unwrap();
    assert_eq!(pictures(history.document()), after[1..]);
    (0..3).for_each(|_| drop(history.undo()));
    assert_eq!(history.document().to_text(), document.to_text());
}

#[test]
fn the_words_of_pictures_are_found_and_their_bytes_are_not() {
    let (_, document) = document();
    let paths = |find: &str| text_places(&document, find, false, None).into_iter().map(|place| place.path).collect::<Vec<_>>();
    assert_eq!(paths("bridge"), ["pictures/0/caption", "pictures/0/alt", "pictures/0/credit"]);
    assert_eq!(paths("iVBOR"), [""; 0]);
    let mut history = History::new(document);
    let replace = Command::ReplaceText { find: "bridge".to_owned(), with: "ford".to_owned(), match_case: false, id: None };
    history.apply(&replace, None).unwrap();
    let first = &pictures(history.document())[0];
    assert_eq!([&first.caption, &first.alt, &first.credit], ["The ford", "A ford", "ford office"]);
    assert_eq!(first.faults(), []);
}
