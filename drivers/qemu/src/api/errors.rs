//! The lower rooms' errors as clients of the public API know them.

use std::sync::Arc;

use driver::{ToError, Wording};
use protocol::error::{Code, Origin};

use crate::capabilities::ProbeError;
use crate::domain::DomainError;

impl ToError for DomainError {
    fn code(&self) -> Code {
        Self::code(self)
    }

    fn origin(&self) -> Option<Origin> {
        Some(Self::origin(self))
    }
}

/// An emulator that cannot be asked what it can do.
#[derive(Debug, Clone, thiserror::Error)]
#[error(transparent)]
pub struct EmulatorError(#[from] Arc<ProbeError>);

impl ToError for EmulatorError {
    fn code(&self) -> Code {
        match *self.0 {
            ProbeError::Missing { .. } | ProbeError::NotExecutable { .. } => Code::SystemError,
            ProbeError::NoEmulator { .. } => Code::ConfigUnsupported,
            _ => Code::InternalError,
        }
    }

    fn wording(&self) -> Wording {
        match *self.0 {
            ProbeError::Missing { .. } | ProbeError::NotExecutable { .. } => Wording::Verbatim,
            _ => Wording::Prefixed,
        }
    }

    fn errno(&self) -> Option<i32> {
        match &*self.0 {
            ProbeError::Missing { source, .. } => source.raw_os_error(),
            _ => None,
        }
    }
}
