//! What is asked of callouts and piles is done.

use eframe::egui;

use super::App;
use crate::gui::{
    panels::{callouts::TellAction, inspector},
    session::{Panel, Selection},
};

impl App {
    pub(super) fn tell(&mut self, ctx: &egui::Context, action: TellAction) {
        let selected = self.session.selected_event();
        let telling = &mut self.session.telling;
        match (action, selected) {
            (TellAction::TogglePin(event), _) | (TellAction::PinSelected, Some(event)) => telling.toggle_pin(event),
            (TellAction::ToggleFold(event), _) | (TellAction::FoldSelected, Some(event)) => telling.toggle_fold(event),
            (TellAction::ToggleAllFolds, _) => telling.toggle_all_folds(),
            (TellAction::FanOut { pile, held }, _) => (telling.fanned, self.session.fan_held) = (pile, held),
            (TellAction::NextPile, _) => self.fan_next_pile(),
            (TellAction::Step { forward }, _) => self.step_callout(forward),
            (TellAction::ShowAccounts(event), _) => self.show_accounts(ctx, event),
            (TellAction::PinSelected | TellAction::FoldSelected, None) => {}
        }
    }

    /// Selects the event in sight that comes next in order of date, the first after the last. The inspector stays as it is: a talk is stepped
    /// through on the map.
    fn step_callout(&mut self, forward: bool) {
        let Some((document, scene)) = self.session.document.zip(self.derived.last_scene()) else { return };
        let mut events: Vec<usize> = scene.signs.markers.iter().flat_map(|marker| marker.events()).copied().collect();
        events.sort_unstable();
        let now = self.session.selected_event();
        let next = match (now, forward) {
            (Some(now), true) => events.iter().find(|event| **event > now).or(events.first()),
            (Some(now), false) => events.iter().rev().find(|event| **event < now).or(events.last()),
            (None, true) => events.first(),
            (None, false) => events.last(),
        };
        if let Some(next) = next {
            self.session.selection = Some(Selection::Event(document, *next));
        }
    }

    /// Fans out the next pile in sight in order of date; after the last one none.
    fn fan_next_pile(&mut self) {
        let Some(scene) = self.derived.last_scene() else { return };
        let mut piles: Vec<usize> = scene.signs.markers.iter().filter_map(|marker| marker.pile.first().copied()).collect();
        piles.sort_unstable();
        let now = self.session.telling.fanned;
        let of_now = scene.signs.markers.iter().find(|marker| now.is_some_and(|event| marker.pile.contains(&event)));
        let first_of_now = of_now.and_then(|marker| marker.pile.first().copied());
        self.session.telling.fanned = piles.into_iter().find(|first| first_of_now.is_none_or(|now| *first > now));
        self.session.fan_held = true;
    }

    fn show_accounts(&mut self, ctx: &egui::Context, event: usize) {
        let Some(document) = self.session.document else { return };
        self.session.selection = Some(Selection::Event(document, event));
        self.session.panels.show(Panel::Inspector);
        inspector::scroll_to_accounts(ctx);
    }
}
