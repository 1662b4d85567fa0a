//! The menus of a chart: what it is about, and where it goes as a file.

use std::path::{Path, PathBuf};

use eframe::egui::{
    self, PopupCloseBehavior, RichText, ScrollArea, Ui,
    containers::menu::{MenuButton, MenuConfig},
};

use super::{ChartContent, ChartFile, ChartsInput, ChartsState};
use crate::{
    export::chart::{chart_csv, chart_svg},
    gui::{
        actions::Action,
        session::Selection,
        system::{Ask, first_folder},
        timeline::palette::plain,
        words::{line, named},
    },
    model::{Chart, Dispute, PolityIx},
    scene::chart::{ChartPage, PageInput, page},
    time::Day,
};

/// Longer lists scroll, in points.
const LONGEST_LIST: f32 = 320.0;
/// The size of a page in points.
const PAGE: [f64; 2] = [1600.0, 900.0];

/// A button with a name from the data.
fn button_ui(ui: &mut Ui, name: &str) -> egui::Response {
    let text = line(ui, name);
    named(ui.button(text), name)
}

fn choose_ui(ui: &mut Ui, hint: &str, content: impl FnOnce(&mut Ui)) {
    let shown = ui.menu_button(RichText::new("Choose").font(plain(12.0)), |ui| {
        ui.set_min_width(260.0);
        ScrollArea::vertical().max_height(LONGEST_LIST).show(ui, content);
    });
    shown.response.on_hover_text(hint);
}

/// Which land a chart of areas is about. What is chosen is selected on the map too.
pub(super) fn areas_ui(ui: &mut Ui, input: &ChartsInput, state: &mut ChartsState, out: &mut Vec<Action>) {
    choose_ui(ui, "Another area", |ui| {
        if let Some(project) = input.project
            && button_ui(ui, &project.title).on_hover_text("All regions of the story").clicked()
        {
            state.forget_dispute();
            out.push(Action::Select(None));
            ui.close();
        }
        let is_own = |dispute: &Dispute| input.project.is_some_and(|project| project.disputes.contains(&dispute.id));
        let (own, others): (Vec<&Dispute>, Vec<&Dispute>) = input.atlas.disputes.iter().partition(|dispute| is_own(dispute));
        for (place, group) in [own, others].into_iter().enumerate() {
            if place == 1 && input.project.is_some() {
                ui.separator();
            }
            for dispute in group {
                if button_ui(ui, &dispute.name).clicked() {
                    out.push(Action::Select(Some(Selection::Dispute(dispute.id.clone()))));
                    ui.close();
                }
            }
        }
    });
}

/// Whose memberships a chart shows: the parties of the story first, then everybody who belongs to anything.
pub(super) fn polities_ui(ui: &mut Ui, input: &ChartsInput, out: &mut Vec<Action>) {
    choose_ui(ui, "Another state", |ui| {
        let find = |id: &crate::model::PolityId| input.atlas.polities.find(id.as_str());
        let parties: Vec<PolityIx> = input.project.into_iter().flat_map(|project| project.disputants()).filter_map(find).collect();
        let members = input.atlas.alliances.iter().flat_map(|alliance| &alliance.members).filter_map(|member| find(&member.polity));
        let mut others: Vec<PolityIx> = members.filter(|polity| !parties.contains(polity)).collect();
        others.sort_by_key(|polity| (&input.atlas.polities.at(*polity).name, *polity));
        others.dedup();
        let groups = [parties, others];
        for (place, group) in groups.iter().enumerate() {
            if place == 1 && !groups[0].is_empty() {
                ui.separator();
            }
            for polity in group {
                if button_ui(ui, &input.atlas.polities.at(*polity).name).clicked() {
                    out.push(Action::Select(Some(Selection::Polity(*polity))));
                    ui.close();
                }
            }
        }
    });
}

/// Copies the chart, or writes it to a file beside the window.
pub(super) fn export_ui(ui: &mut Ui, input: &ChartsInput, state: &mut ChartsState, slot: usize, out: &mut Vec<Action>) {
    let Some(chart) = state.kind_of(slot).and_then(|kind| state.chart(kind, input)).filter(|chart| !chart.series.is_empty()) else {
        return;
    };
    // A click into the field for the folder must not close the menu.
    let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let button = MenuButton::new(RichText::new("Export").font(plain(12.0))).config(stays);
    let (response, _) = button.ui(ui, |ui| {
        ui.set_min_width(300.0);
        // What is seen is what is written.
        let days = state.seen_days(input);
        let page = || exported_page(input, &chart, days);
        if ui.button("Copy the numbers (CSV)").clicked() {
            out.extend(chart_csv(&chart, days).ok().map(Action::Copy));
            ui.close();
        }
        if ui.button("Copy the picture (SVG)").clicked() {
            out.push(Action::Copy(chart_svg(&page(), 1.0)));
            ui.close();
        }
        ui.separator();
        let folder = state.folder.get_or_insert_with(|| first_folder().display().to_string());
        let label = ui.label(RichText::new("Save into the folder").font(plain(12.0)).color(input.palette.quiet_ink));
        ui.horizontal(|ui| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let first = PathBuf::from(folder.trim());
                if ui.button("Choose…").on_hover_text("Shows the system's box for choosing a folder").clicked() {
                    out.push(Action::Browse(Ask::Folder(first)));
                }
                ui.add(egui::TextEdit::singleline(folder).desired_width(f32::INFINITY)).labelled_by(label.id);
            });
        });
        let path = |ending: &str| Path::new(folder.trim()).join(format!("{}.{ending}", file_stem(input, &chart)));
        ui.horizontal(|ui| {
            for ending in ["svg", "png", "csv"] {
                if ui.button(format!("Save {}", ending.to_uppercase())).on_hover_text(path(ending).display().to_string()).clicked() {
                    let content = match ending {
                        "svg" => Some(ChartContent::Svg(page())),
                        "png" => Some(ChartContent::Png(page())),
                        _ => chart_csv(&chart, days).ok().map(ChartContent::Csv),
                    };
                    out.extend(content.map(|content| Action::SaveChart(Box::new(ChartFile { path: path(ending), content }))));
                    ui.close();
                }
            }
        });
    });
    response.on_hover_text("As a picture or a table");
}

/// `crimea-area-un`: the story, the kind, and the view where it matters.
fn file_stem(input: &ChartsInput, chart: &Chart) -> String {
    let story = input.project.map_or("world", |project| project.id.as_str());
    format!("{story}-{}-{}", chart.kind, input.view)
}

fn exported_page(input: &ChartsInput, chart: &Chart, days: (Day, Day)) -> ChartPage {
    let day = Some(input.day).filter(|day| (days.0..=days.1).contains(day));
    page(&PageInput { atlas: input.atlas, chart, days, day, theme: input.theme, size_points: PAGE })
}
