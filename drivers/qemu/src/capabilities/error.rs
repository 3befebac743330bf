//! What can go wrong while a QEMU binary is asked what it can do.

use std::path::PathBuf;
use std::time::Duration;

/// Why the capabilities of a QEMU binary are not known.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProbeError {
    /// The file cannot be looked at.
    #[error("Cannot check QEMU binary {}", emulator.display())]
    Missing {
        /// The binary asked for.
        emulator: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The file is there but is no program.
    #[error("QEMU binary {} is not executable: check its mode and owner", emulator.display())]
    NotExecutable {
        /// The binary asked for.
        emulator: PathBuf,
    },
    /// The program could not be started.
    #[error("cannot start QEMU binary {} to ask what it can do", emulator.display())]
    Start {
        /// The binary asked for.
        emulator: PathBuf,
        /// What `process` says.
        source: process::SpawnError,
    },
    /// A socket or file that the probe needs could not be made.
    #[error("cannot prepare the conversation with QEMU binary {}", emulator.display())]
    Prepare {
        /// The binary asked for.
        emulator: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// It did not greet as a monitor does.
    #[error("Failed to probe QEMU binary with QMP: {}: {output}", emulator.display())]
    Greeting {
        /// The binary asked for.
        emulator: PathBuf,
        /// What it printed, if anything.
        output: String,
        /// What the monitor says.
        source: qmp::ConnectError,
    },
    /// The conversation broke off.
    #[error("Failed to probe QEMU binary with QMP: {}: {output}", emulator.display())]
    Conversation {
        /// The binary asked for.
        emulator: PathBuf,
        /// What QEMU printed, if anything.
        output: String,
        /// What the monitor says.
        source: qmp::Error,
    },
    /// No answer came in time.
    #[error(
        "QEMU binary {} did not answer within {} s: start it by hand to see why",
        emulator.display(),
        limit.as_secs()
    )]
    Silent {
        /// The binary asked for.
        emulator: PathBuf,
        /// How long was waited.
        limit: Duration,
    },
    /// A query without which nothing can be decided was refused.
    #[error("QEMU binary {} does not know {query}: QEMU 7.2 or later is needed", emulator.display())]
    Unanswered {
        /// The binary asked for.
        emulator: PathBuf,
        /// The QMP command.
        query: &'static str,
    },
    /// An answer has another shape than QEMU documents.
    #[error("QEMU binary {} answered {query} in an unknown form", emulator.display())]
    Answer {
        /// The binary asked for.
        emulator: PathBuf,
        /// The QMP command.
        query: &'static str,
        /// Where the answer stops being understood.
        source: serde_json::Error,
    },
    /// The emulated architecture is not one that documents can name.
    #[error("QEMU binary {} emulates '{target}', which is not known here", emulator.display())]
    UnknownTarget {
        /// The binary asked for.
        emulator: PathBuf,
        /// QEMU's name of the architecture.
        target: String,
    },
    /// The runtime is ending.
    #[error("QEMU binary {} was not asked: the driver is stopping", emulator.display())]
    Abandoned {
        /// The binary asked for.
        emulator: PathBuf,
    },
    /// No binary emulates the architecture.
    #[error("No emulator found for arch '{arch}'")]
    NoEmulator {
        /// The architecture as the document spells it.
        arch: String,
    },
}
