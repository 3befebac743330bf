//! The devices: one module each, whose QEMU properties serve start, hot plug and live change.

pub(crate) mod character;
mod chardev;
pub(crate) mod controller;
pub(crate) mod disk;
pub(crate) mod graphics;
pub(crate) mod hub;
pub mod image;
pub(crate) mod input;
pub(crate) mod interface;
mod json;
mod keyval;
pub(crate) mod memballoon;
mod part;
pub(crate) mod rng;
pub(crate) mod seat;
pub(crate) mod sound;
pub(crate) mod video;
pub(crate) mod watchdog;

pub use chardev::{Address as SocketAddress, Backend, Chardev, Log, Reconnect, Socket};
pub use interface::{TapFds, wanted_tap};
pub use json::Json;
pub use keyval::KeyVal;
pub use part::{Part, PartError};
