//! What is asked of a document besides single commands: dates at the timeline, new things at a place, several things at once, record mode.

use eframe::egui;
use serde_json::{Map, Value, json};

use super::{App, EditAction, around};
use crate::{
    edit::{Command, Ids, area_feature},
    geometry::{BoundingBox, LonLat, shape, topology::UnitIx},
    gui::{
        actions::Action,
        session::{Library, Panel, Selection},
        timeline::TimeEdit,
    },
    model::{Document, PolityId, document::Thing},
    time::{Day, Span},
};

/// A request about the document that is edited.
#[derive(Clone, Debug)]
pub enum DocumentAction {
    /// Record mode on or off: whether changes hold from the date shown on.
    ToggleRecording,
    /// From the date shown on a polity has the selected region, in a role.
    RecordControl(String, String),
    /// So many steps back at once.
    StepsBack(usize),
    /// A new event on the date shown; at a place, or where the selected thing is, or in the middle of the map.
    AddEvent(Option<LonLat>),
    /// A new named place.
    AddPlace(LonLat),
    /// A new region of one unit.
    AddRegion(UnitIx),
    /// Takes away what is selected or chosen.
    Remove,
    /// Sets a property of all that is selected or chosen; null takes it away.
    SetForAll(&'static str, Value),
    /// Adds a tag to all that is selected or chosen.
    AddTag(String),
    /// Copies all that is selected or chosen; with another start or end where one is given.
    Duplicate(Option<String>, Option<String>),
    /// Chooses a feature of the shown document besides others, or no longer.
    Choose(Selection),
    /// Chooses features besides those that are chosen already.
    ChooseAll(Vec<String>),
    /// Gives all that is selected or chosen the party whose it is: the claimant of lines, the colour of arrows and texts, one more party of events.
    SetParty(PolityId),
    /// Puts all that is selected or chosen into the layer that is locked, or unlocks the layers that it is in.
    Lock(bool),
    /// Nothing is chosen any more.
    ChooseNone,
    /// Asks for what a change needs to know.
    Ask(Question),
    /// Asks no longer.
    AskNothing,
    /// Selects something of the document and goes to where and when it is; open panels stay.
    Show(Selection),
    /// Puts right all that can be put right without harm.
    MendAll,
}

/// What is asked for before a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// The dates of copies.
    Dates,
    /// The name of a what-if branch.
    Branch,
    /// A tag for all that is chosen.
    Tag,
}

/// What is said where a change needs something that is selected.
const NOTHING_SELECTED: &str = "Nothing of the document is selected. Click an event, a region, a line or a place first.";

impl App {
    pub(super) fn document_edit(&mut self, ctx: &egui::Context, action: DocumentAction) {
        match action {
            DocumentAction::ToggleRecording => self.toggle_recording(),
            DocumentAction::RecordControl(holder, role) => self.record_control(holder, role),
            DocumentAction::StepsBack(steps) => self.steps_back(steps),
            DocumentAction::AddEvent(at) => self.add_event(self.session.day(), at),
            DocumentAction::AddPlace(at) => self.add(json!({"kind": "place", "name": "New place"}), point(at)),
            DocumentAction::AddRegion(unit) => self.add_region(unit),
            DocumentAction::Remove => self.remove_chosen(),
            DocumentAction::SetForAll(path, value) => self.for_all(|id| Command::Set { id, path: path.to_owned(), value }),
            DocumentAction::AddTag(tag) => self.add_tag(&tag),
            DocumentAction::Duplicate(start, end) => self.for_all(|id| Command::Duplicate { id, start, end }),
            DocumentAction::Choose(selection) => self.choose(&selection),
            DocumentAction::ChooseAll(ids) => self.choose_all(ids),
            DocumentAction::SetParty(party) => self.set_party(&party),
            DocumentAction::Lock(true) => self.lock(),
            DocumentAction::Lock(false) => self.unlock(),
            DocumentAction::ChooseNone => self.session.chosen.clear(),
            DocumentAction::Ask(question) => self.question(question),
            DocumentAction::AskNothing => self.editor_panels.questions.close(),
            DocumentAction::Show(selection) => self.show_feature(selection),
            DocumentAction::MendAll => self.mend_all(),
        }
        ctx.request_repaint();
    }

    /// What was asked for at the timeline.
    pub(super) fn time_edit(&mut self, edit: TimeEdit) {
        match edit {
            TimeEdit::Move { id, dates, gesture } => {
                let set = |(path, date): (String, String)| Command::Set { id: id.as_str().into(), path, value: date.into() };
                let mut commands: Vec<Command> = dates.into_iter().map(set).collect();
                let command = match commands.len() {
                    1 => commands.swap_remove(0),
                    _ => Command::Group { label: format!("dates of {id}"), commands },
                };
                self.change(command, Some(gesture));
            }
            TimeEdit::Select(id) => {
                let found = self.session.document.and_then(|index| self.library.selection_of(index, &id));
                self.session.selection = found;
            }
            TimeEdit::AddEvent(day) => self.add_event(day, None),
            TimeEdit::RecordControl(day) => {
                self.session.clock.go_to(day);
                self.session.recording = true;
            }
            TimeEdit::SetStart(day) => self.set_date("start", day),
            TimeEdit::SetEnd(day) => self.set_date("end", day),
        }
    }

    /// Asks for what a change needs to know, where there is something to change.
    fn question(&mut self, question: Question) {
        let Some(key) = self.session.document.and_then(|index| self.library.edited.get(&index)).map(|editing| editing.key) else {
            return self.trouble("There is nothing to change: a built-in story stays as it is. Make a copy of it first (Ctrl+Shift+N).");
        };
        if question != Question::Branch && self.targets().is_none() {
            return self.trouble(NOTHING_SELECTED);
        }
        self.editor_panels.questions.ask(question, key, self.session.day());
    }

    fn set_date(&mut self, path: &str, day: Day) {
        if let Some(id) = self.selected_id() {
            self.change(Command::Set { id: id.as_str().into(), path: path.to_owned(), value: day.to_string().into() }, None);
        }
    }

    fn change(&mut self, command: Command, gesture: Option<u64>) {
        self.apply(&command, gesture);
        // What is chosen and gone is not chosen any more.
        if let Some(editing) = self.session.document.and_then(|index| self.library.edited.get(&index)) {
            let document = editing.history.document();
            self.session.chosen.retain(|id| document.position(id).is_some());
        }
    }

    fn toggle_recording(&mut self) {
        let is_edited = self.session.document.is_some_and(|index| self.library.edited.contains_key(&index));
        if !is_edited && !self.session.recording {
            self.trouble("There is nothing to record into: a built-in story cannot be changed. Make a copy of it first (Ctrl+Shift+N).");
            return;
        }
        self.session.recording = !self.session.recording;
        let day = self.session.day().label();
        self.toasts.news(if self.session.recording {
            format!("Changes hold from {day} on")
        } else {
            "Changes hold for all time again".to_owned()
        });
    }

    fn record_control(&mut self, holder: String, role: String) {
        let Some(id) = self.selected_id() else { return };
        let from = self.session.day().to_string();
        self.change(Command::RecordControl { id, from, holder, role, sources: Vec::new(), note: String::new() }, None);
    }

    fn steps_back(&mut self, steps: usize) {
        let Some(index) = self.session.document else { return };
        let selected = self.selected_id();
        let mut undone = 0;
        while undone < steps {
            match self.library.undo(index) {
                Ok(Some(_)) => undone += 1,
                Ok(None) => break,
                Err(why) => return self.trouble(why),
            }
        }
        self.toasts.news(if undone == 1 { "Undone: 1 step".to_owned() } else { format!("Undone: {undone} steps") });
        self.follow(index, selected);
    }

    fn add_event(&mut self, day: Day, at: Option<LonLat>) {
        let selected = at.is_none().then(|| self.selected_place()).flatten();
        let center = self.session.camera.projection.unproject(self.session.camera.center);
        let Some(at) = at.or(selected.as_ref().map(|(at, _)| *at)).or(center) else { return };
        let mut properties = json!({"kind": "event", "event": "negotiation", "name": "New event", "start": day.to_string()});
        if let Some((_, name)) = selected.filter(|(_, name)| !name.is_empty()) {
            properties["place"] = name.into();
        }
        self.session.clock.go_to(day);
        self.add(properties, point(at));
    }

    /// Goes to a day on which a feature is there and to its place, and selects it; panels stay as they are.
    fn show_feature(&mut self, selection: Selection) {
        let Some((bbox, span)) = extent_of(&self.library, &selection) else { return };
        let (first, last) = (span.first_day(), span.past_end().plus_days(-1));
        let day = self.session.day();
        let day = if span.contains(day) { None } else { Some(if first == Day::MIN { last } else { first }) };
        self.go_to(Some(bbox), day, None);
        self.session.selection = Some(selection);
    }

    /// Where what is selected is, and what a place there is called; the name is empty where it has none.
    fn selected_place(&self) -> Option<(LonLat, String)> {
        let project = |document: usize| self.library.documents.get(document);
        match *self.session.selection.as_ref()? {
            Selection::Event(document, event) => {
                let event = project(document)?.events.get(event)?;
                Some((event.at, event.place.clone()))
            }
            Selection::Place(document, place) => {
                let place = project(document)?.places.get(place)?;
                Some((place.at, place.common.name.clone()))
            }
            Selection::Region(document, region) => {
                Some((shape::placing::middle(&project(document)?.regions.get(region)?.shape)?, String::new()))
            }
            Selection::Line(document, line) => Some((shape::placing::middle(&project(document)?.lines.get(line)?.shape)?, String::new())),
            Selection::Annotation(document, index) => {
                let annotation = project(document)?.annotations.get(index)?;
                Some((*annotation.mark.points().first()?, String::new()))
            }
            Selection::Unit(_) | Selection::Polity(_) | Selection::Dispute(_) | Selection::Alliance(_) => None,
        }
    }

    fn add_region(&mut self, unit: UnitIx) {
        let info = self.library.atlas.partition.info(unit);
        let properties = Map::from_iter([("kind".to_owned(), "region".into()), ("name".to_owned(), info.name.as_str().into())]);
        match area_feature(&self.library.atlas, &format!("unit:{}", info.id), &properties) {
            Ok(feature) => self.add_feature(feature),
            Err(refusal) => self.trouble(refusal.to_string()),
        }
    }

    fn add(&mut self, properties: Value, geometry: Value) {
        self.add_feature(json!({"type": "Feature", "properties": properties, "geometry": geometry}));
    }

    /// Adds a feature and selects it, so that its form opens.
    fn add_feature(&mut self, feature: Value) {
        let last = |app: &Self| {
            let index = app.session.document?;
            let features = app.library.edited.get(&index)?.history.document().features();
            features.last().map(|feature| (index, features.len(), feature.id().to_owned()))
        };
        let before = last(self).map_or(0, |(_, count, _)| count);
        self.change(Command::Add { feature, before: None }, None);
        if let Some((index, _, id)) = last(self).filter(|(_, count, _)| *count > before) {
            let selection = self.library.selection_of(index, &id);
            self.select(selection);
        }
    }

    /// Changes what is chosen, else what is selected, in one step.
    fn for_all(&mut self, command: impl FnOnce(Ids) -> Command) {
        match self.targets() {
            Some(ids) => self.change(command(ids), None),
            None => self.trouble(NOTHING_SELECTED),
        }
    }

    fn targets(&self) -> Option<Ids> {
        let chosen = &self.session.chosen;
        if chosen.is_empty() { self.selected_id().map(Ids::One) } else { Some(Ids::Many(chosen.clone())) }
    }

    fn add_tag(&mut self, tag: &str) {
        let Some(index) = self.session.document else { return };
        let Some(editing) = self.library.edited.get(&index) else { return };
        let Some(ids) = self.targets() else { return };
        let has_tag = |id: &str| {
            let value = editing.history.document().feature(id).map(|feature| feature.value())?;
            value.pointer("/properties/tags").and_then(Value::as_array).map(|tags| tags.iter().any(|own| own == tag))
        };
        let without: Vec<String> = ids.iter().filter(|id| has_tag(id) != Some(true)).map(str::to_owned).collect();
        if without.is_empty() {
            self.toasts.news(format!("All of them have the tag {tag} already"));
            return;
        }
        self.change(Command::Set { id: Ids::Many(without), path: "tags/-".to_owned(), value: tag.into() }, None);
    }

    fn choose(&mut self, selection: &Selection) {
        let edited = self.session.document.filter(|index| self.library.edited.contains_key(index));
        let Some((document, id)) = self.library.id_of(selection).map(|(document, id)| (document, id.to_owned())) else { return };
        if edited != Some(document) {
            return;
        }
        // The one that was selected before is the first of several.
        let selected = self.selected_id().filter(|selected| *selected != id && self.session.chosen.is_empty());
        self.session.chosen.extend(selected);
        match self.session.chosen.iter().position(|own| *own == id) {
            Some(position) => drop(self.session.chosen.remove(position)),
            None => self.session.chosen.push(id),
        }
        self.session.tools.vertex = None;
        // What can be done to them stands over the map while it is edited, else with the list.
        if !self.session.tools.on {
            self.session.panels.show(Panel::Events);
        }
    }

    fn choose_all(&mut self, ids: Vec<String>) {
        let new = ids.into_iter().filter(|id| !self.session.chosen.contains(id)).collect::<Vec<_>>();
        self.session.chosen.extend(new);
        self.session.tools.vertex = None;
    }

    pub(super) fn remove_chosen(&mut self) {
        self.for_all(|id| Command::Remove { id });
    }

    fn set_party(&mut self, party: &PolityId) {
        let Some(ids) = self.targets() else { return };
        let Some(editing) = self.session.document.and_then(|index| self.library.edited.get(&index)) else { return };
        let commands: Vec<Command> = ids.iter().filter_map(|id| party_command(editing.history.document(), id, party)).collect();
        if commands.is_empty() {
            self.trouble("Nothing of this takes a party: regions have control and claims instead, and places belong to nobody.");
            return;
        }
        self.change(Command::Group { label: format!("party of {}", counted(commands.len())), commands }, None);
    }

    fn lock(&mut self) {
        let Some(ids) = self.targets() else { return };
        let Some(editing) = self.session.document.and_then(|index| self.library.edited.get(&index)) else { return };
        let layers = layers_of(editing.history.document());
        let count = ids.iter().count();
        let mut commands = Vec::new();
        let found = layers.iter().position(|layer| layer.get("id").and_then(Value::as_str) == Some(LOCKED));
        if found.is_none() {
            let value = json!({"id": LOCKED, "name": "Locked", "locked": false});
            commands.push(Command::SetDocument { path: "layers/-".to_owned(), value });
        }
        let place = found.unwrap_or(layers.len());
        commands.push(Command::SetDocument { path: format!("layers/{place}/locked"), value: false.into() });
        commands.push(Command::Set { id: ids, path: "layer".to_owned(), value: LOCKED.into() });
        commands.push(Command::SetDocument { path: format!("layers/{place}/locked"), value: true.into() });
        self.change(Command::Group { label: format!("lock of {}", counted(count)), commands }, None);
    }

    fn unlock(&mut self) {
        let Some(ids) = self.targets() else { return };
        let Some(editing) = self.session.document.and_then(|index| self.library.edited.get(&index)) else { return };
        let document = editing.history.document();
        let of = |id: &str| document.feature(id)?.properties().get("layer")?.as_str().map(str::to_owned);
        let wanted: Vec<String> = ids.iter().filter_map(of).collect();
        let is_wanted = |layer: &Value| layer.get("id").and_then(Value::as_str).is_some_and(|id| wanted.iter().any(|own| own == id));
        let is_locked = |layer: &Value| layer.get("locked").and_then(Value::as_bool).unwrap_or(false);
        let locked = layers_of(document).into_iter().enumerate().filter(|(_, layer)| is_wanted(layer) && is_locked(layer));
        let unlock = |(place, _): (usize, Value)| Command::SetDocument { path: format!("layers/{place}/locked"), value: false.into() };
        let commands: Vec<Command> = locked.map(unlock).collect();
        match commands.len() {
            0 => self.toasts.news("None of them is locked"),
            count => self.change(Command::Group { label: format!("unlocking of {}", counted(count)), commands }, None),
        }
    }

    fn mend_all(&mut self) {
        let commands = self.editor_panels.mends(self.session.document);
        let count = commands.len();
        if count == 0 {
            return;
        }
        let label = if count == 1 { "mending of 1 finding".to_owned() } else { format!("mending of {count} findings") };
        self.change(Command::Group { label, commands }, None);
    }
}

/// The box round something of a document, and when it is there.
fn extent_of(library: &Library, selection: &Selection) -> Option<(BoundingBox, Span)> {
    let project = |document: usize| library.documents.get(document);
    let of = |extent: Option<[f64; 4]>| extent.map(|[west, south, east, north]| BoundingBox { west, south, east, north });
    match *selection {
        Selection::Event(document, event) => project(document)?.events.get(event).map(|event| (around(event.at, 1.5), event.span.clone())),
        Selection::Place(document, place) => {
            project(document)?.places.get(place).map(|place| (around(place.at, 1.5), place.common.span.clone()))
        }
        Selection::Region(document, region) => {
            let region = project(document)?.regions.get(region)?;
            Some((of(shape::linework::extent(&region.shape))?, region.common.span.clone()))
        }
        Selection::Line(document, line) => {
            let line = project(document)?.lines.get(line)?;
            Some((of(shape::linework::extent(&line.shape))?, line.common.span.clone()))
        }
        Selection::Annotation(document, index) => {
            let annotation = project(document)?.annotations.get(index)?;
            let extent = of(shape::linework::extent(&annotation.mark.lines()));
            let bbox = extent.or_else(|| annotation.mark.points().first().map(|at| around(*at, 1.5)))?;
            Some((bbox, annotation.common.span.clone()))
        }
        Selection::Unit(_) | Selection::Polity(_) | Selection::Dispute(_) | Selection::Alliance(_) => None,
    }
}

fn point(at: LonLat) -> Value {
    // A millionth of a degree is a tenth of a metre.
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    json!({"type": "Point", "coordinates": [round(at.lon_deg), round(at.lat_deg)]})
}

/// The request to change the shown document by a command.
pub fn apply(command: Command) -> Action {
    Action::Edit(EditAction::Apply(Box::new(command), None))
}

/// The layer that locked things are put into.
const LOCKED: &str = "locked";

fn layers_of(document: &Document) -> Vec<Value> {
    document.header().get("layers").and_then(Value::as_array).cloned().unwrap_or_default()
}

fn counted(count: usize) -> String {
    if count == 1 { "1 feature".to_owned() } else { format!("{count} features") }
}

/// The command that gives a feature a party, in the way of its kind; `None` for kinds that have none, and where it has this one already.
fn party_command(document: &Document, id: &str, party: &PolityId) -> Option<Command> {
    let path = match document.feature(id)?.thing().ok()? {
        Thing::Line(line) if line.claimant.as_ref() != Some(party) => "claimant",
        Thing::Annotation(annotation) if annotation.party.as_ref() != Some(party) => "party",
        Thing::Event(event) if !event.parties.contains(party) => "parties/-",
        Thing::Line(_) | Thing::Annotation(_) | Thing::Event(_) | Thing::Region(_) | Thing::Place(_) => return None,
    };
    Some(Command::Set { id: id.into(), path: path.to_owned(), value: party.as_str().into() })
}
