//! Things one below the other, on as many pages as they take.

use crate::{
    export::{
        paper::Paper,
        sheet::{Block, Picture, Role, Sheet},
        typeset::{Column, Setting},
    },
    scene::{Anchor, Face, Fill, Item, Rect, Rgba, Stroke, Style, Text},
};

/// What title and number at the foot of a page take, in points.
const FOOT: f32 = 28.0;
/// The letters of the foot.
const FOOT_POINTS: f32 = 9.0;
/// How far points of a list are set in.
const SET_IN: f32 = 14.0;

/// Pages that are filled.
pub(super) struct Flow {
    paper: Paper,
    pub(super) style: Style,
    inside: Rect,
    pages: Vec<Vec<Block>>,
    /// Where the next thing stands on the last page.
    y: f32,
    /// Where the first thing after the title stood, from the top.
    title_height: f32,
}

impl Flow {
    pub(super) fn new(paper: Paper, style: Style) -> Self {
        let mut inside = paper.inside();
        inside.max[1] -= FOOT;
        Self { paper, style, inside, pages: vec![Vec::new()], y: inside.min[1], title_height: 0.0 }
    }

    /// What a line may take, in points.
    pub(super) fn width(&self) -> f32 {
        self.inside.width()
    }

    /// What a page without a title has for its contents, in points.
    pub(super) fn page_height(&self) -> f32 {
        self.inside.height()
    }

    /// What is left of the page, in points.
    pub(super) fn room(&self) -> f32 {
        self.inside.max[1] - self.y
    }

    /// What the title took of the page, as long as that is the first one; 0 on all others.
    pub(super) fn title_height(&self) -> f32 {
        if self.pages.len() == 1 { self.title_height } else { 0.0 }
    }

    /// How many pictures stand on the last page.
    pub(super) fn picture_count(&self) -> usize {
        self.pages.last().map_or(0, |page| page.iter().filter(|block| matches!(block, Block::Picture(_))).count())
    }

    /// Begins a page; nothing where one has just begun.
    pub(super) fn next_page(&mut self) {
        if self.pages.last().is_some_and(|page| !page.is_empty()) {
            self.pages.push(Vec::new());
        }
        self.y = self.inside.min[1];
    }

    /// Begins a page unless there is so much room, or the page is empty.
    pub(super) fn keep_together(&mut self, height: f32) {
        if self.y + height > self.inside.max[1] {
            self.next_page();
        }
    }

    /// Leaves room; none at the head of a page.
    pub(super) fn skip(&mut self, points: f32) {
        if self.y > self.inside.min[1] {
            self.y += points;
        }
        if self.title_height == 0.0 {
            self.title_height = self.y - self.inside.min[1];
        }
    }

    /// How high a text gets.
    pub(super) fn height(&self, text: &str, setting: Setting) -> f32 {
        setting.lines(text, self.width()).len() as f32 * setting.line_height()
    }

    /// A text that goes on on the next page where there is no more room.
    pub(super) fn block(&mut self, text: &str, setting: Setting, role: Role) {
        self.lines(text, setting, role, 0.0);
    }

    /// A paragraph, or a point of a list where it begins with `- `.
    pub(super) fn paragraph(&mut self, text: &str, setting: Setting) {
        match text.strip_prefix("- ") {
            Some(point) => {
                self.keep_together(setting.line_height());
                let at = [self.inside.min[0] + SET_IN * 0.4, self.y + setting.line_height() / 2.0];
                let (color, radius_points) = (setting.color, setting.size_points * 0.14);
                let dot = Item::Dot { at, radius_points, color, stroke: Stroke::solid(color, 0.0) };
                self.push(Block::Items { role: Role::Decoration, items: vec![dot] });
                self.lines(point, setting, Role::Paragraph, SET_IN);
            }
            None => self.lines(text, setting, Role::Paragraph, 0.0),
        }
        self.skip(setting.size_points * 0.4);
    }

    fn lines(&mut self, text: &str, setting: Setting, role: Role, set_in: f32) {
        for line in setting.lines(text, self.width() - set_in) {
            self.keep_together(setting.line_height());
            let mut column = Column::new(self.inside.min[0] + set_in, self.y, self.width() - set_in);
            column.line(&line, setting);
            self.y = column.y;
            self.add_items(role, column.items);
        }
    }

    /// Adds to the last block where that is of the same role, so that a paragraph is one.
    fn add_items(&mut self, role: Role, new: Vec<Item>) {
        match self.pages.last_mut().and_then(|page| page.last_mut()) {
            Some(Block::Items { role: last, items }) if *last == role && role == Role::Heading => items.extend(new),
            _ => self.push(Block::Items { role, items: new }),
        }
    }

    /// A line of items whose places are given from its left end and the middle of its height; with addresses that parts of it lead to.
    pub(super) fn set_line(&mut self, height: f32, items: Vec<Item>, links: Vec<(Rect, String)>, role: Role) {
        self.keep_together(height);
        let by = [self.inside.min[0], self.y + height / 2.0];
        self.add_items(role, items.into_iter().map(|item| item.placed(1.0, by)).collect());
        for (rect, address) in links {
            let rect = Rect { min: [rect.min[0] + by[0], rect.min[1] + by[1]], max: [rect.max[0] + by[0], rect.max[1] + by[1]] };
            self.push(Block::Link { rect, address });
        }
        self.y += height;
    }

    /// A picture in a thin frame, its place given from the left end of the line.
    pub(super) fn picture(&mut self, place: &Rect, picture: impl FnOnce(Rect) -> Picture) {
        self.keep_together(place.height());
        let rect = Rect::new(self.inside.min[0] + place.min[0], self.y, place.width(), place.height());
        self.push(Block::Picture(Box::new(picture(rect))));
        let no_fill = Fill::plain(Rgba([0; 4]));
        let frame = Item::Box { rect, radius_points: 0.0, fill: no_fill, stroke: Some(Stroke::solid(self.style.panel_edge, 0.75)) };
        self.push(Block::Items { role: Role::Decoration, items: vec![frame] });
        self.y = rect.max[1];
    }

    fn push(&mut self, block: Block) {
        if let Some(page) = self.pages.last_mut() {
            page.push(block);
        }
    }

    /// The sheets, each with the title and its number at the foot.
    pub(super) fn finish(mut self, title: &str) -> Vec<Sheet> {
        if self.pages.len() > 1 && self.pages.last().is_some_and(Vec::is_empty) {
            self.pages.pop();
        }
        let count = self.pages.len();
        let pages = std::mem::take(&mut self.pages);
        let sheet = |(number, mut blocks): (usize, Vec<Block>)| {
            blocks.push(Block::Items { role: Role::Decoration, items: self.foot(title, number, count) });
            let title = heading_of(&blocks).unwrap_or_else(|| title.to_owned());
            Sheet { size_points: self.paper.size_points(), scale: self.paper.scale(), title, paper: self.style.page, blocks }
        };
        (1..).zip(pages).map(sheet).collect()
    }

    fn foot(&self, title: &str, number: usize, count: usize) -> Vec<Item> {
        let y = self.inside.max[1] + FOOT - FOOT_POINTS / 2.0;
        let setting = Setting::new(Face::Regular, FOOT_POINTS, self.style.quiet_ink).at_most(1);
        let [left, right] = [self.inside.min[0], self.inside.max[0]];
        let line = |text: &str, at| Text::line(text, at, setting.face, setting.size_points, setting.color);
        let mut items: Vec<Item> =
            setting.lines(title, self.width() * 0.8).iter().map(|title| Item::Text(line(title, [left, y]))).collect();
        items.push(Item::Text(Text { anchor: Anchor::End, ..line(&format!("{number} / {count}"), [right, y]) }));
        let rule = vec![[left, y - FOOT_POINTS - 2.0], [right, y - FOOT_POINTS - 2.0]];
        items.push(Item::Polyline { points: rule, stroke: Stroke::solid(self.style.panel_edge, 0.75), soft: false });
        items
    }
}

/// The first heading of a page, for the list of contents.
fn heading_of(blocks: &[Block]) -> Option<String> {
    let of_heading = |block: &Block| match block {
        Block::Items { role: Role::Heading, items } => Some(
            items
                .iter()
                .filter_map(|item| match item {
                    Item::Text(text) => Some(text.text.clone()),
                    _ => None,
                })
                .collect::<Vec<_>>()
                .join(" "),
        ),
        _ => None,
    };
    blocks.iter().find_map(of_heading)
}
