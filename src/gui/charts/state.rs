//! What the charts remember: what they show, and the numbers and pictures by what they were made from.

use std::sync::Arc;

use super::ChartsInput;
use crate::{
    geometry::topology::UnitIx,
    gui::session::Selection,
    model::{
        AllianceId, CaseId, Chart, DisputeId, PolityIx, View,
        chart::{AreaOf, ChartKind, Topic},
    },
    scene::{Item, Rect, Style, Theme, chart::ChartFrame},
    time::Day,
};

/// What the charts remember for a session.
pub struct ChartsState {
    /// What the one chart or the two show.
    slots: [ChartKind; 2],
    /// Whether the charts show the days that the timeline shows.
    pub(super) follow: bool,
    /// The days that are seen while they do not follow.
    pub(super) days: Option<[f64; 2]>,
    /// The folder that files go to, as typed; `None` until it is wanted.
    pub(super) folder: Option<String>,
    /// The land of what the pointer is on, rising.
    pub(super) outlined: Vec<UnitIx>,
    /// How many rows of names each chart needed at most: they keep their room, so that nothing jumps while time moves.
    pub(super) rows: [usize; 2],
    /// The document and selection that were heard of last.
    document: Option<CaseId>,
    heard: Option<Selection>,
    /// What was selected last, of each sort.
    dispute: Option<DisputeId>,
    polity: Option<PolityIx>,
    alliance: Option<AllianceId>,
    charts: [Option<(ChartKey, Arc<Chart>)>; 4],
    drawn: [Option<(DrawnKey, Arc<Drawn>)>; 2],
    style: Option<Style>,
    fills: u64,
}

impl Default for ChartsState {
    fn default() -> Self {
        Self {
            slots: [ChartKind::Area, ChartKind::Events],
            follow: true,
            days: None,
            folder: None,
            outlined: Vec::new(),
            rows: [1; 2],
            document: None,
            heard: None,
            dispute: None,
            polity: None,
            alliance: None,
            charts: Default::default(),
            drawn: Default::default(),
            style: None,
            fills: 0,
        }
    }
}

/// What the numbers were counted from. Edited documents lie elsewhere in memory than the ones before them.
#[derive(Clone, Debug, PartialEq)]
struct ChartKey {
    topic: Topic,
    view: View,
    document: Option<CaseId>,
    /// Which state of the document.
    stamp: u64,
}

impl ChartKey {
    fn new(input: &ChartsInput, topic: Topic) -> Self {
        Self {
            topic,
            view: input.view.clone(),
            document: input.project.map(|project| project.id.clone()),
            stamp: input.project.map_or(0, |project| project.stamp),
        }
    }
}

/// What a picture was made for, besides the numbers.
#[derive(Clone, Debug, PartialEq)]
struct DrawnKey {
    rect: Rect,
    days: [f64; 2],
    until: Day,
    theme: Theme,
    text_points: f32,
}

/// The picture of a chart without the shown day.
pub(super) struct Drawn {
    /// The numbers that it shows.
    numbers: Arc<Chart>,
    /// Back to front.
    pub items: Vec<Item>,
    /// The series that bear their names themselves.
    pub labelled: Vec<usize>,
}

impl ChartsState {
    /// From now on files go to the first of these folders.
    pub fn save_into(&mut self, folders: Vec<std::path::PathBuf>) {
        self.folder = folders.into_iter().next().map(|folder| folder.display().to_string()).or(self.folder.take());
    }

    /// How many times anything was counted or drawn anew: stands still while nothing changes.
    pub fn cache_fills(&self) -> u64 {
        self.fills
    }

    /// The land of what the pointer is on, for the map to outline: empty for nothing.
    pub fn outlined(&self) -> &[UnitIx] {
        &self.outlined
    }

    /// What the chart at a place shows; `None` for a place that there is not.
    pub fn kind_of(&self, slot: usize) -> Option<ChartKind> {
        self.slots.get(slot).copied()
    }

    /// Shows a kind of chart at a place; one that stands at the other place already changes places with it.
    pub fn show(&mut self, slot: usize, kind: ChartKind) {
        if let Some(other) = self.slots.iter().position(|own| *own == kind) {
            self.slots.swap(slot.min(1), other);
        } else if let Some(own) = self.slots.get_mut(slot) {
            *own = kind;
        }
        self.rows = [1; 2];
    }

    /// Takes in what was selected since the last frame. Another document begins afresh.
    pub(super) fn hear(&mut self, input: &ChartsInput) {
        self.outlined.clear();
        let document = input.project.map(|project| &project.id);
        if self.document.as_ref() != document {
            (self.dispute, self.polity, self.alliance, self.days) = (None, None, None, None);
            (self.document, self.rows) = (document.cloned(), [1; 2]);
        }
        if self.heard.as_ref() == input.selection {
            return;
        }
        self.heard = input.selection.cloned();
        self.rows = [1; 2];
        match input.selection {
            Some(Selection::Dispute(id)) => self.dispute = Some(id.clone()),
            Some(Selection::Polity(polity)) => self.polity = Some(*polity),
            Some(Selection::Alliance(id)) => self.alliance = Some(id.clone()),
            Some(Selection::Unit(unit)) => {
                let around =
                    input.atlas.disputes.iter().filter(|dispute| dispute.stands_on(input.day) && dispute.units.binary_search(unit).is_ok());
                self.dispute = around.min_by_key(|dispute| dispute.units.len()).map(|dispute| dispute.id.clone()).or(self.dispute.take());
                self.polity = input.state.holding(*unit).holder.or(self.polity);
            }
            Some(Selection::Event(..) | Selection::Region(..) | Selection::Line(..) | Selection::Place(..) | Selection::Annotation(..))
            | None => {}
        }
    }

    /// From now on the chart of areas is about the whole document again.
    pub(super) fn forget_dispute(&mut self) {
        self.dispute = None;
    }

    /// The first and the last day that charts show.
    pub(super) fn seen_days(&self, input: &ChartsInput) -> (Day, Day) {
        let [from, to] = self.seen(input);
        (Day::new(from.floor() as i64), Day::new(to.ceil() as i64 - 1).min(input.range.1))
    }

    /// What a kind of chart is about; `None` where nothing is chosen.
    fn topic(&self, kind: ChartKind, input: &ChartsInput) -> Option<Topic> {
        match kind {
            ChartKind::Area => {
                let own = self.dispute.clone().map(AreaOf::Dispute);
                own.or(input.project.map(|_| AreaOf::Document)).map(Topic::Area)
            }
            ChartKind::Events => Some(Topic::Events(input.filter)),
            ChartKind::Alliances => {
                let of_story = input.project.map_or(&[][..], |project| &project.alliances);
                let shown = if input.alliances.is_empty() { of_story } else { input.alliances };
                let selected = self.alliance.iter().filter(|id| !shown.contains(id));
                let ids: Vec<AllianceId> = selected.chain(shown).cloned().collect();
                (!ids.is_empty()).then_some(Topic::Alliances(ids))
            }
            ChartKind::Memberships => {
                let first = || input.project.and_then(|project| project.disputants().find_map(|id| input.atlas.polities.find(id.as_str())));
                self.polity.or_else(first).map(Topic::Memberships)
            }
        }
    }

    /// The numbers of a kind of chart, counted when anything that they depend on has changed.
    pub(super) fn chart(&mut self, kind: ChartKind, input: &ChartsInput) -> Option<Arc<Chart>> {
        let key = ChartKey::new(input, self.topic(kind, input)?);
        let kept = self.charts[kind.index()].as_ref().filter(|(own, _)| *own == key).map(|(_, chart)| chart.clone());
        if kept.is_some() {
            return kept;
        }
        let chart = Arc::new(Chart::new(input.atlas, input.project, input.view, &key.topic));
        self.charts[kind.index()] = Some((key, chart.clone()));
        self.fills += 1;
        Some(chart)
    }

    /// The colours of a theme.
    pub(super) fn style(&mut self, theme: Theme) -> Style {
        self.style.take_if(|style| style.theme != theme);
        self.style.get_or_insert_with(|| Style::new(theme)).clone()
    }

    /// The picture of a chart in its frame, drawn when anything that it depends on has changed.
    pub(super) fn drawn(&mut self, slot: usize, chart: &Arc<Chart>, frame: &ChartFrame) -> Arc<Drawn> {
        let key =
            DrawnKey { rect: frame.rect, days: frame.days, until: frame.until, theme: frame.style.theme, text_points: frame.text_points };
        let kept = self.drawn[slot].as_ref().filter(|(own, drawn)| *own == key && Arc::ptr_eq(&drawn.numbers, chart));
        if let Some((_, drawn)) = kept {
            return drawn.clone();
        }
        let drawn = Arc::new(Drawn { numbers: chart.clone(), items: frame.items(), labelled: frame.labelled() });
        self.drawn[slot] = Some((key, drawn.clone()));
        self.fills += 1;
        drawn
    }

    /// The series that bore their names themselves in the last frame.
    pub(super) fn labelled(&self, slot: usize) -> Vec<usize> {
        self.drawn[slot].as_ref().map(|(_, drawn)| drawn.labelled.clone()).unwrap_or_default()
    }

    /// The moments at the edges of the charts.
    pub(super) fn seen(&self, input: &ChartsInput) -> [f64; 2] {
        let whole = [input.range.0.get() as f64, (input.range.1.get() + 1).max(input.range.0.get() + 2) as f64];
        let of_timeline = input.timeline.filter(|_| self.follow).map(|(first, last)| [first.get() as f64, last.get() as f64]);
        of_timeline.or(self.days).filter(|days| days[1] > days[0]).unwrap_or(whole)
    }
}
