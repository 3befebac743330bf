//! What is not there is removed already.

use std::io;

/// The outcome of a removal that somebody else may have come before.
pub(crate) fn removed(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
