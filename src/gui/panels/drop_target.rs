//! What is shown while files hang over the window, not yet let go.

use std::path::Path;

use egui::{Align2, Color32, Stroke, StrokeKind, vec2};

use super::{Ctx, top_bar::shortened};
use crate::{
    gui::{
        pictures,
        theme::{RADIUS, font, size},
    },
    scene::Face,
};

/// Covers the window with what happens when the files are let go; nothing while none hang over it.
pub fn drop_target_ui(ctx: &egui::Context, seen: &Ctx) {
    let (names, are_pictures) = ctx.input(|input| {
        let files = &input.raw.hovered_files;
        let paths = || files.iter().map(|file| file.path.as_deref());
        let names = paths().map(|path| path.and_then(Path::file_name));
        let names: Vec<String> =
            names.map(|name| name.map_or_else(|| "a file".to_owned(), |name| name.to_string_lossy().into_owned())).collect();
        let are_pictures = paths().all(|path| path.is_some_and(pictures::is_picture));
        (names, are_pictures)
    });
    if names.is_empty() {
        return;
    }
    let palette = seen.palette;
    let place = pictures::place_for(seen.library, seen.session);
    let event = place.and_then(|_| pictures::selected(seen.library, seen.session)).map(|event| event.title.as_str());
    let (heading, hint) = if are_pictures { of_pictures(&names, event) } else { of_documents(&names) };
    let room = ctx.content_rect();
    let painter = ctx.layer_painter(egui::LayerId::new(egui::Order::Tooltip, egui::Id::unique("drop-target")));
    painter.rect_filled(room, 0.0, palette.surface.gamma_multiply(0.86));
    let inside = room.shrink(24.0);
    painter.rect_stroke(inside, RADIUS * 2, Stroke::new(3.0, palette.accent), StrokeKind::Inside);
    painter.rect_filled(inside, RADIUS * 2, palette.accent.gamma_multiply(0.08));
    let write = |below: f32, text: String, face: Face, points: f32, color: Color32| {
        painter.text(room.center() + vec2(0.0, below), Align2::CENTER_CENTER, text, font(face, points), color);
    };
    write(-16.0, heading, Face::SemiBold, 28.0, palette.ink);
    write(20.0, hint.to_owned(), Face::Regular, size::TITLE, palette.quiet);
}

fn of_documents(names: &[String]) -> (String, &'static str) {
    (
        format!("Let go to open {}", named(names)),
        "Documents in GeoJSON are opened; sources in BibTeX, RIS or CSL-JSON go into the document shown",
    )
}

fn of_pictures(names: &[String], event: Option<&str>) -> (String, &'static str) {
    match event {
        Some(event) => {
            (format!("Let go to put {} into “{}”", named(names), shortened(event, 48)), "Then say what is to be seen, and whose it is")
        }
        None => ("Pictures go into an event".to_owned(), "Select an event of a document of your own first"),
    }
}

fn named(names: &[String]) -> String {
    match names {
        [name] => name.clone(),
        names => format!("{} files", names.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_is_named_and_several_are_counted() {
        assert_eq!(of_documents(&["galwan.geojson".to_owned()]).0, "Let go to open galwan.geojson");
        assert_eq!(of_documents(&["a".to_owned(), "b".to_owned()]).0, "Let go to open 2 files");
        assert_eq!(of_pictures(&["a.png".to_owned()], Some("Clash")).0, "Let go to put a.png into “Clash”");
        assert_eq!(of_pictures(&["a.png".to_owned()], None).0, "Pictures go into an event");
    }
}
