//! The marks of CommonMark, put on what is selected in a field and taken off again.

use std::ops::Range;

/// What can be done to selected words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mark {
    /// `**so**`.
    #[default]
    Strong,
    /// `*so*`.
    Emphasis,
    /// `- ` before each line.
    List,
    /// `[so](https://)`.
    Link,
    /// `> ` before each line.
    Quote,
}

/// The text with a mark put on what is selected, or taken off where it has it; and what is selected then. Selections are in letters.
pub(super) fn marked(text: &str, selected: Range<usize>, mark: Mark) -> (String, Range<usize>) {
    let letters: Vec<char> = text.chars().collect();
    let end = selected.end.min(letters.len());
    let selected = selected.start.min(end)..end;
    match mark {
        Mark::Strong => around(&letters, selected, 2),
        Mark::Emphasis => around(&letters, selected, 1),
        Mark::List => lines(&letters, selected, "- "),
        Mark::Quote => lines(&letters, selected, "> "),
        Mark::Link => link(&letters, selected),
    }
}

/// Puts stars around the words, without the spaces at their ends; one is emphasis, two are strength, three both.
fn around(letters: &[char], selected: Range<usize>, stars: usize) -> (String, Range<usize>) {
    let inner = trimmed(letters, selected);
    let before = letters[..inner.start].iter().rev().take_while(|letter| **letter == '*').count();
    let after = letters[inner.end..].iter().take_while(|letter| **letter == '*').count();
    let has = |count: usize| if stars == 1 { count % 2 == 1 } else { count >= 2 };
    if has(before) && has(after) {
        let (start, end) = (inner.start - stars, inner.end + stars);
        let text = letters[..start].iter().chain(&letters[inner.clone()]).chain(&letters[end..]).collect();
        return (text, start..start + inner.len());
    }
    let sign = "*".repeat(stars);
    (with(letters, &inner, [&sign, &sign]), inner.start + stars..inner.end + stars)
}

fn link(letters: &[char], selected: Range<usize>) -> (String, Range<usize>) {
    const ADDRESS: &str = "https://";
    let inner = trimmed(letters, selected);
    let start = inner.end + "[](".len();
    (with(letters, &inner, ["[", &format!("]({ADDRESS})")]), start..start + ADDRESS.len())
}

/// Puts a sign before each line that is selected, or takes it off where all have it.
fn lines(letters: &[char], selected: Range<usize>, sign: &str) -> (String, Range<usize>) {
    let start = letters[..selected.start].iter().rposition(|letter| *letter == '\n').map_or(0, |at| at + 1);
    let end = letters[selected.end..].iter().position(|letter| *letter == '\n').map_or(letters.len(), |at| selected.end + at);
    let part: String = letters[start..end].iter().collect();
    let all = part.split('\n').all(|line| line.starts_with(sign));
    let change = |line: &str| if all { line[sign.len()..].to_owned() } else { format!("{sign}{line}") };
    let part = part.split('\n').map(change).collect::<Vec<_>>().join("\n");
    let length = part.chars().count();
    let (head, tail): (String, String) = (letters[..start].iter().collect(), letters[end..].iter().collect());
    // A list or quote that follows words at once would not be one.
    let gap = if !all && head.ends_with('\n') && !head.ends_with("\n\n") && !head.trim_end().is_empty() { "\n" } else { "" };
    let start = start + gap.len();
    (format!("{head}{gap}{part}{tail}"), if selected.is_empty() { start + length..start + length } else { start..start + length })
}

fn trimmed(letters: &[char], selected: Range<usize>) -> Range<usize> {
    let words = &letters[selected.clone()];
    match words.iter().position(|letter| !letter.is_whitespace()) {
        None => selected.end..selected.end,
        Some(first) => {
            let last = words.iter().rposition(|letter| !letter.is_whitespace()).unwrap_or(first);
            selected.start + first..selected.start + last + 1
        }
    }
}

fn with(letters: &[char], inner: &Range<usize>, [open, close]: [&str; 2]) -> String {
    let part = |range: Range<usize>| letters[range].iter().collect::<String>();
    format!("{}{open}{}{close}{}", part(0..inner.start), part(inner.clone()), part(inner.end..letters.len()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_are_put_on_and_taken_off() {
        assert_eq!(marked("the first shots", 4..10, Mark::Strong), ("the **first** shots".to_owned(), 6..11));
        assert_eq!(marked("the **first** shots", 6..11, Mark::Emphasis), ("the ***first*** shots".to_owned(), 7..12));
        assert_eq!(marked("the ***first*** shots", 7..12, Mark::Strong), ("the *first* shots".to_owned(), 5..10));
        assert_eq!(marked("see UN", 4..6, Mark::Link), ("see [UN](https://)".to_owned(), 9..17));
        assert_eq!(marked("קו Ä", 0..2, Mark::Emphasis), ("*קו* Ä".to_owned(), 1..3));
        assert_eq!(marked("one\ntwo", 0..7, Mark::List), ("- one\n- two".to_owned(), 0..11));
        assert_eq!(marked("word\none\ntwo", 6..10, Mark::Quote), ("word\n\n> one\n> two".to_owned(), 6..17));
        assert_eq!(marked("", 0..0, Mark::List), ("- ".to_owned(), 2..2));
    }

    proptest! {
        /// What is marked twice is as it was, and a selection beyond the end does no harm.
        #[test]
        fn twice_is_not_at_all(text in "[a-zא-ת *\\n>-]{0,30}", start in 0_usize..40, length in 0_usize..40, which in 0_usize..5) {
            let mark = [Mark::Strong, Mark::Emphasis, Mark::List, Mark::Quote, Mark::Link][which];
            let (once, selected) = marked(&text, start..start + length, mark);
            prop_assert!(selected.end <= once.chars().count());
            let toggles = match mark {
                Mark::Strong | Mark::Emphasis => !text.contains('*'),
                Mark::List | Mark::Quote => !text.contains('\n') && !text.contains(['>', '-']),
                Mark::Link => false,
            };
            if toggles {
                prop_assert_eq!(marked(&once, selected, mark).0, text);
            }
        }
    }
}
