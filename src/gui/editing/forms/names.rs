//! What can be named in a form: polities, disputes, alliances, views. How each is found and what people read for it.

use super::pick::{Choice, LIMIT};
use crate::{
    gui::panels::{Ctx, top_bar::view_label},
    model::{DisputeId, PolityId, View, project::Party, search::folded},
    time::{Date, Day, Span},
};

/// A kind of thing that a document names by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// States, dependencies, breakaways.
    Polity,
    /// Disputed areas of the atlas.
    Dispute,
    /// Alliances and organisations.
    Alliance,
    /// Points of view.
    View,
}

impl Kind {
    /// What people read for an id; the id itself where the atlas does not know it.
    pub(super) fn label(self, ctx: &Ctx, id: &str) -> String {
        let atlas = &ctx.library.atlas;
        match self {
            Self::Polity => atlas.polities.name(&PolityId::from(id)).to_owned(),
            Self::Dispute => atlas.dispute(DisputeId::from(id).as_str()).map_or_else(|| id.to_owned(), |dispute| dispute.name.clone()),
            Self::Alliance => atlas.alliance(id).map_or_else(|| id.to_owned(), |alliance| alliance.name.clone()),
            Self::View => view_label(ctx, &View::from_id(id)),
        }
    }

    /// The best matches for what is typed; for nothing typed what is likely.
    pub(super) fn find(self, ctx: &Ctx, typed: &str) -> Vec<Choice> {
        let atlas = &ctx.library.atlas;
        let plain = |id: &str, title: &str, detail: String| Choice { id: id.to_owned(), title: title.to_owned(), detail };
        match self {
            Self::Polity if typed.trim().is_empty() => {
                // A party that was added and not chosen yet is nobody.
                let named = |party: &&Party| !party.polity.as_str().is_empty();
                let parties = ctx.document().into_iter().flat_map(|project| &project.parties).filter(named);
                parties.take(LIMIT).map(|party| plain(party.polity.as_str(), atlas.polities.name(&party.polity), String::new())).collect()
            }
            Self::Polity => best(
                typed,
                atlas.polities.iter().map(|(_, polity)| {
                    let others: Vec<&str> = polity.names.iter().map(|(_, name)| name.as_str()).collect();
                    let keys = format!("{} {} {}", polity.long_name, polity.id, others.join(" "));
                    (plain(polity.id.as_str(), &polity.name, years(&polity.span)), keys)
                }),
            ),
            Self::Dispute => best(
                typed,
                atlas.disputes.iter().map(|dispute| {
                    let others: Vec<&str> = dispute.names.iter().map(|(_, name)| name.as_str()).collect();
                    (plain(dispute.id.as_str(), &dispute.name, dispute.span.label()), format!("{} {}", dispute.id, others.join(" ")))
                }),
            ),
            Self::Alliance => best(
                typed,
                atlas
                    .alliances
                    .iter()
                    .map(|alliance| (plain(alliance.id.as_str(), &alliance.name, alliance.span.label()), alliance.long_name.clone())),
            ),
            Self::View => best(
                typed,
                atlas.tenure.views().iter().map(|view| (plain(view.id(), &view_label(ctx, view), String::new()), String::new())),
            ),
        }
    }
}

/// The years of a span, short enough for a row: `1841–1914`, `since 1956`, `until 1899`; empty for ever.
fn years(span: &Span) -> String {
    let year = |day: Day| Date::in_year(day.year()).map(|date| date.label()).unwrap_or_default();
    let from = (span.first_day() != Day::MIN).then(|| year(span.first_day()));
    let until = (span.past_end() < Day::MAX).then(|| year(span.past_end().plus_days(-1)));
    match (from, until) {
        (Some(from), Some(until)) => format!("{from}–{until}"),
        (Some(from), None) => format!("since {from}"),
        (None, Some(until)) => format!("until {until}"),
        (None, None) => String::new(),
    }
}

/// The choices that hold what is typed: first those whose title begins with it, then those whose title has it, then those that have every word of it, in any order.
pub(super) fn best(typed: &str, all: impl Iterator<Item = (Choice, String)>) -> Vec<Choice> {
    let typed = folded(typed.trim());
    let has_words = |words: &str| typed.split_whitespace().all(|word| words.contains(word));
    let rank = |(choice, keys): (Choice, String)| {
        let title = folded(&choice.title);
        let rank = match () {
            () if folded(&choice.id) == typed => 0,
            () if title.starts_with(&typed) => 1,
            () if title.contains(&typed) => 2,
            () if has_words(&format!("{title} {} {}", folded(&choice.id), folded(&keys))) => 3,
            () => return None,
        };
        Some((rank, choice))
    };
    let mut hits: Vec<(u8, Choice)> = all.filter_map(rank).collect();
    hits.sort_by_key(|(rank, _)| *rank);
    hits.into_iter().take(LIMIT).map(|(_, choice)| choice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_have_their_years() {
        let years_of = |start: &str, end: &str| years(&Span::parse(start, end).unwrap());
        assert_eq!(years_of("1841-02-13", "1914-12-17"), "1841–1914");
        assert_eq!(years_of("1956-01-01", ""), "since 1956");
    }

    #[test]
    fn what_begins_with_the_letters_comes_first() {
        let choice =
            |title: &str| (Choice { id: title.to_lowercase(), title: title.to_owned(), detail: String::new() }, format!("keys of {title}"));
        let all = ["New Sudan", "Südan", "Chad"].map(choice);
        let titles = |typed: &str| best(typed, all.clone().into_iter()).into_iter().map(|choice| choice.title).collect::<Vec<_>>();
        assert_eq!(titles("sudan"), ["Südan", "New Sudan"]);
        assert_eq!(titles("keys of chad"), ["Chad"]);
        assert_eq!(titles("chad"), ["Chad"]);
        assert_eq!(titles("sudan keys new"), ["New Sudan"], "words in any order, wherever they stand");
        assert!(titles("xyz").is_empty());
    }
}
