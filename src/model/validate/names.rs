//! The rules for names and accounts: what one party calls or says stands beside what the other does.

use std::collections::HashSet;

use super::{Broken, Rules, broken::end_before, surely_together};
use crate::model::{
    Event, PolityId, Problem, Project,
    project::{Common, Place},
};

impl<'a> Rules<'a> {
    /// Where one party's name differs from the neutral one, another party's must stand beside it, or a note say why none does.
    /// `forms` may hold names of others than `parties`; those decide nothing.
    pub(super) fn both_names(&mut self, place: &str, parties: &[&PolityId], neutral: &str, forms: Vec<(&PolityId, &str)>, note: &str) {
        let own: Vec<(&PolityId, &str)> = forms.into_iter().filter(|(party, _)| parties.contains(party)).collect();
        let named: HashSet<&PolityId> = own.iter().map(|(party, _)| *party).collect();
        let Some((party, name)) = own.iter().find(|(_, name)| differs(name, neutral)) else { return };
        if named.len() == 1 && parties.len() > 1 && note.is_empty() {
            let what = format!("only `{party}` of the parties has a name of its own ({name}) for {neutral}.");
            let problem = Problem::error(place, "one-sided-name", what)
                .hint("add what another party calls it (the neutral form too, if it uses that), or a note why there is none.");
            self.note(Broken::from(problem).at("names"));
        }
    }

    pub(super) fn feature_names(&mut self, project: &Project, common: &Common) {
        let place = format!("feature {}", common.id);
        common.names.iter().for_each(|(party, _)| self.known_polity(&place, party));
        let forms = common.names.iter().map(|(party, name)| (party, name.as_str())).collect();
        self.both_names(&place, &project.disputants().collect::<Vec<_>>(), &common.name, forms, &common.note);
    }

    pub(super) fn event_names(&mut self, project: &Project, event: &Event, place: &str) {
        event.names.iter().for_each(|(party, _)| self.known_polity(place, party));
        let forms = event.names.iter().map(|(party, name)| (party, name.as_str())).collect();
        self.both_names(place, &project.disputants().collect::<Vec<_>>(), &event.title, forms, &event.note);
    }

    /// An account is there because parties differ: one alone leaves out the other.
    pub(super) fn both_accounts(&mut self, event: &Event, place: &str) {
        let parties: HashSet<&PolityId> = event.accounts.iter().map(|account| &account.party).collect();
        if let (1, Some(account), true) = (parties.len(), event.accounts.first(), event.note.is_empty()) {
            let what = format!("only the account of `{}` is told.", account.party);
            let problem = Problem::error(place, "one-sided-account", what)
                .hint("add what the other party says, or a note that it says nothing or agrees.");
            self.note(Broken::from(problem).at("accounts"));
        }
    }

    /// A party has one dated name at a time, and so has the common one.
    pub(super) fn dated_names(&mut self, item: &Place) {
        let place = format!("feature {}", item.common.id);
        let names = &item.names_by_date;
        for (index, name) in names.iter().enumerate() {
            name.party.iter().for_each(|party| self.known_polity_at(&place, format_args!("names_by_date/{index}/party"), party));
            let others = names[..index].iter().enumerate();
            for (before, other) in others.filter(|(_, other)| other.party == name.party && surely_together(&other.span, &name.span)) {
                let whose = name.party.as_ref().map_or_else(|| "in common".to_owned(), |party| format!("for `{party}`"));
                let what = format!(
                    "two names {whose} at once: {} ({}) and {} ({}).",
                    other.name,
                    other.span.label(),
                    name.name,
                    name.span.label()
                );
                let problem = Problem::error(&*place, "overlapping-names", what).hint("end the older name where the newer begins.");
                let path = |index: usize| format!("names_by_date/{index}/until");
                let cut = end_before(&item.common.id, path(before), &other.span, &name.span);
                let repair = cut.or_else(|| end_before(&item.common.id, path(index), &name.span, &other.span));
                self.note(Broken::from(problem).at(path(index)).mended_by(repair));
            }
        }
    }
}

/// Whether a party's form is another name, rather than the neutral one with or without an addition.
fn differs(form: &str, neutral: &str) -> bool {
    let (form, neutral) = (form.to_lowercase(), neutral.to_lowercase());
    !form.contains(&neutral) && !neutral.contains(&form)
}
