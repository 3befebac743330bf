//! Whose finding an error in a part of a document is: libvirt reads parts that several kinds of documents have, or that
//! are a matter of their own, apart from the document, and says so in its errors.
//!
//! The numbers are those of `virErrorDomain` (virterror.h).

use xml::Origin;

/// Those who read this kind of document, inside a part that others read.
pub(crate) const DOCUMENT: Origin = Origin::Document;
/// Nobody in particular: `VIR_FROM_NONE`.
pub(crate) const NOBODY: Origin = Origin::Part(0);
/// Those who read XML itself: `VIR_FROM_XML`.
pub(crate) const XML: Origin = Origin::Part(5);
/// Those who know storage: `VIR_FROM_STORAGE`.
pub(crate) const STORAGE: Origin = Origin::Part(18);
/// Those who know networks: `VIR_FROM_NETWORK`.
pub(crate) const NETWORK: Origin = Origin::Part(19);
/// Those who know CPUs: `VIR_FROM_CPU`.
pub(crate) const CPU: Origin = Origin::Part(31);
