//! The whole recorded history of a piece of land: who held and who claimed it, when, and where that is written. A date goes to its day.

use egui::RichText;

use super::{
    Ctx,
    inspector::{citations_ui, nearest_day, polity_link_on_ui, quiet_ui},
    layers::heading_ui,
};
use crate::geometry::topology::UnitIx;
use crate::{
    gui::{
        actions::Action,
        theme::{color32, size},
        words::line,
    },
    model::{
        Atlas, Tenure, View,
        tenure::{Row, Spell},
        tenure_text::Slot,
    },
    scene::style::polity_color,
    time::{Date, Day, End},
};

/// The width of the band in the holder's colour that stands beside a row, in points.
const BAND_POINTS: f32 = 4.0;

/// Draws the history of a unit in the shown view: a row a spell, the newest first.
pub fn unit_history_ui(ui: &mut egui::Ui, ctx: &Ctx, unit: UnitIx, out: &mut Vec<Action>) {
    let mut history = ctx.library.atlas.tenure.history(unit, &ctx.session.view);
    history.sort_by_key(|(_, spell)| std::cmp::Reverse(spell.from));
    let (claims, held): (Vec<_>, Vec<_>) = history.into_iter().partition(|(slot, _)| *slot == Slot::Claims);
    ui.add_space(8.0);
    heading_ui(ui, "Who held it");
    held.iter().for_each(|own| spell_ui(ui, ctx, own, &held, out));
    if held.is_empty() {
        quiet_ui(ui, ctx, "The atlas has no row for this land yet.");
    }
    if !claims.is_empty() {
        ui.add_space(8.0);
        heading_ui(ui, "Who claimed it");
        claims.iter().for_each(|own| spell_ui(ui, ctx, own, &[], out));
    }
}

fn spell_ui(ui: &mut egui::Ui, ctx: &Ctx, own: &(Slot, Spell), all: &[(Slot, Spell)], out: &mut Vec<Action>) {
    let (atlas, (_, spell)) = (&ctx.library.atlas, own);
    let then = nearest_day(ctx.session.day(), spell.from, spell.past_end);
    let row = &atlas.tenure.rows[spell.row as usize];
    let is_now = spell.from <= ctx.session.day() && ctx.session.day() < spell.past_end;
    let indented = egui::Frame::new().inner_margin(egui::Margin { left: BAND_POINTS as i8 + 8, ..Default::default() });
    let drawn = indented.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 2.0;
        who_ui(ui, ctx, row, (then, is_now), out);
        let label = spell_label(&atlas.tenure, own, all);
        let text = RichText::new(label).size(size::SMALL).color(if is_now { ctx.palette.ink } else { ctx.palette.quiet });
        match day_to_show(spell) {
            Some(day) if ui.link(text.clone()).on_hover_text(format!("Go to {}", day.label())).clicked() => {
                out.push(Action::GoTo { bbox: None, day: Some(day), selection: None });
            }
            Some(_) => {}
            None => drop(ui.label(text)),
        }
        citations_ui(ui, ctx, None, &row.text.sources, &row.text.note);
    });
    let rect = drawn.response.rect;
    let band = egui::Rect::from_min_max(rect.left_top() + egui::vec2(0.0, 3.0), egui::pos2(rect.left() + BAND_POINTS, rect.bottom() - 3.0));
    let color = row.who.map_or(ctx.palette.edge, |who| color32(polity_color(&atlas.polities, who, ctx.session.look.theme, true)));
    ui.painter().rect_filled(band, BAND_POINTS / 2.0, if is_now { color } else { color.gamma_multiply(0.55) });
}

/// Who, by the names of then, as what, in whose view, and whether on the shown day.
fn who_ui(ui: &mut egui::Ui, ctx: &Ctx, row: &Row, (then, is_now): (Day, bool), out: &mut Vec<Action>) {
    let atlas = &ctx.library.atlas;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        match row.who {
            Some(who) => polity_link_on_ui(ui, ctx, who, then, out),
            None => drop(ui.label("Nobody's title")),
        }
        let under = row.under.map_or_else(String::new, |under| format!(" {}", atlas.polities.at(under).name_on(then)));
        let view = row.text.view.as_ref().map_or_else(String::new, |view| format!(" · view {}", view_name(atlas, view)));
        let words = RichText::new(format!("{}{under}{view}", row.text.role.phrase())).size(size::SMALL).color(ctx.palette.quiet);
        let words = line(ui, words);
        ui.label(words);
        if is_now {
            ui.label(RichText::new("on this day").size(size::SMALL).color(ctx.palette.accent));
        }
    });
}

/// The day that a click on a spell goes to: its first one, else its last one; `None` for what is there at all times.
fn day_to_show(spell: &Spell) -> Option<Day> {
    let last = (spell.past_end != Day::MAX).then(|| spell.past_end.plus_days(-1));
    if spell.from == Day::MIN { last } else { Some(spell.from) }
}

/// When, as finely as the sources say. Where another row cut the spell short its date is that row's, in its precision.
fn spell_label(tenure: &Tenure, (slot, spell): &(Slot, Spell), all: &[(Slot, Spell)]) -> String {
    let row_of = |spell: &Spell| &tenure.rows[spell.row as usize].text.span;
    let mut span = row_of(spell).clone();
    let same_slot = || all.iter().filter(|(other, _)| other == slot).map(|(_, other)| other);
    if spell.from != span.first_day() {
        let before = same_slot().find(|other| other.past_end == spell.from);
        span.start = Some(cut_date(spell.from, before.and_then(|before| row_of(before).end.date())));
    }
    if spell.past_end != span.past_end() {
        let after = same_slot().find(|other| other.from == spell.past_end);
        span.end = End::On(cut_date(spell.past_end.plus_days(-1), after.and_then(|after| row_of(after).start.as_ref())));
    }
    span.label()
}

/// A day next to a date of another row: the day itself where that date is one, else only its year.
fn cut_date(day: Day, next_to: Option<&Date>) -> Date {
    let is_exact = next_to.is_none_or(|date| date.earliest == date.latest);
    if is_exact { Date::on(day) } else { Date::in_year(day.year()).unwrap_or_else(|_| Date::on(day)) }
}

fn view_name(atlas: &Atlas, view: &View) -> String {
    match view {
        View::DeFacto => "de facto".to_owned(),
        View::Un => "United Nations".to_owned(),
        View::Party(party) => atlas.polities.name(party).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Date::parse(text).unwrap().earliest
    }

    #[test]
    fn a_cut_is_never_dated_more_finely_than_what_cut_it() {
        let year = Date::parse("1954").unwrap();
        let exact = Date::parse("1954-03-02").unwrap();
        assert_eq!(cut_date(day("1953-12-31"), Some(&year)).label(), "1953");
        assert_eq!(cut_date(day("1954-03-01"), Some(&exact)).label(), "1 March 1954");
    }

    #[test]
    fn a_click_goes_to_the_first_day_else_the_last() {
        let spell = |from, past_end| Spell { from, past_end, row: 0 };
        assert_eq!(day_to_show(&spell(day("1954-03-02"), Day::MAX)), Some(day("1954-03-02")));
        assert_eq!(day_to_show(&spell(Day::MIN, day("1954-03-02"))), Some(day("1954-03-01")));
        assert_eq!(day_to_show(&spell(Day::MIN, Day::MAX)), None);
    }
}
