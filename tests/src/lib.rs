//! What the end-to-end tests share: the daemon under a root of its own, the clients that talk to
//! it, and the documents they define.
//!
//! Nothing is mocked here. A test that needs something of the machine (QEMU, the C `virsh`,
//! `libvirt-python`, the test guest) names it in the message it fails with; `cargo verify`
//! installs and builds all of it.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failing expectation is how a test reports"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "the tests start the programs under test and their clients"
)]

mod binaries;
mod clients;
mod daemon;
mod dialogue;
mod documents;
mod folder;
mod guest;
mod network;
mod processes;

pub use binaries::binary;
pub use clients::{Answer, VirshLoop, our_virsh, python, virsh};
pub use daemon::Daemon;
pub use dialogue::{Dialogue, GREETING, PATIENCE};
pub use documents::{DomainXml, domain};
pub use folder::FolderWatch;
pub use guest::{Guest, guest_in, hardware_guest_in};
pub use network::NetworkNamespace;
pub use processes::{Watched, is_stopped, processes_below, qemu_of, qemus_below};
