//! What one line from QEMU says.

use std::fmt;

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

/// One line from QEMU.
#[derive(Debug)]
pub enum Message {
    /// The first line of all.
    Greeting(Greeting),
    /// The answer to a command.
    Reply {
        /// The command's id as it was sent; missing when QEMU could not read the command.
        id: Option<String>,
        /// What it returned, unparsed.
        result: Result<Box<RawValue>, CommandError>,
    },
    /// Something happened.
    Event(Event),
}

/// QMP's greeting: "{"QMP": {"version": …, "capabilities": […]}}".
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Greeting {
    /// QEMU's version.
    pub version: Version,
    /// What the monitor can do: `oob` is the only one so far.
    #[serde(default)]
    pub capabilities: Vec<String>,
}

/// QEMU's version (QMP: `VersionInfo`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Version {
    /// The three numbers.
    pub qemu: VersionTriple,
    /// The distribution's own version.
    #[serde(default)]
    pub package: String,
}

/// Three numbers (QMP: `VersionTriple`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct VersionTriple {
    /// The first number.
    pub major: u32,
    /// The second number.
    pub minor: u32,
    /// The third number.
    pub micro: u32,
}

/// QEMU refused a command, in its own words.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CommandError {
    /// The error class: `GenericError`, `CommandNotFound`, `DeviceNotActive`, `DeviceNotFound`,
    /// `KVMMissingCap`.
    pub class: String,
    /// The explanation.
    pub desc: String,
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.desc)
    }
}

impl std::error::Error for CommandError {}

/// Something that happened in QEMU. Events are an open set: one that we have never heard of is
/// carried like any other.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The event's name, such as `SHUTDOWN`.
    pub name: String,
    /// What it tells; an empty object when it tells nothing.
    pub data: Value,
    /// When it happened.
    pub timestamp: Timestamp,
}

/// The host's wall clock when an event happened. Both are −1 when QEMU could not read the clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Timestamp {
    /// Seconds since the epoch.
    pub seconds: i64,
    /// And microseconds.
    pub microseconds: i64,
}

/// A line that is not QMP.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// It is not JSON, or a part of it has the wrong type.
    #[error("not a QMP message: '{line}'")]
    Malformed {
        /// The beginning of the line.
        line: String,
        /// What the JSON parser said.
        source: serde_json::Error,
    },
    /// It is a JSON object, but none of greeting, reply and event.
    #[error("neither greeting, reply nor event: '{line}'")]
    Unknown {
        /// The beginning of the line.
        line: String,
    },
}

/// Reads one line.
///
/// # Errors
/// When it is not QMP.
pub fn parse(line: &[u8]) -> Result<Message, MessageError> {
    let parsed: Line<'_> =
        serde_json::from_slice(line).map_err(|source| MessageError::Malformed {
            line: excerpt(line),
            source,
        })?;
    let reply = |id: Option<Value>, result| Message::Reply {
        id: id.map(id_text),
        result,
    };
    match parsed {
        Line {
            event: Some(name),
            data,
            timestamp,
            ..
        } => {
            let data = data.unwrap_or_else(|| Value::Object(serde_json::Map::new()));
            Ok(Message::Event(Event {
                name,
                data,
                timestamp: timestamp.unwrap_or_default(),
            }))
        }
        Line {
            error: Some(error),
            id,
            ..
        } => Ok(reply(id, Err(error))),
        Line {
            r#return: Some(value),
            id,
            ..
        } => Ok(reply(id, Ok(value.to_owned()))),
        Line {
            greeting: Some(greeting),
            ..
        } => Ok(Message::Greeting(greeting)),
        Line { .. } => Err(MessageError::Unknown {
            line: excerpt(line),
        }),
    }
}

/// All that may be in a line; which fields are there says what it is.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(rename = "QMP")]
    greeting: Option<Greeting>,
    #[serde(default, borrow, deserialize_with = "present")]
    r#return: Option<&'a RawValue>,
    error: Option<CommandError>,
    id: Option<Value>,
    event: Option<String>,
    data: Option<Value>,
    timestamp: Option<Timestamp>,
}

/// What is there is there, also when it is `null`.
fn present<'de, D: Deserializer<'de>>(value: D) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(value).map(Some)
}

/// We send texts as ids; anything else is kept readable for the log.
fn id_text(id: Value) -> String {
    match id {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// Enough of a line to recognise it.
fn excerpt(line: &[u8]) -> String {
    const LENGTH: usize = 120;
    let text = String::from_utf8_lossy(line.get(..LENGTH).unwrap_or(line));
    let dots = if line.len() > LENGTH { "…" } else { "" };
    format!("{}{dots}", text.escape_debug())
}
