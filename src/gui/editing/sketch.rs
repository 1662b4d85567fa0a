//! What is being drawn on the map, point by point, until it becomes a feature. Pure: what the pointer does with it is in [`super::draw_ui`].

use geo::{LineString, MultiLineString};

use super::{
    shape::{FeatureShape, first_grave, sound_area, sound_lines},
    tool::Tool,
};
use crate::geometry::{
    LonLat, Topology, UnitIx, UnitSet,
    shape::{
        region::{region_of_units, rings_from_polygon},
        snap::Snap,
        validity::{self, Fault},
    },
};

/// A point that was set.
#[derive(Clone, Debug, PartialEq)]
pub struct SketchPoint {
    /// Where.
    pub at: LonLat,
    /// Where on the borders of the world, if it was snapped there.
    pub on_arc: Option<Snap>,
    /// What the line runs through from the point before to this one, neither of them included: points of borders; empty for a straight edge.
    pub way: Vec<LonLat>,
}

/// A drawing that is not finished.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sketch {
    points: Vec<SketchPoint>,
    units: UnitSet,
}

impl Sketch {
    /// Whether nothing was drawn yet.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty() && self.units.is_empty()
    }

    /// The points that were set, in order.
    pub fn points(&self) -> &[SketchPoint] {
        &self.points
    }

    /// The units that were chosen.
    pub fn units(&self) -> &UnitSet {
        &self.units
    }

    /// The whole line, with the points of the borders that it follows.
    pub fn path(&self) -> Vec<LonLat> {
        self.points.iter().flat_map(|point| point.way.iter().copied().chain([point.at])).collect()
    }

    /// Sets the next point. One where the last one is, is none.
    pub fn add(&mut self, point: SketchPoint) {
        if self.points.last().is_none_or(|last| last.at != point.at) {
            self.points.push(point);
        }
    }

    /// Takes back the last point.
    pub fn take_back(&mut self) {
        self.points.pop();
    }

    /// Puts a unit in, or takes it out.
    pub fn toggle_unit(&mut self, unit: UnitIx) {
        if !self.units.remove(unit) {
            self.units.insert(unit);
        }
    }

    /// Whether a click on the first point closes the line.
    pub fn can_close(&self) -> bool {
        self.path().len() >= 3
    }

    /// Whether the line has come back to its first point.
    pub fn is_closed(&self) -> bool {
        self.points.len() > 1 && self.points.first().map(|point| point.at) == self.points.last().map(|point| point.at)
    }

    /// What it becomes with a tool.
    ///
    /// # Errors
    /// What is missing or wrong, in a sentence.
    pub fn finished(&self, tool: Tool, topology: &Topology) -> Result<FeatureShape, String> {
        let path = self.path();
        match tool {
            Tool::Area => area_of(&path),
            Tool::Line | Tool::Split | Tool::Arrow => line_of(&path),
            Tool::Callout if path.len() < 2 => Err("Click where the words are to stand, too.".to_owned()),
            Tool::Callout => line_of(&path),
            // Who comes back to where they began has drawn an area.
            Tool::Trace | Tool::Freehand if self.is_closed() => area_of(&path),
            Tool::Trace | Tool::Freehand => line_of(&path),
            Tool::Units if self.units.is_empty() => Err("Click the land that the region is made of first.".to_owned()),
            Tool::Units => Ok(FeatureShape::Area(region_of_units(topology, &self.units))),
            Tool::Place | Tool::Event | Tool::Text => match path.first() {
                Some(at) => Ok(FeatureShape::Point(*at)),
                None => Err("Click where it is.".to_owned()),
            },
            Tool::Select | Tool::Join | Tool::Subtract => Err("Nothing is being drawn.".to_owned()),
        }
    }

    /// What is wrong with it as it is drawn, with the place under the pointer as its next point; too few points are no fault while one draws.
    pub fn fault(&self, tool: Tool, next: &[LonLat]) -> Option<Fault> {
        let mut path = self.path();
        path.extend_from_slice(next);
        path.dedup();
        if tool != Tool::Area || path.len() < 4 {
            return None;
        }
        let ring: Vec<[f64; 2]> = path.iter().map(|at| at.to_array()).collect();
        first_grave(validity::area_faults(&[vec![ring]]))
    }
}

fn area_of(path: &[LonLat]) -> Result<FeatureShape, String> {
    let mut different: Vec<LonLat> = path.to_vec();
    different.dedup();
    if different.len() > 1 && different.first() == different.last() {
        different.pop();
    }
    if different.len() < 3 {
        let has = if different.len() == 1 { "1 point".to_owned() } else { format!("{} points", different.len()) };
        return Err(format!("An area needs at least three points; this one has {has}. Click on, or let go with Esc."));
    }
    let ring = different.iter().map(|at| at.to_array()).collect();
    sound_area(&[vec![ring]])
}

fn line_of(path: &[LonLat]) -> Result<FeatureShape, String> {
    let mut different: Vec<LonLat> = path.to_vec();
    different.dedup();
    if different.len() < 2 {
        return Err("A line needs at least two points. Click on, or let go with Esc.".to_owned());
    }
    let line: LineString = different.iter().map(|at| geo::Coord::from(at.to_array())).collect();
    sound_lines(&MultiLineString(vec![line]))
}

/// The outlines of an area as plain rings.
pub fn rings_of(shape: &FeatureShape) -> Vec<Vec<[f64; 2]>> {
    match shape {
        FeatureShape::Area(area) => area.0.iter().flat_map(rings_from_polygon).collect(),
        other => other.lines(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(points: &[[f64; 2]]) -> Sketch {
        let mut sketch = Sketch::default();
        points.iter().for_each(|at| sketch.add(SketchPoint { at: (*at).into(), on_arc: None, way: Vec::new() }));
        sketch
    }

    fn topology() -> Topology {
        Topology::new(Vec::new(), Vec::new()).unwrap()
    }

    #[test]
    fn too_few_points_are_told_in_words() {
        let two = sketch(&[[0.0, 0.0], [1.0, 0.0], [1.0, 0.0]]);
        assert_eq!(two.points().len(), 2);
        assert!(two.finished(Tool::Area, &topology()).unwrap_err().contains("at least three points; this one has 2 points"));
        assert!(sketch(&[[0.0, 0.0]]).finished(Tool::Line, &topology()).unwrap_err().contains("two points"));
        assert!(Sketch::default().finished(Tool::Units, &topology()).unwrap_err().contains("Click the land"));
    }

    #[test]
    fn a_crossed_outline_is_no_area() {
        let crossed = sketch(&[[0.0, 0.0], [1.0, 1.0], [1.0, 0.0], [0.0, 1.0]]);
        assert!(crossed.finished(Tool::Area, &topology()).unwrap_err().contains("crosses itself"));
        assert!(crossed.fault(Tool::Area, &[]).is_some());
        assert_eq!(crossed.fault(Tool::Line, &[]), None);
        let sound = sketch(&[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]);
        assert!(sound.fault(Tool::Area, &[LonLat::new(0.6, 0.2)]).is_none());
        assert!(sound.fault(Tool::Area, &[LonLat::new(0.6, -0.2)]).is_some());
    }

    #[test]
    fn a_trace_that_comes_back_is_an_area() {
        let open = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]];
        assert!(matches!(sketch(&open).finished(Tool::Trace, &topology()), Ok(FeatureShape::Line(_))));
        let mut closed = sketch(&open);
        closed.add(SketchPoint { at: LonLat::new(0.0, 0.0), on_arc: None, way: vec![LonLat::new(0.0, 1.0)] });
        let Ok(FeatureShape::Area(area)) = closed.finished(Tool::Trace, &topology()) else { panic!("no area") };
        assert_eq!(area.0[0].exterior().0.len(), 5);
    }
}
