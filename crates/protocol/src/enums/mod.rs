//! Enumerations of the public API.
//!
//! On the wire they are plain numbers, so a value from a newer peer is kept as `Unrecognized`. The
//! numbers are those of the public API's headers, level 11.3, and of events up to 12.6; a test
//! compares them.

mod connect;
mod domain;
mod domain_event;
mod domain_state;
mod macros;
mod network_secret_device;
mod process_signal;
mod storage;

pub use connect::*;
pub use domain::*;
pub use domain_event::*;
pub use domain_state::*;
pub use network_secret_device::*;
pub use process_signal::*;
pub use storage::*;

pub(crate) use macros::enumeration;

use crate::catalog::Catalogued;

/// Every enumeration, as the public API's headers name it.
pub(crate) const CATALOG: &[&[Catalogued]] = &[
    connect::CATALOG,
    domain::CATALOG,
    domain_event::CATALOG,
    domain_state::CATALOG,
    network_secret_device::CATALOG,
    process_signal::CATALOG,
    storage::CATALOG,
    crate::error::CATALOG_CODE,
    crate::error::CATALOG_ORIGIN,
];
