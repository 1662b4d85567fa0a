//! The rules for the tables of the atlas: polities, tenure, lines, disputes, alliances, bibliography.

use std::collections::{HashMap, HashSet};

use super::{Broken, Rules, apart, within};
use crate::model::{
    Alliance, Citation, Member, PolityId, Problem, Source, SourceId, alliance::MemberStatus, facts::Fact, polity::NameScope,
};

impl<'a> Rules<'a> {
    pub(super) fn tables(&mut self) {
        self.bibliographies();
        self.polities();
        self.tenure();
        self.lines();
        self.disputes();
        let atlas = self.atlas;
        atlas.alliances.iter().for_each(|alliance| self.alliance(alliance));
    }

    /// One id is one work, in the atlas and over all its cases.
    fn bibliographies(&mut self) {
        self.file = "sources".to_owned();
        let atlas = self.atlas;
        self.unique_sources(&atlas.sources);
        let mut works: HashMap<&SourceId, &Source> = HashMap::new();
        for source in atlas.sources.iter().chain(atlas.cases.iter().flat_map(|case| &case.sources)) {
            let first = works.entry(&source.id).or_insert(source);
            if first.year() != source.year() {
                let what = format!("the source `{}` is a work of {:?} here and of {:?} there.", source.id, first.year(), source.year());
                self.note(Problem::error(source.id.as_str(), "two-works", what).hint("give one of the two works an id of its own."));
            }
        }
    }

    pub(super) fn unique_sources(&mut self, sources: &[Source]) {
        let mut seen = HashSet::new();
        for source in sources.iter().filter(|source| !seen.insert(&source.id)) {
            let problem = Problem::error(source.id.as_str(), "duplicate-id", format!("the source `{}` stands twice.", source.id));
            self.note(Broken::from(problem.hint("take one away, or give it another id.")).of_source(source.id.as_str()));
        }
    }

    fn table_row(&mut self, place: &str, sources: &[Citation]) {
        self.cited(&Fact { place: place.to_owned(), path: String::new(), sources, leans: false });
    }

    fn polities(&mut self) {
        self.file = "polities.csv".to_owned();
        let atlas = self.atlas;
        for (_, polity) in atlas.polities.iter() {
            self.table_row(polity.id.as_str(), &polity.sources);
            for (scope, _) in &polity.names {
                if let NameScope::Party(party) = scope {
                    self.known_polity(polity.id.as_str(), party);
                }
            }
        }
    }

    fn tenure(&mut self) {
        let atlas = self.atlas;
        for row in &atlas.tenure.rows {
            self.file = row.text.file.clone();
            let place = format!("line {}", row.text.line);
            self.table_row(&place, &row.text.sources);
            if let Some(who) = row.who {
                self.in_life(&place, &atlas.polities.at(who).id, &row.text.span, "holds units");
            }
            if let Some(crate::model::View::Party(party)) = &row.text.view {
                self.known_polity(&place, party);
            }
        }
    }

    fn lines(&mut self) {
        self.file = "lines.table".to_owned();
        let atlas = self.atlas;
        atlas.lines.iter().for_each(|line| self.table_row(&line.name, &line.sources));
    }

    fn disputes(&mut self) {
        self.file = "disputes.csv".to_owned();
        let atlas = self.atlas;
        let mut seen = HashSet::new();
        for dispute in &atlas.disputes {
            let place = dispute.id.as_str();
            self.table_row(place, &dispute.sources);
            if !seen.insert(&dispute.id) {
                self.note(
                    Problem::error(place, "duplicate-id", format!("the dispute `{place}` stands twice."))
                        .hint("take one away, or give it another id."),
                );
            }
            let named: Vec<&PolityId> = dispute.names.iter().map(|(party, _)| party).collect();
            dispute.parties.iter().chain(named.iter().copied()).for_each(|party| self.known_polity(place, party));
            if dispute.parties.len() < 2 {
                self.note(Problem::error(place, "one-party", "a dispute has at least two parties.").hint("name the others in `parties`."));
            }
            let forms = dispute.names.iter().map(|(party, name)| (party, name.as_str())).collect();
            self.both_names(place, &dispute.parties.iter().collect::<Vec<_>>(), &dispute.name, forms, &dispute.note);
        }
    }

    fn alliance(&mut self, alliance: &'a Alliance) {
        self.file = format!("alliances/{}.json", alliance.id);
        alliance.facts().iter().for_each(|fact| self.cited(fact));
        for (index, pledge) in alliance.pledges.iter().enumerate() {
            if apart(&pledge.span, &alliance.span) {
                let what = format!("the pledge ({}) lies outside the alliance's life ({}).", pledge.span.label(), alliance.span.label());
                self.note(
                    Problem::error(format!("pledges[{index}]"), "outside-alliance", what)
                        .hint("mend a date of the pledge or of the alliance."),
                );
            }
        }
        for (index, member) in alliance.members.iter().enumerate() {
            self.member(alliance, member, &format!("members[{index}] {}", member.polity));
        }
        for (index, reservation) in alliance.reservations.iter().enumerate() {
            self.known_polity(&format!("reservations[{index}]"), &reservation.polity);
        }
    }

    fn member(&mut self, alliance: &Alliance, member: &Member, place: &str) {
        self.known_polity(place, &member.polity);
        if !within(&member.span, &alliance.span) {
            let what = format!("the membership ({}) lies outside the alliance's life ({}).", member.span.label(), alliance.span.label());
            self.note(Problem::error(place, "outside-alliance", what).hint("mend a date of the member or of the alliance."));
        }
        member.statuses.iter().for_each(|status| self.member_status(member, status, place));
        let life = self.atlas.polities.get(member.polity.as_str()).map(|polity| &polity.span);
        // A member may be older than its statehood (Jordan in the Arab League); a note must then say so.
        if let Some(life) = life.filter(|life| !within(&member.span, life) && (member.note.is_empty() || apart(&member.span, life))) {
            let what = format!("the membership ({}) lies outside the polity's life ({}).", member.span.label(), life.label());
            self.note(
                Problem::error(place, "outside-life", what).hint("mend a date, use the polity of that time, or explain it in the note."),
            );
        }
    }

    fn member_status(&mut self, member: &Member, status: &MemberStatus, place: &str) {
        if !within(&status.span, &member.span) {
            let what =
                format!("the status `{}` ({}) lies outside the membership ({}).", status.is, status.span.label(), member.span.label());
            self.note(Problem::error(place, "status-outside", what).hint("a status holds within the membership; mend a date."));
        }
    }
}
