//! What one picture costs. `cargo bench --no-default-features --bench scene`.

use std::sync::{Arc, LazyLock};

use border_atlas::{
    export,
    geometry::{BoundingBox, Projection},
    io::built_in_atlas,
    model::{Atlas, View, WorldState},
    scene::{Frame, Look, SceneCache, SceneInput, Telling, WorldLayer, compose, compose_with, furniture::print_camera},
    time::Day,
};
use divan::{Bencher, black_box};

static TELLING: LazyLock<Telling> = LazyLock::new(Telling::default);
static ATLAS: LazyLock<Atlas> = LazyLock::new(|| built_in_atlas().expect("the built-in atlas").0);

fn main() {
    divan::main();
}

fn day(year: i64) -> Day {
    Day::from_ymd(year, 1, 1).unwrap_or_default()
}

fn days_of_change() -> Vec<Day> {
    ATLAS.tenure.change_days().iter().copied().filter(|change| *change > day(1900)).collect()
}

fn input<'a>(state: &'a WorldState, look: &'a Look) -> SceneInput<'a> {
    let camera = print_camera(Projection::EqualEarth, None, [1920.0, 1080.0]);
    SceneInput {
        atlas: &ATLAS,
        state,
        day: state.day,
        shown: (state.day, state.day),
        project: None,
        look,
        camera,
        selected_event: None,
        telling: &TELLING,
        frame: Frame::Window { covered: &[] },
    }
}

#[divan::bench]
fn read_the_atlas() {
    black_box(built_in_atlas().ok());
}

#[divan::bench]
fn state_of_the_world(bencher: Bencher) {
    let atlas = &*ATLAS;
    bencher.bench(|| WorldState::at(atlas, black_box(day(2020)), &View::DeFacto));
}

#[divan::bench]
fn land_of_the_world(bencher: Bencher) {
    let state = WorldState::at(&ATLAS, day(2020), &View::DeFacto);
    bencher.bench(|| WorldLayer::new(&ATLAS, black_box(&state), &Look::default()));
}

#[divan::bench]
fn compose_from_nothing(bencher: Bencher) {
    let (state, look) = (WorldState::at(&ATLAS, day(2020), &View::DeFacto), Look::default());
    bencher.bench(|| compose(black_box(&input(&state, &look))));
}

#[divan::bench]
fn compose_again(bencher: Bencher) {
    let (state, look) = (WorldState::at(&ATLAS, day(2020), &View::DeFacto), Look::default());
    let world = Arc::new(WorldLayer::new(&ATLAS, &state, &look));
    let mut cache = SceneCache::default();
    bencher.bench_local(|| compose_with(black_box(&input(&state, &look)), &mut cache, Some(Arc::clone(&world))));
}

/// A close view again and again, with cities and without: what is between the two is what cities cost.
#[divan::bench(args = [true, false])]
fn compose_europe_again(bencher: Bencher, cities: bool) {
    let (state, mut look) = (WorldState::at(&ATLAS, day(2020), &View::DeFacto), Look::default());
    look.layers.cities.visible = cities;
    let world = Arc::new(WorldLayer::new(&ATLAS, &state, &look));
    let camera = print_camera(Projection::Mercator, Some(BoundingBox::new(-10.0, 36.0, 45.0, 60.0)), [1920.0, 1080.0]);
    let input = SceneInput { camera, ..input(&state, &look) };
    let mut cache = SceneCache::default();
    bencher.bench_local(|| compose_with(black_box(&input), &mut cache, Some(Arc::clone(&world))));
}

/// A frame of scrubbing: another era each time, state and land looked up anew.
#[divan::bench]
fn scrub_one_era(bencher: Bencher) {
    let look = Look::default();
    let mut cache = SceneCache::default();
    let days = days_of_change();
    let mut at = 0;
    bencher.bench_local(|| {
        at = (at + 1) % days.len().max(1);
        let state = WorldState::at(&ATLAS, days[at], &View::DeFacto);
        compose_with(&input(&state, &look), &mut cache, None)
    });
}

/// The same as the window does it: names are worked out on another thread and come later.
#[divan::bench]
fn scrub_one_era_beside_names(bencher: Bencher) {
    let look = Look::default();
    let mut cache = SceneCache::with_names_later();
    let days = days_of_change();
    let mut at = 0;
    bencher.bench_local(|| {
        at = (at + 1) % days.len().max(1);
        let state = WorldState::at(&ATLAS, days[at], &View::DeFacto);
        let scene = compose_with(&input(&state, &look), &mut cache, None);
        if at % 7 == 0
            && let Some(work) = cache.wanted_names()
        {
            cache.take_in(work.done(&ATLAS.partition.topology));
        }
        scene
    });
}

#[divan::bench]
fn world_as_svg(bencher: Bencher) {
    let (state, look) = (WorldState::at(&ATLAS, day(2020), &View::DeFacto), Look::default());
    let scene = compose(&input(&state, &look));
    bencher.bench(|| export::svg(&ATLAS, &scene, 1.0));
}

#[divan::bench(sample_count = 10)]
fn world_as_png_4k(bencher: Bencher) {
    let (state, look) = (WorldState::at(&ATLAS, day(2020), &View::DeFacto), Look::default());
    let scene = compose(&input(&state, &look));
    bencher.bench(|| export::png(&ATLAS, &scene, 2.0));
}
