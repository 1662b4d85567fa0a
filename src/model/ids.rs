//! Ids as types, so that a polity can never be looked up among alliances.

use std::{borrow::Borrow, fmt, sync::Arc};

use serde::{Deserialize, Serialize};

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id as it is written in files and on the command line.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.trim().into())
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id_type!(
    /// A polity: ISO 3166-1 alpha-3 in lower case where there is one (`ukr`), else a slug (`ussr`).
    PolityId
);
id_type!(
    /// An alliance, treaty or organisation: `nato`.
    AllianceId
);
id_type!(
    /// A disputed area: `aksai-chin`.
    DisputeId
);
id_type!(
    /// A case study or user's project: `galwan`.
    CaseId
);
id_type!(
    /// An item of the bibliography: `un-2014-68-262`.
    SourceId
);
