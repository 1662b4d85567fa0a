//! What is computed for a comparison, each part kept under a small key: what differs, its list, and the picture of the first side.

use std::sync::Arc;

use super::{Comparing, Layout};
use crate::{
    geometry::Camera,
    gui::{
        label_worker::LabelWorker,
        session::{Library, Session},
    },
    model::{Comparison, WorldState, comparison::membership_changes},
    scene::{
        Frame, Look, Notes, Rect, Scene, SceneCache, SceneInput, Telling, WorldLayer,
        compare::{self, ChangeList, difference_layer, difference_look, shared_look, staged_look, without_events},
        compose_with,
    },
    time::Day,
};

/// The caches of a comparison.
#[derive(Default)]
pub struct Compared {
    comparison: Option<Arc<Comparison>>,
    list: Option<(ListKey, Arc<ChangeList>)>,
    land: Option<(LandKey, Arc<WorldLayer>)>,
    scene: Option<(SceneKey, Arc<Scene>)>,
    scene_cache: SceneCache,
    label_worker: Option<LabelWorker>,
    begun: bool,
    fills: u64,
}

/// What the list depends on besides the two states.
#[derive(PartialEq)]
struct ListKey {
    of: usize,
    look: Look,
    days: [Day; 2],
}

struct LandKey {
    state: Arc<WorldState>,
    look: Look,
}

#[derive(PartialEq)]
struct SceneKey {
    land: usize,
    layout: Layout,
    camera: Camera,
    day: Day,
    document: Option<usize>,
    stamp: u64,
    covered: Vec<Rect>,
    /// In a lecture what its scene tells.
    telling: Option<Telling>,
}

impl Compared {
    /// How often any cache had to be filled.
    pub fn fills(&self) -> u64 {
        self.fills
    }

    /// Names that the kept side misses are worked out beside the frames, once there is one.
    fn begin(&mut self, library: &Library) {
        if std::mem::replace(&mut self.begun, true) {
            return;
        }
        let wake = library.wake.clone();
        self.label_worker = LabelWorker::start(library.atlas.clone(), move || wake.request_repaint());
        if self.label_worker.is_some() {
            self.scene_cache = SceneCache::with_names_later();
        }
    }

    /// What differs between the kept side and `now`; `None` where nothing is compared.
    pub fn comparison(&mut self, library: &Library, session: &Session, now: &Arc<WorldState>) -> Option<Arc<Comparison>> {
        let before = &session.comparing.as_ref()?.kept.state;
        if let Some(known) = self.comparison.as_ref().filter(|known| Arc::ptr_eq(&known.before, before) && Arc::ptr_eq(&known.after, now)) {
            return Some(known.clone());
        }
        self.fills += 1;
        let found = Arc::new(Comparison::new(&library.atlas, before.clone(), now.clone()));
        self.comparison = Some(found.clone());
        Some(found)
    }

    /// The look of both sides, or of their difference; `None` where nothing is compared, and all that was kept for a comparison is let go.
    pub fn look(&mut self, library: &Library, session: &Session, now: &Arc<WorldState>) -> Option<Look> {
        let Some(comparing) = &session.comparing else {
            if self.begun || self.comparison.is_some() {
                *self = Self { fills: self.fills, ..Self::default() };
            }
            return None;
        };
        if comparing.layout == Layout::Difference {
            let comparison = self.comparison(library, session, now)?;
            let mut look = difference_look(&session.look, &comparison.parties());
            if session.presenting.is_some() {
                look.layers.events = session.look.layers.events;
            }
            return Some(look);
        }
        let project = session.document.and_then(|index| library.documents.get(index));
        let of_both = if session.presenting.is_some() { staged_look } else { shared_look };
        Some(of_both(&library.atlas, project, &session.look, [&*comparing.kept.state, &**now]))
    }

    /// The land of the difference where that is shown.
    pub fn difference(&mut self, library: &Library, session: &Session, now: &Arc<WorldState>) -> Option<WorldLayer> {
        session.comparing.as_ref().filter(|comparing| comparing.layout == Layout::Difference)?;
        let comparison = self.comparison(library, session, now)?;
        Some(difference_layer(&library.atlas, &comparison, &session.look))
    }

    /// Who gained and lost what, for the panel.
    pub fn list(&mut self, library: &Library, session: &Session, now: &Arc<WorldState>) -> Option<Arc<ChangeList>> {
        let comparison = self.comparison(library, session, now)?;
        let kept_day = session.comparing.as_ref()?.kept.day;
        let key = ListKey { of: Arc::as_ptr(&comparison) as usize, look: session.look.clone(), days: [kept_day, session.day()] };
        if let Some((_, list)) = self.list.as_ref().filter(|(known, _)| *known == key) {
            return Some(list.clone());
        }
        self.fills += 1;
        let land = difference_layer(&library.atlas, &comparison, &session.look);
        let loud = Look { focus: comparison.parties(), ..difference_look(&session.look, &[]) };
        let joined = membership_changes(&library.atlas, key.days[0], key.days[1]);
        let list = ChangeList::new(&library.atlas, &comparison, (&loud, &land), key.days);
        let list = Arc::new(list.with_memberships(&library.atlas, &joined, &session.look, key.days[1]));
        self.list = Some((key, list.clone()));
        Some(list)
    }

    /// The picture of the kept side, with the camera and the look of the other one. `covered` are boxes of panels over it.
    pub fn kept_scene(&mut self, library: &Library, session: &Session, (look, covered): (&Look, &[Rect])) -> Option<Arc<Scene>> {
        let Comparing { kept, layout, .. } = session.comparing.as_ref()?;
        self.begin(library);
        if let Some(places) = self.label_worker.as_mut().and_then(LabelWorker::finished) {
            self.scene_cache.take_in(places);
            self.scene = None;
        }
        let land = self.kept_land(library, &kept.state, look);
        let project = session.document.and_then(|index| library.documents.get(index));
        let stamp = project.map_or(0, |project| project.stamp);
        let key = SceneKey {
            land: Arc::as_ptr(&land) as usize,
            layout: *layout,
            camera: session.camera,
            day: kept.day,
            document: session.document,
            stamp,
            covered: covered.to_vec(),
            telling: session.presenting.is_some().then(|| session.telling.clone()),
        };
        if let Some((_, scene)) = self.scene.as_ref().filter(|(known, _)| *known == key) {
            return Some(scene.clone());
        }
        self.fills += 1;
        // Of two maps at once the other one has the small globe.
        let is_staged = session.presenting.is_some();
        let mut look = if is_staged { without_events(look) } else { look.clone() };
        look.layers.locator.visible &= *layout == Layout::Flip;
        let untold = Telling::default();
        let input = SceneInput {
            atlas: &library.atlas,
            state: &kept.state,
            day: kept.day,
            shown: (kept.day, kept.day),
            project,
            look: &look,
            camera: session.camera,
            selected_event: None,
            telling: if is_staged { &session.telling } else { &untold },
            frame: if is_staged { Frame::Pane { covered } } else { Frame::Window { covered } },
        };
        let scene = Arc::new(compose_with(&input, &mut self.scene_cache, Some(land)));
        self.scene = Some((key, scene.clone()));
        if let Some(worker) = self.label_worker.as_mut().filter(|worker| worker.is_free())
            && let Some(work) = self.scene_cache.wanted_names()
        {
            worker.work(work);
        }
        Some(scene)
    }

    fn kept_land(&mut self, library: &Library, state: &Arc<WorldState>, look: &Look) -> Arc<WorldLayer> {
        if let Some((known, land)) = &self.land
            && Arc::ptr_eq(&known.state, state)
            && known.look == *look
        {
            return land.clone();
        }
        self.fills += 1;
        let land = Arc::new(WorldLayer::new(&library.atlas, state, look));
        self.land = Some((LandKey { state: state.clone(), look: look.clone() }, land.clone()));
        land
    }
}

/// The notes of a map that shows two states speak of both.
pub fn note_both(notes: &mut Notes, library: &Library, session: &Session) {
    let Some(comparing) = &session.comparing else { return };
    compare::note_both(notes, &library.atlas, (comparing.kept.day, comparing.view()), session.day());
}
