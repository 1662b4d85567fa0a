//! Inertia: a map that was thrown glides on and comes to rest.

/// Speed falls to a share of 1/e in this time, in seconds.
const DAMPING_SECS: f64 = 0.16;
/// Below this speed it stands, in points a second.
const REST_POINTS_PER_SEC: f64 = 24.0;
/// How strongly the newest movement counts in the measured speed, 0 to 1.
const NEWEST_SHARE: f64 = 0.5;
/// A pointer that rested this long before it was let go throws nothing, in seconds.
const HELD_SECS: f64 = 0.05;

/// The speed of the last drag, and whether it is let go.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Inertia {
    velocity: [f64; 2],
    gliding: bool,
    still_secs: f64,
}

impl Inertia {
    /// The map was dragged by so many points in a frame.
    pub fn drag(&mut self, dx: f64, dy: f64, dt_secs: f64) {
        self.gliding = false;
        if dx == 0.0 && dy == 0.0 {
            self.still_secs += dt_secs;
            return;
        }
        self.still_secs = 0.0;
        let now = [dx, dy].map(|moved| moved / dt_secs.max(1e-3));
        for (speed, newest) in self.velocity.iter_mut().zip(now) {
            *speed += (newest - *speed) * NEWEST_SHARE;
        }
    }

    /// The map was let go.
    pub fn release(&mut self) {
        self.gliding = self.still_secs < HELD_SECS && self.speed() > REST_POINTS_PER_SEC;
        if !self.gliding {
            self.stop();
        }
    }

    /// Stands at once.
    pub fn stop(&mut self) {
        *self = Self::default();
    }

    /// Whether it glides.
    pub fn is_moving(&self) -> bool {
        self.gliding
    }

    /// How far it glides in a frame, in points; `None` while it stands.
    pub fn glide(&mut self, dt_secs: f64) -> Option<(f64, f64)> {
        if !self.gliding {
            return None;
        }
        let kept = (-dt_secs.max(0.0) / DAMPING_SECS).exp();
        // The way covered while the speed falls: the integral of the exponential.
        let way = self.velocity.map(|speed| speed * DAMPING_SECS * (1.0 - kept));
        self.velocity = self.velocity.map(|speed| speed * kept);
        if self.speed() < REST_POINTS_PER_SEC {
            self.stop();
        }
        Some((way[0], way[1]))
    }

    fn speed(&self) -> f64 {
        self.velocity[0].hypot(self.velocity[1])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_throw_comes_to_rest(dx in -400.0_f64..400.0, dy in -400.0_f64..400.0, dt in 0.001_f64..0.1) {
            let mut inertia = Inertia::default();
            inertia.drag(dx, dy, dt);
            inertia.release();
            let mut way = 0.0;
            for _ in 0..10_000 {
                let Some((x, y)) = inertia.glide(dt) else { break };
                prop_assert!(x * dx >= 0.0 && y * dy >= 0.0, "glides against the throw");
                way += x.hypot(y);
            }
            prop_assert!(!inertia.is_moving());
            prop_assert!(way <= dx.hypot(dy) / dt * DAMPING_SECS + 1e-6);
        }
    }

    #[test]
    fn a_pointer_that_rested_throws_nothing() {
        let mut inertia = Inertia::default();
        inertia.drag(50.0, 0.0, 0.016);
        (0..10).for_each(|_| inertia.drag(0.0, 0.0, 0.016));
        inertia.release();
        assert!(!inertia.is_moving());
    }
}
