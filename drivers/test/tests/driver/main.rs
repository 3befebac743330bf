//! The test driver as a client sees it: over the in-process transport, like every embedded driver.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::wildcard_imports,
    reason = "this is all test code"
)]

mod definition;
mod events;
mod lifecycle;
mod network;
mod refusals;
mod world;
