//! The grid on which everything is built: whole steps of 1e-5 degrees (about a metre), so that every test is exact.

/// Grid steps in a degree. TopoJSON's `scale` is one over this.
pub const STEPS_PER_DEGREE: i32 = 100_000;

/// A point of the grid: longitude and latitude in steps. Ordered from west to east, then from south to north.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// Longitude in steps, -18,000,000 to 18,000,000.
    pub x: i32,
    /// Latitude in steps, -9,000,000 to 9,000,000.
    pub y: i32,
}

impl Point {
    pub const fn new(x: i32, y: i32) -> Self {
        Self { x, y }
    }

    /// The nearest grid point to a place in degrees.
    pub fn from_degrees(lon: f64, lat: f64) -> Self {
        let steps = f64::from(STEPS_PER_DEGREE);
        Self { x: (lon * steps).round() as i32, y: (lat * steps).round() as i32 }
    }

    /// `[lon, lat]` in degrees, exactly as a reader of the file finds it.
    pub fn to_degrees(self) -> [f64; 2] {
        let steps = f64::from(STEPS_PER_DEGREE);
        [f64::from(self.x) / steps, f64::from(self.y) / steps]
    }

    /// From this point to another: steps east and north.
    pub fn to(self, other: Self) -> [i64; 2] {
        [i64::from(other.x) - i64::from(self.x), i64::from(other.y) - i64::from(self.y)]
    }

    /// Distance to another point in steps.
    pub fn distance(self, other: Self) -> f64 {
        let [dx, dy] = self.to(other);
        (dx as f64).hypot(dy as f64)
    }
}

/// Twice the area of the triangle of two directions: positive where `b` lies counter-clockwise of `a`.
pub fn cross(a: [i64; 2], b: [i64; 2]) -> i64 {
    a[0] * b[1] - a[1] * b[0]
}

pub fn dot(a: [i64; 2], b: [i64; 2]) -> i64 {
    a[0] * b[0] + a[1] * b[1]
}

/// Twice the area that a ring (first point not repeated) runs around, in square steps: positive where counter-clockwise.
pub fn doubled_area(ring: &[Point]) -> i64 {
    let Some(&origin) = ring.first() else { return 0 };
    ring.windows(2).map(|edge| cross(origin.to(edge[0]), origin.to(edge[1]))).sum()
}

/// Length of a ring (first point not repeated) in steps.
pub fn ring_length(ring: &[Point]) -> f64 {
    edges_of(ring).map(|(a, b)| a.distance(b)).sum()
}

/// The edges of a ring (first point not repeated), the closing one last.
pub fn edges_of(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// The point of the segment that is nearest to `p`, rounded to the grid.
pub fn foot(p: Point, a: Point, b: Point) -> Point {
    let (ab, ap) = (a.to(b), a.to(p));
    let length = dot(ab, ab);
    let along = if length == 0 { 0.0 } else { (dot(ab, ap) as f64 / length as f64).clamp(0.0, 1.0) };
    Point::new(a.x + (along * ab[0] as f64).round() as i32, a.y + (along * ab[1] as f64).round() as i32)
}

/// A box on the grid, edges included.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    pub min: Point,
    pub max: Point,
}

impl Bounds {
    /// The box around points; for no points a box that meets nothing.
    pub fn of(points: impl IntoIterator<Item = Point>) -> Self {
        let none = Self { min: Point::new(i32::MAX, i32::MAX), max: Point::new(i32::MIN, i32::MIN) };
        points.into_iter().fold(none, |it, p| Self {
            min: Point::new(it.min.x.min(p.x), it.min.y.min(p.y)),
            max: Point::new(it.max.x.max(p.x), it.max.y.max(p.y)),
        })
    }

    pub fn meets(&self, other: &Self) -> bool {
        self.min.x <= other.max.x && other.min.x <= self.max.x && self.min.y <= other.max.y && other.min.y <= self.max.y
    }

    pub fn grown(&self, steps: i32) -> Self {
        Self {
            min: Point::new(self.min.x.saturating_sub(steps), self.min.y.saturating_sub(steps)),
            max: Point::new(self.max.x.saturating_add(steps), self.max.y.saturating_add(steps)),
        }
    }

    /// True where the box holds a point given in half steps.
    pub fn holds_doubled(&self, [x, y]: [i64; 2]) -> bool {
        (2 * i64::from(self.min.x)..=2 * i64::from(self.max.x)).contains(&x)
            && (2 * i64::from(self.min.y)..=2 * i64::from(self.max.y)).contains(&y)
    }
}

/// Finds things by place: each is listed in every cell of 0.05 degrees that its box touches.
pub struct CellIndex {
    cells: std::collections::HashMap<(i32, i32), Vec<usize>>,
}

impl CellIndex {
    const CELL: i32 = STEPS_PER_DEGREE / 20;

    pub fn new(boxes: impl IntoIterator<Item = Bounds>) -> Self {
        let mut cells: std::collections::HashMap<(i32, i32), Vec<usize>> = std::collections::HashMap::new();
        for (ix, bounds) in boxes.into_iter().enumerate() {
            for cell in cells_of(&bounds, Self::CELL) {
                cells.entry(cell).or_default().push(ix);
            }
        }
        Self { cells }
    }

    /// The numbers of the things that may meet the box, ascending, each once.
    pub fn near(&self, bounds: &Bounds) -> Vec<usize> {
        let mut found: Vec<usize> = cells_of(bounds, Self::CELL).filter_map(|cell| self.cells.get(&cell)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// True where something may meet the box.
    pub fn touches(&self, bounds: &Bounds) -> bool {
        cells_of(bounds, Self::CELL).any(|cell| self.cells.contains_key(&cell))
    }
}

fn cells_of(bounds: &Bounds, size: i32) -> impl Iterator<Item = (i32, i32)> + use<> {
    let columns = bounds.min.x.div_euclid(size)..=bounds.max.x.div_euclid(size);
    let rows = bounds.min.y.div_euclid(size)..=bounds.max.y.div_euclid(size);
    columns.flat_map(move |column| rows.clone().map(move |row| (column, row)))
}
