//! Taking sources into a document: a work that is there already is not doubled. Its id stays, what it lacks is filled in, and where the two say
//! different things the document's word stands and the other is told.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::Refusal;
use crate::model::{
    Document, Source, SourceId,
    same_work::{are_one_work, doi, page, plain, signs},
    source::{DATE_MEMBERS, NAME_MEMBERS},
};

/// With so many works that share a sign a work is compared: an address that thousands name says nothing.
const MOST_ALIKE: usize = 256;

/// What became of sources that were taken in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taken {
    /// The ids of those that were not there.
    pub added: Vec<String>,
    /// Those that were there: the id in the document, each once, in the order of the text.
    pub known: Vec<String>,
    /// What the document's own sources lacked: id and member.
    pub filled: Vec<(String, String)>,
    /// Where the document's own sources say something else.
    pub differing: Vec<Difference>,
}

/// A member of which two items of one work say different things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The id of the source in the document.
    pub id: String,
    /// The CSL member.
    pub member: String,
    /// What the document says and goes on saying.
    pub kept: String,
    /// What the other item says.
    pub offered: String,
}

/// The document's sources with others taken in, and what became of each. Taking the same in again changes nothing.
pub fn taken(document: &Document, items: &[Map<String, Value>]) -> (Vec<Value>, Taken) {
    let own = document.header().get("sources").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut shelf = Shelf::of(own);
    let mut told = Taken::default();
    for item in items {
        let Ok(source) = serde_json::from_value::<Source>(Value::Object(item.clone())) else { continue };
        match shelf.find(&source) {
            Some(place) => shelf.fill(place, &source, &mut told),
            None => shelf.add(source, &mut told),
        }
    }
    told.filled.retain(|(id, _)| !told.added.contains(id));
    (shelf.items, told)
}

/// As a command: refused where nothing would change.
pub(super) fn sources_after(document: &Document, items: &[Map<String, Value>]) -> Result<Vec<Value>, Refusal> {
    let (sources, told) = taken(document, items);
    if told.added.is_empty() && told.filled.is_empty() {
        return Err(Refusal::Nothing("all of these sources are there already.".to_owned()));
    }
    Ok(sources)
}

/// The bibliography while sources are taken in.
struct Shelf {
    items: Vec<Value>,
    /// The items that are sources, by position.
    sources: HashMap<usize, Source>,
    /// Where the works of a sign stand.
    signs: HashMap<String, Vec<usize>>,
    /// The ids that are taken, in small letters: BibTeX does not tell them apart by case.
    ids: HashSet<String>,
    /// Those that were there before.
    old: usize,
}

impl Shelf {
    fn of(items: Vec<Value>) -> Self {
        let mut shelf = Self { old: items.len(), items: Vec::new(), sources: HashMap::new(), signs: HashMap::new(), ids: HashSet::new() };
        for item in items {
            match serde_json::from_value::<Source>(item.clone()) {
                Ok(source) => shelf.put(item, source),
                Err(_) => shelf.items.push(item),
            }
        }
        shelf
    }

    fn put(&mut self, item: Value, source: Source) {
        let place = self.items.len();
        self.ids.insert(source.id.as_str().to_lowercase());
        signs(&source).into_iter().for_each(|sign| self.sign(sign, place));
        self.items.push(item);
        self.sources.insert(place, source);
    }

    fn sign(&mut self, sign: String, place: usize) {
        let places = self.signs.entry(sign).or_default();
        if !places.contains(&place) {
            places.push(place);
        }
    }

    /// The item of the same work: the first that lacks nothing of what this one says, else the first. That order makes taking in the same twice taking
    /// it in once, also where a work links two others.
    fn find(&self, source: &Source) -> Option<usize> {
        let mut places: Vec<usize> = signs(source).iter().filter_map(|sign| self.signs.get(sign)).flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        places.truncate(MOST_ALIKE);
        places.retain(|place| are_one_work(&self.sources[place], source));
        let is_whole = |place: &&usize| missing(&self.sources[*place], source).next().is_none();
        places.iter().find(is_whole).or(places.first()).copied()
    }

    fn fill(&mut self, place: usize, from: &Source, told: &mut Taken) {
        let Some(own) = self.sources.get(&place) else { return };
        let id = own.id.to_string();
        let fresh: Vec<(String, Value)> = missing(own, from).map(|(member, value)| (member.clone(), value.clone())).collect();
        told.differing.extend(differences(own, from).filter(|difference| !told.differing.contains(difference)).collect::<Vec<_>>());
        if place < self.old && !told.known.contains(&id) {
            told.known.push(id.clone());
        }
        if fresh.is_empty() {
            return;
        }
        let mut own = own.clone();
        for (member, value) in fresh {
            told.filled.push((id.clone(), member.clone()));
            if let Some(item) = self.items[place].as_object_mut() {
                item.insert(member.clone(), value.clone());
            }
            own.csl.insert(member, value);
        }
        signs(&own).into_iter().for_each(|sign| self.sign(sign, place));
        self.sources.insert(place, own);
    }

    fn add(&mut self, mut source: Source, told: &mut Taken) {
        let wanted = source.id.to_string();
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let free = std::iter::once(wanted.clone()).chain(numbered).find(|id| !self.ids.contains(&id.to_lowercase()));
        source.id = SourceId::from(free.as_deref().unwrap_or(&wanted));
        if let Ok(item) = serde_json::to_value(&source) {
            told.added.push(source.id.to_string());
            self.put(item, source);
        }
    }
}

/// What an item says and the document's own does not. That it is some document says nothing against a type.
fn missing<'a>(own: &'a Source, from: &'a Source) -> impl Iterator<Item = (&'a String, &'a Value)> {
    let is_open = |member: &str| match own.csl.get(member) {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.trim().is_empty() || (member == "type" && text == "document"),
        Some(Value::Array(list)) => list.is_empty(),
        Some(_) => false,
    };
    let says = |member: &str, value: &Value| !value.is_null() && value.as_str() != Some("") && !(member == "type" && value == "document");
    from.csl.iter().filter(move |(member, value)| says(member, value) && is_open(member))
}

/// Where two items of one work differ in more than spelling. The day on which somebody read it is each reader's own.
fn differences(own: &Source, from: &Source) -> impl Iterator<Item = Difference> {
    let id = own.id.to_string();
    let both = from.csl.iter().filter_map(|(member, value)| Some((member, own.csl.get(member)?, value)));
    let differ = move |(member, kept, offered): (&String, &Value, &Value)| {
        let is_own =
            member == "accessed" || member == "citation-key" || (member == "type" && (kept == "document" || offered == "document"));
        let (kept, offered) = (said(member, kept), said(member, offered));
        let are_alike = same(member, own, from) || plain(&kept) == plain(&offered) || kept.is_empty() || offered.is_empty();
        (!is_own && !are_alike).then_some((member.clone(), kept, offered))
    };
    let found: Vec<_> = both.filter_map(differ).collect();
    found.into_iter().map(move |(member, kept, offered)| Difference { id: id.clone(), member, kept, offered })
}

/// Whether two spellings of a member mean one thing.
fn same(member: &str, own: &Source, from: &Source) -> bool {
    match member {
        "DOI" => doi(own) == doi(from),
        "URL" => own.url().and_then(page).is_some_and(|url| from.url().and_then(page) == Some(url)),
        _ => false,
    }
}

/// A member as people read it.
fn said(member: &str, value: &Value) -> String {
    if NAME_MEMBERS.contains(&member) {
        let names = value.as_array().into_iter().flatten().filter_map(crate::model::source::Name::from_csl);
        return names.map(|name| name.listed()).collect::<Vec<_>>().join("; ");
    }
    if DATE_MEMBERS.contains(&member) {
        let parts = value.get("date-parts").and_then(|dates| dates.get(0)).and_then(Value::as_array);
        let number = |part: &Value| part.as_str().map_or_else(|| part.to_string(), str::to_owned);
        return match (parts, value.get("literal").and_then(Value::as_str)) {
            (Some(parts), _) => parts.iter().map(number).collect::<Vec<_>>().join("-"),
            (None, words) => words.unwrap_or_default().to_owned(),
        };
    }
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
