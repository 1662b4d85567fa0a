//! Sheets of paper: pictures in frames, with lines of text and drawing beside them. What pages, handouts and slides are laid out as, and what PDF, SVG and PNG
//! draw.

use crate::scene::{Item, Rect, Rgba, sheet::Sheet as Panes};

/// One sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Width and height in points.
    pub size_points: [f64; 2],
    /// How many times larger than 1/96 inch a point is on paper.
    pub scale: f64,
    /// What a list of contents calls it.
    pub title: String,
    /// The colour of the paper.
    pub paper: Rgba,
    /// Back to front, which is also the order of reading.
    pub blocks: Vec<Block>,
}

/// A part of a sheet that belongs together.
#[derive(Clone, Debug)]
pub enum Block {
    /// A picture in a frame, cut at its edges.
    Picture(Box<Picture>),
    /// Lines of text and drawing, in points of the sheet.
    Items {
        /// What they are to whoever has the sheet read out.
        role: Role,
        /// Back to front.
        items: Vec<Item>,
    },
    /// A place that leads to an address when it is clicked.
    Link {
        /// Where, in points of the sheet.
        rect: Rect,
        /// The address.
        address: String,
    },
}

/// A picture on a sheet.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its frame, in points of the sheet, of the same proportions as what is drawn, which is made larger or smaller to fill it.
    pub rect: Rect,
    /// What is drawn: one map, or several with what lies over them.
    pub panes: Panes,
    /// The picture in words, for whoever cannot see it.
    pub words: String,
}

/// What lines of text are to whoever has a sheet read out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The title of the sheet or of a picture on it.
    Heading,
    /// Text.
    Paragraph,
    /// A work in a bibliography.
    Reference,
    /// Rules, frames, page numbers: left out when the sheet is read out.
    Decoration,
}

impl Sheet {
    /// A sheet that is one picture and as large as it.
    pub fn of_panes(panes: Panes, scale: f64, words: String) -> Self {
        let [width, height] = panes.size_points;
        let (title, paper) = (panes.title.clone(), panes.page);
        let picture = Picture { rect: Rect::new(0.0, 0.0, width as f32, height as f32), panes, words };
        Self { size_points: [width, height], scale, title, paper, blocks: vec![Block::Picture(Box::new(picture))] }
    }
}
