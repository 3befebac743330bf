//! The QEMU monitor (QMP): a core without I/O and its tokio shell.
//!
//! - [`wire`] turns bytes into greetings, replies and events, and commands into bytes. It opens
//!   nothing and waits for nothing, so that tests and fuzzers drive it directly.
//! - [`Monitor`] is a connected monitor: commands may overlap, each has a deadline, and an owner
//!   learns through [`Monitor::responsive`] when QEMU stops answering and when it recovers.
//! - [`commands`] are typed commands, spelled as QEMU spells them, one file per family.
//!
//! This crate knows QEMU's words, never what a domain is.

mod command;
pub mod commands;
mod error;
mod monitor;
pub mod wire;

pub use command::{Command, Empty};
pub use error::{ConnectError, Disconnect, Error};
pub use monitor::{Events, Monitor, Notice, Options, Pending};
pub use wire::{CommandError, Event, Greeting, Timestamp, Version, VersionTriple};
