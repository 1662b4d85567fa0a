//! A chart on its way to a file.

use std::path::PathBuf;

use crate::{
    export::chart::{chart_png, chart_svg},
    scene::chart::ChartPage,
};

/// What is to be written, and where.
#[derive(Clone, Debug)]
pub struct ChartFile {
    /// Where; a file that is there already is kept, and this one gets a number.
    pub path: PathBuf,
    /// What.
    pub content: ChartContent,
}

/// A chart as it is written.
#[derive(Clone, Debug)]
pub enum ChartContent {
    /// The numbers.
    Csv(String),
    /// The page as SVG.
    Svg(ChartPage),
    /// The page as PNG.
    Png(ChartPage),
}

/// Pixels a point of pictures for slides: 3200 x 1800 of a page of 1600 x 900.
const PNG_SCALE: f64 = 2.0;

impl ChartContent {
    /// The bytes of the file; pictures take their time, so not in a frame.
    ///
    /// # Errors
    /// A sentence for the person: a fault of the program.
    pub fn bytes(&self) -> Result<Vec<u8>, String> {
        match self {
            Self::Csv(text) => Ok(text.clone().into_bytes()),
            Self::Svg(page) => Ok(chart_svg(page, 1.0).into_bytes()),
            Self::Png(page) => chart_png(page, PNG_SCALE).map_err(|error| error.to_string()),
        }
    }
}
