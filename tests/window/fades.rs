//! Changes of control fade, also when one comes before the last has faded in; with reduced motion they cut.

use border_atlas::{
    geometry::UnitIx,
    gui::{
        derived::{CROSS_FADE_SECS, Derived},
        session::{Library, Session},
    },
    io::built_in_atlas,
    model::{PolityId, View},
    scene::Theme,
    time::{Date, Day, Direction},
};

/// A window's caches over a session, without the window.
struct Bench {
    library: Library,
    session: Session,
    derived: Derived,
    unit: UnitIx,
}

impl Bench {
    /// In a theme with a colour for each polity, on the last day of 2013.
    fn new() -> Self {
        let (atlas, _) = built_in_atlas().expect("the built-in atlas");
        let unit = atlas.partition.area("crimea").expect("the area")[0];
        let library = Library::new(atlas, Vec::new());
        let mut session = Session::new(day("2013-12-31"), [800.0, 600.0], Theme::Light);
        session.look.layers.claims.visible = false;
        Self { derived: Derived::new(&library), library, session, unit }
    }

    /// Draws a frame at a time and gives the colour of the Crimea on the screen.
    fn color(&mut self, at_secs: f64) -> [f32; 3] {
        let scene = self.derived.scene(&self.library, &self.session, &[], at_secs);
        let now = scene.world.fill(self.unit).base.0;
        let (before, share) = match self.derived.cross_fade(at_secs) {
            Some((before, share)) => (before.fill(self.unit).base.0, share),
            None => (now, 1.0),
        };
        [0, 1, 2].map(|channel| f32::from(before[channel]) * (1.0 - share) + f32::from(now[channel]) * share)
    }
}

fn day(text: &str) -> Day {
    Date::parse(text).expect("a date").earliest
}

fn distance(one: [f32; 3], other: [f32; 3]) -> f32 {
    one.iter().zip(other).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn a_change_in_mid_fade_goes_on_from_what_is_on_the_screen() {
    let mut bench = Bench::new();
    let ukraine = bench.color(0.0);
    bench.session.clock.go_to(day("2014-12-31"));
    assert_eq!(bench.color(10.0), ukraine, "the fade begins where it was");
    bench.color(10.0 + CROSS_FADE_SECS / 4.0);
    let half = bench.color(10.0 + CROSS_FADE_SECS / 2.0);
    bench.session.view = View::Party(PolityId::from("ukr"));
    let taken_over = bench.color(10.0 + CROSS_FADE_SECS / 2.0);
    assert!(distance(half, taken_over) <= 1.0, "{half:?} jumps to {taken_over:?}");
    let russia = {
        bench.session.view = View::DeFacto;
        bench.color(20.0);
        bench.color(30.0)
    };
    assert!(distance(ukraine, russia) > 30.0, "nothing is tested unless the two differ: {ukraine:?} {russia:?}");
    assert!(distance(half, ukraine) > 5.0 && distance(half, russia) > 5.0, "{half:?}");
}

#[test]
fn however_fast_changes_come_colours_never_jump() {
    let mut bench = Bench::new();
    let frame_secs = 1.0 / 60.0;
    let mut last = bench.color(0.0);
    let mut moved = 0.0_f32;
    bench.session.clock.play(Direction::Forward);
    for frame in 1..60 {
        // Control changes back and forth with every frame.
        bench.session.clock.go_to(day(if frame % 2 == 0 { "2013-12-31" } else { "2014-12-31" }));
        let next = bench.color(5.0 + f64::from(frame) * frame_secs);
        moved = moved.max(distance(last, next));
        last = next;
    }
    assert!(moved < 20.0, "{moved} of 255 in one frame");
}

#[test]
fn a_date_that_is_dragged_along_answers_at_once_and_fades_when_it_rests() {
    let mut bench = Bench::new();
    let days = ["2013-12-31", "2014-12-31"];
    let ends = [bench.color(0.0), {
        bench.session.clock.go_to(day(days[1]));
        bench.color(5.0);
        bench.color(6.0)
    }];
    for frame in 2..20 {
        bench.session.clock.go_to(day(days[frame % 2]));
        let seen = bench.color(10.0 + frame as f64 / 60.0);
        assert!(frame == 2 || seen == ends[frame % 2], "frame {frame} shows {seen:?}");
    }
    bench.session.clock.go_to(day(days[0]));
    assert_eq!(bench.color(30.0), ends[1], "a change after a rest begins to fade");
}

#[test]
fn with_reduced_motion_every_change_is_a_cut() {
    let mut bench = Bench::new();
    bench.session.reduced_motion = true;
    bench.color(0.0);
    bench.session.clock.go_to(day("2014-12-31"));
    bench.color(10.0);
    assert!(bench.derived.cross_fade(10.0).is_none());
}
