//! A chart as SVG, PNG and CSV. All three are made of the same [`Chart`]; the pictures draw the same items as the window.

use crate::{
    model::chart::{Chart, ChartKind, Step},
    scene::chart::ChartPage,
    time::Day,
};

use super::{
    png::{PngError, png_of_svg},
    svg::Writer,
    svg_items::write_item,
    svg_text::Reader,
};

/// The page as an SVG document; `scale` multiplies the size at which it is shown, not what is drawn.
pub fn chart_svg(page: &ChartPage, scale: f64) -> String {
    document(page, scale, Reader::Any)
}

fn document(page: &ChartPage, scale: f64, reader: Reader) -> String {
    let mut writer = Writer::titled(page.size_points, scale, &page.title, &page.description);
    writer.reader = reader;
    // Figures of one width in whatever knows them, so that columns of numbers stand straight.
    writer.out.push_str("<g id=\"chart\" style=\"font-variant-numeric:tabular-nums\">\n");
    page.items.iter().for_each(|item| write_item(&mut writer, item));
    writer.close();
    writer.finish()
}

/// The page as a PNG picture with `scale` pixels a point.
///
/// # Errors
/// As [`super::png()`].
pub fn chart_png(page: &ChartPage, scale: f64) -> Result<Vec<u8>, PngError> {
    png_of_svg(&document(page, 1.0, Reader::Ours), page.size_points, scale)
}

/// The columns of the table.
const COLUMNS: [&str; 13] =
    ["chart", "subject", "view", "series", "id", "from", "until", "value", "unit", "approximate", "full", "detail", "sources"];

/// The numbers that hold on any day from the first to the last: a row a step, with the whole of its own dates. `from` and `until` are days,
/// both included, and empty for since ever and still so; `approximate` is the part of the value that rests on approximate borders. Every row of a what-if branch says so in its `subject`.
///
/// # Errors
/// Only if the table cannot be put together: a fault of the program.
pub fn chart_csv(chart: &Chart, days: (Day, Day)) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    let subject = chart.what_if.as_ref().map_or_else(|| chart.subject.clone(), |mark| format!("{mark}: {}", chart.subject));
    for series in &chart.series {
        for step in series.steps.iter().filter(|step| step.overlaps(days)) {
            let cells = [chart.kind.id(), &subject, chart.view.id(), &series.name, series.who.id()].map(guarded);
            writer.write_record(cells.into_iter().chain(step_cells(chart, step)))?;
        }
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn step_cells(chart: &Chart, step: &Step) -> [String; 8] {
    let number = |value: f64| if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") };
    let sources: Vec<&str> = step.sources.iter().map(|source| source.as_str()).collect();
    [
        if step.from == Day::MIN { String::new() } else { step.from.to_string() },
        if step.past_end == Day::MAX { String::new() } else { step.past_end.plus_days(-1).to_string() },
        number(step.value),
        chart.unit.id().to_owned(),
        if chart.kind == ChartKind::Area { number(step.approximate) } else { String::new() },
        if chart.kind == ChartKind::Memberships { step.full.to_string() } else { String::new() },
        guarded(&step.detail),
        guarded(&sources.join(";")),
    ]
}

/// A text as a cell of CSV, with a guard before what a spreadsheet would run as a formula. Numbers and dates stay as they are.
pub fn guarded(text: &str) -> String {
    let is_date = || text.chars().all(|letter| letter.is_ascii_digit() || letter == '-');
    if text.starts_with(['=', '+', '@', '\t', '\r']) || text.starts_with('-') && text.parse::<f64>().is_err() && !is_date() {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
