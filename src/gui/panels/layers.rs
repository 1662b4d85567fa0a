//! The panel on the left: layers with eye and opacity, alliances, legend.

use egui::RichText;

use super::Ctx;
use crate::{
    gui::{
        actions::{Action, LayerId},
        manners,
        theme::{font, size},
        words::words_ui,
    },
    model::Alliance,
    scene::{
        Coloring, Face, Layer, Layers,
        legend::{LegendRow, Sample},
    },
};

/// The layer of an id.
pub fn layer(layers: &Layers, id: LayerId) -> Layer {
    match id {
        LayerId::Polities => layers.polities,
        LayerId::Claims => layers.claims,
        LayerId::Alliances => layers.alliances,
        LayerId::Borders => layers.borders,
        LayerId::Regions => layers.regions,
        LayerId::Lines => layers.lines,
        LayerId::Events => layers.events,
        LayerId::Places => layers.places,
        LayerId::Annotations => layers.annotations,
        LayerId::Cities => layers.cities,
        LayerId::Waters => layers.waters,
        LayerId::Labels => layers.labels,
        LayerId::Locator => layers.locator,
        LayerId::Graticule => layers.graticule,
        LayerId::Today => layers.today,
    }
}

/// The layer of an id, to change.
pub fn layer_mut(layers: &mut Layers, id: LayerId) -> &mut Layer {
    match id {
        LayerId::Polities => &mut layers.polities,
        LayerId::Claims => &mut layers.claims,
        LayerId::Alliances => &mut layers.alliances,
        LayerId::Borders => &mut layers.borders,
        LayerId::Regions => &mut layers.regions,
        LayerId::Lines => &mut layers.lines,
        LayerId::Events => &mut layers.events,
        LayerId::Places => &mut layers.places,
        LayerId::Annotations => &mut layers.annotations,
        LayerId::Cities => &mut layers.cities,
        LayerId::Waters => &mut layers.waters,
        LayerId::Labels => &mut layers.labels,
        LayerId::Locator => &mut layers.locator,
        LayerId::Graticule => &mut layers.graticule,
        LayerId::Today => &mut layers.today,
    }
}

/// Draws the panel.
pub fn layers_ui(ui: &mut egui::Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    egui::ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
        heading_ui(ui, "Legend");
        legend_ui(ui, ctx);
        ui.add_space(8.0);
        coloring_ui(ui, ctx, out);
        ui.add_space(4.0);
        egui::CollapsingHeader::new(RichText::new("Alliances").font(font(Face::SemiBold, size::BODY)))
            .default_open(false)
            .show(ui, |ui| alliances_ui(ui, ctx, out));
        egui::CollapsingHeader::new(RichText::new("Layers").font(font(Face::SemiBold, size::BODY))).show(ui, |ui| {
            for (id, name) in LayerId::ALL {
                layer_ui(ui, ctx, id, name, out);
            }
        });
    });
}

/// What the colours tell; the story can be chosen only where there is one.
fn coloring_ui(ui: &mut egui::Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    heading_ui(ui, "Colours");
    let now = match ctx.session.look.coloring {
        Coloring::Story if ctx.document().is_none() => Coloring::Political,
        chosen => chosen,
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for coloring in Coloring::ALL.into_iter().filter(|it| *it != Coloring::Story || ctx.document().is_some()) {
            if ui.selectable_label(now == coloring, RichText::new(coloring.label()).size(size::SMALL)).clicked() {
                out.push(Action::SetColoring(coloring));
            }
        }
    });
}

/// A small heading inside a panel.
pub fn heading_ui(ui: &mut egui::Ui, text: &str) {
    words_ui(ui, RichText::new(text).font(font(Face::SemiBold, size::BODY)));
}

fn layer_ui(ui: &mut egui::Ui, ctx: &Ctx, id: LayerId, name: &str, out: &mut Vec<Action>) {
    let now = layer(&ctx.session.look.layers, id);
    ui.horizontal(|ui| {
        let mut visible = now.visible;
        if ui.checkbox(&mut visible, name).on_hover_text("Show or hide").changed() {
            out.push(Action::ToggleLayer(id));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let mut percent = (now.opacity * 100.0).round();
            ui.spacing_mut().slider_width = 64.0;
            let slider = egui::Slider::new(&mut percent, 0.0..=100.0).show_value(false);
            let response = ui.add_enabled(now.visible, slider).on_hover_text(format!("Opacity {percent:.0} %"));
            response.widget_info(|| egui::WidgetInfo::slider(now.visible, f64::from(percent), format!("Opacity of {name}")));
            manners::keep_arrows(&response);
            if response.changed() {
                out.push(Action::SetLayerOpacity(id, percent / 100.0));
            }
        });
    });
}

fn alliances_ui(ui: &mut egui::Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    let day = ctx.session.day();
    let (now, other): (Vec<&Alliance>, Vec<&Alliance>) =
        ctx.library.atlas.alliances.iter().partition(|alliance| alliance.span.contains(day));
    ui.label(RichText::new("In force on this day").small().color(ctx.palette.quiet));
    now.iter().for_each(|alliance| alliance_ui(ui, ctx, alliance, out));
    if !other.is_empty() {
        egui::CollapsingHeader::new(RichText::new("At other times").small().color(ctx.palette.quiet)).show(ui, |ui| {
            other.iter().for_each(|alliance| alliance_ui(ui, ctx, alliance, out));
        });
    }
}

fn alliance_ui(ui: &mut egui::Ui, ctx: &Ctx, alliance: &Alliance, out: &mut Vec<Action>) {
    let mut shown = ctx.session.look.alliances.contains(&alliance.id);
    ui.horizontal(|ui| {
        if ui.checkbox(&mut shown, &alliance.name).on_hover_text(format!("{}\n{}", alliance.long_name, alliance.span.label())).changed() {
            out.push(Action::ToggleAlliance(alliance.id.clone()));
        }
        let count = alliance.members.iter().filter(|member| member.counts_on(ctx.session.day())).count();
        ui.label(RichText::new(if count == 0 { String::new() } else { count.to_string() }).small().color(ctx.palette.quiet));
        if shown && ui.small_button("…").on_hover_text("Members, pledges, sources").clicked() {
            out.push(Action::Select(Some(crate::gui::session::Selection::Alliance(alliance.id.clone()))));
        }
    });
}

/// The legend: only what is to be seen.
pub fn legend_ui(ui: &mut egui::Ui, ctx: &Ctx) {
    let mut group = None;
    for row in &ctx.scene.legend.rows {
        if group != Some(row.group) {
            group = Some(row.group);
            ui.label(RichText::new(row.group.heading()).small().color(ctx.palette.quiet));
        }
        legend_row_ui(ui, row);
    }
    if group.is_none() {
        ui.label(RichText::new("Nothing on the map needs explaining here.").small().color(ctx.palette.quiet));
    }
}

fn legend_row_ui(ui: &mut egui::Ui, row: &LegendRow) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(egui::vec2(36.0, 16.0), egui::Sense::hover());
        let items = match row.sample {
            Sample::Area(fill) => vec![crate::scene::Item::Box { rect: scene_rect(rect), radius_points: 2.0, fill, stroke: None }],
            Sample::Line(stroke) => vec![crate::scene::Item::Polyline {
                points: vec![[rect.left(), rect.center().y], [rect.right(), rect.center().y]],
                stroke,
                soft: false,
            }],
            Sample::Event(kind) => vec![symbol_item(ui, kind, rect.center())],
        };
        let whole = egui::Rect::from_min_max(egui::Pos2::ZERO, rect.max);
        crate::gui::paint::items::paint_items(ui.painter(), whole, &items);
        words_ui(ui, RichText::new(&row.label).size(size::SMALL));
    });
}

fn symbol_item(ui: &egui::Ui, kind: crate::model::EventKind, at: egui::Pos2) -> crate::scene::Item {
    let theme = if ui.visuals().dark_mode { crate::scene::Theme::Dark } else { crate::scene::Theme::Light };
    crate::scene::Item::Symbol {
        at: [at.x, at.y],
        size_points: 16.0,
        family: kind.family(),
        kind,
        color: crate::scene::Style::new(theme).family(kind.family()),
        opacity: 1.0,
        event: None,
    }
}

fn scene_rect(rect: egui::Rect) -> crate::scene::Rect {
    crate::scene::Rect { min: [rect.left(), rect.top()], max: [rect.right(), rect.bottom()] }
}
