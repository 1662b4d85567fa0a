//! The bibliography as text: CSL-JSON as it is stored, BibTeX, RIS, a list for people, and the styles of publishers.

mod bibtex;
mod csl_item;
mod html;
mod list;
mod ris;
mod styled;

pub use bibtex::bibtex;
pub use html::html;
pub use list::list;
pub use ris::ris;
pub use styled::{CitationStyle, Piece, StyledEntry, Stylist, markdown, plain};

use crate::model::{Source, source::Issued};

/// The items as an array of CSL-JSON, one a line, each as it is stored.
///
/// # Errors
/// When an item cannot be written as JSON, which no item that was read from JSON is.
pub fn csl_json(sources: &[&Source]) -> Result<String, serde_json::Error> {
    let items = sources.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
    Ok(format!("[\n{}\n]\n", items.join(",\n")))
}

/// Where in a larger work or series it stands: `United Nations Treaty Series, vol. 131, No. 1736, p. 83`; empty where the item says nothing.
fn container(source: &Source) -> String {
    let labelled = |key: &str, label: &str| {
        source
            .field(key)
            .map(|text| if text.starts_with(|letter: char| letter.is_ascii_digit()) { format!("{label} {text}") } else { text })
    };
    let page = source.field("page").map(|page| {
        let is_range = page.contains(['-', '–', ',']);
        format!("{} {page}", if is_range { "pp." } else { "p." })
    });
    let parts = [
        source.field("container-title"),
        labelled("volume", "vol."),
        labelled("issue", "no."),
        source.field("number"),
        labelled("section", "section"),
        page,
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// `2003`, `2003-05`, `2003-05-17`.
fn iso_date(date: Issued) -> String {
    let part = |part: Option<u8>| part.map_or_else(String::new, |part| format!("-{part:02}"));
    format!("{:04}{}{}", date.year, part(date.month), part(date.day))
}

/// One line, whatever blanks and line ends the text has.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod samples {
    use crate::model::Source;

    pub fn source(json: &str) -> Source {
        serde_json::from_str(json).unwrap()
    }

    /// A work with everything in it that a format could trip over.
    pub fn hostile() -> Source {
        source(
            r##"{"id":"x-1954-odd","type":"article-journal","title":"100% {of} \"Crimea\" & Крым #1 $5_a~b^c \\ end}",
            "author":[{"family":"О'Нил","given":"Анна"},{"literal":"Ministry of War and Peace"},{"family":"Waal","non-dropping-particle":"de","given":"T."}],
            "issued":{"date-parts":[[1954,2,19]]},"container-title":"A & B","volume":"3","issue":"2","page":"12–19",
            "URL":"https://example.org/a_b%20c?x={1}&y=#z","note":"two\nER  - \nlines"}"##,
        )
    }
}
