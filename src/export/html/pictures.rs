//! The pictures of the scenes, and the events.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    land::Land,
    palette::{Colors, Lines},
    passing::Passage,
    threads::on_two_threads,
    transcript::Bibliography,
    worlds::{self, Variant},
};
use crate::{
    export::{svg::svg_over_land_in_browser, svg_sheet::sheet_svg, svg_symbol::symbol_svg},
    geometry::{Camera, Projection},
    model::{Atlas, Event, EventKind, Project, Slide, WorldState, slide::Transition},
    scene::{
        Frame, STAGE_POINTS, Scene, SceneCache, SceneInput, Staging, Style, Theme, compose_with, labels::SharedLand, sheet::Sheet,
        soft_points,
    },
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

/// What the page shows of a picture besides the land that it draws itself.
#[derive(Clone, Default)]
struct Drawn {
    /// By daylight and in the dark.
    over: [String; 2],
    /// Where the divider between two maps stands, in points from the left, 0 for maps that none divides; `None` for one map.
    divider: Option<f32>,
}

/// All pictures of a lecture, with the cameras and ways of seeing that they share.
pub(super) struct Shots<'a> {
    atlas: &'a Atlas,
    project: &'a Project,
    shots: Vec<Shot>,
    cameras: Vec<Camera>,
    variants: Vec<Variant>,
    /// Of the names of all pictures.
    names_land: SharedLand,
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
        Self { atlas, project, shots, cameras, variants, names_land: SharedLand::default() }
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
        let mut drawn: Vec<(&Shot, Drawn)> = self.shots.iter().map(|shot| (shot, Drawn::default())).collect();
        on_two_threads(&mut drawn, || (), |(), (shot, both)| *both = self.drawn(shot));
        let mut drawn = drawn.into_iter().peekable();
        let scene = |(number, slide): (usize, &Slide)| {
            let mut pictures = Vec::new();
            while let Some((shot, both)) = drawn.next_if(|(shot, _)| shot.slide == number) {
                let [light, dark] = &both.over;
                pictures.push(picture(slide, pictures.len(), shot, (lines.picture(light, dark, colors), both.divider)));
            }
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

    fn drawn(&self, shot: &Shot) -> Drawn {
        let compared = |theme: usize| shot.stagings[theme].sheet_to_swipe(self.atlas, self.project, SIZE_POINTS);
        let over = |theme: usize, compared: &Option<Sheet>| match compared {
            // Two maps are in the picture with their land: the page draws the land of one.
            Some(sheet) => sheet_svg(self.atlas, sheet, 1.0),
            None => svg_over_land_in_browser(&self.scene(shot, theme)),
        };
        let by_day = compared(0);
        let light = over(0, &by_day);
        let dark = if shot.stagings[0].look == shot.stagings[1].look { light.clone() } else { over(1, &compared(1)) };
        let divider = |sheet: &Sheet| sheet.panes.last().filter(|_| !sheet.divider.is_empty()).map_or(0.0, |pane| pane.clip.min[0]);
        Drawn { over: [light, dark], divider: by_day.as_ref().map(divider) }
    }

    /// As [`Staging::scene`] has it, from names whose land all pictures share.
    fn scene(&self, shot: &Shot, theme: usize) -> Scene {
        let staging = &shot.stagings[theme];
        let state = WorldState::at(self.atlas, staging.day, &staging.view);
        let look = staging.look.colored(self.atlas, Some(self.project), &state);
        let input = SceneInput {
            atlas: self.atlas,
            state: &state,
            day: staging.day,
            shown: staging.shown,
            project: Some(self.project),
            look: &look,
            camera: self.cameras[shot.camera],
            selected_event: None,
            telling: &staging.telling,
            frame: Frame::Stage,
        };
        compose_with(&input, &mut SceneCache::sharing(self.names_land.clone()), None)
    }

    /// The land and what lies over it on the days between the scenes.
    pub(super) fn passage(&self, days: (Day, Day), land: &Land, lines: &mut Lines, colors: &mut Colors) -> Passage {
        let looks: Vec<_> = self.variants.iter().flat_map(|variant| &variant.looks).collect();
        let changes = worlds::change_days(self.atlas, self.project, days, &looks);
        let mut pairs: Vec<(usize, usize, Camera)> = Vec::new();
        for shot in &self.shots {
            place_in(&mut pairs, (shot.camera, shot.variant, self.cameras[shot.camera]));
        }
        Passage::new((self.atlas, self.project), (&self.variants, &pairs), &changes, (land, &self.names_land), (lines, colors))
    }
}

/// What the file says of a picture; `over` is what lies over the land.
fn picture(slide: &Slide, step: usize, shot: &Shot, (over, divider): (Value, Option<f32>)) -> Value {
    let words = [slide.caption_at(step), if step == 0 { slide.question.as_str() } else { "" }];
    let answer = if slide.is_answered(step) { slide.answer.as_str() } else { "" };
    let said: Vec<&str> = words.into_iter().chain([answer]).filter(|words| !words.is_empty()).collect();
    let mut picture = json!({
        "day": shot.stagings[0].day.get(),
        "camera": shot.camera,
        "world": shot.variant,
        "said": said.join(" "),
        "over": over,
    });
    divider.into_iter().for_each(|at| picture["divider"] = json!(at));
    picture
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
