//! Everything that a person chooses about the picture, apart from where and when it looks.

use super::style::Theme;
use crate::model::{AllianceId, Atlas, CaseId, PolityIx, Project, WorldState, event::EventFilter};

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
    /// Cities for orientation.
    pub cities: Layer,
    /// Names of polities and areas.
    pub labels: Layer,
    /// Meridians and parallels; off by default.
    pub graticule: Layer,
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
            cities: shown,
            labels: shown,
            graticule: Layer::HIDDEN,
        }
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
            events: EventFilter::All,
            project: Some(project.id.clone()),
        }
    }

    /// Adds to the focus whoever holds or contests land in the project's disputes in this state of the world: a breakaway, or a predecessor
    /// of a party. Keeps the focus sorted, so that equal looks compare equal.
    pub fn focus_on_holders(&mut self, atlas: &Atlas, project: &Project, state: &WorldState) {
        for dispute in project.disputes.iter().filter_map(|id| atlas.dispute(id.as_str())) {
            for unit in &dispute.units {
                self.focus.extend(state.holding(*unit).holder);
                self.focus.extend(state.contenders(*unit));
            }
        }
        self.focus.sort_unstable();
        self.focus.dedup();
    }
}

/// The disputants of a project that the atlas knows, sorted.
pub fn parties_of(atlas: &Atlas, project: &Project) -> Vec<PolityIx> {
    let mut parties: Vec<PolityIx> = project.disputants().filter_map(|id| atlas.polities.find(id.as_str())).collect();
    parties.sort_unstable();
    parties.dedup();
    parties
}
