//! What lies over the land in words: lines, regions, events, alliances, places, and what the map says of itself.

use std::collections::BTreeMap;

use super::{Row, Section, Teller};
use crate::{
    geometry::LonLat,
    model::{
        Alliance, Annotation, Event, Picture, PolityId,
        annotation::Mark,
        borders::LineClass,
        event::Account,
        project::{Common, Control, Region},
        rich_text::plain,
    },
    scene::{Item, ItemLayer, world::shown_alliances},
};

/// The words of a text without marks and line breaks.
fn on_one_line(text: &str) -> String {
    plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Teller<'_> {
    fn polity(&self, id: &PolityId) -> String {
        let known = self.input.atlas.polities.find(id.as_str());
        known.map_or_else(|| id.to_string(), |polity| self.name(polity).to_owned())
    }

    /// The classes of line in sight, under each the lines that have names.
    pub(super) fn lines(&self) -> Section {
        let layers = &self.input.look.layers;
        let mut named: BTreeMap<LineClass, Vec<String>> = BTreeMap::new();
        if layers.borders.visible {
            named.extend(self.seen.classes.iter().map(|class| (*class, Vec::new())));
            self.borders_with_names(&mut named);
        }
        if layers.lines.visible {
            self.lines_of_the_story(&mut named);
        }
        named.retain(|class, _| !matches!(class, LineClass::Absent | LineClass::Coast));
        let row = |(class, details): (LineClass, Vec<String>)| Row { text: class.label().to_owned(), details };
        Section { heading: "Lines".to_owned(), rows: named.into_iter().map(row).collect() }
    }

    fn borders_with_names(&self, named: &mut BTreeMap<LineClass, Vec<String>>) {
        let (topology, camera) = (&self.input.atlas.partition.topology, &self.input.camera);
        let sight = camera.visible_lonlat();
        let on_day = self.input.atlas.lines.iter().filter(|line| !line.name.is_empty() && line.span.contains(self.input.day));
        for line in on_day {
            let mut arcs = line.arcs().filter(|arc| self.scene.world.class_of_arc[arc.index()] == line.class);
            let in_sight = arcs.any(|arc| {
                let bbox = topology.arc(arc).bbox;
                sight.intersects(&bbox) && camera.faces(camera.projection.project(bbox.center()))
            });
            let words = || format!("{}, {}{}", line.name, line.span.label(), self.citations(&line.sources));
            named.entry(line.class).or_default().extend(in_sight.then(words));
        }
        named.retain(|class, names| self.seen.classes.contains(class) || !names.is_empty());
    }

    fn lines_of_the_story(&self, named: &mut BTreeMap<LineClass, Vec<String>>) {
        let sight = self.input.camera.visible_lonlat();
        for line in self.input.lines().filter(|line| line.common.span.contains(self.input.day)) {
            if line.shape.iter().flat_map(|part| part.coords()).any(|at| sight.contains(LonLat::new(at.x, at.y))) {
                let claimant =
                    line.claimant.as_ref().map_or(String::new(), |party| format!(", limit of the claim of {}", self.polity(party)));
                named.entry(line.class).or_default().push(format!("{}{claimant}", self.common(&line.common)));
            }
        }
    }

    /// Name in the view, dates, how exact it is, what there is to say, sources.
    fn common(&self, common: &Common) -> String {
        let exact = common.precision_km.map_or(String::new(), |km| format!(", drawn to within {km} km"));
        let soft = if common.approximate { ", approximate" } else { "" };
        let text = if common.text.is_empty() { String::new() } else { format!(". {}", on_one_line(&common.text)) };
        let (name, when) = (common.name_in(&self.input.state.view), common.span.label());
        format!("{name}, {when}{exact}{soft}{text}{}", self.citations(&common.sources))
    }

    /// The regions that the story draws over the land, with who controls and claims them on the day. Those that are areas of the atlas are land.
    pub(super) fn regions(&self) -> Section {
        let sight = self.input.camera.visible_lonlat();
        let in_sight = |region: &Region| {
            region.shape.iter().flat_map(|part| part.exterior().coords()).any(|at| sight.contains(LonLat::new(at.x, at.y)))
        };
        let drawn = self.input.regions().filter(|region| region.area.is_empty() && in_sight(region));
        let on_day = drawn.filter(|region| region.common.span.contains(self.input.day));
        Section { heading: "Regions of the story".to_owned(), rows: on_day.map(|region| self.region(region)).collect() }
    }

    fn region(&self, region: &Region) -> Row {
        let on_day = region.control.iter().chain(&region.claims).filter(|control| control.span.contains(self.input.day));
        let detail = |control: &Control| {
            format!("{}: {}, {}{}", self.polity(&control.holder), control.role, control.span.label(), self.citations(&control.sources))
        };
        Row { text: self.common(&region.common), details: on_day.map(detail).collect() }
    }

    /// The arrows, texts and callouts in sight.
    pub(super) fn annotations(&self) -> Section {
        let sight = self.input.camera.visible_lonlat();
        let on_day = self.input.annotations().filter(|annotation| annotation.common.span.contains(self.input.day));
        let in_sight = on_day.filter(|annotation| annotation.mark.points().into_iter().any(|at| sight.contains(at)));
        let row = |annotation: &Annotation| {
            let party = annotation.party.as_ref().map_or_else(String::new, |party| format!(" ({})", self.polity(party)));
            let word = match annotation.mark {
                Mark::Arrow(_) => "Arrow",
                Mark::Text(_) => "Text",
                Mark::Callout { .. } => "Callout",
            };
            Row::plain(format!("{word}{party}: {}", self.common(&annotation.common)))
        };
        Section { heading: "Arrows and texts".to_owned(), rows: in_sight.map(row).collect() }
    }

    /// The events in sight in order of date, with what each party says of them.
    pub(super) fn events(&self) -> Section {
        let mut events: Vec<usize> = self.scene.signs.markers.iter().flat_map(|marker| marker.events()).copied().collect();
        events.sort_unstable();
        let (first, last) = self.input.shown;
        let days = if first == last { last.label() } else { format!("{} to {}", first.label(), last.label()) };
        let found = self.input.project.map_or(&[][..], |project| &project.events);
        let rows = events.iter().filter_map(|event| found.get(*event)).map(|event| self.event(event)).collect();
        Section { heading: format!("Events, {days}"), rows }
    }

    fn event(&self, event: &Event) -> Row {
        let place = if event.place.is_empty() { String::new() } else { format!(", {}", event.place) };
        let exact = event.precision_km.map_or(String::new(), |km| format!(" (within {km} km)"));
        let text = format!("{}: {} ({}{place}{exact})", event.when(), event.title, event.kind.label());
        let mut details = Vec::new();
        details.extend((!event.text.is_empty()).then(|| format!("{}{}", on_one_line(&event.text), self.citations(&event.sources))));
        let parties: Vec<String> = event.parties.iter().map(|party| self.polity(party)).collect();
        details.extend((!parties.is_empty()).then(|| format!("Parties: {}", parties.join(", "))));
        details.extend(event.status_on(self.input.day).map(|status| format!("{}: {}", status.is.label(), status.span.label())));
        details.extend(event.accounts.iter().map(|account| self.account(account)));
        details.extend(event.pictures.iter().map(|picture| self.picture(picture)));
        Row { text, details }
    }

    /// What is to be seen in a picture, what stands below it, and whose it is.
    fn picture(&self, picture: &Picture) -> String {
        let alt = if picture.alt.is_empty() { "not described" } else { &picture.alt };
        let parts = [on_one_line(alt), on_one_line(&picture.caption), on_one_line(&picture.credit_line())];
        let parts: Vec<&str> = parts.iter().map(|part| part.trim_end_matches('.')).filter(|part| !part.is_empty()).collect();
        format!("Picture: {}{}", parts.join(". "), self.citations(&picture.sources))
    }

    /// What a party says of an event: what it calls it, when and where it puts it, its words, its figures with their sources.
    fn account(&self, account: &Account) -> String {
        let own: Vec<String> =
            [account.title.clone(), account.when(), account.place.clone()].into_iter().filter(|own| !own.is_empty()).collect();
        let own = if own.is_empty() { String::new() } else { format!(" ({})", own.join(", ")) };
        let figure =
            |figure: &crate::model::event::Figure| format!(" {}: {}{}.", figure.what, figure.amount(), self.citations(&figure.sources));
        let figures: String = account.figures.iter().map(figure).collect();
        let words = format!("{}{}", on_one_line(&account.text), self.citations(&account.sources));
        format!("Account of {}{own}: {words}{figures}", self.polity(&account.party))
    }

    /// The alliances that the map colours, with their members of the day.
    pub(super) fn alliances(&self) -> Section {
        let visible = self.input.look.layers.alliances.visible;
        let shown = shown_alliances(self.input.atlas, self.input.look).filter(|_| visible);
        Section { heading: "Alliances".to_owned(), rows: shown.map(|alliance| self.alliance(alliance)).collect() }
    }

    fn alliance(&self, alliance: &Alliance) -> Row {
        let mut members: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (member, status) in alliance.members_on(self.input.day) {
            members.entry(status).or_default().push(self.polity(&member.polity));
        }
        let mut details: Vec<String> = members
            .into_iter()
            .map(|(status, mut names)| {
                names.sort_unstable();
                let what = if status == "member" { "Members".to_owned() } else { format!("As {status}") };
                format!("{what} ({}): {}", names.len(), names.join(", "))
            })
            .collect();
        if details.is_empty() {
            details.push("No members on this day".to_owned());
        }
        let pledges: Vec<&str> = alliance.pledges_on(self.input.day).into_iter().map(|kind| kind.word()).collect();
        details.extend((!pledges.is_empty()).then(|| format!("Pledges: {}", pledges.join(", "))));
        let long = if alliance.long_name == alliance.name { String::new() } else { format!(" ({})", alliance.long_name) };
        Row { text: format!("{}{long}, {}{}", alliance.name, alliance.span.label(), self.citations(&alliance.sources)), details }
    }

    /// Places and cities that have found room on the map.
    pub(super) fn names(&self) -> Section {
        let written = |layer: ItemLayer| {
            let groups = self.scene.groups.iter().filter(|group| group.layer == layer);
            let items = groups.flat_map(|group| &self.scene.items[group.items.clone()]);
            let mut names: Vec<&str> =
                items.filter_map(|item| if let Item::Text(text) = item { Some(text.text.as_str()) } else { None }).collect();
            names.sort_unstable();
            names.dedup();
            names.join(", ")
        };
        let rows = [("Places of the story", ItemLayer::Places), ("Cities", ItemLayer::Cities)];
        let rows = rows.map(|(what, layer)| (what, written(layer))).into_iter().filter(|(_, names)| !names.is_empty());
        Section { heading: "Places".to_owned(), rows: rows.map(|(what, names)| Row::plain(format!("{what}: {names}"))).collect() }
    }

    /// What the map says of itself, and what of it is switched off.
    pub(super) fn notes(&self) -> Section {
        let notes = &self.scene.notes;
        let mut rows = vec![Row::plain(notes.sources.clone()), Row::plain(notes.projection.clone())];
        rows.extend(notes.honest_zoom.clone().map(Row::plain));
        rows.push(Row::plain(notes.no_endorsement.clone()));
        let layers = &self.input.look.layers;
        let all = [
            ("control", layers.polities),
            ("claims", layers.claims),
            ("alliances", layers.alliances),
            ("borders", layers.borders),
            ("regions", layers.regions),
            ("lines", layers.lines),
            ("events", layers.events),
            ("places", layers.places),
            ("arrows and texts", layers.annotations),
            ("cities", layers.cities),
            ("names", layers.labels),
        ];
        let hidden: Vec<&str> = all.iter().filter(|(_, layer)| !layer.visible).map(|(name, _)| *name).collect();
        rows.extend((!hidden.is_empty()).then(|| Row::plain(format!("Switched off on the map: {}", hidden.join(", ")))));
        Section { heading: "Notes".to_owned(), rows }
    }
}
