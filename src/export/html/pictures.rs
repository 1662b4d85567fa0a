//! The pictures of the scenes, and what lies over the land on the days between them.

use std::{collections::BTreeSet, sync::Arc, thread};

use serde_json::{Value, json};

use super::{
    land::Land,
    palette::{Colors, Lines},
    transcript::Bibliography,
    worlds::{self, Variant, without_events},
};
use crate::{
    export::{svg::svg_over_land_in_browser, svg_symbol::symbol_svg, svg_text::escaped},
    geometry::{Camera, Projection},
    model::{Atlas, Event, EventKind, Project, Slide, WorldState, slide::Transition},
    scene::{Frame, STAGE_POINTS, SceneCache, SceneInput, Staging, Style, Telling, Theme, WorldLayer, compose_with, names, soft_points},
    time::Day,
};

/// Every picture is so large, in points, and shown as large as there is room for.
pub(super) const SIZE_POINTS: [f64; 2] = [STAGE_POINTS * 16.0 / 9.0, STAGE_POINTS];
/// The themes that a reader may choose from.
const THEMES: [Theme; 2] = [Theme::Light, Theme::Dark];
/// A symbol is drawn this large and shown smaller, in points.
const SYMBOL_POINTS: f32 = 24.0;

/// One picture of a scene, staged by daylight and in the dark.
struct Shot {
    slide: usize,
    stagings: [Staging; 2],
    camera: usize,
    variant: usize,
}

/// All pictures of a lecture, with the cameras and ways of seeing that they share.
pub(super) struct Shots<'a> {
    atlas: &'a Atlas,
    project: &'a Project,
    shots: Vec<Shot>,
    cameras: Vec<Camera>,
    variants: Vec<Variant>,
}

/// The position of a value in a list, at whose end it is put if it is not there.
fn place_in<T: PartialEq>(list: &mut Vec<T>, value: T) -> usize {
    list.iter().position(|known| *known == value).unwrap_or_else(|| {
        list.push(value);
        list.len() - 1
    })
}

impl<'a> Shots<'a> {
    pub(super) fn new(atlas: &'a Atlas, project: &'a Project, slides: &[Slide]) -> Self {
        let (mut shots, mut cameras, mut variants) = (Vec::new(), Vec::new(), Vec::new());
        for (number, slide) in slides.iter().enumerate() {
            for step in 0..slide.picture_count() {
                let stagings = THEMES.map(|theme| Staging::new(atlas, project, slide, step, theme));
                let camera = place_in(&mut cameras, stagings[0].camera(SIZE_POINTS, Frame::Stage));
                let looks = [0, 1].map(|theme: usize| worlds::of_land(&stagings[theme].look));
                let variant = place_in(&mut variants, Variant { view: stagings[0].view.clone(), looks });
                shots.push(Shot { slide: number, stagings, camera, variant });
            }
        }
        Self { atlas, project, shots, cameras, variants }
    }

    pub(super) fn cameras(&self) -> Vec<Camera> {
        self.cameras.clone()
    }

    /// The first and the last day that the slider reaches.
    pub(super) fn days(&self, project: &Project) -> (Day, Day) {
        let shown = self.shots.iter().map(|shot| shot.stagings[0].day);
        let all: Vec<Day> = project.days().into_iter().flat_map(|(first, last)| [first, last]).chain(shown).collect();
        let opening = project.opening.day.unwrap_or(Day::new(0));
        (all.iter().copied().min().unwrap_or(opening), all.iter().copied().max().unwrap_or(opening))
    }

    pub(super) fn cameras_json(&self) -> Vec<Value> {
        let camera = |camera: &Camera| {
            let number = Projection::ALL.iter().position(|projection| *projection == camera.projection);
            json!([number, camera.center.x, camera.center.y, camera.points_per_unit, soft_points(camera)])
        };
        self.cameras.iter().map(camera).collect()
    }

    pub(super) fn scenes(&self, slides: &[Slide], notes: bool, lines: &mut Lines, colors: &mut Colors) -> Vec<Value> {
        let scene = |(number, slide): (usize, &Slide)| {
            let own = self.shots.iter().filter(|shot| shot.slide == number).enumerate();
            let pictures: Vec<Value> = own.map(|(step, shot)| self.picture(slide, step, shot, lines, colors)).collect();
            let seconds = match slide.transition {
                Transition::Cut => 0.0,
                Transition::Glide(seconds) => seconds,
            };
            json!({
                "title": slide.label(),
                "group": slide.group,
                "kind": slide.kind.id(),
                "notes": if notes { slide.notes.as_str() } else { "" },
                "glide": seconds,
                "pictures": pictures,
            })
        };
        slides.iter().enumerate().map(scene).collect()
    }

    fn picture(&self, slide: &Slide, step: usize, shot: &Shot, lines: &mut Lines, colors: &mut Colors) -> Value {
        let scenes = [0, 1].map(|theme: usize| shot.stagings[theme].scene(self.atlas, self.project, SIZE_POINTS, Frame::Stage));
        let [light, dark] = [0, 1].map(|theme: usize| svg_over_land_in_browser(&scenes[theme]));
        let words = [slide.caption_at(step), if step == 0 { slide.question.as_str() } else { "" }];
        let answer = if slide.is_answered(step) { slide.answer.as_str() } else { "" };
        let said: Vec<&str> = words.into_iter().chain([answer]).filter(|words| !words.is_empty()).collect();
        json!({
            "day": shot.stagings[0].day.get(),
            "camera": shot.camera,
            "world": shot.variant,
            "said": said.join(" "),
            "over": lines.picture(&light, &dark, colors),
        })
    }

    pub(super) fn worlds(&self, days: (Day, Day), land: &Land, colors: &mut Colors) -> Vec<Value> {
        let looks: Vec<_> = self.variants.iter().flat_map(|variant| &variant.looks).collect();
        let changes = worlds::change_days(self.atlas, self.project, days, &looks);
        self.variants.iter().map(|variant| worlds::world_json(self.atlas, self.project, variant, &changes, land, colors)).collect()
    }

    /// What lies over the land while time is moved by hand: for each camera and way of seeing the days on which that changes, with its picture.
    pub(super) fn times(&self, days: (Day, Day), lines: &mut Lines, colors: &mut Colors) -> Vec<Value> {
        let mut known: Vec<(usize, usize)> = Vec::new();
        let looks: Vec<_> = self.variants.iter().flat_map(|variant| &variant.looks).collect();
        let changes = worlds::change_days(self.atlas, self.project, days, &looks);
        let mut times = Vec::new();
        for shot in &self.shots {
            if !known.contains(&(shot.camera, shot.variant)) {
                known.push((shot.camera, shot.variant));
                let pictures = self.through_time(shot, &changes);
                let list: Vec<Value> =
                    pictures.iter().map(|(day, light, dark)| json!([day.get(), lines.picture(light, dark, colors)])).collect();
                times.push(json!({ "camera": shot.camera, "world": shot.variant, "list": list }));
            }
        }
        times
    }

    /// The days on which what is seen changes, with what lies over the land in both themes.
    fn through_time(&self, shot: &Shot, changes: &[Day]) -> Vec<(Day, String, String)> {
        let [mut light, mut dark] = [self.passing(shot, 0), self.passing(shot, 1)];
        let mut found: Vec<(Day, String, String)> = Vec::new();
        let mut last = None;
        for day in changes {
            let state = WorldState::at(self.atlas, *day, &shot.stagings[0].view);
            let seen = light.seen(&state, *day);
            if last.as_ref() != Some(&seen) {
                let (by_day, by_night) = thread::scope(|scope| {
                    let by_night = scope.spawn(|| dark.picture(&state, *day));
                    let by_day = light.picture(&state, *day);
                    // A panic over there is carried on here.
                    (by_day, by_night.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                });
                if found.last().is_none_or(|(_, before, _)| *before != by_day) {
                    found.push((*day, by_day, by_night));
                }
                last = Some(seen);
            }
        }
        found
    }

    fn passing(&self, shot: &Shot, theme: usize) -> Passing<'_> {
        let camera = self.cameras[shot.camera];
        let units = self.units_seen(&camera);
        let look = without_events(&self.variants[shot.variant].looks[theme]);
        Passing { atlas: self.atlas, project: self.project, camera, look, units, cache: SceneCache::default() }
    }

    /// One unit of each history that a camera sees.
    fn units_seen(&self, camera: &Camera) -> Vec<crate::geometry::UnitIx> {
        let topology = &self.atlas.partition.topology;
        let (screen, of_unit) = (camera.visible_lonlat(), &self.atlas.tenure.histories().of_unit);
        let seen = topology.unit_ixs().filter(|unit| screen.intersects(&topology.unit(*unit).bbox));
        let histories: BTreeSet<u16> = seen.map(|unit| of_unit[unit.index()]).collect();
        histories.into_iter().map(|history| self.atlas.tenure.histories().first_units[usize::from(history)]).collect()
    }
}

/// A map that is taken through time.
struct Passing<'a> {
    atlas: &'a Atlas,
    project: &'a Project,
    camera: Camera,
    look: crate::scene::Look,
    units: Vec<crate::geometry::UnitIx>,
    cache: SceneCache,
}

/// What must differ between two days for their pictures to differ, but for the date.
#[derive(PartialEq)]
struct Seen {
    fills: Vec<crate::scene::Fill>,
    names: Vec<(String, bool)>,
    told: Vec<bool>,
}

impl Passing<'_> {
    fn seen(&self, state: &WorldState, day: Day) -> Seen {
        let look = self.look.colored(self.atlas, Some(self.project), state);
        let world = WorldLayer::new(self.atlas, state, &look);
        let named = names::names(self.atlas, state, day, &look, Some(self.project), &mut names::NameWords::default());
        let is_near = |units: &[crate::geometry::UnitIx]| {
            let screen = self.camera.visible_lonlat();
            units.iter().any(|unit| screen.intersects(&self.atlas.partition.topology.unit(*unit).bbox))
        };
        let (regions, lines, places) = (&self.project.regions, &self.project.lines, &self.project.places);
        let spans = regions
            .iter()
            .map(|it| &it.common.span)
            .chain(lines.iter().map(|it| &it.common.span))
            .chain(places.iter().map(|it| &it.common.span));
        Seen {
            fills: self.units.iter().map(|unit| *world.fill(*unit)).collect(),
            names: named.iter().filter(|name| is_near(&name.units)).map(|name| (name.text.clone(), name.leads)).collect(),
            told: spans.map(|span| span.contains(day)).collect(),
        }
    }

    /// What lies over the land, with a mark where the date stands.
    fn picture(&mut self, state: &WorldState, day: Day) -> String {
        let look = self.look.colored(self.atlas, Some(self.project), state);
        let input = SceneInput {
            atlas: self.atlas,
            state,
            day,
            shown: (day, day),
            project: Some(self.project),
            look: &look,
            camera: self.camera,
            selected_event: None,
            telling: &Telling::default(),
            frame: Frame::Stage,
        };
        let world = Arc::new(WorldLayer::new(self.atlas, state, &look));
        let scene = compose_with(&input, &mut self.cache, Some(world));
        let date = format!(">{}<", escaped(&scene.notes.date));
        svg_over_land_in_browser(&scene)
            .lines()
            .filter(|line| !line.starts_with("<title>"))
            .map(|line| line.replace(&date, ">~date~<") + "\n")
            .collect()
    }
}

/// The events with their words, by date.
pub(super) fn events(atlas: &Atlas, project: &Project, bibliography: &Bibliography) -> Vec<Value> {
    let event = |event: &Event| {
        let parties: Vec<&str> = event.parties.iter().map(|party| atlas.polities.name(party)).collect();
        let accounts = event
            .accounts
            .iter()
            .map(|account| json!([atlas.polities.name(&account.party), account.text, bibliography.numbers(&account.sources)]));
        json!({
            "day": event.span.first_day().get(),
            "when": event.when(),
            "title": event.title,
            "text": event.text,
            "place": event.place,
            "at": [event.at.lon_deg, event.at.lat_deg],
            "kind": event.kind.id(),
            "sort": event.kind.label(),
            "importance": event.importance,
            "parties": parties,
            "accounts": accounts.collect::<Vec<_>>(),
            "sources": bibliography.numbers(&event.sources),
        })
    };
    project.events.iter().map(|it| event(it)).collect()
}

/// The symbol of every kind of event that there is.
pub(super) fn symbols(project: &Project, lines: &mut Lines, colors: &mut Colors) -> Value {
    let kinds: BTreeSet<EventKind> = project.events.iter().map(|event| event.kind).collect();
    let symbol = |kind: EventKind| {
        let [light, dark] = THEMES.map(|theme| symbol_svg(kind, Style::new(theme).family(kind.family()), SYMBOL_POINTS));
        (kind.id().to_owned(), lines.picture(&light, &dark, colors))
    };
    Value::Object(kinds.into_iter().map(symbol).collect())
}
