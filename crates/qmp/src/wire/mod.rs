//! The protocol without I/O: bytes in, messages out; commands in, bytes out.

mod lines;
mod message;
mod session;

pub use lines::{LINE_MAX, LineTooLong, Lines};
pub use message::{
    CommandError, Event, Greeting, Message, MessageError, Timestamp, Version, VersionTriple, parse,
};
pub use session::{CommandId, EncodeError, Incoming, Session};

#[cfg(test)]
mod tests;
