//! Pictures inside events: bytes in the document itself, with what they show and whose they are.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, Mutex, PoisonError, Weak},
};

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, general_purpose::PAD},
};

use super::Citation;

/// The longest side of a picture that is taken in, in pixels. Larger ones are scaled down.
pub const LONGEST_SIDE_PX: u32 = 2048;
/// The most bytes of a picture in a document. Larger ones are packed again.
pub const MOST_BYTES: usize = 1024 * 1024;

/// The base64 of RFC 4648; signs that fill the end up may be missing.
const BASE64: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, PAD.with_decode_padding_mode(DecodePaddingMode::Indifferent));
/// So many letters of base64 hold the first bytes, by which a format is known.
const FIRST_LETTERS: usize = 16;
/// From so many letters on a text is shared by all that hold it.
pub(super) const SHARED_LETTERS: usize = 1024;

/// What the bytes of a picture are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
}

impl Media {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Png, Self::Jpeg];

    /// The media type, as documents have it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// By the media type.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media| media.id() == id)
    }

    /// By the first bytes; `None` for everything else.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        match () {
            () if bytes.starts_with(b"\x89PNG\r\n\x1a\n") => Some(Self::Png),
            () if bytes.starts_with(&[0xff, 0xd8, 0xff]) => Some(Self::Jpeg),
            () => None,
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
        }
    }
}

/// A picture of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The file in base64, as the document has it. Pictures with the same bytes share it, in every state of a document.
    pub data: Arc<str>,
    /// What the document says that it is; `None` where it says nothing, or a word of its own.
    pub media: Option<Media>,
    /// What stands below it; may be empty.
    pub caption: String,
    /// What it shows, for those who do not see it. Empty is against the rules.
    pub alt: String,
    /// Whose it is. Empty is against the rules.
    pub credit: String,
    /// Under which licence it may be shown; empty where the document does not say.
    pub licence: String,
    /// Where it is from; where empty, it rests on the sources of its event.
    pub sources: Vec<Citation>,
}

impl Picture {
    /// Whose it is and how it may be shown: `Photo: A. Doe · CC BY 4.0`. Empty where neither is said.
    pub fn credit_line(&self) -> String {
        [self.credit.as_str(), &self.licence].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// What is wrong with it, each with the member that it is about. Whether its bytes can be read to the end is seen when it is shown.
    pub fn faults(&self) -> Vec<(&'static str, String)> {
        let silent = [("alt", &self.alt, "does not say what it shows"), ("credit", &self.credit, "does not say whose it is")];
        let silent = silent.into_iter().filter(|(_, text, _)| text.is_empty());
        let mut faults: Vec<_> = silent.map(|(member, _, what)| (member, format!("a picture {what}: `{member}` is empty."))).collect();
        faults.extend(self.fault_of_bytes());
        faults
    }

    fn fault_of_bytes(&self) -> Option<(&'static str, String)> {
        let Some(media) = self.media else {
            return Some(("media", "a picture is neither `image/png` nor `image/jpeg`.".to_owned()));
        };
        let is_base64 = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'+' | b'/' | b'=');
        let first = self.data.get(..FIRST_LETTERS).and_then(|first| BASE64.decode(first).ok()).unwrap_or_default();
        let most = MOST_BYTES.div_ceil(3) * 4;
        let what = match () {
            () if self.data.is_empty() => "has no bytes: `data` is empty".to_owned(),
            () if !self.data.bytes().all(is_base64) => "holds letters that are no base64".to_owned(),
            () if Media::of_bytes(&first) != Some(media) => format!("does not begin as {} does", media.label()),
            () if self.data.len() > most => {
                format!("has some {} KB; up to {} KB are shown well", self.data.len() / 4 * 3 / 1024, MOST_BYTES / 1024)
            }
            () => return None,
        };
        Some(("data", format!("a picture {what}.")))
    }
}

/// Bytes as documents have them.
pub fn base64_of(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

/// The bytes that base64 stands for; `None` for what is none.
pub fn bytes_of(data: &str) -> Option<Vec<u8>> {
    BASE64.decode(data).ok()
}

/// The texts that are shared, by a number made of their letters; gone with the last who holds them.
static SHARED: Mutex<Option<HashMap<u64, Weak<str>>>> = Mutex::new(None);

/// The text, shared with whoever else holds the same: a thousand steps of undo hold the bytes of a picture once.
pub fn shared(text: &str) -> Arc<str> {
    if text.len() < SHARED_LETTERS {
        return text.into();
    }
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let number = hasher.finish();
    let mut slot = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    let known = slot.get_or_insert_default();
    if let Some(same) = known.get(&number).and_then(Weak::upgrade).filter(|same| **same == *text) {
        return same;
    }
    let new: Arc<str> = text.into();
    known.retain(|_, held| held.strong_count() > 0);
    known.insert(number, Arc::downgrade(&new));
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(bytes: &[u8], media: Media) -> Picture {
        Picture {
            data: shared(&base64_of(bytes)),
            media: Some(media),
            caption: String::new(),
            alt: "A bridge".to_owned(),
            credit: "A. Doe".to_owned(),
            licence: String::new(),
            sources: Vec::new(),
        }
    }

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n0123456789";

    #[test]
    fn a_picture_says_what_it_shows_and_whose_it_is() {
        let good = picture(PNG, Media::Png);
        assert_eq!(good.faults(), []);
        assert_eq!(bytes_of(&good.data).as_deref(), Some(PNG));
        let members = |picture: &Picture| picture.faults().into_iter().map(|(member, _)| member).collect::<Vec<_>>();
        assert_eq!(members(&Picture { alt: String::new(), credit: String::new(), ..good.clone() }), ["alt", "credit"]);
        assert_eq!(members(&Picture { media: None, ..good.clone() }), ["media"]);
        assert_eq!(members(&Picture { media: Some(Media::Jpeg), ..good.clone() }), ["data"]);
        for data in ["", "%%%%%%%%%%%%%%%%%%%%%%", "iVBO", "äääääääääääääääääääää"] {
            assert_eq!(members(&Picture { data: data.into(), ..good.clone() }), ["data"], "{data}");
        }
        let mut large = PNG.to_vec();
        large.resize(MOST_BYTES, 0);
        assert_eq!(members(&picture(&large, Media::Png)), [""; 0]);
        large.resize(MOST_BYTES + 4, 0);
        assert_eq!(members(&picture(&large, Media::Png)), ["data"]);
        let named = Picture { licence: "CC BY 4.0".to_owned(), ..good };
        assert_eq!(named.credit_line(), "A. Doe · CC BY 4.0");
    }

    #[test]
    fn equal_bytes_are_held_once() {
        let long = base64_of(&[7; 3000]);
        let (one, other) = (shared(&long), shared(&long.clone()));
        assert!(Arc::ptr_eq(&one, &other));
        assert!(!Arc::ptr_eq(&one, &shared(&base64_of(&[8; 3000]))));
    }
}
