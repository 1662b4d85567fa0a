//! The symbols of events: one drawing for each kind, white on the ground of its family, made of a few convex areas, holes and lines so that it can
//! be read at 16 points and painted by anything.

mod agreement;
mod alliance;
mod diplomacy;
mod force;
mod ground;
mod military;
mod pen;
mod society;
mod status;
#[cfg(test)]
mod tests;

pub use ground::ground;

use super::item::At;
use crate::model::EventKind;

/// One part of a drawing, in a square from -1 to 1, `y` down. A later part lies over the earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// A convex area, white.
    Area(Vec<At>),
    /// A convex area in the colour of the ground: cut out of what lies below it.
    Hole(Vec<At>),
    /// A white line with round ends, this wide.
    Line {
        /// At least two points.
        points: Vec<At>,
        /// Width, in the units of the square.
        width: f32,
    },
    /// A ring: a circle that is not filled; white.
    Ring {
        /// Its middle.
        middle: At,
        /// Its radius to the middle of the line.
        radius: f32,
        /// Width of the line.
        width: f32,
    },
}

/// The drawing of a kind, which no other kind shares.
pub fn drawing(kind: EventKind) -> Vec<Part> {
    match kind {
        EventKind::Clash => force::crossed_swords(),
        EventKind::War => force::burst(),
        EventKind::Occupation => force::boot(),
        EventKind::Intervention => force::umbrella_over_person(),
        EventKind::Cyber => force::chip_with_bolt(),
        EventKind::Annexation => status::piece_put_in(),
        EventKind::Independence => status::flag_on_land(),
        EventKind::Recognition => status::flag_with_tick(),
        EventKind::Referendum => status::ballot_box(),
        EventKind::Administration => status::columns(),
        EventKind::Ceasefire => agreement::pause(),
        EventKind::Armistice => agreement::pause_on_line(),
        EventKind::PeaceTreaty => agreement::olive_branch(),
        EventKind::BorderTreaty => agreement::border_post(),
        EventKind::ConfidenceBuilding => agreement::shield_with_tick(),
        EventKind::Hotline => agreement::telephone(),
        EventKind::ArmsControl => agreement::missile_crossed_out(),
        EventKind::Negotiation => diplomacy::two_bubbles(),
        EventKind::Summit => diplomacy::two_at_a_table(),
        EventKind::Mediation => diplomacy::third_between_two(),
        EventKind::GoodOffices => diplomacy::bridge(),
        EventKind::Court => diplomacy::scales(),
        EventKind::Observers => diplomacy::eye(),
        EventKind::Inspection => diplomacy::magnifier(),
        EventKind::TreatyWithdrawal => diplomacy::out_of_document(),
        EventKind::UnResolution => diplomacy::globe_in_laurel(),
        EventKind::PublicDiplomacy => diplomacy::megaphone(),
        EventKind::Exercise => military::chevrons_on_target(),
        EventKind::Advisers => military::person_with_star(),
        EventKind::Basing => military::fort(),
        EventKind::ArmsTransfer => military::shells_on_the_way(),
        EventKind::Deployment => military::tank(),
        EventKind::Peacekeeping => military::helmet(),
        EventKind::AllianceFounded => alliance::two_rings(),
        EventKind::AllianceJoined => alliance::ring_and_plus(),
        EventKind::AllianceLeft => alliance::out_of_ring(),
        EventKind::AllianceInvoked => alliance::bolt_in_ring(),
        EventKind::Sanctions => society::barred_circle(),
        EventKind::Resources => society::drop_of_water(),
        EventKind::EconomicProject => society::cogwheel(),
        EventKind::Refugees => society::walker_with_bundle(),
    }
}
