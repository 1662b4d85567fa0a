//! Events and their kinds: the vocabulary of how disputes are fought and managed.

use serde_json::Value;

use super::{
    Citation, DisputeId, PolityId,
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
    /// What it says.
    pub text: String,
    /// Its own date, where that differs.
    pub date: Option<Date>,
    /// Where it is written.
    pub sources: Vec<Citation>,
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
    /// What happened, in plain text.
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
    /// Where it is written.
    pub sources: Vec<Citation>,
    /// Free text.
    pub note: String,
    /// The feature as the file has it, for export.
    pub properties: serde_json::Map<String, Value>,
}
