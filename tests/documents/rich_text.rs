//! Laws of texts: whatever is written is shown, and nothing that is written breaks the program.

use border_atlas::model::rich_text::{Block, Stretch, blocks, may_be_followed, plain, unshown};
use proptest::prelude::*;

/// Every stretch of words, wherever it stands.
fn stretches<'a>(blocks: &'a [Block], found: &mut Vec<&'a Stretch>) {
    for block in blocks {
        match block {
            Block::Paragraph(words) | Block::Heading(_, words) => found.extend(words),
            Block::List(_, items) => items.iter().for_each(|item| stretches(item, found)),
            Block::Quote(inner) => stretches(inner, found),
            Block::Code(_) | Block::Rule => {}
        }
    }
}

fn depth(blocks: &[Block]) -> usize {
    let below = blocks.iter().map(|block| match block {
        Block::List(_, items) => items.iter().map(|item| depth(item)).max().unwrap_or(0),
        Block::Quote(inner) => depth(inner),
        _ => 0,
    });
    1 + below.max().unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Any text at all can be read; no stretch is empty, every link may be followed, nothing lies too deep.
    #[test]
    fn any_text_is_a_text(text in "([-*_>#`!<a-c/\\[\\]()&;.:0-9 \\n\\t~|א-ד\\\\]|https://a.b|\\PC){0,120}") {
        let read = blocks(&text);
        let mut found = Vec::new();
        stretches(&read, &mut found);
        prop_assert!(found.iter().all(|stretch| !stretch.text.is_empty()));
        prop_assert!(found.iter().filter_map(|stretch| stretch.link.as_deref()).all(may_be_followed));
        prop_assert!(depth(&read) <= 9);
        plain(&text);
        unshown(&text);
    }

    /// Words without marks stay as they are, in all scripts, with their line breaks.
    #[test]
    fn plain_words_stay_as_they_are(
        paragraphs in proptest::collection::vec("[A-Za-zא-תا-ي一-丁Ա-Ֆ][A-Za-zא-תا-ي一-丁0-9,;.?()'“” ]{0,30}[a-z.]( [a-z]|\\n[a-z]){0,4}", 0..5)
    ) {
        let text = paragraphs.join("\n\n").replace("  ", " ").replace(" \n", "\n");
        prop_assert_eq!(plain(&text), text.clone());
        prop_assert!(unshown(&text).is_empty());
    }

    /// No letter that is not a mark is lost.
    #[test]
    fn every_word_is_shown(words in proptest::collection::vec("[a-z]{1,8}", 1..12), marks in proptest::collection::vec("|\\*|\\*\\*|_|`|> |- |1\\. |# |<b>|\\n|\\n\\n|!\\[|\\[", 12)) {
        let text: String = words.iter().zip(&marks).map(|(word, mark)| format!("{mark}{word} ")).collect();
        let shown = plain(&text);
        for word in &words {
            prop_assert!(shown.contains(word.as_str()), "{:?} of {:?}", word, text);
        }
    }
}
