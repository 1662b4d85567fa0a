//! The panel "Balance": what each party of a document has of it, as small bars; counts, no judgement.

use eframe::egui::{self, Color32, RichText, vec2};

use crate::{
    edit::balance::{Balance, Side, balance},
    gui::{
        numbers::grouped,
        panels::Ctx,
        theme::{color32, font, size},
        words::{tip_ui, words_ui},
    },
    scene::{Face, style::polity_color},
};

/// What is counted of a side: its name, and how.
type Count = (&'static str, fn(&Side) -> usize);

/// What is counted, from top to bottom.
const COUNTS: [Count; 4] = [
    ("Events", |side| side.events),
    ("Accounts", |side| side.accounts),
    ("Words", |side| side.words),
    ("Citations", |side| side.citations),
];
/// Height of a bar, width of the party's name and of its number, in points.
const BAR_POINTS: f32 = 10.0;
const NAME_POINTS: f32 = 108.0;
const NUMBER_POINTS: f32 = 52.0;

/// The balance of the state that was counted last.
#[derive(Default)]
pub struct BalanceState {
    counted: Option<((usize, u64), Balance)>,
}

/// Draws the panel.
pub fn balance_ui(ui: &mut egui::Ui, ctx: &Ctx, state: &mut BalanceState) {
    ui.label(RichText::new("Balance").font(font(Face::SemiBold, size::TITLE)));
    let Some((index, project)) = ctx.session.document.zip(ctx.document()) else {
        words_ui(ui, RichText::new("Open a story: what each of its parties has of it is counted here.").color(ctx.palette.quiet));
        return;
    };
    let key = (index, project.stamp);
    if state.counted.as_ref().is_none_or(|(own, _)| *own != key) {
        state.counted = Some((key, balance(project)));
    }
    let Some((_, counted)) = &state.counted else { return };
    words_ui(
        ui,
        RichText::new("How much of the document each party has. Uneven counts can be right; they should be meant.")
            .size(size::SMALL)
            .color(ctx.palette.quiet),
    );
    egui::ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
        for count in COUNTS {
            count_ui(ui, ctx, counted, count);
        }
        origins_ui(ui, ctx, counted);
        ui.add_space(8.0);
        words_ui(
            ui,
            RichText::new(format!("{} words are nobody's account.", grouped(counted.neutral_words as u64))).color(ctx.palette.quiet),
        );
        for note in &counted.notes {
            words_ui(ui, RichText::new(named_parties(ctx, counted, note)));
        }
    });
}

/// One count of all sides, as bars against the most.
fn count_ui(ui: &mut egui::Ui, ctx: &Ctx, counted: &Balance, (name, count): Count) {
    ui.add_space(8.0);
    ui.label(RichText::new(name).font(font(Face::SemiBold, size::BODY)));
    let most = counted.sides.iter().map(count).max().unwrap_or(0).max(1);
    for side in &counted.sides {
        let polity = ctx.library.atlas.polities.name(&side.party);
        ui.horizontal(|ui| {
            ui.set_height(18.0);
            let galley =
                crate::gui::words::galley(ui.painter(), polity, (font(Face::Regular, size::SMALL), ctx.palette.ink), (NAME_POINTS, 1));
            let (rect, response) = ui.allocate_exact_size(vec2(NAME_POINTS, 16.0), egui::Sense::hover());
            ui.painter().galley(rect.min, galley, ctx.palette.ink);
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{polity}: {} {}", count(side), name.to_lowercase()))
            });
            tip_ui(response, || polity.to_owned());
            let (rect, _) =
                ui.allocate_exact_size(vec2((ui.available_width() - NUMBER_POINTS).max(40.0), BAR_POINTS), egui::Sense::hover());
            ui.painter().rect_filled(rect, 2.0, ctx.palette.raised);
            let share = count(side) as f32 / most as f32;
            ui.painter().rect_filled(rect.with_max_x(rect.left() + rect.width() * share), 2.0, tint(ctx, side));
            ui.label(RichText::new(grouped(count(side) as u64)).size(size::SMALL));
        });
    }
}

/// Where the works come from that a side's accounts cite.
fn origins_ui(ui: &mut egui::Ui, ctx: &Ctx, counted: &Balance) {
    if counted.sides.iter().all(|side| side.origins.is_empty()) {
        return;
    }
    ui.add_space(8.0);
    ui.label(RichText::new("Where cited works come from").font(font(Face::SemiBold, size::BODY)));
    for side in counted.sides.iter().filter(|side| !side.origins.is_empty()) {
        let origins: Vec<String> = side.origins.iter().take(5).map(|(origin, count)| format!("{origin} {count}")).collect();
        let text = format!("{}: {}", ctx.library.atlas.polities.name(&side.party), origins.join(", "));
        words_ui(ui, RichText::new(text).size(size::SMALL));
    }
}

/// A note with the names of parties for their ids.
fn named_parties(ctx: &Ctx, counted: &Balance, note: &str) -> String {
    let named = |note: String, side: &Side| note.replace(&format!("`{}`", side.party), ctx.library.atlas.polities.name(&side.party));
    counted.sides.iter().fold(note.to_owned(), named)
}

fn tint(ctx: &Ctx, side: &Side) -> Color32 {
    let polities = &ctx.library.atlas.polities;
    polities.find(side.party.as_str()).map_or(Color32::GRAY, |polity| color32(polity_color(polities, polity, ctx.session.look.theme, true)))
}
