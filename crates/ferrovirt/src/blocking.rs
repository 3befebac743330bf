//! The same API for programs without an asynchronous runtime.
//!
//! ```
//! # fn main() -> ferrovirt::Result<()> {
//! let host = ferrovirt::blocking::open("test:///default")?;
//! let guest = host.lookup_domain("test")?;
//! assert_eq!(guest.state()?.to_string(), "running");
//! # Ok(())
//! # }
//! ```
//!
//! A thread of the library's own does the work, that of the embedded drivers included. Any thread
//! may call; see [`client::blocking`] for what holds in asynchronous programs.

pub use client::blocking::*;

use crate::Result;

/// How a connection is opened, with the drivers that this build carries.
#[must_use]
pub fn options() -> OpenOptions {
    crate::options().into()
}

/// Opens `uri`.
///
/// # Errors
///
/// When the URI cannot be read, nobody listens where it points, or the driver refuses.
pub fn open(uri: &str) -> Result<Connection> {
    options().open(Some(uri))
}
