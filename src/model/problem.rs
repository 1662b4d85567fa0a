//! What is wrong in data, as a value that a person can act on.

use std::fmt;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was left out or cannot be right.
    Error,
    /// Loaded as it stands, and worth a look.
    Warning,
    /// Nothing wrong, and it could be better. Told only to whoever asks.
    Advice,
}

/// One thing wrong in one place of one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file as the user named it; empty when the text came from nowhere in particular.
    pub file: String,
    /// Where in the file: `line 12`, `feature clash-2020`, `members[3].joined`. Empty for the file as a whole.
    pub place: String,
    /// A short fixed name of the rule that is broken: `unknown-polity`. Scripts may rely on it.
    pub rule: &'static str,
    /// What is wrong, in one sentence.
    pub what: String,
    /// What to do about it; empty when the sentence says it already.
    pub hint: String,
    /// Whether anything was left out because of it.
    pub severity: Severity,
}

impl Problem {
    /// An error with neither file nor hint yet; see [`Problem::in_file`] and [`Problem::hint`].
    pub fn error(place: impl Into<String>, rule: &'static str, what: impl Into<String>) -> Self {
        Self { file: String::new(), place: place.into(), rule, what: what.into(), hint: String::new(), severity: Severity::Error }
    }

    /// A warning: the data loads as it stands.
    pub fn warning(place: impl Into<String>, rule: &'static str, what: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(place, rule, what) }
    }

    /// A piece of advice: nothing is wrong, and it could be better.
    pub fn advice(place: impl Into<String>, rule: &'static str, what: impl Into<String>) -> Self {
        Self { severity: Severity::Advice, ..Self::error(place, rule, what) }
    }

    /// The same problem, with what to do about it.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    /// The same problem, with the file it was found in.
    pub fn in_file(self, file: &str) -> Self {
        Self { file: file.to_owned(), ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        };
        let place = if self.place.is_empty() { "whole file" } else { &self.place };
        write!(f, "{}: {place}: {kind} [{}]: {}", self.file, self.rule, self.what)?;
        if !self.hint.is_empty() {
            write!(f, " Hint: {}", self.hint)?;
        }
        Ok(())
    }
}
