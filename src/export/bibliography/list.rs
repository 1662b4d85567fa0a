//! A list for people: who, title, where it is printed, by whom, when, and the id that the atlas cites.

use super::{container, iso_date, one_line};
use crate::{
    model::{Source, source::Issued},
    time::Date,
};

/// The sources one a line, in the order of the alphabet.
pub fn list(sources: &[&Source]) -> String {
    let mut lines: Vec<String> = sources.iter().map(|source| line(source)).collect();
    // Brackets and quotes before a title do not count.
    lines.sort_by_cached_key(|line| (line.trim_start_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase(), line.clone()));
    lines.into_iter().map(|line| line + "\n").collect()
}

fn line(source: &Source) -> String {
    let published = joined(": ", [source.field("publisher-place"), source.field("publisher")]);
    // Many a treaty has its day in its title.
    let issued = source.issued().map(date).filter(|date| !date.contains(' ') || !source.title().contains(date.as_str()));
    let printed = joined(", ", [source.field("authority"), Some(container(source)), Some(published), issued]);
    let edition = source.field("edition").map(|edition| format!("Edition {edition}")).unwrap_or_default();
    let sentences = [makers(source), source.title().to_owned(), edition, printed, source.field("note").unwrap_or_default()];
    let text: String = sentences.iter().map(|sentence| one_line(sentence)).filter(|sentence| !sentence.is_empty()).map(ended).collect();
    let address = joined("", [source.text("DOI").map(|doi| format!("doi:{doi} ")), source.url().map(|url| format!("{url} "))]);
    format!("{text}{address}[{}]", source.id)
}

/// What there is, with a sign between.
fn joined<const N: usize>(between: &str, parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

/// A sentence with its full stop and a blank, if it has no end of its own.
fn ended(sentence: String) -> String {
    if sentence.ends_with(['.', '?', '!']) { sentence + " " } else { sentence + ". " }
}

fn makers(source: &Source) -> String {
    let listed = |role: &str| source.names(role).iter().map(|name| name.listed()).collect::<Vec<_>>().join("; ");
    match (listed("author"), listed("editor")) {
        (authors, _) if !authors.is_empty() => authors,
        (_, editors) if !editors.is_empty() => format!("{editors} (ed.)"),
        _ => String::new(),
    }
}

fn date(issued: Issued) -> String {
    let text = iso_date(issued);
    Date::parse(&text).map_or(text, |date| date.label())
}

#[cfg(test)]
mod tests {
    use super::{super::samples, *};

    #[test]
    fn an_entry_reads_as_people_write_them() {
        let book = samples::source(
            r#"{"id":"waal-2003-garden","type":"book","title":"Black Garden","author":[{"family":"de Waal","given":"Thomas"}],
            "publisher":"New York University Press","publisher-place":"New York","issued":{"date-parts":[[2003]]}}"#,
        );
        let treaty = samples::source(
            r#"{"id":"kars","type":"treaty","title":"\"Treaty\" of Kars","issued":{"date-parts":[[1921,10,13]]},"container-title":"LNTS","volume":"9","URL":"https://example.org"}"#,
        );
        assert_eq!(
            list(&[&treaty, &book]),
            "de Waal, Thomas. Black Garden. New York: New York University Press, 2003. [waal-2003-garden]\n\
             \"Treaty\" of Kars. LNTS, vol. 9, 13 October 1921. https://example.org [kars]\n"
        );
    }
}
