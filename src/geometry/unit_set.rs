//! Sets of units as bitmaps: cheap to test, join and take apart.

use super::UnitIx;

/// A set of units of one partition. Empty by default; grows as units are put in.
#[derive(Clone, Debug, Default, Eq)]
pub struct UnitSet {
    words: Vec<u64>,
}

impl UnitSet {
    /// The empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a unit in; false where it was in already.
    pub fn insert(&mut self, unit: UnitIx) -> bool {
        let (word, bit) = place_of(unit);
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        let fresh = self.words[word] & bit == 0;
        self.words[word] |= bit;
        fresh
    }

    /// Takes a unit out; false where it was not in.
    pub fn remove(&mut self, unit: UnitIx) -> bool {
        let (word, bit) = place_of(unit);
        let found = self.contains(unit);
        if found {
            self.words[word] &= !bit;
        }
        found
    }

    /// True where the unit is in the set.
    pub fn contains(&self, unit: UnitIx) -> bool {
        let (word, bit) = place_of(unit);
        self.words.get(word).is_some_and(|it| it & bit != 0)
    }

    /// Puts in every unit of `other`.
    pub fn union_with(&mut self, other: &Self) {
        if self.words.len() < other.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        self.words.iter_mut().zip(&other.words).for_each(|(mine, theirs)| *mine |= theirs);
    }

    /// Takes out every unit of `other`.
    pub fn difference_with(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(mine, theirs)| *mine &= !theirs);
    }

    /// How many units are in the set.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// True where no unit is in the set.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }

    /// The units in the set, in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = UnitIx> + '_ {
        (0_u32..)
            .zip(&self.words)
            .flat_map(|(at, &word)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| UnitIx(at * 64 + bit)))
    }
}

impl PartialEq for UnitSet {
    /// Equal where the same units are in both, however much room each has.
    fn eq(&self, other: &Self) -> bool {
        let longer = self.words.len().max(other.words.len());
        let word = |set: &Self, at: usize| set.words.get(at).copied().unwrap_or(0);
        (0..longer).all(|at| word(self, at) == word(other, at))
    }
}

impl FromIterator<UnitIx> for UnitSet {
    fn from_iter<I: IntoIterator<Item = UnitIx>>(units: I) -> Self {
        let mut set = Self::new();
        set.extend(units);
        set
    }
}

impl Extend<UnitIx> for UnitSet {
    fn extend<I: IntoIterator<Item = UnitIx>>(&mut self, units: I) {
        for unit in units {
            self.insert(unit);
        }
    }
}

impl From<&[UnitIx]> for UnitSet {
    fn from(units: &[UnitIx]) -> Self {
        units.iter().copied().collect()
    }
}

fn place_of(unit: UnitIx) -> (usize, u64) {
    (unit.0 as usize / 64, 1 << (unit.0 % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_join_and_part() {
        let mut set: UnitSet = [UnitIx(3), UnitIx(200), UnitIx(3)].into_iter().collect();
        assert_eq!((set.len(), set.contains(UnitIx(200)), set.contains(UnitIx(4))), (2, true, false));
        set.union_with(&UnitSet::from([UnitIx(500)].as_slice()));
        set.difference_with(&UnitSet::from([UnitIx(3), UnitIx(9)].as_slice()));
        assert_eq!(set.iter().collect::<Vec<_>>(), [UnitIx(200), UnitIx(500)]);
    }

    #[test]
    fn room_makes_no_difference() {
        let mut set = UnitSet::from([UnitIx(999)].as_slice());
        assert!(set.remove(UnitIx(999)) && !set.remove(UnitIx(999)));
        assert_eq!(set, UnitSet::new());
        assert!(set.is_empty());
    }
}
