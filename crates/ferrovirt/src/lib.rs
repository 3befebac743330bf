//! Virtual machines of one host: as a client of any daemon, or with the driver inside your own
//! process.
//!
//! ```no_run
//! # async fn run() -> ferrovirt::Result<()> {
//! let host = ferrovirt::open("qemu:///embed?root=/tmp/vms").await?;
//! let guest = host.create_domain("<domain type='kvm'>…</domain>").await?;
//! println!("{:?}", guest.state().await?);
//! guest.destroy().await?;
//! # Ok(())
//! # }
//! ```
//!
//! | URI | what is opened |
//! | --- | --- |
//! | `qemu:///system` | the host's QEMU daemon |
//! | `qemu:///session` | the user's QEMU daemon, started if need be |
//! | `qemu+unix:///system?socket=PATH` | the daemon behind that socket |
//! | `qemu+tcp://HOST/system` | the daemon of another host, without encryption |
//! | `qemu:///embed?root=DIR` | the QEMU driver in this process, everything of it below `DIR` |
//! | `test:///default` | an in-memory driver in this process, for trying things out |
//!
//! The last two need the feature `embed`, which is on by default.
//!
//! Programs without an asynchronous runtime use [`blocking`]: the same names, called plainly.

pub mod blocking;
#[cfg(feature = "embed")]
mod embed;

pub use client::*;

/// How a connection is opened, with the drivers that this build carries.
#[must_use]
pub fn options() -> OpenOptions {
    let options = OpenOptions::new();
    #[cfg(feature = "embed")]
    let options = embed::openers()
        .into_iter()
        .fold(options, OpenOptions::opener);
    options
}

/// Opens `uri`.
///
/// # Errors
///
/// When the URI cannot be read, nobody listens where it points, or the driver refuses.
pub async fn open(uri: &str) -> Result<Connection> {
    options().open(Some(uri)).await
}
