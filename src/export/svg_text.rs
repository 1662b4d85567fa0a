//! Text and numbers for SVG. Whatever is written by people goes through [`escaped`], whose type is the only one that the writer prints.

use std::fmt;

use crate::scene::{
    Anchor, Face, Rgba, Text,
    fonts::CAP_HEIGHT,
    item::{CurvedText, Letter},
};

use super::svg::color_attributes;

/// Text that cannot leave its element or attribute: made only by [`escaped`].
pub(super) struct Escaped<'a>(&'a str);

/// Makes a text safe for elements and attributes. Control characters, which XML forbids, are left out.
pub(super) fn escaped(text: &str) -> Escaped<'_> {
    Escaped(text)
}

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\n' | '\t' | '\r' => f.write_char(' ')?,
                // Not allowed in XML 1.0, or a direction mark that would turn the words after it.
                '\0'..='\x1f' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
                letter => f.write_char(letter)?,
            }
        }
        Ok(())
    }
}

/// A number with at most two decimals and nothing that can be left out. What is not finite becomes 0: SVG has no such numbers.
pub(super) fn number(value: f32) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A line of text as an element.
pub(super) fn text_element(text: &Text) -> String {
    let [x, y] = text.at;
    // The anchor is the middle of the capitals; SVG counts from the baseline.
    let baseline = y + text.size_points * CAP_HEIGHT / 2.0;
    // Spacing follows every letter, the last too: half of it would push a centred text to the left.
    let x = if text.anchor == Anchor::Middle { x + text.letter_spacing_points / 2.0 } else { x };
    let mut attributes = format!("x=\"{}\" y=\"{}\" font-size=\"{}\"", number(x), number(baseline), number(text.size_points));
    match text.anchor {
        Anchor::Start => {}
        Anchor::Middle => attributes.push_str(" text-anchor=\"middle\""),
        Anchor::End => attributes.push_str(" text-anchor=\"end\""),
    }
    attributes.push_str(face_attributes(text.face));
    if text.letter_spacing_points != 0.0 {
        attributes.push_str(&format!(" letter-spacing=\"{}\"", number(text.letter_spacing_points)));
    }
    if text.angle_rad != 0.0 {
        attributes.push_str(&format!(
            " transform=\"rotate({} {} {})\"",
            number(text.angle_rad.to_degrees()),
            number(text.at[0]),
            number(y)
        ));
    }
    attributes.push_str(&halo_attributes(text.halo, text.size_points));
    format!("<text {attributes} {}>{}</text>\n", color_attributes("fill", text.color), escaped(&text.text))
}

/// A text along a curve: one element, so that it can be searched and selected, with a place and an angle for each letter.
pub(super) fn curved_element(text: &CurvedText) -> String {
    let list = |value: &dyn Fn(&Letter) -> f32| text.letters.iter().map(|letter| number(value(letter))).collect::<Vec<_>>().join(" ");
    format!(
        "<text x=\"{}\" y=\"{}\" rotate=\"{}\" font-size=\"{}\"{}{} {}>{}</text>\n",
        list(&|letter| letter.at[0]),
        list(&|letter| letter.at[1]),
        list(&|letter| letter.angle_rad.to_degrees()),
        number(text.size_points),
        face_attributes(text.face),
        halo_attributes(text.halo, text.size_points),
        color_attributes("fill", text.color),
        escaped(&text.text)
    )
}

/// With a blank before it, or nothing.
fn face_attributes(face: Face) -> &'static str {
    match face {
        Face::Regular => "",
        Face::Medium => " font-weight=\"500\"",
        Face::SemiBold => " font-weight=\"600\"",
        Face::Italic => " font-style=\"italic\"",
    }
}

/// With a blank before it, or nothing.
fn halo_attributes(halo: Option<Rgba>, size_points: f32) -> String {
    halo.map_or(String::new(), |halo| {
        let width = number(size_points / 3.0);
        format!(" paint-order=\"stroke\" {} stroke-width=\"{width}\" stroke-linejoin=\"round\"", color_attributes("stroke", halo))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_words_stay_words() {
        let hostile = "]]><script>alert('1')</script>\" onload=\"x\u{0}\u{202e}&amp;";
        assert_eq!(escaped(hostile).to_string(), "]]&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot; onload=&quot;x&amp;amp;");
    }

    #[test]
    fn numbers_are_short_and_always_numbers() {
        let cases = [(1.0, "1"), (0.5, "0.5"), (-0.001, "0"), (12.345, "12.35"), (f32::NAN, "0"), (f32::INFINITY, "0"), (100.0, "100")];
        for (value, text) in cases {
            assert_eq!(number(value), text);
        }
    }
}
