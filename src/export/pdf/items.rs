//! Pictures and their items.

use krilla::geom::Path;

use super::{
    hatch::{bounds, fill_area},
    letters::{draw_curved, draw_text},
    painter::{Painter, circle_path, path, rect_path, rounded_path},
};
use crate::{
    export::{
        shapes::{FilledShape, LandShapes, soft_under},
        sheet::Picture,
    },
    geometry::topology,
    model::{Atlas, EventKind, event::EventFamily},
    scene::{
        Fill, Item, MOST_SOFT_POINTS, Rect, Rgba, Scene, Stroke,
        item::At,
        sheet::Pane,
        symbol::{self, Part},
    },
};

const WHITE: Rgba = Rgba::rgb(255, 255, 255);
/// The white edge of a symbol, in halves of its size, as the SVG has it.
const SYMBOL_EDGE: f32 = 0.22;
/// Paper shows so many times finer detail than a screen of a pixel a point.
const FINER: f64 = 1.6;

/// Draws a picture into its frame.
pub(super) fn draw_picture(painter: &mut Painter, atlas: &Atlas, picture: &Picture) {
    let panes = &picture.panes;
    let scale = picture.rect.width() / panes.size_points[0] as f32;
    painter.framed((&picture.rect, picture.rect.min), scale, |painter| {
        panes.panes.iter().for_each(|pane| draw_pane(painter, atlas, pane, scale));
        panes.over().for_each(|item| draw_item(painter, item));
    });
}

fn draw_pane(painter: &mut Painter, atlas: &Atlas, pane: &Pane, scale: f32) {
    let scene = &pane.scene;
    let level = topology::level_for(scene.camera.degrees_per_point() / (FINER * f64::from(scale.max(0.25))));
    let land = LandShapes::new(atlas, scene, usize::from(level));
    painter.framed((&pane.clip, pane.origin), 1.0, |painter| {
        draw_land(painter, scene, &land);
        scene.items.iter().for_each(|item| draw_item(painter, item));
    });
}

fn draw_land(painter: &mut Painter, scene: &Scene, land: &LandShapes) {
    let style = &scene.world.style;
    let [width, height] = scene.size_points.map(|side| side as f32);
    painter.filled(&rect_path(&Rect::new(0.0, 0.0, width, height)), style.page);
    painter.filled(&path(std::slice::from_ref(&land.outline), true), style.water);
    for FilledShape { fill, rings } in std::iter::once(&land.underlay).chain(&land.fills) {
        fill_area(painter, &path(rings, true), &bounds(rings), fill);
    }
    for shape in &land.lines {
        let lines = path(&shape.lines, false);
        if let Some(reach) = shape.soft {
            soft_under(shape.stroke, reach).iter().for_each(|stroke| painter.stroked(&lines, stroke));
        }
        painter.stroked(&lines, &shape.stroke);
    }
}

/// Draws one item.
pub(super) fn draw_item(painter: &mut Painter, item: &Item) {
    match item {
        Item::Polygon { rings, fill, stroke, opacity } => {
            painter.faded(*opacity, |painter| draw_polygon(painter, rings, fill.as_ref(), stroke.as_ref()));
        }
        Item::Polyline { points, stroke, soft } => draw_line(painter, points, stroke, *soft),
        Item::Symbol { at, size_points, family, kind, color, opacity, .. } => {
            painter.faded(*opacity, |painter| draw_symbol(painter, Place { at: *at, half: size_points / 2.0 }, (*family, *kind), *color));
        }
        Item::Dot { at, radius_points, color, stroke } => {
            let circle = circle_path(*at, *radius_points);
            painter.filled(&circle, *color);
            painter.stroked(&circle, stroke);
        }
        Item::Text(text) => draw_text(painter, text),
        Item::Curved(text) => draw_curved(painter, text),
        Item::Box { rect, radius_points, fill, stroke } => {
            let shape = rounded_path(rect, *radius_points);
            fill_area(painter, &shape, rect, fill);
            stroke.iter().for_each(|stroke| painter.stroked(&shape, stroke));
        }
    }
}

fn draw_polygon(painter: &mut Painter, rings: &[Vec<At>], fill: Option<&Fill>, stroke: Option<&Stroke>) {
    let shape = path(rings, true);
    fill.into_iter().for_each(|fill| fill_area(painter, &shape, &bounds(rings), fill));
    stroke.into_iter().for_each(|stroke| painter.stroked(&shape, stroke));
}

fn draw_line(painter: &mut Painter, points: &[At], stroke: &Stroke, soft: bool) {
    let line = path(&[points.to_vec()], false);
    if soft {
        soft_under(*stroke, MOST_SOFT_POINTS).iter().for_each(|under| painter.stroked(&line, under));
    }
    painter.stroked(&line, stroke);
}

/// Where a drawing stands, and half of its size.
#[derive(Clone, Copy)]
struct Place {
    at: At,
    half: f32,
}

impl Place {
    fn on_page(self, point: At) -> At {
        [0, 1].map(|axis| self.at[axis] + point[axis] * self.half)
    }

    fn path(self, points: &[At], closed: bool) -> Option<Path> {
        path(&[points.iter().map(|point| self.on_page(*point)).collect()], closed)
    }
}

/// A white edge, the ground, the drawing.
fn draw_symbol(painter: &mut Painter, place: Place, (family, kind): (EventFamily, EventKind), color: Rgba) {
    let ground = place.path(&symbol::ground(family), true);
    painter.stroked(&ground, &Stroke::solid(WHITE, SYMBOL_EDGE * place.half));
    painter.filled(&ground, color);
    for part in symbol::drawing(kind) {
        match part {
            Part::Area(corners) => painter.filled(&place.path(&corners, true), WHITE),
            Part::Hole(corners) => painter.filled(&place.path(&corners, true), color),
            Part::Line { points, width } => {
                painter.stroked_round(&place.path(&points, false), &Stroke::solid(WHITE, width * place.half));
            }
            Part::Ring { middle, radius, width } => {
                let circle = circle_path(place.on_page(middle), radius * place.half);
                painter.stroked(&circle, &Stroke::solid(WHITE, width * place.half));
            }
        }
    }
}
