//! The same API for programs without a runtime: the names and arguments of the asynchronous
//! handles, and calls that return when they are done.
//!
//! A thread of this process's own, started by the first connection, does the work behind all of
//! them. Any thread may call, one that belongs to another runtime as well; but a task of an
//! asynchronous program that calls here holds up its thread, and better uses the methods that
//! these are twins of. After a `fork` only the parent may go on calling.
//!
//! ```no_run
//! # fn run() -> client::Result<()> {
//! use client::{blocking, flags::ConnectListAllDomainsFlags};
//!
//! let host = blocking::OpenOptions::new().read_only(true).open(None)?;
//! for guest in host.list_all_domains(ConnectListAllDomainsFlags::empty())? {
//!     println!("{}: {}", guest.name(), guest.state()?);
//! }
//! # Ok(())
//! # }
//! ```

mod connection;
mod domain;
mod event;
mod network;
mod node;
mod nwfilter;
mod open;
mod secret;
mod storage;
mod stream;
#[cfg(test)]
mod tests;
mod twins;
mod wait;

pub use connection::Connection;
pub use domain::Domain;
pub use event::{DomainEvent, DomainEvents, MonitorEvent, MonitorEvents};
pub use network::Network;
pub use node::{Interface, NodeDevice};
pub use nwfilter::{NetworkFilter, NetworkFilterBinding};
pub use open::OpenOptions;
pub use secret::Secret;
pub use storage::{StoragePool, StorageVolume};
pub use stream::Stream;
