//! The driver with a real QEMU, through the in-process transport, in a private root.
//!
//! The guests are never let run unless a test says so, and then there is only firmware to run: what is tested is
//! the driver, not a guest.

mod architectures;
mod devices;
mod display;
mod lifecycle;
mod platform;
mod statistics;
mod support;
mod tuning;
