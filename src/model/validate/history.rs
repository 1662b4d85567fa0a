//! The rules for what follows one another in time: shapes of one subject, control of one region.

use std::{collections::BTreeMap, fmt};

use super::{Broken, Rules, apart, broken::end_before, known_past_end, surely_together};
use crate::model::{
    PolityId, Problem, Project,
    project::{Common, Control, Region},
    tenure_text::{Role, Slot},
};

impl<'a> Rules<'a> {
    /// The shapes of one subject follow one another: never two at once, and no time between them that no note explains.
    pub(super) fn subjects(&mut self, project: &'a Project) {
        let mut subjects: BTreeMap<(&str, Option<&PolityId>), Vec<&Common>> = BTreeMap::new();
        for region in &project.regions {
            subjects.entry((&region.subject, None)).or_default().push(&region.common);
        }
        for line in &project.lines {
            // Two parties may each draw the same line at once.
            subjects.entry((&line.subject, line.claimant.as_ref())).or_default().push(&line.common);
        }
        for ((subject, _), mut shapes) in subjects {
            shapes.sort_by_key(|shape| shape.span.first_day());
            self.shapes_at_once(subject, &shapes);
            self.gaps(subject, &shapes);
        }
    }

    fn shapes_at_once(&mut self, subject: &str, shapes: &[&Common]) {
        for (index, later) in shapes.iter().enumerate() {
            for earlier in shapes[..index].iter().filter(|earlier| surely_together(&earlier.span, &later.span)) {
                let what = format!(
                    "`{subject}` has two shapes at once: `{}` ({}) and this one ({}).",
                    earlier.id,
                    earlier.span.label(),
                    later.span.label()
                );
                let problem = Problem::error(format!("feature {}", later.id), "overlapping-shapes", what)
                    .hint("end the earlier shape where the later begins, or give one another subject.");
                let repair = end_before(&earlier.id, "end".to_owned(), &earlier.span, &later.span);
                self.note(Broken::from(problem).at("start").mended_by(repair));
            }
        }
    }

    fn gaps(&mut self, subject: &str, shapes: &[&Common]) {
        let mut covered: Option<&Common> = None;
        for later in shapes {
            if let Some(earlier) = covered {
                let is_gap = later.span.first_day() > known_past_end(&earlier.span);
                if is_gap && later.note.is_empty() && earlier.note.is_empty() {
                    let what = format!(
                        "`{subject}` has no shape between `{}` ({}) and this one ({}).",
                        earlier.id,
                        earlier.span.label(),
                        later.span.label()
                    );
                    let problem = Problem::error(format!("feature {}", later.id), "gapped-shapes", what)
                        .hint("add the shape of that time, mend a date, or say in the note of either why there is none.");
                    let repair = end_before(&earlier.id, "end".to_owned(), &earlier.span, &later.span);
                    self.note(Broken::from(problem).at("start").mended_by(repair));
                }
            }
            if covered.is_none_or(|earlier| known_past_end(&later.span) > known_past_end(&earlier.span)) {
                covered = Some(later);
            }
        }
    }

    /// In one region one holds the title, one is a part, one controls: two at once need a note that says which part each has.
    pub(super) fn control(&mut self, region: &Region) {
        let place = format!("feature {}", region.common.id);
        for (list, who, rows) in [("control", "holder", &region.control), ("claims", "polity", &region.claims)] {
            for (index, row) in rows.iter().enumerate() {
                self.known_polity_at(&place, format_args!("{list}/{index}/{who}"), &row.holder);
                self.in_life(&place, &row.holder, &row.span, row.role.as_str());
                self.known_role(&place, format_args!("{list}/{index}/as"), row);
            }
        }
        for (index, row) in region.control.iter().enumerate() {
            for (before, other) in region.control[..index].iter().enumerate().filter(|(_, other)| both_hold(other, row)) {
                self.at_once(region, (before, other), (index, row));
            }
        }
        self.nobody(region, &place);
    }

    /// Two rows of one role at one time.
    fn at_once(&mut self, region: &Region, (before, other): (usize, &Control), (index, row): (usize, &Control)) {
        let place = format!("feature {}", region.common.id);
        let problem = if other.holder == row.holder {
            let what = format!("`{}` has one role ({}) twice: {} and {}.", row.holder, row.role, other.span.label(), row.span.label());
            Problem::warning(place, "overlapping-control", what).hint("end the earlier row where the later begins, or make one of the two.")
        } else {
            let what = format!(
                "`{}` ({}) and `{}` ({}) have one role ({}) at once.",
                other.holder,
                other.span.label(),
                row.holder,
                row.span.label(),
                row.role
            );
            Problem::error(place, "two-in-control", what)
                .hint("mend a date; where it was contested or divided, say so in the note of either row.")
        };
        let path = |index: usize| format!("control/{index}/until");
        let cut = end_before(&region.common.id, path(before), &other.span, &row.span);
        let repair = cut.or_else(|| end_before(&region.common.id, path(index), &row.span, &other.span));
        self.note(Broken::from(problem).at(format!("control/{index}")).mended_by(repair));
    }

    /// Between the first and the last row of control somebody has the region, or a note says why nobody does.
    fn nobody(&mut self, region: &Region, place: &str) {
        let mut rows: Vec<(usize, &Control)> = region.control.iter().enumerate().collect();
        rows.sort_by_key(|(_, row)| row.span.first_day());
        let mut covered: Option<(usize, &Control)> = None;
        for (index, row) in rows {
            if let Some((before, earlier)) = covered
                && row.span.first_day() > known_past_end(&earlier.span)
                && row.note.is_empty()
                && earlier.note.is_empty()
            {
                let what = format!(
                    "nobody has it between `{}` ({}) and `{}` ({}).",
                    earlier.holder,
                    earlier.span.label(),
                    row.holder,
                    row.span.label()
                );
                let problem = Problem::warning(place, "gapped-control", what)
                    .hint("add the row of that time, mend a date, or say in the note of either row why nobody had it.");
                let repair = end_before(&region.common.id, format!("control/{before}/until"), &earlier.span, &row.span);
                self.note(Broken::from(problem).at(format!("control/{index}/from")).mended_by(repair));
            }
            if covered.is_none_or(|(_, earlier)| known_past_end(&row.span) > known_past_end(&earlier.span)) {
                covered = Some((index, row));
            }
        }
    }

    /// Rows of control and claims lie in the time of some shape of their region.
    pub(super) fn rows_with_shapes(&mut self, project: &'a Project) {
        let mut shapes: BTreeMap<&str, Vec<&Common>> = BTreeMap::new();
        project.regions.iter().for_each(|region| shapes.entry(&region.subject).or_default().push(&region.common));
        for region in &project.regions {
            for (list, rows) in [("control", &region.control), ("claims", &region.claims)] {
                let is_lost = |row: &Control| shapes[region.subject.as_str()].iter().all(|shape| apart(&shape.span, &row.span));
                for (index, row) in rows.iter().enumerate().filter(|(_, row)| row.note.is_empty() && is_lost(row)) {
                    let what =
                        format!("the row of `{}` ({}) lies outside the time of every shape of the region.", row.holder, row.span.label());
                    let problem = Problem::advice(format!("feature {}", region.common.id), "outside-shapes", what)
                        .hint("mend a date of the row or of the region, or say in the row's note why it stands here.");
                    self.note(Broken::from(problem).at(format!("{list}/{index}")));
                }
            }
        }
    }

    fn known_role(&mut self, place: &str, path: fmt::Arguments, row: &Control) {
        match Role::parse(&row.role) {
            Ok(role) => role.under().into_iter().for_each(|under| self.known_polity_in(place, path, under, &row.role)),
            Err(what) => {
                let hint = "roles are those of the tenure: sovereign, dependency of X, part of X, autonomous in X, administers, occupies.";
                let problem = Problem::error(place, "bad-role", format!("{what}.")).hint(hint);
                self.note(Broken::from(problem).at(path.to_string()));
            }
        }
    }
}

/// Whether two rows of one region fill one role at one time, and no note says how.
fn both_hold(earlier: &Control, later: &Control) -> bool {
    let slot = |row: &Control| Role::parse(&row.role).ok().map(|role| role.slot()).filter(|slot| *slot != Slot::Claims);
    surely_together(&earlier.span, &later.span)
        && earlier.note.is_empty()
        && later.note.is_empty()
        && slot(earlier).is_some()
        && slot(earlier) == slot(later)
}
