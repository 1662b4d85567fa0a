//! A map as a page for print: title block, map in a frame with degrees along it, legend and notes, each with a place of its own that the layout gives it.

use super::{
    paper::{Orientation, Paper},
    sheet::{Block, Picture, Role, Sheet},
    typeset::{Column, Setting},
};
use crate::scene::{
    Anchor, Face, Fill, Item, Notes, Rect, Scene, Stroke, Style, Text,
    furniture::{LegendPart, PART_WIDTH, legend_parts},
    graticule::{FrameMark, Side, frame_marks},
    sheet::Sheet as Panes,
};

/// Between the blocks of a page, in points.
const GAP: f32 = 14.0;
/// What degrees along the frame take on each side, in points.
const GUTTER: f32 = 15.0;
/// The legend of an upright page takes at most this share of what title and notes leave; it gets smaller letters before it takes more.
const LEGEND_SHARE: f32 = 0.34;
/// How much smaller a legend gets at a time until it fits.
const SHRINKING: f32 = 0.94;
/// What sums of lengths may be off, in points.
const ROUNDING: f32 = 0.5;
/// How often a picture is made anew for what its own legend and notes leave of the page.
const ROUNDS: usize = 4;

/// What whoever prints a page says on it. Every text may be empty.
#[derive(Clone, Debug, Default)]
pub struct PageWords {
    /// The title; that of the picture if `None`.
    pub title: Option<String>,
    /// Below the title.
    pub caption: String,
    /// Before the notes that every map carries.
    pub note: String,
    /// Who made it.
    pub author: String,
}

/// Where the parts of a page stand, in points. Nothing overlaps, and all of it lies inside the margins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageLayout {
    /// Title block.
    pub head: Rect,
    /// The map without what stands along its frame.
    pub map: Rect,
    /// Legend and scale.
    pub legend: Rect,
    /// The notes.
    pub foot: Rect,
}

/// What the parts of a page need, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Needs {
    /// Height of the title block.
    pub head: f32,
    /// Height of the notes.
    pub foot: f32,
    /// Height of the legend where it stands below the map; 0 for none.
    pub legend: f32,
    /// What stands along the frame of the map takes so much on each side.
    pub gutter: f32,
}

impl PageLayout {
    /// Gives every part its place: the legend beside the map on a sheet that lies, below it on one that stands.
    pub fn new(inside: &Rect, orientation: Orientation, needs: Needs) -> Self {
        let Rect { min: [left, top], max: [right, bottom] } = *inside;
        let head = Rect { min: [left, top], max: [right, top + needs.head] };
        let foot = Rect { min: [left, bottom - needs.foot], max: [right, bottom] };
        let (first, last) = (head.max[1] + GAP, foot.min[1] - GAP);
        let (around, legend) = match orientation {
            Orientation::Landscape => {
                let column = PART_WIDTH.min(inside.width() * 0.4);
                let legend = Rect { min: [right - column, first], max: [right, last] };
                (Rect { min: [left, first], max: [legend.min[0] - GAP, last] }, legend)
            }
            Orientation::Portrait => {
                let above = if needs.legend > 0.0 { needs.legend + GAP } else { 0.0 };
                let legend = Rect { min: [left, last - needs.legend], max: [right, last] };
                (Rect { min: [left, first], max: [right, last - above] }, legend)
            }
        };
        Self { head, map: around.grown(-needs.gutter), legend, foot }
    }
}

/// Lays a map out as a page. `compose` makes the picture of a map as large as asked for; it is asked again where the legend and the notes of
/// that picture leave it another size.
///
/// # Errors
/// Those of `compose`.
pub fn page<E>(paper: &Paper, words: &PageWords, mut compose: impl FnMut([f64; 2]) -> Result<Scene, E>) -> Result<Sheet, E> {
    let inside = paper.inside();
    let mut needs = Needs { head: 60.0, foot: 24.0, legend: inside.height() * 0.2, gutter: 0.0 };
    let mut scene = compose(size(&PageLayout::new(&inside, paper.orientation, needs).map))?;
    for round in 0..ROUNDS {
        let before = if round == 0 { Needs { head: 0.0, foot: 0.0, legend: 0.0, gutter: 0.0 } } else { needs };
        needs = needed(paper, words, &scene, before);
        let map = PageLayout::new(&inside, paper.orientation, needs).map;
        if size(&map) == scene.size_points {
            break;
        }
        scene = compose(size(&map))?;
    }
    Ok(assembled(paper, words, scene, needs))
}

fn size(rect: &Rect) -> [f64; 2] {
    // Whole points, so that rounds come to an end.
    [rect.width(), rect.height()].map(|side| f64::from(side.floor().max(1.0)))
}

/// What the parts need for this picture, and at least as much as `before`: the rounds must come to an end.
fn needed(paper: &Paper, words: &PageWords, scene: &Scene, before: Needs) -> Needs {
    let (inside, style) = (paper.inside(), &scene.world.style);
    let marked = is_marked(scene);
    let needs = Needs {
        head: head(words, &scene.notes, style, &inside).y - inside.min[1],
        foot: foot(words, &scene.notes, style, &inside, 0.0).y,
        legend: 0.0,
        gutter: if marked { GUTTER } else { 0.0 },
    };
    let room = inside.height() - needs.head - needs.foot - 3.0 * GAP;
    let parts = legend_parts(&scene.legend, &scene.notes, style);
    let legend = match paper.orientation {
        Orientation::Landscape => 0.0,
        Orientation::Portrait => flowed(&parts, inside.width(), room * LEGEND_SHARE).height,
    };
    Needs { head: needs.head.max(before.head), foot: needs.foot.max(before.foot), legend: legend.max(before.legend), ..needs }
}

/// The largest box of these proportions, no larger than the picture itself, at the top left of another.
fn fitted(room: &Rect, size_points: [f64; 2]) -> Rect {
    let [width, height] = size_points.map(|side| side as f32);
    let scale = (room.width() / width).min(room.height() / height).min(1.0);
    Rect::new(room.min[0], room.min[1], width * scale, height * scale)
}

fn is_marked(scene: &Scene) -> bool {
    scene.groups.iter().any(|group| group.layer == crate::scene::ItemLayer::Graticule)
}

fn assembled(paper: &Paper, words: &PageWords, scene: Scene, needs: Needs) -> Sheet {
    let (inside, style) = (paper.inside(), scene.world.style.clone());
    // Where the last round found that more is needed the picture gives way: it is drawn smaller.
    let layout = PageLayout::new(&inside, paper.orientation, needed(paper, words, &scene, needs));
    let map = fitted(&layout.map, scene.size_points);
    let heading = head(words, &scene.notes, &style, &inside).items;
    let parts = legend_parts(&scene.legend, &scene.notes, &style);
    let flow = flowed(&parts, layout.legend.width(), layout.legend.height() + ROUNDING);
    let legend = flow.items(&parts, layout.legend.min);
    let notes = foot(words, &scene.notes, &style, &inside, layout.foot.min[1]).items;
    let frame = frame(&scene, &map, &style);
    let title = words.title.clone().unwrap_or_else(|| scene.notes.heading());
    let said = format!("{}. {}", scene.notes.heading(), scene.notes.description());
    let blocks = vec![
        Block::Items { role: Role::Heading, items: heading },
        Block::Picture(Box::new(Picture { rect: map, panes: Panes::of_scene(scene), words: said })),
        Block::Items { role: Role::Decoration, items: frame },
        Block::Items { role: Role::Paragraph, items: legend },
        Block::Items { role: Role::Paragraph, items: notes },
    ];
    Sheet { size_points: paper.size_points(), scale: paper.scale(), title, paper: style.page, blocks }
}

/// The title block: the mark of a what-if branch, title, date and view, caption.
fn head(words: &PageWords, notes: &Notes, style: &Style, inside: &Rect) -> Column {
    let mut column = Column::new(inside.min[0], inside.min[1], inside.width());
    if let Some(mark) = &notes.what_if {
        column.block(mark, Setting::new(Face::SemiBold, 14.0, style.accent).at_most(3));
    }
    let title = words.title.as_deref().unwrap_or(&notes.title);
    column.block(title, Setting::new(Face::SemiBold, 24.0, style.ink).at_most(3));
    let (size, face) = if title.is_empty() { (24.0, Face::SemiBold) } else { (15.0, Face::Medium) };
    column.block(&format!("{} · {}", notes.date, notes.view), Setting::new(face, size, style.quiet_ink).at_most(2));
    if !words.caption.is_empty() {
        column.skip(4.0);
        column.block(&words.caption, Setting::new(Face::Regular, 12.0, style.ink).at_most(4));
    }
    column
}

/// What every map says of itself, along the lower edge.
fn foot(words: &PageWords, notes: &Notes, style: &Style, inside: &Rect, top: f32) -> Column {
    let mut column = Column::new(inside.min[0], top, inside.width());
    let small = Setting::new(Face::Regular, 9.0, style.quiet_ink);
    if !words.note.is_empty() {
        column.block(&words.note, small.at_most(4));
    }
    let by = if words.author.is_empty() { String::new() } else { format!("{}. ", words.author) };
    let zoom = notes.honest_zoom.as_ref().map_or(String::new(), |zoom| format!(" {zoom}"));
    column.block(&format!("{by}{}. {}{zoom} {}", notes.sources, notes.projection, notes.no_endorsement), small.at_most(6));
    column
}

/// The frame of the map, with the degrees along it where meridians and parallels are drawn.
fn frame(scene: &Scene, map: &Rect, style: &Style) -> Vec<Item> {
    let line = Stroke::solid(style.ink, 0.75);
    let no_fill = Fill::plain(style.ink.faded(0.0));
    let mut items = vec![Item::Box { rect: *map, radius_points: 0.0, fill: no_fill, stroke: Some(line) }];
    if is_marked(scene) {
        items.extend(frame_marks(&scene.camera).iter().flat_map(|mark| mark_items(mark, map, style)));
    }
    items
}

/// A tick outside the frame, and the degrees beyond it.
fn mark_items(mark: &FrameMark, map: &Rect, style: &Style) -> [Item; 2] {
    let on_page = |at: [f32; 2]| [map.min[0] + at[0], map.min[1] + at[1]];
    let out = match mark.side {
        Side::Top => [0.0, -1.0],
        Side::Bottom => [0.0, 1.0],
        Side::Left => [-1.0, 0.0],
        Side::Right => [1.0, 0.0],
    };
    let from = on_page(mark.at);
    let beyond = |points: f32| [from[0] + out[0] * points, from[1] + out[1] * points];
    let tick = Item::Polyline { points: vec![from, beyond(3.0)], stroke: Stroke::solid(style.ink, 0.75), soft: false };
    let angle_rad = if mark.side.has_meridians() { 0.0 } else { -std::f32::consts::FRAC_PI_2 };
    // The first and the last label keep inside the frame's length.
    let end = 16.0;
    let mut at = beyond(9.5);
    let along = usize::from(!mark.side.has_meridians());
    at[along] = at[along].clamp(map.min[along] + end, (map.max[along] - end).max(map.min[along] + end));
    let line = Text::line(&mark.label, at, Face::Regular, 8.5, style.quiet_ink);
    [tick, Item::Text(Text { anchor: Anchor::Middle, angle_rad, ..line })]
}

/// A legend laid out in columns.
#[derive(Clone, Debug)]
struct Flow {
    /// How much smaller than usual.
    scale: f32,
    /// The corner of each part.
    places: Vec<[f32; 2]>,
    /// Of the longest column; 0 for no parts.
    height: f32,
}

impl Flow {
    fn items(&self, parts: &[LegendPart], corner: [f32; 2]) -> Vec<Item> {
        let placed = parts.iter().zip(&self.places).flat_map(|(part, place)| {
            let by = [corner[0] + place[0], corner[1] + place[1]];
            part.items.iter().map(move |item| item.clone().placed(self.scale, by))
        });
        placed.collect()
    }
}

/// The parts in their order, column by column, as low as they fit into so much room; smaller where they do not fit.
fn flowed(parts: &[LegendPart], width: f32, most_height: f32) -> Flow {
    let mut scale = (width / PART_WIDTH).min(1.0);
    loop {
        let tallest = parts.iter().map(|part| part.height * scale).fold(0.0, f32::max);
        let total: f32 = parts.iter().map(|part| (part.height + GAP) * scale).sum();
        let columns = (((width + GAP) / (PART_WIDTH * scale + GAP)).floor()).max(1.0);
        // From columns of one height, a step at a time.
        let mut height = (total / columns - GAP).max(tallest);
        while height <= most_height {
            if let Some(flow) = filled(parts, scale, columns as usize, height) {
                return flow;
            }
            height += 6.0;
        }
        if scale < 0.05 {
            return Flow { scale, places: vec![[0.0, 0.0]; parts.len()], height: 0.0 };
        }
        scale *= SHRINKING;
    }
}

fn filled(parts: &[LegendPart], scale: f32, columns: usize, height: f32) -> Option<Flow> {
    let (mut column, mut y, mut longest) = (0, 0.0, 0.0_f32);
    let mut places = Vec::with_capacity(parts.len());
    for part in parts {
        let own = part.height * scale;
        if y > 0.0 && y + own > height {
            (column, y) = (column + 1, 0.0);
        }
        if column >= columns || own > height {
            return None;
        }
        places.push([column as f32 * (PART_WIDTH * scale + GAP), y]);
        longest = longest.max(y + own);
        y += own + GAP * scale;
    }
    Some(Flow { scale, places, height: longest })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_legend_fits_its_room_whatever_it_holds(
            heights in prop::collection::vec(10.0..900.0_f32, 0..9), width in 150.0..1500.0_f32, room in 40.0..900.0_f32,
        ) {
            let parts: Vec<LegendPart> = heights.into_iter().map(|height| LegendPart { items: Vec::new(), height }).collect();
            let flow = flowed(&parts, width, room);
            prop_assert_eq!(flow.places.len(), parts.len());
            prop_assert!(flow.height <= room);
            let boxes: Vec<Rect> = parts
                .iter()
                .zip(&flow.places)
                .map(|(part, place)| Rect::new(place[0], place[1], PART_WIDTH * flow.scale, part.height * flow.scale))
                .collect();
            for (index, part) in boxes.iter().enumerate() {
                prop_assert!(Rect::new(0.0, 0.0, width, flow.height).grown(0.1).encloses(part), "{part:?} in {width} x {}", flow.height);
                prop_assert!(boxes[..index].iter().all(|other| !part.grown(-0.01).overlaps(other)), "{boxes:?}");
            }
        }
    }

    #[test]
    fn a_legend_with_room_has_letters_of_full_size() {
        let parts: Vec<LegendPart> = [80.0, 60.0, 40.0].map(|height| LegendPart { items: Vec::new(), height }).into();
        let flow = flowed(&parts, 2.0 * PART_WIDTH + GAP, 200.0);
        assert_eq!((flow.scale, flow.height), (1.0, 100.0 + GAP), "two columns, as low as they go");
    }
}
