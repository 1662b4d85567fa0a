//! Carrying a command out.

use super::{
    Command, Refusal, features, header, ids,
    recording::{self, Spell},
    text,
};
use crate::model::Document;

impl Command {
    /// The document after the command.
    pub(super) fn on(&self, document: &Document) -> Result<Document, Refusal> {
        match self {
            Self::SetDocument { path, value } => header::set(document, path, value),
            Self::Add { feature, before } => features::add(document, feature, before.as_deref()),
            Self::Paste { features } => features::paste(document, features),
            Self::Remove { id } => features::remove(document, id),
            Self::Set { id, path, value } => features::set(document, id, path, value),
            Self::SetGeometry { id, geometry } => features::set_geometry(document, id, geometry),
            Self::Rename { id, to } => ids::rename(document, id, to),
            Self::OwnIds { id } => ids::own_ids(document, id),
            Self::Order { id, before } => features::order(document, id, before.as_deref()),
            Self::Duplicate { id, start, end } => features::duplicate(document, id, start.as_deref(), end.as_deref()),
            Self::ReplaceText { find, with, match_case, id } => text::replace(document, find, with, *match_case, id.as_ref()),
            Self::AddSource { source } => header::add_source(document, source),
            Self::TakeSources { sources } => header::take_sources(document, sources),
            Self::SetSource { id, source } => header::set_source(document, id, source),
            Self::RemoveSource { id } => header::remove_source(document, id),
            Self::RecordControl { id, from, holder, role, sources, note } => {
                recording::control(document, id, &Spell { from, holder, role, sources, note })
            }
            Self::RecordShape { id, from, geometry, to } => recording::shape(document, id, from, geometry, to.as_deref()),
            Self::Branch { name } => header::branch(document, name),
            Self::Group { commands, .. } => group(document, commands),
        }
    }
}

fn group(document: &Document, commands: &[Command]) -> Result<Document, Refusal> {
    if commands.is_empty() {
        return Err(Refusal::Nothing("the group holds no commands.".to_owned()));
    }
    let mut document = document.clone();
    for (index, command) in commands.iter().enumerate() {
        let in_group = |refusal| Refusal::InGroup { number: index + 1, refusal: Box::new(refusal) };
        document = command.on(&document).map_err(in_group)?;
    }
    Ok(document)
}
