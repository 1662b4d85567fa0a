//! The rules of content: what must hold between facts, over and above that each file can be read.

use std::collections::HashSet;

use super::{Alliance, Atlas, Citation, Member, PolityId, Problem, Project, SourceId, project::Common};
use crate::time::{End, Span};

/// Every broken rule of the atlas: its tables, alliances and cases. File names are below the atlas's root.
pub fn atlas_problems(atlas: &Atlas) -> Vec<Problem> {
    let known: HashSet<&SourceId> = atlas.sources.iter().map(|source| &source.id).collect();
    let mut rules = Rules { atlas, sources: known, problems: Vec::new(), file: String::new() };
    rules.unique_sources();
    rules.polities();
    rules.tenure();
    rules.lines();
    rules.disputes();
    for alliance in &atlas.alliances {
        rules.alliance(alliance);
    }
    let mut problems = rules.problems;
    problems.extend(atlas.cases.iter().flat_map(|case| project_problems(atlas, case, &format!("cases/{}.geojson", case.id))));
    problems
}

/// Every broken rule of one document, seen with the atlas beside it.
pub fn project_problems(atlas: &Atlas, project: &Project, file: &str) -> Vec<Problem> {
    let sources = project.sources.iter().map(|source| &source.id).collect();
    let mut rules = Rules { atlas, sources, problems: Vec::new(), file: file.to_owned() };
    rules.project(project);
    rules.problems
}

struct Rules<'a> {
    atlas: &'a Atlas,
    sources: HashSet<&'a SourceId>,
    problems: Vec<Problem>,
    file: String,
}

impl<'a> Rules<'a> {
    fn note(&mut self, problem: Problem) {
        self.problems.push(problem.in_file(&self.file));
    }

    fn unique_sources(&mut self) {
        self.file = "sources".to_owned();
        let mut seen = HashSet::new();
        for source in &self.atlas.sources {
            if !seen.insert(&source.id) {
                self.note(Problem::error(source.id.as_str(), "duplicate-id", format!("the source `{}` stands twice.", source.id)));
            }
        }
    }

    /// A fact must cite, and what it cites must be in the bibliography.
    fn cited(&mut self, place: &str, citations: &[Citation]) {
        if citations.is_empty() {
            self.note(Problem::error(place, "uncited", "no source is named.").hint("name at least one source id of the bibliography."));
        }
        for citation in citations.iter().filter(|citation| !self.sources.contains(&citation.source)).collect::<Vec<_>>() {
            let what = format!("the source `{}` is not in the bibliography.", citation.source);
            self.note(Problem::error(place, "unknown-source", what).hint("add it as a CSL-JSON item, or mend the id."));
        }
    }

    fn known_polity(&mut self, place: &str, polity: &PolityId) {
        if self.atlas.polities.find(polity.as_str()).is_none() {
            self.note(
                Problem::error(place, "unknown-polity", format!("there is no polity `{polity}`."))
                    .hint("add it to polities.csv, or mend the id."),
            );
        }
    }

    fn polities(&mut self) {
        self.file = "polities.csv".to_owned();
        for (_, polity) in self.atlas.polities.iter() {
            self.cited(polity.id.as_str(), &polity.sources);
        }
    }

    fn tenure(&mut self) {
        for row in &self.atlas.tenure.rows {
            self.file = row.text.file.clone();
            let place = format!("line {}", row.text.line);
            self.cited(&place, &row.text.sources);
            if let Some(who) = row.who {
                let polity = self.atlas.polities.at(who);
                if !polity.span.overlaps(&row.text.span) {
                    let what = format!("`{}` holds units outside its life ({}).", polity.id, polity.span.label());
                    self.note(Problem::error(&*place, "outside-life", what));
                }
            }
        }
    }

    fn lines(&mut self) {
        self.file = "lines.table".to_owned();
        for line in &self.atlas.lines {
            self.cited(&line.name, &line.sources);
        }
    }

    fn disputes(&mut self) {
        self.file = "disputes.csv".to_owned();
        for dispute in &self.atlas.disputes {
            let place = dispute.id.as_str();
            self.cited(place, &dispute.sources);
            dispute.parties.iter().for_each(|party| self.known_polity(place, party));
            if dispute.parties.len() < 2 {
                self.note(Problem::error(place, "one-party", "a dispute has at least two parties."));
            }
        }
    }

    fn alliance(&mut self, alliance: &'a Alliance) {
        self.file = format!("alliances/{}.json", alliance.id);
        self.cited("sources", &alliance.sources);
        for (index, pledge) in alliance.pledges.iter().enumerate() {
            self.cited(&format!("pledges[{index}]"), &pledge.sources);
        }
        for (index, member) in alliance.members.iter().enumerate() {
            self.member(alliance, member, &format!("members[{index}] {}", member.polity));
        }
    }

    fn member(&mut self, alliance: &Alliance, member: &Member, place: &str) {
        self.known_polity(place, &member.polity);
        self.cited(place, &member.sources);
        if !within(&member.span, &alliance.span) {
            let what = format!("the membership ({}) lies outside the alliance's life ({}).", member.span.label(), alliance.span.label());
            self.note(Problem::error(place, "outside-alliance", what));
        }
        let life = self.atlas.polities.get(member.polity.as_str()).map(|polity| &polity.span);
        // A member may be older than its statehood (Jordan in the Arab League); a note must then say so.
        if let Some(life) = life.filter(|life| !within(&member.span, life) && (member.note.is_empty() || !member.span.overlaps(life))) {
            let what = format!("the membership ({}) lies outside the polity's life ({}).", member.span.label(), life.label());
            self.note(
                Problem::error(place, "outside-life", what).hint("mend a date, use the polity of that time, or explain it in the note."),
            );
        }
    }

    fn project(&mut self, project: &'a Project) {
        for party in &project.parties {
            self.known_polity("border_atlas.parties", &party.polity);
        }
        for dispute in project.disputes.iter().filter(|id| self.atlas.dispute(id.as_str()).is_none()) {
            self.note(Problem::error("border_atlas.disputes", "unknown-dispute", format!("there is no dispute `{dispute}`.")));
        }
        let opening = project.opening.alliances.iter().chain(&project.alliances);
        for alliance in opening.filter(|id| self.atlas.alliance(id.as_str()).is_none()) {
            self.note(Problem::error("border_atlas.alliances", "unknown-alliance", format!("there is no alliance `{alliance}`.")));
        }
        self.events(project);
        for region in &project.regions {
            self.common(&region.common);
            for control in region.control.iter().chain(&region.claims) {
                let place = format!("feature {}", region.common.id);
                self.known_polity(&place, &control.holder);
                self.cited(&place, &control.sources);
            }
        }
        project.lines.iter().for_each(|line| self.common(&line.common));
        project.places.iter().for_each(|place| self.common(&place.common));
    }

    fn common(&mut self, common: &Common) {
        let place = format!("feature {}", common.id);
        self.cited(&place, &common.sources);
        common.names.iter().for_each(|(party, _)| self.known_polity(&place, party));
    }

    fn events(&mut self, project: &'a Project) {
        for event in &project.events {
            let place = format!("feature {}", event.id);
            self.cited(&place, &event.sources);
            event
                .parties
                .iter()
                .chain(event.accounts.iter().map(|account| &account.party))
                .for_each(|party| self.known_polity(&place, party));
            event.accounts.iter().for_each(|account| self.cited(&place, &account.sources));
            if event.place.is_empty() {
                self.note(Problem::error(&*place, "no-place", "the event names no place."));
            }
            if !event.span.overlaps(&project.span) {
                let what = format!("the event ({}) lies outside the document's span ({}).", event.date.label(), project.span.label());
                self.note(Problem::error(&*place, "outside-span", what));
            }
        }
    }
}

/// Whether one span lies in another, as far as their uncertain ends allow.
fn within(inner: &Span, outer: &Span) -> bool {
    let starts = inner.start.as_ref().is_none_or(|start| start.latest >= outer.first_day());
    let ends = match (&inner.end, &outer.end) {
        (_, End::InForce) => true,
        (End::InForce, _) => false,
        _ => inner.end.date().is_none_or(|end| end.earliest < outer.past_end()),
    };
    starts && ends
}
