//! What the atlas says: the partition, who held which units when and in whose view, polities, disputes, alliances, cases, sources;
//! and the one question everything else asks: the state of the world at a date. Values in, values out, problems as values.

pub mod alliance;
pub mod atlas;
pub mod borders;
pub mod dispute;
pub mod event;
pub mod ids;
pub mod partition;
pub mod polity;
pub mod problem;
pub mod project;
pub mod search;
pub mod source;
pub mod table;
pub mod tenure;
pub mod tenure_text;
pub mod units;
pub mod validate;
pub mod views;
pub mod world;

pub use alliance::{Alliance, Member, Pledge};
pub use atlas::Atlas;
pub use dispute::Dispute;
pub use event::{Event, EventKind};
pub use ids::{AllianceId, CaseId, DisputeId, PolityId, SourceId};
pub use partition::Partition;
pub use polity::{Polities, Polity, PolityIx};
pub use problem::Problem;
pub use project::Project;
pub use search::SearchIndex;
pub use source::{Citation, Source};
pub use tenure::Tenure;
pub use views::View;
pub use world::WorldState;
