//! Texts as people write them: CommonMark 0.31 without HTML, as a small model that window, pictures and words are made of.
//!
//! HTML stays text that can be read, pictures of the web are not fetched, links lead to the web or to mail and nowhere else. A line break is a line break.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Quotes and lists inside one another go no deeper; what lies deeper is told on the last level.
const MOST_LEVELS: usize = 8;

/// How a stretch of words is set. All false: as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// `**so**`.
    pub strong: bool,
    /// `*so*`.
    pub emphasis: bool,
    /// `` `so` ``: letter for letter.
    pub code: bool,
}

/// A stretch of words of one manner. Its text may hold line breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The words, without marks; never empty.
    pub text: String,
    /// How they are set.
    pub manner: Manner,
    /// Where they lead: an address that begins with `https://`, `http://` or `mailto:`; `None` for words that lead nowhere.
    pub link: Option<String>,
}

/// A part of a text that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Words.
    Paragraph(Vec<Stretch>),
    /// A heading of level 1 (largest) to 6.
    Heading(u8, Vec<Stretch>),
    /// A list: the number of its first item, `None` for one without numbers; and its items.
    List(Option<u64>, Vec<Vec<Block>>),
    /// Words of somebody else.
    Quote(Vec<Block>),
    /// Lines that stay as they are.
    Code(String),
    /// A line between two parts.
    Rule,
}

/// What a text says that nobody will see as it was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unshown {
    /// A piece of HTML, which is shown as it is written.
    Html(String),
    /// A picture of the web, by its address: only its description is shown.
    Picture(String),
    /// A link to another place than the web or mail, by its address: its words lead nowhere.
    Link(String),
}

/// The blocks of a text. Any text is one; an empty one has none.
pub fn blocks(text: &str) -> Vec<Block> {
    read(text).0
}

/// What a text says that will not be seen as it was meant, in its order.
pub fn unshown(text: &str) -> Vec<Unshown> {
    read(text).1
}

/// The text without marks, for callouts, lists, pictures and whatever else sets plain words. Blocks follow each other with an empty line between, items of a
/// list with a line of their own; quotes have quotation marks, so that nobody takes them for the author's words.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    write_blocks(&blocks(text), "\n\n", &mut out);
    out
}

/// Whether an address may be followed.
pub fn may_be_followed(address: &str) -> bool {
    let starts = |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    ["https://", "http://", "mailto:"].into_iter().any(starts) && !address.contains(|letter: char| letter.is_control())
}

fn read(text: &str) -> (Vec<Block>, Vec<Unshown>) {
    let mut reader = Reader::default();
    Parser::new_ext(text, Options::empty()).for_each(|event| reader.take(event));
    reader.finish()
}

/// What is open around the words that come next.
enum Level {
    List(Option<u64>, Vec<Vec<Block>>),
    Item(Vec<Block>),
    Quote(Vec<Block>),
}

#[derive(Default)]
struct Reader {
    done: Vec<Block>,
    levels: Vec<Level>,
    /// How many levels are open that are too deep to be had.
    too_deep: usize,
    words: Vec<Stretch>,
    strong: usize,
    emphasis: usize,
    /// The links that are open, the innermost last; pictures among them.
    links: Vec<Option<String>>,
    heading: Option<u8>,
    code: Option<String>,
    unshown: Vec<Unshown>,
}

impl Reader {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Code(words) => self.push(&words, true),
            Event::Html(words) | Event::InlineHtml(words) => {
                self.unshown.push(Unshown::Html(words.trim().to_owned()));
                self.push(&words, false);
            }
            Event::SoftBreak | Event::HardBreak => self.push("\n", false),
            Event::Rule => {
                self.end_words();
                self.add(Block::Rule);
            }
            Event::Text(words) | Event::InlineMath(words) | Event::DisplayMath(words) | Event::FootnoteReference(words) => {
                self.push(&words, false)
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn open(&mut self, tag: Tag) {
        match tag {
            Tag::Heading { level, .. } => {
                self.end_words();
                self.heading = Some(number_of(level));
            }
            Tag::BlockQuote(_) => self.deeper(Level::Quote(Vec::new())),
            Tag::List(first) => self.deeper(Level::List(first, Vec::new())),
            Tag::Item => self.deeper(Level::Item(Vec::new())),
            Tag::CodeBlock(_) => {
                self.end_words();
                self.code = Some(String::new());
            }
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strong => self.strong += 1,
            Tag::Link { dest_url, .. } => {
                let leads = may_be_followed(&dest_url);
                self.unshown.extend((!leads).then(|| Unshown::Link(dest_url.to_string())));
                self.links.push(leads.then(|| dest_url.to_string()));
            }
            Tag::Image { dest_url, .. } => {
                self.links.push(may_be_followed(&dest_url).then(|| dest_url.to_string()));
                self.unshown.push(Unshown::Picture(dest_url.to_string()));
            }
            _ => self.end_words(),
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => self.higher(),
            TagEnd::CodeBlock => {
                if let Some(lines) = self.code.take() {
                    self.add(Block::Code(lines.trim_end_matches('\n').to_owned()));
                }
            }
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => drop(self.links.pop()),
            _ => self.end_words(),
        }
    }

    fn push(&mut self, text: &str, code: bool) {
        if let Some(lines) = &mut self.code {
            return lines.push_str(text);
        }
        let manner = Manner { strong: self.strong > 0, emphasis: self.emphasis > 0, code };
        let link = self.links.iter().rev().find_map(Clone::clone);
        match self.words.last_mut().filter(|last| last.manner == manner && last.link == link) {
            Some(last) => last.text.push_str(text),
            None if text.is_empty() => {}
            None => self.words.push(Stretch { text: text.to_owned(), manner, link }),
        }
    }

    /// What was gathered is a paragraph or heading. Words of HTML end with their line.
    fn end_words(&mut self) {
        let heading = self.heading.take();
        if let Some(last) = self.words.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        let mut words = std::mem::take(&mut self.words);
        words.retain(|stretch| !stretch.text.is_empty());
        if !words.is_empty() {
            self.add(match heading {
                Some(level) => Block::Heading(level, words),
                None => Block::Paragraph(words),
            });
        }
    }

    fn add(&mut self, block: Block) {
        match self.levels.last_mut() {
            None => self.done.push(block),
            Some(Level::Item(blocks) | Level::Quote(blocks)) => blocks.push(block),
            Some(Level::List(_, items)) => items.push(vec![block]),
        }
    }

    fn deeper(&mut self, level: Level) {
        self.end_words();
        if self.levels.len() < MOST_LEVELS { self.levels.push(level) } else { self.too_deep += 1 }
    }

    fn higher(&mut self) {
        self.end_words();
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        match self.levels.pop() {
            Some(Level::List(first, items)) => self.add(Block::List(first, items)),
            Some(Level::Quote(blocks)) => self.add(Block::Quote(blocks)),
            Some(Level::Item(blocks)) => match self.levels.last_mut() {
                Some(Level::List(_, items)) => items.push(blocks),
                _ => blocks.into_iter().for_each(|block| self.add(block)),
            },
            None => {}
        }
    }

    fn finish(mut self) -> (Vec<Block>, Vec<Unshown>) {
        self.end_words();
        (self.done, self.unshown)
    }
}

fn number_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// The words of stretches, one after the other.
pub fn words_of(stretches: &[Stretch]) -> String {
    stretches.iter().map(|stretch| stretch.text.as_str()).collect()
}

/// What stands before an item of a list, by its place from 0.
pub fn mark_of(first: Option<u64>, place: usize) -> String {
    first.map_or_else(|| "•".to_owned(), |first| format!("{}.", first.saturating_add(place as u64)))
}

fn write_blocks(blocks: &[Block], between: &str, out: &mut String) {
    for (place, block) in blocks.iter().enumerate() {
        if place > 0 {
            out.push_str(between);
        }
        match block {
            Block::Paragraph(words) | Block::Heading(_, words) => words.iter().for_each(|stretch| out.push_str(&stretch.text)),
            Block::List(first, items) => write_list(*first, items, out),
            Block::Quote(blocks) => write_quote(blocks, out),
            Block::Code(lines) => out.push_str(lines),
            Block::Rule => out.push('—'),
        }
    }
}

fn write_list(first: Option<u64>, items: &[Vec<Block>], out: &mut String) {
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            out.push('\n');
        }
        out.push_str(&mark_of(first, place));
        out.push(' ');
        write_blocks(item, "\n", out);
    }
}

fn write_quote(blocks: &[Block], out: &mut String) {
    let mut words = String::new();
    write_blocks(blocks, "\n\n", &mut words);
    let is_marked = words.starts_with(['“', '"', '„', '«', '‘', '「', '»']);
    let (open, close) = if is_marked { ("", "") } else { ("“", "”") };
    out.extend([open, &words, close]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(text: &str, manner: Manner, link: Option<&str>) -> Stretch {
        Stretch { text: text.to_owned(), manner, link: link.map(str::to_owned) }
    }

    const PLAIN: Manner = Manner { strong: false, emphasis: false, code: false };

    #[test]
    fn marks_become_manners_and_links() {
        let read = blocks("# Day one\nThe **first** *shots*, see [the `UN`](https://un.org/a).");
        let strong = Manner { strong: true, ..PLAIN };
        let emphasis = Manner { emphasis: true, ..PLAIN };
        let code = Manner { code: true, ..PLAIN };
        let words = vec![
            stretch("The ", PLAIN, None),
            stretch("first", strong, None),
            stretch(" ", PLAIN, None),
            stretch("shots", emphasis, None),
            stretch(", see ", PLAIN, None),
            stretch("the ", PLAIN, Some("https://un.org/a")),
            stretch("UN", code, Some("https://un.org/a")),
            stretch(".", PLAIN, None),
        ];
        assert_eq!(read, [Block::Heading(1, vec![stretch("Day one", PLAIN, None)]), Block::Paragraph(words)]);
    }

    #[test]
    fn plain_words_have_no_marks_and_quotes_stay_quotes() {
        let text = "## Two *days*\n\n- one\n- two\n  1. inner\n\n> They came first.\n\n> “So they say.”\n\n---\n\n    as is";
        assert_eq!(plain(text), "Two days\n\n• one\n• two\n1. inner\n\n“They came first.”\n\n“So they say.”\n\n—\n\nas is");
        assert_eq!(plain("1962. It began.\nThen it went on."), "1962. It began.\nThen it went on.");
        assert_eq!(plain(""), "");
    }

    #[test]
    fn html_is_text_and_is_told() {
        let text = "He <b>came</b>.\n\n<script>alert(1)</script>\n\nThen <!-- no --> left.";
        assert_eq!(plain(text), "He <b>came</b>.\n\n<script>alert(1)</script>\n\nThen <!-- no --> left.");
        assert_eq!(unshown(text).len(), 4);
        assert!(unshown("5 < 7 and a & b, 3 > 2").is_empty());
    }

    #[test]
    fn links_lead_to_the_web_or_mail_and_pictures_are_only_described() {
        let link = |text: &str| match blocks(text).remove(0) {
            Block::Paragraph(words) => words[0].link.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(link("[a](HTTPS://un.org)").as_deref(), Some("HTTPS://un.org"));
        assert_eq!(link("<mailto:a@b.org>").as_deref(), Some("mailto:a@b.org"));
        for bad in ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//un.org", "a.geojson", "https:un.org"] {
            assert_eq!(link(&format!("[a]({bad})")), None, "{bad}");
            assert_eq!(unshown(&format!("[a]({bad})")), [Unshown::Link(bad.to_owned())]);
        }
        assert_eq!(plain("![A map](https://x.org/a.png) of it"), "A map of it");
        assert_eq!(unshown("![A map](https://x.org/a.png)"), [Unshown::Picture("https://x.org/a.png".to_owned())]);
    }

    #[test]
    fn what_lies_too_deep_is_told_all_the_same() {
        let text = format!("{}deep\n\nafter", "> ".repeat(20_000));
        assert!(plain(&text).contains("deep") && plain(&text).ends_with("after"));
        assert!(plain(&format!("{}deep", "- ".repeat(3000))).contains("deep"));
    }
}
