//! Points of view: named rules for choosing among the rows of the tenure.

use std::fmt;

use super::PolityId;

/// Whose picture of the world is drawn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum View {
    /// Who controls the land on the day.
    DeFacto,
    /// As United Nations resolutions and maps treat it.
    Un,
    /// As one party states it.
    Party(PolityId),
}

impl View {
    /// The view named `id`: `de-facto`, `un`, or a party's id. Whether that party has any rows of its own is for
    /// [`super::Tenure::views`] to say.
    pub fn from_id(id: &str) -> Self {
        match id.trim() {
            "de-facto" => Self::DeFacto,
            "un" => Self::Un,
            party => Self::Party(PolityId::from(party)),
        }
    }

    /// The fixed name that files and the command line use.
    pub fn id(&self) -> &str {
        match self {
            Self::DeFacto => "de-facto",
            Self::Un => "un",
            Self::Party(polity) => polity.as_str(),
        }
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
