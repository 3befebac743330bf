//! What is wrong with a CPU, as the clients of the public API know it.

use cpu::{CpuError, Failure};
use protocol::error::{Code, Origin};

use super::ToError;

impl ToError for CpuError {
    fn code(&self) -> Code {
        Self::code(self)
    }

    fn origin(&self) -> Option<Origin> {
        Some(Self::origin(self))
    }
}

impl ToError for Failure {
    fn code(&self) -> Code {
        match self {
            Self::Xml(errors) => errors.code(),
            Self::Cpu(error) => error.code(),
        }
    }

    fn origin(&self) -> Option<Origin> {
        match self {
            // A text that is no XML at all, and a value of the CPU's own, are faults of the CPU; the others are found
            // by what reads every document.
            Self::Xml(errors) => {
                let first = errors.as_slice().first().map(|error| &error.problem);
                let nameless = matches!(
                    first,
                    Some(xml::Problem::MissingAttribute { element, .. }) if element == "feature"
                );
                Some(match errors.code() {
                    Code::XmlDetail | Code::ConfigUnsupported => Origin::Cpu,
                    _ if nameless => Origin::Cpu,
                    _ => Origin::Xml,
                })
            }
            Self::Cpu(error) => Some(error.origin()),
        }
    }
}
