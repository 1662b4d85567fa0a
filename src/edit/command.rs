//! What can be done to a document, as values: one JSON object each, the same in the window, in scripts and in the journal.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One undoable change of a document. In JSON the member `do` says which one; see maps/README.md, "Commands".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Command {
    /// Sets a member of the document: `title`, `summary`, `start`, `view/date`, `parties/0/role`. `null` takes it away.
    SetDocument {
        /// Names and positions, divided by `/`; `-` is the place after the last one of a list.
        path: String,
        /// What to set; any JSON.
        value: Value,
    },
    /// Adds a feature. Without an id it is given one.
    Add {
        /// A GeoJSON feature with `properties.kind`.
        feature: Value,
        /// The feature that it stands before; the end of the list if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<String>,
    },
    /// Adds features from elsewhere. Ids that are taken here become new ones.
    Paste {
        /// GeoJSON features.
        features: Vec<Value>,
    },
    /// Takes features away.
    Remove {
        /// Which.
        id: Ids,
    },
    /// Sets a property of features: `name`, `names/ind`, `accounts/0/text`. `null` takes it away.
    Set {
        /// Of which.
        id: Ids,
        /// As in `set-document`.
        path: String,
        /// What to set; any JSON.
        value: Value,
    },
    /// Gives a feature another geometry.
    SetGeometry {
        /// Which.
        id: String,
        /// A GeoJSON geometry, longitude before latitude.
        geometry: Value,
    },
    /// Gives a feature another id, and all that name it with it.
    Rename {
        /// The old id.
        id: String,
        /// The new one.
        to: String,
    },
    /// Gives each feature but the first that has an id an id of its own; nothing changes where only one has it.
    OwnIds {
        /// The id that stands more than once.
        id: String,
    },
    /// Moves a feature to another place in the list.
    Order {
        /// Which.
        id: String,
        /// The feature that it is to stand before; the end of the list if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<String>,
    },
    /// Copies features, with other dates if any are given.
    Duplicate {
        /// Which.
        id: Ids,
        /// The `start` of the copies; the old one if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<String>,
        /// The `end` of the copies; the old one if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        end: Option<String>,
    },
    /// Replaces a text wherever people wrote one: names, titles, texts, notes, accounts.
    ReplaceText {
        /// What to look for; not empty.
        find: String,
        /// What to put there.
        with: String,
        /// Whether capitals count.
        #[serde(default)]
        match_case: bool,
        /// In which features; everywhere, the document's title and summary included, if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<Ids>,
    },
    /// Adds a source.
    AddSource {
        /// A CSL-JSON item.
        source: Map<String, Value>,
    },
    /// Takes sources in. A work that is there already keeps its id and what it says, and what it lacks is filled in; see [`super::taken`].
    TakeSources {
        /// CSL-JSON items.
        sources: Vec<Map<String, Value>>,
    },
    /// Puts a source in the place of another one. With another id it is renamed wherever it is cited.
    SetSource {
        /// Which.
        id: String,
        /// A CSL-JSON item.
        source: Map<String, Value>,
    },
    /// Takes a source away that nothing cites.
    RemoveSource {
        /// Which.
        id: String,
    },
    /// From a date on somebody else has a region; the spell that this cuts ends right before.
    RecordControl {
        /// Which region.
        id: String,
        /// The first day, as sources give it.
        from: String,
        /// Who: a polity.
        holder: String,
        /// As what: `sovereign`, `administers`, `occupies`.
        #[serde(rename = "as")]
        role: String,
        /// Citations.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        sources: Vec<Value>,
        /// Free text.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// From a date on a region or line has another shape: a new feature of the same subject begins, and the old one ends right before.
    RecordShape {
        /// Which feature.
        id: String,
        /// The first day, as sources give it.
        from: String,
        /// The new shape.
        geometry: Value,
        /// The id of the new feature; a free one if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<String>,
    },
    /// Makes the document a what-if branch, which is marked everywhere and never saved over what it came from.
    Branch {
        /// What it asks: `What if the referendum had been held?`.
        name: String,
    },
    /// Several changes that are one step. Either all are made or none.
    Group {
        /// What the step is called in menus.
        label: String,
        /// In this order.
        commands: Vec<Command>,
    },
}

/// One feature or several. In JSON a text or a list of texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Ids {
    /// One.
    One(String),
    /// Several; each once.
    Many(Vec<String>),
}

impl Ids {
    /// They, in the order given.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        match self {
            Self::One(id) => std::slice::from_ref(id),
            Self::Many(ids) => ids,
        }
        .iter()
        .map(String::as_str)
    }

    /// What menus call them.
    fn label(&self) -> String {
        match self {
            Self::One(id) => id.clone(),
            Self::Many(ids) if ids.len() == 1 => ids[0].clone(),
            Self::Many(ids) => format!("{} things", ids.len()),
        }
    }
}

impl From<&str> for Ids {
    fn from(id: &str) -> Self {
        Self::One(id.to_owned())
    }
}

impl Command {
    /// What the step is called in menus, after "Undo" and "Redo".
    pub fn label(&self) -> String {
        match self {
            Self::SetDocument { path, .. } => format!("change of {}", path.replace('/', " ")),
            Self::Add { feature, .. } => format!("new {}", kind_of(feature)),
            Self::Paste { features } => format!("paste of {}", features.len()),
            Self::Remove { id } => format!("removal of {}", id.label()),
            Self::Set { id, path, .. } => format!("{} of {}", path.replace('/', " "), id.label()),
            Self::SetGeometry { id, .. } => format!("shape of {id}"),
            Self::Rename { id, to } => format!("renaming of {id} to {to}"),
            Self::OwnIds { id } => format!("new ids for what is called {id}"),
            Self::Order { id, .. } => format!("order of {id}"),
            Self::Duplicate { id, .. } => format!("copy of {}", id.label()),
            Self::ReplaceText { find, .. } => format!("replacing of “{find}”"),
            Self::AddSource { source } => format!("new source {}", source.get("id").and_then(Value::as_str).unwrap_or_default()),
            Self::TakeSources { sources } if sources.len() == 1 => "taking in of a source".to_owned(),
            Self::TakeSources { sources } => format!("taking in of {} sources", sources.len()),
            Self::SetSource { id, .. } => format!("change of the source {id}"),
            Self::RemoveSource { id } => format!("removal of the source {id}"),
            Self::RecordControl { id, from, holder, .. } => format!("{holder} in {id} from {from}"),
            Self::RecordShape { id, from, .. } => format!("shape of {id} from {from}"),
            Self::Branch { name } => format!("what-if branch {name}"),
            Self::Group { label, .. } => label.clone(),
        }
    }
}

fn kind_of(feature: &Value) -> &str {
    feature.pointer("/properties/kind").and_then(Value::as_str).unwrap_or("feature")
}
