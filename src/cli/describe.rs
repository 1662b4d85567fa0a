//! `border-atlas describe`: the map that `render` draws, in words.

use std::path::PathBuf;

use super::{
    page::PageArguments,
    print,
    render::{PictureArguments, RenderArguments},
};
use crate::{
    geometry::Projection,
    model::Atlas,
    scene::{Coloring, Frame, Theme, Twin, compose},
};

/// Arguments of `describe`: those of `render` that decide what is in the picture.
#[derive(clap::Args, Clone, Debug)]
pub struct DescribeArguments {
    /// A case study (galwan, nagorno-karabakh, crimea) or a document of your own (GeoJSON); without one the bare world.
    #[arg(value_name = "CASE|FILE")]
    what: Option<String>,
    /// The date: 2020-06-15, 1914, 1783-04. Without one that of the case, else 2020-01-01.
    #[arg(long, value_name = "DATE")]
    at: Option<String>,
    /// Tell events from this date on. Without one those of the year before.
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// The point of view: de-facto, un, or a party's id (ukr). Without one that of the case, else de-facto.
    #[arg(long)]
    view: Option<String>,
    /// Name the members of this alliance; may stand several times. Without one those of the case.
    #[arg(long, value_name = "ID")]
    alliance: Vec<String>,
    /// mercator, equal-earth or globe. Without one that of the case, else equal-earth.
    #[arg(long)]
    projection: Option<Projection>,
    /// What to tell of, in degrees: west,south,east,north. Without one that of the case, else the whole world.
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true)]
    bbox: Option<String>,
}

impl DescribeArguments {
    /// Prints the words as Markdown.
    ///
    /// # Errors
    /// Says which argument or file is at fault, why, and what to do.
    pub fn run(&self, atlas: &Atlas) -> anyhow::Result<()> {
        let picture = RenderArguments {
            picture: PictureArguments {
                what: self.what.clone(),
                alliance: self.alliance.clone(),
                projection: self.projection,
                bbox: self.bbox.clone(),
                size: String::new(),
                theme: Theme::Light,
                coloring: Coloring::Story,
                graticule: false,
                today: false,
                no_locator: false,
            },
            at: self.at.clone(),
            since: self.since.clone(),
            view: self.view.clone(),
            output: PathBuf::new(),
            scene: None,
            all_scenes: false,
            step: None,
            page: PageArguments::default(),
        };
        let project = picture.picture.project(atlas)?;
        let twin = picture.picture(atlas, project.as_ref(), [1920.0, 1080.0], Frame::Print, |input| Twin::new(input, &compose(input)))?;
        print(&twin.markdown())
    }
}
