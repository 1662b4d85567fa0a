//! What is shown while files hang over the window, not yet let go.

use egui::{Align2, Color32, Stroke, StrokeKind, vec2};

use crate::{
    gui::theme::{Palette, RADIUS, font, size},
    scene::Face,
};

/// Covers the window with what happens when the files are let go; nothing while none hang over it.
pub fn drop_target_ui(ctx: &egui::Context, palette: &Palette) {
    let names: Vec<String> = ctx.input(|input| {
        let paths = input.raw.hovered_files.iter().map(|file| file.path.as_ref().and_then(|path| path.file_name()));
        paths.map(|name| name.map_or_else(|| "a file".to_owned(), |name| name.to_string_lossy().into_owned())).collect()
    });
    if names.is_empty() {
        return;
    }
    let room = ctx.content_rect();
    let painter = ctx.layer_painter(egui::LayerId::new(egui::Order::Tooltip, egui::Id::unique("drop-target")));
    painter.rect_filled(room, 0.0, palette.surface.gamma_multiply(0.86));
    let inside = room.shrink(24.0);
    painter.rect_stroke(inside, RADIUS * 2, Stroke::new(3.0, palette.accent), StrokeKind::Inside);
    painter.rect_filled(inside, RADIUS * 2, palette.accent.gamma_multiply(0.08));
    let write = |below: f32, text: String, face: Face, points: f32, color: Color32| {
        painter.text(room.center() + vec2(0.0, below), Align2::CENTER_CENTER, text, font(face, points), color);
    };
    write(-16.0, sentence(&names), Face::SemiBold, 28.0, palette.ink);
    write(
        20.0,
        "Documents in GeoJSON are opened; sources in BibTeX, RIS or CSL-JSON go into the document shown".to_owned(),
        Face::Regular,
        size::TITLE,
        palette.quiet,
    );
}

fn sentence(names: &[String]) -> String {
    match names {
        [name] => format!("Let go to open {name}"),
        names => format!("Let go to open {} files", names.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_is_named_and_several_are_counted() {
        assert_eq!(sentence(&["galwan.geojson".to_owned()]), "Let go to open galwan.geojson");
        assert_eq!(sentence(&["a".to_owned(), "b".to_owned()]), "Let go to open 2 files");
    }
}
