//! Time passing over the map: for every way of seeing the land day by day, and for every camera what lies over it.

use std::{collections::BTreeSet, sync::Arc};

use serde_json::{Value, json};

use super::{
    land::Land,
    palette::{Colors, Lines},
    threads::on_two_threads,
    worlds::{Track, Variant, without_events},
};
use crate::{
    export::{svg::svg_over_land_in_browser, svg_text::escaped},
    geometry::{Camera, UnitIx},
    model::{Atlas, Project, WorldState},
    scene::{
        Fill, Frame, Look, Scene, SceneCache, SceneInput, Telling, WorldLayer, compose_with,
        labels::SharedLand,
        names::{Name, NameWords, names},
    },
    time::Day,
};

/// So many days are worked out at a time: enough to keep two threads busy, few enough to be held in memory.
const DAYS_AT_ONCE: usize = 32;

/// The world on a day in one way of seeing, looked up once for all cameras.
pub(super) struct Moment<'a> {
    variant: &'a Variant,
    day: Day,
    found: Option<Found>,
}

/// What a [`Moment`] is made of.
pub(super) struct Found {
    state: WorldState,
    /// By daylight and in the dark.
    looks: [Look; 2],
    pub(super) layers: [Arc<WorldLayer>; 2],
    names: Vec<Name>,
    /// Of each region, line and place of the document whether it is there.
    told: Vec<bool>,
}

impl Moment<'_> {
    fn look_up(&mut self, atlas: &Atlas, project: &Project, words: &mut NameWords) {
        let Self { variant, day, .. } = *self;
        let state = WorldState::at(atlas, day, &variant.view);
        let looks = [0, 1].map(|theme: usize| variant.looks[theme].colored(atlas, Some(project), &state));
        let light = Arc::new(WorldLayer::new(atlas, &state, &looks[0]));
        let dark = if variant.has_one_theme() { Arc::clone(&light) } else { Arc::new(WorldLayer::new(atlas, &state, &looks[1])) };
        let names = names(atlas, &state, day, &looks[0], Some(project), words);
        let (regions, lines, places) = (&project.regions, &project.lines, &project.places);
        let spans = regions
            .iter()
            .map(|it| &it.common.span)
            .chain(lines.iter().map(|it| &it.common.span))
            .chain(places.iter().map(|it| &it.common.span));
        let told = spans.map(|span| span.contains(day)).collect();
        self.found = Some(Found { state, looks: looks.map(|look| without_events(&look)), layers: [light, dark], names, told });
    }
}

/// All that the file says of the land on the days that are given, and of what lies over it in each pair of a camera and a way of seeing. A pair is known by the
/// positions of both, with its camera.
pub(super) struct Passage {
    pub(super) worlds: Vec<Value>,
    pub(super) times: Vec<Value>,
}

impl Passage {
    pub(super) fn new(
        (atlas, project): (&Atlas, &Project),
        (variants, pairs): (&[Variant], &[(usize, usize, Camera)]),
        days: &[Day],
        (land, names_land): (&Land, &SharedLand),
        (lines, colors): (&mut Lines, &mut Colors),
    ) -> Self {
        let mut tracks: Vec<(usize, Track)> = (0..variants.len()).map(|variant| (variant, Track::new(atlas, land))).collect();
        let mut passings: Vec<Passing> =
            pairs.iter().map(|(_, variant, camera)| Passing::new((atlas, project), *camera, *variant, names_land)).collect();
        let mut lists: Vec<Vec<Value>> = vec![Vec::new(); pairs.len()];
        for days in days.chunks(DAYS_AT_ONCE) {
            let moment = |variant| move |day: &Day| Moment { variant, day: *day, found: None };
            let mut moments: Vec<Moment> = variants.iter().flat_map(|variant| days.iter().map(moment(variant))).collect();
            on_two_threads(&mut moments, NameWords::default, |words, moment| moment.look_up(atlas, project, words));
            let of_variant = |variant: usize| {
                let own = &moments[variant * days.len()..(variant + 1) * days.len()];
                own.iter().filter_map(|moment| Some((moment.day, moment.found.as_ref()?)))
            };
            on_two_threads(
                &mut passings,
                || (),
                |(), passing| of_variant(passing.variant).for_each(|(day, found)| passing.pass(day, found)),
            );
            on_two_threads(
                &mut tracks,
                || (),
                |(), (variant, track)| of_variant(*variant).for_each(|(day, found)| track.push(day, &found.layers)),
            );
            for (passing, list) in passings.iter_mut().zip(&mut lists) {
                list.extend(passing.made.drain(..).map(|(day, [light, dark])| json!([day.get(), lines.picture(&light, &dark, colors)])));
            }
        }
        let worlds = tracks.into_iter().zip(variants).map(|((_, track), variant)| track.json(variant, colors)).collect();
        let pair = |((camera, variant, _), list): (&(usize, usize, Camera), Vec<Value>)| json!({ "camera": camera, "world": variant, "list": list });
        Self { worlds, times: pairs.iter().zip(lists).map(pair).collect() }
    }
}

/// A map that is taken through time.
struct Passing<'a> {
    atlas: &'a Atlas,
    project: &'a Project,
    camera: Camera,
    variant: usize,
    /// Whether the camera sees a unit.
    is_near: Vec<bool>,
    /// One unit of each history that it sees.
    units: Vec<UnitIx>,
    /// By daylight and in the dark: a name keeps its place from day to day, in each theme by itself.
    caches: [SceneCache; 2],
    last: Option<Seen>,
    /// What lay over the land by daylight when it last changed.
    last_made: String,
    /// The pictures that were not fetched yet, in both themes.
    made: Vec<(Day, [String; 2])>,
}

/// What must differ between two days for their pictures to differ, but for the date.
#[derive(PartialEq)]
struct Seen {
    fills: Vec<Fill>,
    names: Vec<(String, bool)>,
    told: Vec<bool>,
}

impl<'a> Passing<'a> {
    fn new((atlas, project): (&'a Atlas, &'a Project), camera: Camera, variant: usize, land: &SharedLand) -> Self {
        let (topology, histories) = (&atlas.partition.topology, atlas.tenure.histories());
        let screen = camera.visible_lonlat();
        let is_near: Vec<bool> = topology.unit_ixs().map(|unit| screen.intersects(&topology.unit(unit).bbox)).collect();
        let near = topology.unit_ixs().filter(|unit| is_near[unit.index()]);
        let seen: BTreeSet<u16> = near.map(|unit| histories.of_unit[unit.index()]).collect();
        let units = seen.into_iter().map(|history| histories.first_units[usize::from(history)]).collect();
        let caches = [0, 1].map(|_| SceneCache::sharing(land.clone()));
        let (last_made, made) = (String::new(), Vec::new());
        Self { atlas, project, camera, variant, is_near, units, caches, last: None, last_made, made }
    }

    /// Goes on to a day.
    fn pass(&mut self, day: Day, found: &Found) {
        let seen = self.seen(found);
        if self.last.as_ref() == Some(&seen) {
            return;
        }
        self.last = Some(seen);
        let light = self.picture(day, found, 0);
        if light != self.last_made {
            self.last_made.clone_from(&light);
            let dark = if Arc::ptr_eq(&found.layers[0], &found.layers[1]) { light.clone() } else { self.picture(day, found, 1) };
            self.made.push((day, [light, dark]));
        }
    }

    fn seen(&self, found: &Found) -> Seen {
        let is_seen = |name: &&Name| name.units.iter().any(|unit| self.is_near[unit.index()]);
        Seen {
            fills: self.units.iter().map(|unit| *found.layers[0].fill(*unit)).collect(),
            names: found.names.iter().filter(is_seen).map(|name| (name.text.clone(), name.leads)).collect(),
            told: found.told.clone(),
        }
    }

    /// What lies over the land, with a mark where the date stands.
    fn picture(&mut self, day: Day, found: &Found, theme: usize) -> String {
        let input = SceneInput {
            atlas: self.atlas,
            state: &found.state,
            day,
            shown: (day, day),
            project: Some(self.project),
            look: &found.looks[theme],
            camera: self.camera,
            selected_event: None,
            telling: &Telling::default(),
            frame: Frame::Stage,
        };
        without_date(&compose_with(&input, &mut self.caches[theme], Some(Arc::clone(&found.layers[theme]))))
    }
}

fn without_date(scene: &Scene) -> String {
    let date = format!(">{}<", escaped(&scene.notes.date));
    svg_over_land_in_browser(scene)
        .lines()
        .filter(|line| !line.starts_with("<title>"))
        .map(|line| line.replace(&date, ">~date~<") + "\n")
        .collect()
}
