//! The lanes of the score, made from the atlas and the document: who controlled what and who claimed it, and the alliances.

mod kept;
mod own_lanes;

use std::{collections::BTreeMap, sync::Arc};

use eframe::egui::Color32;
use rustc_hash::FxHashMap;

pub use kept::LaneCache;

use super::{
    bars::Owner,
    packing::{rows, without},
    palette::color,
    types::{Band, BandRow, Lane},
};
use crate::{
    model::{
        Alliance, AllianceId, Atlas, Dispute, Member, PolityId, PolityIx, Project, View, WorldState,
        chart::member_counts,
        project::{Control, Region},
    },
    scene::{
        hues::{alliance_color, alliance_hue_color, alliance_hues},
        style::{Theme, polity_color},
    },
    time::{Day, End, Span},
};

/// What the lanes are made from. They change with these and with nothing else: keep what [`lanes`] gives by them.
pub struct LaneInput<'a> {
    /// The built-in facts.
    pub atlas: &'a Atlas,
    /// The document that is open.
    pub project: Option<&'a Project>,
    /// The view: whose names are written, and whose titles count where the tenure is asked.
    pub view: &'a View,
    /// The alliances that are shown.
    pub alliances: &'a [AllianceId],
    /// The theme that colours are taken from.
    pub theme: Theme,
    /// What is edited of the document; `None` where it cannot be changed.
    pub editing: Option<LaneEditing<'a>>,
}

/// What lanes of a document that can be changed show besides.
#[derive(Clone, Copy)]
pub struct LaneEditing<'a> {
    /// The features whose shape leaves a gap to the shape of its subject before, or overlaps it.
    pub gapped: &'a [String],
}

/// The lanes of a document: its regions by subject, its disputes that it draws no region of, then the shown alliances.
pub fn lanes(input: &LaneInput) -> Vec<Arc<Lane>> {
    lanes_again(input, &mut LaneCache::default())
}

/// The same, with what was made of the state before; nobody may hold the lanes of that any more, or more is made anew.
pub fn lanes_again(input: &LaneInput, cache: &mut LaneCache) -> Vec<Arc<Lane>> {
    cache.suit(input);
    let mut lanes = Vec::new();
    if let Some(project) = input.project {
        lanes.extend(cache.region_lanes(input, project));
        let is_drawn = |id: &str| project.regions.iter().any(|region| region.subject == id || region.area.contains(id));
        let disputes = project.disputes.iter().filter(|id| !is_drawn(id.as_str()));
        lanes.extend(
            disputes.filter_map(|id| input.atlas.dispute(id.as_str())).filter_map(|dispute| dispute_lane(input, dispute)).map(Arc::new),
        );
        if input.editing.is_some() {
            lanes.extend(cache.line_lanes(input, project));
            lanes.extend(cache.event_lane(input, project));
        }
    }
    let alliances = input.alliances.iter().filter_map(|id| input.atlas.alliance(id.as_str()));
    lanes.extend(alliances.map(|alliance| Arc::new(alliance_lane(input, alliance))));
    lanes
}

/// The regions of each subject, in the order of the document.
fn subjects(regions: &[Arc<Region>]) -> Vec<(&str, Vec<&Arc<Region>>)> {
    by_subject(regions.iter().map(|region| (&*region.subject, region)))
}

/// What belongs to each subject, both in the order in which they come.
fn by_subject<'a, T>(items: impl Iterator<Item = (&'a str, T)>) -> Vec<(&'a str, Vec<T>)> {
    let mut found: Vec<(&str, Vec<T>)> = Vec::new();
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    for (subject, item) in items {
        let place = *places.entry(subject).or_insert(found.len());
        match found.get_mut(place) {
            Some((_, items)) => items.push(item),
            None => found.push((subject, vec![item])),
        }
    }
    found
}

/// Something that somebody was in a region, for a time.
struct Spell {
    who: PolityId,
    role: String,
    span: Stretch,
    /// When, in the words of the source where it is one row, for people.
    when: String,
    /// Whose row it is, where it can be changed.
    owner: Option<Owner>,
}

/// A span with what is uncertain of its ends.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stretch {
    from: Day,
    sure_from: Day,
    sure_until: Day,
    past_end: Day,
}

impl Stretch {
    fn of(span: &Span) -> Self {
        let (from, past_end) = (span.first_day(), span.past_end());
        let sure_from = span.start.as_ref().map_or(from, |start| start.latest);
        let sure_until = match &span.end {
            End::On(end) | End::LastObserved(end) => end.earliest.plus_days(1),
            End::InForce | End::Unknown => past_end,
        };
        Self { from, sure_from: sure_from.min(past_end), sure_until: sure_until.max(from), past_end }
    }

    fn days(&self) -> (Day, Day) {
        (self.from, self.past_end)
    }

    /// One stretch of two that touch or overlap.
    fn joined(self, other: Self) -> Option<Self> {
        let touch = self.from <= other.past_end && other.from <= self.past_end;
        let (first, last) =
            (if self.from <= other.from { self } else { other }, if self.past_end >= other.past_end { self } else { other });
        touch.then_some(Self { from: first.from, sure_from: first.sure_from, sure_until: last.sure_until, past_end: last.past_end })
    }

    /// Only the part within some days.
    fn within(self, (from, past_end): (Day, Day)) -> Self {
        Self {
            from: self.from.max(from),
            sure_from: self.sure_from.clamp(from, past_end),
            sure_until: self.sure_until.clamp(from, past_end),
            past_end: self.past_end.min(past_end),
        }
    }
}

/// The lane of one subject: a bar for each control, striped threads for claims of those who are not in control.
fn region_lane(input: &LaneInput, subject: &str, regions: &[&Region]) -> Option<Lane> {
    let (control, claims) = match input.editing {
        None => (spells(regions.iter().flat_map(|region| &region.control)), spells(regions.iter().flat_map(|region| &region.claims))),
        Some(_) => (own_lanes::rows_of(regions, "control"), own_lanes::rows_of(regions, "claims")),
    };
    let (label, hint) = match regions {
        [region] => (region.common.name_in(input.view).to_owned(), crate::model::rich_text::plain(&region.common.text)),
        regions => {
            (subject_label(input, subject), regions.iter().map(|region| region.common.name_in(input.view)).collect::<Vec<_>>().join("\n"))
        }
    };
    let lane = lane_of_spells(input, (label, hint), control, claims)?;
    Some(match input.editing {
        Some(editing) => own_lanes::with_gaps(lane, regions, (editing.gapped, input.theme)),
        None => lane,
    })
}

/// The name of a subject that several shapes share: the dispute's of the same id, else its words.
fn subject_label(input: &LaneInput, subject: &str) -> String {
    if let Some(dispute) = input.atlas.dispute(subject) {
        return dispute.name.clone();
    }
    let words = subject.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Spells of one holder and role joined where they touch, by their start.
fn spells<'a>(rows: impl Iterator<Item = &'a Control>) -> Vec<Spell> {
    let mut found: Vec<Spell> = Vec::new();
    for row in rows {
        let mut span = Stretch::of(&row.span);
        if span.from >= span.past_end {
            continue;
        }
        let mut when = row.span.label();
        found.retain(|own| {
            let joined = (own.who == row.holder && own.role == row.role).then(|| own.span.joined(span)).flatten();
            if let Some(joined) = joined {
                (span, when) = (joined, days_label(&joined));
            }
            joined.is_none()
        });
        found.push(Spell { who: row.holder.clone(), role: row.role.clone(), span, when, owner: None });
    }
    found.sort_by_key(|spell| (spell.span.from, spell.span.past_end));
    found
}

fn lane_of_spells(input: &LaneInput, (label, hint): (String, String), control: Vec<Spell>, claims: Vec<Spell>) -> Option<Lane> {
    let (bar_rows, bars) = rows(&control.iter().map(|spell| spell.span.days()).collect::<Vec<_>>());
    let mut bands: Vec<Band> = control.iter().zip(bar_rows).map(|(spell, row)| bar(input, spell, row)).collect();
    // A claim says something only while the claimant is not in control; where it is edited its ends are what they are.
    let is_edited = input.editing.is_some();
    let held_by =
        |who: &PolityId| control.iter().filter(|spell| spell.who == *who && !is_edited).map(|spell| spell.span.days()).collect::<Vec<_>>();
    let contested: Vec<(&Spell, Stretch)> = claims
        .iter()
        .flat_map(|claim| without(claim.span.days(), &held_by(&claim.who)).into_iter().map(move |days| (claim, claim.span.within(days))))
        .collect();
    let (thread_rows, threads) = rows(&contested.iter().map(|(_, span)| span.days()).collect::<Vec<_>>());
    bands.extend(contested.into_iter().zip(thread_rows).map(|((claim, span), row)| thread(input, claim, span, row)));
    (!bands.is_empty()).then_some(Lane { label, hint, bands, bars, threads })
}

fn bar(input: &LaneInput, spell: &Spell, row: usize) -> Band {
    let name = input.atlas.polities.name(&spell.who).to_owned();
    let tip = format!("{name}: {}\n{}", role_label(input.atlas, &spell.role), spell.when);
    Band { owner: spell.owner.clone(), ..band(&spell.span, BandRow::Bar(row), (name, tip), polity_tint(input, &spell.who)) }
}

fn thread(input: &LaneInput, claim: &Spell, span: Stretch, row: usize) -> Band {
    let name = input.atlas.polities.name(&claim.who).to_owned();
    let tip = format!("Claimed by {name}\n{}", claim.when);
    Band { hatched: true, owner: claim.owner.clone(), ..band(&span, BandRow::Thread(row), (name, tip), polity_tint(input, &claim.who)) }
}

fn band(span: &Stretch, row: BandRow, (label, tip): (String, String), color: Color32) -> Band {
    let Stretch { from, sure_from, sure_until, past_end } = *span;
    Band { from, sure_from, sure_until, past_end, row, label, tip, color, hatched: false, height: 1.0, owner: None }
}

/// `part of ussr` with the polity's name for its id.
fn role_label(atlas: &Atlas, role: &str) -> String {
    match role.rsplit_once(' ') {
        Some((words, id)) => format!("{words} {}", atlas.polities.get(id).map_or(id, |polity| &polity.name)),
        None => role.to_owned(),
    }
}

/// From the first to the last day, for people.
fn days_label(span: &Stretch) -> String {
    let (from, last) = (span.from.label(), span.past_end.plus_days(-1).label());
    match (span.from == Day::MIN, span.past_end == Day::MAX) {
        (true, true) => "at all times".to_owned(),
        (true, false) => format!("until {last}"),
        (false, true) => format!("since {from}"),
        (false, false) => format!("{from} – {last}"),
    }
}

fn polity_tint(input: &LaneInput, who: &PolityId) -> Color32 {
    match input.atlas.polities.find(who.as_str()) {
        Some(index) => color(polity_color(&input.atlas.polities, index, input.theme, true)),
        None => Color32::GRAY,
    }
}

/// The lane of a disputed area by the tenure: who held any of its units in the view, and who else contended.
pub fn dispute_lane(input: &LaneInput, dispute: &Dispute) -> Option<Lane> {
    let days = dispute_days(input.atlas, dispute);
    let mut control: BTreeMap<PolityIx, Vec<Stretch>> = BTreeMap::new();
    let mut claims: BTreeMap<PolityIx, Vec<Stretch>> = BTreeMap::new();
    for pair in days.windows(2) {
        let state = WorldState::at(input.atlas, pair[0], input.view);
        let span = Stretch { from: pair[0], sure_from: pair[0], sure_until: pair[1], past_end: pair[1] };
        let holders = dispute.units.iter().filter_map(|unit| state.holding(*unit).holder);
        let contenders = dispute.units.iter().flat_map(|unit| state.contenders(*unit).iter().copied());
        holders.for_each(|polity| extend(control.entry(polity).or_default(), span));
        contenders.for_each(|polity| extend(claims.entry(polity).or_default(), span));
    }
    let spells = |found: BTreeMap<PolityIx, Vec<Stretch>>, role: &str| {
        let spells = found.into_iter().flat_map(|(polity, spans)| spans.into_iter().map(move |span| (polity, span)));
        let spell = |(polity, span)| Spell {
            who: input.atlas.polities.at(polity).id.clone(),
            role: role.to_owned(),
            when: days_label(&span),
            span,
            owner: None,
        };
        let mut spells: Vec<Spell> = spells.map(spell).collect();
        spells.sort_by_key(|spell| (spell.span.from, spell.span.past_end));
        spells
    };
    let label = match input.view {
        View::Party(party) => dispute.names.iter().find(|(own, _)| own == party).map_or(&dispute.name, |(_, name)| name),
        _ => &dispute.name,
    };
    lane_of_spells(input, (label.clone(), dispute.note.clone()), spells(control, "holds some or all of it"), spells(claims, "claims"))
}

/// The days on which anything changes for the units of a dispute, with the ends of time.
fn dispute_days(atlas: &Atlas, dispute: &Dispute) -> Vec<Day> {
    let rows = atlas.tenure.rows.iter().filter(|row| row.units.iter().any(|unit| dispute.units.binary_search(unit).is_ok()));
    let mut days: Vec<Day> = rows.flat_map(|row| [row.text.span.first_day(), row.text.span.past_end()]).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Joined to the last stretch where it touches it.
fn extend(spans: &mut Vec<Stretch>, span: Stretch) {
    match spans.last_mut().and_then(|last| last.joined(span).map(|joined| (last, joined))) {
        Some((last, joined)) => *last = joined,
        None => spans.push(span),
    }
}

/// The lane of an alliance: how many members it had as a bar that grows, and a thread for each party of the document that belonged to it.
fn alliance_lane(input: &LaneInput, alliance: &Alliance) -> Lane {
    let shown = input.alliances.iter().position(|id| *id == alliance.id);
    let hues = alliance_hues(input.alliances);
    let tint = color(shown.map_or_else(|| alliance_color(&alliance.id, input.theme), |at| alliance_hue_color(hues[at], input.theme)));
    let counts = member_counts(alliance);
    let most = counts.iter().map(|(_, _, count)| *count).max().unwrap_or(1).max(1);
    let mut bands: Vec<Band> = counts
        .into_iter()
        .map(|(from, past_end, count)| {
            let span = Stretch { from, sure_from: from, sure_until: past_end, past_end };
            let label = if count == 1 { "1 member".to_owned() } else { format!("{count} members") };
            let tip = format!("{}: {label}\n{}", alliance.name, days_label(&span));
            Band { height: 0.4 + 0.6 * count as f32 / most as f32, ..band(&span, BandRow::Bar(0), (count.to_string(), tip), tint) }
        })
        .collect();
    let own = members_of_document(input, alliance);
    let spans: Vec<Stretch> = own.iter().map(|member| Stretch::of(&member.span)).collect();
    let (rows, threads) = rows(&spans.iter().map(Stretch::days).collect::<Vec<_>>());
    bands.extend(own.iter().zip(spans).zip(rows).map(|((member, span), row)| {
        let name = input.atlas.polities.name(&member.polity);
        let tip = format!("{name} in {}\n{}", alliance.name, days_label(&span));
        band(&span, BandRow::Thread(row), (name.to_owned(), tip), polity_tint(input, &member.polity))
    }));
    Lane { label: alliance.name.clone(), hint: alliance.long_name.clone(), bands, bars: 1, threads }
}

/// The memberships of the parties of the document.
fn members_of_document<'a>(input: &LaneInput, alliance: &'a Alliance) -> Vec<&'a Member> {
    let is_party = |who: &PolityId| input.project.is_some_and(|project| project.disputants().any(|party| party == who));
    let mut own: Vec<&Member> = alliance.members.iter().filter(|member| is_party(&member.polity)).collect();
    own.sort_by_key(|member| member.span.first_day());
    own
}
