//! Public numbers with their origins, by what they say of a document.

use protocol::error::{Code, Origin};

/// A public error number and the part of the system that it comes from.
pub(crate) type Public = (Code, Origin);

/// The document contradicts itself: found while it is read.
pub(super) const XML: Public = (Code::XmlError, Origin::Domain);
/// The document contradicts itself: found when it is looked at as a whole.
pub(super) const DETAIL: Public = (Code::XmlDetail, Origin::Domain);
/// A value is missing or not of its kind.
pub(super) const VALUE: Public = (Code::XmlError, Origin::Xml);
/// No hypervisor does that.
pub(super) const NOWHERE: Public = (Code::ConfigUnsupported, Origin::Domain);
/// QEMU, or this QEMU, does not do that.
pub(super) const NOT_HERE: Public = (Code::ConfigUnsupported, Origin::Qemu);
/// A list or size is malformed.
pub(super) const ARGUMENT: Public = (Code::InvalidArg, Origin::None);
