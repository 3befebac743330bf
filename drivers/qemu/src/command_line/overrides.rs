//! Properties of devices that the document puts in place of those that the driver makes.

use documents::domain::{QemuOverride, QemuProperty, QemuPropertyKind};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::{RawValue, to_raw_value};

/// The option whose values are changed.
const OPTION: &str = "-device";

/// A JSON object with its members in their order.
struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

/// Changes the arguments of the devices that are named.
///
/// # Errors
/// When a value cannot be written.
pub(super) fn apply(
    args: &mut [String],
    overrides: &QemuOverride,
) -> Result<(), serde_json::Error> {
    let mut after_option = false;
    for arg in args {
        if after_option && arg.starts_with('{') {
            change(arg, overrides)?;
        }
        after_option = arg == OPTION;
    }
    Ok(())
}

fn change(arg: &mut String, overrides: &QemuOverride) -> Result<(), serde_json::Error> {
    let Members(mut members) = serde_json::from_str(arg)?;
    let id = members.iter().find(|(name, _)| name == "id");
    let id: Option<String> = match id {
        Some((_, id)) => Some(serde_json::from_str(id.get())?),
        None => None,
    };
    let mut changed = false;
    for device in &overrides.devices {
        if device.alias.is_none() || device.alias != id {
            continue;
        }
        for property in &device.frontend {
            put(&mut members, property)?;
            changed = true;
        }
    }
    if changed {
        *arg = text(&members);
    }
    Ok(())
}

/// A property that is there already is replaced where it stands.
fn put(
    members: &mut Vec<(String, Box<RawValue>)>,
    property: &QemuProperty,
) -> Result<(), serde_json::Error> {
    let name = property.name.clone().unwrap_or_default();
    let value = property.value.as_deref().unwrap_or_default();
    let value = match property.kind {
        QemuPropertyKind::Remove => {
            members.retain(|(other, _)| *other != name);
            return Ok(());
        }
        QemuPropertyKind::String => to_raw_value(value)?,
        QemuPropertyKind::Bool => to_raw_value(&(value == "true"))?,
        QemuPropertyKind::Signed => to_raw_value(&value.parse::<i64>().unwrap_or_default())?,
        QemuPropertyKind::Unsigned => to_raw_value(&value.parse::<u64>().unwrap_or_default())?,
    };
    match members.iter_mut().find(|(other, _)| *other == name) {
        Some((_, old)) => *old = value,
        None => members.push((name, value)),
    }
    Ok(())
}

fn text(members: &[(String, Box<RawValue>)]) -> String {
    let members = members.iter().map(|(name, value)| {
        let name = serde_json::Value::String(name.clone());
        format!("{name}:{}", value.get())
    });
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::domain::QemuOverrideDevice;

    fn property(name: &str, kind: QemuPropertyKind, value: &str) -> QemuProperty {
        QemuProperty {
            name: Some(name.to_owned()),
            kind,
            value: Some(value.to_owned()),
        }
    }

    #[test]
    fn properties_are_replaced_added_and_removed_in_place() {
        let device = r#"{"driver":"virtio-blk-pci","bus":"pci.0","id":"virtio-disk0","ats":false}"#;
        let mut args: Vec<String> = ["-device", device, "-object", device]
            .map(str::to_owned)
            .into();
        let overrides = QemuOverride {
            devices: vec![QemuOverrideDevice {
                alias: Some("virtio-disk0".to_owned()),
                frontend: vec![
                    property("bus", QemuPropertyKind::Remove, ""),
                    property("ats", QemuPropertyKind::Bool, "true"),
                    property("queue-size", QemuPropertyKind::Unsigned, "64"),
                ],
            }],
        };
        apply(&mut args, &overrides).unwrap();
        let expected =
            r#"{"driver":"virtio-blk-pci","id":"virtio-disk0","ats":true,"queue-size":64}"#;
        assert_eq!(args, ["-device", expected, "-object", device]);
    }

    #[test]
    fn other_devices_stay_as_they_are() {
        let mut args = vec!["-device".to_owned(), r#"{"driver": "x"}"#.to_owned()];
        let overrides = QemuOverride {
            devices: vec![QemuOverrideDevice::default()],
        };
        apply(&mut args, &overrides).unwrap();
        assert_eq!(args[1], r#"{"driver": "x"}"#);
    }
}
