//! A guest's CPU against what the hypervisor can give.

mod check;
mod document;
mod error;
mod hypervisor;
mod observe;
mod start;

pub use check::hypervisor_gives;
pub(crate) use document::{check as check_document, settle};
pub use error::GuestCpuError;
pub use hypervisor::{HypervisorCpu, Models, supports};
pub use observe::{observed, write};
pub use start::prepare;
