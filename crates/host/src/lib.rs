//! What the host has, as typed snapshots.
//!
//! Every function reads the kernel's files below a [`Root`] and returns a value that stands for
//! itself: nothing is kept, nothing is watched. Tests give a root of their own. What the kernel
//! does not tell (no NUMA, no cpufreq, another architecture) is missing in the snapshot, never
//! invented.

pub mod accounts;
pub mod boot;
pub mod cache;
pub mod cgroup;
pub mod cpu;
mod cpu_list;
pub mod cpuid;
pub mod devices;
pub mod dmi;
mod error;
pub mod kvm;
pub mod memory;
pub mod mounts;
pub mod name;
pub mod node;
pub mod numa;
pub mod pci;
mod root;
pub mod scsi;
pub mod security;
pub mod traffic;
pub mod usage;
pub mod usb;

pub use cpu_list::CpuList;
pub use error::HostError;
pub use root::Root;

#[cfg(test)]
mod fake;
