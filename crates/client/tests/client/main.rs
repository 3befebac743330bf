//! The client against a peer that records what it is asked and says what the test wants.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod blocking;
mod events;
mod fake;
mod handshake;
mod lookup;
mod refusals;
mod streams;
