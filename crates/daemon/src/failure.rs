//! Why a daemon does not start.

use std::error::Error;
use std::io;
use std::path::PathBuf;

use crate::arguments::ArgumentError;
use crate::context::MakeError;
use crate::settings::SettingError;

/// Why a daemon does not start. Nothing is left behind in any case.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StartError {
    #[error(transparent)]
    Arguments(#[from] ArgumentError),
    #[error("cannot read the configuration")]
    Conf(#[from] conf::LoadError),
    #[error(transparent)]
    Setting(#[from] SettingError),
    #[error("cannot look up who runs this")]
    Account(#[from] host::HostError),
    #[error("cannot go into the background")]
    Detach(#[from] process::DetachError),
    #[error("cannot create the directory '{}'", .path.display())]
    Directory { path: PathBuf, source: io::Error },
    #[error(transparent)]
    Instance(#[from] layout::InstanceError),
    #[error("cannot listen on '{}'", .path.display())]
    Listen { path: PathBuf, source: io::Error },
    #[error("cannot take over the sockets that the service manager passed")]
    Inherited(#[source] io::Error),
    #[error("the service manager passed the socket '{name}', which is none of: {expected}")]
    UnknownSocket { name: String, expected: String },
    #[error("cannot write the log to '{}'", .path.display())]
    Log { path: PathBuf, source: io::Error },
    #[error("cannot start the runtime")]
    Runtime(#[source] io::Error),
    #[error("cannot start the driver")]
    Driver(#[source] MakeError),
}

/// An error and its causes in one line.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
