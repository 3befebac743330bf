//! The 24 bytes that every packet starts with, after its length.

use xdr::Xdr;

use crate::program::Program;

/// What a packet is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Xdr)]
pub struct Header {
    /// Number of the [`Program`].
    #[xdr(name = "prog")]
    pub program: u32,
    /// Version of the program.
    #[xdr(name = "vers")]
    pub version: u32,
    /// Number of the procedure or event in the program.
    #[xdr(name = "proc")]
    pub procedure: i32,
    /// What the packet is.
    #[xdr(name = "type")]
    pub kind: PacketKind,
    /// Chosen by the caller; replies and streams repeat it, messages use 0.
    pub serial: u32,
    /// How it goes.
    pub status: Status,
}

/// What a packet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Xdr)]
#[repr(i32)]
pub enum PacketKind {
    /// A call; the payload is the procedure's arguments.
    Call = 0,
    /// The answer to a call: the procedure's result or an error.
    Reply = 1,
    /// An event or a sign of life, answered by nobody.
    Message = 2,
    /// Data, end or failure of a stream.
    Stream = 3,
    /// A call with descriptors.
    CallWithFds = 4,
    /// A reply with descriptors.
    ReplyWithFds = 5,
    /// A hole in a stream's data.
    StreamHole = 6,
}

/// How it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Xdr)]
#[repr(i32)]
pub enum Status {
    /// Well; on a stream: it ends well.
    Ok = 0,
    /// Badly; the payload is an error, or empty when a client aborts its stream.
    Error = 1,
    /// A stream goes on.
    Continue = 2,
}

impl Header {
    /// Bytes of a header.
    pub const LENGTH: usize = 24;

    /// The header of a call.
    #[must_use]
    pub fn call(program: Program, procedure: i32, serial: u32) -> Self {
        Self {
            program: program.number(),
            version: program.version(),
            procedure,
            kind: PacketKind::Call,
            serial,
            status: Status::Ok,
        }
    }

    /// The header of an event.
    #[must_use]
    pub fn message(program: Program, procedure: i32) -> Self {
        Self {
            kind: PacketKind::Message,
            ..Self::call(program, procedure, 0)
        }
    }

    /// The header of the answer to this call.
    #[must_use]
    pub fn reply(&self, status: Status) -> Self {
        Self {
            kind: PacketKind::Reply,
            status,
            ..*self
        }
    }

    /// The header of a packet on the stream that this call opened.
    #[must_use]
    pub fn stream(&self, status: Status) -> Self {
        Self {
            kind: PacketKind::Stream,
            status,
            ..*self
        }
    }

    /// The header of a hole in the stream that this call opened.
    #[must_use]
    pub fn hole(&self) -> Self {
        Self {
            kind: PacketKind::StreamHole,
            status: Status::Continue,
            ..*self
        }
    }

    /// The program, when it is one that there is in this version.
    #[must_use]
    pub fn known_program(&self) -> Option<Program> {
        Program::from_number(self.program).filter(|program| program.version() == self.version)
    }

    /// Whether kind and status may stand together.
    #[must_use]
    pub fn is_legal(&self) -> bool {
        match self.kind {
            PacketKind::Call
            | PacketKind::CallWithFds
            | PacketKind::ReplyWithFds
            | PacketKind::Message => self.status == Status::Ok,
            PacketKind::Reply => self.status != Status::Continue,
            PacketKind::Stream => true,
            PacketKind::StreamHole => self.status != Status::Ok,
        }
    }
}

impl PacketKind {
    /// Whether a count of descriptors stands between header and payload.
    #[must_use]
    pub fn carries_fds(self) -> bool {
        matches!(self, Self::CallWithFds | Self::ReplyWithFds)
    }

    /// The form of this kind with descriptors, where there is one.
    #[must_use]
    pub fn with_fds(self) -> Option<Self> {
        match self {
            Self::Call | Self::CallWithFds => Some(Self::CallWithFds),
            Self::Reply | Self::ReplyWithFds => Some(Self::ReplyWithFds),
            Self::Message | Self::Stream | Self::StreamHole => None,
        }
    }
}
