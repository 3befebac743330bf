//! The in-memory driver behind `test:///default`: libvirt's default objects, and no hypervisor.
//!
//! It behaves as a driver should and touches nothing on the host, so that clients, `virsh` and
//! bindings can be tried and tested on it. What it holds lives as long as the driver; all
//! connections to one driver see the same objects. A driver can also begin with the host that a
//! file describes: `test:///FILE`.

mod default;
mod domain;
mod driver;
mod flags;
mod host;
mod interface;
mod network;
mod node_device;
mod node_file;
mod select;
mod storage;
mod uuid;

pub use driver::{TestDriver, URI};
pub use node_file::NodeFileError;
