//! The land as a few flat shapes: for each fill the rings of its units together, for each kind of line the lines that are long chains of arcs.
//! SVG and PNG draw the very same.

use std::collections::BTreeMap;

use crate::{
    geometry::{ArcIx, ArcRef, Camera, Ring, Topology, UnitIx},
    model::{Atlas, borders::LineClass},
    scene::{
        Dash, Fill, Scene, Stroke,
        flat::Flattener,
        item::At,
        outline::{chains, outlines},
        soft_points,
    },
};

/// An area to be filled by the even-odd rule.
#[derive(Clone, Debug)]
pub struct FilledShape {
    /// How.
    pub fill: Fill,
    /// Rings in points; first points not repeated. Never empty.
    pub rings: Vec<Vec<At>>,
}

/// Lines of one kind.
#[derive(Clone, Debug)]
pub struct LineShape {
    /// Which class.
    pub class: LineClass,
    /// How they are drawn.
    pub stroke: Stroke,
    /// Drawn soft: a wide faint line under the thin one, which reaches so many points beyond it; `None` for a line that is certain.
    pub soft: Option<f32>,
    /// The lines in points. Never empty.
    pub lines: Vec<Vec<At>>,
}

/// The land of one scene, flat.
#[derive(Clone, Debug)]
pub struct LandShapes {
    /// The edge of the world in points, where the projection has one inside the picture; else the whole picture.
    pub outline: Vec<At>,
    /// All land together, under the fills, so that no water shines through where two of them meet.
    pub underlay: FilledShape,
    /// One shape a fill, in the order of the scene's fills.
    pub fills: Vec<FilledShape>,
    /// Coast first, the disputed classes last.
    pub lines: Vec<LineShape>,
}

impl LandShapes {
    /// Flattens the land of a scene at a level of detail (usually [`Scene::level`]).
    pub fn new(atlas: &Atlas, scene: &Scene, level: usize) -> Self {
        let topology = &atlas.partition.topology;
        let flat = Flat { topology, flattener: Flattener::new(scene.camera), level: level.min(u8::MAX.into()) as u8 };
        let (underlay, fills) = std::thread::scope(|scope| {
            let fills = scope.spawn(|| flat.fills(scene));
            let underlay = flat.underlay(scene);
            (underlay, fills.join().unwrap_or_default())
        });
        Self { outline: outline(&scene.camera), underlay, fills, lines: flat.lines(scene) }
    }
}

/// The edge of the world on the screen.
fn outline(camera: &Camera) -> Vec<At> {
    camera.outline().into_iter().map(|at| at.map(|value| value as f32)).collect()
}

struct Flat<'a> {
    topology: &'a Topology,
    flattener: Flattener,
    level: u8,
}

impl Flat<'_> {
    fn fills(&self, scene: &Scene) -> Vec<FilledShape> {
        let world = &scene.world;
        let rings = outlines(self.topology, world.fills.len(), |unit: UnitIx| Some(usize::from(world.fill_of_unit[unit.index()])));
        let shapes = world.fills.iter().zip(rings).map(|(fill, rings)| FilledShape { fill: *fill, rings: self.rings(&rings) });
        // The underlay has the colour of unknown land already.
        shapes.filter(|shape| !shape.rings.is_empty() && shape.fill != Fill::plain(world.style.unknown_land)).collect()
    }

    fn underlay(&self, scene: &Scene) -> FilledShape {
        let rings = outlines(self.topology, 1, |_| Some(0));
        FilledShape { fill: Fill::plain(scene.world.style.unknown_land), rings: rings.iter().flat_map(|rings| self.rings(rings)).collect() }
    }

    fn rings(&self, rings: &[Ring]) -> Vec<Vec<At>> {
        let seen = rings.iter().filter(|ring| self.may_be_seen(ring));
        seen.map(|ring| self.flattener.ring(&self.topology.ring_points(ring, self.level))).filter(|ring| ring.len() > 2).collect()
    }

    fn may_be_seen(&self, ring: &Ring) -> bool {
        let boxes = ring.0.iter().map(|walk| self.topology.arc(walk.arc()).bbox);
        boxes
            .reduce(|a, b| {
                crate::geometry::BoundingBox::new(a.west.min(b.west), a.south.min(b.south), a.east.max(b.east), a.north.max(b.north))
            })
            .is_some_and(|bbox| self.flattener.sees(&bbox))
    }

    fn lines(&self, scene: &Scene) -> Vec<LineShape> {
        let world = &scene.world;
        let mut groups: BTreeMap<(LineClass, bool), Vec<ArcIx>> = BTreeMap::new();
        for arc in self.topology.arc_ixs() {
            let class = world.class_of_arc[arc.index()];
            if class != LineClass::Absent && self.flattener.sees(&self.topology.arc(arc).bbox) {
                groups.entry((class, world.soft_arcs[arc.index()])).or_default().push(arc);
            }
        }
        let reach = soft_points(&scene.camera);
        let shapes = groups.into_iter().filter_map(|((class, soft), arcs)| {
            let stroke = world.style.stroke(class)?;
            let lines: Vec<Vec<At>> = chains(self.topology, &arcs).iter().flat_map(|chain| self.line(chain)).collect();
            (!lines.is_empty()).then_some(LineShape { class, stroke, soft: soft.then_some(reach), lines })
        });
        shapes.collect()
    }

    fn line(&self, chain: &[ArcRef]) -> Vec<Vec<At>> {
        let mut points: Vec<[f64; 2]> = Vec::new();
        for walk in chain {
            points.pop();
            let arc = self.topology.arc(walk.arc()).at_level(self.level);
            if walk.is_reversed() { points.extend(arc.rev()) } else { points.extend(arc) }
        }
        // An island that has shrunk to a dash is drawn as nothing, like its fill.
        let collapsed = points.len() < 4 && points.first() == points.last();
        if collapsed { Vec::new() } else { self.flattener.line(&points) }
    }
}

/// Half widths as shares of the reach, with the alpha that each adds: together about `0.34 (1 - distance)²`, as the window has it.
const SOFT_STEPS: [(f32, f32); 4] = [(1.0, 0.006), (0.75, 0.043), (0.5, 0.088), (0.25, 0.14)];

/// The soft edge under an approximate border, which reaches so many points beyond it: lines over each other, the widest and faintest first.
pub fn soft_under(stroke: Stroke, soft_points: f32) -> [Stroke; 4] {
    let reach = stroke.width_points / 2.0 + soft_points;
    SOFT_STEPS.map(|(share, alpha)| Stroke { color: stroke.color.faded(alpha), width_points: 2.0 * reach * share, dash: Dash::Solid })
}
