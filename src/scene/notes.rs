//! What every map says of itself: when, in whose view, from how many sources, how fine, and that it endorses nothing.

use super::SceneInput;
use crate::{
    geometry::{Camera, LonLat, Projection},
    model::{Atlas, Sandbox, View},
};

/// The bar that shows a round distance.
#[derive(Clone, Debug, PartialEq)]
pub struct ScaleBar {
    /// Its length on the screen.
    pub length_points: f32,
    /// The distance: `200 km`.
    pub label: String,
}

/// What the map says of itself. No text is ever empty unless it says so.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notes {
    /// The title of the project; empty without one.
    pub title: String,
    /// The mark of a what-if branch, shown as large as the date; `None` for every other picture.
    pub what_if: Option<String>,
    /// The day, for people: `15 June 2020`.
    pub date: String,
    /// The point of view: `View: de facto control`.
    pub view: String,
    /// How many sources stand behind what is shown.
    pub source_count: usize,
    /// The same in words: `41 sources`.
    pub sources: String,
    /// That boundaries and names shown imply no endorsement.
    pub no_endorsement: String,
    /// Said where the map is enlarged past the scale of its source geometry; `None` elsewhere.
    pub honest_zoom: Option<String>,
    /// The projection and the origin of the outlines.
    pub projection: String,
    /// The scale at the middle of the map; `None` where it differs too much over the map to be shown (the whole world).
    pub scale_bar: Option<ScaleBar>,
}

/// What every picture says of its boundaries and names.
pub const NO_ENDORSEMENT: &str =
    "Boundaries and names shown here describe positions of the parties and of sources; they imply no endorsement.";

/// The scale for which the outlines were made: 1 to so many.
pub const SOURCE_SCALE: f64 = 10_000_000.0;
/// A point on paper and on screen, in metres: 1/96 of an inch, as CSS has it.
pub(super) const POINT_METRES: f64 = 0.0254 / 96.0;
/// Where the scale differs more than this between the top and the bottom of the map, one bar would mislead.
const MOST_SCALE_CHANGE: f64 = 1.6;
/// About how long the scale bar may get, in points.
const LONGEST_BAR: f64 = 150.0;

impl Notes {
    /// What a picture says of itself.
    pub fn new(input: &SceneInput) -> Self {
        let source_count = source_count(input);
        Self {
            title: input.project.map_or_else(String::new, |project| project.title.clone()),
            what_if: input.project.and_then(|project| project.sandbox.as_ref()).map(Sandbox::mark),
            date: date_label(input),
            view: view_label(input.atlas, &input.state.view),
            source_count,
            sources: if source_count == 1 { "1 source".to_owned() } else { format!("{source_count} sources") },
            no_endorsement: NO_ENDORSEMENT.to_owned(),
            honest_zoom: honest_zoom(&input.camera),
            projection: format!("{}. {}", projection_label(input.camera.projection), origins(input)),
            scale_bar: scale_bar(&input.camera),
        }
    }
}

/// The day; in a lecture the date as its scene gives it, which may be a month or a year.
fn date_label(input: &SceneInput) -> String {
    let when = input.telling.words.as_ref().and_then(|words| words.when.as_ref());
    when.filter(|(day, _)| *day == input.day).map_or_else(|| input.day.label(), |(_, label)| label.clone())
}

impl Notes {
    /// What the picture is, on one line: the mark of a what-if branch, the title and the date, as far as it has them.
    pub fn heading(&self) -> String {
        let titles = self.what_if.iter().chain([&self.title]).filter(|title| !title.is_empty());
        titles.chain([&self.date]).map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// All else that it says of itself, as one text.
    pub fn description(&self) -> String {
        format!("{}. {}. {} {}", self.view, self.sources, self.projection, self.no_endorsement)
    }
}

/// Where outlines and cities come from: what the licence of the latter asks for.
fn origins(input: &SceneInput) -> &'static str {
    match input.look.layers.cities.visible {
        true => "Outlines: Natural Earth, 1:10 million. Cities: GeoNames, CC BY 4.0.",
        false => "Outlines: Natural Earth, 1:10 million.",
    }
}

fn projection_label(projection: Projection) -> &'static str {
    match projection {
        Projection::Mercator => "Mercator projection",
        Projection::EqualEarth => "Equal Earth projection",
        Projection::Globe => "Orthographic projection",
    }
}

/// Whose picture of the world it is, for people: `View: de facto control`, `View: India`.
pub fn view_label(atlas: &Atlas, view: &View) -> String {
    match view {
        View::DeFacto => "View: de facto control".to_owned(),
        View::Un => "View: United Nations".to_owned(),
        View::Party(party) => format!("View: {}", atlas.polities.name(party)),
    }
}

/// A picture of a case stands on the case's own works, any other on those that the rows of the tenure in force on the day cite.
fn source_count(input: &SceneInput) -> usize {
    input.project.map_or_else(|| input.atlas.tenure.source_count(input.day), |project| project.sources.len())
}

fn centre(camera: &Camera) -> Option<LonLat> {
    camera.projection.unproject(camera.center)
}

fn honest_zoom(camera: &Camera) -> Option<String> {
    let scale = camera.metres_per_point(centre(camera)?) / POINT_METRES;
    let times = SOURCE_SCALE / scale;
    (times > 1.25).then(|| {
        let times = if times < 10.0 { format!("{times:.1}") } else { format!("{times:.0}") };
        format!("Enlarged {times} times past the scale of the outlines (1:10 million): lines may be off by kilometres.")
    })
}

fn scale_bar(camera: &Camera) -> Option<ScaleBar> {
    let seen = camera.visible_lonlat();
    let scale = |lat: f64| camera.projection.parallel_scale(lat.clamp(-84.0, 84.0));
    let ratio = scale(seen.north) / scale(seen.south);
    if !(1.0 / MOST_SCALE_CHANGE..=MOST_SCALE_CHANGE).contains(&ratio) || seen.height_deg() > 70.0 {
        return None;
    }
    let km_per_point = camera.metres_per_point(centre(camera)?) / 1000.0;
    let longest = LONGEST_BAR * km_per_point;
    let decade = 10_f64.powf(longest.log10().floor());
    let km = [5.0, 2.0, 1.0].into_iter().map(|step| step * decade).find(|km| *km <= longest)?;
    let label = if km >= 1.0 { format!("{km} km") } else { format!("{} m", (km * 1000.0).round()) };
    Some(ScaleBar { length_points: (km / km_per_point) as f32, label })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::BoundingBox;

    #[test]
    fn a_close_look_admits_it_and_a_far_one_has_nothing_to_admit() {
        let close = Camera::fit(Projection::Mercator, BoundingBox::new(78.0, 34.0, 79.0, 35.0), [1200.0, 800.0], 0.0);
        assert!(honest_zoom(&close).is_some_and(|notice| notice.contains("1:10 million")));
        assert_eq!(honest_zoom(&Camera::whole_world(Projection::EqualEarth, [1200.0, 800.0])), None);
    }

    #[test]
    fn scale_bars_are_round_and_fit_and_the_world_has_none() {
        let close = Camera::fit(Projection::Mercator, BoundingBox::new(32.0, 44.0, 37.0, 47.0), [1200.0, 800.0], 0.0);
        let bar = scale_bar(&close).unwrap();
        assert!((40.0..=150.0).contains(&bar.length_points), "{bar:?}");
        assert!(["1", "2", "5"].iter().any(|digit| bar.label.starts_with(digit)), "{bar:?}");
        assert_eq!(scale_bar(&Camera::whole_world(Projection::Mercator, [1200.0, 800.0])), None);
    }
}
