//! What all drivers share: routes, call context, access checks, events, the store, layouts, errors.
//!
//! A driver is a type with [`Driver`], a route table ([`Routes`]) and nothing that knows of
//! sockets. [`Door`] makes a service of the two; what comes through it is a [`Call`].

pub mod access;
mod call;
pub use conf;
pub mod connection;
mod door;
mod driver;
pub mod error;
pub mod events;
pub use layout;
mod payload;
mod routes;
pub mod store;

pub use access::Target;
pub use call::Call;
pub use connection::{Connection, Opened};
pub use door::Door;
pub use driver::{Driver, Lifecycle};
pub use error::{Error, ToError, Wording};
pub use events::EventHub;
pub use layout::Layout;
pub use routes::{Handler, Routes};
