//! How evenly a document lets its parties speak: counts, and no judgement. Whoever wrote it sees which side has the word.

use std::collections::{BTreeMap, HashMap};

use crate::model::{Citation, Event, PolityId, Project, Source, SourceId, rich_text::plain};

/// One side has more than this many times what another one has before anything is said about it.
const TOLERATED: usize = 2;

/// What a document gives to each of its parties, and to nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// Everybody whose dispute it is, in the order of the document.
    pub sides: Vec<Side>,
    /// Words of summary, texts and notes that are nobody's account.
    pub neutral_words: usize,
    /// What is uneven, a sentence each; empty where nothing is.
    pub notes: Vec<String>,
}

/// What one party has of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Who.
    pub party: PolityId,
    /// Events in which it takes part or of which it gives an account.
    pub events: usize,
    /// Accounts of it.
    pub accounts: usize,
    /// Words of its accounts and of the names that it uses.
    pub words: usize,
    /// Citations that its accounts have.
    pub citations: usize,
    /// The works cited there, by the place where they were published, the language or the publisher, as far as the works say; the most first.
    pub origins: Vec<(String, usize)>,
}

/// Counts what each party of a document has.
pub fn balance(project: &Project) -> Balance {
    let works: HashMap<&SourceId, &Source> = project.sources.iter().map(|source| (&source.id, source)).collect();
    let sides: Vec<Side> = project.disputants().map(|party| side(project, party, &works)).collect();
    let notes = [("words", Side::words as fn(&Side) -> usize), ("accounts", Side::accounts)];
    let notes = notes.into_iter().filter_map(|(what, count)| uneven(&sides, what, count)).collect();
    Balance { neutral_words: neutral_words(project), sides, notes }
}

impl Side {
    fn words(&self) -> usize {
        self.words
    }

    fn accounts(&self) -> usize {
        self.accounts
    }
}

fn side(project: &Project, party: &PolityId, works: &HashMap<&SourceId, &Source>) -> Side {
    let accounts = || project.events.iter().flat_map(|event| &event.accounts).filter(|account| account.party == *party);
    let takes_part =
        |event: &&std::sync::Arc<Event>| event.parties.contains(party) || event.accounts.iter().any(|account| account.party == *party);
    let cited: Vec<&Citation> = accounts().flat_map(|account| &account.sources).collect();
    Side {
        party: party.clone(),
        events: project.events.iter().filter(takes_part).count(),
        accounts: accounts().count(),
        words: accounts().map(|account| words(&plain(&account.text))).sum::<usize>() + words_of_names(project, party),
        citations: cited.len(),
        origins: origins(&cited, works),
    }
}

fn words_of_names(project: &Project, party: &PolityId) -> usize {
    let regions = project.regions.iter().map(|region| &region.common.names);
    let lines = project.lines.iter().map(|line| &line.common.names);
    let places = project.places.iter().map(|place| &place.common.names);
    let annotations = project.annotations.iter().map(|annotation| &annotation.common.names);
    let all = regions.chain(lines).chain(places).chain(annotations).chain(project.events.iter().map(|event| &event.names)).flatten();
    let dated = project.places.iter().flat_map(|place| &place.names_by_date).filter(|name| name.party.as_ref() == Some(party));
    all.filter(|(own, _)| own == party).map(|(_, name)| words(name)).sum::<usize>() + dated.map(|name| words(&name.name)).sum::<usize>()
}

/// Where works come from, as far as they say: `publisher-place`, else `language`, else `publisher`.
fn origins(cited: &[&Citation], works: &HashMap<&SourceId, &Source>) -> Vec<(String, usize)> {
    let origin = |citation: &&&Citation| {
        let work = works.get(&citation.source)?;
        ["publisher-place", "language", "publisher"].iter().find_map(|key| work.text(key)).map(str::to_owned)
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    cited.iter().filter_map(|citation| origin(&citation)).for_each(|origin| *counts.entry(origin).or_default() += 1);
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

fn neutral_words(project: &Project) -> usize {
    let regions = project.regions.iter().map(|region| &region.common);
    let common = regions.chain(project.lines.iter().map(|line| &line.common)).chain(project.places.iter().map(|place| &place.common));
    let common = common.chain(project.annotations.iter().map(|annotation| &annotation.common));
    let shapes: usize = common.map(|common| words(&common.text) + words(&common.note)).sum();
    let events: usize = project.events.iter().map(|event| words(&plain(&event.text)) + words(&event.note)).sum();
    words(&project.summary) + shapes + events
}

/// A sentence where one side has more than twice what another has.
fn uneven(sides: &[Side], what: &str, count: fn(&Side) -> usize) -> Option<String> {
    let most = sides.iter().max_by_key(|side| count(side))?;
    let least = sides.iter().min_by_key(|side| count(side))?;
    (count(most) > TOLERATED * count(least)).then(|| {
        let (more, fewer) = (count(most), count(least));
        format!("`{}` has {more} {what}, `{}` has {fewer}.", most.party, least.party)
    })
}

/// Letters between blanks; scripts that write without blanks count as one word for two letters.
fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).map(words_in).sum()
}

fn words_in(run: &str) -> usize {
    let unspaced = run.chars().filter(|letter| matches!(*letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')).count();
    unspaced.div_ceil(2).max(1)
}
