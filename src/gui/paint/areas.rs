//! Areas of the draw list as egui's shapes: cut into triangles, striped and stroked once, and kept from pass to pass as long as the picture shows them.
//! Small ones that follow each other are kept as one mesh: thousands of regions cost a comparison each, and egui takes them over as they are.

use std::sync::{Arc, Mutex};

use eframe::egui::{
    Id, Painter, Pos2, Rect, Shape,
    epaint::{Mesh, TessellationOptions, Tessellator, Vertex, WHITE_UV},
    pos2, vec2,
};
use rustc_hash::FxHashMap;

use super::items::{color32, even_tint, hatch, line_shapes};
use crate::{
    geometry::triangulate,
    scene::{Fill, Rgba, Stroke},
};

/// An area with more points stands for itself: to copy its triangles whenever a neighbour changes would cost more than it saves.
const MOST_BUNDLED: usize = 400;
/// About so many areas are kept as one mesh.
const BUNDLE: usize = 32;

/// The rings of an area: by the even-odd rule, in points from the map's corner.
type Rings = Arc<Vec<Vec<[f32; 2]>>>;

/// An area that may be concave and have holes.
pub(super) struct Area<'a> {
    /// By the even-odd rule, in points from `origin`.
    pub rings: &'a Rings,
    /// `None` for an outline alone.
    pub fill: Option<Fill>,
    /// `None` for no outline.
    pub stroke: Option<Stroke>,
    /// Alpha over everything, 0 to 1.
    pub opacity: f32,
}

/// What an area looks like.
#[derive(Clone, Copy, PartialEq)]
struct How {
    fill: Option<Fill>,
    stroke: Option<Stroke>,
    opacity: f32,
    origin: Pos2,
    /// Stripes are cut only where they are seen.
    clip: Rect,
    /// How egui makes triangles of lines.
    fineness: (f32, TessellationOptions),
}

/// The meshes of areas, from the last pass to this one.
#[derive(Default)]
pub(super) struct AreaShapes {
    pass: u64,
    /// By the address of the rings of their first area.
    bundles: FxHashMap<usize, Vec<Bundle>>,
}

/// Areas that are painted one after the other.
struct Bundle {
    members: Vec<Member>,
    mesh: Arc<Mesh>,
    /// The pass that painted it last; what the last one did not is let go.
    pass: u64,
}

struct Member {
    /// Held, so that their address stays theirs.
    rings: Rings,
    how: How,
    mesh: Arc<Mesh>,
}

/// The meshes that are known, by the address of their rings. The same rings may be painted twice: filled and as an outline.
type Known = FxHashMap<usize, Vec<(How, Arc<Mesh>)>>;

/// Paints areas: the kept meshes, or new ones.
pub(super) fn with_areas<R>(painter: &Painter, paint: impl FnOnce(&mut AreaShapes) -> R) -> Option<R> {
    let kept = painter.ctx().data_mut(|data| Arc::clone(data.get_temp_mut_or_default::<Arc<Mutex<AreaShapes>>>(Id::NULL)));
    let mut areas = kept.lock().ok()?;
    let pass = painter.ctx().cumulative_pass_nr();
    let last = std::mem::replace(&mut areas.pass, pass);
    if last != pass {
        areas.bundles.retain(|_, own| {
            own.retain(|kept| kept.pass == last);
            !own.is_empty()
        });
    }
    Some(paint(&mut areas))
}

impl AreaShapes {
    /// Paints areas that follow each other, with the map's corner at `origin`.
    pub(super) fn paint(&mut self, painter: &Painter, origin: Pos2, areas: &[Area]) {
        let fineness = (painter.pixels_per_point(), painter.ctx().tessellation_options(|options| *options));
        let how_of = |area: &Area| {
            let Area { fill, stroke, opacity, .. } = *area;
            How { fill, stroke, opacity, origin, clip: painter.clip_rect(), fineness }
        };
        let mut known = None;
        for bundle in areas.chunk_by(|before, area| is_small(before) && is_small(area) && !begins(area)) {
            let same = |own: &Bundle| {
                let pairs = own.members.iter().zip(bundle);
                own.members.len() == bundle.len()
                    && pairs.into_iter().all(|(own, area)| Arc::ptr_eq(&own.rings, area.rings) && own.how == how_of(area))
            };
            let address = address(bundle[0].rings);
            let own = self.bundles.get_mut(&address).and_then(|own| own.iter_mut().find(|own| same(own)));
            let mesh = match own {
                Some(own) => {
                    own.pass = self.pass;
                    Arc::clone(&own.mesh)
                }
                None => {
                    let known = known.get_or_insert_with(|| self.known());
                    let members: Vec<Member> = bundle.iter().map(|area| member(area, how_of(area), known)).collect();
                    let mesh = joined(&members);
                    let made = Bundle { members, mesh: Arc::clone(&mesh), pass: self.pass };
                    self.bundles.entry(address).or_default().push(made);
                    mesh
                }
            };
            // Of an area that is out of sight nothing is left.
            if !mesh.is_empty() {
                painter.add(Shape::Mesh(mesh));
            }
        }
    }

    /// What is kept, area by area: when one of a bundle changes, the others are taken over.
    fn known(&self) -> Known {
        let mut known = Known::default();
        for member in self.bundles.values().flatten().flat_map(|bundle| &bundle.members) {
            known.entry(address(&member.rings)).or_default().push((member.how, Arc::clone(&member.mesh)));
        }
        known
    }
}

fn is_small(area: &Area) -> bool {
    area.rings.iter().map(Vec::len).sum::<usize>() <= MOST_BUNDLED
}

/// Whether a bundle begins with an area. It hangs on the area alone, so that an area that comes or goes changes its own bundle and no other.
fn begins(area: &Area) -> bool {
    // The golden ratio scatters addresses, which are close to each other (Knuth, The Art of Computer Programming, 6.4).
    let scattered = (address(area.rings) as u64 >> 4).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (scattered >> 32).is_multiple_of(BUNDLE as u64)
}

/// Where rings lie: their name as long as they are held.
fn address(rings: &Rings) -> usize {
    Arc::as_ptr(rings).addr()
}

fn member(area: &Area, how: How, known: &Known) -> Member {
    let kept = known.get(&address(area.rings)).and_then(|own| own.iter().find(|(other, _)| *other == how));
    let mesh = kept.map_or_else(|| Arc::new(whole_mesh(area.rings, &how)), |(_, mesh)| Arc::clone(mesh));
    Member { rings: Arc::clone(area.rings), how, mesh }
}

/// One mesh of all.
fn joined(members: &[Member]) -> Arc<Mesh> {
    if let [one] = members {
        return Arc::clone(&one.mesh);
    }
    let mut mesh = Mesh::default();
    members.iter().for_each(|member| mesh.append_ref(&member.mesh));
    Arc::new(mesh)
}

/// The ground of an area and its outline over it.
fn whole_mesh(rings: &[Vec<[f32; 2]>], how: &How) -> Mesh {
    let mut mesh = how.fill.map_or_else(Mesh::default, |fill| mesh_of(rings, &fill, how));
    let Some(stroke) = how.stroke else { return mesh };
    let stroke = Stroke { color: stroke.color.faded(how.opacity), ..stroke };
    let (pixels_per_point, options) = how.fineness;
    // Outlines need nothing of the texture of letters.
    let mut tessellator = Tessellator::new(pixels_per_point, options, [1, 1], Vec::new());
    tessellator.set_clip_rect(how.clip);
    for ring in rings {
        let closed = ring.iter().chain(ring.first()).map(|at| how.origin + vec2(at[0], at[1]));
        line_shapes(closed.collect(), &stroke, false).into_iter().for_each(|shape| tessellator.tessellate_shape(shape, &mut mesh));
    }
    mesh
}

/// Its triangles, with stripes cut out of them.
fn mesh_of(rings: &[Vec<[f32; 2]>], fill: &Fill, how: &How) -> Mesh {
    let closed = |ring: &Vec<[f32; 2]>| ring.iter().chain(ring.first()).map(|at| at.map(f64::from)).collect();
    let points: Vec<Vec<[f64; 2]>> = rings.iter().map(closed).collect();
    let (corners, triangles) = triangulate::polygon_triangles(&mut Default::default(), &points);
    let corners: Vec<Pos2> = corners.iter().map(|at| pos2(at[0] as f32, at[1] as f32)).collect();
    let hatch = hatch(&corners, &triangles, fill, how.clip.translate(-how.origin.to_vec2()));
    let faded = |color: Rgba| color32(color.faded(how.opacity));
    let color = faded(if hatch.is_some() { fill.base } else { even_tint(fill) });
    let mut mesh = Mesh::default();
    mesh.vertices.extend(corners.iter().map(|at| Vertex { pos: how.origin + at.to_vec2(), uv: WHITE_UV, color }));
    mesh.indices = triangles;
    for (points, color) in hatch.unwrap_or_default() {
        let (first, color) = (mesh.vertices.len() as u32, faded(color));
        mesh.vertices.extend(points.iter().map(|at| Vertex { pos: how.origin + at.to_vec2(), uv: WHITE_UV, color }));
        mesh.indices.extend((2..points.len() as u32).flat_map(|corner| [first, first + corner - 1, first + corner]));
    }
    mesh
}

#[cfg(test)]
mod tests {
    use eframe::egui::{ClippedPrimitive, Context, RawInput, epaint::Primitive};

    use super::*;
    use crate::scene::Dash;

    fn ring(at: f32, points: usize) -> Rings {
        let corner = |index: usize| {
            let angle = index as f32 * std::f32::consts::TAU / points as f32;
            [at * 7.0 % 700.0 + 9.0 * angle.cos(), at * 3.0 % 500.0 + 9.0 * angle.sin()]
        };
        Arc::new(vec![(0..points).map(corner).collect()])
    }

    /// What one pass of a context makes of areas: the corners of its triangles with their colours, one after the other.
    fn painted(egui: &Context, areas: &[(Rings, f32)]) -> Vec<(Pos2, [u8; 4])> {
        let screen = Rect::from_min_size(Pos2::ZERO, vec2(800.0, 600.0));
        let mut output = egui.run_ui(RawInput { screen_rect: Some(screen), ..RawInput::default() }, |ui| {
            let stroke = Stroke { color: Rgba([20, 20, 20, 255]), width_points: 0.75, dash: Dash::Short };
            let area = |(rings, opacity): &'_ (Rings, f32)| (rings.clone(), Some(Fill::plain(Rgba([200, 40, 40, 255]))), *opacity);
            let own: Vec<_> = areas.iter().map(area).collect();
            let own: Vec<Area> =
                own.iter().map(|(rings, fill, opacity)| Area { rings, fill: *fill, stroke: Some(stroke), opacity: *opacity }).collect();
            with_areas(ui.painter(), |shapes| shapes.paint(ui.painter(), pos2(5.0, 5.0), &own)).expect("nobody broke the lock");
        });
        output.textures_delta.clear();
        let triangles = |primitive: &ClippedPrimitive| match &primitive.primitive {
            Primitive::Mesh(mesh) => {
                let corner = |index: &u32| &mesh.vertices[*index as usize];
                mesh.indices.iter().map(corner).map(|corner| (corner.pos, corner.color.to_array())).collect::<Vec<_>>()
            }
            Primitive::Callback(_) => Vec::new(),
        };
        egui.tessellate(output.shapes, 1.0).iter().flat_map(triangles).collect()
    }

    #[test]
    fn meshes_that_are_kept_are_those_that_would_be_made_anew() {
        let egui = Context::default();
        let mut areas: Vec<(Rings, f32)> = (0..300).map(|index| (ring(index as f32, if index == 150 { 900 } else { 12 }), 1.0)).collect();
        let one = areas[40].0.clone();
        type Change = Box<dyn Fn(&mut Vec<(Rings, f32)>)>;
        let changes: Vec<Change> = vec![
            Box::new(|_| {}),
            Box::new(|areas| areas[77] = (ring(3.5, 20), 1.0)),
            Box::new(|areas| drop(areas.remove(130))),
            Box::new(|areas| areas.insert(9, (ring(8.5, 15), 0.5))),
            Box::new(|areas| areas[150].1 = 0.25),
            // The same rings twice.
            Box::new(move |areas| areas.insert(200, (one.clone(), 0.75))),
            Box::new(|areas| areas.truncate(20)),
            Box::new(|areas| areas.clear()),
        ];
        for (index, change) in changes.iter().enumerate() {
            change(&mut areas);
            let (kept, anew) = (painted(&egui, &areas), painted(&Context::default(), &areas));
            assert!(kept == anew, "after change {index}: {} and {} corners", kept.len(), anew.len());
            assert!(anew.len() >= areas.len() * 30, "{}", anew.len());
        }
    }

    #[test]
    fn an_area_out_of_sight_leaves_no_empty_mesh() {
        let egui = Context::default();
        let away: Rings = Arc::new(vec![vec![[5000.0, 0.0], [5010.0, 0.0], [5000.0, 10.0]]]);
        let stroke = Stroke { color: Rgba([20, 20, 20, 255]), width_points: 0.75, dash: Dash::Solid };
        let mut output = egui.run_ui(RawInput::default(), |ui| {
            let painter = ui.painter().with_clip_rect(Rect::from_min_size(Pos2::ZERO, vec2(800.0, 600.0)));
            let area = Area { rings: &away, fill: None, stroke: Some(stroke), opacity: 1.0 };
            with_areas(&painter, |shapes| shapes.paint(&painter, Pos2::ZERO, &[area])).expect("nobody broke the lock");
        });
        output.textures_delta.clear();
        assert!(!output.shapes.iter().any(|clipped| matches!(clipped.shape, Shape::Mesh(_))), "no GPU takes a buffer of nothing");
    }

    #[test]
    fn an_area_that_changes_lets_the_others_stand() {
        let (egui, mut areas) = (Context::default(), (0..500).map(|index| (ring(index as f32, 12), 1.0)).collect::<Vec<_>>());
        let meshes = |egui: &Context| {
            let kept = egui.data_mut(|data| Arc::clone(data.get_temp_mut_or_default::<Arc<Mutex<AreaShapes>>>(Id::NULL)));
            let areas = kept.lock().expect("nobody broke the lock");
            let now = areas.bundles.values().flatten().filter(|bundle| bundle.pass == areas.pass);
            now.map(|bundle| bundle.mesh.clone()).collect::<Vec<_>>()
        };
        painted(&egui, &areas);
        let before = meshes(&egui);
        areas[250] = (ring(0.5, 12), 1.0);
        areas.remove(100);
        painted(&egui, &areas);
        let new = meshes(&egui).iter().filter(|mesh| !before.iter().any(|own| Arc::ptr_eq(own, mesh))).count();
        assert!(before.len() > 4 && (1..=4).contains(&new), "{new} of {} are new", before.len());
    }
}
