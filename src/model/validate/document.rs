//! The rules for a document: ids that resolve, and events within its time.

use super::{Broken, Rules, apart, surely_together, within};
use crate::{
    model::{Event, Problem, Project, project::Region, units::UnitExpr},
    time::End,
};

/// The words for a party's part in a dispute.
const PARTY_ROLES: [&str; 4] = ["party", "third-party", "mediator", "guarantor"];

impl<'a> Rules<'a> {
    pub(super) fn document(&mut self, project: &'a Project) {
        self.header(project);
        self.unique_sources(&project.sources);
        let facts = project.facts();
        facts.iter().for_each(|fact| self.cited(fact));
        facts.iter().for_each(|fact| self.cited_once(fact));
        self.works(project, &facts);
        project.events.iter().for_each(|event| self.event(project, event));
        for region in &project.regions {
            self.feature_names(project, &region.common);
            self.known_area(region);
            self.control(region);
        }
        for line in &project.lines {
            self.feature_names(project, &line.common);
            let place = format!("feature {}", line.common.id);
            line.claimant.iter().for_each(|claimant| self.known_polity_at(&place, format_args!("claimant"), claimant));
        }
        for place in &project.places {
            self.feature_names(project, &place.common);
            self.dated_names(place);
            self.place_place(project, place);
        }
        for annotation in &project.annotations {
            self.feature_names(project, &annotation.common);
            let place = format!("feature {}", annotation.common.id);
            annotation.party.iter().for_each(|party| self.known_polity_at(&place, format_args!("party"), party));
        }
        self.same_places(project);
        self.same_events(project);
        self.subjects(project);
        self.rows_with_shapes(project);
        self.slides(project);
        self.spelled_dates(project);
        self.texts(project);
    }

    fn header(&mut self, project: &Project) {
        for (index, party) in project.parties.iter().enumerate() {
            self.known_polity_at("border_atlas.parties", format_args!("parties/{index}/polity"), &party.polity);
            if !PARTY_ROLES.contains(&party.role.as_str()) {
                let what = format!("`{}` of `{}` is no part in a dispute.", party.role, party.polity);
                let hint = format!("the words: {}.", PARTY_ROLES.join(", "));
                let problem = Problem::error("border_atlas.parties", "bad-role", what).hint(hint);
                self.note(Broken::from(problem).at(format!("parties/{index}/role")));
            }
        }
        project.views.iter().for_each(|view| self.known_view("border_atlas.views", view));
        self.known_view("border_atlas.view", &project.opening.view);
        for dispute in project.disputes.iter().filter(|id| self.atlas.dispute(id.as_str()).is_none()).collect::<Vec<_>>() {
            self.unknown_dispute("border_atlas.disputes", dispute.as_str());
        }
        let opening = project.opening.alliances.iter().chain(&project.alliances);
        for alliance in opening.filter(|id| self.atlas.alliance(id.as_str()).is_none()).collect::<Vec<_>>() {
            self.note(
                Problem::error("border_atlas.alliances", "unknown-alliance", format!("there is no alliance `{alliance}`."))
                    .hint("the ids are the names of the files in alliances/; mend the id."),
            );
        }
    }

    fn unknown_dispute(&mut self, place: &str, id: &str) {
        self.note(
            Problem::error(place, "unknown-dispute", format!("there is no dispute `{id}`."))
                .hint("add it to disputes.csv, or mend the id."),
        );
    }

    fn known_area(&mut self, region: &Region) {
        let read = match region.area.as_str() {
            "" => return,
            area => UnitExpr::parse(area).and_then(|area| area.resolve(&self.atlas.partition, &self.atlas.tenure.sets)),
        };
        if let Err(error) = read {
            let place = format!("feature {}", region.common.id);
            let problem = Problem::error(place, "unknown-area", format!("{error}.")).hint("`area` is a set of units as in the tenure.");
            self.note(Broken::from(problem).at("area"));
        }
    }

    fn event(&mut self, project: &Project, event: &Event) {
        let place = format!("feature {}", event.id);
        for (index, party) in event.parties.iter().enumerate() {
            self.known_polity_at(&place, format_args!("parties/{index}"), party);
        }
        for (index, account) in event.accounts.iter().enumerate() {
            self.known_polity_at(&place, format_args!("accounts/{index}/party"), &account.party);
        }
        if let Some(dispute) = event.dispute.as_ref().filter(|id| self.atlas.dispute(id.as_str()).is_none()) {
            self.unknown_dispute(&place, dispute.as_str());
        }
        if event.place.is_empty() {
            let problem = Problem::error(&*place, "no-place", "the event names no place.").hint("`place` is the name of where it was.");
            self.note(Broken::from(problem).at("place"));
        }
        if apart(&event.span, &project.span) {
            let what = format!("the event ({}) lies outside the document's span ({}).", event.date.label(), project.span.label());
            let problem =
                Problem::error(&*place, "outside-span", what).hint("mend the event's date, or `start` and `end` of border_atlas.");
            self.note(Broken::from(problem).at("start"));
        }
        self.event_names(project, event, &place);
        self.both_accounts(event, &place);
        self.figures(event, &place);
        self.pictures(event, &place);
        self.event_place(project, event);
        self.statuses(event, &place);
    }

    /// A status belongs to an event that lasts, lies within it, and gives way to the next; an ending, to one that is over.
    fn statuses(&mut self, event: &Event, place: &str) {
        if !event.lasts && !event.statuses.is_empty() {
            let what = "a moment has no status: the event has no `end`.";
            self.note(
                Problem::error(place, "status-outside", what).hint("give it an `end` (`..` while it goes on), or take the status away."),
            );
            return;
        }
        for (index, status) in event.statuses.iter().enumerate() {
            if !within(&status.span, &event.span) {
                let what =
                    format!("the status `{}` ({}) lies outside the event ({}).", status.is.id(), status.span.label(), event.span.label());
                let problem = Problem::error(place, "status-outside", what).hint("a status holds within the event; mend a date of either.");
                self.note(Broken::from(problem).at(format!("status/{index}")));
            }
            for other in event.statuses[..index].iter().filter(|other| surely_together(&other.span, &status.span)) {
                let what = format!(
                    "it is `{}` ({}) and `{}` ({}) at once.",
                    other.is.id(),
                    other.span.label(),
                    status.is.id(),
                    status.span.label()
                );
                let problem = Problem::error(place, "overlapping-status", what).hint("end one status where the next begins.");
                self.note(Broken::from(problem).at(format!("status/{index}")));
            }
        }
        if let Some(ending) = event.ended_by.filter(|_| !event.lasts || event.span.end == End::InForce) {
            let what = format!("it is said to be over (`{}`), and has no end.", ending.id());
            let problem = Problem::error(place, "not-ended", what).hint("give the event its `end`, or take `ended_by` away.");
            self.note(Broken::from(problem).at("ended_by"));
        }
    }
}
