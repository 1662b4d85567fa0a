//! Giving a lecture: which scene is shown, what lies over it, and what the speaker sees besides. The state is plain; `app::presenting` carries steps out.

pub mod awake;
pub mod lens;
pub mod marks;
pub mod overview_ui;
pub mod pictures;
pub mod scenes;
pub mod screens;
pub mod speaker_ui;
pub mod stage_picture;

use self::{
    lens::LENS_SHARE,
    marks::Marks,
    screens::{Desk, Screen},
    stage_picture::StagePicture,
};
use crate::{
    geometry::Camera,
    gui::comparing::Comparing,
    model::{Project, Slide, View},
    scene::{Look, Telling},
    time::{Clock, Day},
};

/// What a speaker can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresentStep {
    /// Begins, with the first scene or with the one that was shown last.
    Begin {
        /// With the first.
        from_start: bool,
    },
    /// Ends, and goes back to where the author was.
    End,
    /// The next picture.
    Next,
    /// The picture before.
    Back,
    /// The first scene.
    First,
    /// The last scene.
    Last,
    /// The scene at this position.
    Show(usize),
    /// One more digit of the number of a scene.
    Digit(u8),
    /// The scene whose number was typed; the next picture where none was.
    Enter,
    /// Nothing but black or white, or the scene again.
    Blank(Blank),
    /// The audience's picture stands still while the speaker goes on, or no longer.
    Freeze,
    /// What the pointer does on the map, or nothing any more.
    Hold(Pointer),
    /// The magnifier so many steps larger; below 0 smaller.
    ResizeLens(i32),
    /// Takes all ink away.
    Erase,
    /// Opens or closes the speaker's window.
    Speaker,
    /// Audience and speaker change windows.
    Swap,
    /// The audience sees the screen at this position of the list, the speaker another.
    AudienceOn(usize),
    /// All scenes as small pictures, or the scene again.
    Overview,
    /// Glides back to the scene after looking around.
    Return,
    /// Goes on by itself, scene after scene, or no longer.
    Autoplay,
    /// The same for ever, and back to the start when nobody has touched anything for a while.
    Kiosk,
    /// Shows the timeline under the map, or hides it.
    Timeline,
    /// The clock of the talk begins anew.
    ResetTimer,
}

/// What covers everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// Black: eyes on the speaker.
    Black,
    /// White: as light as the room can be.
    White,
}

/// What the pointer does on the audience's picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pointer {
    /// Moves the map.
    #[default]
    Map,
    /// A red dot.
    Laser,
    /// Ink that fades.
    Ink,
    /// Ink that stays.
    Pen,
    /// Everything dark but a circle.
    Spotlight,
    /// A glass that enlarges.
    Magnifier,
}

/// How scenes go on by themselves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Auto {
    /// When the next picture comes, in seconds of the frames' clock.
    pub next_secs: f64,
    /// Whether it begins again after the last scene.
    pub is_kiosk: bool,
}

/// Where the author was before the lecture.
#[derive(Clone, Debug)]
pub struct Home {
    pub(crate) clock: Clock,
    pub(crate) camera: Camera,
    pub(crate) view: View,
    pub(crate) look: Look,
    pub(crate) telling: Telling,
    pub(crate) comparing: Option<Comparing>,
    pub(crate) full_screen: bool,
    /// The screen of the program's window, where there are several.
    pub(crate) screen: Option<usize>,
}

/// The date on its way from one scene to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DateGlide {
    /// Where it comes from.
    pub from: Day,
    /// Where it goes.
    pub to: Day,
    /// When it set out.
    pub since_secs: f64,
    /// How long it takes.
    pub secs: f64,
}

impl DateGlide {
    /// The date now, and whether it has arrived.
    pub fn at(&self, now_secs: f64) -> (Day, bool) {
        let share = ((now_secs - self.since_secs) / self.secs.max(1e-6)).clamp(0.0, 1.0);
        let eased = share * share * (3.0 - 2.0 * share);
        let days = (self.to.get() - self.from.get()) as f64 * eased;
        if share >= 1.0 { (self.to, true) } else { (Day::new(self.from.get() + days.round() as i64), false) }
    }
}

/// A lecture under way.
#[derive(Clone, Debug)]
pub struct Presenting {
    /// The scene: its position in the document.
    pub slide: usize,
    /// Which of its pictures, 0 being the first.
    pub step: usize,
    /// For how many days events are shown before the date.
    pub event_days: i64,
    /// What covers everything.
    pub blank: Option<Blank>,
    /// What the audience still sees while the speaker goes on.
    pub frozen: Option<StagePicture>,
    /// What the pointer does.
    pub pointer: Pointer,
    /// Ink on the picture.
    pub marks: Marks,
    /// Whether all scenes are shown as small pictures.
    pub overview: bool,
    /// Digits typed so far.
    pub typed: String,
    /// Whether the speaker has a window.
    pub has_speaker: bool,
    /// Whether audience and speaker have changed windows.
    pub is_swapped: bool,
    /// The screens, as they were when it was looked last; empty where the system does not tell.
    pub screens: Vec<Screen>,
    /// Where the two windows fill a screen each; `None` with a single screen, on which the second window stands over the first.
    pub desk: Option<Desk>,
    /// How often in a row both windows were found on one screen, though each should fill its own.
    pub found_together: u32,
    /// When it was looked last which screens there are, in seconds of the frames' clock.
    pub looked_secs: f64,
    /// The radius of the magnifier as a share of the picture's height.
    pub lens_share: f32,
    /// Whether the timeline is there.
    pub has_timeline: bool,
    /// The date on its way.
    pub glide: Option<DateGlide>,
    /// Whether map or date have been moved away from the scene.
    pub strayed: bool,
    /// Going on by itself.
    pub auto: Option<Auto>,
    /// When talk and scene began, in seconds of the frames' clock; `None` before the first frame.
    pub began_secs: Option<f64>,
    /// See `began_secs`.
    pub slide_began_secs: f64,
    /// When somebody last touched anything.
    pub touched_secs: f64,
    /// How high the audience's window is, in points of the screen; 0 before its first frame.
    pub stage_height: f32,
    /// Where the author was.
    pub home: Box<Home>,
}

/// Where a step leads: scene and picture.
pub type Goal = (usize, usize);

impl Presenting {
    /// A lecture that begins at a scene.
    pub fn new(slide: usize, home: Home) -> Self {
        Self {
            slide,
            step: 0,
            event_days: 365,
            blank: None,
            frozen: None,
            pointer: Pointer::Map,
            marks: Marks::default(),
            overview: false,
            typed: String::new(),
            has_speaker: false,
            is_swapped: false,
            screens: Vec::new(),
            desk: None,
            found_together: 0,
            looked_secs: 0.0,
            lens_share: LENS_SHARE,
            has_timeline: false,
            glide: None,
            strayed: false,
            auto: None,
            began_secs: None,
            slide_began_secs: 0.0,
            touched_secs: 0.0,
            stage_height: 0.0,
            home: Box::new(home),
        }
    }

    /// The scene shown; `None` if the document has lost it.
    pub fn current<'p>(&self, project: &'p Project) -> Option<&'p Slide> {
        project.slides.get(self.slide)
    }

    /// The picture after this one; `None` after the last.
    pub fn next(&self, slides: &[Slide]) -> Option<Goal> {
        let pictures = slides.get(self.slide)?.picture_count();
        if self.step + 1 < pictures {
            Some((self.slide, self.step + 1))
        } else {
            (self.slide + 1 < slides.len()).then_some((self.slide + 1, 0))
        }
    }

    /// The picture before this one: of the scene before it the last; `None` before the first.
    pub fn back(&self, slides: &[Slide]) -> Option<Goal> {
        match self.step.checked_sub(1) {
            Some(step) => Some((self.slide, step)),
            None => self.slide.checked_sub(1).map(|slide| (slide, slides.get(slide).map_or(0, |slide| slide.picture_count() - 1))),
        }
    }

    /// Takes a step that needs nothing but this; gives the picture to show, if it leads to one. What begins, ends or freezes is not for here.
    pub fn take_step(&mut self, step: PresentStep, slides: &[Slide], now_secs: f64) -> Option<Goal> {
        self.touched_secs = now_secs;
        // Whatever way a key leads, what covers the scene goes first, as with every clicker.
        if matches!(step, PresentStep::Next | PresentStep::Back) && self.blank.take().is_some() {
            return None;
        }
        match step {
            PresentStep::Next => return self.next(slides),
            PresentStep::Back => return self.back(slides),
            PresentStep::Enter if self.typed.is_empty() => return self.next(slides),
            PresentStep::Enter => return self.take_typed(slides),
            PresentStep::First => return Some((0, 0)),
            PresentStep::Last => return Some((slides.len().checked_sub(1)?, 0)),
            PresentStep::Show(slide) => return (slide < slides.len()).then_some((slide, 0)),
            PresentStep::Return => return Some((self.slide, self.step)),
            PresentStep::Digit(digit) if self.typed.len() < 4 => self.typed.push(char::from(b'0' + digit.min(9))),
            PresentStep::Blank(blank) => self.blank = (self.blank != Some(blank)).then_some(blank),
            PresentStep::Hold(pointer) => {
                self.marks.lift();
                self.pointer = if self.pointer == pointer { Pointer::Map } else { pointer };
            }
            PresentStep::Erase => self.marks.erase(),
            PresentStep::ResizeLens(steps) => self.lens_share = lens::resized(self.lens_share, steps),
            PresentStep::Speaker => self.toggle_speaker(),
            PresentStep::Swap => (self.has_speaker, self.is_swapped) = (true, !self.is_swapped),
            PresentStep::AudienceOn(screen) => self.show_audience_on(screen),
            PresentStep::Overview => self.overview = !self.overview,
            PresentStep::Autoplay => self.toggle_auto(false, slides, now_secs),
            PresentStep::Kiosk => self.toggle_auto(true, slides, now_secs),
            PresentStep::Timeline => self.has_timeline = !self.has_timeline,
            PresentStep::ResetTimer => (self.began_secs, self.slide_began_secs) = (Some(now_secs), now_secs),
            PresentStep::Digit(_) | PresentStep::Begin { .. } | PresentStep::End | PresentStep::Freeze => {}
        }
        None
    }

    /// The speaker's window comes, or goes and leaves the audience's picture on its screen.
    fn toggle_speaker(&mut self) {
        if let Some(desk) = self.desk.as_mut().filter(|_| self.is_swapped) {
            *desk = Desk { own: desk.second, second: desk.own };
        }
        (self.has_speaker, self.is_swapped) = (!self.has_speaker, false);
    }

    fn show_audience_on(&mut self, screen: usize) {
        let Some(desk) = self.desk.filter(|_| screen < self.screens.len()) else { return };
        let (desk, is_swapped) = desk.with_audience_on(screen);
        (self.desk, self.is_swapped, self.has_speaker) = (Some(desk), is_swapped, true);
    }

    /// Takes in which screens there are, and puts the audience on the one of this name: see [`Desk::new`]. With one screen left the audience has the program's
    /// own window and the notes stand in a window over it.
    pub fn take_in_screens(&mut self, screens: Vec<Screen>, audience: &str) {
        let placed = Desk::new(&screens, audience);
        self.screens = screens;
        (self.desk, self.is_swapped) = match placed {
            // Without a speaker's window there is one alone, and it is the audience's.
            Some((desk, true)) if !self.has_speaker => (Some(Desk { own: desk.second, second: desk.own }), false),
            Some((desk, is_second)) => (Some(desk), is_second),
            None => (None, false),
        };
    }

    /// Whether a screen must have gone though the system still tells of it, as it does with X11: the windows of two screens lie over each other, and not only
    /// while they are being put there. `overlap` is whether they do now.
    pub fn has_lost_screen(&mut self, overlap: bool) -> bool {
        self.found_together = if overlap && self.desk.is_some() { self.found_together + 1 } else { 0 };
        self.found_together > 2
    }

    /// Goes on with a single screen, whatever the system tells, until it tells something else.
    pub fn do_with_one_screen(&mut self) {
        (self.desk, self.is_swapped, self.found_together) = (None, false, 0);
    }

    /// The screen that the audience sees; `None` with a single screen.
    pub fn audience_screen(&self) -> Option<usize> {
        self.desk.map(|desk| desk.audience(self.is_swapped))
    }

    fn toggle_auto(&mut self, is_kiosk: bool, slides: &[Slide], now_secs: f64) {
        let next_secs = now_secs + self.auto_secs(slides);
        self.auto = if self.auto.is_some() { None } else { Some(Auto { next_secs, is_kiosk }) };
    }

    /// The scene whose number was typed, and forgets it; `None` where none was, or there is no such scene.
    pub fn take_typed(&mut self, slides: &[Slide]) -> Option<Goal> {
        let number = std::mem::take(&mut self.typed).parse::<usize>().ok()?;
        (1..=slides.len()).contains(&number).then(|| (number - 1, 0))
    }

    /// How long the scene is shown when it goes on by itself, in seconds: its planned time, divided among its pictures.
    pub fn auto_secs(&self, slides: &[Slide]) -> f64 {
        const USUAL_SECS: f64 = 12.0;
        let Some(slide) = slides.get(self.slide) else { return USUAL_SECS };
        slide.seconds.map_or(USUAL_SECS, |secs| secs / slide.picture_count() as f64).max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        geometry::Projection,
        model::slide::{SlideKind, SlideStep},
        scene::Theme,
    };

    fn lecture() -> (Presenting, Vec<Slide>) {
        let quiz = Slide { kind: SlideKind::Quiz, seconds: Some(60.0), ..Slide::default() };
        let steps = Slide { steps: vec![SlideStep::default(); 2], ..Slide::default() };
        let session = crate::gui::session::Session::new(Day::new(0), [960.0, 540.0], Theme::Light);
        let home = Home {
            clock: session.clock,
            camera: Camera::whole_world(Projection::Globe, [960.0, 540.0]),
            view: View::DeFacto,
            look: Look::default(),
            telling: Telling::default(),
            comparing: None,
            full_screen: false,
            screen: None,
        };
        (Presenting::new(0, home), vec![Slide::default(), steps, quiz])
    }

    #[test]
    fn every_picture_comes_once_and_back_again() {
        let (mut talk, slides) = lecture();
        let mut there = vec![(talk.slide, talk.step)];
        while let Some(goal) = talk.next(&slides) {
            (talk.slide, talk.step) = goal;
            there.push(goal);
        }
        assert_eq!(there, [(0, 0), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1)]);
        let mut back = vec![(talk.slide, talk.step)];
        while let Some(goal) = talk.back(&slides) {
            (talk.slide, talk.step) = goal;
            back.push(goal);
        }
        back.reverse();
        assert_eq!(back, there);
    }

    #[test]
    fn a_typed_number_that_is_no_scene_leads_nowhere() {
        let (mut talk, slides) = lecture();
        for (typed, goal) in [("3", Some((2, 0))), ("0", None), ("4", None), ("", None), ("99999999999999999999999", None)] {
            typed.clone_into(&mut talk.typed);
            assert_eq!((talk.take_typed(&slides), talk.typed.as_str()), (goal, ""));
        }
    }

    #[test]
    fn what_covers_the_scene_goes_before_the_scene_does() {
        let (mut talk, slides) = lecture();
        assert_eq!(talk.take_step(PresentStep::Blank(Blank::Black), &slides, 0.0), None);
        assert_eq!((talk.take_step(PresentStep::Next, &slides, 1.0), talk.blank), (None, None));
        assert_eq!(talk.take_step(PresentStep::Next, &slides, 1.0), Some((1, 0)));
        talk.take_step(PresentStep::Digit(3), &slides, 2.0);
        assert_eq!(talk.take_step(PresentStep::Enter, &slides, 2.0), Some((2, 0)));
        assert_eq!(talk.take_step(PresentStep::Enter, &slides, 2.0), Some((1, 0)), "Enter without a number goes on");
    }

    #[test]
    fn windows_that_lie_over_each_other_for_long_have_lost_a_screen() {
        let (mut talk, _) = lecture();
        assert!((0..9).all(|_| !talk.has_lost_screen(true)), "there never were two");
        talk.desk = Some(Desk { own: 0, second: 1 });
        assert_eq!(
            [true, true, false, true, true, true].map(|overlap| talk.has_lost_screen(overlap)),
            [false, false, false, false, false, true]
        );
        talk.is_swapped = true;
        talk.do_with_one_screen();
        assert_eq!((talk.desk, talk.is_swapped), (None, false));
    }

    #[test]
    fn planned_time_is_shared_by_the_pictures() {
        let (mut talk, slides) = lecture();
        assert_eq!(talk.auto_secs(&slides), 12.0);
        talk.slide = 2;
        assert_eq!(talk.auto_secs(&slides), 30.0);
    }

    #[test]
    fn a_date_glides_from_end_to_end() {
        let glide = DateGlide { from: Day::new(100), to: Day::new(-100), since_secs: 5.0, secs: 2.0 };
        assert_eq!(
            [4.0, 5.0, 6.0, 7.0, 9.0].map(|now| glide.at(now)).map(|(day, over)| (day.get(), over)),
            [(100, false), (100, false), (0, false), (-100, true), (-100, true)]
        );
    }
}
