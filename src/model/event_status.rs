//! What became of an event that lasts (a mission, sanctions, an agreement): concluded, at work, suspended, and how it ended.

use super::{Citation, Event};
use crate::time::{Day, Span};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $id:literal $label:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = $label] $variant,)*
        }

        impl $name {
            /// Every one, in the order of the vocabulary.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word that files use.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// What people read.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }

            /// The one with the word that files use.
            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.id() == id)
            }
        }
    };
}

words!(
    /// How sure it is that an event took place as it is told.
    Confidence {
        Claimed "claimed" "Claimed by one side",
        Reported "reported" "Reported, not confirmed",
        Assessed "assessed" "Assessed by third parties",
        Confirmed "confirmed" "Confirmed",
    }
);

words!(
    /// How an event that lasts stands for a time.
    SpanStatus {
        Signed "signed" "Concluded, not yet in force",
        InForce "in-force" "In force",
        Suspended "suspended" "Suspended",
    }
);

words!(
    /// How an event that lasted came to its end.
    Ending {
        Expired "expired" "Expired",
        Completed "completed" "Completed",
        Withdrawn "withdrawn" "Withdrawn",
        Denounced "denounced" "Denounced",
        Lifted "lifted" "Lifted",
        Superseded "superseded" "Superseded",
        Lapsed "lapsed" "Lapsed",
    }
);

/// One stretch of an event that lasts.
#[derive(Clone, Debug, PartialEq)]
pub struct EventStatus {
    /// How it stood.
    pub is: SpanStatus,
    /// While it stood so.
    pub span: Span,
    /// Free text.
    pub note: String,
    /// Where it is written.
    pub sources: Vec<Citation>,
}

impl Event {
    /// How the event stands on a day: the last stretch that covers it. `None` outside the event, and where the file does not say.
    pub fn status_on(&self, day: Day) -> Option<&EventStatus> {
        let covers = |status: &&EventStatus| self.span.contains(day) && status.span.contains(day);
        self.statuses.iter().rev().find(covers)
    }
}
