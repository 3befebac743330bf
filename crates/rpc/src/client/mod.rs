//! The calling end: calls, streams and events of one connection.

mod connection;
mod error;
mod events;
mod pending;
mod role;
mod stream;

#[cfg(test)]
mod tests;

pub use connection::{Connection, Options, RawCall, RawReply};
pub use error::CallError;
pub use events::{Events, Incoming};
pub use stream::ClientStream;
