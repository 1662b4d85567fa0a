//! Text and numbers for SVG. Whatever is written by people goes through [`escaped`], whose type is the only one that the writer prints.

use std::fmt;

use crate::scene::{
    Anchor, Face, Rgba, Text,
    bidi::runs_from_right,
    fonts::{CAP_HEIGHT, text_width},
    item::{CurvedText, Letter},
    shaping::{FontRun, font_runs, letter_advances},
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
        for letter in self.0.chars().filter_map(printable) {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                letter => f.write_char(letter)?,
            }
        }
        Ok(())
    }
}

/// A letter as documents take it: whatever begins a line or a paragraph is a blank, and what no document may hold is `None`.
pub(super) fn printable(letter: char) -> Option<char> {
    match letter {
        '\n' | '\t' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
        // Not allowed in XML 1.0, or a direction mark that would turn the words after it.
        '\0'..='\x1f' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        letter => Some(letter),
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

/// Whose reading of an SVG counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    /// Browsers and drawing programs.
    Any,
    /// resvg, which makes our PNG: it finds other fonts only for lines in which every letter is one glyph.
    Ours,
}

/// A line of text as an element, or as several for a reader that finds no other fonts by itself.
pub(super) fn text_element(text: &Text, reader: Reader) -> String {
    let runs = if reader == Reader::Ours { font_runs(&text.text, text.face) } else { None };
    if let Some(runs) = runs {
        return run_elements(text, &runs);
    }
    let (x, anchor) = match text.anchor {
        // Browsers count the room after the last letter as text and resvg does not: a spaced line says where it begins.
        Anchor::Middle if text.spacing_points() != 0.0 => (text.at[0] - spaced_width(text) / 2.0, ""),
        Anchor::End if text.spacing_points() != 0.0 => (text.at[0] - spaced_width(text), ""),
        Anchor::Start => (text.at[0], ""),
        Anchor::Middle => (text.at[0], " text-anchor=\"middle\""),
        Anchor::End => (text.at[0], " text-anchor=\"end\""),
    };
    // Readers take every line for one from left to right unless it says otherwise; the marks come after escaping, so that they are always in pairs.
    let (begin, end) = if runs_from_right(&text.text) { ("\u{2067}", "\u{2069}") } else { ("", "") };
    format!("<text {}{anchor} {}>{begin}{}{end}</text>\n", place(text, x), letter_attributes(text), escaped(&text.text))
}

/// The width of a line with room between its letters, in points.
fn spaced_width(text: &Text) -> f32 {
    let advances = letter_advances(&text.text, text.face);
    advances.iter().sum::<f32>() * text.size_points + advances.len().saturating_sub(1) as f32 * text.spacing_points()
}

/// An element for each stretch in one font, each where the one before it ends: resvg takes other fonts only for lines in which every letter is one glyph.
fn run_elements(text: &Text, runs: &[FontRun]) -> String {
    let spacing = text.spacing_points();
    let width = |run: &FontRun| run.width * text.size_points + spacing * run.text.chars().count() as f32;
    let all = runs.iter().map(width).sum::<f32>() - spacing;
    let mut x = match text.anchor {
        Anchor::Start => text.at[0],
        Anchor::Middle => text.at[0] - all / 2.0,
        Anchor::End => text.at[0] - all,
    };
    let mut out = String::new();
    for run in runs {
        let words = run.text.trim_start();
        if !words.is_empty() {
            // Blanks at the begin of an element do not count.
            let blank = text_width(&run.text[..run.text.len() - words.len()], text.face, text.size_points, spacing);
            let family = run.family.map_or(String::new(), |family| format!(" font-family=\"{family}\""));
            out.push_str(&format!("<text {}{family} {}>{}</text>\n", place(text, x + blank), letter_attributes(text), escaped(words)));
        }
        x += width(run);
    }
    out
}

/// Position, size and turn of a line that begins, or has its anchor, at `x`.
fn place(text: &Text, x: f32) -> String {
    let [middle, y] = text.at;
    // The anchor is the middle of the capitals; SVG counts from the baseline.
    let baseline = y + text.size_points * CAP_HEIGHT / 2.0;
    let turn = match text.angle_rad {
        0.0 => String::new(),
        angle => format!(" transform=\"rotate({} {} {})\"", number(angle.to_degrees()), number(middle), number(y)),
    };
    format!("x=\"{}\" y=\"{}\" font-size=\"{}\"{turn}", number(x), number(baseline), number(text.size_points))
}

/// Face, room, halo and colour.
fn letter_attributes(text: &Text) -> String {
    let spacing = match text.spacing_points() {
        0.0 => String::new(),
        spacing => format!("letter-spacing=\"{}\" ", number(spacing)),
    };
    let (face, halo) = (face_attributes(text.face), halo_attributes(text.halo, text.size_points));
    format!("{spacing}{}", format!("{face}{halo} {}", color_attributes("fill", text.color)).trim_start())
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

    fn line(text: &str, anchor: Anchor) -> Text {
        Text {
            at: [100.0, 50.0],
            anchor,
            text: text.to_owned(),
            face: Face::Regular,
            size_points: 10.0,
            color: Rgba::rgb(0, 0, 0),
            halo: None,
            letter_spacing_points: 4.0,
            angle_rad: 0.0,
        }
    }

    fn attribute<'a>(element: &'a str, name: &str) -> &'a str {
        element.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("")
    }

    #[test]
    fn a_line_from_right_to_left_says_so_and_its_letters_are_not_pulled_apart() {
        let element = text_element(&line("القدس 1948", Anchor::Middle), Reader::Any);
        assert!(element.contains(">\u{2067}القدس 1948\u{2069}</text>") && !element.contains("letter-spacing"), "{element}");
        let element = text_element(&line("Haifa", Anchor::Middle), Reader::Any);
        assert!(element.contains(">Haifa</text>") && element.contains("letter-spacing=\"4\""), "{element}");
    }

    #[test]
    fn our_reader_gets_each_script_in_its_font_where_the_one_before_it_ends() {
        let elements = text_element(&line("Haifa / حيفا", Anchor::Start), Reader::Ours);
        let [latin, arabic]: [&str; 2] = elements.lines().collect::<Vec<_>>().try_into().expect("two elements");
        assert_eq!((attribute(latin, "x"), attribute(latin, "font-family")), ("100", ""));
        assert_eq!(attribute(arabic, "font-family"), "Noto Sans Arabic");
        let x: f32 = attribute(arabic, "x").parse().expect("a number");
        assert!((x - 100.0 - text_width("Haifa / ", Face::Regular, 10.0, 0.0)).abs() < 1.0, "{x}");
    }

    #[test]
    fn a_centred_line_is_centred_for_every_reader() {
        let element = |reader| text_element(&line("UKRAINE", Anchor::Middle), reader);
        let x: f32 = attribute(&element(Reader::Any), "x").parse().expect("a number");
        // Readers differ in whether room follows the last letter: the line says where it begins.
        assert!(!element(Reader::Any).contains("text-anchor"));
        assert_eq!(element(Reader::Any), element(Reader::Ours));
        let width = text_width("UKRAINE", Face::Regular, 10.0, 4.0);
        assert!((x - (100.0 - width / 2.0)).abs() < 0.6, "{x}");
    }
}
