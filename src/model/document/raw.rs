//! The text of a feature as it stands in its file. The bytes of its pictures are held apart, so that the states of a document share them.

use std::{borrow::Cow, sync::Arc};

/// A text, to the byte.
#[derive(Clone, Debug)]
pub(super) enum RawText {
    /// In one piece.
    Whole(Box<str>),
    /// What lies between the shared texts, and these.
    Pieces(Vec<Piece>),
}

#[derive(Clone, Debug)]
pub(super) enum Piece {
    Own(Box<str>),
    Shared(Arc<str>),
}

impl RawText {
    /// The text; what of it is one of the shared ones is held by these. One that is not found in it, as when its letters are written otherwise,
    /// stays where it is.
    pub(super) fn new<'a>(text: Box<str>, shared: impl Iterator<Item = &'a Arc<str>>) -> Self {
        let mut pieces = Vec::new();
        let mut rest: &str = &text;
        for shared in shared {
            if let Some(at) = rest.find(&**shared) {
                pieces.push(Piece::Own(rest[..at].into()));
                pieces.push(Piece::Shared(Arc::clone(shared)));
                rest = &rest[at + shared.len()..];
            }
        }
        if pieces.is_empty() {
            return Self::Whole(text);
        }
        pieces.push(Piece::Own(rest.into()));
        Self::Pieces(pieces)
    }

    /// The whole text.
    pub(super) fn whole(&self) -> Cow<'_, str> {
        match self {
            Self::Whole(text) => Cow::Borrowed(text),
            Self::Pieces(_) => Cow::Owned(self.pieces().map(|(text, _)| text).collect()),
        }
    }

    /// Whether a text stands in it outside of pictures.
    pub(super) fn mentions(&self, text: &str) -> bool {
        self.pieces().any(|(piece, is_shared)| !is_shared && piece.contains(text))
    }

    /// Adds the whole text to another one.
    pub(super) fn push_to(&self, out: &mut String) {
        self.pieces().for_each(|(text, _)| out.push_str(text));
    }

    fn pieces(&self) -> impl Iterator<Item = (&str, bool)> {
        let (whole, pieces): (Option<&str>, &[Piece]) = match self {
            Self::Whole(text) => (Some(text), &[]),
            Self::Pieces(pieces) => (None, pieces),
        };
        let pieces = pieces.iter().map(|piece| match piece {
            Piece::Own(text) => (&**text, false),
            Piece::Shared(text) => (&**text, true),
        });
        whole.into_iter().map(|text| (text, false)).chain(pieces)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// However a text is held, it is the same text.
        #[test]
        fn no_letter_is_lost(text in "[ab]{0,24}", shared in proptest::collection::vec("[ab]{1,4}", 0..4)) {
            let shared: Vec<Arc<str>> = shared.into_iter().map(Arc::from).collect();
            let raw = RawText::new(text.as_str().into(), shared.iter());
            prop_assert_eq!(&*raw.whole(), text.as_str());
            let mut out = "x".to_owned();
            raw.push_to(&mut out);
            prop_assert_eq!(&out[1..], text.as_str());
        }
    }

    #[test]
    fn what_stands_in_a_picture_is_not_mentioned() {
        let shared: Arc<str> = "BASE".into();
        let raw = RawText::new(r#"{"name": "A", "data": "BASE"}"#.into(), [&shared].into_iter());
        assert!(matches!(&raw, RawText::Pieces(pieces) if matches!(&pieces[1], Piece::Shared(held) if Arc::ptr_eq(held, &shared))));
        assert!(raw.mentions("\"name\"") && !raw.mentions("BASE"));
    }
}
