//! What a person looks at: date, camera, view, selection, panels. Neither saved in a project nor undone.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use eframe::egui;

use super::{
    comparing::Comparing,
    editing::{
        Editing,
        citing::Citing,
        sources_in::{SourcesIn, SourcesReport},
        tool::Tools,
    },
    exporting::choices::Choices,
    keeping::{KeepBox, Keeping},
    map_view::measure::Measure,
    pictures::Pictures,
    presenting::Presenting,
};

use crate::{
    geometry::{BoundingBox, Camera, Projection, topology::UnitIx},
    model::{AllianceId, Atlas, DisputeId, PolityIx, Project, View},
    scene::{Look, Telling, Theme, look::parties_of},
    time::{Clock, Day, Ending, Step, TimeMode},
};

/// The documents that are open: the built-in cases first, then what people opened.
pub struct Library {
    /// The built-in facts.
    pub atlas: Arc<Atlas>,
    /// Cases and opened documents; a position in this list is a document's name in the session.
    pub documents: Vec<Project>,
    /// How many of them are built in.
    pub built_in: usize,
    /// Those that can be changed, by position.
    pub edited: BTreeMap<usize, Editing>,
    /// Where work is kept until it is saved.
    pub keeping: Keeping,
    /// The window, for threads that have something to say.
    pub wake: egui::Context,
}

impl Library {
    /// The atlas with its built-in documents.
    pub fn new(atlas: Atlas, documents: Vec<Project>) -> Self {
        let (keeping, wake) = (Keeping::nothing(), egui::Context::default());
        Self { built_in: documents.len(), documents, atlas: Arc::new(atlas), edited: BTreeMap::new(), keeping, wake }
    }

    /// The documents as references, as the search wants them.
    pub fn list(&self) -> Vec<&Project> {
        self.documents.iter().collect()
    }
}

/// What is selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// A territorial unit, and with it whoever holds it.
    Unit(UnitIx),
    /// A polity as a whole.
    Polity(PolityIx),
    /// A disputed area.
    Dispute(DisputeId),
    /// An alliance.
    Alliance(AllianceId),
    /// An event: document and position.
    Event(usize, usize),
    /// A region of a document.
    Region(usize, usize),
    /// A line of a document.
    Line(usize, usize),
    /// A place of a document.
    Place(usize, usize),
    /// An arrow, a text or a callout of a document.
    Annotation(usize, usize),
}

/// The panels that fold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Panel {
    /// Layers, alliances and legend, on the left.
    Layers,
    /// What is selected, on the right.
    Inspector,
    /// The list of events, on the right.
    Events,
    /// The map as text, on the right.
    Text,
    /// The form of the document, on the right.
    Document,
    /// The document's sources, on the right.
    Sources,
    /// Charts, over the timeline.
    Charts,
    /// The timeline.
    Timeline,
    /// What is wrong in the document or could be better, on the right.
    Checks,
    /// How evenly the parties of the document speak, on the right.
    Balance,
    /// Finding and replacing what people wrote, on the right.
    Find,
    /// The scenes of the lecture, on the right.
    Scenes,
    /// Who gained and lost what between the two sides of a comparison, on the right.
    Changes,
}

impl Panel {
    /// Those that lie over the right side of the map, of which one can be open.
    pub const ON_THE_RIGHT: [Self; 10] = [
        Self::Inspector,
        Self::Events,
        Self::Text,
        Self::Document,
        Self::Sources,
        Self::Checks,
        Self::Balance,
        Self::Find,
        Self::Scenes,
        Self::Changes,
    ];

    /// Every panel with the name that settings have for it.
    const NAMES: [(Self, &'static str); 13] = [
        (Self::Layers, "layers"),
        (Self::Inspector, "inspector"),
        (Self::Events, "events"),
        (Self::Text, "text"),
        (Self::Document, "document"),
        (Self::Sources, "sources"),
        (Self::Charts, "charts"),
        (Self::Timeline, "timeline"),
        (Self::Checks, "checks"),
        (Self::Balance, "balance"),
        (Self::Find, "find"),
        (Self::Scenes, "scenes"),
        (Self::Changes, "changes"),
    ];
}

/// Which panels are open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panels {
    open: Vec<Panel>,
}

impl Panels {
    /// Whether a panel is open.
    pub fn is_open(&self, panel: Panel) -> bool {
        self.open.contains(&panel)
    }

    /// The panels of these names; a name that is none of ours opens nothing.
    pub fn from_names<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut panels = Self { open: Vec::new() };
        let known = names.filter_map(|name| Panel::NAMES.iter().find(|(_, own)| *own == name));
        known.for_each(|(panel, _)| panels.show(*panel));
        panels
    }

    /// Whether a panel at a side was opened before another one at the other side.
    fn is_older_side(&self, panel: Panel) -> bool {
        let is_side = |panel: &Panel| *panel == Panel::Layers || Panel::ON_THE_RIGHT.contains(panel);
        let newest = self.open.iter().rev().find(|other| is_side(other));
        is_side(&panel) && newest.is_some_and(|newest| *newest != panel)
    }

    /// The names of the open panels, the one opened last at the end.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.open.iter().filter_map(|panel| Panel::NAMES.iter().find(|(own, _)| own == panel).map(|(_, name)| *name))
    }

    /// Opens a closed panel and closes an open one. Those on the right share its room: opening one closes the others.
    pub fn toggle(&mut self, panel: Panel) {
        if self.is_open(panel) {
            self.open.retain(|other| *other != panel);
        } else {
            self.show(panel);
        }
    }

    /// Closes the panels at both sides of the map.
    pub fn close_sides(&mut self) {
        self.open.retain(|panel| *panel != Panel::Layers && !Panel::ON_THE_RIGHT.contains(panel));
    }

    /// Opens a panel.
    pub fn show(&mut self, panel: Panel) {
        let is_rival = |other: Panel| Panel::ON_THE_RIGHT.contains(&panel) && Panel::ON_THE_RIGHT.contains(&other);
        self.open.retain(|other| !is_rival(*other) && *other != panel);
        self.open.push(panel);
    }
}

/// Everything about looking.
pub struct Session {
    /// The date and how it moves.
    pub clock: Clock,
    /// Where the map looks.
    pub camera: Camera,
    /// Whose picture of the world.
    pub view: View,
    /// Theme, layers, alliances, focus.
    pub look: Look,
    /// The document that is shown, by position in the library; `None` for the bare world.
    pub document: Option<usize>,
    /// What is selected.
    pub selection: Option<Selection>,
    /// What was done by hand with callouts and piles of the document.
    pub telling: Telling,
    /// Whether the open pile stays when the pointer leaves it.
    pub fan_held: bool,
    /// Which panels are open.
    pub panels: Panels,
    /// Whether playing and dragging keep to events.
    pub snap: bool,
    /// Whether motion is to be reduced to cuts.
    pub reduced_motion: bool,
    /// The day on which the program was started.
    pub today: Day,
    /// Full screen.
    pub full_screen: bool,
    /// Whether the key sheet is open.
    pub key_sheet: bool,
    /// Whether the palette is open.
    pub palette: bool,
    /// The comparison under way.
    pub comparing: Option<Comparing>,
    /// What is being measured on the map.
    pub measure: Option<Measure>,
    /// The tools that change the shown document.
    pub tools: Tools,
    /// Whether changes of shapes hold from the shown date on and leave what was before as it was.
    pub recording: bool,
    /// Whether the card of the first screen is there.
    pub welcome: bool,
    /// Whether the box that asks for a file is open.
    pub open_file: bool,
    /// Whether the box for exports is open.
    pub export_box: bool,
    /// What was chosen there last.
    pub export: Choices,
    /// The box about saving, closing or bringing back that stands over everything.
    pub keep_box: Option<KeepBox>,
    /// How large everything is drawn, 1 being the usual size.
    pub ui_scale: f32,
    /// Files opened, the newest first.
    pub recents: Vec<PathBuf>,
    /// The features of the shown document that are chosen together, by id; empty for no more than what is selected.
    pub chosen: Vec<String>,
    /// The scene that is chosen in the list of scenes, by position.
    pub scene: Option<usize>,
    /// The lecture that is being given.
    pub presenting: Option<Presenting>,
    /// The name of the screen that the audience of lectures is to see; empty for one on which the program's window is not.
    pub audience_screen: String,
    /// How sources are shown, and the list in the chosen style.
    pub citing: Citing,
    /// Pictures of events: those that wait, those that are shown.
    pub pictures: Pictures,
    /// Sources that wait for a document that can be changed.
    pub waiting_sources: Option<Arc<SourcesIn>>,
    /// What became of the sources that were taken in last, until that was read.
    pub sources_report: Option<Arc<SourcesReport>>,
}

/// A map narrower than this, in points, has room for a panel at one side only.
const NARROW_POINTS: f64 = 1100.0;
/// The first and the last year that the clock shows of the bare world.
const WORLD_YEARS: (i64, i64) = (1774, 2026);

impl Session {
    /// The world today, in the de facto view.
    pub fn new(today: Day, size_points: [f64; 2], theme: Theme) -> Self {
        let mut clock = Clock::new(year_start(WORLD_YEARS.0), year_start(WORLD_YEARS.1).max(today));
        clock.go_to(today);
        clock.stepping = Step::Year;
        clock.adaptive = true;
        clock.ending = Ending::Once;
        Self {
            clock,
            camera: Camera::whole_world(Projection::EqualEarth, size_points),
            view: View::DeFacto,
            look: Look { theme, ..Look::default() },
            document: None,
            selection: None,
            telling: Telling::default(),
            fan_held: false,
            panels: Panels { open: vec![Panel::Layers, Panel::Timeline] },
            snap: true,
            reduced_motion: false,
            today,
            full_screen: false,
            key_sheet: false,
            palette: false,
            comparing: None,
            measure: None,
            tools: Tools::default(),
            recording: false,
            welcome: false,
            open_file: false,
            export_box: false,
            export: Choices::default(),
            keep_box: None,
            ui_scale: 1.0,
            recents: Vec::new(),
            chosen: Vec::new(),
            scene: None,
            presenting: None,
            audience_screen: String::new(),
            citing: Citing::default(),
            pictures: Pictures::default(),
            waiting_sources: None,
            sources_report: None,
        }
    }

    /// Whether a panel is to be seen: in a narrow window only that side's which was opened last.
    pub fn shows(&self, panel: Panel) -> bool {
        self.shows_in(panel, self.camera.size_points[0])
    }

    /// The same for a map of some width in points.
    pub fn shows_in(&self, panel: Panel, width_points: f64) -> bool {
        let is_narrow = width_points < NARROW_POINTS;
        let has_subject = panel != Panel::Changes || self.comparing.is_some();
        self.panels.is_open(panel) && has_subject && !(is_narrow && self.panels.is_older_side(panel))
    }

    /// Brings a panel that is not to be seen, and closes one that is.
    pub fn toggle_panel(&mut self, panel: Panel) {
        if self.shows(panel) { self.panels.toggle(panel) } else { self.panels.show(panel) }
    }

    /// The day that is shown.
    pub fn day(&self) -> Day {
        self.clock.current_day()
    }

    /// The selected event, where it is one of the shown document: its position there.
    pub fn selected_event(&self) -> Option<usize> {
        match self.selection {
            Some(Selection::Event(document, event)) if Some(document) == self.document => Some(event),
            _ => None,
        }
    }

    /// The first and the last day whose events are shown. As of a day an event stays for one step of the clock, so that stepping from year to
    /// year or from month to month misses none.
    pub fn shown_days(&self) -> (Day, Day) {
        let day = self.day();
        if let Some(talk) = &self.presenting {
            return (day.plus_days(-talk.event_days), day);
        }
        let since = match (self.clock.mode, self.clock.stepping) {
            (TimeMode::Window { .. } | TimeMode::SinceStart, _) => return self.clock.shown_days(),
            (TimeMode::AsOf, Step::Day | Step::NextEvent) => day,
            (TimeMode::AsOf, Step::Week) => day.plus_days(-6),
            (TimeMode::AsOf, Step::Month) => day.plus_months(-1).plus_days(1),
            (TimeMode::AsOf, Step::Year) => day.plus_years(-1).plus_days(1),
            (TimeMode::AsOf, Step::Decade | Step::Century) => day.plus_years(-10).plus_days(1),
        };
        (since, day)
    }

    /// Opens a document: its date, view, alliances and parties. Gives the box to fly to, if it names one.
    pub fn open_document(&mut self, library: &Library, index: usize) -> Option<BoundingBox> {
        let project = library.documents.get(index)?;
        let theme = self.look.theme;
        self.document = Some(index);
        self.sources_report = None;
        self.selection = None;
        self.pictures.enlarged = None;
        self.tools.put_away();
        self.comparing = None;
        (self.recording, self.chosen, self.scene) = (false, Vec::new(), None);
        self.telling = Telling::default();
        self.look = Look::of_project(&library.atlas, project, theme);
        if library.atlas.tenure.views().contains(&project.opening.view) {
            self.view = project.opening.view.clone();
        }
        self.clock.range = document_range(project, self.today);
        (self.clock.in_mark, self.clock.out_mark, self.clock.playing) = (None, None, None);
        self.clock.go_to(project.opening_day(self.today));
        self.panels.show(Panel::Events);
        project.opening.bbox
    }

    /// Takes from a changed document what the session has of it: room on the clock for what it tells of, and its parties, who stand out unless a scene says who does.
    pub fn follow_document(&mut self, library: &Library) {
        let Some(project) = self.document.and_then(|index| library.documents.get(index)) else { return };
        let (first, last) = document_range(project, self.today);
        [first, last].into_iter().for_each(|day| self.clock.make_room_for(day));
        if self.scene.is_none() {
            self.look.focus = parties_of(&library.atlas, project);
        }
    }

    /// Closes the document: the bare world remains, at the same date.
    pub fn close_document(&mut self, today: Day) {
        let day = self.day();
        self.document = None;
        self.selection = None;
        self.pictures.enlarged = None;
        self.tools.put_away();
        self.comparing = None;
        (self.recording, self.chosen, self.scene) = (false, Vec::new(), None);
        self.telling = Telling::default();
        self.look = Look { theme: self.look.theme, ..Look::default() };
        self.clock.range = (year_start(WORLD_YEARS.0), year_start(WORLD_YEARS.1).max(today));
        (self.clock.in_mark, self.clock.out_mark, self.clock.playing) = (None, None, None);
        self.clock.go_to(day);
    }
}

/// From a year before its first event to a year after its last one, but not into the future unless the document itself goes there. A dispute that began and
/// has no end goes on today.
fn document_range(project: &Project, today: Day) -> (Day, Day) {
    let events = project.events.iter().map(|event| event.span.first_day());
    let first = events.clone().chain([project.span.first_day()]).filter(|day| *day != Day::MIN).min();
    let last =
        project.events.iter().map(|event| event.span.past_end()).chain([project.span.past_end()]).filter(|day| *day != Day::MAX).max();
    let (first, last) = (first.unwrap_or(year_start(WORLD_YEARS.0)), last.unwrap_or(year_start(WORLD_YEARS.1)));
    let is_open = project.span.first_day() != Day::MIN && project.span.past_end() == Day::MAX;
    let last = [project.opening.day, is_open.then_some(today)].into_iter().flatten().fold(last, Day::max);
    (first.plus_years(-1), last.plus_years(1).min(today.max(last)))
}

fn year_start(year: i64) -> Day {
    Day::from_ymd(year, 1, 1).unwrap_or(Day::new(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::{Progress, project_file::parse_document};

    #[test]
    fn a_dispute_without_an_end_goes_on_today_or_nobody_could_add_what_came_after_its_last_event() {
        let last_day = |header: &str| {
            let text = format!(
                r#"{{"type": "FeatureCollection", "border_atlas": {{"version": 1, "title": "Own"{header}}}, "features": [{{"type": "Feature", "properties":
                {{"kind": "event", "id": "one", "event": "clash", "name": "One", "start": "1992"}}, "geometry": {{"type": "Point", "coordinates": [36, 22]}}}}]}}"#
            );
            let read = parse_document("own.geojson", "own", &text, &Progress::default());
            let project = read.expect("a document").project().0;
            document_range(&project, Day::from_ymd(2020, 6, 15).expect("a day")).1.to_string()
        };
        assert_eq!(last_day(r#", "start": "1899""#), "2020-06-15");
        assert_eq!(last_day(r#", "start": "1899", "end": "1992""#), "1994-01-01");
        assert_eq!(last_day(""), "1994-01-01", "a file of events says nothing of a dispute");
    }
}
