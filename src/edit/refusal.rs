//! Why a command changed nothing.

use thiserror::Error;

use crate::model::Problem;

/// Why a command was refused. Every text says what to do.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum Refusal {
    /// No feature or source has this id.
    #[error("nothing here has the id `{0}`. Check its spelling.")]
    Missing(String),
    /// Something else has this id already.
    #[error("the id `{0}` is taken. Choose another one, or leave the id out to be given a free one.")]
    Taken(String),
    /// The command works on another kind of feature.
    #[error("`{id}` is no {wanted}.")]
    WrongKind {
        /// Which feature.
        id: String,
        /// What is wanted.
        wanted: &'static str,
    },
    /// A path leads nowhere.
    #[error("the path `{path}` leads nowhere: {why}.")]
    Path {
        /// As given.
        path: String,
        /// Where it ends.
        why: String,
    },
    /// The feature or header could not be understood any more.
    #[error("{} stays as it is: {}{}{}", if .0.place.is_empty() { "it" } else { &.0.place }, .0.what, if .0.hint.is_empty() { "" } else { " Hint: " }, .0.hint)]
    WouldBreak(Box<Problem>),
    /// A value cannot be read.
    #[error("{0}")]
    Value(String),
    /// The layer that a feature is in is locked.
    #[error("`{id}` is in the locked layer `{layer}`. Unlock the layer first.")]
    Locked {
        /// Which feature.
        id: String,
        /// Its layer.
        layer: String,
    },
    /// A source cannot go while it is cited.
    #[error("the source `{id}` is cited by {by}. Take the citations out first.")]
    Cited {
        /// Which source.
        id: String,
        /// Who cites it, the first few by id.
        by: String,
    },
    /// Nothing would change.
    #[error("{0}")]
    Nothing(String),
    /// A document of a newer program is read only.
    #[error("the document was written by a newer Border Atlas and is read only here. Update the program.")]
    Newer,
    /// A command of a group was refused.
    #[error("command {number} of the group: {refusal}")]
    InGroup {
        /// Counted from 1.
        number: usize,
        /// Why.
        refusal: Box<Refusal>,
    },
}
