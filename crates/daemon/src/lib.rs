//! The runtime that all daemons share: command line, configuration, listeners, the relay to other
//! daemons, the admin program, logging, readiness and shutdown.
//!
//! A daemon is a [`DaemonSpec`] and a function that makes its driver; [`run`] is the rest. The
//! order of a start is in the module `start`: what can be refused is refused before anything is
//! changed on the host, and a client that connects early waits rather than fails.
//!
//! **Never** does this crate know one driver: it gets an `Arc<dyn Lifecycle>`.

mod admin;
mod arguments;
mod clients;
mod context;
mod failure;
mod idle;
mod limits;
mod listen;
mod log;
mod relay;
mod serve;
mod settings;
mod start;

pub use context::{Context, DaemonSpec, Family, HostUuidSource, MakeError};
pub use start::run;
