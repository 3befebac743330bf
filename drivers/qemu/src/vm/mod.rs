//! The life of a VM.
//!
//! One task owns a VM: [`owner`]. API calls and QEMU's events reach it through one queue ([`mailbox`]) and the
//! monitor; it alone changes the VM's state, and publishes an immutable, numbered [`snapshot`] after each change.
//! Queries read snapshots and never wait. What may happen while what else happens is one pure table:
//! [`admission`]. What QEMU's events mean is another: [`reaction`].
//!
//! ```text
//!            define                     start                          guest powers off,
//!   (none) ---------->  Off  ------> Starting -----> Active(Paused) --> destroy, QEMU dies
//!                        ^              | failed         | cont              |
//!                        |              v                v                   v
//!                        +------------ Off            Active(Running) ---> Off, or gone if transient
//! ```
//!
//! A stopped VM has no task. Long work (start, stop, a monitor command) is a future beside the owner, which goes
//! on listening; `destroy` breaks it off.

pub mod admission;
pub mod announcement;
pub mod answers;
pub mod console;
pub mod control_group;
pub mod definition;
pub mod error;
mod handle;
pub mod helper;
pub mod live;
pub mod log;
pub mod mailbox;
pub mod network;
pub mod owner;
pub mod ownership;
pub mod paths;
pub mod pci_binding;
pub mod perf;
pub mod reaction;
pub mod reconnect;
pub mod request;
pub mod resctrl;
pub mod resources;
pub mod retune;
pub mod snapshot;
pub mod start;
pub mod state;
pub mod status;
pub mod stop;
pub mod swtpm;
mod transient;
mod virtiofsd;

pub use handle::Vm;

/// The driver's name in paths.
pub const DRIVER: &str = "qemu";
