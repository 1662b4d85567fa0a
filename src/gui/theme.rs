//! The look of the window: fonts, type scale, spacing, colours. Everything here comes from the scene's style, so that panels and map agree.

use std::sync::Arc;

use egui::{Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Vec2};

pub use super::paint::items::color32;
use super::paint::items::family;
use crate::scene::{Face, Style, Theme, fonts};

/// The type scale, in points.
pub mod size {
    /// Notes, axis labels.
    pub const SMALL: f32 = 12.0;
    /// Body text.
    pub const BODY: f32 = 14.0;
    /// Titles of panels.
    pub const TITLE: f32 = 16.0;
    /// Titles of what is selected.
    pub const HEADING: f32 = 20.0;
}

/// The radius of every corner, in points.
pub const RADIUS: u8 = 6;

/// The colours that panels draw with by hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    /// The ground of panels.
    pub surface: Color32,
    /// A slightly raised ground: fields, hovered rows.
    pub raised: Color32,
    /// The thin edge of panels.
    pub edge: Color32,
    /// Text.
    pub ink: Color32,
    /// Lesser text.
    pub quiet: Color32,
    /// Selection and playhead.
    pub accent: Color32,
}

impl Palette {
    /// The colours of a theme.
    pub fn new(theme: Theme) -> Self {
        let style = Style::new(theme);
        let (surface, ink) = (color32(style.panel), color32(style.ink));
        Self {
            surface,
            raised: surface.lerp_to_gamma(ink, 0.06),
            edge: color32(style.panel_edge),
            ink,
            quiet: color32(style.quiet_ink),
            accent: color32(style.accent),
        }
    }
}

/// Registers the fonts that the program carries: each face as a family of its own, with the other scripts behind it.
pub fn install_fonts(ctx: &egui::Context) {
    let mut definitions = FontDefinitions::empty();
    for file in fonts::FACES.iter().chain(&fonts::FALLBACKS) {
        definitions.font_data.insert(file.name.to_owned(), Arc::new(FontData::from_static(file.bytes)));
    }
    let with_fallbacks = |first: &fonts::FontFile| -> Vec<String> {
        std::iter::once(first).chain(&fonts::FALLBACKS).map(|file| file.name.to_owned()).collect()
    };
    for (face, file) in Face::ALL.into_iter().zip(&fonts::FACES) {
        definitions.families.insert(family(face), with_fallbacks(file));
    }
    definitions.families.insert(FontFamily::Proportional, with_fallbacks(&fonts::FACES[0]));
    definitions.families.insert(FontFamily::Monospace, with_fallbacks(&fonts::FACES[0]));
    ctx.set_fonts(definitions);
}

/// Text in a face and size.
pub fn font(face: Face, size_points: f32) -> FontId {
    FontId::new(size_points, family(face))
}

/// Lets what egui itself moves (folding sections, scrolling) move or cut.
pub fn set_motion(ctx: &egui::Context, reduced: bool) {
    ctx.global_style_mut(|style| {
        let usual = egui::Style::default();
        style.animation_time = if reduced { 0.0 } else { usual.animation_time };
        style.scroll_animation = if reduced { egui::style::ScrollAnimation::none() } else { usual.scroll_animation };
    });
}

/// Applies a theme to every widget.
pub fn apply(ctx: &egui::Context, theme: Theme) {
    let palette = Palette::new(theme);
    let dark = theme.is_dark();
    ctx.set_theme(if dark { egui::Theme::Dark } else { egui::Theme::Light });
    ctx.global_style_mut(|style| {
        style.visuals = if dark { egui::Visuals::dark() } else { egui::Visuals::light() };
        style_visuals(&mut style.visuals, &palette);
        style.text_styles = [
            (TextStyle::Small, font(Face::Regular, size::SMALL)),
            (TextStyle::Body, font(Face::Regular, size::BODY)),
            (TextStyle::Button, font(Face::Regular, size::BODY)),
            (TextStyle::Monospace, font(Face::Regular, size::BODY)),
            (TextStyle::Heading, font(Face::SemiBold, size::HEADING)),
        ]
        .into();
        style.spacing.item_spacing = Vec2::new(8.0, 6.0);
        style.spacing.button_padding = Vec2::new(8.0, 4.0);
        style.spacing.interact_size = Vec2::new(28.0, 24.0);
        style.interaction.tooltip_delay = 0.35;
    });
}

fn style_visuals(visuals: &mut egui::Visuals, palette: &Palette) {
    visuals.override_text_color = Some(palette.ink);
    visuals.weak_text_color = Some(palette.quiet);
    visuals.panel_fill = palette.surface;
    visuals.window_fill = palette.surface;
    visuals.window_stroke = Stroke::new(1.0, palette.edge);
    visuals.window_corner_radius = CornerRadius::same(RADIUS);
    visuals.menu_corner_radius = CornerRadius::same(RADIUS);
    visuals.extreme_bg_color = palette.raised;
    visuals.selection.bg_fill = palette.accent.gamma_multiply(0.22);
    visuals.selection.stroke = Stroke::new(1.5, palette.accent);
    visuals.hyperlink_color = palette.accent;
    visuals.window_shadow = Shadow { offset: [0, 4], blur: 16, spread: 0, color: Color32::from_black_alpha(48) };
    visuals.popup_shadow = visuals.window_shadow;
    let widgets = &mut visuals.widgets;
    for widget in [&mut widgets.noninteractive, &mut widgets.inactive, &mut widgets.hovered, &mut widgets.active, &mut widgets.open] {
        widget.corner_radius = CornerRadius::same(RADIUS);
        widget.fg_stroke.color = palette.ink;
        widget.expansion = 0.0;
    }
    widgets.noninteractive.bg_stroke = Stroke::new(1.0, palette.edge);
    widgets.inactive.bg_fill = palette.raised;
    widgets.inactive.weak_bg_fill = palette.raised;
    for (widget, ground) in [
        (&mut widgets.hovered, palette.surface.lerp_to_gamma(palette.ink, 0.11)),
        (&mut widgets.active, palette.surface.lerp_to_gamma(palette.accent, 0.16)),
        (&mut widgets.open, palette.surface.lerp_to_gamma(palette.ink, 0.11)),
    ] {
        (widget.bg_fill, widget.weak_bg_fill) = (ground, ground);
    }
    widgets.hovered.bg_stroke = Stroke::new(1.0, palette.quiet);
    widgets.open.bg_stroke = Stroke::new(1.0, palette.quiet);
    widgets.active.bg_stroke = Stroke::new(1.5, palette.accent);
}

/// The frame of a box that stands over everything, with a shadow: what lies below is veiled and waits.
pub fn dialog_frame(palette: &Palette) -> egui::Frame {
    egui::Frame::new()
        .fill(palette.surface)
        .stroke(Stroke::new(1.0, palette.edge))
        .corner_radius(CornerRadius::same(RADIUS * 2))
        .inner_margin(Margin::same(24))
        .shadow(Shadow { offset: [0, 8], blur: 32, spread: 0, color: Color32::from_black_alpha(64) })
}

/// A box over everything, its frame and the veil under it.
pub fn dialog(name: &'static str, palette: &Palette) -> egui::Modal {
    egui::Modal::new(egui::Id::unique(name)).frame(dialog_frame(palette)).backdrop_color(Color32::from_black_alpha(72))
}

/// The frame of a panel that lies over the map. An edge lifts it off the map, no shadow: that would shade all that it covers once more.
pub fn overlay_frame(palette: &Palette) -> egui::Frame {
    egui::Frame::new()
        .fill(palette.surface.gamma_multiply(0.97))
        .stroke(Stroke::new(1.0, palette.edge))
        .corner_radius(CornerRadius::same(RADIUS))
        .inner_margin(Margin::same(12))
}
