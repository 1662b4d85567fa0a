//! Everything that a person can ask for. Those that need nothing more to say are in one table: menus, palette, key sheet and keyboard read it.

use std::path::PathBuf;

use egui::{Key, KeyboardShortcut, Modifiers};

use super::{
    app::{DocumentAction, EditAction, Question, SourcesAction},
    charts::ChartFile,
    comparing::{CompareStep, Layout, panes::STEP},
    editing::{
        shaping::ShapeStep,
        tool::{DrawStep, Tool},
    },
    exporting::ExportStep,
    jobs::{JobId, work::Opened},
    keeping::KeepAction,
    letters::FoundFonts,
    manners,
    map_view::measure::MeasureStep,
    panels::callouts::TellAction,
    pictures::PictureAction,
    presenting::{Blank, Pointer, PresentStep, scenes::SceneAction},
    session::{Panel, Selection, Session},
    system::{Ask, Picked},
    timeline::TimelineAction,
};
use crate::{
    geometry::{BoundingBox, LonLat, Projection},
    model::{AllianceId, View, event::EventFilter},
    scene::{Coloring, Theme},
    time::Day,
};

/// The layers that can be switched, in the order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LayerId {
    /// Colours of polities.
    Polities,
    /// Hatches of claimants.
    Claims,
    /// Colours of alliances.
    Alliances,
    /// Borders.
    Borders,
    /// Regions of the document.
    Regions,
    /// Lines of the document.
    Lines,
    /// Events.
    Events,
    /// Places.
    Places,
    /// Arrows, texts and callouts.
    Annotations,
    /// Cities.
    Cities,
    /// Names of waters.
    Waters,
    /// Names.
    Labels,
    /// The small globe.
    Locator,
    /// Meridians and parallels.
    Graticule,
    /// Borders of today.
    Today,
}

impl LayerId {
    /// All, from the top of the picture down.
    pub const ALL: [(Self, &'static str); 15] = [
        (Self::Events, "Events"),
        (Self::Annotations, "Arrows and texts"),
        (Self::Places, "Places"),
        (Self::Labels, "Names"),
        (Self::Cities, "Cities"),
        (Self::Waters, "Waters"),
        (Self::Lines, "Lines of the story"),
        (Self::Regions, "Regions of the story"),
        (Self::Borders, "Borders"),
        (Self::Alliances, "Alliances"),
        (Self::Claims, "Claims"),
        (Self::Polities, "Control"),
        (Self::Locator, "Small globe"),
        (Self::Graticule, "Graticule"),
        (Self::Today, "Today's borders"),
    ];
}

/// A request. Carried out after the frame is drawn; the only way in which anything changes.
#[derive(Clone, Debug)]
pub enum Action {
    /// Something about time.
    Time(TimelineAction),
    /// Shows a document of the library, or the bare world.
    OpenDocument(Option<usize>),
    /// Reads documents from files.
    OpenFiles(Vec<PathBuf>),
    /// Shows or closes the card of the first screen.
    Welcome(bool),
    /// Shows or closes the box that asks for a file.
    OpenFileBox(bool),
    /// Takes in a file that was read, or says why it could not be.
    TakeIn(Box<Opened>),
    /// Calls off what a job does.
    CancelJob(JobId),
    /// Says that something went wrong.
    Trouble(String),
    /// Says that something was done.
    News(String),
    /// Something about sources and the bibliography.
    Sources(SourcesAction),
    /// Something about pictures of events.
    Picture(PictureAction),
    /// Shows the system's box for choosing files.
    Browse(Ask),
    /// Goes on with what was chosen there.
    Picked(Ask, Picked),
    /// Writes with fonts of the system what our own have no letters for; for the document of this title.
    BorrowFonts(String, FoundFonts),
    /// Whose picture of the world.
    SetView(View),
    /// The colours of everything.
    SetTheme(Theme),
    /// What the colours of lands tell.
    SetColoring(Coloring),
    /// The other theme.
    ToggleTheme,
    /// How the globe is flattened.
    SetProjection(Projection),
    /// The next projection.
    ToggleProjection,
    /// The next point of view.
    NextView,
    /// Shows or hides a layer.
    ToggleLayer(LayerId),
    /// How strongly a layer is drawn, 0 to 1.
    SetLayerOpacity(LayerId, f32),
    /// Colours the members of an alliance, or no longer.
    ToggleAlliance(AllianceId),
    /// Selects something, or lets go.
    Select(Option<Selection>),
    /// Lets go of the selection and closes what floats.
    Escape,
    /// Shows a place, and a date.
    GoTo {
        /// What to fit; `None` stays.
        bbox: Option<BoundingBox>,
        /// Which day; `None` stays.
        day: Option<Day>,
        /// What to select then.
        selection: Option<Selection>,
    },
    /// The whole world.
    Home,
    /// What is selected, as large as it fits.
    FitSelection,
    /// Zooms at the middle of the map.
    Zoom(f64),
    /// Moves the map by so many points.
    Pan(f64, f64),
    /// The view of the map before the last change.
    Back,
    /// And forward again.
    Forward,
    /// Opens or closes a panel.
    TogglePanel(Panel),
    /// Puts the cursor into the search box.
    FocusSearch,
    /// Full screen, or back.
    ToggleFullScreen,
    /// Motion as cuts, or eased.
    ToggleReducedMotion,
    /// Everything so many steps larger; 0 is the usual size.
    ScaleUi(i32),
    /// The sheet of keys.
    ToggleKeySheet,
    /// The palette of all actions.
    TogglePalette,
    /// Something about callouts and piles of events.
    Tell(TellAction),
    /// Puts a text on the clipboard.
    Copy(String),
    /// Asks what was at a place: selects the unit there, with its whole history.
    WhatWasHere(LonLat),
    /// Selects something and shows it as large as it fits.
    ZoomTo(Selection),
    /// Something about comparing two dates or views.
    Compare(CompareStep),
    /// Something about what is being measured.
    Measure(MeasureStep),
    /// Brings a place to the middle of the map.
    CentreOn(LonLat),
    /// Shows the events of some kinds only, on the map and in the list.
    FilterEvents(EventFilter),
    /// Changes a document, or goes through its changes.
    Edit(EditAction),
    /// Something about drawing on the map.
    Draw(DrawStep),
    /// Something about the selected shape, or the clipboard.
    Shape(ShapeStep),
    /// Something about saving, closing, bringing back.
    Keep(KeepAction),
    /// Something about the document besides single commands.
    Document(DocumentAction),
    /// Writes a chart to a file.
    SaveChart(Box<ChartFile>),
    /// Something about exports.
    Export(ExportStep),
    /// A step of a lecture.
    Present(PresentStep),
    /// Something about the scenes of the document.
    Scene(SceneAction),
    /// What was clicked on the audience's picture.
    PickOnStage(Option<Selection>),
    /// Shows the days from the first to the last on the timeline.
    SeeDays(Day, Day),
}

/// One row of the table.
pub struct Entry {
    /// What it is called in menus and the palette.
    pub label: &'static str,
    /// What it does, in a sentence.
    pub hint: &'static str,
    /// The heading on the key sheet.
    pub group: &'static str,
    /// The keys, the first of which is shown in menus.
    pub keys: &'static [KeyboardShortcut],
    /// Makes the request.
    pub make: fn() -> Action,
}

impl Entry {
    /// Whether it can be asked for now: some groups belong to something that must be there.
    pub fn applies(&self, session: &Session) -> bool {
        match self.group {
            "Measuring" => session.measure.is_some(),
            // In a lecture numbers and letters are the speaker's; the divider has keys of its own.
            "Comparing" => session.comparing.is_some() && (session.presenting.is_none() || self.label.starts_with("Divider")),
            "First screen" => session.welcome,
            "Editing" => session.tools.on,
            "Drawing" => session.tools.is_drawing(),
            "Lecture" => session.presenting.is_some(),
            "Magnifier" => session.presenting.as_ref().is_some_and(|talk| talk.pointer == Pointer::Magnifier),
            // A lecture has keys of its own; of the others only those that move the map are left.
            "Map" => session.presenting.is_none() || self.keys.iter().any(|shortcut| MAP_KEYS.contains(&shortcut.logical_key)),
            _ => session.presenting.is_none() || matches!(self.label, "Full screen" | "Step forward" | "Step back"),
        }
    }

    /// Whether it belongs to something that must be there: then its keys mean it before anything else.
    fn is_particular(&self) -> bool {
        matches!(self.group, "Measuring" | "Comparing" | "First screen" | "Editing" | "Drawing" | "Magnifier" | "Lecture")
    }
}

/// Keys of the map that stay while a lecture is given.
const MAP_KEYS: [Key; 3] = [Key::Plus, Key::Equals, Key::Minus];

const fn key(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

macro_rules! table {
    ($($group:literal { $($label:literal, $hint:literal, [$($keys:expr),*], $action:expr;)* })*) => {
        /// Every action that needs nothing more to say.
        pub const TABLE: &[Entry] = &[
            $($(Entry { label: $label, hint: $hint, group: $group, keys: &[$($keys),*], make: || $action },)*)*
        ];
    };
}

table! {
    "Time" {
        "Play or pause", "Runs time forward, or stops it.", [key(Key::Space), key(Key::K)], Action::Time(TimelineAction::TogglePlay);
        "Play backwards", "Runs time backward, or stops it.", [shift(Key::Space)], Action::Time(TimelineAction::PlayBackward);
        "Step forward", "Moves the date by one step.", [key(Key::ArrowRight)], Action::Time(TimelineAction::Step { forward: true, big: false });
        "Step back", "Moves the date back by one step.", [key(Key::ArrowLeft)], Action::Time(TimelineAction::Step { forward: false, big: false });
        "Big step forward", "Moves the date by a big step.", [shift(Key::ArrowRight)], Action::Time(TimelineAction::Step { forward: true, big: true });
        "Big step back", "Moves the date back by a big step.", [shift(Key::ArrowLeft)], Action::Time(TimelineAction::Step { forward: false, big: true });
        "Next event", "Goes to the next event.", [key(Key::Period)], Action::Time(TimelineAction::NextEvent);
        "Previous event", "Goes to the event before.", [key(Key::Comma)], Action::Time(TimelineAction::PreviousEvent);
        "First day", "Goes to the start of the story.", [key(Key::Home)], Action::Time(TimelineAction::First);
        "Last day", "Goes to the end of the story.", [key(Key::End)], Action::Time(TimelineAction::Last);
        "Faster", "Doubles the speed or so.", [shift(Key::Period)], Action::Time(TimelineAction::Faster);
        "Slower", "Halves the speed or so.", [shift(Key::Comma)], Action::Time(TimelineAction::Slower);
        "Type a date", "Goes to a date that you type.", [key(Key::T), ctrl(Key::G)], Action::Time(TimelineAction::OpenTypedDate);
    }
    "Map" {
        "Whole world", "Shows all of it.", [key(Key::Num0)], Action::Home;
        "Fit the selection", "Shows what is selected as large as it fits.", [key(Key::F)], Action::FitSelection;
        "Zoom in", "Closer.", [key(Key::Plus), key(Key::Equals)], Action::Zoom(1.5);
        "Zoom out", "Further away.", [key(Key::Minus)], Action::Zoom(1.0 / 1.5);
        "Pan up", "Moves the map.", [key(Key::ArrowUp)], Action::Pan(0.0, 100.0);
        "Pan down", "Moves the map.", [key(Key::ArrowDown)], Action::Pan(0.0, -100.0);
        "Back", "The view of the map before.", [key(Key::OpenBracket)], Action::Back;
        "Forward", "The view of the map after.", [key(Key::CloseBracket)], Action::Forward;
        "Change the projection", "Equal Earth, the globe, Mercator, in turn.", [key(Key::P)], Action::ToggleProjection;
        "Measure", "Distances and areas over the ground: click points on the map.", [key(Key::M)], Action::Measure(MeasureStep::Toggle);
        "Compare", "Keeps the date and the view shown, and compares them with those that you go to next.", [key(Key::A)], Action::Compare(CompareStep::Keep);
        "Next callout", "Selects the event in sight that comes next.", [key(Key::N)], Action::Tell(TellAction::Step { forward: true });
        "Previous callout", "Selects the event in sight that came before.", [shift(Key::N)], Action::Tell(TellAction::Step { forward: false });
        "Pin the callout", "Keeps the callout of the selected event through time, or lets it go.", [shift(Key::P)], Action::Tell(TellAction::PinSelected);
        "Fold the callout", "Only the title of the selected event's callout, or all of it.", [shift(Key::U)], Action::Tell(TellAction::FoldSelected);
        "Fold all callouts", "Only the titles of all callouts, or all of them.", [key(Key::U)], Action::Tell(TellAction::ToggleAllFolds);
        "Fan out a pile", "Spreads out the next pile of events, after the last one none.", [key(Key::X)], Action::Tell(TellAction::NextPile);
        "Next point of view", "De facto, United Nations, each party in turn.", [key(Key::V)], Action::NextView;
    }
    "Comparing" {
        "Swipe", "One map, cut at a divider that you drag.", [key(Key::Num1)], Action::Compare(CompareStep::Show(Layout::Swipe));
        "Side by side", "Two maps that move together.", [key(Key::Num2)], Action::Compare(CompareStep::Show(Layout::Side));
        "Difference", "Only the land and lines that differ, with a list of who gained and lost what.", [key(Key::Num3)], Action::Compare(CompareStep::Show(Layout::Difference));
        "Flip between the two", "Shows the one or the other, with each press.", [key(Key::A), key(Key::Num4)], Action::Compare(CompareStep::Flip);
        "Swap the two sides", "Makes the first side the second.", [key(Key::Z)], Action::Compare(CompareStep::Swap);
        "Keep the date shown", "Compares with the date and the view that are shown now.", [shift(Key::A)], Action::Compare(CompareStep::Keep);
        "Divider to the left", "Moves the divider.", [alt(Key::ArrowLeft)], Action::Compare(CompareStep::Nudge(-STEP));
        "Divider to the right", "Moves the divider.", [alt(Key::ArrowRight)], Action::Compare(CompareStep::Nudge(STEP));
        "List of changes", "Opens or closes who gained and lost what.", [key(Key::L)], Action::Compare(CompareStep::List);
        "End the comparison", "Back to one map.", [], Action::Compare(CompareStep::End);
    }
    "Measuring" {
        "End the line", "Sets no more points.", [key(Key::Enter)], Action::Measure(MeasureStep::End);
        "Take back the last point", "Removes it, or opens a closed line.", [key(Key::Backspace)], Action::Measure(MeasureStep::TakeBack);
        "Close the line", "Goes back to the first point and measures the area.", [shift(Key::Enter)], Action::Measure(MeasureStep::Close);
    }
    "Magnifier" {
        "Larger lens", "The magnifier shows more; the wheel does the same.", [key(Key::Plus), key(Key::Equals)], Action::Present(PresentStep::ResizeLens(1));
        "Smaller lens", "The magnifier shows less.", [key(Key::Minus)], Action::Present(PresentStep::ResizeLens(-1));
        "Put the magnifier away", "The lecture goes on without it.", [key(Key::Escape)], Action::Present(PresentStep::Hold(Pointer::Map));
    }
    "Lecture" {
        "Next picture", "The next step or scene.", [key(Key::PageDown), key(Key::ArrowRight), key(Key::ArrowDown), key(Key::Space), key(Key::N)], Action::Present(PresentStep::Next);
        "Picture before", "The step or scene before.", [key(Key::PageUp), key(Key::ArrowLeft), key(Key::ArrowUp), key(Key::Backspace)], Action::Present(PresentStep::Back);
        "Show the typed scene", "Goes to the scene whose number was typed, else on.", [key(Key::Enter)], Action::Present(PresentStep::Enter);
        "First scene", "Back to the beginning.", [key(Key::Home)], Action::Present(PresentStep::First);
        "Last scene", "To the end.", [key(Key::End)], Action::Present(PresentStep::Last);
        "Black", "Nothing but black, or the scene again.", [key(Key::B), key(Key::Period)], Action::Present(PresentStep::Blank(Blank::Black));
        "White", "Nothing but white, or the scene again.", [key(Key::W), key(Key::Comma)], Action::Present(PresentStep::Blank(Blank::White));
        "Freeze", "The audience's picture stands still while you go on, or no longer.", [key(Key::F)], Action::Present(PresentStep::Freeze);
        "Laser", "A red dot at the pointer.", [key(Key::L)], Action::Present(PresentStep::Hold(Pointer::Laser));
        "Ink", "Draws with ink that fades.", [key(Key::D)], Action::Present(PresentStep::Hold(Pointer::Ink));
        "Pen", "Draws with ink that stays.", [shift(Key::D)], Action::Present(PresentStep::Hold(Pointer::Pen));
        "Erase the ink", "Takes all of it away.", [key(Key::E)], Action::Present(PresentStep::Erase);
        "Spotlight", "Everything dark but a circle at the pointer.", [key(Key::P)], Action::Present(PresentStep::Hold(Pointer::Spotlight));
        "Magnifier", "A round lens at the pointer that shows the map more than twice as large.", [key(Key::M)], Action::Present(PresentStep::Hold(Pointer::Magnifier));
        "Speaker window", "Notes, the next scene and the clock in a window of their own.", [key(Key::S)], Action::Present(PresentStep::Speaker);
        "Swap windows", "Audience and speaker change windows.", [shift(Key::S)], Action::Present(PresentStep::Swap);
        "Overview", "All scenes as small pictures.", [key(Key::O)], Action::Present(PresentStep::Overview);
        "Glide back", "To the scene, after looking around.", [key(Key::R)], Action::Present(PresentStep::Return);
        "Timeline of the lecture", "Shows the timeline under the map, or hides it.", [key(Key::T)], Action::Present(PresentStep::Timeline);
        "Go on by itself", "Scene after scene, or no longer.", [key(Key::A)], Action::Present(PresentStep::Autoplay);
        "Kiosk", "Scene after scene for ever; what visitors moved comes back after a minute.", [shift(Key::A)], Action::Present(PresentStep::Kiosk);
        "Restart the clock", "The time of the talk begins anew.", [shift(Key::T)], Action::Present(PresentStep::ResetTimer);
        "End the lecture", "Back to where you were.", [key(Key::Escape)], Action::Present(PresentStep::End);
    }
    "First screen" {
        "First story", "Opens the first of the built-in stories.", [key(Key::Num1)], Action::OpenDocument(Some(0));
        "Second story", "Opens the second of the built-in stories.", [key(Key::Num2)], Action::OpenDocument(Some(1));
        "Third story", "Opens the third of the built-in stories.", [key(Key::Num3)], Action::OpenDocument(Some(2));
    }
    "Document" {
        "Undo", "Takes back the last change of the document.", [ctrl(Key::Z)], Action::Edit(EditAction::Undo);
        "Redo", "Makes the last change again that was taken back.", [ctrl_shift(Key::Z), ctrl(Key::Y)], Action::Edit(EditAction::Redo);
        "Save", "Saves the document shown.", [ctrl(Key::S)], Action::Keep(KeepAction::Save);
        "Save as", "Saves the document shown under another name.", [ctrl_shift(Key::S)], Action::Keep(KeepAction::SaveAs);
        "Export", "Writes the map, a scene, the whole lecture or a film of the map to files.", [ctrl(Key::E)], Action::Export(ExportStep::Open);
        "New document", "Opens an empty document.", [ctrl(Key::N)], Action::Edit(EditAction::New);
        "Copy of the story", "Opens a copy of the story shown, that you can change.", [ctrl_shift(Key::N)], Action::Edit(EditAction::Copy);
        "Record mode", "Changes of control and shape hold from the date shown on.", [shift(Key::R)], Action::Document(DocumentAction::ToggleRecording);
        "Find and replace", "Finds what people wrote in the document, and replaces it.", [ctrl(Key::H)], Action::TogglePanel(Panel::Find);
        "Checks", "Opens or closes the list of what is wrong or could be better.", [shift(Key::C)], Action::TogglePanel(Panel::Checks);
        "Balance", "Opens or closes how evenly the parties speak.", [shift(Key::B)], Action::TogglePanel(Panel::Balance);
        "Add an event", "Adds an event on the date shown, in the middle of the map.", [], Action::Document(DocumentAction::AddEvent(None));
        "Delete what is selected", "Takes it out of the document.", [], Action::Document(DocumentAction::Remove);
        "Duplicate with new dates", "Copies what is selected and asks for the dates of the copy.", [], Action::Document(DocumentAction::Ask(Question::Dates));
        "Make a what-if branch", "Marks the document as one that asks what if.", [], Action::Document(DocumentAction::Ask(Question::Branch));
        "Scenes", "Opens or closes the scenes of the lecture.", [key(Key::L)], Action::TogglePanel(Panel::Scenes);
        "Keep as a scene", "What is seen now becomes a scene of the lecture.", [shift(Key::K)], Action::Scene(SceneAction::Keep);
        "Copy the scene as a line", "Puts place, date, view and layers on the clipboard as a line that can be pasted in notes and opened again.", [shift(Key::L)], Action::Scene(SceneAction::CopyLine);
        "Edit", "Brings the tools that draw and change, or puts them away.", [key(Key::E)], Action::Draw(DrawStep::Toggle);
        "About the document", "Opens or closes the form of the document: title, parties, what it opens with.", [ctrl_shift(Key::I)], Action::TogglePanel(Panel::Document);
        "Add sources from a file", "Takes the sources of a BibTeX, RIS or CSL-JSON file into the document.", [], Action::Browse(Ask::Sources);
        "Sources", "Opens or closes the sources of the document.", [ctrl_shift(Key::B)], Action::TogglePanel(Panel::Sources);
    }
    "Editing" {
        "Select and move", "Selects what is clicked; drags it and its points. Ctrl and click or Ctrl and drag: several.", [key(Key::Num1)], Action::Draw(DrawStep::Choose(Tool::Select));
        "Set a place", "A click sets a named place.", [key(Key::Num2)], Action::Draw(DrawStep::Choose(Tool::Place));
        "Set an event", "A click sets an event on the date shown.", [key(Key::Num3)], Action::Draw(DrawStep::Choose(Tool::Event));
        "Draw a line", "Clicks set its points.", [key(Key::Num4)], Action::Draw(DrawStep::Choose(Tool::Line));
        "Draw a region", "Clicks set its corners.", [key(Key::Num5)], Action::Draw(DrawStep::Choose(Tool::Area));
        "Draw freehand", "Draws while the button is held.", [key(Key::Num6)], Action::Draw(DrawStep::Choose(Tool::Freehand));
        "Trace borders", "Clicks on borders; the line follows them exactly.", [key(Key::Num7)], Action::Draw(DrawStep::Choose(Tool::Trace));
        "Region of units", "Clicks choose the land that a region is made of.", [key(Key::Num8)], Action::Draw(DrawStep::Choose(Tool::Units));
        "Draw an arrow", "Clicks set its points; the head is at the last one.", [shift(Key::A)], Action::Draw(DrawStep::Choose(Tool::Arrow));
        "Put a text", "A click puts words on the map.", [shift(Key::T)], Action::Draw(DrawStep::Choose(Tool::Text));
        "Put a callout", "Two clicks: the place, and where the words about it stand.", [shift(Key::L)], Action::Draw(DrawStep::Choose(Tool::Callout));
        "Snap", "Points keep to borders and to shapes of the document; Alt lets them free.", [key(Key::Q)], Action::Draw(DrawStep::ToggleSnapping);
        "Delete", "Takes the clicked point out of the shape, or what is selected out of the document.", [key(Key::Delete)], Action::Shape(ShapeStep::Delete);
        "Duplicate", "Makes a copy of what is selected.", [ctrl(Key::D)], Action::Shape(ShapeStep::Duplicate);
        "Nudge left", "Moves what is selected a little.", [alt(Key::ArrowLeft)], Action::Shape(ShapeStep::Nudge(-2.0, 0.0));
        "Nudge right", "Moves what is selected a little.", [alt(Key::ArrowRight)], Action::Shape(ShapeStep::Nudge(2.0, 0.0));
        "Nudge up", "Moves what is selected a little.", [alt(Key::ArrowUp)], Action::Shape(ShapeStep::Nudge(0.0, -2.0));
        "Nudge down", "Moves what is selected a little.", [alt(Key::ArrowDown)], Action::Shape(ShapeStep::Nudge(0.0, 2.0));
    }
    "Drawing" {
        "Finish the drawing", "Makes a feature of what is drawn.", [key(Key::Enter)], Action::Draw(DrawStep::End);
        "Take back the last corner", "Removes it.", [key(Key::Backspace)], Action::Draw(DrawStep::TakeBack);
        "Follow borders", "Between two points on borders the line follows them.", [key(Key::T)], Action::Draw(DrawStep::ToggleTracing);
    }
    "Window" {
        "Open a file", "Reads a GeoJSON document.", [ctrl(Key::O)], Action::OpenFileBox(true);
        "First screen", "The stories, what was opened before.", [shift(Key::H)], Action::Welcome(true);
        "Search", "Finds places, polities, disputes, alliances, events.", [ctrl(Key::F), key(Key::Slash)], Action::FocusSearch;
        "All actions", "Finds an action by its name.", [ctrl(Key::K)], Action::TogglePalette;
        "Keys", "Shows this sheet.", [shift(Key::Slash), key(Key::F1)], Action::ToggleKeySheet;
        "Layers and legend", "Opens or closes the panel on the left.", [key(Key::Y)], Action::TogglePanel(Panel::Layers);
        "Inspector", "Opens or closes what is selected.", [key(Key::I)], Action::TogglePanel(Panel::Inspector);
        "Event list", "Opens or closes the list of events.", [key(Key::G)], Action::TogglePanel(Panel::Events);
        "Map as text", "Opens or closes everything that is to be seen as headings and lists.", [key(Key::R)], Action::TogglePanel(Panel::Text);
        "Charts", "Opens or closes the charts.", [key(Key::C)], Action::TogglePanel(Panel::Charts);
        "Timeline", "Opens or closes the timeline.", [key(Key::H)], Action::TogglePanel(Panel::Timeline);
        "Light or dark", "Changes the theme.", [shift(Key::D)], Action::ToggleTheme;
        "Colours of the story", "The parties of the story stand out.", [], Action::SetColoring(Coloring::Story);
        "Political colours", "Every polity in its own colour.", [], Action::SetColoring(Coloring::Political);
        "Colours of alliances", "Members in the colours of their alliances.", [], Action::SetColoring(Coloring::Alliances);
        "Colours of disputes", "Only what is disputed has colour.", [], Action::SetColoring(Coloring::Disputes);
        "High contrast", "Black on white with wide lines, for weak projectors and the last row.", [], Action::SetTheme(Theme::HighContrast);
        "Print colours", "A white ground whose lands a black-and-white copy still tells apart.", [], Action::SetTheme(Theme::Print);
        "Larger", "Draws everything larger.", [ctrl(Key::Plus), ctrl(Key::Equals)], Action::ScaleUi(1);
        "Smaller", "Draws everything smaller.", [ctrl(Key::Minus)], Action::ScaleUi(-1);
        "Usual size", "Draws everything in its usual size.", [ctrl(Key::Num0)], Action::ScaleUi(0);
        "Reduce motion", "Cuts instead of movements.", [shift(Key::M)], Action::ToggleReducedMotion;
        "Present", "Gives the lecture of the story from its first scene.", [key(Key::F5)], Action::Present(PresentStep::Begin { from_start: true });
        "Present from here", "Goes on with the scene that was shown last.", [shift(Key::F5)], Action::Present(PresentStep::Begin { from_start: false });
        "Full screen", "Only the program on the screen, or back.", [key(Key::F11)], Action::ToggleFullScreen;
        "Close the story", "Back to the bare world; asks about changes that are not saved.", [ctrl(Key::W)], Action::Keep(KeepAction::CloseStory);
        "New window", "Opens another window, which no fault of this one can reach.", [], Action::Keep(KeepAction::NewWindow);
        "Let go", "Lets go of the selection, closes what floats.", [key(Key::Escape)], Action::Escape;
    }
}

/// The requests of the keys pressed in this frame. Nothing while a text field has the keyboard, but for Escape; Space and Enter belong to a control that has
/// it, arrows to one that moves by them, and all three to a menu that is open.
pub fn from_keyboard(ctx: &egui::Context, session: &Session) -> Vec<Action> {
    // What is typed before the field of a box has the keyboard is not meant for the map below it.
    let has_box = session.open_file
        || session.export_box
        || session.keep_box.is_some()
        || session.waiting_sources.is_some()
        || session.pictures.has_box();
    let typing = ctx.text_edit_focused() || has_box;
    // Space and Enter press the control that has the keyboard, once somebody went there with Tab.
    let on_control = ctx.memory(|memory| memory.focused()).is_some();
    // A menu that is open closes with Escape by itself.
    let has_menu = egui::Popup::is_any_open(ctx);
    let moves_by_arrows = has_menu || manners::arrows_are_kept(ctx);
    let escape_is_taken = has_menu || manners::escape_is_kept(ctx);
    let leaves_undo = !has_box && manners::undo_is_left(ctx);
    let mut asked = Vec::new();
    ctx.input_mut(|input| {
        let applying = |particular: bool| TABLE.iter().filter(move |entry| entry.is_particular() == particular && entry.applies(session));
        for entry in applying(true).chain(applying(false)) {
            for shortcut in entry.keys {
                let is_escape = shortcut.logical_key == Key::Escape;
                let presses = matches!(shortcut.logical_key, Key::Space | Key::Enter) && shortcut.modifiers == Modifiers::NONE;
                let is_arrow = matches!(shortcut.logical_key, Key::ArrowUp | Key::ArrowDown | Key::ArrowLeft | Key::ArrowRight);
                // What is being typed can be saved, unless a box over everything is open.
                let saves = shortcut.logical_key == Key::S && shortcut.modifiers.command && !has_box;
                let undoes = matches!(entry.label, "Undo" | "Redo") && leaves_undo;
                let is_taken = (typing && !saves && !undoes) || (presses && (on_control || has_menu)) || (is_arrow && moves_by_arrows);
                let waits = if is_escape { escape_is_taken } else { is_taken };
                if waits {
                    continue;
                }
                if consumed(input, shortcut) {
                    asked.push((entry.make)());
                }
            }
        }
        if session.presenting.is_some() {
            asked.extend(typed_digits(input));
        }
    });
    asked
}

/// Digits in a lecture are the number of a scene.
fn typed_digits(input: &mut egui::InputState) -> Vec<Action> {
    const DIGITS: [Key; 10] =
        [Key::Num0, Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    let digits = (0..).zip(DIGITS).filter(|(_, digit)| consumed(input, &key(*digit)));
    digits.map(|(digit, _)| Action::Present(PresentStep::Digit(digit))).collect()
}

/// Whether an event is the press of a key that opens a field to type in, while none has the keyboard.
pub fn opens_field(event: &egui::Event, session: &Session) -> bool {
    let meant = |particular: bool| {
        let applying = TABLE.iter().filter(move |entry| entry.is_particular() == particular && entry.applies(session));
        applying.into_iter().find(|entry| entry.keys.iter().any(|shortcut| is_press(event, shortcut)))
    };
    let entry = meant(true).or_else(|| meant(false));
    entry.is_some_and(|entry| match (entry.make)() {
        Action::FocusSearch | Action::TogglePalette | Action::OpenFileBox(true) | Action::Time(TimelineAction::OpenTypedDate) => true,
        Action::TogglePanel(panel) => panel == Panel::Find && !session.panels.is_open(panel),
        _ => false,
    })
}

/// Takes a key press that matches exactly: Shift+Right must not also be Right.
fn consumed(input: &mut egui::InputState, shortcut: &KeyboardShortcut) -> bool {
    let before = input.events.len();
    input.events.retain(|event| !is_press(event, shortcut));
    input.events.len() < before
}

fn is_press(event: &egui::Event, shortcut: &KeyboardShortcut) -> bool {
    let egui::Event::Key { key, pressed: true, modifiers, .. } = event else { return false };
    (*key == shortcut.logical_key && modifiers.matches_exact(shortcut.modifiers)) || is_shifted_sign(*key, *modifiers, shortcut)
}

/// Layouts on which a sign needs Shift report either the sign itself or the key below it: `?` is also Shift and `/`, and `+` may carry Shift.
fn is_shifted_sign(key: Key, modifiers: Modifiers, shortcut: &KeyboardShortcut) -> bool {
    let asks_for_keys = shortcut.logical_key == Key::Slash && shortcut.modifiers == Modifiers::SHIFT;
    match key {
        Key::Questionmark => asks_for_keys,
        Key::Plus => {
            let without_shift = Modifiers { shift: false, ..modifiers };
            shortcut.logical_key == Key::Plus && modifiers.shift && without_shift.matches_exact(shortcut.modifiers)
        }
        _ => false,
    }
}

/// The first key of the table's row with this label, for tooltips; empty when it has none.
pub fn key_text(label: &str) -> String {
    let entry = TABLE.iter().find(|entry| entry.label == label);
    entry.and_then(|entry| entry.keys.first()).map_or_else(String::new, shortcut_text)
}

/// A shortcut as people read it: signs as they stand on the keyboard.
pub fn shortcut_text(shortcut: &KeyboardShortcut) -> String {
    let shifted = match shortcut.logical_key {
        _ if shortcut.modifiers != Modifiers::SHIFT => None,
        Key::Slash => Some("?"),
        Key::Period => Some(">"),
        Key::Comma => Some("<"),
        _ => None,
    };
    let whole = shortcut.format(&egui::ModifierNames::NAMES, cfg!(target_os = "macos"));
    match (shifted, sign(shortcut.logical_key)) {
        (Some(shifted), _) => shifted.to_owned(),
        (None, Some(sign)) if shortcut.modifiers == Modifiers::NONE => sign.to_owned(),
        // After another key a plus would read like a sum.
        (None, Some(sign)) if sign != "+" => whole.replace(shortcut.logical_key.name(), sign),
        _ => whole,
    }
}

/// The sign on a key that egui calls by a name.
fn sign(key: Key) -> Option<&'static str> {
    Some(match key {
        Key::Slash => "/",
        Key::Questionmark => "?",
        Key::Period => ".",
        Key::Comma => ",",
        Key::Plus => "+",
        Key::Minus => "-",
        Key::Equals => "=",
        Key::OpenBracket => "[",
        Key::CloseBracket => "]",
        Key::Escape => "Esc",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn no_two_actions_share_a_key() {
        let mut seen: HashMap<(Modifiers, Key), Vec<&Entry>> = HashMap::new();
        for entry in TABLE {
            for shortcut in entry.keys {
                let others = seen.entry((shortcut.modifiers, shortcut.logical_key)).or_default();
                // What belongs to something that must be there may take a key while it is.
                let clash = others.iter().find(|other| other.group == entry.group || !(other.is_particular() || entry.is_particular()));
                assert!(clash.is_none(), "{} has the key of {}", entry.label, clash.map_or("", |other| other.label));
                others.push(entry);
            }
        }
    }

    #[test]
    fn keys_read_as_they_stand_on_the_keyboard() {
        let texts = [shift(Key::Slash), key(Key::Plus), ctrl(Key::Plus), ctrl(Key::Equals), ctrl(Key::F), key(Key::Escape)]
            .map(|keys| shortcut_text(&keys));
        let ctrl_name = if cfg!(target_os = "macos") { "Cmd" } else { "Ctrl" };
        let of_ctrl = |rest: &str| format!("{ctrl_name}+{rest}");
        assert_eq!(texts, ["?".to_owned(), "+".to_owned(), of_ctrl("Plus"), of_ctrl("="), of_ctrl("F"), "Esc".to_owned()]);
    }

    #[test]
    fn every_action_says_what_it_does() {
        for entry in TABLE {
            assert!(!entry.label.is_empty() && entry.hint.ends_with('.'), "{}", entry.label);
        }
        assert_eq!(TABLE.iter().map(|entry| entry.label).collect::<std::collections::HashSet<_>>().len(), TABLE.len());
    }
}
