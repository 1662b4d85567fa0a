//! The rules for the scenes of a lecture.

use super::{Broken, Rules};
use crate::model::{
    Problem, Project, Slide,
    event::EventFilter,
    slide::{COLORINGS, LAYER_PREFIX, LAYERS, SlideKind, THEMES},
};

impl Rules<'_> {
    pub(super) fn slides(&mut self, project: &Project) {
        for (index, slide) in project.slides.iter().enumerate() {
            let place = format!("border_atlas.scenes[{index}]");
            if project.slides[..index].iter().any(|other| other.id == slide.id) {
                self.at_slide(
                    index,
                    Problem::error(&*place, "duplicate-id", format!("the scene id `{}` stands twice.", slide.id))
                        .hint("give one of the scenes another id."),
                );
            }
            slide.view.iter().for_each(|view| self.known_view(&place, view));
            slide.compare.iter().filter_map(|compared| compared.view.as_ref()).for_each(|view| self.known_view(&place, view));
            for alliance in slide.alliances.iter().flatten().filter(|id| self.atlas.alliance(id.as_str()).is_none()).collect::<Vec<_>>() {
                self.at_slide(
                    index,
                    Problem::error(&*place, "unknown-alliance", format!("there is no alliance `{alliance}`."))
                        .hint("the ids are those of `border-atlas allies`."),
                );
            }
            self.words_of_slide(index, slide);
            self.subjects_of_slide(project, index, slide);
            if slide.kind == SlideKind::Quiz && (slide.question.is_empty() || slide.answer.is_empty()) {
                let problem = Problem::error(&*place, "unanswered-quiz", "a quiz needs a `question` and an `answer`.")
                    .hint("write both, or make it a map.");
                self.at_slide(index, problem);
            }
        }
    }

    fn at_slide(&mut self, index: usize, problem: Problem) {
        self.note(Broken::from(problem).at(format!("scenes/{index}")));
    }

    /// Themes, colourings, layers and kinds of events.
    fn words_of_slide(&mut self, index: usize, slide: &Slide) {
        let later = slide.steps.iter().flat_map(|step| &step.show).filter_map(|id| id.strip_prefix(LAYER_PREFIX));
        let layers = slide.layers.iter().map(|(name, _)| name.as_str()).chain(later);
        let words = layers.map(|layer| (layer, "layer", &LAYERS[..]));
        let words = words.chain([(slide.theme.as_str(), "theme", &THEMES[..]), (slide.coloring.as_str(), "colouring", &COLORINGS[..])]);
        for (word, what, all) in words.filter(|(word, _, all)| !word.is_empty() && !all.contains(word)).collect::<Vec<_>>() {
            let problem = Problem::error(format!("border_atlas.scenes[{index}]"), "unknown-word", format!("`{word}` is no {what}."));
            self.at_slide(index, problem.hint(format!("there are: {}.", all.join(", "))));
        }
        if !slide.events.is_empty() && EventFilter::from_id(&slide.events).is_none() {
            let what = format!("`{}` is no kind or family of events.", slide.events);
            self.at_slide(
                index,
                Problem::error(format!("border_atlas.scenes[{index}]"), "unknown-word", what)
                    .hint("`all`, or a word of the list of events in maps/README.md."),
            );
        }
    }

    /// What it shows, pins and highlights.
    fn subjects_of_slide(&mut self, project: &Project, index: usize, slide: &Slide) {
        let is_event = |id: &str| project.events.iter().any(|event| event.id == id);
        let commons = || {
            let regions = project.regions.iter().map(|region| &region.common);
            let places = project.places.iter().map(|place| &place.common);
            let annotations = project.annotations.iter().map(|annotation| &annotation.common);
            regions.chain(project.lines.iter().map(|line| &line.common)).chain(places).chain(annotations)
        };
        let is_feature = |id: &str| is_event(id) || commons().any(|common| common.id == id);
        let shown = slide.steps.iter().flat_map(|step| &step.show).filter(|id| !id.starts_with(LAYER_PREFIX));
        let missing = shown.filter(|id| !is_feature(id)).map(|id| (id, "feature"));
        let missing = missing.chain(slide.pinned.iter().filter(|id| !is_event(id)).map(|id| (id, "event")));
        let known = |id: &&String| is_feature(id) || self.atlas.polities.find(id).is_some();
        let missing: Vec<(&String, &str)> =
            missing.chain(slide.highlight.iter().filter(|id| !known(id)).map(|id| (id, "feature or polity"))).collect();
        for (id, what) in missing {
            let problem = Problem::error(format!("border_atlas.scenes[{index}]"), "unknown-subject", format!("there is no {what} `{id}`."));
            self.at_slide(index, problem.hint("mend the id, or take it out of the scene."));
        }
    }
}
