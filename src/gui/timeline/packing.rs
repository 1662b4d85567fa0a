//! Which row each of several bands that overlap in time gets.

use std::collections::BTreeMap;

use crate::time::Day;

/// Rows for spans of at least a day (first day, day after the last), in their order: each gets the first row that is free for all of it. Also how many
/// rows there are.
pub(super) fn rows(spans: &[(Day, Day)]) -> (Vec<usize>, usize) {
    // What stands in one row does not overlap, so the neighbours in time say whether there is room.
    let mut taken: Vec<BTreeMap<Day, Day>> = Vec::new();
    let mut found = Vec::with_capacity(spans.len());
    for &(from, past_end) in spans {
        let is_free = |row: &BTreeMap<Day, Day>| {
            let before = row.range(..from).next_back().is_none_or(|(_, other_end)| *other_end <= from);
            before && row.range(from..).next().is_none_or(|(other_from, _)| past_end <= *other_from)
        };
        let row = taken.iter().position(is_free).unwrap_or_else(|| {
            taken.push(BTreeMap::new());
            taken.len() - 1
        });
        taken[row].insert(from, past_end);
        found.push(row);
    }
    (found, taken.len())
}

/// What is left of a span when others are taken away, in order.
pub(super) fn without(span: (Day, Day), others: &[(Day, Day)]) -> Vec<(Day, Day)> {
    let mut left = vec![span];
    for &(from, past_end) in others {
        left = left
            .into_iter()
            .flat_map(|(own_from, own_end)| [(own_from, own_end.min(from)), (own_from.max(past_end), own_end)])
            .filter(|(own_from, own_end)| own_from < own_end)
            .collect();
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: i64, past_end: i64) -> (Day, Day) {
        (Day::new(from), Day::new(past_end))
    }

    #[test]
    fn what_overlaps_gets_rows_of_its_own() {
        let (found, count) = rows(&[span(0, 10), span(5, 20), span(10, 15), span(20, 30)]);
        assert_eq!((found, count), (vec![0, 1, 0, 0], 2));
        assert_eq!(rows(&[]), (vec![], 0));
    }

    #[test]
    fn spans_are_taken_away_from_spans() {
        assert_eq!(without(span(0, 100), &[span(20, 30), span(90, 120)]), [span(0, 20), span(30, 90)]);
        assert!(without(span(0, 10), &[span(0, 10)]).is_empty());
    }
}
