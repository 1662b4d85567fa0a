//! One projection becoming another: the earth unrolls.

use crate::geometry::Camera;

/// How long it takes, in seconds.
const DURATION_SECS: f64 = 0.8;

/// How long it waits for what is not ready, in seconds: then the new projection is shown at once.
const LONGEST_WAIT_SECS: f64 = 4.0;

/// How far the painter is with what a change of projection needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Readiness {
    /// Not even the ball that is unrolled.
    #[default]
    Nothing,
    /// The ball, but not yet the map of the new projection.
    Ball,
    /// Both.
    All,
}

/// A change of projection under way.
#[derive(Clone, Debug)]
pub struct Morph {
    from: Camera,
    gone_secs: f64,
    waited_secs: f64,
}

impl Morph {
    /// Begins at a view.
    pub fn new(from: Camera) -> Self {
        Self { from, gone_secs: 0.0, waited_secs: 0.0 }
    }

    /// The view that it began with and how much of the way is gone, 0 to 1, so many seconds later; `None` once it is over. Waits at the beginning
    /// and at the end for what is not ready, but not for ever.
    pub fn advance(&mut self, dt_secs: f64, readiness: Readiness) -> Option<(Camera, f32)> {
        let is_waiting = readiness < Readiness::Ball || self.gone_secs >= DURATION_SECS;
        *(if is_waiting { &mut self.waited_secs } else { &mut self.gone_secs }) += dt_secs.max(0.0);
        if self.gone_secs >= DURATION_SECS && readiness == Readiness::All || self.waited_secs >= LONGEST_WAIT_SECS {
            return None;
        }
        let share = (self.gone_secs / DURATION_SECS).clamp(0.0, 1.0);
        // Ease in and out: 3x^2 - 2x^3.
        Some((self.from, (share * share * (3.0 - 2.0 * share)) as f32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Projection;

    #[test]
    fn it_waits_for_what_is_not_ready_and_ends() {
        let from = Camera::whole_world(Projection::EqualEarth, [800.0, 600.0]);
        let mut morph = Morph::new(from);
        assert_eq!(morph.advance(1.0, Readiness::Nothing), Some((from, 0.0)));
        let halfway = morph.advance(DURATION_SECS / 2.0, Readiness::Ball).unwrap().1;
        assert!((halfway - 0.5).abs() < 1e-6);
        assert_eq!(morph.advance(DURATION_SECS, Readiness::Ball), Some((from, 1.0)));
        assert_eq!(morph.advance(0.0, Readiness::All), None);
    }

    #[test]
    fn what_never_comes_is_not_waited_for_for_ever() {
        let from = Camera::whole_world(Projection::EqualEarth, [800.0, 600.0]);
        let mut morph = Morph::new(from);
        let frames = (0..1000).take_while(|_| morph.advance(0.1, Readiness::Nothing).is_some()).count();
        assert!((10..100).contains(&frames), "{frames} frames");
    }
}
