//! The rules for what follows one another in time: shapes of one subject, control of one region.

use std::collections::BTreeMap;

use super::{Rules, known_past_end, surely_together};
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
                self.note(
                    Problem::error(format!("feature {}", later.id), "overlapping-shapes", what)
                        .hint("end the earlier shape where the later begins, or give one another subject."),
                );
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
                    self.note(
                        Problem::error(format!("feature {}", later.id), "gapped-shapes", what)
                            .hint("add the shape of that time, mend a date, or say in the note of either why there is none."),
                    );
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
        for row in region.control.iter().chain(&region.claims) {
            self.known_polity(&place, &row.holder);
            self.in_life(&place, &row.holder, &row.span, row.role.as_str());
            self.known_role(&place, row);
        }
        for (index, later) in region.control.iter().enumerate() {
            for earlier in region.control[..index].iter().filter(|earlier| both_hold(earlier, later)) {
                let what = format!(
                    "`{}` ({}) and `{}` ({}) have one role ({}) at once.",
                    earlier.holder,
                    earlier.span.label(),
                    later.holder,
                    later.span.label(),
                    later.role
                );
                self.note(
                    Problem::error(&*place, "two-in-control", what)
                        .hint("mend a date; where it was contested or divided, say so in the note of either row."),
                );
            }
        }
    }

    fn known_role(&mut self, place: &str, row: &Control) {
        match Role::parse(&row.role) {
            Ok(role) => role.under().into_iter().for_each(|under| self.known_polity(place, under)),
            Err(what) => {
                let hint = "roles are those of the tenure: sovereign, dependency of X, part of X, autonomous in X, administers, occupies.";
                self.note(Problem::error(place, "bad-role", format!("{what}.")).hint(hint));
            }
        }
    }
}

fn both_hold(earlier: &Control, later: &Control) -> bool {
    let slot = |row: &Control| Role::parse(&row.role).ok().map(|role| role.slot()).filter(|slot| *slot != Slot::Claims);
    earlier.holder != later.holder
        && slot(earlier).is_some()
        && slot(earlier) == slot(later)
        && earlier.note.is_empty()
        && later.note.is_empty()
        && surely_together(&earlier.span, &later.span)
}
