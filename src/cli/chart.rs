//! `border-atlas chart`: areas held, events, sizes of alliances and memberships, as a picture or a table.

use std::path::PathBuf;

use anyhow::{Context, bail};

use super::{
    day_argument, known_argument,
    render::{project_argument, size_argument, write_output},
    view_argument,
};
use crate::{
    export::chart::{chart_csv, chart_png, chart_svg},
    model::{
        Atlas, Chart, PolityIx, Project, View,
        chart::{AreaOf, ChartKind, Topic},
        event::EventFilter,
    },
    scene::{
        Theme,
        chart::{ChartPage, PageInput, page},
    },
    time::{Date, Day},
};

/// The shorter side of a picture in points: letters keep their share of the picture at every size in pixels.
const SHORTER_SIDE_POINTS: f64 = 900.0;

/// Draws a chart, or writes its numbers.
#[derive(clap::Args, Clone, Debug)]
pub struct ChartArguments {
    /// A case study (galwan, nagorno-karabakh, crimea) or a document of your own (GeoJSON); without one the bare world.
    #[arg(value_name = "CASE|FILE")]
    what: Option<String>,
    /// area, events, alliances or memberships.
    #[arg(long)]
    kind: ChartKind,
    /// The disputed area, for `--kind area`. Without one the regions of the case.
    #[arg(long, value_name = "ID")]
    dispute: Option<String>,
    /// The state, for `--kind memberships`. Without one the first party of the case.
    #[arg(long, value_name = "ID")]
    polity: Option<String>,
    /// The alliance, for `--kind alliances`; may stand several times. Without one those of the case.
    #[arg(long, value_name = "ID")]
    alliance: Vec<String>,
    /// The point of view: de-facto, un, or a party's id (ukr). Without one that of the case, else de-facto.
    #[arg(long)]
    view: Option<String>,
    /// The first date. Without one from the beginning of the case, else from the first change.
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// The last date (all of it: 1947 includes December 1947). Without one to the end of the case, else to the last change.
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// A date to mark, with its values.
    #[arg(long, value_name = "DATE")]
    at: Option<String>,
    /// Width and height in pixels, up to 16384 each.
    #[arg(long, value_name = "WxH", default_value = "1600x900")]
    size: String,
    /// light or dark.
    #[arg(long, default_value = "light")]
    theme: Theme,
    /// The file to write; its ending, .svg, .png or .csv, says what is written.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Svg,
    Png,
    Csv,
}

impl ChartArguments {
    /// Counts and writes the file; nothing is left behind where it fails.
    ///
    /// # Errors
    /// Says which argument or file is at fault, why, and what to do.
    pub fn run(&self, atlas: &Atlas) -> anyhow::Result<()> {
        let (format, pixels) = (self.format()?, size_argument(&self.size)?);
        self.check_that_options_fit()?;
        let project = self.what.as_deref().map(|what| project_argument(atlas, what)).transpose()?;
        let view = match (&self.view, &project) {
            (Some(id), _) => view_argument(atlas, id)?,
            (None, Some(project)) => project.opening.view.clone(),
            (None, None) => View::DeFacto,
        };
        let topic = self.topic(atlas, project.as_ref())?;
        let chart = Chart::new(atlas, project.as_ref(), &view, &topic);
        if chart.series.is_empty() {
            bail!("there is nothing to show: {} has no {}", chart.subject, self.nothing());
        }
        let days = self.days(project.as_ref(), &chart)?;
        let scale = pixels[0].min(pixels[1]) / SHORTER_SIDE_POINTS;
        let page = || self.page(atlas, &chart, days, pixels.map(|side| side / scale));
        let bytes = match format {
            Format::Svg => chart_svg(&page()?, scale).into_bytes(),
            Format::Png => chart_png(&page()?, scale)?,
            Format::Csv => chart_csv(&chart, days)?.into_bytes(),
        };
        write_output(&self.output, &bytes)
    }

    fn page(&self, atlas: &Atlas, chart: &Chart, days: (Day, Day), size_points: [f64; 2]) -> anyhow::Result<ChartPage> {
        let day = self.at.as_deref().map(|at| day_argument("--at", at)).transpose()?;
        Ok(page(&PageInput { atlas, chart, days, day, theme: self.theme, size_points }))
    }

    /// An option of another kind of chart would be passed over in silence.
    fn check_that_options_fit(&self) -> anyhow::Result<()> {
        let given = [
            (self.dispute.is_some(), "--dispute", ChartKind::Area),
            (self.polity.is_some(), "--polity", ChartKind::Memberships),
            (!self.alliance.is_empty(), "--alliance", ChartKind::Alliances),
        ];
        match given.into_iter().find(|(is_given, _, kind)| *is_given && *kind != self.kind) {
            Some((_, option, kind)) => bail!("{option} is for --kind {kind}, not for --kind {}", self.kind),
            None => Ok(()),
        }
    }

    fn nothing(&self) -> &'static str {
        match self.kind {
            ChartKind::Area => "land in the atlas. Name a disputed area with --dispute; `border-atlas disputes --at 2020` lists them",
            ChartKind::Events => "events",
            ChartKind::Alliances => "alliances. Name one with --alliance; `border-atlas allies --at 2020` lists them",
            ChartKind::Memberships => "memberships in the atlas. Name another state with --polity",
        }
    }

    fn topic(&self, atlas: &Atlas, project: Option<&Project>) -> anyhow::Result<Topic> {
        Ok(match self.kind {
            ChartKind::Area => Topic::Area(self.area(atlas, project)?),
            ChartKind::Events => Topic::Events(EventFilter::All),
            ChartKind::Alliances => Topic::Alliances(self.alliances(atlas, project)?),
            ChartKind::Memberships => Topic::Memberships(self.polity(atlas, project)?),
        })
    }

    fn area(&self, atlas: &Atlas, project: Option<&Project>) -> anyhow::Result<AreaOf> {
        let all = || atlas.disputes.iter().map(|dispute| dispute.id.as_str());
        match (&self.dispute, project) {
            (Some(id), _) => Ok(AreaOf::Dispute(known_argument("--dispute", id, atlas.dispute(id), all())?.id.clone())),
            (None, Some(_)) => Ok(AreaOf::Document),
            (None, None) => {
                bail!("--kind area: name a case, or an area with --dispute. There are: {}", all().collect::<Vec<_>>().join(", "))
            }
        }
    }

    fn alliances(&self, atlas: &Atlas, project: Option<&Project>) -> anyhow::Result<Vec<crate::model::AllianceId>> {
        let all = || atlas.alliances.iter().map(|alliance| alliance.id.as_str());
        let known = |id: &String| known_argument("--alliance", id, atlas.alliance(id), all()).map(|alliance| alliance.id.clone());
        match (self.alliance.is_empty(), project) {
            (false, _) => self.alliance.iter().map(known).collect(),
            (true, Some(project)) => Ok(project.alliances.clone()),
            (true, None) => {
                bail!("--kind alliances: name a case, or alliances with --alliance. There are: {}", all().collect::<Vec<_>>().join(", "))
            }
        }
    }

    fn polity(&self, atlas: &Atlas, project: Option<&Project>) -> anyhow::Result<PolityIx> {
        if let Some(id) = &self.polity {
            return known_argument("--polity", id, atlas.polities.find(id), atlas.polities.iter().map(|(_, polity)| polity.id.as_str()));
        }
        let first = project.and_then(|project| project.disputants().find_map(|id| atlas.polities.find(id.as_str())));
        first.context("--kind memberships: name a case with parties, or a state with --polity, as in --polity fra")
    }

    /// The days on the chart: as asked, else of the case, else of everything that changes.
    fn days(&self, project: Option<&Project>, chart: &Chart) -> anyhow::Result<(Day, Day)> {
        let (first, last) = match (project.and_then(Project::days), chart.known_days()) {
            // Nothing is gained by a century of empty ground before the first change.
            (Some((first, last)), Some((known, _))) => whole_years((first.max(known).min(last), last)),
            (own, known) => own.or(known).map_or((Day::default(), Day::default()), whole_years),
        };
        let first = self.from.as_deref().map_or(Ok(first), |text| day_argument("--from", text))?;
        let last = self.to.as_deref().map_or(Ok(last), last_day_argument)?;
        anyhow::ensure!(first < last, "--from and --to: the first date ({first}) must lie before the last ({last})");
        Ok((first, last))
    }

    fn format(&self) -> anyhow::Result<Format> {
        let ending = self.output.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        match ending.as_deref() {
            Some("svg") => Ok(Format::Svg),
            Some("png") => Ok(Format::Png),
            Some("csv") => Ok(Format::Csv),
            _ => bail!("-o {}: the name must end in .svg, .png or .csv, which says what is written", self.output.display()),
        }
    }
}

/// From the first day of the first year to the last of the last.
fn whole_years((first, last): (Day, Day)) -> (Day, Day) {
    (Day::from_ymd(first.year(), 1, 1).unwrap_or(first), Day::from_ymd(last.year(), 12, 31).unwrap_or(last))
}

/// All of a written end belongs to it.
fn last_day_argument(text: &str) -> anyhow::Result<Day> {
    day_argument("--to", text)?;
    Ok(Date::parse(text)?.latest)
}
