//! What is computed from atlas, document and session, each part kept under a small key, so that an idle window computes nothing.

use std::sync::Arc;

use eframe::egui;

use super::{
    label_worker::LabelWorker,
    session::{Library, Session},
};
use crate::{
    model::{SearchIndex, View, WorldState},
    scene::{self, Look, Rect, Scene, SceneCache, SceneInput, Telling, Twin, WorldLayer},
    time::Day,
};

/// How long colours cross-fade when control changes, in seconds.
pub const CROSS_FADE_SECS: f64 = 0.22;

/// The caches of the window.
pub struct Derived {
    /// Everything that can be found.
    pub search: SearchIndex,
    search_is_old: bool,
    state: Option<(StateKey, Arc<WorldState>)>,
    world: Option<(WorldKey, Arc<WorldLayer>)>,
    before: Option<(Arc<WorldLayer>, f64)>,
    /// When the land changed last, and when this frame and the one before it were drawn.
    changed_secs: f64,
    frames_secs: [f64; 2],
    scene: Option<(SceneKey, Arc<Scene>)>,
    scene_cache: SceneCache,
    /// The words of a picture.
    twin: Option<(Arc<Scene>, Arc<Twin>)>,
    /// The picture whose words are wanted if the next frame shows it again.
    waits: Option<Arc<Scene>>,
    /// Works out names beside the frames; without one each frame does so itself.
    label_worker: Option<LabelWorker>,
    fills: u64,
}

#[derive(Clone, PartialEq)]
struct StateKey {
    era: usize,
    view: View,
}

#[derive(Clone, PartialEq)]
struct WorldKey {
    state: StateKey,
    look: Look,
}

#[derive(Clone, PartialEq)]
struct SceneKey {
    world: WorldKey,
    shown: (Day, Day),
    camera: crate::geometry::Camera,
    document: Option<usize>,
    /// Which state of the document.
    stamp: u64,
    selected: Option<usize>,
    telling: Telling,
    covered: Vec<Rect>,
    /// Whether it is the picture of a lecture.
    is_stage: bool,
}

impl Derived {
    /// Nothing computed yet but the search index.
    pub fn new(library: &Library) -> Self {
        let search = SearchIndex::new(&library.atlas, library.documents.iter());
        let scene_cache = SceneCache::default();
        Self {
            search,
            search_is_old: false,
            state: None,
            world: None,
            before: None,
            changed_secs: f64::NEG_INFINITY,
            frames_secs: [f64::NEG_INFINITY; 2],
            scene: None,
            scene_cache,
            twin: None,
            waits: None,
            label_worker: None,
            fills: 0,
        }
    }

    /// From now on names are worked out on a thread of their own; `wake` asks for a frame when some are ready.
    pub fn work_beside_frames(&mut self, library: &Library, wake: impl Fn() + Send + 'static) {
        self.label_worker = LabelWorker::start(library.atlas.clone(), wake);
        if self.label_worker.is_some() {
            self.scene_cache = SceneCache::with_names_later();
        }
    }

    /// Says that documents have changed: what can be found is looked up again when somebody searches.
    pub fn forget_search(&mut self) {
        self.search_is_old = true;
    }

    /// Indexes the documents anew if they have changed.
    pub fn refresh_search(&mut self, library: &Library) {
        if std::mem::take(&mut self.search_is_old) {
            self.fills += 1;
            self.search = SearchIndex::new(&library.atlas, library.documents.iter());
        }
    }

    /// How often any cache had to be filled since the start: an idle window adds nothing.
    pub fn fills(&self) -> u64 {
        self.fills
    }

    /// The state of the world on the session's day, in its view.
    pub fn state(&mut self, library: &Library, session: &Session) -> Arc<WorldState> {
        let key = StateKey { era: library.atlas.tenure.era(session.day()), view: session.view.clone() };
        match &self.state {
            Some((known, state)) if *known == key => state.clone(),
            _ => {
                self.fills += 1;
                let state = Arc::new(WorldState::at(&library.atlas, session.day(), &session.view));
                self.state = Some((key, state.clone()));
                state
            }
        }
    }

    /// The picture. `covered` are the boxes of panels over the map; `now_secs` is the frame's time, for cross-fades.
    pub fn scene(&mut self, library: &Library, session: &Session, covered: &[Rect], now_secs: f64) -> Arc<Scene> {
        if self.frames_secs[1] != now_secs {
            self.frames_secs = [self.frames_secs[1], now_secs];
        }
        if let Some(places) = self.label_worker.as_mut().and_then(LabelWorker::finished) {
            self.scene_cache.take_in(places);
            self.scene = None;
        }
        let state = self.state(library, session);
        let world_key = self.world_key(library, session, &state);
        let key = SceneKey {
            world: world_key.clone(),
            shown: session.shown_days(),
            camera: session.camera,
            document: session.document,
            stamp: session.document.and_then(|index| library.documents.get(index)).map_or(0, |project| project.stamp),
            selected: session.selected_event(),
            telling: session.telling.clone(),
            covered: covered.to_vec(),
            is_stage: session.presenting.is_some(),
        };
        if let Some((known, scene)) = &self.scene
            && *known == key
        {
            return scene.clone();
        }
        self.fills += 1;
        let fades = !session.reduced_motion && !self.is_scrubbed(session, now_secs);
        let world = self.world_layer(library, &world_key, &state, (now_secs, fades));
        let input = scene_input(library, session, &state, &key);
        let scene = Arc::new(scene::compose_with(&input, &mut self.scene_cache, Some(world)));
        self.scene = Some((key, scene.clone()));
        if let Some(worker) = self.label_worker.as_mut().filter(|worker| worker.is_free())
            && let Some(work) = self.scene_cache.wanted_names()
        {
            worker.work(work);
        }
        scene
    }

    /// The last picture in words. They are found when the picture stands still, not anew in every frame of a flight or while time runs; until then
    /// they are those of the picture before. `ctx` is asked for the frame that shows whether it stands.
    pub fn twin(&mut self, library: &Library, session: &Session, ctx: &egui::Context) -> Arc<Twin> {
        let Some((_, scene)) = &self.scene else { return Arc::default() };
        let last = self.twin.as_ref().map(|(of, twin)| (Arc::ptr_eq(of, scene), twin.clone()));
        let rests = self.waits.as_ref().is_some_and(|waits| Arc::ptr_eq(waits, scene));
        match last {
            Some((true, twin)) => return twin,
            before if !rests => {
                self.waits = Some(scene.clone());
                ctx.request_repaint();
                return before.map(|(_, twin)| twin).unwrap_or_default();
            }
            _ => {}
        }
        self.fills += 1;
        let state = self.state(library, session);
        let Some((key, scene)) = &self.scene else { return Arc::default() };
        let twin = Arc::new(Twin::new(&scene_input(library, session, &state, key), scene));
        (self.twin, self.waits) = (Some((scene.clone(), twin.clone())), None);
        twin
    }

    /// The picture of the last frame.
    pub fn last_scene(&self) -> Option<&Arc<Scene>> {
        self.scene.as_ref().map(|(_, scene)| scene)
    }

    /// The land before the last change and how far the new one has faded in, 0 to 1; `None` when the fade is over.
    pub fn cross_fade(&self, now_secs: f64) -> Option<(Arc<WorldLayer>, f32)> {
        let (before, since) = self.before.as_ref()?;
        let share = (now_secs - since) / CROSS_FADE_SECS;
        (share < 1.0).then(|| (before.clone(), share.max(0.0) as f32))
    }

    fn world_key(&self, library: &Library, session: &Session, state: &WorldState) -> WorldKey {
        let project = session.document.and_then(|index| library.documents.get(index));
        let look = session.look.colored(&library.atlas, project, state);
        WorldKey { state: StateKey { era: library.atlas.tenure.era(session.day()), view: session.view.clone() }, look }
    }

    fn world_layer(&mut self, library: &Library, key: &WorldKey, state: &WorldState, (now_secs, fades): (f64, bool)) -> Arc<WorldLayer> {
        if let Some((known, world)) = &self.world
            && known == key
        {
            return world.clone();
        }
        self.fills += 1;
        let world = Arc::new(WorldLayer::new(&library.atlas, state, &key.look));
        let seen = self.seen_land(now_secs);
        if let Some((known, old)) = self.world.replace((key.clone(), world.clone())) {
            let fades = fades && known.look.theme == key.look.theme;
            self.changed_secs = now_secs;
            self.before = fades.then_some((seen.unwrap_or(old), now_secs));
        }
        world
    }

    /// Whether a hand drags time along: each frame is another date, and the map answers at once instead of trailing behind with a fade, which
    /// would also draw two lands in every frame.
    fn is_scrubbed(&self, session: &Session, now_secs: f64) -> bool {
        let goes_on = self.changed_secs == self.frames_secs[0] && now_secs - self.changed_secs < CROSS_FADE_SECS;
        session.clock.playing.is_none() && goes_on
    }

    /// The land as it is on the screen while a fade runs; `None` when none does. A change that comes before the last one has faded in fades from
    /// there, so that colours never jump however fast time runs.
    fn seen_land(&self, now_secs: f64) -> Option<Arc<WorldLayer>> {
        let (before, share) = self.cross_fade(now_secs)?;
        let (_, world) = self.world.as_ref()?;
        Some(Arc::new(WorldLayer::between(&before, world, share)))
    }
}

/// What a picture is made of. The key holds what of it the session may change.
fn scene_input<'a>(library: &'a Library, session: &Session, state: &'a WorldState, key: &'a SceneKey) -> SceneInput<'a> {
    SceneInput {
        atlas: &library.atlas,
        state,
        day: session.day(),
        shown: key.shown,
        project: key.document.and_then(|index| library.documents.get(index)),
        look: &key.world.look,
        camera: key.camera,
        selected_event: key.selected,
        telling: &key.telling,
        frame: if key.is_stage { scene::Frame::Stage } else { scene::Frame::Window { covered: &key.covered } },
    }
}
