//! What is drawn: the picture, its names and colours, charts, comparisons, and every format it is written in.

mod cartography;
mod charts;
mod compare;
mod export;
mod html;
mod lecture;
mod looks;
mod pdf;
mod scene;
mod stability;
mod symbols;
mod telling;
mod waters;

use std::sync::{LazyLock, OnceLock};

use border_atlas::{
    geometry::Camera,
    io::{Progress, built_in_atlas, project_file::parse_document},
    model::{Atlas, Project, WorldState},
    scene::{Frame, Look, SceneInput, Telling},
    time::Day,
};

/// The built-in atlas, read once for all tests of this program.
fn atlas() -> &'static Atlas {
    static ATLAS: OnceLock<Atlas> = OnceLock::new();
    ATLAS.get_or_init(|| built_in_atlas().expect("the built-in atlas").0)
}

/// The world of a day for print: no story, nothing selected, pinned, folded or fanned out.
fn input<'a>(state: &'a WorldState, day: Day, look: &'a Look, camera: Camera) -> SceneInput<'a> {
    static PLAIN: LazyLock<Telling> = LazyLock::new(Telling::default);
    SceneInput {
        atlas: atlas(),
        state,
        day,
        shown: (day, day),
        project: None,
        look,
        camera,
        selected_event: None,
        telling: &PLAIN,
        frame: Frame::Print,
    }
}

/// The story of Hala'ib, which draws regions and lines of its own.
fn halaib() -> Project {
    let text = include_str!("../data/halaib.geojson");
    parse_document("halaib.geojson", "halaib", text, &Progress::default()).expect("a document").project().0
}
