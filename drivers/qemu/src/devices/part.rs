//! One thing that QEMU is told to create: the same value serves the command line and the monitor.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::chardev::Chardev;
use super::json::Json;

/// One thing that QEMU creates. A device is a list of these, in the order in which they must be created.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A back-end object (`-object`, `object-add`).
    Object(Json),
    /// A node of the block graph (`-blockdev`, `blockdev-add`).
    Blockdev(Json),
    /// A character back-end (`-chardev`, `chardev-add`).
    Chardev(Chardev),
    /// A network back-end (`-netdev`, `netdev_add`).
    Netdev(Json),
    /// The device that the guest sees (`-device`, `device_add`).
    Device(Json),
    /// Something that exists on the command line only: the option's name and its value.
    Option(&'static str, Option<String>),
}

/// Why a part cannot be sent to a running QEMU.
#[derive(Debug, thiserror::Error)]
pub enum PartError {
    /// The option has no monitor command.
    #[error(
        "-{0} can only be given when QEMU starts: change the inactive definition and restart the guest"
    )]
    StartOnly(&'static str),
    /// A structure could not be read back.
    #[error("a QEMU argument cannot be turned into a monitor command")]
    Json(#[from] serde_json::Error),
}

impl Part {
    /// A back-end object.
    pub fn object(properties: &impl Serialize) -> Result<Self, serde_json::Error> {
        Json::new(properties).map(Self::Object)
    }

    /// A node of the block graph.
    pub fn blockdev(properties: &impl Serialize) -> Result<Self, serde_json::Error> {
        Json::new(properties).map(Self::Blockdev)
    }

    /// An audio back-end, which exists on the command line only.
    pub fn audio(properties: &impl Serialize) -> Result<Self, serde_json::Error> {
        let json = Json::new(properties)?;
        Ok(Self::option("audiodev", json.as_str()))
    }

    /// A network back-end.
    pub fn netdev(properties: &impl Serialize) -> Result<Self, serde_json::Error> {
        Json::new(properties).map(Self::Netdev)
    }

    /// The device with these properties (`-device`; QMP: device_add).
    pub fn device(properties: &impl Serialize) -> Result<Self, serde_json::Error> {
        Json::new(properties).map(Self::Device)
    }

    /// An option of the command line with a value.
    pub fn option(name: &'static str, value: impl Into<String>) -> Self {
        Self::Option(name, Some(value.into()))
    }

    /// The option's name without the dash, and its value.
    pub fn argument(&self) -> (&'static str, Option<String>) {
        let (name, value) = match self {
            Self::Object(json) => ("object", json.as_str().to_owned()),
            Self::Blockdev(json) => ("blockdev", json.as_str().to_owned()),
            Self::Netdev(json) => ("netdev", json.as_str().to_owned()),
            Self::Device(json) => ("device", json.as_str().to_owned()),
            Self::Chardev(chardev) => ("chardev", chardev.argument()),
            Self::Option(name, value) => return (name, value.clone()),
        };
        (name, Some(value))
    }

    /// The monitor command that creates it in a running QEMU, with its arguments.
    pub fn command(&self) -> Result<(&'static str, Value), PartError> {
        Ok(match self {
            Self::Object(json) => ("object-add", json.to_value()?),
            Self::Blockdev(json) => ("blockdev-add", json.to_value()?),
            Self::Netdev(json) => ("netdev_add", json.to_value()?),
            Self::Device(json) => ("device_add", json.to_value()?),
            Self::Chardev(chardev) => ("chardev-add", chardev.command()),
            Self::Option(name, _) => return Err(PartError::StartOnly(name)),
        })
    }

    /// The monitor command that undoes [`Part::command`]. A device goes away when the guest lets it
    /// (`DEVICE_DELETED`); everything behind it is removed after that, in reverse order.
    pub fn removal(&self) -> Result<(&'static str, Value), PartError> {
        let id = |json: &Json, key: &str| -> Result<Value, PartError> {
            let value = json.to_value()?;
            Ok(value.get(key).cloned().unwrap_or_default())
        };
        let (command, key, value) = match self {
            Self::Object(json) => ("object-del", "id", id(json, "id")?),
            Self::Blockdev(json) => ("blockdev-del", "node-name", id(json, "node-name")?),
            Self::Netdev(json) => ("netdev_del", "id", id(json, "id")?),
            Self::Device(json) => ("device_del", "id", id(json, "id")?),
            Self::Chardev(chardev) => ("chardev-remove", "id", json!(chardev.id)),
            Self::Option(name, _) => return Err(PartError::StartOnly(name)),
        };
        Ok((
            command,
            Value::Object(Map::from_iter([(key.to_owned(), value)])),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct Rng {
        qom_type: &'static str,
        id: &'static str,
    }

    #[test]
    fn one_part_serves_start_plug_and_unplug() {
        let part = Part::object(&Rng {
            qom_type: "rng-builtin",
            id: "objrng0",
        })
        .unwrap();
        let text = r#"{"qom-type":"rng-builtin","id":"objrng0"}"#;
        assert_eq!(part.argument(), ("object", Some(text.to_owned())));
        let (command, arguments) = part.command().unwrap();
        assert_eq!(
            (command, &arguments["id"]),
            ("object-add", &json!("objrng0"))
        );
        assert_eq!(
            part.removal().unwrap(),
            ("object-del", json!({"id": "objrng0"}))
        );
    }

    #[test]
    fn what_only_starts_is_refused_later() {
        let part = Part::option("vnc", "127.0.0.1:0");
        assert!(matches!(part.command(), Err(PartError::StartOnly("vnc"))));
    }
}
