//! Everything that a person chooses about the picture, apart from where and when it looks.

use std::str::FromStr;

use super::style::Theme;
use crate::{
    model::{
        Alliance, AllianceId, Atlas, CaseId, PolityIx, Project, WorldState, alliance::PledgeKind, event::EventFilter, polity::PolityKind,
        slide::LAYERS,
    },
    time::Day,
};

/// One layer of the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layer {
    /// Whether it is drawn.
    pub visible: bool,
    /// 0 (not to be seen) to 1.
    pub opacity: f32,
}

impl Layer {
    /// Drawn in full.
    pub const SHOWN: Self = Self { visible: true, opacity: 1.0 };
    /// Not drawn.
    pub const HIDDEN: Self = Self { visible: false, opacity: 1.0 };

    /// The opacity, 0 for a hidden layer.
    pub fn strength(self) -> f32 {
        if self.visible { self.opacity.clamp(0.0, 1.0) } else { 0.0 }
    }
}

/// The layers, from the ground up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layers {
    /// The colours of polities.
    pub polities: Layer,
    /// Hatches in the colours of the claimants.
    pub claims: Layer,
    /// The colours of the alliances in [`Look::alliances`].
    pub alliances: Layer,
    /// Borders of every class; coasts are always drawn.
    pub borders: Layer,
    /// Regions of the project.
    pub regions: Layer,
    /// Lines of the project.
    pub lines: Layer,
    /// Events of the project.
    pub events: Layer,
    /// Places of the project.
    pub places: Layer,
    /// Arrows, texts and callouts of the project.
    pub annotations: Layer,
    /// Cities for orientation.
    pub cities: Layer,
    /// Names of waters.
    pub waters: Layer,
    /// Names of polities and areas.
    pub labels: Layer,
    /// The small globe that shows where on earth the map is, while it shows a region.
    pub locator: Layer,
    /// Meridians and parallels; off by default.
    pub graticule: Layer,
    /// The borders of today, thin and grey under those of the date; off by default: old maps are not to be read through new ones.
    pub today: Layer,
}

impl Layers {
    /// Every layer, in the order of [`LAYERS`].
    pub fn all(&self) -> [Layer; LAYERS.len()] {
        let mut copy = *self;
        copy.all_mut().map(|layer| *layer)
    }

    /// The layer of this name; `None` if there is none.
    pub fn named_mut(&mut self, name: &str) -> Option<&mut Layer> {
        let position = LAYERS.iter().position(|own| *own == name)?;
        self.all_mut().into_iter().nth(position)
    }

    fn all_mut(&mut self) -> [&mut Layer; LAYERS.len()] {
        [
            &mut self.polities,
            &mut self.claims,
            &mut self.alliances,
            &mut self.borders,
            &mut self.regions,
            &mut self.lines,
            &mut self.events,
            &mut self.places,
            &mut self.annotations,
            &mut self.cities,
            &mut self.waters,
            &mut self.labels,
            &mut self.locator,
            &mut self.graticule,
            &mut self.today,
        ]
    }
}

impl Default for Layers {
    fn default() -> Self {
        let shown = Layer::SHOWN;
        Self {
            polities: shown,
            claims: shown,
            alliances: shown,
            borders: shown,
            regions: shown,
            lines: shown,
            events: shown,
            places: shown,
            annotations: shown,
            cities: shown,
            waters: shown,
            labels: shown,
            locator: shown,
            graticule: Layer::HIDDEN,
            today: Layer::HIDDEN,
        }
    }
}

/// What the colours of lands tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Coloring {
    /// The parties of the story are saturated and the world recedes; without a story the same as [`Self::Political`].
    #[default]
    Story,
    /// Every polity in its own colour, none louder than another.
    Political,
    /// Members of alliances in the colours of these; everybody else recedes.
    Alliances,
    /// What is disputed has the colours of its parties; everything else recedes.
    Disputes,
}

/// A coloring was named that the program does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no colouring is called `{0}`; there are `story`, `political`, `alliances` and `disputes`")]
pub struct UnknownColoring(pub String);

impl Coloring {
    /// Every one, in the order in which a person is offered them.
    pub const ALL: [Self; 4] = [Self::Story, Self::Political, Self::Alliances, Self::Disputes];

    /// The name in files and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Story => "story",
            Self::Political => "political",
            Self::Alliances => "alliances",
            Self::Disputes => "disputes",
        }
    }

    /// The name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Story => "Story",
            Self::Political => "Political",
            Self::Alliances => "Alliances",
            Self::Disputes => "Disputes",
        }
    }
}

impl FromStr for Coloring {
    type Err = UnknownColoring;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|it| it.id() == text).ok_or_else(|| UnknownColoring(text.to_owned()))
    }
}

/// Everything that a person chooses about the picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look {
    /// Light or dark.
    pub theme: Theme,
    /// What is drawn, and how strongly.
    pub layers: Layers,
    /// Alliances whose members are coloured, in the order of the legend; empty for none.
    pub alliances: Vec<AllianceId>,
    /// Who is saturated while the rest recedes; empty means that nobody stands out and all polities have an even tint.
    pub focus: Vec<PolityIx>,
    /// What the colours of lands tell: see [`Self::colored`].
    pub coloring: Coloring,
    /// Which kinds of events are shown.
    pub events: EventFilter,
    /// The project that is shown over the world, for caches: the project itself goes into the scene's input.
    pub project: Option<CaseId>,
}

impl Look {
    /// The look with which a project opens: its alliances, and its parties in focus.
    pub fn of_project(atlas: &Atlas, project: &Project, theme: Theme) -> Self {
        Self {
            theme,
            layers: Layers::default(),
            alliances: project.opening.alliances.clone(),
            focus: parties_of(atlas, project),
            coloring: Coloring::Story,
            events: EventFilter::All,
            project: Some(project.id.clone()),
        }
    }

    /// The look that a picture is made with: focus and alliances as the coloring wants them on the day of a state of the world. Without any
    /// alliance chosen, the coloring by alliances takes the largest that pledge defence on that day.
    #[must_use]
    pub fn colored(&self, atlas: &Atlas, project: Option<&Project>, state: &WorldState) -> Self {
        let mut look = self.clone();
        match self.coloring {
            Coloring::Story => project.into_iter().for_each(|project| look.focus_on_holders(atlas, project, state)),
            Coloring::Political | Coloring::Disputes => (look.focus, look.alliances) = (Vec::new(), Vec::new()),
            Coloring::Alliances => {
                look.focus = Vec::new();
                if look.alliances.is_empty() {
                    look.alliances = largest_alliances(atlas, state.day);
                }
            }
        }
        look
    }

    /// Adds to the focus whoever holds or contests land in the project's disputes in this state of the world: a breakaway, or a predecessor
    /// of a party; and the parties as parts of a union: the Ukrainian SSR for Ukraine. Keeps the focus sorted, so that equal looks compare equal.
    fn focus_on_holders(&mut self, atlas: &Atlas, project: &Project, state: &WorldState) {
        for dispute in project.disputes.iter().filter_map(|id| atlas.dispute(id.as_str())) {
            for unit in &dispute.units {
                self.focus.extend(state.holding(*unit).holder);
                self.focus.extend(state.contenders(*unit));
            }
        }
        self.focus.extend(parts_of_unions(atlas, project));
        self.focus.sort_unstable();
        self.focus.dedup();
    }
}

/// The constituent parts of unions that lay where the disputants of a project lie.
fn parts_of_unions(atlas: &Atlas, project: &Project) -> impl Iterator<Item = PolityIx> {
    let countries: Vec<&str> =
        parties_of(atlas, project).into_iter().map(|party| atlas.polities.at(party).natural_earth.as_str()).collect();
    let parts = atlas.polities.iter().filter(|(_, polity)| polity.kind == PolityKind::Constituent && !polity.natural_earth.is_empty());
    parts.filter(move |(_, polity)| countries.contains(&polity.natural_earth.as_str())).map(|(ix, _)| ix)
}

/// At most so many alliances are coloured unasked: more stripes than that nobody can read.
const MOST_ALLIANCES: usize = 5;
/// Those of fewer members are pacts of two or three rather than blocs.
const LEAST_MEMBERS: usize = 4;

/// The alliances of at least four members that pledge defence on a day, the largest first.
fn largest_alliances(atlas: &Atlas, day: Day) -> Vec<AllianceId> {
    let pledge_defence = |alliance: &&Alliance| alliance.pledges_on(day).contains(&PledgeKind::Defence);
    let size = |alliance: &Alliance| alliance.members.iter().filter(|member| member.counts_on(day)).count();
    let mut blocs: Vec<(usize, &AllianceId)> =
        atlas.alliances.iter().filter(pledge_defence).map(|alliance| (size(alliance), &alliance.id)).collect();
    blocs.retain(|(members, _)| *members >= LEAST_MEMBERS);
    blocs.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    blocs.into_iter().take(MOST_ALLIANCES).map(|(_, id)| id.clone()).collect()
}

/// The disputants of a project that the atlas knows, sorted.
pub fn parties_of(atlas: &Atlas, project: &Project) -> Vec<PolityIx> {
    let mut parties: Vec<PolityIx> = project.disputants().filter_map(|id| atlas.polities.find(id.as_str())).collect();
    parties.sort_unstable();
    parties.dedup();
    parties
}
