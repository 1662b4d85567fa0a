//! Finding places, regions, lines, polities, disputes, alliances and events by what people type. A hit knows where and when to go.

use std::collections::BTreeMap;

use nucleo_matcher::{
    Config, Matcher, Utf32Str, chars,
    pattern::{AtomKind, CaseMatching, Normalization, Pattern},
};

use super::{
    AllianceId, Atlas, City, CityIx, DisputeId, PolityIx, Project,
    project::{Common, Place},
};
use crate::{
    geometry::{BoundingBox, LonLat, topology::UnitIx},
    time::{Day, Span},
};

/// What a hit is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A polity.
    Polity(PolityIx),
    /// A disputed area.
    Dispute(DisputeId),
    /// An alliance.
    Alliance(AllianceId),
    /// An event: the document's position in the list searched, and the event's in it.
    Event(usize, usize),
    /// A named place of a document: positions as for events.
    Place(usize, usize),
    /// A region of a document: positions as for events; of several shapes of one name the last.
    Region(usize, usize),
    /// A line of a document, as a region.
    Line(usize, usize),
    /// A city.
    City(CityIx),
    /// A territorial unit.
    Unit(UnitIx),
}

impl Found {
    /// The word for lists.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Polity(_) => "Polity",
            Self::Dispute(_) => "Dispute",
            Self::Alliance(_) => "Alliance",
            Self::Event(..) => "Event",
            Self::Place(..) => "Place",
            Self::Region(..) => "Area",
            Self::Line(..) => "Line",
            Self::City(_) => "City",
            Self::Unit(_) => "Region",
        }
    }

    /// A head start in the ranking: what the atlas is about before the thousands of provinces.
    fn weight(&self) -> u32 {
        match self {
            Self::Polity(_) | Self::Dispute(_) => 24,
            Self::Alliance(_) | Self::Place(..) | Self::Region(..) | Self::Line(..) => 18,
            Self::Event(..) => 12,
            Self::City(_) => 6,
            Self::Unit(_) => 0,
        }
    }
}

/// One thing that can be found.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is.
    pub found: Found,
    /// Its name.
    pub title: String,
    /// What tells it from others of the same name: dates, country, place.
    pub detail: String,
    /// While it is there; going to it keeps the date if that lies inside.
    pub span: Span,
    /// Further names that find it.
    aliases: String,
}

/// Letters without case and accents, so that `Susa` finds `Şuşa`.
pub fn folded(text: &str) -> String {
    text.chars().map(|letter| chars::normalize(chars::to_lower_case(letter))).collect()
}

/// Everything that can be found in an atlas and a list of documents.
#[derive(Clone, Debug, Default)]
pub struct SearchIndex {
    entries: Vec<Entry>,
    /// Title and further names of each entry, folded.
    folded: Vec<[String; 2]>,
}

impl SearchIndex {
    /// Indexes the atlas and the documents.
    pub fn new<'a>(atlas: &Atlas, projects: impl Iterator<Item = &'a Project>) -> Self {
        let mut entries = Vec::new();
        entries.extend(atlas.polities.iter().map(|(index, polity)| {
            Entry {
                found: Found::Polity(index),
                title: polity.name.clone(),
                detail: polity.span.label(),
                span: polity.span.clone(),
                aliases: [polity.long_name.as_str(), &polity.iso3]
                    .into_iter()
                    .chain(polity.names.iter().map(|(_, name)| name.as_str()))
                    .collect::<Vec<_>>()
                    .join(" "),
            }
        }));
        entries.extend(atlas.disputes.iter().map(|dispute| Entry {
            found: Found::Dispute(dispute.id.clone()),
            title: dispute.name.clone(),
            detail: dispute.parties.iter().map(|party| atlas.polities.name(party)).collect::<Vec<_>>().join(", "),
            span: dispute.span.clone(),
            aliases: dispute.names.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(" "),
        }));
        entries.extend(atlas.alliances.iter().map(|alliance| Entry {
            found: Found::Alliance(alliance.id.clone()),
            title: alliance.name.clone(),
            detail: alliance.span.label(),
            span: alliance.span.clone(),
            aliases: alliance.long_name.clone(),
        }));
        for (document, project) in projects.enumerate() {
            entries.extend(project.events.iter().enumerate().map(|(index, event)| Entry {
                found: Found::Event(document, index),
                title: event.title.clone(),
                detail: format!("{}, {}", event.date.label(), event.place),
                span: event.span.clone(),
                aliases: event.place.clone(),
            }));
            entries.extend(project.places.iter().enumerate().map(|(index, place)| Entry {
                found: Found::Place(document, index),
                title: place.common.name.clone(),
                detail: project.title.clone(),
                span: place.common.span.clone(),
                aliases: place_aliases(place),
            }));
            let regions = last_of_each(project.regions.iter().map(|region| &region.common));
            entries.extend(regions.map(|(index, common)| drawn_entry(Found::Region(document, index), common, project)));
            let lines = last_of_each(project.lines.iter().map(|line| &line.common));
            entries.extend(lines.map(|(index, common)| drawn_entry(Found::Line(document, index), common, project)));
        }
        entries.extend(atlas.cities.iter().flat_map(|(index, city)| city_entries(atlas, index, city)));
        entries.extend(atlas.partition.topology.unit_ixs().map(|unit| {
            let info = atlas.partition.info(unit);
            let country = atlas.polities.get(&info.country).map_or_else(|| info.country.to_uppercase(), |polity| polity.name.clone());
            Entry { found: Found::Unit(unit), title: info.name.clone(), detail: country, span: Span::ALWAYS, aliases: String::new() }
        }));
        Self::of_entries(entries)
    }

    fn of_entries(entries: Vec<Entry>) -> Self {
        let folded = entries.iter().map(|entry| [folded(&entry.title), folded(&entry.aliases)]).collect();
        Self { entries, folded }
    }

    /// The best matches for what somebody typed, best first, at most `limit`. Letters count without their accents and case; several words
    /// must all match. Nothing for an empty text.
    pub fn find(&self, typed: &str, limit: usize) -> Vec<&Entry> {
        if typed.trim().is_empty() {
            return Vec::new();
        }
        let (typed, mut matcher) = (folded(typed), Matcher::new(Config::DEFAULT));
        let pattern = Pattern::new(&typed, CaseMatching::Ignore, Normalization::Smart, AtomKind::Substring);
        let mut letters = Vec::new();
        let mut score = |text: &str| pattern.score(Utf32Str::new(text, &mut letters), &mut matcher);
        let mut hits: Vec<(u32, usize)> = Vec::new();
        for (index, (entry, [title, aliases])) in self.entries.iter().zip(&self.folded).enumerate() {
            // A hit in the name itself counts more than one in another name, unless it lies within a word; short names fit better than long ones.
            let at_word = if begins_word(title, &typed) { 30 } else { 0 };
            let name = score(title).map(|own| own + at_word + 20_u32.saturating_sub(entry.title.len() as u32 / 2));
            let alias = if aliases.is_empty() { None } else { score(aliases) };
            if let Some(best) = name.max(alias) {
                hits.push((best + entry.found.weight(), index));
            }
        }
        hits.sort_by_key(|(score, index)| (std::cmp::Reverse(*score), *index));
        hits.into_iter().take(limit).map(|(_, index)| &self.entries[index]).collect()
    }
}

impl Entry {
    /// The day to go to: `now` where the thing is there then, else the first day of an event, and of anything else the day nearest to `now`.
    pub fn day(&self, now: Day) -> Day {
        if self.span.contains(now) {
            return now;
        }
        let is_event = matches!(self.found, Found::Event(..));
        if is_event || self.span.first_day() > now || self.span.past_end() == Day::MIN {
            self.span.first_day()
        } else {
            self.span.past_end().plus_days(-1)
        }
    }

    /// The box to show; `None` for what has no place (an alliance).
    pub fn bbox(&self, atlas: &Atlas, projects: &[&Project]) -> Option<BoundingBox> {
        let topology = &atlas.partition.topology;
        let of_units = |units: &[UnitIx]| units.iter().map(|unit| topology.unit(*unit).bbox).reduce(|one, other| one.union(&other));
        match &self.found {
            Found::Polity(polity) => of_units(&atlas.tenure.units_of(*polity)),
            Found::Dispute(id) => of_units(&atlas.dispute(id.as_str())?.units),
            Found::Alliance(_) => None,
            Found::Event(document, index) => Some(around(projects.get(*document)?.events.get(*index)?.at, 2.0)),
            Found::Place(document, index) => Some(around(projects.get(*document)?.places.get(*index)?.at, 1.0)),
            Found::Region(document, index) => projects.get(*document)?.regions.get(*index)?.extent(),
            Found::Line(document, index) => projects.get(*document)?.lines.get(*index)?.extent(),
            Found::City(city) => Some(around(atlas.cities.at(*city).at, 1.5)),
            Found::Unit(unit) => Some(topology.unit(*unit).bbox),
        }
    }
}

/// Whether a word of a name begins with a word that was typed; both folded.
fn begins_word(name: &str, typed: &str) -> bool {
    let words = || name.split(|letter: char| !letter.is_alphanumeric());
    typed.split_whitespace().any(|typed| words().any(|word| word.starts_with(typed)))
}

/// What stands last of everything that has one name, with its position; nothing without a name.
fn last_of_each<'a>(all: impl Iterator<Item = &'a Common>) -> impl Iterator<Item = (usize, &'a Common)> {
    let last: BTreeMap<&str, (usize, &Common)> = all.enumerate().map(|(index, common)| (common.name.as_str(), (index, common))).collect();
    last.into_iter().filter(|(name, _)| !name.is_empty()).map(|(_, found)| found)
}

fn drawn_entry(found: Found, common: &Common, project: &Project) -> Entry {
    let aliases = common.names.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(" ");
    Entry { found, title: common.name.clone(), detail: project.title.clone(), span: common.span.clone(), aliases }
}

/// Every other name that a place has or had.
fn place_aliases(place: &Place) -> String {
    let names = place.common.names.iter().map(|(_, name)| name).chain(place.names_by_date.iter().map(|dated| &dated.name));
    names.map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// A city under its name of today and, for each name that held for a time, one more entry that goes to that time.
fn city_entries(atlas: &Atlas, index: CityIx, city: &City) -> Vec<Entry> {
    let lies_in = city.unit.map_or_else(String::new, |unit| land_of(atlas, unit));
    let mut others: Vec<&str> = city.names.iter().filter_map(|name| name.name.as_deref()).collect();
    others.sort_unstable();
    others.dedup();
    let entry = |title: &str, detail: String, span: Span, aliases: String| Entry {
        found: Found::City(index),
        title: title.to_owned(),
        detail,
        span,
        aliases,
    };
    let mut entries = vec![entry(&city.name, lies_in, Span::ALWAYS, others.join(" "))];
    let dated = city.names.iter().filter(|name| name.span != Span::ALWAYS);
    entries.extend(dated.filter_map(|dated| {
        let name = dated.name.as_deref().filter(|name| *name != city.name)?;
        let whose = dated.party.as_ref().map_or_else(String::new, |party| format!(", {}", atlas.polities.name(party)));
        Some(entry(name, format!("{}, {}{whose}", city.name, dated.span.label()), dated.span.clone(), String::new()))
    }));
    entries
}

/// The name of a unit and of the country that it is counted to; of disputed land only the first.
fn land_of(atlas: &Atlas, unit: UnitIx) -> String {
    let info = atlas.partition.info(unit);
    let is_disputed = atlas.disputes.iter().any(|dispute| dispute.units.binary_search(&unit).is_ok());
    match atlas.polities.get(&info.country).filter(|_| !is_disputed) {
        Some(country) => format!("{}, {}", info.name, country.name),
        None => info.name.clone(),
    }
}

fn around(at: LonLat, degrees: f64) -> BoundingBox {
    BoundingBox { west: at.lon_deg - degrees, south: at.lat_deg - degrees, east: at.lon_deg + degrees, north: at.lat_deg + degrees }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(titles: &[&str]) -> SearchIndex {
        let entry = |(index, title): (usize, &&str)| Entry {
            found: Found::Event(0, index),
            title: (*title).to_owned(),
            detail: String::new(),
            span: Span::ALWAYS,
            aliases: String::new(),
        };
        SearchIndex::of_entries(titles.iter().enumerate().map(entry).collect())
    }

    #[test]
    fn letters_must_stand_together_whatever_their_case_and_accents() {
        let index = index(&["Orange River Colony", "Nagorno-Karabakh", "Şuşa"]);
        let titles = |typed: &str| index.find(typed, 9).into_iter().map(|entry| entry.title.clone()).collect::<Vec<_>>();
        assert_eq!(titles("nagorno"), ["Nagorno-Karabakh"]);
        assert_eq!(titles("susa"), ["Şuşa"]);
        assert_eq!(titles("kara nag"), ["Nagorno-Karabakh"]);
        assert!(titles(" ").is_empty() && titles("xyz").is_empty());
    }

    #[test]
    fn a_word_that_begins_so_comes_before_one_that_holds_it() {
        let mut entries = index(&["Zhalantun", "Both governments say whose it is"]).entries;
        entries[1].aliases = "Hala'ib".to_owned();
        let index = SearchIndex::of_entries(entries);
        assert_eq!(index.find("hala", 9)[0].title, "Both governments say whose it is");
    }

    #[test]
    fn one_goes_to_the_beginning_of_an_event_and_to_the_nearest_day_of_a_polity() {
        let day = |text| crate::time::Date::parse(text).unwrap().earliest;
        let entry = |found| Entry {
            found,
            title: String::new(),
            detail: String::new(),
            span: Span::parse("2013-04-15", "2013-05-05").unwrap(),
            aliases: String::new(),
        };
        for (found, from_later) in [(Found::Event(0, 0), "2013-04-15"), (Found::Polity(PolityIx(0)), "2013-05-05")] {
            let entry = entry(found);
            assert_eq!(entry.day(day("2020-06-15")), day(from_later));
            assert_eq!(entry.day(day("2013-05-01")), day("2013-05-01"));
            assert_eq!(entry.day(day("1962-10-20")), day("2013-04-15"));
        }
    }
}
