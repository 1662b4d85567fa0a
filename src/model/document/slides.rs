//! The member `scenes` of a document: the scenes of its lecture, from JSON and back.

use serde_json::{Map, Value, json};

use crate::{
    geometry::{BoundingBox, Projection},
    model::{
        AllianceId, Problem, View,
        slide::{CalloutsShown, Compared, Slide, SlideKind, SlideStep, Transition},
    },
    time::Date,
};

/// Reads the scenes; `None` gives none. One that cannot be understood is left out, and `problems` says which and why.
pub fn read(list: Option<&Value>, problems: &mut Vec<Problem>) -> Vec<Slide> {
    let Some(list) = list else { return Vec::new() };
    let Some(list) = list.as_array() else {
        problems.push(bad("border_atlas.scenes", "it is not a list of scenes".to_owned()));
        return Vec::new();
    };
    let mut slides = Vec::with_capacity(list.len());
    for (index, item) in list.iter().enumerate() {
        match slide(item, index) {
            Ok(slide) => slides.push(slide),
            Err(why) => problems.push(bad(&format!("border_atlas.scenes[{index}]"), why)),
        }
    }
    slides
}

fn bad(place: &str, why: String) -> Problem {
    Problem::error(place, "bad-scene", format!("{why}.")).hint("the scene is left out; maps/README.md, “Scenes”, says what one holds.")
}

/// Reads one scene; one without an id is named by its position.
///
/// # Errors
/// What in it cannot be read.
pub fn slide(item: &Value, index: usize) -> Result<Slide, String> {
    let reader = Reader(item.as_object().ok_or("a scene is a JSON object")?);
    let id = reader.text("id")?;
    let look = reader.object("layers")?;
    Ok(Slide {
        id: if id.is_empty() { format!("scene-{}", index + 1) } else { id.to_owned() },
        title: reader.text("title")?.to_owned(),
        group: reader.text("group")?.to_owned(),
        kind: reader.word("kind", SlideKind::from_id, SlideKind::ALL.map(SlideKind::id).as_slice())?,
        at: reader.date("date")?,
        since: reader.date("since")?,
        view: Some(reader.text("point_of_view")?).filter(|id| !id.is_empty()).map(View::from_id),
        bbox: reader.bbox()?,
        projection: reader.projection()?,
        theme: reader.text("theme")?.to_owned(),
        coloring: reader.text("coloring")?.to_owned(),
        layers: look.into_iter().flatten().map(|(name, opacity)| layer(name, opacity)).collect::<Result<_, _>>()?,
        alliances: reader.0.contains_key("alliances").then(|| reader.texts("alliances")).transpose()?.map(ids),
        events: reader.text("events")?.to_owned(),
        highlight: reader.texts("highlight")?,
        pinned: reader.texts("pinned")?,
        callouts: reader.word("callouts", CalloutsShown::from_id, CalloutsShown::ALL.map(CalloutsShown::id).as_slice())?,
        caption: reader.text("caption")?.to_owned(),
        text: reader.text("text")?.to_owned(),
        notes: reader.text("notes")?.to_owned(),
        question: reader.text("question")?.to_owned(),
        answer: reader.text("answer")?.to_owned(),
        seconds: reader.number("seconds", 24.0 * 3600.0)?,
        transition: reader.transition()?,
        steps: reader.steps()?,
        compare: reader.compared()?,
    })
}

fn ids(texts: Vec<String>) -> Vec<AllianceId> {
    texts.iter().map(|id| AllianceId::from(id.as_str())).collect()
}

fn layer(name: &str, opacity: &Value) -> Result<(String, f32), String> {
    let opacity = match opacity {
        Value::Bool(shown) => Some(if *shown { 1.0 } else { 0.0 }),
        number => number.as_f64().filter(|number| (0.0..=1.0).contains(number)),
    };
    let opacity = opacity.ok_or_else(|| format!("the layer `{name}` has no opacity from 0 to 1, and is neither true nor false"))?;
    Ok((name.to_owned(), opacity as f32))
}

/// One scene or step.
struct Reader<'a>(&'a Map<String, Value>);

impl<'a> Reader<'a> {
    fn text(&self, key: &str) -> Result<&'a str, String> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(""),
            Some(Value::String(text)) => Ok(text.trim()),
            Some(_) => Err(format!("`{key}` is no text")),
        }
    }

    fn texts(&self, key: &str) -> Result<Vec<String>, String> {
        let list = self.list(key)?;
        let text = |item: &Value| item.as_str().map(str::to_owned).ok_or_else(|| format!("`{key}` is no list of texts"));
        list.iter().map(text).collect()
    }

    fn list(&self, key: &str) -> Result<&'a [Value], String> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(&[]),
            Some(Value::Array(list)) => Ok(list),
            Some(_) => Err(format!("`{key}` is no list")),
        }
    }

    fn object(&self, key: &str) -> Result<Option<&'a Map<String, Value>>, String> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Object(object)) => Ok(Some(object)),
            Some(_) => Err(format!("`{key}` is no object")),
        }
    }

    fn number(&self, key: &str, most: f64) -> Result<Option<f64>, String> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(number) => {
                let number = number.as_f64().filter(|number| (0.0..=most).contains(number));
                number.map(Some).ok_or_else(|| format!("`{key}` is no number from 0 to {most}"))
            }
        }
    }

    fn date(&self, key: &str) -> Result<Option<Date>, String> {
        match self.text(key)? {
            "" => Ok(None),
            text => Date::parse(text).map(Some).map_err(|error| format!("in `{key}`: {error}")),
        }
    }

    fn word<T: Default>(&self, key: &str, known: impl Fn(&str) -> Option<T>, all: &[&str]) -> Result<T, String> {
        match self.text(key)? {
            "" => Ok(T::default()),
            word => known(word).ok_or_else(|| format!("`{word}` is no word for `{key}`; there are {}", all.join(", "))),
        }
    }

    fn projection(&self) -> Result<Option<Projection>, String> {
        match self.text("projection")? {
            "" => Ok(None),
            id => id.parse::<Projection>().map(Some).map_err(|error| error.to_string()),
        }
    }

    fn bbox(&self) -> Result<Option<BoundingBox>, String> {
        let sides = self.list("bbox")?;
        let numbers: Vec<f64> = sides.iter().filter_map(Value::as_f64).filter(|side| side.abs() <= 540.0).collect();
        match numbers[..] {
            [] if sides.is_empty() => Ok(None),
            [west, south, east, north] if sides.len() == 4 && south < north && west < east => {
                Ok(Some(BoundingBox { west, south, east, north }))
            }
            _ => Err("`bbox` is not four numbers in degrees: west, south, east, north".to_owned()),
        }
    }

    fn transition(&self) -> Result<Transition, String> {
        match self.0.get("transition") {
            None | Some(Value::Null) => Ok(Transition::default()),
            Some(Value::String(word)) if word == "cut" => Ok(Transition::Cut),
            Some(_) => match self.number("transition", Transition::LONGEST_SECS) {
                Ok(Some(secs)) if secs > 0.0 => Ok(Transition::Glide(secs)),
                Ok(_) => Ok(Transition::Cut),
                Err(_) => Err(format!("`transition` is neither `cut` nor a number of seconds up to {}", Transition::LONGEST_SECS)),
            },
        }
    }

    fn steps(&self) -> Result<Vec<SlideStep>, String> {
        let step = |item: &'a Value| {
            let reader = Reader(item.as_object().ok_or("a step is a JSON object")?);
            let caption = reader.0.contains_key("caption").then(|| reader.text("caption")).transpose()?;
            Ok(SlideStep { show: reader.texts("show")?, at: reader.date("date")?, caption: caption.map(str::to_owned) })
        };
        self.list("steps")?.iter().map(step).collect()
    }

    fn compared(&self) -> Result<Option<Compared>, String> {
        let Some(compare) = self.object("compare")? else { return Ok(None) };
        let reader = Reader(compare);
        let view = Some(reader.text("point_of_view")?).filter(|id| !id.is_empty()).map(View::from_id);
        let at = reader.date("date")?;
        if view.is_none() && at.is_none() {
            return Err("`compare` names neither a `date` nor a `point_of_view`".to_owned());
        }
        let layout = Some(reader.text("layout")?).filter(|layout| !layout.is_empty()).unwrap_or("swipe");
        if !["swipe", "side", "difference"].contains(&layout) {
            return Err(format!("`{layout}` is no layout; there are swipe, side, difference"));
        }
        Ok(Some(Compared { at, view, layout: layout.to_owned() }))
    }
}

/// A scene as it stands in a file, without what it leaves open. [`slide`] reads the same scene back.
pub fn to_value(slide: &Slide) -> Value {
    let mut json = Map::new();
    let mut put = |key: &str, value: Value| {
        let is_empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty() && key != "alliances",
            Value::Object(object) => object.is_empty(),
            _ => false,
        };
        if !is_empty {
            json.insert(key.to_owned(), value);
        }
    };
    let date = |date: &Option<Date>| date.as_ref().map_or(Value::Null, |date| date.text.as_str().into());
    put("id", slide.id.as_str().into());
    put("title", slide.title.as_str().into());
    put("group", slide.group.as_str().into());
    put("kind", if slide.kind == SlideKind::Map { Value::Null } else { slide.kind.id().into() });
    put("date", date(&slide.at));
    put("since", date(&slide.since));
    put("point_of_view", slide.view.as_ref().map_or(Value::Null, |view| view.id().into()));
    put("bbox", slide.bbox.map_or(Value::Null, |bbox| json!([bbox.west, bbox.south, bbox.east, bbox.north])));
    put("projection", slide.projection.map_or(Value::Null, |projection| projection.id().into()));
    put("theme", slide.theme.as_str().into());
    put("coloring", slide.coloring.as_str().into());
    put("layers", slide.layers.iter().map(|(name, opacity)| (name.clone(), opacity_value(*opacity))).collect::<Map<_, _>>().into());
    let alliances = |list: &Vec<AllianceId>| list.iter().map(|id| Value::from(id.as_str())).collect();
    put("alliances", slide.alliances.as_ref().map_or(Value::Null, alliances));
    put("events", slide.events.as_str().into());
    put("highlight", slide.highlight.clone().into());
    put("pinned", slide.pinned.clone().into());
    put("callouts", if slide.callouts == CalloutsShown::Open { Value::Null } else { slide.callouts.id().into() });
    put("caption", slide.caption.as_str().into());
    put("text", slide.text.as_str().into());
    put("notes", slide.notes.as_str().into());
    put("question", slide.question.as_str().into());
    put("answer", slide.answer.as_str().into());
    put("seconds", slide.seconds.map_or(Value::Null, Value::from));
    put("transition", transition_value(slide.transition));
    put("steps", slide.steps.iter().map(step_value).collect());
    put("compare", slide.compare.as_ref().map_or(Value::Null, compared_value));
    Value::Object(json)
}

/// As few digits as tell it: 0.5 and not 0.5000000149.
fn opacity_value(opacity: f32) -> Value {
    json!((f64::from(opacity) * 100.0).round() / 100.0)
}

fn transition_value(transition: Transition) -> Value {
    match transition {
        _ if transition == Transition::default() => Value::Null,
        Transition::Cut => "cut".into(),
        Transition::Glide(secs) => secs.into(),
    }
}

fn step_value(step: &SlideStep) -> Value {
    let mut json = Map::new();
    json.insert("show".to_owned(), step.show.clone().into());
    step.at.iter().for_each(|at| drop(json.insert("date".to_owned(), at.text.as_str().into())));
    step.caption.iter().for_each(|caption| drop(json.insert("caption".to_owned(), caption.as_str().into())));
    Value::Object(json)
}

fn compared_value(compared: &Compared) -> Value {
    let mut json = Map::new();
    compared.at.iter().for_each(|at| drop(json.insert("date".to_owned(), at.text.as_str().into())));
    compared.view.iter().for_each(|view| drop(json.insert("point_of_view".to_owned(), view.id().into())));
    json.insert("layout".to_owned(), compared.layout.as_str().into());
    Value::Object(json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_the_same() {
        let full = json!({
            "id": "sc-1", "title": "Annexation", "group": "2014", "kind": "quiz", "date": "2014-03-18", "since": "2014-02",
            "point_of_view": "ukr", "bbox": [31.5, 44.0, 37.0, 46.5], "projection": "mercator", "theme": "dark",
            "coloring": "disputes", "layers": {"claims": 0.5, "today": 1.0}, "alliances": [], "events": "force",
            "highlight": ["ukr", "region-crimea"], "pinned": ["ev-1"], "callouts": "folded", "caption": "Who held it?",
            "text": "- one", "notes": "Slowly.", "question": "Whose?", "answer": "It depends.", "seconds": 90.0,
            "transition": "cut", "steps": [{"show": ["ev-1", "layer:claims"], "date": "2014-03-21", "caption": ""}],
            "compare": {"date": "2013", "layout": "side"}
        });
        let read = slide(&full, 0).unwrap();
        assert_eq!(to_value(&read), full);
        let bare = slide(&json!({}), 4).unwrap();
        assert_eq!((bare.id.as_str(), to_value(&bare)), ("scene-5", json!({"id": "scene-5"})));
    }

    #[test]
    fn a_bad_scene_is_left_out_and_says_why() {
        let mut problems = Vec::new();
        let list =
            json!([{"title": 3}, {"kind": "film"}, {"title": "Good"}, {"layers": {"claims": 3}}, {"bbox": [1, 2, 3]}, 7, {"compare": {}}]);
        let slides = read(Some(&list), &mut problems);
        assert_eq!(slides.iter().map(|slide| slide.title.as_str()).collect::<Vec<_>>(), ["Good"]);
        let places: Vec<&str> = problems.iter().map(|problem| problem.place.as_str()).collect();
        assert_eq!(places, [0, 1, 3, 4, 5, 6].map(|index| format!("border_atlas.scenes[{index}]")));
        assert!(problems[1].to_string().contains("quiz"), "{}", problems[1]);
    }
}
