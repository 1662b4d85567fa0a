//! The views of the map that were left, to go back to.

use crate::geometry::Camera;

/// How many views are kept.
const LONGEST: usize = 64;

/// Views before and after the present one.
#[derive(Clone, Debug, Default)]
pub struct ViewHistory {
    before: Vec<Camera>,
    after: Vec<Camera>,
    resting: Option<Camera>,
}

impl ViewHistory {
    /// The camera stands at a view. When it stood elsewhere before, that view can be gone back to.
    pub fn rest(&mut self, camera: &Camera) {
        match self.resting {
            Some(old) if is_same(&old, camera) => {}
            Some(old) => {
                self.push(old);
                self.after.clear();
                self.resting = Some(*camera);
            }
            None => self.resting = Some(*camera),
        }
    }

    /// A flight begins at a view.
    pub fn leave(&mut self, camera: &Camera) {
        self.rest(camera);
    }

    /// The view before; the present one can be gone forward to.
    pub fn back(&mut self, now: &Camera) -> Option<Camera> {
        let to = self.before.pop()?;
        self.after.push(*now);
        self.resting = Some(to);
        Some(to)
    }

    /// The view after; the present one can be gone back to.
    pub fn forward(&mut self, now: &Camera) -> Option<Camera> {
        let to = self.after.pop()?;
        self.push(*now);
        self.resting = Some(to);
        Some(to)
    }

    fn push(&mut self, camera: Camera) {
        if self.before.len() == LONGEST {
            self.before.remove(0);
        }
        self.before.push(camera);
    }
}

/// Whether two cameras show the same place at the same scale, whatever the size of the window.
fn is_same(one: &Camera, other: &Camera) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0);
    one.projection == other.projection
        && near(one.center.x, other.center.x)
        && near(one.center.y, other.center.y)
        && near(one.points_per_unit, other.points_per_unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Projection;

    #[test]
    fn back_and_forward_retrace_the_way() {
        let home = Camera::whole_world(Projection::Mercator, [800.0, 600.0]);
        let views: Vec<Camera> = (0..4).map(|step| home.zoomed_at([400.0, 300.0], f64::from(1 << step))).collect();
        let mut history = ViewHistory::default();
        views.iter().for_each(|view| history.rest(view));
        assert_eq!(history.back(&views[3]), Some(views[2]));
        assert_eq!(history.back(&views[2]), Some(views[1]));
        assert_eq!(history.forward(&views[1]), Some(views[2]));
        assert_eq!(history.forward(&views[2]), Some(views[3]));
        assert_eq!(history.forward(&views[3]), None);
    }
}
