//! A lecture on paper: its pictures with captions, its notes where they are asked for, and its sources at the end; and a lecture as slides.

mod flow;
mod references;

use std::sync::atomic::{AtomicUsize, Ordering};

use self::flow::Flow;
use super::{
    bibliography::{CitationStyle, Stylist},
    paper::Paper,
    pdf::About,
    sheet::{Picture, Role, Sheet},
    typeset::{Setting, paragraphs},
};
use crate::{
    model::{Atlas, Project, Slide, slide::SlideKind},
    scene::{Face, Rect, STAGE_POINTS, Staging, Style, Theme, sheet::Sheet as Panes},
};

/// The proportions of a lecture's pictures.
const WIDE: f64 = 16.0 / 9.0;
/// How many times larger than 1/96 inch a point of a slide is: the usual 13 1/3 x 7 1/2 inches.
const SLIDE_SCALE: f64 = 720.0 / STAGE_POINTS;
/// Between a picture and what is said of it, in points.
const CLOSE: f32 = 6.0;
/// Between two scenes, in points.
const APART: f32 = 20.0;
/// A picture gives way to what stands above it down to this share of its size.
const LEAST_SHARE: f32 = 0.7;
/// A caption takes at most so many lines.
const CAPTION_LINES: usize = 4;

/// What a handout is to look like.
#[derive(Clone, Copy, Debug)]
pub struct Handout {
    /// The paper, which stands upright.
    pub paper: Paper,
    /// How many pictures stand on a page, 1 to 3.
    pub per_page: usize,
    /// Whether what the speaker has in the notes is printed.
    pub with_notes: bool,
    /// Of scenes that name none of their own.
    pub theme: Theme,
    /// In which style sources are cited.
    pub style: CitationStyle,
}

/// The sheets of a handout. Scenes that show nothing are left out. `None` where the style of citing cannot be made ready: a fault of the program.
pub fn handout(atlas: &Atlas, project: &Project, handout: &Handout, about: &About) -> Option<Vec<Sheet>> {
    let stylist = Stylist::new(handout.style)?;
    let style = Style::new(handout.theme);
    let told: Vec<(usize, &Slide)> = (1..).zip(&project.slides).filter(|(_, slide)| slide.kind != SlideKind::Black).collect();
    let scenes = side_by_side(told.len(), |index| picture_of(atlas, project, told[index].1, handout.theme));
    let mut flow = Flow::new(handout.paper, style);
    opening(&mut flow, project, about);
    for ((number, slide), scene) in told.into_iter().zip(scenes) {
        entry(&mut flow, (number, slide), scene, handout);
    }
    let sources = atlas.bibliography_of(project);
    references::write(&mut flow, &stylist.bibliography(&sources));
    Some(flow.finish(&about.title))
}

/// The picture of a scene with all of its steps taken, without what stands below it on paper; `None` for one of words alone.
fn picture_of(atlas: &Atlas, project: &Project, slide: &Slide, theme: Theme) -> Option<Panes> {
    if matches!(slide.kind, SlideKind::Title | SlideKind::Text) {
        return None;
    }
    let mut staging = Staging::new(atlas, project, slide, slide.picture_count() - 1, theme);
    staging.telling.words.iter_mut().for_each(|words| words.caption.clear());
    Some(staging.sheet(atlas, project, [STAGE_POINTS * WIDE, STAGE_POINTS]))
}

fn opening(flow: &mut Flow, project: &Project, about: &About) {
    let style = flow.style.clone();
    if let Some(sandbox) = &project.sandbox {
        flow.block(&sandbox.mark(), Setting::new(Face::SemiBold, 13.0, style.accent), Role::Paragraph);
    }
    flow.block(&about.title, Setting::new(Face::SemiBold, 24.0, style.ink).at_most(4), Role::Heading);
    let made_on = about.made_on.map(|day| day.label());
    let by: Vec<&str> = [Some(about.author.as_str()), made_on.as_deref()].into_iter().flatten().filter(|text| !text.is_empty()).collect();
    flow.block(&by.join(" · "), Setting::new(Face::Regular, 12.0, style.quiet_ink).at_most(2), Role::Paragraph);
    flow.skip(APART * 0.7);
}

/// One scene: number and title, picture, caption; then its notes.
fn entry(flow: &mut Flow, (number, slide): (usize, &Slide), panes: Option<Panes>, handout: &Handout) {
    let style = flow.style.clone();
    let heading = Setting::new(Face::SemiBold, 13.0, style.ink).at_most(2);
    let caption = Setting::new(Face::Regular, 11.0, style.ink).at_most(CAPTION_LINES);
    let title = format!("{number}. {}", slide.label());
    let said = slide.caption_at(slide.picture_count() - 1);
    match panes {
        Some(panes) => {
            let words = flow.height(&title, heading) + flow.height(said, caption) + 2.0 * CLOSE;
            if flow.picture_count() >= handout.per_page {
                flow.next_page();
            }
            let rect = picture_rect(flow, words, handout.per_page);
            flow.keep_together(words + rect.height());
            flow.block(&title, heading, Role::Heading);
            flow.skip(CLOSE);
            let spoken = spoken(&panes, slide, said);
            flow.picture(&rect, |rect| Picture { rect, panes, words: spoken });
            flow.skip(CLOSE);
            flow.block(said, caption, Role::Paragraph);
        }
        None => {
            flow.keep_together(flow.height(&title, heading) + 3.0 * caption.line_height());
            flow.block(&title, heading, Role::Heading);
            flow.skip(CLOSE);
            paragraphs(&slide.text).for_each(|text| flow.paragraph(text, Setting::new(Face::Regular, 11.0, style.ink)));
        }
    }
    if handout.with_notes {
        flow.skip(CLOSE);
        let notes = Setting::new(Face::Regular, 12.0, style.ink);
        paragraphs(&slide.notes).for_each(|text| flow.paragraph(text, notes));
    }
    flow.skip(APART);
}

/// How large a picture is, so that so many with their words stand on a page; the first page, which has the title, too.
fn picture_rect(flow: &Flow, words: f32, per_page: usize) -> Rect {
    let share = flow.page_height() / per_page as f32 - words - APART;
    let left_of_title = if per_page > 1 { flow.title_height() / per_page as f32 } else { flow.title_height() };
    let wanted = (share - left_of_title).max(90.0).min(flow.width() / WIDE as f32);
    // Rather a little smaller than alone on the next page.
    let room = flow.room() - words;
    let height = if (wanted * LEAST_SHARE..wanted).contains(&room) { room } else { wanted };
    let width = height * WIDE as f32;
    Rect::new((flow.width() - width) / 2.0, 0.0, width, height)
}

/// A picture in words.
fn spoken(panes: &Panes, slide: &Slide, caption: &str) -> String {
    let words = [slide.label(), &panes.title, caption, &panes.description].map(str::to_owned);
    words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(". ")
}

/// A page for each picture that a key brings, or for each scene with all of its steps taken.
pub fn slides(atlas: &Atlas, project: &Project, theme: Theme, with_steps: bool) -> Vec<Sheet> {
    let pictures: Vec<(&Slide, usize)> = project
        .slides
        .iter()
        .flat_map(|slide| {
            let first = if with_steps { 0 } else { slide.picture_count() - 1 };
            (first..slide.picture_count()).map(move |step| (slide, step))
        })
        .collect();
    side_by_side(pictures.len(), |index| {
        let (slide, step) = pictures[index];
        let panes = Staging::new(atlas, project, slide, step, theme).sheet(atlas, project, [STAGE_POINTS * WIDE, STAGE_POINTS]);
        let words = spoken(&panes, slide, slide.caption_at(step));
        Sheet { title: slide.label().to_owned(), ..Sheet::of_panes(panes, SLIDE_SCALE, words) }
    })
}

/// Works on many things on as many threads as there are processors; the results stand in order.
fn side_by_side<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(count.max(1));
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return done;
            }
            done.push((index, work(index)));
        }
    };
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        // A panic over there is carried on here.
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}
