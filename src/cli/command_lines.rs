//! Commands as lines of text: JSON objects, one a line.

use std::{
    io::{self, Read},
    path::Path,
};

use anyhow::{Context, anyhow, ensure};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::load_atlas;
use crate::{
    edit::{Command, History, area_feature},
    io::text_file::{MAX_FILE_BYTES, read_text},
    model::Atlas,
};

/// A file of commands.
pub(super) struct CommandLines {
    /// What errors call it.
    name: String,
    text: String,
}

/// A line that needs the atlas to become a command: it adds a region that is made of units.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AddArea {
    /// What it was told by.
    #[serde(rename = "do")]
    _name: String,
    /// A set of units, as in the tenure.
    area: String,
    /// The other properties of the region.
    #[serde(default)]
    properties: Map<String, Value>,
    /// As in `add`.
    before: Option<String>,
}

impl CommandLines {
    /// Reads them from a file; `-` is the standard input.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        if path != Path::new("-") {
            return Ok(Self { name: path.display().to_string(), text: read_text(path)? });
        }
        let mut text = String::new();
        io::stdin().take(MAX_FILE_BYTES + 1).read_to_string(&mut text).context("standard input: cannot be read as UTF-8 text")?;
        ensure!(text.len() as u64 <= MAX_FILE_BYTES, "standard input: more than 256 MiB of commands");
        Ok(Self { name: "standard input".to_owned(), text: text.trim_start_matches('\u{feff}').to_owned() })
    }

    /// Carries them out in their order; gives what each did.
    ///
    /// # Errors
    /// The first that is unreadable or refused, by its line; those before it were carried out.
    pub(super) fn apply(&self, history: &mut History) -> anyhow::Result<Vec<String>> {
        let mut atlas = None;
        let mut done = Vec::new();
        for (index, line) in self.text.lines().map(str::trim).enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let place = || format!("{}, line {}", self.name, index + 1);
            let command = command(line, &mut atlas).with_context(place)?;
            history.apply(&command, None).map_err(|refusal| anyhow!("{refusal}").context(place()))?;
            done.push(format!("line {}: {}", index + 1, command.label()));
        }
        Ok(done)
    }
}

/// The command of a line. The atlas is read for the first line that needs it.
fn command(line: &str, atlas: &mut Option<Atlas>) -> anyhow::Result<Command> {
    // A line is all there is: the only column is worth telling.
    let unreadable = |error: serde_json::Error| {
        let what = error.to_string().replace(" at line 1 column ", " at column ");
        anyhow!("is no command: {what}. maps/README.md shows one of each under \"Commands\"")
    };
    let value: Value = serde_json::from_str(line).map_err(unreadable)?;
    if value.get("do").and_then(Value::as_str) != Some("add-area") {
        return serde_json::from_value(value).map_err(unreadable);
    }
    let area = serde_json::from_value(value).map_err(unreadable)?;
    if atlas.is_none() {
        *atlas = Some(load_atlas()?);
    }
    let atlas = atlas.as_ref().context("the built-in atlas was not read")?;
    add_area(atlas, area)
}

fn add_area(atlas: &Atlas, line: AddArea) -> anyhow::Result<Command> {
    let feature = area_feature(atlas, &line.area, &line.properties)?;
    Ok(Command::Add { feature, before: line.before })
}
