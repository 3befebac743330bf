//! The structured arguments that QEMU takes, on its command line and through its monitor alike.

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

/// A JSON object with its members in the order in which the driver wrote them.
#[derive(Debug, Clone)]
pub struct Json(Box<RawValue>);

impl Json {
    /// Makes the object from a structure whose fields are spelled as QEMU spells them.
    pub fn new(value: &impl Serialize) -> Result<Self, serde_json::Error> {
        to_raw_value(value).map(Self)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// The object as a value, for a monitor command.
    pub fn to_value(&self) -> Result<serde_json::Value, serde_json::Error> {
        serde_json::from_str(self.as_str())
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Serialize for Json {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
