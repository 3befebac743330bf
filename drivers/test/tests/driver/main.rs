//! The test driver as a client sees it: over the in-process transport, like every embedded driver.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::wildcard_imports,
    clippy::disallowed_methods,
    reason = "this is all test code, which writes files of its own"
)]

mod definition;
mod events;
mod interface;
mod lifecycle;
mod network;
mod node_device;
mod node_file;
mod refusals;
mod saved;
mod storage;
mod world;
