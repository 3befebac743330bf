//! The conversation: which commands were sent, and whose answer a reply is.

use std::collections::HashMap;

use bytes::BytesMut;
use serde::Serialize;
use serde_json::value::RawValue;

use super::lines::{LineTooLong, Lines};
use super::message::{CommandError, Event, Greeting, Message, MessageError, parse};

/// A command that was sent; unique in its session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId(u64);

/// What a command cannot be turned into bytes for.
#[derive(Debug, thiserror::Error)]
pub enum EncodeError {
    /// Its arguments are not JSON.
    #[error("the arguments of '{command}' cannot be written as JSON")]
    Arguments {
        /// The command.
        command: String,
        /// What the JSON writer said.
        source: serde_json::Error,
    },
    /// It carries more descriptors than QEMU takes.
    #[error("'{command}' carries {count} descriptors, and QEMU takes 16 at most")]
    Descriptors {
        /// The command.
        command: String,
        /// How many.
        count: usize,
    },
}

/// What came from QEMU, with replies matched to their commands.
#[derive(Debug)]
pub enum Incoming {
    /// The first line of all.
    Greeting(Greeting),
    /// The answer to a command, which is done with.
    Reply {
        /// The command.
        id: CommandId,
        /// What it returned: unparsed, or the whole line for one that was sent to be answered so.
        result: Result<Box<RawValue>, CommandError>,
    },
    /// The answer to a command that was [abandoned](Session::abandon).
    Late(CommandId),
    /// Something happened.
    Event(Event),
    /// An answer to no command that we know; nothing can be done with it.
    Stray {
        /// The id in it.
        id: Option<String>,
        /// QEMU's words if it was an error.
        error: Option<CommandError>,
    },
    /// A line that is not QMP. The next one may be.
    Garbage(MessageError),
}

/// A command in flight.
#[derive(Debug, Clone, Copy)]
struct InFlight {
    abandoned: bool,
    whole: bool,
}

/// The state of one conversation.
#[derive(Debug)]
pub struct Session {
    lines: Lines,
    next: u64,
    in_flight: HashMap<CommandId, InFlight>,
    abandoned: usize,
    answers_may_be_lost: bool,
}

/// How an id begins. It is the one that the users of `qemu-monitor-command` know.
const PREFIX: &str = "libvirt-";

#[derive(Serialize)]
struct Execute<'a, A> {
    #[serde(skip_serializing_if = "Option::is_none")]
    execute: Option<&'a str>,
    #[serde(rename = "exec-oob", skip_serializing_if = "Option::is_none")]
    exec_oob: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arguments: Option<&'a A>,
    id: String,
}

impl Session {
    /// A conversation in which nothing was said, with a limit on the length of a line.
    #[must_use]
    pub fn new(line_max: usize) -> Self {
        Session {
            lines: Lines::new(line_max),
            next: 1,
            in_flight: HashMap::new(),
            abandoned: 0,
            answers_may_be_lost: false,
        }
    }

    /// Writes a command as it goes over the wire, to be answered under the id.
    ///
    /// `out_of_band` asks for execution beside the running command (`exec-oob`), where QEMU
    /// offered that.
    ///
    /// # Errors
    /// When the arguments cannot be written as JSON.
    pub fn command<A: Serialize>(
        &mut self,
        name: &str,
        arguments: Option<&A>,
        out_of_band: bool,
    ) -> Result<(CommandId, Vec<u8>), EncodeError> {
        let id = self.next_id();
        let command = Execute {
            execute: (!out_of_band).then_some(name),
            exec_oob: out_of_band.then_some(name),
            arguments,
            id: text(id),
        };
        let mut bytes = serde_json::to_vec(&command).map_err(|source| EncodeError::Arguments {
            command: name.to_owned(),
            source,
        })?;
        bytes.extend_from_slice(b"\r\n");
        self.in_flight.insert(
            id,
            InFlight {
                abandoned: false,
                whole: false,
            },
        );
        Ok((id, bytes))
    }

    /// Writes somebody else's command, with our id in place of his; the reply will be the whole
    /// line that QEMU sent, also when it is an error.
    pub fn foreign_command(
        &mut self,
        mut command: serde_json::Map<String, serde_json::Value>,
    ) -> (CommandId, Vec<u8>) {
        let id = self.next_id();
        command.insert("id".to_owned(), serde_json::Value::String(text(id)));
        let line = format!("{}\r\n", serde_json::Value::Object(command));
        self.in_flight.insert(
            id,
            InFlight {
                abandoned: false,
                whole: true,
            },
        );
        (id, line.into_bytes())
    }

    /// Where received bytes go; [`next`](Self::next_incoming) tells what they mean.
    pub fn buffer(&mut self) -> &mut BytesMut {
        self.lines.buffer()
    }

    /// Adds received bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.lines.feed(bytes);
    }

    /// What came next, if it is complete.
    ///
    /// # Errors
    /// When a line exceeds the limit: the conversation cannot go on.
    pub fn next_incoming(&mut self) -> Result<Option<Incoming>, LineTooLong> {
        let Some(line) = self.lines.next_line()? else {
            return Ok(None);
        };
        Ok(Some(match parse(&line) {
            Ok(Message::Greeting(greeting)) => Incoming::Greeting(greeting),
            Ok(Message::Event(event)) => Incoming::Event(event),
            Ok(Message::Reply { id, result }) => self.answered(id, result, &line),
            Err(error) => self.garbage(error),
        }))
    }

    /// Gives up on a command that was sent: its answer will be told as [`Incoming::Late`].
    pub fn abandon(&mut self, id: CommandId) {
        if let Some(command) = self.in_flight.get_mut(&id)
            && !command.abandoned
        {
            command.abandoned = true;
            self.abandoned += 1;
        }
    }

    /// Forgets a command that was never sent.
    pub fn withdraw(&mut self, id: CommandId) {
        self.finish(id);
    }

    /// Whether QEMU still owes answers to abandoned commands. Not known any more once garbage
    /// came: one of the answers may have been in it.
    #[must_use]
    pub fn owes_answers(&self) -> bool {
        self.abandoned > 0 && !self.answers_may_be_lost
    }

    /// Whether every command has been answered, as far as the answers are not lost in garbage.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let lost = match self.answers_may_be_lost {
            true => self.abandoned,
            false => 0,
        };
        self.in_flight.len() <= lost
    }

    fn answered(
        &mut self,
        id: Option<String>,
        result: Result<Box<RawValue>, CommandError>,
        line: &[u8],
    ) -> Incoming {
        let known = id.as_deref().and_then(from_text);
        let Some((id, command)) = known.and_then(|known| Some((known, self.finish(known)?))) else {
            return Incoming::Stray {
                id,
                error: result.err(),
            };
        };
        if command.abandoned {
            return Incoming::Late(id);
        }
        if !command.whole {
            return Incoming::Reply { id, result };
        }
        match serde_json::from_slice(line) {
            Ok(whole) => Incoming::Reply {
                id,
                result: Ok(whole),
            },
            Err(source) => {
                let line = String::from_utf8_lossy(line).into_owned();
                self.garbage(MessageError::Malformed { line, source })
            }
        }
    }

    fn garbage(&mut self, error: MessageError) -> Incoming {
        self.answers_may_be_lost = true;
        Incoming::Garbage(error)
    }

    fn finish(&mut self, id: CommandId) -> Option<InFlight> {
        let command = self.in_flight.remove(&id)?;
        if command.abandoned {
            self.abandoned -= 1;
        }
        Some(command)
    }

    fn next_id(&mut self) -> CommandId {
        let id = CommandId(self.next);
        self.next += 1;
        id
    }
}

fn text(id: CommandId) -> String {
    format!("{PREFIX}{}", id.0)
}

fn from_text(text: &str) -> Option<CommandId> {
    text.strip_prefix(PREFIX)?.parse().ok().map(CommandId)
}
