//! What is computed from atlas, document and session, each part kept under a small key, so that an idle window computes nothing.

use std::{sync::Arc, time::Duration};

use eframe::egui;

use super::{
    comparing::{
        Layout,
        derived::{Compared, note_both},
    },
    label_worker::LabelWorker,
    session::{Library, Session},
};
use crate::{
    model::{SearchIndex, View, WorldState},
    scene::{self, Look, Rect, Scene, SceneCache, SceneInput, Telling, Twin, WorldLayer, compare::ChangeList},
    time::Day,
};

/// How long colours cross-fade when control changes, in seconds.
pub const CROSS_FADE_SECS: f64 = 0.22;

/// How long the picture of a lecture waits for its names unless told otherwise: they are there in less where the machine is free.
const PATIENCE: Duration = Duration::from_millis(50);
/// A picture that wanted names less than so many seconds ago is moving, and does not wait.
const STANDING_SECS: f64 = 0.25;

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
    /// How long the picture of a lecture waits for its names.
    pub patience: Duration,
    /// When an audience's picture last wanted names, in the time of frames.
    waited_secs: f64,
    /// What a comparison needs besides.
    pub compared: Compared,
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
    /// What the land is told apart from: the kept side of a comparison, of which only what differs is lit.
    against: Option<StateKey>,
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
    /// The day and the view that it is compared with.
    compared: Option<(Day, View)>,
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
            patience: PATIENCE,
            waited_secs: f64::NEG_INFINITY,
            compared: Compared::default(),
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
        self.fills + self.compared.fills()
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
            compared: session.comparing.as_ref().map(|comparing| (comparing.kept.day, comparing.view().clone())),
        };
        if let Some((known, scene)) = &self.scene
            && *known == key
        {
            return scene.clone();
        }
        self.fills += 1;
        let fades = !session.reduced_motion && !self.is_scrubbed(session, now_secs);
        let world = self.world_layer((library, session), &world_key, &state, (now_secs, fades));
        let input = scene_input(library, session, &state, &key);
        let mut scene = scene::compose_with(&input, &mut self.scene_cache, Some(world.clone()));
        if self.order_names() && key.is_stage && self.await_names(now_secs) {
            scene = scene::compose_with(&input, &mut self.scene_cache, Some(world));
        }
        note_both(&mut scene.notes, library, session);
        let scene = Arc::new(scene);
        self.scene = Some((key, scene.clone()));
        scene
    }

    /// Has the names worked out that the last picture wants. Whether it wanted any, and somebody was free to do so.
    fn order_names(&mut self) -> bool {
        let Some(worker) = self.label_worker.as_mut().filter(|worker| worker.is_free()) else { return false };
        let wanted = self.scene_cache.wanted_names();
        let is_ordered = wanted.is_some();
        wanted.into_iter().for_each(|work| worker.work(work));
        is_ordered
    }

    /// An audience sees a picture with all its names at once: waits a little for those just ordered, but not again and again while the picture moves. Whether
    /// they came.
    fn await_names(&mut self, now_secs: f64) -> bool {
        let waited_secs = std::mem::replace(&mut self.waited_secs, now_secs);
        if now_secs - waited_secs < STANDING_SECS {
            return false;
        }
        let patience = self.patience;
        let places = self.label_worker.as_mut().and_then(|worker| worker.finished_within(patience));
        let came = places.is_some();
        places.into_iter().for_each(|places| self.scene_cache.take_in(places));
        came
    }

    /// What the last picture was composed from, for whoever makes another one of the same map; nothing before the first picture.
    pub fn with_input(&mut self, library: &Library, session: &Session, make: &mut dyn FnMut(SceneInput)) {
        let state = self.state(library, session);
        let Some((key, _)) = &self.scene else { return };
        make(scene_input(library, session, &state, key));
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

    /// The picture of the kept side of a comparison, with the look of the other one; `None` where nothing is compared. `covered` are the boxes of panels over it.
    pub fn kept_scene(&mut self, library: &Library, session: &Session, covered: &[Rect]) -> Option<Arc<Scene>> {
        session.comparing.as_ref()?;
        let state = self.state(library, session);
        let look = self.look(library, session, &state);
        self.compared.kept_scene(library, session, (&look, covered))
    }

    /// The list of what differs; `None` where nothing is compared.
    pub fn changes(&mut self, library: &Library, session: &Session) -> Option<Arc<ChangeList>> {
        let state = self.state(library, session);
        self.compared.list(library, session, &state)
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

    /// The look of the picture: that of the session as its coloring wants it on the day, in a comparison as both sides want it.
    fn look(&mut self, library: &Library, session: &Session, state: &Arc<WorldState>) -> Look {
        let project = session.document.and_then(|index| library.documents.get(index));
        self.compared.look(library, session, state).unwrap_or_else(|| session.look.colored(&library.atlas, project, state))
    }

    fn world_key(&mut self, library: &Library, session: &Session, state: &Arc<WorldState>) -> WorldKey {
        let era_of = |day: Day| library.atlas.tenure.era(day);
        let difference = session.comparing.as_ref().filter(|comparing| comparing.layout == Layout::Difference);
        let against = difference.map(|comparing| StateKey { era: era_of(comparing.kept.day), view: comparing.view().clone() });
        let look = self.look(library, session, state);
        WorldKey { state: StateKey { era: era_of(session.day()), view: session.view.clone() }, look, against }
    }

    fn world_layer(
        &mut self,
        (library, session): (&Library, &Session),
        key: &WorldKey,
        state: &Arc<WorldState>,
        (now_secs, fades): (f64, bool),
    ) -> Arc<WorldLayer> {
        if let Some((known, world)) = &self.world
            && known == key
        {
            return world.clone();
        }
        self.fills += 1;
        let difference = self.compared.difference(library, session, state);
        let world = Arc::new(difference.unwrap_or_else(|| WorldLayer::new(&library.atlas, state, &key.look)));
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
        frame: match (key.is_stage, &key.compared) {
            (true, None) => scene::Frame::Stage,
            // What a lecture says of two sides stands round both.
            (true, Some(_)) => scene::Frame::Pane { covered: &key.covered },
            (false, _) => scene::Frame::Window { covered: &key.covered },
        },
    }
}
