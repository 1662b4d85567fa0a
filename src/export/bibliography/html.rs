//! A bibliography as a web page of its own, which word processors open with its italics.

use super::Piece;

/// A page with a heading and a paragraph for each entry, in UTF-8, without anything from elsewhere.
pub fn html<'a>(title: &str, entries: impl Iterator<Item = &'a [Piece]>) -> String {
    let title = escaped(title);
    let paragraphs: String = entries.map(|pieces| format!("<p>{}</p>\n", pieces.iter().map(piece).collect::<String>())).collect();
    let style = "body{max-width:45em;margin:2em auto;font-family:serif;line-height:1.4}p{padding-left:2em;text-indent:-2em}";
    format!(
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{paragraphs}</body>\n</html>\n"
    )
}

fn piece(piece: &Piece) -> String {
    let text = escaped(&piece.text);
    if piece.is_italic { format!("<i>{text}</i>") } else { text }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn italics_are_tags_and_signs_of_the_text_are_none() {
        let pieces = [Piece { text: "Doe & Rao, ".to_owned(), is_italic: false }, Piece { text: "A <b> B".to_owned(), is_italic: true }];
        let page = html("A & B", [&pieces[..]].into_iter());
        assert!(page.contains("<p>Doe &amp; Rao, <i>A &lt;b&gt; B</i></p>") && page.contains("<h1>A &amp; B</h1>"), "{page}");
    }
}
