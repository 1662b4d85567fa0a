//! What the parties say of an event, side by side: two columns, in which what answers the same question stands on one line.

use egui::{RichText, Ui};

use super::{Ctx, inspector::citations_ui, layers::heading_ui};
use crate::{
    gui::{
        rich_words::rich_words_ui,
        theme::{font, size},
        words::words_ui,
    },
    model::{Event, Project, event::Account},
    scene::Face,
};

/// What stands where an account says nothing.
const SILENT: &str = "not said";

/// Draws the accounts of an event, two beside each other. Nothing for an event without.
pub(super) fn accounts_ui(ui: &mut Ui, ctx: &Ctx, (project, event): (&Project, &Event)) {
    for pair in event.accounts.chunks(2) {
        ui.add_space(8.0);
        pair_ui(ui, ctx, project, pair);
    }
}

fn pair_ui(ui: &mut Ui, ctx: &Ctx, project: &Project, pair: &[Account]) {
    let any = |has: fn(&Account) -> bool| pair.iter().any(has);
    columns_ui(ui, pair, |ui, account| heading_ui(ui, ctx.library.atlas.polities.name(&account.party)));
    if any(|account| !account.title.is_empty()) {
        columns_ui(ui, pair, |ui, account| {
            said_ui(ui, ctx, &account.title, |text| RichText::new(text).font(font(Face::Medium, size::BODY)));
        });
    }
    if any(|account| !account.when().is_empty() || !account.place.is_empty()) {
        columns_ui(ui, pair, |ui, account| {
            let own = [account.when(), account.place.clone()].into_iter().filter(|own| !own.is_empty()).collect::<Vec<_>>().join(" · ");
            said_ui(ui, ctx, &own, |text| RichText::new(text).size(size::SMALL).color(ctx.palette.quiet));
        });
    }
    figures_ui(ui, ctx, project, pair);
    columns_ui(ui, pair, |ui, account| {
        rich_words_ui(ui, &account.text);
        citations_ui(ui, ctx, Some(project), &account.sources, "");
    });
}

/// A line for each thing that anybody counts: what it is, and below it what each account says.
fn figures_ui(ui: &mut Ui, ctx: &Ctx, project: &Project, pair: &[Account]) {
    let mut all: Vec<&str> = Vec::new();
    for what in pair.iter().flat_map(|account| &account.figures).map(|figure| figure.what.as_str()) {
        if !all.iter().any(|own| own.eq_ignore_ascii_case(what)) {
            all.push(what);
        }
    }
    for what in all {
        columns_ui(ui, pair, |ui, account| {
            ui.spacing_mut().item_spacing.y = 1.0;
            words_ui(ui, RichText::new(what).size(size::SMALL).color(ctx.palette.quiet));
            let figure = account.figure(what);
            let amount = figure.map(|figure| figure.amount()).unwrap_or_default();
            said_ui(ui, ctx, &amount, |text| RichText::new(text).font(font(Face::SemiBold, size::BODY)));
            if let Some(figure) = figure {
                citations_ui(ui, ctx, Some(project), &figure.sources, "");
            }
        });
    }
}

fn said_ui(ui: &mut Ui, ctx: &Ctx, text: &str, look: impl FnOnce(&str) -> RichText) {
    match text {
        "" => drop(ui.label(RichText::new(SILENT).size(size::SMALL).color(ctx.palette.quiet).italics())),
        text => drop(words_ui(ui, look(text))),
    }
}

/// A cell for each account; one alone has the whole width.
fn columns_ui(ui: &mut Ui, pair: &[Account], cell: impl Fn(&mut Ui, &Account)) {
    match pair {
        [alone] => cell(ui, alone),
        _ => ui.columns(pair.len(), |parts| parts.iter_mut().zip(pair).for_each(|(ui, account)| cell(ui, account))),
    }
}
