//! Sources that come in as text: pasted or out of a dropped file.

use serde_json::Value;

use super::cite::item_of;
use crate::{
    edit::Command,
    io::sources::{Given, sources_from_text},
    model::{Document, Problem, SourceId},
    time::Day,
};

/// What a text of sources would add to a document, and what is wrong with the text. `today` is the day on which a page was read whose address is pasted.
///
/// # Errors
/// A sentence for a text that holds no sources.
pub(super) fn command_of(text: &str, document: &Document, today: Day) -> Result<(Command, Vec<Problem>), String> {
    let (sources, problems) = sources_from_text(text, &Given { taken: ids_of(document).collect(), read_on: Some(today) });
    let commands: Vec<Command> = sources.iter().filter_map(item_of).map(|source| Command::AddSource { source }).collect();
    match (commands.len(), problems.first()) {
        (0, Some(problem)) => Err(super::sentence(&format!("{} {}", problem.what, problem.hint))),
        (0, None) => Err("No sources were found in this text.".to_owned()),
        (count, _) => {
            let label = if count == 1 { "new source".to_owned() } else { format!("{count} new sources") };
            Ok((Command::Group { label, commands }, problems))
        }
    }
}

fn ids_of(document: &Document) -> impl Iterator<Item = SourceId> {
    let list = document.header().get("sources").and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|source| source.get("id")?.as_str()).map(SourceId::from)
}
