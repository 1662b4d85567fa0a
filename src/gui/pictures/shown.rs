//! The pixels of pictures that are shown: made one picture at a time beside the frames, kept while it is shown, and let go with the last who shows it.

use std::sync::Arc;

use egui::{ColorImage, Context, TextureHandle, TextureOptions};

use crate::{gui::jobs::JobId, io::pictures::pixels, model::picture::LONGEST_SIDE_PX};

/// The longest side of a picture in a panel, in pixels: twice the width of the panel in points.
const SMALL_PX: u32 = 640;

/// A picture in one of its two sizes.
#[derive(Clone, Debug)]
pub struct Key {
    /// Its bytes, as the document holds them: the same bytes are the same text in memory.
    data: Arc<str>,
    /// Whether it is shown over everything.
    is_large: bool,
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.is_large == other.is_large && (Arc::ptr_eq(&self.data, &other.data) || self.data == other.data)
    }
}

impl Key {
    /// As a panel shows it.
    pub fn small(data: &Arc<str>) -> Self {
        Self { data: Arc::clone(data), is_large: false }
    }

    /// As it is shown over everything.
    pub fn large(data: &Arc<str>) -> Self {
        Self { data: Arc::clone(data), is_large: true }
    }
}

/// What there is to be seen of a picture.
#[derive(Clone)]
pub enum Seen {
    /// It is being made.
    Coming,
    /// It.
    There(TextureHandle),
    /// Why there is nothing to be seen.
    Broken(String),
}

/// The pictures that are shown.
#[derive(Default)]
pub struct Shown {
    list: Vec<(Key, Seen)>,
    job: Option<JobId>,
}

impl Shown {
    /// What there is to be seen of a picture.
    pub fn seen(&self, key: &Key) -> &Seen {
        self.list.iter().find(|(own, _)| own == key).map_or(&Seen::Coming, |(_, seen)| seen)
    }

    /// Lets go of all but these; gives the next one that nobody has begun to make. `is_running` says whether a job goes on.
    pub fn next(&mut self, wanted: &[Key], is_running: impl Fn(JobId) -> bool) -> Option<Key> {
        self.list.retain(|(key, _)| wanted.contains(key));
        if self.job.is_some_and(is_running) {
            return None;
        }
        let new = wanted.iter().find(|key| self.list.iter().all(|(own, _)| own != *key))?;
        self.list.push((new.clone(), Seen::Coming));
        Some(new.clone())
    }

    /// A job makes the picture that was asked for last.
    pub fn begun(&mut self, job: JobId) {
        self.job = Some(job);
    }

    /// Takes in what a job made, if it is still wanted.
    pub fn take_in(&mut self, ctx: &Context, key: &Key, made: Result<Arc<ColorImage>, String>) {
        self.job = None;
        if let Some((_, seen)) = self.list.iter_mut().find(|(own, _)| own == key) {
            *seen = match made {
                Ok(image) => Seen::There(ctx.load_texture("picture", image, TextureOptions::LINEAR)),
                Err(why) => Seen::Broken(why),
            };
        }
    }

    /// How many pictures are kept: for tests.
    pub fn count(&self) -> usize {
        self.list.len()
    }
}

/// The pixels of a picture. For a job.
///
/// # Errors
/// A sentence that stands in the place of the picture.
pub fn picture_of(key: &Key) -> Result<Arc<ColorImage>, String> {
    let pixels = pixels(&key.data, if key.is_large { LONGEST_SIDE_PX } else { SMALL_PX }).map_err(|error| error.to_string())?;
    Ok(Arc::new(ColorImage::from_rgba_unmultiplied(pixels.size, &pixels.rgba)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_shown_is_let_go_and_nothing_is_made_twice() {
        let data: Vec<Arc<str>> = ["a", "b"].map(Arc::from).into();
        let mut shown = Shown::default();
        let both = [Key::small(&data[0]), Key::large(&data[0])];
        assert_eq!(shown.next(&both, |_| false), Some(both[0].clone()));
        assert_eq!(shown.next(&both, |_| false), Some(both[1].clone()));
        assert_eq!(shown.next(&both, |_| false), None);
        shown.take_in(&Context::default(), &both[1], Err("broken".to_owned()));
        assert!(matches!(shown.seen(&both[1]), Seen::Broken(why) if why == "broken"));
        assert!(matches!(shown.seen(&both[0]), Seen::Coming));
        assert_eq!((shown.next(&both[..1], |_| false), shown.count()), (None, 1));
        // What comes when nobody wants it any more is dropped.
        shown.take_in(&Context::default(), &both[1], Err("late".to_owned()));
        assert_eq!((shown.next(&[], |_| false), shown.count()), (None, 0));
        assert_eq!(shown.next(&[Key::small(&data[1])], |_| false), Some(Key::small(&data[1])));
    }
}
