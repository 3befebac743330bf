//! A connected monitor.

mod connect;
mod events;
mod handle;
mod io;
mod pending;
mod state;

pub use connect::Options;
pub use events::{Events, Notice};
pub use handle::Monitor;
pub use pending::Pending;

#[cfg(test)]
mod tests;

#[cfg(test)]
mod qemu_tests;
