//! What two lists of a document's features have in common.

use std::sync::Arc;

/// How many features at the beginning and at the end of two lists are the very same ones: a list that was kept (of so many, each by its position) and one
/// of now. An edit changes little between the two ends. Nothing is counted twice: both numbers together are never more than the shorter list.
pub fn same_ends<'a, T: 'a>(kept: usize, now: &[Arc<T>], at: impl Fn(usize) -> &'a Arc<T>) -> (usize, usize) {
    let shorter = kept.min(now.len());
    let before = (0..shorter).take_while(|index| Arc::ptr_eq(at(*index), &now[*index])).count();
    let behind = (1..=shorter - before).take_while(|back| Arc::ptr_eq(at(kept - back), &now[now.len() - back])).count();
    (before, behind)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn both_ends_are_the_same_and_as_long_as_they_can_be(
            kept in prop::collection::vec(0_usize..4, 0..8), now in prop::collection::vec(0_usize..4, 0..8),
        ) {
            let things: Vec<Arc<usize>> = (0..4).map(Arc::new).collect();
            let list = |places: &[usize]| places.iter().map(|place| things[*place].clone()).collect::<Vec<_>>();
            let (kept, now) = (list(&kept), list(&now));
            let (before, behind) = same_ends(kept.len(), &now, |index| &kept[index]);
            prop_assert!(before + behind <= kept.len().min(now.len()));
            prop_assert_eq!(&kept[..before], &now[..before]);
            prop_assert_eq!(&kept[kept.len() - behind..], &now[now.len() - behind..]);
            let between = (&kept[before..kept.len() - behind], &now[before..now.len() - behind]);
            prop_assert!(between.0.first() != between.1.first() || between.0.is_empty());
            prop_assert!(between.0.last() != between.1.last() || between.0.is_empty());
        }
    }
}
