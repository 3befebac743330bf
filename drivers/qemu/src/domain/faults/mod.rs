//! What can be wrong with the elements that concern the whole guest: an enum a family, each case with its public code.

use protocol::error::{Code, Origin};

mod clock;
mod feature;
mod firmware;
mod list;
mod memory;
mod namespace;
mod numa;
mod security;
mod tuning;
mod vcpus;

pub use clock::ClockError;
pub use feature::FeatureError;
pub use firmware::FirmwareError;
pub use list::ListError;
pub use memory::MemoryError;
pub use namespace::NamespaceError;
pub use numa::NumaError;
pub use security::SecurityError;
pub use tuning::TuningError;
pub use vcpus::VcpusError;

/// A public error number and the part of the system that it comes from.
pub(crate) type Public = (Code, Origin);

/// The document contradicts itself: found while it is read.
const XML: Public = (Code::XmlError, Origin::Domain);
/// The document contradicts itself: found when it is looked at as a whole.
const DETAIL: Public = (Code::XmlDetail, Origin::Domain);
/// A value is missing or not of its kind.
const VALUE: Public = (Code::XmlError, Origin::Xml);
/// No hypervisor does that.
const NOWHERE: Public = (Code::ConfigUnsupported, Origin::Domain);
/// QEMU, or this QEMU, does not do that.
const NOT_HERE: Public = (Code::ConfigUnsupported, Origin::Qemu);
/// A list or size is malformed.
const ARGUMENT: Public = (Code::InvalidArg, Origin::None);
