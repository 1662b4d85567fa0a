//! Rows of whole numbers as short text: five bits a letter, the lowest first, a sixth that says that more follow; the sign is the lowest bit.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Appends one number.
pub(super) fn push(text: &mut String, number: i64) {
    let mut rest = ((number << 1) ^ (number >> 63)) as u64;
    loop {
        let low = (rest & 31) as usize;
        rest >>= 5;
        text.push(char::from(LETTERS[low + if rest > 0 { 32 } else { 0 }]));
        if rest == 0 {
            return;
        }
    }
}

/// A row of numbers as text.
pub(super) fn text(numbers: impl IntoIterator<Item = i64>) -> String {
    let mut text = String::new();
    numbers.into_iter().for_each(|number| push(&mut text, number));
    text
}

/// Numbers as stretches of successive ones: the step to the first of each from the end of the one before, and how many more follow it.
pub(super) fn runs(numbers: impl IntoIterator<Item = usize>) -> String {
    let mut stretches: Vec<[i64; 2]> = Vec::new();
    for number in numbers {
        let number = number as i64;
        match stretches.last_mut().filter(|[first, more]| first + more + 1 == number) {
            Some([_, more]) => *more += 1,
            None => stretches.push([number, 0]),
        }
    }
    let mut end = 0;
    text(stretches.into_iter().flat_map(|[first, more]| {
        let step = first - end;
        end = first + more;
        [step, more]
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the player reads them.
    fn read(text: &str) -> Vec<i64> {
        let (mut numbers, mut bits, mut shift) = (Vec::new(), 0_u64, 0);
        for letter in text.bytes() {
            let value = LETTERS.iter().position(|known| *known == letter).unwrap() as u64;
            bits |= (value & 31) << shift;
            shift += 5;
            if value < 32 {
                numbers.push((bits >> 1) as i64 ^ -((bits & 1) as i64));
                (bits, shift) = (0, 0);
            }
        }
        numbers
    }

    #[test]
    fn numbers_come_back() {
        let numbers = [0, 1, -1, 15, 16, -16, 31, 32, 1_800_000, -900_001, i64::from(i32::MIN)];
        assert_eq!(read(&text(numbers)), numbers);
        assert_eq!(read(&runs([5, 6, 7, 2, 9, 10])), [5, 2, -5, 0, 7, 1]);
    }
}
