//! Pictures for two themes, stored once: a colour is a position in a list of pairs, and what is drawn is a list of lines of SVG in which colours are such positions.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::numbers;
use crate::scene::Rgba;

/// Pairs of colours, by daylight and in the dark, each once.
#[derive(Default)]
pub(super) struct Colors {
    places: HashMap<[String; 2], usize>,
    list: Vec<[String; 2]>,
}

impl Colors {
    /// The position of a pair.
    pub(super) fn pair(&mut self, colors: [Rgba; 2]) -> usize {
        self.place(colors.map(|color| {
            let [.., alpha] = color.0;
            if alpha == 255 { color.hex() } else { format!("{}{alpha:02x}", color.hex()) }
        }))
    }

    fn place(&mut self, colors: [String; 2]) -> usize {
        *self.places.entry(colors.clone()).or_insert_with(|| {
            self.list.push(colors);
            self.list.len() - 1
        })
    }

    /// The list as the file has it.
    pub(super) fn json(&self) -> Value {
        json!(self.list)
    }
}

/// Lines of SVG, each once: pictures share most of theirs.
#[derive(Default)]
pub(super) struct Lines {
    places: HashMap<String, usize>,
    list: Vec<String>,
}

/// What stands before every colour in an attribute. In text a quotation mark is written otherwise, so that it is never found there.
const COLOR: &str = "=\"#";

impl Lines {
    /// The picture of a light and a dark document: the positions of its lines, and those of the dark one where it is not the same but for its colours.
    pub(super) fn picture(&mut self, light: &str, dark: &str, colors: &mut Colors) -> Value {
        let both: Vec<[&str; 2]> = light.lines().zip(dark.lines()).map(|(light, dark)| [light, dark]).collect();
        let joined: Option<Vec<String>> =
            (light.lines().count() == dark.lines().count()).then(|| both.iter().map(|pair| with_pairs(*pair, colors)).collect()).flatten();
        match joined {
            Some(lines) => json!([self.runs(lines)]),
            None => {
                let mut alone = |text: &str| text.lines().filter_map(|line| with_pairs([line, line], colors)).collect::<Vec<_>>();
                let (light, dark) = (alone(light), alone(dark));
                json!([self.runs(light), self.runs(dark)])
            }
        }
    }

    fn runs(&mut self, lines: Vec<String>) -> String {
        numbers::runs(lines.into_iter().map(|line| self.place(line)).collect::<Vec<_>>())
    }

    fn place(&mut self, line: String) -> usize {
        if let Some(place) = self.places.get(&line) {
            return *place;
        }
        self.list.push(line.clone());
        self.places.insert(line, self.list.len() - 1);
        self.list.len() - 1
    }

    /// The lines as the file has them.
    pub(super) fn json(&self) -> Value {
        json!(self.list)
    }
}

/// One line for both themes, its colours as `="~position"`; `None` where more than colours differ.
fn with_pairs([light, dark]: [&str; 2], colors: &mut Colors) -> Option<String> {
    let (mut light_parts, mut dark_parts) = (light.split(COLOR), dark.split(COLOR));
    let (first, of_dark) = (light_parts.next()?, dark_parts.next()?);
    let mut line = first.to_owned();
    if first != of_dark {
        return None;
    }
    loop {
        match (light_parts.next(), dark_parts.next()) {
            (None, None) => return Some(line),
            (Some(light), Some(dark)) => {
                let ((light, after), (dark, after_dark)) = (light.split_at_checked(6)?, dark.split_at_checked(6)?);
                if after != after_dark {
                    return None;
                }
                let place = colors.place([format!("#{light}"), format!("#{dark}")]);
                line.push_str(&format!("=\"~{place}{after}"));
            }
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_themes_are_one_picture_where_only_colors_differ() {
        let (mut lines, mut colors) = (Lines::default(), Colors::default());
        let light = "<g>\n<path fill=\"#ffffff\"/>\n<text fill=\"#000000\">=&quot;#aaaaaa</text>\n</g>";
        let dark = "<g>\n<path fill=\"#222222\"/>\n<text fill=\"#eeeeee\">=&quot;#aaaaaa</text>\n</g>";
        assert_eq!(lines.picture(light, dark, &mut colors).as_array().unwrap().len(), 1);
        assert_eq!(lines.list[1..3], ["<path fill=\"~0\"/>", "<text fill=\"~1\">=&quot;#aaaaaa</text>"]);
        assert_eq!(colors.list[0], ["#ffffff", "#222222"]);
        assert_eq!(lines.picture(light, "<g/>", &mut colors).as_array().unwrap().len(), 2);
    }
}
