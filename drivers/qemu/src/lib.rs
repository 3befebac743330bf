//! The QEMU driver.
//!
//! A VM's life is in [`vm`], the way from a document to a command line in [`domain`], [`devices`] and
//! [`command_line`], what a QEMU can do in [`capabilities`], what the host has installed for guests in [`firmware`],
//! the states that a domain can go back to in [`snapshot`], and what clients can ask for in [`api`].
//! [`QemuDriver::open`] gives the driver, [`QemuDriver::door`] the service that a daemon or an embedding
//! application hands to its transports: there is no other way in, so that all three doors are the same.
//!
//! # What is deliberately absent
//!
//! No sockets to clients, no printing, no other driver. A stopped VM has no task and no parsed document.

pub mod api;
pub mod capabilities;
pub mod command_line;
pub mod config;
pub mod devices;
pub mod domain;
pub mod domain_capabilities;
mod driver;
pub mod firmware;
mod host;
pub mod host_side;
mod image_file;
mod mode;
pub mod ports;
mod random;
pub mod registry;
mod removed;
pub mod snapshot;
mod vhost_user;
pub mod vm;

pub use config::Config;
pub use driver::{OpenError, QemuDriver};
pub use mode::{Lifetime, Mode};
