//! Plain-text tables whose columns are divided by `|`: the reading that the tenure and the lines share.

/// One row: its line in the file, counted from 1, and its trimmed cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow<'a> {
    /// Line number, from 1.
    pub line: usize,
    /// The cells, trimmed; missing ones at the end are empty.
    pub cells: Vec<&'a str>,
}

impl<'a> TableRow<'a> {
    /// The cell in column `index`, or the empty text where the row is shorter.
    pub fn cell(&self, index: usize) -> &'a str {
        self.cells.get(index).copied().unwrap_or("")
    }

    /// Where the row stands, for a [`super::Problem`].
    pub fn place(&self) -> String {
        format!("line {}", self.line)
    }
}

/// The rows of a table text. `#` begins a comment where it starts a line or follows white space; blank lines are passed over.
pub fn rows(text: &str) -> impl Iterator<Item = TableRow<'_>> {
    text.trim_start_matches('\u{feff}').lines().enumerate().filter_map(|(index, line)| {
        let content = without_comment(line).trim();
        if content.is_empty() {
            return None;
        }
        Some(TableRow { line: index + 1, cells: content.split('|').map(str::trim).collect() })
    })
}

fn without_comment(line: &str) -> &str {
    let mut before = ' ';
    for (at, letter) in line.char_indices() {
        if letter == '#' && before.is_whitespace() {
            return &line[..at];
        }
        before = letter;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_blank_lines_are_no_rows() {
        let found: Vec<_> = rows("# head\n\na | b # tail\n c#d |").collect();
        assert_eq!(found[0], TableRow { line: 3, cells: vec!["a", "b"] });
        assert_eq!(found[1].cells, ["c#d", ""]);
        assert_eq!(found[1].cell(7), "");
        assert_eq!(found.len(), 2);
    }
}
