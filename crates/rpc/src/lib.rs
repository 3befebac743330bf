//! Sessions over a transport: calls, events, streams, passed descriptors, keepalive, limits.
//!
//! A [`transport::Transport`] moves whole packets with their descriptors: over a unix socket, over
//! TCP, or between two halves of one process. On top of it one engine (`link`) drives either end of
//! a conversation: [`server::serve`] answers calls through a [`server::Service`], and
//! [`client::Connection`] makes them. Both ends are the same machine with another role, so what
//! holds for one (ordering, bounds, keepalive, stream flow control) holds for the other.
//!
//! **Invariants.** This crate never knows what a procedure means. One task owns the reading side of
//! a conversation; whoever has something to send writes it at once when the socket takes it.
//! Everything a peer can make grow (parked calls, received stream data, unsent events, half a
//! packet) has a bound in [`Limits`], and exceeding it costs that peer only.

pub mod client;
mod close;
mod counters;
mod extensions;
mod fault;
mod head;
pub mod keepalive;
mod limits;
mod link;
mod message;
mod outbox;
mod panics;
mod peer;
pub mod relay;
pub mod server;
pub mod stream;
#[cfg(test)]
mod testing;
pub mod transport;
mod wake;

pub use close::{CloseReason, Violation};
pub use counters::Stats;
pub use extensions::Extensions;
pub use limits::Limits;
pub use message::RawEvent;
pub use peer::{Peer, TransportKind};
pub use server::{Reply, Request, Service, Session, serve};
pub use transport::Transport;

/// A future that owns all it needs and may move between threads.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;
