//! The arguments that pages share: what paper, and what they say.

use anyhow::bail;

use super::day_argument;
use crate::{
    export::{
        About, Orientation, PageWords, Paper,
        lacking::Lacking,
        paper::{Format, MOST_MARGIN_MM},
        sheet::Sheet,
    },
    time::Day,
};

/// The margin in millimetres where none is asked for: what printers leave white, and a little more.
const MARGIN_MM: f64 = 12.0;
/// What photographs and good printers are made for.
const DOTS_PER_INCH: f64 = 300.0;

/// What a page or a PDF says, and on what paper.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct PageArguments {
    /// Lay the map out as a page for print: a4, a3, a2, letter, legal or tabloid.
    #[arg(long)]
    pub paper: Option<Format>,
    /// portrait or landscape; landscape without one.
    #[arg(long, requires = "paper")]
    pub orientation: Option<Orientation>,
    /// What stays white on each side of the page, in millimetres, 0 to 50.
    #[arg(long, value_name = "MM", requires = "paper", value_parser = margin)]
    pub margin: Option<f64>,
    /// Pixels an inch of a page that is written as PNG, 36 to 1200; 300 without it.
    #[arg(long, value_name = "N", requires = "paper", value_parser = dots_per_inch)]
    pub dpi: Option<f64>,
    /// The title of the page or PDF; without one that of the case or scene.
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Said below the title of the page.
    #[arg(long, value_name = "TEXT", requires = "paper")]
    pub caption: Option<String>,
    /// Said before the notes along the lower edge of the page.
    #[arg(long, value_name = "TEXT", requires = "paper")]
    pub note: Option<String>,
    /// Who made it: said on the page and in the PDF.
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    /// The date of making that a PDF names; without one it names none, so that the same command gives the same bytes on any day.
    #[arg(long, value_name = "DATE")]
    pub made_on: Option<String>,
}

impl PageArguments {
    /// The sheet; `None` where no page is asked for.
    pub(super) fn paper(&self) -> Option<Paper> {
        let orientation = self.orientation.unwrap_or(Orientation::Landscape);
        self.paper.map(|format| Paper { format, orientation, margin_mm: self.margin.unwrap_or(MARGIN_MM) })
    }

    /// Pixels an inch of a page as PNG.
    pub(super) fn dots_per_inch(&self) -> f64 {
        self.dpi.unwrap_or(DOTS_PER_INCH)
    }

    pub(super) fn words(&self) -> PageWords {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        PageWords { title: self.title.clone(), caption: text(&self.caption), note: text(&self.note), author: text(&self.author) }
    }

    /// What a PDF of a picture says of itself.
    ///
    /// # Errors
    /// A date that cannot be read.
    pub(super) fn about(&self, about: About) -> anyhow::Result<About> {
        Ok(About { title: self.title.clone().unwrap_or(about.title), ..self.about_titled("", about.description)? })
    }

    /// What a PDF of a page says of itself.
    ///
    /// # Errors
    /// A date that cannot be read.
    pub(super) fn about_sheet(&self, sheet: &Sheet) -> anyhow::Result<About> {
        self.about_titled(&sheet.title, String::new())
    }

    fn about_titled(&self, title: &str, description: String) -> anyhow::Result<About> {
        let title = self.title.clone().unwrap_or_else(|| title.to_owned());
        let made_on = made_on(self.made_on.as_deref())?;
        Ok(About { title, author: self.author.clone().unwrap_or_default(), description, made_on })
    }
}

/// The day of `--made-on`.
pub(super) fn made_on(text: Option<&str>) -> anyhow::Result<Option<Day>> {
    text.map(|text| day_argument("--made-on", text)).transpose()
}

/// `--dpi`, in pixels an inch.
fn dots_per_inch(text: &str) -> anyhow::Result<f64> {
    match text.parse::<f64>() {
        Ok(dpi) if (36.0..=1200.0).contains(&dpi) => Ok(dpi),
        _ => bail!("write pixels an inch from 36 to 1200, as in 300"),
    }
}

/// Says on the standard error stream what is missing in a picture for want of letters.
pub(super) fn warn_of_lacking(lacking: &[Lacking]) {
    for lacking in lacking {
        eprintln!("border-atlas: warning: {lacking}");
    }
}

/// `--margin`, in millimetres.
pub(super) fn margin(text: &str) -> anyhow::Result<f64> {
    match text.parse::<f64>() {
        Ok(margin_mm) if (0.0..=MOST_MARGIN_MM).contains(&margin_mm) => Ok(margin_mm),
        _ => bail!("write millimetres from 0 to {MOST_MARGIN_MM}, as in 12"),
    }
}
