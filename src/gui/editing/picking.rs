//! Which feature of the document a click on the map means.

use eframe::egui::{Pos2, Rect, vec2};
use geo::{Contains, MultiPolygon, Point};

use crate::{
    geometry::{LonLat, shape::linework},
    gui::{panels::Ctx, session::Selection},
    model::{Annotation, project::Common},
    scene::{annotations::Words, flat::Flattener},
};

/// So near to a place or line, in points of the screen, a click means it.
const REACH_POINTS: f32 = 9.0;

/// The feature under a point of the screen on the date shown: a place before a line before a region, the smaller region first; with a further click on what
/// is selected the next one. `None` where there is none.
pub fn feature_at(ctx: &Ctx, rect: Rect, pointer: Pos2) -> Option<Selection> {
    let found = features_at(ctx, rect, pointer);
    let now = ctx.session.selection.as_ref().and_then(|selection| found.iter().position(|other| other == selection));
    let next = now.map_or(0, |position| (position + 1) % found.len());
    found.into_iter().nth(next)
}

/// The regions under a point of the screen.
pub fn region_at(ctx: &Ctx, rect: Rect, pointer: Pos2) -> Option<Selection> {
    let others = |selection: &Selection| matches!(selection, Selection::Region(..)) && Some(selection) != ctx.session.selection.as_ref();
    features_at(ctx, rect, pointer).into_iter().find(others)
}

fn features_at(ctx: &Ctx, rect: Rect, pointer: Pos2) -> Vec<Selection> {
    let (Some(document), Some(project)) = (ctx.session.document, ctx.document()) else { return Vec::new() };
    let (camera, day) = (&ctx.scene.camera, ctx.session.day());
    let is_there = |common: &Common| common.span.contains(day) && project.draws_layer(&common.layer);
    let at = pointer - rect.min;
    let near = |[x, y]: [f64; 2]| vec2(x as f32, y as f32).to_pos2().distance(at.to_pos2()) <= REACH_POINTS;
    let layers = &ctx.session.look.layers;
    let flattener = Flattener::new(*camera);
    // What explains the map lies over it.
    let annotations = project.annotations.iter().enumerate().filter(|(_, own)| layers.annotations.visible && is_there(&own.common));
    let annotations = annotations.filter(|(_, own)| is_on_annotation(&flattener, own, ctx, at.to_pos2()));
    let mut found: Vec<Selection> = annotations.map(|(index, _)| Selection::Annotation(document, index)).collect();
    let places = project.places.iter().enumerate().filter(|(_, place)| is_there(&place.common));
    let places = places.filter(|(_, place)| camera.seen_at(place.at).is_some_and(near));
    found.extend(places.map(|(index, _)| Selection::Place(document, index)));
    let lines = project.lines.iter().enumerate().filter(|(_, line)| is_there(&line.common));
    let lines = lines.filter(|(_, line)| is_near_lines(&flattener, &linework::lines_of(&line.shape), at.to_pos2()));
    found.extend(lines.map(|(index, _)| Selection::Line(document, index)));
    if let Some(place) = camera.lonlat_from_screen([f64::from(at.x), f64::from(at.y)]) {
        let regions = project.regions.iter().enumerate().filter(|(_, region)| is_there(&region.common));
        let mut regions: Vec<(usize, f64)> =
            regions.filter(|(_, region)| holds(&region.shape, place)).map(|(index, region)| (index, extent_of(&region.shape))).collect();
        regions.sort_by(|one, other| one.1.total_cmp(&other.1));
        found.extend(regions.into_iter().map(|(index, _)| Selection::Region(document, index)));
    }
    found
}

/// Whether a point of the map's screen lies on the words or lines of an annotation.
fn is_on_annotation(flattener: &Flattener, annotation: &Annotation, ctx: &Ctx, at: Pos2) -> bool {
    let words = Words::of(annotation, &ctx.state.view, flattener);
    words.is_some_and(|words| words.rect.grown(3.0).contains(at.into()))
        || is_near_lines(flattener, &linework::lines_of(&annotation.mark.lines()), at)
}

/// Whether a place lies in an area.
pub fn holds(area: &MultiPolygon, place: LonLat) -> bool {
    area.contains(&Point::from(place.to_array()))
}

/// Whether a point of the map's screen lies near to one of these lines.
pub fn is_near_lines(flattener: &Flattener, lines: &[Vec<[f64; 2]>], at: Pos2) -> bool {
    let pieces = lines.iter().flat_map(|line| flattener.line(line));
    pieces.into_iter().any(|piece| piece.windows(2).any(|edge| distance(at, edge[0].into(), edge[1].into()) <= REACH_POINTS))
}

fn distance(at: Pos2, from: Pos2, to: Pos2) -> f32 {
    let (way, off) = (to - from, at - from);
    let share = if way.length_sq() > 0.0 { (off.dot(way) / way.length_sq()).clamp(0.0, 1.0) } else { 0.0 };
    (from + way * share).distance(at)
}

fn extent_of(area: &MultiPolygon) -> f64 {
    linework::extent(area).map_or(0.0, |[west, south, east, north]| (east - west) * (north - south))
}
