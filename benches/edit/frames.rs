//! The frames of the window while a document of 10,000 features is edited: time of the window's thread on a processor, so that other programs count little.

use std::{cell::RefCell, hint::black_box, rc::Rc};

use border_atlas::{
    edit::Command,
    gui::{
        actions::Action,
        app::{App, EditAction},
        perf::Stopwatch,
        session::{Library, Session},
    },
    io::built_in_atlas,
    scene::Theme,
    time::Day,
};
use egui_kittest::Harness;
use serde_json::{Value, json};

use super::document;

/// How often each thing is done; the median counts.
const TIMES: usize = 15;
/// How many features the document has that the large one is compared with.
const SMALL: usize = 100;

/// A window in which a document stands open, and what its last frame cost.
struct Window {
    harness: Harness<'static>,
    app: Rc<RefCell<App>>,
    frame_ms: Rc<RefCell<f64>>,
}

impl Window {
    fn on(count: usize) -> Self {
        let (atlas, _) = built_in_atlas().expect("the built-in atlas");
        let cases = atlas.cases.clone();
        let mut library = Library::new(atlas, cases);
        let index = library.add(document(count), None);
        let today = Day::from_ymd(2026, 1, 1).expect("a day");
        let mut session = Session::new(today, [1600.0, 900.0], Theme::Light);
        let bbox = session.open_document(&library, index);
        session.reduced_motion = true;
        let app = Rc::new(RefCell::new(App::new(library, session, bbox, Vec::new())));
        let (shared, frame_ms) = (app.clone(), Rc::new(RefCell::new(0.0)));
        let (cost, mut is_attached) = (frame_ms.clone(), false);
        let mut harness = Harness::builder().with_size([1600.0, 900.0]).build_ui(move |ui| {
            let (mut app, watch) = (shared.borrow_mut(), Stopwatch::start());
            if std::mem::replace(&mut is_attached, true) {
                app.frame_ui(ui);
            } else {
                app.attach(ui.ctx(), None);
            }
            *cost.borrow_mut() = watch.cpu_ms();
        });
        harness.run_steps(20);
        Self { harness, app, frame_ms }
    }

    /// What an action and the frame after it cost, in milliseconds: ours, and that of what egui makes of it.
    fn cost_of(&mut self, action: Action) -> Cost {
        let watch = Stopwatch::start();
        let ctx = self.harness.ctx.clone();
        self.app.borrow_mut().ask(&ctx, action);
        let asked_ms = watch.cpu_ms();
        let cost = self.frame();
        // Until nothing moves any more: what was folded, the notice of an undo.
        self.harness.run_steps(4);
        Cost { asked_ms, ..cost }
    }

    fn frame(&mut self) -> Cost {
        let watch = Stopwatch::start();
        self.harness.step();
        let step_ms = watch.cpu_ms();
        let output = self.harness.output();
        let watch = Stopwatch::start();
        black_box(self.harness.ctx.tessellate(output.shapes.clone(), output.pixels_per_point));
        Cost { asked_ms: 0.0, frame_ms: *self.frame_ms.borrow(), egui_ms: step_ms - *self.frame_ms.borrow() + watch.cpu_ms() }
    }
}

/// Milliseconds of processor time.
#[derive(Clone, Copy, Default)]
struct Cost {
    /// Carrying out what was asked.
    asked_ms: f64,
    /// Our side of the frame after it.
    frame_ms: f64,
    /// What egui and the test harness add to that frame.
    egui_ms: f64,
}

impl Cost {
    fn ours_ms(&self) -> f64 {
        self.asked_ms + self.frame_ms
    }
}

fn median(costs: &mut [Cost]) -> Cost {
    costs.sort_by(|one, other| one.ours_ms().total_cmp(&other.ours_ms()));
    costs[costs.len() / 2]
}

fn command(value: Value) -> Action {
    let command: Command = serde_json::from_value(value).expect("a command");
    Action::Edit(EditAction::Apply(Box::new(command), None))
}

/// What is done again and again, with its name; `turn` makes each time another one.
type Deed = (&'static str, fn(usize) -> Action);

fn deeds() -> Vec<Deed> {
    fn shifted(turn: usize) -> f64 {
        34.0 + turn as f64 * 0.001
    }
    vec![
        ("moving a point", |turn| {
            let at = json!({"type": "Point", "coordinates": [shifted(turn), 45.0]});
            command(json!({"do": "set-geometry", "id": "f60", "geometry": at}))
        }),
        ("a new shape", |turn| {
            let west = shifted(turn);
            let ring = json!([[[west, 45.0], [west + 0.2, 45.0], [west + 0.2, 45.2], [west, 45.0]]]);
            command(json!({"do": "set-geometry", "id": "f63", "geometry": {"type": "Polygon", "coordinates": ring}}))
        }),
        ("another name", |turn| command(json!({"do": "set", "id": "f60", "path": "name", "value": format!("Name {turn}")}))),
        ("another date", |turn| command(json!({"do": "set", "id": "f60", "path": "start", "value": format!("{}-05-01", 1995 + turn)}))),
        ("another control", |turn| {
            command(json!({"do": "set", "id": "f63", "path": "control/0/until", "value": format!("2013-01-{:02}", 1 + turn)}))
        }),
        ("taking away", |turn| command(json!({"do": "remove", "id": format!("f{}", 66 + turn)}))),
        ("undo", |_| Action::Edit(EditAction::Undo)),
        ("redo", |_| Action::Edit(EditAction::Redo)),
    ]
}

/// Does everything in two windows, and says what it costs in the one with many features, and how many times what it costs in the other.
pub fn run() {
    let (mut large, mut small) = (Window::on(10_000), Window::on(SMALL));
    println!("Milliseconds of processor time of the window's thread, the median of {TIMES}; 10,000 features, of them in view nearly all:");
    println!("{:18} {:>8} {:>8} {:>8} {:>8} {:>14}", "", "edit", "frame", "both", "egui", "both, to 100");
    for (name, deed) in deeds() {
        let times = |window: &mut Window| median(&mut Vec::from_iter((0..TIMES).map(|turn| window.cost_of(deed(turn)))));
        say(name, times(&mut large), times(&mut small));
    }
    for (name, step) in [("scrubbing by days", 1), ("scrubbing by years", 365)] {
        say(name, scrub(&mut large, step), scrub(&mut small, step));
    }
    let idle = |window: &mut Window| median(&mut Vec::from_iter((0..TIMES).map(|_| window.frame())));
    say("nothing", idle(&mut large), idle(&mut small));
}

fn say(name: &str, large: Cost, small: Cost) {
    let ratio = large.ours_ms() / small.ours_ms();
    println!("{name:18} {:8.2} {:8.2} {:8.2} {:8.2} {ratio:13.1}x", large.asked_ms, large.frame_ms, large.ours_ms(), large.egui_ms);
}

/// What a frame costs while a hand drags time along.
fn scrub(window: &mut Window, step_days: i64) -> Cost {
    let first = Day::from_ymd(1993, 1, 1).expect("a day");
    let mut costs = Vec::new();
    for turn in 0..TIMES as i64 {
        let day = Some(first.plus_days(turn * step_days));
        let ctx = window.harness.ctx.clone();
        window.app.borrow_mut().ask(&ctx, Action::GoTo { bbox: None, day, selection: None });
        costs.push(window.frame());
    }
    median(&mut costs)
}
