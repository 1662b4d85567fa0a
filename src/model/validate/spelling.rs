//! The rule for how dates are written: as EDTF, which every program reads alike, and not as people say them.

use super::{Broken, Repair, Rules};
use crate::{
    model::{
        Event, Problem, Project,
        project::{Common, Control},
    },
    time::{Date, End, Span},
};

impl Rules<'_> {
    /// Every date of the document and its features that is written in words or in an order of its own.
    pub(super) fn spelled_dates(&mut self, project: &Project) {
        self.spelled_span("", "", ["start", "end"], &project.span);
        for region in &project.regions {
            self.spelled_common(&region.common);
            self.spelled_rows(&region.common.id, "control", &region.control);
            self.spelled_rows(&region.common.id, "claims", &region.claims);
        }
        project.lines.iter().for_each(|line| self.spelled_common(&line.common));
        project.annotations.iter().for_each(|annotation| self.spelled_common(&annotation.common));
        for place in &project.places {
            self.spelled_common(&place.common);
            for (index, name) in place.names_by_date.iter().enumerate() {
                self.spelled_span(&place.common.id, &format!("names_by_date/{index}/"), ["from", "until"], &name.span);
            }
        }
        project.events.iter().for_each(|event| self.spelled_event(event));
    }

    fn spelled_common(&mut self, common: &Common) {
        self.spelled_span(&common.id, "", ["start", "end"], &common.span);
    }

    fn spelled_rows(&mut self, feature: &str, list: &str, rows: &[Control]) {
        for (index, row) in rows.iter().enumerate() {
            self.spelled_span(feature, &format!("{list}/{index}/"), ["from", "until"], &row.span);
        }
    }

    fn spelled_event(&mut self, event: &Event) {
        self.spelled(&event.id, "start".to_owned(), &event.date);
        if let (true, End::On(end)) = (event.lasts, &event.span.end) {
            self.spelled(&event.id, "end".to_owned(), end);
        }
        for (index, status) in event.statuses.iter().enumerate() {
            self.spelled_span(&event.id, &format!("status/{index}/"), ["from", "until"], &status.span);
        }
        for (index, account) in event.accounts.iter().enumerate() {
            account.date.iter().for_each(|date| self.spelled(&event.id, format!("accounts/{index}/date"), date));
        }
    }

    fn spelled_span(&mut self, feature: &str, path: &str, [from, until]: [&str; 2], span: &Span) {
        if let Some(start) = span.start.as_ref().filter(|date| is_spelled(date)) {
            self.spelled(feature, format!("{path}{from}"), start);
        }
        if let End::On(end) = &span.end
            && is_spelled(end)
        {
            self.spelled(feature, format!("{path}{until}"), end);
        }
    }

    fn spelled(&mut self, feature: &str, path: String, date: &Date) {
        let edtf = date.edtf();
        // Rewriting must lose nothing of what the text says.
        let says_the_same = Date::parse(&edtf)
            .is_ok_and(|again| (again.approximate, again.uncertain) == (date.approximate, date.uncertain) && again == *date);
        if !is_spelled(date) || !says_the_same {
            return;
        }
        let place = if feature.is_empty() { "border_atlas".to_owned() } else { format!("feature {feature}") };
        let problem = Problem::advice(place, "spelled-date", format!("the date `{}` is not in EDTF.", date.text))
            .hint(format!("other programs read it as `{edtf}`."));
        let repair = Repair { feature: feature.to_owned(), path: path.clone(), old: date.text.clone(), new: edtf };
        self.note(Broken::from(problem).at(path).mended_by(Some(repair)));
    }
}

/// Whether a date is written as people say it: words, blanks, dots or several slashes between numbers. A time of day is left alone: it would be lost.
fn is_spelled(date: &Date) -> bool {
    let text = date.text.trim();
    let has_words = text.chars().any(|letter| !letter.is_ascii_digit() && !"-X~?%/.YE".contains(letter));
    let has_dots = text.replace("..", "").contains('.');
    !text.contains(':') && (has_words || has_dots || text.matches('/').count() > 1)
}
