//! Every XML document of the public API as Rust types.
//!
//! One small file per element family; a type is declared once and `xml` reads, writes and describes
//! it from that declaration. What a document leaves out is `None` or empty here: filling in is the
//! driver's part. Units are those of the XML after scaling (memory in KiB), which each field says.
//!
//! # What is deliberately absent
//!
//! No hypervisor, no host, no defaults that depend on either, no cross-element rules.

pub mod backup;
pub mod capabilities;
pub mod checkpoint;
pub mod domain;
pub mod domain_capabilities;
pub mod fuzz;
pub mod interface;
mod mac;
pub mod migration_cookie;
pub mod network;
pub mod node_device;
pub mod nwfilter;
mod octal;
mod origin;
pub mod pattern;
pub mod save_image;
pub mod secret;
pub mod snapshot;
pub mod storage_pool;
mod utc_time;
mod uuid;
pub mod volume;

pub use mac::{MacAddress, MacAddressError};
pub use octal::Octal;
pub use utc_time::{UtcTime, UtcTimeError};
pub use uuid::{Uuid, UuidError};
pub use xml::{Errors, Options};
