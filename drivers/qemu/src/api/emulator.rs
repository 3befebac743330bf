//! Which emulator, machine and kind of guest a question is about, where the client may leave out any of them.

use std::path::Path;
use std::sync::Arc;

use documents::domain::DomainKind;
use driver::{ToError, Wording};
use protocol::error::Code;

use super::errors::EmulatorError;
use crate::capabilities::{Arch, Cache, Capabilities, find_emulator};
use crate::domain::kind_from_name;

/// What a question names.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked<'a> {
    /// The emulator's path; nothing asks for the installed one of the architecture.
    pub emulator: Option<&'a str>,
    /// The guests' architecture, as documents name it; nothing asks for the host's.
    pub arch: Option<&'a str>,
    /// The name of a machine, or one that stands for it; nothing asks for the emulator's default one.
    pub machine: Option<&'a str>,
    /// The kind of guest: `kvm`, `qemu`; nothing asks for the quickest.
    pub kind: Option<&'a str>,
}

/// What the question is about.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    /// What the emulator can do.
    pub capabilities: Arc<Capabilities>,
    /// The guests' architecture.
    pub arch: Arch,
    /// The machine's own name; nothing where the emulator has no default one.
    pub machine: Option<String>,
    /// The kind of guest.
    pub kind: DomainKind,
}

/// Why a question is about nothing that there is.
#[derive(Debug, thiserror::Error)]
pub(super) enum ChoiceError {
    /// No such kind.
    #[error("unknown virttype: {0}")]
    Kind(String),
    /// No such architecture.
    #[error("unknown architecture: {0}")]
    Arch(String),
    /// Nothing emulates it.
    #[error("unable to find any emulator to serve '{0}' architecture")]
    NoEmulator(String),
    /// The emulator has no such machine.
    #[error("the machine '{machine}' is not supported by emulator '{emulator}'")]
    Machine {
        /// The machine, as it was asked for.
        machine: String,
        /// The emulator's path.
        emulator: String,
    },
    /// The emulator cannot be asked.
    #[error(transparent)]
    Emulator(#[from] EmulatorError),
}

impl ToError for ChoiceError {
    fn code(&self) -> Code {
        match self {
            Self::Kind(_) | Self::Arch(_) | Self::Machine { .. } => Code::InvalidArg,
            Self::NoEmulator(_) => Code::ConfigUnsupported,
            Self::Emulator(error) => error.code(),
        }
    }

    fn wording(&self) -> Wording {
        match self {
            Self::Emulator(error) => error.wording(),
            _ => Wording::Prefixed,
        }
    }

    fn errno(&self) -> Option<i32> {
        match self {
            Self::Emulator(error) => error.errno(),
            _ => None,
        }
    }
}

/// Finds what a question is about: the host's own architecture, its emulator, the default machine and KVM where it can
/// be used, unless the client says otherwise.
///
/// # Errors
/// When there is no such thing.
pub(super) async fn choose(cache: &Cache, asked: Asked<'_>) -> Result<Choice, ChoiceError> {
    let kind = match asked.kind {
        None => None,
        Some(name) => Some(kind_from_name(name).ok_or_else(|| ChoiceError::Kind(name.to_owned()))?),
    };
    let arch = match asked.arch {
        None => Arch::native().ok_or_else(|| ChoiceError::NoEmulator("unknown".to_owned()))?,
        Some(name) => Arch::from_name(name).ok_or_else(|| ChoiceError::Arch(name.to_owned()))?,
    };
    let none = || ChoiceError::NoEmulator(arch.name().to_owned());
    let path = match asked.emulator {
        Some(path) => Path::new(path).to_owned(),
        None => find_emulator(arch).ok_or_else(none)?,
    };
    let capabilities = cache.get(&path).await.map_err(EmulatorError::from)?;
    let machine = match asked.machine {
        None => capabilities
            .default_machine()
            .map(|machine| machine.name.clone()),
        Some(name) => {
            let unknown = || ChoiceError::Machine {
                machine: name.to_owned(),
                emulator: path.to_string_lossy().into_owned(),
            };
            Some(
                capabilities
                    .canonical_machine(name)
                    .ok_or_else(unknown)?
                    .to_owned(),
            )
        }
    };
    let usual = if capabilities.has_kvm() {
        DomainKind::Kvm
    } else {
        DomainKind::Qemu
    };
    Ok(Choice {
        arch,
        machine,
        kind: kind.unwrap_or(usual),
        capabilities,
    })
}
