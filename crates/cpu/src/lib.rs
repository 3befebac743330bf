//! What CPUs are: models and features as facts, and what follows from them.
//!
//! [`x86`] has the table of models and features and the arithmetic on it; [`Arch`] knows how far the other
//! architectures go; [`Definition`] is a CPU as a document describes it; [`compare`] and [`baseline`] answer for every
//! architecture. The facts are those of libvirt 11.3 (names, bits, which model has what), in a notation of our own,
//! so that nothing has to be installed beside the program.
//!
//! # What is deliberately absent
//!
//! Reading a host, and asking a hypervisor: both come in as values.

mod arch;
pub mod arm;
mod definition;
mod error;
mod operations;
pub mod x86;

pub use arch::{Arch, Knowledge};
pub use definition::{Definition, Failure, Role};
pub use error::CpuError;
pub use operations::{Comparison, baseline, baseline_of_hosts, compare, expand, model_names};
