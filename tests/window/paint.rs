//! The land as the GPU draws it, by the real pipelines, read back pixel by pixel. Runs wherever there is an adapter; software EGL without a
//! display is enough. Where there is none the tests say that they were skipped, unless `BORDER_ATLAS_DEMAND_GPU=1` demands them.

use std::{
    future::Future,
    pin::pin,
    sync::Arc,
    task::{Context as TaskContext, Poll, Waker},
    time::{Duration, Instant},
};

use border_atlas::{
    geometry::{
        BoundingBox, Camera, LonLat, Polygon, Projection, Ring, Topology, WorldPoint,
        topology::{ArcIx, ArcRef, RawArc, RawUnit},
    },
    gui::map_view::morph::Readiness,
    gui::paint::{Change, Ground, MapPainter, PaintStatus, round_shapes, software, world_shapes},
    io::built_in_atlas,
    model::{View, WorldState, borders::LineClass},
    scene::{Fill, Look, Rgba, Style, Theme, WorldLayer, item::STRIPE_POINTS},
    time::Date,
};
use eframe::{egui_wgpu, wgpu};

const SIZE: [u32; 2] = [800, 400];
const WEST: Rgba = Rgba::rgb(200, 220, 180);
const EAST: Rgba = Rgba::rgb(220, 190, 200);
const CLAIM: Rgba = Rgba::rgb(90, 110, 200);

/// Two square units with a border between them along Greenwich, from 20 south to 20 north; 30 degrees wide each. Arc 0 is the border.
fn two_units() -> Topology {
    let line = |points: &[[f64; 2]]| RawArc { points: points.to_vec(), ranks: vec![5; points.len()], seam: false, approximate: false };
    let (south, north) = ([0.0, -20.0], [0.0, 20.0]);
    let arcs = vec![
        line(&[south, north]),
        line(&[north, [-30.0, 20.0], [-30.0, -20.0], south]),
        line(&[south, [30.0, -20.0], [30.0, 20.0], north]),
    ];
    let unit = |arcs: [ArcRef; 2], lon: f64| {
        let polygon = Polygon { outer: Ring(arcs.to_vec()), holes: Vec::new() };
        RawUnit { polygons: vec![polygon], area_km2: 1.0, label_point: LonLat::new(lon, 0.0) }
    };
    let forward = |ix| ArcRef::forward(ArcIx(ix));
    Topology::new(arcs, vec![unit([forward(0), forward(1)], -15.0), unit([forward(2), forward(0).reversed()], 15.0)]).unwrap()
}

fn layer(border: LineClass, east: Fill) -> WorldLayer {
    let class_of_arc = vec![border, LineClass::Coast, LineClass::Coast];
    WorldLayer {
        fill_of_unit: vec![0, 1],
        fills: vec![Fill::plain(WEST), east],
        class_of_arc,
        soft_arcs: vec![false; 3],
        style: Style::new(Theme::Light),
    }
}

fn hatched() -> Fill {
    Fill { hatch: [CLAIM, Rgba::default(), Rgba::default()], hatch_count: 1, ..Fill::plain(EAST) }
}

/// Ten points a degree: the units reach from 100 to 700 across and fill the height.
fn camera() -> Camera {
    let size_points = SIZE.map(f64::from);
    Camera {
        projection: Projection::Mercator,
        center: WorldPoint::default(),
        points_per_unit: 10.0 * 180.0 / std::f64::consts::PI,
        size_points,
    }
}

/// A picture read back.
struct Picture {
    pixels: Vec<u8>,
}

impl Picture {
    fn at(&self, x: u32, y: u32) -> Rgba {
        let start = ((y * SIZE[0] + x) * 4) as usize;
        Rgba([0, 1, 2, 3].map(|channel| self.pixels[start + channel]))
    }

    fn column(&self, x: u32) -> Vec<Rgba> {
        (0..SIZE[1]).map(|y| self.at(x, y)).collect()
    }
}

/// A GPU without a window, with egui's renderer and our painter in it.
struct Studio {
    state: egui_wgpu::RenderState,
    status: Arc<PaintStatus>,
    egui: egui::Context,
}

impl Studio {
    /// `None`, and a line about it, where there is no adapter.
    fn open(ground: impl Into<Ground>, projection: Projection) -> Option<Self> {
        let configuration = egui_wgpu::WgpuConfiguration::default();
        let instance = finished(configuration.wgpu_setup.new_instance());
        let made = egui_wgpu::RenderState::create(&configuration, &instance, None, egui_wgpu::RendererOptions::PREDICTABLE);
        match finished(made) {
            Ok(state) => {
                let status = MapPainter::install(&state, ground, projection, || {});
                Some(Self { state, status, egui: egui::Context::default() })
            }
            Err(error) if std::env::var_os("BORDER_ATLAS_DEMAND_GPU").is_some_and(|value| value == "1") => {
                panic!("no GPU, and one is demanded: {error}")
            }
            Err(error) => {
                eprintln!("SKIPPED: no GPU adapter here ({error}); set BORDER_ATLAS_DEMAND_GPU=1 to demand one");
                None
            }
        }
    }

    /// Draws until the right level of detail is there, and gives the picture of it.
    fn draw(&self, camera: &Camera, layer: &Arc<WorldLayer>, previous: Option<(Arc<WorldLayer>, f32)>) -> Picture {
        let began = Instant::now();
        self.frame(camera, layer, None);
        while !self.status.is_settled() {
            assert!(began.elapsed() < Duration::from_secs(120), "the level never came");
            std::thread::sleep(Duration::from_millis(5));
            self.frame(camera, layer, None);
        }
        let picture = self.frame(camera, layer, previous);
        assert_eq!(self.status.complaint(), None);
        picture
    }

    /// Draws a change of projection once all that it needs is there.
    fn draw_morph(&self, from: &Camera, to: &Camera, layer: &Arc<WorldLayer>, share: f32) -> Picture {
        let began = Instant::now();
        let frame = || {
            let change = Change { projection: Some((*from, share)), ..Change::default() };
            self.paint(|painter, rect| {
                painter.extend(world_shapes(rect, to, layer, border_atlas::scene::level_for(to), change.clone()));
            })
        };
        frame();
        while self.status.readiness() != Readiness::All || !self.status.is_settled() {
            assert!(began.elapsed() < Duration::from_secs(120), "what it needs never came");
            std::thread::sleep(Duration::from_millis(5));
            frame();
        }
        frame()
    }

    fn frame(&self, camera: &Camera, layer: &Arc<WorldLayer>, previous: Option<(Arc<WorldLayer>, f32)>) -> Picture {
        let level = border_atlas::scene::level_for(camera);
        self.paint(|painter, rect| {
            painter.extend(world_shapes(rect, camera, layer, level, Change { land: previous.clone(), ..Change::default() }));
        })
    }

    /// One frame of egui with these shapes.
    fn paint(&self, shapes: impl Fn(&egui::Painter, egui::Rect)) -> Picture {
        let rect = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(SIZE[0] as f32, SIZE[1] as f32));
        let input = egui::RawInput { screen_rect: Some(rect), ..Default::default() };
        let mut output = self.egui.run_ui(input, |ui| shapes(&ui.ctx().layer_painter(egui::LayerId::background()), rect));
        let jobs = self.egui.tessellate(std::mem::take(&mut output.shapes), 1.0);
        let screen = egui_wgpu::ScreenDescriptor { size_in_pixels: SIZE, pixels_per_point: 1.0 };
        let (device, queue) = (&self.state.device, &self.state.queue);
        let mut renderer = self.state.renderer.write();
        output
            .textures_delta
            .set
            .iter()
            .for_each(|(id, deltas)| deltas.iter().for_each(|delta| renderer.update_texture(device, queue, *id, delta)));
        output.textures_delta.clear();
        let target = canvas(device, self.state.target_format);
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let before = renderer.update_buffers(device, queue, &mut encoder, &jobs, &screen);
        {
            let view = target.create_view(&wgpu::TextureViewDescriptor::default());
            let attachment = wgpu::RenderPassColorAttachment {
                view: &view,
                depth_slice: None,
                resolve_target: None,
                ops: wgpu::Operations { load: wgpu::LoadOp::Clear(wgpu::Color::BLACK), store: wgpu::StoreOp::Store },
            };
            let pass =
                encoder.begin_render_pass(&wgpu::RenderPassDescriptor { color_attachments: &[Some(attachment)], ..Default::default() });
            renderer.render(&mut pass.forget_lifetime(), &jobs, &screen);
        }
        let readback = copy_out(device, &mut encoder, &target);
        queue.submit(before.into_iter().chain([encoder.finish()]));
        Picture { pixels: read(device, &readback) }
    }
}

/// The result of a future that never really waits, as wgpu's are on native systems.
fn finished<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut TaskContext::from_waker(Waker::noop())) {
            return value;
        }
        std::thread::yield_now();
    }
}

fn canvas(device: &wgpu::Device, format: wgpu::TextureFormat) -> wgpu::Texture {
    device.create_texture(&wgpu::TextureDescriptor {
        label: None,
        size: wgpu::Extent3d { width: SIZE[0], height: SIZE[1], depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format,
        usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
        view_formats: &[],
    })
}

/// Rows in the buffer are a multiple of 256 bytes.
fn row_bytes() -> u32 {
    (SIZE[0] * 4).next_multiple_of(256)
}

fn copy_out(device: &wgpu::Device, encoder: &mut wgpu::CommandEncoder, texture: &wgpu::Texture) -> wgpu::Buffer {
    let buffer = device.create_buffer(&wgpu::BufferDescriptor {
        label: None,
        size: u64::from(row_bytes() * SIZE[1]),
        usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
        mapped_at_creation: false,
    });
    let layout = wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(row_bytes()), rows_per_image: None };
    encoder.copy_texture_to_buffer(texture.as_image_copy(), wgpu::TexelCopyBufferInfo { buffer: &buffer, layout }, texture.size());
    buffer
}

fn read(device: &wgpu::Device, buffer: &wgpu::Buffer) -> Vec<u8> {
    buffer.slice(..).map_async(wgpu::MapMode::Read, |result| result.unwrap());
    device.poll(wgpu::PollType::Wait { submission_index: None, timeout: None }).unwrap();
    let mapped = buffer.slice(..).get_mapped_range().unwrap();
    mapped.chunks_exact(row_bytes() as usize).flat_map(|row| row[..(SIZE[0] * 4) as usize].to_vec()).collect()
}

/// Whether two colours are the same but for rounding.
fn same(a: Rgba, b: Rgba) -> bool {
    a.0.iter().zip(b.0).all(|(a, b)| a.abs_diff(b) <= 2)
}

/// What a window is made of: a map, and text, discs, pictures that repeat and clipped shapes over it.
fn window_shapes(painter: &egui::Painter, rect: egui::Rect, tile: &egui::TextureHandle, layer: &Arc<WorldLayer>) {
    use egui::{Align2, Color32, FontId, Rect, Stroke, pos2};
    let camera = camera();
    painter.rect_filled(Rect::from_min_max(pos2(20.0, 20.0), pos2(300.0, 90.0)), 8.0, Color32::from_white_alpha(200));
    painter.extend(world_shapes(rect, &camera, layer, border_atlas::scene::level_for(&camera), Change::default()));
    painter.text(pos2(400.0, 60.0), Align2::CENTER_CENTER, "Galwan 1962", FontId::proportional(40.0), Color32::WHITE);
    painter.circle(pos2(120.5, 250.25), 33.3, Color32::from_rgba_unmultiplied(200, 30, 60, 120), Stroke::new(2.0, Color32::BLACK));
    let four_times = Rect::from_min_max(pos2(0.0, 0.0), pos2(4.0, 4.0));
    painter.image(tile.id(), Rect::from_min_max(pos2(600.0, 250.0), pos2(760.0, 390.0)), four_times, Color32::LIGHT_BLUE);
    let clipped = painter.with_clip_rect(Rect::from_min_max(pos2(300.0, 300.0), pos2(420.0, 900.0)));
    clipped.rect_filled(rect, 0.0, Color32::DARK_GREEN);
}

#[test]
fn the_shader_for_software_draws_what_eguis_own_draws() {
    let layer = Arc::new(layer(LineClass::Absent, Fill::plain(EAST)));
    let picture = |lean: bool| {
        let studio = Studio::open(Arc::new(two_units()), Projection::Mercator)?;
        if lean {
            software::install(&studio.egui, &studio.state);
        }
        let checks = egui::ColorImage::new([2, 2], [40, 220, 130, 255].map(egui::Color32::from_gray).to_vec());
        let options = egui::TextureOptions { wrap_mode: egui::TextureWrapMode::Repeat, ..egui::TextureOptions::LINEAR };
        let tile = studio.egui.load_texture("checks", checks, options);
        studio.draw(&camera(), &layer, None);
        let picture = studio.paint(|painter, rect| window_shapes(painter, rect, &tile, &layer));
        assert_eq!(studio.status.complaint(), None);
        Some(picture)
    };
    let (Some(egui), Some(lean)) = (picture(false), picture(true)) else { return };
    let differing = |at: &(u32, u32)| !same(egui.at(at.0, at.1), lean.at(at.0, at.1));
    let first = (0..SIZE[1]).flat_map(|y| (0..SIZE[0]).map(move |x| (x, y))).find(differing);
    assert_eq!(first, None, "{:?}", first.map(|(x, y)| (egui.at(x, y), lean.at(x, y))));
    assert!(same(lean.at(360, 380), Rgba::rgb(0, 100, 0)) && !same(lean.at(430, 380), Rgba::rgb(0, 100, 0)), "clipped");
}

#[test]
fn land_and_sea_have_their_colours_and_units_meet_without_a_gap() {
    let Some(studio) = Studio::open(Arc::new(two_units()), Projection::Mercator) else { return };
    let layer = Arc::new(layer(LineClass::Absent, Fill::plain(EAST)));
    let picture = studio.draw(&camera(), &layer, None);
    assert!(same(picture.at(50, 200), layer.style.water), "sea: {:?}", picture.at(50, 200));
    assert!(same(picture.at(250, 200), WEST), "west: {:?}", picture.at(250, 200));
    assert!(same(picture.at(550, 200), EAST), "east: {:?}", picture.at(550, 200));
    let row: Vec<Rgba> = (120..680).map(|x| picture.at(x, 150)).collect();
    assert!(row.iter().all(|color| same(*color, WEST) || same(*color, EAST)), "a gap where the units meet");
    assert!(!same(picture.at(100, 200), picture.at(99, 100)) || !same(picture.at(100, 200), WEST), "a coast is drawn");
}

#[test]
fn stripes_of_a_hatch_are_equally_wide_and_only_where_they_should_be() {
    let Some(studio) = Studio::open(Arc::new(two_units()), Projection::Mercator) else { return };
    let picture = studio.draw(&camera(), &Arc::new(layer(LineClass::Absent, hatched())), None);
    let row = |from: u32, to: u32| (from..to).map(|x| picture.at(x, 201)).collect::<Vec<_>>();
    assert!(row(120, 380).iter().all(|color| same(*color, WEST)), "no hatch in the west");
    let east = row(420, 680);
    let share = |wanted: Rgba| east.iter().filter(|color| same(**color, wanted)).count() as f32 / east.len() as f32;
    assert!(share(EAST) > 0.3 && (share(EAST) - share(CLAIM)).abs() < 0.06, "shares {} and {}", share(EAST), share(CLAIM));
    // At 45 degrees the pattern one row further down is the same, one pixel to the left.
    assert!((420..680).all(|x| same(picture.at(x, 201), picture.at(x - 1, 202))), "not at 45 degrees");
    let changes = east.windows(2).filter(|pair| same(pair[1], CLAIM) && !same(pair[0], CLAIM)).count() as f32;
    let expected = 260.0 / (2.0 * STRIPE_POINTS * std::f32::consts::SQRT_2);
    assert!((changes - expected).abs() <= 1.5, "{changes} stripes instead of {expected}");
}

#[test]
fn hatches_move_with_the_map() {
    let Some(studio) = Studio::open(Arc::new(two_units()), Projection::Mercator) else { return };
    let layer = Arc::new(layer(LineClass::Absent, hatched()));
    let before = studio.draw(&camera(), &layer, None);
    let after = studio.draw(&camera().panned(13.0, 6.0), &layer, None);
    assert!((440..660).all(|x| same(before.at(x, 200), after.at(x + 13, 206))), "the stripes swim");
}

/// The border along Greenwich, row by row: true where it is inked.
fn inked(picture: &Picture, style: &Style) -> Vec<bool> {
    let ink = style.ink.lightness();
    picture.column(400).iter().map(|color| color.lightness() < ink + 0.35).collect()
}

fn runs(inked: &[bool]) -> Vec<usize> {
    inked.chunk_by(|a, b| a == b).filter(|run| run[0]).map(<[bool]>::len).collect()
}

#[test]
fn an_agreed_border_is_solid_and_a_line_of_control_is_dashed() {
    let Some(studio) = Studio::open(Arc::new(two_units()), Projection::Mercator) else { return };
    let mut camera = camera();
    // Half a pixel, so that the line lies in the middle of a column.
    camera.center.x -= 0.5 / camera.points_per_unit;
    let drawn = |class| {
        let layer = Arc::new(layer(class, Fill::plain(EAST)));
        (studio.draw(&camera, &layer, None), layer)
    };
    let (picture, _) = drawn(LineClass::Agreed);
    let column = picture.column(400);
    assert!(!same(column[100], WEST) && !same(column[100], EAST) && column.iter().all(|color| same(*color, column[100])), "not solid");
    let (picture, land) = drawn(LineClass::DeFacto);
    let runs = runs(&inked(&picture, &land.style));
    let stroke = land.style.stroke(LineClass::DeFacto).unwrap();
    let pattern = stroke.dash.pattern(stroke.width_points);
    let expected = 400.0 / (pattern[0] + pattern[1]);
    assert!((runs.len() as f32 - expected).abs() <= 1.0, "{} dashes instead of {expected}", runs.len());
    let whole = &runs[1..runs.len() - 1];
    assert!(whole.iter().all(|length| (*length as f32 - pattern[0]).abs() <= 1.5), "uneven dashes: {whole:?}");
    let (picture, land) = drawn(LineClass::Absent);
    assert!(!inked(&picture, &land.style).contains(&true), "what is absent is not drawn");
}

#[test]
fn a_map_whose_land_is_still_to_come_is_drawn_without_it() {
    let (atlas, _) = built_in_atlas().unwrap();
    let state = WorldState::at(&atlas, Date::parse("2020").unwrap().earliest, &View::DeFacto);
    let layer = Arc::new(WorldLayer::new(&atlas, &state, &Look::default()));
    let atlas = Arc::new(atlas);
    for projection in Projection::ALL {
        let Some(studio) = Studio::open(atlas.clone(), projection) else { return };
        // The worker has only begun: before the first level comes there is water alone, and of a ball nothing.
        let sea = Camera { projection, ..camera() };
        let picture = studio.frame(&sea, &layer, None);
        assert_eq!(studio.status.complaint(), None, "{projection:?}");
        if projection != Projection::Globe {
            assert!(same(picture.at(400, 200), layer.style.water), "{projection:?}: {:?}", picture.at(400, 200));
        }
    }
}

#[test]
fn a_fade_lies_halfway_between_and_sends_no_geometry() {
    let Some(studio) = Studio::open(Arc::new(two_units()), Projection::Mercator) else { return };
    let (before, after) = (Arc::new(layer(LineClass::Absent, Fill::plain(EAST))), Arc::new(layer(LineClass::Absent, Fill::plain(CLAIM))));
    studio.draw(&camera(), &before, None);
    let (geometry, style) = (studio.status.geometry_bytes(), studio.status.style_bytes());
    let picture = studio.draw(&camera(), &after, Some((before.clone(), 0.5)));
    let halfway = Rgba([0, 1, 2, 3].map(|channel| ((u16::from(EAST.0[channel]) + u16::from(CLAIM.0[channel])) / 2) as u8));
    assert!(same(picture.at(550, 200), halfway), "{:?} is not {halfway:?}", picture.at(550, 200));
    assert_eq!(studio.status.geometry_bytes(), geometry, "changing colours sends no geometry");
    let sent = studio.status.style_bytes() - style;
    assert!(sent > 0 && sent < 20_000, "{sent} bytes of style");
    studio.draw(&camera(), &after, None);
    assert_eq!(studio.status.style_bytes() - style, sent, "what is there already is not sent again");
    // A land like the one whose tables it overwrites differs in no row.
    let twins: Vec<u64> = (0..8)
        .map(|_| {
            studio.draw(&camera(), &Arc::new((*after).clone()), None);
            studio.status.style_bytes()
        })
        .collect();
    assert_eq!(twins[6], twins[7], "rows that have not changed are sent");
}

#[test]
fn mercator_repeats_itself_at_the_edge_of_the_world() {
    let Some(studio) = Studio::open(Arc::new(two_units()), Projection::Mercator) else { return };
    let layer = Arc::new(layer(LineClass::Absent, Fill::plain(EAST)));
    let whole = Camera { points_per_unit: 40.0, ..camera() };
    let picture = studio.draw(&whole, &layer, None);
    let round = (40.0 * std::f64::consts::TAU).round() as u32;
    for x in [393, 407] {
        assert!(same(picture.at(x, 200), picture.at(x + round, 200)) && same(picture.at(x, 200), picture.at(x - round, 200)), "at {x}");
    }
    assert!(same(picture.at(393 + round, 200), WEST));
}

#[test]
fn a_close_look_is_steady() {
    let Some(studio) = Studio::open(Arc::new(two_units()), Projection::Mercator) else { return };
    let layer = Arc::new(layer(LineClass::DeFacto, Fill::plain(EAST)));
    // The corner at 30 east, 20 north, as close as it gets: moved by whole points, the picture moves by whole pixels.
    let corner = Projection::Mercator.project(LonLat::new(30.0, 20.0));
    let close = Camera { center: corner, points_per_unit: 2.0e6, ..camera() };
    let first = studio.draw(&close, &layer, None);
    for step in 1..=5 {
        let moved = studio.draw(&close.panned(f64::from(step), 0.0), &layer, None);
        assert!((300..500).all(|x| same(first.at(x, 250), moved.at(x + step, 250))), "trembles at step {step}");
    }
}

#[test]
fn the_world_is_where_it_should_be() {
    let (atlas, _) = built_in_atlas().unwrap();
    let atlas = Arc::new(atlas);
    let Some(studio) = Studio::open(atlas.clone(), Projection::EqualEarth) else { return };
    let state = WorldState::at(&atlas, Date::parse("2020-06-15").unwrap().earliest, &View::DeFacto);
    let land = Arc::new(WorldLayer::new(&atlas, &state, &Look::default()));
    let world = Camera::whole_world(Projection::EqualEarth, SIZE.map(f64::from));
    let picture = studio.draw(&world, &land, None);
    let seen = |camera: &Camera, lon: f64, lat: f64| {
        let [x, y] = camera.screen_from_lonlat(LonLat::new(lon, lat));
        (x as u32, y as u32)
    };
    for (name, lon, lat) in [
        ("Algeria", 3.0, 27.0),
        ("Brazil", -52.3, -10.4),
        ("Mongolia", 103.0, 46.5),
        ("Antarctica", 90.0, -75.0),
        ("Chukotka", -178.0, 67.2),
    ] {
        let (x, y) = seen(&world, lon, lat);
        let unit = atlas.partition.topology.unit_at(LonLat::new(lon, lat)).unwrap_or_else(|| panic!("{name} is no land"));
        assert!(same(picture.at(x, y), land.fill(unit).base), "{name}: {:?} instead of {:?}", picture.at(x, y), land.fill(unit).base);
    }
    for (lon, lat) in [(-35.0, 30.0), (-140.0, -40.0), (75.0, -30.0)] {
        let (x, y) = seen(&world, lon, lat);
        assert!(same(picture.at(x, y), land.style.water), "no sea at {lon} {lat}");
    }
    assert!(same(picture.at(2, 2), land.style.page), "no page beyond the world");
    let aksai_chin = atlas.dispute("aksai-chin").unwrap().units[0];
    let (place, fill) = (atlas.partition.topology.unit(aksai_chin).label_point, land.fill(aksai_chin));
    assert!(fill.hatch_count > 0, "Aksai Chin is contested");
    let near = BoundingBox::new(place.lon_deg - 1.0, place.lat_deg - 0.5, place.lon_deg + 1.0, place.lat_deg + 0.5);
    let close = Camera::fit(Projection::EqualEarth, near, SIZE.map(f64::from), 0.0);
    let picture = studio.draw(&close, &land, None);
    let (x, y) = seen(&close, place.lon_deg, place.lat_deg);
    let around: Vec<Rgba> = (x - 15..x + 15).map(|x| picture.at(x, y)).collect();
    for stripe in [fill.base].iter().chain(fill.stripes()) {
        assert!(around.iter().any(|color| same(*color, *stripe)), "no stripe of {stripe:?} in Aksai Chin: {around:?}");
    }
}

#[test]
fn the_globe_shows_what_faces_the_viewer_and_nothing_else() {
    let (atlas, _) = built_in_atlas().unwrap();
    let atlas = Arc::new(atlas);
    let Some(studio) = Studio::open(atlas.clone(), Projection::Globe) else { return };
    let state = WorldState::at(&atlas, Date::parse("2020-06-15").unwrap().earliest, &View::DeFacto);
    let land = Arc::new(WorldLayer::new(&atlas, &state, &Look::default()));
    let places = [
        ("Algeria", 3.0, 27.0),
        ("Brazil", -52.3, -10.4),
        ("Mongolia", 103.0, 46.5),
        ("Antarctica", 90.0, -75.0),
        ("South Pole", 10.0, -89.0),
        ("Chukotka", -178.0, 67.2),
        ("Canada", -110.0, 58.0),
        ("Australia", 134.0, -25.0),
    ];
    let seas = [(-35.0, 30.0), (-140.0, -40.0), (75.0, -30.0), (0.0, 88.0), (179.9, 10.0)];
    let whole = Camera::whole_world(Projection::Globe, SIZE.map(f64::from));
    for (lon, lat) in [(20.0, 20.0), (-100.0, 40.0), (180.0, 60.0), (140.0, -30.0), (0.0, -90.0), (0.0, 90.0)] {
        let camera = Camera { center: Projection::Globe.project(LonLat::new(lon, lat)), ..whole };
        let picture = studio.draw(&camera, &land, None);
        let mut checked = 0;
        let well_seen = |lon: f64, lat: f64| {
            let at = camera.seen_at(LonLat::new(lon, lat))?;
            let [x, y] = at.map(|value| value as u32);
            // At the very edge everything is squeezed to less than a pixel.
            let off = (at[0] - camera.size_points[0] / 2.0).hypot(at[1] - camera.size_points[1] / 2.0);
            (off < camera.points_per_unit * 0.97).then(|| picture.at(x, y))
        };
        for (name, place_lon, place_lat) in places {
            let unit = atlas.partition.topology.unit_at(LonLat::new(place_lon, place_lat)).unwrap_or_else(|| panic!("{name} is no land"));
            if let Some(found) = well_seen(place_lon, place_lat) {
                checked += 1;
                assert!(same(found, land.fill(unit).base), "{name} from {lon} {lat}: {found:?} instead of {:?}", land.fill(unit).base);
            }
        }
        for (sea_lon, sea_lat) in seas {
            if let Some(found) = well_seen(sea_lon, sea_lat) {
                checked += 1;
                assert!(same(found, land.style.water), "no sea at {sea_lon} {sea_lat} from {lon} {lat}: {found:?}");
            }
        }
        assert!(checked >= 3, "too little was seen from {lon} {lat}");
        assert!(same(picture.at(2, 2), land.style.page), "no page beside the globe");
    }
}

#[test]
fn a_change_of_projection_begins_at_the_old_one_and_ends_at_the_new_one() {
    let (atlas, _) = built_in_atlas().unwrap();
    let atlas = Arc::new(atlas);
    let Some(studio) = Studio::open(atlas.clone(), Projection::Globe) else { return };
    let state = WorldState::at(&atlas, Date::parse("2020-06-15").unwrap().earliest, &View::DeFacto);
    let land = Arc::new(WorldLayer::new(&atlas, &state, &Look::default()));
    let places = [(3.0, 27.0), (-52.3, -10.4), (-35.0, 30.0), (103.0, 46.5), (134.0, -25.0), (-110.0, 58.0), (-140.0, -40.0)];
    for (one, other) in [
        (Projection::Globe, Projection::EqualEarth),
        (Projection::Mercator, Projection::Globe),
        (Projection::EqualEarth, Projection::Mercator),
    ] {
        let [from, to] = [one, other].map(|projection| Camera::whole_world(projection, SIZE.map(f64::from)));
        for (share, camera) in [(0.0, &from), (1.0, &to)] {
            let picture = studio.draw_morph(&from, &to, &land, share);
            let mut checked = 0;
            for (lon, lat) in places {
                let place = LonLat::new(lon, lat);
                // Near the globe's edge everything is squeezed.
                let is_squeezed =
                    camera.projection == Projection::Globe && camera.globe().turned(camera.projection.project(place))[2] < 0.4;
                let Some([x, y]) = camera.seen_at(place).filter(|_| !is_squeezed) else { continue };
                let expected = atlas.partition.topology.unit_at(place).map_or(land.style.water, |unit| land.fill(unit).base);
                let found = picture.at(x as u32, y as u32);
                assert!(same(found, expected), "{one:?} to {other:?} at {share}: {found:?} at {lon} {lat} instead of {expected:?}");
                checked += 1;
            }
            assert!(checked >= 3, "too little was seen");
        }
    }
}

#[test]
fn a_round_piece_of_the_map_is_drawn_inside_its_circle_and_nowhere_else() {
    let Some(studio) = Studio::open(Arc::new(two_units()), Projection::Mercator) else { return };
    let layer = Arc::new(layer(LineClass::Agreed, hatched()));
    studio.draw(&camera(), &layer, None);
    let (middle, radius) = (egui::pos2(420.0, 190.0), 60.0);
    let within = egui::Rect::from_center_size(middle, egui::Vec2::splat(2.0 * radius));
    // The piece has a camera of its own, whose middle is the circle's.
    let small =
        Camera { size_points: [120.0, 120.0], center: camera().world_from_screen([f64::from(middle.x), f64::from(middle.y)]), ..camera() };
    let level = border_atlas::scene::level_for(&small);
    let draw = |is_round: bool| {
        studio.paint(|painter, _| {
            let painter = painter.with_clip_rect(within);
            painter.extend(match is_round {
                true => round_shapes(within, &small, (&layer, level), ((middle, radius), within)),
                false => world_shapes(within, &small, &layer, level, Change::default()),
            });
        })
    };
    let (round, whole) = (draw(true), draw(false));
    assert_eq!(studio.status.complaint(), None);
    for (x, y) in (0..SIZE[1]).step_by(3).flat_map(|y| (0..SIZE[0]).step_by(3).map(move |x| (x, y))) {
        let off = (x as f32 + 0.5 - middle.x).hypot(y as f32 + 0.5 - middle.y);
        let expected = if off < radius { whole.at(x, y) } else { Rgba([0, 0, 0, 255]) };
        if (off - radius).abs() > 1.0 {
            assert!(same(round.at(x, y), expected), "{x} {y}: {:?} instead of {expected:?}", round.at(x, y));
        }
    }
    assert!(same(whole.at(365, 135), WEST), "of the square there is more");
}
