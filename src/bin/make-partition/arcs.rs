//! Chains of edges as arcs between nodes, and rings as lists of arcs.

use crate::edges::{Edge, Side};
use crate::faces::Face;
use crate::grid::Point;
use crate::source::is_seam;
use anyhow::{Context, Result};
use border_atlas::geometry::topology::ArcRef;
use border_atlas::geometry::{ArcIx, Polygon, Ring};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Every arc once, and where each begins.
pub struct Arcs {
    /// The points of each arc; the first equals the last in a closed one.
    pub arcs: Vec<Vec<Point>>,
    /// Whether each is the edge of the map.
    pub seams: Vec<bool>,
    /// By first and second point, in both directions.
    by_start: HashMap<(Point, Point), ArcRef>,
}

impl Arcs {
    /// Nodes are where more or fewer than two edges meet, and where the edge of the map begins. Arcs run with a unit on their left.
    pub fn new(edges: &[Edge]) -> Self {
        let net = Net::new(edges);
        let mut found = Self { arcs: Vec::new(), seams: Vec::new(), by_start: HashMap::new() };
        let mut walked: HashSet<(Point, Point)> = HashSet::new();
        let (nodes, others): (Vec<Point>, Vec<Point>) = net.ways.keys().partition(|&&point| net.is_node(point));
        for start in nodes.into_iter().chain(others) {
            for &(second, _) in &net.ways[&start] {
                if !walked.contains(&(start, second)) {
                    let arc = net.walk(start, second);
                    walked.extend(arc.windows(2).flat_map(|ends| [(ends[0], ends[1]), (ends[1], ends[0])]));
                    found.add(arc, &net);
                }
            }
        }
        found
    }

    fn add(&mut self, mut arc: Vec<Point>, net: &Net) {
        if net.left_of(arc[0], arc[1]).is_none() {
            arc.reverse();
        }
        let forward = ArcRef::forward(ArcIx(self.arcs.len() as u32));
        self.by_start.insert((arc[0], arc[1]), forward);
        self.by_start.insert((arc[arc.len() - 1], arc[arc.len() - 2]), forward.reversed());
        self.seams.push(is_seam(arc[0], arc[1]));
        self.arcs.push(arc);
    }

    /// A face's rings as arcs.
    ///
    /// # Errors
    /// Where the face does not follow the arcs.
    pub fn polygon(&self, face: &Face) -> Result<Polygon> {
        let holes = face.holes.iter().map(|ring| self.ring(ring)).collect::<Result<_>>()?;
        Ok(Polygon { outer: self.ring(&face.outer)?, holes })
    }

    fn ring(&self, ring: &[Point]) -> Result<Ring> {
        let count = ring.len();
        let arc_at = |ix: usize| self.by_start.get(&(ring[ix % count], ring[(ix + 1) % count])).copied();
        let first = (0..count).find(|&ix| arc_at(ix).is_some());
        let first = first.with_context(|| format!("a ring at {:?} follows no arc", ring[0].to_degrees()))?;
        let (mut at, mut arcs) = (first, Vec::new());
        while at < first + count {
            let arc = arc_at(at).with_context(|| format!("a ring leaves its arcs at {:?}", ring[at % count].to_degrees()))?;
            at += self.arcs[arc.arc().index()].len() - 1;
            arcs.push(arc);
        }
        Ok(Ring(arcs))
    }
}

/// Which points are joined, and what lies to the left on the way.
struct Net {
    ways: BTreeMap<Point, Vec<(Point, Side)>>,
}

impl Net {
    fn new(edges: &[Edge]) -> Self {
        let mut ways: BTreeMap<Point, Vec<(Point, Side)>> = BTreeMap::new();
        for edge in edges {
            ways.entry(edge.a).or_default().push((edge.b, edge.left));
            ways.entry(edge.b).or_default().push((edge.a, edge.right));
        }
        Self { ways }
    }

    fn is_node(&self, point: Point) -> bool {
        match self.ways[&point][..] {
            [(one, _), (other, _)] => is_seam(point, one) != is_seam(point, other),
            _ => true,
        }
    }

    fn left_of(&self, from: Point, to: Point) -> Side {
        self.ways[&from].iter().find(|(point, _)| *point == to).and_then(|(_, side)| *side)
    }

    /// From `start` by way of `second` to the next node, or all the way round.
    fn walk(&self, start: Point, second: Point) -> Vec<Point> {
        let mut arc = vec![start, second];
        while let [before, at] = arc[arc.len() - 2..] {
            if at == start || self.is_node(at) {
                break;
            }
            let ahead = self.ways[&at].iter().map(|(point, _)| *point).find(|&point| point != before);
            arc.extend(ahead);
            if ahead.is_none() {
                break;
            }
        }
        arc
    }
}
