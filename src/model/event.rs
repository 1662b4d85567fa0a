//! Events and their kinds: the vocabulary of how disputes are fought and managed.

use serde_json::Value;

use super::{
    Citation, DisputeId, Picture, PolityId,
    event_status::{Confidence, Ending, EventStatus},
};
use crate::{
    geometry::LonLat,
    time::{Date, Day, End, Span},
};

macro_rules! event_kinds {
    ($($variant:ident $id:literal $label:literal $family:ident,)*) => {
        /// What sort of event it is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum EventKind {
            $(#[doc = $label] $variant,)*
        }

        impl EventKind {
            /// Every kind, in the order of the vocabulary.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word that files use.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// What people read.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }

            /// The family, which decides the colour and the ground of the symbol.
            pub fn family(self) -> EventFamily {
                match self { $(Self::$variant => EventFamily::$family,)* }
            }
        }
    };
}

/// Families of kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventFamily {
    /// Force: clashes, wars, occupations.
    Force,
    /// Changes of status: annexations, independence, referendums, administrative acts.
    Status,
    /// Agreements: ceasefires, treaties.
    Agreement,
    /// Talks: negotiation, summits, mediation, courts, resolutions.
    Diplomacy,
    /// Military measures short of force: deployments, basing, arms, exercises.
    Military,
    /// Alliances.
    Alliance,
    /// Pressure and cooperation: sanctions, projects, resources, refugees.
    Society,
}

impl EventFamily {
    /// Every family, in the order of legends.
    pub const ALL: [Self; 7] = [Self::Force, Self::Status, Self::Agreement, Self::Diplomacy, Self::Military, Self::Alliance, Self::Society];

    /// The name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Force => "force",
            Self::Status => "status",
            Self::Agreement => "agreements",
            Self::Diplomacy => "diplomacy",
            Self::Military => "military",
            Self::Alliance => "alliances",
            Self::Society => "society",
        }
    }

    /// What the legend calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Force => "Use of force",
            Self::Status => "Change of status",
            Self::Agreement => "Ceasefires and treaties",
            Self::Diplomacy => "Diplomacy and courts",
            Self::Military => "Military measures",
            Self::Alliance => "Alliances",
            Self::Society => "Economy and people",
        }
    }
}

event_kinds! {
    Clash "clash" "Clash" Force,
    War "war" "War" Force,
    Occupation "occupation" "Occupation" Force,
    Annexation "annexation" "Annexation" Status,
    Independence "independence" "Declaration of independence" Status,
    Recognition "recognition" "Recognition" Status,
    Ceasefire "ceasefire" "Ceasefire" Agreement,
    Armistice "armistice" "Armistice" Agreement,
    PeaceTreaty "peace-treaty" "Peace treaty" Agreement,
    BorderTreaty "border-treaty" "Border treaty or demarcation" Agreement,
    Negotiation "negotiation" "Negotiation round" Diplomacy,
    Summit "summit" "Summit" Diplomacy,
    Mediation "mediation" "Third-party mediation" Diplomacy,
    GoodOffices "good-offices" "Good offices" Diplomacy,
    Court "court" "Arbitration or court judgment" Diplomacy,
    ConfidenceBuilding "confidence-building" "Confidence-building measure" Agreement,
    Hotline "hotline" "Hotline" Agreement,
    Exercise "exercise" "Joint exercise" Military,
    Advisers "advisers" "Attaches or advisers" Military,
    Basing "basing" "Basing or status-of-forces agreement" Military,
    ArmsTransfer "arms-transfer" "Arms transfer" Military,
    Deployment "deployment" "Deployment or deterrence presence" Military,
    Peacekeeping "peacekeeping" "Peacekeeping mission" Military,
    Observers "observers" "Observer mission" Diplomacy,
    Intervention "intervention" "Humanitarian intervention" Force,
    Sanctions "sanctions" "Sanctions" Society,
    ArmsControl "arms-control" "Arms-control agreement" Agreement,
    Inspection "inspection" "Inspection" Diplomacy,
    TreatyWithdrawal "treaty-withdrawal" "Withdrawal from a treaty" Diplomacy,
    AllianceFounded "alliance-founded" "Alliance founded" Alliance,
    AllianceJoined "alliance-joined" "Alliance joined" Alliance,
    AllianceLeft "alliance-left" "Alliance left" Alliance,
    AllianceInvoked "alliance-invoked" "Alliance invoked" Alliance,
    Referendum "referendum" "Referendum" Status,
    UnResolution "un-resolution" "UN resolution" Diplomacy,
    Cyber "cyber" "Cyber operation" Force,
    Resources "resources" "Resource or climate dispute" Society,
    PublicDiplomacy "public-diplomacy" "Public diplomacy" Diplomacy,
    EconomicProject "economic-project" "Economic project" Society,
    Refugees "refugees" "Refugee movement" Society,
    Administration "administration" "Administrative or constitutional act" Status,
}

impl EventKind {
    /// The kind by the word that files use.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.id() == id)
    }
}

/// What has lasted longer than this when it is seen is a state of affairs rather than something that happens.
const LONG_DAYS: i64 = 366;

impl Event {
    /// When it was, in the words of its source; both ends where it lasted, `since ...` where it still goes on.
    pub fn when(&self) -> String {
        match &self.span.end {
            End::On(end) if *end == self.date => self.date.label(),
            _ => self.span.label(),
        }
    }

    /// Whether it began before `first` and lasts for more than a year: a treaty in force, sanctions, a mission. Maps show it quietly from then on.
    pub fn stands_since_before(&self, first: Day) -> bool {
        let (from, past_end) = (self.span.first_day(), self.span.past_end());
        from < first && (past_end == Day::MAX || past_end.get() - from.get() > LONG_DAYS)
    }
}

/// Which kinds of events are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EventFilter {
    /// All of them.
    #[default]
    All,
    /// Those of one family.
    Family(EventFamily),
    /// Those of one kind.
    Kind(EventKind),
}

impl EventFilter {
    /// Whether a kind is asked for.
    pub fn asks_for(self, kind: EventKind) -> bool {
        match self {
            Self::All => true,
            Self::Family(family) => kind.family() == family,
            Self::Kind(own) => own == kind,
        }
    }

    /// The filter by the word that files use: `all`, a family or a kind. Where a family and a kind have one name the kind is meant.
    pub fn from_id(id: &str) -> Option<Self> {
        let family = || EventFamily::ALL.into_iter().find(|family| family.id() == id).map(Self::Family);
        if id == "all" { Some(Self::All) } else { EventKind::from_id(id).map(Self::Kind).or_else(family) }
    }

    /// The word that files use.
    pub fn id(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Family(family) => family.id(),
            Self::Kind(kind) => kind.id(),
        }
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::All => "All kinds",
            Self::Family(family) => family.label(),
            Self::Kind(kind) => kind.label(),
        }
    }
}

/// What one party says of an event where the parties differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// Whose account.
    pub party: PolityId,
    /// What it calls the event; empty where that is in `names` of the event, or does not differ.
    pub title: String,
    /// What it says, in CommonMark.
    pub text: String,
    /// Its own date, where that differs.
    pub date: Option<Date>,
    /// When it was over, where the account has an end of its own.
    pub end: Option<Date>,
    /// What it calls the place, or where else it puts it; empty where that does not differ.
    pub place: String,
    /// What it counts, in the order of the file.
    pub figures: Vec<Figure>,
    /// Where it is written.
    pub sources: Vec<Citation>,
}

impl Account {
    /// When it was according to the account; empty where it has no date of its own.
    pub fn when(&self) -> String {
        match (&self.date, &self.end) {
            (Some(date), Some(end)) => format!("{} to {}", date.label(), end.label()),
            (Some(date), None) => date.label(),
            (None, Some(end)) => format!("until {}", end.label()),
            (None, None) => String::new(),
        }
    }

    /// The first figure that says how many of something there were.
    pub fn figure(&self, what: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.what.eq_ignore_ascii_case(what))
    }
}

/// How many of something one party counts: its best number, and from where to where it may lie.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    /// What is counted: `killed`. Empty is against the rules.
    pub what: String,
    /// The number; `None` where the source only says from where to where it lies.
    pub value: Option<f64>,
    /// The least that it may be; `None` where the source does not say.
    pub least: Option<f64>,
    /// The most that it may be; `None` where the source does not say.
    pub most: Option<f64>,
    /// What one of it is: `soldiers`, `km²`. May be empty.
    pub unit: String,
    /// Where it is written.
    pub sources: Vec<Citation>,
}

impl Figure {
    /// The number and how sure it is, with its unit: `20 soldiers`, `20 to 43`, `35 (20 to 43)`, `at least 20`. Empty for a figure without any number.
    pub fn amount(&self) -> String {
        let range = match (self.least, self.most) {
            (Some(least), Some(most)) => format!("{} to {}", number_text(least), number_text(most)),
            (Some(least), None) => format!("at least {}", number_text(least)),
            (None, Some(most)) => format!("at most {}", number_text(most)),
            (None, None) => String::new(),
        };
        let number = match (self.value, range.is_empty()) {
            (Some(value), true) => number_text(value),
            (Some(value), false) => format!("{} ({range})", number_text(value)),
            (None, _) => range,
        };
        if number.is_empty() || self.unit.is_empty() { number } else { format!("{number} {}", self.unit) }
    }

    /// What is wrong with its numbers, in a sentence; `None` where nothing is.
    pub fn fault(&self) -> Option<String> {
        let low = self.value.or(self.most).zip(self.least).is_some_and(|(number, least)| number < least);
        let high = self.value.or(self.least).zip(self.most).is_some_and(|(number, most)| number > most);
        match () {
            () if self.what.is_empty() => Some("a figure does not say what it counts.".to_owned()),
            () if self.amount().is_empty() => Some(format!("the figure `{}` has no number.", self.what)),
            () if low || high => Some(format!("the figure `{}` lies outside its own range: {}.", self.what, self.amount())),
            () => None,
        }
    }
}

/// A number as people read it, its thousands parted by a gap that no language takes for a decimal sign. Four digits stay together.
fn number_text(number: f64) -> String {
    let text = number.abs().to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), ""), |(whole, fraction)| (whole, fraction));
    let mut out = String::from(if number < 0.0 { "−" } else { "" });
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) && whole.len() > 4 {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.extend([".", fraction]);
    }
    out
}

/// One dated, placed, cited event.
#[derive(Clone, Debug)]
pub struct Event {
    /// Unique in its document.
    pub id: String,
    /// What sort it is.
    pub kind: EventKind,
    /// The title, neutral.
    pub title: String,
    /// What each party calls it, where they differ.
    pub names: Vec<(PolityId, String)>,
    /// When: from the start to the end, which for an event without `end` is the end of its start; still in force where it goes on.
    pub span: Span,
    /// Whether the file gives it an end (`..` for one that goes on); else it is a moment.
    pub lasts: bool,
    /// How it stood in the course of time, oldest first; empty for a moment, and where the file does not say.
    pub statuses: Vec<EventStatus>,
    /// How it came to its end, where the file says so.
    pub ended_by: Option<Ending>,
    /// The start as the source gives it.
    pub date: Date,
    /// What happened, in CommonMark without HTML: see [`super::rich_text`].
    pub text: String,
    /// Where.
    pub at: LonLat,
    /// The name of the place.
    pub place: String,
    /// How far the place may be off, in kilometres; `None` where the file does not say.
    pub precision_km: Option<f64>,
    /// Who took part.
    pub parties: Vec<PolityId>,
    /// The dispute that it belongs to, if any.
    pub dispute: Option<DisputeId>,
    /// 1 is the most important, 3 the least.
    pub importance: u8,
    /// How sure it is; `None` where the file does not say, or says it in a word of its own.
    pub confidence: Option<Confidence>,
    /// Accounts that differ; empty where the parties agree.
    pub accounts: Vec<Account>,
    /// Its pictures, in the order of the file; empty for none.
    pub pictures: Vec<Picture>,
    /// Where it is written.
    pub sources: Vec<Citation>,
    /// Free text.
    pub note: String,
    /// The author's layer that it is in, by id; empty for none.
    pub layer: String,
    /// The feature as the file has it, but for its pictures, for export.
    pub properties: serde_json::Map<String, Value>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn figure(value: Option<f64>, least: Option<f64>, most: Option<f64>) -> Figure {
        Figure { what: "killed".to_owned(), value, least, most, ..Figure::default() }
    }

    #[test]
    fn a_figure_says_how_sure_it_is() {
        let text = |value, least, most| figure(value, least, most).amount();
        assert_eq!(text(Some(20.0), None, None), "20");
        assert_eq!(text(None, Some(20.0), Some(43.0)), "20 to 43");
        assert_eq!(text(Some(35.0), Some(20.0), Some(43.0)), "35 (20 to 43)");
        assert_eq!(text(None, Some(20.0), None), "at least 20");
        assert_eq!(text(Some(12500.5), None, Some(1e6)), "12\u{a0}500.5 (at most 1\u{a0}000\u{a0}000)");
        assert_eq!(Figure { unit: "soldiers".to_owned(), ..figure(Some(4.0), None, None) }.amount(), "4 soldiers");
        assert_eq!(text(None, None, None), "");
    }

    proptest! {
        /// A figure is sound just where its number lies in its range.
        #[test]
        fn a_number_lies_in_its_range(value in proptest::option::of(0_i32..50), least in proptest::option::of(0_i32..50), most in proptest::option::of(0_i32..50)) {
            let own = figure(value.map(f64::from), least.map(f64::from), most.map(f64::from));
            let numbers: Vec<i32> = [least, value, most].into_iter().flatten().collect();
            prop_assert_eq!(own.fault().is_none(), !numbers.is_empty() && numbers.is_sorted());
        }
    }
}
