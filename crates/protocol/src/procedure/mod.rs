//! What there is to know of a procedure or an event, once, for everyone who needs it.

mod macros;
mod rule;
mod table;
pub mod vocabulary;

use std::fmt::Debug;

use xdr::Xdr;

pub use rule::{Condition, Object, Permission, ReadOnly, Rule};
pub use table::{find, find_event};

pub(crate) use macros::{events, payload, procedures, structures};

use crate::program::Program;

/// A procedure, as a type.
pub trait Procedure: Send + Sync + 'static {
    /// What the caller sends; `()` when nothing.
    type Args: Xdr + Debug + Send + Sync + 'static;
    /// What comes back; `()` when nothing.
    type Ret: Xdr + Debug + Send + Sync + 'static;
    /// The rest of the declaration.
    const INFO: &'static ProcedureInfo;

    /// The argument that conditional rules look at: the flags, unless the declaration names
    /// another one. 0 when no rule is conditional.
    fn condition(args: &Self::Args) -> u32 {
        let _ = args;
        0
    }
}

/// A message that a daemon sends by itself, as a type.
pub trait Event: Send + Sync + 'static {
    /// What it carries; `()` when nothing.
    type Msg: Xdr + Debug + Send + Sync + 'static;
    /// The rest of the declaration.
    const INFO: &'static EventInfo;
}

/// A procedure, as data.
#[derive(Debug, PartialEq, Eq)]
pub struct ProcedureInfo {
    /// The program that it belongs to.
    pub program: Program,
    /// Its number there.
    pub number: i32,
    /// Its name on the wire, as `DOMAIN_GET_INFO`.
    pub name: &'static str,
    /// The public API's function that makes this call, as `virDomainGetInfo`.
    pub api: Option<&'static str>,
    /// What the caller must be allowed to; all rules must hold.
    pub rules: &'static [Rule],
    /// Objects in the returned list are left out unless the caller has this permission on them.
    pub filter: Option<(Object, Permission)>,
    /// Whether a read-only connection may call it.
    pub read_only: ReadOnly,
    /// Whether it may run when all ordinary workers are busy.
    pub priority: Priority,
    /// The stream that a successful call opens.
    pub stream: Option<StreamDirection>,
    /// The flag that allows holes in the stream.
    pub sparse_flag: Option<u32>,
    /// Which way descriptors go.
    pub fds: Fds,
    /// Whether it may be called before authentication is complete.
    pub before_auth: bool,
}

impl ProcedureInfo {
    /// A procedure about which nothing but its name is declared: denied to read-only
    /// connections, low priority, no stream, no descriptors.
    #[must_use]
    pub const fn new(program: Program, number: i32, name: &'static str) -> Self {
        Self {
            program,
            number,
            name,
            api: None,
            rules: &[],
            filter: None,
            read_only: ReadOnly::Denied,
            priority: Priority::Low,
            stream: None,
            sparse_flag: None,
            fds: Fds::None,
            before_auth: false,
        }
    }
}

/// An event, as data.
#[derive(Debug, PartialEq, Eq)]
pub struct EventInfo {
    /// The program that it belongs to.
    pub program: Program,
    /// Its number there.
    pub number: i32,
    /// Its name on the wire, as `DOMAIN_EVENT_LIFECYCLE`.
    pub name: &'static str,
    /// How clients ask for it.
    pub form: EventForm,
    /// The kind of object and the event's id in the public API.
    pub id: Option<(Object, i32)>,
}

impl EventInfo {
    /// An event that clients of the callback form ask for.
    #[must_use]
    pub const fn new(program: Program, number: i32, name: &'static str) -> Self {
        Self {
            program,
            number,
            name,
            form: EventForm::Callback,
            id: None,
        }
    }
}

/// Whether a procedure may run when all ordinary workers are busy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    /// It may wait for a guest or a device.
    Low,
    /// It never waits, so it can always run.
    High,
}

/// The way that a stream's data takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamDirection {
    /// From the daemon to the client.
    ToClient,
    /// From the client to the daemon.
    ToServer,
    /// Both ways at once.
    Both,
}

/// Which way descriptors go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fds {
    /// None do.
    None,
    /// With the call.
    In,
    /// With the reply.
    Out,
    /// With both.
    Both,
}

/// How clients ask for an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventForm {
    /// Once for all objects; the message has no callback id.
    Legacy,
    /// With a callback id, which the message carries.
    Callback,
    /// For the connection itself.
    Connection,
}

/// An entry of a program's table.
#[derive(Debug, Clone, Copy)]
pub enum Declaration {
    /// A procedure.
    Procedure(&'static ProcedureInfo),
    /// An event.
    Event(&'static EventInfo),
}

/// Is shown every declaration with its types; see [`crate::visit`].
pub trait Visitor {
    /// A procedure.
    fn procedure<P: Procedure>(&mut self);
    /// An event.
    fn event<E: Event>(&mut self);
}
