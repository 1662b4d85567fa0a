//! The scene's draw list by egui's own painter.

use std::sync::{Arc, Mutex};

use eframe::egui::{
    Color32, FontFamily, FontId, Galley, Id, Painter, Pos2, Rect, Shape, Stroke as EguiStroke, StrokeKind, Vec2,
    emath::Rot2,
    epaint::{Mesh, TextShape, Vertex},
    pos2, vec2,
};

use super::areas::{Area, AreaShapes, with_areas};
use crate::scene::{
    Anchor, Dash, Face, Fill, Item, Rgba, Stroke, Text,
    bidi::{for_shaper_by_script, visual_pieces},
    fonts,
    item::{CurvedText, STRIPE_POINTS},
    symbol,
};

/// The egui family of a face; the window registers it under this name.
pub fn family(face: Face) -> FontFamily {
    FontFamily::Name(
        match face {
            Face::Regular => "inter-regular",
            Face::Medium => "inter-medium",
            Face::SemiBold => "inter-semibold",
            Face::Italic => "inter-italic",
        }
        .into(),
    )
}

/// Paints items back to front. `area` is where the map lies in the window: the items' points count from its corner.
pub fn paint_items(painter: &Painter, area: Rect, items: &[Item]) {
    let is_area = |item: &Item| matches!(item, Item::Polygon { .. });
    // Without the lock nothing is shown; it is broken only where a panic ended the frame.
    let _ = with_areas(painter, |areas| {
        for run in items.chunk_by(|one, next| is_area(one) && is_area(next)) {
            match run {
                [Item::Polygon { .. }, ..] => paint_areas(painter, area, run, areas),
                others => others.iter().for_each(|item| paint_item(painter, area, item)),
            }
        }
    });
}

/// Areas that follow each other.
fn paint_areas(painter: &Painter, area: Rect, run: &[Item], areas: &mut AreaShapes) {
    let own = run.iter().filter_map(|item| match item {
        Item::Polygon { rings, fill, stroke, opacity } => Some(Area { rings, fill: *fill, stroke: *stroke, opacity: *opacity }),
        _ => None,
    });
    areas.paint(painter, area.min, &own.collect::<Vec<_>>());
}

fn paint_item(painter: &Painter, area: Rect, item: &Item) {
    let to = |at: [f32; 2]| area.min + vec2(at[0], at[1]);
    match item {
        // Painted with those beside it.
        Item::Polygon { .. } => {}
        Item::Polyline { points, stroke, soft } => {
            painter.extend(line_shapes(points.iter().map(|at| to(*at)).collect(), stroke, *soft));
        }
        Item::Symbol { at, size_points, family, kind, color, opacity, .. } => {
            event_symbol(painter, to(*at), *size_points, *family, *kind, faded(*color, *opacity))
        }
        Item::Dot { at, radius_points, color, stroke } => {
            painter.circle(to(*at), *radius_points, color32(*color), EguiStroke::new(stroke.width_points, color32(stroke.color)));
        }
        Item::Text(text) => line_of_text(painter, to(text.at), text),
        Item::Curved(text) => curved_text(painter, area.min, text),
        Item::Box { rect, radius_points, fill, stroke } => {
            let place = Rect::from_min_max(to(rect.min), to(rect.max));
            painter.rect_filled(place, *radius_points, color32(fill.base));
            stripes(painter, place, fill);
            if let Some(stroke) = stroke {
                painter.rect_stroke(place, *radius_points, EguiStroke::new(stroke.width_points, color32(stroke.color)), StrokeKind::Inside);
            }
        }
    }
}

/// A scene colour as egui has it.
pub fn color32(color: Rgba) -> Color32 {
    let [red, green, blue, alpha] = color.0;
    Color32::from_rgba_unmultiplied(red, green, blue, alpha)
}

fn faded(color: Rgba, opacity: f32) -> Color32 {
    color32(color.faded(opacity))
}

/// So many pieces of stripes are cut; an area that would need more has one even tint.
const MOST_PIECES: usize = 20_000;

/// The stripes of an area at 45 degrees, as convex pieces in the points of its corners, only where they can be `seen`. They stand still while time runs. Empty
/// for a plain fill, `None` where there would be too many.
pub(super) fn hatch(corners: &[Pos2], triangles: &[u32], fill: &Fill, seen: Rect) -> Option<Vec<(Vec<Pos2>, Rgba)>> {
    // Along `x + y` a stripe is wider by the square root of two.
    let width = STRIPE_POINTS * std::f32::consts::SQRT_2;
    let period = width * fill.bands().len() as f32;
    let mut pieces = Vec::new();
    for triangle in triangles.as_chunks::<3>().0.iter().filter(|_| fill.hatch_count > 0) {
        let triangle = triangle.map(|corner| corners[corner as usize]);
        if !Rect::from_points(&triangle).intersects(seen) {
            continue;
        }
        let along = triangle.map(|at| at.x + at.y);
        let (from, to) = (along[0].min(along[1]).min(along[2]), along[0].max(along[1]).max(along[2]));
        let (from, to) = (from.max(seen.min.x + seen.min.y), to.min(seen.max.x + seen.max.y));
        for turn in (from / period).floor() as i64..=(to / period).floor() as i64 {
            for (index, color) in fill.stripes().iter().enumerate() {
                let start = turn as f32 * period + width * (index as f32 + f32::from(fill.ground_stripes.max(1)));
                let below = cut(&triangle, |at| at.x + at.y - start);
                let piece = cut(&below, |at| start + width - at.x - at.y);
                pieces.extend((piece.len() > 2).then_some((piece, *color)));
            }
        }
        if pieces.len() > MOST_PIECES {
            return None;
        }
    }
    Some(pieces)
}

/// The part of a convex outline where `inside` is not negative, by the method of Sutherland and Hodgman (1974).
fn cut(outline: &[Pos2], inside: impl Fn(Pos2) -> f32) -> Vec<Pos2> {
    let mut kept = Vec::with_capacity(outline.len() + 1);
    for (index, at) in outline.iter().enumerate() {
        let before = outline[(index + outline.len() - 1) % outline.len()];
        let (here, there) = (inside(*at), inside(before));
        if (here >= 0.0) != (there >= 0.0) {
            kept.push(before + (*at - before) * (there / (there - here)));
        }
        if here >= 0.0 {
            kept.push(*at);
        }
    }
    kept
}

/// The colour of a hatch seen from afar.
pub(super) fn even_tint(fill: &Fill) -> Rgba {
    let mixed = |(count, mixed): (f32, Rgba), band: &Rgba| (count + 1.0, mixed.mixed(*band, 1.0 / (count + 1.0)));
    fill.bands().iter().fold((0.0, fill.base), mixed).1
}

/// The stripes of a small box: a sample in a legend.
fn stripes(painter: &Painter, place: Rect, fill: &Fill) {
    let (ground, count) = (f32::from(fill.ground_stripes.max(1)), fill.bands().len() as f32);
    let painter = painter.with_clip_rect(place.intersect(painter.clip_rect()));
    // Along the horizontal a stripe at 45 degrees is wider by the square root of two.
    let (width, period) = (STRIPE_POINTS * std::f32::consts::SQRT_2, STRIPE_POINTS * std::f32::consts::SQRT_2 * count);
    for (index, color) in fill.stripes().iter().enumerate() {
        let mut x = place.left() - place.height() + width * (index as f32 + ground) - period;
        while x < place.right() {
            let corners = vec![
                pos2(x, place.bottom()),
                pos2(x + width, place.bottom()),
                pos2(x + width + place.height(), place.top()),
                pos2(x + place.height(), place.top()),
            ];
            painter.add(Shape::convex_polygon(corners, color32(*color), EguiStroke::NONE));
            x += period;
        }
    }
}

/// A line as egui's shapes.
pub(super) fn line_shapes(points: Vec<Pos2>, stroke: &Stroke, soft: bool) -> Vec<Shape> {
    let line = EguiStroke::new(stroke.width_points, color32(stroke.color));
    let wide = EguiStroke::new(stroke.width_points * 4.0, color32(stroke.color.faded(0.22)));
    let mut shapes: Vec<Shape> = soft.then(|| Shape::line(points.clone(), wide)).into_iter().collect();
    let pattern = stroke.dash.pattern(stroke.width_points);
    match stroke.dash {
        Dash::Solid => shapes.push(Shape::line(points, line)),
        Dash::Dots => shapes.extend(Shape::dotted_line(&points, line.color, pattern.iter().sum(), stroke.width_points / 2.0)),
        _ => {
            let every_other = |first: usize| pattern.iter().skip(first).step_by(2).copied().collect::<Vec<f32>>();
            shapes.extend(Shape::dashed_line_with_offset(&points, line, &every_other(0), &every_other(1), 0.0));
        }
    }
    shapes
}

fn event_symbol(
    painter: &Painter,
    at: Pos2,
    size_points: f32,
    family: crate::model::event::EventFamily,
    kind: crate::model::EventKind,
    color: Color32,
) {
    let half = size_points / 2.0;
    let place = |part: &[f32; 2]| at + vec2(part[0], part[1]) * half;
    let white = Color32::WHITE.gamma_multiply(f32::from(color.a()) / 255.0);
    let ground: Vec<Pos2> = symbol::ground(family).iter().map(place).collect();
    painter.add(Shape::convex_polygon(ground, color, EguiStroke::new(1.5, white)));
    for part in symbol::drawing(kind) {
        match part {
            symbol::Part::Area(points) => {
                painter.add(Shape::convex_polygon(points.iter().map(place).collect(), white, EguiStroke::NONE));
            }
            symbol::Part::Hole(points) => {
                painter.add(Shape::convex_polygon(points.iter().map(place).collect(), color, EguiStroke::NONE));
            }
            symbol::Part::Line { points, width } => {
                let points: Vec<Pos2> = points.iter().map(place).collect();
                let ends = [points.first(), points.last()];
                for end in ends.into_iter().flatten() {
                    painter.circle_filled(*end, width * half / 2.0, white);
                }
                painter.line(points, EguiStroke::new(width * half, white));
            }
            symbol::Part::Ring { middle, radius, width } => {
                painter.circle_stroke(place(&middle), radius * half, EguiStroke::new(width * half, white));
            }
        }
    }
}

/// Four steps round a letter: where the copies of its halo lie. Each copy shades every pixel of the text again, so there are no more of them.
const HALO_STEPS: [(f32, f32); 4] = [(0.75, 0.75), (-0.75, 0.75), (0.75, -0.75), (-0.75, -0.75)];

fn line_of_text(painter: &Painter, at: Pos2, text: &Text) {
    let font = FontId::new(text.size_points, family(text.face));
    let mut job = eframe::egui::text::LayoutJob::default();
    let format = eframe::egui::TextFormat {
        font_id: font,
        color: Color32::PLACEHOLDER,
        extra_letter_spacing: text.spacing_points(),
        ..Default::default()
    };
    // egui joins letters and turns words, but sets one stretch after the other from left to right.
    visual_pieces(&text.text).into_iter().for_each(|piece| job.append(&for_shaper_by_script(piece), 0.0, format.clone()));
    let galley = painter.layout_job(job);
    let width = galley.size().x;
    let left = match text.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => -width / 2.0,
        Anchor::End => -width,
    };
    let ascent = galley.rows.first().map_or(0.0, |row| row.glyphs.first().map_or(text.size_points, |glyph| glyph.pos.y));
    let corner = vec2(left, text.size_points * fonts::CAP_HEIGHT / 2.0 - ascent);
    let turned = Vec2::angled(text.angle_rad);
    let place = at + vec2(corner.x * turned.x - corner.y * turned.y, corner.x * turned.y + corner.y * turned.x);
    let shape = |offset: Vec2, color: Rgba| {
        let mut shape = TextShape::new(place + offset, galley.clone(), color32(color)).with_angle(text.angle_rad);
        shape.override_text_color = Some(color32(color));
        shape
    };
    if let Some(halo) = text.halo {
        let reach = (text.size_points / 9.0).clamp(1.0, 2.5);
        let halo = halo.faded(text.color.opacity() * 0.85);
        painter.extend(HALO_STEPS.map(|(x, y)| Shape::Text(shape(vec2(x, y) * reach, halo))));
    }
    painter.add(Shape::Text(shape(Vec2::ZERO, text.color)));
}

/// A text along a curve: the letters are laid out each by itself and then become the one mesh of one galley, because egui moves every galley to whole pixels,
/// which makes letters that are drawn one by one dance.
fn curved_text(painter: &Painter, origin: Pos2, text: &CurvedText) {
    let Some(last) = text.text.chars().rfind(|letter| !letter.is_whitespace()) else { return };
    let kept = painter.ctx().data_mut(|data| Arc::clone(data.get_temp_mut_or_default::<Arc<Mutex<CurvedGalleys>>>(Id::NULL)));
    let Ok(mut kept) = kept.lock() else { return };
    let witness = letter_galley(painter, last, text);
    let Some(galley) = kept.galley(painter, text, &witness) else { return };
    let shape = |offset: Vec2, color: Rgba| Shape::Text(TextShape::new(origin + offset, Arc::clone(&galley), color32(color)));
    if let Some(halo) = text.halo {
        let reach = (text.size_points / 9.0).clamp(1.0, 2.5);
        let halo = halo.faded(text.color.opacity() * 0.85);
        painter.extend(HALO_STEPS.map(|(x, y)| shape(vec2(x, y) * reach, halo)));
    }
    painter.add(shape(Vec2::ZERO, text.color));
}

fn letter_galley(painter: &Painter, letter: char, text: &CurvedText) -> Arc<Galley> {
    painter.layout_no_wrap(letter.to_string(), FontId::new(text.size_points, family(text.face)), Color32::PLACEHOLDER)
}

/// The galleys of curved names from the last pass to this one: waters stand still while time runs, and laying them out letter by letter took an eighth of
/// our part of a frame.
#[derive(Default)]
struct CurvedGalleys {
    pass: u64,
    /// Those of the pass before and of this one.
    known: [Vec<CurvedGalley>; 2],
}

#[derive(Clone)]
struct CurvedGalley {
    text: CurvedText,
    /// egui's own layout of the last letter. It lays a letter out anew when its atlas of letters was made anew, and then our mesh is out of date too.
    witness: Arc<Galley>,
    galley: Arc<Galley>,
}

impl CurvedGalleys {
    /// The galley of a name; `None` where it shows nothing.
    fn galley(&mut self, painter: &Painter, text: &CurvedText, witness: &Arc<Galley>) -> Option<Arc<Galley>> {
        let pass = painter.ctx().cumulative_pass_nr();
        if self.pass != pass {
            self.known = [std::mem::take(&mut self.known[1]), Vec::new()];
            self.pass = pass;
        }
        let same = |known: &&CurvedGalley| Arc::ptr_eq(&known.witness, witness) && is_same_layout(&known.text, text);
        let found = match self.known[0].iter().find(same) {
            Some(known) => known.clone(),
            None => CurvedGalley { text: text.clone(), witness: Arc::clone(witness), galley: laid_out(painter, text)? },
        };
        let galley = Arc::clone(&found.galley);
        self.known[1].push(found);
        Some(galley)
    }
}

/// Whether two names differ in colour at most.
fn is_same_layout(one: &CurvedText, other: &CurvedText) -> bool {
    one.size_points == other.size_points && one.face == other.face && one.text == other.text && one.letters == other.letters
}

fn laid_out(painter: &Painter, text: &CurvedText) -> Option<Arc<Galley>> {
    let mut mesh = Mesh::default();
    let mut last = None;
    for (letter, place) in text.text.chars().zip(&text.letters).filter(|(letter, _)| !letter.is_whitespace()) {
        let galley = letter_galley(painter, letter, text);
        let Some(row) = galley.rows.first() else { continue };
        let base = row.glyphs.first().map_or(text.size_points, |glyph| glyph.pos.y);
        let turn = Rot2::from_angle(place.angle_rad);
        let first = mesh.vertices.len() as u32;
        // The letter stands on the left end of its base line.
        let place = |vertex: &Vertex| Vertex { pos: pos2(place.at[0], place.at[1]) + turn * (vertex.pos - pos2(0.0, base)), ..*vertex };
        mesh.vertices.extend(row.visuals.mesh.vertices.iter().map(place));
        mesh.indices.extend(row.visuals.mesh.indices.iter().map(|index| index + first));
        last = Some(galley);
    }
    last.and_then(|galley| one_row(&galley, mesh))
}

/// A galley like this one whose only row is a mesh of letters; `None` for an empty mesh.
fn one_row(galley: &Galley, mesh: Mesh) -> Option<Arc<Galley>> {
    let mut galley = galley.clone();
    galley.rows.truncate(1);
    let row = galley.rows.first_mut().filter(|_| !mesh.is_empty())?;
    row.pos = Pos2::ZERO;
    let bounds = mesh.calc_bounds();
    (galley.num_vertices, galley.num_indices, galley.mesh_bounds) = (mesh.vertices.len(), mesh.indices.len(), bounds);
    let visuals = &mut Arc::make_mut(&mut row.row).visuals;
    visuals.glyph_vertex_range = 0..mesh.vertices.len();
    (visuals.mesh, visuals.mesh_bounds) = (mesh, bounds);
    Some(Arc::new(galley))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{gui::theme, scene::item::Letter};

    fn curved(letters: &[Letter], size_points: f32) -> CurvedText {
        let color = Rgba::rgb(0, 0, 0);
        CurvedText { text: "HO".to_owned(), letters: letters.to_vec(), face: Face::Regular, size_points, color, halo: None }
    }

    /// The galley that a frame draws a curved name with.
    fn drawn(context: &eframe::egui::Context, text: &CurvedText) -> Arc<Galley> {
        let mut output = context.run_ui(Default::default(), |ui| curved_text(ui.painter(), Pos2::ZERO, text));
        output.textures_delta.clear();
        let texts =
            output.shapes.into_iter().filter_map(|clipped| if let Shape::Text(text) = clipped.shape { Some(text.galley) } else { None });
        texts.last().expect("a name")
    }

    #[test]
    fn a_curved_name_is_laid_out_once_until_it_or_the_letters_of_egui_change() {
        let context = eframe::egui::Context::default();
        theme::install_fonts(&context);
        let letter = |x: f32| Letter { at: [x, 100.0], angle_rad: 0.2 };
        let (here, there) = (curved(&[letter(10.0), letter(40.0)], 20.0), curved(&[letter(11.0), letter(41.0)], 20.0));
        drawn(&context, &here);
        let first = drawn(&context, &here);
        assert!(Arc::ptr_eq(&first, &drawn(&context, &here)), "nothing has changed");
        assert!(!Arc::ptr_eq(&first, &drawn(&context, &there)), "the map has moved");
        let back = drawn(&context, &here);
        // On a finer screen the letters are drawn anew and stand elsewhere in egui's atlas.
        context.set_pixels_per_point(2.0);
        assert!(!Arc::ptr_eq(&back, &drawn(&context, &here)));
    }

    #[test]
    fn stripes_cover_their_share_of_an_area() {
        let square = [pos2(0.0, 0.0), pos2(300.0, 0.0), pos2(300.0, 300.0), pos2(0.0, 300.0)];
        let (one, other) = (Rgba::rgb(1, 0, 0), Rgba::rgb(0, 1, 0));
        let mut fill = Fill { ground_stripes: 2, hatch_count: 2, ..Fill::plain(Rgba::rgb(0, 0, 1)) };
        (fill.hatch[0], fill.hatch[1]) = (one, other);
        let seen = Rect::from_min_max(pos2(-10.0, -10.0), pos2(310.0, 310.0));
        let pieces = hatch(&square, &[0, 1, 2, 0, 2, 3], &fill, seen).unwrap();
        let area = |points: &[Pos2]| {
            let doubled = |index: usize| {
                let (a, b) = (points[index], points[(index + 1) % points.len()]);
                a.x * b.y - b.x * a.y
            };
            (0..points.len()).map(doubled).sum::<f32>().abs() / 2.0
        };
        for color in [one, other] {
            let share = pieces.iter().filter(|(_, own)| *own == color).map(|(points, _)| area(points)).sum::<f32>() / 90_000.0;
            assert!((share - 0.25).abs() < 0.01, "two of four bands are the ground's: {share}");
        }
        assert!(hatch(&square, &[0, 1, 2], &Fill::plain(one), seen).unwrap().is_empty());
        let half = Rect::from_min_max(pos2(-10.0, -10.0), pos2(10.0, 10.0));
        assert!(hatch(&square, &[0, 1, 2, 0, 2, 3], &fill, half).unwrap().len() < pieces.len() / 4, "only what is seen is cut");
    }

    #[test]
    fn curved_letters_stand_where_the_scene_puts_them() {
        let context = eframe::egui::Context::default();
        theme::install_fonts(&context);
        let letter = |x: f32, angle_rad: f32| Letter { at: [x, 100.0], angle_rad };
        let letters = vec![letter(10.0, 0.0), letter(60.0, 0.0), letter(110.0, std::f32::consts::FRAC_PI_2)];
        let (text, color) = ("HHH".to_owned(), Rgba::rgb(0, 0, 0));
        let text = CurvedText { text, letters, face: Face::Regular, size_points: 20.0, color, halo: Some(color) };
        let mut shapes = Vec::new();
        // The fonts are there from the second frame on.
        for _ in 0..2 {
            let mut output = context.run_ui(Default::default(), |ui| curved_text(ui.painter(), pos2(1000.0, 0.0), &text));
            output.textures_delta.clear();
            shapes = output.shapes.into_iter().map(|clipped| clipped.shape).collect();
        }
        let texts: Vec<&TextShape> =
            shapes.iter().filter_map(|shape| if let Shape::Text(text) = shape { Some(text) } else { None }).collect();
        assert_eq!(texts.len(), 1 + HALO_STEPS.len(), "one shape a name and one a step of its halo");
        let vertices = &texts[HALO_STEPS.len()].galley.rows[0].row.visuals.mesh.vertices;
        assert_eq!((vertices.len(), texts[0].pos.x > 990.0), (12, true));
        let bounds = |from: usize| Rect::from_points(&vertices[from..from + 4].iter().map(|vertex| vertex.pos).collect::<Vec<_>>());
        let (first, second, third) = (bounds(0), bounds(4), bounds(8));
        // Upright letters stand on the base line to the right of their place; one turned by a quarter hangs below it and to its right.
        assert!((first.bottom() - 100.0).abs() < 1.6 && first.left() > 9.0 && first.right() < 28.0, "{first:?}");
        assert!((second.left() - first.left() - 50.0).abs() < 0.01);
        assert!((third.left() - 110.0).abs() < 1.6 && third.top() > 99.0 && third.bottom() < 118.0, "{third:?}");
    }
}
