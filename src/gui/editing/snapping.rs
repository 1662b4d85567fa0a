//! Where a click would set a point: under the pointer, or where something near it holds the point.

use crate::{
    geometry::{
        LonLat, Topology,
        shape::{
            linework,
            snap::{Snap, SnapIndex, SnapKind},
            trace::{Along, ArcNetwork},
        },
    },
    gui::panels::Ctx,
    model::Project,
};

/// So near to a line, in points of the screen, the pointer is held by it.
pub const REACH_POINTS: f64 = 11.0;
/// Metres in a degree of a great circle.
const METRES_PER_DEG: f64 = 111_195.0;

/// What holds a point.
#[derive(Clone, Debug, PartialEq)]
pub enum Caught {
    /// The borders of the world.
    Arc(Snap),
    /// A shape of the document, by its name.
    Shape(String, SnapKind),
    /// The first point of what is drawn.
    First,
}

/// Where a point would be set.
#[derive(Clone, Debug, PartialEq)]
pub struct Aim {
    /// The place.
    pub at: LonLat,
    /// What holds it there; `None` where it is free.
    pub caught: Option<Caught>,
    /// What the line runs through on its way there, neither end included.
    pub way: Vec<LonLat>,
}

/// How a point is aimed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Aiming<'a> {
    /// Whether anything holds points.
    pub snapping: bool,
    /// Whose shapes hold nothing: of the feature that is being changed.
    pub without: Option<&'a str>,
}

impl Aim {
    /// Where it is on the borders of the world, if it is.
    pub fn on_arc(&self) -> Option<Snap> {
        match self.caught {
            Some(Caught::Arc(snap)) => Some(snap),
            _ => None,
        }
    }
}

/// What points can be held by, indexed when it is needed for the first time.
#[derive(Default)]
pub struct Snapper {
    network: Option<ArcNetwork>,
    shapes: Option<Shapes>,
    traced: Option<Traced>,
}

/// The lines of a document.
struct Shapes {
    document: usize,
    stamp: u64,
    lines: Vec<Vec<[f64; 2]>>,
    /// Whose line it is, by id and name.
    owners: Vec<(String, String)>,
    index: SnapIndex,
}

/// The way that was found last, kept while the pointer rests.
struct Traced {
    from: Snap,
    to: Snap,
    other: bool,
    way: Vec<LonLat>,
}

impl Snapper {
    /// The place itself, or what holds it within reach.
    pub fn aim(&mut self, ctx: &Ctx, place: LonLat, how: Aiming) -> Aim {
        let free = Aim { at: place, caught: None, way: Vec::new() };
        if !how.snapping {
            return free;
        }
        let tolerance_deg = ctx.scene.camera.metres_per_point(place) * REACH_POINTS / METRES_PER_DEG;
        let topology = &ctx.library.atlas.partition.topology;
        let on_arc = self.network(topology).snap(topology, place, tolerance_deg);
        let on_shape = self.shapes(ctx).and_then(|shapes| shapes.snap(place, tolerance_deg, how.without));
        // Of two that hold equally well the border counts: lines can follow it.
        match (on_arc, on_shape) {
            (Some(arc), Some((snap, _))) if arc.kind <= snap.kind => Aim { at: arc.at, caught: Some(Caught::Arc(arc)), ..free },
            (_, Some((snap, name))) => Aim { at: snap.at, caught: Some(Caught::Shape(name, snap.kind)), ..free },
            (Some(arc), None) => Aim { at: arc.at, caught: Some(Caught::Arc(arc)), ..free },
            (None, None) => free,
        }
    }

    /// The points of the borders between two places on them, neither included: the shortest way, or the other way round. Empty where nothing joins them.
    pub fn way(&mut self, topology: &Topology, from: Snap, to: Snap, other: bool) -> Vec<LonLat> {
        if let Some(traced) = &self.traced
            && (traced.from, traced.to, traced.other) == (from, to, other)
        {
            return traced.way.clone();
        }
        let network = self.network(topology);
        let found = if other {
            network.ways(topology, &from, &to, Along::Everything).pop()
        } else {
            network.trace(topology, &from, &to, Along::Everything)
        };
        let way = found.map_or_else(Vec::new, |way| inner(&way.points));
        self.traced = Some(Traced { from, to, other, way: way.clone() });
        way
    }

    fn network(&mut self, topology: &Topology) -> &ArcNetwork {
        self.network.get_or_insert_with(|| ArcNetwork::new(topology))
    }

    fn shapes(&mut self, ctx: &Ctx) -> Option<&Shapes> {
        let (document, project) = (ctx.session.document?, ctx.document()?);
        let is_kept = |shapes: &Shapes| (shapes.document, shapes.stamp) == (document, project.stamp);
        if !self.shapes.as_ref().is_some_and(is_kept) {
            self.shapes = Some(Shapes::new(document, project));
        }
        self.shapes.as_ref()
    }
}

impl Shapes {
    fn new(document: usize, project: &Project) -> Self {
        let (mut lines, mut owners) = (Vec::new(), Vec::new());
        let mut take = |id: &str, name: &str, own: Vec<Vec<[f64; 2]>>| {
            owners.extend(own.iter().map(|_| (id.to_owned(), name.to_owned())));
            lines.extend(own);
        };
        for region in project.drawn_regions() {
            take(&region.common.id, &region.common.name, linework::lines_of(&region.shape));
        }
        for line in project.drawn_lines() {
            take(&line.common.id, &line.common.name, linework::lines_of(&line.shape));
        }
        for place in project.drawn_places() {
            take(&place.common.id, &place.common.name, vec![vec![place.at.to_array()]]);
        }
        let index = SnapIndex::new(&lines[..]);
        Self { document, stamp: project.stamp, lines, owners, index }
    }

    fn snap(&self, place: LonLat, tolerance_deg: f64, without: Option<&str>) -> Option<(Snap, String)> {
        let is_wanted = |line: u32| self.owners.get(line as usize).is_some_and(|(id, _)| Some(id.as_str()) != without);
        let snap = self.index.snap_among(&self.lines[..], place, tolerance_deg, is_wanted)?;
        Some((snap, self.owners.get(snap.line as usize)?.1.clone()))
    }
}

/// What holds the point, in words: `Border of India and China, corner`.
pub fn caught_text(ctx: &Ctx, caught: &Caught) -> String {
    match caught {
        Caught::First => "First point: closes".to_owned(),
        Caught::Shape(name, kind) => format!("{name}, {}", kind_text(*kind)),
        Caught::Arc(snap) => {
            let topology = &ctx.library.atlas.partition.topology;
            let Some(arc) = topology.arcs().get(snap.line as usize) else { return String::new() };
            let (state, day) = (ctx.state, ctx.session.day());
            let holder = |unit| state.holding(unit).holder.map(|polity| ctx.library.atlas.polities.at(polity).name_on(day));
            let sides = [arc.left, arc.right].map(|side| side.map(|unit| (unit, holder(unit))));
            let name = |unit| ctx.library.atlas.partition.info(unit).name.as_str();
            let line = match sides {
                [Some((_, Some(one))), Some((_, Some(other)))] if one != other => format!("Border of {one} and {other}"),
                [Some((one, _)), Some((other, _))] => format!("Border of {} and {}", name(one), name(other)),
                [Some((unit, holder)), None] | [None, Some((unit, holder))] => format!("Coast of {}", holder.unwrap_or(name(unit))),
                [None, None] => "Edge of the map".to_owned(),
            };
            format!("{line}, {}", kind_text(snap.kind))
        }
    }
}

fn kind_text(kind: SnapKind) -> &'static str {
    match kind {
        SnapKind::Node => "end",
        SnapKind::Vertex => "point",
        SnapKind::Edge => "edge",
    }
}

fn inner(points: &[LonLat]) -> Vec<LonLat> {
    if let [_, inner @ .., _] = points { inner.to_vec() } else { Vec::new() }
}
