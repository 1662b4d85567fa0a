//! The words of a callout, broken into lines, and the size of the box that they need.

use crate::{
    model::{Atlas, Event, Project, rich_text::plain},
    scene::{
        Callout, Frame, SceneInput,
        fonts::{self, LINE_HEIGHT},
        item::{At, Face, Rect},
        markers::Marker,
    },
};

pub(super) const WIDTH: f32 = 264.0;
pub(super) const INSET: f32 = 10.0;
pub(super) const TITLE_SIZE: f32 = 14.0;
pub(super) const DATE_SIZE: f32 = 11.5;
pub(super) const TEXT_SIZE: f32 = 12.0;
pub(super) const PARTIES_SIZE: f32 = 11.0;
/// What the two signs in the upper right corner need in a window.
const CONTROLS: f32 = 44.0;
/// How many events of a pile are listed one by one.
const MOST_LISTED: usize = 9;
/// Letters never fade past this: what is uncertain must still be read, in a hall too.
pub(super) const FAINTEST: f32 = 0.88;
/// What the row says that leads to the accounts.
pub const ACCOUNTS: &str = "Accounts differ";

/// A callout that has no place yet.
pub(super) struct Written {
    callout: Callout,
    height: f32,
}

impl Written {
    /// The words of one event, only its title where it is folded, and the list of its pile where `lists`.
    pub(super) fn new(input: &SceneInput, marker: &Marker, folded: bool, lists: bool) -> Self {
        let mut callout = empty(input, marker, folded);
        if let Some(project) = input.project {
            let event = &project.events[marker.event];
            let controls = if matches!(input.frame, Frame::Window { .. }) { CONTROLS } else { 0.0 };
            callout.title = wrap(&event.title, Face::SemiBold, TITLE_SIZE, WIDTH - 2.0 * INSET - controls, if folded { 2 } else { 3 });
            if !folded {
                tell(&mut callout, input.atlas, event);
            }
            if lists && !folded {
                callout.also = list(project, marker, callout.letters(PARTIES_SIZE));
            }
        }
        let height = height(&mut callout);
        Self { callout, height }
    }

    pub(super) fn size(&self) -> [f32; 2] {
        [WIDTH, self.height]
    }

    /// The callout in its place.
    pub(super) fn at(self, rect: Rect, leader: Vec<At>) -> Callout {
        let moved = |row: Rect| Rect::new(rect.min[0] + row.min[0], rect.min[1] + row.min[1], row.width(), row.height());
        Callout { rect, leader, accounts: self.callout.accounts.map(moved), ..self.callout }
    }
}

impl Callout {
    /// The size of letters that a map on a screen sets in so many points.
    pub(super) fn letters(&self, points: f32) -> f32 {
        points.max(self.smallest_letters)
    }
}

fn empty(input: &SceneInput, marker: &Marker, folded: bool) -> Callout {
    let pinned = input.telling.is_pinned(marker.event);
    // What was pinned is there because somebody wants to see it, whatever the date.
    let opacity = if pinned { 1.0 } else { marker.opacity.max(FAINTEST) };
    Callout {
        event: marker.event,
        anchor: marker.place,
        rect: Rect::default(),
        leader: Vec::new(),
        title: Vec::new(),
        date: String::new(),
        text: Vec::new(),
        also: Vec::new(),
        parties: Vec::new(),
        accounts: None,
        pinned,
        folded,
        opacity,
        smallest_letters: input.smallest_letters(),
    }
}

fn wrap(text: &str, face: Face, size: f32, width: f32, lines: usize) -> Vec<String> {
    fonts::wrapped(text, face, size, width, lines)
}

fn tell(callout: &mut Callout, atlas: &Atlas, event: &Event) {
    let width = WIDTH - 2.0 * INSET;
    let (when, place) = (event.when(), if event.place.is_empty() { String::new() } else { format!(" · {}", event.place) });
    // A place cut short says less than the line that leads to it.
    let [date_size, parties_size] = [DATE_SIZE, PARTIES_SIZE].map(|size| callout.letters(size));
    let fits = fonts::text_width(&format!("{when}{place}"), Face::Medium, date_size, 0.0) <= width;
    let date = if fits { format!("{when}{place}") } else { when };
    callout.date = wrap(&date, Face::Medium, date_size, width, 1).pop().unwrap_or_default();
    callout.text = wrap(&plain(&event.text), Face::Regular, TEXT_SIZE, width, if event.importance == 1 { 5 } else { 3 });
    callout.parties = wrap(&parties(atlas, event), Face::Regular, parties_size, width, 2);
    callout.accounts = (!event.accounts.is_empty()).then(Rect::default);
}

fn parties(atlas: &Atlas, event: &Event) -> String {
    let sources = match event.sources.len() {
        0 => "no source".to_owned(),
        1 => "1 source".to_owned(),
        count => format!("{count} sources"),
    };
    event.parties.iter().map(|id| atlas.polities.name(id).to_owned()).chain([sources]).collect::<Vec<_>>().join(" · ")
}

/// The other events of a pile with the dates on which they began, in order of date.
fn list(project: &Project, marker: &Marker, size: f32) -> Vec<String> {
    let others: Vec<&Event> = marker.pile.iter().filter(|event| **event != marker.event).map(|event| &*project.events[*event]).collect();
    let line = |event: &&Event| {
        let text = format!("{} · {}", event.date.label(), event.title);
        wrap(&text, Face::Regular, size, WIDTH - 2.0 * INSET, 2)
    };
    let mut lines = vec!["Also here:".to_owned()];
    lines.extend(others.iter().take(MOST_LISTED).flat_map(line));
    if others.len() > MOST_LISTED {
        lines.push(format!("and {} more", others.len() - MOST_LISTED));
    }
    lines
}

/// A row of words with its face, size and the gap above it.
pub(super) struct Row<'a> {
    pub lines: &'a [String],
    pub face: Face,
    pub size: f32,
    pub gap: f32,
    pub quiet: bool,
}

/// The rows of a callout from the top, those without words left out.
pub(super) fn rows(callout: &Callout) -> impl Iterator<Item = Row<'_>> {
    let date = if callout.date.is_empty() { &[][..] } else { std::slice::from_ref(&callout.date) };
    let rows = [
        Row { lines: &callout.title, face: Face::SemiBold, size: TITLE_SIZE, gap: 0.0, quiet: false },
        Row { lines: date, face: Face::Medium, size: DATE_SIZE, gap: 2.0, quiet: true },
        Row { lines: &callout.text, face: Face::Regular, size: TEXT_SIZE, gap: 5.0, quiet: false },
        Row { lines: &callout.also, face: Face::Regular, size: PARTIES_SIZE, gap: 6.0, quiet: false },
        Row { lines: &callout.parties, face: Face::Regular, size: PARTIES_SIZE, gap: 4.0, quiet: true },
    ];
    rows.into_iter().filter(|row| !row.lines.is_empty()).map(|row| Row { size: callout.letters(row.size), ..row })
}

/// How high the box is; the row that leads to the accounts gets its place in it.
fn height(callout: &mut Callout) -> f32 {
    let mut height: f32 = INSET + rows(callout).map(|row| row.gap + row.lines.len() as f32 * row.size * LINE_HEIGHT).sum::<f32>();
    let size = callout.letters(PARTIES_SIZE);
    if let Some(row) = &mut callout.accounts {
        let width = fonts::text_width(ACCOUNTS, Face::Medium, size, 0.0);
        *row = Rect::new(INSET, height + 3.0, width, size * LINE_HEIGHT);
        height = row.max[1];
    }
    height + INSET - 3.0
}
