//! The inspector: everything that the atlas says of what is selected, on the shown day, with sources.

use egui::RichText;

use super::{Ctx, accounts::accounts_ui, layers::heading_ui, pictures::pictures_ui, unit_history::unit_history_ui};
use crate::{
    geometry::topology::UnitIx,
    gui::{
        actions::Action,
        editing::forms::feature_form_ui,
        numbers::area_text,
        rich_words::rich_words_ui,
        session::Selection,
        theme::{font, size},
        words::{line, link_ui, tip_ui, words_ui},
    },
    model::{
        Alliance, Atlas, Citation, Dispute, Event, PolityId, PolityIx, Project,
        project::{Common, Control, Place},
        world::Status,
    },
    scene::Face,
    time::Day,
};

/// Draws what is selected.
pub fn inspector_ui(ui: &mut egui::Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    egui::ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
        if !feature_form_ui(ui, ctx, out) {
            selection_ui(ui, ctx, out);
        }
    });
}

fn selection_ui(ui: &mut egui::Ui, ctx: &Ctx, out: &mut Vec<Action>) {
    match &ctx.session.selection {
        None => empty_ui(ui, ctx),
        Some(Selection::Unit(unit)) => unit_ui(ui, ctx, *unit, out),
        Some(Selection::Polity(polity)) => polity_ui(ui, ctx, *polity, out),
        Some(Selection::Dispute(id)) => with(ctx.library.atlas.dispute(id.as_str()), |dispute| dispute_ui(ui, ctx, dispute, out)),
        Some(Selection::Alliance(id)) => with(ctx.library.atlas.alliance(id.as_str()), |alliance| alliance_ui(ui, ctx, alliance, out)),
        Some(Selection::Event(document, event)) => {
            with(ctx.library.documents.get(*document), |project| {
                with(project.events.get(*event), |event| event_ui(ui, ctx, project, event, out))
            });
        }
        Some(Selection::Region(document, region)) => {
            with(ctx.library.documents.get(*document), |project| {
                with(project.regions.get(*region), |region| {
                    common_ui(ui, ctx, project, &region.common);
                    controls_ui(ui, ctx, project, "Control", &region.control, out);
                    controls_ui(ui, ctx, project, "Claims", &region.claims, out);
                });
            });
        }
        Some(Selection::Line(document, line)) => {
            with(ctx.library.documents.get(*document), |project| {
                with(project.lines.get(*line), |line| common_ui(ui, ctx, project, &line.common))
            });
        }
        Some(Selection::Annotation(document, annotation)) => {
            with(ctx.library.documents.get(*document), |project| {
                with(project.annotations.get(*annotation), |annotation| common_ui(ui, ctx, project, &annotation.common))
            });
        }
        Some(Selection::Place(document, place)) => {
            with(ctx.library.documents.get(*document), |project| {
                with(project.places.get(*place), |place| place_ui(ui, ctx, project, place))
            });
        }
    }
}

/// With the next frame the inspector shows the accounts of its event.
pub fn scroll_to_accounts(ctx: &egui::Context) {
    ctx.data_mut(|data| data.insert_temp(accounts_asked(), true));
}

fn accounts_asked() -> egui::Id {
    egui::Id::unique("scroll to the accounts")
}

fn with<T>(value: Option<T>, show: impl FnOnce(T)) {
    if let Some(value) = value {
        show(value);
    }
}

fn empty_ui(ui: &mut egui::Ui, ctx: &Ctx) {
    title_ui(ui, "Nothing selected");
    ui.label(RichText::new("Click a territory, an event or a line on the map, or search with Ctrl+F. What the atlas says of it appears here, with its sources.").color(ctx.palette.quiet));
}

fn title_ui(ui: &mut egui::Ui, text: &str) {
    words_ui(ui, RichText::new(text).font(font(Face::SemiBold, size::HEADING)));
}

/// Lesser text; an empty one takes no room.
pub(super) fn quiet_ui(ui: &mut egui::Ui, ctx: &Ctx, text: &str) {
    if !text.is_empty() {
        words_ui(ui, RichText::new(text).size(size::SMALL).color(ctx.palette.quiet));
    }
}

/// A polity's name on the shown day as a link to it.
pub(super) fn polity_link_ui(ui: &mut egui::Ui, ctx: &Ctx, polity: PolityIx, out: &mut Vec<Action>) {
    polity_link_on_ui(ui, ctx, polity, ctx.session.day(), out);
}

/// The same with its name on another day.
pub(super) fn polity_link_on_ui(ui: &mut egui::Ui, ctx: &Ctx, polity: PolityIx, day: Day, out: &mut Vec<Action>) {
    let name = ctx.library.atlas.polities.at(polity).name_on(day);
    if link_ui(ui, name).clicked() {
        out.push(Action::Select(Some(Selection::Polity(polity))));
    }
}

fn id_link_ui(ui: &mut egui::Ui, ctx: &Ctx, id: &PolityId, out: &mut Vec<Action>) {
    id_link_on_ui(ui, ctx, id, ctx.session.day(), out);
}

fn id_link_on_ui(ui: &mut egui::Ui, ctx: &Ctx, id: &PolityId, day: Day, out: &mut Vec<Action>) {
    match ctx.library.atlas.polities.find(id.as_str()) {
        Some(polity) => polity_link_on_ui(ui, ctx, polity, day, out),
        None => drop(words_ui(ui, id.as_str())),
    }
}

fn unit_ui(ui: &mut egui::Ui, ctx: &Ctx, unit: UnitIx, out: &mut Vec<Action>) {
    let atlas = &ctx.library.atlas;
    let info = atlas.partition.info(unit);
    let holding = ctx.state.holding(unit);
    title_ui(ui, holding.holder.map_or("No holder on record", |holder| atlas.polities.at(holder).name_on(ctx.session.day())));
    quiet_ui(
        ui,
        ctx,
        &format!("{} · {} · {}", info.name, status_text(atlas, ctx, unit), area_text(atlas.partition.topology.unit(unit).area_km2)),
    );
    if holding.approximate {
        quiet_ui(ui, ctx, "Borders here are approximate: units cannot follow them within about 25 km.");
    }
    let contenders = ctx.state.contenders(unit);
    if !contenders.is_empty() {
        ui.add_space(6.0);
        heading_ui(ui, "Also holds, controls or claims it");
        contenders.iter().for_each(|polity| polity_link_ui(ui, ctx, *polity, out));
    }
    for dispute in atlas.disputes.iter().filter(|dispute| dispute.units.contains(&unit) && dispute.stands_on(ctx.session.day())) {
        ui.add_space(6.0);
        if link_ui(ui, format!("Disputed: {}", dispute.name)).clicked() {
            out.push(Action::Select(Some(Selection::Dispute(dispute.id.clone()))));
        }
    }
    unit_history_ui(ui, ctx, unit, out);
    with(holding.holder, |holder| memberships_ui(ui, ctx, holder, out));
}

/// The day from `first` up to before `past_end` that is nearest to the shown one: on it who held or claimed something then has the name of then.
pub(super) fn nearest_day(shown: Day, first: Day, past_end: Day) -> Day {
    shown.min(past_end.plus_days(-1)).max(first)
}

/// As what the holder of a unit is shown, with what lies inside it.
pub(super) fn status_text(atlas: &Atlas, ctx: &Ctx, unit: UnitIx) -> String {
    let holding = ctx.state.holding(unit);
    let name = |polity: Option<PolityIx>| polity.map_or("", |polity| atlas.polities.at(polity).name_on(ctx.session.day()));
    let mut text = match holding.status {
        Status::Sovereign => "sovereign".to_owned(),
        Status::Dependency => format!("dependency of {}", name(holding.over)),
        Status::Administered => "administers".to_owned(),
        Status::Occupied => "occupies".to_owned(),
        Status::Undetermined => "title undetermined".to_owned(),
        Status::Unknown => "not yet in the atlas on this day".to_owned(),
    };
    for inside in [holding.part, holding.autonomy] {
        if inside.is_some() {
            text.push_str(&format!(" · {}", name(inside)));
        }
    }
    text
}

/// Sources as small lines; hovering shows the whole reference.
pub(super) fn citations_ui(ui: &mut egui::Ui, ctx: &Ctx, project: Option<&Project>, citations: &[Citation], note: &str) {
    quiet_ui(ui, ctx, note);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for citation in citations {
            let own = project.and_then(|project| project.sources.iter().find(|source| source.id == citation.source));
            let source = own.or_else(|| ctx.library.atlas.source(&citation.source));
            let short = source.map_or_else(|| citation.source.to_string(), short_source);
            let locator = if citation.locator.is_empty() { String::new() } else { format!(", {}", citation.locator) };
            let text =
                RichText::new(format!("[{}{locator}]", super::top_bar::shortened(&short, 44))).size(size::SMALL).color(ctx.palette.quiet);
            let text = line(ui, text);
            let response = ui.add(egui::Label::new(text).sense(egui::Sense::hover()));
            if let Some(source) = source {
                tip_ui(response, || format!("{}\n{}", source.line(), source.url().unwrap_or_default()));
            }
        }
    });
}

fn short_source(source: &crate::model::Source) -> String {
    let (who, year) = (source.authors(), source.year());
    match (who.is_empty(), year) {
        (false, Some(year)) => format!("{who} {year}"),
        (true, Some(year)) => format!("{} {year}", source.title()),
        _ => source.title().to_owned(),
    }
}

fn polity_ui(ui: &mut egui::Ui, ctx: &Ctx, index: PolityIx, out: &mut Vec<Action>) {
    let atlas = &ctx.library.atlas;
    let polity = atlas.polities.at(index);
    title_ui(ui, polity.name_on(ctx.session.day()));
    if polity.long_name != polity.name {
        quiet_ui(ui, ctx, &polity.long_name);
    }
    quiet_ui(ui, ctx, &polity.span.label());
    if !polity.capital.is_empty() {
        quiet_ui(ui, ctx, &format!("Capital: {}", polity.capital));
    }
    let codes = [
        ("ISO", polity.iso3.clone()),
        ("COW", polity.cow.map(|code| code.to_string()).unwrap_or_default()),
        ("GW", polity.gw.map(|code| code.to_string()).unwrap_or_default()),
    ];
    quiet_ui(
        ui,
        ctx,
        &codes.iter().filter(|(_, code)| !code.is_empty()).map(|(name, code)| format!("{name} {code}")).collect::<Vec<_>>().join(" · "),
    );
    memberships_ui(ui, ctx, index, out);
    let disputes: Vec<&Dispute> =
        atlas.disputes.iter().filter(|dispute| dispute.stands_on(ctx.session.day()) && dispute.parties.contains(&polity.id)).collect();
    if !disputes.is_empty() {
        ui.add_space(8.0);
        heading_ui(ui, "Disputes on this day");
        for dispute in disputes {
            if link_ui(ui, &dispute.name).clicked() {
                out.push(Action::Select(Some(Selection::Dispute(dispute.id.clone()))));
            }
        }
    }
    ui.add_space(8.0);
    citations_ui(ui, ctx, None, &polity.sources, "");
}

/// The alliances of a polity on the shown day.
fn memberships_ui(ui: &mut egui::Ui, ctx: &Ctx, polity: PolityIx, out: &mut Vec<Action>) {
    let id = &ctx.library.atlas.polities.at(polity).id;
    let day = ctx.session.day();
    let mut found = ctx
        .library
        .atlas
        .alliances
        .iter()
        .filter_map(|alliance| {
            let (_, status) = alliance.members_on(day).find(|(member, _)| member.polity == *id)?;
            Some((alliance, status))
        })
        .peekable();
    if found.peek().is_none() {
        return;
    }
    ui.add_space(8.0);
    heading_ui(ui, "Alliances on this day");
    for (alliance, status) in found {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            if link_ui(ui, &alliance.name).clicked() {
                out.push(Action::Select(Some(Selection::Alliance(alliance.id.clone()))));
            }
            let pledges: Vec<&str> = alliance.pledges_on(day).into_iter().map(|kind| kind.word()).collect();
            ui.label(RichText::new(format!("{status} · {}", pledges.join(", "))).size(size::SMALL).color(ctx.palette.quiet));
        });
    }
}

fn dispute_ui(ui: &mut egui::Ui, ctx: &Ctx, dispute: &Dispute, out: &mut Vec<Action>) {
    let atlas = &ctx.library.atlas;
    title_ui(ui, &dispute.name);
    for (party, name) in &dispute.names {
        quiet_ui(ui, ctx, &format!("{}: {name}", atlas.polities.name(party)));
    }
    let area: f64 = dispute.units.iter().map(|unit| atlas.partition.topology.unit(*unit).area_km2).sum();
    quiet_ui(ui, ctx, &format!("{} dispute · {} · {}", dispute.kind, dispute.span.label(), area_text(area)));
    let state = dispute.state(atlas, ctx.state);
    for (heading, polities) in [("Administered by", &state.administered_by), ("Claimed by", &state.claimed_by)] {
        ui.add_space(6.0);
        heading_ui(ui, heading);
        polities.iter().for_each(|polity| polity_link_ui(ui, ctx, *polity, out));
    }
    ui.add_space(6.0);
    citations_ui(ui, ctx, None, &dispute.sources, &dispute.note);
    with(dispute.units.first(), |unit| unit_history_ui(ui, ctx, *unit, out));
}

fn alliance_ui(ui: &mut egui::Ui, ctx: &Ctx, alliance: &Alliance, out: &mut Vec<Action>) {
    let day = ctx.session.day();
    title_ui(ui, &alliance.name);
    quiet_ui(ui, ctx, &format!("{} · {}", alliance.long_name, alliance.span.label()));
    words_ui(ui, &alliance.text);
    ui.add_space(8.0);
    heading_ui(ui, "Pledges");
    for pledge in &alliance.pledges {
        words_ui(ui, format!("{} ({}) · {}", pledge.kind.word(), pledge.article, pledge.span.label()));
        citations_ui(ui, ctx, None, &pledge.sources, &pledge.text);
    }
    ui.add_space(8.0);
    heading_ui(ui, &format!("Members on {}", day.label()));
    for (member, status) in alliance.members_on(day) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            id_link_ui(ui, ctx, &member.polity, out);
            let status = if status == "member" { String::new() } else { format!(" · {status}") };
            ui.label(RichText::new(format!("{}{status}", member.span.label())).size(size::SMALL).color(ctx.palette.quiet))
                .on_hover_text(if member.note.is_empty() { "Member" } else { member.note.as_str() });
        });
    }
    for reservation in &alliance.reservations {
        ui.add_space(4.0);
        words_ui(ui, format!("Reservation, {}", ctx.library.atlas.polities.name(&reservation.polity)));
        citations_ui(ui, ctx, None, &reservation.sources, &reservation.text);
    }
    ui.add_space(8.0);
    citations_ui(ui, ctx, None, &alliance.sources, "");
}

fn event_ui(ui: &mut egui::Ui, ctx: &Ctx, project: &Project, event: &Event, out: &mut Vec<Action>) {
    title_ui(ui, &event.title);
    let precision = event.precision_km.map_or_else(String::new, |km| format!(" (within {km} km)"));
    quiet_ui(ui, ctx, &format!("{} · {} · {}{precision}", event.when(), event.kind.label(), event.place));
    quiet_ui(ui, ctx, event.confidence.map_or("", |confidence| confidence.label()));
    statuses_ui(ui, ctx, event);
    ui.add_space(4.0);
    rich_words_ui(ui, &event.text);
    pictures_ui(ui, ctx, event, out);
    tags_and_links_ui(ui, ctx, event);
    ui.horizontal_wrapped(|ui| event.parties.iter().for_each(|party| id_link_ui(ui, ctx, party, out)));
    if !event.accounts.is_empty() && ui.data_mut(|data| data.remove_temp::<bool>(accounts_asked())).is_some() {
        let top = egui::Rect::from_min_size(ui.cursor().min, egui::vec2(1.0, 1.0));
        ui.scroll_to_rect_animation(top, Some(egui::Align::TOP), egui::style::ScrollAnimation::none());
    }
    accounts_ui(ui, ctx, (project, event));
    ui.add_space(6.0);
    heading_ui(ui, "Sources");
    source_lines_ui(ui, ctx, project, &event.sources);
    quiet_ui(ui, ctx, &event.note);
    if ui.button("Go there").on_hover_text("Moves the map and the date to this event").clicked() {
        out.push(Action::GoTo {
            bbox: Some(crate::gui::app::around(event.at, 1.5)),
            day: Some(event.span.first_day()),
            selection: ctx.session.selection.clone(),
        });
    }
}

/// The tags of an event, and its links where they lead to the web.
fn tags_and_links_ui(ui: &mut egui::Ui, ctx: &Ctx, event: &Event) {
    let list = |key: &str| event.properties.get(key).and_then(serde_json::Value::as_array).into_iter().flatten();
    let tags: Vec<String> = list("tags").filter_map(|tag| tag.as_str()).map(|tag| format!("#{tag}")).collect();
    quiet_ui(ui, ctx, &tags.join("  "));
    let is_of_the_web = |link: &&str| link.starts_with("https://") || link.starts_with("http://");
    for link in list("links").filter_map(|link| link.as_str()).filter(is_of_the_web) {
        ui.hyperlink_to(RichText::new(link).size(size::SMALL), link);
    }
}

/// How an event that lasts stands and stood, and how it ended; the stretch of the shown day has a mark.
fn statuses_ui(ui: &mut egui::Ui, ctx: &Ctx, event: &Event) {
    let now = event.status_on(ctx.session.day());
    for status in &event.statuses {
        let mark = if now == Some(status) { "● " } else { "" };
        let note = if status.note.is_empty() { String::new() } else { format!(". {}", status.note) };
        quiet_ui(ui, ctx, &format!("{mark}{}: {}{note}", status.is.label(), status.span.label()));
    }
    if let Some(ending) = event.ended_by {
        quiet_ui(ui, ctx, ending.label());
    }
}

/// A place with the forms of its name on the shown day, and the dated ones.
fn place_ui(ui: &mut egui::Ui, ctx: &Ctx, project: &Project, place: &Place) {
    let party = |party: &PolityId| ctx.library.atlas.polities.name(party).to_owned();
    title_ui(ui, &place.name_at(ctx.session.day(), &ctx.session.view));
    for (who, form) in place.forms_at(ctx.session.day()).iter().filter_map(|(who, form)| Some(((*who)?, form))) {
        quiet_ui(ui, ctx, &format!("{}: {form}", party(who)));
    }
    details_ui(ui, ctx, project, &place.common);
    if !place.names_by_date.is_empty() {
        ui.add_space(6.0);
        heading_ui(ui, "Names through time");
        for dated in &place.names_by_date {
            let who = dated.party.as_ref().map_or_else(String::new, |id| format!(" ({})", party(id)));
            quiet_ui(ui, ctx, &format!("{}{who}: {}", dated.name, dated.span.label()));
        }
    }
}

/// Sources as whole references.
fn source_lines_ui(ui: &mut egui::Ui, ctx: &Ctx, project: &Project, citations: &[Citation]) {
    for citation in citations {
        let source =
            project.sources.iter().find(|source| source.id == citation.source).or_else(|| ctx.library.atlas.source(&citation.source));
        let line = source.map_or_else(|| citation.source.to_string(), crate::model::Source::line);
        let locator = if citation.locator.is_empty() { String::new() } else { format!(" ({})", citation.locator) };
        let response = words_ui(ui, RichText::new(format!("{line}{locator}")).size(size::SMALL).color(ctx.palette.quiet));
        with(source.and_then(crate::model::Source::url), |url| drop(response.on_hover_text(url)));
    }
}

fn common_ui(ui: &mut egui::Ui, ctx: &Ctx, project: &Project, common: &Common) {
    title_ui(ui, &common.name);
    for (party, name) in &common.names {
        quiet_ui(ui, ctx, &format!("{}: {name}", ctx.library.atlas.polities.name(party)));
    }
    details_ui(ui, ctx, project, common);
}

/// What a feature says of itself below its names.
fn details_ui(ui: &mut egui::Ui, ctx: &Ctx, project: &Project, common: &Common) {
    let precision = common.precision_km.map_or_else(String::new, |km| format!(" · drawn to within {km} km"));
    quiet_ui(ui, ctx, &format!("{}{precision}{}", common.span.label(), if common.approximate { " · approximate" } else { "" }));
    rich_words_ui(ui, &common.text);
    ui.add_space(6.0);
    source_lines_ui(ui, ctx, project, &common.sources);
}

fn controls_ui(ui: &mut egui::Ui, ctx: &Ctx, project: &Project, heading: &str, controls: &[Control], out: &mut Vec<Action>) {
    if controls.is_empty() {
        return;
    }
    ui.add_space(8.0);
    heading_ui(ui, heading);
    for control in controls.iter().rev() {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            if control.span.contains(ctx.session.day()) {
                ui.label(RichText::new("●").size(9.0).color(ctx.palette.accent)).on_hover_text("On the shown day");
            }
            let then = nearest_day(ctx.session.day(), control.span.first_day(), control.span.past_end());
            id_link_on_ui(ui, ctx, &control.holder, then, out);
            ui.label(RichText::new(format!("{} · {}", control.role, control.span.label())).size(size::SMALL).color(ctx.palette.quiet));
        });
        citations_ui(ui, ctx, Some(project), &control.sources, "");
    }
}
