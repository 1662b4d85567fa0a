//! What the colours of lands tell, and the borders of today under those of another date.

use crate::atlas;
use border_atlas::{
    geometry::UnitIx,
    model::{AllianceId, View, WorldState, borders::LineClass},
    scene::{Coloring, Look, Theme, WorldLayer, hues, tint::Loudness},
    time::Day,
};

fn day(year: i64) -> Day {
    Day::from_ymd(year, 6, 1).expect("a real day")
}

#[test]
fn borders_of_today_are_drawn_on_request_where_the_date_has_none() {
    let at = |year: i64, today: bool| {
        let state = WorldState::at(atlas(), day(year), &View::DeFacto);
        let mut look = Look::default();
        look.layers.today.visible = today;
        WorldLayer::new(atlas(), &state, &look)
    };
    let count = |layer: &WorldLayer| layer.class_of_arc.iter().filter(|class| **class == LineClass::Today).count();
    assert_eq!(count(&at(1970, false)), 0);
    let (then, with_today, now) = (at(1970, false), at(1970, true), at(2026, true));
    assert!(count(&with_today) > 100, "the borders between the republics of 1991 are missing");
    assert_eq!(count(&now), 0, "today needs no second borders");
    for (class, other) in then.class_of_arc.iter().zip(&with_today.class_of_arc) {
        assert!(
            class == other || *other == LineClass::Today && matches!(class, LineClass::Absent | LineClass::Minor | LineClass::Internal)
        );
    }
}

#[test]
fn colours_tell_what_they_are_asked_to_tell() {
    let project = atlas().case("crimea").unwrap();
    let state = WorldState::at(atlas(), day(1985), &View::DeFacto);
    let colored = |coloring: Coloring, alliances: Vec<AllianceId>| {
        Look { coloring, alliances, ..Look::of_project(atlas(), project, Theme::Light) }.colored(atlas(), Some(project), &state)
    };
    let own = |look: &Look, id: &str| {
        let polity = atlas().polities.find(id).unwrap();
        let unit =
            (0..).map(UnitIx).zip(state.holdings()).find(|(unit, it)| it.holder == Some(polity) && state.contenders(*unit).is_empty());
        (WorldLayer::new(atlas(), &state, look).fill(unit.unwrap().0).base, polity)
    };
    let tint = |polity, loudness| hues::color(&atlas().polities, polity, Theme::Light, loudness);
    let political = colored(Coloring::Political, vec![]);
    let (found, brazil) = own(&political, "bra");
    assert_eq!(found, tint(brazil, Loudness::Even));
    let (found, ussr) = own(&political, "ussr");
    assert_eq!(found, tint(ussr, Loudness::Even), "nobody stands out");
    let disputes = colored(Coloring::Disputes, vec![]);
    assert_eq!(own(&disputes, "ussr").0, tint(ussr, Loudness::Quiet));
    let alliances = colored(Coloring::Alliances, vec![]);
    let chosen: Vec<&str> = alliances.alliances.iter().map(AllianceId::as_str).collect();
    assert!(chosen.contains(&"nato") && chosen.contains(&"warsaw-pact"), "{chosen:?}");
    assert_eq!(own(&alliances, "ussr").0, hues::alliance_color(&atlas().alliance("warsaw-pact").unwrap().id, Theme::Light));
    assert_eq!(own(&alliances, "bra").1, brazil);
    let story = colored(Coloring::Story, vec![]);
    assert_eq!(own(&story, "ussr").0, tint(ussr, Loudness::Clear));
}

/// In 1954 the Soviet Union stays and Crimea goes from one republic to another: a story of Ukraine and Russia must show that.
#[test]
fn the_republics_of_a_union_have_shades_in_a_story_about_their_successors() {
    let project = atlas().case("crimea").unwrap();
    let dispute = project.disputes.iter().find_map(|id| atlas().dispute(id.as_str()).filter(|dispute| dispute.id.as_str() == "crimea"));
    let crimea = dispute.expect("its own dispute").units[0];
    let fill = |date: &str, look: &Look, other: &str| {
        let state = WorldState::at(atlas(), date.parse().unwrap(), &View::DeFacto);
        let world = WorldLayer::new(atlas(), &state, &look.colored(atlas(), Some(project), &state));
        let republic = atlas().polities.find(other).unwrap();
        let at_home = (0..).map(UnitIx).zip(state.holdings()).find(|(unit, it)| *unit != crimea && it.part == Some(republic));
        (world.fill(crimea).base, world.fill(at_home.expect("it has land of its own").0).base)
    };
    for theme in Theme::ALL {
        let story = Look::of_project(atlas(), project, theme);
        let (before, russian) = fill("1954-02-18", &story, "rsfsr");
        let (after, ukrainian) = fill("1954-02-19", &story, "ukrainian-ssr");
        assert_eq!((before, after), (russian, ukrainian), "{theme:?}");
        assert!(before.difference(after) > 0.04, "{theme:?}: {} apart", before.difference(after));
        let political = Look { coloring: Coloring::Political, ..story };
        assert_eq!(fill("1954-02-18", &political, "rsfsr").0, fill("1954-02-19", &political, "rsfsr").0, "one state, one colour");
    }
}

#[test]
fn a_power_is_named_at_home_and_not_in_what_it_occupies() {
    let state = WorldState::at(atlas(), day(1900), &View::DeFacto);
    let names = border_atlas::scene::names::names(atlas(), &state, day(1900), &Look::default(), None, &mut Default::default());
    let britain = atlas().polities.find("gbr").unwrap();
    let name = names.iter().find(|name| name.of == border_atlas::scene::names::Named::Polity(britain)).expect("it is named");
    assert!(name.units.iter().all(|unit| state.holding(*unit).title == Some(britain)));
    let held = state.holdings().iter().filter(|holding| holding.holder == Some(britain)).count();
    assert!(held > name.units.len(), "the test needs land that it holds without title, as Egypt");
}
