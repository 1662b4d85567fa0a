//! Making scenes of what is seen: what the map shows as a scene, and changes of the list of scenes as commands.

use serde_json::{Value, json};

use crate::{
    edit::Command,
    gui::session::{Library, Selection, Session},
    model::{
        Document, PolityId, Project, Slide,
        document::slides::to_value,
        slide::{CalloutsShown, LAYERS},
    },
    scene::{Coloring, Layers},
    time::Date,
};

/// What is asked of the scenes of the shown document. Numbers are positions in its list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SceneAction {
    /// Keeps what is seen as a scene: after the one that is chosen, else at the end.
    Keep,
    /// Gives a scene place, date, view and layers as they are seen now.
    Update(usize),
    /// Shows a scene on the map and chooses it.
    Show(usize),
    /// The same scene once more.
    Duplicate(usize),
    /// Takes a scene away.
    Remove(usize),
    /// Moves a scene to another place.
    Move {
        /// Where it is.
        from: usize,
        /// Where it goes.
        to: usize,
    },
    /// What is selected comes with a step of its own.
    AddStep(usize),
    /// Takes a step away.
    RemoveStep {
        /// Of which scene.
        scene: usize,
        /// Which of its steps.
        step: usize,
    },
    /// Puts what is seen on the clipboard as a line.
    CopyLine,
    /// Shows what a line says.
    OpenLine(String),
}

/// What is seen now, as a scene.
pub fn scene_of_session(library: &Library, session: &Session) -> Slide {
    let seen = session.camera.visible_lonlat();
    let round = |degrees: f64| (degrees * 1000.0).round() / 1000.0;
    let bbox =
        crate::geometry::BoundingBox { west: round(seen.west), south: round(seen.south), east: round(seen.east), north: round(seen.north) };
    let project = session.document.and_then(|index| library.documents.get(index));
    let id_of = |event: &usize| project.and_then(|project| project.events.get(*event)).map(|event| event.id.clone());
    let (since, day) = session.shown_days();
    let usual = Layers::default().all();
    let layers = LAYERS.iter().zip(session.look.layers.all().into_iter().zip(usual)).filter(|(_, (now, usual))| now != usual);
    Slide {
        at: Date::parse(&day.to_string()).ok(),
        since: (since < day).then(|| Date::parse(&since.to_string()).ok()).flatten(),
        view: Some(session.view.clone()),
        bbox: Some(bbox),
        projection: Some(session.camera.projection),
        coloring: if session.look.coloring == Coloring::Story { String::new() } else { session.look.coloring.id().to_owned() },
        layers: layers.map(|(name, (now, _))| ((*name).to_owned(), now.strength())).collect(),
        alliances: Some(session.look.alliances.clone()),
        events: if session.look.events == Default::default() { String::new() } else { session.look.events.id().to_owned() },
        highlight: selected_id(library, session).into_iter().collect(),
        pinned: session.telling.pinned.iter().filter_map(id_of).collect(),
        callouts: if session.telling.all_folded { CalloutsShown::Folded } else { CalloutsShown::Open },
        ..Slide::default()
    }
}

/// The id of the feature or polity that is selected.
pub fn selected_id(library: &Library, session: &Session) -> Option<String> {
    match session.selection.as_ref()? {
        Selection::Polity(polity) => {
            let id: &PolityId = &library.atlas.polities.at(*polity).id;
            Some(id.as_str().to_owned())
        }
        selection => library.id_of(selection).map(|(_, id)| id.to_owned()),
    }
}

/// The list of scenes as the document has it.
fn list(document: &Document) -> Vec<Value> {
    document.header().get("scenes").and_then(Value::as_array).cloned().unwrap_or_default()
}

/// The command that changes the list of scenes, with what the step is called; `None` where nothing changes.
pub fn command(
    document: &Document,
    project: &Project,
    action: &SceneAction,
    seen: &Slide,
    selected: Option<&str>,
    chosen: Option<usize>,
) -> Option<(Command, Option<usize>)> {
    let mut scenes = list(document);
    let free_id = (1..).map(|number| format!("scene-{number}")).find(|id| !project.slides.iter().any(|slide| slide.id == *id))?;
    let (label, chosen) = match *action {
        SceneAction::Keep => {
            let at = chosen.map_or(scenes.len(), |chosen| chosen + 1).min(scenes.len());
            scenes.insert(at, to_value(&Slide { id: free_id, ..seen.clone() }));
            ("a new scene", Some(at))
        }
        SceneAction::Update(index) => {
            let scene = scenes.get_mut(index)?.as_object_mut()?;
            for member in LOOKED {
                scene.shift_remove(member);
            }
            let Value::Object(now) = to_value(seen) else { return None };
            scene.extend(now.into_iter().filter(|(member, _)| LOOKED.contains(&member.as_str())));
            ("the picture of a scene", Some(index))
        }
        SceneAction::Duplicate(index) => {
            let mut copy = scenes.get(index)?.clone();
            copy.as_object_mut()?.insert("id".to_owned(), free_id.into());
            scenes.insert(index + 1, copy);
            ("a copy of a scene", Some(index + 1))
        }
        SceneAction::Remove(index) if index < scenes.len() => {
            scenes.remove(index);
            ("a scene less", if scenes.is_empty() { None } else { Some(index.min(scenes.len() - 1)) })
        }
        SceneAction::Move { from, to } if from < scenes.len() && to < scenes.len() && from != to => {
            let scene = scenes.remove(from);
            scenes.insert(to, scene);
            ("the order of scenes", Some(to))
        }
        SceneAction::AddStep(index) => {
            let scene = scenes.get_mut(index)?.as_object_mut()?;
            let steps = scene.entry("steps").or_insert_with(|| json!([]));
            steps.as_array_mut()?.push(json!({"show": [selected?]}));
            ("a step", Some(index))
        }
        SceneAction::RemoveStep { scene, step } => {
            let steps = scenes.get_mut(scene)?.get_mut("steps")?.as_array_mut()?;
            (step < steps.len()).then(|| steps.remove(step))?;
            ("a step less", Some(scene))
        }
        _ => return None,
    };
    let set = Command::SetDocument { path: "scenes".to_owned(), value: scenes.into() };
    Some((Command::Group { label: label.to_owned(), commands: vec![set] }, chosen))
}

/// What a scene has from the map; its words stay when it is updated.
const LOOKED: [&str; 12] = [
    "date",
    "since",
    "point_of_view",
    "bbox",
    "projection",
    "coloring",
    "layers",
    "alliances",
    "events",
    "highlight",
    "pinned",
    "callouts",
];
