//! The picture as bytes: SVG and PDF for print and editing, PNG for slides, moving pictures; charts as the same and as tables; and the bibliography as text. Nothing here touches files, screens or
//! graphics cards.

pub mod animation;
pub mod bibliography;
pub mod chart;
mod handout;
pub mod html;
pub mod lacking;
pub mod page;
pub mod paper;
pub mod pdf;
pub mod png;
pub mod raster;
pub mod shapes;
pub mod sheet;
pub mod svg;
mod svg_items;
mod svg_sheet;
mod svg_symbol;
mod svg_text;
mod typeset;

pub use handout::{Handout, handout, slides};
pub use html::{HtmlOptions, html};
pub use page::{PageWords, page};
pub use paper::{Orientation, Paper};
pub use pdf::{About, PdfError, pdf, pdf_of_panes, pdf_of_sheets};
pub use png::{PngError, paper_png, png, sheet_png};
pub use svg::svg;
pub use svg_sheet::{paper_svg, sheet_svg};
pub use svg_symbol::symbol_svg;
