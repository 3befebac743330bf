//! What can go wrong while measuring.

use std::io;
use std::path::PathBuf;

/// Why a measurement could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("cannot {action}: {source}")]
    Io {
        action: String,
        #[source]
        source: io::Error,
    },
    #[error("{what} did not become ready within its time; its words: {words}")]
    NotReady { what: &'static str, words: String },
    #[error("the QEMU monitor said: {0}")]
    Monitor(String),
    #[error("{what}; use: {usage}")]
    Usage { what: String, usage: &'static str },
    #[error("{}: this is no row of four cells, none of them empty: {line}", path.display())]
    Table { path: PathBuf, line: String },
    #[error("{0} is not installed")]
    Missing(&'static str),
    #[error(transparent)]
    Capabilities(#[from] std::sync::Arc<qemu_driver::capabilities::ProbeError>),
    #[error(transparent)]
    Document(#[from] xml::Errors),
    #[error(transparent)]
    Completion(#[from] qemu_driver::domain::DomainError),
    #[error(transparent)]
    Call(#[from] ferrovirt::Error),
    #[error("a client of the measurement ended early: {0}")]
    Task(#[from] tokio::task::JoinError),
}

impl Failure {
    /// `action` failed with an input/output error.
    pub(crate) fn io(action: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let action = action.into();
        move |source| Self::Io { action, source }
    }
}
