//! What a person chose to write, as it is remembered.

use crate::{
    io::settings::ExportSettings,
    publish::{MovingFormat, PictureFormat, STEP_SECS},
    scene::Theme,
};

/// What is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Subject {
    /// The map as it is shown.
    #[default]
    Map,
    /// One scene of the lecture.
    Scene,
    /// Every picture of every scene.
    Scenes,
    /// The lecture as one page for browsers.
    Html,
    /// The lecture as a handout.
    Handout,
    /// The lecture as pages of a projector.
    Slides,
    /// The map through time.
    Moving,
}

impl Subject {
    /// Every one with its id and its name, in the order in which a person is offered them.
    pub const ALL: [(Self, &'static str, &'static str); 7] = [
        (Self::Map, "map", "The map as shown"),
        (Self::Moving, "moving", "The map through time"),
        (Self::Scene, "scene", "A scene of the lecture"),
        (Self::Scenes, "scenes", "All scenes as pictures"),
        (Self::Html, "html", "The lecture for browsers"),
        (Self::Slides, "slides", "The lecture as slides (PDF)"),
        (Self::Handout, "handout", "The lecture as a handout (PDF)"),
    ];

    /// Whether it is made of the scenes of a document.
    pub const fn needs_lecture(self) -> bool {
        !matches!(self, Self::Map | Self::Moving)
    }

    /// Whether its size can be chosen.
    pub const fn has_size(self) -> bool {
        !matches!(self, Self::Html | Self::Handout | Self::Slides)
    }
}

/// Sizes that are offered, with what they are for.
pub const SIZES: [(&str, &str); 7] = [
    ("1280x720", "720p, small files"),
    ("1920x1080", "1080p, slides"),
    ("3840x2160", "4K"),
    ("2160x2160", "square"),
    ("1080x1920", "upright, phones"),
    ("3508x2480", "A4 across, 300 dpi"),
    ("2480x3508", "A4 upright, 300 dpi"),
];
/// The size at first.
const FIRST_SIZE: &str = SIZES[1].0;
/// What settings call a folder of frames, which has no ending.
const FRAMES: &str = "frames";

/// Everything that is remembered of the box.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    /// What is written.
    pub subject: Subject,
    /// What pictures are written as.
    pub picture: PictureFormat,
    /// What moving pictures are written as.
    pub moving: MovingFormat,
    /// Width and height in pixels, as typed.
    pub size: String,
    /// The theme; `None` for the one that is shown, and for a page of whoever opens it.
    pub theme: Option<Theme>,
    /// Whether pictures have no ground.
    pub transparent: bool,
    /// Whether what the speaker alone sees goes with the lecture.
    pub notes: bool,
    /// How long each picture stands, in seconds, as typed.
    pub secs: String,
    /// Where was written last; empty for nowhere yet.
    pub folder: String,
}

impl Default for Choices {
    fn default() -> Self {
        Self::from(&ExportSettings::default())
    }
}

impl From<&ExportSettings> for Choices {
    fn from(settings: &ExportSettings) -> Self {
        let or = |text: &str, first: &str| if text.is_empty() { first.to_owned() } else { text.to_owned() };
        let moving = if settings.moving == FRAMES { None } else { Some(settings.moving.as_str()) };
        Self {
            subject: Subject::ALL.into_iter().find(|(_, id, _)| *id == settings.subject).map_or_else(Subject::default, |(it, ..)| it),
            picture: PictureFormat::of_ending(&settings.picture).unwrap_or_default(),
            moving: MovingFormat::of_ending(moving).unwrap_or_default(),
            size: or(&settings.size, FIRST_SIZE),
            theme: settings.theme.parse().ok(),
            transparent: settings.transparent,
            notes: !settings.no_notes,
            secs: or(&settings.secs, &STEP_SECS.to_string()),
            folder: settings.folder.clone(),
        }
    }
}

impl Choices {
    /// For the file of settings.
    pub fn settings(&self) -> ExportSettings {
        ExportSettings {
            subject: Subject::ALL.into_iter().find(|(it, ..)| *it == self.subject).map_or_else(String::new, |(_, id, _)| id.to_owned()),
            picture: self.picture.ending().to_owned(),
            moving: self.moving.ending().unwrap_or(FRAMES).to_owned(),
            size: self.size.clone(),
            theme: self.theme.map_or_else(String::new, |theme| theme.id().to_owned()),
            transparent: self.transparent,
            no_notes: !self.notes,
            secs: self.secs.clone(),
            folder: self.folder.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_come_back_as_they_were_and_unknown_words_are_as_at_first() {
        for (index, (subject, ..)) in Subject::ALL.into_iter().enumerate() {
            let choices = Choices {
                subject,
                picture: PictureFormat::Svg,
                moving: MovingFormat::ALL[index % MovingFormat::ALL.len()],
                size: "800x600".to_owned(),
                theme: Some(Theme::Print),
                transparent: true,
                notes: false,
                secs: "0.5".to_owned(),
                folder: "/maps".to_owned(),
            };
            assert_eq!(Choices::from(&choices.settings()), choices);
        }
        let word = || "later".to_owned();
        let unknown = ExportSettings { subject: word(), picture: word(), moving: word(), theme: word(), ..ExportSettings::default() };
        assert_eq!(Choices::from(&unknown), Choices::default());
    }
}
