//! One way to change every line of a shape, whatever kind of shape it is.

use geo::{Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};

/// A shape as a list of point lists: the rings of polygons (closed), lines, and points (lists of one).
pub trait Linework: Sized {
    /// Every point list of the shape, in order.
    fn each_line(&self, see: &mut dyn FnMut(&[Coord]));

    /// The same shape with every point list replaced. A list for a ring must stay closed; one for a point must keep its one point, or the point
    /// stays where it was.
    fn with_lines(&self, change: &mut dyn FnMut(&[Coord]) -> Vec<Coord>) -> Self;
}

impl Linework for Point {
    fn each_line(&self, see: &mut dyn FnMut(&[Coord])) {
        see(&[self.0]);
    }

    fn with_lines(&self, change: &mut dyn FnMut(&[Coord]) -> Vec<Coord>) -> Self {
        change(&[self.0]).first().map_or(*self, |&at| Self(at))
    }
}

impl Linework for LineString {
    fn each_line(&self, see: &mut dyn FnMut(&[Coord])) {
        see(&self.0);
    }

    fn with_lines(&self, change: &mut dyn FnMut(&[Coord]) -> Vec<Coord>) -> Self {
        Self(change(&self.0))
    }
}

impl Linework for Polygon {
    fn each_line(&self, see: &mut dyn FnMut(&[Coord])) {
        std::iter::once(self.exterior()).chain(self.interiors()).for_each(|ring| see(&ring.0));
    }

    fn with_lines(&self, change: &mut dyn FnMut(&[Coord]) -> Vec<Coord>) -> Self {
        let outer = self.exterior().with_lines(change);
        Self::new(outer, self.interiors().iter().map(|ring| ring.with_lines(change)).collect())
    }
}

/// The kinds that are lists of another kind.
macro_rules! of_many {
    ($($kind:ty),*) => {$(
        impl Linework for $kind {
            fn each_line(&self, see: &mut dyn FnMut(&[Coord])) {
                self.0.iter().for_each(|it| it.each_line(see));
            }

            fn with_lines(&self, change: &mut dyn FnMut(&[Coord]) -> Vec<Coord>) -> Self {
                Self(self.0.iter().map(|it| it.with_lines(change)).collect())
            }
        }
    )*};
}

of_many!(MultiPoint, MultiLineString, MultiPolygon, GeometryCollection);

impl Linework for Geometry {
    fn each_line(&self, see: &mut dyn FnMut(&[Coord])) {
        match self {
            Self::Point(it) => it.each_line(see),
            Self::Line(it) => see(&[it.start, it.end]),
            Self::LineString(it) => it.each_line(see),
            Self::Polygon(it) => it.each_line(see),
            Self::MultiPoint(it) => it.each_line(see),
            Self::MultiLineString(it) => it.each_line(see),
            Self::MultiPolygon(it) => it.each_line(see),
            Self::GeometryCollection(it) => it.each_line(see),
            Self::Rect(it) => it.to_polygon().each_line(see),
            Self::Triangle(it) => it.to_polygon().each_line(see),
        }
    }

    fn with_lines(&self, change: &mut dyn FnMut(&[Coord]) -> Vec<Coord>) -> Self {
        match self {
            Self::Point(it) => it.with_lines(change).into(),
            Self::Line(it) => LineString(vec![it.start, it.end]).with_lines(change).into(),
            Self::LineString(it) => it.with_lines(change).into(),
            Self::Polygon(it) => it.with_lines(change).into(),
            Self::MultiPoint(it) => it.with_lines(change).into(),
            Self::MultiLineString(it) => it.with_lines(change).into(),
            Self::MultiPolygon(it) => it.with_lines(change).into(),
            Self::GeometryCollection(it) => Self::GeometryCollection(it.with_lines(change)),
            Self::Rect(it) => it.to_polygon().with_lines(change).into(),
            Self::Triangle(it) => it.to_polygon().with_lines(change).into(),
        }
    }
}

/// All point lists as the rest of the program has them, `[lon, lat]`: for [`super::snap::SnapIndex`] and for drawing.
pub fn lines_of(shape: &impl Linework) -> Vec<Vec<[f64; 2]>> {
    let mut lines = Vec::new();
    shape.each_line(&mut |line| lines.push(line.iter().map(|at| [at.x, at.y]).collect()));
    lines
}

/// The smallest box around all points as `[west, south, east, north]` in plain degrees; `None` for a shape without points.
pub fn extent(shape: &impl Linework) -> Option<[f64; 4]> {
    let mut found: Option<[f64; 4]> = None;
    shape.each_line(&mut |line| {
        for at in line {
            let [west, south, east, north] = found.unwrap_or([at.x, at.y, at.x, at.y]);
            found = Some([west.min(at.x), south.min(at.y), east.max(at.x), north.max(at.y)]);
        }
    });
    found
}

/// The shape with its longitudes a number of degrees further east, as plain numbers: for the copies of the world.
pub fn shifted_east<S: Linework>(shape: &S, degrees: f64) -> S {
    shape.with_lines(&mut |line| line.iter().map(|at| Coord { x: at.x + degrees, y: at.y }).collect())
}
