//! The door and what it leads to, with a driver made for it, over the in-process transport.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "this is all test code"
)]

mod access;
mod session;
mod world;
