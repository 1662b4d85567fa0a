//! The rules for what people write: texts that are shown as they were meant, figures that can be, pictures that say whose they are.

use super::{Broken, Rules};
use crate::model::{
    Event, Problem, Project,
    rich_text::{Unshown, unshown},
};

impl Rules<'_> {
    /// Every text that is told with its marks.
    pub(super) fn texts(&mut self, project: &Project) {
        for event in &project.events {
            self.text(&event.id, "text", &event.text);
            for (index, account) in event.accounts.iter().enumerate() {
                self.text(&event.id, &format!("accounts/{index}/text"), &account.text);
            }
        }
        let shapes = project.regions.iter().map(|region| &region.common).chain(project.lines.iter().map(|line| &line.common));
        shapes.chain(project.places.iter().map(|place| &place.common)).for_each(|common| self.text(&common.id, "text", &common.text));
    }

    /// One problem for a text: its first, and how many others there are.
    fn text(&mut self, feature: &str, path: &str, text: &str) {
        // Without these letters nothing is HTML, picture or link.
        if !text.contains(['<', '[']) {
            return;
        }
        let found = unshown(text);
        let Some(first) = found.first() else { return };
        let more = if found.len() > 1 { format!(" ({} more like it)", found.len() - 1) } else { String::new() };
        let (what, hint) = told(first);
        let problem = Problem::warning(format!("feature {feature}"), "not-shown", format!("{what}{more}.")).hint(hint);
        self.note(Broken::from(problem).at(path));
    }

    /// A figure says what it counts, and its number lies in its range.
    pub(super) fn figures(&mut self, event: &Event, place: &str) {
        for (index, account) in event.accounts.iter().enumerate() {
            for (own, fault) in account.figures.iter().enumerate().filter_map(|(own, figure)| Some((own, figure.fault()?))) {
                let problem = Problem::error(format!("{place}: account of {}", account.party), "bad-figure", fault)
                    .hint("`what` is counted, `value` is the number, `least` and `most` say from where to where it may lie.");
                self.note(Broken::from(problem).at(format!("accounts/{index}/figures/{own}")));
            }
        }
    }

    /// A picture says what it shows and whose it is, and can be shown.
    pub(super) fn pictures(&mut self, event: &Event, place: &str) {
        for (index, picture) in event.pictures.iter().enumerate() {
            for (member, fault) in picture.faults() {
                let hint = match member {
                    "alt" => "say in a sentence what is to be seen, for those who do not see it.",
                    "credit" => "name who made the picture and where it is from.",
                    _ => "put the picture into the event anew: PNG or JPEG, in base64.",
                };
                let problem = Problem::error(place, "bad-picture", fault).hint(hint);
                self.note(Broken::from(problem).at(format!("pictures/{index}/{member}")));
            }
        }
    }
}

fn told(unshown: &Unshown) -> (String, &'static str) {
    let short = |text: &str| text.chars().take(40).collect::<String>();
    match unshown {
        Unshown::Html(tag) => (
            format!("the text has HTML (`{}`), which is shown as it is written", short(tag)),
            "write CommonMark: **bold**, *italic*, `- ` for lists, `> ` for quotes; a `<` that is meant as such is written `\\<`.",
        ),
        Unshown::Picture(address) => (
            format!("the picture `{}` is not fetched, only its description is shown", short(address)),
            "put the picture into the event itself, with whose it is.",
        ),
        Unshown::Link(address) => {
            (format!("`{}` leads neither to the web nor to mail, and is no link", short(address)), "links begin with https:// or mailto:.")
        }
    }
}
