//! Pictures of events in the window: those that are put into one, those that are shown, and the one that is shown large.

mod shown;

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    sync::Arc,
};

use egui::ColorImage;
use serde_json::{Map, Value, json};

use super::{
    actions::Action,
    jobs::work::name_of,
    keeping::DocumentKey,
    session::{Library, Panel, Session},
};
use crate::{
    edit::Command,
    io::{
        Progress,
        pictures::{PictureError, TakenIn, read_picture},
    },
    model::{
        Event, Picture,
        picture::{Media, base64_of, shared},
    },
};

pub use shown::{Key, Seen, Shown, picture_of};

/// The event that a picture goes into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its document.
    pub key: DocumentKey,
    /// Its id.
    pub event: String,
}

/// A picture that was read and waits for what it shows and whose it is.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Where it goes.
    pub into: Place,
    /// The name of its file.
    pub name: String,
    /// Width and height in pixels.
    pub size: [u32; 2],
    /// How many bytes it has.
    pub bytes: usize,
    /// Width, height and bytes before it was made smaller; `None` where it was not.
    pub was: Option<([u32; 2], usize)>,
    /// What it is.
    pub media: Media,
    /// Its file in base64.
    pub data: Arc<str>,
}

/// What is said of a picture when it is put into an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// What is to be seen.
    pub alt: String,
    /// What stands below it; may be empty.
    pub caption: String,
    /// Whose it is.
    pub credit: String,
    /// Under which licence; may be empty.
    pub licence: String,
}

/// What is asked of pictures.
#[derive(Clone, Debug)]
pub enum PictureAction {
    /// Reads files that were dropped on the window, for the selected event.
    Drop(Vec<PathBuf>),
    /// A file was read; it waits for its words.
    Read(Arc<Waiting>),
    /// Puts a picture that waits into its event.
    Add(Arc<Waiting>, Words),
    /// A picture that waits goes nowhere.
    LetGo(Arc<Waiting>),
    /// Pixels were made; or why there are none.
    Seen(Key, Result<Arc<ColorImage>, String>),
    /// Shows a picture over everything; `None` shows it no longer.
    Enlarge(Option<Arc<str>>),
}

/// What the window knows of pictures.
#[derive(Default)]
pub struct Pictures {
    /// Those that wait for their words, the next one first.
    pub waiting: VecDeque<Arc<Waiting>>,
    /// The bytes of the picture of the selected event that is shown large.
    pub enlarged: Option<Arc<str>>,
    /// Those whose pixels are there.
    pub shown: Shown,
}

impl Pictures {
    /// Whether something about pictures stands over everything.
    pub fn has_box(&self) -> bool {
        !self.waiting.is_empty() || self.enlarged.is_some()
    }

    /// Closes what is innermost; false where nothing is open.
    pub fn let_go(&mut self) -> bool {
        self.enlarged.take().is_some() || self.waiting.pop_front().is_some()
    }
}

impl Words {
    /// Whether what must be said of every picture is said.
    pub fn are_enough(&self) -> bool {
        [&self.alt, &self.credit].iter().all(|text| !text.trim().is_empty())
    }
}

impl Waiting {
    /// Its size, for people: `2048 × 1365 pixels, 640 KB`.
    pub fn size_text(&self) -> String {
        size_text(self.size, self.bytes)
    }

    /// What was done to make it fit; `None` where nothing was.
    pub fn change_text(&self) -> Option<String> {
        self.was.map(|(size, bytes)| format!("Made smaller for the document: it had {}.", size_text(size, bytes)))
    }

    /// The command that puts it into its event.
    pub fn command(&self, words: &Words) -> Command {
        let mut value = Map::from_iter([("data".to_owned(), json!(&*self.data)), ("media".to_owned(), json!(self.media.id()))]);
        let words = [("alt", &words.alt), ("caption", &words.caption), ("credit", &words.credit), ("licence", &words.licence)];
        let said = words.into_iter().filter(|(_, text)| !text.trim().is_empty());
        value.extend(said.map(|(key, text)| (key.to_owned(), text.trim().into())));
        let set = Command::Set { id: self.into.event.as_str().into(), path: "pictures/-".to_owned(), value: Value::Object(value) };
        Command::Group { label: format!("new picture of {}", self.into.event), commands: vec![set] }
    }
}

fn size_text([width, height]: [u32; 2], bytes: usize) -> String {
    let (kb, mb) = (bytes.div_ceil(1024), bytes as f64 / (1024.0 * 1024.0));
    if kb < 1024 { format!("{width} × {height} pixels, {kb} KB") } else { format!("{width} × {height} pixels, {mb:.1} MB") }
}

/// Whether a dropped file is to be taken for a picture, by its name.
pub fn is_picture(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    // Other pictures are told what they should be.
    ["png", "jpg", "jpeg", "jfif", "gif", "webp", "avif", "heic", "tif", "tiff", "bmp"].contains(&ending.as_str())
}

/// The selected event of the shown document, if pictures can be put into it.
pub fn place_for(library: &Library, session: &Session) -> Option<Place> {
    let editing = library.edited.get(&session.document?).filter(|editing| editing.read_only.is_none())?;
    Some(Place { key: editing.key, event: selected(library, session)?.id.clone() })
}

/// The selected event of the shown document.
pub fn selected<'a>(library: &'a Library, session: &Session) -> Option<&'a Event> {
    let project = library.documents.get(session.document?)?;
    project.events.get(session.selected_event()?).map(|event| &**event)
}

/// Reads a picture for an event. Nothing when it was called off.
pub fn read(path: &Path, into: Place, progress: &Progress) -> Vec<Action> {
    match read_picture(path, progress) {
        Ok(TakenIn { bytes, media, size, was }) => {
            let (name, data) = (name_of(path), shared(&base64_of(&bytes)));
            let waiting = Waiting { into, name, size, bytes: bytes.len(), was, media, data };
            vec![Action::Picture(PictureAction::Read(Arc::new(waiting)))]
        }
        Err(PictureError::Cancelled { .. }) => Vec::new(),
        Err(error) => vec![Action::Trouble(error.to_string())],
    }
}

/// The pictures whose pixels are wanted: the one that waits, the one that is large, those of the selected event while it is told or written.
pub fn wanted(library: &Library, session: &Session) -> Vec<Key> {
    let pictures = &session.pictures;
    let waiting = pictures.waiting.front().map(|waiting| Key::small(&waiting.data));
    let large = pictures.enlarged.as_ref().map(Key::large);
    let is_told = session.shows(Panel::Inspector) && session.presenting.is_none();
    let event = if is_told { selected(library, session) } else { None };
    let small = event.into_iter().flat_map(|event| &event.pictures).map(|picture: &Picture| Key::small(&picture.data));
    waiting.into_iter().chain(large).chain(small).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_known_by_their_names() {
        for (name, is) in [("a.PNG", true), ("b.jpeg", true), ("c.webp", true), ("d.geojson", false), ("png", false), ("e.bib", false)] {
            assert_eq!(is_picture(Path::new(name)), is, "{name}");
        }
    }

    #[test]
    fn sizes_are_told_as_people_say_them() {
        assert_eq!(size_text([2048, 1365], 640 * 1024), "2048 × 1365 pixels, 640 KB");
        assert_eq!(size_text([6000, 4000], 8_600_000), "6000 × 4000 pixels, 8.2 MB");
    }

    #[test]
    fn without_what_it_shows_and_whose_it_is_there_is_not_enough() {
        let said = |alt: &str, credit: &str| Words { alt: alt.to_owned(), credit: credit.to_owned(), ..Words::default() }.are_enough();
        assert!(said("A bridge", "A. Doe"));
        assert!(!said("A bridge", " ") && !said("", "A. Doe"));
    }
}
