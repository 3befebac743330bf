//! What can be wrong with a list of numbers, of CPUs or of nodes.

use super::public::{ARGUMENT, NOWHERE, Public};

/// Why a list names nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)] // Each message says it.
pub enum ListError {
    #[error("Failed to parse bitmap '{text}': write numbers as 0-3,5")]
    Malformed { text: String },
    #[error("the list '{text}' takes out all that it names: leave at least one number")]
    Empty { text: String },
}

impl ListError {
    pub(crate) fn public(&self) -> Public {
        match self {
            Self::Malformed { .. } => ARGUMENT,
            Self::Empty { .. } => NOWHERE,
        }
    }
}
